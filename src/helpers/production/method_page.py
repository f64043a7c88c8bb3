"""The method page: docs/method.md as a page that stands beside the report, for its links to arrive at."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from helpers.errors import InfrastructureError
from helpers.production import document, html, manifest, markdown, outline

SOURCE = Path(__file__).resolve().parents[3] / "docs" / "method.md"
FILE = "method.html"
WRITTEN = "../docs/method.md"
"""How a chapter writes the page's address, so that its links work in JupyterLab too."""
_PICTURE = re.compile(r"(!\[[^\]]*\]\()([^)\s:]+\.svg)(\))")


def page(source: Path = SOURCE) -> outline.Page:
    """Read the method page, with its drawings in it.

    Parameters
    ----------
    source
        The markdown; drawings are named by their place beside it.

    Returns
    -------
    outline.Page
        With the ids of its headings; links to what is not in the set are plain text.

    Raises
    ------
    InfrastructureError
        If it, or a drawing in it, is not there.
    """
    text = _read(source)
    drawings = {name: {"image/svg+xml": _read(source.parent / name)} for _, name, _ in _PICTURE.findall(text)}
    nodes = markdown.nodes(_PICTURE.sub(r"\1attachment:\2\3", text), attachments=drawings)
    return outline.Page(WRITTEN, FILE, outline.chapter("method", nodes))


def render(method: outline.Page, *, accent: str = document.DEFAULT_ACCENT) -> str:
    """Return the method page as one HTML file that needs nothing else, in English, with nothing of any client.

    Parameters
    ----------
    method
        As :func:`page` read it.
    accent
        The report's accent colour, ``#rrggbb``.
    """
    return html.render(document.from_chapter(method.chapter, edition=document.Edition(language="en", accent=accent)))


def listed(source: Path = SOURCE) -> manifest.Input:
    """Return the page as the manifest lists it."""
    return manifest.Input("method", source.name, hashlib.sha256(source.read_bytes()).hexdigest())


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise InfrastructureError(
            f"{file.parent.name}/{file.name}: the method page that every report brings along cannot be read "
            f"({error.strerror}). Restore it from the repository."
        ) from error
