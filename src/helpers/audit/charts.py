"""What drawings say of hidden cells: texts in the row of a group, and marks by the axis or by their colour."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from helpers.audit.colours import between_colours
from helpers.audit.known import Key, Known, Range
from helpers.audit.learning import Learnt, Reader
from helpers.audit.names import Names
from helpers.audit.numbers import Printed, printed
from helpers.audit.pieces import Drawing, Grid, GridCell, GridRow, Lettering, Mark
from helpers.audit.published import Fact, Scope
from helpers.audit.readings import FITS, ReadGrid

SAME_LINE = 1.5
"""How far apart letterings of one row may hang."""
TICKS = 3
"""From so many numbers on one line they are an axis."""
STRAIGHT = 0.02
"""How far ticks may be off their straight line, as a share of its length."""
POINT_WIDTH = 16.0
"""A mark that is wider is a bar or an interval."""
SAME_SIZE = 0.5
WIDEST = 300.0
"""What is wider is a line across the whole chart."""
MIDDLE = 0.35
LETTER = 8.0
"""The size of the letters; a row's marks stand as high as the middle of a small letter beside them."""
SLACK = 1.0
"""Half the width of what one mark may mean, in units of the drawing."""
SCORES = ("score", "low", "high", "unweighted")


@dataclass(frozen=True)
class ChartRow:
    """One row of a chart: the group that it is named by and the height of its name."""

    scopes: frozenset[Scope]
    y: float


@dataclass(frozen=True)
class Axis:
    """A horizontal axis: a value is ``start + slope * x``."""

    start: float
    slope: float

    def value(self, x: float) -> float:
        """Return the value at a place."""
        return self.start + self.slope * x


def grid_of(drawing: Drawing) -> Grid:
    """Return the letterings of a chart as a table: by line, and by how and where they hang.

    Parameters
    ----------
    drawing
        The chart.
    """
    lines: dict[float, list[Lettering]] = {}
    for one in sorted(drawing.letterings, key=lambda each: (each.y, each.x)):
        line = next((y for y in lines if abs(y - one.y) <= SAME_LINE), one.y)
        lines.setdefault(line, []).append(one)
    styles = sorted({one.style for one in drawing.letterings})
    rows, heading = [], ""
    for number, y in enumerate(sorted(lines), start=1):
        first = min(lines[y], key=lambda one: one.x)
        others = [one for one in lines[y] if one is not first]
        cells = {styles.index(one.style): GridCell(one.text) for one in others}
        heading = heading if others else first.text
        rows.append(GridRow((heading, first.text) if others else (first.text,), cells, f"line {number}"))
    return Grid(drawing.place, drawing.title, {}, tuple(rows))


def facts_of_marks(drawing: Drawing, letterings: ReadGrid, reader: Reader) -> Iterator[Fact]:
    """Yield what the marks in the row of a hidden group say of its score.

    Parameters
    ----------
    drawing
        The chart.
    letterings
        Its letterings as :func:`grid_of` has them, read.
    reader
        Who reads it.

    Notes
    -----
    A mark counts when its look occurs in no other row, or stands for figures in those; a look that stands for something
    else in other rows, such as a target, does not.
    """
    known = reader.known
    rows = list(_rows(drawing, reader.names))
    about = _about(drawing, letterings, reader.learnt)
    hidden = [(row, one) for row in rows if (one := _hidden(row, about, known))]
    axis = _axis(drawing, reader.language) if hidden else None
    if not hidden:
        return
    marks = _by_row(drawing, rows)
    for row, (scope, (metric_of, period, identity)) in hidden:
        for mark in marks[row.y]:
            place = f"{drawing.place}, a mark in the row of {' › '.join(value for _, value in scope)}"
            alike = [
                (each, other) for each in rows if each is not row for other in marks[each.y] if _alike(mark, other)
            ]
            if axis and (told := _by_axis(mark, scope, axis, alike, known)):
                yield Fact(identity, "score", *told, place)
            coloured = [(each, other) for each in rows if each is not row for other in marks[each.y]]
            if told := _by_colour(mark, coloured, Key(metric_of, period, "score"), known):
                yield Fact(identity, "score", *told, f"{place}, by its colour")


def _rows(drawing: Drawing, names: Names) -> Iterator[ChartRow]:
    above: list[Scope] = []
    heading = ""
    by_line: dict[float, list[Lettering]] = defaultdict(list)
    for one in drawing.letterings:
        by_line[round(one.y, 1)].append(one)
    for y in sorted(by_line):
        first = min(by_line[y], key=lambda one: one.x)
        heading = first.text if len(by_line[y]) == 1 else heading
        scopes = names.of((heading, first.text), above) if len(by_line[y]) > 1 else names.of((first.text,), above)
        if scopes:
            above = [*sorted(scopes), *above]
        yield ChartRow(scopes or frozenset({()}), y)


