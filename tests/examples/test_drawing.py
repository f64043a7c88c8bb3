"""Drawing: equal seeds give equal values, and every value asked for can come."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.examples.drawing import SCORES, Counts, Draw, repeated


def test_a_seed_gives_the_values_it_has_always_given() -> None:
    """The sequence is pinned: it may not change with Python's version or the platform."""
    draw = Draw("nulmeting")

    assert [draw.below(10) for _ in range(8)] == [8, 6, 7, 6, 3, 8, 4, 2]


def test_another_seed_gives_other_values() -> None:
    """The seed matters."""
    first, second = Draw("a"), Draw("b")

    assert [first.below(1000) for _ in range(5)] != [second.below(1000) for _ in range(5)]


@given(st.lists(st.integers()), st.text())
def test_shuffling_keeps_every_value(values: list[int], seed: str) -> None:
    """Only the order changes, and the input not at all."""
    before = list(values)

    shuffled = Draw(seed).shuffled(values)

    assert sorted(before) == sorted(shuffled)
    assert before == values


def test_days_include_the_first_and_the_last() -> None:
    """Both ends of a span can be drawn, and nothing outside it."""
    draw = Draw("days")
    first, last = dt.date(2026, 9, 29), dt.date(2026, 9, 30)

    assert {first, last} == {draw.day(first, last) for _ in range(50)}


@pytest.mark.parametrize(("share", "expected"), [(0.0, {False}), (1.0, {True})])
def test_a_share_of_none_or_all_is_exact(share: float, expected: set[bool]) -> None:
    """A share of 0 never happens, a share of 1 always."""
    draw = Draw("chance")

    assert expected == {draw.chance(share) for _ in range(100)}


def test_counts_are_read_from_one_cell_of_a_plan() -> None:
    """Promoters, passives and detractors in that order; a dash is a group without answers."""
    assert Counts(24, 22, 12) == Counts.read("24/22/12")
    assert Counts(0, 0, 0) == Counts.read("-")


def test_bands_list_every_answer() -> None:
    """One entry per answer: 2 + 0 + 1 = 3."""
    assert Counts(2, 0, 1).bands == ["promoter", "promoter", "detractor"]


def test_scores_stay_in_their_band() -> None:
    """Promoters 9–10, passives 7–8, detractors 0–6, and each answer can occur."""
    found = {band: sorted(set(scores)) for band, scores in SCORES.items()}

    assert found == {"promoter": [9, 10], "passive": [7, 8], "detractor": [0, 1, 2, 3, 4, 5, 6]}


def test_repeated_values_start_again() -> None:
    """After the last value comes the first."""
    assert [repeated((1, 2), place) for place in range(3)] == [1, 2, 1]
