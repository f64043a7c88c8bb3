"""What comes in, judged before anything is computed: all faults at once, each in one sentence."""

from __future__ import annotations

import numbers
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.errors import DataError

Floats = npt.NDArray[np.float64]
Given = npt.ArrayLike | pd.Series

NAMED_AT_MOST = 5
"""So many faulty rows of a column are named; the others are counted."""


@dataclass(frozen=True)
class Rule:
    """What a column of numbers may hold.

    Parameters
    ----------
    lowest, highest
        The ends of what is allowed.
    open_below, open_above
        Whether the end itself is not allowed.
    whole
        Whether only whole numbers are allowed.
    means
        What the number is, and what is allowed, as a sentence without its full stop.
    """

    lowest: float
    highest: float
    means: str
    open_below: bool = False
    open_above: bool = False
    whole: bool = False


COUNT = Rule(0, np.inf, "A count of answers is a number of 0 or more", open_above=True)
WHOLE_COUNT = Rule(0, np.inf, "A count of answers is a whole number of 0 or more", open_above=True, whole=True)
EFFECTIVE = Rule(0, np.inf, "An effective number of answers is 0 or more, infinite where everybody answered")
POPULATION = Rule(0, np.inf, "A population is a number of people above 0, infinite where nobody counted them", True)
WEIGHT = Rule(0, np.inf, "A weight is a number above 0", open_below=True, open_above=True)
SHARE = Rule(0, 1, "A share lies between 0 and 1")
PROBABILITY = Rule(0, 1, "A probability lies between 0 and 1")
CONFIDENCE = Rule(0, 1, "A confidence lies between 0 and 1, such as 0.95", open_below=True, open_above=True)
POINTS = Rule(-100, 100, "An NPS lies between −100 and 100")
NUMBER = Rule(-np.inf, np.inf, "A number is finite", open_below=True, open_above=True)
STANDARD_ERROR = Rule(0, np.inf, "A standard error is 0 or more", open_above=True)
FREEDOM = Rule(0, np.inf, "Degrees of freedom are above 0, infinite for the normal distribution", open_below=True)


def columns(given: Mapping[str, Given], rules: Mapping[str, Rule] | Rule) -> tuple[pd.Index, dict[str, Floats]]:
    """Return numbers and columns as columns of one length, and the index that they share.

    Parameters
    ----------
    given
        By name: a number, a sequence, or a Series. Numbers go with every row.
    rules
        What may be in them: one rule for all, or one by name.

    Returns
    -------
    tuple
        The index of the Series among them (else 0, 1, …), and each column.

    Raises
    ------
    DataError
        One sentence per fault: text, missing or forbidden numbers, unequal lengths, Series of different rows.

    Examples
    --------
    >>> index, found = columns({"promoters": [4, 5], "passives": 3}, COUNT)
    >>> found["passives"].tolist()
    [3.0, 3.0]
    >>> columns({"promoters": [4, -5]}, COUNT)
    Traceback (most recent call last):
        ...
    helpers.errors.DataError: promoters, row 1: -5 is not allowed. A count of answers is a number of 0 or more; ...
    """
    given_as = {name: _numbers(name, values) for name, values in given.items()}
    index = _index(given, given_as)
    of = {name: rules if isinstance(rules, Rule) else rules[name] for name in given}
    faults = [fault for name, values in given_as.items() for fault in _faults(name, values, of[name], given[name])]
    if faults:
        raise DataError(faults)
    return index, {name: np.broadcast_to(values, len(index)).astype(np.float64) for name, values in given_as.items()}


def number(name: str, given: float, rule: Rule) -> float:
    """Return one number, or raise what is wrong with it; see :func:`columns`."""
    if np.ndim(given):
        raise DataError(f"{name}: {len(np.asarray(given))} numbers were given, and one is needed. {rule.means}.")
    return columns({name: given}, rule)[1][name].item()


def required(table: pd.DataFrame, names: tuple[str, ...], *, what: str) -> None:
    """Raise which columns a table lacks.

    Parameters
    ----------
    table
        What was given.
    names
        The columns that it needs.
    what
        How a message calls the table.
    """
    missing = [name for name in names if name not in table.columns]
    if missing:
        raise DataError(
            f"{what}: no column {_listed(missing)} among {_listed(list(table.columns)) or 'none'}. "
            f"It needs {_listed(list(names))}; add what is missing."
        )


def _numbers(name: str, values: Given) -> Floats:
    array = values.array if isinstance(values, pd.Series) else np.asarray(values)
    if array.ndim > 1:
        raise DataError(f"{name}: a table of {array.ndim} dimensions was given. Give one column of numbers.")
    if pd.api.types.is_numeric_dtype(array.dtype) and not pd.api.types.is_complex_dtype(array.dtype):
        return np.asarray(pd.Series(np.atleast_1d(array)).to_numpy(np.float64, na_value=np.nan)).reshape(array.shape)
    each = np.asarray(array, dtype=object)
    for found in each.ravel().tolist():
        if not (pd.isna(found) or isinstance(found, numbers.Real)):
            raise DataError(f"{name}: {found!r} is no number. Give numbers; a text has to be read first.")
    return np.asarray([np.nan if pd.isna(one) else float(one) for one in each.ravel()]).reshape(each.shape)


def _index(given: Mapping[str, Given], given_as: Mapping[str, Floats]) -> pd.Index:
    series = {name: values for name, values in given.items() if isinstance(values, pd.Series)}
    first = next(iter(series), "")
    for name, values in series.items():
        if not values.index.equals(series[first].index):
            raise DataError(f"{name}: its rows are not those of {first}. Give columns of one table.")
    lengths = {name: len(values) for name, values in given_as.items() if values.ndim}
    if len(set(lengths.values())) > 1:
        found = ", ".join(f"{name} has {length}" for name, length in lengths.items())
        raise DataError(f"Columns of different lengths: {found}. Give columns of one table.")
    return series[first].index if series else pd.RangeIndex(next(iter(lengths.values()), 1))


def _faults(name: str, values: Floats, rule: Rule, given: Given) -> Iterator[str]:
    flat = np.atleast_1d(values)
    wrong = np.isnan(flat) | (flat < rule.lowest) | (flat > rule.highest)
    if rule.open_below:
        wrong |= flat == rule.lowest
    if rule.open_above:
        wrong |= flat == rule.highest
    if rule.whole:
        wrong |= np.isfinite(flat) & (flat != np.round(flat))
    rows = np.flatnonzero(wrong)
    labels = given.index if isinstance(given, pd.Series) else range(len(flat))
    for row in rows[:NAMED_AT_MOST].tolist():
        where = f"{name}, row {labels[row]}" if values.ndim else name
        found = "a number is missing" if np.isnan(flat[row]) else f"{flat[row]:g} is not allowed"
        yield f"{where}: {found}. {rule.means}; correct it."
    if len(rows) > NAMED_AT_MOST:
        yield f"{name}: {len(rows) - NAMED_AT_MOST} more rows like these."


def _listed(names: list[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)
