"""The display block: one JSON object that JupyterLab, HTML, PDF and workbook all read, so they cannot differ."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from helpers.show import preview

MIME = "application/vnd.nulmeting.block+json"
SCHEMA = 1
Content = dict[str, Any]


class Block:
    """A block as a notebook cell shows it.

    Parameters
    ----------
    content
        The block; every string in it is plain text in the reader's language.
    """

    def __init__(self, content: Mapping[str, Any]) -> None:
        self.content: Content = {"schema": SCHEMA, **clean(dict(content))}

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:  # noqa: ARG002
        return {
            MIME: self.content,
            "text/html": preview.html(self.content),
            "text/plain": f"{self.content['kind']}: {self.content.get('id', '')}",
        }


def clean_text(text: str) -> str:
    r"""Normalise text for every medium: composed characters, no control characters but newline and tab.

    Examples
    --------
    >>> clean_text("be\x07l\u0065\u0301")
    'belé'
    """
    printable = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", printable)


def clean(value: Any) -> Any:
    """Clean every string of a block."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, Mapping):
        return {key: clean(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return [clean(item) for item in value]
    return value


def cell(
    text: str,
    value: float | str | list[float] | None = None,
    *,
    hidden: bool = False,
    mark: str | None = None,
    note: str = "",
) -> Content:
    """Return a table cell: what is printed, and the number behind it for the workbook."""
    return {"text": text, "value": None if hidden else value, "hidden": hidden, "mark": mark, "note": note}


def column(key: str, label: str, *, unit: str = "", number: bool = False) -> Content:
    """Return a table column; numbers stand right."""
    kind = "number" if number else "text"
    return {"key": key, "label": label, "unit": unit, "align": "right" if number else "left", "kind": kind}


def row(cells: Sequence[Content], *, level: int = 0, total: bool = False) -> Content:
    """Return a table row, indented by its level."""
    return {"cells": list(cells), "level": level, "total": total}


def table(
    identity: str,
    *,
    caption: str,
    columns: Sequence[Content],
    rows: Sequence[Content],
    stub: int = 1,
    notes: Sequence[str] = (),
    **context: Any,
) -> Content:
    """Return a table block; the first ``stub`` columns name the rows."""
    return {
        "kind": "table", "id": identity, "caption": caption, "columns": list(columns), "stub": stub,
        "rows": list(rows), "notes": list(notes), **context,
    }  # fmt: skip


def printed(content: Mapping[str, Any]) -> Content:
    """Return a block as the report prints it: a table without the rows that only the workbook has.

    What is left out is said below the table; a column that only those rows filled goes with them.
    """
    rows = [row for row in content.get("rows", ()) if not row.get("workbook_only")]
    if content["kind"] != "table" or len(rows) == len(content["rows"]):
        return dict(content)
    filled = [
        at for at in range(len(content["columns"]))
        if at < content["stub"] or any(row["cells"][at]["text"] for row in rows)
    ]  # fmt: skip
    return {
        **content,
        "columns": [content["columns"][at] for at in filled],
        "rows": [{**row, "cells": [row["cells"][at] for at in filled]} for row in rows],
        "notes": [*content["notes"], *filter(None, [content.get("left_out", "")])],
    }


def sentence(identity: str, text: str, *, role: str = "answer", **context: Any) -> Content:
    """Return a sentence block: ``lead``, ``answer`` or ``reading``."""
    return {"kind": "sentence", "id": identity, "role": role, "text": text, **context}


def callout(identity: str, *, tone: str, title: str, text: str, **context: Any) -> Content:
    """Return a callout block: ``info``, ``caution``, ``good`` or ``risk``."""
    return {"kind": "callout", "id": identity, "tone": tone, "title": title, "text": text, **context}


def listing(identity: str, *, title: str, items: Sequence[str], **context: Any) -> Content:
    """Return a list block."""
    return {"kind": "list", "id": identity, "title": title, "items": list(items), **context}
