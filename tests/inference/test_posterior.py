"""The Dirichlet posterior, against exact sums, the fact base and its own laws."""

from fractions import Fraction
from math import comb, factorial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from helpers.errors import DataError
from helpers.inference.posterior import posterior, posterior_probability

counts = st.integers(min_value=0, max_value=200)
FLAT = (1, 1, 1)


def test_the_example_of_the_fact_base():
    """31, 50 and 19 of 100 against 10: .606 (statistics.md §5, by simulation); the mean is 12 / 101.5."""
    assert 0.606 == round(posterior_probability(31, 50, 19, target=10).item(), 3)
    assert posterior(31, 50, 19)["mean"].item() == pytest.approx(100 * 12 / 101.5, abs=1e-12)


def _times(one, other):
    product = [Fraction(0)] * (len(one) + len(other) - 1)
    for i, x in enumerate(one):
        for j, y in enumerate(other):
            product[i + j] += x * y
    return product


def _power(base, times):
    product = [Fraction(1)]
    for _ in range(times):
        product = _times(product, base)
    return product


def _exactly(p, a, d, delta):
    """P(p − d ≥ δ) for whole parameters and δ ≥ 0: a polynomial in 1 − passives, integrated in fractions."""
    m = p + d - 1
    terms = [Fraction(0)] * (m + 1)
    for j in range(p):
        for i, one in enumerate(_times(_power([delta, 1], j), _power([-delta, 1], m - j))):
            terms[i] += comb(m, j) * one
    whole = _times(terms, _power([Fraction(1), Fraction(-1)], a - 1))
    area = sum(one * (1 - delta ** (i + 1)) / (i + 1) for i, one in enumerate(whole)) / Fraction(2) ** m
    return area * Fraction(factorial(p + d + a - 1), factorial(p + d - 1) * factorial(a - 1))


@pytest.mark.parametrize(
    ("p", "a", "d", "target"),
    [(0, 0, 1, 50), (2, 3, 1, 10), (2, 3, 1, 0), (9, 19, 4, 30), (0, 29, 0, 5), (29, 1, 0, 80), (39, 0, 0, 99)],
)
def test_the_probability_is_right_to_twelve_digits(p, a, d, target):
    """With the flat prior every parameter is whole, and the integral is an exact fraction."""
    exact = float(_exactly(p + 1, a + 1, d + 1, Fraction(target, 100)))
    found = posterior_probability(p, a, d, target=target, prior=FLAT).item()
    assert found == pytest.approx(exact, rel=1e-12)
    mirrored = posterior_probability(d, a, p, target=-target, prior=FLAT).item()
    assert mirrored == pytest.approx(1 - exact, abs=1e-13)


def test_without_much_data_the_flat_prior_gives_a_triangle():
    """Dirichlet(1, 1, 1): p − d has a triangular density, so P(p − d ≥ δ) = (1 − δ)² / 2; here nearly no answers."""
    found = posterior_probability(0, 0, 1e-12, target=[0, 20, 50, 100], prior=FLAT)
    assert [0.5, 0.32, 0.125, 0.0] == pytest.approx(found.tolist(), abs=1e-9)


@pytest.mark.parametrize(
    ("shares", "expected"),
    # the fact base prints .937 for the second, from simulated limits: that of 6/2/2 is −14.18, so it does hold −13.9
    [((0.31, 0.50, 0.19), 0.955), ((0.188, 0.485, 0.327), 0.938), ((0.90, 0.08, 0.02), 0.930)],
)
def test_its_limits_hold_the_truth_as_often_as_the_fact_base_says(shares, expected):
    """All outcomes of ten answers enumerated (statistics.md §1, row Dirichlet Jeffreys)."""
    outcomes = np.array([(p, 10 - p - d, d) for p in range(11) for d in range(11 - p)])
    found, truth = posterior(*outcomes.T), 100 * (shares[0] - shares[2])
    holds = (found.low <= truth) & (truth <= found.high)
    assert expected == round(stats.multinomial.pmf(outcomes, 10, shares)[holds].sum(), 3)


@settings(max_examples=30, deadline=None)
@given(counts, counts, counts, st.floats(0.5, 0.99))
def test_limits_and_probability_agree(p, a, d, confidence):
    """Above the lower limit lies (1 + confidence) / 2 of the posterior, above the upper one the rest."""
    if p + a + d == 0:
        return
    found = posterior(p, a, d, confidence=confidence)
    above = posterior_probability(p, a, d, target=[found.low.item(), found.high.item()])
    assert [(1 + confidence) / 2, (1 - confidence) / 2] == pytest.approx(above.tolist(), abs=1e-9)
    assert -100 <= found.low.item() < found["mean"].item() < found.high.item() <= 100


