"""What was given, as numbers: plain ones, of pandas, of a database; names as a list, and rows of two tables."""

from __future__ import annotations

import decimal
import numbers
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.errors import DataError
from helpers.inference.bands import Floats

NUMBERS = (numbers.Real, decimal.Decimal)
"""What counts as a number; database drivers give decimals."""


def as_numbers(name: str, values: npt.ArrayLike | pd.Series) -> tuple[Floats, dict[int, object]]:
    """Return a number or a column as floats, and by place what in it is no number.

    Parameters
    ----------
    name
        How a message calls it.
    values
        A number, a sequence, or a Series.

    Returns
    -------
    tuple
        The numbers, in the shape of what was given, NaN where one is missing or no number; and what is no number.

    Raises
    ------
    DataError
        If it is a table, or rows of different lengths.

    Examples
    --------
    >>> values, texts = as_numbers("promoters", [4, None, "x"])
    >>> values.tolist(), texts
    ([4.0, nan, nan], {2: 'x'})
    """
    column, shape = _column(name, values)
    if pd.api.types.is_numeric_dtype(column.dtype) and not pd.api.types.is_complex_dtype(column.dtype):
        return column.to_numpy(np.float64, na_value=np.nan).reshape(shape), {}
    each = column.astype(object).tolist()
    texts = {row: one for row, one in enumerate(each) if not (pd.isna(one) or isinstance(one, NUMBERS))}
    read = [np.nan if row in texts or pd.isna(one) else _float(one) for row, one in enumerate(each)]
    return np.asarray(read, dtype=np.float64).reshape(shape), texts


def group_names(by: Sequence[str]) -> list[str]:
    """Return the group columns as a list.

    Parameters
    ----------
    by
        Names of columns.

    Returns
    -------
    list
        The same names.

    Raises
    ------
    DataError
        If it is one text, which is a sequence of letters.

    Examples
    --------
    >>> group_names(("team", "site"))
    ['team', 'site']
    """
    if isinstance(by, str):
        raise DataError(f"by: '{by}' is one text. Give a list of group columns, such as ['{by}'].")
    return list(by)


def refuse_other_rows(before: pd.DataFrame, after: pd.DataFrame) -> None:
    """Raise that two tables cannot be compared row by row.

    Parameters
    ----------
    before, after
        One row per comparison.

    Raises
    ------
    DataError
        If they have unequal lengths, or rows of other names.
    """
    if len(before) != len(after):
        raise DataError(f"before has {len(before)} rows and after {len(after)}. Give one row per comparison in each.")
    if not before.index.equals(after.index):
        raise DataError("after: its rows are not those of before. Give one row per comparison, with the same index.")


def _float(one: Any) -> float:
    try:
        return float(one)
    except OverflowError:  # a whole number of more than 308 digits
        return np.inf if one > 0 else -np.inf


def _column(name: str, values: npt.ArrayLike | pd.Series) -> tuple[pd.Series, tuple[int, ...]]:
    if isinstance(values, pd.Series):
        return values, values.shape
    try:
        array = np.asarray(values)
    except ValueError:
        raise DataError(f"{name}: rows of different lengths were given. Give one column of numbers.") from None
    if array.ndim > 1:
        raise DataError(f"{name}: a table of {array.ndim} dimensions was given. Give one column of numbers.")
    # a text among numbers must not make texts of them all
    each = np.asarray(values, dtype=object) if array.dtype.kind in "US" else array
    return pd.Series(np.atleast_1d(each)), array.shape
