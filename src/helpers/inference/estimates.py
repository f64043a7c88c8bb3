"""The table that every estimate is: a score, where its interval is centred, its standard error and its limits."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special

from helpers.inference.inputs import Floats

COLUMNS = ["score", "centre", "se", "low", "high", "df"]
"""``score`` as observed; ``centre, se, df`` of the reference distribution; ``low, high`` the limits, not clipped."""


def estimates(
    index: pd.Index, *, score: Floats, centre: Floats, se: Floats, df: npt.ArrayLike = np.inf, confidence: float
) -> pd.DataFrame:
    """Return the table of estimates whose interval is centre ± quantile × se.

    Parameters
    ----------
    index
        Of the table.
    score, centre, se
        In the score's unit; NaN where there is nothing to say.
    df
        Degrees of freedom; infinite for the normal distribution.
    confidence
        Between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        The columns of :data:`COLUMNS`.
    """
    freedom = np.broadcast_to(np.asarray(df, dtype=np.float64), np.shape(score)).astype(np.float64)
    half = quantile(confidence, freedom) * se
    columns = {"score": score, "centre": centre, "se": se, "low": centre - half, "high": centre + half, "df": freedom}
    return pd.DataFrame(columns, index=index)


def quantile(confidence: float, df: npt.ArrayLike = np.inf) -> Floats:
    """Return how many standard errors lie between centre and limit: z, or Student's t.

    Parameters
    ----------
    confidence
        Between 0 and 1.
    df
        Degrees of freedom; infinite for the normal distribution.

    Returns
    -------
    numpy.ndarray
        In the shape of ``df``; NaN where that is.

    Examples
    --------
    >>> quantile(0.95).round(4).item(), quantile(0.95, 5).round(4).item()
    (1.96, 2.5706)
    """
    freedom = np.asarray(df, dtype=np.float64)
    tail = (1 + confidence) / 2
    with np.errstate(invalid="ignore"):
        student = special.stdtrit(np.where(np.isinf(freedom), 1.0, freedom), tail)
    steps: Floats = np.where(np.isinf(freedom), special.ndtri(tail), student)
    return steps


def probability_below(steps: Floats, df: npt.ArrayLike = np.inf) -> Floats:
    """Return the chance of a value below so many standard errors from the centre.

    Parameters
    ----------
    steps
        How many standard errors.
    df
        As in :func:`quantile`.

    Returns
    -------
    numpy.ndarray
        0…1, in the shape of both; NaN where one of them is.

    Examples
    --------
    >>> probability_below(np.array(1.96)).round(3).item()
    0.975
    """
    freedom = np.asarray(df, dtype=np.float64)
    infinite = np.isinf(freedom)
    chance: Floats = np.where(infinite, special.ndtr(steps), special.stdtr(np.where(infinite, 1.0, freedom), steps))
    return chance


def welch(variances: tuple[Floats, Floats], df: tuple[Floats, Floats]) -> Floats:
    """Return Welch's degrees of freedom of a difference; infinite where both estimates are normal, or nothing varies.

    Parameters
    ----------
    variances
        Squared standard errors of the two estimates, judged: 0 or more.
    df
        Their degrees of freedom, above 0; infinite for the normal distribution.

    Returns
    -------
    numpy.ndarray
        Above 0, infinite where both estimates are normal, or neither has a variance.

    Notes
    -----
    (se₁² + se₂²)² / (se₁⁴ / df₁ + se₂⁴ / df₂).

    References
    ----------
    .. [1] Welch, B. L. (1947). The generalization of "Student's" problem when several different population
       variances are involved. Biometrika 34, 28–35.

    Examples
    --------
    >>> one, two = (np.array([variance]) for variance in (1 / 3, 4 / 3))
    >>> welch((one, two), (np.array([2.0]), np.array([2.0]))).round(4).item()
    2.9412
    """
    # of each variance its share in the sum, so that no power of a tiny standard error vanishes
    whole = variances[0] + variances[1]
    shares = [np.divide(one, whole, out=np.zeros_like(whole), where=whole > 0) for one in variances]
    parts = shares[0] ** 2 / df[0] + shares[1] ** 2 / df[1]
    return np.divide(1.0, parts, out=np.full_like(whole, np.inf), where=parts > 0)
