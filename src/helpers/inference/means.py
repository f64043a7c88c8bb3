"""A mean of answers with its uncertainty."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.inference import inputs, thresholds
from helpers.inference.estimates import estimates
from helpers.inference.inputs import Given, Rule, columns, number, where_there
from helpers.inference.ratios import part_of

SPREAD = Rule(0, np.inf, "A variance is 0 or more", open_above=True)
WORTH = {"n_effective": inputs.EFFECTIVE, "df": inputs.FREEDOM}
RULES = {"n": inputs.COUNT, "mean": inputs.NUMBER, "variance": SPREAD, **WORTH}


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
        As in :func:`helpers.inference.scores.adjusted_wald`.
    df
        Degrees of freedom; default n − 1.

    Returns
    -------
    pandas.DataFrame
        ``score, centre, se, low, high`` (in the unit of the answers; centre is the mean) and ``df``. One answer has a
        score and no interval (NaN), no answers have neither; nor do answers that are worth nothing (``n_effective`` 0)
        have an interval. With n = N (infinite ``n_effective``), and where all answers are equal, it has no width.

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
