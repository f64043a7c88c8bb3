"""Which cells may be shown."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.disclosure import Declared, Plan, Rules, publication_plan

RULES = {"employee": Rules(10, 10), "customer": Rules(5, 5)}
MINIMUM = {"employee": 10, "customer": 5}


def planned(*cells: tuple[str, str, int, float | None], rules=RULES, **columns) -> Plan:
    """Return the plan for cells of id, audience, answers and people."""
    frame = pd.DataFrame(cells, columns=["id", "audience", "n", "population"])
    return publication_plan(Declared(frame.assign(**columns)), rules=rules)


class TestOwnReasons:
    """What hides a cell by itself."""

    @pytest.mark.parametrize(("audience", "minimum"), MINIMUM.items())
    def test_fewer_answers_than_the_minimum_are_hidden(self, audience: str, minimum: int) -> None:
        """10 employees and 5 customers may be shown, one fewer may not."""
        plan = planned(("few", audience, minimum - 1, None), ("enough", audience, minimum, None))
        assert plan.hidden_because("few") == "too_few_answers"
        assert plan.hidden_because("enough") == ""

    def test_no_answers_say_nothing_about_anybody(self) -> None:
        """An empty group is shown as empty, in a small unit too; that is not the same as hidden."""
        assert planned(("none", "employee", 0, 4), unanimous=True).hidden_because("none") == ""

    def test_a_small_unit_is_hidden_although_all_answered(self) -> None:
        """Where respondents may be few, the people in the unit count as well."""
        cells = [("small", "employee", 5, 9), ("large", "employee", 5, 10), ("unknown", "employee", 5, None)]
        plan = planned(*cells, rules={"employee": Rules(5, 10)})
        assert [plan.hidden_because(name) for name in ("small", "large", "unknown")] == ["too_small_unit", "", ""]

    def test_the_number_of_answers_is_the_reason_that_is_told(self) -> None:
        """When both are too small."""
        assert planned(("both", "employee", 5, 9)).hidden_because("both") == "too_few_answers"

    def test_twelve_answers_of_nine_people_are_nine(self) -> None:
        """Who answers often is one person; where nobody counted people, every answer is one."""
        plan = planned(("a", "employee", 12, None), ("b", "employee", 12, None), respondents=[9, None])
        assert (plan.hidden_because("a"), plan.hidden_because("b")) == ("too_few_answers", "")

    def test_a_group_of_one_mind_is_hidden_where_the_rules_say_so(self) -> None:
        """Its score is everybody's answer; the reason told is the one of protecting others."""
        cell = ("a", "employee", 12, None)
        asked = {"employee": Rules(10, 10, unanimity=True)}
        assert planned(cell, rules=asked, unanimous=True).hidden_because("a") == "protects_others"
        assert planned(cell, rules=asked, unanimous=False).hidden_because("a") == ""
        assert planned(cell, unanimous=True).hidden_because("a") == ""

    def test_counts_are_shown_from_so_many_answers(self) -> None:
        """29 employees show a score only, 30 the shares too; what is hidden has no details."""
        rules = {"employee": Rules(10, 10, shares_from=30)}
        plan = planned(
            ("a", "employee", 29, None), ("b", "employee", 30, None), ("c", "employee", 9, None), rules=rules
        )
        assert [plan.detailed(name) for name in "abc"] == [False, True, False]
        assert plan.hidden_because("a") == ""

    @pytest.mark.parametrize("order", [(4, 40), (40, 4)])
    def test_an_id_that_stands_there_twice_is_shown_only_if_both_may_be(self, order: tuple[int, int]) -> None:
        """Whichever comes first."""
        plan = planned(*(("twice", "customer", n, None) for n in order))
        assert plan.hidden_because("twice") == "too_few_answers"
        assert len(plan.cells) == 1

    @given(st.integers(0, 60), st.integers(3, 30), st.integers(3, 30), st.one_of(st.none(), st.integers(1, 60)))
    def test_a_stricter_minimum_never_shows_more(self, n: int, looser: int, more: int, people: int | None) -> None:
        """Of a cell by itself; and what is shown has no answers, or the minimum at least."""
        shown = [
            planned(("a", "employee", n, people), rules={"employee": Rules(minimum, 3)}).cells["shown"].item()
            for minimum in (looser, looser + more)
        ]
        assert shown[0] or not shown[1]
        assert not shown[0] or n == 0 or n >= looser


