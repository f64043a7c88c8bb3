"""Pictures that a notebook carries: what they show, how large they are, what describes them."""

from __future__ import annotations

import base64
import binascii
import re
import struct
import urllib.parse
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from typing import Any

Picture = dict[str, Any]
POINTS_PER_PIXEL = 0.75
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PNG_HEADER = 24
_DATA_URL = re.compile(r"data:(image/png|image/svg\+xml)((?:;[\w=-]+)*),(.*)", re.DOTALL)
_LENGTH = re.compile(r"\s*([\d.]+(?:e[+-]?\d+)?)\s*(pt|px|in|cm|mm)?\s*", re.IGNORECASE)
_POINTS = {"pt": 1.0, "px": 0.75, "": 0.75, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4}


def from_svg(text: str) -> Picture | None:
    """Return a picture node of an SVG, described by its own title and description; None if it is not XML.

    Examples
    --------
    >>> found = from_svg('<svg width="96px" height="1in"><title>T</title></svg>')
    >>> found["width"], found["height"], found["alt"]
    (72.0, 72.0, 'T')
    """
    try:
        root = ET.fromstring(text)
    except ET.ParseError:
        return None
    own = (root.findtext(f"{{*}}{name}") or "" for name in ("desc", "title"))
    alt = next((" ".join(words.split()) for words in own if words.strip()), "")
    width, height = svg_size(root)
    return {"type": "picture", "svg": text, "alt": alt, "width": width, "height": height}


def from_png(encoded: str, *, width: float | None = None) -> Picture | None:
    """Return a picture node of a base64 PNG; None if it is none.

    Parameters
    ----------
    encoded
        The PNG, base64.
    width
        Width in CSS pixels where the notebook gives one (a figure for a sharp screen holds more pixels).
    """
    compact = "".join(encoded.split())
    try:
        raw = base64.b64decode(compact, validate=True)
    except binascii.Error:
        return None
    if len(raw) < _PNG_HEADER or not raw.startswith(_PNG_SIGNATURE):
        return None
    columns, lines = struct.unpack(">II", raw[16:24])
    if not columns or not lines:
        return None
    wide = (width or columns) * POINTS_PER_PIXEL
    return {"type": "picture", "png": compact, "alt": "", "width": wide, "height": wide * lines / columns}


def from_address(address: str, *, attachments: Mapping[str, Mapping[str, str]]) -> Picture | None:
    """Return the picture that a markdown address stands for, if the notebook carries it."""
    if address.startswith("attachment:"):
        bundle = attachments.get(urllib.parse.unquote(address.removeprefix("attachment:")), {})
        return from_bundle(bundle)
    found = _DATA_URL.fullmatch(address)
    if found is None:
        return None
    mime, options, payload = found.groups()
    if "base64" not in options:
        return from_bundle({mime: urllib.parse.unquote(payload)})
    return from_bundle({mime: _decoded(payload) if mime == "image/svg+xml" else payload})


def from_bundle(bundle: Mapping[str, Any], *, width: float | None = None) -> Picture | None:
    """Return the picture of a MIME bundle: the SVG if it has one, else the PNG."""
    found = None
    if "image/svg+xml" in bundle:
        found = from_svg(joined(bundle["image/svg+xml"]))
    if found is None and "image/png" in bundle:
        found = from_png(joined(bundle["image/png"]), width=width)
    return found


def joined(value: Any) -> str:
    """Return text that a notebook may keep as a list of lines."""
    return value if isinstance(value, str) else "".join(value)


def svg_size(root: ET.Element) -> tuple[float, float]:
    """Return width and height of an SVG in points: what it says, else its view box, else 300 × 150 pixels."""
    box = [float(number) for number in re.findall(r"-?[\d.]+(?:e[+-]?\d+)?", root.get("viewBox", ""))]
    default = box[2:4] if len(box) == 4 else [300.0, 150.0]  # noqa: PLR2004
    wide, high = (_points(root.get(name, "")) for name in ("width", "height"))
    return wide or default[0] * POINTS_PER_PIXEL, high or default[1] * POINTS_PER_PIXEL


def _points(length: str) -> float | None:
    found = _LENGTH.fullmatch(length)
    return float(found[1]) * _POINTS[(found[2] or "").lower()] if found else None


def _decoded(payload: str) -> str:
    try:
        return base64.b64decode(urllib.parse.unquote(payload)).decode("utf-8", "replace")
    except binascii.Error:
        return ""
