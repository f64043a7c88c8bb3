"""The exact test of two small groups, against every assignment, SciPy and R."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from helpers.errors import DataError
from helpers.inference.permutation import exact_permutation

COUNTS = ["promoters", "passives", "detractors"]
few = st.tuples(*[st.integers(0, 4)] * 3)


def _groups(*counts):
    return pd.DataFrame([dict(zip(COUNTS, group, strict=True)) for group in counts])


def _p(before, after):
    return exact_permutation(_groups(before), _groups(after)).item()


def _answers(counts):
    return np.repeat([1, 0, -1], counts)


def _by_hand(before, after):
    """Give the answers of both groups to every possible first group of that size."""
    both, n = np.concatenate([_answers(before), _answers(after)]), sum(before)
    every = np.array([both[list(chosen)].sum() for chosen in combinations(range(len(both)), n)])
    # n₁ n₂ (mean₁ − mean₂) = N Σ₁ − n₁ Σ, in whole numbers
    far = np.abs(len(both) * every - n * both.sum())
    return np.mean(far >= abs(len(both) * _answers(before).sum() - n * both.sum()))


def test_three_against_two_on_fingers():
    """Promoters 1 1 1 against detractors −1 −1: of the 10 ways to choose three of five, one is as far apart."""
    assert pytest.approx(0.1, abs=1e-15) == _p((3, 0, 0), (0, 0, 2))


# R 4.2.2, exactRankTests 0.8-35: score <- function(p, a, d) c(rep(1, p), rep(0, a), rep(-1, d));
# format(perm.test(score(6, 2, 2), score(2, 3, 4), exact = TRUE)$p.value, digits = 15)
@pytest.mark.parametrize(
    ("before", "after", "p"),
    [
        ((6, 2, 2), (2, 3, 4), 0.187836930870987),
        ((4, 1, 0), (2, 5, 13), 0.0018068887634105),
        ((3, 0, 0), (5, 4, 6), 0.0931372549019608),
        ((1, 1, 7), (10, 10, 10), 0.0422509469498384),
        ((2, 3, 2), (9, 3, 1), 0.118240454076367),
        ((1, 0, 0), (1, 5, 13), 0.1),
        ((0, 3, 5), (12, 20, 8), 0.0137540448829181),
    ],
)
def test_it_equals_r(before, after, p):
    """Groups of equal and very unequal sizes, one of a single answer, have the p-value of R's exact test."""
    assert p == pytest.approx(_p(before, after), rel=1e-12)


@pytest.mark.parametrize(("before", "after"), [((3, 2, 1), (1, 1, 4)), ((2, 0, 1), (0, 3, 3)), ((4, 1, 0), (1, 1, 2))])
def test_it_equals_scipy(before, after):
    """scipy.stats.permutation_test lists the same assignments; its statistic is the distance, its tail the upper."""
    found = stats.permutation_test(
        (_answers(before), _answers(after)), lambda one, other: abs(one.mean() - other.mean()),
        vectorized=False, n_resamples=np.inf, alternative="greater",
    )  # fmt: skip
    assert found.pvalue == pytest.approx(_p(before, after), rel=1e-12)


@settings(max_examples=25)
@given(few, few)
def test_it_equals_every_assignment(before, after):
    """The p-value is the share of all assignments of the same answers that are as far apart."""
    if not sum(before) or not sum(after) or sum(before) + sum(after) > 14:
        return
    assert _by_hand(before, after) == pytest.approx(_p(before, after), rel=1e-12)


@given(few, few)
def test_order_and_sign_do_not_matter(before, after):
    """Turning the groups round, or promoters into detractors, leaves the two-sided p-value as it is."""
    found = _p(before, after)
    assert found == pytest.approx(_p(after, before), rel=1e-12, nan_ok=True)
    assert found == pytest.approx(_p(before[::-1], after[::-1]), rel=1e-12, nan_ok=True)


