"""The key of a dot-and-interval chart: each mark that occurs, beside its word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from helpers.show.charts import lettering
from helpers.show.charts.dots_data import Group
from helpers.show.charts.sheet import DASHED, Sheet
from helpers.show.language import Language
from helpers.show.theme import Theme

DOT = 6.5
ZERO_DOT = 4.6
LINE = 13.0
SAMPLE = 20.0
GAP = 5.0
BETWEEN = 18.0


@dataclass(frozen=True)
class Keys:
    """The marks to explain, each with its place."""

    places: tuple[tuple[float, float, str, str], ...]

    @property
    def height(self) -> float:
        """The room the key takes beyond its first line, in points."""
        return max((line for _, line, _, _ in self.places), default=0.0)

    def draw(self, sheet: Sheet) -> None:
        """Draw the key at the top of the sheet."""
        for left, line, mark, text in self.places:
            _draw_mark(sheet, mark, left, line + 6)
            sheet.text(left + SAMPLE + GAP, line + 9, text, colour=sheet.theme.light.muted)


def keys(groups: Sequence[Group], *, words: Language, theme: Theme) -> Keys:
    """Choose the marks that occur in the chart and place them on as few lines as they need."""
    _ = words.text
    shown = [group for group in groups if group.score is not None]
    occurring = {
        "score": (_("score with its interval"), any(not group.indicative for group in shown)),
        "indicative": (_("small group: indicative"), any(group.indicative for group in shown)),
        "zero": (_("zero measurement"), any(group.zero is not None for group in shown)),
        "target": (_("target"), any(group.target is not None for group in shown)),
    }
    left = line = 0.0
    places = []
    for mark, (text, occurs) in occurring.items():
        if occurs:
            wide = SAMPLE + GAP + lettering.width(text, size=theme.size["small"])
            if left and left + wide > theme.page["width"] - theme.margin["dot_and_interval"].right:
                left, line = 0.0, line + LINE
            places.append((left, line, mark, text))
            left += wide + BETWEEN
    return Keys(tuple(places))


def _draw_mark(sheet: Sheet, mark: str, left: float, middle: float) -> None:
    light = sheet.theme.light
    centre = left + SAMPLE / 2
    across = [((left, middle), (left + SAMPLE, middle))]
    if mark == "target":
        sheet.lines([((centre, middle - 5), (centre, middle + 5))], colour=light.ink, width=1.8)
    elif mark == "zero":
        sheet.lines(across, colour=light.faint, width=0.8)
        sheet.dots([(centre, middle)], colour=light.faint, size=ZERO_DOT, hollow=True)
    else:
        indicative = mark == "indicative"
        sheet.lines(across, colour=light.accent, width=1.6, style=DASHED if indicative else "-")
        sheet.dots([(centre, middle)], colour=light.accent, size=DOT, hollow=indicative)
