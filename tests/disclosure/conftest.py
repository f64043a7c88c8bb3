"""Small organisations to plan for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import pytest

from helpers.disclosure import Declared, Plan, Rules, publication_plan

BANDS = ["promoters", "passives", "detractors"]


@pytest.fixture(scope="session")
def declared() -> Callable[..., Declared]:
    """Return what declares cells: each is a name and the places of its atoms; atoms are sizes, or counts of bands."""

    def of(atoms: Sequence[Any], cells: Mapping[str, Sequence[int]], **columns: Any) -> Declared:
        counted = all(isinstance(atom, tuple) for atom in atoms)
        rows = [atom if counted else (None, None, None) for atom in atoms]
        counts = pd.DataFrame(rows, columns=BANDS).astype("float64")
        counts.insert(0, "n", [sum(atom) if counted else atom for atom in atoms])
        frame = pd.DataFrame(
            [counts.iloc[list(members)].sum(min_count=1 if members else 0) for members in cells.values()]
        )
        frame = frame.assign(n=frame["n"].astype("int64"), id=list(cells), audience="employee", population=None)
        members = [(number, atom) for number, atoms_of in enumerate(cells.values()) for atom in atoms_of]
        return Declared(frame.assign(**columns), pd.DataFrame(members, columns=["cell", "atom"]), counts)

    return of


@pytest.fixture(scope="session")
def plan_of(declared) -> Callable[..., Plan]:
    """Return what plans for them: employees, of whom at least five must have answered."""

    def of(atoms: Sequence[Any], cells: Mapping[str, Sequence[int]], *, minimum: int = 5, **asked: Any) -> Plan:
        rules = {"employee": Rules(minimum, minimum, complementary=True)}
        names = ("published", "within", "also_hidden")
        given = {name: asked.pop(name) for name in names if name in asked}
        return publication_plan(declared(atoms, cells, **asked), rules=rules, **given)

    return of


@pytest.fixture(scope="session")
def hidden() -> Callable[[Plan], set[str]]:
    """Return what lists the hidden cells of a plan."""
    return lambda plan: set(plan.cells.index[~plan.cells["shown"]])
