"""How many answers are needed, and which change they can show."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import multinomial

from helpers.errors import DataError
from helpers.inference.differences import difference
from helpers.inference.groups import by_group
from helpers.inference.sample_size import answers_for_change, answers_for_margin, demonstrable_change
from helpers.inference.scores import adjusted_wald, wald

NOW, LATER = (0.31, 0.50, 0.19), (0.36, 0.50, 0.14)
margins = st.floats(1, 60)


def _wave(promoters, passives, detractors, **further):
    return by_group(pd.DataFrame({"answer": [9.0] * promoters + [7.0] * passives + [5.0] * detractors}), **further)


# answers_for_margin --------------------------------------------------------------------------------------------------


def test_the_references_hold():
    """±5 points at .31/.50/.19: 747, of 1000 people 428; the worst case ±10: 385 (statistics.md, section 2)."""
    assert answers_for_margin(5, shares=NOW, population=[np.inf, 1000]).tolist() == [747, 428]
    assert answers_for_margin(10).tolist() == [385]


def test_a_margin_on_fingers():
    """With v = .31 + .19 − .12² = .4856; 3.8415 × 4856 / 25 = 746.2, rounded up."""
    assert answers_for_margin(5, shares=NOW).item() == np.ceil(3.841459 * 4856 / 25)


def test_the_printed_interval_needs_three_fewer():
    """744, of 1000 people 427; the worst case ±10: 382. And indeed that interval is ± 5, and with one fewer wider."""
    found = answers_for_margin(5, shares=NOW, population=[np.inf, 1000], interval="adjusted_wald")
    assert found.tolist() == [744, 427]
    assert answers_for_margin(10, interval="adjusted_wald").tolist() == [382]
    half = [1.959964 * adjusted_wald(*(n * share for share in NOW)).loc[0, "se"] for n in (743, 744)]
    assert half[1] <= 5 < half[0]


@given(margins, st.sampled_from([NOW, LATER, (0.5, 0.0, 0.5), (0.9, 0.08, 0.02)]))
def test_so_many_answers_give_the_margin_and_one_fewer_does_not(margin, shares):
    """The plain interval of that many answers is at most as wide as asked."""
    n = answers_for_margin(margin, shares=shares).item()
    half = [1.959963985 * wald(*(count * share for share in shares)).loc[0, "se"] for count in (n, max(n - 1, 1e-9))]
    assert half[0] <= margin * (1 + 1e-9)
    assert half[1] >= margin * (1 - 1e-9)


@given(margins, st.integers(1, 10**7), st.sampled_from([NOW, (0.5, 0.0, 0.5)]))
def test_never_more_answers_than_people(margin, population, shares):
    """A finite population asks for fewer answers than an endless one, and never for more than all."""
    found = answers_for_margin(margin, shares=shares, population=[population, np.inf])
    assert 1 <= found[0] <= min(population, found[1])


@given(margins, st.tuples(*[st.integers(0, 50)] * 3))
def test_half_and_half_is_the_worst_case(margin, counts):
    """No expected shares need more than the default."""
    shares = tuple(np.array(counts) / max(sum(counts), 1))
    if max(shares) in (0, 1):
        return
    assert answers_for_margin(margin, shares=shares).item() <= answers_for_margin(margin).item()


@given(margins, st.floats(0.5, 0.98))
def test_more_confidence_needs_more_answers(margin, confidence):
    """And so does a smaller margin."""
    assert (
        answers_for_margin(margin, confidence=confidence).item() <= answers_for_margin(margin, confidence=0.99).item()
    )
    assert answers_for_margin(margin).item() <= answers_for_margin(margin / 2).item()


def test_means_and_shares_by_their_variance():
    """± 0.5 at s² = 4: 3.8415 × 4 / .25 = 61.5; ± 5 % at half: 3.8415 × 2500 / 25 = 384.1, the textbook's 385."""
    assert answers_for_margin([0.5, 5], variance=[4, 2500]).tolist() == [62, 385]


