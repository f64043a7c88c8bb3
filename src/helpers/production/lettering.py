"""How wide text is in the report's fonts, so that a table can be planned before Typst sets it."""

from __future__ import annotations

import functools
import re

from fontTools.ttLib import TTFont

from helpers.production import glyphs
from helpers.show.theme import FONTS_FOLDER

_BREAKS = re.compile(r"[ \t\n]+")
_UNKNOWN = 1.0  # ems, for a character that will be replaced by its name


def text_width(text: str, size: float, *, strong: bool = False, tabular: bool = False) -> float:
    """Return how wide a line of text is, in points; letters that move closer together are not counted.

    Parameters
    ----------
    text
        One line.
    size
        Text size in points.
    strong
        Whether it is semi-bold.
    tabular
        Whether all digits are equally wide.

    Examples
    --------
    >>> round(text_width("10", 8.0, tabular=True), 1)
    11.2
    """
    advances = _advances("SemiBold" if strong else "Regular", tabular)
    return sum(advances.get(character, _UNKNOWN) for character in text) * size


def longest_word(text: str, size: float, *, strong: bool = False, tabular: bool = False) -> float:
    """Return how wide the longest word of a text is, in points; 0 without words.

    Examples
    --------
    >>> wide, apart = (longest_word(text, 8.0) for text in ("31\N{NO-BREAK SPACE}Mar", "31 Mar"))
    >>> wide > apart  # a no-break space does not end a word
    True
    """
    words = _BREAKS.split(text)
    return max((text_width(word, size, strong=strong, tabular=tabular) for word in words if word), default=0.0)


@functools.cache
def _advances(weight: str, tabular: bool) -> dict[str, float]:
    """Return the width of each character in ems, from the first font of the stack that has it."""
    found: dict[str, float] = {}
    for file in (FONTS_FOLDER / f"PublicSans-{weight}.ttf", *list(glyphs.STACK.values())[1:]):
        with TTFont(file, lazy=True) as font:
            names, metrics, em = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
            swaps = _tabular_glyphs(font) if tabular and not found else {}
            for point, name in names.items():
                found.setdefault(chr(point), metrics[swaps.get(name, name)][0] / em)
    return found


def _tabular_glyphs(font: TTFont) -> dict[str, str]:
    table = font["GSUB"].table
    features = (record.Feature for record in table.FeatureList.FeatureRecord if record.FeatureTag == "tnum")
    lookups = {at for feature in features for at in feature.LookupListIndex}
    swaps: dict[str, str] = {}
    for at in sorted(lookups):
        for subtable in table.LookupList.Lookup[at].SubTable:
            swaps |= subtable.mapping
    return swaps
