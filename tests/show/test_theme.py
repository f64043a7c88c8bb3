"""The look: readable, safe for colour-blind readers, one source for every medium."""

from __future__ import annotations

import itertools
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.errors import ParamsError
from helpers.show.colours import channels, luminance
from helpers.show.theme import FONTS_FOLDER, Palette, contrast, css_variables, theme, typst_tokens

PALETTES = [pytest.param(theme().light, id="light"), pytest.param(theme().dark, id="dark")]
COLOURS = st.from_regex(r"\A#[0-9a-f]{6}\Z")
STEPS = ("ahead", "probably_ahead", "on_course", "probably_behind", "behind")
OUTCOMES = ("achieved", "probably_achieved", "undecided", "probably_not_achieved", "not_achieved")

# Full colour blindness of each kind, on linear RGB: Machado, Oliveira and Fernandes 2009,
# doi:10.1109/TVCG.2009.113, table 1, severity 1.0.
SIGHT = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def _seen(colour: str, sight: str) -> tuple[float, float, float]:
    """Return a colour as L*, a*, b* (D65) as an eye of this kind sees it."""
    parts = [channel / 255 for channel in channels(colour)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    red, green, blue = (
        min(1.0, max(0.0, sum(a * b for a, b in zip(row, linear, strict=True)))) for row in SIGHT[sight]
    )
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.0890
    fx, fy, fz = (t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def _distance(first: str, second: str, sight: str) -> float:
    pairs = zip(_seen(first, sight), _seen(second, sight), strict=True)
    return sum((a - b) ** 2 for a, b in pairs) ** 0.5


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("sight", SIGHT)
def test_bands_differ_for_every_eye(palette: Palette, sight: str) -> None:
    """Two bands are at least 20 apart in L*a*b*, where 2 to 3 is just noticeable, for each kind of sight."""
    fills = [band.fill for band in palette.band.values()]
    assert min(_distance(a, b, sight) for a, b in itertools.combinations(fills, 2)) >= 20


@pytest.mark.parametrize("palette", PALETTES)
def test_bands_differ_on_a_grey_printer(palette: Palette) -> None:
    """Two bands differ at least 15 in lightness alone."""
    lightness = sorted(_seen(band.fill, "full")[0] for band in palette.band.values())
    assert min(high - low for low, high in itertools.pairwise(lightness)) >= 15


@pytest.mark.parametrize("palette", PALETTES)
def test_every_verdict_and_callout_can_be_read(palette: Palette) -> None:
    """Text on a pill or callout has a contrast of at least 4.5 (WCAG 2.2 AA)."""
    assert set(palette.verdict) == {*STEPS, *OUTCOMES, "indicative", "hidden"}
    assert sorted(palette.callout) == ["caution", "good", "info", "risk"]
    tones = [*palette.verdict.values(), *palette.callout.values()]
    assert min(contrast(tone.ink, tone.paper) for tone in tones) >= 4.5


@pytest.mark.parametrize("palette", PALETTES)
def test_text_can_be_read_on_every_background(palette: Palette) -> None:
    """Ink, muted text and the accent have a contrast of at least 4.5 on paper and panel, band words too."""
    texts = (palette.ink, palette.muted, palette.accent)
    pairs = [(text, paper) for text in texts for paper in (palette.paper, palette.panel)]
    pairs += [(band.ink, palette.paper) for band in palette.band.values()]
    pairs += [(band.on, band.fill) for band in palette.band.values()]
    pairs += [(palette.on_solid, palette.accent)]
    assert {pair: contrast(*pair) for pair in pairs if contrast(*pair) < 4.5} == {}


def test_axis_lines_can_be_seen() -> None:
    """Axis lines and zero-measurement marks, which carry meaning, have a contrast of 3 (WCAG 1.4.11)."""
    assert contrast(theme().light.faint, theme().light.paper) >= 3
    assert contrast(theme().dark.faint, theme().dark.paper) >= 3


def test_accent_is_the_clients() -> None:
    """A client's accent replaces the house's own, also on dark screens, where it is lightened."""
    own = theme("#7A1F5C")
    assert own.light.accent == "#7a1f5c"
    assert own.dark.accent != theme().dark.accent
    assert contrast(own.dark.accent, own.dark.paper) >= 4.5


def test_accent_that_cannot_be_read_is_refused() -> None:
    """A light accent is refused with its contrast and what to do."""
    with pytest.raises(ParamsError) as caught:
        theme("#FFD400")
    assert str(caught.value) == (
        "report.house_style.accent: #FFD400 cannot be read on a light background: its contrast is 1.3, "
        "and at least 4.5 is needed. Choose a darker shade of the same colour."
    )


def test_accent_that_is_no_colour_is_refused() -> None:
    """Only # and six hexadecimal digits are a colour."""
    with pytest.raises(ParamsError) as caught:
        theme("blue")
    assert str(caught.value) == (
        "report.house_style.accent: 'blue' is not a colour. "
        'Write # and six hexadecimal digits between quotes, such as "#0B5394".'
    )


@given(COLOURS)
def test_any_accent_is_readable_everywhere_or_refused(accent: str) -> None:
    """Whatever accent is accepted can be read on paper, on a panel and in the dark."""
    try:
        look = theme(accent)
    except ParamsError:
        return
    assert contrast(look.light.accent, look.light.paper) >= 4.5
    assert contrast(look.dark.accent, look.dark.paper) >= 4.5


@given(COLOURS, COLOURS)
def test_contrast_is_symmetric_and_bounded(first: str, second: str) -> None:
    """Contrast runs from 1 (the same luminance) to 21, whichever colour comes first."""
    assert contrast(first, second) == contrast(second, first)
    assert 1 <= contrast(first, second) <= 21
    assert (contrast(first, second) == 1) == (luminance(first) == luminance(second))


def test_css_has_every_colour_and_size_in_light_and_dark() -> None:
    """Each colour is a variable, set again for dark screens; sizes are relative to the reader's own."""
    look = theme()
    light, _, dark = css_variables(look).partition("@media")
    for name, colour in look.light.named():
        assert f"--{name}:{colour}" in light
    for name, colour in look.dark.named():
        assert f"--{name}:{colour}" in dark
    assert "--size-text:1rem" in light
    assert "--size-small:0.8rem" in light


def test_css_swaps_every_colour_of_a_chart_in_the_dark() -> None:
    """A colour stands for one role, so that its dark counterpart is known from its value."""
    look = theme()
    swaps = dict(re.findall(r"svg\.chart \[fill='(#\w+)'\]\{fill:var\(--([\w-]+)\)\}", css_variables(look)))
    dark = dict(look.dark.named())
    roles: dict[str, set[str]] = {}
    for name, colour in look.light.named():
        if not name.startswith("callout-"):
            roles.setdefault(colour, set()).add(dark[name])
    assert {colour: found for colour, found in roles.items() if len(found) > 1} == {}
    assert {colour: dark[name] for colour, name in swaps.items()} == {c: d.pop() for c, d in roles.items()}


def test_typst_tokens_are_plain_data() -> None:
    """Typst reads the tokens as JSON: nothing in them needs more than that."""
    tokens = typst_tokens(theme())
    assert json.loads(json.dumps(tokens)) == tokens
    assert tokens["colour"]["band"]["promoter"]["fill"] == theme().light.band["promoter"].fill
    assert tokens["page"]["width"] == 480


def test_every_font_is_there_with_its_licence() -> None:
    """Each file that the theme names is vendored, for the web too where it holds text."""
    font = theme().font
    faces = [font[face] for face in ("regular", "italic", "semibold", "bold")]
    assert [name for name in (*faces, font["emoji"]) if not (FONTS_FOLDER / name).exists()] == []
    assert [name for name in faces if not (FONTS_FOLDER / name).with_suffix(".woff2").exists()] == []
    assert (FONTS_FOLDER / "PublicSans-LICENSE.txt").exists()
    assert (FONTS_FOLDER / "NotoEmoji-LICENSE.txt").exists()


def test_text_sizes_are_legible_on_paper() -> None:
    """The two text sizes are at least 7.5 points, and headings only go up."""
    size = theme().size
    assert min(size.values()) >= 7.5
    assert size["small"] < size["text"] <= size["heading_4"] < size["heading_3"] < size["heading_2"]
    assert size["heading_2"] < size["heading_1"] < size["cover"]
