"""Markdown of a notebook as nodes of the document tree; nothing in it ever becomes markup."""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

import mistune

from helpers.production import pictures, tables

Node = dict[str, Any]
Attachments = Mapping[str, Mapping[str, str]]
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_PAPERMILL = re.compile(r"<span\b[^>]*>(?:(?!</span>).)*papermill-error(?:(?!</span>).)*</span>", re.DOTALL)
_PAPERMILL_ANCHOR = re.compile(r'<span id="papermill-error-cell"[^>]*>.*?</span>', re.DOTALL)


def nodes(text: str, *, attachments: Attachments | None = None) -> list[Node]:
    """Read markdown into nodes; headings keep the level they were written with and get no id yet.

    Parameters
    ----------
    text
        Markdown. Raw HTML in it stays literal text, except comments and papermill's own error banners,
        which are left out.
    attachments
        Pictures that the cell carries, by name and MIME type.

    Returns
    -------
    list of dict
        Nodes as :mod:`helpers.production.document` describes them.

    Examples
    --------
    >>> nodes("A *b*")
    [{'type': 'paragraph', 'inlines': [{'type': 'text', 'text': 'A '}, \
{'type': 'emphasis', 'inlines': [{'type': 'text', 'text': 'b'}]}]}]
    >>> nodes("<b>x</b>")[0]["inlines"]
    [{'type': 'text', 'text': '<b>x</b>'}]
    """
    parsed = _parser()(_PAPERMILL.sub("", _PAPERMILL_ANCHOR.sub("", text)))
    return _Reader(attachments or {}).blocks(cast("Sequence[Node]", parsed))


def plain(inlines: Sequence[Node]) -> str:
    """Return the words of inlines without their looks.

    Examples
    --------
    >>> plain([{"type": "strong", "inlines": [{"type": "text", "text": "a"}]}, {"type": "break"}])
    'a '
    """
    return "".join(
        " " if one["type"] == "break" else one["text"] if "text" in one else plain(one.get("inlines", ()))
        for one in inlines
    )


@functools.cache
def _parser() -> mistune.Markdown:
    return mistune.create_markdown(renderer=None, plugins=["table"])


class _Reader:
    """Turn mistune's tree into ours; inside a list or a quote a heading becomes a bold paragraph."""

    def __init__(self, attachments: Attachments, *, nested: bool = False) -> None:
        self.attachments = attachments
        self.nested = nested

    def blocks(self, tokens: Sequence[Node]) -> list[Node]:
        found: list[Node] = []
        for token in tokens:
            read = getattr(self, f"_{token['type']}", None)
            found += read(token) if read else []
        return found

    def _inside(self) -> _Reader:
        return _Reader(self.attachments, nested=True)

    def _heading(self, token: Node) -> list[Node]:
        words = inlines(token["children"])
        if self.nested:
            return [_paragraph([{"type": "strong", "inlines": words}])]
        return [{"type": "heading", "level": token["attrs"]["level"], "id": "", "inlines": words}]

    def _paragraph(self, token: Node) -> list[Node]:
        words: list[Node] = []
        shown: list[Node] = []
        for child in token["children"]:
            picture = self._picture(child)
            if picture:
                shown.append(picture)
            else:
                words += child["children"] if child["type"] == "image" else [child]
        found = inlines(words)
        return ([_paragraph(found)] if plain(found).strip() else []) + shown

    _block_text = _paragraph

    def _picture(self, token: Node) -> Node | None:
        """Return a picture that the notebook carries; of one elsewhere only the words are left."""
        if token["type"] != "image":
            return None
        picture = pictures.from_address(token["attrs"]["url"], attachments=self.attachments)
        return picture and {**picture, "alt": plain(inlines(token["children"])) or picture["alt"]}

    def _list(self, token: Node) -> list[Node]:
        items = [self._inside().blocks(item["children"]) for item in token["children"]]
        return [{"type": "list", "ordered": bool(token["attrs"]["ordered"]), "items": items}]

    def _block_quote(self, token: Node) -> list[Node]:
        return [{"type": "quote", "nodes": self._inside().blocks(token["children"])}]

    def _block_code(self, token: Node) -> list[Node]:
        return [{"type": "code", "text": token["raw"].rstrip("\n")}]

    def _thematic_break(self, token: Node) -> list[Node]:  # noqa: ARG002
        return [{"type": "rule"}]

    def _block_html(self, token: Node) -> list[Node]:
        literal = _COMMENT.sub("", token["raw"]).strip()
        return [_paragraph([_text(literal)])] if literal else []

    def _table(self, token: Node) -> list[Node]:
        head, *body = token["children"]
        cells = head["children"]
        grid = [row["children"] for part in body for row in part["children"]]
        aligns = [cell["attrs"].get("align") for cell in cells]
        made = tables.node(_words(cells), [_words(row) for row in grid], aligns=aligns)
        for row, given in zip(made["block"]["rows"], grid, strict=True):
            for cell, own in zip(row["cells"], given, strict=False):  # the shorter row was filled up with empty cells
                _link_words(cell, inlines(own["children"]))
        return [made]


def _words(cells: Sequence[Node]) -> list[str]:
    return [plain(inlines(cell["children"])) for cell in cells]


def _link_words(cell: Node, found: Sequence[Node]) -> None:
    """Give a cell that has links its inlines too, beside the plain text that every medium reads."""
    if any(one["type"] == "link" for one in found):
        cell["inlines"] = list(found)


def inlines(tokens: Sequence[Node]) -> list[Node]:
    """Turn mistune's inline tokens into inlines, adjoining texts joined."""
    found: list[Node] = []
    for token in tokens:
        made = _INLINES.get(token["type"], _children)(token)
        for one in made:
            if found and one["type"] == "text" and found[-1]["type"] == "text":
                found[-1] = _text(found[-1]["text"] + one["text"])
            else:
                found.append(one)
    return found


def _text(words: str) -> Node:
    return {"type": "text", "text": words}


def _paragraph(words: Sequence[Node]) -> Node:
    return {"type": "paragraph", "inlines": list(words)}


def _unescaped(words: str) -> str:
    """Resolve entities that end in a semicolon, as CommonMark does; ``html.unescape`` also takes ``&not``."""
    return _ENTITY.sub(lambda found: html.unescape(found[0]), words)


def _children(token: Node) -> list[Node]:
    return inlines(token.get("children", ()))


def _inline_html(token: Node) -> list[Node]:
    literal = _COMMENT.sub("", token["raw"])
    return [_text(literal)] if literal else []


def _link(token: Node) -> list[Node]:
    return [{"type": "link", "href": html.unescape(token["attrs"]["url"]), "inlines": _children(token)}]


_INLINES: dict[str, Callable[[Node], list[Node]]] = {
    "text": lambda token: [_text(_unescaped(token["raw"]))],
    "softbreak": lambda token: [_text(" ")],  # noqa: ARG005
    "linebreak": lambda token: [{"type": "break"}],  # noqa: ARG005
    "codespan": lambda token: [{"type": "code", "text": token["raw"]}],
    "strong": lambda token: [{"type": "strong", "inlines": _children(token)}],
    "emphasis": lambda token: [{"type": "emphasis", "inlines": _children(token)}],
    "link": _link,
    "inline_html": _inline_html,
}