def _about(drawing: Drawing, letterings: ReadGrid, learnt: Learnt) -> set[tuple[str, str]]:
    """Return the metrics and periods that a chart is of; an empty period is any, an empty set all."""
    of = [{(key.metric, key.period) for key in keys if key.metric} for keys in letterings.readings.values()]
    if of and (common := set.intersection(*of) or set.union(*of)):
        return common
    return {(metric, "") for metric in learnt.metrics_in(drawing.title.casefold())[:1]}


def _hidden(row: ChartRow, about: set[tuple[str, str]], known: Known) -> tuple[Scope, tuple[str, str, str]] | None:
    for scope in sorted(row.scopes):
        found = [one for one in known.hidden_of(scope) if not about or {(one[0], one[1]), (one[0], "")} & about]
        if scope and found:
            return scope, found[0]
    return None


def _axis(drawing: Drawing, language: str) -> Axis | None:
    by_line: dict[float, list[tuple[float, float]]] = defaultdict(list)
    for one in drawing.letterings:
        numbers = printed(one.text, language=language)
        if len(numbers) == 1 and not any(map(str.isalpha, one.text)) and "middle" in one.style:
            by_line[round(one.y, 1)].append((one.x, numbers[0].middle))
    for ticks in sorted(by_line.values(), key=len, reverse=True):
        if len(ticks) >= TICKS and (axis := _fitted(ticks)):
            return axis
    return None


def _fitted(ticks: Sequence[tuple[float, float]]) -> Axis | None:
    x, value = np.array(ticks).T
    if np.ptp(x) == 0 or np.ptp(value) == 0:
        return None
    slope, start = np.polyfit(x, value, 1)
    off = np.abs(start + slope * x - value).max()
    return Axis(float(start), float(slope)) if off <= STRAIGHT * np.ptp(value) else None


def _by_row(drawing: Drawing, rows: Sequence[ChartRow]) -> dict[float, list[Mark]]:
    """Return the marks of each row: those that are no higher than the rows are apart, by the nearest name."""
    heights = np.array([row.y for row in rows])
    apart = float(np.median(np.diff(heights))) if len(rows) > 1 else 20.0
    found: dict[float, list[Mark]] = defaultdict(list)
    for mark in drawing.marks:
        middle = (mark.top + mark.bottom) / 2
        nearest = int(np.argmin(np.abs(heights - MIDDLE * LETTER - middle))) if len(rows) else 0
        near = abs(heights[nearest] - MIDDLE * LETTER - middle) <= 0.4 * apart
        if (
            near
            and mark.bottom - mark.top <= apart
            and "#ffffff" not in (mark.fill if "stroke" not in mark.style else "")
        ):
            found[rows[nearest].y].append(mark)
    return found


def _alike(one: Mark, other: Mark) -> bool:
    wide = _same_width(one, other) or one.right - one.left > POINT_WIDTH
    high = abs((one.bottom - one.top) - (other.bottom - other.top)) <= SAME_SIZE
    return one.style == other.style and wide and high


def _same_width(one: Mark, other: Mark) -> bool:
    return abs((one.right - one.left) - (other.right - other.left)) <= SAME_SIZE


def _by_axis(
    mark: Mark, scope: Scope, axis: Axis, alike: Sequence[tuple[ChartRow, Mark]], known: Known
) -> Range | None:
    if mark.right - mark.left > WIDEST:
        return None
    told = _decoded(mark, axis)
    if mark.right - mark.left <= POINT_WIDTH and _stands_for_figure(scope, told, known):
        return None
    fitting = [_stands_for_figure(next(iter(row.scopes)), _decoded(other, axis), known) for row, other in alike]
    return told if not fitting or sum(fitting) >= FITS * len(fitting) else None


def _decoded(mark: Mark, axis: Axis) -> Range:
    if mark.right - mark.left <= POINT_WIDTH:
        middle = (mark.left + mark.right) / 2
        ends = (axis.value(middle - SLACK), axis.value(middle + SLACK))
    else:
        ends = (axis.value(mark.left), axis.value(mark.right))
    return Range(min(ends), max(ends))


def _stands_for_figure(scope: Scope, told: Range, known: Known) -> bool:
    number = Printed(told.low, told.high, False, False, 0, -1, -1)
    return any(known.keys[place].quantity in SCORES for place in known.agreeing(scope, number)[1])


def _by_colour(mark: Mark, others: Sequence[tuple[ChartRow, Mark]], key: Key, known: Known) -> Range | None:
    shown = []
    for row, other in others:
        identity = known.ids.get((key.metric, next(iter(row.scopes)), key.period), "")
        if (score := known.figure(identity, "score")) and _same_width(mark, other):
            shown.append((other.fill, (score.low + score.high) / 2))
    return between_colours(mark.fill, shown)
