"""A drawing taken apart: its letterings by the point that they hang on, its shapes by their outermost points."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from helpers.audit.names import plain
from helpers.audit.pieces import Drawing, Lettering, Mark

SHAPES = ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "use", "image")
POINT = 2
"""Numbers that make one point."""
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_MOVE = re.compile(r"(?=[Mm])")
_SHIFT = re.compile(r"translate\(\s*([-\d.]+)[\s,]*([-\d.]+)?\s*\)")
_STYLES = ("font-weight", "font-style", "font-size", "text-anchor", "fill")
_LOOKS = ("fill", "stroke", "stroke-width", "class", "style", "stroke-dasharray")


class Node(Protocol):
    """An element of a drawing."""

    tag: str
    attributes: dict[str, str]

    @property
    def children(self) -> Sequence[Node | str]:
        """What stands in it."""

    def text(self) -> str:
        """Return everything written in it."""


def drawing(svg: Node, place: str, about: str) -> Drawing:
    """Return the letterings and marks of an SVG element.

    Parameters
    ----------
    svg
        The element.
    place
        Where it stands, for messages.
    about
        The heading or caption that it stands under.
    """
    letterings: list[Lettering] = []
    marks: list[Mark] = []
    title = about
    for node, (right, down) in _nodes(svg, (0.0, 0.0)):
        if node.tag == "title" and not title:
            title = node.text()
        elif node.tag == "text" and (text := plain(node.text())):
            x, y = _at(node, "x") + right, _at(node, "y") + down
            letterings.append(Lettering(text, x, y, _style(node, _STYLES)))
        elif node.tag in SHAPES:
            look, fill = _style(node, _LOOKS), _fill(node)
            for xs, ys in _outlines(node):
                box = (min(xs) + right, min(ys) + down, max(xs) + right, max(ys) + down)
                marks.append(Mark(*box, look, fill))
    return Drawing(f"{place}, chart '{title}'", title, tuple(letterings), tuple(marks))


def _nodes(node: Node, shift: tuple[float, float]) -> Iterator[tuple[Node, tuple[float, float]]]:
    for child in node.children:
        if isinstance(child, str):
            continue
        moved = _SHIFT.search(child.attributes.get("transform", ""))
        inner = (shift[0] + float(moved[1]), shift[1] + float(moved[2] or 0)) if moved else shift
        yield child, inner
        if child.tag not in ("text", "defs", "clippath", "clipPath"):
            yield from _nodes(child, inner)


def _outlines(node: Node) -> Iterator[tuple[list[float], list[float]]]:
    """Yield the x and y of the points of each part of a shape."""
    if node.tag == "path":
        for part in _MOVE.split(node.attributes.get("d", "")):
            points = [float(number) for number in _NUMBER.findall(part)]
            if len(points) >= POINT:
                yield points[0::2], points[1::2]
    elif node.tag in ("polyline", "polygon"):
        points = [float(number) for number in _NUMBER.findall(node.attributes.get("points", ""))]
        if len(points) >= POINT:
            yield points[0::2], points[1::2]
    elif node.tag in ("circle", "ellipse"):
        x, y = _at(node, "cx"), _at(node, "cy")
        wide, high = (_at(node, name) or _at(node, "r") for name in ("rx", "ry"))
        yield [x - wide, x + wide], [y - high, y + high]
    elif node.tag == "line":
        yield [_at(node, "x1"), _at(node, "x2")], [_at(node, "y1"), _at(node, "y2")]
    else:
        x, y = _at(node, "x"), _at(node, "y")
        yield [x, x + _at(node, "width")], [y, y + _at(node, "height")]


def _at(node: Node, name: str) -> float:
    found = _NUMBER.match(node.attributes.get(name, "").strip())
    return float(found[0]) if found else 0.0


def _style(node: Node, names: tuple[str, ...]) -> str:
    return ";".join(f"{name}:{value}" for name in names if (value := node.attributes.get(name, "")))


def _fill(node: Node) -> str:
    return node.attributes.get("fill", "").strip().lower()
