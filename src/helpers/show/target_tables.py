"""Printable tables of targets: where each one stands, how fast it must go, whose it is, which ask for a decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from helpers.show import blocks, codes, hiding
from helpers.show.context import Context
from helpers.show.language import DECIMALS
from helpers.show.sentences import target_name
from helpers.show.target_sentences import small_steps

Row = Mapping[Any, Any]
Content = dict[str, Any]


def _targets(table: pd.DataFrame, context: Context) -> Content:
    _ = context.words.text
    columns = [
        blocks.column("target_name", _("Target for")),
        blocks.column("baseline", _("Zero"), number=True),
        blocks.column("target", _("Target"), number=True),
        blocks.column("actual", _("Now"), number=True),
        blocks.column("interval", context.interval, number=True),
        blocks.column("n", _("n"), number=True),
        blocks.column("gap", _("Gap"), number=True),
        blocks.column("path", _("Path"), number=True),
        blocks.column("probability", _("Probability"), unit="%", number=True),
        blocks.column("verdict", _("Verdict")),
    ]
    notes = [
        _("Zero: the zero measurement. Gap: now minus target."),
        _("Path: where the straight line from zero measurement to target stands on the day of measuring."),
        _("Probability: that the true score is at or above the path, or after the due date at or above the target."),
    ]
    if not table["high_is_good"].all():
        notes.append(_("Where a low score is good, a target is reached at or below it."))
    rows = _rows(table, columns, context)
    return blocks.table(
        context.table, caption=_("Targets versus actuals"), columns=columns, rows=rows,
        notes=[*notes, *_why_hidden(table, rows, context)], **context.stamp,
    )  # fmt: skip


def _pace(table: pd.DataFrame, context: Context) -> Content:
    """Print how far each target has come, how fast it must go on, and whether the planned change was made."""
    _ = context.words.text
    columns = [
        blocks.column("target_name", _("Target for")),
        blocks.column("target", _("Target"), number=True),
        blocks.column("actual", _("Now"), number=True),
        blocks.column("progress", _("Progress"), number=True),
        blocks.column("to_go", _("To go"), number=True),
        blocks.column("pace", _("Per quarter"), number=True),
        blocks.column("change", _("Change"), number=True),
        blocks.column("change_interval", context.interval, number=True),
        blocks.column("planned", _("Planned"), number=True),
        blocks.column("probability_change", _("Probability"), unit="%", number=True),
    ]
    notes = [
        _("Progress: the part of the way from zero measurement to target that has been covered; below 0% the score "
          "moved away from the target, above 100% it is beyond it."),
        _("Per quarter: what the score must gain in every quarter from now on to be at the target on its due date."),
        _("Change: since the zero measurement. Planned: what the straight line asks for until now."),
        _("Probability: that the true score changed as planned or more. It counts the chance in both measurements; the "
          "verdict takes the zero measurement as it was measured."),
    ]  # fmt: skip
    if not table["high_is_good"].all():
        notes.append(_("Where a low score is good, what must be gained is a fall: it has a minus sign."))
    rows = _rows(table, columns, context)
    notes += [*filter(None, [small_steps(table, context)]), *_why_hidden(table, rows, context)]
    return blocks.table(
        context.table, caption=_("How fast the scores must move"), columns=columns, rows=rows, notes=notes,
        **context.stamp,
    )  # fmt: skip


def _commitments(table: pd.DataFrame, context: Context) -> Content:
    """Print who promised what by when."""
    _ = context.words.text
    columns = [
        blocks.column("target_name", _("Target for")),
        blocks.column("target", _("Target"), number=True),
        blocks.column("due", _("Due")) | {"type": "date"},
        blocks.column("owner", _("Owner")),
        blocks.column("goal", _("Goal")),
        blocks.column("review", _("Review")) | {"type": "date"},
    ]
    return blocks.table(
        context.table, caption=_("Who answers for which target"), columns=columns,
        rows=_rows(table, columns, context), **context.stamp,
    )  # fmt: skip


def _rows(table: pd.DataFrame, columns: Sequence[Content], context: Context) -> list[Content]:
    cells = (_target_cells(row, context) for row in table.to_dict("records"))
    return [blocks.row([of_row[column["key"]] for column in columns]) for of_row in cells]


def _why_hidden(table: pd.DataFrame, rows: Sequence[Content], context: Context) -> list[str]:
    """Return the note that says why numbers of targets are hidden, where any of those printed is."""
    hidden = [any(cell["hidden"] for cell in row["cells"]) for row in rows]
    return [*filter(None, [hiding.note(table.loc[hidden, "hidden_because"], context)])]


def _target_cells(row: Row, context: Context) -> dict[str, Content]:
    unit = row["unit_of_score"]
    owner_mark = "behind" if row["owner_missing"] else None
    owner = context.words.text("to be named") if row["owner_missing"] else row["owner"]
    return {
        "target_name": blocks.cell(target_name(row["metric"], row["label"], context)),
        "owner": blocks.cell(owner, owner, mark=owner_mark),
        "due": _day(row["due"], context),
        "goal": blocks.cell(row["goal"], row["goal"]),
        "review": _day(row["review"], context),
        "baseline": _number(row["baseline"], unit, context),
        "target": _number(row["target"], unit, context),
        "actual": _number(row["actual"], unit, context),
        "interval": _interval(row, context),
        "progress": _share(row["progress"], context),
        "to_go": _still(row, row["gap"], context, sign=-1),
        "pace": _still(row, row["required_pace"], context, more=1),
        "change": _difference(row["change"], unit, context),
        "change_interval": _change_interval(row, context),
        "planned": _difference(row["planned_change"], unit, context),
        "probability_change": _probability(row["probability_change"], context),
        "n": _count(row["n"], context),
        "gap": _difference(row["gap"], unit, context),
        "path": _number(row["glide_path"], unit, context),
        "probability": _probability(row["probability"], context),
        "verdict": _verdict(row, context),
    }


def _day(day: Any, context: Context) -> Content:
    return blocks.cell("–") if pd.isna(day) else blocks.cell(context.words.date(day), day.isoformat())


def _interval(row: Row, context: Context) -> Content:
    low, high = row["actual_low"], row["actual_high"]
    if low is None:
        return hiding.cell(context)
    if pd.isna(low):
        return blocks.cell("–")
    return blocks.cell(context.words.interval(low, high, row["unit_of_score"]), [low, high])


def _number(value: Any, unit: Any, context: Context) -> Content:
    if value is None:
        return hiding.cell(context)
    return blocks.cell("–") if pd.isna(value) else blocks.cell(context.words.measure(value, unit), float(value))


def _difference(value: Any, unit: Any, context: Context) -> Content:
    if value is None:
        return hiding.cell(context)
    return blocks.cell("–") if pd.isna(value) else blocks.cell(context.words.difference(value, unit), float(value))


def _share(value: Any, context: Context) -> Content:
    if value is None:
        return hiding.cell(context)
    return blocks.cell("–") if pd.isna(value) else blocks.cell(context.words.share(value), 100 * value)


def _still(row: Row, value: Any, context: Context, *, sign: int = 1, more: int = 0) -> Content:
    """Print what is still needed; a target that has been reached needs nothing."""
    if value is None:
        return hiding.cell(context)
    if pd.isna(value):
        return blocks.cell("–")
    needed, unit = sign * value, row["unit_of_score"]
    if (needed > 0) == row["high_is_good"] and needed:
        return blocks.cell(context.words.difference(needed, unit, digits=DECIMALS[unit] + more), float(needed))
    return blocks.cell(context.words.text("none"))


def _change_interval(row: Row, context: Context) -> Content:
    low, high, unit = row["change_low"], row["change_high"], row["unit_of_score"]
    if low is None:
        return hiding.cell(context)
    if pd.isna(low):
        return blocks.cell("–")
    written = {"low": context.words.difference(low, unit), "high": context.words.difference(high, unit)}
    return blocks.cell(context.words.text("{low} to {high}", **written), [low, high])


def _count(value: Any, context: Context) -> Content:
    if value is None:
        return hiding.cell(context)
    return blocks.cell(context.words.count(value), int(value))


def _probability(value: Any, context: Context) -> Content:
    if value is None:
        return hiding.cell(context)
    return blocks.cell("–") if pd.isna(value) else blocks.cell(context.words.probability(value), 100 * value)


def _verdict(row: Row, context: Context) -> Content:
    code = row["verdict"]
    if code is None:
        return hiding.cell(context)
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
        blocks.column("due", _("Due")) | {"type": "date"},
        blocks.column("owner", _("Owner")),
        blocks.column("verdict", _("Verdict")),
    ]
    rows = _rows(table, columns, context)
    return blocks.table(
        context.table, caption=_("Targets that ask for attention"), columns=columns, rows=rows,
        notes=_why_hidden(table, rows, context), **context.stamp,
    )  # fmt: skip


TABLES: dict[str, Callable[[pd.DataFrame, Context], Content]] = {
    "targets": _targets,
    "pace": _pace,
    "commitments": _commitments,
    "attention": _attention,
}
