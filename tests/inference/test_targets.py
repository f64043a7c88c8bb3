"""The probability of being at a target, the verdict's five words, and the change against the plan."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.errors import DataError
from helpers.inference import targets
from helpers.inference.groups import by_group
from helpers.inference.scores import adjusted_wald, interval

COUNTS = st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40)).filter(any)
POINTS = st.integers(-999, 999).map(lambda tenths: tenths / 10)


def wave(promoters: int, passives: int, detractors: int, *, people: float | None = None) -> pd.DataFrame:
    """Return the scores of one wave of answers, of all people of a group or of a sample."""
    answers = pd.DataFrame({"answer": [9.0] * promoters + [7.0] * passives + [5.0] * detractors})
    return by_group(answers, population=None if people is None else pd.Series([people]))


def counted(promoters: int, passives: int, detractors: int) -> pd.DataFrame:
    """Return the same scores from counts, which is faster for a law that is tried a hundred times."""
    counts = pd.DataFrame({"promoters": [promoters], "passives": [passives], "detractors": [detractors]})
    return interval(**{name: counts[name] for name in counts}).join(counts)


def reached(table: pd.DataFrame, target: float, **options: bool) -> float:
    """Return one probability."""
    return targets.probability_reached(table, target=target, **options).item()


class TestProbability:
    """How likely the true score is at or above a target."""

    def test_it_equals_the_reference(self) -> None:
        """Case target-02: 46/38/16 against 25 gives Φ((centre − 25) / se) = 0.7171."""
        assert reached(wave(46, 38, 16), 25) == pytest.approx(0.7171220351, abs=1e-6)

    def test_ten_answers_do_not_prove_a_target(self) -> None:
        """12 against 10 with n = 100 gives .59, with n = 2000 .90: never 'met' by comparison alone."""
        assert [0.59, 0.90] == [round(reached(one, 10), 2) for one in (wave(31, 50, 19), wave(620, 1000, 380))]

    @pytest.mark.parametrize("score", [(46, 38, 16), (20, 0, 0), (0, 0, 7), (5, 2, 1), (1, 0, 0), (95, 4, 1)])
    def test_it_is_0975_where_the_interval_begins(self, score) -> None:
        """One test for interval and probability, whichever interval is printed: half of 5 % lies below its limit."""
        table = wave(*score)
        low = table["score_low"].item()
        if low > -100:
            assert reached(table, low) == pytest.approx(0.975, abs=1e-9)

    def test_near_unanimity_is_judged_by_the_score_interval(self) -> None:
        """20 of 20 promoters against +90: Φ(√(20 · 0.1 / 1.9)) = 0.848; the shrunken centre would say 0.36."""
        table = wave(20, 0, 0)
        assert table["method"].item() == "score"
        # with q = 0.05: (20 − 18) / √(20 · (2 · 0.05 + 0.9 · 0.1)) = 1.026
        assert reached(table, 90) == pytest.approx(0.8476, abs=1e-4)
        assert reached(table.drop(columns="method"), 90) == pytest.approx(0.36, abs=0.01)

    def test_counts_serve_where_no_shares_are_given(self) -> None:
        """The table of :func:`helpers.inference.scores.interval` with its counts gives the same."""
        table = counted(7, 1, 1)
        assert table["method"].item() == "score"
        assert reached(table, 50) == pytest.approx(reached(wave(7, 1, 1), 50), rel=1e-12)

    def test_weights_are_those_of_the_printed_interval(self) -> None:
        """Of nine answers the promoters weigh double: shares, not counts, and fewer effective answers."""
        answers = pd.DataFrame({"answer": [9.0] * 3 + [7.0] * 3 + [5.0] * 3, "weight": [2.0] * 3 + [1.0] * 6})
        table = by_group(answers, weighted=True)
        assert table["method"].item() == "score"
        low = table["score_low"].item()
        assert reached(table, low) == pytest.approx(0.975, abs=1e-9)

    @pytest.mark.parametrize("score", [(11, 9, 5), (20, 0, 0), (29, 71, 0), (7, 28, 0)])
    def test_when_everybody_answered_it_is_0_or_1(self, score) -> None:
        """A census knows for sure, and equal counts as reached, also where 100 · 0.29 is 28.999999999999996."""
        table = wave(*score, people=sum(score))
        bare = 100 * (score[0] - score[2]) / sum(score)
        assert [reached(table, target) for target in (bare - 0.01, bare)] == [1.0, 1.0]
        if bare < 100:
            assert reached(table, bare + 0.01) == 0.0
        assert reached(table, bare, high_is_good=False) == 1.0

    def test_a_known_population_makes_it_surer(self) -> None:
        """80 of 100 people instead of 80 of many: +10 against 5."""
        assert reached(wave(28, 32, 20, people=100), 5) > reached(wave(28, 32, 20), 5) > 0.5

    def test_without_answers_there_is_none(self) -> None:
        """Zero answers have no score; their target is not looked at."""
        table = pd.concat([wave(0, 0, 0), wave(46, 38, 16)], ignore_index=True)
        found = targets.probability_reached(table, target=[math.nan, 25])
        assert found.isna().tolist() == [True, False]

    def test_a_mean_uses_student_s_t(self) -> None:
        """One standard error above the target with 3 degrees of freedom: pt(1, 3) = 0.8045 in R."""
        table = pd.DataFrame({"score": [8.0], "centre": [8.0], "se": [1.0], "df": [3.0]})
        assert reached(table, 7) == pytest.approx(0.8044989, abs=1e-6)

    def test_a_mean_of_one_answer_has_none(self) -> None:
        """It has a score, and no error."""
        table = by_group(pd.DataFrame({"answer": [8.0]}), rule="mean")
        assert targets.probability_reached(table, target=7).isna().all()

    def test_a_target_off_the_scale_is_refused_by_its_row(self) -> None:
        """Of an NPS with either interval and of a share; where there is no score it is not looked at."""
        two = pd.concat([wave(0, 0, 0), wave(20, 5, 5), wave(3, 2, 1)]).set_axis(["none", "many", "few"])
        with pytest.raises(DataError) as refused:
            targets.probability_reached(two, target=142)
        says = "142 is not allowed. An NPS lies between −100 and 100; correct it."
        assert refused.value.messages == (f"target, row many: {says}", f"target, row few: {says}")
        share = by_group(pd.DataFrame({"answer": [5.0] * 20}), rule="top_box", best=[4, 5])
        with pytest.raises(
            DataError, match=r"101 is not allowed\. A target for a share lies between 0 and 100 percent"
        ):
            targets.probability_reached(share, target=101)

    def test_a_share_is_judged_by_wilson_s_test(self) -> None:
        """20 of 20 against 90 %: Φ(0.1 / √(0.09 / 20)) = Φ(1.491) = 0.932, and 0.975 where the interval begins."""
        table = by_group(pd.DataFrame({"answer": [5.0] * 20}), rule="top_box", best=[4, 5])
        assert reached(table, 90) == pytest.approx(0.9320, abs=1e-4)
        assert reached(table, table["score_low"].item()) == pytest.approx(0.975, abs=1e-9)
        assert reached(table, 100) == 0.5  # on the edge of what is possible, as for any score on its target

    def test_where_low_is_good_the_probability_turns_round(self) -> None:
        """An effort score of 2 against a target of 3 is reached for sure."""
        table = pd.DataFrame({"score": [2.0], "centre": [2.0], "se": [0.0], "df": [math.inf]})
        assert reached(table, 3, high_is_good=False) == 1
        assert reached(table, 3) == 0

    def test_each_row_has_its_own_target_and_side(self) -> None:
        """Columns go with their rows, and keep the index."""
        table = pd.concat([wave(46, 38, 16)] * 3).set_axis(["a", "b", "c"])
        before = table.copy(deep=True)
        good = pd.Series([True, True, False], index=table.index)
        found = targets.probability_reached(table, target=pd.Series([25, 30, 25], table.index), high_is_good=good)
        assert found.round(4).to_dict() == {"a": 0.7171, "b": 0.4516, "c": 0.2829}
        pd.testing.assert_frame_equal(table, before)

    @given(counts=COUNTS, target=st.tuples(POINTS, POINTS))
    def test_it_falls_when_the_target_rises(self, counts, target) -> None:
        """Whichever interval is printed."""
        table = counted(*counts)
        low, high = (reached(table, each) for each in sorted(target))
        assert low >= high - 1e-12
        assert 0 <= high <= low + 1e-12 <= 1 + 2e-12

    @given(counts=COUNTS, target=POINTS)
    def test_low_is_good_is_the_mirror(self, counts, target) -> None:
        """Detractors for promoters and the target's sign turned; and at least it plus at most it make one."""
        found = reached(counted(*counts), target, high_is_good=False)
        assert found == pytest.approx(reached(counted(*counts[::-1]), -target), rel=1e-9, abs=1e-12)
        assert found + reached(counted(*counts), target) == pytest.approx(1)

    def test_what_is_wrong_is_said(self) -> None:
        """A missing target, one off the scale, a missing column, a text for a side: whole sentences."""
        for table, options, message in [
            (wave(46, 38, 16), {"target": None}, "target: a number is missing. A number is finite; correct it."),
            (wave(9, 0, 0), {"target": 142},
             "target, row 0: 142 is not allowed. An NPS lies between −100 and 100; correct it."),
            (by_group(pd.DataFrame({"answer": [5.0]}), rule="top_box", best=[5]), {"target": 142},
             "target, row 0: 142 is not allowed. A target for a share lies between 0 and 100 percent; correct it."),
            (wave(46, 38, 16)[["score", "centre", "se"]], {"target": 5},
             "estimates: no column 'df' among 'score', 'centre', 'se'. It needs 'score', 'centre', 'se', 'df'; "
             "add what is missing."),
            (interval(9, 0, 0), {"target": 5},
             "estimates with a score interval: no column 'promoters', 'passives', 'detractors' among 'score', "
             "'centre', 'se', 'low', 'high', 'df', 'method'. It needs 'promoters', 'passives', 'detractors'; add what "
             "is missing."),
            (wave(46, 38, 16), {"target": 5, "high_is_good": 2},
             "high_is_good: 2 is not allowed. It is either true or false; correct it."),
        ]:  # fmt: skip
            with pytest.raises(DataError) as refused:
                targets.probability_reached(table, **options)
            assert str(refused.value) == message


