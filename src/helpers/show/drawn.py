"""Which chart goes with which table, and the columns that it needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from helpers.inference.thresholds import INDICATIVE_BELOW
from helpers.params.metrics import PATH_SEPARATOR
from helpers.show import charts, codes, groups, hiding, roadmap_words
from helpers.show.context import Context
from helpers.show.sentences import target_name

Content = dict[str, Any]
CROSSING = " × "
DEEPEST_DRAWN = 1
"""Of a tree of units the chart draws the two widest levels; the table has them all."""


def drawn(table: pd.DataFrame) -> Content | None:
    """Return the chart block that goes with a table of the dossier; nothing when there is nothing to draw.

    Raises
    ------
    KeyError
        If no chart is known for this table.
    """
    context = Context.of(table)
    content = _CHARTS[context.table](hiding.without_hidden(table), context)
    return content | context.stamp if content else None


def _distribution(table: pd.DataFrame, context: Context) -> Content | None:
    if table.empty:
        return None
    _ = context.words.text
    titles = {
        (metric, period): _("{metric}, {now}", metric=context.metric(metric), now=codes.period(period, context.words))
        for metric, period in set(zip(table["metric"], table["period"], strict=True))
    }
    panels = table.assign(
        panel=[titles[key] for key in zip(table["metric"], table["period"], strict=True)],
        hidden_because=[_no_bars(row, context) for row in table.to_dict("records")],
        coarse=[not hiding.is_hidden(row) and pd.isna(row["count"]) for row in table.to_dict("records")],
        lowest=[int(metric in context.by_convention) for metric in table["metric"]],
    )
    return charts.distribution_strip(panels, words=context.words, theme=context.theme, identifier="distribution-chart")


def _no_bars(row: Mapping[Any, Any], context: Context) -> str:
    """Say why the answers of a measure are not drawn: it is hidden, or too few for shares; empty where they are."""
    if hiding.is_hidden(row):
        return hiding.why(row, context)
    if pd.notna(row["count"]):
        return ""
    return context.words.text("shares are shown from {n} answers", n=context.words.count(context.shares_from))


def _dots(table: pd.DataFrame, context: Context) -> Content | None:
    """Draw the groups of one survey; the whole stands above them as their yardstick."""
    rows = table[table["grouping"].str.contains(CROSSING) | (table["level"] <= DEEPEST_DRAWN)]
    # units that were shown together at the zero measurement only have no score of now, which is not "no answers"
    gone = [groups.is_together(row) and pd.isna(row["n"]) for row in rows.to_dict("records")]
    rows = rows[~pd.Series(gone, index=rows.index, dtype=bool)]
    if (rows["grouping"] == "").all():
        return None
    _, words = context.words.text, context.words
    records = rows.to_dict("records")
    names = Counter((row["grouping"], groups.name(row, context)) for row in records)
    drawn_groups = pd.DataFrame(
        {
            "label": [_label(row, names, context) for row in records],
            "group": [_group(row, context) for row in records],
            "crossing": [CROSSING in row["grouping"] for row in records],
            "score": rows["score"].to_numpy(),
            "low": rows["low"].to_numpy(),
            "high": rows["high"].to_numpy(),
            "n": rows["n"].to_numpy(),
            "shown": [not hiding.is_hidden(row) for row in records],
            "hidden_because": [hiding.why(row, context) for row in records],
            "indicative": [_is_indicative(row) for row in records],
        }
    )
    if (rows["period"] != rows["zero_period"]).any():
        drawn_groups["zero"] = rows["zero_score"].to_numpy()
    first = records[0]
    caption = _("{metric} by group, {now}", metric=context.metric(first["metric"]), now=_window(first, context))
    return charts.dot_and_interval(
        drawn_groups, words=words, theme=context.theme, identifier=f"{context.identifier}-chart", caption=caption,
        unit=first["unit_of_score"],
    )  # fmt: skip


def _label(row: Mapping[Any, Any], names: Mapping[tuple[str, str], int], context: Context) -> str:
    """Name a group; of two units of a tree with one name also their parents."""
    label = groups.name(row, context)
    twice = names[row["grouping"], label] > 1
    return PATH_SEPARATOR.join(filter(None, (_parent(row), label))) if twice else label


def _group(row: Mapping[Any, Any], context: Context) -> str:
    """Return the heading above a group: of a unit below the widest level of a tree its parent."""
    if parent := _parent(row):
        return parent
    parts = [context.words.heading(name) for name in row["grouping"].split(CROSSING) if name]
    return CROSSING.join(parts)


def _parent(row: Mapping[Any, Any]) -> str:
    """Return the unit above a group of a tree; empty for the widest level and for what is in no tree."""
    if not row["level"] or CROSSING in row["grouping"]:
        return ""
    return groups.above(row)


def _window(row: Mapping[Any, Any], context: Context) -> str:
    known = isinstance(row["period"], str) and row["period"]
    return codes.period(row["period"], context.words) if known else "–"


def _is_indicative(row: Mapping[Any, Any]) -> bool:
    n = row["n"]
    return row["audience"] == "customer" and n is not None and 0 < n < INDICATIVE_BELOW


def _glide(table: pd.DataFrame, context: Context) -> Content | None:
    if table.empty:
        return None
    targets = table.drop_duplicates("target_id")
    described = targets.assign(
        target_label=[
            target_name(metric, label, context)
            for metric, label in zip(targets["metric"], targets["label"], strict=True)
        ],
        verdict_text=pd.Series([_verdict(code, context) for code in targets["verdict"]], targets.index, dtype=object),
        unit=targets["unit_of_score"],
    )
    measured = table[table["date"].notna()]
    measured = measured.assign(
        hidden_because=[hiding.why(row, context) for row in measured.to_dict("records")],
    )
    return charts.glide_path(
        measured, targets=described, words=context.words, theme=context.theme, identifier="glide-paths-chart"
    )


def _verdict(code: Any, context: Context) -> str | None:
    """Say how a target stands, or that this is hidden; nothing where it cannot be judged."""
    if pd.isna(code):
        return context.words.text("verdict hidden")
    return codes.verdict(code, context.words) if code else None


def _gantt(table: pd.DataFrame, context: Context) -> Content | None:
    days = ["planned_start", "planned_end", "actual_start", "actual_end"]
    if table.empty or table[days].isna().all(axis=None):
        return None
    words = context.words
    records = table.to_dict("records")
    described = table.assign(
        label=[roadmap_words.step(row["step"], words) for row in records],
        status_text=[roadmap_words.standing(row, words) for row in records],
    )
    return charts.gantt(
        described, as_of=table.attrs["as_of"], words=words, theme=context.theme, identifier="roadmap-chart"
    )


_CHARTS: dict[str, Callable[[pd.DataFrame, Context], Content | None]] = {
    "distribution": _distribution,
    "transactional": _dots,
    "relational": _dots,
    "employees": _dots,
    "headline_splits": _dots,
    "glide_paths": _glide,
    "roadmap": _gantt,
}
