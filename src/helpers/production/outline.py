"""The outline of the document: one title per chapter, consecutive levels, unique ids, links that arrive."""

from __future__ import annotations

import re
import unicodedata
import urllib.parse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from helpers.production.markdown import plain

Node = dict[str, Any]
Known = Mapping[str, tuple[str, "Chapter"]]
"""By the address that a chapter writes: the file that it is in, empty for the document itself, and its headings."""
TITLE = 1
LOWEST = 6
_ADDRESS = re.compile(r"(?:\./)?([^#?:]+)(?:#(.*))?", re.DOTALL)
_OUTSIDE = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)


@dataclass(frozen=True)
class Chapter:
    """A chapter with its title taken out, its headings numbered by level and named by id.

    Parameters
    ----------
    id, title, nodes
        As in the document tree.
    anchors
        What a link may call a heading (its English or its printed words, as a slug), and the id it has.
    """

    id: str
    title: str
    nodes: list[Node]
    anchors: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """A page that stands beside the report in its set, so that links in chapters can go to its headings.

    Parameters
    ----------
    written
        How a chapter writes its address, such as ``../docs/method.md``.
    file
        The file in the set.
    chapter
        Its title and headings.
    """

    written: str
    file: str
    chapter: Chapter


def slug(words: str, *, otherwise: str = "section") -> str:
    """Return words as part of an address.

    Examples
    --------
    >>> slug("What is *not* known?"), slug("Één – twee"), slug("?")
    ('what-is-not-known', 'een-twee', 'section')
    """
    letters = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-") or otherwise


def chapter_id(name: str) -> str:
    """Return a notebook's name as the id of its chapter; underscores stay.

    Examples
    --------
    >>> chapter_id("zero_measurement"), chapter_id("My notebook (1)")
    ('zero_measurement', 'my-notebook-1')
    """
    return "_".join(slug(part, otherwise="") for part in name.split("_")).strip("_-") or "chapter"


def chapter(name: str, nodes: Sequence[Node], *, identity: str | None = None) -> Chapter:
    """Take the title out of a chapter's nodes and give its headings their levels and ids.

    Parameters
    ----------
    name
        The notebook's name without extension, which is the title of a chapter that has none of its own.
    nodes
        Nodes of the whole notebook; a heading may carry ``source``, its English words.
    identity
        The chapter's id, if not the one its name gives.

    Returns
    -------
    Chapter
        The first heading of level 1 is the title. The others start at 2 and go down one step at a time:
        a deeper heading is one below the last one that was higher, whatever its own number.
    """
    own = identity or chapter_id(name)
    title = next((node for node in nodes if _is_title(node)), None)
    words = plain(title["inlines"]).strip() if title else ""
    anchors = {} if title is None else dict.fromkeys(_names(title), own)
    rest = [node for node in nodes if node is not title]
    fallback = name.replace("_", " ").strip()
    shown = words or fallback[:1].upper() + fallback[1:]
    return Chapter(own, shown, _numbered(rest, own, anchors), anchors)


def linked(chapters: Sequence[tuple[str, Chapter]], *, beside: Iterable[Page] = ()) -> list[Chapter]:
    """Point the links between chapters at their headings; a link that arrives nowhere becomes plain text.

    Parameters
    ----------
    chapters
        Notebook name and chapter. Links to a web page or a mail address stay as they are.
    beside
        The pages that stand beside the document.
    """
    known = {f"{name}.ipynb": ("", chapter) for name, chapter in reversed(chapters)}
    known |= {page.written: (page.file, page.chapter) for page in beside}
    return [
        Chapter(one.id, one.title, [_relinked(node, one, known) for node in one.nodes], one.anchors)
        for _, one in chapters
    ]


def unique(name: str, taken: Mapping[str, object] | set[str]) -> str:
    """Return the name, or the name with the first free number behind it."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free


def _is_title(node: Node) -> bool:
    return bool(node["type"] == "heading" and node["level"] == TITLE)


def _names(heading: Node) -> Iterator[str]:
    """Give the slugs that a link may use for a heading, the English one first."""
    words = plain(heading["inlines"])
    yield slug(heading.get("source") or words)
    yield slug(words)


def _numbered(nodes: Sequence[Node], own: str, anchors: dict[str, str]) -> list[Node]:
    open_levels: list[int] = []
    taken: set[str] = set()
    numbered: list[Node] = []
    for node in nodes:
        if node["type"] != "heading":
            numbered.append(node)
            continue
        written = max(node["level"], TITLE + 1)
        while open_levels and open_levels[-1] >= written:
            open_levels.pop()
        open_levels.append(written)
        names = list(_names(node))
        identity = unique(f"{own}--{names[0]}", taken)
        taken.add(identity)
        for name in names:
            anchors.setdefault(name, identity)
        level = min(TITLE + len(open_levels), LOWEST)
        numbered.append({"type": "heading", "level": level, "id": identity, "inlines": node["inlines"]})
    return numbered


def _relinked(node: Node, own: Chapter, known: Known) -> Node:
    changed = dict(node)
    if "inlines" in node:
        changed["inlines"] = _relinked_inlines(node["inlines"], own, known)
    if "nodes" in node:
        changed["nodes"] = [_relinked(one, own, known) for one in node["nodes"]]
    if node.get("type") == "list":
        changed["items"] = [[_relinked(one, own, known) for one in item] for item in node["items"]]
    if node.get("type") == "table":
        rows = [
            {**row, "cells": [_relinked(cell, own, known) for cell in row["cells"]]} for row in node["block"]["rows"]
        ]
        changed["block"] = {**node["block"], "rows": rows}
    return changed


def _relinked_inlines(inlines: Sequence[Node], own: Chapter, known: Known) -> list[Node]:
    found: list[Node] = []
    for one in inlines:
        inner = _relinked_inlines(one.get("inlines", ()), own, known)
        if one["type"] == "link":
            href = _destination(one["href"], own, known)
            found += [{**one, "href": href, "inlines": inner}] if href and plain(inner).strip() else inner
        else:
            found.append({**one, "inlines": inner} if "inlines" in one else one)
    return found


def _destination(href: str, own: Chapter, known: Known) -> str | None:
    if _OUTSIDE.fullmatch(href):
        return href
    if href.startswith("#"):
        return _anchor(own, href[1:])
    found = _ADDRESS.fullmatch(href)
    file, target = known.get(urllib.parse.unquote(found[1]), ("", None)) if found else ("", None)
    if found is None or target is None:
        return None
    if not found[2]:
        return file or f"#{target.id}"
    anchor = _anchor(target, found[2])
    return f"{file}{anchor}" if anchor else None


def _anchor(target: Chapter, fragment: str) -> str | None:
    identity = target.anchors.get(slug(urllib.parse.unquote(fragment), otherwise=""))
    return f"#{identity}" if identity else None
