"""What holds of every plan, held against trying everything."""

from __future__ import annotations

from itertools import chain, combinations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.disclosure import Declared, Rules, publication_plan

MINIMUM = 4
ATOMS = 5
RULES = {"employee": Rules(MINIMUM, MINIMUM, complementary=True)}
SIZES = st.lists(st.integers(1, 7), min_size=ATOMS, max_size=ATOMS)
CELLS = st.lists(st.frozensets(st.integers(0, ATOMS - 1), min_size=1), min_size=1, max_size=7)
EVERY_GROUP = np.array([[group >> atom & 1 for atom in range(ATOMS)] for group in range(1, 2**ATOMS)], dtype=float)


def leaks(known: list[frozenset[int]], sizes: list[int]) -> bool:
    """Tell whether any group below the minimum is a sum and difference of the known: try every group."""
    rows = np.array([[float(atom in cell) for atom in range(ATOMS)] for cell in known]).reshape(-1, ATOMS)
    projected = EVERY_GROUP @ np.linalg.pinv(rows) @ rows if len(rows) else 0 * EVERY_GROUP
    follows = np.abs(projected - EVERY_GROUP).max(axis=1) < 1e-9
    return bool((follows & (EVERY_GROUP @ sizes < MINIMUM)).any())


def made(sizes: list[int], cells: list[frozenset[int]], names: list[str], order: list[int]) -> Declared:
    """Return cells under these names, in this order of rows."""
    frame = pd.DataFrame(
        {
            "id": [names[each] for each in order],
            "audience": "employee",
            "n": [sum(sizes[atom] for atom in cells[each]) for each in order],
            "population": None,
        }
    )
    members = [(row, atom) for row, each in enumerate(order) for atom in cells[each]]
    counts = pd.DataFrame({"n": sizes}).reindex(columns=["n", "promoters", "passives", "detractors"])
    return Declared(frame, pd.DataFrame(members, columns=["cell", "atom"]), counts.astype(float))


def planned(sizes, cells, names=None, order=None) -> set[int]:
    """Return which cells are shown, by place."""
    names = names or [f"cell {place}" for place in range(len(cells))]
    plan = publication_plan(made(sizes, cells, names, order or list(range(len(cells)))), rules=RULES)
    return {place for place, name in enumerate(names) if plan.cells.loc[name, "shown"]}


@given(SIZES, CELLS)
@settings(max_examples=80, deadline=None)
def test_nothing_below_the_minimum_follows_and_nothing_is_hidden_for_nothing(sizes, cells) -> None:
    """No safe choice of cells hides fewer answers."""
    n = [sum(sizes[atom] for atom in cell) for cell in cells]
    shown = planned(sizes, cells)
    assert not leaks([cells[place] for place in shown], sizes)
    large = [place for place in range(len(cells)) if n[place] >= MINIMUM]
    choices = chain.from_iterable(combinations(large, count) for count in range(len(large) + 1))
    most = max(sum(n[p] for p in chosen) for chosen in choices if not leaks([cells[p] for p in chosen], sizes))
    assert sum(n[place] for place in shown) == most


@given(SIZES, CELLS, st.randoms())
@settings(max_examples=40, deadline=None)
def test_the_order_of_rows_changes_nothing(sizes, cells, random) -> None:
    """The same cells in another order have the same plan."""
    order = list(range(len(cells)))
    random.shuffle(order)
    assert planned(sizes, cells) == planned(sizes, cells, order=order)


@given(SIZES, CELLS, st.randoms())
@settings(max_examples=40, deadline=None)
def test_other_names_hide_as_few_answers(sizes, cells, random) -> None:
    """Which of equals is hidden goes by name; how much is not."""
    names = [f"cell {place}" for place in range(len(cells))]
    random.shuffle(names)
    first, second = planned(sizes, cells), planned(sizes, cells, names=names)
    assert sum(sizes[a] for p in first for a in cells[p]) == sum(sizes[a] for p in second for a in cells[p])


@given(st.lists(st.integers(MINIMUM, 40), min_size=ATOMS, max_size=ATOMS), CELLS)
@settings(max_examples=30, deadline=None)
def test_where_every_group_is_large_nothing_is_hidden(sizes, cells) -> None:
    """However the groups overlap: what follows is made of large ones."""
    assert planned(sizes, cells) == set(range(len(cells)))
