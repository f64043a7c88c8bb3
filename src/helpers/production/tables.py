"""Tables that are not our blocks: Markdown's and those of HTML outputs (pandas, Styler) as table blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from helpers.show.blocks import SCHEMA

Node = dict[str, Any]
LEVELS = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "
MOST_SPANNED = 1000
_NUMBER = re.compile(r"[+\-\N{MINUS SIGN}]?[\d.,\s]+(?:e[+-]?\d+)?\s?%?|nan|NaN|<NA>|None|", re.IGNORECASE)
_UNSEEN = frozenset({"style", "script", "template"})


def node(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    aligns: Sequence[str | None] = (),
    stub: int = 0,
    caption: str = "",
) -> Node:
    """Return a node with a table block of plain text; rows are padded or cut to the heads.

    Examples
    --------
    >>> made = node(["a", "b"], [["x", "1"], ["y", "2,5"]])["block"]
    >>> [column["align"] for column in made["columns"]], [cell["text"] for cell in made["rows"][1]["cells"]]
    (['left', 'right'], ['y', '2,5'])
    """
    width = len(heads)
    grid = [[*row, *[""] * width][:width] for row in rows]
    declared = [*aligns, *[None] * width]
    columns = [
        _column(at, head, declared[at], [row[at] for row in grid], names_rows=at < stub)
        for at, head in enumerate(heads)
    ]
    body = [{"cells": [_cell(text) for text in row], "level": 0, "total": False} for row in grid]
    content = {"caption": caption, "columns": columns, "stub": stub, "rows": body, "notes": []}
    block = {"schema": SCHEMA, "kind": "table", "id": "", "language": None, "report": None, **content}
    return {"type": "table", "block": block}


def from_html(text: str) -> list[Node]:
    """Read every table of an HTML output.

    A cell that spans rows is repeated in each; one that spans columns is repeated in a head (so that each
    column names all its levels, joined by ›) and stands once in the body.

    Examples
    --------
    >>> html = "<table><tr><th></th><th>n</th></tr><tr><th>a</th><td>1</td></tr></table>"
    >>> block = from_html(html)[0]["block"]
    >>> block["stub"], [column["label"] for column in block["columns"]]
    (1, ['', 'n'])
    """
    parser = _TableParser()
    parser.feed(text)
    parser.close()
    return [_node(table) for table in parser.tables if any(row.cells for row in table.rows)]


def text_of_html(text: str) -> str:
    """Return the words of HTML without its markup, for an output that offers nothing else."""
    parser = _TableParser()
    parser.feed(text)
    parser.close()
    return " ".join("".join(parser.loose).split())


@dataclass
class _Cell:
    head: bool
    columns: int
    rows: int
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join("".join(self.parts).split())


@dataclass
class _Row:
    head: bool
    cells: list[_Cell] = field(default_factory=list)


@dataclass
class _Table:
    rows: list[_Row] = field(default_factory=list)
    caption: list[str] = field(default_factory=list)


class _TableParser(HTMLParser):
    """Collect tables; a table within a cell adds its words to that cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self.loose: list[str] = []
        self.depth = self.unseen = 0
        self.in_head = self.in_caption = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unseen += tag in _UNSEEN
        self.handle_data(" " if tag in ("br", "p", "div", "li", "tr", "td", "th") else "")
        if tag == "table":
            self.depth += 1
            self.in_head = self.in_caption = False
            if self.depth == 1:
                self.tables.append(_Table())
        elif self.depth == 1:
            self._part(tag, dict(attrs))

    def _part(self, tag: str, attrs: dict[str, str | None]) -> None:
        table = self.tables[-1]
        if tag in ("thead", "tbody", "tfoot"):
            self.in_head = tag == "thead"
        elif tag == "caption":
            self.in_caption = True
        elif tag == "tr":
            table.rows.append(_Row(self.in_head))
        elif tag in ("td", "th"):
            if not table.rows:
                table.rows.append(_Row(self.in_head))
            spans = (_span(attrs.get("colspan")), _span(attrs.get("rowspan")))
            table.rows[-1].cells.append(_Cell(tag == "th", *spans))

    def handle_endtag(self, tag: str) -> None:
        self.unseen = max(self.unseen - (tag in _UNSEEN), 0)
        self.depth = max(self.depth - (tag == "table"), 0)
        if tag == "thead":
            self.in_head = False
        if tag == "caption":
            self.in_caption = False

    def handle_data(self, data: str) -> None:
        if self.unseen:
            return
        if not self.depth:
            self.loose.append(data)
        elif self.in_caption:
            self.tables[-1].caption.append(data)
        elif self.tables[-1].rows and self.tables[-1].rows[-1].cells:
            self.tables[-1].rows[-1].cells[-1].parts.append(data)


def _node(table: _Table) -> Node:
    rows = [row for row in table.rows if row.cells]
    heads = 0
    while heads < len(rows) - 1 and (rows[heads].head or all(cell.head for cell in rows[heads].cells)):
        heads += 1
    grid = _grid(rows, heads=heads)
    width = max((len(line) for line in grid), default=0)
    full = [[*line, *[("", False)] * (width - len(line))] for line in grid]
    labels = [LEVELS.join(_distinct(line[at][0] for line in full[:heads])) for at in range(width)]
    body = full[heads:]
    stub = next((at for at in range(width) if not all(line[at][1] for line in body)), width)
    caption = " ".join("".join(table.caption).split())
    return node(labels, [[text for text, _ in line] for line in body], stub=stub, caption=caption)


def _grid(rows: Sequence[_Row], *, heads: int) -> list[list[tuple[str, bool]]]:
    """Lay the cells out: one (text, is a head) for every place they cover."""
    placed: dict[tuple[int, int], tuple[str, bool]] = {}
    for at, row in enumerate(rows):
        column = 0
        for cell in row.cells:
            while (at, column) in placed:
                column += 1
            for line in range(at, min(at + cell.rows, len(rows))):
                for offset in range(cell.columns):
                    once = at < heads or offset == 0
                    placed[line, column + offset] = (cell.text if once else "", cell.head)
            column += cell.columns
    width = 1 + max((column for _, column in placed), default=-1)
    return [[placed.get((at, column), ("", False)) for column in range(width)] for at in range(len(rows))]


def _distinct(words: Iterable[str]) -> list[str]:
    return [word for word in dict.fromkeys(words) if word]


def _span(value: str | None) -> int:
    return max(1, min(int(value), MOST_SPANNED)) if value and value.isdecimal() else 1


def _column(at: int, label: str, align: str | None, texts: Sequence[str], *, names_rows: bool) -> Node:
    counted = not names_rows and any(texts) and all(_NUMBER.fullmatch(text) for text in texts)
    side = "right" if align == "right" or (align is None and counted) else "left"
    kind = "number" if side == "right" else "text"
    return {"key": f"column-{at + 1}", "label": label, "unit": "", "align": side, "kind": kind}


def _cell(text: str) -> Node:
    return {"text": text, "value": text, "hidden": False, "mark": None, "note": ""}
