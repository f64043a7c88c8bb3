"""The document tree as the Typst template walks it: every string printable, every id known, nothing it would refuse."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from helpers.production import fitting, glyphs, pictures
from helpers.show.theme import Theme

Node = dict[str, Any]
Document = dict[str, Any]
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_OUTSIDE = re.compile(r"""\b(?:xlink:)?href\s*=\s*(?:"(?!#|data:)[^"]*"|'(?!#|data:)[^']*')""")
A4 = (595.28, 841.89)
_OVERSIZED = 1.3  # times the width of the page: up to here a chart is made smaller instead
_INSIDE = 0.8  # of that width is left inside a list or quote
_ENDLESS = re.compile(r"\S{41,}")
_COVER_TEXTS = ("organisation", "title", "subtitle", "period", "date", "language_name", "edition", "confidentiality")
_TILE_TEXTS = ("interval", "n", "date", "change", "target", "note")


@dataclass(frozen=True)
class _Sheet:
    """What a page holds, in points: the width of its text, upright and on its side, and the size of its tables."""

    width: float
    turned_width: float
    table_text: float

    @classmethod
    def of(cls, look: Theme) -> _Sheet:
        short, long = A4
        return cls(look.page["width"], long - (short - look.page["width"]), look.size["small"])


def laid_out(document: Mapping[str, Any], *, look: Theme, cautious: bool = False) -> Document:
    """Prepare a document for the template.

    Parameters
    ----------
    document
        A document tree of :mod:`helpers.production.document`.
    look
        Sizes of text and page.
    cautious
        Spell out every character that is not one plain sign of the text font.

    Returns
    -------
    dict
        A new tree. Characters without a glyph are named; no heading level is skipped; each id occurs once,
        and ``anchors`` lists those that a link may point at; every picture is an SVG that has a description
        and reaches nothing outside itself; a chart's table is left out, for its description is in the PDF; a
        cell's code is left out, which only the HTML shows; tables have a ``layout``, and what is wider than
        the page stands with its heading in a node of type ``turned``, for a page on its side.
    """
    tree: Document = glyphs.printable_values(document, cautious=cautious)
    tree["title"] = tree["title"] or tree["running_head"] or next(iter(_titles(tree)), "PDF")
    tree["language"] = _language(tree["language"])
    tree["cover"] = _cover(tree["cover"]) if tree["cover"] else None
    tree["author"] = (tree["cover"] or {}).get("agency") or ""
    default_alt = tree["labels"].get("no_description") or tree["title"]
    taken: set[str] = set()
    for chapter in tree["chapters"]:
        chapter["id"] = _once(chapter["id"], taken)
        chapter["title"] = _breakable(chapter["title"]) or chapter["id"]
        chapter["nodes"] = [node for node in chapter["nodes"] if not _left_out(node)]
        _level_headings(chapter["nodes"], taken)
        for node in walk(chapter["nodes"]):
            _complete(node.get("block", node), default_alt)
        chapter["nodes"] = list(_placed(chapter["nodes"], _Sheet.of(look)))
    return tree | {"anchors": anchors(tree), "sheet": A4}


def anchors(tree: Mapping[str, Any]) -> list[str]:
    """Return the ids of a document's chapters and headings, sorted."""
    found = [chapter["id"] for chapter in tree["chapters"]]
    nodes = (node for chapter in tree["chapters"] for node in walk(chapter["nodes"]))
    return sorted([*found, *(node["id"] for node in nodes if node["type"] == "heading")])


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield nodes in reading order, those inside lists and quotes included."""
    for node in nodes:
        yield node
        yield from walk(node.get("nodes", ()))
        for item in node.get("items", ()):
            yield from walk(item)


def _titles(tree: Document) -> Iterator[str]:
    return (chapter["title"] for chapter in tree["chapters"] if chapter["title"])


def _language(code: str) -> str:
    found = _LANGUAGE.match(code.lower())
    return found[0] if found else "en"


def _cover(cover: Node) -> Node:
    words = {key: cover.get(key) or "" for key in _COVER_TEXTS}
    return {**words, "agency": cover.get("agency"), "facts": cover.get("facts") or [], "logo": _logo(cover.get("logo"))}


def _logo(given: str | None) -> str | None:
    picture = pictures.from_address(given, attachments={}) or pictures.from_svg(given) if given else None
    return _drawing(picture) if picture else None


def _level_headings(nodes: list[Node], taken: set[str]) -> None:
    level = 1
    for node in walk(nodes):
        if node["type"] == "heading":
            level = node["level"] = min(node["level"], level + 1)
            node["id"] = _once(node["id"], taken)
            for inline in _texts(node["inlines"]):
                inline["text"] = _breakable(inline["text"])


def _left_out(node: Node) -> bool:
    """Return whether a node is a cell's code or a heading without words, which no screen reader could announce."""
    if node["type"] == "code":
        return bool(node.get("cell"))
    return node["type"] == "heading" and not any(inline["text"].strip() for inline in _texts(node["inlines"]))


