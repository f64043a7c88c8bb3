"""Answers in, one row per declared group out: counts, shares, score and interval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.inference import thresholds
from helpers.inference.scores import (
    Estimate,
    Floats,
    adjusted_wald,
    effective_by_population,
    mean_score,
    net_promoter_score,
    top_box_share,
)

Rule = Literal["nps", "mean", "top_box"]
COUNTS = ["promoters", "passives", "detractors"]
SHARES = ["promoter_share", "passive_share", "detractor_share"]


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
    rows = _sums(answers, by=list(by), rule=rule, best=best, weighted=weighted)
    rows["population"] = _population(rows, list(by), population)
    rows["n_effective"] = _effective(rows)
    estimate = _estimate(rows, rule, confidence)
    if rule == "top_box":
        rows["unweighted"] = 100 * rows["unweighted"]
    rows["score"], rows["centre"], rows["se"], rows["df"] = (
        estimate.score, estimate.centre, estimate.se, estimate.df,
    )  # fmt: skip
    lowest, highest = {"nps": (-100.0, 100.0), "top_box": (0.0, 100.0), "mean": (-np.inf, np.inf)}[rule]
    rows["score_low"] = np.clip(estimate.low, lowest, highest)
    rows["score_high"] = np.clip(estimate.high, lowest, highest)
    sample = _estimate(rows.assign(n_effective=rows["kish"].fillna(0.0)), rule, confidence)
    rows["sample_centre"], rows["sample_se"] = sample.centre, sample.se
    rows["weighted"] = weighted
    return rows.drop(columns=["kish", "variance", "value"])


def _sums(answers: pd.DataFrame, *, by: list[str], rule: Rule, best: Sequence[float], weighted: bool) -> pd.DataFrame:
    """Count and add up per group; ``value`` is the weighted mean of what the rule scores."""
    given = answers["answer"].to_numpy(dtype=np.float64, na_value=np.nan)
    valid = ~np.isnan(given)
    weight = answers["weight"].to_numpy(dtype=np.float64) if weighted else np.ones(len(answers))
    weight = np.where(valid, weight, 0.0)
    scored = np.nan_to_num({"top_box": np.isin(given, list(best)).astype(float)}.get(rule, given))
    columns = {"n": valid, "skipped": ~valid, "w": weight, "w2": weight**2}
    columns |= {"wx": weight * scored, "x": np.where(valid, scored, 0.0)}
    bands = _bands(given) if rule == "nps" else {}
    columns |= bands | {f"w_{name}": weight * inside for name, inside in bands.items()}
    keys = [answers[name] for name in by] or [pd.Series(0, index=answers.index)]
    frame = pd.DataFrame(columns, index=answers.index).astype(np.float64)
    sums = frame.groupby(keys, observed=False, dropna=True, sort=True).sum()
    if not by:
        sums = sums.reindex([0], fill_value=0.0)
    mean = (sums["wx"] / sums["w"].where(sums["w"] > 0)).rename("value")
    spread = weight * (scored - _per_row(mean, keys, by)) ** 2
    squares = pd.Series(spread, index=answers.index).groupby(keys, observed=False, sort=True).sum()
    return _assembled(sums, mean, squares.reindex(sums.index, fill_value=0.0), by, bool(bands))


def _bands(given: Floats) -> dict[str, npt.NDArray[np.bool_]]:
    with np.errstate(invalid="ignore"):
        promoters = given >= thresholds.PROMOTER_FROM
        detractors = given < thresholds.PASSIVE_FROM
    return {
        "promoters": promoters,
        "passives": ~promoters & ~detractors & ~np.isnan(given),
        "detractors": detractors,
    }


def _per_row(mean: pd.Series, keys: list[pd.Series], by: list[str]) -> Floats:
    if not by:
        return np.full(len(keys[0]), mean.iloc[0])
    index = pd.MultiIndex.from_arrays(keys) if len(by) > 1 else pd.Index(keys[0])
    return mean.reindex(index).fillna(0.0).to_numpy(dtype=np.float64)


def _assembled(sums: pd.DataFrame, mean: pd.Series, squares: pd.Series, by: list[str], banded: bool) -> pd.DataFrame:
    some = sums["w"].where(sums["w"] > 0)
    counts = sums[["n", "skipped"]].astype("int64")
    for name in COUNTS:
        counts[name] = sums[name].astype("int64") if banded else pd.array([pd.NA] * len(sums), dtype="Int64")
    for name, share in zip(COUNTS, SHARES, strict=True):
        counts[share] = sums[f"w_{name}"] / some if banded else np.nan
    counts["value"] = mean
    counts["kish"] = sums["w"] ** 2 / sums["w2"].where(sums["w2"] > 0)
    # weighted variance scaled to the divisor n − 1, so that equal weights give the sample variance
    counts["variance"] = squares / some * sums["n"] / (sums["n"] - 1).where(sums["n"] > 1)
    plain = sums["x"] / sums["n"].where(sums["n"] > 0)
    counts["unweighted"] = (
        net_promoter_score(sums["promoters"], sums["passives"], sums["detractors"]) if banded else plain
    )
    return counts.reset_index() if by else counts.reset_index(drop=True)


def _population(rows: pd.DataFrame, by: list[str], population: pd.Series | None) -> pd.Series:
    if population is None:
        return pd.Series(np.nan, index=rows.index)
    if not by:
        return pd.Series(float(population.iloc[0]), index=rows.index)
    index = pd.MultiIndex.from_frame(rows[by]) if len(by) > 1 else pd.Index(rows[by[0]])
    return pd.Series(population.reindex(index).to_numpy(dtype=np.float64), index=rows.index)


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
