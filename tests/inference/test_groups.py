"""Answers by group: counts first, in the order that was declared."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.errors import DataError
from helpers.inference.designs import design_based
from helpers.inference.groups import COUNTS, by_group, scored
from helpers.inference.populations import effective_by_weights
from helpers.inference.tallies import added, tally

ANSWERS = pd.DataFrame(
    {
        "answer": [10, 9, 8, 3, None, 0],
        "weight": [1.0, 1.0, 2.0, 1.0, 5.0, 1.0],
        "product": pd.Categorical(
            ["Gas", "Gas", "Stroom", "Stroom", "Gas", "Gas"], ["Stroom", "Gas", "Warmte"], ordered=True
        ),
    }
)


@pytest.mark.domain("S25")
def test_counts_are_those_of_the_hand():
    """Gas has 10, 9, 0 and one skipped: 2 promoters, 0 passives, 1 detractor, (2 − 1) / 3 = +33."""
    gas = by_group(ANSWERS, by=["product"]).set_index("product").loc["Gas"]
    assert [3, 1, 2, 0, 1] == gas[["n", "skipped", *COUNTS]].tolist()
    assert gas["score"] == pytest.approx(100 / 3)


def test_every_declared_group_has_a_row_in_declared_order():
    """Warmte has no answers: it stands last, with n = 0 and no score."""
    table = by_group(ANSWERS, by=["product"])
    assert ["Stroom", "Gas", "Warmte"] == table["product"].tolist()
    assert [2, 3, 0] == table["n"].tolist()
    assert np.isnan(table["score"].iloc[2])


@pytest.mark.domain("S25")
def test_reference_case_with_missing_and_impossible_answers():
    """Case point-02: of 10, 6, 7, –, 9, 8, 0, 9, 5 eight count; 3 promoters, 2 passives, 3 detractors, NPS 0."""
    table = by_group(pd.DataFrame({"answer": [10, 6, 7, None, 9, 8, 0, 9, 5]}))
    assert [8, 1, 3, 2, 3, 0.0] == table.loc[0, ["n", "skipped", *COUNTS, "score"]].tolist()


def test_weights_change_the_score_but_not_the_counts():
    """Stroom: weight 2 on a passive, 1 on a detractor gives −33 instead of −50; n stays 2."""
    plain = by_group(ANSWERS, by=["product"]).set_index("product").loc["Stroom"]
    weighted = by_group(ANSWERS, by=["product"], weighted=True).set_index("product").loc["Stroom"]
    assert (-50.0, pytest.approx(-100 / 3)) == (plain["score"], weighted["score"])
    assert (2, -50.0) == (weighted["n"], weighted["unweighted"])


def test_heavy_answers_that_differ_are_worth_less_than_kish_says():
    """9 9 9 9 and a 3 that weighs 4: both halves lie 1 from a score of 0, 8 · 8 / (4 + 16) = 3.2, as Kish has it.

    With a 7 of weight 4 instead of one 9: score −1/11, and the linearised number is larger than Kish's 11² / 35.
    """
    half = pd.DataFrame({"answer": [9, 9, 9, 9, 3], "weight": [1.0, 1, 1, 1, 4]})
    assert by_group(half, weighted=True).loc[0, ["n_effective", "weighting_effect"]].tolist() == [3.2, 5 / 3.2]
    passive = half.assign(answer=[9, 9, 9, 7, 3], weight=[1.0, 1, 1, 4, 4])
    # 11 · (3 · (12/11)² + 4 · (1/11)² + 4 · (10/11)²) / (3 · (12/11)² + 16 · (1/11)² + 16 · (10/11)²)
    linearised = 11 * (3 * 144 + 4 + 400) / (3 * 144 + 16 + 1600)
    assert by_group(passive, weighted=True).loc[0, "n_effective"] == pytest.approx(min(linearised, 121 / 35))
    heavy = half.assign(answer=[9, 9, 9, 3, 3], weight=[3.0, 3, 3, 3, 4])
    row = by_group(heavy, weighted=True).loc[0]
    # score 2/16: 16 · (9 · (7/8)² + 7 · (9/8)²) / (27 · (7/8)² + 25 · (9/8)²), below 16² / 52
    assert row["n_effective"] == pytest.approx(16 * (9 * 49 + 7 * 81) / (27 * 49 + 25 * 81))
    assert row["n_effective"] < 5 / row["weighting_effect"] == pytest.approx(256 / 52)


def test_what_weights_cost_by_themselves_stands_beside_what_answers_are_worth():
    """Kish's design effect of 1, 1, 1 and 3 is 4/3, whatever was answered; without answers there is none."""
    frame = pd.DataFrame({"answer": [9, 9, 9, 9, None], "weight": [1.0, 1, 1, 3, 9], "team": list("AAAAB")})
    table = by_group(frame, by=["team"], weighted=True)
    assert table["weighting_effect"].tolist() == pytest.approx([4 / 3, np.nan], nan_ok=True)
    assert table["n_effective"].tolist() == [3, 0]
    assert by_group(frame, by=["team"]).loc[0, "weighting_effect"] == 1


