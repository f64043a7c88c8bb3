"""Every file of a published set, read for what it says of hidden cells."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from helpers.audit.canaries import Canary, canaries_in, own_folders, text_of
from helpers.audit.charts import facts_of_marks, grid_of
from helpers.audit.executed import read_data, read_notebook
from helpers.audit.fills import facts_of_fills
from helpers.audit.known import Known
from helpers.audit.learning import Reader, learnt
from helpers.audit.markup import read_markup
from helpers.audit.names import Names, plain
from helpers.audit.paper import read_pdf
from helpers.audit.pieces import Line, Pieces
from helpers.audit.published import FIGURES, Fact, PublishedSet
from helpers.audit.readings import read_grid
from helpers.audit.residue import residue
from helpers.audit.sentences import facts_of_line
from helpers.audit.sheets import read_workbook
from helpers.audit.tables import facts_of_table

MARKUP = (".html", ".htm", ".svg", ".xml", ".xhtml")
PAPER, WORKBOOK, NOTEBOOK, DATA = ".pdf", (".xlsx", ".xlsm"), ".ipynb", ".json"
LONGEST_LINE = 20_000


@dataclass(frozen=True)
class Reading:
    """What one set says: facts beyond its figures, canaries, and how many tables, texts and marks were read."""

    facts: list[Fact]
    canaries: list[Canary]
    statements: int


def read_set(published: PublishedSet, known: Known, names: Names, *, given: Iterable[str] = ()) -> Reading:
    """Return what the files of a set say beyond its figures.

    Parameters
    ----------
    published
        The set.
    known
        What a reader of it knows.
    names
        The groups of the organisation.
    given
        Texts that may stand in no file, such as the ids of the rows of the data.
    """
    files = {path: _pieces(path, _place(path, published)) for path in _files(published.folder)}
    paper = Pieces()
    others = Pieces()
    for path, pieces in files.items():
        (paper if path.suffix.lower() == PAPER else others).add(pieces)
    own = Pieces(residue(paper, others, names))
    own.add(others)
    facts = list(_facts(own, known, names, published.language))
    folders = own_folders(published.folder)
    found = [one for path, pieces in files.items() for one in _canaries(path, pieces, published, list(given), folders)]
    statements = (
        len(own.lines) + sum(len(grid.rows) for grid in own.grids) + sum(len(one.marks) for one in own.drawings)
    )
    return Reading(facts, found, statements)


def _facts(pieces: Pieces, known: Known, names: Names, language: str) -> Iterator[Fact]:
    grids = [read_grid(grid, names, known, language=language) for grid in pieces.grids]
    drawn = [read_grid(grid_of(one), names, known, language=language) for one in pieces.drawings]
    reader = Reader(known, names, learnt(grids, known, names), language)
    for grid in [*grids, *drawn]:
        yield from facts_of_table(grid, reader)
        yield from facts_of_fills(grid, known)
    for drawing, letterings in zip(pieces.drawings, drawn, strict=True):
        yield from facts_of_marks(drawing, letterings, reader)
    for line in _different(pieces):
        yield from facts_of_line(line, reader)


def _different(pieces: Pieces) -> Iterator[Line]:
    """Yield each line once, with the captions and the texts of cells that say a whole sentence."""
    cells = (
        Line(f"{grid.place}, {row.where}", text, grid.caption)
        for grid in pieces.grids
        for row in grid.rows
        for cell in row.cells.values()
        for text in (cell.text, cell.unseen)
    )
    seen: set[tuple[str, str]] = set()
    for line in (*pieces.lines, *(Line(grid.place, grid.caption) for grid in pieces.grids), *cells):
        if line.text and (line.text, line.about) not in seen:
            seen.add((line.text, line.about))
            yield line


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != FIGURES)


def _place(path: Path, published: PublishedSet) -> str:
    return f"{published.name}, {path.relative_to(published.folder).as_posix()}"


def _pieces(path: Path, place: str) -> Pieces:
    kind = path.suffix.lower()
    if kind == PAPER:
        return read_pdf(path, place=place)
    if kind in WORKBOOK:
        return read_workbook(path, place=place)
    if kind == NOTEBOOK:
        return read_notebook(path, place=place)
    text = path.read_bytes().decode("utf-8", errors="replace")
    if kind in MARKUP:
        return read_markup(text, place=place)
    if kind == DATA:
        return read_data(json.loads(text), place=place)
    return Pieces([Line(place, plain(line)) for line in text.splitlines() if line.strip() and len(line) < LONGEST_LINE])


def _canaries(
    path: Path, pieces: Pieces, published: PublishedSet, given: list[str], folders: list[str]
) -> Iterator[Canary]:
    text = text_of(pieces)
    if path.suffix.lower() in (NOTEBOOK, DATA, *MARKUP):
        text = path.read_text(encoding="utf-8", errors="replace")
    yield from canaries_in(text, place=_place(path, published), given=given, folders=folders)