class TestVerdict:
    """Five words before the due date, five from it on."""

    @pytest.mark.parametrize(
        ("probability", "before", "after"),
        [
            (1.0, "ahead", "achieved"), (0.95, "ahead", "achieved"),
            (0.9499, "probably_ahead", "probably_achieved"), (0.80, "probably_ahead", "probably_achieved"),
            (0.7999, "on_course", "undecided"), (0.2001, "on_course", "undecided"),
            (0.20, "probably_behind", "probably_not_achieved"), (0.0501, "probably_behind", "probably_not_achieved"),
            (0.05, "behind", "not_achieved"), (0.0, "behind", "not_achieved"),
        ],
    )  # fmt: skip
    def test_each_step_has_its_word(self, probability, before, after) -> None:
        """≥ .95, ≥ .80, > .20, > .05 and the rest."""
        assert targets.verdict([probability] * 2, due_passed=[False, True]).tolist() == [before, after]

    def test_nothing_to_judge_has_no_word(self) -> None:
        """A missing probability is not the last of the five words."""
        assert targets.verdict(pd.Series([math.nan, 1], index=[7, 8]), due_passed=True).to_dict() == {
            7: "", 8: "achieved",
        }  # fmt: skip

    @given(st.lists(st.floats(0, 1), min_size=2, max_size=8), st.booleans())
    def test_a_higher_probability_never_has_a_worse_word(self, chances, passed) -> None:
        """The words are in order."""
        words = targets.AFTER_DUE if passed else targets.BEFORE_DUE
        found = [words.index(word) for word in targets.verdict(sorted(chances), due_passed=passed)]
        assert found == sorted(found, reverse=True)

    def test_a_percentage_is_refused(self) -> None:
        """95 is not .95."""
        with pytest.raises(DataError) as refused:
            targets.verdict([0.5, 95], due_passed=False)
        assert str(refused.value) == (
            "probability, row 1: 95 is not allowed. A probability lies between 0 and 1; correct it."
        )