def test_an_unweighted_score_equals_one_with_equal_weights():
    """Weights that are all alike change nothing, n_effective included."""
    equal = ANSWERS.assign(weight=0.5)
    keys = ["score", "score_low", "score_high", "n_effective"]
    one, other = by_group(equal)[keys], by_group(equal, weighted=True)[keys]
    pd.testing.assert_frame_equal(one, other)


def test_a_known_population_narrows_the_interval():
    """Eight of ten people leave less to chance than eight of many; the sample's own error stays beside it.

    8 · 9 / 2 = 36: the score interval of 18 promoters, 9 passives and 9 detractors.
    """
    answers = pd.DataFrame({"answer": [10, 10, 9, 9, 8, 7, 3, 2], "unit": "A"})
    sample = by_group(answers, by=["unit"])
    census = by_group(answers, by=["unit"], population=pd.Series({"A": 10}))
    assert [36.0, -3.33, 49.27] == census.loc[0, ["n_effective", "score_low", "score_high"]].round(2).tolist()
    assert [8.0, sample.loc[0, "se"]] == census.loc[0, ["sample_effective", "sample_se"]].tolist()
    assert [36.0, 23.08] == census.loc[0, ["n_effective", "centre"]].round(2).tolist()


def test_the_method_of_the_interval_is_named():
    """Fewer than ten answers or near unanimity ask for the score interval; without answers there is none."""
    rows = {"few": [9, 3] * 4, "many": [9, 7, 3] * 4, "agreed": [9] * 20, "nobody": [None]}
    frame = pd.DataFrame([(name, answer) for name, given in rows.items() for answer in given], columns=["by", "answer"])
    table = by_group(frame, by=["by"]).set_index("by")
    assert {"few": "score", "many": "adjusted_wald", "agreed": "score", "nobody": "none"} == table["method"].to_dict()
    assert {"t"} == set(by_group(frame, by=["by"], rule="mean")["method"]) - {"none"}
    assert {"wilson"} == set(by_group(frame, by=["by"], rule="top_box", best=[9])["method"]) - {"none"}


def test_a_population_that_lacks_a_group_leaves_it_endless():
    """Of Gas the people were counted, of Stroom they were not; two columns are looked up as pairs."""
    people = pd.Series({"Gas": 4})
    table = by_group(ANSWERS, by=["product"], population=people).set_index("product")
    assert [2.0, 9.0] == table.loc[["Stroom", "Gas"], "n_effective"].tolist()  # 3 · (4 − 1) / (4 − 3)
    pairs = pd.Series([5], index=pd.MultiIndex.from_tuples([("Gas", "A")]))
    both = by_group(ANSWERS.assign(team="A"), by=["product", "team"], population=pairs)
    assert [5.0] == both["population"].dropna().tolist()


def test_everybody_answered_leaves_nothing_to_chance():
    """Four of four: the interval is the score."""
    row = by_group(pd.DataFrame({"answer": [10, 9, 8, 3]}), population=pd.Series([4])).loc[0]
    assert [25.0, 25.0, 25.0, np.inf] == row[["score_low", "score", "score_high", "n_effective"]].tolist()
    assert row["sample_se"] > 0


def test_the_score_is_that_of_the_whole_counts():
    """Two promoters and four detractors of seven: −200 / 7, to the last digit."""
    assert by_group(pd.DataFrame({"answer": [9, 9, 7, 0, 0, 0, 0]})).loc[0, "score"] == -200 / 7


