"""Dates as people write them."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.intake.dates import DatesError, calendar_dates

DAY = dt.date(2026, 3, 1)
DATES = st.dates(dt.date(1950, 1, 1), dt.date(2099, 12, 31))


def read(*texts: str, **options: object) -> list[dt.date | None]:
    """Return the dates that texts are."""
    return list(calendar_dates(pa.array(texts, pa.string()), **options).tolist())


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-01",
        "2026-03-01T23:59:59Z",
        "2026-03-01T23:59:59.123+01:00",
        "2026-03-01 23:59",
        "2026-03-01 23:59:59,5 CET",
        "2026-03-01 10:00:00 Europe/Amsterdam",
        "2026/03/01",
        "1-3-2026",
        "01-03-2026 10:00",
        "01.03.2026",
        "1 maart 2026",
        "1 mrt. 2026",
        "01-mrt-2026",
        "1 March 2026",
        "1 MAART 2026 10:00",
        "20260301",
        "20260301 10:00",
        "Mar 1, 2026 3:12 PM",
        "March 1st, 2026",
        "zo 1 mrt 2026",
        "zondag 1 maart 2026 10:12",
        "Sun, 1 Mar 2026 10:12:13 +0100",
        "Sun Mar 1 2026 10:12:13 GMT+0100 (CET)",
        "zo 1.03.2026",
        "2026-03-01 10:12 (UTC)",
    ],
)
def test_a_date_is_read_as_written(text: str) -> None:
    """A time and a zone are left out, not reckoned with: the respondent's own calendar day counts."""
    assert read(text) == [DAY]


@pytest.mark.parametrize(
    "text",
    [
        *("", "2026-02-29", "31-04-2026", "1-3-26", "maart 2026", "1 mart 2026", "46082", "20261301", "99990101"),
        *("00-00-2026", "1-3-26 10:00", "zo", "Mart 1, 2026", "om 10:00", "2026-03-01 25 uur"),
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    """Impossible days, years of two digits and bare numbers are not guessed."""
    assert read(text) == [None]


def test_slashes_take_the_order_that_the_column_shows() -> None:
    """One day above 12 decides for all; one month above 12 decides the other way."""
    assert read("03/04/2026", "31/12/2026") == [dt.date(2026, 4, 3), dt.date(2026, 12, 31)]
    assert read("03/04/2026 10:00 AM", "12/31/2026 1:00:00 pm") == [dt.date(2026, 3, 4), dt.date(2026, 12, 31)]
    assert read("05/05/2026") == [dt.date(2026, 5, 5)]
    assert read("31/12/2026", "31/02/2026", "77/88/2026") == [dt.date(2026, 12, 31), None, None]


def test_slashes_that_could_be_either_are_refused() -> None:
    """A guess would move answers to another month without a sign."""
    with pytest.raises(DatesError) as caught:
        read("03/04/2026", "05/05/2026")
    assert str(caught.value) == "can be read with the day or the month first (03/04/2026)"


def test_slashes_in_both_orders_are_refused() -> None:
    """Two exports pasted together."""
    with pytest.raises(DatesError) as caught:
        read("31/12/2026", "12/30/2026")
    assert str(caught.value) == "holds dates with the day first (31/12/2026) and with the month first (12/30/2026)"


def test_a_declared_format_decides() -> None:
    """ISO dates are read beside it; all else is none."""
    assert read("03/04/2026", "2026-03-01 10:00", "1-3-2026", date_format="%m/%d/%Y") == [
        dt.date(2026, 3, 4),
        DAY,
        None,
    ]
    assert read("1-3-26", date_format="%d-%m-%y") == [DAY]
    assert read("20260301", date_format="%Y%m%d") == [DAY]


def test_a_declared_format_with_a_zone_keeps_the_day_as_written() -> None:
    """Mixed summer and winter time are not brought to one zone."""
    texts = ("01/03/2026 23:30 +0100", "01/07/2026 00:30 +0200", "x")
    assert read(*texts, date_format="%d/%m/%Y %H:%M %z") == [DAY, dt.date(2026, 7, 1), None]


def test_a_format_that_is_none_is_refused() -> None:
    """A letter that no date has is said before any row is blamed."""
    with pytest.raises(DatesError) as caught:
        read("1-3-2026", date_format="%Q")
    assert str(caught.value) == "cannot be read with date_format '%Q'"


def test_day_numbers_of_a_workbook() -> None:
    """A date cell without date format is a day number: 46082 is 1 March 2026 in the 1900 system."""
    assert read("46082", "46082.75", "9", serial_numbers=True) == [DAY, DAY, None]


@given(
    days=st.lists(DATES, min_size=1), form=st.sampled_from(["%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%dT%H:%M:%S"])
)
def test_every_date_comes_back(days: list[dt.date], form: str) -> None:
    """Whatever the day, in each unambiguous form, together and declared."""
    texts = [day.strftime(form) for day in days]
    assert read(*texts) == days
    assert read(*texts, date_format=form) == days


def test_a_declared_format_leaves_out_a_time_that_it_does_not_mention() -> None:
    """Years of two digits are read where they are declared."""
    assert read("01-03-26", "01-03-26 10:00", date_format="%d-%m-%y") == [DAY, DAY]
    assert read("01-03-26 10:00", "01-03-26", date_format="%d-%m-%y %H:%M") == [DAY, None]
