"""What comes in is judged first: every fault in one sentence, all at once."""

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.errors import DataError
from helpers.inference import inputs

RULES = [
    # rule, what it allows, what it does not, what the message shows of that
    ("COUNT", [0, 2.5, 1e15], [-1], "A count of answers is a number of 0 or more"),
    ("WHOLE_COUNT", [0, 3, 1e15], [-1, 2.5], "A count of answers is a whole number of 0 or more"),
    ("SUM", [0, 1e70], [-1, np.inf], "A sum over answers is a number of 0 or more"),
    ("EFFECTIVE", [0, np.inf], [-1], "An effective number of answers is 0 or more, infinite where everybody answered"),
    ("POPULATION", [1, np.inf], [0, 0.5], "A population is 1 person or more, infinite where nobody counted them"),
    ("WEIGHT", [0.1], [0, -1, np.inf], "A weight is a number above 0"),
    ("SHARE", [0, 1], [-0.1, 1.1], "A share lies between 0 and 1"),
    ("PROBABILITY", [0, 1], [-0.1, 1.1], "A probability lies between 0 and 1"),
    ("CONFIDENCE", [0.95], [0, 1, 95], "A confidence lies between 0 and 1, such as 0.95"),
    ("POINTS", [-100, 100], [-101, 142], "An NPS lies between −100 and 100"),
    ("NUMBER", [-7, 7], [-np.inf, np.inf], "A number is finite"),
    ("STANDARD_ERROR", [0], [-1, np.inf], "A standard error is 0 or more"),
    ("FREEDOM", [0.5, np.inf], [0, -1], "Degrees of freedom are above 0, infinite for the normal distribution"),
    ("ANSWER", [0, 10], [-1, 11, 7.5], "An answer is a whole number from 0 to 10"),
]


@pytest.mark.parametrize(("name", "allowed", "_refused", "_means"), RULES)
def test_a_rule_lets_through_what_it_allows(name, allowed, _refused, _means):
    """What a rule allows comes back as floats, in order."""
    index, found = inputs.columns({"x": allowed}, getattr(inputs, name))
    assert (list(range(len(allowed))), [float(one) for one in allowed]) == (list(index), found["x"].tolist())


@pytest.mark.parametrize("rule", [inputs.COUNT, inputs.WHOLE_COUNT])
def test_more_answers_than_a_double_can_tell_apart_are_refused(rule):
    """Above 10¹⁵ a count is refused with what the most is; so is a whole number without end."""
    with pytest.raises(DataError) as error:
        inputs.columns({"n": [1.1e15, np.inf, 10**400]}, rule)
    assert (
        "n, row 0: 1.1e+15 is not allowed. A count of answers is at most 1e+15; correct it.",
        "n, row 1: inf is not allowed. A count of answers is at most 1e+15; correct it.",
        "n, row 2: inf is not allowed. A count of answers is at most 1e+15; correct it.",
    ) == error.value.messages


def test_a_decimal_is_a_number():
    """Database drivers give decimals, also among missing ones."""
    given_ = [Decimal("9.5"), Decimal("NaN"), None, -(10**400)]
    found = inputs.columns({"x": given_}, inputs.Rule(-np.inf, 10, "Ten at most", missing=True))[1]["x"]
    np.testing.assert_array_equal([9.5, np.nan, np.nan, -np.inf], found)
    assert 0.95 == inputs.number("confidence", Decimal("0.95"), inputs.CONFIDENCE)


@pytest.mark.parametrize(("name", "_allowed", "refused", "means"), RULES)
def test_a_rule_names_every_number_that_it_forbids(name, _allowed, refused, means):
    """Each forbidden number, and a missing one, is one sentence: where, what, what is allowed, what to do."""
    with pytest.raises(DataError) as error:
        inputs.columns({"x": [*refused, np.nan]}, getattr(inputs, name))
    said = [f"x, row {row}: {one:g} is not allowed. {means}; correct it." for row, one in enumerate(refused)]
    assert (*said, f"x, row {len(refused)}: a number is missing. {means}; correct it.") == error.value.messages


