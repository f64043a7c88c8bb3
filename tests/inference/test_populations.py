"""A finite population: what answers are worth, and what the silent could change."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.errors import DataError
from helpers.inference.populations import effective_answers, effective_by_weights, kish, worst_case
from helpers.inference.weighting import design_effect


def test_effective_answers_by_hand():
    """8 of 10 people: 8 · 9 / 2 = 36; all 8 of 8: endless; 0 of 10: 0; 1 of 10: 1 · 9 / 9 = 1; 8 of very many: 8."""
    found = effective_answers([8, 8, 0, 1, 8], [10, 8, 10, 10, np.inf])
    assert [36.0, np.inf, 0.0, 1.0, 8.0] == found.tolist()


def test_effective_answers_keep_their_rows():
    """The Series has the index of what came in and a name."""
    found = effective_answers(pd.Series([8, 5], index=["north", "south"]), 10)
    assert (["north", "south"], "n_effective") == (list(found.index), found.name)


def test_more_answers_than_people_is_refused():
    """A headcount below the number of answers cannot be right, and each such row is named, five at most."""
    with pytest.raises(DataError) as error:
        effective_answers(pd.Series([11, 9], index=["north", "south"]), 10)
    assert str(error.value) == (
        "n, row north: 11 answers out of 10 people. No more people can answer than there are; correct the population "
        "or remove double answers."
    )
    with pytest.raises(DataError) as error:
        effective_answers([11] * 8, 10)
    assert (6, "n: 3 more rows like these.") == (len(error.value.messages), error.value.messages[-1])


def test_a_population_is_at_least_one_person():
    """Nobody, or half a person, is no population."""
    with pytest.raises(DataError) as error:
        effective_answers([0, 1], [0, np.nan])
    assert (
        "population, row 0: 0 is not allowed. A population is 1 person or more, infinite where nobody counted them; "
        "correct it.",
        "population, row 1: a number is missing. A population is 1 person or more, infinite where nobody counted them; "
        "correct it.",
    ) == error.value.messages


def test_rounding_of_equal_weights_is_not_more_answers_than_people():
    """Ten weights of 0.1 are worth 10 answers up to the last digits, and then everybody of ten answered."""
    for weights in ([0.1] * 10, [1 / 3] * 10, [0.7] * 10):
        assert np.isinf(effective_answers(effective_by_weights(weights), 10).item())
    assert np.isinf(effective_answers(10 * (1 + 2e-16), 10).item())


@given(st.integers(1, 10_000), st.integers(0, 10_000))
def test_effective_answers_lie_between_n_and_endless_exactly_when_the_population_is_finite(n, silent):
    """N ≤ n_effective, endless exactly at n = N, and equal to n only for one answer or an endless population."""
    worth = effective_answers(n, n + silent).item()
    assert np.isinf(worth) == (silent == 0)
    assert worth == pytest.approx(n) if n == 1 and silent else worth > n
    assert effective_answers(n, np.inf).item() == n


def test_the_worst_case_by_hand():
    """4, 2 and 2 of 10: (2 − 2) / 10 = 0 and (2 + 2) / 10 = 40; of 8: the score, 25; nobody of 10: anything."""
    found = worst_case([4, 4, 0, 4], [2, 2, 0, 2], [2, 2, 0, 2], population=[10, 8, 10, np.inf])
    expected = [[0.0, 40.0, 0.8], [25.0, 25.0, 1.0], [-100.0, 100.0, 0.0], [-100.0, 100.0, 0.0]]
    assert expected == found[["low", "high", "response"]].to_numpy().tolist()


def test_the_worst_case_is_what_the_silent_could_say():
    """All ways in which three silent people of eight could have answered lie in the range, and both ends occur."""
    found = worst_case(3, 1, 1, population=8)
    scores = [100 * (3 - 1 + sum(others)) / 8 for others in itertools.product((-1, 0, 1), repeat=3)]
    assert (min(scores), max(scores)) == (found.low.item(), found.high.item())


def test_the_worst_case_refuses_more_answers_than_people():
    """Eleven answers of ten people are one fault."""
    with pytest.raises(DataError, match=r"^n, row 0: 11 answers out of 10 people. No more people can answer"):
        worst_case(5, 3, 3, population=10)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_the_worst_case_is_mirrored_and_within_the_scale(p, a, d, silent):
    """Swapping promoters and detractors turns the range round; it holds the score when somebody answered."""
    n = p + a + d
    if n + silent == 0:
        return
    one, other = worst_case(p, a, d, population=n + silent), worst_case(d, a, p, population=n + silent)
    assert (one.low.item(), one.high.item()) == (-other.high.item(), -other.low.item())
    assert -100 <= one.low.item() <= one.high.item() <= 100
    if n:
        assert one.low.item() - 1e-9 <= 100 * (p - d) / n <= one.high.item() + 1e-9


def test_unequal_weights_cost_answers():
    """Weights 1, 1, 1, 3 are worth 36 / 12 = 3 answers; equal weights cost nothing; no weights are worth nothing."""
    assert [3.0, 4.0, 0.0] == [effective_by_weights(weights) for weights in ([1, 1, 1, 3], [2, 2, 2, 2], [])]


def test_a_weight_of_nothing_is_refused():
    """Zero, negative and missing weights are named together."""
    with pytest.raises(DataError) as error:
        effective_by_weights([1, 0, -2, np.nan])
    assert (
        "weight, row 1: 0 is not allowed. A weight is a number above 0; correct it.",
        "weight, row 2: -2 is not allowed. A weight is a number above 0; correct it.",
        "weight, row 3: a number is missing. A weight is a number above 0; correct it.",
    ) == error.value.messages


@pytest.mark.parametrize("scale", [1e-200, 1e200])
def test_only_the_proportions_of_weights_count(scale):
    """Their squares would be 0, or endless."""
    assert effective_by_weights([scale, scale, scale, 3 * scale]) == pytest.approx(3.0, rel=1e-12)


def test_more_answers_than_a_million_people_are_told_apart():
    """1,000,001 of 1,000,000, not 1e+06 of 1e+06."""
    with pytest.raises(DataError, match=r"^n, row 0: 1000001 answers out of 1000000 people\."):
        effective_answers(1000001, 1000000)


@pytest.mark.parametrize("scale", [1.0, 1e-200, 1e200])
def test_kish_is_one_formula(scale):
    """From weights, from their sums and per group: (1 + 1 + 1 + 3)² / 12 = 3, whatever the unit of the weights."""
    weights = [scale * weight for weight in (1, 1, 1, 3)]
    assert [3.0, 0.0] == kish([6, 0], [12, 0]).tolist()
    assert [effective_by_weights(weights)] == pytest.approx(design_effect(weights)["n_effective"].tolist()) == [3.0]
