"""Which groups the answers of one wave are split into, and which tallies go into which of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, zip_longest
from typing import Any

import numpy as np
import pandas as pd

from helpers.inference import tallies
from helpers.inference.tallies import Codes
from helpers.intake.facts.people import People
from helpers.intake.group_columns import TREE
from helpers.params import paths
from helpers.periods import Period

UNIT = "unit"
Window = Mapping[Any, Any]
Scope = dict[str, str]


@dataclass(frozen=True)
class Wave:
    """What was answered in one window: the tallies of its period, each by its place among all of the metric."""

    window: Window
    sums: pd.DataFrame
    people: People

    @classmethod
    def of(cls, sums: pd.DataFrame, window: Window, *, calendar: int, headcount: pd.DataFrame | None) -> Wave:
        """Take the tallies of a window's period, and how many people there were then."""
        own = sums[sums["period"] == window["period"]]
        period = Period.parse(window["period"], fiscal_year_start=calendar)
        answered = own.loc[own["n"] > 0, UNIT].dropna().astype(str).unique()
        return cls(window, own, People.at(headcount, period, answered=answered))

    def column(self, name: str) -> str | None:
        """Return the column of a dimension, segment or tree, if any of these answers have it."""
        columns = (f"dimension.{name}", f"segment.{name}", f"{TREE}{name}", name)
        return next((c for c in columns if c in self.sums.columns and self.sums[c].notna().any()), None)

    def places(self, rows: Codes | slice = slice(None)) -> Codes:
        """Return where rows of the sums stand among all of the metric."""
        found: Codes = self.sums.index.to_numpy(dtype=np.int64)[rows]
        return found


@dataclass(frozen=True)
class Split:
    """The groups of one grouping in one window: which rows of the tallies go into which of them."""

    window: Window
    grouping: str
    scopes: Sequence[Scope]
    labels: Sequence[str]
    levels: Sequence[int]
    rows: Codes
    into: Codes
    population: Sequence[int | None]
    tree: bool = False
    printed: bool = True


def splits(
    wave: Wave, by: Sequence[str], *, targeted: Sequence[Scope], earlier: Sequence[Scope] = ()
) -> Iterator[Split]:
    """Yield one split per grouping; scopes of targets that no grouping covers come as splits of one group.

    Parameters
    ----------
    wave
        The tallies of one window.
    by
        The dimensions that the params split by.
    targeted
        The groups that have a target: they are printed in every period.
    earlier
        Groups that earlier reports printed of this period. Those that this report does not print and that still have
        answers come last, not ``printed``.
    """
    yield _of_scope(wave, {})
    everything = wave.window["zero"] or wave.window["current"]
    own = list(_of_groupings(wave, by)) if everything else []
    yield from own
    covered = [set(split.grouping.split(" × ")) for split in own]
    seen: list[Scope] = [{}]
    for scope, printed in [*((scope, True) for scope in targeted), *((scope, False) for scope in earlier)]:
        if scope not in seen and set(scope) not in covered:
            split = replace(_of_scope(wave, scope), printed=printed)
            if printed or wave.sums["n"].reindex(split.rows).any():
                yield split
        seen.append(scope)


def described(parts: Sequence[Split]) -> pd.DataFrame:
    """Return what each group of the splits is: one row per group, in their order."""
    rows = [
        {"grouping": split.grouping, "scope": scope, "label": label, "tree": split.tree, "level": level}
        | {name: split.window[name] for name in ("period", "first", "last", "zero", "current")}
        | {"printed": split.printed}
        for split in parts
        for scope, label, level in zip(split.scopes, split.labels, split.levels, strict=True)
    ]
    return pd.DataFrame(rows)


def _of_groupings(wave: Wave, by: Sequence[str]) -> Iterator[Split]:
    """Yield each declared dimension by itself, then all of them crossed, then the trees."""
    trees = [UNIT, *(str(name).removeprefix(TREE) for name in wave.sums.columns if str(name).startswith(TREE))]
    present = [name for name in by if name not in trees and wave.column(name)]
    crossed = [list(names) for names in combinations(present, len(present)) if len(names) > 1]
    for names in [*([name] for name in present), *crossed]:
        yield _of_grouping(wave, names)
    for name in trees:
        column = UNIT if name == UNIT else f"{TREE}{name}"
        if wave.sums[column].notna().any():
            yield _of_tree(wave, name, column)


def _of_grouping(wave: Wave, names: list[str]) -> Split:
    into, combined = tallies.grouped(wave.sums, [str(wave.column(name)) for name in names])
    keys = combined.astype(str).to_numpy().tolist()
    known = into >= 0
    return Split(
        wave.window,
        grouping=" × ".join(names),
        scopes=[dict(zip(names, key, strict=True)) for key in keys],
        labels=[" · ".join(key) for key in keys],
        levels=[len(names) - 1] * len(keys),
        rows=wave.places(np.flatnonzero(known)),
        into=into[known],
        population=[None] * len(keys),
    )


def _of_tree(wave: Wave, name: str, column: str) -> Split:
    """Score every unit of a tree with all below it, parents before their children."""
    codes, found = pd.factorize(wave.sums[column].astype(object))
    units = paths.tree(found)
    place = {unit: number for number, unit in enumerate(units)}
    above = [[place[unit] for unit in paths.upwards(path)] for path in found]
    levels = np.array(list(zip_longest(*above, fillvalue=-1)), dtype=np.int64).T  # a shorter path ends in −1
    inside = np.flatnonzero(codes >= 0)
    placed = levels[codes[inside]]
    known = placed >= 0
    return Split(
        wave.window,
        grouping=name,
        scopes=[{name: unit} for unit in units],
        labels=[paths.parts(unit)[-1] for unit in units],
        levels=[len(paths.parts(unit)) - 1 for unit in units],
        rows=wave.places(np.repeat(inside, known.sum(axis=1))),
        into=placed[known],
        population=[wave.people.total(unit) if name == UNIT else None for unit in units],
        tree=True,
    )


def _of_scope(wave: Wave, scope: Scope) -> Split:
    inside = np.ones(len(wave.sums), dtype=np.bool_)
    for name, value in scope.items():
        inside &= _within(wave, name, value)
    rows = wave.places(np.flatnonzero(inside))
    whole_units = set(scope) <= {UNIT}
    return Split(
        wave.window,
        grouping=" × ".join(scope),
        scopes=[scope],
        labels=[" · ".join(paths.parts(value)[-1] for value in scope.values())],
        levels=[0],
        rows=rows,
        into=np.zeros(len(rows), dtype=np.int64),
        population=[wave.people.total(scope.get(UNIT, "")) if whole_units else None],
    )


def _within(wave: Wave, name: str, value: str) -> np.typing.NDArray[np.bool_]:
    column = wave.column(name)
    if column is None:
        return np.zeros(len(wave.sums), dtype=np.bool_)
    codes, found = pd.factorize(wave.sums[column].astype(object))
    is_tree = column == UNIT or column.startswith(TREE)
    fits = [paths.within(str(each), value) if is_tree else each == value for each in found]
    return np.array([*fits, False], dtype=np.bool_)[codes]
