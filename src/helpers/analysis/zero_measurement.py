"""Where do we stand: the zero measurement beside the scores of now."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers.inference import populations
from helpers.inference.sample_size import demonstrable_change
from helpers.inference.shares import simultaneous_shares
from helpers.inference.thresholds import POWER
from helpers.params import paths
from helpers.params.metrics import Metric, figure_id

HIGHEST = 10
BANDS = ("detractor", "passive", "promoter")
"""In the order of the answers that they hold."""
_DESCRIBED = (
    "metric", "grouping", "scope", "label", "tree", "level", "unit_of_score", "audience", "measurement", "weighted",
)  # fmt: skip
_MEASURED = (
    "id", "period", "score", "low", "high", "n", "skipped", "population", "invited", "unweighted", "weighting_effect",
    "design_effect", "shown", "hidden_because", "promoter_share", "passive_share", "detractor_share",
)  # fmt: skip


def distribution(answers: pd.DataFrame, metrics: Sequence[Metric], windows: pd.DataFrame) -> pd.DataFrame:
    """Count the answers 0–10 (1–10 where it was asked so) of each NPS metric as it stands now.

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
            for answer in range(metric.measure.scale[0], HIGHEST + 1)
        ]  # fmt: skip
    return pd.DataFrame(rows, columns=["id", "metric", "period", "answer", "count", "share", "weighted"])


def bands(scores: pd.DataFrame, *, confidence: float) -> pd.DataFrame:
    """Return the shares of the three bands of each NPS as it stands now, with intervals that hold all at once.

    Parameters
    ----------
    scores
        As :func:`helpers.analysis.cells.scores` returns them.
    confidence
        That the three intervals of a measure are right together; between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row per NPS and band: ``id, metric, period, n`` of the score that it belongs to, ``band`` (detractor,
        passive, promoter), ``share, low, high`` (0…1; null without answers), ``weighted``. Weights and the headcount
        count as they do in the score's own interval.
    """
    whole = _whole_now(scores)
    shares = whole[[f"{band}_share" for band in BANDS]].astype("float64").fillna(0.0)
    counts = shares.mul(whole["n"].astype("float64"), axis=0).set_axis(list(BANDS), axis=1)
    found = simultaneous_shares(counts, n_effective=whole["n_effective"], confidence=confidence)
    described = whole.loc[found["row"], ["id", "metric", "period", "n", "weighted"]].reset_index(drop=True)
    return described.assign(band=found["class"], **found[["share", "low", "high"]])


def worst_case(scores: pd.DataFrame) -> pd.DataFrame:
    """Return between which scores everybody's NPS lies now, whatever those who did not answer would have said.

    Parameters
    ----------
    scores
        As :func:`helpers.analysis.cells.scores` returns them.

    Returns
    -------
    pandas.DataFrame
        One row per NPS of which the headcount is known and somebody answered: ``id, metric, period, n, population``,
        ``silent`` (people who did not answer), ``low, high`` (points).
    """
    whole = _whole_now(scores)
    known = whole[whole["population"].notna() & whole["n"].gt(0)]
    counts = {f"{band}s": known[f"{band}s"].astype("float64") for band in BANDS}
    found = populations.worst_case(**counts, population=known["population"])
    table = known[["id", "metric", "period", "n", "population"]].assign(
        silent=known["population"] - known["n"], low=found["low"], high=found["high"]
    )
    return table.reset_index(drop=True)


