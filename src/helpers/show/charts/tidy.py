"""matplotlib's SVG made fit for a page: small, no style rules, no ids without use, nothing by machine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from helpers.show.theme import Theme

_SVG = "http://www.w3.org/2000/svg"
_LINK = "{http://www.w3.org/1999/xlink}href"
_LONG_NUMBER = re.compile(r"-?\d*\.\d{3,}(?:e-?\d+)?")
_NO_TURN = re.compile(r"rotate\(-?0 [^)]*\)")
_NUMERIC = ("d", "x", "y", "width", "height", "transform", "points")
_DEFAULTS = {("text-anchor", "start"), ("stroke-linecap", "butt"), ("stroke-linejoin", "round")}


def tidy(svg: str, *, theme: Theme) -> str:
    """Return matplotlib's SVG as one element that can stand in HTML and in a PDF.

    A style rule or style attribute would reach beyond the chart, or be refused by the page's security
    policy; so all styling becomes presentation attributes, and the font family stands once on the root.
    Coordinates keep two decimals.
    """
    source = ET.fromstring(svg)
    families = ", ".join(f"'{name}'" for name in theme.families)
    root = ET.Element(
        "svg",
        {
            "xmlns": _SVG,
            "class": "chart",
            "width": source.attrib["width"],
            "height": source.attrib["height"],
            "viewBox": source.attrib["viewBox"],
            "font-family": families,
            "stroke-linejoin": "round",
        },
    )
    used = {reference for element in source.iter() for reference in _references(element)}
    root.extend(part for child in source for part in _tidied(child, used))
    return ET.tostring(root, encoding="unicode")


def _references(element: ET.Element) -> Iterator[str]:
    if _LINK in element.attrib:
        yield element.attrib[_LINK].removeprefix("#")
    if "clip-path" in element.attrib:
        yield element.attrib["clip-path"].removeprefix("url(#").removesuffix(")")


def _tidied(element: ET.Element, used: set[str]) -> list[ET.Element]:
    tag = element.tag.removeprefix(f"{{{_SVG}}}")
    if tag in ("metadata", "style"):
        return []
    children = [part for child in element for part in _tidied(child, used)]
    attributes = dict(_attributes(element, used))
    if (tag == "g" and not attributes) or (tag in ("g", "defs") and not children):
        return children
    tidied = ET.Element(tag, attributes)
    tidied.text = element.text if tag == "text" else None
    tidied.extend(children)
    return [tidied]


def _attributes(element: ET.Element, used: set[str]) -> Iterator[tuple[str, str]]:
    for name, value in element.attrib.items():
        if name == "style":
            yield from _styles(value)
        elif name == "id":
            if value in used:
                yield name, value
        elif name == _LINK:
            yield "href", value
        elif name in _NUMERIC:
            number = _LONG_NUMBER.sub(_rounded, " ".join(_NO_TURN.sub("", value).split()))
            if number:
                yield name, number
        else:
            yield name, value


def _styles(style: str) -> Iterator[tuple[str, str]]:
    for declaration in filter(None, (part.strip() for part in style.split(";"))):
        name, _, value = declaration.partition(": ")
        if name != "font-family" and (name, value) not in _DEFAULTS:
            yield name, value.removesuffix("px") if name == "font-size" else value


def _rounded(found: re.Match[str]) -> str:
    text = f"{float(found[0]):.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
