"""Rates of what is counted beside the surveys: for the whole, per period, and since the zero measurement."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
import pandas as pd
import pytest

from helpers.analysis import indicators
from helpers.inference.rates import rate
from helpers.periods import Period

DECLARED = """\
indicators:
  complaints: {label: Complaints, direction: low_is_good, per: 1000}
  stays: {direction: high_is_good}
tables: {indicators: indicators.csv}
"""
NOW = Period.parse("2026-Q3")
Row = dict[str, object]


@pytest.fixture
def table(params):
    """Return what computes the indicators of these rows."""

    def made(*rows: Row, more: str = "", as_of: dt.date = NOW.last) -> pd.DataFrame:
        blank = {"measure": "complaints", "period": "2026-Q3", "denominator": 1000.0, "source": "CRM"}
        facts = pd.DataFrame([blank | row for row in rows])
        return indicators.indicators(facts, params=params(DECLARED + more), period=NOW, as_of=as_of)

    return made


@pytest.mark.domain("S37")
def test_a_rate_is_a_part_of_its_base_with_wilsons_interval(table) -> None:
    """42 of 1,000 is 42 per 1,000, from 31 to 56: as R's prop.test(42, 1000, correct = FALSE)."""
    (row,) = table({"numerator": 42.0}).to_dict("records")
    assert (row["id"], row["score"], row["n"], row["per"]) == ("complaints@2026-Q3", 42.0, 1000.0, 1000)
    assert (round(row["low"], 2), round(row["high"], 2)) == (31.22, 56.28)
    assert (row["zero"], row["current"]) == (True, True)


def test_a_count_without_a_base_has_its_exact_poisson_interval(table) -> None:
    """10 lies in 4.80 to 18.39: as R's poisson.test(10)."""
    (row,) = table({"numerator": 10.0, "denominator": math.nan}).to_dict("records")
    assert (row["score"], round(row["low"], 3), round(row["high"], 3)) == (10.0, 4.795, 18.39)
    assert math.isnan(row["n"])


def test_more_than_its_base_is_a_rate_and_no_share(table) -> None:
    """20 complaints of 10 customers are 2,000 per 1,000; Poisson: 12.22 to 30.89, times 100."""
    (row,) = table({"numerator": 20.0, "denominator": 10.0}).to_dict("records")
    assert (row["score"], round(row["low"]), round(row["high"])) == (2000.0, 1222, 3089)


def test_nothing_counted_has_an_interval_too(table) -> None:
    """0 of 1,000 can be 3.8 per 1,000; 0 without a base can be 3.7."""
    (row,) = table({"numerator": 0.0}).to_dict("records")
    assert (row["score"], round(row["low"], 6), round(row["high"], 1)) == (0.0, 0.0, 3.8)
    assert round(rate(0, np.nan).high.item(), 2) == 3.69


class TestWhole:
    """Which rows together are the whole."""

    def test_rows_without_a_group_are_the_whole(self, table) -> None:
        """Whatever else the file splits."""
        rows = [{"numerator": 50.0, "product": None}, {"numerator": 42.0, "product": "Gas", "denominator": 600.0}]
        assert table(*rows)["numerator"].tolist() == [50.0]

    def test_otherwise_the_groups_are_added_up(self, table) -> None:
        """30 of 600 and 12 of 400 are 42 of 1,000."""
        rows = [
            {"numerator": 30.0, "product": "Power", "denominator": 600.0},
            {"numerator": 12.0, "product": "Gas", "denominator": 400.0},
        ]
        assert table(*rows)[["numerator", "denominator"]].to_numpy().tolist() == [[42.0, 1000.0]]

    def test_of_two_splits_the_one_that_leaves_nobody_out_counts(self, table) -> None:
        """By region 1,000 are known, by product only the 600 of Power."""
        rows = [
            {"numerator": 30.0, "product": "Power", "region": "", "denominator": 600.0},
            {"numerator": 20.0, "product": "", "region": "North", "denominator": 500.0},
            {"numerator": 22.0, "product": "", "region": "South", "denominator": 500.0},
        ]
        assert table(*rows)[["numerator", "denominator"]].to_numpy().tolist() == [[42.0, 1000.0]]

    def test_a_unit_within_another_is_not_counted_twice(self, table) -> None:
        """Service holds North; Works stands by itself; Service East begins alike and is another unit."""
        units = {"Service": 20.0, "Service › North": 15.0, "Works › Yard": 3.0, "Service East": 1.0}
        found = table(*({"numerator": n, "unit": unit, "denominator": 100.0} for unit, n in units.items()))
        assert found[["numerator", "denominator"]].to_numpy().tolist() == [[24.0, 300.0]]

    def test_one_row_without_a_base_makes_it_a_count(self, table) -> None:
        """A rate of only the groups whose base is known would be that of other people."""
        rows = [{"numerator": 30.0, "product": "Power"}, {"numerator": 12.0, "product": "Gas", "denominator": math.nan}]
        (row,) = table(*rows).to_dict("records")
        assert (row["score"], math.isnan(row["n"])) == (42.0, True)


