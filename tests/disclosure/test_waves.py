"""What two waves of one group tell about who came and went."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.disclosure import Declared, Rules
from helpers.disclosure.waves import cuts

RULES = {"employee": Rules(10, 10, complementary=True, shares_from=30, waves=True), "customer": Rules(5, 5)}
NONE = (None, None, None)


def wave(place: int, *bands: int | None, people: int | None = -1, n: int = 0, group: str = "enps") -> dict[str, object]:
    """Return a cell of promoters, passives and detractors in which everybody answered, unless told."""
    answers = n or sum(band or 0 for band in bands)
    numbers = dict(zip(("promoters", "passives", "detractors"), bands or NONE, strict=True))
    return numbers | {
        "id": f"{group}@2026-Q{place + 1}", "audience": "employee", "n": answers, "place": place,
        "population": answers if people == -1 else people,
    }  # fmt: skip


def told(*waves: dict[str, object], known: list[bool] | None = None) -> list[list[int]]:
    """Return which pairs of waves must not both be shown, by place."""
    found = cuts(Declared(pd.DataFrame(list(waves))), known or [True] * len(waves), RULES)
    assert all(cut.gives_away == "" for cut in found)
    return [sorted(cut.cells) for cut in found]


@pytest.mark.parametrize(
    ("after", "pairs"),
    [
        ((23, 10, 10), 1),  # 40 → 43: three promoters came
        ((20, 10, 1), 1),  # 40 → 31: nine detractors left
        ((21, 10, 9), 0),  # 40 → 40: nobody is told apart
        ((30, 10, 10), 0),  # 40 → 50: ten came, a group
        ((20, 10, 0), 0),  # 40 → 30: ten left
        ((24, 10, 9), 0),  # 40 → 43, but one detractor fewer: somebody changed their mind
        ((18, 10, 11), 0),  # 40 → 39, but one detractor more
    ],
)
def test_a_few_who_came_or_left_are_told(after: tuple[int, int, int], pairs: int) -> None:
    """When all counts moved the same way, the difference is their answers."""
    assert told(wave(0, 20, 10, 10), wave(1, *after)) == [[0, 1]] * pairs


@pytest.mark.parametrize(
    ("after", "pairs"),
    [
        ((8, 6, 7), 1),  # 20 → 21, P − D 2 → 1: a detractor came
        ((9, 6, 6), 1),  # 20 → 21, P − D 2 → 3
        ((7, 7, 7), 0),  # 20 → 21, P − D 2 → 0: one answer cannot do that
        ((10, 6, 5), 0),  # 20 → 21, P − D 2 → 5
        ((9, 4, 8), 1),  # 20 → 21, P − D 2 → 1: passives are not printed, so it fits
    ],
)
def test_without_counts_the_score_must_fit(after: tuple[int, int, int], pairs: int) -> None:
    """Under 30 answers only n and the score are printed."""
    assert told(wave(0, 8, 6, 6), wave(1, *after)) == [[0, 1]] * pairs


def test_one_wave_without_counts_is_enough() -> None:
    """29 → 31 answers: of the first only the score is known."""
    assert told(wave(0, 15, 8, 6), wave(1, 17, 6, 8)) == [[0, 1]]
    assert told(wave(0, 15, 9, 6), wave(1, 17, 7, 8)) == []


@pytest.mark.parametrize(("people", "pairs"), [((40, 43), 1), ((41, 43), 0), ((40, 44), 0), ((None, 43), 0)])
def test_only_where_everybody_answered(people: tuple[int | None, int | None], pairs: int) -> None:
    """With one silent colleague, nobody knows whose answers the difference are."""
    before, after = people
    assert told(wave(0, 20, 10, 10, people=before), wave(1, 23, 10, 10, people=after)) == [[0, 1]] * pairs


def test_a_measure_without_bands_is_never_cleared() -> None:
    """The means and numbers of answers give the sum of the three."""
    assert told(wave(0, n=40, people=40), wave(1, n=43, people=43)) == [[0, 1]]


def test_only_waves_that_follow_each_other() -> None:
    """When the middle one is hidden, or not everybody answered it, the outer two do."""
    three = [wave(0, 20, 10, 10), wave(1, 22, 10, 10), wave(2, 23, 10, 10)]
    assert told(*three) == [[0, 1], [1, 2]]
    assert told(*three, known=[True, False, True]) == [[0, 2]]
    assert told(*three, known=[True, True, False]) == [[0, 1]]
    assert told(three[0], wave(1, 22, 10, 10, people=44), three[2]) == [[0, 2]]


def test_every_level_is_looked_at_by_itself() -> None:
    """The whole, a unit and another measure: groups are not mixed."""
    cells = [
        wave(0, 60, 30, 30), wave(1, 63, 30, 30), wave(0, 20, 10, 10, group="enps[unit=Net]"),
        wave(1, 23, 10, 10, group="enps[unit=Net]"), wave(0, 20, 10, 10, group="nps"),
    ]  # fmt: skip
    assert told(*cells) == [[0, 1], [2, 3]]


def test_customers_are_not_asked() -> None:
    """Nobody knows that all of them answered."""
    cells = pd.DataFrame([wave(0, 20, 10, 10), wave(1, 23, 10, 10)]).assign(audience="customer")
    assert cuts(Declared(cells), [True, True], RULES) == []


def test_an_empty_group_tells_nothing() -> None:
    """A unit that did not exist yet has no first wave."""
    assert told(wave(0, 0, 0, 0), wave(1, 8, 0, 1)) == []


def test_nothing_declared_tells_nothing() -> None:
    """An empty report."""
    assert cuts(Declared(pd.DataFrame([wave(0, 20, 10, 10)]).iloc[:0]), [], RULES) == []


@settings(max_examples=20)
@given(st.permutations(range(4)))
def test_row_order_does_not_matter(order: list[int]) -> None:
    """The same pairs are found by name."""
    cells = pd.DataFrame([wave(place, 20 + place, 10, 10) for place in range(4)])
    turned = cells.iloc[order].reset_index(drop=True)
    found = cuts(Declared(turned), [True] * 4, RULES)
    assert {frozenset(turned.loc[list(cut.cells), "place"]) for cut in found} == {
        frozenset({0, 1}), frozenset({1, 2}), frozenset({2, 3}),
    }  # fmt: skip


@settings(max_examples=50)
@given(st.lists(st.integers(0, 12), min_size=3, max_size=3), st.lists(st.integers(0, 12), min_size=3, max_size=3))
def test_time_has_no_direction(before: list[int], after: list[int]) -> None:
    """Who left is told as easily as who came."""
    assert told(wave(0, *before), wave(1, *after)) == told(wave(0, *after), wave(1, *before))
