"""The glide path of a target, the probability of being at or above it, and the verdict in five words."""

from __future__ import annotations

import datetime as dt

import numpy as np
import numpy.typing as npt
from scipy import special

from helpers.inference import thresholds
from helpers.inference.inputs import Floats

BEFORE_DUE = ("ahead", "probably_ahead", "on_course", "probably_behind", "behind")
AFTER_DUE = ("achieved", "probably_achieved", "undecided", "probably_not_achieved", "not_achieved")


def glide_path(day: dt.date, *, baseline: float, baseline_date: dt.date, target: float, due: dt.date) -> float:
    """Return where the straight line from baseline to target stands on a day.

    Parameters
    ----------
    day
        Any day; before the baseline date the baseline holds, after the due date the target.
    baseline, baseline_date
        The zero measurement and its day.
    target, due
        The score to reach and its day, later than the baseline date.

    Notes
    -----
    baseline + (target − baseline) · clamp((day − baseline_date) / (due − baseline_date), 0, 1), in calendar
    days.

    Examples
    --------
    >>> line = dict(baseline=5, baseline_date=dt.date(2026, 3, 1), target=20, due=dt.date(2027, 3, 1))
    >>> round(glide_path(dt.date(2026, 9, 1), **line), 4), glide_path(dt.date(2027, 6, 1), **line)
    (12.5616, 20.0)
    """
    passed = (day - baseline_date).days / (due - baseline_date).days
    return baseline + (target - baseline) * min(max(passed, 0.0), 1.0)


def probability_reached(
    centre: npt.ArrayLike,
    se: npt.ArrayLike,
    target: npt.ArrayLike,
    *,
    df: npt.ArrayLike = np.inf,
    high_is_good: bool = True,
) -> Floats:
    """Return the probability that the true score is at or above the target (at or below where low is good).

    Parameters
    ----------
    centre, se, df
        Of the adjusted estimate; infinite degrees of freedom mean the normal distribution.
    target
        In the unit of the score.
    high_is_good
        Whether more is better.

    Notes
    -----
    Φ((centre − target) / se). With se = 0 (everybody answered) the answer is 0 or 1.

    Examples
    --------
    >>> from helpers.inference.scores import adjusted_wald
    >>> now = adjusted_wald(46, 38, 16)
    >>> round(probability_reached(now.centre, now.se, 25).item(), 4)
    0.7171
    """
    above = (np.asarray(centre, dtype=np.float64) - np.asarray(target)) * (1 if high_is_good else -1)
    error = np.asarray(se, dtype=np.float64)
    freedom = np.asarray(df, dtype=np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        steps = above / error
    probability = np.where(
        np.isinf(freedom), special.ndtr(steps), special.stdtr(np.where(np.isinf(freedom), 1, freedom), steps)
    )
    certain = np.where(above >= 0, 1.0, 0.0)
    return np.where(error == 0, certain, probability)


def verdict(probability: float, *, due_passed: bool) -> str:
    """Name a probability in one of the five words, before or after the due date.

    Parameters
    ----------
    probability
        That the true score is at or above the glide path (before the due date) or the target (after it).
    due_passed
        Whether the due date has been reached.

    Returns
    -------
    str
        A code of :data:`BEFORE_DUE` or :data:`AFTER_DUE`.

    Examples
    --------
    >>> verdict(0.95, due_passed=True), verdict(0.5, due_passed=False), verdict(0.05, due_passed=True)
    ('achieved', 'on_course', 'not_achieved')
    """
    words = AFTER_DUE if due_passed else BEFORE_DUE
    high, probable, low, improbable = thresholds.VERDICT_STEPS
    reached = (
        probability >= high,
        probability >= probable,
        probability > low,
        probability > improbable,
        True,
    )
    return words[reached.index(True)]