class TestChangeAgainstPlan:
    """The change since the zero measurement, with the errors of both."""

    def test_both_errors_count(self) -> None:
        """21/30/24 to 33/32/15: centre 25.5330 and se 11.9345 of the difference; Φ((25.5330 − 10) / 11.9345)."""
        zero, now = wave(21, 30, 24), wave(33, 32, 15)
        found = targets.change_against_plan(zero, now, planned=10)
        one, two = adjusted_wald(21, 30, 24), adjusted_wald(33, 32, 15)
        centre, se = (two["centre"] - one["centre"]).item(), math.hypot(one["se"].item(), two["se"].item())
        assert found["difference"].item() == pytest.approx(26.5)
        expected = (1 + math.erf((centre - 10) / se / math.sqrt(2))) / 2
        assert found["probability"].item() == pytest.approx(expected, rel=1e-12)
        # the path of the first as if it were known would be surer
        assert reached(now, one["score"].item() + 10) > found["probability"].item()

    def test_where_low_is_good_it_is_a_fall(self) -> None:
        """At most the planned change."""
        zero, now = wave(33, 32, 15), wave(21, 30, 24)
        fall = targets.change_against_plan(zero, now, planned=-10, high_is_good=False)
        rise = targets.change_against_plan(now, zero, planned=10)
        assert fall["probability"].item() == pytest.approx(rise["probability"].item(), rel=1e-12)

    def test_a_known_population_does_not_count(self) -> None:
        """A change is asked of people, not of this workforce: a census gives the same as a sample of the same size."""
        census = [wave(*score, people=sum(score)) for score in ((21, 30, 24), (33, 32, 15))]
        sample = [wave(*score) for score in ((21, 30, 24), (33, 32, 15))]
        one, two = (targets.change_against_plan(*waves, planned=10)["probability"].item() for waves in (census, sample))
        assert one == pytest.approx(two, rel=1e-12)

    def test_without_answers_on_one_side_nothing_is_said(self) -> None:
        """Nor is the plan looked at."""
        zero = pd.concat([wave(0, 0, 0), wave(21, 30, 24)], ignore_index=True)
        now = pd.concat([wave(33, 32, 15)] * 2, ignore_index=True)
        found = targets.change_against_plan(zero, now, planned=[math.nan, 10])
        assert found["probability"].isna().tolist() == [True, False]
        assert found["planned"].isna().tolist() == [True, False]

    @settings(max_examples=25)
    @given(zero=COUNTS, now=COUNTS, planned=st.tuples(POINTS, POINTS))
    def test_a_larger_plan_is_less_likely(self, zero, now, planned) -> None:
        """And no plan at all is more likely than not exactly when the adjusted score rose."""
        waves = [pd.concat([wave(*counts)] * 3, ignore_index=True) for counts in (zero, now)]
        found = targets.change_against_plan(*waves, planned=[*sorted(planned), 0])
        low, high, nothing = found["probability"]
        assert high <= low + 1e-12
        assert np.sign(round(nothing - 0.5, 12)) == np.sign(round(found["centre"].iloc[0], 9))

    def test_a_plan_must_be_a_number(self) -> None:
        """Nothing planned is 0."""
        with pytest.raises(DataError, match=r"^planned: a number is missing\. A number is finite; correct it\.$"):
            targets.change_against_plan(wave(21, 30, 24), wave(33, 32, 15), planned=None)