def test_clusters_widen_the_interval():
    """A design effect of 2 halves what the answers are worth; five degrees of freedom widen it further."""
    sums = tally(pd.DataFrame({"answer": [9, 7, 3] * 10}))
    how = {"rule": "nps", "confidence": 0.95, "weighted": False}
    plain, clustered = scored(sums, **how).loc[0], scored(sums, **how, design_effect=2, df=5).loc[0]
    assert (30.0, 15.0, 5.0) == (plain["n_effective"], clustered["n_effective"], clustered["df"])
    assert clustered["score_low"] < plain["score_low"] < plain["score_high"] < clustered["score_high"]


def test_limits_stay_on_the_scale():
    """Five promoters: the adjusted limit of 107.51 is shown as 100."""
    assert by_group(pd.DataFrame({"answer": [10] * 5})).loc[0, "score_high"] == 100


def test_a_mean_is_that_of_the_hand():
    """6, 7, 8, 9 give 7.5 and a variance of 5/3, so ± 2.05 at t(3)."""
    row = by_group(pd.DataFrame({"answer": [6, 7, 8, 9, None]}), rule="mean").loc[0]
    assert [7.5, 5.4457, 9.5543] == row[["score", "score_low", "score_high"]].astype(float).round(4).tolist()
    assert (4, 1) == (row["n"], row["skipped"])
    assert row[list(COUNTS)].isna().all()


def test_a_top_box_counts_the_best_answers():
    """Two of four answers are 4 or 5: 50 %."""
    row = by_group(pd.DataFrame({"answer": [5, 4, 3, 1]}), rule="top_box", best=[4, 5]).loc[0]
    assert (50.0, 50.0) == (row["score"], row["unweighted"])


def test_a_weighted_mean_uses_the_weights():
    """(6·1 + 9·2) / 3 = 8; unweighted 7.5."""
    row = by_group(pd.DataFrame({"answer": [6, 9], "weight": [1.0, 2.0]}), rule="mean", weighted=True).loc[0]
    assert (8.0, 7.5) == (row["score"], row["unweighted"])


def test_no_answers_at_all_give_one_empty_row():
    """An empty table has a whole of nobody."""
    row = by_group(pd.DataFrame({"answer": pd.Series(dtype=float)})).loc[0]
    assert row["n"] == 0
    assert np.isnan(row["score"])


