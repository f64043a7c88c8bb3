"""Which rows count."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from helpers.intake.selection import kept, repeated, repeated_sentence, superseded
from helpers.params.model import Condition

CITIES = ["Utrecht", "Breda", "", "utrecht"]
NUMBERS = ["1", "10", "2,5", "", "x"]
DAYS = ["2026-01-31", "1-2-2026 10:00", "28 februari 2026", "", "x"]


@pytest.mark.parametrize(
    ("texts", "condition", "expected"),
    [
        (CITIES, "Utrecht", [1, 0, 0, 0]),
        (CITIES, ("Utrecht", "Breda"), [1, 1, 0, 0]),
        (CITIES, "", [0, 0, 1, 0]),
        (CITIES, Condition.model_validate({"not": ["Breda"]}), [1, 0, 1, 1]),
        (CITIES, Condition.model_validate({"in": ["Breda", "Utrecht"], "not": ["Breda"]}), [1, 0, 0, 0]),
        (["1.0", "01", "1"], "1", [1, 0, 1]),
        (NUMBERS, Condition.model_validate({"from": "2,5"}), [0, 1, 1, 0, 0]),
        (NUMBERS, Condition.model_validate({"from": "1", "to": "2.5"}), [1, 0, 1, 0, 0]),
        (DAYS, Condition.model_validate({"from": "2026-02-01"}), [0, 1, 1, 0, 0]),
        (DAYS, Condition.model_validate({"to": "2026-02-01"}), [1, 1, 0, 0, 0]),
        (DAYS, Condition.model_validate({"from": "1 februari 2026", "to": "2026-02-28"}), [0, 1, 1, 0, 0]),
    ],
)
def test_a_condition_keeps_rows(texts: list[str], condition: object, expected: list[int]) -> None:
    """Values as text, bounds as numbers or dates and included; all parts of a condition must hold."""
    assert kept(pa.array(texts), condition=condition).tolist() == [bool(fits) for fits in expected]


def test_a_bound_that_is_no_number_or_date_is_said() -> None:
    """A word as bound would keep nothing."""
    with pytest.raises(ValueError, match="has the bound 'soon', which is neither a number nor a date such as"):
        kept(pa.array(["1"]), condition=Condition.model_validate({"from": "soon"}))


IDS = pd.Series(["a", "b", "a", None, "a", None, "b"], dtype="str")
EVERY = np.ones(7, dtype=bool)
DATES = np.array(
    ["2026-03-02", "2026-03-01", "2026-03-03", "2026-03-01", "2026-03-03", "2026-03-01", "2026-02-01"], "M8[D]"
)


@pytest.mark.parametrize(("latest", "expected"), [(False, [2, 4, 6]), (True, [0, 2, 6])])
def test_one_row_stands_for_a_response(latest: bool, expected: list[int]) -> None:
    """The first of the file, or the latest day and of that day the last; without a number nothing repeats."""
    assert np.flatnonzero(repeated(IDS, eligible=EVERY, dates=DATES, latest=latest)).tolist() == expected


def test_a_row_that_does_not_count_stands_for_nothing() -> None:
    """A rejected row must not push out the readable one."""
    eligible = EVERY.copy()
    eligible[0] = False
    found = repeated(IDS, eligible=eligible, dates=DATES, latest=False)
    assert np.flatnonzero(found).tolist() == [4, 6]


def test_numbers_that_differ_repeat_nothing() -> None:
    """The common case gives no doubles and no sentence."""
    ids = IDS[:2].reset_index(drop=True)
    assert not repeated(ids, eligible=EVERY[:2], dates=DATES[:2], latest=True).any()
    assert repeated_sentence(ids, eligible=EVERY[:2], rows=np.array([2, 3]), files=np.zeros(2), names=["a.csv"]) is None


def test_repeated_responses_are_named_with_their_rows() -> None:
    """The first five, and how many more there are."""
    assert repeated_sentence(IDS, eligible=EVERY, rows=np.arange(2, 9), files=np.zeros(7), names=["a.csv"]) == (
        "2 response numbers occur more than once: 'a' in rows 2, 4, 6; 'b' in rows 3, 8. "
        "Correct the export, or choose duplicates: first, latest or keep."
    )
    many = pd.Series([str(number) for number in [*range(7), *range(7)]], dtype="str")
    eligible, one_file = np.ones(14, dtype=bool), np.zeros(14)
    sentence = repeated_sentence(many, eligible=eligible, rows=np.arange(2, 16), files=one_file, names=["a.csv"])
    assert sentence is not None
    assert sentence.startswith("7 response numbers occur more than once: 0 in rows 2, 9;")
    assert "4 in rows 6, 13; and 2 more. Correct" in sentence


@pytest.mark.parametrize(("last", "expected"), [(True, [0, 1, 2]), (False, [2, 4])])
def test_one_file_stands_for_a_response(last: bool, expected: list[int]) -> None:
    """The last or the first; a file in which it is preferred goes before one in which it is not."""
    ids = pd.Series(["a", "a", "b", "c", "a", "b", None], dtype="str")
    files = np.array([0, 0, 0, 0, 1, 1, 1], dtype=np.int32)
    preferred = np.array([True, True, False, True, True, True, True])
    among = np.ones(7, dtype=bool)
    # Of b only the row of the second file is preferred, so the first file never stands for it.
    found = superseded(ids, files=files, among=among, preferred=preferred, last=last)
    assert np.flatnonzero(found).tolist() == expected
    assert not superseded(ids, files=files, among=~among, preferred=preferred, last=last).any()
