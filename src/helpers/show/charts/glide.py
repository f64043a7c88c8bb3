"""Glide paths: per target the straight line from baseline to target, and the scores measured on the way."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers.show.blocks import Content
from helpers.show.charts import glide_data, glide_panel, parts
from helpers.show.charts.axis import Axis, close_axis
from helpers.show.charts.glide_data import Path
from helpers.show.charts.glide_panel import KIND, TITLE_LINE, Panel, Place
from helpers.show.charts.lettering import SEMIBOLD, wrapped
from helpers.show.charts.sheet import Sheet, settings
from helpers.show.language import Language, Unit
from helpers.show.theme import Theme

PER_ROW = 3
MOST_PANELS = 15
BETWEEN = 24.0
PLOT = 76.0
BELOW = 20.0
TIGHT_BELOW = 10.0
ROOMY_ROWS = 4
MOST_HEIGHT = 640.0  # so that the chart with its caption fits on a page
MOST_TICKS = 6


def glide_path(
    table: pd.DataFrame,
    *,
    targets: pd.DataFrame,
    words: Language,
    theme: Theme,
    identifier: str = "glide-path",
    caption: str | None = None,
) -> Content:
    """Draw per target the line it should follow, and where the measured scores are.

    Parameters
    ----------
    table
        One row per target and wave: ``target_id``, ``date``, ``score``, ``low``, ``high`` (in the
        target's unit), ``n`` (answers), optional ``shown`` (bool, default true) and ``hidden_because`` (why not, in
        words). A wave that is hidden or has no score is not drawn; the table says that it is hidden.
    targets
        One row per target, in the order to draw: ``target_id``, ``target_label``, ``baseline``,
        ``baseline_date`` (missing where there is no zero measurement), ``target``, ``due``, ``verdict``
        (code) and ``verdict_text`` (missing where there is none), optional ``unit`` (``points``, default,
        ``scale`` or ``percent``).
    words, theme
        The reader's language and the look.
    identifier
        The block's id, unique in the report.
    caption
        Default says what is drawn.

    Returns
    -------
    dict
        A chart block with a panel per target, three in a row and at most fifteen, lower where there are many;
        all panels of one unit have the same scale, close around what is drawn. A last score that is not that
        of now is drawn as the earlier ones. Its table has one row per point, of every target.

    Raises
    ------
    ValueError
        When a column is missing or there is no target.
    """
    _ = words.text
    paths = glide_data.paths(table, targets)
    drawn = paths[:MOST_PANELS]
    caption = caption or _("From the zero measurement to each target, and the scores on the way")
    with settings(theme, identifier):
        sheet = _drawn(drawn, left_out=len(paths) - len(drawn), words=words, theme=theme)
        alt = glide_data.described(paths, words=words)
        data = glide_data.table(identifier, paths, words=words, caption=caption)
        return parts.chart(identifier, sheet, words=words, caption=caption, alt=alt, table=data)


def _drawn(paths: Sequence[Path], *, left_out: int, words: Language, theme: Theme) -> Sheet:
    rows = [paths[start : start + PER_ROW] for start in range(0, len(paths), PER_ROW)]
    titles = {id(path): _title(path, theme) for path in paths}
    title_lines = [max(len(titles[id(path)]) for path in row) for row in rows]
    noted = TITLE_LINE * bool(left_out)
    plot = _plot_height(title_lines, room=MOST_HEIGHT - noted, theme=theme)
    *tops, end = _tops(title_lines, plot, theme)
    sheet = Sheet(theme, height=end + noted)
    axes = {unit: _scores(paths, unit) for unit in {path.unit for path in paths}}
    for top, row in zip(tops, rows, strict=True):
        for column, path in enumerate(row):
            left = theme.margin[KIND].left + column * (_panel_width(theme) + BETWEEN)
            numbered = column == 0 or path.unit != row[0].unit
            place = Place(left, top, _panel_width(theme), plot, numbered)
            glide_panel.draw(Panel(sheet, path, titles[id(path)], place, axes[path.unit], words))
    if left_out:
        note = words.plural(
            "{n} more target is in the table only.", "{n} more targets are in the table only.", left_out
        )
        sheet.text(0, sheet.height - 2, note, colour=theme.light.muted, style="italic")
    return sheet


def _plot_height(title_lines: Sequence[int], *, room: float, theme: Theme) -> float:
    """Return how high every plot is: less where the rows of panels would not fit on a page."""
    around = _tops(title_lines, 0.0, theme)[-1]
    return min(PLOT, (room - around) / len(title_lines))


def _tops(title_lines: Sequence[int], plot: float, theme: Theme) -> list[float]:
    """Return where the plots of each row of panels begin, and where the last row ends."""
    margin = theme.margin[KIND]
    below = BELOW if len(title_lines) <= ROOMY_ROWS else TIGHT_BELOW
    tops, next_row = [], 0.0
    for lines in title_lines:
        tops.append(next_row + margin.top + TITLE_LINE * (lines - 1))
        next_row = tops[-1] + plot + margin.bottom + below
    return [*tops, next_row - below]


def _panel_width(theme: Theme) -> float:
    return (theme.page["width"] - theme.margin[KIND].left - BETWEEN * (PER_ROW - 1)) / PER_ROW


def _title(path: Path, theme: Theme) -> tuple[str, ...]:
    return wrapped(path.label, room=_panel_width(theme), size=theme.size["small"], weight=SEMIBOLD)


def _scores(paths: Sequence[Path], unit: Unit) -> Axis:
    scores = (score for path in paths if path.unit == unit for score in path.scores)
    return close_axis(scores, unit=unit, most_ticks=MOST_TICKS)
