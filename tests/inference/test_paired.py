"""The same people twice: cross table, paired and part-overlapping change, and the bands as a whole."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.contingency_tables import SquareTable, mcnemar

from helpers.errors import DataError
from helpers.inference.paired import BANDS, cross_table, marginal_homogeneity, overlapping_change, paired_change


def _square(*rows):
    return pd.DataFrame(rows, index=BANDS, columns=BANDS)


TABLE = _square([6, 4, 1], [2, 10, 6], [1, 3, 7])
N = None
# ten people answered twice, four only before, five only after
BEFORE = [9, 7, 3, 8, 6, 9, 5, 10, 2, 9, 4, 7, 8, 6, N, N, N, N, N]
AFTER = [9, 9, 7, 8, N, N, 7, 9, 6, 10, 9, N, N, 9, 10, 3, 8, 9, 9]
PEOPLE = pd.DataFrame({"before": BEFORE, "after": AFTER})
answers = st.integers(0, 10)
tables = st.lists(st.integers(0, 30), min_size=9, max_size=9).map(
    lambda cells: _square(*np.reshape(cells, (3, 3)).tolist())
)


def _scored(values):
    return [1 if value >= 9 else 0 if value >= 7 else -1 for value in values if value is not None]


def test_the_cross_table_counts_people_by_where_they_came_from_and_went():
    """0 and 6 are detractors, 7 and 8 passives, 9 and 10 promoters; rows before, columns after, empty cells 0."""
    pairs = pd.DataFrame({"before": [0, 6, 7, 8, 9, 10], "after": [6, 7, 9, 10, 10, 0]})
    found = cross_table(pairs)
    assert [[1, 1, 0], [0, 0, 2], [1, 0, 1]] == found.to_numpy().tolist()
    assert (["detractor", "passive", "promoter"], "before", "after") == (
        list(found.columns), found.index.name, found.columns.name,
    )  # fmt: skip


def test_nobody_makes_an_empty_cross_table():
    """Without people all nine cells are 0."""
    assert cross_table(pd.DataFrame({"before": [], "after": []})).to_numpy().sum() == 0


def test_the_cross_table_refuses_what_is_no_answer():
    """Eleven, a missing answer and text are named together; the frame is not changed."""
    pairs = pd.DataFrame({"before": [11, 7], "after": [None, "9?"]}, index=["ann", "bob"])
    kept = pairs.copy()
    with pytest.raises(DataError) as error:
        cross_table(pairs)
    assert (
        "before, row ann: 11 is not allowed. An answer is a whole number from 0 to 10; correct it.",
        "after, row ann: a number is missing. An answer is a whole number from 0 to 10; correct it.",
        "after, row bob: '9?' is no number. An answer is a whole number from 0 to 10; correct it.",
    ) == error.value.messages
    pd.testing.assert_frame_equal(kept, pairs)
    with pytest.raises(DataError, match=r"^pairs: no column 'after' among 'before'."):
        cross_table(pairs[["before"]])


def test_the_paired_change_equals_r():
    """R 4.2.2, t.test(after, before, paired = TRUE): 12.5, −11.72416119 to 36.72416119, p = .3030341228, df 39."""
    found = paired_change(TABLE).loc[0]
    assert [40.0, 0.0, 12.5, 12.5, 39.0] == found[["n", "before", "after", "difference", "df"]].tolist()
    assert [-11.72416119, 36.72416119, 0.3030341228] == pytest.approx(found[["low", "high", "p"]].tolist(), abs=1e-8)


def test_the_shared_case_holds():
    """Case difference-03."""
    path = Path(__file__).resolve().parents[2].parent / "shared" / "reference" / "stats_examples.json"
    if not path.exists():
        pytest.skip("the shared reference cases are not beside the checkout")
    case = next(case for case in json.loads(path.read_text())["cases"] if case["id"] == "difference-03")
    found = paired_change(
        _square(*case["inputs"]["table_wave1_rows_wave2_cols"]), confidence=case["inputs"]["conf"]
    ).loc[0]  # fmt: skip
    expected = [case["expected"][key] for key in ("n", "nps_wave1", "nps_wave2", "diff", "lo_t", "hi_t", "p_t")]
    names = ["n", "before", "after", "difference", "low", "high", "p"]
    assert expected == pytest.approx(found[names].tolist(), abs=1e-5)


@given(st.lists(st.tuples(answers, answers), min_size=3, max_size=40))
def test_the_paired_change_is_the_t_test_of_the_differences(pairs):
    """Any people: scipy's ttest_rel on −1, 0 and 1 (where it exists)."""
    before, after = (np.array(_scored(side)) for side in zip(*pairs, strict=True))
    found = paired_change(cross_table(pd.DataFrame(pairs, columns=["before", "after"]))).loc[0]
    assert found["difference"] == pytest.approx(100 * (after - before).mean())
    if (after - before).std() == 0:
        assert found[["low", "high", "p"]].isna().all()
        return
    expected = stats.ttest_rel(after, before)
    limits = expected.confidence_interval()
    assert [100 * limits.low, 100 * limits.high, expected.pvalue] == pytest.approx(found[["low", "high", "p"]].tolist())


