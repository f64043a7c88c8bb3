"""From executed chapters to the files of a set, in a folder that nobody reads yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
from nbformat import NotebookNode

from helpers import dossier as dossiers
from helpers.production import chapters, document, figures, gate, html, manifest, method_page, outline, pdf, workbook
from helpers.production.defence import Attacked
from helpers.production.order import Order, Result

Document = dict[str, Any]
Executed = Sequence[tuple[str, NotebookNode]]


def write_figures(order: Order, folder: Path) -> None:
    """Write ``figures.json``, which needs no chapter."""
    figures.write(
        folder / "figures.json", **order.stamp, language=order.dossier.report.language,
        privacy=dossiers.privacy(order.dossier), figures=dossiers.figures(order.dossier),
    )  # fmt: skip


def write(order: Order, executed: Executed, folder: Path, *, result: Result, progress: Callable[[str], None]) -> None:
    """Write every file of the set but the manifest.

    Parameters
    ----------
    order
        What to make.
    executed
        The chapters that passed the gate, by name.
    folder
        An empty folder.
    result
        Where the stages are noted.
    progress
        Called with each format when its turn comes.
    """
    (folder / "notebooks").mkdir()
    for name, notebook in executed:
        nbformat.write(notebook, folder / "notebooks" / f"{name}.ipynb")  # type: ignore[no-untyped-call]
    method = method_page.page()
    joined = _document(order, executed, beside=[method])
    result.warnings += joined["warnings"]
    page = method_page.render(method, accent=joined["accent"])
    (folder / method.file).write_bytes(page.encode("utf-8"))
    writers: Mapping[str, Callable[[], object]] = {
        "html": lambda: (folder / "report.html").write_bytes(html.render(joined).encode("utf-8")),
        "pdf": lambda: (folder / "report.pdf").write_bytes(pdf.render(joined)),
        "xlsx": lambda: _workbook(order, executed, joined, folder / "tables.xlsx"),
    }
    for name in order.formats:
        progress(name)
        with result.timed(name):
            writers[name]()
    write_figures(order, folder)


def write_manifest(order: Order, names: Sequence[str], file: Path, *, result: Result, attacked: Attacked) -> None:
    """Write how the set was made, and what an attack on it found; it says of no cell why it is hidden."""
    runs = [
        manifest.ChapterRun(
            name, "done", result.seconds[name], sum(f"/{name}.ipynb" in text for text in result.warnings)
        )
        for name in names
    ]
    manifest.write(
        file, parameters=order.parameters, inputs=[*_inputs(order), method_page.listed()],
        chapters=runs, audit=attacked.as_json(repairs=order.repairs),
        seconds=sum(result.seconds.values()), created=manifest.now(),
    )  # fmt: skip


def _document(order: Order, executed: Executed, *, beside: Sequence[outline.Page]) -> Document:
    report = order.dossier.report
    edition = document.Edition(
        language=report.language,
        as_of=report.as_of.isoformat(),
        accent=report.params.report.house_style.accent or document.DEFAULT_ACCENT,
        show_code=report.params.report.show_code,
        labels=document.labels(order.words.text),
    )
    shown = [(name, chapters.without_silent_sections(notebook)) for name, notebook in executed]
    return document.from_notebooks(shown, internal=False, edition=edition, beside=beside)


def _workbook(order: Order, executed: Executed, joined: Document, file: Path) -> None:
    """Write every table that the report prints, and the figures behind each chart."""
    words, report = order.words, order.dossier.report
    shown = [block for _name, notebook in executed for block in gate.blocks(notebook)]
    name = report.params.organisation.name
    about = [
        words.text("{organisation}, {period}", organisation=name, period=words.period(report.period)),
        words.text("Every score is printed with the number of answers and its interval."),
        words.text("A cell marked hidden has no number: it would give people away."),
    ]  # fmt: skip
    workbook.write(
        file, sheets=workbook.sheets(shown), title=joined["title"], contents=about, as_of=report.as_of, words=words
    )


def _inputs(order: Order) -> list[manifest.Input]:
    """Return every file that was read; the rows of a survey too small to show are hidden here too."""
    return [
        manifest.Input(row["source"], row["file"], row["sha256"], None if pd.isna(row["read"]) else int(row["read"]))
        for row in order.dossier.files.to_dict("records")
    ]
