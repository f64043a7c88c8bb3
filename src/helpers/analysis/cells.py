"""Every score that a chapter may print: one row per metric, period and group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

import pandas as pd

from helpers.errors import DataError
from helpers.inference import groups
from helpers.intake.people import People
from helpers.params.metrics import PATH_SEPARATOR, Metric, figure_id, is_of, scope_of
from helpers.params.model import Params
from helpers.periods import Period

UNIT = "unit"

Window = Mapping[Any, Any]


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
        names that split it, joined by ' × '; empty for the whole), ``scope`` (dict), ``label`` (the group's
        own name), ``level`` (depth in the unit tree), and the columns of
        :func:`helpers.inference.groups.by_group`. At the zero measurement and now all groups; in the periods
        between, the whole and the groups that have a target.

    Raises
    ------
    DataError
        If a unit has more answers than people.
    """
    parts = [
        part
        for metric in metrics
        for window in windows[windows["metric"] == metric.key].to_dict("records")
        for part in _of_window(answers, metric, window, params, headcount)
    ]
    if not parts:
        raise DataError("No answers fall in or before the report's period; choose another --period.")
    return pd.concat(parts, ignore_index=True)


def _of_window(
    answers: pd.DataFrame, metric: Metric, window: Window, params: Params, headcount: pd.DataFrame | None
) -> Iterator[pd.DataFrame]:
    given = _answers(answers, metric, window["period"])
    wave = Period.parse(window["period"], fiscal_year_start=params.fiscal_year_start)
    people = People.at(
        headcount if metric.audience == "employee" else None,
        wave,
        answered=given.loc[given["answer"].notna(), UNIT].dropna().astype(str).unique(),
    )
    targeted = [scope_of(target) for target in params.targets if is_of(target, metric)]
    yield from (
        _described(table, metric, window)
        for table in _tables(given, metric, params, people, targeted, everything=window["zero"] or window["current"])
    )


def _tables(
    given: pd.DataFrame,
    metric: Metric,
    params: Params,
    people: People,
    targeted: list[dict[str, str]],
    *,
    everything: bool,
) -> Iterator[pd.DataFrame]:
    """Yield one table per grouping; scopes of targets that no grouping covers come as tables of one row."""
    yield _scored(given, metric, params, [], _population(given, people, [""])).assign(
        grouping="", label="", scope=_scopes([{}]), level=0
    )
    covered: list[set[str]] = []
    for grouping in _groupings(given, params) if everything else ():
        covered.append(set(grouping))
        yield _of_grouping(given, metric, params, grouping)
    if everything and metric.audience == "employee":
        yield from _of_units(given, metric, params, people)
        covered.append({UNIT})
    seen: list[dict[str, str]] = [{}]
    for scope in targeted:
        if scope not in seen and set(scope) not in covered:
            yield _of_scope(given, metric, params, scope, people)
        seen.append(scope)


def _groupings(given: pd.DataFrame, params: Params) -> list[list[str]]:
    """Return each declared dimension by itself, then all of them crossed."""
    present = [name for name in params.zero_measurement.by if _grouping_column(given, name)]
    crossed = [list(pair) for size in range(2, len(present) + 1) for pair in combinations(present, size)]
    return [[name] for name in present] + [names for names in crossed if len(names) == len(present)]


def _grouping_column(given: pd.DataFrame, name: str) -> str | None:
    """Return the column of a dimension or segment, if any of these answers have it."""
    columns = (f"dimension.{name}", f"segment.{name}", name)
    return next((c for c in columns if c in given.columns and given[c].notna().any()), None)


def _of_grouping(given: pd.DataFrame, metric: Metric, params: Params, names: list[str]) -> pd.DataFrame:
    columns = [str(_grouping_column(given, name)) for name in names]
    table = _scored(given, metric, params, columns)
    keys = table[columns].astype(str).to_numpy().tolist()
    scope = [dict(zip(names, key, strict=True)) for key in keys]
    label = [" · ".join(key) for key in keys]
    return table.drop(columns=columns).assign(
        grouping=" × ".join(names), scope=_scopes(scope), label=label, level=len(names) - 1
    )


def _of_units(given: pd.DataFrame, metric: Metric, params: Params, people: People) -> Iterator[pd.DataFrame]:
    """Score every unit of the tree, parents before their children."""
    paths = given[UNIT].dropna().astype(str)
    depth = int(paths.str.count(PATH_SEPARATOR).max()) + 1 if len(paths) else 0
    levels = [_of_level(given, metric, params, people, level) for level in range(depth)]
    if not levels:
        return
    table = pd.concat(levels, ignore_index=True)
    table[UNIT] = table[UNIT].astype(str)
    table = table.sort_values(UNIT, key=lambda paths: paths.str.split(PATH_SEPARATOR), kind="stable", ignore_index=True)
    yield table.assign(
        grouping=UNIT,
        scope=_scopes([{UNIT: path} for path in table[UNIT]]),
        label=table[UNIT].str.split(PATH_SEPARATOR).str[-1],
    ).drop(columns=UNIT)


