"""Answers in, one row per declared group out: counts, shares, score and interval."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.inference.scores import (
    Estimate,
    Floats,
    adjusted_wald,
    effective_by_population,
    mean_score,
    net_promoter_score,
    top_box_share,
)
from helpers.inference.tallies import COUNTS, SHARES, SQUARES, SUMS, Rule, tally

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
        df`` and ``unweighted`` (points for nps, the scale's unit for mean, percent for top_box),
        ``n_effective, population, weighted``; ``sample_centre, sample_se`` are centre and se when the people
        are taken as a sample, which is what a test of change asks about. A group without answers has n = 0
        and no score.

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

    Returns
    -------
    pandas.DataFrame
        The columns of :func:`by_group`, in the order of ``tallies``.
    """
    rows = _counted(tallies, banded=rule == "nps")
    rows["population"] = np.nan if population is None else np.asarray(population, dtype=np.float64)
    rows["n_effective"] = _effective(rows)
    estimate = _estimate(rows, rule, confidence)
    rows["score"], rows["centre"], rows["se"], rows["df"] = (
        estimate.score, estimate.centre, estimate.se, estimate.df,
    )  # fmt: skip
    lowest, highest = {"nps": (-100.0, 100.0), "top_box": (0.0, 100.0), "mean": (-np.inf, np.inf)}[rule]
    rows["score_low"] = np.clip(estimate.low, lowest, highest)
    rows["score_high"] = np.clip(estimate.high, lowest, highest)
    sample = _estimate(rows.assign(n_effective=rows["kish"].fillna(0.0)), rule, confidence)
    rows["sample_centre"], rows["sample_se"] = sample.centre, sample.se
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
    counts["unweighted"] = net_promoter_score(*(tallies[name] for name in COUNTS)) if banded else plain
    return counts


def _aligned(groups: pd.DataFrame, by: Sequence[str], population: pd.Series | None) -> Floats | None:
    if population is None:
        return None
    if not by:
        return population.to_numpy(dtype=np.float64)[:1]
    index = pd.MultiIndex.from_frame(groups[list(by)]) if len(by) > 1 else pd.Index(groups[by[0]])
    return population.reindex(index).to_numpy(dtype=np.float64)


def _effective(rows: pd.DataFrame) -> Floats:
    kish = rows["kish"].fillna(0.0).to_numpy(dtype=np.float64)
    known = rows["population"].notna().to_numpy() & (kish > 0)
    population = np.where(known, rows["population"], np.inf)
    finite = effective_by_population(np.where(known, kish, 0.0), np.where(known, population, 1.0))
    return np.where(known, finite, kish)


def _estimate(rows: pd.DataFrame, rule: Rule, confidence: float) -> Estimate:
    effective = rows["n_effective"].to_numpy()
    if rule == "nps":
        shares = [rows[share].fillna(0.0).to_numpy() * rows["n"].to_numpy() for share in SHARES]
        return _without_answers(
            adjusted_wald(*shares, n_effective=effective, confidence=confidence), rows["n"].to_numpy()
        )
    n, value = rows["n"].to_numpy(), rows["value"].to_numpy(dtype=np.float64)
    if rule == "top_box":
        return top_box_share(n, value, n_effective=effective, confidence=confidence)
    return mean_score(n, value, rows["variance"], n_effective=effective, confidence=confidence)


def _without_answers(estimate: Estimate, n: npt.NDArray[np.int64]) -> Estimate:
    blank = [np.where(n > 0, part, np.nan) for part in vars(estimate).values()]
    return Estimate(*blank)
