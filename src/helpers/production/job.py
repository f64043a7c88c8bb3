"""One job: one organisation, one period, one edition, one folder, from its params to the finished set."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
from nbformat import NotebookNode

from helpers import dossier as dossiers
from helpers.production import (
    chapters,
    document,
    execution,
    figures,
    gate,
    html,
    manifest,
    method_page,
    outline,
    pdf,
    publish,
    workbook,
)
from helpers.show.language import Language

FORMATS = ("html", "pdf", "xlsx")
Document = dict[str, Any]


@dataclass(frozen=True)
class Order:
    """What to make of a dossier, and where.

    Parameters
    ----------
    dossier
        The organisation at its period.
    notebooks
        The folder of the chapters.
    client_folder
        The organisation's folder, where own chapters lie.
    output
        The reports folder.
    formats
        Which of ``html``, ``pdf`` and ``xlsx``.
    deadline
        Seconds that one chapter may take; None is without limit.
    """

    dossier: dossiers.Dossier
    notebooks: Path
    client_folder: Path
    output: Path
    formats: Sequence[str] = FORMATS
    deadline: float | None = None

    @property
    def target(self) -> Path:
        """The folder of the set."""
        report = self.dossier.report
        return self.output / report.organisation / str(report.period) / report.edition

    @property
    def failed(self) -> Path:
        """Where a chapter that failed is left for the analyst; a later good run takes it away."""
        return self.target.parent / f"{self.target.name}.failed"

    @property
    def parameters(self) -> dict[str, str | None]:
        """What every chapter is asked for."""
        report = self.dossier.report
        return {
            "organisation": report.organisation,
            "period": str(report.period),
            "language": report.language,
            "edition": report.edition,
            "unit": None,
            "as_of": report.as_of.isoformat(),
            "params": None,
        }

    @property
    def stamp(self) -> dict[str, str]:
        """Which report every block must belong to."""
        report = self.dossier.report
        return {"organisation": report.organisation, "period": str(report.period), "edition": report.edition}


@dataclass
class Result:
    """What a job made.

    Parameters
    ----------
    files
        Path of each file of the set, by its format.
    warnings
        What the reader of the log should know; none of it is in the report.
    seconds
        How long each stage took.
    processor
        Processor seconds of each stage, those of its kernel included.
    """

    files: dict[str, Path] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    processor: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Note how long a stage takes, and how much of a processor."""
        begin, used = time.perf_counter(), _processor_seconds()
        yield
        self.seconds[stage] = time.perf_counter() - begin
        self.processor[stage] = _processor_seconds() - used


