"""Scores and intervals, against hand counts, R and the fixtures of the fact base."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from helpers.errors import DataError
from helpers.inference import scores, thresholds
from helpers.inference.populations import effective_answers
from helpers.inference.score_intervals import score_interval

FIXTURES = [
    # promoters, passives, detractors, NPS, Wald low, high, adjusted centre, low, high (domain.md, section 7)
    (180, 140, 80, 25.00, 17.49, 32.51, 24.81, 17.33, 32.30),
    (31, 50, 19, 12.00, -1.66, 25.66, 11.65, -1.82, 25.12),
    (310, 500, 190, 12.00, 7.68, 16.32, 11.96, 7.65, 16.28),
    (19, 49, 33, -13.86, -27.59, -0.13, -13.46, -27.00, 0.08),
    (5, 0, 0, 100.00, 100.00, 100.00, 62.50, 17.49, 107.51),
]
counts = st.integers(min_value=0, max_value=400)


def _row(table, *names):
    return table.loc[0, list(names)].tolist()


@pytest.mark.domain("S01", "S13")
@pytest.mark.parametrize(("p", "a", "d", "nps", "wald_low", "wald_high", "centre", "low", "high"), FIXTURES)
def test_the_published_fixtures_hold(p, a, d, nps, wald_low, wald_high, centre, low, high):
    """Score, Wald and adjusted Wald equal the fixtures that were worked out by hand."""
    plain, adjusted = scores.wald(p, a, d).round(2), scores.adjusted_wald(p, a, d).round(2)
    assert [nps, wald_low, wald_high] == _row(plain, "score", "low", "high")
    assert [centre, low, high] == _row(adjusted, "centre", "low", "high")


def test_the_score_and_its_shares_by_hand():
    """2, 1 and 1 of 4: shares ½, ¼, ¼; score 25; variance ½ + ¼ − (¼)² = 0.6875."""
    found = scores.net_promoter_score(pd.Series([2, 0], index=["north", "south"]), [1, 0], [1, 0])
    assert {
        "n": 4.0, "promoter_share": 0.5, "passive_share": 0.25, "detractor_share": 0.25, "score": 25.0,
        "variance": 0.6875,
    } == found.loc["north"].to_dict()  # fmt: skip
    assert (0.0, True) == (found.loc["south", "n"], found.loc["south"].drop("n").isna().all())


@given(counts, counts, counts)
def test_the_score_is_on_its_scale_and_changes_sign_when_sides_swap(p, a, d):
    """−100 to 100, all promoters 100, and swapping promoters and detractors flips the sign; the variance is 0 to 1."""
    if p + a + d == 0:
        return
    one, other = scores.net_promoter_score(p, a, d), scores.net_promoter_score(d, a, p)
    assert -100 <= one.score.item() == -other.score.item() <= 100
    assert 0 <= one.variance.item() <= 1


@given(st.lists(st.tuples(counts, counts, counts), min_size=1, max_size=8))
def test_groups_add_up_to_the_total(groups):
    """The pooled score is the mean of the group scores weighted by their answers."""
    table = scores.net_promoter_score(*np.array(groups).T)
    total = scores.net_promoter_score(*np.sum(groups, axis=0))
    if total.n.item():
        assert (table.n * table.score).sum() / table.n.sum() == pytest.approx(total.score.item(), abs=1e-9)


def test_a_finite_population_uses_the_effective_number_of_answers():
    """4/2/2 of ten people are worth 8 · 9 / 2 = 36 answers: 18/9/9 and the three pseudo-answers."""
    found = scores.adjusted_wald(4, 2, 2, n_effective=effective_answers(8, 10)).round(2)
    assert [25.0, 23.08, -2.76, 48.91] == _row(found, "score", "centre", "low", "high")


def test_when_everybody_answered_the_interval_is_the_score():
    """With n = N nothing is left to chance."""
    found = scores.adjusted_wald(4, 2, 2, n_effective=effective_answers(8, 8))
    assert [25.0, 25.0, 25.0, 0.0] == _row(found, "score", "low", "high", "se")


@pytest.mark.parametrize("method", [scores.adjusted_wald, scores.wald, scores.interval])
def test_no_answers_give_no_score(method):
    """No answers never look like a score of 0."""
    assert method(0, 0, 0)[["score", "centre", "se", "low", "high"]].isna().all(axis=None)


@given(counts, counts, counts)
def test_swapping_promoters_and_detractors_mirrors_the_interval(p, a, d):
    """The score and its interval are mirrored when promoters and detractors change places."""
    if p + a + d == 0:
        return
    for method in (scores.adjusted_wald, scores.interval):
        one, other = method(p, a, d), method(d, a, p)
        assert one.score.item() == -other.score.item()
        assert one.low.item() == pytest.approx(-other.high.item(), abs=1e-10)


@given(counts, counts, counts)
def test_the_adjusted_interval_holds_the_raw_score(p, a, d):
    """At 95 % and n ≥ 2 the interval contains the score that is printed beside it; the printed one from n = 1 on."""
    n = p + a + d
    for method, least in ((scores.adjusted_wald, 2), (scores.interval, 1)):
        if n >= least:
            found = method(p, a, d)
            assert found.low.item() - 1e-9 <= found.score.item() <= found.high.item() + 1e-9


@given(counts, counts, counts, st.floats(0.6, 0.94))
def test_more_confidence_gives_a_wider_interval(p, a, d, confidence):
    """Changing the confidence changes the result."""
    if p + a + d == 0:
        return
    narrow, wide = (scores.interval(p, a, d, confidence=one) for one in (confidence, 0.95))
    assert (wide.high - wide.low).item() > (narrow.high - narrow.low).item()


@given(counts, counts, counts, st.integers(1, 10))
def test_more_effective_answers_give_a_narrower_interval(p, a, d, times):
    """An effective number of n is the plain interval; a larger one narrows it."""
    n = p + a + d
    if n == 0:
        return
    plain, same, more = (
        scores.adjusted_wald(p, a, d, n_effective=worth) for worth in (None, n, n * (1 + times))
    )  # fmt: skip
    pd.testing.assert_frame_equal(plain, same)
    assert (more.high - more.low).item() < (plain.high - plain.low).item()


@given(st.permutations(range(6)))
def test_the_order_of_rows_does_not_matter(order):
    """Each row is scored by itself."""
    rows = np.array([(11, 9, 5), (5, 0, 0), (0, 0, 0), (31, 50, 19), (19, 1, 0), (3, 3, 3)])
    there, shuffled = scores.interval(*rows.T), scores.interval(*rows[order].T)
    pd.testing.assert_frame_equal(there.iloc[order].reset_index(drop=True), shuffled)


def test_one_number_goes_with_many_effective_numbers():
    """Counts of one row against several effective numbers give one row for each."""
    found = scores.interval(4, 2, 2, n_effective=[8, 36, np.inf])
    assert ["score"] * 3 == found["method"].tolist()
    assert [25.0] * 3 == found["score"].tolist()
    assert found.loc[2, "low"] == 25.0


@pytest.mark.parametrize(
    ("p", "a", "d", "method"),
    [
        (3, 3, 3, "score"), (4, 3, 3, "adjusted_wald"),  # below ten, and ten
        (19, 1, 0, "score"), (18, 1, 1, "adjusted_wald"),  # 95 %, and 90 %
        (0, 190, 10, "score"), (189, 11, 0, "adjusted_wald"),  # 95 % and 94.5 % of 200
        (9, 1, 0, "score"), (8, 2, 0, "adjusted_wald"), (0, 0, 0, "none"),  # all but one, all but two, nobody
    ],
)  # fmt: skip
def test_the_score_interval_is_the_default_for_few_or_like_minded_answers(p, a, d, method):
    """Below ten answers, with 95 % in one class, or all but one; else the adjusted Wald interval."""
    found = scores.interval(p, a, d)
    assert method == found["method"].item()
    own = {"score": score_interval, "adjusted_wald": scores.adjusted_wald, "none": scores.wald}[method](p, a, d)
    pd.testing.assert_frame_equal(found[["low", "high"]], own[["low", "high"]])
    pd.testing.assert_frame_equal(found[["centre", "se"]], scores.adjusted_wald(p, a, d)[["centre", "se"]])


@pytest.mark.parametrize(
    ("worth", "method"),
    [(9.9, "score"), (10, "adjusted_wald"), (10 - 1e-12, "adjusted_wald"), (5, "score"), (36, "adjusted_wald")],
)
def test_answers_worth_fewer_than_ten_have_the_score_interval(worth, method):
    """Of 20 answers what they are worth decides; of 8 answers worth 36, because 8 of 10 people answered, it is 8."""
    found = scores.interval(10, 6, 4, n_effective=worth)
    own = {"score": score_interval, "adjusted_wald": scores.adjusted_wald}[method](10, 6, 4, n_effective=worth)
    assert method == found["method"].item()
    pd.testing.assert_frame_equal(found[["low", "high"]], own[["low", "high"]])
    assert "score" == scores.interval(4, 2, 2, n_effective=effective_answers(8, 10))["method"].item()


def test_answers_worth_five_are_covered_by_the_score_interval():
    """20 answers of five clusters that each agree, .90/.08/.02: enumerated .919 by adjusted Wald, .965 as printed."""
    outcomes = np.array([(i, j, 5 - i - j) for i in range(6) for j in range(6 - i)])
    chances, counts = stats.multinomial.pmf(outcomes, 5, [0.90, 0.08, 0.02]), 4 * outcomes
    found = {
        method: chances[(table.low <= 88) & (88 <= table.high)].sum().round(3)
        for method in (scores.adjusted_wald, scores.interval)
        for table in [method(*counts.T, n_effective=5)]
    }
    assert {scores.adjusted_wald: 0.919, scores.interval: 0.965} == found


def test_the_threshold_does_not_hang_on_rounding():
    """Weighted shares of ten answers add up to 9.999999999999998 answers, and are ten; 95 % of 20 are 19."""
    assert "adjusted_wald" == scores.interval(4.1 - 1e-15, 3.3, 2.6 - 8e-16)["method"].item()
    assert ["score"] * 9 == [
        scores.interval(0.95 * n * (1 - 1e-15), 0.05 * n, 0)["method"].item() for n in range(20, 200, 20)
    ]  # fmt: skip


def test_near_unanimity_is_a_threshold_with_a_name():
    """The rule uses the constants of thresholds, which the method page shows."""
    assert (0.95, 10) == (thresholds.NEAR_UNANIMOUS, thresholds.SCORE_INTERVAL_BELOW)
    assert [True, False, False] == scores.near_unanimous([95, 94, 0], [5, 6, 0], 0).tolist()


def _coverage(p, a, d, n, method):
    outcomes = np.array([(i, j, n - i - j) for i in range(n + 1) for j in range(n + 1 - i)])
    found, truth = method(*outcomes.T), 100 * (p - d)
    holds = (found.low <= truth + 1e-9) & (truth - 1e-9 <= found.high)
    return stats.multinomial.pmf(outcomes, n, [p, a, d])[holds].sum()


@pytest.mark.parametrize("n", [10, 20, 50])
@pytest.mark.parametrize("shares", [(0.31, 0.50, 0.19), (0.90, 0.08, 0.02), (0.188, 0.485, 0.327)])
def test_the_interval_covers_the_truth_as_often_as_it_says(shares, n):
    """Over every possible sample the printed interval covers between 92.5 and 97 in 100 times."""
    assert 0.925 <= _coverage(*shares, n, scores.interval) <= 0.97


@pytest.mark.parametrize("method", [scores.net_promoter_score, scores.interval, scores.adjusted_wald, scores.wald])
def test_bad_counts_are_refused_all_at_once(method):
    """Negative counts, text and missing counts are one error with a sentence each."""
    with pytest.raises(DataError) as error:
        method([4, -5], ["x", 3], [1, np.nan])
    assert (
        "promoters, row 1: -5 is not allowed. A count of answers is a number of 0 or more; correct it.",
        "passives, row 0: 'x' is no number. A count of answers is a number of 0 or more; correct it.",
        "detractors, row 1: a number is missing. A count of answers is a number of 0 or more; correct it.",
    ) == error.value.messages


def test_nothing_given_is_changed():
    """The columns that come in stay as they were, and their names come back."""
    table = pd.DataFrame({"p": [4, 5], "a": [3, 0], "d": [1, 0]}, index=["north", "south"])
    kept = table.copy()
    assert ["north", "south"] == list(scores.interval(table.p, table.a, table.d).index)
    pd.testing.assert_frame_equal(kept, table)