def test_columns_in_columns_out():
    """The index is that of what came in, which stays as it was."""
    margin = pd.Series([5.0, 10.0], index=["north", "south"])
    found = answers_for_margin(margin, shares=NOW)
    assert found.to_dict() == {"north": 747, "south": 187}
    assert margin.tolist() == [5, 10]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"margin": 0},
         "margin: 0 is not allowed. A margin is a number above 0, in the unit of the score; correct it."),
        ({"margin": 5, "shares": (0.19, 0.49, 0.33)},
         "shares, row 0: together 1.01. Promoters, passives and detractors add up to 1; correct them."),
        ({"margin": 5, "shares": (1, 0, 0)},
         "shares, row 0: a variance of 0. Answers differ in fact; plan with some spread."),
        ({"margin": 5, "shares": (0.5, 0.5)},
         "shares: 2 shares were given. Give those of promoters, passives and detractors."),
        ({"margin": 5, "shares": (31, 50, 19)},
         "shares.promoters: 31 is not allowed. A share lies between 0 and 1; correct it.\n"
         "shares.passives: 50 is not allowed. A share lies between 0 and 1; correct it.\n"
         "shares.detractors: 19 is not allowed. A share lies between 0 and 1; correct it."),
        ({"margin": 5, "variance": 0},
         "variance: 0 is not allowed. A variance to plan with is above 0; correct it."),
        ({"margin": 5, "interval": "t"}, "interval: 't' is no interval. Give 'wald' or 'adjusted_wald'."),
    ],
)  # fmt: skip
def test_no_plan_without_a_margin_and_spread(given, message):
    """What cannot be planned with is named."""
    with pytest.raises(DataError) as refused:
        answers_for_margin(given.pop("margin"), **given)
    assert str(refused.value) == message


# answers_for_change --------------------------------------------------------------------------------------------------


def test_ten_points_need_736_per_wave():
    """v₁ + v₂ = .4856 + .4516; 9372 × 2.8016² / 100 = 735.6 (statistics.md, section 2)."""
    assert answers_for_change(10, before=NOW).item() == 736
    assert answers_for_change(10, before=NOW, after=LATER).item() == 736
    assert answers_for_change([10, -10], before=NOW).tolist() == [736, np.ceil((4856 + 4996) * 2.801585**2 / 100)]


def test_with_so_many_answers_the_change_is_found_in_four_of_five_surveys():
    """200,000 pairs of waves of 736 answers, drawn with a fixed seed: the power is 0.80."""
    draw = np.random.default_rng(20161201)
    before, after = (adjusted_wald(*draw.multinomial(736, shares, 200_000).T) for shares in (NOW, LATER))
    assert difference(before, after)["p"].lt(0.05).mean() == pytest.approx(0.80, abs=0.004)


def test_the_passives_stay_as_far_as_the_score_leaves_room():
    """From .3/.4/.3 to +64: room for .36 passives, so .64/.36/.0 with v = .2304; .6 + .2304 = .8304 of 4096 points."""
    found = answers_for_change(64, before=(0.3, 0.4, 0.3)).item()
    assert found == np.ceil(8304 * 2.801585**2 / 4096)
    assert found == answers_for_change(64, before=(0.3, 0.4, 0.3), after=(0.64, 0.36, 0.0)).item()


def test_a_change_to_the_end_of_the_scale_can_be_planned():
    """From +45 up by 55 points all are promoters; the sum of parts is not held against it."""
    assert answers_for_change(55, before=(0.6, 0.25, 0.15)).item() == np.ceil(5475 * 2.801585**2 / 55**2)


def _power_at_ten(before, after):
    """Return the chance that two waves of ten show a rise, over all pairs of outcomes."""
    outcomes = np.array([(i, j, 10 - i - j) for i in range(11) for j in range(11 - i)])
    table = adjusted_wald(*outcomes.T)
    one, two = np.indices((len(outcomes), len(outcomes))).reshape(2, -1)
    found = difference(*(table.iloc[rows].reset_index(drop=True) for rows in (one, two)))
    shown = (found["p"].lt(0.05) & found["difference"].gt(0)).to_numpy()
    chances = [multinomial.pmf(outcomes, 10, shares) for shares in (before, after)]
    return (chances[0][one] * chances[1][two])[shown].sum()


@pytest.mark.parametrize(
    ("before", "change", "after", "formula"),
    [
        ((0.0, 0.05, 0.95), 190, (0.95, 0.05, 0.0), 1),
        ((0.05, 0.95, 0.0), 90, (0.95, 0.05, 0.0), 1),
        ((0.2, 0.8, 0.0), 75, (0.95, 0.05, 0.0), 3),
        ((0.1, 0.2, 0.7), 120, (0.7, 0.2, 0.1), 5),
        ((0.31, 0.5, 0.19), 88, (1.0, 0.0, 0.0), 5),
        ((0.5, 0.0, 0.5), 100, (1.0, 0.0, 0.0), 8),
    ],
)
def test_at_least_ten_answers_are_asked_for(before, change, after, formula):
    """Below ten the test is exact and has less power (one answer each: none); ten find the change in 80 % or more."""
    variance = [10_000 * (p + d - (p - d) ** 2) for p, _a, d in (before, after)]
    assert formula == np.ceil(sum(variance) * 2.801585**2 / change**2)
    assert 10 == answers_for_change(change, before=before, after=after).item()
    assert _power_at_ten(before, after) >= 0.8


def test_a_change_of_a_mean():
    """Half a point at s² = 4: 8 × 7.8489 / .25 = 251.2 per wave; with t in place of z it would be 252.1."""
    # R 4.2.2: power.t.test(delta = 0.5, sd = 2, power = 0.8)$n
    assert answers_for_change(0.5, variance=4).item() == 252