def test_the_input_is_not_changed():
    """Frame in, new frame out."""
    before = ANSWERS.copy(deep=True)
    by_group(ANSWERS, by=["product"], weighted=True)
    pd.testing.assert_frame_equal(ANSWERS, before)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"by": ["team"]},
         "answers: no column 'team' among 'answer', 'weight', 'product'. It needs 'answer', 'team'; add what is "
         "missing."),
        ({"by": "product"}, "by: 'product' is one text. Give a list of group columns, such as ['product']."),
        ({"rule": "csat"}, "rule: 'csat' is not allowed. Choose 'nps', 'mean' or 'top_box'."),
        ({"rule": "top_box"}, "best: no answers were given. Name the answers that count for top_box, such as 4 and 5."),
        ({"confidence": 95},
         "confidence: 95 is not allowed. A confidence lies between 0 and 1, such as 0.95; correct it."),
        ({"population": pd.Series([5, 6])},
         "population: 2 numbers were given, and one is needed. Without groups, give the number of all people."),
        ({"population": pd.Series([4])},
         "population, row 0: 5 answers out of 4 people. No more people can answer than there are; correct "
         "the population or remove double answers."),
        ({"by": ["product"], "population": pd.Series({"Gas": 2, "Stroom": 1})},
         "population, product 'Stroom': 2 answers out of 1 people. No more people can answer than there are; correct "
         "the population or remove double answers.\n"
         "population, product 'Gas': 3 answers out of 2 people. No more people can answer than there are; correct "
         "the population or remove double answers."),
        ({"by": ["product"], "population": pd.Series([5, 6], ["Gas", "Gas"])},
         "population: group 'Gas' stands there more than once. Give one number of people per group."),
        ({"by": ["product"], "population": pd.Series({"Stroom": -1})},
         "population, row 0: -1 is not allowed. A population is 1 person or more, infinite where nobody counted them; "
         "correct it."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(changed, message):
    """Where it is, what was found, what is allowed and what to do."""
    with pytest.raises(DataError) as fault:
        by_group(ANSWERS, **changed)
    assert message == str(fault.value)


def test_more_than_five_groups_with_too_many_answers_are_counted():
    """Five are named, two counted."""
    sums = tally(pd.DataFrame({"answer": [9] * 14, "team": list("ABCDEFG") * 2}), by=["team"])
    with pytest.raises(DataError) as fault:
        scored(sums, rule="nps", confidence=0.95, weighted=False, population=[1] * 7)
    assert (6, "population: 2 more groups like these.") == (len(fault.value.messages), fault.value.messages[-1])


def test_sums_and_design_effects_are_judged():
    """A table that is no tally, a group column that would be overwritten and a design effect of 0 are refused."""
    how = {"rule": "nps", "confidence": 0.95, "weighted": False}
    sums = tally(ANSWERS)
    with pytest.raises(DataError, match=r"^tallies: no column 'squares' among"):
        scored(sums.drop(columns="squares"), **how)
    with pytest.raises(
        DataError, match=r"^by: 'score' is also the name of what is found\. Give the group column another"
    ):
        by_group(ANSWERS.assign(score="A"), by=["score"])
    with pytest.raises(
        DataError, match=r"^design_effect: 0 is not allowed\. A design effect is a number above 0; correct it"
    ):
        scored(sums, **how, design_effect=0)


@pytest.mark.parametrize("rule", ["nps", "mean", "top_box"])
def test_an_empty_frame_has_every_declared_group_and_no_score(rule):
    """Of no rows, the three declared products are left, each with n = 0."""
    table = by_group(ANSWERS.iloc[:0], by=["product"], rule=rule, best=[9], weighted=True)
    assert ["Stroom", "Gas", "Warmte"] == table["product"].tolist()
    assert [0, 0, 0] == table["n"].tolist()
    assert (
        table[["score", "score_low", "score_high", "centre", "se", "sample_centre", "sample_se"]].isna().all(axis=None)
    )


GIVEN = st.lists(st.tuples(st.integers(0, 10), st.sampled_from("ABC")), min_size=1, max_size=60)
RULES = st.sampled_from(["nps", "mean", "top_box"])


def of(rows, rule="nps", **how):
    """Score rows of an answer and a group."""
    frame = pd.DataFrame(rows, columns=["answer", "group"]).astype({"group": "category"})
    return by_group(frame, rule=rule, best=[9, 10] if rule == "top_box" else (), **how)


@given(GIVEN, st.randoms(), RULES)
def test_groups_add_up_and_order_does_not_matter(rows, random, rule):
    """The groups' counts add up to the whole's, and no figure depends on the order of the rows."""
    shuffled = random.sample(rows, len(rows))
    parts = of(rows, rule, by=["group"])
    pd.testing.assert_frame_equal(parts, of(shuffled, rule, by=["group"]), check_exact=True)
    whole = of(rows, rule).loc[0]
    assert whole["n"] == parts["n"].sum()
    assert (parts["score"] * parts["n"]).sum() / whole["n"] == pytest.approx(whole["score"], abs=1e-12)
    if rule == "nps":
        assert parts[list(COUNTS)].sum().tolist() == whole[list(COUNTS)].tolist()


@given(GIVEN, RULES, st.sampled_from([1.0, 0.5, 0.3, 7.0]))
def test_weights_that_are_alike_change_nothing(rows, rule, weight):
    """Each figure is the unweighted one: exactly with weights of 1, to 12 digits with others."""
    frame = pd.DataFrame(rows, columns=["answer", "group"]).assign(weight=weight)
    how = {"by": ["group"], "rule": rule, "best": [9, 10] if rule == "top_box" else ()}
    plain, weighted = by_group(frame, **how), by_group(frame, **how, weighted=True)
    exact = {"check_exact": True} if weight == 1 else {"rtol": 1e-12, "atol": 1e-12}
    pd.testing.assert_frame_equal(plain, weighted.assign(weighted=False), **exact)


@given(GIVEN, st.none() | st.integers(0, 40))
def test_a_finite_population_makes_answers_worth_more(rows, silent):
    """It is n where nobody counted the people, infinite where all answered; in between more, but for one answer."""
    n = len(rows)
    row = of(rows, population=None if silent is None else pd.Series([n + silent])).loc[0]
    if silent is None or (n == 1 and silent):
        assert row["n_effective"] == n
    elif not silent:
        assert row["n_effective"] == np.inf
    else:
        assert n < row["n_effective"] < np.inf
    assert row["sample_effective"] == n


@given(GIVEN.filter(lambda rows: len(rows) > 1), st.none() | st.integers(0, 40))
def test_the_interval_holds_the_score(rows, silent):
    """From two answers on, of whatever population: the 95 % interval is not symmetric, but the score lies in it."""
    row = of(rows, population=None if silent is None else pd.Series([len(rows) + silent])).loc[0]
    assert -100 <= row["score_low"] <= row["score"] <= row["score_high"] <= 100


@given(GIVEN, RULES)
def test_more_confidence_takes_a_wider_interval(rows, rule):
    """99 % holds 95 %, and neither leaves the scale."""
    wide, narrow = (of(rows, rule, by=["group"], confidence=confidence) for confidence in (0.99, 0.95))
    known = narrow["score_low"].notna()
    assert (wide["score_low"] <= narrow["score_low"] + 1e-9)[known].all()
    assert (wide["score_high"] >= narrow["score_high"] - 1e-9)[known].all()


WEIGHTED = st.lists(
    st.tuples(st.integers(0, 10), st.sampled_from([0.2, 0.5, 1.0, 1.3, 4.0, 30.0]), st.sampled_from("ABC")),
    min_size=2, max_size=40,
)  # fmt: skip


@given(WEIGHTED, RULES)
def test_a_design_with_weights_says_the_same(rows, rule):
    """The linearised variance of these answers gives the same number, where Kish's is not smaller.

    A mean then has the same standard error and limits too; of an NPS or a share the interval is another.
    """
    frame = pd.DataFrame(rows, columns=["answer", "weight", "group"])
    how = {"rule": rule, "best": [9, 10] if rule == "top_box" else ()}
    row, design = by_group(frame, weighted=True, **how).loc[0], design_based(frame, weight="weight", **how).loc[0]
    kish = effective_by_weights(frame["weight"])
    assert row["n_effective"] == pytest.approx(min(design["n_effective"], kish), rel=1e-9)
    assert row["score"] == pytest.approx(design["score"], abs=1e-9)
    if rule == "mean" and design["n_effective"] <= kish:
        assert row[["se", "score_low", "score_high", "df"]].tolist() == pytest.approx(
            design[["se", "low", "high", "df"]].tolist(), rel=1e-9, abs=1e-9
        )


@given(WEIGHTED, RULES)
def test_weighted_answers_are_worth_one_to_kishs_number(rows, rule):
    """No weights make answers worth more than there are, and nothing claims more than Kish; the heaviest is one."""
    frame = pd.DataFrame(rows, columns=["answer", "weight", "group"])
    row = by_group(frame, rule=rule, best=[9, 10] if rule == "top_box" else (), weighted=True).loc[0]
    weight = frame["weight"]
    assert weight.sum() / weight.max() <= row["n_effective"] * (1 + 1e-9)
    assert row["n_effective"] <= effective_by_weights(weight) * (1 + 1e-12) <= row["n"] * (1 + 1e-9)
    assert row["weighting_effect"] == pytest.approx(row["n"] / effective_by_weights(weight))


@given(WEIGHTED, RULES)
def test_parts_added_up_are_worth_what_the_whole_is(rows, rule):
    """The sums of three groups give the effective n of all answers together."""
    frame = pd.DataFrame(rows, columns=["answer", "weight", "group"])
    how = {"rule": rule, "best": [9, 10] if rule == "top_box" else (), "weighted": True}
    parts = tally(frame, by=["group"], **how)
    places = np.arange(len(parts))
    whole = scored(
        added(parts, rows=places, into=np.zeros(len(parts), dtype=np.int64), groups=1),
        rule=rule, confidence=0.95, weighted=True,
    )  # fmt: skip
    assert whole["n_effective"].item() == pytest.approx(by_group(frame, **how)["n_effective"].item(), rel=1e-9)


@pytest.mark.parametrize("rule", ["nps", "mean", "top_box"])
def test_the_effective_number_is_that_of_its_definition(rule):
    """Of 200 answers whose weights rise with the answer: Σw Σw(x − m)² / Σw²(x − m)², written out."""
    draw = np.random.default_rng(11)
    answer = draw.integers(0, 11, 200)
    weight = 1 + draw.random(200) * answer
    table = by_group(pd.DataFrame({"answer": answer, "weight": weight}), rule=rule, best=[10], weighted=True)
    x = {"nps": np.where(answer > 8, 1, np.where(answer < 7, -1, 0)), "mean": answer, "top_box": answer == 10}[rule]
    apart = (x - np.average(x, weights=weight)) ** 2
    linearised = weight.sum() * (weight * apart).sum() / (weight**2 * apart).sum()
    expected = min(linearised, effective_by_weights(weight))
    assert table["n_effective"].item() == pytest.approx(expected, rel=1e-12)
