"""One row of the Gantt chart: the step's name, its bars, and how it stands in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from helpers.show.charts.gantt_data import Span, Step
from helpers.show.charts.lettering import REGULAR, SEMIBOLD, shortened, wrapped
from helpers.show.charts.sheet import Segment, Sheet

KIND = "gantt"
BAR = 6.0
GAP = 2.0
SAMPLE = 20.0
SHORTEST = 2.5
HATCH = 4.0
NUMBER = 22.0
LINE = 10.0
ASIDE = 7.0
DATELESS = ("not_planned", "deliberately_not")


@dataclass(frozen=True)
class Board:
    """The sheet with its axis of time."""

    sheet: Sheet
    span: tuple[dt.date, dt.date]
    as_of: dt.date

    @property
    def left(self) -> float:
        """Where time begins."""
        return self.sheet.theme.margin[KIND].left

    @property
    def right(self) -> float:
        """Where time ends; how each step stands is written beyond it."""
        return self.sheet.width - self.sheet.theme.margin[KIND].right

    def x(self, day: dt.date) -> float:
        """Return where a day stands."""
        first, last = self.span
        return self.left + (day - first).days / (last - first).days * (self.right - self.left)


def month_after(day: dt.date, months: int) -> dt.date:
    """Return the first day of the month that many months later.

    Examples
    --------
    >>> month_after(dt.date(2026, 11, 30), 2)
    datetime.date(2027, 1, 1)
    """
    count = day.year * 12 + day.month - 1 + months
    return dt.date(count // 12, count % 12 + 1, 1)


def draw(board: Board, step: Step, *, top: float, height: float) -> None:
    """Draw a step in the row that begins at a height."""
    sheet, rule = board.sheet, board.sheet.theme.light.rule
    sheet.lines([((0, top), (sheet.width, top))], colour=rule, width=0.5)
    middle = top + height / 2
    _draw_name(board, step, middle)
    _draw_status(board, step, middle)
    upper, lower = middle - BAR - GAP / 2, middle + GAP / 2
    for mark, span, at in (
        ("planned", step.planned, upper),
        ("actual", step.actual(board.as_of), lower),
        ("overdue", step.late(board.as_of), upper),
    ):
        if span:
            _draw_span(board, mark, span, at)


def draw_bar(sheet: Sheet, mark: str, left: float, right: float, top: float) -> None:
    """Draw a bar: planned is light, actual is full, overdue is hatched between two lines."""
    light = sheet.theme.light
    if mark == "overdue":
        edge = light.verdict["behind"].paper
        sheet.lines(_hatched(left, right, top), colour=edge, width=0.9, layer=2)
        return
    colour = light.faint if mark == "planned" else light.accent
    sheet.box(left, top, width=right - left, height=BAR, colour=colour, layer=2)


def _draw_name(board: Board, step: Step, middle: float) -> None:
    sheet, light = board.sheet, board.sheet.theme.light
    lines = wrapped(step.label, room=board.left - NUMBER - ASIDE, size=sheet.theme.size["small"])
    first = middle + 2.8 - LINE / 2 * (len(lines) - 1)
    sheet.text(0, first, step.number, colour=light.muted)
    for place, line in enumerate(lines):
        sheet.text(NUMBER, first + LINE * place, line)


def _draw_status(board: Board, step: Step, middle: float) -> None:
    sheet, light = board.sheet, board.sheet.theme.light
    size, room = sheet.theme.size["small"], sheet.width - board.right - ASIDE
    if step.status in DATELESS and not step.days:
        words = shortened(step.status_text, room=board.right - board.left, size=size)
        sheet.text(board.left + ASIDE, middle + 2.8, words, colour=light.muted, style="italic", backed=True)
        return
    weight = SEMIBOLD if step.overdue else REGULAR
    lines = wrapped(step.status_text, room=room, size=size, weight=weight)
    first = middle + 2.8 - LINE / 2 * (len(lines) - 1)
    for place, line in enumerate(lines):
        sheet.text(board.right + ASIDE, first + LINE * place, line, weight=weight)


def _draw_span(board: Board, mark: str, span: Span, top: float) -> None:
    """Draw a stretch of time; one of a single day is a short bar, so that it can be seen."""
    left, right = board.x(span[0]), board.x(span[1] + dt.timedelta(days=1))
    right = min(max(right, left + SHORTEST), board.right)
    draw_bar(board.sheet, mark, min(left, right - SHORTEST), right, top)


def _hatched(left: float, right: float, top: float) -> list[Segment]:
    """Return strokes from low left to high right, cut off at both ends, between an upper and a lower line."""
    bottom = top + BAR
    edges: list[Segment] = [((left, top), (right, top)), ((left, bottom), (right, bottom))]
    edges.append(((right, top), (right, bottom)))
    start = left - BAR + HATCH
    while start < right:
        begin, end = max(start, left), min(start + BAR, right)
        edges.append(((begin, bottom - (begin - start)), (end, bottom - (end - start))))
        start += HATCH
    return edges
