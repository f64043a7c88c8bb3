"""The way of a target: where its straight line stands, how much of it is covered, and the pace that is left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from helpers.errors import DataError
from helpers.inference import thresholds
from helpers.inference.inputs import NUMBER, Floats, Given, Rule, columns, where_there

DAY = Rule(1, np.inf, "A day is a date", open_above=True)

Days = dt.date | Sequence[dt.date] | pd.Series


def glide_path(day: Days, *, baseline: Given, baseline_date: Days, target: Given, due: Days) -> pd.Series:
    """Return where the straight line from baseline to target stands on a day.

    Parameters
    ----------
    day
        Any day; before the baseline date the baseline holds, from the due date on the target.
    baseline, baseline_date
        The score at the zero measurement and its day; the score is missing where nobody answered.
    target, due
        The score to reach and its day, later than the baseline date.

    Returns
    -------
    pandas.Series
        In the unit of the scores; without a baseline NaN until the due date.

    Raises
    ------
    DataError
        If a target is missing, a day is no date, or a target is due on or before its baseline date.

    Notes
    -----
    baseline + (target − baseline) · clamp((day − baseline_date) / (due − baseline_date), 0, 1), in calendar
    days.

    References
    ----------
    .. [1] The project's own agreement (docs/method.md, The glide path).

    Examples
    --------
    >>> line = dict(baseline=5, baseline_date=dt.date(2026, 3, 1), target=20, due=dt.date(2027, 3, 1))
    >>> glide_path([dt.date(2026, 9, 1), dt.date(2027, 6, 1)], **line).round(4).tolist()
    [12.5616, 20.0]
    """
    days = {"day": day, "baseline_date": baseline_date, "due": due}
    index, given = _columns({"baseline": baseline}, {"target": target}, days)
    start, end = given["baseline_date"], given["due"]
    _refuse(_not_after(index, end, start))
    passed = np.clip((given["day"] - start) / (end - start), 0.0, 1.0)
    path = given["baseline"] + (given["target"] - given["baseline"]) * passed
    return pd.Series(np.where(passed < 1, path, given["target"]), index=index, name="glide_path")


def progress(actual: Given, *, baseline: Given, target: Given) -> pd.Series:
    """Return which part of the way from baseline to target has been covered.

    Parameters
    ----------
    actual, baseline
        The score now and at the zero measurement; missing where nobody answered.
    target
        The score to reach.

    Returns
    -------
    pandas.Series
        0 at the baseline and 1 at the target; below 0 the score moved away from the target, above 1 it is beyond it.
        NaN without a score, and where the target is the baseline (but for rounding): there is no way to cover.

    Raises
    ------
    DataError
        If a target is missing or something is no number.

    Notes
    -----
    (actual − baseline) / (target − baseline), also where low is good.

    References
    ----------
    .. [1] The project's own agreement (docs/method.md, Progress and the pace that is needed).

    Examples
    --------
    >>> progress([10, -5, 25], baseline=0, target=20).tolist()
    [0.5, -0.25, 1.25]
    """
    index, given = _columns({"actual": actual, "baseline": baseline}, {"target": target}, {})
    way = given["target"] - given["baseline"]
    some = np.abs(way) > thresholds.SAME_SCORE
    covered = np.divide(given["actual"] - given["baseline"], way, out=np.full_like(way, np.nan), where=some)
    return pd.Series(covered, index=index, name="progress")


def required_pace(actual: Given, *, target: Given, day: Days, due: Days) -> pd.Series:
    """Return how fast a score must move from a day on to be at its target on the due date.

    Parameters
    ----------
    actual
        The score; missing where nobody answered.
    target, due
        The score to reach and its day.
    day
        The day on which the score was measured.

    Returns
    -------
    pandas.Series
        Per quarter of 91.3 days, in the unit of the score and signed: where high is good, above 0 is still to do and
        0 or less means that the target has been reached. NaN from the due date on, and without a score.

    Raises
    ------
    DataError
        If a target is missing or a day is no date.

    Notes
    -----
    (target − actual) / (due − day) · 365.25 / 4, in calendar days.

    References
    ----------
    .. [1] The project's own agreement (docs/method.md, Progress and the pace that is needed).

    Examples
    --------
    >>> required_pace(8, target=20, day=dt.date(2026, 9, 30), due=dt.date(2027, 6, 30)).round(2).item()
    4.01
    """
    index, given = _columns({"actual": actual}, {"target": target}, {"day": day, "due": due})
    left = given["due"] - given["day"]
    to_go = given["target"] - given["actual"]
    daily = np.divide(to_go, left, out=np.full_like(to_go, np.nan), where=left > 0)
    return pd.Series(daily * thresholds.QUARTER_DAYS, index=index, name="required_pace")


def _columns(
    scores: Mapping[str, Given], targets: Mapping[str, Given], days: Mapping[str, Days]
) -> tuple[pd.Index, dict[str, Floats]]:
    """Judge columns of which only the scores may be missing: where nobody answered there is none."""
    _refuse(fault for name, given in days.items() for fault in _no_days(name, given))
    there = {name: ~pd.isna(np.asarray(values)) for name, values in scores.items()}
    known = {name: where_there(there[name], values) for name, values in scores.items()}
    dated = {name: _ordinals(given) for name, given in days.items()}
    given = {**known, **targets, **dated}
    index, found = columns(given, dict.fromkeys(given, NUMBER) | dict.fromkeys(dated, DAY))
    return index, found | {name: np.where(there[name], found[name], np.nan) for name in scores}


def _listed(given: Days) -> pd.Series:
    if isinstance(given, pd.Series):
        return given
    return pd.Series(given if pd.api.types.is_list_like(given) else [given], dtype=object)


def _no_days(name: str, given: Days) -> Iterator[str]:
    for row, found in _listed(given).astype(object).items():
        where = f"{name}, row {row}" if pd.api.types.is_list_like(given) else name
        if pd.isna(found):
            yield f"{where}: a day is missing. Give dates; fill it in."
        elif not isinstance(found, dt.date):
            yield f"{where}: {found!r} is no day. Give dates; a text has to be read first."


def _ordinals(given: Days) -> Given:
    """Return days as numbers of which the differences are calendar days."""
    numbers = _listed(given).astype(object).map(lambda day: float(day.toordinal())).astype(np.float64)
    if isinstance(given, pd.Series):
        return numbers
    return numbers.to_numpy() if pd.api.types.is_list_like(given) else numbers.item()


def _not_after(index: pd.Index, due: Floats, start: Floats) -> Iterator[str]:
    for row in np.flatnonzero(due <= start).tolist():
        days = [dt.date.fromordinal(int(each[row])) for each in (due, start)]
        yield (
            f"due, row {index[row]}: {days[0]} is not after {days[1]}, the day of the zero measurement. A target is "
            "due after it; correct one of the two."
        )


def _refuse(faults: Iterator[str]) -> None:
    found = list(faults)
    if found:
        raise DataError(found)
