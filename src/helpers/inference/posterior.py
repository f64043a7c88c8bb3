"""A second opinion without repeated surveys: which true scores the answers make likely (Dirichlet posterior)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import special

from helpers.errors import DataError
from helpers.inference import thresholds
from helpers.inference.bands import COUNTS, raw_score
from helpers.inference.inputs import CONFIDENCE, Floats, Given, Rule, columns, counted, number

PRIOR = Rule(0, np.inf, "A prior is three numbers above 0", open_below=True, open_above=True)


def posterior(
    promoters: Given,
    passives: Given,
    detractors: Given,
    *,
    n_effective: Given | None = None,
    prior: Sequence[float] = thresholds.PRIOR,
    confidence: float = thresholds.CONFIDENCE,
) -> pd.DataFrame:
    """Return the mean and the limits of the true score's posterior distribution.

    Parameters
    ----------
    promoters, passives, detractors
        Counts, 0 or more, possibly weighted.
    n_effective
        As in :func:`helpers.inference.scores.adjusted_wald`.
    prior
        What is added to promoters, passives and detractors, each above 0; ½ each is the prior of Jeffreys.
    confidence
        Between 0 and 1; the same chance lies below ``low`` and above ``high``.

    Returns
    -------
    pandas.DataFrame
        One row per row given: ``score`` (raw), ``mean, low, high`` (points, −100…100). With n = N all are the score;
        without answers everything is NaN. Where all agree, the limits may leave out the raw score of ±100.

    Raises
    ------
    DataError
        If a count is negative, missing or no number, the prior is not three numbers above 0, or the confidence not
        between 0 and 1.

    Notes
    -----
    The shares have the distribution Dirichlet(P + ½, A + ½, D + ½), with mean (P − D) / (n + 3/2) for the score. The
    limits are where :func:`posterior_probability` is 0.975 and 0.025.

    References
    ----------
    .. [1] Gelman, A. et al. (2013). Bayesian Data Analysis, third edition. CRC Press. Sections 2.8 and 3.4.

    Examples
    --------
    >>> posterior(31, 50, 19).round(2).values.tolist()
    [[12.0, 11.82, -1.81, 25.25]]
    """
    confidence = number("confidence", confidence, CONFIDENCE)
    index, given = counted(promoters, passives, detractors, n_effective=n_effective)
    score, some, known = _raw(given)
    p, a, d = _posterior(given, prior)
    tail = (1 - confidence) / 2
    limits = [_quantile(p[some], a[some], d[some], below) for below in (tail, 1 - tail)]
    found = {"mean": (p - d) / (p + a + d), "low": np.full(len(score), np.nan), "high": np.full(len(score), np.nan)}
    found["low"][some], found["high"][some] = limits
    points = {name: np.where(some, 100 * one, np.where(known, score, np.nan)) for name, one in found.items()}
    return pd.DataFrame({"score": score, **points}, index=index)


def posterior_probability(
    promoters: Given,
    passives: Given,
    detractors: Given,
    *,
    target: Given,
    n_effective: Given | None = None,
    prior: Sequence[float] = thresholds.PRIOR,
) -> pd.Series:
    """Return the posterior probability of a true score at or above a target.

    Parameters
    ----------
    promoters, passives, detractors, n_effective, prior
        As in :func:`posterior`.
    target
        In points, −100…100.

    Returns
    -------
    pandas.Series
        0…1, NaN without answers; 0 or 1 where everybody answered. Right to 12 digits.

    Raises
    ------
    DataError
        As :func:`posterior` does, and if a target is outside −100…100.

    Notes
    -----
    If the shares are Dirichlet(α₁, α₂, α₃), then b = 1 − passives is Beta(α₁ + α₃, α₂), r = promoters / b is
    Beta(α₁, α₃), and they are independent. So P(b (2r − 1) ≥ δ) is the integral over b of P(r ≥ (1 + δ/b) / 2), taken
    with the double exponential rule over the quantiles of b above |δ|: nothing is simulated.

    References
    ----------
    .. [1] Takahasi, H., & Mori, M. (1974). Double exponential formulas for numerical integration. Publications of
       the RIMS 9, 721–741.

    Examples
    --------
    >>> posterior_probability(31, 50, 19, target=10).round(3).item()
    0.606
    """
    index, given = counted(promoters, passives, detractors, n_effective=n_effective, target=target)
    score, some, known = _raw(given)
    p, a, d = _posterior(given, prior)
    there = score >= given["target"] - thresholds.SAME_SCORE
    found = np.where(known, np.where(there, 1.0, 0.0), np.nan)
    found[some] = _at_least(given["target"][some] / 100, p[some], a[some], d[some])
    return pd.Series(found, index=index, name="probability")


def _raw(given: dict[str, Floats]) -> tuple[Floats, np.typing.NDArray[np.bool_], np.typing.NDArray[np.bool_]]:
    """Return the score in points, where it is estimated, and where it is known because everybody answered."""
    score = raw_score(*(given[name] for name in COUNTS))
    everybody = np.isinf(given["n_effective"])
    return score, ~np.isnan(score) & ~everybody, ~np.isnan(score) & everybody


def _posterior(given: dict[str, Floats], prior: Sequence[float]) -> list[Floats]:
    before = columns({"prior": list(prior)}, PRIOR)[1]["prior"]
    if len(before) != len(COUNTS):
        raise DataError(f"prior: {len(before)} numbers were given. {PRIOR.means}: promoters, passives, detractors.")
    counts = [given[name] for name in COUNTS]
    n = np.asarray(sum(counts))
    worth = np.where(np.isinf(given["n_effective"]), n, given["n_effective"])
    scale = np.divide(worth, n, out=np.zeros_like(n), where=n > 0)
    return [count * scale + own for count, own in zip(counts, before, strict=True)]


def _at_least(delta: Floats, p: Floats, a: Floats, d: Floats) -> Floats:
    """Return P(promoters − detractors ≥ δ)."""
    from scipy.integrate import tanhsinh  # noqa: PLC0415 - takes a second, which only this costs

    above = special.betaincc(p + d, a, np.abs(delta))

    def part(chance: Floats, *given: Floats) -> Floats:
        delta, p, a, d, above = given
        b = np.maximum(special.betainccinv(p + d, a, chance * above), np.abs(delta))
        needed = (1 + delta / np.maximum(b, np.finfo(np.float64).tiny)) / 2
        tail: Floats = special.betaincc(p, d, np.clip(needed, 0.0, 1.0))
        return tail

    found = tanhsinh(part, 0.0, 1.0, args=(delta, p, a, d, above), atol=1e-15, rtol=1e-14, maxlevel=14)
    chance: Floats = above * found.integral + np.where(delta < 0, 1 - above, 0.0)
    return np.clip(chance, 0.0, 1.0)


def _quantile(p: Floats, a: Floats, d: Floats, below: float) -> Floats:
    """Return the score below which it lies with that chance, by Chandrupatla's search."""
    from scipy.optimize import elementwise  # noqa: PLC0415 - takes a second, which only this costs

    def off(delta: Floats, p: Floats, a: Floats, d: Floats) -> Floats:
        return (1 - below) - _at_least(delta, p, a, d)

    ends = (np.full_like(p, -1.0), np.full_like(p, 1.0))
    found: Floats = elementwise.find_root(off, ends, args=(p, a, d), tolerances={"xatol": 1e-14}).x
    return found
