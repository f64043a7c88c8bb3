"""The score interval, against R and the test of which it consists."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from helpers.errors import DataError
from helpers.inference.score_intervals import score_interval, score_probability
from helpers.inference.scores import net_promoter_score

counts = st.integers(min_value=0, max_value=300)

REFERENCES = [
    # promoters, passives, detractors, confidence, low, high: 100 × PropCIs::scoreci.mp(d, p, n, confidence), R 4.2.2
    (0, 43, 1, 0.90, -9.566243941, 3.651693328),  # the soft contact lenses of Tango (1998): scoreci.mp(1, 0, 44, .90)
    (1, 13, 7, 0.95, -51.723234994, -2.600296055),  # airway reactivity of 21 children, Bentur and others (2009)
    (40, 100, 20, 0.95, 3.086452186, 21.806428581),  # the example of scoreci.mp
    (11, 9, 5, 0.95, -7.532220947, 50.706966460),  # case interval-03 of the fact base
]


@pytest.mark.parametrize(("p", "a", "d", "confidence", "low", "high"), REFERENCES)
def test_the_limits_equal_those_for_paired_proportions(p, a, d, confidence, low, high):
    """Promoters and detractors are the discordant cells of paired proportions; R searches to six digits."""
    found = score_interval(p, a, d, confidence=confidence)
    assert [low, high] == pytest.approx([found.low.item(), found.high.item()], abs=2e-5)


def _likeliest(p, a, d, delta):
    """The largest likelihood at p − d = δ, by trying every share of detractors."""
    shares = np.linspace(max(0.0, -delta), (1 - delta) / 2, 200_001)[1:-1]
    logs = p * np.log(shares + delta) + a * np.log(1 - 2 * shares - delta) + d * np.log(shares)
    return shares[np.argmax(logs)]


@pytest.mark.parametrize(("p", "a", "d"), [(11, 9, 5), (3, 1, 2), (40, 50, 10), (2, 17, 6)])
def test_the_limits_are_where_the_test_is_on_the_edge(p, a, d):
    """With the likeliest shares found by search instead of formula, the limits are z = 1.96 standard errors away."""
    n, found = p + a + d, score_interval(p, a, d)
    for limit, z in ((found.low.item() / 100, 1.959964), (found.high.item() / 100, -1.959964)):
        q = _likeliest(p, a, d, limit)
        assert (p - d - n * limit) / np.sqrt(n * (2 * q + limit * (1 - limit))) == pytest.approx(z, abs=1e-4)


def test_with_one_class_missing_it_is_wilsons_interval():
    """Without passives the score is 2 p − 1: Wilson's limits of 8 out of 10, 49.0 and 94.3 %, give −2.0 to 88.7."""
    found = score_interval(8, 0, 2)
    wilson = stats.binomtest(8, 10).proportion_ci(method="wilson")
    assert [200 * wilson.low - 100, 200 * wilson.high - 100] == pytest.approx([found.low.item(), found.high.item()])


@given(counts, counts, counts)
def test_it_holds_the_score_within_the_scale(p, a, d):
    """−100 ≤ low ≤ score ≤ high ≤ 100, also for one answer and for all promoters."""
    found = score_interval(p, a, d)
    if p + a + d == 0:
        assert found[["score", "low", "high"]].isna().all(axis=None)
        return
    assert -100 <= found.low.item() <= found.score.item() + 1e-9
    assert found.score.item() - 1e-9 <= found.high.item() <= 100
    assert found.high.item() - found.low.item() > 0


@given(counts, counts, counts)
def test_swapping_promoters_and_detractors_mirrors_it(p, a, d):
    """The interval turns round with the score."""
    if p + a + d:
        one, other = score_interval(p, a, d), score_interval(d, a, p)
        assert one.low.item() == pytest.approx(-other.high.item(), abs=1e-10)


@given(counts, counts, counts, st.floats(0.5, 0.94))
def test_more_confidence_gives_a_wider_interval(p, a, d, confidence):
    """Changing the confidence changes the result."""
    if p + a + d:
        narrow, wide = (score_interval(p, a, d, confidence=one) for one in (confidence, 0.95))
        assert (wide.high - wide.low).item() > (narrow.high - narrow.low).item()


def test_one_answer_and_all_promoters_by_hand():
    """All of n promoters: low = (n − z²) / (n + z²). One: (1 − 3.8415) / 4.8415 = −58.7; five: 1.1585 / 8.8415."""
    found = score_interval([1, 5, 0], 0, [0, 0, 1])
    assert [[-58.7, 100.0], [13.1, 100.0], [-100.0, 58.7]] == found[["low", "high"]].round(1).to_numpy().tolist()


def test_one_passive_answer_leaves_both_sides_open():
    """A single passive is symmetric around 0 and misses the ends: nδ = z² (1 − δ), so δ = z² / (n + z²) = .793."""
    found = score_interval(0, 1, 0)
    assert [0.0, -79.3, 79.3] == found[["score", "low", "high"]].round(1).to_numpy()[0].tolist()