def test_a_rule_may_let_numbers_be_missing():
    """Where an answer may be missing, NaN and None pass and the rest is still judged."""
    assert np.isnan(inputs.columns({"x": [None, np.nan]}, inputs.PERHAPS_ANSWER)[1]["x"]).all()
    with pytest.raises(DataError, match=r"^x, row 1: 11 is not allowed. An answer is a whole number from 0 to 10;"):
        inputs.columns({"x": [None, 11]}, inputs.PERHAPS_ANSWER)


def test_text_is_no_number_and_is_named_with_the_other_faults():
    """Texts, dates and numbers that are not allowed stand in one error, by the names of their rows."""
    with pytest.raises(DataError) as error:
        inputs.columns(
            {"promoters": pd.Series([4, "12"], index=["north", "south"], dtype=object), "passives": -1}, inputs.COUNT
        )
    assert (
        "promoters, row south: '12' is no number. A count of answers is a number of 0 or more; correct it.",
        "passives: -1 is not allowed. A count of answers is a number of 0 or more; correct it.",
    ) == error.value.messages


@pytest.mark.parametrize(
    "values",
    [["a"], np.array(["a"]), pd.Series(["a"]), pd.Series(["a"], dtype="category"), [1 + 2j],
     pd.Series(pd.to_datetime(["2020-01-01"])), np.array(["2020-01-01"], dtype="M8[ns]")],
)  # fmt: skip
def test_whatever_is_no_number_is_refused(values):
    """Text, categories, complex numbers and dates are never read as numbers."""
    with pytest.raises(DataError, match=r"^x, row 0: .* is no number. A number is finite; correct it.$"):
        inputs.columns({"x": values}, inputs.NUMBER)


@pytest.mark.parametrize(
    "values",
    [[1, None], np.array([1, None], dtype=object), pd.Series([1, None], dtype="Int64"), pd.array([1, None], "Int64"),
     pd.Series([1, pd.NA], dtype=object), pd.Series([1.0, np.nan], dtype="Float64")],
)  # fmt: skip
def test_a_missing_number_is_missing_whatever_it_is_called(values):
    """None, NaN and pandas' NA are one and the same fault."""
    with pytest.raises(DataError, match=r"^x, row 1: a number is missing. A number is finite; correct it.$"):
        inputs.columns({"x": values}, inputs.NUMBER)


def test_of_many_faults_five_are_named_and_the_rest_counted():
    """A broken column of 1,000 rows gives six sentences, not 1,000."""
    with pytest.raises(DataError) as error:
        inputs.columns({"n": [-1] * 1000}, inputs.COUNT)
    assert (6, "n: 995 more rows like these.") == (len(error.value.messages), error.value.messages[-1])


def test_columns_of_unequal_length_are_refused():
    """Two columns of one table have the same rows; a single number goes with every row."""
    with pytest.raises(DataError) as error:
        inputs.columns({"promoters": [1, 2], "passives": 3, "detractors": [1, 2, 3]}, inputs.COUNT)
    assert (
        "Columns of different lengths: promoters has 2, detractors has 3. Give columns of one table.",
    ) == error.value.messages
    assert inputs.columns({"a": [1, 2], "b": 3}, inputs.COUNT)[1]["b"].tolist() == [3.0, 3.0]


def test_series_of_other_rows_are_refused():
    """Rows are never matched by place when their names differ."""
    first, second = pd.Series([1, 2], index=["a", "b"]), pd.Series([1, 2], index=["b", "a"])
    with pytest.raises(DataError, match=r"^passives: its rows are not those of promoters. Give columns of one table.$"):
        inputs.columns({"promoters": first, "passives": second}, inputs.COUNT)


def test_the_rows_keep_their_names():
    """The index of the Series comes back, also when a number or a list goes with it."""
    index, found = inputs.columns({"a": [1, 2], "b": pd.Series([3, 4], index=["x", "y"])}, inputs.COUNT)
    assert (["x", "y"], [1.0, 2.0]) == (list(index), found["a"].tolist())


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([[1, 2], [3, 4]], "x: a table of 2 dimensions was given. Give one column of numbers."),
        ([[1, 2], [3]], "x: rows of different lengths were given. Give one column of numbers."),
    ],
)
def test_a_table_is_no_column(values, said):
    """A table where a column is needed is refused."""
    with pytest.raises(DataError) as error:
        inputs.columns({"x": values}, inputs.NUMBER)
    assert (said,) == error.value.messages


