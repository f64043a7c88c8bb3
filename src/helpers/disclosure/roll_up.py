"""The hidden units of one parent, shown together: "other units together"."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from helpers.disclosure.declared import Declared
from helpers.disclosure.plan import Plan
from helpers.disclosure.publication import publication_plan
from helpers.disclosure.rules import Rules
from helpers.params.metrics import PATH_SEPARATOR, figure_id

UNIT = "unit"
TOGETHER = "*"
"""The name that the other units of a parent have in scopes and ids: ``unit=Midden › *``, at the top ``unit=*``."""
FEWEST_UNITS = 2
BANDS = ["promoters", "passives", "detractors"]
CELL_COLUMNS = (
    "id", "audience", "metric", "period", "place", "scope", "n", "population", *BANDS, "respondents", "unanimous",
)  # fmt: skip
COLUMNS = (*CELL_COLUMNS, "parent", "units", "of_cells")


def with_roll_ups(
    declared: Declared,
    plan: Plan,
    *,
    rules: Mapping[str, Rules],
    published: pd.DataFrame | None = None,
    also_hidden: Collection[str] = (),
) -> tuple[Plan, pd.DataFrame]:
    """Show hidden units together where that gives nothing away.

    Parameters
    ----------
    declared, rules, published
        As the plan was made with.
    plan
        What is shown without.
    also_hidden
        Ids of rows that must not be added: what an attack on the finished report still gave away.

    Returns
    -------
    tuple
        The plan with the rows that may be added, and these rows, by id: ``id, audience, metric, period, place, scope,
        n, population, promoters, passives, detractors, respondents, unanimous``, ``parent`` (the path of the unit
        above, empty at the top), ``units`` (the paths of the hidden units, in order) and ``of_cells`` (their places in
        ``declared``). Nothing that the plan hides is shown by it, and nothing that it shows is hidden.

    Notes
    -----
    Each row is tried as one more cell of the plan: it comes in only where every cell that was shown still can be.
    Audiences whose rules have no ``roll_up`` have no such rows.
    """
    wanted = {name for name, rule in rules.items() if rule.roll_up}
    rows = candidates(declared, plan, rules={name: rules[name] for name in sorted(wanted)})
    rows = rows[~rows["id"].isin(list(also_hidden))].reset_index(drop=True)
    found = _safe(declared, plan, rows, rules=rules, published=published)
    chosen = rows.iloc[:0]
    for place in range(len(rows)) if found is None else ():
        tried = rows[rows.index.isin([*chosen.index, rows.index[place]])]
        better = _safe(declared, plan, tried, rules=rules, published=published)
        chosen, found = (chosen, found) if better is None else (tried, better)
    if found is None:
        return plan, chosen
    return found, (rows if chosen.empty else chosen).reset_index(drop=True)


def candidates(declared: Declared, plan: Plan, *, rules: Mapping[str, Rules]) -> pd.DataFrame:
    """Return the rows that could be added, by the numbers of their own unit alone.

    Parameters
    ----------
    declared, plan
        As in :func:`with_roll_ups`.
    rules
        By audience; of others there are no rows.

    Returns
    -------
    pandas.DataFrame
        As the rows of :func:`with_roll_ups`: of every shown unit (or the whole) with two hidden units or more right
        below it, when together they are large enough, not of one mind and not the whole unit, and when of the unit's
        answers none are left besides, or no fewer than the minimum.
    """
    cells = declared.cells[declared.cells["audience"].isin(list(rules))]
    units = cells[cells["scope"].map(_is_unit) & cells["n"].gt(0) & cells["printed"].astype(bool)]
    units = units.assign(path=[scope.get(UNIT, "") for scope in units["scope"]])
    units = units.assign(
        parent=[path.rpartition(PATH_SEPARATOR)[0] for path in units["path"]],
        shown=[not plan.hidden_because(identity) for identity in units["id"]],
    )
    waves = units.groupby(["audience", "metric", "period"], sort=True)
    rows = [row for (audience, _, _), wave in waves for row in _of_wave(wave, rules[str(audience)])]
    return pd.DataFrame(rows, columns=list(COLUMNS)).sort_values("id", ignore_index=True)


def _is_unit(scope: object) -> bool:
    return isinstance(scope, Mapping) and set(scope) <= {UNIT}


def _of_wave(wave: pd.DataFrame, rules: Rules) -> list[dict[str, Any]]:
    """Return the rows of one metric in one period."""
    once = wave.drop_duplicates("path").sort_values("path")
    above = once[once["shown"]].set_index("path")["n"].to_dict()
    below = once[once["path"].ne("") & once["parent"].isin(list(above))]
    rows = []
    for parent, children in below.groupby("parent"):
        hidden = children[~children["shown"]]
        left = int(above[parent] - children["n"].sum())
        says_more = len(hidden) >= FEWEST_UNITS and hidden["n"].sum() < above[parent]
        row = _together(hidden, str(parent)) if says_more else None
        if row is not None and (left == 0 or left >= rules.minimum_respondents) and _large_enough(row, rules):
            rows.append(row)
    return rows


def _together(units: pd.DataFrame, parent: str) -> dict[str, Any]:
    """Return the sum of units: of one wave a person is in one of them."""
    first = units.iloc[0]
    path = f"{parent}{PATH_SEPARATOR}{TOGETHER}" if parent else TOGETHER
    scope = {UNIT: path}
    added = units[["n", "population", *BANDS]].astype("float64").sum(skipna=False)
    people = units["respondents"].astype("float64").fillna(units["n"].astype("float64"))
    row: dict[str, Any] = {name: first[name] for name in ("audience", "metric", "period", "place")}
    row |= {str(name): None if np.isnan(value) else int(value) for name, value in added.items()}
    return row | {
        "id": figure_id(first["metric"], scope, first["period"]),
        "scope": scope,
        "respondents": int(people.sum()),
        "unanimous": _unanimous(units, added[BANDS]),
        "parent": parent,
        "units": tuple(units["path"]),
        "of_cells": tuple(int(label) for label in units.index),
    }


def _unanimous(units: pd.DataFrame, bands: pd.Series) -> bool:
    """Tell whether all may have given the same answer; of a measure that is no NPS only its units are known."""
    if bands.isna().any():
        return bool(units["unanimous"].astype(bool).all())
    return bool(bands.gt(0).sum() == 1)


def _large_enough(row: Mapping[str, Any], rules: Rules) -> bool:
    people = row["population"]
    return (
        min(row["n"], row["respondents"]) >= rules.minimum_respondents
        and (people is None or people >= rules.minimum_headcount)
        and not (rules.unanimity and row["unanimous"])
    )


def _safe(
    declared: Declared,
    plan: Plan,
    rows: pd.DataFrame,
    *,
    rules: Mapping[str, Rules],
    published: pd.DataFrame | None,
) -> Plan | None:
    """Return the plan with these rows, or None where they cannot be shown beside all that it shows."""
    if rows.empty:
        return None
    extra = pd.DataFrame({"audience": rows["audience"], "shown": True, "hidden_because": "", "detailed": True})
    allowed = pd.concat([plan.cells, extra.set_axis(pd.Index(rows["id"], name="id"))])
    tried = publication_plan(
        _with(declared, rows), rules=rules, published=published, within=replace(plan, cells=allowed)
    )
    if not _all_shown(tried, allowed.index[allowed["shown"].astype(bool)]):
        return None
    return replace(plan, cells=pd.concat([plan.cells, tried.cells.loc[list(rows["id"])]]))


def _all_shown(plan: Plan, identities: Iterable[str]) -> bool:
    return not any(plan.hidden_because(identity) for identity in identities)


def _with(declared: Declared, rows: pd.DataFrame) -> Declared:
    """Declare the rows too: each is made of the answers of its units."""
    start = len(declared.cells)
    extra = rows[list(CELL_COLUMNS)].assign(printed=True)
    members = [declared.members, *(_members(declared, start + place, of) for place, of in enumerate(rows["of_cells"]))]
    cells = pd.concat([declared.cells.astype(object), extra.astype(object)], ignore_index=True)
    return Declared(
        cells.astype({name: kind for name, kind in declared.cells.dtypes.items() if name in extra.columns}),
        pd.concat(members, ignore_index=True),
        declared.atoms,
    )


def _members(declared: Declared, cell: int, of_cells: Sequence[int]) -> pd.DataFrame:
    atoms = declared.members.loc[declared.members["cell"].isin(of_cells), "atom"]
    return pd.DataFrame({"cell": cell, "atom": atoms.drop_duplicates().to_numpy()})