@given(tables)
def test_the_other_way_round_turns_the_paired_change(table):
    """Transposing the table turns the sign and the limits; the p-value stays."""
    there, back = paired_change(table).loc[0], paired_change(table.T).loc[0]
    turned = [-back["difference"], back["se"], -back["high"], -back["low"], back["p"]]
    names = ["difference", "se", "low", "high", "p"]
    assert turned == pytest.approx(there[names].tolist(), nan_ok=True)


MIRRORED = {"difference": "difference", "low": "high", "high": "low", "before": "before", "after": "after"}


def _turned(found):
    return [-found[name] for name in MIRRORED.values()] + [found["se"], found["df"], found["p"]]


@given(tables)
def test_swapping_promoters_and_detractors_turns_the_paired_change(table):
    """The scale turned round turns scores, change and limits; the standard error, df and p stay."""
    there, mirrored = paired_change(table).loc[0], paired_change(_square(*table.to_numpy()[::-1, ::-1])).loc[0]
    assert _turned(mirrored) == pytest.approx(there[[*MIRRORED, "se", "df", "p"]].tolist(), nan_ok=True)


@given(st.lists(st.tuples(st.sampled_from([3, 8, 9, N]), st.sampled_from([3, 8, 9, N])), min_size=1, max_size=20))
def test_swapping_promoters_and_detractors_turns_the_overlapping_change(pairs):
    """With 3 for 9 and 9 for 3 scores, change and limits turn; the standard error, df and p stay."""
    people = pd.DataFrame(pairs, columns=["before", "after"], dtype="float64")
    there, mirrored = (overlapping_change(each).loc[0] for each in (people, people.replace({3: 9, 9: 3})))
    expected = there[[*MIRRORED, "se", "df", "p"]].tolist()
    assert _turned(mirrored) == pytest.approx(expected, nan_ok=True, abs=1e-6, rel=1e-6)


def test_confidence_changes_the_intervals():
    """80 % is narrower than 95 %, and the p-value does not change."""
    for method, given_ in ((paired_change, TABLE), (overlapping_change, PEOPLE)):
        wide, narrow = method(given_).loc[0], method(given_, confidence=0.8).loc[0]
        assert wide["low"] < narrow["low"] < narrow["high"] < wide["high"]
        assert wide["p"] == narrow["p"]


def test_where_nothing_varies_there_is_no_interval():
    """Nobody moved, or all moved equally far: the change is known and its chance is not; nobody: only n."""
    names = ["n", "difference", "se"]
    for table, expected in (
        (_square([3, 0, 0], [0, 4, 0], [0, 0, 2]), [9.0, 0.0, 0.0]),
        (_square([0, 0, 5], [0, 0, 0], [0, 0, 0]), [5.0, 200.0, 0.0]),
    ):
        found = paired_change(table).loc[0]
        assert expected == found[names].tolist()
        assert found[["low", "high", "p"]].isna().all()
    alone = paired_change(_square([0, 1, 0], [0, 0, 0], [0, 0, 0])).loc[0]
    assert (1.0, 100.0, True) == (alone["n"], alone["difference"], np.isnan(alone["se"]))
    nobody = paired_change(_square(*[[0, 0, 0]] * 3)).loc[0]
    assert (0.0, True) == (nobody["n"], nobody.drop("n").isna().all())


