"""The period grammar, and its laws for every rhythm and every beginning of the fiscal year."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.periods import MONTHS, Period, period_meant

RHYTHMS = st.sampled_from(list(MONTHS))
STARTS = st.integers(1, 12)
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-H1", "2026-01-01", "2026-06-30"),
        ("2026-H2", "2026-07-01", "2026-12-31"),
        ("2026-Q1", "2026-01-01", "2026-03-31"),
        ("2026-Q4", "2026-10-01", "2026-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-12", "2026-12-01", "2026-12-31"),
        (" 2026-07 ", "2026-07-01", "2026-07-31"),
    ],
)
def test_a_period_covers_its_days(text, first, last):
    """Years, halves, quarters and months of the calendar, leap days included."""
    period = Period.parse(text)
    assert (str(period.first), str(period.last)) == (first, last)


@pytest.mark.parametrize(
    ("text", "start", "first", "last"),
    [
        ("2026", 4, "2026-04-01", "2027-03-31"),
        ("2026-Q1", 4, "2026-04-01", "2026-06-30"),
        ("2026-Q4", 4, "2027-01-01", "2027-03-31"),
        ("2026-H2", 10, "2027-04-01", "2027-09-30"),
        ("2026-Q2", 12, "2027-03-01", "2027-05-31"),
        ("2026-02", 4, "2026-02-01", "2026-02-28"),
    ],
)
def test_a_fiscal_year_carries_the_year_in_which_it_begins(text, start, first, last):
    """Quarters and halves count from the fiscal year's first month; a month is a month of the calendar."""
    period = Period.parse(text, fiscal_year_start=start)
    assert (str(period.first), str(period.last)) == (first, last)


@pytest.mark.parametrize("start", [1, 4, 7, 12])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "26",
        "0000",
        "9999",
        "02026",
        "2026-",
        "2026-00",
        "2026-13",
        "2026-Q0",
        "2026-Q5",
        "2026-H0",
        "2026-H3",
        "2026-Q",
        "2026-Q3-1",
        "Q3",
        "halfjaar 2026",
        "spring 2026",
        "2026-07-01",
        "2026-Q3 x",
        "٢٠٢٦",
        "2026\n-07",
    ],
)
def test_what_is_no_period_is_refused(text, start):
    """The message shows what was typed and what is allowed, whatever the fiscal year."""
    with pytest.raises(ValueError, match="is not a period") as caught:
        Period.parse(text, fiscal_year_start=start)
    assert str(caught.value) == f"'{text}' is not a period; allowed are 2026, 2026-H1, 2026-Q3 or 2026-07"


MEANT = {
    "2026Q3": "2026-Q3",
    "2026-q3": "2026-Q3",
    "Q3 2026": "2026-Q3",
    "Q3-2026": "2026-Q3",
    "2026-Q03": "2026-Q3",
    "kw3 2026": "2026-Q3",
    "3e kwartaal 2026": "2026-Q3",
    "3rd quarter 2026": "2026-Q3",
    "2026/H1": "2026-H1",
    "1e halfjaar 2026": "2026-H1",
    "2026-3": "2026-03",
    "2026/07": "2026-07",
    "7-2026": "2026-07",
    "202607": "2026-07",
    "2026-M7": "2026-07",
    "juli 2026": "2026-07",
    "2026 Okt": "2026-10",
    "FY2026": "2026",
}


@pytest.mark.parametrize("text", MEANT)
def test_a_period_that_is_clearly_meant_is_suggested(text):
    """Another order, sign, letter or word for the same period is refused with the period as it is written here."""
    assert period_meant(text) == MEANT[text]
    with pytest.raises(ValueError, match="is not a period") as caught:
        Period.parse(text)
    assert str(caught.value) == (
        f"'{text}' is not a period; did you mean {MEANT[text]}? Allowed are 2026, 2026-H1, 2026-Q3 or 2026-07"
    )


@given(text=st.text(st.sampled_from("0123456789QHqkw -/."), max_size=9))
def test_what_is_suggested_is_a_period(text):
    """A suggestion can be typed as it stands."""
    meant = period_meant(text)
    assert meant is None or str(Period.parse(meant)) == meant


@given(day=DAYS, rhythm=RHYTHMS, start=STARTS)
def test_the_period_containing_a_day_contains_it(day, rhythm, start):
    """Each day falls in exactly one period of a rhythm: its neighbours do not contain it."""
    period = Period.containing(day, rhythm, fiscal_year_start=start)
    assert day in period
    assert day not in period.shifted(1)
    assert day not in period.shifted(-1)


@given(day=DAYS, rhythm=RHYTHMS, start=STARTS)
def test_a_period_reads_back_as_it_is_written(day, rhythm, start):
    """parse(str(period)) is the period, for every rhythm and fiscal year."""
    period = Period.containing(day, rhythm, fiscal_year_start=start)
    assert Period.parse(str(period), fiscal_year_start=start) == period


@given(day=DAYS, rhythm=RHYTHMS, start=STARTS, steps=st.integers(-300, 300))
def test_shifting_there_and_back_changes_nothing(day, rhythm, start, steps):
    """And a shifted period begins that many lengths later."""
    period = Period.containing(day, rhythm, fiscal_year_start=start)
    there = period.shifted(steps)
    assert there.shifted(-steps) == period
    months = (there.first.year - period.first.year) * 12 + there.first.month - period.first.month
    assert months == steps * MONTHS[rhythm]


@given(day=DAYS, rhythm=RHYTHMS, start=STARTS)
def test_periods_follow_each_other_without_a_gap(day, rhythm, start):
    """The day after the last day is the first of the next, and order is order in time."""
    period = Period.containing(day, rhythm, fiscal_year_start=start)
    later = period.shifted(1)
    assert later.first == period.last + dt.timedelta(days=1)
    assert period < later


@given(day=DAYS, start=STARTS)
def test_a_year_consists_of_its_quarters(day, start):
    """The fiscal year begins with its first quarter and half, and ends with its last."""
    year = Period.containing(day, "year", fiscal_year_start=start)
    parts = [Period.parse(f"{year}-{part}", fiscal_year_start=start) for part in ("Q1", "Q4", "H1", "H2")]
    assert [parts[0].first, parts[1].last] == [year.first, year.last] == [parts[2].first, parts[3].last]


def test_an_early_year_keeps_four_digits():
    """A year is written as it is read."""
    assert [str(Period.parse(text)) for text in ("0987", "0987-Q1", "0987-12")] == ["0987", "0987-Q1", "0987-12"]
