"""Two groups or two waves of different people: the difference, its interval and its p-value."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.errors import DataError
from helpers.inference import thresholds
from helpers.inference.estimates import estimates, probability_below
from helpers.inference.inputs import (
    CONFIDENCE, FREEDOM, NUMBER, STANDARD_ERROR, Floats, columns, number, required,
)  # fmt: skip
from helpers.inference.permutation import exact_permutation

ESTIMATED = ("score", "centre", "se", "df")
SAMPLED = {"score": "score", "centre": "sample_centre", "se": "sample_se", "df": "df"}
COUNTS = ["promoters", "passives", "detractors"]


def difference(before: pd.DataFrame, after: pd.DataFrame, *, confidence: float = 0.95) -> pd.DataFrame:
    """Return after − before of two independent estimates, signed, with its interval.

    Parameters
    ----------
    before, after
        Estimates of one measure from different people, row by row: tables with ``score, centre, se, df``, such as
        :func:`helpers.inference.scores.adjusted_wald` returns. NaN where there were no answers.
    confidence
        Between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row per row given, indexed like ``after``: ``difference`` (of the raw scores), ``centre, se, df`` (of the
        adjusted estimates), ``low, high``, and ``p`` (two-sided, of no difference; NaN where one side has no score
        or nothing can vary).

    Raises
    ------
    DataError
        If a column is missing, the tables have unequal lengths, or a standard error is negative.

    Notes
    -----
    centre = after − before on the adjusted estimates and se = √(se₁² + se₂²): three pseudo-answers in each
    sample for an NPS. Normal, or Student's t with Welch's degrees of freedom where either has degrees of freedom.
    It is not clipped to −200…200.

    References
    ----------
    .. [1] Rocks, B. (2016). Interval estimation for the Net Promoter Score. The American Statistician 70, 365–372.
    .. [2] Welch, B. L. (1947). The generalization of "Student's" problem when several different population
       variances are involved. Biometrika 34, 28–35.

    Examples
    --------
    >>> from helpers.inference.scores import adjusted_wald
    >>> change = difference(adjusted_wald(21, 30, 24), adjusted_wald(33, 32, 15))
    >>> change[["difference", "low", "high", "p"]].round(4).values.tolist()
    [[26.5, 2.1421, 48.9237, 0.0324]]
    """
    confidence = number("confidence", confidence, CONFIDENCE)
    first, second = _estimated(before, "before"), _estimated(after, "after")
    if len(before) != len(after):
        raise DataError(f"before has {len(before)} rows and after {len(after)}. Give one row per comparison in each.")
    raw, centre = second["score"] - first["score"], second["centre"] - first["centre"]
    se = np.sqrt(first["se"] ** 2 + second["se"] ** 2)
    table = estimates(after.index, score=raw, centre=centre, se=se, df=_welch(first, second), confidence=confidence)
    steps = np.divide(-np.abs(centre), se, out=np.full_like(se, np.nan), where=se > 0)
    return table.rename(columns={"score": "difference"}).assign(p=2 * probability_below(steps, table["df"].to_numpy()))


def between(before: pd.DataFrame, after: pd.DataFrame, *, confidence: float = 0.95) -> pd.DataFrame:
    """Return after − before of two tables of scores, as every report tests it.

    Parameters
    ----------
    before, after
        Row by row the same measure of different people, as :func:`helpers.inference.groups.by_group` returns it.
        ``population`` is not used: a change is asked of people, not of this workforce.
    confidence
        Between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        The columns of :func:`difference` and ``test``: ``exact`` where either group is an NPS of fewer than ten
        answers that neither weigh unequally nor come in clusters, and ``p`` is that of
        :func:`~helpers.inference.permutation.exact_permutation`; else ``approximate``. ``demonstrable`` (bool): p is
        below 1 − confidence and the interval does not hold 0.

    Raises
    ------
    DataError
        If a column is missing or the tables have unequal lengths.

    Examples
    --------
    >>> from helpers.inference.groups import by_group
    >>> then, now = pd.DataFrame({"answer": [9] * 6 + [7] * 2 + [5] * 2}), pd.DataFrame({"answer": [9] * 2 + [6] * 7})
    >>> found = between(by_group(then), by_group(now))
    >>> found[["difference", "p", "test"]].round(3).values.tolist()
    [[-95.556, 0.033, 'exact']]
    """
    taken = [_sampled(table, what) for table, what in ((before, "before"), (after, "after"))]
    table = difference(*taken, confidence=confidence)
    exact = _tiny(before, after)
    table["test"] = np.where(exact, "exact", "approximate")
    table.loc[exact, "p"] = exact_permutation(_counted(before[exact]), _counted(after[exact])).to_numpy()
    away = table["low"].gt(0) | table["high"].lt(0)
    return table.assign(demonstrable=away & table["p"].lt(1 - confidence))


def _estimated(table: pd.DataFrame, what: str) -> dict[str, Floats]:
    """Return the estimates of a table; what cannot exist (no answers) stays NaN."""
    required(table, ESTIMATED, what=what)
    known = {name: pd.Series(table[name], dtype="Float64").notna() for name in ESTIMATED}
    rules = {"score": NUMBER, "centre": NUMBER, "se": STANDARD_ERROR, "df": FREEDOM}
    found = {}
    for name in ESTIMATED:
        column = columns({f"{what}.{name}": table.loc[known[name], name]}, rules[name])[1][f"{what}.{name}"]
        found[name] = np.full(len(table), np.nan)
        found[name][known[name].to_numpy()] = column
    return found


def _welch(first: dict[str, Floats], second: dict[str, Floats]) -> Floats:
    """Return Welch's degrees of freedom; infinite where both estimates are normal, or nothing varies."""
    variances = [estimate["se"] ** 2 for estimate in (first, second)]
    parts = sum(variance**2 / estimate["df"] for variance, estimate in zip(variances, (first, second), strict=True))
    whole = np.asarray(sum(variances)) ** 2
    return np.divide(whole, parts, out=np.full(len(whole), np.inf), where=np.asarray(parts) > 0)


def _sampled(table: pd.DataFrame, what: str) -> pd.DataFrame:
    required(table, (*SAMPLED.values(), *COUNTS, "n", "sample_effective"), what=what)
    return table[list(SAMPLED.values())].set_axis(list(SAMPLED), axis=1)


def _tiny(before: pd.DataFrame, after: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Return which comparisons are of a group too small for the normal test, and can be tested exactly."""
    n = [table["n"].to_numpy(dtype=np.float64) for table in (before, after)]
    worth = [table["sample_effective"].to_numpy(dtype=np.float64) for table in (before, after)]
    banded = before["promoters"].notna().to_numpy() & after["promoters"].notna().to_numpy()
    plain = (n[0] > 0) & (n[1] > 0) & np.isclose(n[0], worth[0]) & np.isclose(n[1], worth[1])
    return banded & plain & (np.minimum(*n) < thresholds.EXACT_BELOW)


def _counted(table: pd.DataFrame) -> pd.DataFrame:
    return table[COUNTS].astype(np.float64)
