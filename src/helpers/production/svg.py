"""An SVG made fit to stand inside the page: only drawing is left, and its looks need no style sheet.

The page's Content-Security-Policy refuses style attributes, in which matplotlib writes every colour, so each
declaration becomes the presentation attribute of the same name.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

ELEMENTS = frozenset(
    """
    svg g defs symbol use path rect circle ellipse line polyline polygon text tspan image clipPath mask
    pattern linearGradient radialGradient stop marker
    """.split()  # noqa: SIM905 - as a list it would take a screen and a half
)
LOOKS = frozenset(
    """
    clip-path clip-rule display dominant-baseline fill fill-opacity fill-rule font-size font-style font-weight
    letter-spacing marker-end marker-mid marker-start mask opacity paint-order stop-color stop-opacity
    stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity
    stroke-width text-anchor text-decoration visibility
    """.split()  # noqa: SIM905 - as a list it would take a screen and a half
)
GEOMETRY = frozenset(
    """
    clipPathUnits cx cy d dx dy fx fy gradientTransform gradientUnits height id markerHeight markerUnits
    markerWidth maskContentUnits maskUnits offset orient patternContentUnits patternTransform patternUnits
    points preserveAspectRatio r refX refY rotate rx ry spreadMethod textLength transform viewBox width
    x x1 x2 y y1 y2
    """.split()  # noqa: SIM905 - as a list it would take a screen and a half
)
INSIDE = re.compile(r"url\(\s*['\"]?#([^'\")]+)['\"]?\s*\)")
_PICTURE = re.compile(r"data:image/(?:png|jpeg);base64,[A-Za-z0-9+/=\s]+")
_FONT = re.compile(r"\b(italic|oblique)\b|\b(bold|[1-9]00)\b|([\d.]+(?:px|pt|em|%))")
_DEFAULTS = {"stroke-linejoin": "round", "stroke-linecap": "butt"}


def inline(text: str, *, prefix: str, title: str, description: str) -> str | None:
    """Return an SVG as HTML can hold it, or None if it is not XML.

    Parameters
    ----------
    text
        The SVG, of whatever origin.
    prefix
        Stands before every id, so that two charts of one page cannot meet.
    title, description
        What a reader who cannot see it hears: its name, and what it shows.

    Returns
    -------
    str
        The drawing without namespace, width and height (it fills its frame), scripts, event handlers, style
        sheets, foreign elements and outside references.

    Examples
    --------
    >>> print(inline('<svg viewBox="0 0 9 9"><g onclick="x()" style="fill: red"/></svg>',
    ...              prefix="a-", title="T", description="D"))
    <svg viewBox="0 0 9 9" role="img" aria-labelledby="a-title" aria-describedby="a-desc">\
<title id="a-title">T</title><desc id="a-desc">D</desc><g fill="red" /></svg>
    """
    try:
        root = ET.fromstring(text)
    except ET.ParseError:
        return None
    if _local(root.tag) != "svg":
        return None
    drawn = _Copy(root, prefix).of(root)
    box = drawn.get("viewBox") or f"0 0 {_number(root.get('width'), 300)} {_number(root.get('height'), 150)}"
    named = {"role": "img", "aria-labelledby": f"{prefix}title", "aria-describedby": f"{prefix}desc"}
    base = _DEFAULTS if root.find(".//{*}style") is not None else {}
    made = ET.Element("svg", {"viewBox": box, **base, **named})
    for name, words in (("title", title), ("desc", description)):
        ET.SubElement(made, name, {"id": f"{prefix}{name}"}).text = words
    made.extend(list(drawn))
    return ET.tostring(made, encoding="unicode")


class _Copy:
    """Copy what draws; an id gets the prefix, and is dropped if nothing refers to it or it comes twice."""

    def __init__(self, root: ET.Element, prefix: str) -> None:
        self.prefix = prefix
        self.wanted = {name for element in root.iter() for name in _references(element)}

    def of(self, element: ET.Element) -> ET.Element:
        made = ET.Element(_local(element.tag), self._attributes(element))
        wordy = made.tag in ("text", "tspan")
        made.text = element.text if wordy else None
        for child in element:
            if isinstance(child.tag, str) and _local(child.tag) in ELEMENTS:
                kept = self.of(child)
                kept.tail = child.tail if wordy else None
                made.append(kept)
        return made

    def _attributes(self, element: ET.Element) -> dict[str, str]:
        declared = _declared(element)
        kept = {
            name: INSIDE.sub(lambda found: f"url(#{self.prefix}{found[1]})", " ".join(value.split()))
            for name, value in declared.items()
            if name in LOOKS | GEOMETRY and _harmless(value)
        }
        identity = kept.pop("id", "")
        if identity in self.wanted:
            self.wanted.discard(identity)
            kept["id"] = self.prefix + identity
        target = _target(_local(element.tag), declared.get("href", ""), self.prefix)
        return {**kept, "href": target} if target else kept


def _declared(element: ET.Element) -> dict[str, str]:
    written = {_local(name): value for name, value in element.attrib.items()}
    return {**written, **_declarations(written.get("style", ""))}


def _references(element: ET.Element) -> Iterator[str]:
    for name, value in _declared(element).items():
        yield from INSIDE.findall(value)
        if name == "href" and value.startswith("#"):
            yield value[1:]


def _target(tag: str, href: str, prefix: str) -> str | None:
    if href.startswith("#"):
        return f"#{prefix}{href[1:]}"
    return "".join(href.split()) if tag == "image" and _PICTURE.fullmatch(href) else None


def _declarations(style: str) -> dict[str, str]:
    """Split a style attribute; of the ``font`` shorthand only size, weight and slant are kept."""
    pairs = (part.partition(":") for part in style.split(";"))
    declared = {name.strip().lower(): value.strip() for name, _, value in pairs if value.strip()}
    shorthand = declared.pop("font", "").partition("'")[0]
    for slant, weight, size in _FONT.findall(shorthand):
        found = {"font-style": slant, "font-weight": weight, "font-size": size}
        declared |= {name: value for name, value in found.items() if value}
    return declared


def _harmless(value: str) -> bool:
    """Return whether a value reaches nothing outside the drawing."""
    rest = INSIDE.sub("", value).lower()
    return "url(" not in rest and "javascript:" not in rest and "\\" not in rest


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _number(length: str | None, otherwise: int) -> str:
    found = re.match(r"\s*([\d.]+)", length or "")
    return found[1] if found else str(otherwise)
