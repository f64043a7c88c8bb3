"""NPS and mean, each with its uncertainty: counts in, a table of estimates out.

::

    net_promoter_score   the score and its shares, without an interval
    interval             the interval that a report prints: adjusted Wald, or the score interval where few answered
    adjusted_wald, wald  the first by itself, and the plain one for comparison only
    mean_score           a mean with Student's t
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.inference import thresholds
from helpers.inference.estimates import estimates
from helpers.inference.inputs import (
    CONFIDENCE, COUNT, EFFECTIVE, FREEDOM, NUMBER, Floats, Given, Rule, columns, number,
)  # fmt: skip
from helpers.inference.score_intervals import score_interval

COUNTS = ("promoters", "passives", "detractors")
SPREAD = Rule(0, np.inf, "A variance is 0 or more", open_above=True)


def net_promoter_score(promoters: Given, passives: Given, detractors: Given) -> pd.DataFrame:
    """Return the NPS, 100 (promoters − detractors) / n, with its shares and variance.

    Parameters
    ----------
    promoters, passives, detractors
        Counts, 0 or more; or shares that add up to one.

    Returns
    -------
    pandas.DataFrame
        One row per row given: ``n``; ``promoter_share, passive_share, detractor_share`` (0…1); ``score``
        (points, −100…100); ``variance`` (of one answer scored −1, 0 or 1, with divisor n: 0…1). Without answers
        n is 0 and the rest NaN.

    Raises
    ------
    DataError
        If a count is negative, missing or no number.

    Notes
    -----
    With shares p and d, variance = p + d − (p − d)².

    References
    ----------
    .. [1] Reichheld, F. (2003). The one number you need to grow. Harvard Business Review 81(12).

    Examples
    --------
    >>> net_promoter_score(46, 38, 16)[["n", "score", "variance"]].round(2).to_dict("records")
    [{'n': 100.0, 'score': 30.0, 'variance': 0.53}]
    """
    index, given = _counts(promoters, passives, detractors)
    p, a, d = given.values()
    n = p + a + d
    shares = {f"{name[:-1]}_share": _of(count, n) for name, count in given.items()}
    return pd.DataFrame({"n": n, **shares, "score": _score(p, a, d), "variance": _variance(p, a, d)}, index=index)


def interval(
    promoters: Given,
    passives: Given,
    detractors: Given,
    *,
    n_effective: Given | None = None,
    df: Given = np.inf,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Return the score with the interval that a report prints.

    Parameters
    ----------
    promoters, passives, detractors, n_effective, df, confidence
        As in :func:`adjusted_wald`.

    Returns
    -------
    pandas.DataFrame
        The columns of :func:`adjusted_wald` and ``method``: ``adjusted_wald``; ``score`` where fewer than 10 answered
        or nearly all agree (:func:`near_unanimous`), with ``low, high`` of
        :func:`~helpers.inference.score_intervals.score_interval`; ``none`` without answers. ``centre, se`` stay those
        of the adjusted Wald interval, on which differences rest.

    Examples
    --------
    >>> interval([11, 5], [9, 0], [5, 0]).round(1)[["score", "low", "high", "method"]].values.tolist()
    [[24.0, -6.8, 49.6, 'adjusted_wald'], [100.0, 13.1, 100.0, 'score']]
    """
    table = adjusted_wald(promoters, passives, detractors, n_effective=n_effective, df=df, confidence=confidence)
    index, given = _counts(promoters, passives, detractors)
    n = np.asarray(sum(given.values()))
    few = (n > 0) & ((n < thresholds.SCORE_INTERVAL_BELOW) | near_unanimous(**given).to_numpy())
    table["method"] = np.where(n > 0, np.where(few, "score", "adjusted_wald"), "none")
    if few.any():
        worth = n if n_effective is None else columns({"n_effective": n_effective, "n": n}, EFFECTIVE)[1]["n_effective"]
        own = score_interval(
            *(count[few] for count in given.values()), n_effective=worth[few],
            df=table["df"].to_numpy()[few], confidence=confidence,
        )  # fmt: skip
        table.loc[few, ["low", "high"]] = own[["low", "high"]].to_numpy()
    return table


