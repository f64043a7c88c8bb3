"""The raw text table: what every reader gives, with the row numbers that a spreadsheet shows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

# pyarrow's own pool gives pages back and asks for them again: a third of the processor time of a large file.
POOL = pa.system_memory_pool()
TOP_ROWS = 20
"""How many of its first rows a file keeps, to tell where the column names may stand instead."""
Text = Any
"""A pyarrow array of text (pyarrow carries no types)."""


@dataclass(frozen=True)
class Layout:
    """How a file is laid out, as far as its params file says so.

    Parameters
    ----------
    header_rows
        The row that holds the column names, from 1, or the rows.
    sheet
        The sheet of a workbook; None is the only one that holds the expected columns, else the first.
    encoding, separator
        The character set and the character between columns of a text file; None is automatic.
    expected
        Column names that the params file uses; the automatic separator is the one that finds most of them.
    """

    header_rows: tuple[int, ...] = (1,)
    sheet: str | None = None
    encoding: str | None = None
    separator: str | None = None
    expected: tuple[str, ...] = ()

    @property
    def expected_names(self) -> frozenset[str]:
        """The expected column names as they are compared."""
        return frozenset(column_name(name) for name in self.expected)

    @property
    def last_header_row(self) -> int:
        """The row below which the answers begin."""
        return max(self.header_rows)

    @property
    def header_rows_text(self) -> str:
        """The header rows as a message shows them."""
        return ", ".join(str(row) for row in sorted(set(self.header_rows)))

    @property
    def header_places(self) -> tuple[int, ...]:
        """The header rows from top to bottom, counted from 0."""
        return tuple(row - 1 for row in sorted(set(self.header_rows)))


@dataclass(frozen=True)
class Coded:
    """A column as its different texts and, per row, which one stands there.

    Parameters
    ----------
    codes
        Per row the place of its text in `values`.
    values
        The different texts, as pyarrow text; a text may stand there twice.
    """

    codes: NDArray[np.int32]
    values: Text

    @classmethod
    def of(cls, column: Text) -> Coded:
        """Return the coded form of a pyarrow column of text.

        Examples
        --------
        >>> Coded.of(pa.chunked_array([["b", "a", "b"]])).codes.tolist()
        [0, 1, 0]
        """
        # In one piece: the dictionaries of many chunks take quadratic time to unite.
        whole = column.combine_chunks(POOL) if isinstance(column, pa.ChunkedArray) else column
        encoded = pc.dictionary_encode(whole, memory_pool=POOL)
        if isinstance(encoded, pa.ChunkedArray):
            encoded = encoded.unify_dictionaries().combine_chunks()
        return cls(encoded.indices.to_numpy(), encoded.dictionary)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.codes)

    @cached_property
    def texts(self) -> list[str]:
        """The different texts as Python strings."""
        return list(self.values.to_pylist())

    def without(self, matching: NDArray[np.bool_]) -> Coded:
        """Return the column with some of its different texts made blank."""
        return Coded(self.codes, pc.if_else(pa.array(matching), "", self.values))

    def rows(self, per_value: NDArray[Any]) -> NDArray[Any]:
        """Return per row what holds for its text."""
        return per_value[self.codes] if len(per_value) else np.empty(0, per_value.dtype)


@dataclass(frozen=True)
class Cells:
    """Columns of a file, all as text without blanks around it; rows without any content are left out.

    Parameters
    ----------
    columns
        Place of the column (from 0) -> its cells: coded, or as pyarrow text without nulls.
    rows
        The row number of each row.
    ragged
        Rows with more or fewer cells than the header, which are in no column: row number -> number of cells.
    """

    columns: Mapping[int, Coded | Text]
    rows: NDArray[np.int64]
    ragged: Mapping[int, int] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return the number of rows read, ragged ones included."""
        return len(self.rows) + len(self.ragged)

    def coded(self, place: int) -> Coded:
        """Return a column as its different texts."""
        column = self.columns[place]
        return column if isinstance(column, Coded) else Coded.of(column)

    def text(self, place: int) -> Text:
        """Return a column as pyarrow text."""
        column = self.columns[place]
        return column.values.take(pa.array(column.codes)) if isinstance(column, Coded) else column


class SurveyFile(Protocol):
    """A file whose header has been read."""

    @property
    def top(self) -> tuple[tuple[str, ...], ...]:
        """The first rows of the file."""

    @property
    def header_only(self) -> bool:
        """Whether it is certain that nothing stands below the header."""

    @property
    def recognised(self) -> dict[str, str]:
        """How the file is written: kind, sheet or encoding and separator, and header_rows."""

    @property
    def header(self) -> tuple[str, ...]:
        """The column names, blanks around them removed."""

    @property
    def sha256(self) -> str:
        """The hash of the file."""

    @property
    def workbook(self) -> bool:
        """Whether it is a workbook: numbers are written with a point, and a date may be a serial number."""

    def cells(self, places: Collection[int], *, coded: Collection[int] = ()) -> Cells:
        """Return the columns at these places (from 0), some of them coded."""

    def whole_rows(self, rows: NDArray[np.int64]) -> Text:
        """Return rows, given by their numbers, each as one text of all its cells."""


def column_name(text: str) -> str:
    """Return a column name as it is compared: runs of white space, line ends too, are one blank.

    Examples
    --------
    >>> column_name("  How likely   are you? ")
    'How likely are you?'
    """
    return " ".join(text.split())


def filled(
    columns: Mapping[int, Text], *, coded: Collection[int], rows: NDArray[np.int64], ragged: Mapping[int, int]
) -> Cells:
    """Return cells without white space around them and without the rows that are blank in every column.

    Parameters
    ----------
    columns
        Place of the column -> its cells, as pyarrow text.
    coded
        The places of the columns to code.
    rows, ragged
        As in :class:`Cells`.
    """
    trimmed = {place: _trimmed(cells, coded=place in coded) for place, cells in columns.items()}
    blank = np.ones(len(rows), dtype=bool)
    for cells in trimmed.values():
        if not blank.any():
            break
        blank &= _blank(cells)
    if not blank.any():
        return Cells(trimmed, rows, ragged)
    keep = ~blank
    kept = {
        place: Coded(cells.codes[keep], cells.values) if isinstance(cells, Coded) else cells.filter(pa.array(keep))
        for place, cells in trimmed.items()
    }
    return Cells(kept, rows[keep], ragged)


def _trimmed(cells: Text, *, coded: bool) -> Coded | Text:
    if not coded:
        return pc.utf8_trim_whitespace(cells, memory_pool=POOL)
    column = Coded.of(cells)
    return Coded(column.codes, pc.utf8_trim_whitespace(column.values))


def _blank(cells: Coded | Text) -> NDArray[np.bool_]:
    if isinstance(cells, Coded):
        return cells.rows(np.asarray(pc.equal(cells.values, "")))
    blank: NDArray[np.bool_] = np.asarray(pc.equal(pc.binary_length(cells), 0))
    return blank
