"""CSV files: a fast reader for regular files, and a careful one that says what is wrong with a row."""

from __future__ import annotations

import csv
import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow.csv import ConvertOptions, InvalidRow, ParseOptions, ReadOptions, read_csv

from helpers.errors import DataError
from helpers.intake.reading.dialects import Start, start_of
from helpers.intake.reading.inspection import inspected
from helpers.intake.reading.quotes import quotes_are_regular
from helpers.intake.reading.row_texts import whole_texts
from helpers.intake.reading.tables import POOL, Cells, Layout, Text, filled
from helpers.intake.reading.text_bytes import TextBytes

_BATCH = 50_000
_LAST_LINE = 1 << 16
_SEPARATOR_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar", ":": "colon", " ": "blank"}


@dataclass(frozen=True)
class TextFile:
    """A CSV file whose header has been read.

    Parameters
    ----------
    content
        The bytes of the file.
    written
        Its path as the user wrote it.
    layout
        How the file is laid out, the separator and encoding decided.
    start
        What its first rows tell.
    lines
        The lines of the whole file.
    sha256
        The hash of the file.
    """

    content: TextBytes
    written: str
    layout: Layout
    start: Start
    lines: int
    sha256: str
    workbook: bool = False

    @classmethod
    def opened(cls, path: Path, *, written: str, layout: Layout) -> TextFile:
        """Read the header of a file and decide how it is written.

        Raises
        ------
        DataError
            If the file is empty, is not text, or ends before its last header row.
        """
        seen = inspected(path, written=written, encoding=layout.encoding)
        content = TextBytes.of(path, encoding=seen.encoding)
        start = start_of(content, layout=layout)
        if start is None:
            raise DataError(
                f"{written}: ends before row {layout.last_header_row}, where header_rows says that the column "
                "names are. Correct header_rows, or export the answers again."
            )
        decided = replace(layout, encoding=seen.encoding, separator=start.separator)
        return cls(content, written, decided, start, seen.lines, seen.sha256)

    @property
    def header(self) -> tuple[str, ...]:
        """The column names."""
        return self.start.header

    @property
    def top(self) -> tuple[tuple[str, ...], ...]:
        """The first rows of the file."""
        return self.start.top

    @property
    def header_only(self) -> bool:
        """Whether it is certain that nothing stands below the header."""
        return self.start.header_only

    @property
    def recognised(self) -> dict[str, str]:
        """How the file is written."""
        return {
            "kind": "CSV",
            "encoding": str(self.layout.encoding),
            "separator": _SEPARATOR_NAMES.get(self.start.separator, f"'{self.start.separator}'"),
            "header_rows": self.layout.header_rows_text,
        }

    def whole_rows(self, rows: NDArray[np.int64]) -> Text:
        """Return rows, given by their numbers, each as one text of all its cells."""
        return whole_texts(self, rows)

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
        if max(places) >= self.start.width or self._ends_inside_quotes():
            return None
        odd: list[InvalidRow] = []
        try:
            table = self._table([str(place) for place in places], odd)
        except pa.ArrowInvalid:
            return None
        count = table.num_rows + len(odd)
        one_line_each = self.start.lines + count == self.lines
        if not one_line_each and not self._quotes_are_regular():
            return None
        if any(row.actual_columns > self.start.width or not any(self.header[row.actual_columns :]) for row in odd):
            # Only nameless columns differ: not ragged if they are blank, which the careful reader sees.
            return None
        first = self.layout.last_header_row + 1
        numbers = {row.number - self.start.lines - 1: row for row in odd}
        ragged = {first + number: row.actual_columns for number, row in numbers.items() if self._says(row.text)}
        columns = {int(name): table.column(name) for name in table.column_names}
        rows = first + np.delete(np.arange(count), list(numbers))
        return filled(columns, coded=coded, rows=rows, ragged=ragged)

    def _quotes_are_regular(self) -> bool:
        with self.content.binary() as stream:
            return quotes_are_regular(stream, separator=self.start.separator)

    def _ends_inside_quotes(self) -> bool:
        """Tell whether the last line may have an open quotation mark, which pyarrow would not say."""
        with self.content.binary() as stream:
            stream.seek(-min(_LAST_LINE, stream.seek(0, os.SEEK_END)), os.SEEK_END)
            last = stream.read().rstrip(b"\r\n").replace(b"\r", b"\n").rpartition(b"\n")[2]
        return last.count(b'"') % 2 == 1

    def _says(self, text: str) -> bool:
        """Tell whether a row of the file has a cell with content."""
        rows = csv.reader(text.splitlines(keepends=True), delimiter=self.start.separator)
        return any(cell.strip() for row in rows for cell in row)

    def _table(self, wanted: list[str], odd: list[InvalidRow]) -> pa.Table:
        """Return the regular rows as pyarrow text; note the others."""

        def note(row: InvalidRow) -> str:
            odd.append(row)
            return "skip"

        # One thread: several took more time in all, and only one tells the number of an odd row.
        read = ReadOptions(
            column_names=[str(place) for place in range(self.start.width)],
            skip_rows=self.start.lines,
            encoding=self.content.arrow_encoding,
            use_threads=False,
        )
        parse = ParseOptions(
            delimiter=self.start.separator,
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
        source = self.content.arrow_input
        return read_csv(source, read_options=read, parse_options=parse, convert_options=convert, memory_pool=POOL)

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
        with self.content.text() as stream:
            for _ in range(self.start.separator_line):
                next(stream)
            reader = csv.reader(_remembered(stream, lines), delimiter=self.start.separator)
            try:
                for row, cells in enumerate(reader, start=1):
                    if len(lines) > 1:
                        self._check_quotes(lines, row)
                    last = lines.copy() if '"' in lines[-1] else []
                    lines.clear()
                    if row > self.layout.last_header_row:
                        yield row, cells
            except csv.Error as fault:
                raise self._open_quote(row + 1) from fault
        # A further line is swallowed where the last cell is open.
        if row and last and len(list(csv.reader([*last, ""], delimiter=self.start.separator))) == 1:
            raise self._open_quote(row)

    def _check_quotes(self, lines: list[str], row: int) -> None:
        try:
            list(csv.reader(lines, delimiter=self.start.separator, strict=True))
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
