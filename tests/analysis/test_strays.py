"""Which answers are dated so far from all others that the date must be wrong."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.analysis.strays import BELOW, early, strays


def dated(*days: str | dt.date | None) -> pd.DataFrame:
    """Return answers of one survey of which only the dates matter."""
    return pd.DataFrame({"source": "contact", "date": pd.to_datetime(pd.Series(days, dtype=object))})


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (["1970-01-01"], 1),
        (["1970-01-01", "1980-01-01"], 2),
        (["1970-01-01", "2036-03-01"], 2),
        (["2035-03-01"] * 2 + ["2037-03-01"], 3),
        (["2027-04-01"] * 3, 0),  # 366 days after 31 March 2026: no more than that
        (["2036-03-01"] * 6, 0),  # more than five of fifty-six
        ([None], 0),
    ],
)
def test_a_few_answers_on_islands_outside_the_largest_are_strays(days, found):
    """On either side, more than 366 days from the rest, whatever the number of islands."""
    frame = dated(*["2026-03-31"] * 50, *days)
    told = strays(frame)
    assert told.sum() == found
    assert not told[:50].any()


def test_a_survey_that_is_asked_now_and_then_has_none():
    """Ten years of one or two answers: no island is the one that is right."""
    assert not strays(dated(*[f"{year}-06-30" for year in range(2000, 2026, 2)], "2000-06-30")).any()


def test_each_survey_has_its_own():
    """Ten employees in 2030 are no strays of a thousand customers in 2026."""
    frame = pd.concat([dated(*["2026-06-30"] * 1000), dated(*["2030-06-30"] * 3).assign(source="staff")])
    assert not strays(frame.reset_index(drop=True)).any()


def test_only_earlier_ones_are_left_out_of_a_report(params):
    """Later ones come after its last day; a report on their own period counts them, and all before it."""
    frame = dated("1970-01-01", *["2026-03-31"] * 50, "2036-03-01")
    spring = early(frame, as_of=dt.date(2026, 3, 31), params=params())
    assert spring[spring].index.tolist() == [0]
    own = early(frame, as_of=dt.date(1970, 3, 31), params=params())
    assert not own.any()


def test_a_period_that_the_params_name_has_no_strays(params):
    """As zero measurement or as the baseline of a target: a trial of a few answers was meant."""
    frame = dated("2024-01-01", *["2026-03-31"] * 50)
    target = "targets: [{metric: nps, baseline: 2024-Q1, target: 4, due: 2027-06-30, owner: Me}]"
    for more in ("zero_measurement: {period: 2024-Q1}", target):
        assert not early(frame, as_of=dt.date(2026, 3, 31), params=params(more)).any()


@given(st.lists(st.dates(dt.date(2000, 1, 1), dt.date(2040, 12, 31)), max_size=60))
def test_strays_are_always_few_and_never_all(days):
    """On each side fewer than a tenth of the survey's answers."""
    found = strays(dated(*days))
    assert found.sum() <= 2 * BELOW * len(days)
