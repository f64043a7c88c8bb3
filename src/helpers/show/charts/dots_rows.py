"""The rows of a dot-and-interval chart: which groups fit on a page, and where each stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from helpers.show.charts.dots_data import Group
from helpers.show.charts.lettering import SEMIBOLD, shortened, wrapped
from helpers.show.theme import Theme

KIND = "dot_and_interval"
ROW = 19.0
SECOND_LINE = 10.0
HEADING = 26.0
BELOW = 6.0  # the zero measurement stands so far below the score
MOST_HEIGHT = 640.0  # of the rows, so that a chart with its caption fits on a page
FEWEST = 5  # rows of a heading that is cut; with fewer it says too little about highest and lowest


@dataclass(frozen=True)
class Part:
    """A heading with its groups, sorted; where it was cut, so many groups are left out at a place."""

    groups: tuple[Group, ...]
    gap: int = 0
    gap_at: int = 0

    @property
    def heading(self) -> str:
        """What stands above the groups; empty above the whole."""
        return self.groups[0].heading


@dataclass(frozen=True)
class Line:
    """A heading, a gap (so many groups) or a group; ``top`` and ``height`` in points."""

    top: float
    height: float
    texts: tuple[str, ...]
    group: Group | None = None
    gap: int = 0

    @property
    def bottom(self) -> float:
        """Where the line ends."""
        return self.top + self.height

    @property
    def middle(self) -> float:
        """Where the score stands."""
        return self.top + (self.height - (BELOW if self.group and self.group.zero is not None else 0)) / 2


def fitting(groups: Sequence[Group], *, top: float, theme: Theme) -> list[Part]:
    """Choose what is drawn when the rows do not fit on a page.

    A crossing goes first; then whole headings stay in order while they fit. A heading that is too long for
    any page keeps its highest and its lowest groups.
    """
    parts = [Part(tuple(own)) for _heading, own in groupby(groups, key=lambda group: group.heading)]
    room = MOST_HEIGHT - top
    while _tall(parts, theme) > room and any(part.heading and not part.groups[0].crossing for part in parts):
        crossings = [place for place, part in enumerate(parts) if part.groups[0].crossing]
        if not crossings:
            break
        parts.pop(crossings[-1])
    kept: list[Part] = []
    for part in parts:
        left = room - _tall(kept, theme)
        if _tall([part], theme) <= left:
            kept.append(part)
            continue
        shorter = _cut(part, room=left, theme=theme)
        alone = _tall([part], theme) > room or not any(earlier.heading for earlier in kept)
        return [*kept, shorter] if alone and (len(shorter.groups) >= FEWEST or not kept) else kept
    return kept


def lines(parts: Sequence[Part], *, top: float, theme: Theme) -> list[Line]:
    """Place the headings, groups and gaps below each other."""
    size = theme.size["small"]
    placed: list[Line] = []
    for part in parts:
        if part.heading:
            heading = shortened(part.heading, room=theme.page["width"], size=size, weight=SEMIBOLD)
            placed.append(Line(placed[-1].bottom if placed else top, HEADING, (heading,)))
        for place, group in enumerate(part.groups):
            if part.gap and place == part.gap_at:
                placed.append(Line(placed[-1].bottom if placed else top, ROW, (), gap=part.gap))
            start = placed[-1].bottom if placed else top
            placed.append(Line(start, _row(group, theme), _texts(group, theme), group))
        if part.gap and part.gap_at == len(part.groups):
            placed.append(Line(placed[-1].bottom, ROW, (), gap=part.gap))
    return placed


def _cut(part: Part, *, room: float, theme: Theme) -> Part:
    """Take groups from both ends in turn while they fit; those without a score stand in no order and go first."""
    scored = [group for group in part.groups if group.score is not None] or list(part.groups)
    used = HEADING * bool(part.heading) + ROW
    first, last = 0, len(scored)
    while first < last:
        from_above = first <= len(scored) - last
        used += _row(scored[first if from_above else last - 1], theme)
        if used > room:
            break
        first, last = (first + 1, last) if from_above else (first, last - 1)
    kept = (*scored[:first], *scored[last:])
    return Part(kept or part.groups[:1], gap=len(part.groups) - len(kept or part.groups[:1]), gap_at=first)


def _tall(parts: Sequence[Part], theme: Theme) -> float:
    return sum(
        HEADING * bool(part.heading) + ROW * bool(part.gap) + sum(_row(group, theme) for group in part.groups)
        for part in parts
    )


def _row(group: Group, theme: Theme) -> float:
    return ROW + SECOND_LINE * (len(_texts(group, theme)) - 1) + BELOW * (group.zero is not None)


def _texts(group: Group, theme: Theme) -> tuple[str, ...]:
    return wrapped(group.label, room=theme.margin[KIND].left - 12, size=theme.size["small"])
