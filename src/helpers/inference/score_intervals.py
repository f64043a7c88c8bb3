"""The score interval of an NPS: every true score that a test would not reject, right for few or like-minded answers."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.inference import thresholds
from helpers.inference.bands import COUNTS, raw_score
from helpers.inference.estimates import probability_below, quantile
from helpers.inference.inputs import CONFIDENCE, Floats, Given, counted, number

STEPS = 64
"""Halvings of the range −1…1: the limit is then known to the last bit of a double."""


def score_interval(
    promoters: Given,
    passives: Given,
    detractors: Given,
    *,
    n_effective: Given | None = None,
    df: Given = np.inf,
    confidence: float = thresholds.CONFIDENCE,
) -> pd.DataFrame:
    """Return the score with its score interval.

    Parameters
    ----------
    promoters, passives, detractors, n_effective, df, confidence
        As in :func:`helpers.inference.scores.adjusted_wald`.

    Returns
    -------
    pandas.DataFrame
        One row per row given: ``score, low, high`` (points; the limits lie within −100…100 and hold the score) and
        ``df``. With n = N the interval is the score; without answers everything is NaN.

    Raises
    ------
    DataError
        If a count is negative, missing or no number, or the confidence not between 0 and 1.

    Notes
    -----
    All δ with |P − D − nδ| ≤ z √(n (2q + δ (1 − δ))), where q is the likeliest share of detractors if the score is δ:
    the larger root of 2n q² − (P + D − (2n − P + D) δ) q − D δ (1 − δ) = 0 [1]_. It is Tango's interval for paired
    proportions [2]_ with promoters and detractors as the two discordant cells.

    References
    ----------
    .. [1] Rocks, B. (2016). Interval estimation for the Net Promoter Score. The American Statistician 70,
       365–372.
    .. [2] Tango, T. (1998). Equivalence test and confidence interval for the difference in proportions for the
       paired-sample design. Statistics in Medicine 17, 891–908.

    Examples
    --------
    >>> found = score_interval(11, 9, 5)
    >>> found.score.item(), round(found.low.item(), 3), round(found.high.item(), 3)
    (24.0, -7.532, 50.707)
    """
    confidence = number("confidence", confidence, CONFIDENCE)
    index, given = counted(promoters, passives, detractors, n_effective=n_effective, df=df)
    p, d, n = _scaled(given)
    width, raw = quantile(confidence, given["df"]), _raw(given, of=1.0)
    low = _limit(p, d, n, steps=width, inside=raw, outside=np.full_like(raw, -1.0))
    high = _limit(p, d, n, steps=-width, inside=raw, outside=np.full_like(raw, 1.0))
    # 100 × a share differs from the score in its last digit, and the limits hold the score
    score, known = _raw(given, of=100.0), np.isinf(n)
    low, high = np.minimum(100 * low, score), np.maximum(100 * high, score)
    limits = {"low": np.where(known, score, low), "high": np.where(known, score, high)}
    return pd.DataFrame({"score": score, **limits, "df": given["df"]}, index=index)


def score_probability(
    promoters: Given,
    passives: Given,
    detractors: Given,
    *,
    target: Given,
    n_effective: Given | None = None,
    df: Given = np.inf,
) -> pd.Series:
    """Return how likely a true score at or above a target is, by the test of which the score interval consists.

    Parameters
    ----------
    promoters, passives, detractors, n_effective, df
        As in :func:`helpers.inference.scores.adjusted_wald`.
    target
        In points, −100…100.

    Returns
    -------
    pandas.Series
        0…1, NaN without answers; 0 or 1 where everybody answered, and 1 for a target of −100. It is 0.975 where the
        95 % interval begins.

    Raises
    ------
    DataError
        If a count is negative, missing or no number, or a target outside −100…100.

    Notes
    -----
    Φ((P − D − nδ) / √(n (2q + δ (1 − δ)))), with q as in :func:`score_interval` and δ the target. Of all promoters
    against 100 both sides are 0, and it is ½: the test can tell nothing from there.

    References
    ----------
    .. [1] Tango, T. (1998). Equivalence test and confidence interval for the difference in proportions for the
       paired-sample design. Statistics in Medicine 17, 891–908.

    Examples
    --------
    >>> round(score_probability(20, 0, 0, target=90).item(), 3)
    0.848
    """
    index, given = counted(promoters, passives, detractors, n_effective=n_effective, df=df, target=target)
    p, d, n = _scaled(given)
    raw, wanted = _raw(given, of=1.0), given["target"] / 100
    found = probability_below(_steps(p, d, n, wanted), given["df"])
    # everybody answered: the score is known; and no score lies below −100
    there = np.where(raw >= wanted - thresholds.SAME_SCORE / 100, 1.0, 0.0)
    known = np.where(np.isinf(n) | (wanted <= -1), there, found)
    return pd.Series(np.where(np.isnan(raw), np.nan, known), index=index, name="probability")


def _scaled(given: dict[str, Floats]) -> tuple[Floats, Floats, Floats]:
    """Return promoters, detractors and all answers as what they are worth; of an endless number the shares."""
    n, worth = np.asarray(sum(given[name] for name in COUNTS)), given["n_effective"]
    scale = np.divide(np.where(np.isinf(worth), 1.0, worth), n, out=np.zeros_like(n), where=n > 0)
    return given["promoters"] * scale, given["detractors"] * scale, np.where(n > 0, worth, 0.0)


def _raw(given: dict[str, Floats], *, of: float) -> Floats:
    return raw_score(*(given[name] for name in COUNTS), of=of)


def _steps(p: Floats, d: Floats, n: Floats, delta: Floats) -> Floats:
    """Return how many standard errors the score lies above δ; none where nothing can vary."""
    of = np.where(np.isinf(n), 1.0, n)
    b = p + d - (2 * of - p + d) * delta
    c = -d * delta * (1 - delta)
    root = np.sqrt(np.maximum(b**2 - 8 * of * c, 0.0))
    q = np.divide(b + root, 4 * of, out=np.zeros_like(of), where=of > 0)
    spread = np.sqrt(np.maximum(of * (2 * q + delta * (1 - delta)), 0.0))
    above = p - d - of * delta
    far = np.where(above > 0, np.inf, np.where(above < 0, -np.inf, 0.0))
    steps: Floats = np.divide(above, spread, out=far, where=spread > 0)
    return steps


def _limit(p: Floats, d: Floats, n: Floats, *, steps: Floats, inside: Floats, outside: Floats) -> Floats:
    """Halve the range between the score and the end of the scale until the test is on the edge of rejecting."""
    for _ in range(STEPS):
        middle = (inside + outside) / 2
        accepted = np.abs(_steps(p, d, n, middle)) <= np.abs(steps)
        inside, outside = np.where(accepted, middle, inside), np.where(accepted, outside, middle)
    return inside
