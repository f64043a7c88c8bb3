"""Every score that a chapter may print: one row per metric, period and group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations, zip_longest
from typing import Any

import numpy as np
import pandas as pd

from helpers.errors import DataError
from helpers.inference import clusters, groups, tallies
from helpers.inference.tallies import Codes
from helpers.intake.facts.people import People, refuse_more_answers
from helpers.intake.group_columns import TREE
from helpers.params import paths
from helpers.params.metrics import Metric, figure_id, is_of, scope_of
from helpers.params.model import Params
from helpers.periods import Period

UNIT = "unit"
SHARED = {"agent": "agent_key", "customer": "customer_key"}
"""What answers can share, so that they come in clumps: the agent who helped, else the customer who answers again."""

Window = Mapping[Any, Any]
Scope = dict[str, str]


def scores(
    answers: pd.DataFrame,
    metrics: Sequence[Metric],
    windows: pd.DataFrame,
    *,
    params: Params,
    headcount: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Score every cell that a chapter may print.

    Parameters
    ----------
    answers
        Responses with ``period``, as :func:`helpers.analysis.windows.labelled` returns them.
    metrics
        The metrics of the report.
    windows
        As :func:`helpers.analysis.windows.windows` returns them.
    params
        For the crossed dimensions, the targets' scopes and the confidence.
    headcount
        ``unit, period, employees``: makes the employee scores those of a finite population.

    Returns
    -------
    pandas.DataFrame
        One row per metric, period and group, each group in declared order: ``id, metric, audience,
        measurement, unit_of_score`` (points, scale or percent), ``high_is_good``, ``period, first, last`` (days),
        ``zero, current`` (bool), ``grouping`` (the
        names that split it, joined by ' × '; empty for the whole), ``scope`` (dict; a place in a tree as its
        whole path), ``label`` (the group's own name), ``tree`` (whether the grouping is a tree of units),
        ``level`` (depth in the tree), and the columns of :func:`helpers.inference.groups.by_group`, with
        ``clusters, design_effect`` of :func:`helpers.inference.clusters.design_effects` (agents, or customers who
        answer again). At the zero measurement and now all groups: the declared dimensions, their crossing, the units
        and every other tree; in the periods between, the whole and the groups that have a target.

    Raises
    ------
    DataError
        If a unit has more answers than people.

    Notes
    -----
    The answers are added up once, per period and combination of groups; every cell is a sum of these sums.
    """
    parts = [
        _of_metric(_tallied(answers, metric, params), metric, own, params, headcount)
        for metric in metrics
        if (own := windows[windows["metric"] == metric.key].to_dict("records"))
    ]
    if not parts:
        raise DataError("No answers fall in or before the report's period; choose another --period.")
    return pd.concat(parts, ignore_index=True)


@dataclass(frozen=True)
class _Wave:
    """What was answered in one window: the tallies of its period, each by its place among all of the metric."""

    window: Window
    sums: pd.DataFrame
    people: People

    def column(self, name: str) -> str | None:
        """Return the column of a dimension, segment or tree, if any of these answers have it."""
        columns = (f"dimension.{name}", f"segment.{name}", f"{TREE}{name}", name)
        return next((c for c in columns if c in self.sums.columns and self.sums[c].notna().any()), None)

    def places(self, rows: Codes | slice = slice(None)) -> Codes:
        """Return where rows of the sums stand among all of the metric."""
        found: Codes = self.sums.index.to_numpy(dtype=np.int64)[rows]
        return found


@dataclass(frozen=True)
class _Split:
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


def _tallied(answers: pd.DataFrame, metric: Metric, params: Params) -> pd.DataFrame:
    """Add up the answers of a metric per period and combination of the groups that its cells are made of."""
    scoped = [name for target in params.targets if is_of(target, metric) for name in target.scope]
    named = [name for by in (*params.zero_measurement.by, *scoped) for name in (f"dimension.{by}", f"segment.{by}", by)]
    trees = [name for name in answers.columns if name.startswith(TREE)]
    by = [name for name in dict.fromkeys(["period", *named, UNIT, *trees]) if name in answers.columns]
    keys = [key for key in SHARED.values() if key in answers.columns]
    own = answers.loc[answers["source"].isin(metric.sources), [*by, f"measure.{metric.name}", "weight", *keys]]
    own = own.rename(columns={f"measure.{metric.name}": "answer"}).assign(cluster=_clustered(own))
    # a survey without weights counts each answer once beside one that has them
    own["weight"] = own["weight"].fillna(1.0)
    wanted: dict[str, Any] = {"rule": metric.rule, "best": metric.best_answers, "weighted": metric.weighted}
    return tallies.tally(own, by=[*by, "cluster"], every=False, **wanted)


def _clustered(own: pd.DataFrame) -> pd.Series:
    """Return with whom each answer is in one clump; one that shares nothing is in none."""
    shared = pd.Series(pd.NA, index=own.index, dtype="string")
    for name, key in SHARED.items():
        if key in own.columns:
            shared = shared.fillna(f"{name} " + own[key].astype("string"))
    return shared.where(shared.duplicated(keep=False))


def _alike(sums: pd.DataFrame, periods: pd.Series, metric: Metric) -> pd.DataFrame:
    """Return per cell how alike answers of a cluster are, once per period: within the units, which all took part."""
    found = clusters.intraclass_correlation(sums, cluster="cluster", by=["period"], within=[UNIT], rule=metric.rule)
    per_period = found.set_index("period")[["rho", "df"]].reindex(periods)
    return per_period.fillna({"df": np.inf}).reset_index(drop=True)


