"""The document tree as one self-contained web page, and an nbconvert exporter for any notebook."""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import re
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape
from nbconvert.exporters.templateexporter import TemplateExporter
from nbformat import NotebookNode
from traitlets import default

from helpers.production import document as documents
from helpers.production import gate, stylesheet, svg
from helpers.show import theme as themes

Document = dict[str, Any]
Node = dict[str, Any]
TEMPLATES = Path(__file__).parent / "templates"
NAME = "nulmeting"
POINTS_PER_REM = 10  # body text: 10 points on paper, 1 rem on a screen
_COLOUR = re.compile(r'\b(?:fill|stroke)="(#[^"]*|[a-z]+)"')
_SCORE = r"[+\N{MINUS SIGN}]?\d[\d.,]*"
_TIED = re.compile(rf"\b\d+-[^\W\d_]+\b|\bn = \d[\d.,]*|{_SCORE}\s[^\W\d_]{{1,3}}\s{_SCORE}(?![\d-])")
_NO_COLOURS = frozenset({"none", "inherit", "currentcolor"})


def render(document: Document) -> str:
    """Return a document as one HTML file that needs nothing else.

    Parameters
    ----------
    document
        The tree of :func:`helpers.production.document.from_notebooks`. It is not changed.

    Returns
    -------
    str
        A page with its style, fonts and pictures inside; the same document gives the same text.
    """
    return _template().render(resources={"page": page(document)})


