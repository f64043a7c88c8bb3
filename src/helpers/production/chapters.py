"""Which notebooks make a report, in the reader's language, without the sections that have nothing to show."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from nbformat import NotebookNode

from helpers.errors import NotebookError
from helpers.params.keys import did_you_mean
from helpers.production.parameters import tags
from helpers.show import prose
from helpers.show.language import Language

_SECTION = re.compile(r"\s*#{2,6}\s")
_UNSEEN = frozenset({"parameters", "injected-parameters"})


def found(names: Sequence[str], *, notebooks: Path, beside: Path) -> list[Path]:
    """Return the notebook of each chapter.

    Parameters
    ----------
    names
        Names of chapters in ``notebooks``, or paths of own chapters relative to ``beside``.
    notebooks
        The folder of the chapters.
    beside
        The organisation's folder.

    Raises
    ------
    NotebookError
        With exit code 2, naming every chapter that does not exist.
    """
    places = {name: beside / name if name.endswith(".ipynb") else notebooks / f"{name}.ipynb" for name in names}
    known = sorted(path.stem for path in notebooks.glob("*.ipynb"))
    missing = [
        f"{beside.parent.name}/{beside.name}/params.yaml, report.chapters: there is no chapter '{name}'."
        f"{did_you_mean(name, known)} Chapters are {', '.join(known)}, or the path of your own notebook."
        for name, place in places.items()
        if not place.is_file()
    ]
    if missing:
        raise NotebookError(missing, exit_code=2)
    return list(places.values())


def translated(notebook: NotebookNode, words: Language) -> NotebookNode:
    """Return a notebook with its prose in the reader's language; each cell remembers its English."""
    result = copy.deepcopy(notebook)
    for cell in result.cells:
        if cell.cell_type == "markdown":
            cell.metadata.setdefault("nulmeting", {})["source"] = cell.source
            cell.source = prose.translated(cell.source, words)
    return result


def without_silent_sections(notebook: NotebookNode) -> NotebookNode:
    """Return an executed notebook without the sections whose cells ran but showed nothing.

    Parameters
    ----------
    notebook
        An executed chapter. A section runs from one heading below the title to the next; one of prose alone
        stays.
    """
    result = copy.deepcopy(notebook)
    result.cells = [cell for section in _sections(result.cells) if not _silent(section) for cell in section]
    return result


def _sections(cells: Sequence[NotebookNode]) -> Iterator[list[NotebookNode]]:
    section: list[NotebookNode] = []
    for cell in cells:
        if cell.cell_type == "markdown" and _SECTION.match(cell.source):
            yield section
            section = []
        section.append(cell)
    yield section


def _silent(section: Sequence[NotebookNode]) -> bool:
    headed = bool(section) and section[0].cell_type == "markdown" and bool(_SECTION.match(section[0].source))
    code = [cell for cell in section if cell.cell_type == "code" and not _UNSEEN.intersection(tags(cell))]
    return headed and bool(code) and not any(cell.outputs for cell in code)
