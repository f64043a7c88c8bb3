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


def part(unit: str, place: int, *bands: int, age: str = "", **given: int | None) -> dict[str, object]:
    """Return a cell of a unit (empty is the whole), with the scope that tells what it lies in."""
    scope = ({"unit": unit} if unit else {}) | ({"age": age} if age else {})
    named = ", ".join(f"{name}={value}" for name, value in scope.items())
    return wave(place, *bands, group=f"enps[{named}]" if named else "enps", **given) | {"scope": scope}


HOLDING = [part("", 0, 60, 40, 40), part("", 1, 72, 44, 40)]
"""140 → 156: sixteen came."""


def test_what_is_left_of_a_group_is_a_group() -> None:
    """Sixteen came, thirteen of them in Net: the other three are promoters."""
    net = [part("Net", 0, 20, 10, 10), part("Net", 1, 29, 14, 10)]
    assert told(*HOLDING) == []
    assert told(*net) == []
    assert told(*HOLDING, *net) == [[0, 1, 2, 3]]


def test_all_known_parts_are_taken_away_together() -> None:
    """Of 156 − 140 answers Net has 13 and Klant 3: none is left; when Klant is hidden, its three are."""
    net = [part("Net", 0, 20, 10, 10), part("Net", 1, 29, 14, 10)]
    klant = [part("Klant", 0, 40, 30, 30), part("Klant", 1, 52, 25, 36)]  # 100 → 113, some changed their mind
    assert told(*HOLDING, *net, *klant, known=[True] * 4 + [True, False]) == [[0, 1, 2, 3]]
    assert told(*HOLDING, *net, *klant) == []  # 16 − 13 − 13 = −10


def test_what_is_left_must_be_able_to_be_the_answers_of_a_few() -> None:
    """Three more are left, but one detractor fewer."""
    net = [part("Net", 0, 20, 10, 10), part("Net", 1, 28, 14, 11)]
    assert told(*HOLDING, *net) == []


def test_what_is_left_of_a_score_without_counts() -> None:
    """26 answers: passives are not printed, and P − D of what is left moves by −1, which three answers can."""
    small = [part("Net", 0, 10, 10, 6), part("Net", 1, 20, 10, 3)]  # 26 → 33, P − D 4 → 17
    assert told(part("", 0, 60, 40, 40), part("", 1, 72, 38, 40), *small) == [[0, 1, 2, 3]]  # 140 → 150
    assert told(part("", 0, 60, 40, 40), part("", 1, 80, 30, 40), *small) == []  # P − D 20 → 40: 7 more for 3


@pytest.mark.parametrize("silent", range(4))
def test_everybody_must_have_answered_of_the_group_and_its_parts(silent: int) -> None:
    """One silent colleague in either wave of either group."""
    cells = [*HOLDING, part("Net", 0, 20, 10, 10), part("Net", 1, 29, 14, 10)]
    cells[silent] = cells[silent] | {"population": 200}
    assert told(*cells) == []


def test_what_is_left_at_every_level() -> None:
    """Below Net lies Eems; it is a part of Net, and the largest known part of the whole when Net is hidden."""
    net = [part("Net", 0, 30, 20, 20), part("Net", 1, 42, 24, 20)]  # sixteen came here, nobody elsewhere
    eems = [part("Net › Eems", 0, 20, 10, 10), part("Net › Eems", 1, 29, 14, 10)]
    assert told(*HOLDING, *net, *eems) == [[2, 3, 4, 5]]
    assert told(*HOLDING, *net, *eems, known=[True, True, False, True, True, True]) == [[0, 1, 4, 5]]


