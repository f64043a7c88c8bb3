"""Added up per group, and divided where there is something to divide by."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def part_of(part: Floats, whole: Floats) -> Floats:
    """Return part / whole; of nothing there is no share.

    Parameters
    ----------
    part, whole
        Of one shape.

    Returns
    -------
    numpy.ndarray
        NaN where the whole is 0.

    Examples
    --------
    >>> part_of(np.array([1.0, 0.0]), np.array([4.0, 0.0])).tolist()
    [0.25, nan]
    """
    share: Floats = np.divide(part, whole, out=np.full(np.shape(whole), np.nan), where=np.asarray(whole) > 0)
    return share


def ratio(sums: Floats, weights: Floats) -> Floats:
    """Return means.

    Parameters
    ----------
    sums, weights
        Of each group.

    Returns
    -------
    numpy.ndarray
        One mean per group; 0 without answers, which nothing is compared with.
    """
    return np.divide(sums, weights, out=np.zeros_like(sums), where=weights > 0)


def total(column: npt.NDArray[Any], into: npt.NDArray[np.integer[Any]], groups: int) -> Floats:
    """Add up per group.

    Parameters
    ----------
    column
        What is added up, one number per row.
    into
        The group of each row, 0 or more.
    groups
        How many groups there are.

    Returns
    -------
    numpy.ndarray
        One sum per group, also of no rows as a float.
    """
    return np.bincount(into, column, groups).astype(np.float64, copy=False)
