"""Shares: Wilson's interval for one, Goodman's for all classes at once."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import multinomial_proportions_confint, proportion_confint

from helpers.errors import DataError
from helpers.inference.shares import simultaneous_shares, top_box_share

NEWCOMBE = [
    # Newcombe (1998), Statistics in Medicine 17, 857–872, table I, method 3
    (81, 263, 25.53, 36.62), (15, 148, 6.24, 16.05), (0, 20, 0.0, 16.11), (1, 29, 0.61, 17.18),
]  # fmt: skip


@pytest.mark.parametrize(("some", "n", "low", "high"), NEWCOMBE)
def test_a_share_has_wilsons_interval(some, n, low, high):
    """The four examples that Newcombe published."""
    found = top_box_share(n, some / n)
    assert (low, high) == (round(found.low.item(), 2), round(found.high.item(), 2))


@given(st.integers(1, 500), st.floats(0, 1), st.floats(0.5, 0.999))
def test_wilson_equals_statsmodels(n, share, confidence):
    """Any share of any number, at any confidence (statsmodels proportion_confint, method wilson)."""
    count = round(share * n)
    low, high = proportion_confint(count, n, alpha=1 - confidence, method="wilson")
    found = top_box_share(n, count / n, confidence=confidence)
    assert [100 * low, 100 * high] == pytest.approx([found.low.item(), found.high.item()], abs=1e-9)


def test_a_share_without_answers_has_nothing():
    """No answers give no share, whatever stands in its place."""
    found = top_box_share([0, 0], [np.nan, 7])
    assert found[["score", "low", "high"]].isna().all(axis=None)


def test_a_share_of_everybody_has_no_width():
    """With an infinite effective number the interval is the share."""
    found = top_box_share(10, 0.4, n_effective=np.inf)
    assert (40.0, 40.0, 0.0) == (found.low.item(), found.high.item(), found.se.item())


def test_answers_that_are_worth_nothing_leave_everything_open():
    """An effective number of 0 gives 0 to 100 % and no warning."""
    found = top_box_share(10, 0.4, n_effective=0)
    assert [40.0, 0.0, 100.0] == pytest.approx(found[["score", "low", "high"]].to_numpy()[0].tolist(), abs=1e-12)


def test_the_effective_number_and_the_degrees_of_freedom_change_the_interval():
    """Fewer effective answers, and fewer clusters, widen it."""
    plain, fewer, clustered = (
        top_box_share(100, 0.4), top_box_share(100, 0.4, n_effective=50), top_box_share(100, 0.4, df=5),
    )  # fmt: skip
    widths = [(found.high - found.low).item() for found in (plain, fewer, clustered)]
    assert widths[0] < min(widths[1:])


def test_one_share_goes_with_many_numbers_and_the_other_way_round():
    """A single number goes with every row, on either side."""
    assert top_box_share([10, 20], 0.5).score.tolist() == [50.0, 50.0]
    assert top_box_share(10, [0.5, 0.6]).score.tolist() == [50.0, 60.0]


def test_a_share_above_one_or_missing_is_refused():
    """A percentage in the place of a share is a fault, and so is a share that is missing where people answered."""
    with pytest.raises(DataError) as error:
        top_box_share([10, 10, 0], [82, np.nan, np.nan])
    assert (
        "share, row 0: 82 is not allowed. A share lies between 0 and 1; correct it.",
        "share, row 1: a number is missing. A share lies between 0 and 1; correct it.",
    ) == error.value.messages


def _bands(*rows):
    return pd.DataFrame(rows, columns=["promoters", "passives", "detractors"])


@given(st.tuples(*[st.integers(0, 300)] * 3).filter(any), st.floats(0.5, 0.99))
def test_simultaneous_shares_equal_statsmodels(counts, confidence):
    """Goodman (1965), as in statsmodels multinomial_proportions_confint(method="goodman")."""
    expected = multinomial_proportions_confint(np.array(counts), alpha=1 - confidence, method="goodman")
    found = simultaneous_shares(_bands(counts), confidence=confidence)
    assert found[["low", "high"]].to_numpy() == pytest.approx(expected, abs=1e-9)


def test_every_row_has_its_classes_in_order():
    """Two groups of three bands make six rows, with the name of the group and the class."""
    found = simultaneous_shares(_bands([1, 2, 1], [0, 0, 0]).set_axis(["north", "south"]))
    assert ["north"] * 3 + ["south"] * 3 == found["row"].tolist()
    assert ["promoters", "passives", "detractors"] * 2 == found["class"].tolist()
    assert [0.25, 0.5, 0.25] == found["share"].tolist()[:3]
    assert found[["share", "low", "high"]].tail(3).isna().all(axis=None)


def test_simultaneous_limits_are_wider_than_those_of_one_share():
    """That all three hold at once asks more of each."""
    found, alone = simultaneous_shares(_bands([31, 50, 19])), top_box_share(100, [0.31, 0.5, 0.19])
    assert (found["low"] < alone["low"] / 100).all()
    assert (found["high"] > alone["high"] / 100).all()


def test_simultaneous_shares_of_everybody_have_no_width():
    """With an infinite effective number each interval is its share."""
    found = simultaneous_shares(_bands([31, 50, 19]), n_effective=np.inf)
    assert found["low"].tolist() == found["share"].tolist() == found["high"].tolist()


@pytest.mark.parametrize("names", [["promoters"], ["promoters", "promoters"], []])
def test_classes_are_at_least_two_and_different(names):
    """One class, or one class twice, has no shares to set against each other."""
    with pytest.raises(DataError) as error:
        simultaneous_shares(pd.DataFrame([[1] * len(names)], columns=names))
    assert str(error.value) == f"counts: the classes {names} were given. Give one column per class, at least two."


def test_a_negative_count_is_refused_and_the_table_not_changed():
    """The fault names its class and row; what came in stays as it was."""
    table = _bands([1, -2, 1])
    with pytest.raises(DataError, match=r"^passives, row 0: -2 is not allowed. A count of answers"):
        simultaneous_shares(table)
    good = _bands([1, 2, 1])
    simultaneous_shares(good)
    pd.testing.assert_frame_equal(good, _bands([1, 2, 1]))


def test_columns_of_other_lengths_are_refused():
    """Also where some rows have no answers and their share is not looked at."""
    with pytest.raises(
        DataError, match=r"^Columns of different lengths: n has 2, share has 3\. Give columns of one table\.$"
    ):
        top_box_share([0, 5], [0.5, 0.5, 0.5])


def test_no_answers_keep_the_rows_of_the_share():
    """One n of 0 for every row of a column."""
    found = top_box_share(0, pd.Series([0.5, np.nan], index=["x", "y"]))
    assert found.index.tolist() == ["x", "y"]
    assert found["score"].isna().all()


def test_the_limits_of_a_share_do_not_leave_the_scale():
    """0 of 10 gave −1.8e-15 as its lower limit."""
    found = top_box_share(range(1, 200), 0.0)
    assert found["low"].between(0, 1e-12).all()
    assert top_box_share(range(1, 200), 1.0)["high"].between(100 - 1e-12, 100).all()


def test_effective_answers_of_other_rows_are_refused():
    """What the answers are worth goes with its own row, not with the one at its place."""
    counts = pd.DataFrame({"a": [1, 1], "b": [3, 3]}, index=["p", "q"])
    with pytest.raises(DataError, match=r"^n: its rows are not those of n_effective\. Give columns of one table\.$"):
        simultaneous_shares(counts, n_effective=pd.Series([2, 3], index=["q", "p"]))
