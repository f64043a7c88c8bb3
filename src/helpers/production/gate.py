"""Proof that a chapter's run is complete, and about this client and period, before anything is rendered."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from helpers.errors import NotebookError
from helpers.production.parameters import INJECTED_TAG, injected, tags
from helpers.production.seal import passed, publishable, stamp
from helpers.show.blocks import MIME

__all__ = ["blocks", "check", "local_paths", "passed", "publishable", "require", "stamp", "warnings"]

TRACEBACK = "Traceback (most recent call last)"
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class _Run:
    """One executed chapter and what it was asked for."""

    notebook: NotebookNode
    chapter: str
    parameters: Mapping[str, str | None]
    report: Mapping[str, str]
    promises: Mapping[str, int]
    private: Sequence[str]

    @property
    def code(self) -> list[tuple[int, NotebookNode]]:
        """Return the code cells that have code, with their position in the author's notebook."""
        written = [cell for cell in self.notebook.cells if INJECTED_TAG not in tags(cell)]
        placed = enumerate(written, start=1)
        return [(at, cell) for at, cell in placed if cell.cell_type == "code" and cell.source.strip()]


def check(
    notebook: NotebookNode,
    *,
    chapter: str,
    parameters: Mapping[str, str | None],
    report: Mapping[str, str],
    promises: Mapping[str, int] | None = None,
    private: Sequence[str] | None = None,
) -> list[str]:
    """Look for every reason not to render an executed chapter.

    Parameters
    ----------
    notebook
        As ``execution.execute`` returned it.
    chapter
        The notebook as the user knows it, for the messages.
    parameters
        What the run was asked for.
    report
        ``organisation``, ``period`` and ``edition`` of this job; a block of any other is refused.
    promises
        The least number of blocks per kind that the chapter must show; for ``tiles`` the tiles that carry a
        value are counted. Default: ``metadata.nulmeting.promises`` of the notebook, or nothing.
    private
        Texts that no output may contain. Default: the home folder and the temporary folder.

    Returns
    -------
    list of str
        One sentence per fault; empty when the chapter may be rendered.
    """
    if promises is None:
        promises = notebook.metadata.get("nulmeting", {}).get("promises", {})
    run = _Run(notebook, chapter, parameters, report, promises, local_paths() if private is None else private)
    looks = (_not_run, _errors, _parameters, _blocks, _strangers, _promised, _paths)
    return [f"{chapter}{fault}" for look in looks for fault in look(run)]


def require(
    notebook: NotebookNode,
    *,
    chapter: str,
    parameters: Mapping[str, str | None],
    report: Mapping[str, str],
    promises: Mapping[str, int] | None = None,
    private: Sequence[str] | None = None,
) -> None:
    """Refuse a chapter that ``check`` finds fault with.

    Raises
    ------
    NotebookError
        With every fault; exit code 1.
    """
    faults = check(notebook, chapter=chapter, parameters=parameters, report=report, promises=promises, private=private)
    if faults:
        raise NotebookError(faults)


def warnings(notebook: NotebookNode, *, chapter: str) -> list[str]:
    """Return what the cells wrote to the error stream, for the job's log: it never reaches a report."""
    said = [(at, _stream(cell, "stderr").strip()) for at, cell in _Run(notebook, chapter, {}, {}, {}, ()).code]
    return [f"{chapter}, cell {at}: {_COLOUR.sub('', text)}" for at, text in said if text]


def blocks(notebook: NotebookNode) -> list[dict[str, Any]]:
    """Return every display block of an executed notebook, in order."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return [output.data[MIME] for output in outputs if MIME in output.get("data", {})]


def local_paths() -> list[str]:
    """Return the folders of this machine that a report must not name, each with its closing separator."""
    folders = [Path.home(), Path(tempfile.gettempdir())]
    return [f"{folder}{sep}" for folder in folders if folder != Path(folder.anchor) for sep in ("/", "\\")]


def _not_run(run: _Run) -> Iterator[str]:
    done = []
    for at, cell in run.code:
        status = cell.metadata.get("papermill", {}).get("status")
        if cell.execution_count is None or status != "completed":
            yield f", cell {at} did not run to its end. Run the report again."
        else:
            done.append(cell.execution_count)
    if done != sorted(set(done)):
        yield ": its cells did not run once each, from the first to the last. Run the report again."
    if run.notebook.metadata.get("papermill", {}).get("exception"):
        yield ": its run ended in an error. Run the report again."


def _errors(run: _Run) -> Iterator[str]:
    for at, cell in run.code:
        for output in cell.outputs:
            if output.output_type == "error":
                yield f", cell {at} raised {output.ename}. Mend the cell."
        shown = [_COLOUR.sub("", text) for output in cell.outputs for text in _texts(output)]
        if any(TRACEBACK in text for text in shown):
            yield f", cell {at} printed a traceback. Let the error stop the cell, or mend its cause."


def _parameters(run: _Run) -> Iterator[str]:
    found = injected(run.notebook) or {}
    for name in sorted({*found, *run.parameters}):
        ran, asked = (repr(given[name]) if name in given else "its default" for given in (found, run.parameters))
        if ran != asked:
            yield f": parameter '{name}' ran as {ran}, not as {asked}. Run the report again."


def _blocks(run: _Run) -> Iterator[str]:
    if not blocks(run.notebook):
        yield (
            ": no cell shows a table, chart or sentence of this report, so the chapter would be empty. "
            "End a cell with a call such as `show.table(…)`."
        )


def _strangers(run: _Run) -> Iterator[str]:
    for block in blocks(run.notebook):
        inner = block.get("table")
        claims = [block.get("report"), *([inner["report"]] if inner and "report" in inner else [])]
        for claim in claims:
            if claim != dict(run.report):
                yield (
                    f": block '{block.get('id')}' is of {_named(claim)}, but this report is of "
                    f"{_named(run.report)}. Open the dossier with the notebook's parameters."
                )


def _promised(run: _Run) -> Iterator[str]:
    shown = Counter[str]()
    for block in blocks(run.notebook):
        tiles = [tile for tile in block.get("tiles", []) if tile.get("value")]
        shown[block["kind"]] += len(tiles) if block["kind"] == "tiles" else 1
    for kind, least in run.promises.items():
        if shown[kind] < least:
            yield f": it promises {least} of kind '{kind}' and shows {shown[kind]}. Mend its cells."


def _paths(run: _Run) -> Iterator[str]:
    for at, cell in run.code:
        shown = "\n".join(text for output in cell.outputs for text in _texts(output))
        for path in run.private:
            if path in shown:
                yield f", cell {at} shows the local path {path}. Show the name of the file only."


def _named(report: Mapping[str, str] | None) -> str:
    return " ".join(str(part) for part in report.values()) if report else "no report"


def _stream(cell: NotebookNode, name: str) -> str:
    return "".join(output.text for output in cell.outputs if output.get("name") == name)


def _texts(value: Any) -> Iterator[str]:
    """Walk through every text of an output."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