class ReportHTMLExporter(TemplateExporter):
    """Any notebook as a page in the report's looks: ``jupyter nbconvert --to nulmeting-html any.ipynb``."""

    export_from_notebook = "Report (HTML)"
    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    @default("template_name")
    def _template_name_default(self) -> str:
        return NAME

    @default("extra_template_basedirs")
    def _extra_template_basedirs_default(self) -> list[str]:
        return [str(TEMPLATES)]

    def from_notebook_node(  # type: ignore[override]  # as nbconvert's own exporters do
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Convert a notebook; one that no gated run made says on every page that nobody checked it."""
        notebook, found = super(TemplateExporter, self).from_notebook_node(nb, resources, **kw)
        name = found.get("metadata", {}).get("name") or "notebook"
        internal = not gate.passed(notebook)
        found["page"] = page(documents.from_notebooks([(name, notebook)], internal=internal))
        return self.template.render(nb=notebook, resources=found), found

    def _create_environment(self) -> Environment:
        environment: Environment = super()._create_environment()  # type: ignore[no-untyped-call]
        for setting, value in _SETTINGS.items():
            setattr(environment, setting, value)
        environment.filters["tied"] = tied
        return environment


_SETTINGS: dict[str, Any] = {
    "autoescape": True,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "undefined": StrictUndefined,
}


def tied(text: str) -> Markup:
    """Keep on one line what is one thing: a 0-meting, an interval, "n = 812".

    Examples
    --------
    >>> print(tied("de 0-meting <b>"))
    de <span class="tied">0-meting</span> &lt;b&gt;
    >>> print(tied("(+2 tot +17)"))
    (<span class="tied">+2 tot +17</span>)
    >>> print(tied("2026 en 0-meting"))
    2026 en <span class="tied">0-meting</span>
    """
    return Markup(_TIED.sub(r'<span class="tied">\g<0></span>', str(escape(text))))


def page(document: Document) -> dict[str, Any]:
    """Return what the template walks: the document, its drawings made fit, its style and its policy.

    Parameters
    ----------
    document
        The document tree.

    Returns
    -------
    dict
        ``document`` (its figures and tables with ``number``, ``name`` and ``drawing``), ``css``, ``script``,
        ``policy`` and ``shift`` (how much deeper a heading stands than in its chapter).
    """
    css = stylesheet.css(document["accent"], text=json.dumps(document, ensure_ascii=False))
    script = (TEMPLATES / NAME / "contents.js").read_text(encoding="utf-8")
    alone = document["cover"] is None and len(document["chapters"]) == 1
    prepared = _Preparation(document)
    chapters = [{**one, "nodes": prepared.nodes(one["nodes"])} for one in document["chapters"]]
    return {
        "document": {**document, "chapters": chapters},
        "logo": prepared.logo(),
        "css": Markup(css),
        "script": Markup(script),
        "policy": _policy(css, script),
        "shift": 0 if alone else 1,
    }


class _Preparation:
    """Number the figures and tables of a document and make its drawings fit to stand in the page."""

    def __init__(self, document: Document) -> None:
        self.labels = document["labels"]
        self.cover = document["cover"] or {}
        self.own_colours = {colour for _, colour in themes.theme(document["accent"]).light.named()}
        self.counts = {"table": 0, "chart": 0}

    def nodes(self, nodes: list[Node]) -> list[Node]:
        return [self._node(node) for node in nodes]

    def logo(self) -> Node | None:
        """Return the client's logo: a data address as it is, an SVG as a drawing; nothing else is shown."""
        given = str(self.cover.get("logo") or "")
        if given.startswith("data:image/"):
            return {"address": given, "drawing": None}
        name = self.cover.get("organisation", "")
        drawing = svg.inline(given, prefix="_logo-", title=name, description=name)
        return {"address": None, "drawing": Markup(drawing)} if drawing else None

    def _node(self, node: Node) -> Node:
        if node["type"] == "quote":
            return {**node, "nodes": self.nodes(node["nodes"])}
        if node["type"] == "list":
            return {**node, "items": [self.nodes(item) for item in node["items"]]}
        if node["type"] in ("block", "table"):
            return {"type": "block", "block": self._block(node["block"])}
        if node["type"] == "picture":
            return {**node, **self._drawn(node, title=node["alt"])}
        return node

    def _block(self, block: Node) -> Node:
        if block["kind"] == "table":
            rows = [{**row, "cells": _joined(row["cells"], block["stub"])} for row in block["rows"]]
            return {**block, "rows": rows, **self._named("table", block["caption"])}
        if block["kind"] == "chart":
            drawn = {**block, **self._drawn(block, title=block["caption"] or block["alt"])}
            return {**drawn, "table": self._block(block["table"])} if block.get("table") else drawn
        return block

    def _named(self, kind: str, caption: str) -> Node:
        self.counts[kind] += 1
        number = self.counts[kind]
        name = self.labels[kind].format(n=number, caption=caption).strip().removesuffix(":")
        return {"number": number, "name": name, "anchor": f"_{kind}-{number}"}

    def _drawn(self, picture: Node, *, title: str) -> Node:
        named = self._named("chart", title)
        prefix = f"{named['anchor']}-"
        drawing = svg.inline(picture.get("svg") or "", prefix=prefix, title=title, description=picture["alt"])
        if drawing is None:
            return {**named, "drawing": None}
        colours = {colour.lower() for colour in _COLOUR.findall(drawing)} - _NO_COLOURS
        # A drawing in our own colours follows the page into the dark; any other keeps a light ground.
        own = bool(colours) and colours <= self.own_colours
        looks = f'width="{picture["width"] / POINTS_PER_REM:.4g}rem"' + (' class="chart"' if own else "")
        return {**named, "drawing": Markup(drawing.replace("<svg", f"<svg {looks}", 1)), "own": own}


def _joined(cells: list[Node], stub: int) -> list[Node]:
    """Give each cell its column and its width; neighbours hidden for the same reason become one cell."""
    found: list[Node] = []
    for at, cell in enumerate(cells):
        last = found[-1] if found else {}
        alike = last.get("hidden") and cell["hidden"] and last["text"] == cell["text"]
        if alike and at > stub and cell["note"] in ("", last["note"]):
            found[-1] = {**last, "span": last["span"] + 1}
        else:
            found.append({**cell, "at": at, "span": 1})
    return found


@functools.cache
def _template() -> Template:
    environment = Environment(loader=FileSystemLoader(TEMPLATES / NAME), **_SETTINGS)
    environment.filters["tied"] = tied
    return environment.get_template("index.html.j2")


def _policy(css: str, script: str) -> str:
    """Return a policy under which only this very style and script count, and nothing is fetched."""
    return (
        f"default-src 'none'; style-src {_hash(css)}; script-src {_hash(script)}; font-src data:; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