class TestPeriods:
    """Which period is now, and which the zero measurement."""

    def test_months_are_added_up_to_the_quarter_of_the_report(self, table) -> None:
        """4, 5 and 6 of 100 each are 15 of 300."""
        months = [{"period": f"2026-0{k}", "numerator": float(k - 3), "denominator": 100.0} for k in (7, 8, 9)]
        (row,) = table(*months).to_dict("records")
        assert (row["period"], row["numerator"], row["denominator"]) == ("2026-Q3", 15.0, 300.0)

    def test_what_has_not_ended_does_not_count_yet(self, table) -> None:
        """On 31 August, September is still to come."""
        months = [{"period": f"2026-0{k}", "numerator": float(k)} for k in (7, 8, 9)]
        assert table(*months, as_of=dt.date(2026, 8, 31))["numerator"].tolist() == [15.0]

    def test_a_longer_period_stands_as_it_is(self, table) -> None:
        """The year 2025 still counts as now in the third quarter of 2026: it ended 9 months before."""
        (row,) = table({"period": "2025", "numerator": 42.0}).to_dict("records")
        assert (row["period"], row["current"]) == ("2025", True)

    def test_what_is_too_old_is_not_now(self, table) -> None:
        """More than 15 months before the end of the report's period."""
        assert not table({"period": "2025-Q1", "numerator": 42.0})["current"].any()

    @pytest.mark.parametrize(("more", "zero"), [("", "2025-Q3"), ("zero_measurement: {period: 2026-Q1}\n", "2026-Q1")])
    def test_the_zero_measurement_is_declared_or_the_first(self, table, more: str, zero: str) -> None:
        """As it is for the surveys."""
        rows = [{"period": period, "numerator": 9.0} for period in ("2026-Q3", "2025-Q3", "2026-Q1", "2026-Q4")]
        found = table(*rows, more=more)
        assert found["period"].tolist() == ["2025-Q3", "2026-Q1", "2026-Q3"]
        assert found.loc[found["zero"], "period"].tolist() == [zero]
        assert found.loc[found["current"], "period"].tolist() == ["2026-Q3"]


class TestHeadlines:
    """An indicator that leads the report."""

    def led(self, found: pd.DataFrame, name: str = "complaints") -> Row:
        """Return its row."""
        (row,) = indicators.headlines(found, [name], period=NOW, confidence=0.95).to_dict("records")
        return row

    @pytest.mark.parametrize(
        ("then", "now", "direction"),
        [(42.0, 90.0, "worse"), (90.0, 42.0, "better"), (42.0, 45.0, "none_shown")],
    )
    def test_less_is_better_where_the_params_say_so(self, table, then: float, now: float, direction: str) -> None:
        """The change with the interval of the difference of two shares."""
        row = self.led(table({"period": "2026-Q1", "numerator": then}, {"numerator": now}))
        assert (row["change"], row["direction"]) == (pytest.approx(now - then), direction)
        assert row["change_low"] < row["change"] < row["change_high"]

    def test_a_count_has_no_change(self, table) -> None:
        """Nobody knows out of how many."""
        row = self.led(table({"period": "2026-Q1", "numerator": 9.0, "denominator": math.nan}, {"numerator": 12.0}))
        assert (row["direction"], row["kind"]) == ("unknown", "indicator")

    def test_the_first_period_is_its_own_zero_measurement(self, table) -> None:
        """So nothing changed yet."""
        assert self.led(table({"numerator": 9.0}))["direction"] == "first"

    def test_without_any_row_it_leads_without_a_number(self, table) -> None:
        """Which the tile says."""
        row = self.led(table({"numerator": 9.0}), "stays")
        assert (row["id"], row["direction"], row["old"]) == ("", "unknown", False)

    def test_without_a_file_there_are_no_indicators(self, params) -> None:
        """And no row."""
        found = indicators.indicators(None, params=params(DECLARED), period=NOW, as_of=NOW.last)
        assert list(found.columns) == indicators.COLUMNS
        assert found.empty
