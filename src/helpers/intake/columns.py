"""The columns of one source's file, by what the params file calls them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from helpers.errors import DataError
from helpers.intake.readers import places, shown_name
from helpers.intake.tables import Cells, Coded, SurveyFile, Text
from helpers.intake.values import Decimal, matching
from helpers.params.model import BinnedColumn, Column, Source

# Columns of which most texts differ; the others are coded while they are read.
_TEXTS = tuple(
    f"columns.{name}"
    for name in ("response_id", "customer_id", "employee_id", "reason", "verbatim", "date", "event_date", "weight")
)
_LETTER = re.compile(r"[^\W\d_]")


class SourceColumns:
    """The columns that a source maps, each read once.

    Parameters
    ----------
    file
        The file, its header read.
    source
        What the params file says about it.

    Raises
    ------
    DataError
        If mapped columns are absent or stand in the file twice, or the file holds no rows.
    """

    def __init__(self, file: SurveyFile, *, source: Source) -> None:
        self.file = file
        self.source = source
        self._places = places(dict(wanted(source)), file=file, written=source.path)
        text = {self._places[key] for key in _TEXTS if key in self._places}
        self.cells: Cells = file.cells(set(self._places.values()), coded=set(self._places.values()) - text)
        if not len(self.cells):
            raise DataError(
                f"{source.path}: has column names but no answers: there are no rows, or every cell that is used "
                "is blank. Export the answers again."
            )

    def __contains__(self, key: str) -> bool:
        """Tell whether the source maps a column to this key."""
        return key in self._places

    def name(self, key: str) -> str:
        """Return the column's name in the file, as messages show it."""
        return shown_name(self.file.header, self._places[key])

    def cells_of(self, key: str) -> Text:
        """Return a column as it is: pyarrow text."""
        return self.cells.text(self._places[key])

    def coded(self, key: str) -> Coded:
        """Return a column as its different texts."""
        return self.cells.coded(self._places[key])

    def text(self, key: str, *, rows: NDArray[np.bool_] | None = None) -> pd.Series:
        """Return a column as text, blanks and the words of `no_answer` as missing; some rows of it, or all."""
        cells = self.cells_of(key)
        chosen = cells if rows is None or rows.all() else cells.filter(pa.array(rows))
        missing = pc.equal(chosen, "")
        if self._words:
            missing = pc.or_(missing, pc.is_in(chosen, value_set=pa.array(self._words)))
        known = pc.if_else(missing, None, chosen) if pc.any(missing).as_py() else chosen
        return pd.Series(known.to_pandas(), dtype="str")

    def groups(self, key: str, *, labels: Collection[str] = ()) -> Coded:
        """Return a column of groups, in which the words of `no_answer` are blank, unless they have a label.

        Its numbers stay: 99 may be no answer to a question and still the code of a product.
        """
        column = self.coded(key)
        return column.without(matching(column.values, wanted=[word for word in self._words if word not in labels]))

    @cached_property
    def _words(self) -> list[str]:
        return [text.strip() for text in self.source.no_answer if _LETTER.search(text)]

    @cached_property
    def decimal(self) -> Decimal | None:
        """The decimal sign as far as it is known; a workbook writes its own numbers with a point."""
        return "either" if self.file.workbook else self.source.decimal


def wanted(source: Source) -> Iterator[tuple[str, Column]]:
    """Yield every column that a source maps: its key, such as ``measures.nps``, and its name or position."""
    for name, measure in source.measures.items():
        yield f"measures.{name}", measure.column
    for name in type(source.columns).model_fields:
        column = getattr(source.columns, name)
        if name == "unit":
            yield from ((f"columns.unit[{level}]", part) for level, part in enumerate(column))
        elif column is not None:
            yield f"columns.{name}", column
    for part, groupings in (("dimensions", source.dimensions), ("segments", source.segments)):
        for name, grouping in groupings.items():
            yield f"{part}.{name}", grouping.column if isinstance(grouping, BinnedColumn) else grouping
    for column in source.keep_where:
        yield f"keep_where.{column}", column


def expected_names(columns: Mapping[str, Column]) -> tuple[str, ...]:
    """Return the columns that are named, not placed."""
    return tuple(column for column in columns.values() if isinstance(column, str))
