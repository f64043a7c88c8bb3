"""Which characters the report's fonts can print; a character that none of them has is replaced by its name."""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import matplotlib
from fontTools.ttLib import TTFont

from helpers.show.theme import FONTS_FOLDER

FALLBACK_FONT = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
STACK = {
    "Public Sans": FONTS_FOLDER / "PublicSans-Regular.ttf",
    "Noto Emoji": FONTS_FOLDER / "NotoEmoji-Regular.ttf",
    "DejaVu Sans": FALLBACK_FONT,
}
TEXT_FAMILY = "Public Sans"
# PDF/A forbids private-use characters, and a byte order mark anywhere, even where a font has them.
_FORBIDDEN = frozenset({"Co", "Cs", "Cc"})
_INVISIBLE = frozenset({"Cc", "Cf"})
# Soft hyphen, zero-width space and joiners shape words and emoji. Of the other format characters Typst refuses some.
_JOINERS = frozenset("\u00ad\u200b\u200c\u200d")
_BYTE_ORDER_MARK = "\ufeff"
_REPLACED = {"\u2028": "\n", "\u2029": "\n", "\t": "    ", _BYTE_ORDER_MARK: ""}
# What only changes the look of the sign before it: variation selectors and skin tones.
_SHADES = frozenset(map(chr, [*range(0xFE00, 0xFE10), *range(0x1F3FB, 0x1F400)]))
# A skin tone that follows no emoji prints nothing of its own.
_STRAY_TONE = re.compile("(?<![\u2600-\u27bf\U0001f000-\U0001faff])[\U0001f3fb-\U0001f3ff]")
_REFERENCE = re.compile(r"&#(x[0-9a-f]+|[0-9]+);", re.IGNORECASE)
_BETWEEN_TAGS = re.compile(r"(?<=>)[^<]+(?=<)")
_XML_SPECIAL = "&<>\"'"
_UNICODE_END = 0x110000


@functools.cache
def covered() -> frozenset[str]:
    """Return every character that one of the fonts can print.

    Examples
    --------
    >>> "é" in covered(), "👍" in covered(), "中" in covered()
    (True, True, False)
    """
    found = frozenset[str]().union(*map(_characters, STACK)) - _REPLACED.keys()
    unused = (c for c in found if unicodedata.category(c) in _INVISIBLE and c not in _JOINERS)
    return found - frozenset(unused) | {"\n"}


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
    shown = text if covered().issuperset(text) else "".join(map(_shown, text))
    return _STRAY_TONE.sub(lambda found: _named(found[0]), shown)


def printable_svg(svg: str) -> str:
    r"""Do the same inside a drawing, also for characters written as references.

    Typst looks for a fallback font per string when it converts a drawing, and refuses the document when it
    finds none that has all. So each run of text that is not in the text font names its own font, accents that
    no composed character holds are named, and joiners and skin tones are left out.

    Examples
    --------
    >>> printable_svg("<text>&#x4e2d; &#38; 3 &lt; 4 👍</text>")
    '<text>[CJK UNIFIED IDEOGRAPH-4E2D] &#38; 3 &lt; 4 <tspan style="font-family: \'Noto Emoji\'">👍</tspan></text>'
    """
    text = printable(_REFERENCE.sub(_resolved, svg))
    if _unaltered().issuperset(text):
        return text
    plain = "".join(map(_drawn, unicodedata.normalize("NFC", text)))
    return _BETWEEN_TAGS.sub(lambda found: "".join(_runs(found[0])), plain)


def spelled_out(text: str) -> str:
    """Name every character that is not one plain sign of the text font, for text that Typst refuses.

    Examples
    --------
    >>> spelled_out("één 👍")
    'één [THUMBS UP SIGN]'
    """
    if text.isascii():
        return printable(text)
    plain = _characters(TEXT_FAMILY) | _REPLACED.keys()
    shown = (c if c in plain else _drawn(c) and _named(c) for c in unicodedata.normalize("NFC", text))
    return printable("".join(map(_drawn, "".join(shown))))


def printable_values(value: Any, *, cautious: bool = False) -> Any:
    """Do the same for every string of a document, drawings included; ``cautious`` spells out what is rare."""
    if isinstance(value, str):
        return spelled_out(value) if cautious else printable(value)
    if isinstance(value, Mapping):
        return {
            key: _drawing(item, cautious) if key == "svg" and item else printable_values(item, cautious=cautious)
            for key, item in value.items()
        }
    if isinstance(value, list | tuple):
        return [printable_values(item, cautious=cautious) for item in value]
    return value


def _drawing(svg: str, cautious: bool) -> str:
    return spelled_out(_REFERENCE.sub(_resolved, svg)) if cautious else printable_svg(svg)


@functools.cache
def _characters(family: str) -> frozenset[str]:
    with TTFont(STACK[family], lazy=True) as font:
        points = map(chr, font.getBestCmap())
        return frozenset(c for c in points if unicodedata.category(c) not in _FORBIDDEN) | {"\n"}


@functools.cache
def _unaltered() -> frozenset[str]:
    """Return the characters of the text font that a drawing may hold as they are."""
    return frozenset(sign for sign in _characters(TEXT_FAMILY) if _drawn(sign) == sign)


@functools.cache
def _shown(character: str) -> str:
    if character in _REPLACED:
        return _REPLACED[character]
    if character in covered():
        return character
    return "" if unicodedata.category(character) in _INVISIBLE else _named(character)


def _drawn(character: str) -> str:
    if character in _SHADES or character in _JOINERS:
        return ""
    if unicodedata.category(character).startswith("M") or _taken_apart(character):
        return _named(character)
    return character


def _taken_apart(character: str) -> bool:
    # A rare accented letter that the text font would build from parts: there the conversion itself breaks off.
    return "\u1e00" <= character <= "\u1fff" and character not in _characters(TEXT_FAMILY)


def _named(character: str) -> str:
    return f"[{unicodedata.name(character, f'U+{ord(character):04X}')}]"


def _runs(text: str) -> Iterator[str]:
    """Yield text in stretches of one font, those of a fallback font with its name."""
    families = list(itertools.accumulate(text, _family, initial=TEXT_FAMILY))[1:]
    for family, run in itertools.groupby(zip(families, text, strict=True), key=lambda pair: pair[0]):
        words = "".join(character for _, character in run)
        yield words if family == TEXT_FAMILY else f"<tspan style=\"font-family: '{family}'\">{words}</tspan>"


def _family(current: str, character: str) -> str:
    if current != TEXT_FAMILY and not character.isascii() and character in _characters(current):
        return current
    return next((family for family in STACK if character in _characters(family)), TEXT_FAMILY)


def _resolved(reference: re.Match[str]) -> str:
    code = reference[1].lower()
    point = int(code[1:], 16) if code.startswith("x") else int(code)
    # What has a meaning in XML stays a reference.
    return reference[0] if point >= _UNICODE_END or chr(point) in _XML_SPECIAL else chr(point)
