"""The document tree as a PDF that can be archived and read aloud (PDF/A-2a, PDF/UA-1), set by Typst.

::

    document ─> paper.laid_out ─> JSON ─┐
    theme.typst_tokens ─────────> JSON ─┴─> templates/report.typ ─> Typst ─> bytes

The template is fixed and reads text only as values of that JSON, so nothing that a customer wrote is ever
markup. Data reaches Typst in memory: no temporary folder can leave its name in the PDF.
"""

from __future__ import annotations

import functools
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst
from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import default

from helpers.errors import ReportError
from helpers.production import document as documents
from helpers.production import gate, glyphs, paper
from helpers.show import theme as themes

Document = dict[str, Any]
TEMPLATES = Path(__file__).parent / "templates"
STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]
_WITHOUT_A_DATE = "1970-01-01"
_KEPT_DOCUMENTS = 11
_LOAD_FALLBACK = '#set text(font: "DejaVu Sans")\n\u2a00'


def render(document: Mapping[str, Any]) -> bytes:
    """Set a document as PDF.

    Parameters
    ----------
    document
        A tree of :func:`helpers.production.document.from_notebooks`. It is not changed.

    Returns
    -------
    bytes
        The PDF. The same document gives the same bytes on every machine: template and fonts are our own, and
        its date is the document's ``as_of``.

    Raises
    ------
    ReportError
        When something in the document cannot be set, naming the chapter and the block.
    """
    look = themes.theme(document["accent"])
    try:
        return _printed(document, look)
    finally:
        _forget()


class ReportPDFExporter(Exporter):
    """Any notebook as a PDF in the report's looks: ``jupyter nbconvert --to nulmeting-pdf any.ipynb``."""

    export_from_notebook = "Report (PDF)"
    output_mimetype = "application/pdf"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Convert a notebook; one that no gated run made says on every page that nobody checked it."""
        notebook, found = super().from_notebook_node(nb, resources, **kw)
        name = found.get("metadata", {}).get("name") or "notebook"
        document = documents.from_notebooks([(name, notebook)], internal=not gate.passed(notebook))
        return render(document), found


def _printed(document: Mapping[str, Any], look: themes.Theme) -> bytes:
    try:
        return _compiled(paper.laid_out(document, look=look), look)
    except _RefusedError:
        # Fonts have the sign, but not in this combination. No single answer may stop a report.
        tree = paper.laid_out(document, look=look, cautious=True)
    try:
        return _compiled(tree, look)
    except _RefusedError as error:
        raise ReportError(_explained(tree, look, error)) from error


class _RefusedError(Exception):
    """Typst did not set a document."""


def _compiled(tree: Document, look: themes.Theme) -> bytes:
    try:
        made = _compiler().compile(
            str(TEMPLATES / "report.typ"),
            format="pdf",
            sys_inputs={"document": _json(tree), "theme": _json(themes.typst_tokens(look))},
            pdf_standards=STANDARDS,
            timestamp=_moment(tree["as_of"]),
        )
    except typst.TypstError as error:
        raise _RefusedError(error.message) from error
    except BaseException as error:
        # A drawing can make Typst's converter panic, which reaches Python as no ordinary exception.
        if type(error).__name__ != "PanicException":
            raise
        raise _RefusedError(f"a drawing could not be converted ({error})") from error
    assert isinstance(made, bytes)
    return made


@functools.cache
def _compiler() -> typst.Compiler:
    # Typst takes folders of fonts. Of matplotlib's folder only one file may count: it also has a face whose
    # every glyph is a box. Once used, a font stays in memory and the folder can go.
    with tempfile.TemporaryDirectory() as folder:
        shutil.copyfile(glyphs.FALLBACK_FONT, Path(folder) / glyphs.FALLBACK_FONT.name)
        compiler = typst.Compiler(
            root=str(TEMPLATES), font_paths=[str(themes.FONTS_FOLDER), folder], ignore_system_fonts=True
        )
        compiler.compile(_LOAD_FALLBACK.encode(), format="pdf")
    return compiler


def _forget() -> None:
    # Typst keeps what it computed until so many documents later: a gigabyte in a batch of large reports.
    for _ in range(_KEPT_DOCUMENTS):
        _compiler().compile(b"", format="svg")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _moment(as_of: str) -> int:
    day = datetime.fromisoformat(as_of or _WITHOUT_A_DATE).replace(tzinfo=UTC)
    return int(day.timestamp())


def _explained(tree: Document, look: themes.Theme, error: Exception) -> str:
    for place, part in _parts(tree):
        try:
            _compiled(part, look)
        except _RefusedError as own:
            return f"{place} cannot be set as PDF: {own}. Correct the cell that shows it."
    return f"The report cannot be set as PDF: {error}."


def _parts(tree: Document) -> Iterator[tuple[str, Document]]:
    """Yield each node as a document of its own, with words for where it stands."""
    for chapter in tree["chapters"]:
        for number, node in enumerate(chapter["nodes"], start=1):
            block = node.get("block", {})
            name = f"{block['kind']} block '{block['id']}'" if block.get("id") else f"{node['type']} (part {number})"
            part = {**tree, "cover": None, "chapters": [{**chapter, "nodes": [node]}]}
            yield f"Chapter '{chapter['id']}', {name}", part | {"anchors": paper.anchors(part)}
