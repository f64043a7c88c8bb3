"""Text in charts: the vendored fonts, how wide a text is, and how it fits where it must stand."""

from __future__ import annotations

import functools
from pathlib import Path

import matplotlib as mpl
from matplotlib.font_manager import FontEntry, FontProperties, fontManager
from matplotlib.textpath import text_to_path

from helpers.show.blocks import clean_text
from helpers.show.theme import FONTS_FOLDER, Theme

REGULAR = 400
SEMIBOLD = 600
ELLIPSIS = "…"
# Names of our own: a Public Sans that happens to be installed on a machine must not measure differently.
FAMILIES = ("nulmeting text", "nulmeting emoji", "nulmeting signs")
_NONCHARACTERS = str.maketrans("", "", "\ufffe\uffff")
_BREAK_AFTER = " -/›_"
_SHORTEST_PIECE = 3


def plain(text: object) -> str:
    r"""Return a label on one line, without what no medium can print.

    Examples
    --------
    >>> plain("Storing\n& \x07klacht ")
    'Storing & klacht'
    """
    return " ".join(clean_text(str(text)).translate(_NONCHARACTERS).split())


def register_fonts(theme: Theme) -> None:
    """Make the vendored fonts known to this process; no file or cache of the user is touched."""
    _register(theme.font["regular"], theme.font["semibold"], theme.font["italic"], theme.font["emoji"])


@functools.lru_cache(maxsize=8192)
def width(text: str, *, size: float, weight: int = REGULAR) -> float:
    """Return how wide a text is in points, once the fonts are registered."""
    properties = FontProperties(family=list(FAMILIES), size=size, weight=weight)
    return float(text_to_path.get_text_width_height_descent(text, properties, ismath=False)[0])


def shortened(text: str, *, room: float, size: float, weight: int = REGULAR) -> str:
    """Return a text that fits the room in points, with an ellipsis where it was cut."""
    if width(text, size=size, weight=weight) <= room:
        return text
    kept = _longest(text, room=room - width(ELLIPSIS, size=size, weight=weight), size=size, weight=weight)
    return text[:kept].rstrip() + ELLIPSIS


def wrapped(text: str, *, room: float, size: float, weight: int = REGULAR, lines: int = 2) -> tuple[str, ...]:
    """Break a text over at most so many lines, each within the room in points.

    Lines break after a space, hyphen or slash; a word longer than a line is hyphenated where the line ends,
    and what is left after the last line is cut with an ellipsis.
    """
    if lines == 1 or width(text, size=size, weight=weight) <= room:
        return (shortened(text, room=room, size=size, weight=weight),)
    head, rest = _broken(text, room=room, size=size, weight=weight)
    return (head, *wrapped(rest, room=room, size=size, weight=weight, lines=lines - 1))


def _broken(text: str, *, room: float, size: float, weight: int) -> tuple[str, str]:
    fitting = _longest(text, room=room, size=size, weight=weight)
    soft = max((text.rfind(sign, 0, fitting + (sign == " ")) for sign in _BREAK_AFTER), default=-1)
    if soft >= _SHORTEST_PIECE:
        return text[: soft + 1].rstrip(), text[soft + 1 :].lstrip()
    hard = max(1, _longest(text, room=room - width("-", size=size, weight=weight), size=size, weight=weight))
    return text[:hard] + "-", text[hard:]


def _longest(text: str, *, room: float, size: float, weight: int) -> int:
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        fits = width(text[:middle], size=size, weight=weight) <= room
        low, high = (middle, high) if fits else (low, middle - 1)
    return low


@functools.cache
def _register(regular: str, semibold: str, italic: str, emoji: str) -> None:
    signs = Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
    text, emojis, others = FAMILIES
    entries = [
        FontEntry(fname=str(FONTS_FOLDER / regular), name=text, weight=REGULAR),
        FontEntry(fname=str(FONTS_FOLDER / semibold), name=text, weight=SEMIBOLD),
        FontEntry(fname=str(FONTS_FOLDER / italic), name=text, weight=REGULAR, style="italic"),
    ]
    # A fallback has one weight; declared for each weight we use, matplotlib does not report it as missing.
    for weight in (REGULAR, SEMIBOLD):
        entries.append(FontEntry(fname=str(FONTS_FOLDER / emoji), name=emojis, weight=weight))
        entries.append(FontEntry(fname=str(signs), name=others, weight=weight))
    fontManager.ttflist.extend(entries)
    fontManager.addfont(FONTS_FOLDER / regular)
