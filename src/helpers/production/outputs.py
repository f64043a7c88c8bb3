"""The outputs of a code cell as nodes: our own block first, else the best thing that the output offers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode

from helpers.production import markdown, pictures, tables
from helpers.show import blocks
from helpers.show.blocks import MIME, SCHEMA

Node = dict[str, Any]
KINDS = frozenset({"cover", "tiles", "table", "chart", "callout", "sentence", "list"})


@dataclass
class Warnings:
    """What the reader of the job's log should know, one sentence each, with the cell it is about."""

    chapter: str = ""
    cell: int = 0
    sentences: list[str] = field(default_factory=list)

    def add(self, sentence: str) -> None:
        """Add a sentence about the cell at hand."""
        self.sentences.append(f"{self.chapter}.ipynb, cell {self.cell}: {sentence}")


def nodes(cell: Mapping[str, Any], *, no_description: str, warnings: Warnings) -> list[Node]:
    """Read the outputs of a code cell, in their order.

    Parameters
    ----------
    cell
        A code cell of nbformat 4.
    no_description
        What stands for the description of a picture that has none.
    warnings
        Gets a sentence for each picture without description, each warning or error that the cell printed.

    Returns
    -------
    list of dict
        ``block``, ``picture``, ``table``, ``text`` nodes and those of markdown. What was printed on the
        error stream is left out: it is for the log, never for the client.
    """
    found: list[Node] = []
    for output in cell.get("outputs", ()):
        for one in _output(output, cell, warnings):
            if one["type"] == "text" and found and found[-1].get("printed") and one.get("printed"):
                found[-1] = {**one, "text": found[-1]["text"] + one["text"]}
            else:
                found.append(_described(one, no_description, warnings))
    return [_unprinted(one) for one in found]


def _output(output: NotebookNode, cell: Mapping[str, Any], warnings: Warnings) -> list[Node]:
    if output["output_type"] == "stream":
        if output["name"] == "stdout":
            return [{"type": "text", "text": pictures.joined(output["text"]), "printed": True}]
        warnings.add("something was printed on the error stream; it is left out of the report.")
        return []
    if output["output_type"] == "error":
        warnings.add(f"the cell raised {output['ename']}; what it raised is left out of the report.")
        return []
    return _shown(output["data"], _Meta(output.get("metadata", {}), cell.get("metadata", {})), warnings)


@dataclass(frozen=True)
class _Meta:
    """Where a notebook may keep a picture's description and width: per MIME type, per output, per cell."""

    output: Mapping[str, Any]
    cell: Mapping[str, Any]

    def get(self, name: str) -> Any:
        places = [self.output.get("image/svg+xml"), self.output.get("image/png"), self.output, self.cell]
        return next((place[name] for place in places if isinstance(place, Mapping) and place.get(name)), None)


def _shown(data: Mapping[str, Any], meta: _Meta, warnings: Warnings) -> list[Node]:
    block = data.get(MIME)
    if isinstance(block, Mapping):
        if block.get("schema") == SCHEMA and block.get("kind") in KINDS:
            return [{"type": "block", "block": blocks.printed(block)}]
        warnings.add(
            f"a block of schema {block.get('schema')!r} and kind {block.get('kind')!r} is not known here "
            f"(schema {SCHEMA}; {', '.join(sorted(KINDS))}); the output's plainer form is printed."
        )
    picture = pictures.from_bundle(data, width=_number(meta.get("width")))
    if picture is not None:
        return [{**picture, "alt": str(meta.get("alt") or picture["alt"])}]
    return next((found for read in _PLAINER if (found := read(data))), [])


def _html_table(data: Mapping[str, Any]) -> list[Node]:
    return tables.from_html(pictures.joined(data.get("text/html", "")))


def _markdown(data: Mapping[str, Any]) -> list[Node]:
    return markdown.nodes(pictures.joined(data.get("text/markdown", "")))


def _plain(data: Mapping[str, Any]) -> list[Node]:
    words = pictures.joined(data.get("text/plain", "")) or tables.text_of_html(
        pictures.joined(data.get("text/html", ""))
    )
    return [{"type": "text", "text": words}] if words.strip() else []


_PLAINER: tuple[Callable[[Mapping[str, Any]], list[Node]], ...] = (_html_table, _markdown, _plain)


def _described(node: Node, no_description: str, warnings: Warnings) -> Node:
    """Give a picture or a chart without description the words that say so."""
    content = node["block"] if node["type"] == "block" else node
    pictured = node["type"] == "picture" or content.get("kind") == "chart"
    if not pictured or str(content.get("alt", "")).strip():
        return node
    warnings.add("a picture has no description for those who cannot see it; give it alt text.")
    said = {**content, "alt": no_description}
    return {**node, "block": said} if node["type"] == "block" else said


def _unprinted(node: Node) -> Node:
    if node["type"] != "text":
        return node
    return {"type": "text", "text": node["text"].rstrip("\n")}


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and value > 0 else None
