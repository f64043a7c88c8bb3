"""Different people compared: two estimates, two waves, or each group with all others.

::

    difference     of two tables of estimates: the sum by itself
    between        of two tables of scores, as every report tests it: exact where few answered
    against_rest   each group of one grouping with all others together, tested as one family
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.errors import DataError
from helpers.inference import inputs, thresholds
from helpers.inference.bands import COUNTS
from helpers.inference.estimates import estimates, probability_below, welch
from helpers.inference.families import Method, adjusted
from helpers.inference.groups import scored
from helpers.inference.inputs import COUNT, NUMBER, SUM, Floats, columns, number, required
from helpers.inference.permutation import exact_permutation
from helpers.inference.reading import refuse_other_rows
from helpers.inference.tallies import ABOUT_MEAN, SUMS, Rule, added

ESTIMATED = {
    "score": replace(inputs.NUMBER, missing=True),
    "centre": replace(inputs.NUMBER, missing=True),
    "se": replace(inputs.STANDARD_ERROR, missing=True),
    "df": replace(inputs.FREEDOM, missing=True),
}
SAMPLED = {"score": "score", "centre": "sample_centre", "se": "sample_se", "df": "df"}


def difference(before: pd.DataFrame, after: pd.DataFrame, *, confidence: float = thresholds.CONFIDENCE) -> pd.DataFrame:
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
        adjusted estimates), ``low, high``, and ``p`` (two-sided, of no difference; NaN where nothing can vary). Where
        one side has no score, or no standard error, ``centre, se, df, low, high, p`` are NaN.

    Raises
    ------
    DataError
        If a column is missing, the tables have other rows or indexes, or a standard error is negative.

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
    confidence = number("confidence", confidence, inputs.CONFIDENCE)
    first, second = _estimated(before, "before"), _estimated(after, "after")
    refuse_other_rows(before, after)
    raw, centre = second["score"] - first["score"], second["centre"] - first["centre"]
    se = np.sqrt(first["se"] ** 2 + second["se"] ** 2)
    df = welch((first["se"] ** 2, second["se"] ** 2), (first["df"], second["df"]))
    df = np.where(np.isnan(se), np.nan, df)
    table = estimates(after.index, score=raw, centre=centre, se=se, df=df, confidence=confidence)
    # unanimous answers with weights leave a trace of rounding, which is no spread
    varies = se > thresholds.NO_SPREAD * (np.abs(first["score"]) + np.abs(second["score"]))
    steps = np.divide(-np.abs(centre), se, out=np.full_like(se, np.nan), where=varies)
    return table.rename(columns={"score": "difference"}).assign(p=2 * probability_below(steps, table["df"].to_numpy()))


def between(before: pd.DataFrame, after: pd.DataFrame, *, confidence: float = thresholds.CONFIDENCE) -> pd.DataFrame:
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
        If a column is missing, or the tables have other rows or indexes.

    Notes
    -----
    As :func:`difference`, with the p-value of the exact test where the normal one does not hold. Without answers on one
    side everything is NaN and nothing demonstrable; one answer, or all promoters, is tested exactly. Where everybody
    answered the people still count as a sample: the test asks whether it is more than chance between people.

    References
    ----------
    .. [1] Rocks, B. (2016). Interval estimation for the Net Promoter Score. The American Statistician 70, 365–372.
    .. [2] Pitman, E. J. G. (1937). Significance tests which may be applied to samples from any populations.
       Supplement to the Journal of the Royal Statistical Society 4, 119–130.

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
    return table.assign(demonstrable=_away(table) & table["p"].lt(1 - confidence))


def against_rest(
    tallies: pd.DataFrame,
    *,
    rule: Rule = "nps",
    weighted: bool = False,
    confidence: float = thresholds.CONFIDENCE,
    method: Method = "holm",
    tested: npt.ArrayLike | None = None,
) -> pd.DataFrame:
    """Return each group's score minus that of all others together, tested as one family.

    Parameters
    ----------
    tallies
        The groups of one grouping, in which nobody stands twice, as :func:`helpers.inference.tallies.tally` and
        :func:`~helpers.inference.tallies.added` return them, made for the same ``rule`` and ``weighted``. Sums and no
        scores, because the weight of the others cannot be had from scores.
    rule, weighted
        As in :func:`helpers.inference.groups.by_group`.
    confidence
        Between 0 and 1.
    method
        As in :func:`helpers.inference.families.adjusted`.
    tested
        Per row True or False (none missing): whether it is shown, and so is part of the family. A row that is not is
        still among the others of each other row. Default all.

    Returns
    -------
    pandas.DataFrame
        One row per group, indexed like ``tallies``: the columns of :func:`between`, in which ``after`` is the group
        and ``before`` the others; ``p_adjusted`` (NaN for what is not tested) and ``family`` (its size).
        ``demonstrable`` here asks for ``p_adjusted`` below 1 − confidence. Of two groups each is the rest of the
        other: that is one test, and nothing is adjusted.

    Raises
    ------
    DataError
        If a column is missing, a sum is no number, or ``tested`` has another length.

    Notes
    -----
    Not against the total, in which the group itself stands: (group − total) = (1 − n_group / n) (group − rest). One
    group has no others, and a group without answers no score: both are NaN and in no family.

    References
    ----------
    .. [1] Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal of
       Statistics 6, 65–70.

    Examples
    --------
    >>> from helpers.inference.tallies import tally
    >>> a, b, c = [9] * 24 + [7] * 8 + [5] * 8, [9] * 12 + [7] * 10 + [5] * 18, [9] * 20 + [7] * 8 + [5] * 12
    >>> answers = pd.DataFrame({"answer": a + b + c, "team": ["a"] * 40 + ["b"] * 40 + ["c"] * 40})
    >>> found = against_rest(tally(answers, by=["team"]))
    >>> found[["difference", "p", "p_adjusted"]].round(3).values.tolist()
    [[37.5, 0.025, 0.05], [-45.0, 0.007, 0.02], [7.5, 0.686, 0.686]]
    """
    _refuse_no_sums(tallies)
    kind: dict[str, Any] = {"rule": rule, "confidence": confidence, "weighted": weighted}
    rest = _rest(tallies).set_axis(tallies.index)
    table = between(scored(rest, **kind), scored(tallies, **kind), confidence=confidence)
    asked = table["p"].notna() & pd.Series(True if tested is None else _flags(tested, table.index), index=table.index)
    family = table.loc[asked, "p"]
    once = len(family) == 2 == tallies["n"].gt(0).sum()  # noqa: PLR2004 - each is the rest of the other
    table["p_adjusted"] = (family if once else adjusted(family, method=method)).reindex(table.index)
    table["family"] = 1 if once else len(family)
    table["demonstrable"] = _away(table) & table["p_adjusted"].lt(1 - confidence)
    return table


def _estimated(table: pd.DataFrame, what: str) -> dict[str, Floats]:
    """Return the estimates of a table; what cannot exist (no answers) stays NaN."""
    required(table, tuple(ESTIMATED), what=what)
    rules = {f"{what}.{name}": rule for name, rule in ESTIMATED.items()}
    given = columns({f"{what}.{name}": table[name] for name in ESTIMATED}, rules)[1]
    return dict(zip(ESTIMATED, given.values(), strict=True))


def _sampled(table: pd.DataFrame, what: str) -> pd.DataFrame:
    required(table, (*SAMPLED.values(), *COUNTS, "n", "sample_effective"), what=what)
    return table[list(SAMPLED.values())].set_axis(list(SAMPLED), axis=1)


def _tiny(before: pd.DataFrame, after: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Return which comparisons are of a group too small for the normal test, and can be tested exactly."""
    rows = np.full(len(after), True)
    fewest = np.full(len(after), np.inf)
    for table, what in ((before, "before"), (after, "after")):
        given = {f"{what}.n": table["n"], f"{what}.sample_effective": table["sample_effective"]}
        n, worth = columns(given, dict(zip(given, (COUNT, inputs.EFFECTIVE), strict=True)))[1].values()
        rows &= table["promoters"].notna().to_numpy() & (n > 0) & np.isclose(n, worth)
        fewest = np.minimum(fewest, n)
    return rows & (fewest < thresholds.EXACT_BELOW)


