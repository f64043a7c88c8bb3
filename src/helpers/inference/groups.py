"""Answers in, one row per declared group out: counts, shares, score and interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.errors import DataError
from helpers.inference import inputs, thresholds
from helpers.inference.inputs import Floats, columns, number, required, told
from helpers.inference.means import mean_score
from helpers.inference.populations import effective_answers, kish
from helpers.inference.ratios import part_of
from helpers.inference.scores import interval, net_promoter_score
from helpers.inference.shares import top_box_share
from helpers.inference.tallies import ABOUT_MEAN, COUNTS, SHARES, SUMS, TWICE, WEIGHED, Rule, tally

LIMITS = {"nps": (-100.0, 100.0), "top_box": (0.0, 100.0), "mean": (-np.inf, np.inf)}
PEOPLE = replace(inputs.POPULATION, missing=True)
DESIGN_EFFECT = inputs.Rule(0, np.inf, "A design effect is a number above 0", open_below=True, open_above=True)
ESTIMATED = ["score", "centre", "se", "df", "method"]
AROUND = ["score_low", "score_high", "unweighted", "n_effective", "weighting_effect", "population", "weighted"]
SAMPLED = ["sample_centre", "sample_se", "sample_effective"]

__all__ = ["COUNTS", "SHARES", "Rule", "by_group", "scored"]


def by_group(
    answers: pd.DataFrame,
    *,
    by: Sequence[str] = (),
    rule: Rule = "nps",
    best: Sequence[float] = (),
    confidence: float = thresholds.CONFIDENCE,
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
        top_box), ``n_effective``, ``weighting_effect`` (Kish's design effect of the weights: 1 where all are equal, at
        most n), ``population, weighted``; ``sample_centre, sample_se, sample_effective`` are centre, se and effective n
        when the people are taken as a sample, which is what a test of change asks about. A group without answers has
        n = 0 and no score; one answer, all promoters and n = N are as in :func:`~helpers.inference.scores.interval`.

    Raises
    ------
    DataError
        If a column is missing, an answer is infinite, text, or for nps not a whole 0…10, a weight of an answer is 0,
        negative or missing, more people answered than there are, or the population is not one number above 0 per group.

    Notes
    -----
    n answers with weights w are worth the smaller of two numbers. One is that of the linearised variance,
    Σw Σw(x − m)² / Σw²(x − m)² with m = Σwx / Σw, as :func:`helpers.inference.designs.design_based` has it for these
    answers by themselves [1]_; of an NPS x is −1, 0 or 1. The other is Kish's (Σw)² / Σw² [2]_. The first is too large
    by chance where heavy answers happen to agree, the second wherever heavy answers are the ones that differ. Weights
    that are all alike leave n.

    References
    ----------
    .. [1] Lumley, T. (2010). Complex Surveys: A Guide to Analysis Using R. Wiley. Chapter 2.
    .. [2] Kish, L. (1965). Survey Sampling. Wiley. Section 11.7.

    Examples
    --------
    >>> table = by_group(pd.DataFrame({"answer": [10, 9, 8, 3, None]}))
    >>> table[["n", "skipped", "promoters", "passives", "detractors", "score"]].to_dict("records")
    [{'n': 4, 'skipped': 1, 'promoters': 2, 'passives': 1, 'detractors': 1, 'score': 25.0}]
    """
    groups = tally(answers, by=by, rule=rule, best=best, weighted=weighted)
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

    Raises
    ------
    DataError
        If a sum is missing, a population or design effect is not above 0, or more people answered than there are.

    Notes
    -----
    The worth of the answers as in :func:`by_group`, divided by the design effect, then
    :func:`~helpers.inference.populations.effective_answers`, gives the interval of the rule.

    References
    ----------
    .. [1] Kish, L. (1965). Survey Sampling. Wiley. Chapter 5 and section 11.7.

    Examples
    --------
    >>> parts = tally(pd.DataFrame({"answer": [10, 9, 8, 3]}))
    >>> found = scored(parts, rule="nps", confidence=0.95, weighted=False, design_effect=2.0)
    >>> found[["n", "n_effective", "score", "method"]].values.tolist()
    [[4, 2.0, 25.0, 'score']]
    """
    _refuse_columns(tallies)
    confidence = number("confidence", confidence, inputs.CONFIDENCE)
    rows, moments = _counted(tallies, banded=rule == "nps"), _moments(tallies, rule)
    given = _of_rows(tallies, population=population, design_effect=design_effect, df=df)
    rows["population"] = given["population"]
    rows["weighting_effect"] = moments["weighting_effect"]
    sample_effective = moments["worth"] / given["design_effect"]
    effective = effective_answers(
        sample_effective, np.where(np.isnan(given["population"]), np.inf, given["population"])
    )
    rows["sample_effective"], rows["n_effective"] = sample_effective, effective
    estimate = _estimate(moments, rule, confidence, effective.to_numpy(), given["df"])
    for name in ESTIMATED:
        rows[name] = estimate[name].to_numpy()
    for name in ("low", "high"):
        rows[f"score_{name}"] = estimate[name].clip(*LIMITS[rule]).to_numpy()
    if not np.isnan(given["population"]).all():
        estimate = _estimate(moments, rule, confidence, sample_effective, given["df"])
    rows["sample_centre"], rows["sample_se"] = estimate["centre"].to_numpy(), estimate["se"].to_numpy()
    rows["weighted"] = weighted
    if rule == "top_box":
        rows["unweighted"] = 100 * rows["unweighted"]
    return rows


def _refuse_columns(tallies: pd.DataFrame) -> None:
    required(tallies, (*SUMS, *ABOUT_MEAN), what="tallies")
    faults = [
        f"by: '{name}' is also the name of what is found. Give the group column another name."
        for name in tallies.columns
        if name in (*SHARES, *ESTIMATED, *AROUND, *SAMPLED)
    ]
    if faults:
        raise DataError(faults)


def _counted(tallies: pd.DataFrame, *, banded: bool) -> pd.DataFrame:
    """Turn sums into the group columns, counts, shares and the unweighted score."""
    some = tallies["w"].where(tallies["w"] > 0)
    counts = tallies.drop(columns=[*SUMS, *ABOUT_MEAN]).assign(**tallies[["n", "skipped"]].astype("int64"))
    for name, share in zip(COUNTS, SHARES, strict=True):
        counts[name] = tallies[name].astype("int64") if banded else pd.array([pd.NA] * len(tallies), dtype="Int64")
        counts[share] = tallies[f"w_{name}"] / some if banded else np.nan
    plain = tallies["x"] / tallies["n"].where(tallies["n"] > 0)
    counts["unweighted"] = net_promoter_score(*(tallies[name] for name in COUNTS))["score"] if banded else plain
    return counts


def _moments(tallies: pd.DataFrame, rule: Rule) -> dict[str, Floats]:
    """Return what intervals need: n, its worth, the weighted mean, variance and counts (adding up to n)."""
    sums = {name: tallies[name].to_numpy(dtype=np.float64) for name in (*SUMS, *ABOUT_MEAN)}
    n, w = sums["n"], np.where(sums["w"] > 0, sums["w"], 1.0)
    # weighted variance scaled to the divisor n − 1, so that equal weights give the sample variance
    freedom = np.where(n > 1, n - 1, 1.0)
    found = {"n": n, "mean": sums["wx"] / w, "variance": sums["squares"] / w * n / freedom}
    by_weights = kish(sums["w"], sums["w2"])
    found["weighting_effect"] = part_of(n, by_weights)
    found["worth"] = _worth(sums, found["mean"], by_weights, rule)
    # n / w is 1 without weights, which leaves counts whole
    return found | {name: sums[f"w_{name}"] * (n / w) for name in COUNTS}


def _worth(sums: dict[str, Floats], mean: Floats, by_weights: Floats, rule: Rule) -> Floats:
    """Return the smaller of the linearised and Kish's number of answers; Kish's where nothing varies."""
    w = np.where(sums["w"] > 0, sums["w"], 1.0)
    first, second, size = sums["squares"], sums["w2_squares"], np.abs(mean)
    if rule == "nps":
        score = (sums["w_promoters"] - sums["w_detractors"]) / w
        apart = [(1 - score) ** 2, score**2, (1 + score) ** 2]
        first, second = (
            np.asarray(sum(sums[name] * away for name, away in zip(names, apart, strict=True)))
            for names in (WEIGHED, TWICE)
        )
        size = np.ones(len(w))
    varied = (second > 0) & (first > (thresholds.NO_SPREAD * size) ** 2 * w)
    # in this order, because equal weights of 1 must give n to the last digit
    linearised = w * np.divide(first, second, out=np.full(len(w), np.inf), where=varied)
    worth: Floats = np.minimum(linearised, by_weights)
    return worth


def _of_rows(
    tallies: pd.DataFrame,
    *,
    population: npt.ArrayLike | None,
    design_effect: npt.ArrayLike,
    df: npt.ArrayLike,
) -> dict[str, Floats]:
    """Judge what is given per row; a population that nobody counted is NaN."""
    people = np.full(len(tallies), np.nan) if population is None else np.asarray(population)
    given = {"n": tallies["n"].to_numpy(), "population": people, "design_effect": np.asarray(design_effect)}
    rules = {"n": inputs.COUNT, "population": PEOPLE, "design_effect": DESIGN_EFFECT, "df": inputs.FREEDOM}
    found = columns({**given, "df": np.asarray(df)}, rules)[1]
    over = np.flatnonzero(found["n"] > found["population"])
    faults = [
        f"population, {_named(tallies, row)}: {told(found['n'][row])} answers out of {told(found['population'][row])} "
        "people. No more people can answer than there are; correct the population or remove double answers."
        for row in over[: inputs.NAMED_AT_MOST].tolist()
    ]
    if len(over) > inputs.NAMED_AT_MOST:
        faults.append(f"population: {len(over) - inputs.NAMED_AT_MOST} more groups like these.")
    if faults:
        raise DataError(faults)
    return found


def _named(tallies: pd.DataFrame, row: int) -> str:
    names = [name for name in tallies.columns if name not in (*SUMS, *ABOUT_MEAN)]
    return ", ".join(f"{name} '{tallies[name].iloc[row]}'" for name in names) or f"row {tallies.index[row]}"


def _aligned(groups: pd.DataFrame, by: Sequence[str], population: pd.Series | None) -> npt.ArrayLike | None:
    """Return the people of each group in the order of the groups; absent ones are missing."""
    if population is None:
        return None
    if not by:
        if len(population) != 1:
            raise DataError(
                f"population: {len(population)} numbers were given, and one is needed. "
                "Without groups, give the number of all people."
            )
        return np.asarray(population)
    twice = population.index[population.index.duplicated()].unique()[: inputs.NAMED_AT_MOST]
    if len(twice):
        raise DataError(
            f"population: group {', '.join(repr(name) for name in twice)} stands there more than once. "
            "Give one number of people per group."
        )
    index = pd.MultiIndex.from_frame(groups[list(by)]) if len(by) > 1 else pd.Index(groups[by[0]])
    people: npt.ArrayLike = population.reindex(index).array
    return people


def _estimate(moments: dict[str, Floats], rule: Rule, confidence: float, worth: Floats, df: Floats) -> pd.DataFrame:
    n = moments["n"]
    if rule == "nps":
        counts = [moments[name] for name in COUNTS]
        return interval(*counts, n_effective=worth, df=df, confidence=confidence)
    if rule == "top_box":
        # a sum of weights over itself may be more than 1 in its last digit
        share = np.minimum(moments["mean"], 1.0)
        found = top_box_share(n, share, n_effective=worth, df=df, confidence=confidence)
        return found.assign(method=np.where(n > 0, "wilson", "none"))
    own = np.minimum(np.maximum(n - 1, 1), df)
    found = mean_score(n, moments["mean"], moments["variance"], n_effective=worth, df=own, confidence=confidence)
    return found.assign(method=np.where(n > 0, "t", "none"))