def test_the_effective_number_scales_the_counts():
    """4/2/2 worth 36 answers has the limits of 18/9/9; worth endlessly many, the score; worth nothing, the scale."""
    worth = score_interval(4, 2, 2, n_effective=[36, np.inf, 0])
    assert worth.loc[0, ["low", "high"]].tolist() == pytest.approx(
        score_interval(18, 9, 9).loc[0, ["low", "high"]].tolist()
    )
    assert [[25.0, 25.0, 25.0], [25.0, -100.0, 100.0]] == worth.loc[1:, ["score", "low", "high"]].to_numpy().tolist()


def test_fewer_degrees_of_freedom_widen_it():
    """Student's t instead of the normal distribution, from a handful of clusters."""
    normal, clustered = score_interval(31, 50, 19), score_interval(31, 50, 19, df=5)
    assert (clustered.high - clustered.low).item() > (normal.high - normal.low).item()


def test_the_rows_keep_their_names_and_the_input_its_values():
    """The index comes back; the counts are not changed."""
    promoters = pd.Series([5, 6], index=["north", "south"])
    assert ["north", "south"] == list(score_interval(promoters, 1, 2).index)
    assert [5, 6] == promoters.tolist()


@pytest.mark.parametrize("target_at", ["low", "high"])
@given(counts, counts, counts, st.sampled_from([np.inf, 4.0]))
def test_the_probability_is_975_at_the_lower_limit(target_at, p, a, d, df):
    """P(true score ≥ low) = .975 and ≥ high = .025: interval and probability are one test, also with Student's t."""
    if p + a + d == 0:
        return
    limit = score_interval(p, a, d, df=df)[target_at].item()
    if abs(limit) < 99.99:
        found = score_probability(p, a, d, target=limit, df=df).item()
        assert found == pytest.approx({"low": 0.975, "high": 0.025}[target_at], abs=1e-6)


def test_the_probability_at_the_ends_of_the_scale():
    """No score lies below −100; nobody's answers say nothing; everybody's say yes or no."""
    assert [1.0, 1.0] == score_probability([0, 5], 0, [5, 0], target=-100).tolist()
    assert np.isnan(score_probability(0, 0, 0, target=10).item())
    assert [1.0, 1.0, 0.0] == score_probability(4, 2, 2, target=[10, 25, 26], n_effective=np.inf).tolist()


def test_a_target_off_the_scale_is_refused():
    """142 points is no NPS."""
    with pytest.raises(DataError) as error:
        score_probability(1, 1, 1, target=142)
    assert str(error.value) == "target: 142 is not allowed. An NPS lies between −100 and 100; correct it."


@given(counts, counts, counts, st.floats(-99, 98))
def test_the_probability_falls_with_the_target(p, a, d, target):
    """A higher target is never likelier to be met."""
    if p + a + d:
        easy, hard = score_probability(p, a, d, target=[target, target + 1])
        assert hard <= easy + 1e-12


@pytest.mark.parametrize(
    ("shares", "expected"),
    [((0.31, 0.50, 0.19), 0.962), ((0.188, 0.485, 0.327), 0.956), ((0.90, 0.08, 0.02), 0.959)],
)
def test_it_covers_the_truth_as_often_as_it_says(shares, expected):
    """Over all outcomes of ten answers it holds the true score as often as in the table of the fact base."""
    outcomes = np.array([(p, 10 - p - d, d) for p in range(11) for d in range(11 - p)])
    found, truth = score_interval(*outcomes.T), 100 * (shares[0] - shares[2])
    holds = (found.low <= truth + 1e-9) & (truth - 1e-9 <= found.high)
    assert expected == round(stats.multinomial.pmf(outcomes, 10, shares)[holds].sum(), 3)


def test_the_shared_case_holds():
    """Case interval-03, R's PropCIs, to its tolerance."""
    path = Path(__file__).resolve().parents[2].parent / "shared" / "reference" / "stats_examples.json"
    if not path.exists():
        pytest.skip("the shared reference cases are not beside the checkout")
    case = next(case for case in json.loads(path.read_text())["cases"] if case["id"] == "interval-03")
    given_ = case["inputs"]
    found = score_interval(given_["promoters"], given_["passives"], given_["detractors"], confidence=given_["conf"])
    assert [case["expected"][key] for key in ("nps", "lo", "hi")] == pytest.approx(
        found[["score", "low", "high"]].to_numpy()[0].tolist(), abs=1e-6
    )


@given(p=st.integers(0, 40), a=st.integers(0, 40), d=st.integers(0, 40))
def test_of_everybody_it_is_the_score_to_the_last_digit(p, a, d):
    """Also where 100 × (1 / 7) is not 100 / 7; and it always holds the score."""
    found = score_interval(p, a, d, n_effective=[np.inf, 2.0])
    bare = net_promoter_score(p, a, d)["score"].item()
    if p + a + d:
        assert found.loc[0, ["score", "low", "high"]].tolist() == [bare] * 3
        assert found["low"].le(bare).all()
        assert found["high"].ge(bare).all()


def test_everybody_at_the_target_is_at_it():
    """A target that differs by rounding only is reached, one that differs by more is not."""
    assert score_probability(29, 71, 0, target=[29 + 1e-12, 29.01], n_effective=np.inf).tolist() == [1.0, 0.0]
