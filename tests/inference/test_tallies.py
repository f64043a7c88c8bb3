"""Answers added up once: any wider group follows from the sums of the narrower ones."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.inference.groups import by_group, scored
from helpers.inference.tallies import SUMS, added, tally

ANSWERS = pd.DataFrame(
    {
        "answer": [10, 9, 8, 3, None, 0],
        "weight": [1.0, 1.0, 2.0, 1.0, 5.0, 1.0],
        "product": pd.Categorical(["Gas", "Gas", "Heat", "Heat", "Gas", None], ["Heat", "Gas", "Power"], ordered=True),
    }
)


def test_sums_are_those_of_the_hand():
    """Gas: 10 and 9, one skipped; Heat: 8 of weight 2 and 3 of weight 1, mean 19/3."""
    table = tally(ANSWERS, by=["product"], weighted=True)
    assert table["product"].tolist() == ["Heat", "Gas", "Power"]
    assert table[SUMS].to_numpy().tolist() == [
        [2, 0, 0, 1, 1, 3, 5, 19, 11, 0, 2, 1],
        [2, 1, 2, 0, 0, 2, 2, 19, 19, 2, 0, 0],
        [0] * len(SUMS),
    ]
    # 2 (8 − 19/3)² + (3 − 19/3)² and twice (½)²
    assert table["squares"].tolist() == pytest.approx([2 * (5 / 3) ** 2 + (10 / 3) ** 2, 0.5, 0])


def test_only_combinations_that_occur_are_kept_when_asked():
    """Who is in no group is one of them, so that nothing is lost from the whole."""
    table = tally(ANSWERS, by=["product"], every=False)
    assert table["product"].astype(object).where(table["product"].notna(), None).tolist() == ["Gas", "Heat", None]
    assert table["n"].tolist() == [2, 2, 1]


def test_a_row_may_go_into_many_groups_and_a_group_may_stay_empty():
    """As a team goes into its department and its division."""
    parts = tally(ANSWERS, by=["product"], every=False)
    sums = added(parts, rows=np.array([0, 0, 1]), into=np.array([0, 2, 2]), groups=4)
    assert sums["n"].tolist() == [2, 0, 4, 0]


def test_a_variance_keeps_its_digits_far_from_zero():
    """Answers around a hundred million differ by one: a difference of large sums would have lost it."""
    far = pd.DataFrame({"answer": [1e8, 1e8 + 1, 1e8 + 2], "team": list("AAB")})
    parts = tally(far, by=["team"], rule="mean")
    whole = added(parts, rows=np.arange(2), into=np.zeros(2, dtype=np.int64), groups=1)
    assert whole["squares"].tolist() == [2.0]


@given(
    st.lists(
        st.tuples(st.none() | st.integers(0, 10), st.sampled_from([0.5, 1.0, 4.0]), st.sampled_from("ABC")),
        min_size=1, max_size=25,
    ),
    st.sampled_from(["nps", "mean", "top_box"]),
)  # fmt: skip
def test_sums_of_sums_score_as_the_answers_do(rows, rule):
    """The whole, added up from its parts, equals the whole of the answers; counts exactly."""
    frame = pd.DataFrame(rows, columns=["answer", "weight", "team"]).astype({"answer": "float64"})
    how = {"rule": rule, "best": [9, 10] if rule == "top_box" else [], "weighted": True}
    parts = tally(frame, by=["team"], every=False, **how)
    whole = added(parts, rows=np.arange(len(parts)), into=np.zeros(len(parts), dtype=np.int64), groups=1)
    found = scored(whole, rule=rule, confidence=0.95, weighted=True)
    pd.testing.assert_frame_equal(found, by_group(frame, **how), rtol=0, atol=1e-9)