def detectable(scores: pd.DataFrame, *, measurement: str, confidence: float) -> pd.DataFrame:
    """Return the smallest change of a survey that can be shown with as many answers next time.

    Parameters
    ----------
    scores
        As :func:`helpers.analysis.cells.scores` returns them, protected.
    measurement
        ``transactional``, ``relational`` or ``employee``.
    confidence
        Of the test, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row, for the whole of the measurement's NPS (or, where it has none, its first measure) now: ``id, metric,
        unit_of_score, score, n``, ``change`` (above 0, in the unit of the score, not clipped) and ``power`` (0…1); no
        row where it is hidden or nobody answered.
    """
    own = scores[scores["measurement"] == measurement]
    lead = _leading(own[own["zero"] | own["current"]])
    whole = own[(own["metric"] == lead) & own["current"] & (own["grouping"] == "") & own["shown"]]
    wave = whole[whole["n"].gt(0)].astype(dict.fromkeys(("n", "sample_se", "sample_effective", "df"), "float64"))
    change = demonstrable_change(wave, confidence=confidence)
    return wave[["id", "metric", "unit_of_score", "score", "n"]].assign(change=change, power=POWER)


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
        high, n, skipped, population, invited, unweighted, weighting_effect, design_effect, shown, hidden_because,
        promoter_share, passive_share, detractor_share`` now; the same with ``zero_`` before them at the zero
        measurement. A group that was not measured then or is not now has nulls there.
    """
    own = scores[scores["measurement"] == measurement]
    return _split(scores, _leading(own[own["zero"] | own["current"]]))


def headline_splits(scores: pd.DataFrame, *, headlines: Sequence[str]) -> pd.DataFrame:
    """Lay beside each other, now and then, the groups of every headline measure that does not lead its survey.

    Parameters
    ----------
    scores
        As :func:`helpers.analysis.cells.scores` returns them, protected.
    headlines
        The keys of the headline measures, in order.

    Returns
    -------
    pandas.DataFrame
        Per metric the rows and columns of :func:`now_and_zero`; empty where every headline leads its survey.
    """
    leading = _leading_of_each(scores[scores["zero"] | scores["current"]])
    further = [key for key in headlines if key not in leading]
    parts = [part for key in further if len(part := _split(scores, key))]
    return pd.concat(parts, ignore_index=True) if parts else _split(scores, "")


def other_measures(scores: pd.DataFrame, *, headlines: Sequence[str] = ()) -> pd.DataFrame:
    """Return the whole of every measure that is split nowhere, now and at its zero measurement.

    Parameters
    ----------
    scores
        As :func:`helpers.analysis.cells.scores` returns them, protected.
    headlines
        The keys of the headline measures, which are split too.

    Returns
    -------
    pandas.DataFrame
        One row per metric that neither leads its survey nor the report, columns as :func:`now_and_zero`.
    """
    seen = scores[scores["zero"] | scores["current"]]
    split = {*_leading_of_each(seen), *headlines}
    other = seen[(seen["grouping"] == "") & ~seen["metric"].isin(split)]
    return _beside(other, other["metric"])


def _whole_now(scores: pd.DataFrame) -> pd.DataFrame:
    return scores[scores["current"] & (scores["grouping"] == "") & (scores["unit_of_score"] == "points")]


def _split(scores: pd.DataFrame, metric: str) -> pd.DataFrame:
    """Return one row per group of a metric, now and at the zero measurement."""
    own = scores[(scores["metric"] == metric) & (scores["zero"] | scores["current"])]
    return _beside(own, own["scope"].map(lambda scope: figure_id("", scope, "")))


def _beside(own: pd.DataFrame, rows: pd.Series) -> pd.DataFrame:
    """Lay now and the zero measurement of each row beside each other, in declared order."""
    own = own.assign(row=rows.astype(object)).rename(columns={"score_low": "low", "score_high": "high"})
    described = _in_order(own.drop_duplicates("row")).set_index("row")[list(_DESCRIBED)]
    now = own[own["current"]].set_index("row")[list(_MEASURED)]
    zero = own[own["zero"]].set_index("row")[list(_MEASURED)].add_prefix("zero_")
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


def _leading_of_each(seen: pd.DataFrame) -> set[str]:
    return {_leading(seen[seen["measurement"] == survey]) for survey in seen["measurement"].unique()}