def _counted(table: pd.DataFrame) -> pd.DataFrame:
    return table[list(COUNTS)].astype(np.float64)


def _away(table: pd.DataFrame) -> pd.Series:
    return table["low"].gt(0) | table["high"].lt(0)


def _rest(tallies: pd.DataFrame) -> pd.DataFrame:
    """Return the sums of all other groups, row by row: added up, because a difference of sums loses digits."""
    groups = len(tallies)
    parts = np.array_split(np.arange(groups), groups**2 // thresholds.RESTS_AT_ONCE + 1)
    return pd.concat([_others(tallies, part) for part in parts], ignore_index=True)


def _others(tallies: pd.DataFrame, part: npt.NDArray[np.int64]) -> pd.DataFrame:
    into, rows = np.nonzero(part[:, None] != np.arange(len(tallies)))
    return added(tallies, rows=rows, into=into, groups=len(part))


def _refuse_no_sums(tallies: pd.DataFrame) -> None:
    required(tallies, (*SUMS, *ABOUT_MEAN), what="tallies")
    rules = dict.fromkeys((*SUMS, *ABOUT_MEAN), SUM) | dict.fromkeys(("wx", "x", "w2_apart"), NUMBER)
    columns({name: tallies[name] for name in rules}, rules)


def _flags(tested: npt.ArrayLike, index: pd.Index) -> npt.NDArray[np.bool_]:
    flags = np.asarray(tested)
    if flags.dtype == object and pd.api.types.infer_dtype(flags, skipna=False) == "boolean":
        flags = flags.astype(np.bool_)
    if flags.shape != (len(index),) or flags.dtype != np.bool_:
        raise DataError(f"tested: {flags.size} flags were given. Give True or False for each of {len(index)} groups.")
    return flags
