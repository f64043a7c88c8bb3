"""Answers by group: counts first, in the order that was declared."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.inference.groups import COUNTS, by_group

ANSWERS = pd.DataFrame(
    {
        "answer": [10, 9, 8, 3, None, 0],
        "weight": [1.0, 1.0, 2.0, 1.0, 5.0, 1.0],
        "product": pd.Categorical(
            ["Gas", "Gas", "Stroom", "Stroom", "Gas", "Gas"], ["Stroom", "Gas", "Warmte"], ordered=True
        ),
    }
)


@pytest.mark.domain("S25")
def test_counts_are_those_of_the_hand():
    """Gas has 10, 9, 0 and one skipped: 2 promoters, 0 passives, 1 detractor, (2 − 1) / 3 = +33."""
    gas = by_group(ANSWERS, by=["product"]).set_index("product").loc["Gas"]
    assert [3, 1, 2, 0, 1] == gas[["n", "skipped", *COUNTS]].tolist()
    assert gas["score"] == pytest.approx(100 / 3)


def test_every_declared_group_has_a_row_in_declared_order():
    """Warmte has no answers: it stands last, with n = 0 and no score."""
    table = by_group(ANSWERS, by=["product"])
    assert ["Stroom", "Gas", "Warmte"] == table["product"].tolist()
    assert [2, 3, 0] == table["n"].tolist()
    assert np.isnan(table["score"].iloc[2])


@pytest.mark.domain("S25")
def test_reference_case_with_missing_and_impossible_answers():
    """Case point-02: of 10, 6, 7, –, 9, 8, 0, 9, 5 eight count; 3 promoters, 2 passives, 3 detractors, NPS 0."""
    table = by_group(pd.DataFrame({"answer": [10, 6, 7, None, 9, 8, 0, 9, 5]}))
    assert [8, 1, 3, 2, 3, 0.0] == table.loc[0, ["n", "skipped", *COUNTS, "score"]].tolist()


def test_weights_change_the_score_but_not_the_counts():
    """Stroom: weight 2 on a passive, 1 on a detractor gives −33 instead of −50; n stays 2."""
    plain = by_group(ANSWERS, by=["product"]).set_index("product").loc["Stroom"]
    weighted = by_group(ANSWERS, by=["product"], weighted=True).set_index("product").loc["Stroom"]
    assert (-50.0, pytest.approx(-100 / 3)) == (plain["score"], weighted["score"])
    assert (2, -50.0) == (weighted["n"], weighted["unweighted"])


def test_an_unweighted_score_equals_one_with_equal_weights():
    """Weights that are all alike change nothing, n_effective included."""
    equal = ANSWERS.assign(weight=0.5)
    keys = ["score", "score_low", "score_high", "n_effective"]
    one, other = by_group(equal)[keys], by_group(equal, weighted=True)[keys]
    pd.testing.assert_frame_equal(one, other)


def test_a_known_population_narrows_the_interval():
    """Eight of ten people leave less to chance than eight of many; the sample's own error stays beside it."""
    answers = pd.DataFrame({"answer": [10, 10, 9, 9, 8, 7, 3, 2], "unit": "A"})
    sample = by_group(answers, by=["unit"])
    census = by_group(answers, by=["unit"], population=pd.Series({"A": 10}))
    assert [36.0, -2.76, 48.91] == census.loc[0, ["n_effective", "score_low", "score_high"]].round(2).tolist()
    assert census.loc[0, "sample_se"] == sample.loc[0, "se"]


def test_limits_stay_on_the_scale():
    """Five promoters: the adjusted limit of 107.51 is shown as 100."""
    assert by_group(pd.DataFrame({"answer": [10] * 5})).loc[0, "score_high"] == 100


def test_a_mean_is_that_of_the_hand():
    """6, 7, 8, 9 give 7.5 and a variance of 5/3, so ± 2.05 at t(3)."""
    row = by_group(pd.DataFrame({"answer": [6, 7, 8, 9, None]}), rule="mean").loc[0]
    assert [7.5, 5.4457, 9.5543] == row[["score", "score_low", "score_high"]].astype(float).round(4).tolist()
    assert (4, 1) == (row["n"], row["skipped"])
    assert row[COUNTS].isna().all()


def test_a_top_box_counts_the_best_answers():
    """Two of four answers are 4 or 5: 50 %."""
    row = by_group(pd.DataFrame({"answer": [5, 4, 3, 1]}), rule="top_box", best=[4, 5]).loc[0]
    assert (50.0, 50.0) == (row["score"], row["unweighted"])


def test_a_weighted_mean_uses_the_weights():
    """(6·1 + 9·2) / 3 = 8; unweighted 7.5."""
    row = by_group(pd.DataFrame({"answer": [6, 9], "weight": [1.0, 2.0]}), rule="mean", weighted=True).loc[0]
    assert (8.0, 7.5) == (row["score"], row["unweighted"])


def test_no_answers_at_all_give_one_empty_row():
    """An empty table has a whole of nobody."""
    row = by_group(pd.DataFrame({"answer": pd.Series(dtype=float)})).loc[0]
    assert row["n"] == 0
    assert np.isnan(row["score"])


def test_the_input_is_not_changed():
    """Frame in, new frame out."""
    before = ANSWERS.copy(deep=True)
    by_group(ANSWERS, by=["product"], weighted=True)
    pd.testing.assert_frame_equal(ANSWERS, before)


@given(st.lists(st.tuples(st.integers(0, 10), st.sampled_from("ABC")), min_size=1, max_size=60), st.randoms())
def test_groups_add_up_and_order_does_not_matter(rows, random):
    """The groups' counts add up to the whole's, whatever the order of the rows; scores stay on the scale."""
    frame = pd.DataFrame(rows, columns=["answer", "group"]).astype({"group": "category"})
    shuffled = frame.sample(frac=1, random_state=random.randrange(2**32))
    whole, parts = by_group(frame).loc[0], by_group(shuffled, by=["group"])
    assert parts[["n", *COUNTS]].sum().tolist() == whole[["n", *COUNTS]].tolist()
    assert parts["score"].between(-100, 100).all()
