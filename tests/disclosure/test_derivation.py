"""What follows by adding and subtracting, and what is hidden so that it does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "reference" / "stats_examples.json"


class TestOneGrouping:
    """A whole and its parts."""

    @pytest.mark.parametrize("name", ["privacy-01", "privacy-02"])
    def test_the_shared_cases_are_met(self, plan_of, hidden, name) -> None:
        """16, 3, 8 and 21 of a published total: the 3 and, with the fewest answers, the 8; 7, 11 and 14: nothing."""
        if not SHARED.exists():
            pytest.skip("the shared reference cases are not beside the checkout")
        (case,) = [each for each in json.loads(SHARED.read_text(encoding="utf-8"))["cases"] if each["id"] == name]
        sizes, expected = case["inputs"]["group_n"], case["expected"]
        groups = {group: [place] for place, group in enumerate(sizes)}
        plan = plan_of(list(sizes.values()), {"all": range(len(sizes)), **groups}, minimum=case["inputs"]["min_n"])
        assert set(expected["suppressed"]) == hidden(plan)
        assert expected["hidden_remainder_n"] == sum(sizes[group] for group in hidden(plan))
        assert expected["primary"] == [g for g in sizes if plan.hidden_because(g) == "too_few_answers"]

    def test_the_fixture_of_one_solution(self, plan_of, hidden) -> None:
        """Of 12 with a net of 3, 9 have a net of 3: the other 3 have 0. So the 9 are hidden too."""
        plan = plan_of([(5, 2, 2), (1, 1, 1)], {"all": [0, 1], "a": [0], "b": [1]})
        assert hidden(plan) == {"a", "b"}
        assert (plan.hidden_because("b"), plan.hidden_because("a")) == ("too_few_answers", "protects_others")

    def test_who_stated_nothing_is_a_group_without_a_name(self, plan_of, hidden) -> None:
        """20 in all, 8 women and 9 men: 3 gave no gender. Without the 8, 11 are left over."""
        assert hidden(plan_of([8, 9, 3], {"all": [0, 1, 2], "v": [0], "m": [1]})) == {"v"}

    def test_small_groups_may_protect_each_other(self, plan_of, hidden) -> None:
        """3 and 2 are 5 together, which may be known."""
        assert hidden(plan_of([3, 2, 9], {"all": [0, 1, 2], "a": [0], "b": [1], "c": [2]})) == {"a", "b"}

    def test_without_the_whole_nothing_follows(self, plan_of, hidden) -> None:
        """A remainder needs something to be left of."""
        assert hidden(plan_of([3, 8, 9], {"a": [0], "b": [1], "c": [2]})) == {"a"}


class TestTree:
    """Units within units."""

    def test_the_leaf_that_protects_is_a_sibling(self, plan_of, hidden) -> None:
        """North has teams of 3, 7 and 9, South of 6 and 8: the 7 beside the 3 is hidden, and nothing of South."""
        units = {"all": range(5), "n": [0, 1, 2], "s": [3, 4], "n1": [0], "n2": [1], "n3": [2], "s1": [3], "s2": [4]}
        assert hidden(plan_of([3, 7, 9, 6, 8], units)) == {"n1", "n2"}

    def test_a_parent_can_be_cheaper_than_nothing_else(self, plan_of, hidden) -> None:
        """North is 3 and 20: without the 20, 23 of North are known; without North, 26 less 6 of South is North."""
        units = {"all": range(3), "n": [0, 1], "s": [2], "n1": [0], "n2": [1]}
        assert hidden(plan_of([3, 20, 6], units)) == {"n1", "n2"}

    def test_a_grandchild_is_told_through_two_levels(self, plan_of, hidden) -> None:
        """The unit between is not printed: 20 in all less 8 and 9 leave the 3 of the third."""
        assert hidden(plan_of([3, 8, 9], {"all": range(3), "b": [1], "c": [2]})) == {"b"}


class TestCrossTable:
    """Two groupings and both together."""

    def test_four_cells_protect_one(self, plan_of, hidden) -> None:
        """Three by three with all margins: the 2 needs another in its row and in its column, and the corner of these.

        Sizes: 2 7 8 / 9 6 20 / 8 20 20. Hiding 7 and 9 asks for 6: 22; 7 and 8 (row 3) for 20; 8 and 9 for 20.
        """
        sizes = [2, 7, 8, 9, 6, 20, 8, 20, 20]
        cells = {"all": range(9)}
        cells |= {f"r{r}": range(3 * r, 3 * r + 3) for r in range(3)} | {f"k{k}": range(k, 9, 3) for k in range(3)}
        cells |= {f"r{place // 3}k{place % 3}": [place] for place in range(9)}
        assert hidden(plan_of(sizes, cells)) == {"r0k0", "r0k1", "r1k0", "r1k1"}

    def test_each_pair_of_a_row_and_column_is_searched(self, plan_of, hidden) -> None:
        """Two by two: one small cell leaves nothing of the inside, or a margin goes."""
        cells = {"all": range(4), "r0": [0, 1], "r1": [2, 3], "k0": [0, 2], "k1": [1, 3]}
        cells |= {f"c{place}": [place] for place in range(4)}
        assert hidden(plan_of([3, 6, 7, 8], cells)) == {"c0", "c1", "c2", "c3"}


class TestOverlap:
    """Segments that share people."""

    def test_the_shared_part_follows_from_the_whole(self, plan_of, hidden) -> None:
        """All 20 are in S1 (12) or S2 (11): S1 + S2 − all are the 3 in both."""
        assert hidden(plan_of([9, 3, 8], {"all": [0, 1, 2], "s1": [0, 1], "s2": [1, 2]})) == {"s2"}

    def test_a_large_shared_part_may_follow(self, plan_of, hidden) -> None:
        """5 in both may be known."""
        assert hidden(plan_of([9, 5, 8], {"all": [0, 1, 2], "s1": [0, 1], "s2": [1, 2]})) == set()

    def test_a_union_that_is_shown_gives_its_part_away(self, plan_of, hidden) -> None:
        """A and B together are 13, A alone 9."""
        assert hidden(plan_of([9, 4], {"a or b": [0, 1], "a": [0]})) == {"a"}

    def test_a_sum_of_more_than_two_levels_is_found(self, plan_of, hidden) -> None:
        """AB + BC − ABC are the 4 of B, without any of them lying in two others."""
        assert hidden(plan_of([9, 4, 7], {"abc": [0, 1, 2], "ab": [0, 1], "bc": [1, 2]})) == {"bc"}


class TestTwoNames:
    """The same people, called differently."""

    def test_a_small_unit_is_hidden_under_both_names(self, plan_of, hidden) -> None:
        """A unit of nine people of whom 7 answered, which a second tree calls by another name without a headcount."""
        plan = plan_of([7, 8], {"unit": [0], "region": [0], "rest": [1]}, population=[4, None, None])
        assert hidden(plan) == {"unit", "region"}
        assert (plan.hidden_because("unit"), plan.hidden_because("region")) == ("too_small_unit", "protects_others")

    def test_a_hidden_whole_is_not_the_sum_of_its_parts(self, plan_of, hidden) -> None:
        """A whole hidden for its headcount follows from 6 and 9; the 6 goes too."""
        plan = plan_of([6, 9], {"all": [0, 1], "a": [0], "b": [1]}, population=[4, None, None])
        assert hidden(plan) == {"all", "a"}

    def test_both_names_may_be_shown_of_a_large_group(self, plan_of, hidden) -> None:
        """A whole with one unit only."""
        assert hidden(plan_of([12], {"all": [0], "unit": [0]})) == set()
