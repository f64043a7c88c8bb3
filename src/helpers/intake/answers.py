"""The numbers and dates of one source's columns, and what is wrong in each row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from helpers.intake.columns import SourceColumns, asked_columns
from helpers.intake.conditions import conditions_of
from helpers.intake.dates import DatesError, calendar_dates
from helpers.intake.faults import found_text
from helpers.intake.reading.tables import Text
from helpers.intake.rejections import Fault
from helpers.intake.values import NOT_A_DATE, NOT_A_NUMBER, NOT_A_WEIGHT, Decimal, numbers, scores, settled_sign
from helpers.intake.yes_no import consents, unfinished
from helpers.params.model import Driver, Measure

Mask = NDArray[np.bool_]
Numbers = NDArray[np.float64]
DAYS = "datetime64[D]"
AMOUNTS = ("revenue", "visits")
# On a scale that ends below it a number of thousands is no answer, so that 1.234 has decimals.
_THOUSAND = 1000


@dataclass(frozen=True)
class Answers:
    """What a source's rows hold, whether they count or not.

    Parameters
    ----------
    measures, drivers
        Name of the question -> answers, NaN where there is none. The answer to a question of several items is
        the mean of those that were answered, where at least half were; what is declared as reversed is turned
        round: the lowest answer for the highest.
    dates
        ``date`` and ``event_date``, NaT where there is none.
    weights
        Positive numbers, NaN where there is none.
    amounts
        ``revenue`` and ``visits``, as far as the file has them; NaN where there is none.
    consent
        1 where the customer may be called back, 0 where not, NaN where the file does not say.
    kept
        The rows that `keep_where` keeps.
    unfinished
        The rows of questionnaires that were not finished.
    faults
        Values that cannot be used, per column. One rule for all: such a value rejects its row, whichever
        column it is in.
    problems
        What is wrong with a column as a whole.
    """

    measures: Mapping[str, Numbers]
    drivers: Mapping[str, Numbers]
    dates: Mapping[str, NDArray[np.datetime64]]
    weights: Numbers
    amounts: Mapping[str, Numbers]
    consent: Numbers | None
    kept: Mask
    unfinished: Mask
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
    """Read the measures, drivers, dates and numbers of a source.

    Parameters
    ----------
    columns
        The source's columns.
    wave_end
        The date of every answer when the files have no dates.
    """
    reader = _Reader(columns)
    source = columns.source
    measures = {name: reader.measure(name, measure) for name, measure in source.measures.items()}
    drivers = {name: reader.driver(name, driver) for name, driver in source.drivers.items()}
    dates = {name: reader.dates(name) for name in ("date", "event_date")}
    if "columns.date" not in columns:
        dates["date"] = np.full(len(columns.cells.rows), wave_end, dtype=DAYS)
    amounts = {name: reader.amounts(f"columns.{name}") for name in AMOUNTS if f"columns.{name}" in columns}
    consent = reader.consent() if "columns.callback_consent" in columns else None
    weights, kept, late = reader.weights(), reader.kept(), reader.unfinished()
    return Answers(
        measures, drivers, dates, weights, amounts, consent, kept, late, reader.faults, reader.problems
    )  # fmt: skip


@dataclass
class _Reader:
    """Reads columns and notes what is wrong with them."""

    columns: SourceColumns
    faults: list[Fault] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def measure(self, name: str, measure: Measure) -> Numbers:
        return self._question(f"measures.{name}", measure, whole=measure.score_rule(name) == "nps")

    def driver(self, name: str, driver: Driver) -> Numbers:
        answers = self._question(f"drivers.{name}", driver, whole=False)
        return sum(driver.scale) - answers if driver.reversed else answers

    def _question(self, key: str, question: Measure | Driver, *, whole: bool) -> Numbers:
        found = [self._scores(place, question, whole=whole) for place, _ in asked_columns(key, question)]
        if question.column is not None:
            return found[0]
        turned = [
            sum(question.scale) - answers if item.reversed else answers
            for item, answers in zip(question.items, found, strict=True)
        ]
        return _mean_of_most(np.array(turned))

    def _scores(self, key: str, question: Measure | Driver, *, whole: bool) -> Numbers:
        column = self.columns.coded(key)
        decimal = self._decimal_of(key, column.values, question)
        if not question.values:
            self._refuse_shares(key, column.values, question, decimal)
        answers, codes = scores(
            column.values,
            scale=question.scale,
            whole=whole,
            no_answer=self.columns.source.no_answer if question.no_answer is None else question.no_answer,
            decimal=decimal,
            meanings=question.values,
        )
        lowest_used = bool((answers == question.scale[0]).any())
        self.faults.append(
            Fault(self.columns.name(key), column, column.rows(codes), question.scale, lowest_used)
        )  # fmt: skip
        return column.rows(answers)

    def _decimal_of(self, key: str, values: Text, question: Measure | Driver) -> Decimal:
        """Return the decimal sign of answers; only on a scale of thousands it may be unclear."""
        if max(map(abs, question.scale)) >= _THOUSAND:
            self._sign_is_clear(key, values)
        return self.columns.decimal or settled_sign(values) or "either"

    def _refuse_shares(self, key: str, values: Text, question: Measure | Driver, decimal: Decimal) -> None:
        lowest, highest = question.scale
        found = numbers(values, decimal=decimal)
        known = found[~np.isnan(found)]
        if highest <= 1 or not len(known) or known.min() < 0 or known.max() > 1 or (known == np.floor(known)).all():
            return
        first = str(values[int(np.flatnonzero((found > 0) & (found < 1))[0])].as_py())
        self.problems.append(
            f"column '{self.columns.name(key)}' looks like shares of 0–1, as a workbook holds percentages: no answer "
            f"is above 1, and there are fractions such as {found_text(first)}. Write the answers on the scale "
            f"{lowest}–{highest}, or declare what each means with values."
        )

    def dates(self, name: str) -> NDArray[np.datetime64]:
        columns, key = self.columns, f"columns.{name}"
        if key not in columns:
            return np.full(len(columns.cells.rows), "NaT", dtype=DAYS)
        cells = columns.cells_of(key)
        try:
            days = calendar_dates(cells, date_format=columns.source.date_format, serial_numbers=columns.workbook)
        except DatesError as fault:
            advice = 'Declare how its dates are written, such as date_format: "%d/%m/%Y" or "%m/%d/%Y".'
            self.problems.append(f"column '{columns.name(key)}' {fault}. {advice}")
            return np.full(len(cells), "NaT", dtype=DAYS)
        # An answer without a date belongs to no period; a contact may be undated.
        missing = np.isnat(days) if name == "date" else np.isnat(days) & np.asarray(pc.not_equal(cells, ""))
        self.faults.append(Fault(columns.name(key), cells, np.where(missing, NOT_A_DATE, 0).astype(np.int8)))
        return days

    def weights(self) -> Numbers:
        key = "columns.weight"
        if key not in self.columns:
            return np.full(len(self.columns.cells.rows), np.nan)
        cells = self.columns.cells_of(key)
        self._sign_is_clear(key, cells)
        weights = numbers(cells, decimal=self.columns.decimal)
        codes = np.where(weights > 0, 0, NOT_A_WEIGHT).astype(np.int8)
        self.faults.append(Fault(self.columns.name(key), cells, codes))
        return weights

    def amounts(self, key: str) -> Numbers:
        column = self.columns.groups(key)
        self._sign_is_clear(key, column.values)
        found = numbers(column.values, decimal=self.columns.decimal)
        unread = np.isnan(found) & np.asarray(pc.not_equal(column.values, ""))
        codes = column.rows(np.where(unread, NOT_A_NUMBER, 0).astype(np.int8))
        self.faults.append(Fault(self.columns.name(key), column, codes))
        return column.rows(found)

    def consent(self) -> Numbers:
        key = "columns.callback_consent"
        column = self.columns.groups(key)
        said, codes = consents(column.values)
        self.faults.append(Fault(self.columns.name(key), column, column.rows(codes)))
        return column.rows(said)

    def kept(self) -> Mask:
        found = conditions_of(self.columns)
        self.faults += found.faults
        self.problems += found.problems
        return found.kept

    def unfinished(self) -> Mask:
        key = "columns.finished"
        if key not in self.columns:
            return np.zeros(len(self.columns.cells.rows), dtype=bool)
        column = self.columns.groups(key)
        late, codes = unfinished(column.values, date_format=self.columns.source.date_format)
        self.faults.append(Fault(self.columns.name(key), self.columns.coded(key), column.rows(codes)))
        return column.rows(late)

    def _sign_is_clear(self, key: str, values: Text) -> None:
        if (sentence := self.columns.unclear_sign(key, values)) is not None:
            self.problems.append(sentence)


def _mean_of_most(items: Numbers) -> Numbers:
    """Return per row the mean of the items that were answered; NaN where fewer than half were."""
    known = ~np.isnan(items)
    count = known.sum(axis=0)
    total = np.where(known, items, 0.0).sum(axis=0)
    return np.where(count * 2 >= len(items), total / np.maximum(count, 1), np.nan)
