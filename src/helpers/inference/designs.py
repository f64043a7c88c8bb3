"""The score of a sample that was drawn by a plan, with the standard error that the plan gives."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.inference import thresholds
from helpers.inference.bands import of_answers
from helpers.inference.estimates import estimates
from helpers.inference.inputs import ANSWER, CONFIDENCE, NUMBER, Floats, number, required
from helpers.inference.plans import Plan, planned, residuals, variance
from helpers.inference.populations import effective_by_weights
from helpers.inference.reading import group_names
from helpers.inference.tallies import Rule, grouped


def design_based(
    answers: pd.DataFrame,
    *,
    rule: Rule = "nps",
    best: Sequence[float] = (),
    weight: str | None = None,
    clusters: str | None = None,
    strata: str | None = None,
    population: float | pd.Series | None = None,
    calibrated_to: Sequence[str | Sequence[str]] = (),
    weight_before: str | None = None,
    by: Sequence[str] = (),
    confidence: float = thresholds.CONFIDENCE,
) -> pd.DataFrame:
    """Score every declared group of a sample with the standard error that its design gives.

    Parameters
    ----------
    answers
        One row per response: ``answer`` (number, null = skipped) and the columns named below. Who skipped the question
        is no part of the sample.
    rule, best
        ``nps``, ``mean``, or ``top_box`` with the answers that count.
    weight
        Column of weights, above 0; default every answer weighs the same. Strata and population make no weights:
        :func:`helpers.inference.weighting.post_stratified` does.
    clusters
        Column of what was drawn, such as teams, or customers who answered more than once; default each answer is
        a cluster of its own. A team that is in the sample because every team is, is a stratum.
    strata
        Column of the parts that were drawn from separately; a cluster lies in one of them.
    population
        What could have been drawn, per stratum: people, or clusters where ``clusters`` is given (1 − n/N of the
        variance is left). One number, or with ``strata`` a Series by stratum; infinite where nobody counted.
    calibrated_to
        The columns whose known totals the weights meet: a name for each margin of
        :func:`~helpers.inference.weighting.raked`; a list of names for the cells that they make together, of
        :func:`~helpers.inference.weighting.post_stratified`. They are not taken as fixed then.
    weight_before
        With ``calibrated_to``: column of the weights from before; default all were the same.
    by
        Group columns; every combination of declared categories gets a row, in declared order.
    confidence
        Between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row per group: the group columns, ``n`` (answers), ``score, centre, se, low, high`` (points, percent for
        top_box, the scale's unit for mean; centre is the score, limits are not clipped), ``df`` (clusters − strata with
        answers in the group), ``design_effect`` (variance / variance of a simple random sample of n),
        ``n_effective`` (n / design_effect) and ``se_of`` (``residuals`` where calibrated, else ``fixed_weights``).
        No answers: n = 0 and no score. One cluster: a score and no interval (NaN). Everybody drawn: se 0 and an
        infinite n_effective. Nothing varies otherwise, as when all are promoters: se 0 and an interval without width,
        which is no certainty. With one cluster or without variance n_effective is Kish's number of clusters, which
        :func:`helpers.inference.scores.interval` takes.

    Raises
    ------
    DataError
        If a column is missing, an answer is text or for nps no whole number from 0 to 10, a weight 0, negative or
        missing, a label missing, a stratum holds one cluster of several, a cluster lies in two strata, or a population
        is missing or below what was drawn.

    Notes
    -----
    Score m = Σwx / Σw, with x = −100, 0 or 100 for nps. Each answer's share in its error is u = w (x − m) / Σw, and 0
    outside the group: the design stays whole. After calibration w e / Σw takes its place, with e the residual of
    (x − m) fitted by the calibrated columns. With z the sum of u in each of the c clusters of a stratum, and f the
    share that was drawn: variance = Σ over strata of (1 − f) c / (c − 1) Σ (z − z̄)²; the interval is m ± t(df) se.

    References
    ----------
    .. [1] Särndal, C.-E., Swensson, B. & Wretman, J. (1992). Model Assisted Survey Sampling. Springer. Chapters 5–7
       and 10.
    .. [2] Deville, J.-C. & Särndal, C.-E. (1992). Calibration estimators in survey sampling. Journal of the American
       Statistical Association 87, 376–382.
    .. [3] Lumley, T. (2004). Analysis of complex survey samples. Journal of Statistical Software 9(8).

    Examples
    --------
    >>> answers = pd.DataFrame({"answer": [9, 9, 9, 7, 9, 6, 7, 7], "team": list("AABBCCDD")})
    >>> design_based(answers, clusters="team").round(2)[["n", "score", "se", "low", "high", "df"]].values.tolist()
    [[8.0, 37.5, 23.94, -38.67, 113.67, 3.0]]
    """
    confidence = number("confidence", confidence, CONFIDENCE)
    margins = [[one] if isinstance(one, str) else list(one) for one in calibrated_to]
    named = [name for name in (weight, weight_before, clusters, strata) if name is not None]
    groups_by = group_names(by)
    required(answers, ("answer", *named, *groups_by, *(name for margin in margins for name in margin)), what="answers")
    there = answers["answer"].notna().to_numpy()
    given = answers[there]
    plan = planned(
        given, answer=ANSWER if rule == "nps" else NUMBER, weight=weight, weight_before=weight_before,
        clusters=clusters, strata=strata, population=population, margins=margins,
    )  # fmt: skip
    value = _scored(given["answer"].to_numpy(np.float64), rule, best)
    codes, groups = grouped(answers, groups_by)
    rows = pd.DataFrame([_row(value, codes[there] == group, plan) for group in range(len(groups))], groups.index)
    score, se, df = (rows[name].to_numpy(np.float64) for name in ("score", "se", "df"))
    table = estimates(groups.index, score=score, centre=score, se=se, df=df, confidence=confidence)
    found = pd.concat([groups, rows["n"], table, rows[["n_effective", "design_effect"]]], axis=1)
    return found.assign(se_of="residuals" if margins else "fixed_weights")


def _scored(answer: Floats, rule: Rule, best: Sequence[float]) -> Floats:
    if rule == "mean":
        return answer
    if rule == "top_box":
        return np.where(np.isin(answer, list(best)), 100.0, 0.0)
    inside = of_answers(answer)
    return np.where(inside["promoters"], 100.0, np.where(inside["detractors"], -100.0, 0.0))


def _row(value: Floats, inside: npt.NDArray[np.bool_], plan: Plan) -> dict[str, float]:
    """Return the score of one group; the answers outside it stay part of the plan."""
    n = int(inside.sum())
    if not n:
        return {"n": 0, "score": np.nan, "se": np.nan, "df": np.nan, "n_effective": 0.0, "design_effect": np.nan}
    weight = np.where(inside, plan.weight, 0.0)
    own = value[inside]
    score = float(own[0] if np.ptp(own) == 0 else (weight * value).sum() / weight.sum())
    apart = np.where(inside, value - score, 0.0)
    share = (plan.weight if plan.margins else weight) * residuals(plan, apart) / weight.sum()
    spread, simple = variance(plan, share), float((weight * apart**2).sum() / weight.sum() / max(n - 1, 1))
    clusters, strata = plan.cluster[inside], plan.stratum[plan.cluster[inside]]
    df = len(np.unique(clusters)) - len(np.unique(strata))
    if plan.everybody(inside | (share != 0)):
        found = {"se": 0.0, "df": max(df, 1), "n_effective": np.inf}
    elif df < 1 or spread <= thresholds.NO_SPREAD**2 * simple:
        totals = np.bincount(clusters, weight[inside])
        by_weights = effective_by_weights(totals[totals > 0])
        found = {"se": 0.0 if df else np.nan, "df": df or np.nan, "n_effective": by_weights}
    else:
        found = {"se": np.sqrt(spread), "df": df, "n_effective": n * simple / spread}
    return {"n": n, "score": score, **found, "design_effect": n / found["n_effective"]}