def _of_metric(
    sums: pd.DataFrame,
    metric: Metric,
    windows: Sequence[Window],
    params: Params,
    headcount: pd.DataFrame | None,
) -> pd.DataFrame:
    waves = [_wave(sums, window, params, headcount if metric.audience == "employee" else None) for window in windows]
    targeted = [scope_of(target) for target in params.targets if is_of(target, metric)]
    splits = [split for wave in waves for split in _splits(wave, params.zero_measurement.by, targeted)]
    sizes = [len(split.scopes) for split in splits]
    starts = accumulate(sizes[:-1], initial=0)
    rows = np.concatenate([split.rows for split in splits])
    into = np.concatenate([split.into + start for split, start in zip(splits, starts, strict=True)])
    of_groups: dict[str, Any] = {"rows": rows, "into": into, "groups": sum(sizes)}
    added = tallies.added(sums, **of_groups)
    population, about = pd.Series([n for split in splits for n in split.population], dtype="float64"), _about(splits)
    refuse_more_answers(about, added["n"], population)
    alike = _alike(sums, about["period"], metric)
    wider = clusters.design_effects(sums, cluster="cluster", **of_groups, rho=alike["rho"]).drop(columns="per_cluster")
    table = groups.scored(
        added,
        rule=metric.rule,
        confidence=params.report.confidence,
        weighted=metric.weighted,
        population=population,
        design_effect=wider["design_effect"],
        df=alike["df"].to_numpy(),
    ).join(wider)
    return _described(table, about, metric)


def _wave(sums: pd.DataFrame, window: Window, params: Params, headcount: pd.DataFrame | None) -> _Wave:
    own = sums[sums["period"] == window["period"]]
    period = Period.parse(window["period"], fiscal_year_start=params.fiscal_year_start)
    answered = own.loc[own["n"] > 0, UNIT].dropna().astype(str).unique()
    return _Wave(window, own, People.at(headcount, period, answered=answered))


def _splits(wave: _Wave, by: Sequence[str], targeted: Sequence[Scope]) -> Iterator[_Split]:
    """Yield one split per grouping; scopes of targets that no grouping covers come as splits of one group."""
    yield _of_scope(wave, {})
    everything = wave.window["zero"] or wave.window["current"]
    own = list(_of_groupings(wave, by)) if everything else []
    yield from own
    covered = [set(split.grouping.split(" × ")) for split in own]
    seen: list[Scope] = [{}]
    for scope in targeted:
        if scope not in seen and set(scope) not in covered:
            yield _of_scope(wave, scope)
        seen.append(scope)


def _of_groupings(wave: _Wave, by: Sequence[str]) -> Iterator[_Split]:
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


def _of_grouping(wave: _Wave, names: list[str]) -> _Split:
    into, combined = tallies.grouped(wave.sums, [str(wave.column(name)) for name in names])
    keys = combined.astype(str).to_numpy().tolist()
    known = into >= 0
    return _Split(
        wave.window,
        grouping=" × ".join(names),
        scopes=[dict(zip(names, key, strict=True)) for key in keys],
        labels=[" · ".join(key) for key in keys],
        levels=[len(names) - 1] * len(keys),
        rows=wave.places(np.flatnonzero(known)),
        into=into[known],
        population=[None] * len(keys),
    )


def _of_tree(wave: _Wave, name: str, column: str) -> _Split:
    """Score every unit of a tree with all below it, parents before their children."""
    codes, found = pd.factorize(wave.sums[column].astype(object))
    units = paths.tree(found)
    place = {unit: number for number, unit in enumerate(units)}
    above = [[place[unit] for unit in paths.upwards(path)] for path in found]
    levels = np.array(list(zip_longest(*above, fillvalue=-1)), dtype=np.int64).T  # a shorter path ends in −1
    inside = np.flatnonzero(codes >= 0)
    placed = levels[codes[inside]]
    known = placed >= 0
    return _Split(
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


def _of_scope(wave: _Wave, scope: Scope) -> _Split:
    inside = np.ones(len(wave.sums), dtype=np.bool_)
    for name, value in scope.items():
        inside &= _within(wave, name, value)
    rows = wave.places(np.flatnonzero(inside))
    whole_units = set(scope) <= {UNIT}
    return _Split(
        wave.window,
        grouping=" × ".join(scope),
        scopes=[scope],
        labels=[" · ".join(paths.parts(value)[-1] for value in scope.values())],
        levels=[0],
        rows=rows,
        into=np.zeros(len(rows), dtype=np.int64),
        population=[wave.people.total(scope.get(UNIT, "")) if whole_units else None],
    )


def _within(wave: _Wave, name: str, value: str) -> np.typing.NDArray[np.bool_]:
    column = wave.column(name)
    if column is None:
        return np.zeros(len(wave.sums), dtype=np.bool_)
    codes, found = pd.factorize(wave.sums[column].astype(object))
    is_tree = column == UNIT or column.startswith(TREE)
    fits = [paths.within(str(each), value) if is_tree else each == value for each in found]
    return np.array([*fits, False], dtype=np.bool_)[codes]


def _about(splits: Sequence[_Split]) -> pd.DataFrame:
    rows = [
        {"grouping": split.grouping, "scope": scope, "label": label, "tree": split.tree, "level": level}
        | {name: split.window[name] for name in ("period", "first", "last", "zero", "current")}
        for split in splits
        for scope, label, level in zip(split.scopes, split.labels, split.levels, strict=True)
    ]
    return pd.DataFrame(rows)


def _described(table: pd.DataFrame, about: pd.DataFrame, metric: Metric) -> pd.DataFrame:
    named = zip(about["scope"], about["period"], strict=True)
    table.insert(0, "id", [figure_id(metric.key, scope, period) for scope, period in named])
    return table.join(about).assign(
        metric=metric.key, audience=metric.audience, measurement=metric.measurement,
        unit_of_score=metric.unit, high_is_good=metric.high_is_good,
    )  # fmt: skip
