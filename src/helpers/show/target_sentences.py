"""The sentence about the pace of targets: how many changed as planned, and which ask for too small a step."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.inference.thresholds import VERDICT_STEPS
from helpers.show.context import Context
from helpers.show.language import DECIMALS, Language

NAMED_AT_MOST = 5
ROUNDING = 1e-9
Row = Mapping[Any, Any]


def pace(table: pd.DataFrame, context: Context) -> str:
    """Say how many targets changed as planned, and which ask for a smaller step than their measurements can show.

    Parameters
    ----------
    table
        As :func:`helpers.analysis.targets.versus_actuals` returns it, protected.
    context
        How to say it.
    """
    sentences = [_as_planned(table, context), _too_small(table, context)]
    return " ".join(filter(None, sentences))


def _as_planned(table: pd.DataFrame, context: Context) -> str:
    words = context.words
    chances = pd.Series(table["probability_change"], dtype="float64").dropna()
    if chances.empty:
        return ""
    _sure, probable, improbable, _never = VERDICT_STEPS
    made, missed = int(chances.ge(probable).sum()), int(chances.le(improbable).sum())
    return words.plural(
        "Of {n} target with a planned change {made} (probably) made it, {missed} (probably) did not, and of {open} it "
        "cannot be said.",
        "Of {n} targets with a planned change {made} (probably) made it, {missed} (probably) did not, and of {open} it "
        "cannot be said.",
        len(chances),
        made=words.count(made),
        missed=words.count(missed),
        open=words.count(len(chances) - made - missed),
    )


def _too_small(table: pd.DataFrame, context: Context) -> str:
    rows = [row for row in table.to_dict("records") if asks_too_little(row)]
    if not rows:
        return ""
    return context.words.plural(
        "{n} target asks for a smaller step than its measurements can be expected to show.",
        "{n} targets ask for a smaller step than their measurements can be expected to show.",
        len(rows),
    )


def small_steps(table: pd.DataFrame, context: Context) -> str:
    """Name the targets that ask for too small a step, with what their answers can show; empty where none does."""
    words = context.words
    rows = [row for row in table.to_dict("records") if asks_too_little(row)]
    names = [_step(row, context) for row in rows[:NAMED_AT_MOST]]
    if len(rows) > NAMED_AT_MOST:
        names.append(words.plural("{n} more", "{n} more", len(rows) - NAMED_AT_MOST))
    return words.text("Too small a step to show: {names}.", names=words.join(names)) if names else ""


def asks_too_little(row: Row) -> bool:
    """Return whether a target asks for a step forward that is smaller than two waves of this size can show.

    Examples
    --------
    >>> row = {"target": 10, "baseline": 4.0, "high_is_good": True, "smallest_change": 18.2}
    >>> asks_too_little(row), asks_too_little(row | {"target": 30}), asks_too_little(row | {"smallest_change": None})
    (True, False, False)
    """
    if pd.isna(row["smallest_change"]) or pd.isna(row["baseline"]):
        return False
    step = (row["target"] - row["baseline"]) * (1 if row["high_is_good"] else -1)
    return bool(0 < step < row["smallest_change"])


def smallest_step(row: Row, words: Language) -> str:
    """Write the smallest change that can be shown, rounded up: a change of the number that is printed can be.

    Examples
    --------
    >>> smallest_step({"smallest_change": 18.2, "unit_of_score": "points"}, Language("en"))
    '19'
    """
    unit = row["unit_of_score"]
    fine = 10 ** DECIMALS[unit]
    rounded = math.ceil(row["smallest_change"] * fine - ROUNDING) / fine
    return words.difference(rounded, unit).removeprefix("+")


def measured_once(row: Row) -> bool:
    """Return whether a target has nothing but its zero measurement yet, or nothing else that is shown."""
    return bool(pd.isna(row["n"]) or not row["n"] or row["actual_id"] == row["baseline_id"])


def _step(row: Row, context: Context) -> str:
    words, unit = context.words, row["unit_of_score"]
    name = context.metric(row["metric"])
    sizes = [row["baseline_n"]] if measured_once(row) else [row["baseline_n"], row["n"]]
    return words.text(
        "{target} ({step}; n = {n} shows {smallest} or more)",
        target=words.text("{metric} {group}", metric=name, group=row["label"]) if row["label"] else name,
        step=words.difference(row["target"] - row["baseline"], unit),
        n=words.join([words.count(size) for size in sizes]),
        smallest=smallest_step(row, words),
    )
