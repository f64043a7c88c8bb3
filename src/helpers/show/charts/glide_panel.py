"""One panel of the glide paths: a heading, the line to the target, the scores, labelled where they stand."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from helpers.show.charts.axis import Axis
from helpers.show.charts.glide_data import Path, Wave
from helpers.show.charts.lettering import REGULAR, SEMIBOLD, shortened, width
from helpers.show.charts.sheet import DASHED, DOTTED, Segment, Sheet
from helpers.show.language import Language

KIND = "glide_path"
TITLE_LINE = 10.0
TITLE_ABOVE = 45.0
AIM_ABOVE = 34.0
PILL_ABOVE = 17.0
YEAR_ROOM = 20.0
MARK = 5.0
LEAST_SLACK = 20
STEPS = 40

Box = tuple[float, float, float, float]
"""Left, top, right and bottom in points."""


@dataclass(frozen=True)
class Place:
    """Where a panel is: left, top and height of its plot, its width with the target's label, in points.

    A ``numbered`` panel has the scores of its axis printed at its left.
    """

    left: float
    top: float
    width: float
    height: float
    numbered: bool


@dataclass(frozen=True)
class Panel:
    """One target on the sheet."""

    sheet: Sheet
    path: Path
    title: tuple[str, ...]
    place: Place
    scores: Axis
    words: Language

    @property
    def left(self) -> float:
        """Where the plot begins."""
        return self.place.left

    @property
    def right(self) -> float:
        """Where the plot ends; the target's label stands beyond it."""
        return self.left + self.place.width - self.sheet.theme.margin[KIND].right

    @property
    def top(self) -> float:
        """Where the plot begins, from above."""
        return self.place.top

    @property
    def bottom(self) -> float:
        """Where the plot ends, from above."""
        return self.top + self.place.height

    @cached_property
    def days(self) -> tuple[dt.date, dt.date]:
        """First and last day of the plot: all that is drawn, and a little room."""
        first, last = min(self.path.days), max(self.path.days)
        slack = dt.timedelta(days=max(LEAST_SLACK, (last - first).days // 16))
        return first - slack, last + slack

    def x(self, day: dt.date) -> float:
        """Return where a day stands."""
        first, last = self.days
        return self.left + (day - first).days / (last - first).days * (self.right - self.left)

    def y(self, score: float) -> float:
        """Return where a score stands."""
        return self.scores.place(score, start=self.bottom, length=-self.place.height)

    def score(self, value: float) -> str:
        """Write a score in the target's unit."""
        return self.words.measure(value, self.path.unit)


def draw(panel: Panel) -> None:
    """Draw a panel on its sheet."""
    _draw_heading(panel)
    _draw_scores_axis(panel)
    _draw_years(panel)
    _draw_line(panel)
    _draw_waves(panel)
    _draw_labels(panel)


def _draw_heading(panel: Panel) -> None:
    _ = panel.words.text
    sheet, path, light = panel.sheet, panel.path, panel.sheet.theme.light
    first = panel.top - TITLE_ABOVE - TITLE_LINE * (len(panel.title) - 1)
    for place, line in enumerate(panel.title):
        sheet.text(panel.left, first + place * TITLE_LINE, line, weight=SEMIBOLD)
    aim = _("target {score} on {day}", score=panel.score(path.target), day=panel.words.date(path.due))
    size = sheet.theme.size["small"]
    aim = shortened(aim, room=panel.place.width, size=size)
    sheet.text(panel.left, panel.top - AIM_ABOVE, aim, colour=light.muted)
    if path.verdict in light.verdict:
        word = shortened(path.verdict_text, room=panel.place.width - size, size=size, weight=SEMIBOLD)
        sheet.pill(panel.left, panel.top - PILL_ABOVE, word, tone=light.verdict[path.verdict])
    else:
        said = _dated(panel) if path.hidden_now else path.verdict_text or _dated(panel)
        word = shortened(said, room=panel.place.width, size=size)
        sheet.text(panel.left, panel.top - PILL_ABOVE, word, colour=light.muted, style="italic")


def _dated(panel: Panel) -> str:
    """Say of when the last score is, where no verdict says that it is the score of now."""
    if not panel.path.waves:
        return ""
    day = panel.path.waves[-1].date
    if panel.path.hidden_now:
        return panel.words.text("now hidden; before: {day}", day=panel.words.short_date(day))
    return panel.words.text("last shown: {day}", day=panel.words.date(day))


def _draw_scores_axis(panel: Panel) -> None:
    sheet, light = panel.sheet, panel.sheet.theme.light
    left, right = panel.left, panel.right
    heights = {tick: panel.y(tick) for tick in panel.scores.ticks}
    sheet.lines([((left, y), (right, y)) for y in heights.values()], colour=light.rule, width=0.5)
    for tick, y in heights.items() if panel.place.numbered else ():
        sheet.text(left - 5, y + 2.8, panel.score(tick), colour=light.muted, align="right")


def _draw_years(panel: Panel) -> None:
    sheet, light = panel.sheet, panel.sheet.theme.light
    left, right, (first, last) = panel.left, panel.right, panel.days
    sheet.lines([((left, panel.bottom), (right, panel.bottom))], colour=light.faint, width=0.7)
    for year in range(first.year, last.year + 1):
        start = max(left, panel.x(dt.date(year, 1, 1)))
        end = min(right, panel.x(dt.date(year + 1, 1, 1)))
        if start > left:
            sheet.lines([((start, panel.bottom), (start, panel.bottom + 4))], colour=light.faint, width=0.7)
        if end - start >= YEAR_ROOM:
            middle = (start + end) / 2
            sheet.text(middle, panel.bottom + 13, str(year), colour=light.muted, align="center")


def _draw_line(panel: Panel) -> None:
    sheet, path, light = panel.sheet, panel.path, panel.sheet.theme.light
    x, y = panel.x(path.due), panel.y(path.target)
    sheet.lines([((x, panel.bottom), (x, y))], colour=light.faint, width=0.9, style=DOTTED)
    if path.start:
        start = panel.x(path.start.date), panel.y(path.start.score)
        sheet.lines([(start, (x, y))], colour=light.faint, width=1.1, style=DASHED)
    sheet.lines([((x - MARK, y), (x + MARK, y))], colour=light.ink, width=1.8, layer=4)


def _draw_waves(panel: Panel) -> None:
    sheet, light, waves = panel.sheet, panel.sheet.theme.light, panel.path.waves
    points = [(panel.x(wave.date), panel.y(wave.score)) for wave in waves]
    steps: list[Segment] = list(pairwise(points))
    sheet.lines(steps, colour=light.accent, width=0.8, layer=2)
    earlier = len(waves) if panel.path.old else len(waves) - 1
    sheet.lines([_interval(panel, wave) for wave in waves[:earlier]], colour=light.accent, width=0.8, layer=2)
    sheet.lines([_interval(panel, wave) for wave in waves[earlier:]], colour=light.accent, width=2.0, layer=2)
    sheet.dots(points[:earlier], colour=light.accent, size=3.6)
    sheet.dots(points[earlier:], colour=light.accent, size=7.0)
    if panel.path.start:
        start = panel.x(panel.path.start.date), panel.y(panel.path.start.score)
        sheet.dots([start], colour=light.muted, size=5.0, hollow=True)


def _interval(panel: Panel, wave: Wave) -> Segment:
    x = panel.x(wave.date)
    low, high = (wave.score if limit is None else limit for limit in (wave.low, wave.high))
    return (x, panel.y(low)), (x, panel.y(high))


def _draw_labels(panel: Panel) -> None:
    sheet, path, size = panel.sheet, panel.path, panel.sheet.theme.size["small"]
    x, y = panel.x(path.due), panel.y(path.target)
    aim = panel.score(path.target)
    wide = width(aim, size=size)
    taken = [(x - MARK, y - 2, x + MARK, y + 2), *(_box(_interval(panel, wave)) for wave in path.waves)]
    dots = [(panel.x(wave.date), panel.y(wave.score)) for wave in path.waves]
    taken += [(left - 4, top - 4, left + 4, top + 4) for left, top in dots]
    places = [(x + MARK + 2, y), (x - wide / 2, y + 9), (x - wide / 2, y - 9), (x - MARK - 2 - wide, y - 8)]
    places += [(x - MARK - 2 - wide, y + 10), (x - wide / 2, y - 18), (x - wide / 2, y + 18)]
    boxes = [(left, middle - 5, left + wide, middle + 5) for left, middle in places]
    box = _freest([boxes[0], *(box for box in boxes[1:] if box[3] < panel.bottom)], taken)
    sheet.text(box[0], box[3] - 2.2, aim, backed=True)
    taken.append(box)
    if path.waves:
        taken.append(_label(panel, path.waves[-1], [*taken, *_on_the_line(panel)], emphasised=not path.old))
    if path.start:
        _label(panel, path.start, [*taken, *_on_the_line(panel)], emphasised=False)


def _label(panel: Panel, wave: Wave, taken: list[Box], *, emphasised: bool) -> Box:
    """Write a score beside its dot, on the first side where nothing else stands."""
    sheet, text = panel.sheet, panel.score(wave.score)
    weight = SEMIBOLD if emphasised else REGULAR
    half = width(text, size=sheet.theme.size["small"], weight=weight) / 2
    same_day = [_box(_interval(panel, other)) for other in panel.path.waves if other.date == wave.date]
    top = min([panel.y(wave.score) - MARK, *(box[1] for box in same_day)])
    bottom = max([panel.y(wave.score) + MARK, *(box[3] for box in same_day)])
    x = max(panel.x(wave.date), panel.left + half)
    aside = (x - half - MARK - 3, x + half + MARK + 3)
    centres = [(x, top - 6), (x, bottom + 6), (aside[0] + 4, top - 4), (aside[0] + 4, bottom + 4)]
    centres += [(cx, panel.y(wave.score) + down) for down in (0, -9, 9, -18, 18) for cx in aside]
    boxes = [(cx - half, cy - 4, cx + half, cy + 4) for cx, cy in centres]
    inside = [box for box in boxes if box[0] >= panel.left and panel.top - 9 <= box[1] and box[3] < panel.bottom]
    box = _freest(inside or boxes, taken)
    colour = sheet.theme.light.ink if emphasised else sheet.theme.light.muted
    sheet.text(box[0], box[3] - 1.2, text, weight=weight, colour=colour, backed=True)
    return box


def _on_the_line(panel: Panel) -> list[Box]:
    """Return small boxes along the line from start to target, which a label should not cover."""
    path = panel.path
    if not path.start:
        return []
    x, y = panel.x(path.start.date), panel.y(path.start.score)
    across, down = panel.x(path.due) - x, panel.y(path.target) - y
    points = [(x + across * step / STEPS, y + down * step / STEPS) for step in range(STEPS + 1)]
    return [(left - 1, top - 1, left + 1, top + 1) for left, top in points]


def _box(segment: Segment) -> Box:
    (x, bottom), (_x, top) = segment
    return x - 2, top - 1, x + 2, bottom + 1


def _freest(boxes: list[Box], taken: list[Box]) -> Box:
    return min(boxes, key=lambda box: sum(_shared(box, other) for other in taken))


def _shared(first: Box, second: Box) -> float:
    """Return how much two boxes cover of each other."""
    across = min(first[2], second[2]) - max(first[0], second[0])
    down = min(first[3], second[3]) - max(first[1], second[1])
    return across * down if across > 0 and down > 0 else 0.0
