"""The look of a report: one token file for matplotlib, CSS and Typst, with the client's accent colour."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from helpers.errors import ParamsError
from helpers.show.colours import contrast, mixed

__all__ = [
    "Band",
    "Margins",
    "Palette",
    "Theme",
    "Tone",
    "contrast",
    "css_variables",
    "theme",
    "typst_tokens",
]

HERE = Path(__file__).parent
FONTS_FOLDER = HERE / "fonts"
READABLE = 4.5
_HEX = re.compile(r"#[0-9a-f]{6}")
_PLAIN = ("accent", "accent_soft", "on_solid", "ink", "muted", "faint", "rule", "paper", "panel")


@dataclass(frozen=True)
class Band:
    """A band's colours: of its area, of text about it on paper, and of text on its area."""

    fill: str
    ink: str
    on: str


@dataclass(frozen=True)
class Tone:
    """The colours of a pill or callout: its text, its background and its edge."""

    ink: str
    paper: str
    edge: str


@dataclass(frozen=True)
class Palette:
    """All colours on one background, each as ``#rrggbb``."""

    accent: str
    accent_soft: str
    on_solid: str
    ink: str
    muted: str
    faint: str
    rule: str
    paper: str
    panel: str
    band: Mapping[str, Band]
    verdict: Mapping[str, Tone]
    callout: Mapping[str, Tone]

    def named(self) -> Iterator[tuple[str, str]]:
        """Yield every colour with its name, such as ``("band-promoter-fill", "#0a5259")``."""
        yield from ((name.replace("_", "-"), getattr(self, name)) for name in _PLAIN)
        for kind in ("band", "verdict", "callout"):
            for name, colours in getattr(self, kind).items():
                for part, colour in vars(colours).items():
                    yield f"{kind}-{name}-{part}".replace("_", "-"), colour


@dataclass(frozen=True)
class Margins:
    """The room around a plot for text of known width, in points."""

    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Theme:
    """Every token of the look.

    Parameters
    ----------
    light, dark
        The colours on paper and on a dark screen. Print and charts use ``light``.
    size
        Text sizes in points.
    page
        Width of the text and margins of an A4 page, in points.
    margin
        Fixed margins of the plot per chart kind.
    font
        Family, fallback families and the files in ``FONTS_FOLDER``.
    """

    light: Palette
    dark: Palette
    size: Mapping[str, float]
    page: Mapping[str, float]
    margin: Mapping[str, Margins]
    font: Mapping[str, Any]

    @property
    def families(self) -> tuple[str, ...]:
        """The font families in the order in which a glyph is looked for."""
        return (self.font["family"], *self.font["fallback"])


def theme(accent: str | None = None) -> Theme:
    """Read the look, with the client's accent colour where one is given.

    Parameters
    ----------
    accent
        ``#rrggbb``; default the house's own blue.

    Raises
    ------
    ParamsError
        When the accent is no colour, or cannot be read on a light background.

    Examples
    --------
    >>> theme("#7A1F5C").light.accent
    '#7a1f5c'
    """
    tokens = _tokens()
    light = tokens["light"] | ({"accent": _checked(accent, tokens["light"])} if accent else {})
    dark = tokens["dark"] | {"accent": _lightened(light["accent"], tokens["dark"]["paper"])}
    return Theme(
        light=_palette(light),
        dark=_palette(dark),
        size=MappingProxyType(tokens["size"]),
        page=MappingProxyType(tokens["page"]),
        margin=MappingProxyType({kind: Margins(**sides) for kind, sides in tokens["margin"].items()}),
        font=MappingProxyType(tokens["font"]),
    )


