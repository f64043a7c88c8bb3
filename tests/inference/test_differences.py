"""Differences of other people's answers: two estimates, two waves, a group against the rest."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import multinomial

from helpers.errors import DataError
from helpers.inference.differences import against_rest, between, difference
from helpers.inference.estimates import welch
from helpers.inference.groups import by_group
from helpers.inference.means import mean_score
from helpers.inference.scores import adjusted_wald, net_promoter_score
from helpers.inference.shares import top_box_share
from helpers.inference.tallies import tally

BEFORE, AFTER = adjusted_wald(21, 30, 24), adjusted_wald(33, 32, 15)
DUTCH, EVEN, HAPPY = (0.188, 0.485, 0.327), (0.31, 0.50, 0.19), (0.90, 0.08, 0.02)
counts = st.tuples(*[st.integers(0, 40)] * 3)
some = counts.filter(any)


def _wave(promoters, passives, detractors, **further):
    return by_group(pd.DataFrame({"answer": [9.0] * promoters + [7.0] * passives + [5.0] * detractors}), **further)


def _tallied(*groups, **kind):
    answers = [answer for p, a, d in groups for answer in [9.0] * p + [7.0] * a + [5.0] * d]
    teams = np.repeat([f"t{place:02}" for place in range(len(groups))], [sum(group) for group in groups])
    named = pd.Categorical(teams, categories=[f"t{place:02}" for place in range(len(groups))])
    return tally(pd.DataFrame({"answer": pd.Series(answers, dtype=float), "team": named}), by=["team"], **kind)


def _outcomes(n):
    return np.array([(p, n - p - d, d) for p in range(n + 1) for d in range(n + 1 - p)])


# difference ----------------------------------------------------------------------------------------------------------


def test_the_difference_equals_the_reference():
    """Case difference-01 (R 4.2.2, NPS::npvar on augmented counts): 26.5, 2.1421 to 48.9237, p = .0324."""
    change = difference(BEFORE, AFTER).loc[0]
    assert change["difference"] == pytest.approx(26.5)
    assert change[["centre", "se"]].tolist() == pytest.approx([25.53290083, 11.9343019])
    assert change[["low", "high", "p"]].tolist() == pytest.approx([2.142098935, 48.92370273, 0.03239884366])


def test_two_means_use_welch():
    """1, 2, 3 against 4, 6, 8: df (1/3 + 4/3)² / (1/18 + 16/18) = 2.9412; R: t.test(c(4, 6, 8), c(1, 2, 3))."""
    change = difference(mean_score(3, 2.0, 1.0), mean_score(3, 6.0, 4.0)).loc[0]
    assert change[["difference", "df"]].tolist() == pytest.approx([4, 2.941176], abs=1e-6)
    assert change[["low", "high", "p"]].tolist() == pytest.approx([-0.15539950318, 8.15539950318, 0.05478676604])


def test_a_mean_without_spread_leaves_the_freedom_of_the_other():
    """Against 8, 8, 8 the degrees of freedom are those of 4, 6, 8: two."""
    change = difference(mean_score(3, 8.0, 0.0), mean_score(3, 6.0, 4.0)).loc[0]
    assert change[["difference", "df"]].tolist() == [-2, 2]


def test_where_nothing_varies_there_is_no_test():
    """8, 8, 8 against 7, 7: a difference of −1, and nothing to say about chance."""
    change = difference(mean_score(3, 8.0, 0.0), mean_score(2, 7.0, 0.0)).loc[0]
    assert change[["difference", "low", "high"]].tolist() == [-1, -1, -1]
    assert np.isnan(change["p"])


def test_a_trace_of_rounding_is_no_spread():
    """A standard error of 10⁻¹⁶ beside scores of 8 is not divided by."""
    assert np.isnan(difference(mean_score(3, 8.0, 1e-31), mean_score(3, 8.0 + 2e-15, 1e-31)).loc[0, "p"])


def test_everybody_asked_twice_is_a_fact():
    """With n = N in both waves the interval is the difference, and nothing is tested."""
    change = difference(adjusted_wald(4, 2, 2, n_effective=np.inf), adjusted_wald(6, 2, 0, n_effective=np.inf)).loc[0]
    assert change[["difference", "low", "high", "se"]].tolist() == [50, 50, 50, 0]
    assert np.isnan(change["p"])


def test_one_mean_of_one_answer_has_a_difference_without_an_interval():
    """7 against the mean of 1, 2, 3: 5 higher, and nobody can say how far that is off."""
    change = difference(mean_score(3, 2.0, 1.0), mean_score(1, 7.0, np.nan)).loc[0]
    assert change["difference"] == 5
    assert change[["low", "high", "df", "p"]].isna().all()


def test_no_answers_give_no_difference():
    """A side without answers leaves everything open, and the rows around it as they are."""
    change = difference(adjusted_wald([0, 21], [0, 30], [0, 24]), adjusted_wald([4, 33], [4, 32], [4, 15]))
    assert change.loc[0, ["difference", "centre", "se", "low", "high", "p"]].isna().all()
    assert change.loc[1, "difference"] == pytest.approx(26.5)


def test_shares_are_compared_in_percent():
    """40 of 100 against 50 of 100: ten percent more."""
    change = difference(top_box_share(100, 0.4), top_box_share(100, 0.5)).loc[0]
    assert change["difference"] == pytest.approx(10)
    assert change["low"] < 0 < change["high"]


@given(some, some)
def test_differences_are_antisymmetric(one, other):
    """Turning the two round turns the sign and the limits, and leaves the p-value."""
    there = difference(adjusted_wald(*one), adjusted_wald(*other)).loc[0]
    back = difference(adjusted_wald(*other), adjusted_wald(*one)).loc[0]
    names = ["difference", "centre", "low", "high", "p"]
    turned = [-back["difference"], -back["centre"], -back["high"], -back["low"], back["p"]]
    assert there[names].tolist() == pytest.approx(turned, abs=1e-9)


@given(some, some)
def test_swapping_promoters_and_detractors_flips_the_sign(one, other):
    """A difference is mirrored when promoters and detractors change places in both."""
    plain = difference(adjusted_wald(*one), adjusted_wald(*other)).loc[0]
    swapped = difference(adjusted_wald(*one[::-1]), adjusted_wald(*other[::-1])).loc[0]
    assert plain[["difference", "low"]].tolist() == pytest.approx([-swapped["difference"], -swapped["high"]], abs=1e-9)


@given(some, some, st.floats(0.5, 0.94))
def test_more_confidence_gives_a_wider_interval(one, other, confidence):
    """Changing the confidence changes the interval, and neither the difference nor p."""
    wide, narrow = (difference(adjusted_wald(*one), adjusted_wald(*other), confidence=c) for c in (0.95, confidence))
    assert wide.loc[0, "high"] - wide.loc[0, "low"] > narrow.loc[0, "high"] - narrow.loc[0, "low"]
    assert wide[["difference", "p"]].equals(narrow[["difference", "p"]])


@given(some, some)
def test_p_and_the_interval_say_the_same(one, other):
    """By the normal test p is below 0.05 exactly where the 95 % interval does not hold 0."""
    change = difference(adjusted_wald(*one), adjusted_wald(*other)).loc[0]
    assert (change["p"] < 0.05) == (change["low"] > 0 or change["high"] < 0)


@pytest.mark.parametrize(
    ("shares", "sizes", "expected"),
    # full enumeration; statistics.md, section 2, has .034 and .019
    [(EVEN, (10, 10), 0.0343), (DUTCH, (10, 10), 0.0349), (HAPPY, (15, 60), 0.0191)],
)
def test_equal_groups_are_rarely_called_different(shares, sizes, expected):
    """Over all pairs of outcomes the adjusted Wald test at 5 % errs in less than 5 of 100."""
    (one, chance), (other, likewise) = ((_outcomes(n), multinomial.pmf(_outcomes(n), n, shares)) for n in sizes)
    before, after = (adjusted_wald(*outcomes.T) for outcomes in (one, other))
    pairs = np.indices((len(one), len(other))).reshape(2, -1)
    before, after = (wave.iloc[pair].reset_index(drop=True) for wave, pair in zip((before, after), pairs, strict=True))
    p = difference(before, after)["p"].to_numpy()
    assert (chance[pairs[0]] * likewise[pairs[1]])[p < 0.05].sum() == pytest.approx(expected, abs=5e-5)


def test_tables_that_cannot_be_compared_are_refused():
    """Unequal lengths, rows of other names, a missing column, a text and a negative standard error are named."""
    with pytest.raises(DataError) as lengths:
        difference(BEFORE, adjusted_wald([1, 2], 1, 1))
    assert str(lengths.value) == "before has 1 rows and after 2. Give one row per comparison in each."
    for compared in (
        lambda: difference(BEFORE, AFTER.set_axis(["north"])),
        lambda: between(_wave(21, 30, 24), _wave(33, 32, 15).set_axis(["north"])),
    ):
        with pytest.raises(DataError) as rows:
            compared()
        assert str(rows.value) == (
            "after: its rows are not those of before. Give one row per comparison, with the same index."
        )
    with pytest.raises(DataError) as column:
        difference(BEFORE.drop(columns="se"), AFTER)
    assert str(column.value) == (
        "before: no column 'se' among 'score', 'centre', 'low', 'high', 'df'. "
        "It needs 'score', 'centre', 'se', 'df'; add what is missing."
    )
    with pytest.raises(DataError) as negative:
        difference(BEFORE, AFTER.assign(se=-1.0))
    assert str(negative.value) == "after.se, row 0: -1 is not allowed. A standard error is 0 or more; correct it."
    with pytest.raises(DataError, match=r"after\.score, row 0: 'high'"):
        difference(BEFORE, AFTER.assign(score="high"))


# between -------------------------------------------------------------------------------------------------------------


def test_ten_answers_each_are_tested_by_the_adjusted_wald_test():
    """From ten answers in each group on, between is the difference of the two."""
    found = between(_wave(6, 2, 2), _wave(2, 3, 5)).loc[0]
    plain = difference(adjusted_wald(6, 2, 2), adjusted_wald(2, 3, 5)).loc[0]
    assert found["test"] == "approximate"
    assert found[plain.index].tolist() == pytest.approx(plain.tolist())


def test_fewer_than_ten_answers_are_tested_exactly():
    """Case difference-02 (R, exactRankTests::perm.test): 6/2/2 against 2/3/4 has p = .1878."""
    found = between(_wave(6, 2, 2), _wave(2, 3, 4)).loc[0]
    assert found["test"] == "exact"
    assert found["p"] == pytest.approx(0.1878369309)
    assert not found["demonstrable"]


def test_a_change_is_demonstrable_when_both_test_and_interval_say_so():
    """Five promoters against five detractors: p = 2/252 and an interval away from 0, of any confidence below that."""
    found = between(_wave(0, 0, 5), _wave(5, 0, 0)).loc[0]
    assert found["p"] == pytest.approx(2 / 252)
    assert found["demonstrable"]
    assert not between(_wave(0, 0, 5), _wave(5, 0, 0), confidence=0.995).loc[0, "demonstrable"]


def test_an_interval_away_from_zero_is_not_enough():
    """Three promoters against three detractors: the interval is above 0, and p = 2/20."""
    found = between(_wave(0, 0, 3), _wave(3, 0, 0)).loc[0]
    assert found["low"] > 0
    assert found["p"] == pytest.approx(0.1)
    assert not found["demonstrable"]


def test_both_sides_unanimous_are_no_change():
    """All promoters twice: no difference, p = 1 with few and with many."""
    found = between(pd.concat([_wave(4, 0, 0), _wave(40, 0, 0)]), pd.concat([_wave(9, 0, 0), _wave(40, 0, 0)]))
    assert found["difference"].tolist() == [0, 0]
    assert found["p"].tolist() == [1, 1]
    assert found["test"].tolist() == ["exact", "approximate"]


def test_one_answer_each_shows_nothing():
    """A promoter and a detractor: 200 points apart, and p = 1."""
    found = between(_wave(0, 0, 1), _wave(1, 0, 0)).loc[0]
    assert found[["difference", "p"]].tolist() == [200, 1]
    assert not found["demonstrable"]


def test_a_wave_without_answers_has_no_change():
    """No answers are no zero: everything is open, and nothing demonstrable."""
    found = between(_wave(0, 0, 0), _wave(5, 5, 5)).loc[0]
    assert found[["difference", "low", "high", "p"]].isna().all()
    assert found[["test", "demonstrable"]].tolist() == ["approximate", False]


def test_a_change_is_asked_of_people_and_not_of_this_workforce():
    """That all of ten people answered changes nothing about the test."""
    everybody = pd.Series([12.0])
    found = between(_wave(6, 3, 3, population=everybody), _wave(3, 3, 6, population=everybody))
    pd.testing.assert_frame_equal(found, between(_wave(6, 3, 3), _wave(3, 3, 6)))


def test_unequal_weights_are_never_permuted():
    """Answers that weigh unequally are not exchangeable; equal weights of any size are."""
    answers = pd.DataFrame({"answer": [9, 9, 7, 5], "weight": [1.0, 1, 1, 3]})
    weighted, even = (by_group(table, weighted=True) for table in (answers, answers.assign(weight=0.7)))
    assert between(weighted, _wave(6, 6, 6)).loc[0, "test"] == "approximate"
    assert between(even, _wave(6, 6, 6)).loc[0, "test"] == "exact"


def test_means_and_shares_are_never_permuted():
    """Only a score of three bands is tested exactly."""
    table = pd.DataFrame({"answer": [4.0, 5, 3, 5]})
    mean, share = by_group(table, rule="mean"), by_group(table, rule="top_box", best=[4, 5])
    assert between(mean, mean).loc[0, ["test", "difference", "p"]].tolist() == ["approximate", 0, 1]
    assert between(share, share).loc[0, ["test", "difference", "p"]].tolist() == ["approximate", 0, 1]


@pytest.mark.parametrize("shares", [EVEN, DUTCH, HAPPY])
def test_five_against_five_err_no_more_than_they_say(shares):
    """Over all pairs of outcomes of five answers, equal groups are called different in at most 5 of 100."""
    outcomes = _outcomes(5)
    chances = multinomial.pmf(outcomes, 5, shares)
    table = pd.concat([_wave(*outcome) for outcome in outcomes], ignore_index=True)
    one, other = np.indices((len(outcomes), len(outcomes))).reshape(2, -1)
    found = between(table.iloc[one].reset_index(drop=True), table.iloc[other].reset_index(drop=True))
    chance = chances[one] * chances[other]
    assert set(found["test"]) == {"exact"}
    assert chance[(found["p"] <= 0.05).to_numpy()].sum() <= 0.05
    assert chance[found["demonstrable"].to_numpy()].sum() <= 0.05


def test_between_does_not_change_its_input():
    """Both tables stay as they were, and the rows are named like theirs."""
    before, after = _wave(3, 1, 1).set_axis(["Noord"]), _wave(1, 1, 3).set_axis(["Noord"])
    kept = before.copy(), after.copy()
    assert between(before, after).index.tolist() == ["Noord"]
    pd.testing.assert_frame_equal(before, kept[0])
    pd.testing.assert_frame_equal(after, kept[1])


# against_rest --------------------------------------------------------------------------------------------------------


def test_a_group_is_set_against_all_others_together():
    """6/2/2 (+40) against 2/3/5 and 3/4/3 together: 5/7/8 (−15), so 55 points apart."""
    found = against_rest(_tallied((6, 2, 2), (2, 3, 5), (3, 4, 3)))
    plain = difference(adjusted_wald(5, 7, 8), adjusted_wald(6, 2, 2)).loc[0]
    assert found.loc[0, plain.index].tolist() == pytest.approx(plain.tolist())
    assert found["family"].tolist() == [3, 3, 3]


def test_the_p_values_of_a_table_are_adjusted_together():
    """Three p-values, the smallest by three, the middle by two, the largest by one; ``method`` changes that."""
    tallies = _tallied((24, 8, 8), (12, 10, 18), (20, 8, 12))
    found, lists = against_rest(tallies), against_rest(tallies, method="benjamini_hochberg")
    p = found["p"].tolist()
    assert found["p_adjusted"].tolist() == pytest.approx([2 * p[0], 3 * p[1], p[2]])
    assert lists["p_adjusted"].tolist() == pytest.approx([1.5 * p[0], 3 * p[1], p[2]])
    assert found["demonstrable"].tolist() == (found["p_adjusted"] < 0.05).tolist()


def test_two_groups_are_one_test():
    """Of two groups each is the rest of the other: mirrored, and not adjusted."""
    found = against_rest(_tallied((12, 4, 4), (4, 4, 12), (0, 0, 0)))
    assert found["difference"].tolist()[:2] == [80, -80]
    assert found["family"].tolist() == [1, 1, 1]
    assert found["p_adjusted"].tolist()[:2] == found["p"].tolist()[:2]
    assert np.isnan(found.loc[2, "p_adjusted"])


def test_a_tiny_group_is_tested_exactly():
    """3/0/0 against 5/4/6 in two groups: p = .0931 (R, exactRankTests::perm.test)."""
    found = against_rest(_tallied((3, 0, 0), (2, 4, 4), (3, 0, 2)))
    assert found["test"].tolist() == ["exact", "exact", "exact"]
    assert found.loc[0, "p"] == pytest.approx(0.0931372549019608)


def test_what_is_not_shown_is_among_the_others_and_not_in_the_family():
    """A hidden group leaves the differences of the others as they are, and their family smaller."""
    tallies = _tallied((24, 8, 8), (12, 10, 18), (20, 8, 12), (1, 1, 1))
    whole, shown = against_rest(tallies), against_rest(tallies, tested=[True, True, True, False])
    assert shown["family"].tolist() == [3, 3, 3, 3]
    assert np.isnan(shown.loc[3, "p_adjusted"])
    assert not shown.loc[3, "demonstrable"]
    assert shown["p"].tolist() == whole["p"].tolist()
    assert shown.loc[0, "p_adjusted"] <= whole.loc[0, "p_adjusted"]


def test_one_group_alone_has_no_rest():
    """There is nobody to compare with: no difference, and no test in the family; no groups give no rows."""
    found = against_rest(_tallied((6, 2, 2)))
    assert found.loc[0, ["difference", "p", "p_adjusted"]].isna().all()
    assert found.loc[0, ["family", "demonstrable"]].tolist() == [0, False]
    assert against_rest(_tallied((6, 2, 2))[:0]).empty


def test_groups_keep_the_names_of_their_rows():
    """The others of a group are set against it whatever the rows are called."""
    tallies = _tallied((6, 3, 3), (3, 3, 6), (4, 4, 4))
    found = against_rest(tallies.set_axis(["a", "b", "c"]))
    pd.testing.assert_frame_equal(found, against_rest(tallies).set_axis(["a", "b", "c"]))


def test_weights_count_on_both_sides():
    """9 (1), 5 (3) | 9 (2), 9 (2) | 5 (4), 9 (2): −50 against 6 of 10 weight promoters and 4 detractors, +20."""
    answers = pd.DataFrame(
        {"answer": [9, 5, 9, 9, 5, 9], "weight": [1.0, 3, 2, 2, 4, 2], "team": list("aabbcc")}
    )  # fmt: skip
    found = against_rest(tally(answers, by=["team"], weighted=True), weighted=True)
    assert found.loc[0, "difference"] == pytest.approx(-70)
    # the others are worth 10 (6 · 0.8² + 4 · 1.2²) / (12 · 0.8² + 16 · 1.2²) answers, the group 4² / 10
    worth = adjusted_wald(6, 0, 4, n_effective=3.125), adjusted_wald(1, 0, 3, n_effective=1.6)
    assert found.loc[0, ["centre", "se"]].tolist() == pytest.approx(
        difference(*worth).loc[0, ["centre", "se"]].tolist()
    )


def test_means_are_pooled_with_their_spread():
    """6, 8 against 1, 3, 5, 7 in two teams: 7 − 4 with variances 2 and 20/3; R: t.test(c(6, 8), c(1, 3, 5, 7))."""
    answers = pd.DataFrame({"answer": [6.0, 8, 1, 3, 5, 7], "team": list("aabbcc")})
    found = against_rest(tally(answers, by=["team"], rule="mean"), rule="mean").loc[0]
    expected = difference(mean_score(4, 4.0, 20 / 3), mean_score(2, 7.0, 2.0)).loc[0]
    assert found[expected.index].tolist() == pytest.approx(expected.tolist())
    assert found["df"] == pytest.approx((1 + 20 / 12) ** 2 / (1 + (20 / 12) ** 2 / 3))


def test_many_groups_are_added_up_in_parts(monkeypatch):
    """How many pairs are added up at once changes nothing."""
    tallies = _tallied(*[(place, 3, 7 - place) for place in range(8)])
    whole = against_rest(tallies)
    monkeypatch.setattr("helpers.inference.thresholds.RESTS_AT_ONCE", 10)
    pd.testing.assert_frame_equal(against_rest(tallies), whole)


@settings(max_examples=20)
@given(st.lists(some, min_size=2, max_size=5))
def test_the_difference_with_the_total_is_a_part_of_that_with_the_rest(groups):
    """(group − total) = (1 − n_group / n) (group − rest), whatever the groups."""
    found = against_rest(_tallied(*groups))
    total = net_promoter_score(*np.sum(groups, axis=0)).loc[0]
    own = net_promoter_score(*np.array(groups).T)
    apart = (1 - own["n"] / total["n"]) * found["difference"]
    assert (own["score"] - total["score"]).tolist() == pytest.approx(apart.tolist(), abs=1e-9)


@settings(max_examples=20)
@given(st.lists(counts, min_size=2, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_the_groups_does_not_matter(groups, random):
    """Shuffled rows have the same differences and the same adjusted p-values."""
    tallies = _tallied(*groups)
    shuffled = tallies.loc[random.sample(range(len(groups)), len(groups))]
    names = ["difference", "p", "p_adjusted", "family"]
    found = against_rest(shuffled).sort_index()[names]
    pd.testing.assert_frame_equal(found, against_rest(tallies)[names], rtol=1e-12)


@pytest.mark.parametrize("dtype", ["boolean", "object", "bool"])
def test_flags_of_any_kind_are_flags(dtype):
    """True and False may come in a nullable column, as a table from a file has them; missing ones are refused."""
    tallies, flags = _tallied((24, 8, 8), (12, 10, 18), (20, 8, 12)), [True, True, False]
    found = against_rest(tallies, tested=pd.Series(flags, dtype=dtype))
    pd.testing.assert_frame_equal(against_rest(tallies, tested=flags), found)
    with pytest.raises(DataError, match=r"^tested: 3 flags were given. Give True or False for each of 3 groups.$"):
        against_rest(tallies, tested=pd.Series([True, None, False], dtype="boolean"))


def test_against_rest_refuses_what_it_cannot_compare():
    """Scores in place of sums, sums that are missing, and flags of another length are named; the input stays."""
    tallies = _tallied((6, 2, 2), (2, 3, 5))
    kept = tallies.copy()
    with pytest.raises(DataError, match=r"^tallies: no column 'w', 'w2', 'wx', 'x'"):
        against_rest(_wave(6, 2, 2))
    with pytest.raises(DataError) as missing:
        against_rest(tallies.assign(w=[10.0, np.nan]))
    assert str(missing.value) == (
        "w, row 1: a number is missing. A sum over answers is a number of 0 or more; correct it."
    )
    with pytest.raises(DataError) as flags:
        against_rest(tallies, tested=[True])
    assert str(flags.value) == "tested: 1 flags were given. Give True or False for each of 2 groups."
    against_rest(tallies)
    pd.testing.assert_frame_equal(tallies, kept)


def test_welch_on_fingers():
    """Variances 1 and 3 with 4 and 6 degrees: 16 / (1/4 + 9/6) = 9.142857; without spread none are lost."""
    one, none = np.array([1.0, 0.0]), np.array([3.0, 0.0])
    assert welch((one, none), (np.array([4.0, 4]), np.array([6.0, 6]))).tolist() == pytest.approx([64 / 7, np.inf])