def _of_level(given: pd.DataFrame, metric: Metric, params: Params, people: People, level: int) -> pd.DataFrame:
    units = given.assign(**{UNIT: _ancestors(given[UNIT], level)}).dropna(subset=[UNIT])
    names = sorted(units[UNIT].unique())
    return _scored(units, metric, params, [UNIT], _population(units, people, names)).assign(level=level)


def _ancestors(paths: pd.Series, level: int) -> pd.Series:
    """Return each unit's ancestor at a level of the tree (0 = top); null where the path ends above it."""
    known = paths.dropna().astype(str).unique()
    parts = {path: path.split(PATH_SEPARATOR) for path in known}
    named = {
        path: PATH_SEPARATOR.join(part[: level + 1]) if len(part) > level else None for path, part in parts.items()
    }
    return paths.astype(object).map(named)


def _of_scope(
    given: pd.DataFrame, metric: Metric, params: Params, scope: dict[str, str], people: People
) -> pd.DataFrame:
    chosen = pd.Series(True, index=given.index)
    for name, value in scope.items():
        chosen &= _within(given, name, value)
    whole_units = set(scope) <= {UNIT}
    population = _population(given[chosen], people, [scope.get(UNIT, "")]) if whole_units else None
    table = _scored(given[chosen], metric, params, [], population)
    label = " · ".join(value.split(PATH_SEPARATOR)[-1] for value in scope.values())
    return table.assign(grouping=" × ".join(scope), scope=_scopes([scope]), label=label, level=0)


def _within(given: pd.DataFrame, name: str, value: str) -> pd.Series:
    if name == UNIT:
        paths = given[UNIT].astype(object).fillna("").astype(str)
        return (paths + PATH_SEPARATOR).str.startswith(value + PATH_SEPARATOR)
    column = _grouping_column(given, name)
    return given[column].astype(object).eq(value) if column else pd.Series(False, index=given.index)


def _scopes(scopes: Sequence[Mapping[str, str]]) -> pd.Series:
    """Hold one dict per row; pandas' types do not know that a cell may be one."""
    return pd.Series(list(scopes), dtype=object)


def _scored(
    given: pd.DataFrame,
    metric: Metric,
    params: Params,
    columns: list[str],
    population: pd.Series | None = None,
) -> pd.DataFrame:
    return groups.by_group(
        given,
        by=columns,
        rule=metric.rule,
        best=metric.best_answers,
        confidence=params.report.confidence,
        weighted=metric.weighted,
        population=population,
    )


def _population(given: pd.DataFrame, people: People, units: list[str]) -> pd.Series | None:
    """Return people per unit; units of which nothing is known are left out."""
    known = {unit: total for unit in units if (total := people.total(unit))}
    inside = given[UNIT].astype(object) if len(units) > 1 else pd.Series(units[0], index=given.index, dtype=object)
    n = given["answer"].notna().groupby(inside).sum()
    wave = given["period"].iloc[0] if len(given) else ""
    faults = [
        f"tables.headcount, {wave}, unit '{unit or 'all'}': {n[unit]} answers out of {total} people. "
        "More people answered than there were; correct the headcount or remove double answers."
        for unit, total in known.items()
        if n.get(unit, 0) > total
    ]
    if faults:
        raise DataError(faults)
    return pd.Series(known, dtype=float) if known else None


def _answers(answers: pd.DataFrame, metric: Metric, period: str) -> pd.DataFrame:
    chosen = answers[answers["source"].isin(metric.sources) & (answers["period"] == period)]
    # a survey without weights counts each answer once beside one that has them
    return chosen.assign(answer=chosen[f"measure.{metric.name}"], weight=chosen["weight"].fillna(1.0))


def _described(table: pd.DataFrame, metric: Metric, window: Window) -> pd.DataFrame:
    table.insert(0, "id", [figure_id(metric.key, scope, window["period"]) for scope in table["scope"]])
    return table.assign(
        metric=metric.key,
        audience=metric.audience,
        measurement=metric.measurement,
        unit_of_score=metric.unit,
        high_is_good=metric.high_is_good,
        **{name: window[name] for name in ("period", "first", "last", "zero", "current")},
    )
