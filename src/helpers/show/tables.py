"""Printable tables: a table of the dossier becomes rows of text, each number with n and interval."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from helpers.inference.thresholds import INDICATIVE_BELOW
from helpers.show import blocks, codes, method_tables
from helpers.show.context import Context
from helpers.show.sentences import target_name

Row = Mapping[Any, Any]
Content = dict[str, Any]


def printable(table: pd.DataFrame) -> Content:
    """Return the table block of a table of the dossier, or of any other frame as it stands."""
    context = Context.of(table)
    return _TABLES.get(context.table, any_frame)(table, context)


def any_frame(table: pd.DataFrame, context: Context) -> Content:
    """Print a frame that the dossier does not know: its index and columns, numbers with one decimal."""
    frame = table.reset_index() if table.index.name or isinstance(table.index, pd.MultiIndex) else table
    numeric = [pd.api.types.is_numeric_dtype(frame[name]) for name in frame.columns]
    columns = [
        blocks.column(str(name), str(name), number=number)
        for name, number in zip(frame.columns, numeric, strict=True)
    ]
    rows = [
        blocks.row([_any_cell(value, context) for value in record])
        for record in frame.itertuples(index=False, name=None)
    ]
    return blocks.table("table", caption="", columns=columns, rows=rows, stub=0, **context.stamp)


def _any_cell(value: Any, context: Context) -> Content:
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return blocks.cell("–")
    if isinstance(value, int | float) and not isinstance(value, bool):
        whole = float(value).is_integer()
        return blocks.cell(context.words.decimal(value, digits=0 if whole else 1), float(value))
    return blocks.cell(str(value), str(value))


def _scores(table: pd.DataFrame, context: Context) -> Content:
    """Print scores now beside those of the zero measurement."""
    _ = context.words.text
    records = table.to_dict("records")
    first = records[0]
    same = first["period"] == first["zero_period"]
    employees = first["audience"] == "employee"
    remarked = any(_indicative(row) for row in records)
    name = context.score_name(first["unit_of_score"])
    columns = [
        blocks.column("group", _group_heading(table, context)),
        *_score_columns("", _("{score} now", score=name) if not same else name, context),
        *([blocks.column("response", _("Response"), unit="%", number=True)] if employees else []),
        *([] if same else _score_columns("zero_", _("Zero measurement"), context)),
        *([blocks.column("remark", _("Remark"))] if remarked else []),
    ]
    rows = [
        blocks.row(
            [
                blocks.cell(row["label"] or _("Total")),
                *_score_cells(row, "", context),
                *([_response(row, context)] if employees else []),
                *([] if same else _score_cells(row, "zero_", context)),
                *([_remark(row, context)] if remarked else []),
            ],
            level=0 if row["grouping"] == "" else int(row["level"]) + 1,
            total=row["grouping"] == "",
        )
        for row in records
    ]
    caption = _(
        "{metric}, {now} and zero measurement {zero}",
        metric=context.metric(first["metric"]), now=_window(first["period"], context), zero=_window(first["zero_period"], context),
    ) if not same else _("{metric}, {now}", metric=context.metric(first["metric"]), now=_window(first["period"], context))  # fmt: skip
    return blocks.table(
        context.table,
        caption=caption,
        columns=columns,
        rows=rows,
        notes=_score_notes(records, context),
        **context.stamp,
    )


def _group_heading(table: pd.DataFrame, context: Context) -> str:
    groupings = [name for name in table["grouping"].drop_duplicates() if name]
    deepest = max(groupings, key=lambda name: name.count("×"), default="")
    parts = [context.words.heading(name) for name in deepest.split(" × ") if name]
    return " × ".join(parts) or context.words.text("Group")


def _score_columns(prefix: str, label: str, context: Context) -> list[Content]:
    _ = context.words.text
    return [
        blocks.column(f"{prefix}score", label, number=True),
        blocks.column(f"{prefix}interval", _("Interval"), number=True),
        blocks.column(f"{prefix}n", _("n"), number=True),
    ]


def _score_cells(row: Row, prefix: str, context: Context) -> list[Content]:
    words, unit = context.words, row["unit_of_score"]
    n, score = row[f"{prefix}n"], row[f"{prefix}score"]
    reason = row.get(f"{prefix}hidden_because")
    if isinstance(reason, str) and reason:
        why = context.hidden_reason(reason, row["audience"])
        return [blocks.cell(words.text("hidden"), hidden=True, mark="hidden", note=why)] * 3
    if n is None or pd.isna(n):
        return [blocks.cell("–")] * 3
    if not n:
        return [blocks.cell(words.text("no answers")), blocks.cell("–"), blocks.cell(words.count(0), 0)]
    low, high = row[f"{prefix}low"], row[f"{prefix}high"]
    interval = "–" if pd.isna(low) else words.interval(low, high, unit)
    return [
        blocks.cell(words.measure(score, unit), float(score)),
        blocks.cell(interval),
        blocks.cell(words.count(n), int(n)),
    ]


def _response(row: Row, context: Context) -> Content:
    people = row["population"]
    if row["shown"] is not True:
        return blocks.cell(context.words.text("hidden"), hidden=True, mark="hidden")
    if people is None or pd.isna(people):
        return blocks.cell(context.words.text("unknown"))
    return blocks.cell(context.words.share(row["n"] / people), 100 * row["n"] / people)


def _indicative(row: Row) -> bool:
    n = row["n"]
    return row["audience"] == "customer" and n is not None and 0 < n < INDICATIVE_BELOW


def _remark(row: Row, context: Context) -> Content:
    if not _indicative(row):
        return blocks.cell("")
    return blocks.cell(context.words.text("indicative"), "indicative", mark="indicative")


def _score_notes(records: Sequence[Row], context: Context) -> list[str]:
    _ = context.words.text
    reasons = {
        (row[key], row["audience"])
        for row in records
        for key in ("hidden_because", "zero_hidden_because")
        if isinstance(row.get(key), str) and row[key]
    }
    notes = [_("Hidden: {reason}.", reason=context.hidden_reason(*reason)) for reason in sorted(reasons)]
    if any(_indicative(row) for row in records):
        notes.append(
            _(
                "Indicative: fewer than {n} answers, so the interval is wide.",
                n=context.words.count(INDICATIVE_BELOW),
            )
        )
    first = records[0]
    if first["weighted"] and first["n"]:
        plain = context.words.measure(first["unweighted"], first["unit_of_score"])
        notes.append(
            _("Scores are weighted; unweighted the total is {score}. n counts answers.", score=plain)
        )
    return notes


def _window(period: Any, context: Context) -> str:
    return codes.period(period, context.words) if isinstance(period, str) and period else "–"


def _other(table: pd.DataFrame, context: Context) -> Content:
    _ = context.words.text
    records = table.to_dict("records")
    compared = any(row["period"] != row["zero_period"] for row in records)
    columns = [
        blocks.column("measure", _("Measure")),
        blocks.column("period", _("Measured in")),
        *_score_columns("", _("Score"), context),
        *(_score_columns("zero_", _("Zero measurement"), context) if compared else []),
    ]
    rows = [
        blocks.row(
            [
                blocks.cell(context.metric(row["metric"])),
                blocks.cell(_window(row["period"], context)),
                *_score_cells(row, "", context),
                *(_score_cells(row, "zero_", context) if compared else []),
            ]
        )
        for row in records
    ]
    return blocks.table(
        context.table, caption=_("Other measures"), columns=columns, rows=rows,
        notes=_score_notes(records, context), **context.stamp,
    )  # fmt: skip


def _targets(table: pd.DataFrame, context: Context) -> Content:
    _ = context.words.text
    columns = [
        blocks.column("target_name", _("Target for")),
        blocks.column("owner", _("Owner")),
        blocks.column("due", _("Due")),
        blocks.column("baseline", _("Zero measurement"), number=True),
        blocks.column("target", _("Target"), number=True),
        blocks.column("actual", _("Now"), number=True),
        blocks.column("interval", _("Interval"), number=True),
        blocks.column("n", _("n"), number=True),
        blocks.column("gap", _("Gap"), number=True),
        blocks.column("path", _("Path today"), number=True),
        blocks.column("probability", _("Probability"), unit="%", number=True),
        blocks.column("verdict", _("Verdict")),
    ]
    rows = [blocks.row(_target_cells(row, context)) for row in table.to_dict("records")]
    notes = [
        _(
            "Path today: where the straight line from zero measurement to target stands on the day of measuring."
        ),
        _(
            "Probability: that the true score is at or above the path, or after the due date at or above the target."
        ),
    ]
    return blocks.table(
        context.table,
        caption=_("Targets versus actuals"),
        columns=columns,
        rows=rows,
        notes=notes,
        **context.stamp,
    )


def _target_cells(row: Row, context: Context) -> list[Content]:
    words, unit = context.words, row["unit_of_score"]
    owner_mark = "behind" if row["owner_missing"] else None
    interval = (
        "–" if _nothing(row["actual_low"]) else words.interval(row["actual_low"], row["actual_high"], unit)
    )
    hidden = row["n"] is None
    return [
        blocks.cell(target_name(row["metric"], row["label"], context)),
        blocks.cell(row["owner"], row["owner"], mark=owner_mark),
        blocks.cell(words.date(row["due"]), row["due"].isoformat()),
        _number(row["baseline"], unit, context),
        _number(row["target"], unit, context),
        _number(row["actual"], unit, context),
        blocks.cell(words.text("hidden"), hidden=True, mark="hidden") if hidden else blocks.cell(interval),
        _count(row["n"], context),
        _number(row["gap"], unit, context),
        _number(row["glide_path"], unit, context),
        _probability(row["probability"], context),
        _verdict(row, context),
    ]


def _nothing(value: Any) -> bool:
    return value is None or pd.isna(value)


def _number(value: Any, unit: Any, context: Context) -> Content:
    if value is None:
        return blocks.cell(context.words.text("hidden"), hidden=True, mark="hidden")
    return (
        blocks.cell("–") if pd.isna(value) else blocks.cell(context.words.measure(value, unit), float(value))
    )


def _count(value: Any, context: Context) -> Content:
    if value is None:
        return blocks.cell(context.words.text("hidden"), hidden=True, mark="hidden")
    return blocks.cell(context.words.count(value), int(value))


def _probability(value: Any, context: Context) -> Content:
    if value is None:
        return blocks.cell(context.words.text("hidden"), hidden=True, mark="hidden")
    return blocks.cell("–") if pd.isna(value) else blocks.cell(context.words.probability(value), 100 * value)


def _verdict(row: Row, context: Context) -> Content:
    code = row["verdict"]
    if code is None:
        return blocks.cell(context.words.text("hidden"), hidden=True, mark="hidden")
    if not code:
        return blocks.cell(codes.caution(row["caution"], context.words))
    word = codes.verdict(code, context.words)
    return blocks.cell(word, word, mark=code)


def _attention(table: pd.DataFrame, context: Context) -> Content:
    """Print the targets that ask for a decision: which, how far off, whose, and by when."""
    _ = context.words.text
    columns = [
        blocks.column("target_name", _("Target for")),
        blocks.column("actual", _("Now"), number=True),
        blocks.column("target", _("Target"), number=True),
        blocks.column("due", _("Due")),
        blocks.column("owner", _("Owner")),
        blocks.column("verdict", _("Verdict")),
    ]
    rows = []
    for row in table.to_dict("records"):
        cells = _target_cells(row, context)
        rows.append(blocks.row([cells[0], cells[5], cells[4], cells[2], cells[1], cells[11]]))
    return blocks.table(
        context.table,
        caption=_("Targets that ask for attention"),
        columns=columns,
        rows=rows,
        **context.stamp,
    )


_TABLES: dict[str, Callable[[pd.DataFrame, Context], Content]] = {
    "transactional": _scores,
    "relational": _scores,
    "employees": _scores,
    "other_measures": _other,
    "targets": _targets,
    "attention": _attention,
    **method_tables.TABLES,
}
