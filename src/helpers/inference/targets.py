"""A target on its way: the glide path, the probability of being there, the verdict, and what is still needed.

::

    glide_path           where the straight line from zero measurement to target stands on a day
    probability_reached  how likely the true score is at or above a target, by the test of the printed interval
    verdict              that probability in one of five words
    progress             the part of the way that has been covered
    required_pace        how fast the score must move from now on
    change_against_plan  the change since the zero measurement, and how likely it is at least the planned one
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.inference import thresholds
from helpers.inference.differences import between
from helpers.inference.estimates import probability_below
from helpers.inference.glide import glide_path, progress, required_pace
from helpers.inference.inputs import (
    EFFECTIVE,
    FREEDOM,
    NUMBER,
    POINTS,
    PROBABILITY,
    STANDARD_ERROR,
    Floats,
    Given,
    Rule,
    columns,
    required,
    where_there,
)
from helpers.inference.score_intervals import score_probability
from helpers.inference.tallies import COUNTS, SHARES

__all__ = [
    "AFTER_DUE", "BEFORE_DUE", "change_against_plan", "glide_path", "probability_reached", "progress",
    "required_pace", "verdict",
]  # fmt: skip

BEFORE_DUE = ("ahead", "probably_ahead", "on_course", "probably_behind", "behind")
AFTER_DUE = ("achieved", "probably_achieved", "undecided", "probably_not_achieved", "not_achieved")

ESTIMATED = ("score", "centre", "se", "df")
PERCENT = Rule(0, 100, "A target for a share lies between 0 and 100 percent")
SCALES = {("adjusted_wald", "score"): POINTS, ("wilson",): PERCENT}
"""By the method of an interval, what a target of its score may be."""
TRUTH = Rule(0, 1, "It is either true or false", whole=True)
Flags = npt.NDArray[np.bool_]


def probability_reached(estimates: pd.DataFrame, *, target: Given, high_is_good: Given = True) -> pd.Series:
    """Return how likely the true score is at or above a target (at or below where low is good).

    Parameters
    ----------
    estimates
        Scores as :func:`helpers.inference.groups.by_group` returns them: ``score, centre, se, df``; and, where
        ``method`` says that the printed interval is the score interval, the shares and ``n`` (or the counts) and
        ``n_effective``. Any other table of estimates is judged by centre and se.
    target
        In the unit of the score; not looked at where there is no score.
    high_is_good
        Whether more is better.

    Returns
    -------
    pandas.Series
        0…1, indexed like `estimates`; NaN where there is no score or no error. Where everybody answered (se = 0) it
        is 0 or 1, and a score at the target has reached it.

    Raises
    ------
    DataError
        If a column is missing, a target is missing, or it lies outside the scale of an NPS or a share (of a mean no
        scale is known).

    Notes
    -----
    Always by the test of the printed interval, so that it is 0.975 at the lower limit of a 95 % interval.
    Φ((centre − target) / se), or Student's t where df is finite. Where the interval is the score interval:
    :func:`~helpers.inference.score_intervals.score_probability`. Of a share, by Wilson's test:
    Φ((score − target) / √(target (100 − target) / n_effective)).

    References
    ----------
    .. [1] Rocks, B. (2016). Interval estimation for the Net Promoter Score. The American Statistician 70, 365–372.
    .. [2] Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. Journal
       of the American Statistical Association 22, 209–212.

    Examples
    --------
    >>> from helpers.inference.scores import adjusted_wald
    >>> round(probability_reached(adjusted_wald(46, 38, 16), target=25).item(), 4)
    0.7171
    """
    required(estimates, ESTIMATED, what="estimates")
    known = estimates[list(ESTIMATED)].notna().all(axis=1).to_numpy()
    wanted, good = _aims(estimates.index, known, {"target": target}, high_is_good)
    method = estimates.get("method", pd.Series("", index=estimates.index)).to_numpy(dtype=object)
    for methods, rule in SCALES.items():
        columns({"target": pd.Series(np.where(np.isin(method, methods), wanted, 0.0), estimates.index)}, rule)
    varies = known & (np.nan_to_num(estimates["se"].to_numpy(dtype=np.float64)) != 0)
    tests = {"score": _by_score_test, "wilson": _by_wilson}
    found = np.full(len(estimates), np.nan)
    for name, test in tests.items():
        rows = varies & (method == name)
        found[rows] = test(estimates[rows], wanted[rows], good[rows]) if rows.any() else np.nan
    rest = known & ~(varies & np.isin(method, list(tests)))
    found[rest] = _by_centre(estimates[rest], wanted[rest], good[rest])
    return pd.Series(found, index=estimates.index, name="probability")


def verdict(probability: Given, *, due_passed: Given) -> pd.Series:
    """Name a probability in one of five words, before or from the due date on.

    Parameters
    ----------
    probability
        0…1: that the true score is at or above the glide path (before the due date) or the target (from it on);
        missing where there is nothing to judge.
    due_passed
        Whether the due date has been reached.

    Returns
    -------
    pandas.Series
        A code of :data:`BEFORE_DUE` or :data:`AFTER_DUE`; empty where the probability is missing.

    Raises
    ------
    DataError
        If a probability lies outside 0…1.

    Notes
    -----
    From .95 on the first word, from .80 on the second, above .20 the third, above .05 the fourth, else the last.

    References
    ----------
    .. [1] The project's own agreement (docs/method.md, The verdict).

    Examples
    --------
    >>> verdict([0.95, 0.5, 0.05], due_passed=[True, False, True]).tolist()
    ['achieved', 'on_course', 'not_achieved']
    """
    there = ~pd.isna(np.asarray(probability))
    rules = {"probability": PROBABILITY, "due_passed": TRUTH}
    index, given = columns({"probability": where_there(there, probability), "due_passed": due_passed}, rules)
    p, passed = given["probability"], given["due_passed"].astype(np.int64)
    high, probable, low, improbable = thresholds.VERDICT_STEPS
    below = (p < high).astype(np.int64) + (p < probable) + (p <= low) + (p <= improbable)
    words = np.array([BEFORE_DUE, AFTER_DUE], dtype=object)[passed, below]
    return pd.Series(np.where(there, words, ""), index=index, name="verdict", dtype=object)


def change_against_plan(
    before: pd.DataFrame,
    after: pd.DataFrame,
    *,
    planned: Given,
    high_is_good: Given = True,
    confidence: float = thresholds.CONFIDENCE,
) -> pd.DataFrame:
    """Return the change between two waves, and how likely the true change is at least the planned one.

    Parameters
    ----------
    before, after, confidence
        As in :func:`helpers.inference.differences.between`.
    planned
        The change that should have been made by now: the glide path today minus the baseline. Not looked at where
        one side has no score.
    high_is_good
        Whether more is better; else at most the planned change.

    Returns
    -------
    pandas.DataFrame
        The columns of :func:`~helpers.inference.differences.between`, ``planned`` and ``probability`` (0…1, NaN
        where one side has no score).

    Raises
    ------
    DataError
        If a column or a planned change is missing, or the tables have other rows or indexes.

    Notes
    -----
    Φ((centre − planned) / se) with centre and se of the difference, which carry the errors of both waves; Student's t
    where df is finite. As in every test of change the answers count as a sample of people, also where the
    population is known.

    References
    ----------
    .. [1] Rocks, B. (2016). Interval estimation for the Net Promoter Score. The American Statistician 70, 365–372.
    .. [2] Welch, B. L. (1947). The generalization of "Student's" problem when several different population
       variances are involved. Biometrika 34, 28–35.

    Examples
    --------
    >>> from helpers.inference.groups import by_group
    >>> zero, now = (by_group(pd.DataFrame({"answer": [9] * p + [7] * 30 + [5] * d})) for p, d in ((21, 24), (33, 15)))
    >>> found = change_against_plan(zero, now, planned=10)
    >>> found[["difference", "planned", "probability"]].round(3).values.tolist()
    [[27.077, 10.0, 0.909]]
    """
    table = between(before, after, confidence=confidence)
    known = table[["difference", "centre", "se", "df"]].notna().all(axis=1).to_numpy()
    wanted, good = _aims(table.index, known, {"planned": planned}, high_is_good)
    probability = np.full(len(table), np.nan)
    probability[known] = _by_centre(table[known], wanted[known], good[known])
    return table.assign(planned=np.where(known, wanted, np.nan), probability=probability)


def _by_centre(table: pd.DataFrame, target: Floats, good: Flags) -> Floats:
    """Judge by centre and standard error; without an error there is no doubt."""
    rules = {"centre": NUMBER, "se": STANDARD_ERROR, "df": FREEDOM}
    given = columns({name: table[name] for name in rules}, rules)[1]
    se = given["se"]
    above = (given["centre"] - target) * np.where(good, 1.0, -1.0)
    steps = np.divide(above, se, out=np.zeros_like(above), where=se > 0)
    certain = np.where(above >= -thresholds.SAME_SCORE, 1.0, 0.0)
    return np.where(se > 0, probability_below(steps, given["df"]), certain)


def _by_score_test(table: pd.DataFrame, target: Floats, good: Flags) -> Floats:
    """Judge an NPS by the test of which its score interval consists; low is good turns the scale round."""
    shared = set(SHARES) <= set(table.columns)
    required(table, (*SHARES, "n") if shared else tuple(COUNTS), what="estimates with a score interval")
    p, a, d = (table[name].astype(np.float64) for name in (SHARES if shared else COUNTS))
    if shared:
        p, a, d = (share * table["n"].astype(np.float64) for share in (p, a, d))
    worth = table.get("n_effective")
    best, worst, aim = p.where(good, d), d.where(good, p), np.where(good, target, -target)
    return score_probability(best, a, worst, target=aim, n_effective=worth, df=table["df"]).to_numpy()


def _by_wilson(table: pd.DataFrame, target: Floats, good: Flags) -> Floats:
    """Judge a share by the test of which Wilson's interval consists."""
    required(table, ("n_effective",), what="estimates of a share")
    rules = {"score": NUMBER, "n_effective": EFFECTIVE, "df": FREEDOM}
    given = columns({name: table[name] for name in rules}, rules)[1]
    above = (given["score"] - target) * np.where(good, 1.0, -1.0)
    spread = np.sqrt(target * (100 - target) / given["n_effective"])
    end = np.where(above > 0, np.inf, np.where(above < 0, -np.inf, 0.0))
    steps = np.divide(above, spread, out=end, where=spread > 0)
    return np.where(np.isinf(steps), steps > 0, probability_below(np.nan_to_num(steps), given["df"]))


def _aims(index: pd.Index, known: Flags, aim: Mapping[str, Given], high_is_good: Given) -> tuple[Floats, Flags]:
    """Return the target of every row, 0 where there is no score to hold against it, and whether high is good."""
    ((name, values),) = aim.items()
    values = where_there(known, values)
    rows = pd.Series(0.0, index=index)
    rules = {name: NUMBER, "high_is_good": TRUTH, "estimates": NUMBER}
    given = columns({"estimates": rows, name: values, "high_is_good": high_is_good}, rules)[1]
    return given[name], given["high_is_good"].astype(np.bool_)