@settings(max_examples=30, deadline=None)
@given(counts, counts, counts, st.floats(-100, 100))
def test_swapping_promoters_and_detractors_mirrors_it(p, a, d, target):
    """P(score ≥ target) and P(score ≥ −target) of the mirrored counts add up to 1."""
    if p + a + d:
        there, back = posterior_probability(p, a, d, target=target), posterior_probability(d, a, p, target=-target)
        assert there.item() + back.item() == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("n", [1e2, 1e4, 1e6])
def test_with_many_answers_it_is_the_normal_approximation(n):
    """The posterior of very many answers is the Wald interval, and its chance at one standard error .841."""
    p, a, d = 0.31 * n, 0.50 * n, 0.19 * n
    se = 100 * np.sqrt((0.5 - 0.12**2) / n)
    assert posterior(p, a, d).low.item() == pytest.approx(12 - 1.95996 * se, abs=20 / n + 0.01 * se)
    assert posterior_probability(p, a, d, target=12 - se).item() == pytest.approx(0.8413, abs=1 / np.sqrt(n))


def test_the_ends_of_the_scale():
    """Every score is at least −100 and hardly any exactly 100."""
    found = posterior_probability([5, 0, 0], [0, 5, 0], [0, 0, 5], target=-100)
    assert [1.0, 1.0, 1.0] == pytest.approx(found.tolist(), abs=1e-13)
    assert [0.0, 0.0] == posterior_probability([5, 0], 0, [0, 5], target=100).tolist()


def test_effective_answers_scale_the_counts():
    """4/2/2 worth 36 is 18/9/9; worth endlessly many the score; without answers nothing."""
    found = posterior([4, 4, 0], [2, 2, 0], [2, 2, 0], n_effective=[36, np.inf, 0])
    assert found.loc[0].tolist() == pytest.approx(posterior(18, 9, 9).loc[0].tolist())
    assert [25.0] * 4 == found.loc[1].tolist()
    assert found.loc[2].isna().all()
    certain = posterior_probability(
        [4, 4, 0], [2, 2, 0], [2, 2, 0], target=[25, 26, 0], n_effective=[np.inf, np.inf, 0]
    )
    assert ([1.0, 0.0], True) == (certain.tolist()[:2], np.isnan(certain[2]))


def test_nobody_anywhere_is_no_fault():
    """A table without a single answer, or without rows, has no posterior and raises no warning."""
    assert posterior([0, 0], 0, 0).isna().all(axis=None)
    assert (0, 0) == (len(posterior([], [], [])), len(posterior_probability([], [], [], target=[])))


def test_prior_and_confidence_change_the_result():
    """A flat prior pulls further to 0; 80 % is narrower."""
    jeffreys, flat, narrow = posterior(9, 1, 0), posterior(9, 1, 0, prior=FLAT), posterior(9, 1, 0, confidence=0.8)
    assert flat["mean"].item() < jeffreys["mean"].item()
    assert narrow.low.item() > jeffreys.low.item()


@pytest.mark.parametrize(
    ("prior", "said"),
    [
        ((0.5, 0.5), "prior: 2 numbers were given. A prior is three numbers above 0: promoters, passives, detractors."),
        ((0.5, 0, 0.5), "prior, row 1: 0 is not allowed. A prior is three numbers above 0; correct it."),
    ],
)
def test_a_prior_is_three_numbers_above_nothing(prior, said):
    """Else the posterior does not exist."""
    with pytest.raises(DataError) as error:
        posterior(1, 1, 1, prior=prior)
    assert said == str(error.value)


def test_bad_counts_and_targets_are_refused_together():
    """A negative count and a target off the scale are two sentences of one error."""
    with pytest.raises(DataError) as error:
        posterior_probability(-1, 1, 1, target=101)
    assert (
        "promoters: -1 is not allowed. A count of answers is a number of 0 or more; correct it.",
        "target: 101 is not allowed. An NPS lies between −100 and 100; correct it.",
    ) == error.value.messages


def test_rows_keep_their_names_and_values():
    """The index of the Series comes back, and what was given is not changed."""
    promoters = pd.Series([5, 6], index=["north", "south"])
    assert ["north", "south"] == list(posterior(promoters, 1, 2).index)
    assert ["north", "south"] == list(posterior_probability(promoters, 1, 2, target=10).index)
    assert [5, 6] == promoters.tolist()


def test_everybody_at_the_target_is_at_it():
    """A target that differs by rounding only is reached; and all figures are the score, to the last digit."""
    assert posterior_probability(29, 71, 0, target=29 + 1e-12, n_effective=np.inf).item() == 1.0
    assert posterior(1, 6, 0, n_effective=np.inf).iloc[0].tolist() == [100 / 7] * 4
