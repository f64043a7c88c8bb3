"""Which period of answers each metric is read from: now, at the zero measurement, and in between."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pandas as pd

from helpers.errors import DataError
from helpers.params.metrics import Metric
from helpers.params.model import Params
from helpers.periods import MONTHS, Period, Rhythm

COMPLETE_FROM = 0.9
"""A period counts as complete once its answers reach into its last tenth."""


def default_period(
    responses: pd.DataFrame, *, rhythm: Rhythm, fiscal_year_start: int, as_of: dt.date | None = None
) -> Period:
    """Return the last period that the answers complete.

    Parameters
    ----------
    responses
        At least ``date``, without the strays of :mod:`helpers.analysis.strays`, which set no period.
    rhythm, fiscal_year_start
        Of the reports.
    as_of
        The last day that counts; default that of the last answer.

    Returns
    -------
    Period
        The period of the last answer when its answers reach into its last tenth, or when the period before
        it has no answers; else the one before it.

    Raises
    ------
    DataError
        If no answer counts.
    """
    counted = responses["date"].dropna().drop_duplicates()
    days = counted.dt.date
    days = days[days <= as_of] if as_of else days
    if days.empty:
        raise DataError(f"No answers are dated on or before {as_of}; choose a later --as-of.")
    last = Period.containing(days.max(), rhythm, fiscal_year_start=fiscal_year_start)
    length = (last.last - last.first).days
    if (days.max() - last.first).days >= COMPLETE_FROM * length:
        return last
    before = last.shifted(-1)
    return before if any(day in before for day in days) else last


def labelled(responses: pd.DataFrame, *, rhythm: Rhythm, fiscal_year_start: int, as_of: dt.date) -> pd.DataFrame:
    """Return the answers up to a day, with the period each falls in as the column ``period`` (a category)."""
    known = responses[responses["date"].notna() & (responses["date"] <= pd.Timestamp(as_of))]
    codes, days = pd.factorize(known["date"], sort=True)
    names = [str(Period.containing(day.date(), rhythm, fiscal_year_start=fiscal_year_start)) for day in days]
    place = {name: number for number, name in enumerate(dict.fromkeys(names))}
    number = np.array([place[name] for name in names], dtype=np.int32)
    return known.assign(period=pd.Categorical.from_codes(number[codes], categories=pd.Index(place)))


def windows(answers: pd.DataFrame, metrics: Sequence[Metric], *, params: Params, period: Period) -> pd.DataFrame:
    """Return which periods each metric has, and what they are for.

    Parameters
    ----------
    answers
        As :func:`labelled` returns them.
    metrics
        The metrics of the report.
    params
        For ``wave_valid_for``, the zero measurement and the targets' baselines.
    period
        The period of the report.

    Returns
    -------
    pandas.DataFrame
        One row per metric and period with answers, in order of time: ``metric, period, first, last`` (dates)
        and ``zero, current`` (bool). ``current`` is the report's period, or where it has no answers the latest
        wave that ended at most ``wave_valid_for`` before the period's end; there may be none.
    """
    rows = [
        row
        for metric in metrics
        for row in _of_metric(_periods_with_answers(answers, metric, params), metric, params, period)
    ]
    columns = ["metric", "period", "first", "last", "zero", "current"]
    return pd.DataFrame(rows, columns=columns)


def _periods_with_answers(answers: pd.DataFrame, metric: Metric, params: Params) -> list[Period]:
    measured = answers["source"].isin(metric.sources) & answers[f"measure.{metric.name}"].notna()
    names = answers.loc[measured, "period"].unique()
    parsed = (Period.parse(name, fiscal_year_start=params.fiscal_year_start) for name in names)
    return sorted(parsed)


def _of_metric(measured: list[Period], metric: Metric, params: Params, period: Period) -> list[dict[str, object]]:
    upto = [p for p in measured if p.last <= period.last]
    current = _current(upto, period, params.wave_valid_for)
    zero = _zero(upto, metric, params)
    return [
        {
            "metric": metric.key, "period": str(p), "first": p.first, "last": p.last,
            "zero": p == zero, "current": p == current,
        }
        for p in upto
    ]  # fmt: skip


def _current(measured: list[Period], period: Period, valid_months: int) -> Period | None:
    earliest = period.last.year * 12 + period.last.month - valid_months
    valid = [p for p in measured if p.last.year * 12 + p.last.month >= earliest]
    return valid[-1] if valid else None


def _zero(measured: list[Period], metric: Metric, params: Params) -> Period | None:
    declared = [params.zero_measurement.period] if params.zero_measurement.period else []
    baselines = declared or [
        target.baseline
        for target in params.targets
        if target.metric == metric.name and target.measurement in (None, metric.measurement)
    ]
    wanted = [Period.parse(text, fiscal_year_start=params.fiscal_year_start) for text in baselines]
    found = [p for p in measured if any(_same_time(p, w) for w in wanted)]
    return next(iter(found or measured), None)


def _same_time(measured: Period, wanted: Period) -> bool:
    longer, shorter = sorted((measured, wanted), key=lambda p: MONTHS[p.rhythm], reverse=True)
    return shorter.first in longer
