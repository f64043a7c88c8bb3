"""Which groups moved since the zero measurement, and which only seem to have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from helpers.inference.differences import difference, holm, p_value
from helpers.inference.scores import Estimate
from helpers.params.metrics import figure_id

UNIT = "unit"
COLUMNS = ["metric", "grouping", "label", "unit_of_score", "change", "low", "high", "p", "direction", "family"]


def since_zero(scores: pd.DataFrame, *, measurement: str, confidence: float) -> pd.DataFrame:
    """Test the groups of one survey against their own zero measurement.

    Parameters
    ----------
    scores
        As :func:`helpers.analysis.cells.scores` returns them, protected: a hidden group is no part of the family.
    measurement
        ``transactional``, ``relational`` or ``employee``.
    confidence
        1 − confidence is the chance of one false claim in the whole family.

    Returns
    -------
    pandas.DataFrame
        One row per group with answers now and at the zero measurement, the largest change first: ``metric,
        grouping, label, unit_of_score, change`` (now − zero), ``low, high`` (of this one change), ``p``
        (Holm-adjusted over the family), ``direction`` (``better``, ``worse``, ``none_shown``), ``family`` (how
        many groups were tested). The measure is the survey's NPS or, where it has none, its first. The groups are
        the units of employees; of customers those of the finest split, or where nothing is split the units. The
        answers count as a sample of people.
    """
    own = scores[(scores["measurement"] == measurement) & scores["shown"].astype(bool) & (scores["n"].map(bool))]
    points = own["unit_of_score"].eq("points")
    leading = own.loc[points if points.any() else ~points, "metric"].head(1)
    return _family(scores, next(iter(leading), ""), confidence)


def of_metrics(scores: pd.DataFrame, *, metrics: Sequence[str], confidence: float) -> pd.DataFrame:
    """Test the groups of several metrics, each metric a family of its own.

    Returns
    -------
    pandas.DataFrame
        Per metric, in their order, the rows and columns of :func:`since_zero`.
    """
    families = [_family(scores, metric, confidence) for metric in metrics]
    tested = [family for family in families if len(family)]
    return pd.concat(tested, ignore_index=True) if tested else pd.DataFrame(columns=COLUMNS)


def _family(scores: pd.DataFrame, metric: str, confidence: float) -> pd.DataFrame:
    """Test the groups of one metric together."""
    own = scores[(scores["metric"] == metric) & scores["shown"].astype(bool) & (scores["n"].map(bool))]
    # a target's group in the quarters between is no part of a tree
    own = own[own["grouping"].ne("") & (own["current"] | own["zero"])]
    own = own[own["grouping"].eq(_tested(own, units_first=bool(own["measurement"].eq("employee").any())))]
    own = own.assign(group=[figure_id("", scope, "") for scope in own["scope"]])
    pairs = own[own["current"] & ~own["zero"]].merge(
        own[own["zero"] & ~own["current"]], on="group", suffixes=("", "_zero")
    )
    rows = [_change(row, confidence) for row in pairs.to_dict("records")]
    return _judged(pd.DataFrame(rows, columns=COLUMNS), confidence)


def _tested(own: pd.DataFrame, *, units_first: bool) -> str:
    """Return the grouping that is tested: one alone, so that no answer counts in two families."""
    split, trees = (own.loc[own["tree"].astype(bool) == tree, "grouping"].drop_duplicates() for tree in (False, True))
    order = [*split.iloc[::-1], *trees]
    return UNIT if units_first and UNIT in order else next(iter(order), "")


def _change(row: dict[Any, Any], confidence: float) -> dict[str, Any]:
    change = difference(_estimate(row, "_zero"), _estimate(row, ""), confidence=confidence)
    named = {name: row[name] for name in ("metric", "grouping", "label", "unit_of_score")}
    return named | {
        "change": change.score.item(),
        "low": change.low.item(),
        "high": change.high.item(),
        "p": p_value(change).item(),
        "direction": "better" if (change.centre.item() > 0) == row["high_is_good"] else "worse",
    }


def _estimate(row: dict[Any, Any], suffix: str) -> Estimate:
    keys = {"score": "score", "centre": "sample_centre", "se": "sample_se", "df": "df"}
    number = {name: np.asarray(row[f"{key}{suffix}"], dtype=np.float64) for name, key in keys.items()}
    return Estimate(**number, low=number["centre"], high=number["centre"])


def _judged(table: pd.DataFrame, confidence: float) -> pd.DataFrame:
    adjusted = holm(table["p"].to_numpy(dtype=np.float64)) if len(table) else table["p"]
    judged = table.assign(p=adjusted, family=len(table))
    shown = judged["p"].astype(float) < 1 - confidence
    judged["direction"] = judged["direction"].where(shown, "none_shown")
    by_size = judged["change"].astype(float).abs().sort_values(ascending=False, kind="stable").index
    return judged.loc[by_size].reset_index(drop=True)
