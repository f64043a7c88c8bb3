"""How many answers a survey needs, and the smallest change that the answers it has can show."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from helpers.errors import DataError
from helpers.inference import thresholds
from helpers.inference.estimates import quantile
from helpers.inference.inputs import (
    CONFIDENCE, COUNT, EFFECTIVE, FREEDOM, POPULATION, SHARE, STANDARD_ERROR, Floats, Given, Rule, columns, number,
    required,
)  # fmt: skip

Shares = tuple[Given, Given, Given]
WORST: Shares = (0.5, 0.0, 0.5)
PSEUDO = thresholds.PSEUDO_PROMOTERS + thresholds.PSEUDO_PASSIVES + thresholds.PSEUDO_DETRACTORS
BANDS = ("promoters", "passives", "detractors")
WAVE = ("n", "method", "sample_se", "sample_effective", "df")
MARGIN = Rule(0, np.inf, "A margin is a number above 0, in the unit of the score", open_below=True, open_above=True)
CHANGE = Rule(-np.inf, np.inf, "A change is a number in the unit of the score", open_below=True, open_above=True)
VARIANCE = Rule(0, np.inf, "A variance to plan with is above 0", open_below=True, open_above=True)
POWER = Rule(0.5, 1, "A power lies between 0.5 and 1, such as 0.8", open_above=True)


def answers_for_margin(
    margin: Given,
    *,
    shares: Shares = WORST,
    variance: Given | None = None,
    population: Given = np.inf,
    interval: Literal["wald", "adjusted_wald"] = "wald",
    confidence: float = 0.95,
) -> pd.Series:
    """Return how many answers give an interval of score ± margin.

    Parameters
    ----------
    margin
        Half the width of the interval, above 0: in points for an NPS, else in the unit of the variance.
    shares
        Shares of promoters, passives and detractors that are expected (0…1, together 1). Default half promoters and
        half detractors: the worst case, which no survey exceeds.
    variance
        Of one answer in unit², for a mean or a share (100² p (1 − p) in percent); takes the place of ``shares``.
    population
        People, above 0; infinite where nobody counted them.
    interval
        ``wald``: the formula of the textbooks. ``adjusted_wald``: three answers fewer, because the interval that is
        printed brings three pseudo-answers; for an NPS only.
    confidence
        Between 0 and 1.

    Returns
    -------
    pandas.Series
        ``n``: answers, not invitations; whole numbers, rounded up, at least 1 and at most the population.

    Raises
    ------
    DataError
        If a margin or variance is not above 0, shares do not add up to 1, or all expected answers are alike.

    Notes
    -----
    n₀ = z² v / margin² with v = 100² (p + d − (p − d)²); out of N people n₀ / (1 + (n₀ − 1) / N).

    References
    ----------
    .. [1] Cochran, W. G. (1977). Sampling Techniques, third edition. Wiley. Chapter 4.

    Examples
    --------
    >>> answers_for_margin(5, shares=(0.31, 0.50, 0.19), population=[float("inf"), 1000]).tolist()
    [747.0, 428.0]
    >>> answers_for_margin([5, 10]).tolist()
    [1537.0, 385.0]
    """
    z = quantile(number("confidence", confidence, CONFIDENCE)).item()
    planned = _planned(shares if variance is None else None, variance)
    index, given = columns({"margin": margin, "population": population, **planned}, _rules(planned, MARGIN))
    endless = z**2 * _variance(given, index, "shares") / given["margin"] ** 2
    if interval == "adjusted_wald":
        endless = np.maximum(endless - PSEUDO, 1.0)
    n = endless / (1 + (endless - 1) / given["population"])
    return pd.Series(np.maximum(np.ceil(n), 1.0), index=index, name="n")


def answers_for_change(
    change: Given,
    *,
    before: Shares = WORST,
    variance: Given | None = None,
    confidence: float = 0.95,
    power: float = thresholds.POWER,
) -> pd.Series:
    """Return how many answers each of two waves of different people needs to show a change.

    Parameters
    ----------
    change
        In points for an NPS, else in the unit of the variance; not 0. Up or down.
    before
        Shares of promoters, passives and detractors now (0…1, together 1). After the change as many are passives,
        unless the new score leaves room for fewer. Default half promoters and half detractors: the worst case.
    variance
        Of one answer in unit², the same in both waves, for a mean or a share; takes the place of ``before``.
    confidence
        Of the test, between 0 and 1.
    power
        The chance that a change of this size is demonstrable; 0.5…1.

    Returns
    -------
    pandas.Series
        ``n`` per wave; whole numbers, rounded up, at least 1.

    Raises
    ------
    DataError
        If a change is 0 or leads to a score outside −100…100, or shares do not add up to 1.

    Notes
    -----
    n = (v₁ + v₂) (z(1 − α/2) + z(power))² / change², with v as in :func:`answers_for_margin`.

    References
    ----------
    .. [1] Cohen, J. (1988). Statistical Power Analysis for the Behavioral Sciences, second edition. Erlbaum. Chapter 2.

    Examples
    --------
    >>> answers_for_change([10, 20], before=(0.31, 0.50, 0.19)).tolist()
    [736.0, 177.0]
    """
    tail = quantile(number("confidence", confidence, CONFIDENCE)).item()
    steps = tail + _power_steps(power).item()
    planned = _planned(before if variance is None else None, variance)
    index, given = columns({"change": change, **planned}, _rules(planned, MARGIN))
    asked = given["change"]
    if (asked == 0).any():
        raise DataError("change: 0 is not allowed. No number of answers can show that nothing changed; give a change.")
    both = _variance(given, index, "before") + (given["variance"] if variance is not None else _moved(given, index))
    n = both * steps**2 / asked**2
    return pd.Series(np.maximum(np.ceil(n), 1.0), index=index, name="n")


def demonstrable_change(
    before: pd.DataFrame,
    after: pd.DataFrame | Given | None = None,
    *,
    confidence: float = 0.95,
    power: float = thresholds.POWER,
) -> pd.Series:
    """Return the smallest change since a measured wave that the next one can be expected to show.

    Parameters
    ----------
    before
        The measured wave, as :func:`helpers.inference.groups.by_group` returns it.
    after
        How many answers the next wave has, or the next wave itself as such a table. Default as many as before.
    confidence
        Of the test, between 0 and 1.
    power
        The chance that a change of this size is demonstrable; 0.5…1.

    Returns
    -------
    pandas.Series
        ``demonstrable_change``: above 0, in points (NPS), percent (share) or the unit of the scale (mean). It is not
        clipped: more than the scale has room for means that no change can be shown. NaN where a wave has no answers,
        or a mean has one.

    Raises
    ------
    DataError
        If a column is missing, a number of answers is negative, or the tables have unequal lengths.

    Notes
    -----
    (z(1 − α/2) √(se₁² + se₂²) + z(power) √(r₁se₁² + r₂se₂²)) / r₂, with r = m / (m + k): m effective answers and k
    pseudo-answers (3 for an NPS, z² for Wilson's interval, 0 for a mean, where t takes the place of z), which hold a
    change back. Without an ``after`` table the spread stays as it was. It is known as the minimum detectable change.

    References
    ----------
    .. [1] Bloom, H. S. (1995). Minimum detectable effects: a simple way to report the statistical power of
       experimental designs. Evaluation Review 19, 547–556.

    Examples
    --------
    >>> from helpers.inference.groups import by_group
    >>> wave = by_group(pd.DataFrame({"answer": [9] * 31 + [7] * 50 + [5] * 19}))
    >>> demonstrable_change(wave).round(1).item(), demonstrable_change(wave, 400).round(1).item()
    (27.8, 22.0)
    """
    confidence = number("confidence", confidence, CONFIDENCE)
    first = _wave(before, "before", confidence)
    second = _wave(after, "after", confidence) if isinstance(after, pd.DataFrame) else _next(first, before, after)
    if len(before) != len(second["n"]):
        raise DataError(f"before has {len(before)} rows and after {len(second['n'])}. Give one row per comparison in each.")
    variances = first["se"] ** 2, second["se"] ** 2
    kept = _kept(first), _kept(second)
    freedom = _freedom(variances, (first["df"], second["df"]))
    seen = np.sqrt(variances[0] + variances[1])
    true = np.sqrt(kept[0] * variances[0] + kept[1] * variances[1])
    found = (quantile(confidence, freedom) * seen + _power_steps(power, freedom) * true) / kept[1]
    index = after.index if isinstance(after, pd.DataFrame) else before.index
    return pd.Series(found, index=index, name="demonstrable_change")
