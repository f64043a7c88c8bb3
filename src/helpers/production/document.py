"""Executed chapters as one document tree, which HTML and PDF both walk, so that they cannot differ.

::

    notebooks ─> outputs, markdown ─> nodes ─> outline (titles, levels, ids, links) ─> document
                                                                                       ├─> html.render
                                                                                       └─> pdf.render

The tree is plain JSON. Its nodes, in the order a reader meets them:

========== ==========================================================================================
type       content
========== ==========================================================================================
heading    ``level`` 2…6 (the chapter's title is 1), ``id``, ``inlines``
paragraph  ``inlines``
list       ``ordered``, ``items`` (each a list of nodes)
quote      ``nodes``
code       ``text``; ``cell`` is true for the source of a code cell, which only the HTML shows
text       ``text``, an output that only had plain text; monospaced
rule       nothing
block      ``block``, one display block of :mod:`helpers.show.blocks`
table      ``block``, a table block made of a markdown or HTML table
picture    ``svg`` or ``png`` (base64), ``alt``, ``width`` and ``height`` in points
========== ==========================================================================================

Inlines are ``text`` and ``code`` (with ``text``), ``strong`` and ``emphasis`` (with ``inlines``), ``link``
(with ``href`` and ``inlines``) and ``break``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode

from helpers.production import markdown, outline, outputs
from helpers.show.blocks import clean

SCHEMA = 1
DEFAULT_ACCENT = "#0B5394"
Node = dict[str, Any]
Document = dict[str, Any]
_SOURCELESS = frozenset({"parameters", "injected-parameters", "hide", "hide-input", "remove-input"})
_LEFT_OUT = frozenset({"remove-cell", "papermill-error-cell-tag"})


def labels(text: Callable[..., str] | None = None) -> dict[str, str]:
    """Return the words that the document itself adds, by key.

    Parameters
    ----------
    text
        What translates a message and fills its placeholders, such as ``Language("nl").text``; English by
        default. Placeholders that only the renderer can fill (``{page}``, ``{n}``) stay.

    Examples
    --------
    >>> labels()["page"]
    'Page {page} of {pages}'
    """
    _ = text or _english
    return {
        "contents": _("Contents"),
        "skip": _("Skip to the report"),
        "page": _("Page {page} of {pages}", page="{page}", pages="{pages}"),
        "data_table": _("The figures in this chart"),
        "table": _("Table {n}: {caption}", n="{n}", caption="{caption}"),
        "chart": _("Chart {n}: {caption}", n="{n}", caption="{caption}"),
        "no_description": _("Figure without description"),
        "internal": _("INTERNAL – not checked for disclosure"),
    }


@dataclass(frozen=True)
class Edition:
    """What the joined document says about itself; what is empty comes from the cover block.

    Parameters
    ----------
    language
        Language code of the text; by default that of the first block, else English.
    title
        The report's title.
    running_head
        Stands at the top of every page.
    confidentiality
        Stands at the foot of every page.
    as_of
        The last day that the report knows of, ISO 8601.
    accent
        The one accent colour, ``#rrggbb``.
    show_code
        Whether code cells show their source.
    labels
        The document's own words, from :func:`labels`.
    """

    language: str = ""
    title: str = ""
    running_head: str = ""
    confidentiality: str = ""
    as_of: str = ""
    accent: str = DEFAULT_ACCENT
    show_code: bool = False
    labels: Mapping[str, str] = field(default_factory=labels)


def from_notebooks(
    chapters: Sequence[tuple[str, NotebookNode]],
    *,
    internal: bool,
    edition: Edition | None = None,
    beside: Sequence[outline.Page] = (),
) -> Document:
    """Join executed notebooks into one document.

    Parameters
    ----------
    chapters
        Name (without extension) and notebook of each chapter, in the order of reading.
    internal
        Whether the document must say that nobody checked it for disclosure.
    edition
        Title, language, labels and looks.
    beside
        The pages beside the document in its set, to whose headings chapters may link.

    Returns
    -------
    dict
        The document tree; ``warnings`` holds a sentence for each output that was left out or that has no
        description. The first cover block becomes ``cover``, others are dropped.
    """
    chosen = edition or Edition()
    words = _labels(chosen)
    warnings = outputs.Warnings()
    named: list[tuple[str, outline.Chapter]] = []
    covers: list[Node] = []
    for name, notebook in chapters:
        nodes = list(_nodes(name, notebook, chosen, words=words, warnings=warnings))
        covers += [node["block"] for node in nodes if _is_cover(node)]
        identity = outline.unique(outline.chapter_id(name), {one.id for _, one in named})
        rest = [node for node in nodes if not _is_cover(node)]
        named.append((name, outline.chapter(name, rest, identity=identity)))
    joined = outline.linked(named, beside=beside)
    return _tree(chosen, covers, joined) | {"internal": internal, "warnings": warnings.sentences}


def from_chapter(chapter: outline.Chapter, *, edition: Edition | None = None) -> Document:
    """Return a page that stands by itself: one chapter that no notebook made, so with nothing to check.

    Parameters
    ----------
    chapter
        Its title and nodes.
    edition
        Title, language, labels and looks.

    Returns
    -------
    dict
        The document tree.
    """
    joined = outline.linked([(chapter.id, chapter)])
    return _tree(edition or Edition(), [], joined) | {"internal": False, "warnings": []}


def _tree(chosen: Edition, covers: Sequence[Node], chapters: Sequence[outline.Chapter]) -> Document:
    tree = _head(chosen, covers, chapters, _labels(chosen))
    tree["chapters"] = [{"id": one.id, "title": one.title, "nodes": one.nodes} for one in chapters]
    cleaned: Document = clean(tree)
    return cleaned


def _labels(chosen: Edition) -> dict[str, str]:
    return {**labels(), **chosen.labels}


def _head(
    chosen: Edition, covers: Sequence[Node], chapters: Sequence[outline.Chapter], words: Mapping[str, str]
) -> Document:
    cover = covers[0] if covers else {}
    only = chapters[0].title if len(chapters) == 1 else ""
    parts = [cover.get(key) for key in ("organisation", "period")]
    return {
        "schema": SCHEMA,
        "language": chosen.language or _language(covers, chapters),
        "title": chosen.title or cover.get("title") or only,
        "running_head": chosen.running_head or " · ".join(str(part) for part in parts if part) or only,
        "confidentiality": chosen.confidentiality or cover.get("confidentiality") or "",
        "as_of": chosen.as_of,
        "accent": chosen.accent,
        "show_code": chosen.show_code,
        "labels": dict(words),
        "internal_text": words["internal"],
        "cover": cover or None,
    }


def _language(covers: Sequence[Node], chapters: Sequence[outline.Chapter]) -> str:
    blocks = [node["block"] for one in chapters for node in one.nodes if node["type"] == "block"]
    return next((str(block["language"]) for block in [*covers, *blocks] if block.get("language")), "en")


def _is_cover(node: Node) -> bool:
    return bool(node["type"] == "block" and node["block"]["kind"] == "cover")


def _nodes(
    name: str,
    notebook: NotebookNode,
    chosen: Edition,
    *,
    words: Mapping[str, str],
    warnings: outputs.Warnings,
) -> Iterator[Node]:
    """Give the nodes of a notebook's cells; raw cells and cells marked to be removed give none."""
    for number, cell in enumerate(notebook.cells, start=1):
        tags = set(cell.metadata.get("tags", ()))
        warnings.chapter, warnings.cell = name, number
        if tags & _LEFT_OUT:
            continue
        if cell.cell_type == "markdown":
            yield from _prose(cell)
        elif cell.cell_type == "code":
            if chosen.show_code and not tags & _SOURCELESS and cell.source.strip():
                yield {"type": "code", "text": cell.source, "cell": True}
            yield from outputs.nodes(cell, no_description=words["no_description"], warnings=warnings)


def _prose(cell: NotebookNode) -> list[Node]:
    """Read a markdown cell; its headings remember their English words, in which links and ids are written."""
    found = markdown.nodes(cell.source, attachments=cell.get("attachments"))
    source = cell.metadata.get("nulmeting", {}).get("source")
    if not isinstance(source, str):
        return found
    written = markdown.nodes(source)
    english = [markdown.plain(node["inlines"]) for node in written if node["type"] == "heading"]
    headings = [node for node in found if node["type"] == "heading"]
    if len(english) == len(headings):
        for node, words in zip(headings, english, strict=True):
            node["source"] = words
    return found


def _english(message: str, **values: str) -> str:
    return message.format(**values)
