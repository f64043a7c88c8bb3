"""What a run that failed leaves behind: one message that says where it stopped, and the notebook to open."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from helpers.errors import InfrastructureError, NotebookError
from helpers.production.parameters import INJECTED_TAG, tags

LONGEST_ERROR = 8
"""Lines of an error that are worth reading in a terminal; the notebook holds the rest."""


class DeadlineError(InfrastructureError):
    """A chapter that was stopped at its deadline; it is not tried again."""


@dataclass(frozen=True)
class Asked:
    """What one run was asked for, under the names that the user knows.

    Parameters
    ----------
    source
        The notebook file.
    parameters
        What the report set.
    failed
        The folder for the notebook of a failed run.
    deadline
        Seconds that the run could take.
    """

    source: Path
    parameters: Mapping[str, str | None]
    failed: Path
    deadline: float | None

    @property
    def failed_file(self) -> Path:
        """Where the notebook of a failed run is kept."""
        return self.failed / f"{self.source.stem}.failed.ipynb"


@dataclass
class Progress:
    """The notebook as far as it got, for papermill hands it over only when all went well."""

    notebook: NotebookNode | None = None
    index: int | None = None
    words: str = ""

    def begin(self, notebook: NotebookNode) -> None:
        """Keep the notebook that is being filled."""
        self.notebook = notebook

    def enter(self, cell: NotebookNode, cell_index: int) -> None:  # noqa: ARG002  (nbclient passes both)
        """Keep the position of the cell that runs."""
        self.index = cell_index

    @property
    def errors(self) -> list[NotebookNode]:
        """Every error that a cell left."""
        cells = self.notebook.cells if self.notebook is not None else []
        outputs = [output for cell in cells for output in cell.get("outputs", [])]
        return [output for output in outputs if output.output_type == "error"]


def error(outcome: str, *, asked: Asked, progress: Progress) -> NotebookError | InfrastructureError:
    """Keep the notebook and return the error to raise.

    Parameters
    ----------
    outcome
        ``cell`` (a cell raised), ``deadline`` or ``kernel`` (it died or never started).
    asked
        What the run was asked for.
    progress
        How far it got.
    """
    facts = _facts(asked, progress, _keep(asked, progress))
    if outcome == "deadline":
        what = f"stopped at its deadline of {asked.deadline:g} seconds. Allow it more time, or mend the cell."
        return DeadlineError(_message(asked, what, facts))
    if outcome == "cell":
        facts["error"] = _raised(progress)
        return NotebookError(_message(asked, "a cell raised, so the chapter is not complete.", facts))
    if progress.index is None:
        what = (
            "the kernel could not start, also at a second attempt. "
            "Check this Python with `python -m ipykernel --version`; "
            "if that fails, install the requirements again."
        )
    else:
        what = (
            "the kernel died, also at a second attempt. That is mostly memory: "
            "close other programs, or make fewer reports at a time."
        )
    return InfrastructureError(_message(asked, what, {**facts, "it said": progress.words}))


def _message(asked: Asked, what: str, facts: Mapping[str, str]) -> str:
    lines = [f"  {name:<12}{fact}" for name, fact in facts.items() if fact]
    return "\n".join([f"{asked.source}: {what}", *lines])


def _facts(asked: Asked, progress: Progress, kept: Path | None) -> dict[str, str]:
    """Say where a run stopped: the section, the cell as its author counts it, and how to open it."""
    facts = {"section": "", "cell": "", "parameters": _listed(asked.parameters), "error": "", "open it": ""}
    notebook, index = progress.notebook, progress.index
    if notebook is not None and index is not None:
        before = [cell for cell in notebook.cells[: index + 1] if INJECTED_TAG not in tags(cell)]
        facts["section"] = _section(before)
        facts["cell"] = f"{len(before)}: {notebook.cells[index].source.strip().splitlines()[0]}"
    if kept is not None:
        facts["open it"] = f'jupyter lab "{kept}"'
    return facts


def _listed(parameters: Mapping[str, str | None]) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in parameters.items())


def _section(cells: list[NotebookNode]) -> str:
    """Return the last markdown heading."""
    text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    headings = re.findall(r"^#{1,6}\s+(.+?)\s*#*$", text, flags=re.MULTILINE)
    return headings[-1] if headings else ""


def _raised(progress: Progress) -> str:
    """Return the error's last line of traceback; a message of several lines is one text there."""
    lines = "".join(f"{one.ename}: {one.evalue}".rstrip(": \n") for one in progress.errors[:1]).splitlines()
    more = ["…"] if len(lines) > LONGEST_ERROR else []
    return ("\n" + " " * 14).join([*lines[:LONGEST_ERROR], *more])


def _keep(asked: Asked, progress: Progress) -> Path | None:
    """Write the notebook as far as it got; nothing after the cell where it stopped looks finished."""
    if progress.notebook is None:
        return None
    for position, cell in enumerate(progress.notebook.cells):
        if progress.index is not None and position >= progress.index:
            cell.metadata.papermill.status = "failed" if position == progress.index else "pending"
    try:
        asked.failed.mkdir(parents=True, exist_ok=True)
        nbformat.write(progress.notebook, asked.failed_file)  # type: ignore[no-untyped-call]
    except OSError:
        return None
    return asked.failed_file
