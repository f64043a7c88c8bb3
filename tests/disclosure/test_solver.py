"""The fewest answers that mend every leak."""

from __future__ import annotations

from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.disclosure import solver

WEIGHTS = st.lists(st.integers(1, 30), min_size=7, max_size=7)
CUTS = st.lists(st.frozensets(st.integers(0, 6), min_size=1, max_size=4), max_size=7)


def cost(cells, weights) -> tuple[int, int]:
    """Return answers and cells."""
    return sum(weights[cell] for cell in cells), len(cells)


class TestFewest:
    """Of each cut at least one cell."""

    @given(CUTS, WEIGHTS)
    def test_it_is_as_cheap_as_trying_everything(self, cuts, weights) -> None:
        """Answers first, then cells."""
        found = solver.fewest(cuts, weights)
        every = chain.from_iterable(combinations(range(7), size) for size in range(8))
        best = min(cost(cells, weights) for cells in every if all(cut & set(cells) for cut in cuts))
        assert all(cut & found for cut in cuts)
        assert cost(found, weights) == best

    @given(CUTS, WEIGHTS, st.randoms())
    def test_the_order_of_the_cuts_changes_nothing(self, cuts, weights, random) -> None:
        """Nor that one comes twice."""
        again = cuts + cuts[:2]
        random.shuffle(again)
        assert solver.fewest(cuts, weights) == solver.fewest(again, weights)

    def test_of_equals_the_first_goes(self) -> None:
        """A choice that is the same on every machine."""
        assert solver.fewest([frozenset({2, 1, 3})], [9, 7, 7, 7]) == {1}

    def test_fewer_cells_are_better_at_the_same_answers(self) -> None:
        """One of 10 rather than two of 5."""
        assert solver.fewest([frozenset({0, 1}), frozenset({0, 2})], [10, 5, 5]) == {0}

    def test_nothing_to_mend_hides_nothing(self) -> None:
        """No cut, no cell."""
        assert solver.fewest([], [5]) == frozenset()

    def test_a_cut_without_cells_is_refused(self) -> None:
        """Nothing that is hidden mends it."""
        with pytest.raises(ValueError, match=r"^a cut without cells cannot be mended$"):
            solver.fewest([frozenset({0}), frozenset()], [5])


class TestProgrammes:
    """Small programmes whose answer is known."""

    def test_whole_numbers_are_whole(self) -> None:
        """2x ≥ 3: 2, where 1.5 would do."""
        found = solver.whole_numbers(np.array([1.0]), np.array([[2.0]]), at_least=3.0, highest=9.0)
        assert found is not None
        assert found.tolist() == [2]

    def test_no_whole_number_is_nothing(self) -> None:
        """2x = 3."""
        assert solver.whole_numbers(np.array([1.0]), np.array([[2.0]]), at_least=3.0, at_most=3.0) is None

    def test_only_conditions_that_bind_have_a_price(self) -> None:
        """With x + y = 4 and z = 1, how large x can be rests on the first only."""
        matrix, equal = np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 1.0]]), np.array([4.0, 1.0])
        largest = solver.smallest(np.array([-1.0, 0.0, 0.0]), matrix, equal)
        assert largest is not None
        assert largest.x.tolist() == [4, 0, 1]
        assert largest.prices.tolist() == [-1, 0]
        assert solver.smallest(np.array([1.0]), np.array([[1.0]]), np.array([-1.0])) is None

    def test_the_smallest_group_of_many_sums(self) -> None:
        """Rows of 4, 3 and 2 answers: below 5 are the 2, the 3 and the 4; any two together are too large."""
        rows, n = np.eye(3), np.array([4, 3, 2])
        seen: list[np.ndarray] = []
        while (group := solver.smallest_group(rows, n, 5, other_than=seen)) is not None:
            seen.append(group)
        assert [group @ n for group in seen] == [2, 3, 4]
