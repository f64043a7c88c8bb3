"""How a CSV file is written: its separator, its header, and how wide a regular row is."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from helpers.intake.reading.headers import joined_names
from helpers.intake.reading.tables import TOP_ROWS, Layout
from helpers.intake.reading.text_bytes import TextBytes

SEPARATORS = (",", ";", "\t", "|")
_SAMPLE_ROWS = 50
_SAMPLE_LINES = 2000
# The first line by which a file tells Excel its separator.
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?[\r\n]*', re.IGNORECASE)


@dataclass(frozen=True)
class Start:
    """What the first rows of a CSV file tell.

    Parameters
    ----------
    header
        The column names.
    separator
        The character between columns.
    width
        The number of cells of a regular row; a nameless blank last column may be absent or extra.
    lines
        The lines up to and including the last header row, a line that names the separator included.
    top
        The first rows.
    header_only
        Whether it is certain that nothing stands below the header.
    separator_line
        Whether the first line names the separator (``sep=;``). It is no row: Excel does not show it.
    """

    header: tuple[str, ...]
    separator: str
    width: int
    lines: int
    top: tuple[tuple[str, ...], ...] = ()
    header_only: bool = False
    separator_line: bool = False


def start_of(content: TextBytes, *, layout: Layout) -> Start | None:
    """Return what the first rows tell; None where the file ends before its header.

    Parameters
    ----------
    content
        The bytes of the file.
    layout
        How the file is laid out. Where no separator is declared and the first line names none, it is the one
        that finds most of the expected column names, then gives the most even rows, then the most columns.
    """
    with content.text() as stream:
        lines = list(islice(stream, _SAMPLE_LINES))
    named = _SEPARATOR_LINE.fullmatch(lines[0]) if lines else None
    sample = _Sample(lines[1:] if named else lines, len(lines) < _SAMPLE_LINES, named is not None, layout)
    declared = layout.separator or (named and named[1])
    starts = [sample.start(separator) for separator in ([declared] if declared else SEPARATORS)]
    return max(starts, key=lambda start: start[0])[1]


@dataclass(frozen=True)
class _Sample:
    """The first lines of a file."""

    lines: Sequence[str]
    whole: bool
    separator_line: bool
    layout: Layout

    def start(self, separator: str) -> tuple[tuple[int, float, int], Start | None]:
        """Return the evidence for a separator, and what the first rows are with it."""
        nothing = (-1, 0.0, 0), None
        reader = csv.reader(self.lines, delimiter=separator)
        try:
            above = list(islice(reader, self.layout.last_header_row))
            lines = reader.line_num + self.separator_line
            first = list(islice(reader, _SAMPLE_ROWS))
            answers = _says_something(first) or _says_something(reader)
        except csv.Error:
            return nothing
        if len(above) < self.layout.last_header_row:
            return nothing
        below = [record for record in first if any(record)]
        header = joined_names([above[place] for place in self.layout.header_places])
        even = sum(len(record) == len(header) for record in below) / max(len(below), 1)
        evidence = (len(self.layout.expected_names.intersection(header)), even if len(header) > 1 else 0.0, len(header))
        top = tuple(tuple(record) for record in [*above, *first][:TOP_ROWS])
        header_only = self.whole and not answers
        width = _width(header, below)
        return evidence, Start(header, separator, width, lines, top, header_only, self.separator_line)


def _says_something(records: Sequence[Sequence[str]] | Iterator[list[str]]) -> bool:
    return any(cell.strip() for record in records for cell in record)


def _width(header: Sequence[str], records: Sequence[Sequence[str]]) -> int:
    widths = {len(record) for record in records}
    if len(widths) != 1:
        return len(header)
    width = widths.pop()
    extra = [cell for record in records for cell in record[len(header) :]]
    return len(header) if any(header[width:]) or any(cell.strip() for cell in extra) else width