def test_no_answers_say_nothing():
    """A group without answers has no p-value; groups that all agree have 1."""
    found = exact_permutation(_groups((0, 0, 0), (5, 0, 0), (0, 0, 1)), _groups((1, 2, 3), (3, 0, 0), (0, 0, 1)))
    assert np.isnan(found[0])
    assert found.tolist()[1:] == [1.0, 1.0]


def test_a_tiny_group_against_a_huge_one_keeps_its_digits():
    """One promoter against 10⁹ answers, half of them promoters: both outcomes are equally far, p = 1."""
    assert _p((1, 0, 0), (5 * 10**8 - 1, 0, 5 * 10**8)) == pytest.approx(1, rel=1e-14)
    # three promoters against a billion passives: (6 of 10⁹ + 3 do not matter) one way out of C(10⁹ + 3, 3)
    ways = (10**9 + 3) * (10**9 + 2) * (10**9 + 1) // 6
    assert _p((3, 0, 0), (0, 10**9, 0)) == pytest.approx(1 / ways, rel=1e-12)


def test_the_rows_keep_their_names():
    """Rows are named like those of both tables, as differences are; neither table is changed."""
    before, after = (
        _groups(*counted, (1, 1, 3)).set_axis(["north", "south"]) for counted in ([(3, 1, 1)], [(1, 1, 3)])
    )
    kept = before.copy(), after.copy()
    found = exact_permutation(before, after)
    assert found.index.tolist() == ["north", "south"]
    pd.testing.assert_frame_equal(before, kept[0])
    pd.testing.assert_frame_equal(after, kept[1])


def test_other_rows_are_not_compared_by_place():
    """North then is not south now: the rows of both tables have one name, or the tables are refused."""
    before, after = (
        _groups((3, 1, 1), (1, 1, 3)).set_axis(names) for names in (["north", "south"], ["south", "north"])
    )
    with pytest.raises(DataError) as refused:
        exact_permutation(before, after)
    assert str(refused.value) == (
        "after: its rows are not those of before. Give one row per comparison, with the same index."
    )


def test_no_rows_give_no_rows():
    """Nothing to compare is not a fault."""
    assert exact_permutation(_groups((1, 1, 1))[:0], _groups((1, 1, 1))[:0]).empty


def test_counts_of_any_size_are_compared_as_whole_numbers():
    """10¹⁵ answers against ten thousand who all agree with half of them: no number overflows, and p is about 0."""
    many, few = _groups((5e14, 5e14, 0)), _groups((10_000, 0, 0))
    assert 0 <= exact_permutation(many, few).item() < 1e-300
    assert exact_permutation(_groups((5e14, 5e14, 0)), _groups((1, 0, 0))).item() == pytest.approx(1.0)
    with pytest.raises(DataError, match=r"^before.promoters, row 0: 2e\+15 is not allowed. A count of answers is at"):
        exact_permutation(_groups((2e15, 0, 0)), few)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (
            _groups((1.5, 1, 1)),
            _groups((1, 1, 1)),
            "before.promoters, row 0: 1.5 is not allowed. "
            "A count of answers is a whole number of 0 or more; correct it.",
        ),
        (_groups((1, 1, 1)), _groups((1, 1, 1), (1, 1, 1)), "before has 1 rows and after 2. "
         "Give one row per comparison in each."),
        (_groups((1, 1, 1)), _groups((1, 1, 1))[COUNTS[:2]], "after: no column 'detractors' among 'promoters', "
         "'passives'. It needs 'promoters', 'passives', 'detractors'; add what is missing."),
        (_groups((3000, 0, 3000)), _groups((3000, 0, 3000)), "exact permutation: 36,012,001 outcomes of groups of "
         "6,000 and 6,000 answers, and at most 2,000,000 are listed. Use the adjusted Wald test, right for such "
         "groups."),
    ],
)  # fmt: skip
def test_what_cannot_be_listed_is_refused(before, after, message):
    """Parts of answers, other columns and huge groups are refused in a sentence."""
    with pytest.raises(DataError) as refused:
        exact_permutation(before, after)
    assert str(refused.value) == message
