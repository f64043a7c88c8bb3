"""What comes in, judged before anything is computed: all faults at once, each in one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.errors import DataError
from helpers.inference import thresholds
from helpers.inference.bands import COUNTS
from helpers.inference.reading import as_numbers

Floats = npt.NDArray[np.float64]
Given = npt.ArrayLike | pd.Series

NAMED_AT_MOST = 5
"""So many faulty rows of a column are named; the others are counted."""

DIGITS = 12
"""A message tells a number in so many digits: 1.0000001 is not 1, nor a million and one a million."""


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
    missing
        Whether a number may be missing (NaN, None).
    means
        What the number is, and what is allowed, as a sentence without its full stop.
    beyond
        The same of a number above ``highest``, where that needs a sentence of its own.
    """

    lowest: float
    highest: float
    means: str
    open_below: bool = False
    open_above: bool = False
    whole: bool = False
    missing: bool = False
    beyond: str = ""


MOST = thresholds.COUNTED_AT_MOST
BEYOND = f"A count of answers is at most {MOST:g}"
COUNT = Rule(0, MOST, "A count of answers is a number of 0 or more", beyond=BEYOND)
WHOLE_COUNT = Rule(0, MOST, "A count of answers is a whole number of 0 or more", whole=True, beyond=BEYOND)
SUM = Rule(0, np.inf, "A sum over answers is a number of 0 or more", open_above=True)
EFFECTIVE = Rule(0, np.inf, "An effective number of answers is 0 or more, infinite where everybody answered")
POPULATION = Rule(1, np.inf, "A population is 1 person or more, infinite where nobody counted them")
WEIGHT = Rule(0, np.inf, "A weight is a number above 0", open_below=True, open_above=True)
SHARE = Rule(0, 1, "A share lies between 0 and 1")
PROBABILITY = Rule(0, 1, "A probability lies between 0 and 1")
CONFIDENCE = Rule(0, 1, "A confidence lies between 0 and 1, such as 0.95", open_below=True, open_above=True)
POINTS = Rule(-100, 100, "An NPS lies between −100 and 100")
NUMBER = Rule(-np.inf, np.inf, "A number is finite", open_below=True, open_above=True)
STANDARD_ERROR = Rule(0, np.inf, "A standard error is 0 or more", open_above=True)
FREEDOM = Rule(0, np.inf, "Degrees of freedom are above 0, infinite for the normal distribution", open_below=True)
ANSWER = Rule(0, 10, "An answer is a whole number from 0 to 10", whole=True)
PERHAPS_ANSWER = replace(ANSWER, missing=True)


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
    read = {name: as_numbers(name, values) for name, values in given.items()}
    given_as = {name: values for name, (values, _texts) in read.items()}
    index = _index(given, given_as)
    of = {name: rules if isinstance(rules, Rule) else rules[name] for name in given}
    faults = [fault for name in given for fault in _faults(name, *read[name], of[name], given[name])]
    if faults:
        raise DataError(faults)
    return index, {name: np.broadcast_to(values, len(index)).astype(np.float64) for name, values in given_as.items()}


def counted(
    promoters: Given, passives: Given, detractors: Given, *, n_effective: Given | None = None, **further: Given
) -> tuple[pd.Index, dict[str, Floats]]:
    """Return counts, what they are worth, and what belongs to them, as columns of one length, and their index.

    Parameters
    ----------
    promoters, passives, detractors
        Counts, 0 or more.
    n_effective
        What the answers are worth; default n.
    further
        By name what goes with them: ``df``, degrees of freedom; ``target``, in points.

    Returns
    -------
    tuple
        The index, and ``promoters, passives, detractors, n_effective`` and what is further given.

    Raises
    ------
    DataError
        As :func:`columns` does.
    """
    counts = dict(zip(COUNTS, (promoters, passives, detractors), strict=True))
    worth = {} if n_effective is None else {"n_effective": n_effective}
    rules = dict.fromkeys(counts, COUNT) | {"n_effective": EFFECTIVE, "df": FREEDOM, "target": POINTS}
    index, given = columns({**counts, **worth, **further}, rules)
    given.setdefault("n_effective", given["promoters"] + given["passives"] + given["detractors"])
    return index, given


