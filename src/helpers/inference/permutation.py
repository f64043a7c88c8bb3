"""Exact test of two small groups: every way in which the same answers could have fallen to the two groups."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import special

from helpers.errors import DataError
from helpers.inference import thresholds
from helpers.inference.inputs import WHOLE_COUNT, Floats, columns, required

COUNTS = ("promoters", "passives", "detractors")


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
        0…1; NaN where one of the groups has no answers.

    Raises
    ------
    DataError
        If a column is missing, a count is no whole number of 0 or more, or both groups are so large that their
        outcomes cannot be listed (:data:`~helpers.inference.thresholds.PERMUTED_AT_MOST`).

    Notes
    -----
    Given all answers together, the counts of the smaller group have a multivariate hypergeometric distribution. p is
    the chance of a difference as far from 0 as the observed one, or further. It holds whatever the shares are, which
    the adjusted Wald test does only from some ten answers in each group on.

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
    if len(first) != len(second):
        raise DataError(f"before has {len(first)} rows and after {len(second)}. Give one row per comparison in each.")
    found = [_p_value(*(np.asarray(row) for row in rows)) for rows in zip(first, second, strict=True)]
    return pd.Series(found, index=before.index, dtype=np.float64, name="p")


def _counts(table: pd.DataFrame, what: str) -> Floats:
    required(table, COUNTS, what=what)
    _index, counts = columns({f"{what}.{name}": table[name] for name in COUNTS}, WHOLE_COUNT)
    return np.stack(list(counts.values()), axis=1)


def _p_value(first: Floats, second: Floats) -> float:
    small, large = sorted((first, second), key=np.sum)
    n, both = int(small.sum()), small + large
    if not n:
        return np.nan
    # all ways to take n of the answers: so many promoters and detractors, the rest passives
    promoters, detractors = _outcomes(n, both)
    passives = n - promoters - detractors
    taken = np.stack([promoters, passives, detractors])
    logs = _log_choose(both[:, None], taken).sum(axis=0) - _log_choose(both.sum(), np.asarray(float(n)))
    # compared as whole numbers: n × N times the distance of the difference from its mean
    whole, balance = both.sum(), both[0] - both[2]
    far = np.abs(whole * (promoters - detractors) - n * balance)
    observed = abs(whole * (small[0] - small[2]) - n * balance)
    return float(min(np.exp(logs[far >= observed]).sum(), 1.0))


def _outcomes(n: int, both: Floats) -> tuple[Floats, Floats]:
    counted = (min(n, int(both[0])) + 1) * (min(n, int(both[2])) + 1)
    if counted > thresholds.PERMUTED_AT_MOST:
        raise DataError(
            f"exact permutation: {counted:,} outcomes of groups of {n:,} and {int(both.sum()) - n:,} answers, and at "
            f"most {thresholds.PERMUTED_AT_MOST:,} are listed. Use the adjusted Wald test, which is right for such groups."
        )
    promoters, detractors = np.meshgrid(
        np.arange(min(n, both[0]) + 1), np.arange(min(n, both[2]) + 1), indexing="ij"
    )  # fmt: skip
    passives = n - promoters - detractors
    possible = (passives >= 0) & (passives <= both[1])
    return promoters[possible], detractors[possible]


def _log_choose(of: Floats, taken: Floats) -> Floats:
    return special.gammaln(of + 1) - special.gammaln(taken + 1) - special.gammaln(of - taken + 1)