def test_a_table_in_another_order_is_read_by_its_labels():
    """Promoters first gives the same change: rows and columns are matched by name, and the table is not changed."""
    turned = TABLE.iloc[::-1, ::-1]
    kept = turned.copy()
    pd.testing.assert_frame_equal(paired_change(TABLE), paired_change(turned))
    pd.testing.assert_frame_equal(marginal_homogeneity(TABLE), marginal_homogeneity(turned))
    pd.testing.assert_frame_equal(kept, turned)


@pytest.mark.parametrize("method", [paired_change, marginal_homogeneity])
def test_a_table_is_of_three_bands_and_whole_counts(method):
    """Labels by number, and negative, broken or missing counts are refused."""
    with pytest.raises(DataError) as error:
        method(pd.DataFrame(TABLE.to_numpy()))
    assert str(error.value) == (
        "table: its rows are [0, 1, 2]. They must be detractor, passive and promoter, once each; cross_table makes "
        "such a table."
    )
    with pytest.raises(DataError) as error:
        method(_square([6, 4, 1], [2, -1, 6], [1, np.nan, 7.5]))
    means = "A count of answers is a whole number of 0 or more; correct it."
    assert (
        f"table, after passive, row passive: -1 is not allowed. {means}",
        f"table, after passive, row promoter: a number is missing. {means}",
        f"table, after promoter, row promoter: 7.5 is not allowed. {means}",
    ) == error.value.messages


def test_overlapping_people_equal_r():
    """R 4.2.2, Partiallyoverlapping 2.0: Partover.test(after, before, stacked = TRUE, conf.level = .95) on −1, 0, 1."""
    found = overlapping_change(PEOPLE).loc[0]
    assert [14.0, 15.0, 10.0] == found[["n_before", "n_after", "n_both"]].tolist()
    expected = [60.9523809524, 9.00644191725, 112.89831998511, 14.1971338432, 0.0246178411343]
    assert expected == pytest.approx(found[["difference", "low", "high", "df", "p"]].tolist(), rel=1e-10)


def test_overlapping_people_are_near_the_survey_design():
    """Standard error 24.2134 with the person as cluster: R 4.2.2, survey 4.1-1.

    svyglm(y ~ wave, svydesign(~person, weights = ~1)); the two differ by small-sample factors, less than 4 %.
    """
    assert overlapping_change(PEOPLE)["se"].item() == pytest.approx(24.2133751869, rel=0.04)


@given(st.lists(st.tuples(answers, answers), min_size=1, max_size=30))
def test_when_all_answered_twice_it_is_the_paired_change(pairs):
    """Full overlap: difference, standard error, limits, df and p of the paired test."""
    people = pd.DataFrame(pairs, columns=["before", "after"])
    names = ["before", "after", "difference", "low", "high", "p"]
    one, other = overlapping_change(people).loc[0], paired_change(cross_table(people)).loc[0]
    assert one[names].tolist() == pytest.approx(other[names].tolist(), nan_ok=True, abs=1e-6, rel=1e-6)


@given(st.lists(answers, min_size=2, max_size=30), st.lists(answers, min_size=2, max_size=30))
def test_when_nobody_answered_twice_it_is_welchs_test(first, second):
    """No overlap: scipy's ttest_ind with unequal variances on −1, 0 and 1."""
    people = pd.DataFrame({"before": [*first, *[None] * len(second)], "after": [*[None] * len(first), *second]})
    found = overlapping_change(people).loc[0]
    before, after = np.array(_scored(first)), np.array(_scored(second))
    if before.std() * after.std() == 0:  # scipy warns of such samples
        assert found[["low", "high", "p"]].isna().all() == (before.std() + after.std() == 0)
        return
    expected = stats.ttest_ind(after, before, equal_var=False)
    limits = expected.confidence_interval()
    names = ["low", "high", "p", "df"]
    assert [100 * limits.low, 100 * limits.high, expected.pvalue, expected.df] == pytest.approx(found[names].tolist())


def test_people_who_agree_with_themselves_make_the_test_sharper():
    """The same margins with answers that go together have a smaller standard error than when taken as independent."""
    apart = pd.concat([PEOPLE.assign(after=None), PEOPLE.assign(before=None)], ignore_index=True)
    assert overlapping_change(PEOPLE)["se"].item() < overlapping_change(apart)["se"].item()


