"""How many people each unit had when a wave was held."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.intake.facts.people import People
from helpers.periods import Period

WAVE = Period.parse("2025-Q4")
TEAMS = {"Service › North": 12, "Service › South": 8, "ICT": 20}


def headcount(*rows: tuple[str, str, int]) -> pd.DataFrame:
    """Return the headcount as intake reads it."""
    return pd.DataFrame(rows, columns=["unit", "period", "employees"])


class TestTotal:
    """A unit's people: its own row, else the sum of the highest rows below it."""

    @pytest.mark.parametrize(
        ("unit", "people"), [("Service", 20), ("", 40), ("ICT", 20), ("Service › North", 12), ("HR", None)]
    )
    def test_people_add_up_along_the_tree(self, unit: str, people: int | None) -> None:
        """An unknown unit has no total, which is not 0."""
        assert People(TEAMS).total(unit) == people

    def test_a_unit_with_a_row_of_its_own_is_not_added_up(self) -> None:
        """Staff of a division who are in none of its teams count too: 25, not 20."""
        people = People(TEAMS | {"Service": 25})
        assert (people.total("Service"), people.total("")) == (25, 45)

    def test_the_whole_may_be_given_by_itself(self) -> None:
        """A headcount of one row."""
        assert (People({"": 300}).total(""), People({"": 300}).total("ICT")) == (300, None)

    def test_a_name_that_begins_alike_is_another_unit(self) -> None:
        """ICT is not ICT-beheer."""
        assert People({"ICT-beheer › A": 7}).total("ICT") is None

    @pytest.mark.parametrize(
        ("answered", "people"),
        [
            (["HR"], None),  # nobody counted HR: 40 would be too few for the whole
            (["Service › West"], None),
            (["Service › North › Desk", "Service", "ICT"], 40),  # inside a counted unit, or above counted ones
            ([], 40),
        ],
    )
    def test_a_unit_that_answered_but_was_not_counted_makes_the_whole_unknown(self, answered, people) -> None:
        """Too small a total would promise more certainty than there is."""
        assert People(TEAMS, answered).total("") == people

    def test_it_leaves_the_totals_beside_it_alone(self) -> None:
        """HR is not part of Service."""
        assert People(TEAMS, ["HR"]).total("Service") == 20

    @given(st.dictionaries(st.sampled_from(["A › 1", "A › 2", "B › 1", "C"]), st.integers(1, 90), min_size=1))
    def test_the_whole_is_the_sum_of_its_parts(self, rows: dict[str, int]) -> None:
        """When no row is about a unit above another."""
        people = People(rows)
        assert people.total("") == sum(rows.values()) == sum(people.total(top) or 0 for top in "ABC")


class TestAt:
    """The headcount of one wave."""

    @pytest.mark.parametrize("period", ["2025-Q4", "2025-10", "2025-11", "2025-H2", "2025"])
    def test_a_period_that_ends_within_the_wave_belongs_to_it(self, period: str) -> None:
        """A headcount per month, per half-year or per year serves a quarterly wave."""
        assert People.at(headcount(("ICT", period, 20)), WAVE).total("ICT") == 20

    @pytest.mark.parametrize("period", ["2025-Q3", "2026-01", "2026"])
    def test_another_period_does_not(self, period: str) -> None:
        """The headcount of another wave is not borrowed."""
        assert People.at(headcount(("ICT", period, 20)), WAVE).total("ICT") is None

    def test_of_two_within_the_wave_the_later_counts(self) -> None:
        """Whatever their order in the file."""
        rows = [("ICT", "2025-12", 22), ("ICT", "2025-10", 20)]
        assert People.at(headcount(*rows), WAVE).total("ICT") == 22
        assert People.at(headcount(*reversed(rows)), WAVE).total("ICT") == 22

    def test_a_fiscal_calendar_reads_the_periods(self) -> None:
        """2025-Q4 of a year that begins in April ends in March 2026."""
        wave = Period.parse("2025-Q4", fiscal_year_start=4)
        assert People.at(headcount(("ICT", "2026-03", 20)), wave).total("ICT") == 20
        assert People.at(headcount(("ICT", "2025-Q4", 21)), wave).total("ICT") == 21

    def test_without_a_headcount_everything_is_unknown(self) -> None:
        """Not an error: the report says that the response is unknown."""
        assert People.at(None, WAVE).total("") is None

    def test_it_knows_which_units_answered(self) -> None:
        """So that the total of the whole can be refused."""
        rows = headcount(("ICT", "2025-Q4", 20))
        assert People.at(rows, WAVE, answered=["HR"]).total("") is None

    def test_the_headcount_does_not_change(self) -> None:
        """Frame in, nothing written."""
        rows = headcount(("ICT", "2025-12", 22), ("ICT", "2025-10", 20))
        before = rows.copy(deep=True)
        People.at(rows, WAVE)
        pd.testing.assert_frame_equal(before, rows)
