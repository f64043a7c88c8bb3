"""Answers in, one row per declared group out: counts, shares, score and interval."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.inference.inputs import CONFIDENCE, Floats, number
from helpers.inference.populations import effective_answers
from helpers.inference.scores import interval, mean_score, net_promoter_score
from helpers.inference.shares import top_box_share
from helpers.inference.tallies import COUNTS, SHARES, SQUARES, SUMS, Rule, tally

LIMITS = {"nps": (-100.0, 100.0), "top_box": (0.0, 100.0), "mean": (-np.inf, np.inf)}

__all__ = ["COUNTS", "SHARES", "Rule", "by_group", "scored"]


def by_group(
    answers: pd.DataFrame,
    *,
    by: Sequence[str] = (),
    rule: Rule = "nps",
    best: Sequence[float] = (),
    confidence: float = 0.95,
    weighted: bool = False,
    population: pd.Series | None = None,
) -> pd.DataFrame:
    """Score every declared group.

    Parameters
    ----------
    answers
        One row per response: ``answer`` (number, null = skipped), ``weight`` when ``weighted``, and the
        columns of ``by``, categorical where an order was declared.
    by
        Group columns; every combination of declared categories gets a row, in declared order.
    rule
        ``nps``, ``mean`` or ``top_box``.
    best
        For ``top_box``: the answers that count.
    confidence
        Between 0 and 1.
    weighted
        Whether shares, score and interval use ``weight``.
    population
        People per group, indexed like the groups; groups that are absent count as infinite.

    Returns
    -------
    pandas.DataFrame
        One row per group: the group columns, ``n, skipped, promoters, passives, detractors`` (counts),
        ``promoter_share, passive_share, detractor_share`` (0…1), ``score, score_low, score_high, centre, se,
        df, method`` (which interval) and ``unweighted`` (points for nps, the scale's unit for mean, percent for
        top_box), ``n_effective, population, weighted``; ``sample_centre, sample_se, sample_effective`` are centre, se
        and effective n when the people are taken as a sample, which is what a test of change asks about. A group
        without answers has n = 0 and no score.

    Raises
    ------
    DataError
        If a column is missing, a weight is 0, negative or missing, or more people answered than there are.

    Examples
    --------
    >>> table = by_group(pd.DataFrame({"answer": [10, 9, 8, 3, None]}))
    >>> table[["n", "skipped", "promoters", "passives", "detractors", "score"]].to_dict("records")
    [{'n': 4, 'skipped': 1, 'promoters': 2, 'passives': 1, 'detractors': 1, 'score': 25.0}]
    """
    groups = tally(answers, by=list(by), rule=rule, best=best, weighted=weighted)
    return scored(
        groups, rule=rule, confidence=confidence, weighted=weighted, population=_aligned(groups, by, population)
    )


def scored(
    tallies: pd.DataFrame,
    *,
    rule: Rule,
    confidence: float,
    weighted: bool,
    population: npt.ArrayLike | None = None,
    design_effect: npt.ArrayLike = 1.0,
    df: npt.ArrayLike = np.inf,
) -> pd.DataFrame:
    """Score groups whose answers are already added up.

    Parameters
    ----------
    tallies
        As :func:`helpers.inference.tallies.tally` and :func:`~helpers.inference.tallies.added` return them,
        made for the same ``rule``.
    rule, confidence, weighted
        As in :func:`by_group`.
    population
        People per row of ``tallies``; NaN counts as infinite, and so do all when it is left out.
    design_effect, df
        Per row: by how much clusters widen the variance, and the degrees of freedom that they leave (infinite: as
        many as the rule has by itself).

    Returns
    -------
    pandas.DataFrame
        The columns of :func:`by_group`, in the order of ``tallies``.
    """
    confidence = number("confidence", confidence, CONFIDENCE)
    rows = _counted(tallies, banded=rule == "nps")
    rows["population"] = np.nan if population is None else np.asarray(population, dtype=np.float64)
    rows["sample_effective"] = rows["kish"].fillna(0.0) / np.asarray(design_effect, dtype=np.float64)
    rows["n_effective"] = effective_answers(rows["sample_effective"], rows["population"].fillna(np.inf))
    estimate = _estimate(rows, rule, confidence, rows["n_effective"], df)
    for name in ("score", "centre", "se", "df", "method"):
        rows[name] = estimate[name]
    lowest, highest = LIMITS[rule]
    rows["score_low"], rows["score_high"] = (estimate[name].clip(lowest, highest) for name in ("low", "high"))
    sample = _estimate(rows, rule, confidence, rows["sample_effective"], df)
    rows["sample_centre"], rows["sample_se"] = sample["centre"], sample["se"]
    rows["weighted"] = weighted
    if rule == "top_box":
        rows["unweighted"] = 100 * rows["unweighted"]
    return rows.drop(columns=["kish", "variance", "value"])


def _counted(tallies: pd.DataFrame, *, banded: bool) -> pd.DataFrame:
    """Turn sums into counts, shares, means and variances; ``value`` is the weighted mean of what is scored."""
    some = tallies["w"].where(tallies["w"] > 0)
    counts = tallies.drop(columns=[*SUMS, SQUARES]).assign(**tallies[["n", "skipped"]].astype("int64"))
    for name, share in zip(COUNTS, SHARES, strict=True):
        counts[name] = tallies[name].astype("int64") if banded else pd.array([pd.NA] * len(tallies), dtype="Int64")
        counts[share] = tallies[f"w_{name}"] / some if banded else np.nan
    counts["value"] = tallies["wx"] / some
    counts["kish"] = tallies["w"] ** 2 / tallies["w2"].where(tallies["w2"] > 0)
    # weighted variance scaled to the divisor n − 1, so that equal weights give the sample variance
    counts["variance"] = tallies[SQUARES] / some * tallies["n"] / (tallies["n"] - 1).where(tallies["n"] > 1)
    plain = tallies["x"] / tallies["n"].where(tallies["n"] > 0)
    counts["unweighted"] = net_promoter_score(*(tallies[name] for name in COUNTS))["score"] if banded else plain
    return counts


def _aligned(groups: pd.DataFrame, by: Sequence[str], population: pd.Series | None) -> Floats | None:
    if population is None:
        return None
    if not by:
        return population.to_numpy(dtype=np.float64)[:1]
    index = pd.MultiIndex.from_frame(groups[list(by)]) if len(by) > 1 else pd.Index(groups[by[0]])
    return population.reindex(index).to_numpy(dtype=np.float64)


def _estimate(rows: pd.DataFrame, rule: Rule, confidence: float, worth: pd.Series, df: npt.ArrayLike) -> pd.DataFrame:
    n, value = rows["n"], rows["value"]
    freedom = np.broadcast_to(np.asarray(df, dtype=np.float64), len(rows))
    if rule == "nps":
        shares = [rows[share].fillna(0.0) * n for share in SHARES]
        return interval(*shares, n_effective=worth, df=freedom, confidence=confidence)
    if rule == "top_box":
        found = top_box_share(n, value, n_effective=worth, df=freedom, confidence=confidence)
        return found.assign(method=np.where(n > 0, "wilson", "none"))
    own = np.minimum(np.maximum(n.to_numpy(dtype=np.float64) - 1, 1), freedom)
    found = mean_score(n, value, rows["variance"], n_effective=worth, df=own, confidence=confidence)
    return found.assign(method=np.where(n > 0, "t", "none"))
