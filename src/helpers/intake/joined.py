"""The cells of a source's files as one set of columns, with the file and the row number of each row."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from helpers.intake.reading.tables import Cells, Coded, SurveyFile, Text

Places = tuple[int, ...]
"""Where a column stands: per file its place, from 0."""


@dataclass(frozen=True)
class NamedFile:
    """A file of a source, its header read.

    Parameters
    ----------
    written
        Its path as the user wrote it, or as a pattern found it.
    file
        The file.
    """

    written: str
    file: SurveyFile


@dataclass(frozen=True)
class Ragged:
    """A row with more or fewer cells than the header: number of its file, row number, number of cells."""

    file: int
    row: int
    cells: int


@dataclass(frozen=True)
class Rows:
    """The rows of all files of a source, in the order of the files.

    Parameters
    ----------
    columns
        Places of the column -> its cells: coded, or as pyarrow text without nulls.
    rows
        The row number of each row in its own file.
    files
        The number, from 0, of the file of each row.
    read
        Per file the number of rows read, ragged ones included.
    ragged
        The rows that are in no column.
    """

    columns: Mapping[Places, Coded | Text]
    rows: NDArray[np.int64]
    files: NDArray[np.int32]
    read: tuple[int, ...]
    ragged: Sequence[Ragged] = field(default=())

    @classmethod
    def of(cls, parts: Sequence[Cells], *, columns: Collection[Places]) -> Rows:
        """Put the rows of files below each other.

        Parameters
        ----------
        parts
            The cells of each file.
        columns
            The columns to join, each by its place in every file.
        """
        ragged = [Ragged(number, row, count) for number, part in enumerate(parts) for row, count in part.ragged.items()]
        return cls(
            {places: _column([part.columns[place] for part, place in zip(parts, places, strict=True)])
             for places in columns},
            np.concatenate([part.rows for part in parts]) if len(parts) > 1 else parts[0].rows,
            np.repeat(np.arange(len(parts), dtype=np.int32), [len(part.rows) for part in parts]),
            tuple(len(part) for part in parts),
            ragged,
        )  # fmt: skip

    def __len__(self) -> int:
        """Return the number of rows read, ragged ones included."""
        return sum(self.read)

    def coded(self, places: Places) -> Coded:
        """Return a column as its different texts."""
        column = self.columns[places]
        return column if isinstance(column, Coded) else Coded.of(column)

    def text(self, places: Places) -> Text:
        """Return a column as pyarrow text."""
        column = self.columns[places]
        return column.values.take(pa.array(column.codes)) if isinstance(column, Coded) else column


def short_names(files: Sequence[NamedFile]) -> tuple[str, ...]:
    """Return the name of each file without its folder; whole paths where two files have one name."""
    short = [PurePath(file.written).name for file in files]
    return tuple(short if len(set(short)) == len(short) else [file.written for file in files])


def _column(parts: Sequence[Coded | Text]) -> Coded | Text:
    if len(parts) == 1:
        return parts[0]
    if all(isinstance(part, Coded) for part in parts):
        return _one_coding(parts)
    texts = [part.values.take(pa.array(part.codes)) if isinstance(part, Coded) else part for part in parts]
    return pa.chunked_array([chunk for text in texts for chunk in _chunks(text)], pa.string())


def _one_coding(parts: Sequence[Coded]) -> Coded:
    """Return columns below each other as one, each different text with one code."""
    values = Coded.of(pa.chunked_array([chunk for part in parts for chunk in _chunks(part.values)], pa.string()))
    starts = np.cumsum([0, *(len(part.values) for part in parts)])
    codes = [values.codes[part.codes + start] for part, start in zip(parts, starts[:-1], strict=True)]
    return Coded(np.concatenate(codes), values.values)


def _chunks(text: Text) -> Iterator[Text]:
    yield from text.chunks if isinstance(text, pa.ChunkedArray) else [text]
