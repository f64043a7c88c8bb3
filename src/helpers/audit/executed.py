"""Executed notebooks and JSON taken apart: every output, the blocks of the report, metadata and sources."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from helpers.audit.labelled import labelled
from helpers.audit.markup import read_markup
from helpers.audit.names import plain
from helpers.audit.pieces import Grid, GridCell, GridRow, Line, Pieces

LONGEST_LABEL = 80
MARKUP = ("text/html", "image/svg+xml")


def read_notebook(path: Path, *, place: str) -> Pieces:
    """Return the pieces of an executed notebook.

    Parameters
    ----------
    path
        The file.
    place
        Where it stands, for messages.
    """
    notebook = json.loads(path.read_text(encoding="utf-8"))
    pieces = read_data(notebook.get("metadata", {}), place=f"{place}, metadata")
    for number, cell in enumerate(notebook.get("cells", []), start=1):
        where = f"{place}, cell {number}"
        pieces.lines += [
            Line(where, plain(line)) for line in _joined(cell.get("source", "")).splitlines() if plain(line)
        ]
        pieces.add(read_data([cell.get("metadata", {}), cell.get("attachments", {})], place=f"{where}, metadata"))
        for output in cell.get("outputs", []):
            pieces.add(_output(output, f"{where}, output"))
    return pieces


def read_data(data: Any, *, place: str, about: str = "") -> Pieces:
    """Return the pieces of parsed JSON: blocks of the report, tables of rows, and every text.

    Parameters
    ----------
    data
        Any parsed JSON; an object with ``columns`` and ``rows`` is a table, ``svg`` and ``html`` hold markup.
    place
        Where it stands, for messages.
    about
        The caption that it stands under.
    """
    pieces = Pieces()
    if isinstance(data, dict):
        about = str(data.get("caption") or data.get("title") or about)
        if _is_table(data):
            pieces.grids.append(_block_table(data, place, about))
        pieces.lines += _fields(data, place, about)
        for name, value in data.items():
            if isinstance(value, str) and name in ("svg", "html"):
                pieces.add(read_markup(value, place=place))
            elif isinstance(value, dict | list) and not (name in ("rows", "columns") and _is_table(data)):
                pieces.add(read_data(value, place=place, about=about))
    elif isinstance(data, list):
        pieces.lines += [Line(place, plain(one), about) for one in data if isinstance(one, str) and plain(one)]
        for one in data:
            if isinstance(one, dict | list):
                pieces.add(read_data(one, place=place, about=about))
    return pieces


def _output(output: dict[str, Any], place: str) -> Pieces:
    pieces = read_data(output.get("metadata", {}), place=place)
    told = [_joined(output.get(name, "")) for name in ("text", "ename", "evalue", "traceback")]
    for kind, content in output.get("data", {}).items():
        if kind in MARKUP:
            pieces.add(read_markup(_joined(content), place=place))
        elif isinstance(content, dict) or "json" in kind:
            pieces.add(read_data(content, place=place))
        elif kind.startswith("text/"):
            told.append(_joined(content))
    pieces.lines += [Line(place, plain(line)) for text in told for line in text.splitlines() if plain(line)]
    return pieces


def _fields(data: dict[str, Any], place: str, about: str) -> Iterator[Line]:
    """Yield each text of an object, and its short texts and numbers as one line: together they say something."""
    short = {}
    for name, value in data.items():
        if isinstance(value, str) and name not in ("svg", "html") and plain(value):
            yield Line(f"{place}, {name}", plain(value), about)
        if isinstance(value, bool) or value is None or (isinstance(value, str) and len(value) > LONGEST_LABEL):
            continue
        if isinstance(value, str | int | float):
            short[name] = value
    if isinstance(data.get("label"), str):
        rest = [f"{value}" for name, value in short.items() if name != "label"]
        yield Line(place, plain(f"{data['label']}: {' ; '.join(rest)}"), about)
    elif any(not isinstance(value, str) for value in short.values()) and len(short) > 1:
        texts = [f"{value}" for value in short.values() if isinstance(value, str)]
        numbers = [f"{name} {value:+g}" for name, value in short.items() if not isinstance(value, str)]
        yield Line(place, plain(" ".join([*texts, *numbers])), about)


def _is_table(data: dict[str, Any]) -> bool:
    columns, rows = data.get("columns"), data.get("rows")
    return isinstance(columns, list) and isinstance(rows, list) and all(isinstance(one, dict) for one in columns)


def _block_table(data: dict[str, Any], place: str, about: str) -> Grid:
    stub = int(data.get("stub", 1))
    heads = {number: str(one.get("label", "")) for number, one in enumerate(data["columns"])}
    above: list[tuple[int, str]] = []
    rows = []
    for number, row in enumerate(data["rows"], start=1):
        cells = [_block_cell(one) for one in row.get("cells", [])]
        labels = tuple(cell.text for cell in cells[:stub] if cell.text)
        level = int(row.get("level", 0))
        while above and above[-1][0] >= level:
            above.pop()
        whole = (*(label for _, label in above), *labels)
        if labels:
            above.append((level, labels[-1]))
        body = {column: cell for column, cell in enumerate(cells) if column >= stub}
        rows.append(GridRow(whole, body, f"row {number}"))
    grid = Grid(f"{place}, table '{about}'", about, heads, tuple(rows))
    return grid if stub else labelled(grid)


def _block_cell(cell: Any) -> GridCell:
    if not isinstance(cell, dict):
        return GridCell(plain(str(cell)))
    value = cell.get("value")
    listed = value if isinstance(value, list) else [value]
    numbers = tuple(float(one) for one in listed if isinstance(one, int | float) and not isinstance(one, bool))
    rest = [v for name, v in cell.items() if isinstance(v, str) and name not in ("text", "mark")]
    return GridCell(plain(str(cell.get("text", ""))), numbers, (), plain(" ; ".join(rest)))


def _joined(text: Any) -> str:
    return "".join(map(str, text)) if isinstance(text, list) else str(text)