def _texts(inlines: Iterable[Node]) -> Iterator[Node]:
    for inline in inlines:
        if "text" in inline:
            yield inline
        yield from _texts(inline.get("inlines", ()))


def _breakable(heading: str) -> str:
    """Give words without end places to break: a heading must be plain text for the table of contents."""
    return _ENDLESS.sub(lambda word: "\u00ad".join(word[0]), heading)


def _once(identity: str, taken: set[str]) -> str:
    number, chosen = 1, identity
    while chosen in taken:
        number += 1
        chosen = f"{identity}-{number}"
    taken.add(chosen)
    return chosen


def _placed(nodes: Iterable[Node], sheet: _Sheet) -> Iterator[Node]:
    """Plan the tables; take what is wider than the page together with the heading and sentences before it."""
    held: list[Node] = []
    for node in nodes:
        planned = _planned(node, sheet)
        if _turned(planned, sheet):
            yield {"type": "turned", "nodes": [*held, planned]}
            held = []
            continue
        opens = node["type"] == "heading" and held and held[-1]["type"] != "heading"
        if opens or not _leads_in(node):
            yield from held
            held = []
        if _leads_in(node):
            held.append(planned)
        else:
            yield planned
    yield from held


def _planned(node: Node, sheet: _Sheet, *, inside: bool = False) -> Node:
    if node["type"] == "list":
        items = [[_planned(inner, sheet, inside=True) for inner in item] for item in node["items"]]
        return {**node, "items": items}
    if node["type"] == "quote":
        return {**node, "nodes": [_planned(inner, sheet, inside=True) for inner in node["nodes"]]}
    if node.get("block", {}).get("kind") != "table":
        return node
    # A page cannot be turned in the middle of a list.
    width, turned_width = (sheet.width * _INSIDE, 0.0) if inside else (sheet.width, sheet.turned_width)
    fitted = fitting.fitted(node["block"], size=sheet.table_text, width=width, turned_width=turned_width)
    return {**node, "block": fitted}


def _turned(node: Node, sheet: _Sheet) -> bool:
    block = node.get("block", {})
    if block.get("kind") == "chart":
        block["turned"] = bool(block["width"] > sheet.width * _OVERSIZED)
        return bool(block["turned"])
    return bool(block.get("layout", {}).get("turned"))


def _leads_in(node: Node) -> bool:
    return bool(node["type"] == "heading" or node.get("block", {}).get("kind") == "sentence")


def _complete(content: Node, default_alt: str) -> None:
    """Fill in what the template relies on in a picture or block."""
    if content.get("type") == "picture" or content.get("kind") == "chart":
        content["alt"] = content["alt"].strip() or default_alt
        content["svg"] = _drawing(content)
        content.pop("png", None)
        content.pop("table", None)
    for tile in content.get("tiles", ()):
        tile.update({key: tile.get(key) or "" for key in _TILE_TEXTS})


def _drawing(picture: Node) -> str:
    """Return a picture as an SVG without references to anything outside it."""
    if picture.get("svg"):
        return _OUTSIDE.sub("", picture["svg"])
    width, height = (f"{picture[side]:g}" for side in ("width", "height"))
    # What reaches the template is text, and an SVG can hold a raster image as text.
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{picture["png"]}"/></svg>'
    )