class TestRefused:
    """What the last door refuses."""

    def test_an_audience_without_a_minimum(self) -> None:
        """What nobody set a minimum for is not shown by accident."""
        with pytest.raises(ValueError, match=r"^no minimum group for the audience supplier$"):
            planned(("a", "supplier", 1, None))

    def test_an_undeclared_cell(self) -> None:
        """A number that no analysis declared is not shown, and has no details."""
        plan = planned(("a", "employee", 12, None))
        for ask in (plan.hidden_because, plan.detailed):
            with pytest.raises(KeyError) as caught:
                ask("b")
            assert caught.value.args == ("cell 'b' is not in the publication plan",)


class TestWhatThePlanTells:
    """It goes along with the report."""

    def test_it_holds_no_number_of_a_cell(self) -> None:
        """Only whether and why not."""
        plan = planned(("few", "customer", 4, 37), ("enough", "customer", 40, 370))
        assert list(plan.cells.columns) == ["audience", "shown", "hidden_because", "detailed"]

    def test_hidden_cells_are_counted_by_reason(self) -> None:
        """That there are some is said openly."""
        cells = [("a", "employee", 9, None), ("b", "employee", 1, None), ("c", "customer", 4, None)]
        assert planned(*cells, ("d", "customer", 5, None)).hidden().to_dict("records") == [
            {"audience": "customer", "hidden_because": "too_few_answers", "cells": 1},
            {"audience": "employee", "hidden_because": "too_few_answers", "cells": 2},
        ]
        assert planned(("d", "customer", 5, None)).hidden().empty

    def test_the_answers_lost_are_rounded(self) -> None:
        """9 + 9 + 8 + 5 + 4 are 35, thus 40; none where it would tell a size: two cells, few answers, nearly all."""
        many = planned(*((str(n) * place, "employee", n, None) for place, n in enumerate((9, 9, 8, 5, 4), 1))).lost
        assert many.to_dict("records") == [
            {"audience": "employee", "hidden_because": "too_few_answers", "cells": 5, "answers": 40}
        ]
        for sizes in ((9, 9), (3, 3, 3), (9, 9, 8), (9, 9, 9, 9)):
            lost = planned(*((str(place), "employee", n, None) for place, n in enumerate(sizes))).lost
            assert lost["answers"].isna().all()
            assert lost["cells"].tolist() == [len(sizes)]
        assert planned(("a", "employee", 12, None)).lost.empty


CELLS = {"all": [0, 1, 2], "a": [0], "b": [1], "c": [2]}
"""A whole of three groups."""


def printed(**sizes: int) -> pd.DataFrame:
    """Return what earlier reports printed."""
    return pd.DataFrame({"id": list(sizes), "n": list(sizes.values())})


class TestComplementary:
    """What is hidden for others, and when."""

    def test_only_audiences_that_ask_for_it_protect_each_other(self, declared, hidden) -> None:
        """Customers whom the client knows do not."""
        given = declared([3, 7, 9], CELLS)
        asked = {minimum: Rules(5, 5, complementary=minimum) for minimum in (True, False)}
        plans = {on: publication_plan(given, rules={"employee": rules}) for on, rules in asked.items()}
        assert hidden(plans[True]) == {"a", "b"}
        assert hidden(plans[False]) == {"a"}

    def test_metrics_are_planned_apart(self, declared, hidden) -> None:
        """The same atoms would be other answers: two metrics of which one has a small group."""
        metrics = ["x", "x", "x", "y", "y", "y"]
        cells = {"x": [0, 1], "xa": [0], "xb": [1], "y": [2, 3], "ya": [2], "yb": [3]}
        plan = publication_plan(
            declared([3, 7, 8, 7], cells, metric=metrics), rules={"employee": Rules(5, 5, complementary=True)}
        )
        assert hidden(plan) == {"xa", "xb"}

    def test_a_cell_under_one_id_is_hidden_everywhere(self, declared, hidden) -> None:
        """Two chapters declare the same group: it weighs once, and goes in both."""
        given = declared([3, 7, 9], CELLS | {"B": [1]})
        cells = given.cells.assign(id=["all", "a", "b", "c", "b"])
        plan = publication_plan(
            Declared(cells, given.members, given.atoms), rules={"employee": Rules(5, 5, complementary=True)}
        )
        assert hidden(plan) == {"a", "b"}

    def test_a_group_without_answers_neither_helps_nor_hurts(self, plan_of, hidden) -> None:
        """It is shown as such beside hidden ones."""
        assert hidden(plan_of([3, 7, 9], CELLS | {"none": []})) == {"a", "b"}


