"""Exact test of two small groups: every way in which the same answers could have fallen to the two groups."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.errors import DataError
from helpers.inference import thresholds
from helpers.inference.bands import COUNTS
from helpers.inference.inputs import WHOLE_COUNT, Floats, columns, required
from helpers.inference.reading import refuse_other_rows

Counts = npt.NDArray[np.int64]
LONGEST = 2**62
"""Whole numbers of 64 bits go a little further."""


def exact_permutation(before: pd.DataFrame, after: pd.DataFrame) -> pd.Series:
    """Return the two-sided p-value of no difference in NPS, by exact permutation.

    Parameters
    ----------
    before, after
        One row per comparison, with the columns ``promoters, passives, detractors`` (whole numbers, 0 or more); row by
        row other people who answered the same question.

    Returns
    -------
    pandas.Series
        0…1, indexed like ``after``; NaN where one of the groups has no answers, 1 where all agree.

    Raises
    ------
    DataError
        If a column is missing, the tables have other rows or indexes, a count is no whole number of 0 or more, or both
        groups are so large that their outcomes cannot be listed
        (:data:`~helpers.inference.thresholds.PERMUTED_AT_MOST`).

    Notes
    -----
    Given all answers together, the counts of the smaller group have a multivariate hypergeometric distribution. p is
    the chance of a difference as far from 0 as the observed one, or further, which is what R's
    ``exactRankTests::perm.test`` returns (SciPy's ``permutation_test`` doubles the smaller tail instead). It holds
    whatever the shares are: no more than 5 % of such tests of equal groups have p ≤ 0.05, however few answered.

    References
    ----------
    .. [1] Pitman, E. J. G. (1937). Significance tests which may be applied to samples from any populations.
       Supplement to the Journal of the Royal Statistical Society 4, 119–130.

    Examples
    --------
    >>> before = pd.DataFrame({"promoters": [6], "passives": [2], "detractors": [2]})
    >>> after = pd.DataFrame({"promoters": [2], "passives": [3], "detractors": [4]})
    >>> round(exact_permutation(before, after).item(), 4)
    0.1878
    """
    first, second = _counts(before, "before"), _counts(after, "after")
    refuse_other_rows(before, after)
    found = [_p_value(*(np.asarray(row) for row in rows)) for rows in zip(first, second, strict=True)]
    return pd.Series(found, index=after.index, dtype=np.float64, name="p")


def _counts(table: pd.DataFrame, what: str) -> Counts:
    required(table, COUNTS, what=what)
    _index, counts = columns({f"{what}.{name}": table[name] for name in COUNTS}, WHOLE_COUNT)
    return np.stack(list(counts.values()), axis=1).astype(np.int64)


def _p_value(first: Counts, second: Counts) -> float:
    small, large = sorted((first, second), key=np.sum)
    n, both = int(small.sum()), small + large
    if not n:
        return np.nan
    taken = _outcomes(n, both)
    logs = np.sum([_log_ways(int(of), n)[counted] for of, counted in zip(both, taken, strict=True)], axis=0)
    chances = np.exp(logs - logs.max())
    # compared as whole numbers, so that ties are ties: n × N times the distance of the difference from its mean
    whole, balance = int(both.sum()), int(both[0] - both[2])
    # (of very large groups as Python's numbers, which have no end)
    apart = taken[0] - taken[2]
    far = np.abs(whole * (apart if whole * n < LONGEST else apart.astype(object)) - n * balance)
    observed = abs(whole * int(small[0] - small[2]) - n * balance)
    return float(chances[far >= observed].sum() / chances.sum())


def _outcomes(n: int, both: Counts) -> Counts:
    """Return all ways to take n of the answers: promoters, passives and detractors taken."""
    counted = (min(n, int(both[0])) + 1) * (min(n, int(both[2])) + 1)
    if counted > thresholds.PERMUTED_AT_MOST:
        raise DataError(
            f"exact permutation: {counted:,} outcomes of groups of {n:,} and {int(both.sum()) - n:,} answers, and at "
            f"most {thresholds.PERMUTED_AT_MOST:,} are listed. Use the adjusted Wald test, right for such groups."
        )
    promoters, detractors = np.indices((min(n, int(both[0])) + 1, min(n, int(both[2])) + 1)).reshape(2, -1)
    taken = np.stack([promoters, n - promoters - detractors, detractors])
    return taken[:, (taken[1] >= 0) & (taken[1] <= both[1])]


def _log_ways(of: int, most: int) -> Floats:
    """Return the logarithm of "``of`` choose k" for k = 0 … most, added up term by term.

    A difference of log-gammas would lose its digits where one group is tiny and the other large.
    """
    k = np.arange(min(most, of))
    return np.concatenate([[0.0], np.cumsum(np.log((of - k) / (k + 1)))])
