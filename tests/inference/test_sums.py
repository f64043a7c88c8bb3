"""Rows added up per group: counting equal answers first gives what adding them one by one gives."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.inference import sums
from helpers.inference.sums import ABOUT_MEAN, SQUARES, SUMS, Rows, added_up, cells_of_equal

ROWS = st.lists(
    st.tuples(st.none() | st.integers(0, 10), st.sampled_from([0.5, 1.0, 1.3, 4.0]), st.integers(-1, 2)),
    max_size=30,
)
WHOLE = ["n", "skipped", "promoters", "passives", "detractors", "x"]


def rows_of(given_rows, *, weighted):
    """Return answers, weights and groups as rows."""
    frame = pd.DataFrame(given_rows, columns=["answer", "weight", "group"]).astype({"answer": "float64"})
    return Rows.of(frame.astype({"weight": "float64"}), frame["group"].to_numpy(dtype=np.int8), weighted=weighted)


def summed(given_rows, *, weighted, best=None, banded=None):
    """Return all sums of three groups; those of the bands unless told otherwise, or shares are asked for."""
    banded = best is None if banded is None else banded
    return pd.DataFrame(added_up(rows_of(given_rows, weighted=weighted), 3, best=best, banded=banded))


def test_equal_answers_are_counted_with_their_weights():
    """Two nines weigh 1 and 2 and one was skipped; whoever is in no group is not counted."""
    cells = cells_of_equal(rows_of([(9, 1.0, 0), (None, 5.0, 0), (9, 2.0, 0), (3, 1.0, -1)], weighted=True), 1)
    assert ([0, 0], [1, 2]) == (cells.group.tolist(), cells.count.tolist())
    np.testing.assert_array_equal([np.nan, 9], cells.answer)
    assert ([0, 3], [0, 5]) == (cells.w.tolist(), cells.w2.tolist())


@pytest.mark.parametrize("answers", [[0.5, 1], [-1, 1], [101, 1]])
def test_other_answers_than_few_whole_ones_are_not_counted(answers):
    """Halves, negative and high answers are added up one by one."""
    assert (
        cells_of_equal(Rows.of(pd.DataFrame({"answer": answers}), np.zeros(2, dtype=np.int8), weighted=False), 1)
        is None
    )


def test_the_sums_are_those_of_the_hand_whatever_the_answers():
    """7½ and 8 of weights 2 and 1: mean 23/3, squares 2 (1/6)² + (1/3)²; with squared weights 4 (1/6)² + (1/3)²."""
    table = summed([(7.5, 2.0, 1), (8, 1.0, 1), (None, 9.0, 1)], weighted=True, banded=False)
    assert [0, 2, 0, 23.0, 15.5] == [table["n"][0], table["n"][1], table["n"][2], table["wx"][1], table["x"][1]]
    assert table[SQUARES].tolist() == pytest.approx([0, 2 / 36 + 1 / 9, 0])
    assert table.loc[1, ["w2_apart", "w2_squares"]].tolist() == pytest.approx([-4 / 6 + 1 / 3, 4 / 36 + 1 / 9])


def test_without_weights_their_squares_are_those_of_one():
    """Each weight is 1, so its square too; nothing is left of what lies apart from a plain mean."""
    table = summed([(9, 5.0, 0), (7, 2.0, 0), (3, 3.0, 0), (4, 3.0, 1)], weighted=False)
    assert [1, 1, 1] == table.loc[0, ["w2_promoters", "w2_passives", "w2_detractors"]].tolist()
    assert table["w2_squares"].tolist() == table[SQUARES].tolist()
    assert [0, 0, 0] == table[ABOUT_MEAN[1]].tolist()


@given(ROWS, st.booleans(), st.sampled_from([None, [9.0, 10.0]]))
def test_both_roads_lead_to_the_same_sums(given_rows, weighted, best):
    """Without room for counting all rows go along the other road."""
    counted = summed(given_rows, weighted=weighted, best=best)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sums, "CELLS_AT_MOST", 0)
        one_by_one = summed(given_rows, weighted=weighted, best=best)
    pd.testing.assert_frame_equal(counted[WHOLE], one_by_one[WHOLE], check_exact=True)
    pd.testing.assert_frame_equal(counted, one_by_one, rtol=1e-12, atol=1e-12)


@given(ROWS, st.booleans(), st.randoms(), st.sampled_from([0, 5, 10**6]))
def test_neither_order_nor_parts_nor_room_matter(given_rows, weighted, random, cells):
    """In parts of four rows, shuffled, and with little room for counting: unweighted sums are the same exactly."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sums, "CHUNK", 4)
        patch.setattr(sums, "CELLS_AT_MOST", cells)
        other = summed(random.sample(given_rows, len(given_rows)), weighted=weighted)
    table = summed(given_rows, weighted=weighted)
    exact = WHOLE if weighted else SUMS
    pd.testing.assert_frame_equal(table[exact], other[exact], check_exact=True)
    pd.testing.assert_frame_equal(table, other, rtol=1e-12, atol=1e-12)


def test_a_column_of_numbers_is_not_copied():
    """Ten million answers are looked at where they stand."""
    frame = pd.DataFrame({"answer": [9.0, 3.0], "weight": [1.0, 2.0]})
    rows = Rows.of(frame, np.zeros(2, dtype=np.int8), weighted=True)
    assert np.shares_memory(rows.answer, frame["answer"].to_numpy())
    assert np.shares_memory(rows.weight, frame["weight"].to_numpy())
