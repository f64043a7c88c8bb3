"""Where do we stand: the zero measurement beside the scores of now."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers.params import paths
from helpers.params.metrics import Metric, figure_id

ANSWERS = tuple(range(11))
_DESCRIBED = (
    "metric", "grouping", "scope", "label", "tree", "level", "unit_of_score", "audience", "measurement", "weighted",
)  # fmt: skip
_MEASURED = (
    "id", "period", "score", "low", "high", "n", "skipped", "population", "unweighted", "shown", "hidden_because",
    "promoter_share", "passive_share", "detractor_share",
)  # fmt: skip


def distribution(answers: pd.DataFrame, metrics: Sequence[Metric], windows: pd.DataFrame) -> pd.DataFrame:
    """Count the answers 0–10 of each NPS metric as it stands now.

    Returns
    -------
    pandas.DataFrame
        One row per metric and answer: ``id`` (of the score it belongs to), ``metric, period, answer``
        (0…10), ``count``, ``share`` (0–1, of the answers given; weighted as the score is, null without
        answers), ``weighted`` (whether it is).
    """
    rows = []
    for metric in metrics:
        now = windows[(windows["metric"] == metric.key) & windows["current"]]
        if metric.rule != "nps" or now.empty:
            continue
        period = now["period"].iloc[0]
        own = answers[answers["source"].isin(metric.sources) & (answers["period"] == period)]
        given = own[f"measure.{metric.name}"]
        # a survey without weights counts each answer once beside one that has them
        weight = own["weight"].fillna(1.0) if metric.weighted else pd.Series(1.0, index=own.index)
        count, mass = given.value_counts(), weight.groupby(given).sum()
        rows += [
            {"id": figure_id(metric.key, {}, period), "metric": metric.key, "period": period, "answer": answer,
             "count": int(count.get(answer, 0)),
             "share": float(mass.get(answer, 0.0) / mass.sum()) if len(mass) else None, "weighted": metric.weighted}
            for answer in ANSWERS
        ]  # fmt: skip
    return pd.DataFrame(rows, columns=["id", "metric", "period", "answer", "count", "share", "weighted"])


def now_and_zero(scores: pd.DataFrame, *, measurement: str) -> pd.DataFrame:
    """Lay the scores now beside those of the zero measurement.

    Parameters
    ----------
    scores
        As :func:`helpers.analysis.cells.scores` returns them, protected.
    measurement
        ``transactional``, ``relational`` or ``employee``.

    Returns
    -------
    pandas.DataFrame
        One row per group of the measurement's NPS (or, where it has none, its first measure), in declared
        order: ``id, metric, grouping, scope, label, tree, level, unit_of_score, audience``; ``period, score, low,
        high, n, skipped, population, shown, hidden_because, promoter_share, passive_share, detractor_share``
        now; the same with ``zero_`` before them at the zero measurement. A group that was not measured then or
        is not now has nulls there.
    """
    own = scores[(scores["measurement"] == measurement) & (scores["zero"] | scores["current"])]
    own = own[own["metric"] == _leading(own)]
    group = own["scope"].map(lambda scope: figure_id("", scope, ""))
    own = own.assign(group=group).rename(columns={"score_low": "low", "score_high": "high"})
    described = _in_order(own.drop_duplicates("group")).set_index("group")[list(_DESCRIBED)]
    now = own[own["current"]].set_index("group")[list(_MEASURED)]
    zero = own[own["zero"]].set_index("group")[list(_MEASURED)].add_prefix("zero_")
    return described.join(now).join(zero).reset_index(drop=True)


def other_measures(scores: pd.DataFrame) -> pd.DataFrame:
    """Return the whole of every measure that does not lead its survey, now and at its zero measurement.

    Returns
    -------
    pandas.DataFrame
        One row per metric, columns as :func:`now_and_zero`.
    """
    seen = scores[scores["zero"] | scores["current"]]
    leading = {_leading(seen[seen["measurement"] == survey]) for survey in seen["measurement"].unique()}
    other = seen[(seen["grouping"] == "") & ~seen["metric"].isin(leading)]
    other = other.rename(columns={"score_low": "low", "score_high": "high"})
    described = other.drop_duplicates("metric").set_index("metric", drop=False)[list(_DESCRIBED)]
    now = other[other["current"]].set_index("metric")[list(_MEASURED)]
    zero = other[other["zero"]].set_index("metric")[list(_MEASURED)].add_prefix("zero_")
    return described.join(now).join(zero).reset_index(drop=True)


def _in_order(groups: pd.DataFrame) -> pd.DataFrame:
    """Put a unit that is new where it stands in the tree, not below the last unit of the zero measurement."""
    appearance = {name: place for place, name in enumerate(groups["grouping"].drop_duplicates())}
    places = [
        (appearance[grouping], paths.parts(scope[grouping]) if tree else [])
        for grouping, scope, tree in zip(groups["grouping"], groups["scope"], groups["tree"], strict=True)
    ]
    return groups.iloc[sorted(range(len(groups)), key=places.__getitem__)]


def _leading(scores: pd.DataFrame) -> str:
    keys = scores["metric"].drop_duplicates()
    nps = scores.loc[scores["unit_of_score"] == "points", "metric"]
    return str(next(iter(nps), next(iter(keys), "")))
