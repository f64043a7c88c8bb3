"""Texts as answers and numbers."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.intake.values import REASONS, canonical, either_way, matching, numbers, scores


def read(text: str, *, scale: tuple[int, int] = (0, 10), whole: bool = True, no_answer: tuple[str, ...] = ()) -> object:
    """Return the answer that one text is, else the reason why it is none, else None."""
    answers, faults = scores(pa.array([text]), scale=scale, whole=whole, no_answer=no_answer, decimal="either")
    return answers[0] if not np.isnan(answers[0]) else REASONS[faults[0]] or None


@pytest.mark.parametrize("text", ["9", "9.0", "9,0", "+9", "09", "9.00", "9e0"])
def test_a_whole_number_may_be_written_in_many_ways(text: str) -> None:
    """Programs add a point, a sign or a zero; the answer is the same."""
    assert read(text) == 9


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("11", "off_scale"),
        ("-1", "off_scale"),
        ("8.5", "off_scale"),
        ("n/a", "not_a_number"),
        ("NA", "not_a_number"),
        ("nan", "not_a_number"),
        ("inf", "not_a_number"),
        ("1e999", "not_a_number"),
        ("9-10", "not_a_number"),
        ("٩", "not_a_number"),
        ("1_0", "not_a_number"),
        ("9.0.0", "not_a_number"),
        ("#N/A", "not_a_number"),
    ],
)
def test_what_is_no_point_of_the_scale_is_rejected(text: str, reason: str) -> None:
    """Nothing is rounded or guessed, and NA is no answer only where that is declared."""
    assert read(text) == reason


def test_a_mean_allows_decimals_within_the_scale() -> None:
    """Averages of several questions come as decimals, with either sign."""
    assert read("7,5", whole=False) == read("7.5", whole=False) == 7.5
    assert read("10,01", whole=False) == "off_scale"


@pytest.mark.parametrize(
    ("text", "no_answer"), [("", ()), ("11.0", ("11",)), ("weet niet", (" weet niet ",)), ("NA", ("NA",))]
)
def test_declared_and_blank_answers_are_skipped(text: str, no_answer: tuple[str, ...]) -> None:
    """A blank is always no answer; a declared code also when a program wrote it with a point."""
    assert read(text, no_answer=no_answer) is None


def test_the_scale_has_two_ends_that_count() -> None:
    """Both ends are answers."""
    assert [read(text, scale=(1, 5)) for text in ("0", "1", "5", "6")] == ["off_scale", 1, 5, "off_scale"]


@given(number=st.integers(-30, 130))
def test_exactly_the_points_of_the_scale_are_answers(number: int) -> None:
    """No other whole number gets through, none of them is lost."""
    assert read(str(number)) == (number if 0 <= number <= 10 else "off_scale")


@pytest.mark.parametrize(
    ("texts", "decimal", "found"),
    [
        (["1,5", "2"], None, [1.5, 2]),
        (["1.5", "2"], None, [1.5, 2]),
        (["1,5", "2.5"], None, [None, 2.5]),
        (["1.234,5", "1,5", "1.5"], ",", [1234.5, 1.5, None]),
        (["1,234.5", "1.5", "1,5"], ".", [1234.5, 1.5, None]),
        (["1.5", "1,5"], "either", [1.5, 1.5]),
        (["+1.5", "-.5", "5.", "1.2e-05"], None, [1.5, -0.5, 5, 1.2e-05]),
        (["", "x", "nan", "-inf", "1 000", "50%"], None, [None] * 6),
        (
            ["1 000", "1\u00a0000,5", "1\u202f234\u202f567", "1'234", "1\u2019234"],
            ",",
            [1000, 1000.5, 1234567, 1234, 1234],
        ),
        (["1 000.5", "1 00", "1 000,5"], ".", [1000.5, None, None]),
        (["1.234,5", "0,5", "1.234"], None, [1234.5, 0.5, 1234]),
        (["1,234.5", "0.5", "1,234"], None, [1234.5, 0.5, 1234]),
        (["1.234.567", "7"], None, [1234567, 7]),
        (["-1,234,567", "1.5"], None, [-1234567, 1.5]),
        ([], None, []),
    ],
)
def test_the_decimal_sign_is_declared_or_told_from_the_column(
    texts: list[str], decimal: str | None, found: list[float | None]
) -> None:
    """The comma is the sign where no point occurs; declared, or settled by one number with grouped thousands, the other
    sign groups thousands.
    """
    result = numbers(pa.array(texts, pa.string()), decimal=decimal)
    assert [None if np.isnan(number) else number for number in result] == found


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False, width=32).map(float)))
def test_every_number_that_python_writes_is_read_back(written: list[float]) -> None:
    """Full precision, with a point or with a comma."""
    points = pa.array([repr(number) for number in written], pa.string())
    commas = pa.array([repr(number).replace(".", ",") for number in written], pa.string())
    assert numbers(points, decimal=".").tolist() == written
    assert numbers(commas, decimal=",").tolist() == written


def test_codes_are_compared_as_text() -> None:
    """007 is another code than 7, and 7.0 is the same."""
    assert canonical(pa.array(["007", "7.0", "7,00", "7.10", "v1.0"])).to_pylist() == ["007", "7", "7", "7.10", "v1.0"]
    assert matching(pa.array(["007", "7", "7.0"]), wanted=["7"]).tolist() == [False, True, True]
    assert matching(pa.array(["ja"]), wanted=[]).tolist() == [False]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["1.234"], "1.234"),
        (["12", "-1,234"], "-1,234"),
        (["1.234", "1.234.567"], None),
        (["1,234", "1,234.5"], None),
        (["1.234", "0.5"], None),
        (["1.234", ".987"], None),
        (["1.234", "0.987"], None),
        (["1.234", "2345.678"], None),
        (["1.2345", "12.50", "12"], None),
        (["0.500"], None),
        (["7,5", "9,0"], None),
        (["1.234", "7,5"], "1.234"),
        ([], None),
    ],
)
def test_one_sign_before_three_digits_may_mean_two_things(texts: list[str], found: str | None) -> None:
    """Unless another number of the column can only have decimals behind that sign."""
    assert either_way(pa.array(texts, pa.string())) == found


def test_a_declared_meaning_goes_before_no_answer() -> None:
    """What is said of one question goes before what is said of all."""
    answers, faults = scores(
        pa.array(["99", "98"]), scale=(0, 10), whole=True, no_answer=["98", "99"], decimal="either", meanings={"99": 10}
    )
    assert (answers[0], np.isnan(answers[1]), faults.tolist()) == (10, True, [0, 0])


def test_a_meaning_off_the_scale_is_still_rejected() -> None:
    """What is declared is judged like what is read."""
    answers, faults = scores(
        pa.array(["top"]), scale=(0, 10), whole=True, no_answer=(), decimal="either", meanings={"top": 11}
    )
    assert np.isnan(answers).all()
    assert [REASONS[fault] for fault in faults] == ["off_scale"]
