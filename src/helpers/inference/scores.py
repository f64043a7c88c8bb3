"""NPS, mean and top-box share, each with its uncertainty: counts in, estimates out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from helpers.inference import thresholds

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Estimate:
    """A score with its uncertainty; every field is a number or an array of equal shape.

    Parameters
    ----------
    score
        The raw score.
    centre, se
        Where the interval is centred and the standard error that goes with it, in the score's unit.
    low, high
        The interval, not clipped.
    df
        Degrees of freedom of the reference distribution; infinite for the normal.
    """

    score: Floats
    centre: Floats
    se: Floats
    low: Floats
    high: Floats
    df: Floats


def net_promoter_score(promoters: npt.ArrayLike, passives: npt.ArrayLike, detractors: npt.ArrayLike) -> Floats:
    """Return 100 (promoters − detractors) / n, in points −100…100; no answers give no score (NaN).

    Parameters
    ----------
    promoters, passives, detractors
        Counts, or shares that add up to one.

    References
    ----------
    .. [1] Reichheld, F. (2003). The one number you need to grow. Harvard Business Review 81(12).

    Examples
    --------
    >>> net_promoter_score(46, 38, 16).item()
    30.0
    """
    p, a, d = _floats(promoters), _floats(passives), _floats(detractors)
    with np.errstate(invalid="ignore", divide="ignore"):
        return 100 * (p - d) / (p + a + d)


def wald(
    promoters: npt.ArrayLike, passives: npt.ArrayLike, detractors: npt.ArrayLike, *, confidence: float = 0.95
) -> Estimate:
    """Return the plain Wald interval, for comparison only: it has no width when all answers agree.

    Parameters
    ----------
    promoters, passives, detractors
        Counts.
    confidence
        Between 0 and 1.

    Notes
    -----
    With shares p and d, v = p + d − (p − d)² and the standard error is 100 √(v / n).

    Examples
    --------
    >>> interval = wald(46, 38, 16)
    >>> round(interval.low.item(), 4), round(interval.high.item(), 4)
    (15.7312, 44.2688)
    """
    p, a, d = _floats(promoters), _floats(passives), _floats(detractors)
    score = net_promoter_score(p, a, d)
    return _normal(score, score, _standard_error(p, a, d), confidence)


def adjusted_wald(
    promoters: npt.ArrayLike,
    passives: npt.ArrayLike,
    detractors: npt.ArrayLike,
    *,
    n_effective: npt.ArrayLike | None = None,
    confidence: float = 0.95,
) -> Estimate:
    """Return the score with its adjusted Wald interval, the default of every report.

    Parameters
    ----------
    promoters, passives, detractors
        Counts, possibly weighted.
    n_effective
        What the answers are worth: fewer than n when weighted, more when the population is finite,
        infinite when everybody answered. Default n.
    confidence
        Between 0 and 1.

    Returns
    -------
    Estimate
        In points; ``score`` is the raw score, around which the interval is not symmetric. Limits are not
        clipped: −100…100 is a matter of display. Without answers everything is NaN.

    Notes
    -----
    The counts are scaled by n_effective / n; then ¾ promoter, 1½ passives and ¾ detractor are added, and the
    Wald interval is taken on these n_effective + 3 answers.

    References
    ----------
    .. [1] Rocks, B. (2016). Interval estimation for the Net Promoter Score. The American Statistician 70,
       365–372.

    Examples
    --------
    >>> interval = adjusted_wald(11, 9, 5)
    >>> interval.score.item(), round(interval.low.item(), 4), round(interval.high.item(), 4)
    (24.0, -6.7578, 49.6149)
    """
    p, a, d = _floats(promoters), _floats(passives), _floats(detractors)
    n = p + a + d
    effective = n if n_effective is None else _floats(n_effective)
    score = net_promoter_score(p, a, d)
    everybody = np.isinf(effective)
    with np.errstate(invalid="ignore", divide="ignore"):
        scale = np.where(everybody, 1.0, effective / n)
    p, a, d = (
        p * scale + thresholds.PSEUDO_PROMOTERS,
        a * scale + thresholds.PSEUDO_PASSIVES,
        d * scale + thresholds.PSEUDO_DETRACTORS,
    )
    centre = np.where(everybody, score, net_promoter_score(p, a, d))
    se = np.where(everybody, 0.0, _standard_error(p, a, d))
    return _normal(score, centre, se, confidence)


def mean_score(
    n: npt.ArrayLike,
    mean: npt.ArrayLike,
    variance: npt.ArrayLike,
    *,
    n_effective: npt.ArrayLike | None = None,
    confidence: float = 0.95,
) -> Estimate:
    """Return a mean with its t interval.

    Parameters
    ----------
    n
        Answers.
    mean, variance
        Of the answers; the variance with divisor n − 1.
    n_effective
        As in :func:`adjusted_wald`.
    confidence
        Between 0 and 1.

    Notes
    -----
    mean ± t(n − 1) √(variance / n_effective). One answer has no interval (NaN).
    """
    n, mean = _floats(n), _floats(mean)
    effective = n if n_effective is None else _floats(n_effective)
    with np.errstate(invalid="ignore", divide="ignore"):
        se = np.sqrt(_floats(variance) / effective)
    df = np.where(n > 1, n - 1, np.nan)
    half = special.stdtrit(df, (1 + confidence) / 2) * se
    return Estimate(mean, mean, se, mean - half, mean + half, df)


def top_box_share(
    n: npt.ArrayLike,
    share: npt.ArrayLike,
    *,
    n_effective: npt.ArrayLike | None = None,
    confidence: float = 0.95,
) -> Estimate:
    """Return a share, in percent 0…100, with its Wilson interval.

    Parameters
    ----------
    n
        Answers.
    share
        Share of answers in the top box, 0…1.
    n_effective
        As in :func:`adjusted_wald`.
    confidence
        Between 0 and 1.

    References
    ----------
    .. [1] Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. Journal
       of the American Statistical Association 22, 209–212.

    Examples
    --------
    >>> interval = top_box_share(100, 0.82)
    >>> round(interval.low.item(), 2), round(interval.high.item(), 2)
    (73.33, 88.3)
    """
    n, share = _floats(n), _floats(share)
    effective = np.where(n > 0, n if n_effective is None else _floats(n_effective), np.nan)
    z2 = special.ndtri((1 + confidence) / 2) ** 2
    shrink = np.where(np.isinf(effective), 0.0, z2 / np.where(np.isinf(effective), 1.0, effective))
    centre = (share + shrink / 2) / (1 + shrink)
    per_answer = np.where(shrink > 0, shrink / z2, 0.0)
    se = np.sqrt(per_answer * share * (1 - share) + per_answer * shrink / 4) / (1 + shrink)
    return _normal(100 * share, 100 * centre, 100 * se, confidence)


def effective_by_population(n: npt.ArrayLike, population: npt.ArrayLike) -> Floats:
    """Return what n answers out of a finite population are worth: n (N − 1) / (N − n), infinite at n = N.

    Raises
    ------
    ValueError
        If more people answered than there are.

    Examples
    --------
    >>> effective_by_population([8, 10], [10, 10]).tolist()
    [36.0, inf]
    """
    n, population = _floats(n), _floats(population)
    if np.any(n > population):
        raise ValueError("more answers than people: the headcount is too low or the answers hold doubles")
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(n == population, np.inf, n * (population - 1) / (population - n))


def effective_by_weights(weights: npt.ArrayLike) -> float:
    """Return Kish's effective number of answers, (Σw)² / Σw².

    References
    ----------
    .. [1] Kish, L. (1965). Survey Sampling. Wiley.

    Examples
    --------
    >>> effective_by_weights([1, 1, 1, 3])
    3.0
    """
    w = _floats(weights)
    return float(w.sum() ** 2 / np.square(w).sum()) if w.size else 0.0


def _floats(values: npt.ArrayLike) -> Floats:
    return np.asarray(values, dtype=np.float64)


def _standard_error(p: Floats, a: Floats, d: Floats) -> Floats:
    n = p + a + d
    with np.errstate(invalid="ignore", divide="ignore"):
        variance = (p + d) / n - ((p - d) / n) ** 2
        return 100 * np.sqrt(np.maximum(variance, 0) / n)


def _normal(score: Floats, centre: Floats, se: Floats, confidence: float) -> Estimate:
    half = special.ndtri((1 + confidence) / 2) * se
    return Estimate(score, centre, se, centre - half, centre + half, np.full_like(centre, np.inf))
