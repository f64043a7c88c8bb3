"""The columns of one source's files, by what the params file calls them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from helpers.errors import DataError
from helpers.intake.faults import found_text
from helpers.intake.joined import NamedFile, Places, Rows, short_names
from helpers.intake.reading.readers import places, shown_name
from helpers.intake.reading.tables import Cells, Coded, Text
from helpers.intake.values import Decimal, canonical, either_way, matching
from helpers.params.model import BinnedColumn, Column, Driver, Measure, Source

# Columns of which most texts differ; the others are coded while they are read.
_TEXTS = tuple(
    f"columns.{name}"
    for name in (
        "response_id", "customer_id", "employee_id", "reason", "went_wrong", "make_right", "verbatim", "date",
        "event_date", "weight", "revenue",
    )
)  # fmt: skip
# Numbers of people and responses, of which some programs write 1 as 1.0.
_IDS = ("columns.response_id", "columns.customer_id", "columns.employee_id")
_LETTER = re.compile(r"[^\W\d_]")


class SourceColumns:
    """The columns that a source maps, each read once from every file.

    Parameters
    ----------
    files
        The source's files in reading order, their headers read.
    source
        What the params file says about them.

    Raises
    ------
    DataError
        If mapped columns are absent from a file or stand in it twice, or a file holds no rows.
    """

    def __init__(self, files: Sequence[NamedFile], *, source: Source) -> None:
        self.files = tuple(files)
        self.source = source
        self.names = short_names(self.files)
        found = _places(self.files, source)
        self._places: dict[str, Places] = {key: tuple(each[key] for each in found) for key in found[0]}
        texts = [{each[key] for key in _TEXTS if key in each} for each in found]
        parts = [
            file.file.cells(set(each.values()), coded=set(each.values()) - text)
            for file, each, text in zip(self.files, found, texts, strict=True)
        ]
        _refuse_empty(self.files, parts)
        self.cells = Rows.of(parts, columns=set(self._places.values()))

    def __contains__(self, key: str) -> bool:
        """Tell whether the source maps a column to this key."""
        return key in self._places

    @property
    def several(self) -> bool:
        """Whether the source has more than one file, so that messages must say which one they mean."""
        return len(self.files) > 1

    @property
    def workbook(self) -> bool:
        """Whether the files are workbooks."""
        return self.files[0].file.workbook

    def name(self, key: str) -> str:
        """Return the column's name in the first file, as messages show it."""
        return shown_name(self.files[0].file.header, self._places[key][0])

    def cells_of(self, key: str) -> Text:
        """Return a column as it is: pyarrow text."""
        return self.cells.text(self._places[key])

    def coded(self, key: str) -> Coded:
        """Return a column as its different texts."""
        return self.cells.coded(self._places[key])

    def text(self, key: str, *, rows: NDArray[np.bool_] | None = None) -> pd.Series:
        """Return a column as text, blanks and the words of `no_answer` as missing; some rows of it, or all.

        Of an id ``1`` and ``1.0`` are one; ``003`` is another than ``3``.
        """
        cells = self.cells_of(key)
        chosen = cells if rows is None or rows.all() else cells.filter(pa.array(rows))
        missing = pc.equal(chosen, "")
        if self._words:
            missing = pc.or_(missing, pc.is_in(chosen, value_set=pa.array(self._words)))
        known = pc.if_else(missing, None, chosen) if pc.any(missing).as_py() else chosen
        known = canonical(known) if key in _IDS else known
        return pd.Series(known.to_pandas(), dtype="str")

    def groups(self, key: str, *, labels: Collection[str] = ()) -> Coded:
        """Return a column of groups, in which the words of `no_answer` are blank, unless they have a label.

        Its numbers stay: 99 may be no answer to a question and still the code of a product.
        """
        column = self.coded(key)
        return column.without(matching(column.values, wanted=[word for word in self._words if word not in labels]))

    def header(self) -> pd.DataFrame:
        """Return what became of every column of the files.

        Returns
        -------
        pandas.DataFrame
            ``column, became``: one row per column of the first file in its order, then those that only later
            files have; `became` is the key of the params file, keys of one column joined by ", ", "" where the
            column is not used. Columns of one name are told apart by their order.
        """
        became: dict[tuple[str, int], dict[str, None]] = {}
        for number, file in enumerate(self.files):
            used: dict[int, list[str]] = {}
            for key, where in self._places.items():
                used.setdefault(where[number], []).append(key)
            times: dict[str, int] = {}
            for place, name in enumerate(file.file.header):
                shown = name or f"column {place + 1}"
                times[shown] = times.get(shown, 0) + 1
                became.setdefault((shown, times[shown]), {}).update(dict.fromkeys(used.get(place, [])))
        rows = [(name, ", ".join(keys)) for (name, _), keys in became.items()]
        return pd.DataFrame(rows, columns=["column", "became"], dtype="str")

    @cached_property
    def _words(self) -> list[str]:
        return [text.strip() for text in self.source.no_answer if _LETTER.search(text)]

    @cached_property
    def decimal(self) -> Decimal | None:
        """The decimal sign as far as it is known; a workbook writes its own numbers with a point."""
        return "either" if self.workbook else self.source.decimal

    def unclear_sign(self, key: str, values: Text) -> str | None:
        """Return the sentence that asks for a column's decimal sign; None where it is declared or clear."""
        found = either_way(values) if self.decimal is None else None
        if found is None:
            return None
        return (
            f"column '{self.name(key)}' can be read as thousands or as decimals ({found_text(found)}). Declare the "
            'decimal sign of the file: decimal: "," or decimal: ".".'
        )


