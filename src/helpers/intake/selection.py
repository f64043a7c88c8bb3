"""Which rows of a file count: the organisation's own, finished ones, each questionnaire once."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from helpers.intake.dates import calendar_dates
from helpers.intake.faults import found_text
from helpers.intake.reading.tables import Text
from helpers.intake.values import NOT_A_DATE, NOT_A_NUMBER, Decimal, matching, numbers
from helpers.params.model import Condition

MOST_NAMED = 5
_NUMBER_BOUND = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
_EITHER_WAY = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")


def kept(
    column: Text,
    *,
    condition: str | Sequence[str] | Condition,
    decimal: Decimal | None = None,
    date_format: str | None = None,
    serial_numbers: bool = False,
) -> NDArray[np.bool_]:
    """Tell which rows fulfil a condition of `keep_where`.

    Parameters
    ----------
    column
        The column that the condition is about, as pyarrow text.
    condition
        One value, several values, or ``not``, ``in``, ``from`` and ``to``, which must all hold; a bound is a
        number or a date and belongs to the range.
    decimal, date_format, serial_numbers
        How numbers and dates are written, as in :mod:`helpers.intake.values` and :mod:`helpers.intake.dates`.

    Raises
    ------
    ValueError
        If a bound is neither a number nor a date, or can be two numbers, or the dates cannot be read.
    """
    if not isinstance(condition, Condition):
        wanted = [condition] if isinstance(condition, str) else condition
        return matching(column, wanted=wanted)
    fits = np.ones(len(column), dtype=bool)
    if condition.not_ is not None:
        fits &= ~matching(column, wanted=condition.not_)
    if condition.in_ is not None:
        fits &= matching(column, wanted=condition.in_)
    for bound, lowest in ((condition.from_, True), (condition.to, False)):
        if bound is not None and _NUMBER_BOUND.fullmatch(bound.strip()):
            found = numbers(column, decimal=decimal)
            limit = _limit(bound.strip())
            fits &= found >= limit if lowest else found <= limit
        elif bound is not None:
            days = calendar_dates(column, date_format=date_format, serial_numbers=serial_numbers)
            day = _day(bound)
            fits &= days >= day if lowest else days <= day
    return fits


def bounded(condition: Condition) -> frozenset[str]:
    """Return what a condition's bounds are: number, date or both."""
    bounds = [bound.strip() for bound in (condition.from_, condition.to) if bound is not None]
    return frozenset("number" if _NUMBER_BOUND.fullmatch(bound) else "date" for bound in bounds)


def unread(
    column: Text,
    *,
    kinds: Collection[str],
    decimal: Decimal | None = None,
    date_format: str | None = None,
    serial_numbers: bool = False,
) -> NDArray[np.int8]:
    """Return which texts cannot be compared with a bound: codes of REASONS, 0 where a text can.

    Parameters
    ----------
    column
        The texts.
    kinds
        What the bounds are, as :func:`bounded` tells.
    decimal, date_format, serial_numbers
        As in :func:`kept`.
    """
    codes = np.zeros(len(column), dtype=np.int8)
    if "number" in kinds:
        codes[np.isnan(numbers(column, decimal=decimal))] = NOT_A_NUMBER
    if "date" in kinds:
        days = calendar_dates(column, date_format=date_format, serial_numbers=serial_numbers)
        codes[np.isnat(days)] = NOT_A_DATE
    return codes


def superseded(
    ids: pd.Series,
    *,
    files: NDArray[np.int32],
    among: NDArray[np.bool_],
    preferred: NDArray[np.bool_],
    last: bool,
) -> NDArray[np.bool_]:
    """Tell which rows repeat a response that another file of the source stands for.

    Exports are often cumulative: each file holds the answers of the file before it again. Such a row is a
    duplicate whatever it holds, so that an answer that cannot be used is rejected once.

    Parameters
    ----------
    ids
        Per row its response number; a row without one repeats nothing.
    files
        Per row the number of its file.
    among
        The rows that belong to this survey.
    preferred
        The rows whose file goes first, where a response has any: finished ones.
    last
        Whether the last file that holds a response stands for it; else the first does.
    """
    codes = np.where(among, pd.factorize(ids)[0], -1)
    standing = np.full(codes.max(initial=-1) + 1, -1, dtype=np.int64)
    for chosen in (codes >= 0, (codes >= 0) & preferred):
        places = np.flatnonzero(chosen)
        # Of repeated places the last assignment holds; rows are in the order of the files.
        places = places if last else places[::-1]
        standing[codes[places]] = files[places]
    return (codes >= 0) & (standing[codes] != files) if len(standing) else np.zeros(len(ids), dtype=bool)