def test_the_order_of_people_does_not_matter_and_they_are_not_changed():
    """Rows are people, not moments; one who answered neither time counts nowhere."""
    kept = PEOPLE.copy()
    with_silent = pd.concat([PEOPLE.iloc[::-1], pd.DataFrame({"before": [np.nan], "after": [np.nan]})])
    pd.testing.assert_frame_equal(overlapping_change(PEOPLE), overlapping_change(with_silent))
    pd.testing.assert_frame_equal(kept, PEOPLE)


@pytest.mark.parametrize(
    ("before", "after", "n", "change"),
    [([], [], [0, 0, 0], np.nan), ([9], [N], [1, 0, 0], np.nan), ([9, N], [N, 3], [1, 1, 0], -200.0),
     ([9, 9, N], [9, N, 9], [2, 2, 1], 0.0), ([3, 3], [9, 9], [2, 2, 2], 200.0)],
)  # fmt: skip
def test_too_few_people_have_no_interval(before, after, n, change):
    """Fewer than two answers in a wave, or no variation: the difference alone, and no warning."""
    found = overlapping_change(pd.DataFrame({"before": before, "after": after}, dtype=float)).loc[0]
    assert n == found[["n_before", "n_after", "n_both"]].tolist()
    assert found["difference"] == pytest.approx(change, nan_ok=True)
    assert found[["low", "high", "p"]].isna().all()


def test_overlapping_answers_are_judged():
    """An answer may be missing; it may not be 11."""
    with pytest.raises(DataError) as error:
        overlapping_change(pd.DataFrame({"before": [None, 11], "after": [3, None]}))
    assert str(error.value) == "before, row 1: 11 is not allowed. An answer is a whole number from 0 to 10; correct it."


@given(tables)
def test_the_bands_as_a_whole_equal_statsmodels(table):
    """Where statsmodels can invert its matrix, both statistics and their p-values are those of SquareTable."""
    counts = table.to_numpy()
    moved = counts + counts.T - 2 * np.diag(np.diag(counts))
    if (moved.sum(axis=0) == 0).any():
        return
    found = marginal_homogeneity(table)
    assert [2.0, 2.0] == found["df"].tolist()
    for method in ("stuart_maxwell", "bhapkar"):
        if np.isfinite(found.loc[method, "statistic"]):
            expected = SquareTable(counts, shift_zeros=False).homogeneity(method)
            assert [expected.statistic, expected.pvalue] == pytest.approx(
                found.loc[method, ["statistic", "p"]].tolist(), rel=1e-7, abs=1e-9
            )


def test_a_band_that_nobody_entered_or_left_costs_its_degree_of_freedom():
    """Detractors 2 → promoters 5 and back 1, passives stay: McNemar's (5 − 1)² / 6 on one degree of freedom."""
    found = marginal_homogeneity(_square([2, 0, 5], [0, 4, 0], [1, 0, 0]))
    expected = mcnemar([[2, 5], [1, 0]], exact=False, correction=False)
    assert [expected.statistic, 1.0, expected.pvalue] == pytest.approx(found.loc["stuart_maxwell"].tolist())
    # W / (1 − W / n) = 2.667 / (1 − 2.667 / 12)
    assert found.loc["bhapkar", "statistic"] == pytest.approx(16 / 6 / (1 - 16 / 72))


def test_perfect_agreement_and_one_way_traffic_do_not_warn():
    """Nobody moved: 0 on 0 degrees of freedom, p = 1. All made the same move: Bhapkar says nothing. Nobody: NaN."""
    still = marginal_homogeneity(_square([3, 0, 0], [0, 0, 0], [0, 0, 2]))
    assert [[0.0, 0.0, 1.0]] * 2 == still.to_numpy().tolist()
    same = marginal_homogeneity(_square([0, 0, 5], [0, 0, 0], [0, 0, 0]))
    np.testing.assert_array_equal([[5.0, 1.0, 0.0253], [np.nan, 1.0, np.nan]], same.round(4))
    # one person is no evidence: W / (1 − W / n) = 1 / 0
    one = marginal_homogeneity(_square([0, 0, 1], [0, 0, 0], [0, 0, 0]))
    assert one.loc["bhapkar", ["statistic", "p"]].isna().all()
    assert marginal_homogeneity(_square(*[[0, 0, 0]] * 3)).isna().all(axis=None)
