"""Small files of facts beside the surveys, each with documented columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.errors import DataError
from helpers.intake.dates import DatesError, calendar_dates
from helpers.intake.faults import found_text
from helpers.intake.groupings import written_path
from helpers.intake.readers import opened, places
from helpers.intake.tables import Coded, Layout
from helpers.intake.values import numbers
from helpers.periods import ALLOWED, Period

if TYPE_CHECKING:
    from helpers.params import Client
    from helpers.params.model import Params

HEADCOUNT_COLUMNS = ("unit", "wave", "employees")


def read_headcount(path: str, client: Client) -> pd.DataFrame:
    """Read how many people each unit had.

    Parameters
    ----------
    path
        The file as the params name it, CSV or XLSX, with the columns `unit` (a path such as
        ``Klant > Service``; blank or ``*`` is the whole organisation), `wave` (a period or a date) and
        `employees` (a whole number above 0).
    client
        The organisation: its fiscal calendar, and the folder that the path starts from.

    Returns
    -------
    pandas.DataFrame
        ``unit, period, employees``, one row per unit and period, in the order of the file: `unit` joined by
        " › ", ``""`` for the whole organisation; `period` in the period grammar, for a date its month.

    Raises
    ------
    DataError
        With every fault of the file, by row.
    """
    layout = Layout(expected=HEADCOUNT_COLUMNS)
    file = opened(path, folder=client.folder, layout=layout)
    found = places({name: name for name in HEADCOUNT_COLUMNS}, file=file, written=path)
    cells = file.cells(found.values())
    if not len(cells):
        raise DataError(f"{path}: has column names but no rows. Write one row per unit and wave.")
    columns = {name: cells.coded(place) for name, place in found.items()}
    frame, problems = _read(columns, client.params, workbook=file.workbook)
    faults = [*_row_faults(frame, columns, cells.rows), *_ragged(cells.ragged, len(file.header))]
    if problems or faults:
        sentences = [*problems, *(sentence for _, sentence in sorted(faults))]
        raise DataError([f"{path}: {sentence}" for sentence in sentences])
    return frame.astype({"unit": "str", "period": "str", "employees": "int64"})


def _read(columns: Mapping[str, Coded], params: Params, *, workbook: bool) -> tuple[pd.DataFrame, list[str]]:
    problems = []
    waves, units, employees = columns["wave"], columns["unit"], columns["employees"]
    try:
        days = calendar_dates(waves.values, serial_numbers=workbook).tolist()
    except DatesError as fault:
        days = [None] * len(waves.values)
        problems.append(f"column 'wave' {fault}. Write year-month-day, such as 2026-12-31, or a period.")
    periods = [_period(text, day, params) for text, day in zip(waves.texts, days, strict=True)]
    paths = [written_path(text) for text in units.texts]
    frame = pd.DataFrame(
        {
            "unit": units.rows(np.array(paths, dtype=object)),
            "period": waves.rows(np.array(periods, dtype=object)),
            "employees": employees.rows(numbers(employees.values, decimal=".")),
        }
    )
    return frame, problems


def _period(text: str, day: dt.date | None, params: Params) -> str | None:
    """Return the period that a wave is: as written, or the month of a date; None where it is neither."""
    try:
        return str(Period.containing(day, "month") if day else params.period(text))
    except ValueError:
        return None


def _row_faults(
    frame: pd.DataFrame, columns: Mapping[str, Coded], rows: NDArray[np.int64]
) -> Iterator[tuple[int, str]]:
    def wrong(name: str, places: pd.Series, rule: str) -> Iterator[tuple[int, str]]:
        for place in np.flatnonzero(places):
            found = found_text(columns[name].texts[columns[name].codes[place]])
            yield int(rows[place]), f"row {rows[place]} {name} {found} is not {rule}. Correct it."

    whole = (frame["employees"] > 0) & (frame["employees"] % 1 == 0)
    yield from wrong("employees", ~whole, "a whole number above 0")
    yield from wrong("wave", frame["period"].isna(), f"a period ({ALLOWED}) or a date")
    known, units = frame.dropna(subset="period"), frame["unit"].tolist()
    firsts = known.reset_index().groupby(["unit", "period"])["index"].transform("min").to_numpy()
    for place, first in zip(known.index, firsts, strict=True):
        if place != first:
            what = f"unit '{units[place]}'" if units[place] else "the whole organisation"
            sentence = f"row {rows[place]} repeats {what} in the wave of row {rows[first]}. Keep one of them."
            yield int(rows[place]), sentence


def _ragged(ragged: Mapping[int, int], width: int) -> Iterator[tuple[int, str]]:
    for row, count in ragged.items():
        yield row, f"row {row} has {count} cells under a header of {width}. Correct it."
