"""The hidden units of one parent, shown together where that gives nothing away."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import pytest

from helpers.disclosure import Declared, Plan, Rules, publication_plan
from helpers.disclosure.roll_up import candidates, with_roll_ups

RULES = {
    "employee": Rules(10, 10, complementary=True, shares_from=30, unanimity=True, waves=True, roll_up=True),
    "customer": Rules(5, 5),
}
Bands = tuple[int, int, int]


def organisation(
    teams: Mapping[str, Bands], *, people: Mapping[str, int] | None = None, nps: bool = True, audience: str = "employee"
) -> Declared:
    """Declare the whole, every unit and every team of paths; an atom is the answers of one team."""
    atoms = pd.DataFrame(list(teams.values()), columns=["promoters", "passives", "detractors"])
    atoms.insert(0, "n", atoms.sum(axis=1))
    above = {" › ".join(path.split(" › ")[:depth]) for path in teams for depth in range(len(path.split(" › ")))}
    units = sorted({*above, *(path for path in teams if path.rpartition(" › ")[2] != "not stated")})
    inside = [
        [place for place, path in enumerate(teams) if f"{path} › ".startswith(f"{unit} › ") or not unit]
        for unit in units
    ]
    rows = [
        {
            "id": f"enps[unit={unit}]@2026-Q3" if unit else "enps@2026-Q3", "audience": audience, "metric": "enps",
            "period": "2026-Q3", "place": 0, "scope": {"unit": unit} if unit else {},
            "population": (people or {}).get(unit), **atoms.iloc[own].sum().to_dict(),
        }
        for unit, own in zip(units, inside, strict=True)
    ]  # fmt: skip
    cells = pd.DataFrame(rows)
    bands = cells[["promoters", "passives", "detractors"]]
    cells = cells.assign(unanimous=bands.gt(0).sum(axis=1).eq(1))
    if not nps:
        cells, atoms = (frame.assign(promoters=None, passives=None, detractors=None) for frame in (cells, atoms))
    members = [(cell, atom) for cell, own in enumerate(inside) for atom in own]
    return Declared(cells, pd.DataFrame(members, columns=["cell", "atom"]), atoms.set_axis(pd.Index(list(teams))))


def rolled(declared: Declared, rules: Mapping[str, Rules] = RULES) -> tuple[Plan, Plan, pd.DataFrame]:
    """Return the plan without, the plan with, and the rows that are added."""
    plan = publication_plan(declared, rules=rules)
    after, rows = with_roll_ups(declared, plan, rules=rules)
    return plan, after, rows


SMALL = {"Klant": (10, 5, 5), "Net": (3, 2, 1), "Wind": (2, 1, 4)}
"""A team of 20, and two of 6 and 7."""


def test_two_small_teams_are_shown_together() -> None:
    """6 and 7 answers are 13, which all less the team of 20 gives anyhow."""
    before, after, rows = rolled(organisation(SMALL))
    assert rows.to_dict("records") == [
        {
            "id": "enps[unit=*]@2026-Q3", "audience": "employee", "metric": "enps", "period": "2026-Q3", "place": 0,
            "scope": {"unit": "*"}, "n": 13, "population": None, "promoters": 5, "passives": 3, "detractors": 5,
            "respondents": 13, "unanimous": False, "parent": "", "units": ("Net", "Wind"), "of_cells": (2, 3),
        }
    ]  # fmt: skip
    assert after.hidden_because("enps[unit=*]@2026-Q3") == ""
    assert not after.detailed("enps[unit=*]@2026-Q3")
    pd.testing.assert_frame_equal(after.cells.drop(index="enps[unit=*]@2026-Q3"), before.cells)


def test_a_unit_in_the_tree_has_its_own_row() -> None:
    """One level up is the unit above, not the whole."""
    teams = {f"Net › {team}": bands for team, bands in SMALL.items()} | {"Wind": (20, 10, 10)}
    rows = rolled(organisation(teams))[2]
    assert rows[["id", "parent", "n"]].to_numpy().tolist() == [["enps[unit=Net › *]@2026-Q3", "Net", 13]]
    assert rows["units"].item() == ("Net › Net", "Net › Wind")
    assert rows["scope"].item() == {"unit": "Net › *"}


@pytest.mark.parametrize(
    ("net", "wind"),
    [
        ((3, 0, 2), (1, 2, 1)),  # 5 and 4 are 9: too few together
        ((6, 0, 0), (7, 0, 0)),  # all 13 are promoters
        ((0, 0, 0), (4, 1, 4)),  # only one of the two has answers: its sum is itself
    ],
)
def test_what_is_too_small_together_stays_hidden(net: Bands, wind: Bands) -> None:
    """Nothing is added, and nothing else changes."""
    before, after, rows = rolled(organisation(SMALL | {"Net": net, "Wind": wind}))
    assert rows.empty
    assert after is before


def test_the_people_count_too() -> None:
    """Where the headcount is known and small, together it may still be too small."""
    declared = organisation(SMALL, people={"Net": 7, "Wind": 8, "Klant": 30, "": 45})
    assert rolled(declared)[2]["population"].tolist() == [15]
    strict = RULES | {"employee": Rules(10, 16, complementary=True, roll_up=True)}
    assert rolled(declared, strict)[2].empty


@pytest.mark.parametrize(("nameless", "rows"), [((2, 1, 1), 0), ((4, 4, 4), 1)])
def test_what_is_left_of_the_unit_is_none_or_enough(nameless: Bands, rows: int) -> None:
    """4 people of no team would follow from all, the teams shown and the others together; 12 may."""
    declared = organisation(SMALL | {"not stated": nameless})
    plan = publication_plan(declared, rules={"employee": Rules(10, 10)})
    assert len(candidates(declared, plan, rules=RULES)) == rows


def test_a_unit_that_is_hidden_itself_has_no_row() -> None:
    """Its answers go up with it."""
    teams = {"Net › Noord": (2, 1, 1), "Net › Zuid": (1, 1, 2), "Wind": (2, 2, 2), "Klant": (20, 10, 10)}
    rows = rolled(organisation(teams))[2]
    assert rows[["parent", "n", "units"]].to_numpy().tolist() == [["", 14, ("Net", "Wind")]]


def test_only_where_the_params_ask_for_it() -> None:
    """For customers never."""
    without = RULES | {"employee": Rules(10, 10, complementary=True)}
    before, after, rows = rolled(organisation(SMALL), without)
    assert rows.empty
    assert after is before
    assert rolled(organisation(SMALL, audience="customer"))[2].empty


def test_of_a_measure_without_bands_one_team_that_differs_is_enough() -> None:
    """Whether two teams of one mind each are of the same mind is not known: then it stays hidden."""
    declared = organisation(SMALL, nps=False)
    assert rolled(declared)[2]["n"].tolist() == [13]
    alike = Declared(declared.cells.assign(unanimous=[False, False, True, True]), declared.members, declared.atoms)
    assert rolled(alike)[2].empty


def with_group(declared: Declared, bands: Bands, *, of: tuple[str, ...], few: tuple[str, Bands]) -> Declared:
    """Declare people over 50 too: all of some teams, and a few of another team."""
    team, counts = few
    atom = {path: place for place, path in enumerate(declared.atoms.index)}
    atoms, cells, members = declared.atoms, declared.cells, declared.members
    own = ["n", "promoters", "passives", "detractors"]
    split = pd.DataFrame([[sum(counts), *counts]], columns=own)
    atoms = pd.concat([atoms.reset_index(drop=True), split], ignore_index=True)
    atoms.loc[atom[team], own] = atoms.loc[atom[team], own].to_numpy() - split.iloc[0].to_numpy()
    row = cells.iloc[0].to_dict() | {"id": "enps[age=50+]@2026-Q3", "scope": {"age": "50+"}, "n": sum(bands)}
    row |= dict(zip(own[1:], bands, strict=True))
    last = len(atoms) - 1
    inside = members.loc[members["atom"].eq(atom[team]), "cell"].tolist()
    extra = [(cell, last) for cell in [*inside, len(cells)]] + [(len(cells), atom[path]) for path in of]
    return Declared(
        pd.concat([cells, pd.DataFrame([row])], ignore_index=True),
        pd.concat([members, pd.DataFrame(extra, columns=["cell", "atom"])], ignore_index=True),
        atoms,
    )


def test_a_row_that_would_give_others_away_is_left_out() -> None:
    """All 13 of Net and Wind and 3 of Klant are over 50: less the sum of the two teams, the 3 would follow."""
    teams = {f"A › {name}": bands for name, bands in SMALL.items()} | {"A › not stated": (6, 5, 4), "B": (20, 10, 10)}
    declared = organisation(teams)
    assert rolled(declared)[2]["n"].tolist() == [13]
    older = with_group(declared, (7, 4, 5), of=("A › Net", "A › Wind"), few=("A › Klant", (2, 1, 0)))
    before, after, rows = rolled(older)
    assert before.hidden_because("enps[age=50+]@2026-Q3") == ""
    assert len(candidates(older, before, rules=RULES)) == 1
    assert rows.empty
    assert after is before


def test_one_safe_row_remains_beside_one_that_is_not() -> None:
    """Rows are then tried one by one."""
    teams = {f"{unit} › {name}": bands for unit in "ABC" for name, bands in SMALL.items()}
    declared = organisation(teams | {"B › not stated": (6, 5, 4)})
    assert rolled(declared)[2]["parent"].tolist() == ["A", "B", "C"]
    older = with_group(declared, (7, 4, 5), of=("B › Net", "B › Wind"), few=("B › Klant", (2, 1, 0)))
    before, after, rows = rolled(older)
    assert before.hidden_because("enps[age=50+]@2026-Q3") == ""
    assert rows["parent"].tolist() == ["A", "C"]
    assert set(after.cells.index) - set(before.cells.index) == {
        "enps[unit=A › *]@2026-Q3",
        "enps[unit=C › *]@2026-Q3",
    }


def test_a_row_that_an_attack_used_is_not_added() -> None:
    """The others are."""
    declared = organisation({f"{unit} › {name}": bands for unit in "AB" for name, bands in SMALL.items()})
    plan = publication_plan(declared, rules=RULES)
    rows = with_roll_ups(declared, plan, rules=RULES, also_hidden=["enps[unit=A › *]@2026-Q3"])[1]
    assert rows["parent"].tolist() == ["B"]


def test_what_is_declared_does_not_change() -> None:
    """Frame in, new frame out."""
    declared = organisation(SMALL)
    cells, members = declared.cells.copy(deep=True), declared.members.copy(deep=True)
    rolled(declared)
    pd.testing.assert_frame_equal(declared.cells, cells)
    pd.testing.assert_frame_equal(declared.members, members)
