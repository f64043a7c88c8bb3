"""Weights from known totals, against hand counts and R's survey package."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.errors import DataError
from helpers.inference import thresholds
from helpers.inference.weighting import design_effect, post_stratified, raked, trimmed

weights = st.lists(st.floats(min_value=0.01, max_value=100), min_size=1, max_size=40)


@pytest.fixture
def staff():
    """Return 24 people of two sites: 4 full-time and 8 part-time in the North, 6 and 6 in the South."""
    site = ["North"] * 12 + ["South"] * 12
    return pd.DataFrame({"site": site, "contract": ["full"] * 4 + ["part"] * 8 + ["full"] * 6 + ["part"] * 6})


@pytest.fixture
def margins():
    """Return the totals of 40 people."""
    return {"site": {"North": 25, "South": 15}, "contract": {"full": 26, "part": 14}}


def _refused(call):
    with pytest.raises(DataError) as refused:
        call()
    return list(refused.value.messages)


class TestPostStratified:
    """Each cell weighs as many people as there are."""

    def test_a_cell_weighs_its_people(self):
        """Of 3 answers two come from 30 people and one from 10: 30 / 2 = 15 and 10 / 1."""
        answers = pd.DataFrame({"site": ["North", "South", "North"]}, index=[7, 8, 9])
        found = post_stratified(answers, by=["site"], population=pd.Series({"North": 30, "South": 10}))
        assert {"weight": {7: 15.0, 8: 10.0, 9: 15.0}, "alike": {7: 2, 8: 1, 9: 2}} == found[
            ["weight", "alike"]
        ].to_dict()

    def test_thin_cells_are_marked(self):
        """A cell of four answers is thin, one of five is not."""
        answers = pd.DataFrame({"site": ["North"] * 4 + ["South"] * 5})
        found = post_stratified(answers, by=["site"], population=pd.Series({"North": 30, "South": 10}))
        assert [True] * 4 + [False] * 5 == found["thin"].tolist()
        assert thresholds.COLLAPSE_BELOW == 5

    def test_cells_of_two_columns(self, staff):
        """Sites and contracts together make four cells; the levels of the totals may stand in another order."""
        people = staff.groupby(["contract", "site"]).size() * 3
        found = post_stratified(staff, by=["site", "contract"], population=people)
        assert [3.0] * 24 == found["weight"].tolist()

    def test_weights_from_before_keep_their_proportions(self):
        """Weights 1 and 3 share the 20 people of their cell as 5 and 15."""
        answers = pd.DataFrame({"site": ["North", "North", "South"], "drawn": [1.0, 3.0, 2.0]})
        people = pd.Series({"North": 20, "South": 10})
        assert [5.0, 15.0, 10.0] == post_stratified(
            answers, by=["site"], population=people, weight="drawn"
        ).weight.tolist()

    def test_a_declared_category_without_people_and_answers_is_no_fault(self):
        """A category counts where there are people or answers."""
        answers = pd.DataFrame({"site": pd.Categorical(["North"], categories=["North", "East"])})
        people = pd.Series({"North": 5, "East": 0})
        assert [5.0] == post_stratified(answers, by=["site"], population=people).weight.tolist()

    def test_every_fault_is_named_at_once(self):
        """People without answers, answers without people, missing labels and wrong weights come in one message."""
        answers = pd.DataFrame({"site": ["North", "West", None], "drawn": [1.0, 0.0, 2.0]})
        people = pd.Series({"North": 5, "South": 7})
        assert _refused(lambda: post_stratified(answers, by=["site"], population=people, weight="drawn")) == [
            "drawn, row 1: 0 is not allowed. A weight is a number above 0; correct it.",
            "site: 1 answers without a value (row 2). Fill it in, or leave these answers out.",
            "population, site 'South': a total of 7 and no answers. Nobody speaks for these people; "
            "join them with others.",
            "population, site 'West': answers and no total. Give the people these answers stand for, "
            "or correct the answers.",
        ]

    def test_wrong_totals_are_refused(self):
        """A total is given once, and is 0 or more."""
        answers = pd.DataFrame({"site": ["North"]})
        assert _refused(lambda: post_stratified(answers, by=["site"], population=pd.Series({"North": -5}))) == [
            "population, row North: -5 is not allowed. A total is a number of people, or a share of them, of 0 "
            "or more; correct it.",
        ]
        twice = pd.Series([5, 6], index=["North", "North"])
        assert _refused(lambda: post_stratified(answers, by=["site"], population=twice)) == [
            "population, site 'North': given twice. Give one total.",
        ]
        assert _refused(lambda: post_stratified(answers, by=["site", "site"], population=pd.Series({"North": 5}))) == [
            "population: its rows are labelled by 1 columns. Label them by 'site', 'site'.",
        ]

    def test_one_text_is_no_list_of_columns(self):
        """The letters of a name are no columns."""
        answers = pd.DataFrame({"sex": list("mf")})
        assert _refused(lambda: post_stratified(answers, by="sex", population=pd.Series({"m": 5, "f": 5}))) == [
            "by: 'sex' is one text. Give a list of group columns, such as ['sex']."
        ]

    def test_missing_columns_and_no_answers_are_refused(self):
        """A message names the columns that there are."""
        people = pd.Series({"North": 5})
        assert _refused(lambda: post_stratified(pd.DataFrame({"team": ["A"]}), by=["site"], population=people)) == [
            "answers: no column 'site' among 'team'. It needs 'site'; add what is missing.",
        ]
        assert _refused(lambda: post_stratified(pd.DataFrame({"site": []}), by=["site"], population=people)) == [
            "answers: there are none. Weights need at least one answer.",
        ]


class TestRaked:
    """The totals of several columns are met at once."""

    def test_the_margins_are_met(self, staff, margins):
        """After raking the weights of every category add up to its total."""
        staff["weight"] = raked(staff, margins=margins).weight
        for name, totals in margins.items():
            assert staff.groupby(name).weight.sum().to_dict() == pytest.approx(totals, rel=1e-12)

    def test_r_finds_the_same_weights(self):
        """R: rake(svydesign(~1, weights=~w0), list(~site, ~contract), …, control=list(maxit=1000, epsilon=1e-12))."""
        answers = pd.DataFrame({
            "site": (["North"] * 6 + ["South"] * 6) * 2, "contract": list("fppfpfpfffppppppffffpppp"),
            "w0": [1.0, 2.0, 3.0] * 8,
        })  # fmt: skip
        margins = {"site": {"North": 25, "South": 15}, "contract": {"f": 26, "p": 14}}
        found = raked(answers, margins=margins, weight="w0").weight[:6]
        expected = [
            1.66239709157366,
            1.19657558346620,
            1.79486337519930,
            1.66239709157366,
            1.19657558346620,
            4.98719127472099,
        ]
        assert found.tolist() == pytest.approx(expected, rel=1e-12)

    def test_independent_columns_need_one_round(self):
        """Two by two answers: 6 : 2 and 4 : 4 people give 6 · 4 / 8 = 3 in the first row, 1 in the second."""
        answers = pd.DataFrame({"site": list("NNSS"), "hours": list("fpfp")})
        found = raked(answers, margins={"site": {"N": 6, "S": 2}, "hours": pd.Series({"f": 4, "p": 4})})
        assert [3.0, 3.0, 1.0, 1.0] == found.weight.tolist()
        assert [2, 2, 2, 2] == found.alike.tolist()
        assert found.thin.all()
        assert not found.trimmed.any()

    def test_trimming_keeps_the_margins(self, staff, margins):
        """No weight is above 1.7 times the mean of 40 / 24, and the margins are met all the same."""
        loose, tight = raked(staff, margins=margins), raked(staff, margins=margins, trim_at=1.7)
        assert loose.weight.max() > 1.7 * 40 / 24 >= tight.weight.max() - 1e-9
        assert tight.trimmed.sum() == 4
        for name, totals in margins.items():
            assert tight.weight.groupby(staff[name]).sum().to_dict() == pytest.approx(totals, rel=1e-12)

    def test_a_limit_that_cannot_be_held_is_refused(self, staff, margins):
        """26 people on ten answers are 2.6 each, so that 1.5 times the mean of 1.67 cannot be held."""
        assert _refused(lambda: raked(staff, margins=margins, trim_at=1.5)) == [
            "trim_at: the margins need a weight of 3.7075; no weights up to 2.5 were found that meet them. Trim at "
            "a higher number, or join small categories.",
        ]
        assert _refused(lambda: raked(staff, margins=margins, trim_at=1)) == [
            "trim_at: 1 is not allowed. Weights are trimmed at a number of times their mean above 1, such as "
            "5; correct it.",
        ]

    def test_margins_that_contradict_each_other_are_refused(self, staff):
        """Both columns count the same people, so they add up to the same number; all faults come at once."""
        wrong = {"site": {"North": 25, "East": 15}, "contract": {"full": 26, "part": 24}}
        assert _refused(lambda: raked(staff, margins=wrong)) == [
            "margins.site, site 'East': a total of 15 and no answers. Nobody speaks for these people; "
            "join them with others.",
            "margins.site, site 'South': answers and no total. Give the people these answers stand for, "
            "or correct the answers.",
            "margins: 'contract' adds up to 50 and 'site' to 40. Both count the same people; correct the totals.",
        ]

    @pytest.mark.parametrize(
        ("unread", "says"),
        [(np.nan, "a number is missing"), ("ten", "'ten' is no number")],
    )
    @pytest.mark.parametrize("order", [1, -1])
    def test_a_total_that_cannot_be_read_contradicts_nothing(self, unread, says, order):
        """A missing total or a text is the one fault: what its column adds up to is not known."""
        answers = pd.DataFrame({"age": list("yo"), "sex": list("mf")})
        totals = {"age": {"y": 5, "o": 5}, "sex": {"m": unread, "f": 5}}
        assert _refused(lambda: raked(answers, margins=dict(list(totals.items())[::order]))) == [
            f"margins.sex, row m: {says}. A total is a number of people, or a share of them, of 0 or more; correct it."
        ]

    def test_combinations_without_answers_can_make_totals_impossible(self):
        """Without full-timers in the South, its 30 people can only be part-time, and there are 10 of those."""
        answers = pd.DataFrame({"site": list("NNS"), "hours": list("fpp")})
        totals = {"site": {"N": 10, "S": 30}, "hours": {"f": 30, "p": 10}}
        ask = "Combinations that the totals ask for have no answers; join categories, or correct the totals."
        assert _refused(lambda: raked(answers, margins=totals)) == [
            f"margins, site 'N': the weights come to 30, not to 10. {ask}",
            f"margins, site 'S': the weights come to 10, not to 30. {ask}",
        ]

    def test_no_margins_are_refused(self, staff):
        """There is nothing to rake to."""
        assert _refused(lambda: raked(staff, margins={})) == [
            "margins: none were given. Give the totals of at least one column.",
        ]

    def test_one_margin_is_post_stratification(self, staff):
        """Raking to one column is post-stratifying by it."""
        people = {"North": 25, "South": 15}
        one = post_stratified(staff, by=["site"], population=pd.Series(people)).weight
        pd.testing.assert_series_equal(one, raked(staff, margins={"site": people}).weight)


class TestTrimmed:
    """No weight is above so many times the mean."""

    def test_what_is_cut_goes_to_the_others(self):
        """1, 1, 1, 1, 6 with mean 2: at 2 × 2 = 4 the cut 2 goes to the other four, half each."""
        assert [1.5, 1.5, 1.5, 1.5, 4.0] == trimmed([1, 1, 1, 1, 6], at=2).tolist()

    def test_what_rises_above_the_limit_is_cut_too(self):
        """1, 1, 5, 13 with mean 5: at 6 the 13 gives 7 away; 5 becomes 10 and is cut to 6 too; 4, 4 are left."""
        assert trimmed(pd.Series([1, 1, 5, 13.0], index=list("abcd")), at=1.2).to_dict() == pytest.approx(
            {"a": 4, "b": 4, "c": 6, "d": 6}
        )

    @given(weights, st.floats(min_value=1.01, max_value=10))
    def test_the_total_stays_and_the_limit_holds(self, given_, at):
        """Whatever the weights are."""
        found = trimmed(given_, at=at)
        assert found.sum() == pytest.approx(sum(given_))
        assert found.max() <= at * np.mean(given_) * (1 + 1e-9)
        assert found.min() > 0

    def test_bad_weights_are_refused(self):
        """A weight is above 0."""
        assert _refused(lambda: trimmed([1, -1, np.nan])) == [
            "weight, row 1: -1 is not allowed. A weight is a number above 0; correct it.",
            "weight, row 2: a number is missing. A weight is a number above 0; correct it.",
        ]

    def test_no_weights_are_none(self):
        """Nothing in, nothing out."""
        assert [] == trimmed([]).tolist()


class TestDesignEffect:
    """How many answers unequal weights cost."""

    def test_four_answers_of_which_one_weighs_three_are_worth_three(self):
        """4 · (1 + 1 + 1 + 9) / 6² = 4/3, and 4 / (4/3) = 3."""
        found = design_effect([1, 1, 1, 3])
        assert [[4, pytest.approx(4 / 3), pytest.approx(3), False]] == found.to_numpy().tolist()

    def test_groups_in_their_declared_order(self):
        """The declared order wins, and a group without answers has a row; an answer without a group counts nowhere."""
        by = pd.Series(pd.Categorical(["b", "a", "a", "a", None], categories=["b", "c", "a"]), name="team")
        found = design_effect([5, 1, 1, 10, 2], by=by)
        assert ["b", "c", "a"] == found.index.tolist()
        assert [1, 0, 3] == found.n.tolist()
        # 3 · (1 + 1 + 100) / 12²
        assert found.design_effect.tolist() == pytest.approx([1, np.nan, 306 / 144], nan_ok=True)
        assert [1.0, 0.0, pytest.approx(144 / 102)] == found.n_effective.tolist()
        assert [False, False, True] == found.loses_half.tolist()

    def test_rows_of_another_table_are_refused(self):
        """Weights and groups come from one table."""
        one, other = pd.Series([1.0, 2.0]), pd.Series(list("ab"), index=[1, 2])
        assert ["by: its rows are not those of the weights. Give columns of one table."] == _refused(
            lambda: design_effect(one, by=other)
        )

    @given(weights)
    def test_it_is_at_least_one_and_at_most_n(self, given_):
        """Unequal weights cannot make answers worth more."""
        found = design_effect(given_).iloc[0]
        assert 1 - 1e-12 <= found.design_effect <= len(given_) * (1 + 1e-12)

    @given(weights, st.floats(min_value=0.01, max_value=100))
    def test_the_scale_of_the_weights_does_not_matter(self, given_, scale):
        """Only their proportions do."""
        one, other = design_effect(given_), design_effect([scale * weight for weight in given_])
        assert one.design_effect.item() == pytest.approx(other.design_effect.item())


labels = st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")), min_size=1, max_size=40)


@given(labels)
def test_totals_that_the_answers_meet_change_nothing(pairs):
    """Post-stratifying or raking to the observed counts gives weights of 1."""
    answers = pd.DataFrame(pairs, columns=["one", "two"])
    cells = post_stratified(answers, by=["one", "two"], population=answers.groupby(["one", "two"]).size())
    margins = raked(answers, margins={name: answers[name].value_counts() for name in answers})
    assert cells.weight.tolist() == pytest.approx([1] * len(answers), abs=1e-12)
    assert margins.weight.tolist() == pytest.approx([1] * len(answers), abs=1e-12)


@given(labels, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(pairs, random):
    """Nor does that of the columns change what is met."""
    answers = pd.DataFrame([*pairs, *[(one, two) for one in "ab" for two in "xyz"]], columns=["one", "two"])
    shuffled = answers.sample(frac=1, random_state=random.randrange(2**32))
    totals = {"one": {"a": 60, "b": 40}, "two": {"x": 20, "y": 30, "z": 50}}
    first = raked(answers, margins=totals).weight
    second = raked(shuffled, margins=dict(reversed(totals.items()))).weight
    pd.testing.assert_series_equal(first, second.sort_index(), rtol=1e-11)
    assert first.groupby(answers.one).sum().to_dict() == pytest.approx(totals["one"], rel=1e-12)


def test_nothing_that_comes_in_is_changed(staff, margins):
    """The answers, the totals and the weights stay what they were."""
    kept, people, given_ = staff.copy(), pd.Series({"North": 25, "South": 15}), pd.Series([1.0, 1.0, 9.0])
    post_stratified(staff, by=["site"], population=people)
    raked(staff, margins=margins, trim_at=1.7)
    trimmed(given_, at=2)
    design_effect(given_)
    pd.testing.assert_frame_equal(kept, staff)
    assert {"site": {"North": 25, "South": 15}, "contract": {"full": 26, "part": 14}} == margins
    assert [25, 15] == people.tolist()
    assert [1.0, 1.0, 9.0] == given_.tolist()
