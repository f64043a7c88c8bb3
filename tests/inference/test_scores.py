"""Scores and intervals, against hand counts, R and the fixtures of the fact base."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.inference import scores

FIXTURES = [
    # promoters, passives, detractors, NPS, Wald low, high, adjusted centre, low, high (domain.md, section 7)
    (180, 140, 80, 25.00, 17.49, 32.51, 24.81, 17.33, 32.30),
    (31, 50, 19, 12.00, -1.66, 25.66, 11.65, -1.82, 25.12),
    (310, 500, 190, 12.00, 7.68, 16.32, 11.96, 7.65, 16.28),
    (19, 49, 33, -13.86, -27.59, -0.13, -13.46, -27.00, 0.08),
    (5, 0, 0, 100.00, 100.00, 100.00, 62.50, 17.49, 107.51),
]
counts = st.integers(min_value=0, max_value=400)


@pytest.mark.domain("S01", "S13")
@pytest.mark.parametrize(("p", "a", "d", "nps", "wald_low", "wald_high", "centre", "low", "high"), FIXTURES)
def test_the_published_fixtures_hold(p, a, d, nps, wald_low, wald_high, centre, low, high):
    """Score, Wald and adjusted Wald equal the fixtures that were worked out by hand."""
    plain, adjusted = scores.wald(p, a, d), scores.adjusted_wald(p, a, d)
    assert [nps, wald_low, wald_high] == [round(float(x) + 0.0, 2) for x in (plain.score, plain.low, plain.high)]
    assert [centre, low, high] == [round(float(x), 2) for x in (adjusted.centre, adjusted.low, adjusted.high)]


def test_a_finite_population_uses_the_effective_number_of_answers():
    """4/2/2 of ten people are worth 8 · 9 / 2 = 36 answers: 18/9/9 and the three pseudo-answers."""
    effective = scores.effective_by_population(8, 10)
    estimate = scores.adjusted_wald(4, 2, 2, n_effective=effective)
    assert effective == 36
    assert [25.0, 23.08, -2.76, 48.91] == [
        round(float(x), 2) for x in (estimate.score, estimate.centre, estimate.low, estimate.high)
    ]


def test_when_everybody_answered_the_interval_is_the_score():
    """With n = N nothing is left to chance."""
    estimate = scores.adjusted_wald(4, 2, 2, n_effective=scores.effective_by_population(8, 8))
    assert (25.0, 25.0, 25.0, 0.0) == (
        estimate.score.item(), estimate.low.item(), estimate.high.item(), estimate.se.item(),
    )  # fmt: skip


def test_more_answers_than_people_is_refused():
    """A headcount below the number of answers cannot be right."""
    with pytest.raises(ValueError, match="more answers than people"):
        scores.effective_by_population(11, 10)


def test_no_answers_give_no_score():
    """No answers never look like a score of 0."""
    assert math.isnan(scores.net_promoter_score(0, 0, 0))


@given(counts, counts, counts)
def test_swapping_promoters_and_detractors_flips_the_sign(p, a, d):
    """The score and its interval are mirrored when promoters and detractors change places."""
    if p + a + d == 0:
        return
    one, other = scores.adjusted_wald(p, a, d), scores.adjusted_wald(d, a, p)
    assert one.score == pytest.approx(-other.score)
    assert one.low == pytest.approx(-other.high)


@given(counts, counts, counts)
def test_the_adjusted_interval_holds_the_raw_score(p, a, d):
    """At 95 % and n ≥ 2 the interval contains the score that is printed beside it."""
    if p + a + d < 2:
        return
    estimate = scores.adjusted_wald(p, a, d)
    assert estimate.low <= estimate.score + 1e-9
    assert estimate.score - 1e-9 <= estimate.high


@given(counts, counts, counts, st.floats(0.6, 0.94))
def test_more_confidence_gives_a_wider_interval(p, a, d, confidence):
    """Changing the confidence changes the result."""
    if p + a + d == 0:
        return
    narrow = scores.adjusted_wald(p, a, d, confidence=confidence)
    wide = scores.adjusted_wald(p, a, d, confidence=0.95)
    assert wide.high - wide.low > narrow.high - narrow.low


@pytest.mark.parametrize(
    ("p", "a", "d", "n"), [(0.31, 0.50, 0.19, 50), (0.90, 0.08, 0.02, 50), (0.188, 0.485, 0.327, 20)]
)
def test_the_interval_covers_the_truth_as_often_as_it_says(p, a, d, n):
    """Over every possible sample the adjusted interval covers between 93 and 97 in 100 times."""
    assert 0.93 <= _coverage(p, a, d, n) <= 0.97


def _coverage(p, a, d, n):
    from scipy.stats import multinomial

    possible = np.array([(i, j, n - i - j) for i in range(n + 1) for j in range(n + 1 - i)])
    estimate = scores.adjusted_wald(*possible.T)
    covers = (estimate.low <= 100 * (p - d)) & (100 * (p - d) <= estimate.high)
    return multinomial.pmf(possible, n, [p, a, d])[covers].sum()


def test_a_mean_has_a_t_interval():
    """Answers 6, 7, 8, 9: mean 7.5, s² = 5/3, t(3) = 3.1824, so 7.5 ± 2.0542 (R: t.test(c(6,7,8,9)))."""
    estimate = scores.mean_score(4, 7.5, 5 / 3)
    assert (5.4457, 9.5543) == (round(estimate.low.item(), 4), round(estimate.high.item(), 4))


def test_one_answer_has_a_mean_but_no_interval():
    """From one answer nobody can tell how far others would be off."""
    estimate = scores.mean_score(1, 7.0, np.nan)
    assert estimate.score == 7
    assert math.isnan(estimate.low)


def test_a_share_has_wilson_s_interval():
    """81 of 263 gives 25.52 to 36.62 % (Newcombe 1998, table I, method 3)."""
    estimate = scores.top_box_share(263, 81 / 263)
    assert (25.53, 36.62) == (round(estimate.low.item(), 2), round(estimate.high.item(), 2))


def test_a_share_without_answers_has_nothing():
    """No answers give no share."""
    assert math.isnan(scores.top_box_share(0, np.nan).low)


def test_a_share_of_everybody_has_no_width():
    """With an infinite effective number the interval is the share."""
    estimate = scores.top_box_share(10, 0.4, n_effective=np.inf)
    assert (40.0, 40.0) == (estimate.low.item(), estimate.high.item())


def test_unequal_weights_cost_answers():
    """Weights 1, 1, 1, 3 are worth 36 / 12 = 3 answers; equal weights cost nothing."""
    assert (3.0, 4.0, 0.0) == (
        scores.effective_by_weights([1, 1, 1, 3]),
        scores.effective_by_weights([2, 2, 2, 2]),
        scores.effective_by_weights([]),
    )