class TestEarlierReports:
    """What readers have already."""

    def test_what_was_printed_cannot_be_hidden_again(self, plan_of, hidden) -> None:
        """The 7 is known; so the 9 goes."""
        assert hidden(plan_of([3, 7, 9], CELLS, published=printed(b=7))) == {"a", "c"}

    def test_a_group_that_is_not_printed_any_more_still_tells(self, plan_of, hidden) -> None:
        """The 9 has no cell today, but readers have it: with the whole and the 7 it is 3."""
        shown = [True, True, True, False]
        assert hidden(plan_of([3, 7, 9], CELLS, printed=shown, published=printed(c=9))) == {"a", "b"}
        assert hidden(plan_of([3, 7, 9], CELLS, printed=shown)) == {"a"}
        assert "c" not in plan_of([3, 7, 9], CELLS, printed=shown).cells.index

    def test_what_earlier_reports_give_away_is_told(self, plan_of, hidden) -> None:
        """Whole and both others were printed: nothing helps, so nothing more is hidden."""
        plan = plan_of([3, 7, 9], CELLS, published=printed(all=19, b=7, c=9))
        assert plan.given_away == ("a",)
        assert hidden(plan) == {"a"}
        assert plan_of([3, 7, 9], CELLS).given_away == ()

    def test_what_is_given_away_does_not_stop_the_rest(self, plan_of, hidden) -> None:
        """A group of 3 is lost; one of 2 elsewhere is still protected."""
        cells = CELLS | {"rest": [3, 4], "d": [3], "e": [4]}
        plan = plan_of([3, 7, 9, 2, 8], cells, published=printed(all=19, b=7, c=9))
        assert plan.given_away == ("a",)
        assert hidden(plan) == {"a", "d", "e"}

    def test_a_few_late_answers_hide_the_cell_of_today(self, plan_of, hidden) -> None:
        """20 were printed and 22 answered: the 2 are the difference. 25 are far enough, 20 the same."""
        assert hidden(plan_of([22], {"all": [0]}, published=printed(all=20))) == {"all"}
        assert hidden(plan_of([25], {"all": [0]}, published=printed(all=20))) == set()
        assert hidden(plan_of([20], {"all": [0]}, published=printed(all=20))) == set()


class TestOtherEditions:
    """A narrower edition, and what an attack still found."""

    def test_what_the_wider_edition_hides_is_hidden_here(self, plan_of, hidden) -> None:
        """Which of two it is must not differ between editions; nor may a cell appear in this one only."""
        wider = plan_of([3, 7, 9], CELLS, published=printed(b=7))
        assert hidden(plan_of([3, 7, 9], CELLS | {"new": [1, 2]}, within=wider)) == {"a", "c", "new"}

    def test_details_are_those_of_the_wider_edition(self, declared) -> None:
        """A score without counts there has none here."""
        given = declared([20], {"all": [0]})
        wider = publication_plan(given, rules={"employee": Rules(5, 5, complementary=True, shares_from=30)})
        assert not publication_plan(given, rules={"employee": Rules(5, 5)}, within=wider).detailed("all")
        assert publication_plan(given, rules={"employee": Rules(5, 5)}).detailed("all")

    def test_what_an_attack_found_is_hidden_too(self, plan_of, hidden) -> None:
        """And protected: hiding the 9 asks for another of the large ones. An id of another report changes nothing."""
        plan = plan_of([6, 7, 9], CELLS, also_hidden=["c", "elsewhere"])
        assert hidden(plan) == {"a", "c"}
        assert plan.hidden_because("c") == "protects_others"


def test_the_declared_cells_do_not_change(declared) -> None:
    """Frame in, new frame out."""
    given = declared([3, 7, 9], CELLS)
    before = [frame.copy(deep=True) for frame in (given.cells, given.members, given.atoms)]
    publication_plan(given, rules={"employee": Rules(5, 5, complementary=True)})
    for old, new in zip(before, (given.cells, given.members, given.atoms), strict=True):
        pd.testing.assert_frame_equal(old, new)