def test_a_hidden_part_takes_its_own_parts_away_or_not() -> None:
    """Net is hidden: less Klant the whole grew by three of Net, whatever is known of Eems in it."""
    klant = [part("Klant", 0, 20, 10, 10), part("Klant", 1, 29, 14, 10)]
    net = [part("Net", 0, 40, 30, 30), part("Net", 1, 43, 30, 30)]
    eems = [part("Net › Eems", 0, 20, 10, 10), part("Net › Eems", 1, 10, 10, 10)]
    known = [True, True, True, True, False, True, True, True]
    assert told(*HOLDING, *klant, *net, *eems, known=known) == [[0, 1, 2, 3]]


def test_who_is_new_in_a_new_team() -> None:
    """Wad did not exist: thirteen of the sixteen are in it, and everybody knows it had nobody before."""
    assert told(*HOLDING, part("Wad", 1, 9, 4, 0)) == [[0, 1, 2]]
    assert told(*HOLDING, part("Wad", 0, 0, 0, 0, people=0), part("Wad", 1, 9, 4, 0)) == [[0, 1, 3]]


def test_a_crossing_is_a_part_of_both_margins() -> None:
    """The young ones of Net, of the young and of Net."""
    young = [part("", 0, 60, 40, 40, age="young"), part("", 1, 72, 44, 40, age="young")]
    net = [part("Net", 0, 60, 40, 40), part("Net", 1, 72, 44, 40)]
    both = [part("Net", 0, 20, 10, 10, age="young"), part("Net", 1, 29, 14, 10, age="young")]
    assert told(*young, *net, *both) == [[0, 1, 4, 5], [2, 3, 4, 5]]


def test_parts_that_can_share_answers_are_not_added_up() -> None:
    """A unit in a region and a wider unit in a narrower region: whoever is in both would be taken away twice."""
    scopes = [{"unit": "A", "region": "N › E"}, {"unit": "A › B", "region": "N"}]
    nests = [{"unit": "A", "region": "S"}, {"unit": "Z", "region": "N"}]
    rows = [
        wave(place, 20 + 5 * place, 10, 10, group=f"enps[{number}]") | {"scope": scope}
        for number, scope in enumerate([*scopes, *nests])
        for place in (0, 1)
    ]
    whole = [part("", 0, 90, 60, 60), part("", 1, 113, 60, 60)]
    assert all(len(cut) == 2 for cut in told(*rows, *whole))  # 23 came, not 5 + 5 + 5 + 5 and three
    rows[2:4] = [row | {"scope": {"unit": "B", "region": "N"}} for row in rows[2:4]]
    assert list(range(10)) in told(*rows, *whole)


def test_what_is_left_is_compared_from_one_wave_to_the_next_that_is_known() -> None:
    """When Net is hidden in the middle, what is left of the outer two is compared."""
    whole = [part("", 0, 60, 40, 40), part("", 1, 80, 40, 40), part("", 2, 72, 44, 40)]
    net = [part("Net", 0, 20, 10, 10), part("Net", 1, 20, 10, 10), part("Net", 2, 29, 14, 10)]
    assert [0, 2, 3, 5] in told(*whole, *net, known=[True] * 4 + [False, True])
    assert [0, 2, 3, 5] not in told(*whole, *net)


@settings(max_examples=20)
@given(st.permutations(range(6)))
def test_what_is_left_does_not_depend_on_row_order(order: list[int]) -> None:
    """The same cells are found by name."""
    cells = pd.DataFrame([
        *HOLDING, part("Net", 0, 20, 10, 10), part("Net", 1, 29, 14, 10), part("Net › Eems", 0, 11, 5, 5),
        part("Net › Eems", 1, 18, 6, 5),
    ])  # fmt: skip
    turned = cells.iloc[order].reset_index(drop=True)
    names = [{turned.loc[cell, "id"] for cell in cut.cells} for cut in cuts(Declared(turned), [True] * 6, RULES)]
    whole, net, eems = ({f"{name}@2026-Q1", f"{name}@2026-Q2"} for name in cells["id"].str.split("@").str[0].unique())
    assert len(names) == 3
    assert all(found in names for found in (whole | net, net | eems, eems))
