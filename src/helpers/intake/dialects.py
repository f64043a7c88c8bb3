"""How a CSV file is written: its separator, its header, and how wide a regular row is."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from helpers.intake.tables import Layout, column_name

SEPARATORS = (",", ";", "\t", "|")
_SAMPLE_ROWS = 50
_SAMPLE_LINES = 2000


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
        The lines up to and including the header.
    """

    header: tuple[str, ...]
    separator: str
    width: int
    lines: int


def start_of(path: Path, *, encoding: str, layout: Layout) -> Start | None:
    """Return what the first rows tell; None where the file ends before its header.

    Parameters
    ----------
    path
        The file.
    encoding
        Its character set.
    layout
        How the file is laid out. Where no separator is declared, it is the one that finds most of the
        expected column names, then gives the most even rows, then the most columns.
    """
    with path.open(encoding=python_encoding(encoding), newline="") as stream:
        lines = list(islice(stream, _SAMPLE_LINES))
    candidates = [layout.separator] if layout.separator else SEPARATORS
    starts = [_start(lines, separator, layout) for separator in candidates]
    return max(starts, key=lambda start: start[0])[1]


def python_encoding(encoding: str | None) -> str:
    """Return the name by which Python reads a character set, a byte order mark left out."""
    return "utf-8-sig" if encoding in (None, "utf-8") else str(encoding)


def _start(lines: Sequence[str], separator: str, layout: Layout) -> tuple[tuple[int, float, int], Start | None]:
    """Return the evidence for a separator, and what the first rows are with it."""
    reader = csv.reader(lines, delimiter=separator)
    try:
        above = list(islice(reader, layout.header_row))
        header_lines = reader.line_num
        below = [record for record in islice(reader, _SAMPLE_ROWS) if any(record)]
    except csv.Error:
        return (-1, 0.0, 0), None
    if len(above) < layout.header_row:
        return (-1, 0.0, 0), None
    header = tuple(column_name(name) for name in above[-1])
    even = sum(len(record) == len(header) for record in below) / max(len(below), 1)
    evidence = (len(set(header).intersection(layout.expected)), even if len(header) > 1 else 0.0, len(header))
    return evidence, Start(header, separator, _width(header, below), header_lines)


def _width(header: Sequence[str], records: Sequence[Sequence[str]]) -> int:
    widths = {len(record) for record in records}
    if len(widths) != 1:
        return len(header)
    width = widths.pop()
    extra = [cell for record in records for cell in record[len(header) :]]
    return len(header) if any(header[width:]) or any(cell.strip() for cell in extra) else width
