"""The raw text table: what every reader gives, with the row numbers that a spreadsheet shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Text = Any
"""A pyarrow array of text (pyarrow carries no types)."""


@dataclass(frozen=True)
class Layout:
    """How a file is laid out, as far as its params file says so.

    Parameters
    ----------
    header_row
        The row that holds the column names, from 1.
    sheet
        The sheet of a workbook; None is the first.
    encoding, separator
        The character set and the character between columns of a text file; None is automatic.
    expected
        Column names that the params file uses; the automatic separator is the one that finds most of them.
    """

    header_row: int = 1
    sheet: str | None = None
    encoding: str | None = None
    separator: str | None = None
    expected: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cells:
    """Columns of a file, all as text without blanks around it; rows without any content are left out.

    Parameters
    ----------
    columns
        Place of the column (from 0) -> its cells, as pyarrow text without nulls.
    rows
        The row number of each row.
    ragged
        Rows with more or fewer cells than the header, which are in no column: row number -> number of cells.
    """

    columns: Mapping[int, Text]
    rows: NDArray[np.int64]
    ragged: Mapping[int, int] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return the number of rows read, ragged ones included."""
        return len(self.rows) + len(self.ragged)


class SurveyFile(Protocol):
    """A file whose header has been read."""

    @property
    def header(self) -> tuple[str, ...]:
        """The column names, blanks around them removed."""

    @property
    def sha256(self) -> str:
        """The hash of the file."""

    @property
    def workbook(self) -> bool:
        """Whether it is a workbook: numbers are written with a point, and a date may be a serial number."""

    def cells(self, positions: Sequence[int]) -> Cells:
        """Return the columns at these places (from 0)."""


def column_name(text: str) -> str:
    """Return a column name as it is compared: runs of white space, line ends too, are one blank.

    Examples
    --------
    >>> column_name("  How likely   are you? ")
    'How likely are you?'
    """
    return " ".join(text.split())


def filled(columns: Mapping[int, Text], *, rows: NDArray[np.int64], ragged: Mapping[int, int]) -> Cells:
    """Return cells without white space around them and without the rows that are blank in every column."""
    trimmed = {place: pc.utf8_trim_whitespace(cells) for place, cells in columns.items()}
    blank = np.ones(len(rows), dtype=bool)
    for cells in trimmed.values():
        if not blank.any():
            break
        blank &= np.asarray(pc.equal(pc.binary_length(cells), 0))
    if blank.any():
        keep = pa.array(~blank)
        trimmed = {place: cells.filter(keep) for place, cells in trimmed.items()}
    return Cells(trimmed, rows[~blank], ragged)
