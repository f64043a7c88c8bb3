"""What a display block looks like in JupyterLab; the finished documents have templates of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

Content = Mapping[str, Any]


def html(content: Content) -> str:
    """Return a block as a small piece of escaped HTML."""
    return _KINDS.get(str(content["kind"]), _plain)(content)


def _plain(content: Content) -> str:
    return f"<p>{escape(str(content.get('text', '')))}</p>"


def _sentence(content: Content) -> str:
    size = "1.25em" if content["role"] == "lead" else "1em"
    return f'<p style="font-size:{size};max-width:46em">{escape(content["text"])}</p>'


def _callout(content: Content) -> str:
    style = "border-left:3px solid;padding:.4em 1em;max-width:44em"
    return f'<div style="{style}"><strong>{escape(content["title"])}</strong><br>{escape(content["text"])}</div>'


def _list(content: Content) -> str:
    items = "".join(f"<li>{escape(item)}</li>" for item in content["items"])
    return f"<p><strong>{escape(content['title'])}</strong></p><ul>{items}</ul>"


def _tiles(content: Content) -> str:
    shown = ("interval", "n", "date", "change", "target", "note")
    tiles = [
        f"<td style='text-align:left;padding:0 2em 0 0;vertical-align:top'>{escape(tile['label'])}"
        f"<div style='font-size:2em'>{escape(tile['value'])}</div>"
        + "<br>".join(escape(tile[key]) for key in shown if tile.get(key))
        + "</td>"
        for tile in content["tiles"]
    ]
    return f"<table><tr>{''.join(tiles)}</tr></table>"


def _table(content: Content) -> str:
    heads = "".join(f"<th>{escape(column['label'])}</th>" for column in content["columns"])
    aligns = [column["align"] for column in content["columns"]]
    rows = "".join(f"<tr>{_cells(row, aligns)}</tr>" for row in content["rows"])
    notes = "".join(f"<br><small>{escape(note)}</small>" for note in content["notes"])
    caption = f"<caption>{escape(content['caption'])}</caption>"
    return f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{notes}"


def _cells(row: Content, aligns: list[str]) -> str:
    pairs = zip(row["cells"], aligns, strict=True)
    return "".join(f'<td style="text-align:{align}">{escape(cell["text"])}</td>' for cell, align in pairs)


def _chart(content: Content) -> str:
    return f"<figure>{content['svg']}<figcaption>{escape(content['caption'])}</figcaption></figure>"


def _cover(content: Content) -> str:
    return f"<h2>{escape(content['organisation'])}</h2><p>{escape(content['title'])}, {escape(content['period'])}</p>"


_KINDS: dict[str, Callable[[Content], str]] = {
    "sentence": _sentence,
    "callout": _callout,
    "list": _list,
    "tiles": _tiles,
    "table": _table,
    "chart": _chart,
    "cover": _cover,
}