def where_there(there: npt.NDArray[np.bool_], values: Given) -> Given:
    """Put 0 where a number need not exist, so that only missing numbers that should exist are faults.

    Parameters
    ----------
    there
        Row by row whether the number has to exist.
    values
        A number, a sequence, or a Series.

    Returns
    -------
    ArrayLike or pandas.Series
        The same, with 0 where nothing need be; what has another length is returned as it is.

    Examples
    --------
    >>> where_there(np.array([True, False]), [7.5, None]).tolist()
    [7.5, 0]
    """
    given = np.asarray(values, dtype=object)
    # what is of another length or shape is refused by columns, which says so
    if there.all() or given.ndim > 1 or (given.ndim and there.size not in (1, given.size)):
        return values
    kept = np.where(there, given, 0)
    return pd.Series(kept, index=values.index) if isinstance(values, pd.Series) else kept


def number(name: str, given: float, rule: Rule) -> float:
    """Return one number that is as it may be.

    Parameters
    ----------
    name
        How a message calls it.
    given
        The number.
    rule
        What it may be.

    Returns
    -------
    float
        The same number.

    Raises
    ------
    DataError
        If it is several numbers, missing, no number or not allowed; see :func:`columns`.

    Examples
    --------
    >>> number("confidence", 0.9, CONFIDENCE)
    0.9
    """
    if np.ndim(given):
        raise DataError(f"{name}: {np.size(given)} numbers were given, and one is needed. {rule.means}.")
    return columns({name: given}, rule)[1][name].item()


def told(value: float) -> str:
    """Return how a message writes a number.

    Parameters
    ----------
    value
        Any number.

    Returns
    -------
    str
        In :data:`DIGITS` digits.
    """
    return f"{value:.{DIGITS}g}"


def required(table: pd.DataFrame, names: tuple[str, ...], *, what: str) -> None:
    """Raise that something is no table, or which columns it lacks.

    Parameters
    ----------
    table
        What was given.
    names
        The columns that it needs.
    what
        How a message calls the table.

    Raises
    ------
    DataError
        One sentence with all columns that are missing.
    """
    if not isinstance(table, pd.DataFrame):
        kind = type(table).__name__
        raise DataError(f"{what}: of type '{kind}', which is no table. Give a table with {_listed(list(names))}.")
    missing = [name for name in names if name not in table.columns]
    if missing:
        raise DataError(
            f"{what}: no column {_listed(missing)} among {_listed(list(table.columns)) or 'none'}. "
            f"It needs {_listed(list(names))}; add what is missing."
        )


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


def _faults(name: str, values: Floats, texts: dict[int, object], rule: Rule, given: Given) -> Iterator[str]:
    flat = np.atleast_1d(values)
    wrong = _wrong(flat, rule)
    wrong[list(texts)] = True
    rows = np.flatnonzero(wrong)
    labels = given.index if isinstance(given, pd.Series) else range(len(flat))
    for row in rows[:NAMED_AT_MOST].tolist():
        where = f"{name}, row {labels[row]}" if values.ndim else name
        means = rule.beyond if rule.beyond and flat[row] > rule.highest else rule.means
        yield f"{where}: {_found(flat[row], texts.get(row))}. {means}; correct it."
    if len(rows) > NAMED_AT_MOST:
        yield f"{name}: {len(rows) - NAMED_AT_MOST} more rows like these."


def _wrong(values: Floats, rule: Rule) -> npt.NDArray[np.bool_]:
    wrong = (values < rule.lowest) | (values > rule.highest)
    if not rule.missing:
        wrong |= np.isnan(values)
    if rule.open_below:
        wrong |= values == rule.lowest
    if rule.open_above:
        wrong |= values == rule.highest
    if rule.whole:
        wrong |= np.isfinite(values) & (values != np.round(values))
    return wrong


def _found(value: float, text: object) -> str:
    if text is not None:
        return f"{text!r} is no number"
    return "a number is missing" if np.isnan(value) else f"{told(value)} is not allowed"


def _listed(names: list[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)
