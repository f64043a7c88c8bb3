"""Printable tables of scores: each group now and at the zero measurement, with n and interval."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from helpers.inference.thresholds import INDICATIVE_BELOW
from helpers.show import blocks, codes, groups, hiding, responses, sureness, table_length
from helpers.show.context import Context
from helpers.show.table_length import CROSSING

Row = Mapping[Any, Any]
Content = dict[str, Any]


def _scores(table: pd.DataFrame, context: Context) -> Content:
    """Print scores now beside those of the zero measurement."""
    layout = _Layout.of(table)
    records = table.to_dict("records")
    notes = [*_notes(records, context), *responses.notes(records, context)]
    if plain := _unweighted(records[0], context):
        weighted = context.words.text(
            "Scores are weighted; unweighted the total is {score}. n counts answers.", score=plain
        )
        notes.append(weighted)
    whole = [sureness.clumps(row, context) for row in records if not row["grouping"]]
    notes += filter(None, [sureness.costly_weights(records, context), *whole])
    return blocks.table(
        context.identifier,
        caption=_caption(records[0], layout, context),
        columns=_columns(table, layout, context),
        rows=_rows(records, layout, context),
        notes=notes,
        left_out=_left_out(records, context),
        **context.stamp,
    )


def _rows(records: Sequence[Row], layout: _Layout, context: Context) -> list[Content]:
    """Return a row per group, below the name of its grouping where there are several."""
    printed = table_length.printed(records)
    headed = len({row["grouping"] for row in records} - {""}) > 1
    shown = {row["grouping"] for row, on_paper in zip(records, printed, strict=True) if on_paper}
    rows: list[Content] = []
    for row, before, on_paper in zip(records, [None, *records[:-1]], printed, strict=True):
        if headed and before and row["grouping"] != before["grouping"]:
            rows.append(_heading(row, layout, context) | _place(on_paper=row["grouping"] in shown))
        rows.append(_row(row, layout, context) | _place(on_paper=on_paper))
    return rows


def _place(*, on_paper: bool) -> Content:
    return {} if on_paper else {"workbook_only": True}


def _left_out(records: Sequence[Row], context: Context) -> str:
    n = table_length.printed(records).count(False)
    if not n:
        return ""
    return context.words.plural(
        "{n} more group is in the workbook only.", "{n} more groups are in the workbook only.", n
    )


def _row(row: Row, layout: _Layout, context: Context) -> Content:
    level = 0 if row["grouping"] == "" else int(row["level"]) + 1
    if CROSSING in row["grouping"]:  # two names side by side are no depth in a tree
        level = 1
    return blocks.row(_cells(row, layout, context), level=level, total=row["grouping"] == "")


def _heading(row: Row, layout: _Layout, context: Context) -> Content:
    """Return a row that names the grouping of the rows below it."""
    names = [context.words.heading(name) for name in row["grouping"].split(CROSSING)]
    empty = len(_cells(row, layout, context)) - 1
    cells = [blocks.cell(CROSSING.join(names)), *([blocks.cell("")] * empty)]
    return blocks.row(cells) | {"heading": True}


@dataclass(frozen=True)
class _Layout:
    """Which columns a table of scores has."""

    compared: bool
    responded: bool
    remarked: bool

    @classmethod
    def of(cls, table: pd.DataFrame) -> _Layout:
        records = table.to_dict("records")
        return cls(
            compared=any(row["period"] != row["zero_period"] for row in records),
            responded=records[0]["audience"] == "employee" or any(map(responses.by_invitation, records)),
            remarked=any(_indicative(row) or any(_reasons(row)) for row in records),
        )


def _caption(first: Row, layout: _Layout, context: Context) -> str:
    metric, now = context.metric(first["metric"]), _window(first["period"], context)
    if not layout.compared:
        return context.words.text("{metric}, {now}", metric=metric, now=now)
    zero = _window(first["zero_period"], context)
    return context.words.text("{metric}, {now} and zero measurement {zero}", metric=metric, now=now, zero=zero)


def _columns(table: pd.DataFrame, layout: _Layout, context: Context) -> list[Content]:
    _ = context.words.text
    name = context.score_name(table["unit_of_score"].iloc[0], table["metric"].iloc[0])
    return [
        blocks.column("group", _group_heading(table, context)),
        *_score_columns("", _("{score} now", score=name) if layout.compared else name, context),
        *([blocks.column("response", _("Response"), unit="%", number=True)] if layout.responded else []),
        *(_score_columns("zero_", _("Zero measurement"), context) if layout.compared else []),
        *([blocks.column("remark", _("Remark"))] if layout.remarked else []),
    ]


def _cells(row: Row, layout: _Layout, context: Context) -> list[Content]:
    return [
        blocks.cell(groups.name(row, context)),
        *_score_cells(row, "", context),
        *([_response(row, context)] if layout.responded else []),
        *(_score_cells(row, "zero_", context) if layout.compared else []),
        *([_remark(row, context)] if layout.remarked else []),
    ]


def _group_heading(table: pd.DataFrame, context: Context) -> str:
    groupings = [name for name in table["grouping"].drop_duplicates() if name]
    return context.words.heading(groupings[0]) if len(groupings) == 1 else context.words.text("Group")


def _score_columns(prefix: str, label: str, context: Context) -> list[Content]:
    _ = context.words.text
    return [
        blocks.column(f"{prefix}score", label, number=True),
        blocks.column(f"{prefix}interval", context.interval, number=True),
        blocks.column(f"{prefix}n", _("n"), number=True),
    ]


def _score_cells(row: Row, prefix: str, context: Context) -> list[Content]:
    words, unit = context.words, row["unit_of_score"]
    n, score = row[f"{prefix}n"], row[f"{prefix}score"]
    if hiding.is_hidden(row, prefix):
        return [hiding.cell(context)] * 3
    if n is None or pd.isna(n):
        return [blocks.cell("–")] * 3
    if not n:
        return [blocks.cell(words.text("no answers")), blocks.cell("–"), blocks.cell(words.count(0), 0)]
    low, high = row[f"{prefix}low"], row[f"{prefix}high"]
    interval = blocks.cell("–") if pd.isna(low) else blocks.cell(words.interval(low, high, unit), [low, high])
    return [
        blocks.cell(words.measure(score, unit), float(score)),
        interval,
        blocks.cell(words.count(n), int(n)),
    ]


def _response(row: Row, context: Context) -> Content:
    if hiding.is_hidden(row):
        return hiding.cell(context)
    if pd.isna(row["n"]):
        return blocks.cell("–")
    share = responses.share(row)
    if share is None:
        return blocks.cell(context.words.text("unknown"))
    return blocks.cell(context.words.share(share), 100 * share)


def _indicative(row: Row) -> bool:
    n = row["n"]
    return row["audience"] == "customer" and n is not None and 0 < n < INDICATIVE_BELOW


def _remark(row: Row, context: Context) -> Content:
    """Say in a row why its numbers are hidden, and that those of now are few."""
    why = [context.hidden_reason(code, row["audience"]) for code in dict.fromkeys(_reasons(row)) if code]
    if not _indicative(row):
        return blocks.cell("; ".join(why))
    return blocks.cell("; ".join([context.words.text("indicative"), *why]), "indicative", mark="indicative")


def _reasons(row: Row) -> list[str]:
    """Return the codes that say why the numbers of a row are hidden; empty ones where they are not."""
    return [hiding.code(row, half) for half in hiding.HALVES]


def _notes(records: Sequence[Row], context: Context) -> list[str]:
    _ = context.words.text
    notes = [*filter(None, [hiding.note((code for row in records for code in _reasons(row)), context)])]
    if any(_indicative(row) for row in records):
        few = context.words.count(INDICATIVE_BELOW)
        notes.append(_("Indicative: fewer than {n} answers, so the interval is wide.", n=few))
    return notes


def _unweighted(row: Row, context: Context) -> str:
    """Return the score that a weighted one would be without its weights; empty when there is nothing to say."""
    if not row["weighted"] or pd.isna(row["unweighted"]):
        return ""
    return context.words.measure(row["unweighted"], row["unit_of_score"])


def _window(period: Any, context: Context) -> str:
    return codes.period(period, context.words) if isinstance(period, str) and period else "–"


def _other(table: pd.DataFrame, context: Context) -> Content:
    _ = context.words.text
    records = table.to_dict("records")
    compared = any(row["period"] != row["zero_period"] for row in records)
    columns = [
        blocks.column("measure", _("Measure")),
        blocks.column("scale", _("Scale")),
        blocks.column("period", _("Measured in")),
        *_score_columns("", _("Score"), context),
        *(_score_columns("zero_", _("Zero measurement"), context) if compared else []),
    ]
    rows = [
        blocks.row(
            [
                blocks.cell(context.metric(row["metric"])),
                blocks.cell(context.scale(row["metric"])),
                blocks.cell(_window(row["period"], context)),
                *_score_cells(row, "", context),
                *(_score_cells(row, "zero_", context) if compared else []),
            ]
        )
        for row in records
    ]
    weighted = [
        _("{metric} is weighted; unweighted it is {score}.", metric=context.metric(row["metric"]), score=plain)
        for row in records
        if (plain := _unweighted(row, context))
    ]
    costly = sureness.costly_weights([row | {"label": context.metric(row["metric"])} for row in records], context)
    return blocks.table(
        context.table, caption=_("Other measures"), columns=columns, rows=rows,
        notes=[*_notes(records, context), *weighted, *filter(None, [costly])], **context.stamp,
    )  # fmt: skip


TABLES: dict[str, Callable[[pd.DataFrame, Context], Content]] = {
    "transactional": _scores,
    "relational": _scores,
    "employees": _scores,
    "headline_splits": _scores,
    "other_measures": _other,
}