@given(st.floats(1, 80), st.floats(0.5, 0.95))
def test_more_power_and_a_smaller_change_need_more_answers(change, power):
    """Each parameter works in its own direction."""
    assert answers_for_change(change, power=power).item() <= answers_for_change(change, power=0.99).item()
    assert answers_for_change(change).item() <= answers_for_change(change / 2).item()
    assert answers_for_change(change).item() <= answers_for_change(change, confidence=0.99).item()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"change": 0}, "change, row 0: 0 is not allowed. No number of answers shows that nothing changed."),
        ({"change": 90, "before": NOW},
         "change, row 0: it leads to a score of 102. An NPS lies between −100 and 100; correct it."),
        ({"change": 11, "before": NOW, "after": LATER},
         "change, row 0: it does not lead to the 22 of the shares after it; correct one of them."),
        ({"change": 10, "power": 1},
         "power: 1 is not allowed. A power lies between 0.5 and 1, such as 0.8; correct it."),
    ],
)  # fmt: skip
def test_a_change_that_cannot_be_is_refused(given, message):
    """No change, one beyond the scale, and one that is not that of the shares are named."""
    with pytest.raises(DataError) as refused:
        answers_for_change(given.pop("change"), **given)
    assert str(refused.value) == message


# demonstrable_change -------------------------------------------------------------------------------------------------


def test_the_change_that_a_survey_can_show_on_fingers():
    """31/50/19: se 6.87, √2 × 6.87 = 9.72; (1.96 × 9.72 + .8416 × 9.72 × √(100/103)) × 103/100 = 27.9 points."""
    se = adjusted_wald(31, 50, 19).loc[0, "se"] * np.sqrt(2)
    expected = (1.959964 * se + 0.841621 * se * np.sqrt(100 / 103)) * 1.03
    assert demonstrable_change(_wave(31, 50, 19)).item() == pytest.approx(expected, rel=1e-6)
    assert round(expected, 1) == 27.9


def test_it_is_the_change_that_so_many_answers_were_planned_for():
    """736 answers of .31/.50/.19 and of .36/.50/.14 can show ten points."""
    before, after = _wave(228, 368, 140), _wave(265, 368, 103)
    assert demonstrable_change(before, after).item() == pytest.approx(10, abs=0.1)


@pytest.mark.parametrize(("shares", "power"), [((0.3, 0.5, 0.2), (0.83, 0.90)), ((0.1, 0.2, 0.7), (0.69, 1.0))])
def test_that_change_is_found_about_as_often_as_it_says(shares, power):
    """All outcomes of 50 answers before and after: .83 to .90, and from −60, whose spread grows, .69 upwards."""
    p, a, d = (int(50 * share) for share in shares)
    change = demonstrable_change(_wave(p, a, d)).item() / 100
    found = sorted(_power(50, shares, shares[0] - shares[2] + moved) for moved in (change, -change))
    assert found == pytest.approx(power, abs=0.01)


def _power(n, shares, score):
    passives = min(shares[1], 1 - abs(score))
    moved = (1 - passives + score) / 2, passives, (1 - passives - score) / 2
    outcomes = np.array([(p, n - p - d, d) for p in range(n + 1) for d in range(n + 1 - p)])
    chances = [multinomial.pmf(outcomes, n, chance) for chance in (shares, moved)]
    likely = [chance > 1e-7 for chance in chances]
    one, other = (adjusted_wald(*outcomes[rows].T) for rows in likely)
    apart = other["centre"].to_numpy() - one["centre"].to_numpy()[:, None]
    seen = np.abs(apart) > 1.959964 * np.hypot(other["se"].to_numpy(), one["se"].to_numpy()[:, None])
    return (np.outer(chances[0][likely[0]], chances[1][likely[1]]) * seen).sum()


def test_the_next_wave_may_have_another_size():
    """As many answers as before is the default; more show smaller changes, and fewer only larger ones."""
    wave = _wave(31, 50, 19)
    same, more, fewer = (demonstrable_change(wave, n).item() for n in (100, 400, 25))
    assert same == pytest.approx(demonstrable_change(wave).item())
    assert more < same < fewer


def test_means_use_student():
    """1, 2, 3, 4, 5: se √.5, √2 × √.5 = 1, t(8) at .975 and .80 2.3060 + 0.8889 = 3.195 points of the scale."""
    wave = by_group(pd.DataFrame({"answer": [1.0, 2, 3, 4, 5]}), rule="mean")
    assert demonstrable_change(wave).item() == pytest.approx(3.19488, abs=1e-4)
    # ten next time: variances .5 and .25 with 4 and 9 degrees of freedom, together .75² / (.25/4 + .0625/9) = 8.1;
    # R 4.2.2: qt(.975, 8.1) + qt(.8, 8.1)
    assert demonstrable_change(wave, 10).item() == pytest.approx(np.sqrt(0.75) * 3.189335, rel=1e-6)


