"""The numbers and dates of one source's columns, and what is wrong in each row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from helpers.intake.columns import SourceColumns
from helpers.intake.dates import DatesError, calendar_dates
from helpers.intake.rejections import Fault
from helpers.intake.values import NOT_A_DATE, NOT_A_WEIGHT, numbers, scores

Mask = NDArray[np.bool_]
DAYS = "datetime64[D]"


@dataclass(frozen=True)
class Answers:
    """What a source's rows hold, whether they count or not.

    Parameters
    ----------
    measures
        Name of the measure -> answers, NaN where there is none.
    dates
        ``date`` and ``event_date``, NaT where there is none.
    weights
        Positive numbers, NaN where there is none.
    faults
        Values that cannot be used, per column.
    problems
        What is wrong with a column as a whole.
    """

    measures: Mapping[str, NDArray[np.float64]]
    dates: Mapping[str, NDArray[np.datetime64]]
    weights: NDArray[np.float64]
    faults: Sequence[Fault]
    problems: Sequence[str]

    def answered(self) -> Mask:
        """Tell which rows answer at least one measure."""
        answered: Mask = np.any([~np.isnan(answers) for answers in self.measures.values()], axis=0)
        return answered

    def faulty(self) -> Mask:
        """Tell which rows hold a value that cannot be used."""
        faulty: Mask = np.any([fault.codes > 0 for fault in self.faults], axis=0)
        return faulty


def answers_of(columns: SourceColumns, *, wave_end: dt.date | None) -> Answers:
    """Read the measures, dates and weights of a source.

    Parameters
    ----------
    columns
        The source's columns.
    wave_end
        The date of every answer when the file has no dates.
    """
    faults: list[Fault] = []
    problems: list[str] = []
    measures = {name: _measure(columns, name, faults) for name in columns.source.measures}
    dates = {name: _dates(columns, name, faults, problems) for name in ("date", "event_date")}
    if "columns.date" not in columns:
        dates["date"] = np.full(len(columns.cells.rows), wave_end, dtype=DAYS)
    return Answers(measures, dates, _weights(columns, faults), faults, problems)


def _measure(columns: SourceColumns, name: str, faults: list[Fault]) -> NDArray[np.float64]:
    key = f"measures.{name}"
    measure, column = columns.source.measures[name], columns.coded(key)
    answers, codes = scores(
        column.values,
        scale=measure.scale,
        whole=measure.score_rule(name) == "nps",
        no_answer=columns.source.no_answer if measure.no_answer is None else measure.no_answer,
        decimal=columns.decimal or "either",
    )
    faults.append(Fault(columns.name(key), column, column.rows(codes), measure.scale[1]))
    return column.rows(answers)


def _dates(columns: SourceColumns, name: str, faults: list[Fault], problems: list[str]) -> NDArray[np.datetime64]:
    key = f"columns.{name}"
    if key not in columns:
        return np.full(len(columns.cells.rows), "NaT", dtype=DAYS)
    cells = columns.cells_of(key)
    try:
        days = calendar_dates(cells, date_format=columns.source.date_format, serial_numbers=columns.file.workbook)
    except DatesError as fault:
        advice = 'Declare how its dates are written, such as date_format: "%d/%m/%Y" or "%m/%d/%Y".'
        problems.append(f"column '{columns.name(key)}' {fault}. {advice}")
        return np.full(len(cells), "NaT", dtype=DAYS)
    # An answer without a date belongs to no period; a contact may be undated.
    missing = np.isnat(days) if name == "date" else np.isnat(days) & np.asarray(pc.not_equal(cells, ""))
    faults.append(Fault(columns.name(key), cells, np.where(missing, NOT_A_DATE, 0).astype(np.int8)))
    return days


def _weights(columns: SourceColumns, faults: list[Fault]) -> NDArray[np.float64]:
    if "columns.weight" not in columns:
        return np.full(len(columns.cells.rows), np.nan)
    cells = columns.cells_of("columns.weight")
    weights = numbers(cells, decimal=columns.decimal)
    codes = np.where(weights > 0, 0, NOT_A_WEIGHT).astype(np.int8)
    faults.append(Fault(columns.name("columns.weight"), cells, codes))
    return weights
