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

from helpers.inference import inputs, thresholds
from helpers.inference.bands import COUNTS, part_of, raw_score, spread
from helpers.inference.estimates import estimates
from helpers.inference.inputs import Floats, Given, Rule, columns, counted, number, where_there
from helpers.inference.score_intervals import score_interval

SPREAD = Rule(0, np.inf, "A variance is 0 or more", open_above=True)
WORTH = {"n_effective": inputs.EFFECTIVE, "df": inputs.FREEDOM}
RULES = {"n": inputs.COUNT, "mean": inputs.NUMBER, "variance": SPREAD, **WORTH}


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
    given = counted(promoters, passives, detractors, n_effective=n_effective, df=df)[1]
    counts = {name: given[name] for name in COUNTS}
    n = np.asarray(sum(counts.values()))
    below = n < thresholds.SCORE_INTERVAL_BELOW * (1 - thresholds.SAME_COUNT)
    few = (n > 0) & (below | near_unanimous(**counts).to_numpy())
    table["method"] = np.where(n > 0, np.where(few, "score", "adjusted_wald"), "none")
    if few.any():
        own = score_interval(**{name: values[few] for name, values in given.items()}, confidence=confidence)
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
    confidence = number("confidence", confidence, inputs.CONFIDENCE)
    index, given = _counts(promoters, passives, detractors)
    p, a, d = given.values()
    score = raw_score(p, a, d)
    se = 100 * np.sqrt(partpart_of(spread(p, a, d), p + a + d))
    return estimates(index, score=score, centre=score, se=se, confidence=confidence)


def mean_score(
    n: Given,
    mean: Given,
    variance: Given,
    *,
    n_effective: Given | None = None,
    df: Given | None = None,
    confidence: float = thresholds.CONFIDENCE,
) -> pd.DataFrame:
    """Return a mean with its t interval.

    Parameters
    ----------
    n
        Answers, 0 or more.
    mean, variance
        Of the answers; the variance with divisor n − 1. What they are is not looked at where they do not exist: the
        mean of no answers, the variance of fewer than two.
    n_effective, confidence
        As in :func:`adjusted_wald`.
    df
        Degrees of freedom; default n − 1.

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
    mean ± t(n − 1) √(variance / n_effective), after Student (1908), The probable error of a mean, Biometrika 6, 1–25.

    Examples
    --------
    >>> found = mean_score(6, 7.0, 2.0)
    >>> round(found.low.item(), 3), round(found.high.item(), 3)
    (5.516, 8.484)
    """
    confidence = number("confidence", confidence, inputs.CONFIDENCE)
    answers = columns({"n": n}, inputs.COUNT)[1]["n"]
    of_answers = {"mean": where_there(answers > 0, mean), "variance": where_there(answers > 1, variance)}
    further = {name: one for name, one in {"n_effective": n_effective, "df": df}.items() if one is not None}
    index, given = columns({"n": n, **of_answers, **further}, RULES)
    n_answers, score = given["n"], np.where(given["n"] > 0, given["mean"], np.nan)
    per_answer = part_of(given["variance"], given.get("n_effective", n_answers))
    se = np.where(n_answers > 1, np.sqrt(per_answer), np.nan)
    freedom = given.get("df", np.maximum(n_answers - 1, 1))
    return estimates(index, score=score, centre=score, se=se, df=freedom, confidence=confidence)


def _counts(promoters: Given, passives: Given, detractors: Given) -> tuple[pd.Index, dict[str, Floats]]:
    return columns(dict(zip(COUNTS, (promoters, passives, detractors), strict=True)), inputs.COUNT)