def test_shares_in_percent():
    """80 of 100: Wilson's standard error, and z² pseudo-answers that hold a change back."""
    wave = by_group(pd.DataFrame({"answer": [5.0] * 80 + [1.0] * 20}), rule="top_box", best=[5])
    se, kept = wave.loc[0, "sample_se"] * np.sqrt(2), 100 / (100 + 1.959964**2)
    expected = (1.959964 * se + 0.841621 * se * np.sqrt(kept)) / kept
    assert demonstrable_change(wave).item() == pytest.approx(expected, rel=1e-6)


def test_unequal_weights_make_it_larger():
    """The next wave is taken to be weighted in the same way."""
    table = pd.DataFrame({"answer": [9.0, 7, 5, 9, 7, 5] * 10, "weight": [1.0, 1, 1, 3, 3, 3] * 10})
    plain, weighted = by_group(table), by_group(table, weighted=True)
    assert demonstrable_change(weighted).item() > demonstrable_change(plain).item()
    assert demonstrable_change(weighted, 60).item() == pytest.approx(demonstrable_change(weighted).item())


def test_people_are_taken_as_a_sample():
    """That everybody answered does not make a smaller change demonstrable, as in the test itself."""
    everybody = _wave(6, 3, 3, population=pd.Series([12.0]))
    assert demonstrable_change(everybody).item() == demonstrable_change(_wave(6, 3, 3)).item()


def test_a_wave_that_says_nothing_shows_nothing():
    """No answers, no next answers, and the mean of one answer are left open; a unanimous wave is not."""
    waves = pd.concat([_wave(0, 0, 0), _wave(5, 5, 5), _wave(12, 0, 0)], ignore_index=True)
    found = demonstrable_change(waves, [10, 0, 12])
    assert found.isna().tolist() == [True, True, False]
    assert np.isnan(demonstrable_change(by_group(pd.DataFrame({"answer": [7.0]}), rule="mean")).item())


def test_tables_in_columns_out():
    """The index is that of the later table, else of the wave; neither is changed."""
    before, after = _wave(31, 50, 19).set_axis(["then"]), _wave(36, 50, 14).set_axis(["now"])
    kept = before.copy()
    assert demonstrable_change(before).index.tolist() == ["then"]
    assert demonstrable_change(before, after).index.tolist() == ["now"]
    assert demonstrable_change(before, after).name == "demonstrable_change"
    pd.testing.assert_frame_equal(before, kept)


def test_more_power_asks_for_a_larger_change():
    """And so does more confidence."""
    wave = _wave(31, 50, 19)
    changes = [demonstrable_change(wave, **how).item() for how in ({}, {"power": 0.9}, {"confidence": 0.99})]
    assert changes[0] < min(changes[1:])


def test_what_is_no_wave_is_refused():
    """Another table, another method, unequal lengths and negative numbers of answers are named."""
    wave = _wave(31, 50, 19)
    with pytest.raises(DataError, match=r"^before: no column 'n', 'sample_se', 'sample_effective', 'method' among"):
        demonstrable_change(adjusted_wald(31, 50, 19))
    with pytest.raises(DataError) as method:
        demonstrable_change(wave.assign(method="guess"))
    assert str(method.value) == (
        "before.method, row 0: 'guess' is unknown. "
        "It is adjusted_wald, score, wilson, t or none; give a table of by_group."
    )
    with pytest.raises(DataError) as lengths:
        demonstrable_change(wave, pd.concat([wave, wave]))
    assert str(lengths.value) == "before has 1 rows and after 2. Give one row per comparison in each."
    with pytest.raises(DataError) as negative:
        demonstrable_change(wave, -5)
    assert str(negative.value) == "after: -5 is not allowed. A count of answers is a number of 0 or more; correct it."


def test_waves_that_each_agree_wholly_are_no_plan():
    """One answer per wave has p = 1, so 1 would be no number that shows 200 points."""
    with pytest.raises(
        DataError, match=r"^change, row 0: -200 between waves that each agree wholly\. Plan with some spread\.$"
    ):
        answers_for_change(-200, before=(1, 0, 0))


def test_a_mean_of_equal_answers_does_not_tell_what_it_can_show():
    """Its standard error of 0 is no proof that every change can be shown."""
    assert demonstrable_change(by_group(pd.DataFrame({"answer": [9.0] * 9}), rule="mean")).isna().all()


def test_no_more_than_the_people_that_there_are():
    """Also where their number is no whole one."""
    assert answers_for_margin([0.1, 50], population=1.5).tolist() == [1, 1]