def near_unanimous(promoters: Given, passives: Given, detractors: Given) -> pd.Series:
    """Return whether nearly all answers fall in one class: at least 95 % of them, or all but one.

    Returns
    -------
    pandas.Series
        Bool; False without answers.

    Examples
    --------
    >>> near_unanimous([19, 5, 9], [1, 1, 9], [0, 0, 2]).tolist()
    [True, True, False]
    """
    index, given = _counts(promoters, passives, detractors)
    counts = np.stack(list(given.values()))
    n, largest = counts.sum(axis=0), counts.max(axis=0)
    return pd.Series((n > 0) & ((largest >= thresholds.NEAR_UNANIMOUS * n) | (n - largest <= 1)), index=index)


def adjusted_wald(
    promoters: Given,
    passives: Given,
    detractors: Given,
    *,
    n_effective: Given | None = None,
    df: Given = np.inf,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Return the score with its adjusted Wald interval.

    Parameters
    ----------
    promoters, passives, detractors
        Counts, 0 or more, possibly weighted.
    n_effective
        What the answers are worth: fewer than n when weighted or in clusters, more when the population is finite,
        infinite when everybody answered. Default n.
    df
        Degrees of freedom; infinite for the normal distribution, clusters − 1 where the answers come in clusters.
    confidence
        Between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row per row given: ``score`` (raw, around which the interval is not symmetric), ``centre, se, low, high``
        (points), ``df``. Limits are not clipped: −100…100 is a matter of display. With n = N (infinite
        ``n_effective``) the interval is the score; without answers everything is NaN. At n = 1 the interval does not
        hold the score: :func:`interval` takes the score interval there.

    Raises
    ------
    DataError
        If a count is negative, missing or no number, or the confidence not between 0 and 1.

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
    >>> found = adjusted_wald(11, 9, 5)
    >>> found.score.item(), round(found.low.item(), 4), round(found.high.item(), 4)
    (24.0, -6.7578, 49.6149)
    """
    confidence = number("confidence", confidence, CONFIDENCE)
    index, given = _counts(promoters, passives, detractors, n_effective=n_effective, df=df)
    p, a, d, effective, freedom = given.values()
    n = p + a + d
    score = _score(p, a, d)
    everybody = np.isinf(effective)
    scale = _of(np.where(everybody, n, effective), n)
    p, a, d = (
        p * scale + thresholds.PSEUDO_PROMOTERS,
        a * scale + thresholds.PSEUDO_PASSIVES,
        d * scale + thresholds.PSEUDO_DETRACTORS,
    )
    centre = np.where(everybody, score, _score(p, a, d))
    se = np.where(everybody, np.where(n > 0, 0.0, np.nan), 100 * np.sqrt(_variance(p, a, d) / (p + a + d)))
    return estimates(index, score=score, centre=centre, se=se, df=freedom, confidence=confidence)


def wald(promoters: Given, passives: Given, detractors: Given, *, confidence: float = 0.95) -> pd.DataFrame:
    """Return the plain Wald interval, for comparison only: it has no width when all answers agree.

    Parameters
    ----------
    promoters, passives, detractors
        Counts, 0 or more.
    confidence
        Between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        The columns of :func:`adjusted_wald`; ``centre`` is the score.

    Notes
    -----
    With shares p and d, v = p + d − (p − d)² and the standard error is 100 √(v / n).

    Examples
    --------
    >>> found = wald(46, 38, 16)
    >>> round(found.low.item(), 4), round(found.high.item(), 4)
    (15.7312, 44.2688)
    """
    confidence = number("confidence", confidence, CONFIDENCE)
    index, given = _counts(promoters, passives, detractors)
    p, a, d = given.values()
    score = _score(p, a, d)
    se = 100 * np.sqrt(_of(_variance(p, a, d), p + a + d))
    return estimates(index, score=score, centre=score, se=se, confidence=confidence)


def mean_score(
    n: Given,
    mean: Given,
    variance: Given,
    *,
    n_effective: Given | None = None,
    df: Given | None = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Return a mean with its t interval.

    Parameters
    ----------
    n
        Answers, 0 or more.
    mean, variance
        Of the answers; the variance with divisor n − 1. What they are is not looked at where they do not exist: the
        mean of no answers, the variance of fewer than two.
    n_effective
        As in :func:`adjusted_wald`.
    df
        Degrees of freedom; default n − 1.
    confidence
        Between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        The columns of :func:`adjusted_wald`, in the unit of the answers; ``centre`` is the mean. One answer has a
        score and no interval (NaN), no answers have neither.

    Raises
    ------
    DataError
        If n, a mean of answers, or a variance of two answers or more is missing, no number or (n, variance) negative.

    Notes
    -----
    mean ± t(n − 1) √(variance / n_effective).

    References
    ----------
    .. [1] Student (1908). The probable error of a mean. Biometrika 6, 1–25.

    Examples
    --------
    >>> found = mean_score(6, 7.0, 2.0)
    >>> round(found.low.item(), 3), round(found.high.item(), 3)
    (5.516, 8.484)
    """
    confidence = number("confidence", confidence, CONFIDENCE)
    index, known = columns({"n": n}, COUNT)
    answers = known["n"]
    of_answers = {"mean": _where(answers > 0, mean), "variance": _where(answers > 1, variance)}
    effective = answers if n_effective is None else n_effective
    freedom = np.maximum(answers - 1, 1) if df is None else df
    _index, given = columns(
        {**of_answers, "n_effective": effective, "df": freedom},
        {"mean": NUMBER, "variance": SPREAD, "n_effective": EFFECTIVE, "df": FREEDOM},
    )
    score = np.where(answers > 0, given["mean"], np.nan)
    se = np.where(answers > 1, np.sqrt(_of(given["variance"], given["n_effective"])), np.nan)
    return estimates(index, score=score, centre=score, se=se, df=given["df"], confidence=confidence)



def _counts(
    promoters: Given, passives: Given, detractors: Given, **further: Given | None
) -> tuple[pd.Index, dict[str, Floats]]:
    given = dict(zip(COUNTS, (promoters, passives, detractors), strict=True))
    index, counts = columns(given, COUNT)
    if not further:
        return index, counts
    n = np.asarray(sum(counts.values()))
    rules = {"n_effective": EFFECTIVE, "df": FREEDOM}
    named = {name: n if values is None else values for name, values in further.items()}
    joined, both = columns({**given, **named}, dict.fromkeys(COUNTS, COUNT) | rules)
    return joined, both


def _where(there: np.typing.NDArray[np.bool_], values: Given) -> Given:
    """Put 0 where a number cannot exist, so that only missing numbers that should exist are faults."""
    if not isinstance(values, pd.Series):
        values = np.asarray(values)
        return values if there.all() else np.where(there, values, 0)
    return values.where(pd.Series(there, index=values.index), 0) if not there.all() else values


def _score(p: Floats, a: Floats, d: Floats) -> Floats:
    return _of(100 * (p - d), p + a + d)


def _variance(p: Floats, a: Floats, d: Floats) -> Floats:
    n = p + a + d
    return np.maximum(_of(p + d, n) - _of(p - d, n) ** 2, 0.0)


def _of(part: Floats, whole: Floats) -> Floats:
    """Divide; of nothing there is no share."""
    return np.divide(part, whole, out=np.full(np.shape(whole), np.nan), where=np.asarray(whole) > 0)
