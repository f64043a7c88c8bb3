"""Which cells may be shown, and what is left of a table when some may not."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.disclosure import Plan, protect, publication_plan

MINIMUM = {"employee": 10, "customer": 5}


def planned(*cells: tuple[str, str, int, float | None], respondents=MINIMUM, headcount=MINIMUM) -> Plan:
    """Return the plan for cells of id, audience, answers and people."""
    frame = pd.DataFrame(cells, columns=["id", "audience", "n", "population"])
    return publication_plan(frame, minimum_respondents=respondents, minimum_headcount=headcount)


class TestPlan:
    """One decision per cell, for all chapters at once."""

    @pytest.mark.parametrize(("audience", "minimum"), MINIMUM.items())
    def test_fewer_answers_than_the_minimum_are_hidden(self, audience: str, minimum: int) -> None:
        """10 employees and 5 customers may be shown, one fewer may not."""
        plan = planned(("few", audience, minimum - 1, None), ("enough", audience, minimum, None))
        assert plan.hidden_because("few") == "too_few_answers"
        assert plan.hidden_because("enough") == ""

    def test_no_answers_say_nothing_about_anybody(self) -> None:
        """An empty group is shown as empty, in a small unit too; that is not the same as hidden."""
        assert planned(("none", "employee", 0, 4)).hidden_because("none") == ""

    def test_a_small_unit_is_hidden_although_all_answered(self) -> None:
        """Where respondents may be few, the people in the unit count as well."""
        plan = planned(
            ("small", "employee", 5, 9), ("large", "employee", 5, 10), ("unknown", "employee", 5, None),
            respondents={"employee": 5}, headcount={"employee": 10},
        )  # fmt: skip
        assert [plan.hidden_because(name) for name in ("small", "large", "unknown")] == ["too_small_unit", "", ""]

    def test_the_number_of_answers_is_the_reason_that_is_told(self) -> None:
        """When both are too small."""
        assert planned(("both", "employee", 5, 9)).hidden_because("both") == "too_few_answers"

    @pytest.mark.parametrize("which", ["respondents", "headcount"])
    @pytest.mark.parametrize("audience", ["employee", "customer"])
    def test_a_minimum_under_three_is_refused(self, which: str, audience: str) -> None:
        """Of two people, each knows the other's answer; the params refuse it too, this is the last door."""
        said = "^a minimum group under 3 lets one of two people work out the other's answer$"
        with pytest.raises(ValueError, match=said):
            planned(("a", "employee", 5, None), **{which: MINIMUM | {audience: 2}})
        assert planned(("a", "employee", 5, None), **{which: MINIMUM | {audience: 3}})

    def test_an_audience_without_a_minimum_is_refused(self) -> None:
        """What nobody set a minimum for is not shown by accident."""
        with pytest.raises(ValueError, match=r"^no minimum group for the audience supplier$"):
            planned(("a", "supplier", 1, None))

    def test_an_undeclared_cell_is_refused(self) -> None:
        """A number that no analysis declared is not shown."""
        with pytest.raises(KeyError) as caught:
            planned(("a", "employee", 12, None)).hidden_because("b")
        assert caught.value.args == ("cell 'b' is not in the publication plan",)

    @pytest.mark.parametrize("order", [(4, 40), (40, 4)])
    def test_an_id_that_stands_there_twice_is_shown_only_if_both_may_be(self, order: tuple[int, int]) -> None:
        """Whichever comes first."""
        plan = planned(*(("twice", "customer", n, None) for n in order))
        assert plan.hidden_because("twice") == "too_few_answers"

    def test_the_plan_holds_no_number_of_a_cell(self) -> None:
        """It goes along with the report."""
        plan = planned(("few", "customer", 4, 37), ("enough", "customer", 40, 370))
        assert list(plan.cells.columns) == ["audience", "shown", "hidden_because"]

    def test_hidden_cells_are_counted_by_reason(self) -> None:
        """That there are some is said openly."""
        plan = planned(
            ("a", "employee", 9, None), ("b", "employee", 1, None), ("c", "customer", 4, None),
            ("d", "customer", 5, None),
        )  # fmt: skip
        assert plan.hidden().to_dict("records") == [
            {"audience": "customer", "hidden_because": "too_few_answers", "cells": 1},
            {"audience": "employee", "hidden_because": "too_few_answers", "cells": 2},
        ]
        assert planned(("d", "customer", 5, None)).hidden().empty

    @given(st.integers(0, 60), st.integers(3, 30), st.integers(3, 30), st.one_of(st.none(), st.integers(1, 60)))
    def test_a_stricter_minimum_never_shows_more(self, n: int, looser: int, more: int, people: int | None) -> None:
        """And what is shown has no answers, or the minimum at least."""
        shown = [
            planned(("a", "employee", n, people), respondents={"employee": minimum}, headcount={"employee": 3})
            .cells["shown"]
            .item()
            for minimum in (looser, looser + more)
        ]
        assert shown[0] or not shown[1]
        assert not shown[0] or n == 0 or n >= looser


