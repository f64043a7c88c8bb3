"""Two groups or two waves: the difference with its interval."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import special

from helpers.inference.scores import Estimate, Floats


def difference(before: Estimate, after: Estimate, *, confidence: float = 0.95) -> Estimate:
    """Return after − before of two independent estimates, signed, with its interval.

    Parameters
    ----------
    before, after
        Two estimates of one measure from different people, such as two waves of a sample.
    confidence
        Between 0 and 1.

    Returns
    -------
    Estimate
        ``score`` is the difference of the raw scores; centre, interval and degrees of freedom those of the
        adjusted estimates (normal, or Welch's t where both are means).

    Notes
    -----
    centre = after − before on the adjusted estimates and se = √(se₁² + se₂²): three pseudo-answers in each
    sample for an NPS. Welch's degrees of freedom for means.

    References
    ----------
    .. [1] Rocks, B. (2016). Interval estimation for the Net Promoter Score. The American Statistician 70.

    Examples
    --------
    >>> from helpers.inference.scores import adjusted_wald
    >>> change = difference(adjusted_wald(21, 30, 24), adjusted_wald(33, 32, 15))
    >>> change.score.item(), round(change.low.item(), 4), round(change.high.item(), 4)
    (26.5, 2.1421, 48.9237)
    """
    centre = after.centre - before.centre
    se = np.sqrt(before.se**2 + after.se**2)
    df = _welch(before, after)
    half = np.where(np.isinf(df), special.ndtri((1 + confidence) / 2), special.stdtrit(df, (1 + confidence) / 2)) * se
    return Estimate(after.score - before.score, centre, se, centre - half, centre + half, df)


def p_value(change: Estimate) -> Floats:
    """Return the two-sided p-value of no difference.

    Examples
    --------
    >>> from helpers.inference.scores import adjusted_wald
    >>> change = difference(adjusted_wald(21, 30, 24), adjusted_wald(33, 32, 15))
    >>> round(p_value(change).item(), 6)
    0.032399
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        statistic = np.abs(change.centre) / change.se
    tail: npt.NDArray[np.float64] = np.where(
        np.isinf(change.df), special.ndtr(-statistic), special.stdtr(change.df, -statistic)
    )
    return 2 * tail


def holm(p: npt.ArrayLike) -> Floats:
    """Return p-values adjusted for the whole family, so that one false claim among them stays rare.

    Parameters
    ----------
    p
        The p-values of one family, such as the rows of one table.

    Returns
    -------
    numpy.ndarray
        Adjusted p-values, 0…1, in the order given.

    Notes
    -----
    In ascending order the i-th of m is multiplied by m − i + 1; none is smaller than the one before it.

    References
    ----------
    .. [1] Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal of
       Statistics 6, 65–70.

    Examples
    --------
    >>> holm([0.003, 0.021, 0.011, 0.44, 0.048, 0.13]).round(3).tolist()
    [0.018, 0.084, 0.055, 0.44, 0.144, 0.26]
    """
    values = np.asarray(p, dtype=np.float64)
    order = np.argsort(values, kind="stable")
    scaled = values[order] * np.arange(len(values), 0, -1)
    adjusted: Floats = np.empty_like(values)
    adjusted[order] = np.minimum(np.maximum.accumulate(scaled), 1.0)
    return adjusted


def _welch(before: Estimate, after: Estimate) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        parts = before.se**4 / before.df + after.se**4 / after.df
        df: Floats = (before.se**2 + after.se**2) ** 2 / parts
    return np.where(np.isinf(before.df) & np.isinf(after.df), np.inf, df)
