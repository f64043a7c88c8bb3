"""Which groups moved since the zero measurement, and which only seem to have."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers.inference.differences import between
from helpers.inference.families import adjusted
from helpers.params.metrics import figure_id

UNIT = "unit"
COLUMNS = [
    "id", "zero_id", "metric", "grouping", "label", "unit_of_score", "change", "low", "high", "p", "direction",
    "family",
]  # fmt: skip


def since_zero(scores: pd.DataFrame, *, measurement: str, confidence: float) -> pd.DataFrame:
    """Test the groups of one survey against their own zero measurement.

    Parameters
    ----------
    scores
        As :func:`helpers.analysis.cells.scores` returns them, protected: a hidden group is no part of the family.
    measurement
        ``transactional``, ``relational`` or ``employee``.
    confidence
        1 − confidence is at most the chance of any false claim in the whole family.

    Returns
    -------
    pandas.DataFrame
        One row per group with answers now and at the zero measurement, the largest change first: ``id, zero_id`` (of
        the two scores), ``metric, grouping, label, unit_of_score, change`` (now − zero), ``low, high`` (of this one
        change), ``p`` (Holm-adjusted over the family), ``direction`` (``better``, ``worse``, ``none_shown``),
        ``family`` (how many groups were tested). The measure is the survey's NPS or, where it has none, its first. The
        groups are the units of employees; of customers those of the finest split, or where nothing is split the units.
        The answers count as a sample of people.
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
    now, zero = own[own["current"] & ~own["zero"]], own[own["zero"] & ~own["current"]]
    both = [group for group in now["group"] if group in set(zero["group"])]
    now, zero = (table.set_index("group").loc[both] for table in (now, zero))
    now = now.assign(zero_id=zero["id"])
    return _judged(now, between(zero, now, confidence=confidence), confidence)


def _tested(own: pd.DataFrame, *, units_first: bool) -> str:
    """Return the grouping that is tested: one alone, so that no answer counts in two families."""
    split, trees = (own.loc[own["tree"].astype(bool) == tree, "grouping"].drop_duplicates() for tree in (False, True))
    order = [*split.iloc[::-1], *trees]
    return UNIT if units_first and UNIT in order else next(iter(order), "")


def _judged(now: pd.DataFrame, changes: pd.DataFrame, confidence: float) -> pd.DataFrame:
    """Judge the changes of one family together, the largest first."""
    p = changes["p"].copy()
    p[p.notna()] = adjusted(p.dropna(), method="holm")
    better = changes["centre"].gt(0).eq(now["high_is_good"].astype(bool))
    shown = changes["demonstrable"] & p.lt(1 - confidence)
    direction = pd.Series("worse", index=now.index, dtype=object).mask(better, "better").where(shown, "none_shown")
    moved = changes[["difference", "low", "high"]].rename(columns={"difference": "change"})
    table = now.assign(**moved, p=p, direction=direction, family=int(p.notna().sum()))[COLUMNS]
    by_size = table["change"].abs().reset_index(drop=True).sort_values(ascending=False, kind="stable").index
    return table.iloc[by_size].reset_index(drop=True)
