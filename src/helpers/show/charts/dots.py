"""Dot and interval: the score of each group with its interval, sorted, hidden groups last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from helpers.show.blocks import Content
from helpers.show.charts import dots_data, dots_key, dots_rows, parts
from helpers.show.charts.axis import Axis, axis
from helpers.show.charts.dots_data import Group
from helpers.show.charts.dots_rows import BELOW, KIND, SECOND_LINE, Line
from helpers.show.charts.lettering import SEMIBOLD, shortened, width
from helpers.show.charts.sheet import DASHED, Sheet, settings
from helpers.show.language import Language, Unit
from helpers.show.theme import Theme

HEAD = 9.0
SCORE_ROOM = 30.0  # for the printed score right of the widest interval


@dataclass(frozen=True)
class _Plot:
    """The sheet with its axis of scores."""

    sheet: Sheet
    axis: Axis
    unit: Unit
    words: Language

    def x(self, value: float) -> float:
        margin = self.sheet.theme.margin[KIND]
        length = self.sheet.width - margin.left - margin.right - SCORE_ROOM
        return self.axis.place(value, start=margin.left, length=length)


def dot_and_interval(
    table: pd.DataFrame,
    *,
    words: Language,
    theme: Theme,
    identifier: str = "dot-and-interval",
    caption: str | None = None,
    unit: Unit = "points",
) -> Content:
    """Draw each group's score as a dot in its interval, highest first.

    Parameters
    ----------
    table
        One row per group: ``label``, ``score``, ``low``, ``high`` (in the unit; missing where not known),
        ``n`` (answers). Optional: ``group`` (heading above its rows, in order of appearance), ``shown``
        (bool, default true), ``hidden_because`` (why a score is hidden, in words),
        ``indicative`` (bool: a small group, drawn hollow and dashed), ``crossing`` (bool: its heading
        crosses two groupings), ``zero``, ``zero_low``, ``zero_high`` (the zero measurement), ``target``.
    words, theme
        The reader's language and the look.
    identifier
        The block's id, unique in the report.
    caption
        Default says what is drawn.
    unit
        Of score and interval: ``points`` (−100…100), ``scale`` or ``percent`` (0…100).

    Returns
    -------
    dict
        A chart block; its table has one row per group, in the order drawn. A hidden row's numbers are
        neither drawn nor in the table, whatever its record holds, and the axis does not know them. When
        the rows are more than fit on a page, crossings go first, then the last headings; of a heading that
        is too long for any page the highest and the lowest groups stay. The chart says how many
        are not drawn.

    Raises
    ------
    ValueError
        When a column is missing or the table is empty.
    """
    _ = words.text
    groups = dots_data.ordered(parts.records(table, needs=dots_data.NEEDS, chart=KIND))
    caption = caption or _("Scores with their intervals, highest first")
    with settings(theme, identifier):
        sheet, left_out = _drawn(groups, words=words, theme=theme, unit=unit)
        data = dots_data.table(identifier, groups, words=words, caption=caption, unit=unit)
        alt = " ".join(filter(None, (dots_data.described(groups, words=words, unit=unit), left_out)))
        return parts.chart(identifier, sheet, words=words, caption=caption, alt=alt, table=data)


def _drawn(groups: Sequence[Group], *, words: Language, theme: Theme, unit: Unit) -> tuple[Sheet, str]:
    """Draw what fits; also return the sentence on what does not."""
    above = theme.margin[KIND].top
    most_keys = dots_key.keys(groups, words=words, theme=theme)
    chosen = dots_rows.fitting(groups, top=above + most_keys.height, theme=theme)
    drawn = [group for part in chosen for group in part.groups]
    keys = dots_key.keys(drawn, words=words, theme=theme)
    lines = dots_rows.lines(chosen, top=above + keys.height, theme=theme)
    left_out = _left_out(len(groups) - len(drawn), words)
    sheet = Sheet(theme, height=lines[-1].bottom + theme.margin[KIND].bottom + SECOND_LINE * bool(left_out))
    keys.draw(sheet)
    _draw(_Plot(sheet, _axis(lines, unit), unit, words), lines)
    if left_out:
        sheet.text(0, sheet.height - 2, left_out, colour=theme.light.muted, style="italic")
    return sheet, left_out


def _left_out(n: int, words: Language) -> str:
    if not n:
        return ""
    return words.plural(
        "{n} more group is not drawn: see the table or the workbook.",
        "{n} more groups are not drawn: see the table or the workbook.",
        n,
    )


def _axis(lines: Sequence[Line], unit: Unit) -> Axis:
    drawn = [line.group for line in lines if line.group]
    return axis((value for group in drawn for value in group.numbers if value is not None), unit=unit)


def _draw(plot: _Plot, lines: Sequence[Line]) -> None:
    sheet, light = plot.sheet, plot.sheet.theme.light
    sheet.text(sheet.width, lines[0].top - HEAD, plot.words.text("Answers"), colour=light.muted, align="right")
    bottom = lines[-1].bottom
    drawn = [line for line in lines if line.group and line.group.score is not None]
    if drawn:
        _draw_grid(plot, top=lines[0].top, bottom=bottom)
        _draw_now(plot, drawn)
        _draw_zero(plot, drawn)
        _draw_targets(plot, drawn)
    for line in lines:
        _draw_texts(plot, line)
    sheet.lines([((0, y), (sheet.width, y)) for y in (lines[0].top, bottom)], colour=light.rule, width=0.6)


def _draw_grid(plot: _Plot, *, top: float, bottom: float) -> None:
    sheet, light = plot.sheet, plot.sheet.theme.light
    ticks = plot.axis.ticks
    sheet.lines([((plot.x(t), top), (plot.x(t), bottom)) for t in ticks], colour=light.rule, width=0.5)
    if plot.unit == "points":
        sheet.lines([((plot.x(0), top), (plot.x(0), bottom))], colour=light.faint, width=0.9)
    for tick in ticks:
        label = plot.words.measure(tick, plot.unit)
        sheet.text(plot.x(tick), bottom + 12, label, colour=light.muted, align="center")


def _draw_now(plot: _Plot, lines: Sequence[Line]) -> None:
    accent = plot.sheet.theme.light.accent
    for indicative in (False, True):
        chosen = [line for line in lines if line.group and line.group.indicative is indicative]
        intervals = [_interval(plot, line, line.group.low, line.group.high) for line in chosen if line.group]
        style = DASHED if indicative else "-"
        plot.sheet.lines([i for i in intervals if i], colour=accent, width=1.6, style=style, layer=2)
        points = [(plot.x(line.group.score or 0), line.middle) for line in chosen if line.group]
        plot.sheet.dots(points, colour=accent, size=dots_key.DOT, hollow=indicative)


def _draw_zero(plot: _Plot, lines: Sequence[Line]) -> None:
    faint = plot.sheet.theme.light.faint
    chosen = [line for line in lines if line.group and line.group.zero is not None]
    intervals = [
        _interval(plot, line, line.group.zero_low, line.group.zero_high, down=BELOW) for line in chosen if line.group
    ]
    plot.sheet.lines([i for i in intervals if i], colour=faint, width=0.8, layer=2)
    points = [(plot.x(line.group.zero or 0), line.middle + BELOW) for line in chosen if line.group]
    plot.sheet.dots(points, colour=faint, size=dots_key.ZERO_DOT, hollow=True)


def _interval(
    plot: _Plot, line: Line, low: float | None, high: float | None, *, down: float = 0
) -> tuple[tuple[float, float], tuple[float, float]] | None:
    if low is None or high is None:
        return None
    return (plot.x(low), line.middle + down), (plot.x(high), line.middle + down)


def _draw_targets(plot: _Plot, lines: Sequence[Line]) -> None:
    ticks = [
        ((plot.x(line.group.target), line.middle - 5), (plot.x(line.group.target), line.middle + 5))
        for line in lines
        if line.group and line.group.target is not None
    ]
    plot.sheet.lines(ticks, colour=plot.sheet.theme.light.ink, width=1.8, layer=4)


def _draw_texts(plot: _Plot, line: Line) -> None:
    sheet, light, size = plot.sheet, plot.sheet.theme.light, plot.sheet.theme.size["small"]
    if line.gap:
        more = plot.words.plural("… {n} more group …", "… {n} more groups …", line.gap)
        sheet.text(0, line.middle + 0.35 * size, more, colour=light.muted, style="italic")
        return
    if line.group is None:
        sheet.text(0, line.bottom - 6, line.texts[0], weight=SEMIBOLD)
        return
    baseline = line.middle + 0.35 * size
    first = baseline - SECOND_LINE / 2 * (len(line.texts) - 1)
    for place, text in enumerate(line.texts):
        sheet.text(0, first + place * SECOND_LINE, text)
    left = sheet.theme.margin[KIND].left
    if line.group.score is None:
        why = parts.hidden(words=plot.words, why=line.group.why) if line.group.hidden else plot.words.text("no answers")
        why = shortened(why, room=sheet.width - left - sheet.theme.margin[KIND].right, size=size)
        sheet.text(left, baseline, why, colour=light.muted, style="italic", backed=True)
        return
    _draw_score(plot, line, baseline)
    if line.group.n is not None:
        sheet.text(sheet.width, baseline, plot.words.count(line.group.n), colour=light.muted, align="right")


def _draw_score(plot: _Plot, line: Line, baseline: float) -> None:
    group, size = line.group, plot.sheet.theme.size["small"]
    if group is None or group.score is None:
        return
    label = plot.words.measure(group.score, plot.unit)
    left = plot.x(group.score if group.high is None else group.high) + 5
    if group.target is not None and left - 4 < plot.x(group.target) < left + width(label, size=size) + 4:
        left = plot.x(group.target) + 5
    plot.sheet.text(left, baseline, label, weight=SEMIBOLD, backed=True)
