"""How a table fits on paper: text size, column widths, upright or on its side, whole or in parts.

Typst would squeeze every column alike. Here each column first gets what its longest word needs; a table that
does not fit then takes smaller text, hyphens, a page on its side, and at last is cut into parts that repeat
the row headers. So no word runs into the next column, and none is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from helpers.production.lettering import longest_word, text_width
from helpers.production.widths import parts, shared_out

Table = dict[str, Any]
Plan = tuple[dict[str, Any], list[float], list[dict[str, Any]]]
SMALLEST_TEXT = 7.5
INDENT = 11.0  # points per level of a row
LEAD = 7.0  # before words that follow figures standing right: they would read as one
_PILL = 10.0  # the ends of a pill
_UNBROKEN_NUMBER = 90.0
_UNBROKEN_PILL = 130.0
_UNBROKEN_WORD = 140.0
_SYLLABLES = "verantwoor"  # about what hyphenation leaves whole
_WHOLE_HEIGHT = 230.0  # a table up to a third of a page is not broken
_WHOLE_ROW = 15  # lines; a taller row may break, or it would run off the page
_LINE, _PADDING = 1.35, 8.0
_MILD = 3  # ways that break no word; smaller text is worth it where it saves
_WORTH = 0.8  # of the lines, so many or fewer


@dataclass(frozen=True)
class Room:
    """What a column needs, in points, without padding.

    Parameters
    ----------
    most
        With every cell on one line.
    least
        With its longest word, its figures and its pills whole.
    wrapped
        With pills of several lines.
    narrow
        With long words hyphenated.
    """

    most: float
    least: float
    wrapped: float
    narrow: float

    def at(self, key: str, *, factor: float, inset: float) -> float:
        """Return a need at a text size, padding included."""
        need: float = getattr(self, key)
        return need * factor + 2 * inset

    def after(self, lead: float) -> Room:
        """Return the needs with space before the column."""
        return Room(self.most + lead, self.least + lead, self.wrapped + lead, self.narrow + lead)


@dataclass(frozen=True)
class Try:
    """One way to fit: text size, padding, which need is met, how wide the page is, and whether it is turned."""

    size: float
    inset: float
    key: str
    width: float
    turned: bool = False


def fitted(table: Table, *, size: float, width: float, turned_width: float) -> Table:
    """Plan a table.

    Parameters
    ----------
    table
        A table block.
    size
        Text size of tables, in points.
    width, turned_width
        Width of the text on an upright page and on a page on its side, in points.

    Returns
    -------
    dict
        A new table block with ``layout``: ``size``, ``inset``, ``turned`` (on its side), ``whole`` (on one
        page), ``leads`` (space before each column), ``parts`` (each with ``at``, the columns, and
        ``widths``). Rows gain ``heading`` (the name of a group, across the row) and ``splits`` (may break over
        pages), cells ``strong`` (semi-bold), ``tabular`` (digits of one width), ``tight`` (a word is wider than
        its column) and ``run`` (the column where its run of cells begins, which are printed as one).
    """
    if not table["columns"]:
        return {**table, "rows": [], "layout": _layout(Try(size, 0.0, "least", width), [], [])}
    table = {**table, "grouped": table["stub"] > 1 or any(row["level"] for row in table["rows"])}
    table["rows"] = [_joined(row, table["stub"]) for row in table["rows"]]
    rooms = [_room(table, at, size) for at in range(len(table["columns"]))]
    leads = [_lead(table, at) for at in range(len(rooms))]
    rooms = [room.after(lead) for room, lead in zip(rooms, leads, strict=True)]
    tries = _tries(size, width, turned_width)
    ways = [_planned(table, rooms, leads, [one], size) for one in tries[:_MILD] if _fits(rooms, one, size)]
    layout, inner, rows = _shortest(ways) if ways else _planned(table, rooms, leads, tries, size)
    columns = [
        {**column, "tight": longest_word(column["label"], layout["size"], strong=True) > room}
        for column, room in zip(table["columns"], inner, strict=True)
    ]
    height = sum(row["lines"] * layout["size"] * _LINE + _PADDING for row in rows)
    layout["whole"] = height <= _WHOLE_HEIGHT
    return {**table, "columns": columns, "rows": rows, "layout": layout}


def _planned(table: Table, rooms: Sequence[Room], leads: list[float], tries: Sequence[Try], size: float) -> Plan:
    chosen, parts = _chosen(rooms, tries, size=size, stub=table["stub"])
    layout = _layout(chosen, leads, parts)
    inner = _inner_widths(layout)
    return layout, inner, [_row(row, inner, table, chosen.size) for row in table["rows"]]


def _shortest(ways: Sequence[Plan]) -> Plan:
    """Return the first way, or the first that takes clearly fewer lines."""
    lines = [sum(row["lines"] for row in rows) for _layout, _inner, rows in ways]
    enough = lines[0] if min(lines) > _WORTH * lines[0] else min(lines) / _WORTH
    return next(way for way, taken in zip(ways, lines, strict=True) if taken <= enough)


def _fits(rooms: Sequence[Room], one: Try, size: float) -> bool:
    return sum(_needs(rooms, one, size, one.key)) <= one.width


def _needs(rooms: Sequence[Room], one: Try, size: float, key: str) -> list[float]:
    return [room.at(key, factor=one.size / size, inset=one.inset) for room in rooms]


def _layout(chosen: Try, leads: list[float], parts: list[dict[str, Any]]) -> dict[str, Any]:
    how = {"size": chosen.size, "inset": chosen.inset, "turned": chosen.turned, "whole": True}
    return {**how, "indent": INDENT, "leads": leads, "parts": parts}


def _tries(size: float, width: float, turned_width: float) -> list[Try]:
    return [
        Try(size, 5.0, "least", width),
        Try(SMALLEST_TEXT, 4.0, "least", width),
        Try(SMALLEST_TEXT, 3.0, "least", width),
        Try(SMALLEST_TEXT, 3.0, "wrapped", width),
        Try(SMALLEST_TEXT, 3.0, "narrow", width),
        Try(size, 5.0, "least", turned_width, turned=True),
        Try(SMALLEST_TEXT, 3.0, "narrow", turned_width, turned=True),
    ]


def _chosen(rooms: Sequence[Room], tries: Sequence[Try], *, size: float, stub: int) -> tuple[Try, list[dict[str, Any]]]:
    for one in tries:
        if _fits(rooms, one, size):
            least, most = (_needs(rooms, one, size, key) for key in (one.key, "most"))
            return one, [{"at": list(range(len(rooms))), "widths": shared_out(least, most, one.width)}]
    last = tries[1]
    narrow, least, most = (_needs(rooms, last, size, key) for key in ("narrow", "least", "most"))
    least = [min(whole, max(hyphenated, _UNBROKEN_NUMBER)) for whole, hyphenated in zip(least, narrow, strict=True)]
    return last, [
        {"at": at, "widths": shared_out([least[k] for k in at], [most[k] for k in at], last.width)}
        for at in parts(least, stub=min(stub, 2), width=last.width)
    ]


def _room(table: Table, at: int, size: float) -> Room:
    column = table["columns"][at]
    syllables = text_width(_SYLLABLES, size, strong=True)
    unit = text_width(column["unit"], size)
    word = longest_word(column["label"], size, strong=True)
    label = min(word, _UNBROKEN_WORD)
    rooms = [
        Room(max(text_width(column["label"], size, strong=True), unit), *(max(label, unit),) * 2,
             max(min(word, syllables), unit)),
        *(_cell_room(table, row, at, size, syllables) for row in table["rows"]),
    ]  # fmt: skip
    most, *others = (max(getattr(room, key) for room in rooms) for key in ("most", "least", "wrapped", "narrow"))
    return Room(others[0] if column.get("narrow") else most, *others)  # a narrow column leaves its wish to others


def _cell_room(table: Table, row: dict[str, Any], at: int, size: float, syllables: float) -> Room:
    cell, figures = row["cells"][at], table["columns"][at]["kind"] == "number"
    pill, pad, looks = _is_pill(cell), _pad(row, cell, at), _looks(table, row, at)
    run = [one["run"] for one in row["cells"]].count(cell["run"])
    if run > 1:
        first = row["cells"][cell["run"]]
        share = longest_word(first["text"], size, **looks) / run
        return Room(text_width(first["text"], size, **looks) / run, *(share,) * 3)
    whole = max(text_width(cell["text"], size, **looks), text_width(cell["note"], size)) + pad
    word = max(longest_word(cell["text"], size, **looks), longest_word(cell["note"], size)) + pad
    if figures and not cell["hidden"] and whole < _UNBROKEN_NUMBER:
        return Room(whole, whole, whole, whole)
    bounded = min(word, _UNBROKEN_WORD + pad)
    least = whole if pill and whole < _UNBROKEN_PILL else bounded
    return Room(whole, least, bounded, min(word, syllables + pad))


def _looks(table: Table, row: dict[str, Any], at: int) -> dict[str, bool]:
    """Return how a cell is printed: totals, pills and the names of groups are semi-bold."""
    names_group = at == 0 and table["grouped"] and table["stub"] > 0 and not row["level"]
    strong = row["total"] or row["heading"] or names_group or _is_pill(row["cells"][at])
    return {"strong": strong, "tabular": table["columns"][at]["kind"] == "number"}


def _is_pill(cell: dict[str, Any]) -> bool:
    return cell["mark"] is not None and not cell["hidden"]


def _pad(row: dict[str, Any], cell: dict[str, Any], at: int) -> float:
    return (row["level"] * INDENT if at == 0 else 0.0) + (_PILL if _is_pill(cell) else 0.0)


def _lead(table: Table, at: int) -> float:
    columns = table["columns"]
    return LEAD if at and columns[at]["align"] == "left" and columns[at - 1]["align"] == "right" else 0.0


def _inner_widths(layout: dict[str, Any]) -> list[float]:
    """Return the width that is left for text per column, the smallest where a column is repeated."""
    widths: dict[int, float] = {}
    for part in layout["parts"]:
        for at, width in zip(part["at"], part["widths"], strict=True):
            inner = width - 2 * layout["inset"] - layout["leads"][at]
            widths[at] = min(inner, widths.get(at, inner))
    return [widths[at] for at in sorted(widths)]


def _joined(row: dict[str, Any], stub: int) -> dict[str, Any]:
    """Give each cell its run: a heading is one, and so are neighbours that are hidden for the same reason."""
    cells: list[dict[str, Any]] = []
    for at, cell in enumerate(row["cells"]):
        last = cells[-1] if cells else cell
        alike = (
            last["hidden"] and cell["hidden"] and last["text"] == cell["text"] and cell["note"] in ("", last["note"])
        )
        joins = at and (row.get("heading") or (alike and at > stub))
        cells.append({**cell, "run": last["run"] if joins else at})
    return {**row, "cells": cells, "heading": bool(row.get("heading"))}


def _row(row: dict[str, Any], inner: Sequence[float], table: Table, size: float) -> dict[str, Any]:
    cells, lines = [], 1
    for at, cell in enumerate(row["cells"]):
        run = [k for k, one in enumerate(row["cells"]) if one["run"] == cell["run"]]
        room = sum(inner[k] for k in run) - _pad(row, cell, at) + 0.1
        looks = _looks(table, row, at)
        tight = len(run) > 1 or longest_word(cell["text"], size, **looks) > room
        cells.append({**cell, **looks, "tight": tight})
        lines = max(lines, int(text_width(cell["text"], size) / max(room, 1.0)) + 1 + bool(cell["note"]))
    return {**row, "cells": cells, "lines": lines, "splits": lines > _WHOLE_ROW}
