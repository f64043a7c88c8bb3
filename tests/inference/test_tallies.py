"""Answers added up once: any wider group follows from the sums of the narrower ones."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.errors import DataError
from helpers.inference.groups import by_group, scored
from helpers.inference.tallies import SUMS, added, grouped, tally

ANSWERS = pd.DataFrame(
    {
        "answer": [10, 9, 8, 3, None, 0],
        "weight": [1.0, 1.0, 2.0, 1.0, 5.0, 1.0],
        "product": pd.Categorical(["Gas", "Gas", "Heat", "Heat", "Gas", None], ["Heat", "Gas", "Power"], ordered=True),
    }
)


def test_sums_are_those_of_the_hand():
    """Gas: 10 and 9, one skipped; Heat: 8 of weight 2 and 3 of weight 1, mean 19/3."""
    table = tally(ANSWERS, by=["product"], weighted=True)
    assert table["product"].tolist() == ["Heat", "Gas", "Power"]
    assert table[SUMS].to_numpy().tolist() == [
        [2, 0, 0, 1, 1, 3, 5, 19, 11, 0, 2, 1, 0, 4, 1],
        [2, 1, 2, 0, 0, 2, 2, 19, 19, 2, 0, 0, 2, 0, 0],
        [0] * len(SUMS),
    ]
    # 2 (8 − 19/3)² + (3 − 19/3)² and twice (½)²
    assert table["squares"].tolist() == pytest.approx([2 * (5 / 3) ** 2 + (10 / 3) ** 2, 0.5, 0])
    # with the weights squared: 4 · 5/3 − 10/3 and 4 (5/3)² + (10/3)²
    assert table["w2_apart"].tolist() == pytest.approx([10 / 3, 0, 0])
    assert table["w2_squares"].tolist() == pytest.approx([200 / 9, 0.5, 0])


def test_only_combinations_that_occur_are_kept_when_asked():
    """Who is in no group is one of them, so that nothing is lost from the whole."""
    table = tally(ANSWERS, by=["product"], every=False)
    assert table["product"].astype(object).where(table["product"].notna(), None).tolist() == ["Gas", "Heat", None]
    assert table["n"].tolist() == [2, 2, 1]


def test_a_row_may_go_into_many_groups_and_a_group_may_stay_empty():
    """As a team goes into its department and its division."""
    parts = tally(ANSWERS, by=["product"], every=False)
    sums = added(parts, rows=np.array([0, 0, 1]), into=np.array([0, 2, 2]), groups=4)
    assert sums["n"].tolist() == [2, 0, 4, 0]


def test_a_variance_keeps_its_digits_far_from_zero():
    """Answers around a hundred million differ by one: a difference of large sums would have lost it."""
    far = pd.DataFrame({"answer": [1e8, 1e8 + 1, 1e8 + 2], "team": list("AAB")})
    parts = tally(far, by=["team"], rule="mean")
    whole = added(parts, rows=np.arange(2), into=np.zeros(2, dtype=np.int64), groups=1)
    assert whole["squares"].tolist() == [2.0]


def test_squares_of_weights_keep_their_digits_far_from_zero():
    """Weights 1, 1 and 2 at a hundred million and 0, 1 and 2 above it: 5 and 9 sixteenths each way, and 9/4."""
    far = pd.DataFrame({"answer": [1e8, 1e8 + 1, 1e8 + 2], "weight": [1.0, 1.0, 2.0], "team": list("AAB")})
    parts = tally(far, by=["team"], rule="mean", weighted=True)
    whole = added(parts, rows=np.arange(2), into=np.zeros(2, dtype=np.int64), groups=1)
    # about 1¼: 1 · (5/4)² + 1 · (1/4)² + 4 · (3/4)², and −5/4 − 1/4 + 4 · 3/4
    assert whole.loc[0, ["w2_squares", "w2_apart"]].tolist() == [62 / 16, 1.5]


@given(
    st.lists(
        st.tuples(st.none() | st.integers(0, 10), st.sampled_from([0.5, 1.0, 4.0]), st.sampled_from("ABC")),
        min_size=1, max_size=25,
    ),
    st.sampled_from(["nps", "mean", "top_box"]),
)  # fmt: skip
def test_sums_of_sums_score_as_the_answers_do(rows, rule):
    """The whole, added up from its parts, equals the whole of the answers; counts exactly."""
    frame = pd.DataFrame(rows, columns=["answer", "weight", "team"]).astype({"answer": "float64"})
    how = {"rule": rule, "best": [9, 10] if rule == "top_box" else [], "weighted": True}
    parts = tally(frame, by=["team"], every=False, **how)
    whole = added(parts, rows=np.arange(len(parts)), into=np.zeros(len(parts), dtype=np.int64), groups=1)
    found = scored(whole, rule=rule, confidence=0.95, weighted=True)
    pd.testing.assert_frame_equal(found, by_group(frame, **how), rtol=0, atol=1e-9)


def test_several_group_columns_have_a_row_per_combination():
    """Heat, Gas and Power for each of two teams, in declared order; the last answer is of no product."""
    frame = ANSWERS.assign(team=list("BABABA"))
    table = tally(frame, by=["product", "team"])
    assert list(zip(table["product"], table["team"], strict=True)) == [
        ("Heat", "A"), ("Heat", "B"), ("Gas", "A"), ("Gas", "B"), ("Power", "A"), ("Power", "B"),
    ]  # fmt: skip
    assert table["n"].tolist() == [1, 1, 1, 1, 0, 0]
    codes, _groups = grouped(frame, ["product", "team"])
    assert codes.tolist() == [3, 2, 1, 0, 3, -1]


def test_combinations_that_occur_come_in_order_of_first_appearance():
    """As the rows have them, the missing product included."""
    table = tally(ANSWERS.assign(team=list("BABABB")), by=["product", "team"], every=False)
    names = table["product"].astype(object).where(table["product"].notna(), "-") + table["team"]
    assert names.tolist() == ["GasB", "GasA", "HeatB", "HeatA", "-B"]
    assert table["n"].tolist() == [1, 1, 1, 1, 1]
    assert table["skipped"].tolist() == [1, 0, 0, 0, 0]


def test_group_numbers_have_room_to_be_added_to():
    """A short category has numbers of one byte; those given out are whole 64-bit numbers."""
    codes, groups = grouped(ANSWERS, ["product"])
    assert codes.dtype == np.int64
    assert (codes.tolist(), groups["product"].tolist()) == ([1, 1, 0, 0, 1, -1], ["Heat", "Gas", "Power"])


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"weight": [1, 0, 2, -1, 0, 1]},
         "weight, row 1: 0 is not allowed. {weight}\nweight, row 3: -1 is not allowed. {weight}"),
        ({"weight": [1, None, 2, 3, None, 1]}, "weight, row 1: a number is missing. {weight}"),
        ({"weight": [1, np.inf, 2, 3, None, 1]}, "weight, row 1: inf is not allowed. {weight}"),
        ({"weight": [1, "2", 2, 3, None, 1]}, "weight, row 1: '2' is no number. {weight}"),
        ({"answer": [9, "n/a", 2, 3, None, 1]}, "answer, row 1: 'n/a' is no number. {answer}"),
        ({"answer": [9, np.inf, 2, 3, None, -np.inf]},
         "answer, row 1: inf is not allowed. {answer}\nanswer, row 5: -inf is not allowed. {answer}"),
        ({"answer": [9, 8, 1e200, 3, None, 1], "weight": [1, 1, 1, 0, 1, 1]},
         "answer, row 2: 1e+200 is not allowed. {answer}\nweight, row 3: 0 is not allowed. {weight}"),
    ],
)  # fmt: skip
def test_bad_answers_and_weights_are_named(changed, message):
    """All at once; the weight of the answer that was skipped is not looked at."""
    sentences = {
        "answer": "An answer is a whole number from 0 to 10; correct it.",
        "weight": "A weight is a number above 0, from 1e-70 to 1e+70; correct it.",
    }
    with pytest.raises(DataError) as fault:
        tally(ANSWERS.assign(**changed), weighted=True)
    assert message.format(**sentences) == str(fault.value)


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        ([9, 11, 3, None, -1], {"b": "11", "e": "-1"}),
        ([9, 8.5, 3, None, 0], {"b": "8.5"}),
        ([9, 8.5, 3, None, 101], {"b": "8.5", "e": "101"}),
        ([9, "n/a", 3, None, 11], {"b": "'n/a'", "e": "11"}),
    ],
)
def test_an_nps_answer_is_a_whole_number_from_0_to_10(answers, wrong, weighted):
    """An 11, a −1 and an 8½ are no promoters, detractors and passives; a mean or a share takes any number."""
    frame = pd.DataFrame({"answer": answers, "weight": 2.0}, index=list("abcde"))
    with pytest.raises(DataError) as fault:
        by_group(frame, weighted=weighted)
    said = {value: "is no number" if value.startswith("'") else "is not allowed" for value in wrong.values()}
    assert fault.value.messages == tuple(
        f"answer, row {row}: {value} {said[value]}. An answer is a whole number from 0 to 10; correct it."
        for row, value in wrong.items()
    )
    if "n/a" not in answers:
        for rule in ("mean", "top_box"):
            assert 4 == by_group(frame, rule=rule, best=[9], weighted=weighted)["n"].item()


def test_whole_answers_are_told_from_others_however_many_groups(monkeypatch):
    """Where too many groups leave no room for counting, answers from 0 to 10 pass and others do not."""
    monkeypatch.setattr("helpers.inference.sums.CELLS_AT_MOST", 0)
    assert 5 == tally(ANSWERS)["n"].item()
    with pytest.raises(DataError, match=r"^answer, row 1: 8\.5 is not allowed"):
        tally(ANSWERS.assign(answer=[9, 8.5, 3, None, 0, 1]))


@pytest.mark.parametrize("rule", ["mean", "top_box"])
def test_other_rules_refuse_no_more_than_they_must(rule):
    """Text and infinity are named with what a mean or a share may hold."""
    with pytest.raises(DataError) as fault:
        tally(pd.DataFrame({"answer": [9, "n/a", np.inf]}), rule=rule, best=[9])
    means = "An answer is a number from −1e+70 to 1e+70; correct it."
    assert fault.value.messages == (
        f"answer, row 1: 'n/a' is no number. {means}", f"answer, row 2: inf is not allowed. {means}",
    )  # fmt: skip


def test_missing_columns_and_clashing_names_are_named():
    """The weight only where it is asked for."""
    with pytest.raises(DataError, match=r"^answers: no column 'weight', 'team' among 'answer', 'product'\. It needs "):
        tally(ANSWERS.drop(columns="weight"), by=["team"], weighted=True)
    with pytest.raises(DataError, match=r"^answers: no column 'team' among"):
        grouped(ANSWERS, ["team"])
    with pytest.raises(DataError, match=r"^by: 'w' is also the name of a sum\. Give the group column another name\.$"):
        tally(ANSWERS.assign(w="A"), by=["w"])


@pytest.mark.parametrize("kind", ["Int64", "Float32", "object", "category", "int8[pyarrow]"])
def test_the_kind_of_column_does_not_matter(kind):
    """Masked, short, mixed and Arrow numbers are the same answers."""
    whole = ANSWERS.assign(answer=pd.Series([10, 9, 8, 3, pd.NA, 0], dtype="object").astype(kind))
    pd.testing.assert_frame_equal(tally(whole, by=["product"]), tally(ANSWERS, by=["product"]), check_exact=True)


def test_an_empty_frame_has_its_declared_groups():
    """Three products of nobody; where only what occurs counts, nothing does."""
    empty = ANSWERS.iloc[:0]
    assert tally(empty, by=["product"], weighted=True)[SUMS].to_numpy().tolist() == [[0] * len(SUMS)] * 3
    assert len(tally(empty, by=["product"], every=False)) == 0
    assert tally(empty)[SUMS].to_numpy().tolist() == [[0] * len(SUMS)]


def test_the_input_is_not_changed():
    """Frame in, new frame out."""
    before = ANSWERS.copy(deep=True)
    tally(ANSWERS, by=["product"], weighted=True)
    grouped(ANSWERS, ["product", "answer"], every=False)
    pd.testing.assert_frame_equal(ANSWERS, before)