def make(
    order: Order, *, progress: Callable[[str], None] = lambda _stage: None, result: Result | None = None
) -> Result:
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
    InfrastructureError
        When the reports folder cannot be written or a kernel dies twice.
    """
    publish.require_writable(order.output)
    names = dossiers.chapters(order.dossier)
    sources = chapters.found(names, notebooks=order.notebooks, beside=order.client_folder)
    result = result or Result()
    with publish.lock(order.output / order.dossier.report.organisation):
        publish.recover(order.target)
        with publish.staging(order.target) as folder:
            executed = _executed(order, sources, result, progress)
            _rendered(order, executed, folder, result, progress)
            publish.replace(folder, order.target)
            shutil.rmtree(order.failed, ignore_errors=True)
    result.files = {
        name: order.target / file
        for name, file in {"html": "report.html", "pdf": "report.pdf", "xlsx": "tables.xlsx"}.items()
        if name in order.formats
    }
    return result


def stages(order: Order) -> int:
    """Return how many stages a job has, for a progress bar."""
    return len(dossiers.chapters(order.dossier)) + len(order.formats)


def _processor_seconds() -> float:
    """Return what this process and its finished children have used."""
    return sum(os.times()[:4])


def _executed(
    order: Order, sources: Sequence[Path], result: Result, progress: Callable[[str], None]
) -> list[tuple[str, NotebookNode]]:
    """Run every chapter in a kernel that finds the prepared dossier, and let it through the gate."""
    words = _words(order)
    executed = []
    with tempfile.TemporaryDirectory() as folder:
        asked = tuple(order.parameters[name] for name in dossiers.ASKED)
        dossiers.store(order.dossier, Path(folder), asked)
        for source in sources:
            progress(source.stem)
            with result.timed(source.stem):
                notebook = execution.execute(
                    chapters.translated(execution.read(source), words),
                    source=source,
                    parameters=order.parameters,
                    failed=order.failed,
                    environment={dossiers.PREPARED: folder},
                    deadline=order.deadline,
                )
            gate.require(
                notebook, chapter=f"{source.parent.name}/{source.name}", parameters=order.parameters, report=order.stamp
            )
            result.warnings += gate.warnings(notebook, chapter=f"{source.parent.name}/{source.name}")
            executed.append((source.stem, gate.stamp(gate.publishable(notebook))))
    return executed


def _rendered(
    order: Order,
    executed: Sequence[tuple[str, NotebookNode]],
    folder: Path,
    result: Result,
    progress: Callable[[str], None],
) -> None:
    (folder / "notebooks").mkdir()
    for name, notebook in executed:
        nbformat.write(notebook, folder / "notebooks" / f"{name}.ipynb")  # type: ignore[no-untyped-call]
    method = method_page.page()
    joined = _document(order, executed, beside=[method])
    result.warnings += joined["warnings"]
    page = method_page.render(method, accent=joined["accent"])
    _write(folder / method.file, page.encode("utf-8"))
    writers: Mapping[str, Callable[[], None]] = {
        "html": lambda: _write(folder / "report.html", html.render(joined).encode("utf-8")),
        "pdf": lambda: _write(folder / "report.pdf", pdf.render(joined)),
        "xlsx": lambda: _workbook(order, executed, joined, folder / "tables.xlsx"),
    }
    for name in order.formats:
        progress(name)
        with result.timed(name):
            writers[name]()
    report = order.dossier.report
    figures.write(
        folder / "figures.json", **order.stamp, language=report.language,
        figures=dossiers.figures(order.dossier),
    )  # fmt: skip
    _manifest(order, [name for name, _notebook in executed], result, folder / "manifest.json")


def _document(
    order: Order, executed: Sequence[tuple[str, NotebookNode]], *, beside: Sequence[outline.Page]
) -> Document:
    words, report = _words(order), order.dossier.report
    edition = document.Edition(
        language=report.language,
        as_of=report.as_of.isoformat(),
        accent=report.params.report.house_style.accent or document.DEFAULT_ACCENT,
        show_code=report.params.report.show_code,
        labels=document.labels(words.text),
    )
    shown = [(name, chapters.without_silent_sections(notebook)) for name, notebook in executed]
    return document.from_notebooks(shown, internal=False, edition=edition, beside=beside)


def _words(order: Order) -> Language:
    report = order.dossier.report
    return Language(report.language, report.terms, report.band_names, report.params.fiscal_year_start)


def _write(file: Path, content: bytes) -> None:
    file.write_bytes(content)


def _workbook(order: Order, executed: Sequence[tuple[str, NotebookNode]], joined: Document, file: Path) -> None:
    """Write every table that the report prints, and the figures behind each chart."""
    words, report = _words(order), order.dossier.report
    shown = [block for _name, notebook in executed for block in gate.blocks(notebook)]
    name = report.params.organisation.name
    about = [
        words.text("{organisation}, {period}", organisation=name, period=words.period(report.period)),
        words.text("Every score is printed with the number of answers and its interval."),
        words.text("A cell marked hidden has no number: its group is too small to show."),
    ]  # fmt: skip
    workbook.write(
        file, sheets=workbook.sheets(shown), title=joined["title"], contents=about, as_of=report.as_of, words=words
    )


def _manifest(order: Order, names: Sequence[str], result: Result, file: Path) -> None:
    runs = [
        manifest.ChapterRun(
            name, "done", result.seconds[name], sum(f"/{name}.ipynb" in text for text in result.warnings)
        )
        for name in names
    ]
    manifest.write(
        file, parameters=order.parameters, inputs=[*_inputs(order), method_page.listed()], chapters=runs,
        seconds=sum(result.seconds.values()), created=manifest.now(),
    )  # fmt: skip


def _inputs(order: Order) -> list[manifest.Input]:
    """Return every file that was read; the rows of a survey too small to show are hidden here too."""
    return [
        manifest.Input(row["source"], row["file"], row["sha256"], None if pd.isna(row["read"]) else int(row["read"]))
        for row in order.dossier.files.to_dict("records")
    ]
