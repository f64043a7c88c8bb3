"""One job: one organisation, one period, one edition, one folder, from its params to the finished set."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from nbformat import NotebookNode

from helpers import dossier as dossiers
from helpers.disclosure import ledger as ledgers
from helpers.production import chapters, defence, execution, gate, publish, record, rendering
from helpers.production.order import FORMATS, Order, Result

__all__ = ["FORMATS", "Order", "Result", "make", "stages"]

FILES = {"html": "report.html", "pdf": "report.pdf", "xlsx": "tables.xlsx"}
AUDIT = "audit"
Progress = Callable[[str], None]
Draft = Callable[[Order, Path], None]


def make(order: Order, *, progress: Progress = lambda _stage: None, result: Result | None = None) -> Result:
    """Run the chapters of a report, render them, and put the finished set in the place of the earlier one.

    Parameters
    ----------
    order
        What to make.
    progress
        Called with the name of each stage when it begins.
    result
        Where the stages are noted, beside those that came before, such as the intake.

    Raises
    ------
    NotebookError
        When a chapter cannot be run or fails; the earlier set is unchanged.
    LeakError
        When the set gives a hidden group away after every repair; the earlier set is unchanged.
    InfrastructureError
        When the reports folder or the ledger cannot be written, or a kernel dies twice.
    """
    publish.require_writable(order.output)
    names = dossiers.chapters(order.dossier)
    sources = chapters.found(names, notebooks=order.notebooks, beside=order.client_folder)
    result = result or Result()
    with publish.lock(order.reports):
        publish.recover(order.target)
        result.warnings += record.missing(order.record, order.reports, target=order.target)
        with publish.staging(order.target) as folder:
            order = _finished(order, sources, folder, result, progress)
            result.also_hidden = tuple(order.also_hidden)
            with record.kept(order.record, _entry(order)):
                publish.replace(folder, order.target)
            shutil.rmtree(order.failed, ignore_errors=True)
    result.files = {name: order.target / file for name, file in FILES.items() if name in order.formats}
    return result


def stages(order: Order) -> int:
    """Return how many stages a job has, for a progress bar: an attack before the chapters and one on the files."""
    return len(dossiers.chapters(order.dossier)) + len(order.formats) + 2


def _finished(order: Order, sources: Sequence[Path], folder: Path, result: Result, progress: Progress) -> Order:
    """Fill the folder with a set that withstands the attack; return the order as it was in the end.

    The figures alone are attacked first: what they give away is known before any chapter runs.
    """

    def whole(order: Order, folder: Path) -> None:
        executed = _executed(order, sources, result, progress)
        rendering.write(order, executed, folder, result=result, progress=progress)

    order, _found = _withstanding(order, rendering.write_figures, folder, result, progress)
    order, found = _withstanding(order, whole, folder, result, progress)
    result.warnings += [*found.warnings, *defence.known_already(order)]
    names = [source.stem for source in sources]
    rendering.write_manifest(order, names, folder / "manifest.json", result=result, attacked=found)
    return order


def _withstanding(
    order: Order, draft: Draft, folder: Path, result: Result, progress: Progress
) -> tuple[Order, defence.Attacked]:
    """Make a set until nothing in it gives a hidden group away, each time with more cells hidden."""
    said = list(result.warnings)
    while True:
        _empty(folder)
        result.warnings[:] = said
        draft(order, folder)
        progress(AUDIT)
        with result.timed(AUDIT):
            found = defence.attacked(order, folder)
        if not found.of_this:
            return order, found
        order = order.hiding(*defence.cells_to_hide(order, found, folder))


def _entry(order: Order) -> ledgers.Entry:
    """Return what the set prints, for the ledger."""
    report = order.dossier.report
    return ledgers.entry_of(
        order.dossier.scores,
        period=str(report.period),
        edition=report.edition,
        as_of=report.as_of,
        plan=order.dossier.plan,
    )


def _empty(folder: Path) -> None:
    for one in folder.iterdir():
        shutil.rmtree(one) if one.is_dir() else one.unlink()


def _executed(
    order: Order, sources: Sequence[Path], result: Result, progress: Progress
) -> list[tuple[str, NotebookNode]]:
    """Run every chapter in a kernel that finds the prepared dossier, and let it through the gate."""
    executed = []
    with tempfile.TemporaryDirectory() as folder:
        asked = tuple(order.parameters[name] for name in dossiers.ASKED)
        dossiers.store(order.dossier, Path(folder), asked)
        for source in sources:
            progress(source.stem)
            with result.timed(source.stem):
                notebook = execution.execute(
                    chapters.translated(execution.read(source), order.words),
                    source=source,
                    parameters=order.parameters,
                    failed=order.failed,
                    environment={dossiers.PREPARED: folder},
                    deadline=order.deadline,
                )
            chapter = f"{source.parent.name}/{source.name}"
            gate.require(notebook, chapter=chapter, parameters=order.parameters, report=order.stamp)
            result.warnings += gate.warnings(notebook, chapter=chapter)
            executed.append((source.stem, gate.stamp(gate.publishable(notebook))))
    return executed