def wanted(source: Source) -> Iterator[tuple[str, Column]]:
    """Yield every column that a source maps: its key, such as ``measures.nps``, and its name or position."""
    questions: tuple[tuple[str, Mapping[str, Measure | Driver]], ...] = (
        ("measures", source.measures), ("drivers", source.drivers),
    )  # fmt: skip
    for part, asked in questions:
        for name, question in asked.items():
            yield from asked_columns(f"{part}.{name}", question)
    for name in type(source.columns).model_fields:
        column = getattr(source.columns, name)
        if name == "unit":
            yield from ((f"columns.unit[{level}]", part) for level, part in enumerate(column))
        elif column is not None:
            yield f"columns.{name}", column
    for name, levels in source.trees.items():
        yield from ((f"trees.{name}[{level}]", part) for level, part in enumerate(levels))
    for part, groupings in (("dimensions", source.dimensions), ("segments", source.segments)):
        for name, grouping in groupings.items():
            yield f"{part}.{name}", grouping.column if isinstance(grouping, BinnedColumn) else grouping
    for column in source.keep_where:
        yield f"keep_where.{column}", column


def asked_columns(key: str, question: Measure | Driver) -> Iterator[tuple[str, Column]]:
    """Yield the columns of a scored question: its own, else those of its items, such as ``measures.ease.items[0]``."""
    if question.column is not None:
        yield key, question.column
    else:
        yield from ((f"{key}.items[{number}]", item.column) for number, item in enumerate(question.items))


def expected_names(columns: Mapping[str, Column]) -> tuple[str, ...]:
    """Return the columns that are named, not placed."""
    return tuple(column for column in columns.values() if isinstance(column, str))


def _places(files: Sequence[NamedFile], source: Source) -> list[dict[str, int]]:
    """Return per file where the mapped columns stand; every file has every one of them."""
    mapped, faults = dict(wanted(source)), list[str]()
    found: list[dict[str, int]] = []
    for file in files:
        try:
            found.append(places(mapped, file=file.file, written=file.written))
        except DataError as fault:
            faults += fault.messages
    if faults:
        raise DataError(faults)
    return found


def _refuse_empty(files: Sequence[NamedFile], parts: Sequence[Cells]) -> None:
    empty = [file.written for file, part in zip(files, parts, strict=True) if not len(part)]
    advice = "Export the answers again." if len(files) == 1 else "Export the answers again, or take the file out."
    if empty:
        raise DataError(
            [
                f"{written}: has column names but no answers: there are no rows, or every cell that is used "
                f"is blank. {advice}"
                for written in empty
            ]
        )
