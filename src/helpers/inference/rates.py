"""Rates of what is counted beside the surveys: a number out of a number, each with its uncertainty."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import special

from helpers.inference import thresholds
from helpers.inference.inputs import CONFIDENCE, Floats, Given, Rule, columns, number
from helpers.inference.shares import top_box_share

BASE = Rule(0, np.inf, "A base is a number above 0, missing where there is none", open_below=True, missing=True)
PER = Rule(0, np.inf, "A rate is per a number above 0, such as 100", open_below=True, open_above=True)
COLUMNS = ("score", "centre", "se", "low", "high")
CASES = Rule(0, np.inf, "A number of cases is 0 or more", open_above=True)


def rate(
    numerator: Given, denominator: Given, *, per: float = 100, confidence: float = thresholds.CONFIDENCE
) -> pd.DataFrame:
    """Return a rate per so many of its base, with its interval.

    Parameters
    ----------
    numerator
        How many, 0 or more.
    denominator
        Out of how many, above 0; missing (NaN) or infinite for a count without a base.
    per
        Per how many of the base: 100 gives percent. A count without a base is not divided.
    confidence
        Between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        ``score, centre, se, low, high, df``: Wilson's interval where the number is a part of its base; the exact
        Poisson interval where there are more than the base (such as two complaints per customer), or there is no base.

    Raises
    ------
    DataError
        If a number of cases is negative or missing, a base 0 or negative, or one of them no number.

    Notes
    -----
    per · numerator / denominator. Wilson's limits as in :func:`~helpers.inference.shares.top_box_share`; Poisson's are
    the quantiles t of Gamma(k) and 1 − t of Gamma(k + 1), for k cases and t = (1 − confidence) / 2. No cases have a
    lower limit of 0 and an upper one above it; all of the base an upper limit of ``per``.

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
    index, given = columns(
        {"numerator": numerator, "denominator": denominator}, {"numerator": CASES, "denominator": BASE}
    )
    per, confidence = number("per", per, PER), number("confidence", confidence, CONFIDENCE)
    count, base = given["numerator"], np.where(np.isnan(given["denominator"]), np.inf, given["denominator"])
    part = (count <= base) & np.isfinite(base)
    share = np.divide(count, base, out=np.zeros_like(count), where=part)
    found = top_box_share(np.where(part, base, 0.0), share, confidence=confidence)[list(COLUMNS)] * (per / 100)
    counted = _poisson(count, np.where(np.isinf(base), 1.0, per / base), confidence)
    return found.where(np.tile(part[:, None], len(COLUMNS)), counted).set_index(index).assign(df=np.inf)


def _poisson(count: Floats, scale: Floats, confidence: float) -> pd.DataFrame:
    """Return the exact interval of a count, from the quantiles of the gamma distribution."""
    tail = (1 - confidence) / 2
    low = np.where(count > 0, special.gammaincinv(np.where(count > 0, count, 1.0), tail), 0.0)
    high = special.gammaincinv(count + 1, 1 - tail)
    columns_ = {"score": count, "centre": count, "se": np.sqrt(count), "low": low, "high": high}
    return pd.DataFrame({name: values * scale for name, values in columns_.items()})
