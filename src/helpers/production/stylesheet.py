"""The style of the HTML page: its fonts, the theme's variables and its rules, all in one text."""

from __future__ import annotations

import base64
import functools
import io
import re
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from helpers.show import theme as themes

RULES = Path(__file__).parent / "templates" / "nulmeting" / "report.css"
FACES = (
    ("regular", 400, "normal"),
    ("italic", 400, "italic"),
    ("semibold", 600, "normal"),
    ("bold", 700, "normal"),
)
_PICTOGRAPHS = re.compile("[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")
_JOINERS = "\u200d\ufe0f\u20e3"


def css(accent: str, *, text: str) -> str:
    """Return the page's style sheet.

    Parameters
    ----------
    accent
        The one accent colour, ``#rrggbb``.
    text
        Every word of the page: the emoji in it travel along, for few readers' machines agree on them.

    Raises
    ------
    ParamsError
        The accent is no colour, or one that cannot be read.
    """
    pictographs = "".join(sorted(set(_PICTOGRAPHS.findall(text))))
    return _fixed(accent) + (_emoji(pictographs) if pictographs else "")


@functools.cache
def _fixed(accent: str) -> str:
    look = themes.theme(accent)
    cover = f":root{{--cover:{look.light.accent};--cover-ink:{look.light.on_solid}}}\n"
    faces = [_face(look, *face) for face in FACES]
    rules = RULES.read_text(encoding="utf-8")
    return "".join([*faces, themes.css_variables(look), cover, rules, *_tones(look)])


def _face(look: themes.Theme, name: str, weight: int, style: str) -> str:
    data = (themes.FONTS_FOLDER / look.font[name]).with_suffix(".woff2").read_bytes()
    return _declared(look.font["family"], data, form="woff2", weight=weight, style=style)


@functools.cache
def _emoji(characters: str) -> str:
    """Return a font of these emoji alone: the whole one would be ten times the page."""
    look = themes.theme()
    options = subset.Options(layout_features=["*"], notdef_outline=True, name_IDs=[], hinting=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=characters + _JOINERS)
    written = io.BytesIO()
    with TTFont(themes.FONTS_FOLDER / look.font["emoji"], recalcTimestamp=False) as font:
        subsetter.subset(font)
        font.save(written)
    return _declared("Noto Emoji", written.getvalue(), form="ttf", weight=400, style="normal")


def _declared(family: str, data: bytes, *, form: str, weight: int, style: str) -> str:
    encoded = base64.b64encode(data).decode()
    return (
        f'@font-face{{font-family:"{family}";font-weight:{weight};font-style:{style};'
        f'src:url("data:font/{form};base64,{encoded}")}}\n'
    )


def _tones(look: themes.Theme) -> Iterator[str]:
    """Give the rules of verdicts and callouts, one per word that the theme has colours for."""
    for kind in ("verdict", "callout"):
        for name in (word.replace("_", "-") for word in getattr(look.light, kind)):
            own = f"--{kind}-{name}"
            colours = f"color:var({own}-ink);background:var({own}-paper);border-color:var({own}-edge)"
            yield f".{kind}-{name}{{{colours}}}\n"
