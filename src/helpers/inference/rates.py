"""Rates of what is counted beside the surveys: a number out of a number, each with its uncertainty."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import special

from helpers.inference.scores import Estimate, Floats, top_box_share


def rate(
    numerator: npt.ArrayLike, denominator: npt.ArrayLike, *, per: float = 100, confidence: float = 0.95
) -> Estimate:
    """Return a rate per so many of its base, with its interval.

    Parameters
    ----------
    numerator
        How many, 0 or more.
    denominator
        Out of how many, above 0; missing (NaN) for a count without a base.
    per
        Per how many of the base: 100 gives percent. A count without a base is not divided.
    confidence
        Between 0 and 1.

    Returns
    -------
    Estimate
        Wilson's interval where the number is a part of its base; the exact Poisson interval where there are more
        than the base (such as two complaints per customer), or there is no base.

    References
    ----------
    .. [1] Garwood, F. (1936). Fiducial limits for the Poisson distribution. Biometrika 28, 437–442.

    Examples
    --------
    >>> complaints = rate(42, 1000)
    >>> complaints.score.item(), round(complaints.low.item(), 2), round(complaints.high.item(), 2)
    (4.2, 3.12, 5.63)
    >>> exits = rate(10, float("nan"))
    >>> exits.score.item(), round(exits.low.item(), 3), round(exits.high.item(), 3)
    (10.0, 4.795, 18.39)
    """
    count, base = np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64)
    part = count <= base
    share = top_box_share(np.where(part, base, np.nan), np.where(part, count / base, np.nan), confidence=confidence)
    counted = _poisson(count, np.where(np.isnan(base), 1.0, per / base), confidence)
    names = ("score", "centre", "se", "low", "high")
    chosen = {name: np.where(part, getattr(share, name) * per / 100, getattr(counted, name)) for name in names}
    return Estimate(**chosen, df=np.full_like(count, np.inf))


def _poisson(count: Floats, scale: Floats, confidence: float) -> Estimate:
    """Return the exact interval of a count, from the quantiles of the gamma distribution."""
    tail = (1 - confidence) / 2
    low = np.where(count > 0, special.gammaincinv(np.maximum(count, 1e-9), tail), 0.0)
    high = special.gammaincinv(count + 1, 1 - tail)
    score = count * scale
    return Estimate(score, score, np.sqrt(count) * scale, low * scale, high * scale, np.full_like(count, np.inf))
