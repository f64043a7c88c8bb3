"""The road as a Gantt chart: per step what was planned and what happened, up to the line of today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pandas as pd

from helpers.show.blocks import Content
from helpers.show.charts import gantt_data, gantt_row, parts
from helpers.show.charts.gantt_data import Step
from helpers.show.charts.gantt_row import KIND, Board, month_after
from helpers.show.charts.lettering import SEMIBOLD, width
from helpers.show.charts.sheet import DASHED, Sheet, settings
from helpers.show.language import Language
from helpers.show.theme import Theme

ROW = 26.0
TODAY_ABOVE = 6.0
TICKS_BELOW = 13.0
KEY_BELOW = 31.0
TICK_ROOM = 46.0
MONTHS = (1, 2, 3, 6, 12, 24, 36, 60)
NARROWEST = 56


def gantt(
    table: pd.DataFrame,
    *,
    as_of: dt.date,
    words: Language,
    theme: Theme,
    identifier: str = "gantt",
    caption: str | None = None,
) -> Content:
    """Draw per step its planned and its actual stretch of time.

    Parameters
    ----------
    table
        One row per step, in the order to draw: ``number``, ``label``, ``planned_start``, ``planned_end``,
        ``actual_start``, ``actual_end`` (days or missing), ``status`` (``done, under_way, not_started,
        not_planned, deliberately_not``), ``status_text``, ``overdue`` (bool).
    as_of
        The day of the line; what is under way runs up to it, and what is overdue is hatched up to it.
    words, theme
        The reader's language and the look.
    identifier
        The block's id, unique in the report.
    caption
        Default says what is drawn.

    Returns
    -------
    dict
        A chart block with a row per step; a step without any day says its status in words. Its table has one
        row per step.

    Raises
    ------
    ValueError
        When a column is missing, there is no step, or no step has a day.
    """
    _ = words.text
    steps = gantt_data.steps(table)
    caption = caption or _("The road: planned and actual, up to {day}", day=words.date(as_of))
    with settings(theme, identifier):
        sheet = _drawn(steps, as_of, words=words, theme=theme)
        alt = gantt_data.described(steps, as_of=as_of, words=words)
        data = gantt_data.table(identifier, steps, words=words, caption=caption)
        return parts.chart(identifier, sheet, words=words, caption=caption, alt=alt, table=data)


def _drawn(steps: Sequence[Step], as_of: dt.date, *, words: Language, theme: Theme) -> Sheet:
    margin = theme.margin[KIND]
    bottom = margin.top + ROW * len(steps)
    sheet = Sheet(theme, height=bottom + margin.bottom)
    board = Board(sheet, _span(steps, as_of), as_of)
    _draw_time(board, bottom, words)
    for place, step in enumerate(steps):
        gantt_row.draw(board, step, top=margin.top + ROW * place, height=ROW)
    _draw_today(board, bottom, words)
    _draw_key(board, bottom + KEY_BELOW, steps, words)
    return sheet


def _span(steps: Sequence[Step], as_of: dt.date) -> tuple[dt.date, dt.date]:
    """Return first and last day of the axis: whole months around every day that is drawn."""
    days = [as_of, *(day for step in steps for day in step.days)]
    first, last = min(days).replace(day=1), month_after(max(days), 1)
    return first, max(last, month_after(first + dt.timedelta(days=NARROWEST), 1))


def _draw_time(board: Board, bottom: float, words: Language) -> None:
    sheet, light = board.sheet, board.sheet.theme.light
    ticks = _ticks(board)
    top = sheet.theme.margin[KIND].top
    sheet.lines([((board.x(day), top), (board.x(day), bottom)) for day in ticks], colour=light.rule, width=0.5)
    sheet.lines([((board.left, bottom), (board.right, bottom))], colour=light.faint, width=0.7)
    for day in ticks:
        sheet.lines([((board.x(day), bottom), (board.x(day), bottom + 4))], colour=light.faint, width=0.7)
        sheet.text(board.x(day), bottom + TICKS_BELOW, words.month(day), colour=light.muted, align="center")


def _ticks(board: Board) -> list[dt.date]:
    """Choose the first days of months that leave their names room."""
    first, last = board.span
    months = (last.year - first.year) * 12 + last.month - first.month
    room = max(1, int((board.right - board.left) // TICK_ROOM))
    step = next((one for one in MONTHS if months / one <= room), MONTHS[-1])
    # from January on in steps that divide a year, so that the same months come back every year
    start = next(month_after(first, k) for k in range(step) if month_after(first, k).month % min(step, 12) == 1 % step)
    found = [start]
    while month_after(found[-1], step) <= last:
        found.append(month_after(found[-1], step))
    return found


def _draw_today(board: Board, bottom: float, words: Language) -> None:
    sheet, ink = board.sheet, board.sheet.theme.light.ink
    top = sheet.theme.margin[KIND].top
    x, said = board.x(board.as_of), words.date(board.as_of)
    sheet.lines([((x, top - TODAY_ABOVE / 2), (x, bottom))], colour=ink, width=0.9, style=DASHED, layer=4)
    half = width(said, size=sheet.theme.size["small"], weight=SEMIBOLD) / 2
    sheet.text(min(max(x, half), sheet.width - half), top - TODAY_ABOVE, said, weight=SEMIBOLD, align="center")


def _draw_key(board: Board, baseline: float, steps: Sequence[Step], words: Language) -> None:
    """Say what each bar is, as far as it occurs."""
    _ = words.text
    sheet, left = board.sheet, board.left
    occurs = {
        "planned": (_("planned"), any(step.planned for step in steps)),
        "actual": (_("actual"), any(step.actual(board.as_of) for step in steps)),
        "overdue": (_("overdue"), any(step.late(board.as_of) for step in steps)),
    }
    for mark, (text, there) in occurs.items():
        if there:
            gantt_row.draw_bar(sheet, mark, left, left + gantt_row.SAMPLE, baseline - gantt_row.BAR - 0.5)
            sheet.text(left + gantt_row.SAMPLE + 4, baseline, text, colour=sheet.theme.light.muted)
            left += gantt_row.SAMPLE + 20 + width(text, size=sheet.theme.size["small"])
