"""A family of tests: p-values adjusted for how many were asked at once."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.errors import DataError
from helpers.inference.inputs import PROBABILITY, Floats, Given, columns

Method = Literal["holm", "benjamini_hochberg"]
NAMED = {"holm": "holm", "benjamini_hochberg": "fdr_bh"}


def adjusted(p: Given, *, method: Method = "holm", family: Given | None = None) -> pd.Series:
    """Return p-values adjusted for all tests of the same family.

    Parameters
    ----------
    p
        The p-value of each test, 0…1. A test that could not be done is no part of a family: leave it out.
    method
        ``holm``: the chance that any wrong claim is made in a family stays below the level; for claims that name
        groups. ``benjamini_hochberg``: the expected share of wrong claims among all that are made does; for lists to
        explore.
    family
        To which family each test belongs, such as the table that prints it: labels of any kind. Default all one.

    Returns
    -------
    pandas.Series
        ``p_adjusted``: p or more, at most 1, indexed like ``p``. The order of the rows does not matter.

    Raises
    ------
    DataError
        If a p-value is missing or outside 0…1, a test is in no family, or the method has another name.

    Notes
    -----
    In ascending order, the i-th of m: Holm takes the largest of (m − j + 1) p(j) over j ≤ i, Benjamini and Hochberg
    the smallest of m p(j) / j over j ≥ i; both at most 1.

    References
    ----------
    .. [1] Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal of
       Statistics 6, 65–70.
    .. [2] Benjamini, Y. & Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the Royal Statistical
       Society B 57, 289–300.

    Examples
    --------
    >>> adjusted([0.010, 0.040, 0.030]).round(3).tolist()
    [0.03, 0.06, 0.06]
    >>> adjusted([0.010, 0.040, 0.030], family=["units", "units", "products"]).round(3).tolist()
    [0.02, 0.04, 0.03]
    """
    if method not in NAMED:
        raise DataError(f"method: {method!r} is no adjustment. Give one of {', '.join(map(repr, NAMED))}.")
    index, given = columns({"p": p}, PROBABILITY)
    codes = _families(family, p, index)
    found = np.full(len(index), np.nan)
    for code in range(codes.max(initial=-1) + 1):
        found[codes == code] = _of_one_family(given["p"][codes == code], method)
    return pd.Series(found, index=index, name="p_adjusted")


def _families(family: Given | None, p: Given, index: pd.Index) -> npt.NDArray[np.int64]:
    """Return the number of each test's family."""
    if family is None:
        return np.zeros(len(index), dtype=np.int64)
    labels = family if isinstance(family, pd.Series) else pd.Series(family, dtype=object)
    if len(labels) != len(index):
        raise DataError(
            f"Columns of different lengths: p has {len(index)}, family has {len(labels)}. Give one for each."
        )
    if isinstance(family, pd.Series) and isinstance(p, pd.Series) and not labels.index.equals(index):
        raise DataError("family: its rows are not those of p. Give columns of one table.")
    without = [f"family, row {row}: a label is missing. Name the family of every test." for row in index[labels.isna()]]
    if without:
        raise DataError(without)
    return np.asarray(pd.factorize(labels)[0], dtype=np.int64)


def _of_one_family(p: Floats, method: Method) -> Floats:
    from statsmodels.stats.multitest import multipletests  # noqa: PLC0415 - takes a second, which only families cost

    return np.asarray(multipletests(p, method=NAMED[method])[1], dtype=np.float64)
