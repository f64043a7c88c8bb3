"""What is read from a file before it is understood: lines of text, grids of cells, drawings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Line(NamedTuple):
    """A sentence, label or other run of text; ``about`` is the heading or caption that it stands under."""

    place: str
    text: str
    about: str = ""


@dataclass(frozen=True)
class GridCell:
    """One cell: its text, the numbers that the file keeps beside it, and its looks (such as a fill)."""

    text: str = ""
    values: tuple[float, ...] = ()
    looks: tuple[str, ...] = ()
    unseen: str = ""
    """Text that stands in attributes or a note."""


@dataclass(frozen=True)
class GridRow:
    """One row: the labels that name it, from the outermost, and its other cells by column."""

    labels: tuple[str, ...]
    cells: dict[int, GridCell]
    where: str = ""


@dataclass(frozen=True)
class Grid:
    """One table: its caption, the head of each column, and its rows."""

    place: str
    caption: str
    heads: dict[int, str]
    rows: tuple[GridRow, ...]


class Lettering(NamedTuple):
    """A text in a drawing, by the point that it hangs on; ``style`` is how it looks."""

    text: str
    x: float
    y: float
    style: str


class Mark(NamedTuple):
    """A shape in a drawing by its outermost points; ``style`` is how it looks."""

    left: float
    top: float
    right: float
    bottom: float
    style: str
    fill: str


@dataclass(frozen=True)
class Drawing:
    """A chart: its title, its letterings and its marks."""

    place: str
    title: str
    letterings: tuple[Lettering, ...]
    marks: tuple[Mark, ...]


@dataclass
class Pieces:
    """Everything that was read of one or more files."""

    lines: list[Line] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    drawings: list[Drawing] = field(default_factory=list)

    def add(self, other: Pieces) -> None:
        """Take over the pieces of another file."""
        self.lines += other.lines
        self.grids += other.grids
        self.drawings += other.drawings
