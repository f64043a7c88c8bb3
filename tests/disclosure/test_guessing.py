"""How far the answers of a hidden group can be told."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.disclosure import Rules, publication_plan
from helpers.rounding import half_away_from_zero

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "reference" / "stats_examples.json"
BAND = st.integers(0, 4)


def fitting(n: int, score: float) -> list[list[int]]:
    """Return the counts of n answers whose score rounds to this."""
    counts = [[p, n - p - d, d] for p in range(n + 1) for d in range(n - p + 1)]
    return [each for each in counts if half_away_from_zero(100 * (each[0] - each[2]) / n) == score]


def is_open(group, other) -> bool:
    """Tell whether a group is left open by the counts of itself and another together: try every division."""
    total, size = [a + b for a, b in zip(group, other, strict=True)], sum(group)
    worlds = [each for each in product(*(range(t + 1) for t in total)) if sum(each) == size]
    scores = [100 * (p - d) / size for p, _, d in worlds]
    free = all(any(w[b] > 0 for w in worlds) and any(w[b] < size for w in worlds) for b in range(3))
    return max(scores) - min(scores) >= 50 and free


class TestTold:
    """Two hidden groups of which the sum is known."""

    def test_a_group_in_a_whole_of_one_mind_is_told(self, plan_of, hidden) -> None:
        """The 3 and the 8 have no detractor together: neither has. The 9 protect the 3 better, though they are more."""
        cells = {"all": [0, 1, 2], "a": [0], "b": [1], "c": [2]}
        assert hidden(plan_of([(2, 1, 0), (4, 4, 0), (3, 3, 3)], cells)) == {"a", "c"}

    def test_a_group_that_can_be_anything_is_not(self, plan_of, hidden) -> None:
        """The same sizes, with three of each band to divide."""
        cells = {"all": [0, 1, 2], "a": [0], "b": [1], "c": [2]}
        assert hidden(plan_of([(1, 1, 1), (3, 2, 3), (3, 3, 3)], cells)) == {"a", "b"}

    def test_siblings_together_can_be_told(self, declared, hidden) -> None:
        """Of 10 in hidden teams of 5, 4 and 1, the first two are 9: the last one hardly moves the score of these.

        Each by itself could be anything; the counts of 9 of 10 cannot. So the team of 12 is hidden too.
        """
        units = {name: {"unit": f"A › {name}"} for name in "bcde"}
        cells = {"all": range(4), "b": [0], "c": [1], "d": [2], "e": [3]}
        scopes = [{}, *units.values()]
        given = declared([(2, 1, 2), (1, 2, 1), (1, 0, 0), (4, 4, 4)], cells, scope=scopes)
        plan = publication_plan(given, rules={"employee": Rules(10, 10, complementary=True)})
        assert hidden(plan) == {"b", "c", "d", "e"}

    def test_other_measures_have_no_bands_to_guess(self, plan_of, hidden) -> None:
        """Means are protected by what follows from them."""
        assert hidden(plan_of([3, 8, 9], {"all": [0, 1, 2], "a": [0], "b": [1], "c": [2]})) == {"a", "b"}

    @given(st.tuples(BAND, BAND, BAND), st.tuples(BAND, BAND, BAND))
    @settings(max_examples=30, deadline=None)
    def test_a_sum_is_shown_only_if_every_division_leaves_the_small_one_open(self, plan_of, hidden, a, b) -> None:
        """Held against trying every division of the answers of both."""
        if not 1 <= sum(a) < 5 or sum(b) < 5:
            return
        plan = plan_of([a, b], {"all": [0, 1], "a": [0]})
        assert (hidden(plan) == {"a"}) == is_open(a, b)


class TestRounding:
    """A score in whole points leaves several counts, so below 30 the counts themselves are not shown."""

    def test_the_shared_case_of_four_counts(self) -> None:
        """9 answers with a score of 33 can be 3/6/0, 4/4/1, 5/2/2 and 6/0/3."""
        if not SHARED.exists():
            pytest.skip("the shared reference cases are not beside the checkout")
        cases = json.loads(SHARED.read_text(encoding="utf-8"))["cases"]
        (case,) = [each for each in cases if each["id"] == "privacy-03"]
        found = fitting(case["inputs"]["n"], case["inputs"]["nps_rounded"])
        assert case["expected"]["compatible_counts_pro_pas_det"] == found

    def test_the_fixture_of_two_solutions(self, declared) -> None:
        """5 answers with −60 are 0/2/3 or 1/0/4: the plan shows the score and neither."""
        assert fitting(5, -60) == [[0, 2, 3], [1, 0, 4]]
        rules = {"employee": Rules(5, 5, complementary=True, shares_from=30)}
        plan = publication_plan(declared([(0, 2, 3)], {"a": [0]}), rules=rules)
        assert (plan.hidden_because("a"), plan.detailed("a")) == ("", False)
