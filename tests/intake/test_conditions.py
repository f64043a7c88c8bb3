"""keep_where: bounds on numbers and dates, and what cannot be compared with them."""

from __future__ import annotations

import pytest


def table(cells: dict[str, int]) -> str:
    """Return a file with a score and a column n, each cell as often as told."""
    return "score;n\n" + "".join(f"9;{cell}\n" * times for cell, times in cells.items())


def test_grouped_thousands_tell_the_decimal_sign(desk) -> None:
    """All 21 are above 2.5: the point of 1.002,6 groups thousands."""
    text = table({"3": 10, "2,6": 10, "1.002,6": 1})
    assert desk.counts(text, keep_where={"n": {"from": "2.5"}}) == {"read": 21, "used": 21}


def test_thousands_with_decimals_are_compared(desk) -> None:
    """1,200.50 is below 5000."""
    text = table({"3": 10, "1,200.50": 10})
    assert desk.counts(text, keep_where={"n": {"to": "5000"}}) == {"read": 20, "used": 20}


def test_a_sign_that_may_be_either_is_asked_for(desk) -> None:
    """1.200 is 1200 or 1.2; once declared, 20 of 30 rows are 1000 or more."""
    text = table({"900": 10, "1.200": 10, "2000": 10})
    assert desk.faults(text, keep_where={"n": {"from": "1000"}}) == [
        "survey.csv: keep_where, column 'n' can be read as thousands or as decimals (1.200). Declare the decimal sign "
        'of the file: decimal: "," or decimal: ".".'
    ]
    counts = desk.counts(text, keep_where={"n": {"from": "1000"}}, decimal=",")
    assert counts == {"read": 30, "used": 20, "left_out": 10}


def test_a_bound_that_may_be_two_numbers_is_asked_for(desk) -> None:
    """1.000 is one to one reader and a thousand to another."""
    assert desk.faults(table({"3": 1}), keep_where={"n": {"from": "1.000"}}) == [
        "survey.csv: keep_where, column 'n': has the bound 1.000, which can be thousands or decimals: write 1000, or "
        "1.0000. Correct it in the params file."
    ]


@pytest.mark.parametrize(
    ("bound", "cells", "reason"),
    [("2", ["3", "many", "", "1", "n/a"], "not_a_number"),
     ("2026-01-01", ["2026-02-01", "many", "", "2025-02-01", "n/a"], "not_a_date")],
)  # fmt: skip
def test_a_cell_that_cannot_be_compared_rejects_its_row(desk, bound: str, cells: list[str], reason: str) -> None:
    """Not left out unseen; a blank and a word of no_answer are left out, as is what another condition leaves out."""
    text = "score;n;org\n" + "".join(f"9;{cell};A\n" for cell in cells) + "9;many;B\n"
    keep = {"n": {"from": bound}, "org": "A"}
    found = desk.read(text, keep_where=keep, no_answer=["n/a"], max_rejected="50%")
    assert found.rejected[["row", "column", "found", "reason"]].to_numpy().tolist() == [[3, "n", "many", reason]]
    assert found.summary.loc[0, ["read", "used", "rejected", "left_out"]].tolist() == [6, 1, 1, 4]


def test_more_of_them_than_allowed_refuse_the_file(desk) -> None:
    """As with any value that cannot be used."""
    assert desk.faults(table({"3": 2, "many": 2}), keep_where={"n": {"from": "2"}}) == [
        "survey.csv: 2 of 4 rows rejected (50%, max_rejected is 5%): row 4 n 'many' (not a number); row 5 n 'many' "
        "(not a number). Correct the file or what the params file says about it, or allow more with max_rejected."
    ]


def test_a_value_that_is_left_out_is_not_judged_by_a_bound(desk) -> None:
    """`not` takes the word out before the bound is looked at."""
    keep = {"n": {"not": ["many"], "from": "2"}}
    assert desk.counts(table({"3": 2, "many": 2}), keep_where=keep) == {"read": 4, "used": 2, "left_out": 2}


def test_where_no_row_counts_the_columns_to_blame_are_shown(desk) -> None:
    """Only what applies, with at most five of the values found."""
    text = table({str(number): 1 for number in range(1, 8)})
    assert desk.faults(text, keep_where={"n": "12"}) == [
        "survey.csv: none of the 7 rows counts: 7 are left out by keep_where. Column 'n' holds '1', '2', '3', '4', "
        "'5' and 2 more. Check what the params file says about this."
    ]
    assert desk.faults("score;ok\n9;nee\n", columns={"finished": "ok"}) == [
        "survey.csv: the 1 row does not count: 1 is unfinished. Column 'ok' holds 'nee'. Check what the params file "
        "says about this."
    ]
    assert desk.faults("score;n;ok\n9;1;nee\n9;2;ja\n", columns={"finished": "ok"}, keep_where={"n": "1"}) == [
        "survey.csv: none of the 2 rows counts: 1 is left out by keep_where and 1 is unfinished. Column 'n' holds "
        "'1', '2'; column 'ok' holds 'nee', 'ja'. Check what the params file says about this."
    ]
