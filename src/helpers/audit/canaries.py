"""What may stand in no published file: raw row ids, e-mail addresses, home folders."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from helpers.audit.pieces import Pieces

EMAIL, HOME, ROW_ID, GIVEN = "e-mail address", "home folder", "row id", "given text"
_PATTERNS = {
    EMAIL: re.compile(r"(?<![\w.+-])[\w.+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?![\w-])"),
    HOME: re.compile(r"(?:/home/|/Users/|[A-Za-z]:\\{1,2}Users\\{1,2}|/root[/]|file:///)[^\s\"'<>,;)]+"),
    ROW_ID: re.compile(r"\bR_[0-9A-Za-z]{14,17}\b|\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b"),
}
_MADE_BY_PROGRAMS = re.compile(r"urn:uuid:[0-9a-f-]+|\"id\": \"[0-9a-f-]+\"")


class Canary(NamedTuple):
    """Something that should never have left the data: what it is, its text and where it stands."""

    kind: str
    text: str
    place: str


def canaries_in(
    text: str, *, place: str, given: Collection[str] = (), folders: Collection[str] = ()
) -> Iterator[Canary]:
    """Yield the canaries in a text, each once.

    Parameters
    ----------
    text
        What a file says.
    place
        Where it stands.
    given
        Texts to look for besides, such as the ids of the rows of the data.
    folders
        Absolute folders of this machine.

    Examples
    --------
    >>> [one.text for one in canaries_in("Ask jan@example.nl or see /home/jan/data.csv", place="report.html")]
    ['jan@example.nl', '/home/jan/data.csv']
    """
    cleaned = _MADE_BY_PROGRAMS.sub(" ", text)
    for kind, pattern in _PATTERNS.items():
        yield from (Canary(kind, found, place) for found in dict.fromkeys(pattern.findall(cleaned)))
    yield from (Canary(HOME, one, place) for one in folders if one in cleaned)
    yield from (Canary(GIVEN, one, place) for one in given if one in cleaned)


def text_of(pieces: Pieces) -> str:
    """Return everything that was read of a file as one text."""
    lines = [line.text for line in pieces.lines]
    cells = [cell for grid in pieces.grids for row in grid.rows for cell in (*row.labels, *_cells(row.cells.values()))]
    drawn = [one.text for drawing in pieces.drawings for one in drawing.letterings]
    return "\n".join([*lines, *cells, *drawn])


def own_folders(*folders: Path) -> list[str]:
    """Return folders as they would be written in a file, the home of whoever runs this among them."""
    found = {str(folder.resolve()) for folder in folders} | {str(Path.home())}
    return sorted(one for one in found if one.count("/") + one.count("\\") > 1)


def _cells(cells: Collection[object]) -> Iterator[str]:
    for cell in cells:
        yield str(getattr(cell, "text", ""))
        yield str(getattr(cell, "unseen", ""))
