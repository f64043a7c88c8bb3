"""What a PDF says that the other files of its set do not: the rest is already read as tables and sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from helpers.audit.names import Names, plain
from helpers.audit.pieces import Grid, Line, Pieces

SHORTEST = 4


def residue(paper: Pieces, others: Pieces, names: Names) -> list[Line]:
    """Return the lines of a PDF without what stands in other files too, whatever the spaces and line ends.

    Parameters
    ----------
    paper
        What was read of the PDF.
    others
        What was read of the other files of the set.
    names
        The groups: a name by itself is never left out.

    Returns
    -------
    list of Line
        A row of a table is left out as a whole only: its labels and its cells in order.
    """
    units = {text for text in _units(others) if _says_something(text, names)}
    known = sorted({one for text in units if len(one := _bare(text)) >= SHORTEST}, key=len, reverse=True)
    pages: dict[str, list[str]] = {}
    for line in paper.lines:
        pages.setdefault(line.place, []).append(line.text)
    return [Line(place, text) for place, lines in pages.items() for text in _left("\n".join(lines), known)]


def _says_something(text: str, names: Names) -> bool:
    """Return whether a text is more than a number or the name of a group."""
    named = sum(name.end - name.start for name in names.within(text))
    letters = sum(map(str.isalpha, text))
    return letters > 0 and (len(text) - named > SHORTEST or not named)


def _units(others: Pieces) -> Iterator[str]:
    for line in others.lines:
        yield line.text
        if line.about:
            yield line.about
    for grid in others.grids:
        yield grid.caption
        yield from _rows(grid)
    for drawing in others.drawings:
        by_height: dict[float, list[tuple[float, str]]] = {}
        for one in drawing.letterings:
            by_height.setdefault(round(one.y, 1), []).append((one.x, one.text))
        yield from ("".join(text for _, text in sorted(line)) for line in by_height.values())


def _rows(grid: Grid) -> Iterator[str]:
    yield "".join(grid.heads[column] for column in sorted(grid.heads))
    for row in grid.rows:
        cells = "".join(row.cells[column].text for column in sorted(row.cells))
        yield from ("".join(row.labels[place:]) + cells for place in range(len(row.labels)))


def _left(text: str, known: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a page of which every known text is taken away."""
    kept = [place for place, letter in enumerate(text) if not letter.isspace()]
    bare = "".join(text[place] for place in kept).casefold()
    taken = bytearray(len(text))
    for unit in known:
        start = bare.find(unit)
        while start >= 0:
            first, last = kept[start], kept[start + len(unit) - 1]
            taken[first : last + 1] = b"\1" * (last + 1 - first)
            bare = f"{bare[:start]}{chr(0) * len(unit)}{bare[start + len(unit) :]}"
            start = bare.find(unit, start + len(unit))
    left = "".join("\n" if taken[place] else letter for place, letter in enumerate(text))
    yield from (line for line in map(plain, left.splitlines()) if line)


def _bare(text: str) -> str:
    return "".join(text.split()).casefold()
