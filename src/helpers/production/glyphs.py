"""Which characters the report's fonts can print; a character that none of them has is replaced by its name."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import matplotlib
from fontTools.ttLib import TTFont

from helpers.show.theme import FONTS_FOLDER

FALLBACK_FONT = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
STACK = (FONTS_FOLDER / "PublicSans-Regular.ttf", FONTS_FOLDER / "NotoEmoji-Regular.ttf", FALLBACK_FONT)
_LINE_SEPARATORS = "\u2028\u2029"
_TAB = "    "
# PDF/A forbids private-use characters, and a byte order mark anywhere, even where a font has them.
_FORBIDDEN = ("Co", "Cs")
_BYTE_ORDER_MARK = "\ufeff"
_REFERENCE = re.compile(r"&#(x[0-9a-f]+|[0-9]+);", re.IGNORECASE)
_XML_SPECIAL = "&<>\"'"


@functools.cache
def covered() -> frozenset[str]:
    """Return every character that one of the fonts can print.

    Examples
    --------
    >>> "é" in covered(), "👍" in covered(), "中" in covered()
    (True, True, False)
    """
    points: set[int] = set()
    for file in STACK:
        with TTFont(file, lazy=True) as font:
            points.update(font.getBestCmap())
    characters = map(chr, points)
    return frozenset(c for c in characters if unicodedata.category(c) not in (*_FORBIDDEN, "Cc")) | {"\n"}


def printable(text: str) -> str:
    """Replace what no font has by its Unicode name in brackets; leave out what is never seen.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    str
        The text with control characters left out, and with ``[NAME]`` for a character that would print as
        an empty box. Emoji, accents and the signs of the fonts stay as they are.

    Examples
    --------
    >>> printable("prima 👍, 中!")
    'prima 👍, [CJK UNIFIED IDEOGRAPH-4E2D]!'
    """
    if covered().issuperset(text) and not set(_LINE_SEPARATORS + _BYTE_ORDER_MARK).intersection(text):
        return text
    return "".join(map(_shown, text))


def printable_svg(svg: str) -> str:
    """Do the same inside a drawing, also for characters written as references.

    Examples
    --------
    >>> printable_svg("<text>&#x4e2d; &#38; 3 &lt; 4</text>")
    '<text>[CJK UNIFIED IDEOGRAPH-4E2D] &#38; 3 &lt; 4</text>'
    """
    return printable(_REFERENCE.sub(_resolved, svg))


def printable_values(value: Any) -> Any:
    """Do the same for every string of a document, drawings included."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {
            key: printable_svg(item) if key == "svg" and isinstance(item, str) else printable_values(item)
            for key, item in value.items()
        }
    if isinstance(value, list | tuple):
        return [printable_values(item) for item in value]
    return value


@functools.cache
def _shown(character: str) -> str:
    if character in _LINE_SEPARATORS:
        return "\n"
    if character == "\t":
        return _TAB
    if character in covered() and character != _BYTE_ORDER_MARK:
        return character
    if unicodedata.category(character) in ("Cc", "Cf"):
        return ""
    return f"[{unicodedata.name(character, f'U+{ord(character):04X}')}]"


def _resolved(reference: re.Match[str]) -> str:
    code = reference[1].lower()
    point = int(code[1:], 16) if code.startswith("x") else int(code)
    # What has a meaning in XML stays a reference.
    if point >= 0x110000 or chr(point) in _XML_SPECIAL:
        return reference[0]
    return chr(point)