class TestProtect:
    """A table as it may be shown."""

    PLAN = planned(("few", "customer", 4, None), ("enough", "customer", 5, None), ("none", "customer", 0, None))

    def test_every_number_of_a_hidden_cell_is_taken_out(self) -> None:
        """The row stays, with the reason and without any number; whole numbers stay whole."""
        table = pd.DataFrame({"id": ["few", "enough"], "label": ["Heat", "Gas"], "n": [4, 5], "score": [75.0, -20.0]})
        assert protect(table, self.PLAN, cells={"id": ("n", "score")}).to_dict("records") == [
            {"id": "few", "label": "Heat", "n": None, "score": None, "shown": False,
             "hidden_because": "too_few_answers"},
            {"id": "enough", "label": "Gas", "n": 5, "score": -20.0, "shown": True, "hidden_because": ""},
        ]  # fmt: skip

    def test_no_answers_stay_no_answers(self) -> None:
        """Not hidden, and not a number either."""
        table = pd.DataFrame({"id": ["none", "few"], "n": [0, 4], "score": [math.nan, 75.0]})
        row = protect(table, self.PLAN, cells={"id": ("n", "score")}).to_dict("records")[0]
        assert (row["n"], row["shown"], math.isnan(row["score"])) == (0, True, True)

    def test_a_number_that_rests_on_two_cells_needs_both(self) -> None:
        """A change since a hidden zero measurement would give that away."""
        names = ["id", "zero_id", "n", "zero", "change"]
        table = pd.DataFrame([("enough", "few", 5, 75.0, -95.0), ("enough", "enough", 5, 10.0, -30.0)], columns=names)
        cells = {"id": ("n", "change"), "zero_id": ("zero", "change")}
        rows = protect(table, self.PLAN, cells=cells).to_dict("records")
        assert rows[0] == {
            "id": "enough", "zero_id": "few", "n": 5, "zero": None, "change": None, "shown": False,
            "hidden_because": "too_few_answers",
        }  # fmt: skip
        assert (rows[1]["change"], rows[1]["shown"]) == (-30, True)

    def test_an_empty_id_stands_for_no_cell(self) -> None:
        """A target that was not measured has nothing to hide."""
        table = pd.DataFrame({"id": [""], "n": [0]})
        assert protect(table, self.PLAN, cells={"id": ("n",)})["shown"].tolist() == [True]

    def test_an_undeclared_cell_stops_the_table(self) -> None:
        """Better no report than a number that nobody judged."""
        with pytest.raises(KeyError):
            protect(pd.DataFrame({"id": ["other"], "n": [40]}), self.PLAN, cells={"id": ("n",)})

    def test_an_empty_table_gets_its_columns(self) -> None:
        """What follows reads them."""
        table = protect(pd.DataFrame({"id": [], "n": []}), self.PLAN, cells={"id": ("n",)})
        assert list(table.columns) == ["id", "n", "shown", "hidden_because"]

    def test_the_table_does_not_change(self) -> None:
        """Frame in, new frame out."""
        table = pd.DataFrame({"id": ["few", "enough"], "n": [4, 5]})
        before = table.copy(deep=True)
        protect(table, self.PLAN, cells={"id": ("n",)})
        pd.testing.assert_frame_equal(before, table)

    @given(st.lists(st.sampled_from(["few", "enough", "none"]), max_size=8), st.data())
    def test_what_is_hidden_does_not_depend_on_its_numbers(self, ids: list[str], data: st.DataObject) -> None:
        """Two tables that differ in hidden numbers only come out equal."""
        numbers = st.floats(-100, 100)
        first = pd.DataFrame({"id": ids, "score": [data.draw(numbers) for _ in ids]}).astype({"score": float})
        second = first.assign(
            score=[data.draw(numbers) if name == "few" else score for name, score in first.to_numpy().tolist()]
        ).astype({"score": float})
        found = [protect(table, self.PLAN, cells={"id": ("score",)}) for table in (first, second)]
        pd.testing.assert_frame_equal(*found)