def css_variables(theme: Theme) -> str:
    """Write the tokens as CSS: variables for light and dark, and the swap of a chart's colours in the dark.

    Parameters
    ----------
    theme
        The look.

    Returns
    -------
    str
        ``:root`` with ``--accent``, ``--band-promoter-fill``, ``--size-text`` and so on (sizes in rem, where
        body text is 1rem); the same colours again for readers who prefer a dark screen, where every
        ``svg.chart`` takes them too.
    """
    body = theme.size["text"]
    sizes = [f"--size-{key.replace('_', '-')}:{value / body:.4g}rem" for key, value in theme.size.items()]
    family = ",".join(f'"{name}"' for name in theme.families)
    base = ["color-scheme:light dark", f"--font:{family},sans-serif", *sizes]
    light = [f"--{name}:{colour}" for name, colour in theme.light.named()]
    dark = [f"--{name}:{colour}" for name, colour in theme.dark.named()]
    swap = f":root{{{';'.join(dark)}}}\n{_chart_swap(theme)}"
    return f":root{{{';'.join(base + light)}}}\n@media screen and (prefers-color-scheme:dark){{\n{swap}}}\n"


def typst_tokens(theme: Theme) -> dict[str, Any]:
    """Return the tokens of the printed page as plain data for Typst: colours as text, lengths in points.

    Examples
    --------
    >>> tokens = typst_tokens(theme())
    >>> tokens["colour"]["verdict"]["behind"]["paper"], tokens["size"]["small"], tokens["font"]["family"]
    ('#ac4819', 8.0, ['Public Sans', 'Noto Emoji', 'DejaVu Sans'])
    """
    light = theme.light
    groups = {
        kind: {name: dict(vars(colours)) for name, colours in getattr(light, kind).items()}
        for kind in ("band", "verdict", "callout")
    }
    return {
        "colour": {name: getattr(light, name) for name in _PLAIN} | groups,
        "size": dict(theme.size),
        "page": dict(theme.page),
        "font": {"family": list(theme.families)},
    }


@functools.cache
def _tokens() -> dict[str, Any]:
    return tomllib.loads((HERE / "theme.toml").read_text(encoding="utf-8"))


def _palette(tokens: Mapping[str, Any]) -> Palette:
    plain = {name: tokens[name] for name in _PLAIN if name != "accent_soft"}
    return Palette(
        **plain,
        accent_soft=mixed(tokens["paper"], tokens["accent"], tokens["accent_soft"]),
        band=MappingProxyType({name: Band(**colours) for name, colours in tokens["band"].items()}),
        verdict=MappingProxyType({name: Tone(**colours) for name, colours in tokens["verdict"].items()}),
        callout=MappingProxyType({name: Tone(**colours) for name, colours in tokens["callout"].items()}),
    )


def _checked(accent: str, light: Mapping[str, Any]) -> str:
    colour = accent.lower()
    if not _HEX.fullmatch(colour):
        raise ParamsError(
            f"report.house_style.accent: {accent!r} is not a colour. "
            'Write # and six hexadecimal digits between quotes, such as "#0B5394".'
        )
    ratio = min(contrast(colour, light[background]) for background in ("paper", "on_solid", "panel"))
    if ratio < READABLE:
        raise ParamsError(
            f"report.house_style.accent: {accent} cannot be read on a light background: its contrast is "
            f"{ratio:.1f}, and at least {READABLE} is needed. Choose a darker shade of the same colour."
        )
    return colour


def _lightened(accent: str, paper: str) -> str:
    steps = (mixed(accent, "#ffffff", step / 20) for step in range(21))
    return next(colour for colour in steps if contrast(colour, paper) >= READABLE + 1)


def _chart_swap(theme: Theme) -> str:
    # A chart's SVG holds plain colours, so that Typst and JupyterLab can draw it; a style rule outranks them.
    swaps = {colour: name for name, colour in theme.light.named() if not name.startswith("callout-")}
    return "".join(
        f"svg.chart [{paint}='{colour}']{{{paint}:var(--{name})}}\n"
        for colour, name in sorted(swaps.items())
        for paint in ("fill", "stroke")
    )
