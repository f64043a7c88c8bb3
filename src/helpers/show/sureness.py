"""What a reader must know of how sure a score is: who kept silent, what change can be shown, what weights cost."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from helpers.inference.thresholds import WORTH_HALF
from helpers.show import groups
from helpers.show.context import Context
from helpers.show.language import DECIMALS

LIMITS = {"points": (-100, 100), "percent": (0, 100)}
NAMED_AT_MOST = 3
Row = Mapping[Any, Any]


def worst_case(table: pd.DataFrame, context: Context) -> str:
    """Say between which scores everybody's lies, whatever those who did not answer would have said."""
    rows = [row for row in table.to_dict("records") if pd.notna(row["n"]) and pd.notna(row["low"])]
    return " ".join(_worst_case(row, context) for row in rows if row["silent"] > 0)


def _worst_case(row: Row, context: Context) -> str:
    words = context.words
    return words.plural(
        "Had the {n} {employee} who did not answer been a {detractor}, the {metric} of everybody would be {low}; "
        "had that been a {promoter}, {high}.",
        "Had the {n} {employees} who did not answer all been {detractors}, the {metric} of everybody would be {low}; "
        "had they all been {promoters}, {high}.",
        int(row["silent"]),
        metric=context.metric(row["metric"]),
        low=words.score(row["low"]),
        high=words.score(row["high"]),
    )


def detectable(table: pd.DataFrame, context: Context) -> str:
    """Say from which size on a change can be shown with as many answers next time."""
    said = [_detectable(row, context) for row in table.to_dict("records") if row["n"] and pd.notna(row["change"])]
    return " ".join(said)


def _detectable(row: Row, context: Context) -> str:
    words, unit = context.words, row["unit_of_score"]
    n, change = words.count(row["n"]), _rounded_up(row["change"], DECIMALS[unit])
    lowest, highest = LIMITS[unit] if unit in LIMITS else context.scales[row["metric"]][:2]
    if change > max(row["score"] - lowest, highest - row["score"]):
        return words.text("With {n} answers now and as many next time, no change can be expected to be shown.", n=n)
    size = words.difference(change, unit).removeprefix("+")
    if unit == "points":
        size = words.plural("{n} point", "{n} points", int(change))
    return words.text(
        "With {n} answers now and as many next time, a change of {change} or more has a chance of about {power} to "
        "be shown.",
        n=n,
        change=size,
        power=words.share(row["power"]),
    )


def _rounded_up(value: float, digits: int) -> float:
    """Round up, so that what is said to be enough is."""
    return float(math.ceil(round(value * 10**digits, 9)) / 10**digits)


def clumps(row: Row, context: Context) -> str:
    """Say what answers of the same agent or customer are worth; empty where they do not resemble each other.

    Parameters
    ----------
    row
        The whole's score, with ``n, design_effect`` (of clusters); null where it is hidden.
    context
        Of the table that it stands in.
    """
    words, n, effect = context.words, row["n"], row.get("design_effect")
    if n is None or effect is None or pd.isna(n) or pd.isna(effect) or effect <= 1:
        return ""
    return words.text(
        "Answers that share an {employee} or a {customer} resemble each other: the {n} answers tell as much as {worth} "
        "separate ones, and the intervals allow for that.",
        n=words.count(n), worth=words.count(n / effect),
    )  # fmt: skip


def costly_weights(rows: Sequence[Row], context: Context) -> str:
    """Warn of weights that cost more than half of the answers; empty where none do.

    Parameters
    ----------
    rows
        Scores with ``label, n, weighting_effect`` (Kish's design effect) and ``weighted``; those of hidden groups are
        null.
    context
        Of the table that they stand in.
    """
    words = context.words
    costly = [row for row in rows if costs_half(row)]
    if not costly:
        return ""
    named = [_worth(row, context) for row in costly[:NAMED_AT_MOST]]
    if len(costly) > NAMED_AT_MOST:
        named.append(words.plural("{n} more", "{n} more", len(costly) - NAMED_AT_MOST))
    return words.text("The weights cost more than half of the answers: {groups}.", groups=words.join(named))


def _worth(row: Row, context: Context) -> str:
    words = context.words
    n, worth = words.count(row["n"]), words.count(row["n"] / row["weighting_effect"])
    return words.text("{group} ({n} answers, worth {worth})", group=groups.name(row, context), n=n, worth=worth)


def costs_half(row: Row) -> bool:
    """Tell whether unequal weights by themselves make answers worth less than half of their number.

    Examples
    --------
    >>> [costs_half({"weighted": True, "weighting_effect": effect}) for effect in (2.01, 2.0, None)]
    [True, False, False]
    """
    effect = row.get("weighting_effect")
    return bool(row["weighted"] and not pd.isna(effect) and effect > WORTH_HALF)
