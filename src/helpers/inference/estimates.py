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

    Examples
    --------
    >>> probability_below(np.array(1.96)).round(3).item()
    0.975
    """
    freedom = np.asarray(df, dtype=np.float64)
    infinite = np.isinf(freedom)
    chance: Floats = np.where(infinite, special.ndtr(steps), special.stdtr(np.where(infinite, 1.0, freedom), steps))
    return chance
