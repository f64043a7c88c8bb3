"""Column names from one header row or several."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.intake.reading.headers import joined_names


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        ([["a", " b  c ", ""]], ("a", "b c", "")),
        ([["id", "Q1", "", "Q2"], ["", "Score", "Why?", "Score"]], ("id", "Q1 | Score", "Q1 | Why?", "Q2 | Score")),
        ([["", "Q1"], ["id", "Score"]], ("id", "Q1 | Score")),
        ([["Q1"], ["a", "b"]], ("Q1 | a", "Q1 | b")),  # the upper row ends earlier
        ([["Q1", "", "Q2", ""], ["x", "", "", "y"], ["1", "2", "3", "4"]], None),
        ([["Q1", "", ""], ["a", "", "b"]], ("Q1 | a", "", "Q1 | b")),  # blank in both rows: no name
        ([["Score"], ["Score"]], ("Score | Score",)),
        ([["", "", ""], ["", "", ""]], ("", "", "")),
    ],
)
def test_names_of_several_rows_are_joined(rows: list[list[str]], names: tuple[str, ...] | None) -> None:
    """A blank cell takes the name to its left, never across the border of a name above."""
    assert joined_names(rows) == (names or ("Q1 | x | 1", "Q1 | x | 2", "Q2 | 3", "Q2 | y | 4"))


@given(st.lists(st.text("ab \n", max_size=3), max_size=5))
def test_one_row_gives_its_own_names(cells: list[str]) -> None:
    """With one header row nothing is joined or filled."""
    assert joined_names([cells]) == tuple(" ".join(cell.split()) for cell in cells)