def repeated(
    ids: pd.Series, *, eligible: NDArray[np.bool_], dates: NDArray[np.datetime64], latest: bool
) -> NDArray[np.bool_]:
    """Tell which rows repeat a response that another row of the same file stands for.

    Parameters
    ----------
    ids
        Per row its response number; a row without one repeats nothing.
    eligible
        The rows that can stand for a response.
    dates
        Per row its date.
    latest
        Whether the latest row by date stands for a response, and of one day the last in the file; else the
        first in the file does.
    """
    order = np.flatnonzero(eligible & ids.notna().to_numpy())
    if not ids.iloc[order].duplicated().any():
        return np.zeros(len(ids), dtype=bool)
    if latest:
        order = order[np.argsort(dates[order], kind="stable")]
    again = ids.iloc[order].duplicated(keep="last" if latest else "first")
    result = np.zeros(len(ids), dtype=bool)
    result[order[again.to_numpy()]] = True
    return result


def repeated_sentence(
    ids: pd.Series,
    *,
    eligible: NDArray[np.bool_],
    rows: NDArray[np.int64],
    files: NDArray[np.int32],
    names: Sequence[str],
) -> str | None:
    """Return which responses stand in the files more than once, and in which rows; None if none does.

    Parameters
    ----------
    ids
        Per row its response number; a row without one repeats nothing.
    eligible
        The rows that can stand for a response.
    rows, files
        Per row its number and the number of its file.
    names
        The names of the files; where there is only one it goes without saying.
    """
    numbered = pd.DataFrame({"id": ids, "row": rows, "file": files})[eligible & ids.notna().to_numpy()]
    doubles = numbered[numbered["id"].duplicated(keep=False)]
    if doubles.empty:
        return None
    groups = list(doubles.groupby("id", sort=False))
    where = [f"{found_text(str(name))} in {_rows_of(group, names)}" for name, group in groups[:MOST_NAMED]]
    more = f"; and {len(groups) - MOST_NAMED} more" if len(groups) > MOST_NAMED else ""
    noun = "response number occurs" if len(groups) == 1 else "response numbers occur"
    return (
        f"{len(groups)} {noun} more than once: {'; '.join(where)}{more}. "
        "Correct the export, or choose duplicates: first, latest or keep."
    )


def nameless_sentence(
    without: NDArray[np.bool_], *, rows: NDArray[np.int64], files: NDArray[np.int32], names: Sequence[str]
) -> str:
    """Return how many rows of several files have no response number, and where they stand.

    Parameters
    ----------
    without
        The rows that count and have none.
    rows, files, names
        As in :func:`repeated_sentence`.
    """
    count = int(without.sum())
    where = _row_list([f"{names[file]} row {row}" for file, row in zip(files[without], rows[without], strict=True)])
    have = "row has" if count == 1 else "rows have"
    return (
        f"{count} {have} no response number ({where}), so an answer repeated in two files would count twice. "
        "Fill them in, or choose duplicates: keep."
    )


def _rows_of(group: pd.DataFrame, names: Sequence[str]) -> str:
    if len(names) == 1:
        return f"rows {_row_list(group['row'].astype(str).tolist())}"
    pairs = zip(group["file"].tolist(), group["row"].tolist(), strict=True)
    return _row_list([f"{names[file]} row {row}" for file, row in pairs])


def _row_list(rows: Sequence[str]) -> str:
    named = ", ".join(rows[:MOST_NAMED])
    return f"{named} and {len(rows) - MOST_NAMED} more" if len(rows) > MOST_NAMED else named


def _limit(bound: str) -> float:
    if _EITHER_WAY.fullmatch(bound):
        plain = re.sub("[.,]", "", bound)
        raise ValueError(f"has the bound {bound}, which can be thousands or decimals: write {plain}, or {bound}0")
    return float(bound.replace(",", "."))


def _day(bound: str) -> np.datetime64:
    day = calendar_dates(pa.array([bound.strip()]))[0]
    if np.isnat(day):
        raise ValueError(f"has the bound '{bound}', which is neither a number nor a date such as 2026-01-31")
    return np.datetime64(day)
