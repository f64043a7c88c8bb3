"""CSV files: a fast reader for regular files, and a careful one that says what is wrong with a row."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow.csv import ConvertOptions, InvalidRow, ParseOptions, ReadOptions, read_csv

from helpers.errors import DataError
from helpers.intake.dialects import python_encoding, start_of
from helpers.intake.files import inspected
from helpers.intake.quotes import quotes_are_regular
from helpers.intake.tables import POOL, Cells, Layout, Text, filled

_BATCH = 50_000
# The sets that pyarrow reads line by line; any other goes through the careful reader.
_LINEWISE = ("utf-8", "utf-8-sig", "ascii", "cp1252", "latin-1", "iso8859-1", "iso8859-15")


@dataclass(frozen=True)
class TextFile:
    """A CSV file whose header has been read.

    Parameters
    ----------
    path, written
        The file, and its path as the user wrote it.
    header
        The column names.
    width
        The number of cells of a regular row: a nameless last column may be absent or extra.
    layout
        How the file is laid out, the separator and encoding decided.
    header_lines
        The lines up to and including the header.
    lines
        The lines of the whole file.
    sha256
        The hash of the file.
    """

    path: Path
    written: str
    header: tuple[str, ...]
    width: int
    layout: Layout
    header_lines: int
    lines: int
    sha256: str
    workbook: bool = False

    @classmethod
    def opened(cls, path: Path, *, written: str, layout: Layout) -> TextFile:
        """Read the header of a file and decide how it is written.

        Raises
        ------
        DataError
            If the file is empty, is not text, or ends before the header row.
        """
        seen = inspected(path, written=written, encoding=layout.encoding)
        start = start_of(path, encoding=seen.encoding, layout=layout)
        if start is None:
            raise DataError(
                f"{written}: ends before row {layout.header_row}, where header_row says that the column "
                "names are. Correct header_row, or export the answers again."
            )
        decided = replace(layout, encoding=seen.encoding, separator=start.separator)
        return cls(path, written, start.header, start.width, decided, start.lines, seen.lines, seen.sha256)

    def cells(self, places: Collection[int], *, coded: Collection[int] = ()) -> Cells:
        """Return the columns at these places (from 0), some of them coded.

        Raises
        ------
        DataError
            If a quotation mark is not closed.
        """
        fast = self._fast(places, coded)
        return self._careful(places, coded) if fast is None else fast

    def _fast(self, places: Collection[int], coded: Collection[int]) -> Cells | None:
        """Read with pyarrow; None where that could misread a row."""
        if self.layout.encoding not in _LINEWISE or max(places) >= self.width:
            return None
        odd: list[InvalidRow] = []
        try:
            table = self._table([str(place) for place in places], odd)
        except pa.ArrowInvalid:
            return None
        count = table.num_rows + len(odd)
        one_line_each = self.header_lines + count == self.lines
        if not one_line_each and not quotes_are_regular(self.path, separator=str(self.layout.separator)):
            return None
        if any(row.actual_columns > self.width or not any(self.header[row.actual_columns :]) for row in odd):
            # Only nameless columns differ: not ragged if they are blank, which the careful reader sees.
            return None
        first = self.layout.header_row + 1
        numbers = {row.number - self.header_lines - 1: row for row in odd}
        ragged = {first + number: row.actual_columns for number, row in numbers.items() if self._says(row.text)}
        columns = {int(name): table.column(name) for name in table.column_names}
        rows = first + np.delete(np.arange(count), list(numbers))
        return filled(columns, coded=coded, rows=rows, ragged=ragged)

    def _says(self, text: str) -> bool:
        """Tell whether a row of the file has a cell with content."""
        rows = csv.reader(text.splitlines(keepends=True), delimiter=str(self.layout.separator))
        return any(cell.strip() for row in rows for cell in row)

    def _table(self, wanted: list[str], odd: list[InvalidRow]) -> pa.Table:
        """Return the regular rows as pyarrow text; note the others."""

        def note(row: InvalidRow) -> str:
            odd.append(row)
            return "skip"

        # One thread: several took more time in all, and only one tells the number of an odd row.
        read = ReadOptions(
            column_names=[str(place) for place in range(self.width)],
            skip_rows=self.header_lines,
            encoding=_plain_utf8(self.layout.encoding),
            use_threads=False,
        )
        parse = ParseOptions(
            delimiter=self.layout.separator,
            newlines_in_values=True,
            ignore_empty_lines=False,
            invalid_row_handler=note,
        )
        convert = ConvertOptions(
            include_columns=wanted,
            column_types=dict.fromkeys(wanted, pa.string()),
            strings_can_be_null=False,
            check_utf8=False,
        )
        return read_csv(self.path, read_options=read, parse_options=parse, convert_options=convert, memory_pool=POOL)

    def _careful(self, places: Collection[int], coded: Collection[int]) -> Cells:
        ragged: dict[int, int] = {}
        regular = self._regular(ragged)
        parts: dict[int, list[Text]] = {place: [] for place in places}
        rows: list[int] = []
        while batch := list(islice(regular, _BATCH)):
            rows += [row for row, _ in batch]
            for place, part in parts.items():
                part.append(pa.array([cells[place] for _, cells in batch], pa.string()))
        columns = {place: pa.chunked_array(part, pa.string()) for place, part in parts.items()}
        return filled(columns, coded=coded, rows=np.array(rows, dtype=np.int64), ragged=ragged)

    def _regular(self, ragged: dict[int, int]) -> Iterator[tuple[int, list[str]]]:
        """Yield row number and cells of the regular rows; note the others."""
        count = len(self.header)
        for row, cells in self._numbered():
            if len(cells) == count:
                yield row, cells
            elif not any(cell.strip() for cell in cells):
                continue
            elif len(cells) > count and not any(cell.strip() for cell in cells[count:]):
                yield row, cells[:count]
            elif len(cells) < count and not any(self.header[len(cells) :]):
                yield row, cells + [""] * (count - len(cells))
            else:
                ragged[row] = len(cells)

    def _numbered(self) -> Iterator[tuple[int, list[str]]]:
        lines: list[str] = []
        row = 0
        with self.path.open(encoding=python_encoding(self.layout.encoding), newline="") as stream:
            reader = csv.reader(_remembered(stream, lines), delimiter=self.layout.separator or ",")
            try:
                for row, cells in enumerate(reader, start=1):
                    if len(lines) > 1:
                        self._check_quotes(lines, row)
                    lines.clear()
                    if row > self.layout.header_row:
                        yield row, cells
            except csv.Error as fault:
                raise self._open_quote(row + 1) from fault

    def _check_quotes(self, lines: list[str], row: int) -> None:
        try:
            list(csv.reader(lines, delimiter=self.layout.separator or ",", strict=True))
        except csv.Error as fault:
            raise self._open_quote(row) from fault

    def _open_quote(self, row: int) -> DataError:
        return DataError(
            f"{self.written}: row {row} has a quotation mark that opens a cell and is not closed, so the next rows "
            "cannot be told apart. Write quotation marks inside a cell double, or export the file again."
        )


def _remembered(stream: Iterator[str], lines: list[str]) -> Iterator[str]:
    for line in stream:
        lines.append(line)
        yield line


def _plain_utf8(encoding: str | None) -> str:
    return "utf8" if encoding in (None, "utf-8", "utf-8-sig", "ascii") else str(encoding)