def test_one_number_is_one_number():
    """A list where a single number is needed is refused; a fault of a single number has no row."""
    assert inputs.number("confidence", 0.9, inputs.CONFIDENCE) == 0.9
    with pytest.raises(DataError) as error:
        inputs.number("confidence", [0.9, 0.95], inputs.CONFIDENCE)
    assert str(error.value) == (
        "confidence: 2 numbers were given, and one is needed. A confidence lies between 0 and 1, such as 0.95."
    )
    with pytest.raises(DataError) as error:
        inputs.number("confidence", "95%", inputs.CONFIDENCE)
    assert str(error.value) == (
        "confidence: '95%' is no number. A confidence lies between 0 and 1, such as 0.95; correct it."
    )


def test_a_missing_column_is_named_with_what_is_there():
    """The message lists what is missing, what was found and what is needed."""
    with pytest.raises(DataError) as error:
        inputs.required(pd.DataFrame(columns=["score", "se"]), ("score", "centre"), what="before")
    assert str(error.value) == (
        "before: no column 'centre' among 'score', 'se'. It needs 'score', 'centre'; add what is missing."
    )
    with pytest.raises(DataError, match=r"among none. It needs 'score'; add what is missing.$"):
        inputs.required(pd.DataFrame(), ("score",), what="before")


@pytest.mark.parametrize(("given_", "kind"), [(31, "int"), ([1], "list"), (None, "NoneType")])
def test_what_is_no_table_is_named(given_, kind):
    """A number or a list where a table belongs is refused with the columns that a table has."""
    with pytest.raises(DataError) as error:
        inputs.required(given_, ("score", "se"), what="before")
    assert str(error.value) == (f"before: of type '{kind}', which is no table. Give a table with 'score', 'se'.")


def test_counts_are_worth_their_number_unless_told_otherwise():
    """Without an effective number the answers count as themselves, also for one row against many."""
    given_ = inputs.counted(3, 2, [1, 5])[1]
    assert [6.0, 10.0] == given_["n_effective"].tolist()
    assert [[3.0, 3.0], [4.0, 8.0]] == [
        inputs.counted(3, 2, 1, n_effective=[4, 8])[1][name].tolist() for name in ("promoters", "n_effective")
    ]


def test_what_cannot_exist_is_not_judged():
    """The mean of no answers may be anything, also a text; of answers it may not."""
    there = np.array([True, False])
    assert [7, 0] == list(inputs.where_there(there, [7, "–"]))
    kept = inputs.where_there(there, pd.Series([7, np.nan], index=["a", "b"]))
    assert {"a": 7, "b": 0} == kept.to_dict()


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20))
def test_numbers_pass_unchanged_and_the_input_is_not_changed(values):
    """What comes back is a copy: writing to it changes nothing of what was given."""
    column = pd.Series(values, dtype=np.float64)
    found = inputs.columns({"x": column}, inputs.NUMBER)[1]["x"]
    assert values == found.tolist()
    found[:] = 0
    assert values == column.tolist()


def test_a_message_tells_a_number_that_is_wrong_by_little():
    """1.0000001 is not told as 1, nor 1000000.5 as a million."""
    with pytest.raises(
        DataError, match=r"^share: 1\.0000001 is not allowed\. A share lies between 0 and 1; correct it\.$"
    ):
        inputs.number("share", 1.0000001, inputs.SHARE)
    with pytest.raises(DataError, match=r"^n: 1000000\.5 is not allowed\."):
        inputs.number("n", 1000000.5, inputs.WHOLE_COUNT)


def test_what_need_not_be_there_keeps_its_rows_and_its_length():
    """One number of answers goes with the rows of a Series, and a column of another length stays as it is."""
    none, both = np.array([False]), np.array([True, False])
    kept = inputs.where_there(none, pd.Series([np.nan, 2.0], index=["x", "y"]))
    assert isinstance(kept, pd.Series)
    assert kept.to_dict() == {"x": 0, "y": 0}
    assert inputs.where_there(both, [1, 2, 3]) == [1, 2, 3]
    assert list(inputs.where_there(both, 5)) == [5, 0]
