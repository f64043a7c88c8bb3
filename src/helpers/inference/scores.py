"""The NPS with its uncertainty: counts in, a table of estimates out.

::

    net_promoter_score   the score and its shares, without an interval
    interval             the interval that a report prints: adjusted Wald, or the score interval where few answered
    adjusted_wald, wald  the first by itself, and the plain one for comparison only
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.inference import inputs, thresholds
from helpers.inference.bands import COUNTS, raw_score, spread
from helpers.inference.estimates import estimates
from helpers.inference.inputs import Floats, Given, columns, counted, number
from helpers.inference.ratios import part_of
from helpers.inference.score_intervals import score_interval


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
    shares = {f"{name[:-1]}_share": part_of(count, n) for name, count in given.items()}
    return pd.DataFrame({"n": n, **shares, "score": raw_score(p, a, d), "variance": spread(p, a, d)}, index=index)


def interval(
    promoters: Given,
    passives: Given,
    detractors: Given,
    *,
    n_effective: Given | None = None,
    df: Given = np.inf,
    confidence: float = thresholds.CONFIDENCE,
) -> pd.DataFrame:
    """Return the score with the interval that a report prints.

    Parameters
    ----------
    promoters, passives, detractors, n_effective, df, confidence
        As in :func:`adjusted_wald`.

    Returns
    -------
    pandas.DataFrame
        The columns of :func:`adjusted_wald` and ``method``: ``adjusted_wald``; ``score`` where fewer than 10 answered,
        the answers are worth fewer than 10 (weights, clusters), or nearly all agree (:func:`near_unanimous`), with
        ``low, high`` of :func:`~helpers.inference.score_intervals.score_interval`; ``none`` without answers.
        ``centre, se`` stay those of the adjusted Wald interval, on which differences rest. One answer, or all
        promoters: the score and a wide interval on the scale that holds it. n = N: the score.

    Raises
    ------
    DataError
        As :func:`adjusted_wald` does.

    Notes
    -----
    A finite population makes answers worth more than n: 8 of 10 people are worth 36, and still fewer than ten. So the
    smaller of n and ``n_effective`` decides. Of 20 answers worth 5 at shares .90, .08, .02 the adjusted Wald interval
    holds the true score in 91.9 of 100 surveys, the score interval in 96.5 (all outcomes enumerated).

    References
    ----------
    .. [1] Rocks, B. (2016). Interval estimation for the Net Promoter Score. The American Statistician 70,
       365–372.
    .. [2] Tango, T. (1998). Equivalence test and confidence interval for the difference in proportions for the
       paired-sample design. Statistics in Medicine 17, 891–908.

    Examples
    --------
    >>> interval([11, 5], [9, 0], [5, 0]).round(1)[["score", "low", "high", "method"]].values.tolist()
    [[24.0, -6.8, 49.6, 'adjusted_wald'], [100.0, 13.1, 100.0, 'score']]
    """
    table = adjusted_wald(promoters, passives, detractors, n_effective=n_effective, df=df, confidence=confidence)
    given = counted(promoters, passives, detractors, n_effective=n_effective, df=df)[1]
    counts = {name: given[name] for name in COUNTS}
    n = np.asarray(sum(counts.values()))
    below = np.minimum(n, given["n_effective"]) < thresholds.SCORE_INTERVAL_BELOW * (1 - thresholds.SAME_COUNT)
    few = (n > 0) & (below | near_unanimous(**counts).to_numpy())
    table["method"] = np.where(n > 0, np.where(few, "score", "adjusted_wald"), "none")
    if few.any():
        own = score_interval(**{name: values[few] for name, values in given.items()}, confidence=confidence)
        table.loc[few, ["low", "high"]] = own[["low", "high"]].to_numpy()
    return table


def near_unanimous(promoters: Given, passives: Given, detractors: Given) -> pd.Series:
    """Return whether nearly all answers fall in one class: at least 95 % of them, or all but one.

    Parameters
    ----------
    promoters, passives, detractors
        Counts, 0 or more, possibly weighted.

    Returns
    -------
    pandas.Series
        Bool; False without answers, True for one or two answers and for all promoters.

    Raises
    ------
    DataError
        If a count is negative, missing or no number.

    Notes
    -----
    The largest count ≥ 0.95 n, or n − the largest count ≤ 1, both but for one part in 10⁹.

    References
    ----------
    .. [1] The bounds are the project's own: from there on the adjusted Wald interval lies far from the score
       (docs/method.md, The interval of an NPS).

    Examples
    --------
    >>> near_unanimous([19, 5, 9], [1, 1, 9], [0, 0, 2]).tolist()
    [True, True, False]
    """
    index, given = _counts(promoters, passives, detractors)
    counts = np.stack(list(given.values()))
    n, largest = counts.sum(axis=0), counts.max(axis=0)
    nearly = largest >= thresholds.NEAR_UNANIMOUS * n * (1 - thresholds.SAME_COUNT)
    return pd.Series((n > 0) & (nearly | (n - largest <= 1 + n * thresholds.SAME_COUNT)), index=index)


def adjusted_wald(
    promoters: Given,
    passives: Given,
    detractors: Given,
    *,
    n_effective: Given | None = None,
    df: Given = np.inf,
    confidence: float = thresholds.CONFIDENCE,
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
    confidence = number("confidence", confidence, inputs.CONFIDENCE)
    index, given = counted(promoters, passives, detractors, n_effective=n_effective, df=df)
    p, a, d = (given[name] for name in COUNTS)
    effective, freedom = given["n_effective"], given["df"]
    n = p + a + d
    score = raw_score(p, a, d)
    everybody = np.isinf(effective)
    scale = part_of(np.where(everybody, n, effective), n)
    pseudo = (thresholds.PSEUDO_PROMOTERS, thresholds.PSEUDO_PASSIVES, thresholds.PSEUDO_DETRACTORS)
    p, a, d = (count * scale + extra for count, extra in zip((p, a, d), pseudo, strict=True))
    centre = np.where(everybody, score, raw_score(p, a, d))
    se = np.where(everybody, np.where(n > 0, 0.0, np.nan), 100 * np.sqrt(spread(p, a, d) / (p + a + d)))
    return estimates(index, score=score, centre=centre, se=se, df=freedom, confidence=confidence)


def wald(
    promoters: Given, passives: Given, detractors: Given, *, confidence: float = thresholds.CONFIDENCE
) -> pd.DataFrame:
    """Return the plain Wald interval, for comparison only: it has no width when all answers agree.

    Parameters
    ----------
    promoters, passives, detractors, confidence
        As in :func:`adjusted_wald`.

    Returns
    -------
    pandas.DataFrame
        The columns of :func:`adjusted_wald`; ``centre`` is the score. Without answers everything is NaN. One answer, or
        all promoters: se 0 and no width, which is no certainty.

    Raises
    ------
    DataError
        As :func:`adjusted_wald` does.

    Notes
    -----
    With shares p and d, v = p + d − (p − d)² and the standard error is 100 √(v / n).

    References
    ----------
    .. [1] Rocks, B. (2016). Interval estimation for the Net Promoter Score. The American Statistician 70,
       365–372.

    Examples
    --------
    >>> found = wald(46, 38, 16)
    >>> round(found.low.item(), 4), round(found.high.item(), 4)
    (15.7312, 44.2688)
    """
    confidence = number("confidence", confidence, inputs.CONFIDENCE)
    index, given = _counts(promoters, passives, detractors)
    p, a, d = given.values()
    score = raw_score(p, a, d)
    se = 100 * np.sqrt(part_of(spread(p, a, d), p + a + d))
    return estimates(index, score=score, centre=score, se=se, confidence=confidence)


def _counts(promoters: Given, passives: Given, detractors: Given) -> tuple[pd.Index, dict[str, Floats]]:
    return columns(dict(zip(COUNTS, (promoters, passives, detractors), strict=True)), inputs.COUNT)
