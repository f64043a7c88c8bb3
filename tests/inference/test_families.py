"""P-values of one family, against R and against their laws."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.errors import DataError
from helpers.inference.families import adjusted

P = [0.003, 0.021, 0.011, 0.44, 0.048, 0.13]
values = st.lists(st.floats(0, 1), min_size=1, max_size=12)


# R 4.2.2: p.adjust(c(0.003, 0.021, 0.011, 0.44, 0.048, 0.13), "holm"), and "BH"
@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("holm", [0.018, 0.084, 0.055, 0.44, 0.144, 0.26]),
        ("benjamini_hochberg", [0.018, 0.042, 0.033, 0.44, 0.072, 0.156]),
    ],
)
def test_they_equal_r(method, expected):
    """Case difference-04."""
    assert expected == pytest.approx(adjusted(P, method=method).tolist(), abs=1e-12)


def test_holm_on_fingers():
    """.010, .040, .030: 3 × .010; 2 × .030; and 1 × .040, raised to the .060 before it."""
    assert adjusted([0.010, 0.040, 0.030]).tolist() == pytest.approx([0.030, 0.060, 0.060])


def test_benjamini_hochberg_on_fingers():
    """.010, .040, .030: 3/1 × .010; 3/2 × .030 = .045, lowered to the next; 3/3 × .040."""
    assert adjusted([0.010, 0.040, 0.030], method="benjamini_hochberg").tolist() == pytest.approx([0.030, 0.040, 0.040])


def test_each_family_is_adjusted_by_itself():
    """Two tables in one column give what each gives alone, in the order of the rows."""
    p = pd.Series([0.01, 0.02, 0.03, 0.04], index=list("wxyz"))
    family = pd.Series(["a", "b", "a", "b"], index=p.index)
    found = adjusted(p, family=family)
    assert found.to_dict() == pytest.approx({"w": 0.02, "x": 0.04, "y": 0.03, "z": 0.04})
    assert found.name == "p_adjusted"


def test_a_family_of_one_is_not_adjusted():
    """One test asked by itself keeps its p-value; no tests give no rows."""
    assert adjusted([0.04]).tolist() == [0.04]
    assert adjusted(pd.Series(dtype=float)).empty


@given(values)
def test_holm_asks_more_than_benjamini_hochberg_and_both_more_than_nothing(p):
    """Holm ≥ Benjamini–Hochberg ≥ the raw p-value, and none is above 1."""
    holm, lists = adjusted(p), adjusted(p, method="benjamini_hochberg")
    assert (holm <= 1).all()
    assert (holm >= lists - 1e-12).all()
    assert (lists >= np.array(p) - 1e-12).all()


@given(values, st.randoms(use_true_random=False), st.sampled_from(["holm", "benjamini_hochberg"]))
def test_the_order_of_the_rows_does_not_matter(p, random, method):
    """Shuffled rows keep their adjusted p-values."""
    column = pd.Series(p)
    shuffled = column.loc[random.sample(range(len(p)), len(p))]
    assert adjusted(shuffled, method=method).sort_index().tolist() == adjusted(column, method=method).tolist()


def test_it_does_not_change_its_input():
    """What was given stays as it was."""
    p, family = pd.Series(P), pd.Series(list("aabbab"))
    adjusted(p, family=family)
    assert p.tolist() == P
    assert family.tolist() == list("aabbab")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"p": [0.1, np.nan]}, "p, row 1: a number is missing. A probability lies between 0 and 1; correct it."),
        ({"p": [0.1, 1.2]}, "p, row 1: 1.2 is not allowed. A probability lies between 0 and 1; correct it."),
        ({"p": [0.1], "method": "bh"}, "method: 'bh' is no adjustment. Give one of 'holm', 'benjamini_hochberg'."),
        ({"p": [0.1, 0.2], "family": ["a"]}, "Columns of different lengths: p has 2, family has 1. Give one for each."),
        ({"p": [0.1, 0.2], "family": ["a", None]}, "family, row 1: a label is missing. Name the family of every test."),
        ({"p": pd.Series([0.1]), "family": pd.Series(["a"], index=[7])}, "family: its rows are not those of p. "
         "Give columns of one table."),
    ],
)  # fmt: skip
def test_what_is_no_family_is_refused(given, message):
    """A missing p-value is never passed over in silence: it would make the family look smaller."""
    with pytest.raises(DataError) as refused:
        adjusted(given.pop("p"), **given)
    assert str(refused.value) == message
