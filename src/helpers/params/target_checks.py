"""The rules for targets: of what is measured, within its range, for a declared group, after its baseline."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from helpers.params.keys import Fault, did_you_mean
from helpers.params.source_checks import UNIT
from helpers.params.sources import Measure, Source
from helpers.params.tolerance import UnknowableError
from helpers.params.values import number_text, shown

if TYPE_CHECKING:
    from helpers.params.model import Params
    from helpers.params.targets import Target


def matching(params: Params, target: Target) -> dict[str, Source]:
    """Return the sources that measure what a target is about, by name."""
    return {
        name: source
        for name, source in params.sources.items()
        if target.metric in source.measures and target.measurement in (None, source.measurement)
    }


def not_twice(params: Params) -> Iterator[Fault]:
    """Yield targets for the same score, group and day as an earlier one."""
    first: dict[tuple[object, ...], int] = {}
    for number, target in enumerate(params.targets):
        with suppress(UnknowableError):
            earlier = first.setdefault(_aim(params, target), number)
            if earlier != number:
                sentence = f"targets[{earlier}] is about the same score, group and day. Keep one of the two."
                yield Fault(("targets", number), sentence)


def _aim(params: Params, target: Target) -> tuple[object, ...]:
    scope = tuple(sorted((key, _levels(value)) for key, value in target.scope.items()))
    measurements = {source.measurement for source in matching(params, target).values()}
    return target.metric, frozenset(measurements), scope, target.due


def _is_measured(params: Params, number: int) -> Iterator[Fault]:
    target = params.targets[number]
    names = list(dict.fromkeys(name for source in params.sources.values() for name in source.measures))
    if target.metric not in names:
        sentence = (
            f"{shown(target.metric)} is not measured.{did_you_mean(target.metric, names)} The sources "
            f"measure {', '.join(names)}; choose from them."
        )
        yield Fault(("targets", number, "metric"), sentence)


def _measurement_is_clear(params: Params, number: int) -> Iterator[Fault]:
    target = params.targets[number]
    kinds = list(dict.fromkeys(s.measurement for s in params.sources.values() if target.metric in s.measures))
    if target.measurement is None and len(kinds) > 1:
        sentence = (
            f"{target.metric} is measured as {' and '.join(kinds)}. Add which is meant, such as "
            f"measurement: {kinds[0]}."
        )
        yield Fault(("targets", number), sentence)
    elif target.measurement is not None and kinds and target.measurement not in kinds:
        sentence = (
            f"{target.metric} is not measured as '{target.measurement}' but as {' and '.join(kinds)}. "
            "Correct one of the two."
        )
        yield Fault(("targets", number, "measurement"), sentence)


def _is_within_range(params: Params, number: int) -> Iterator[Fault]:
    target = params.targets[number]
    for source in list(matching(params, target).values())[:1]:
        measure = source.measures[target.metric]
        lowest, highest = measure.score_range(target.metric)
        if not lowest <= target.target <= highest:
            span = f"{number_text(lowest)}…{number_text(highest)}"
            sentence = (
                f"{number_text(target.target)} is outside {span}. {_unit(target.metric, measure)}; correct the value."
            )
            yield Fault(("targets", number, "target"), sentence)


def _unit(metric: str, measure: Measure) -> str:
    return {
        "nps": f"An {'eNPS' if metric == 'enps' else 'NPS'} target is a score in points",
        "top_box": f"A target for {metric} is a percentage of the answers",
        "mean": f"A target for {metric} is a mean on its scale",
    }[measure.score_rule(metric)]


def _scope_exists(params: Params, number: int) -> Iterator[Fault]:
    target = params.targets[number]
    sources = matching(params, target)
    allowed = list(dict.fromkeys(key for source in sources.values() for key in _scope_keys(source)))
    for key in target.scope if sources else ():
        if key not in allowed:
            known = f"A group is named by {', '.join(allowed)}" if allowed else "It declares no groups"
            sentence = (
                f"'{key}' is not declared in {_listed(sources)}.{did_you_mean(key, allowed)} {known}; "
                "correct the name or declare it."
            )
            yield Fault(("targets", number, "scope", key), sentence)


def _scope_is_one_group(params: Params, number: int) -> Iterator[Fault]:
    for key, value in params.targets[number].scope.items():
        if key != UNIT and len(_levels(value)) != 1:
            sentence = (
                f"{len(_levels(value))} values stand here; a target is about one group. Write one value, and "
                "a target of its own for each other group."
            )
            yield Fault(("targets", number, "scope", key), sentence)


def _scope_names_labels(params: Params, number: int) -> Iterator[Fault]:
    """Yield scopes that give a code where the report has a name for it."""
    target = params.targets[number]
    for source in matching(params, target).values():
        for key, value in target.scope.items():
            labels = source.labels.get(key, {})
            for code in _levels(value):
                if code in labels and code not in labels.values():
                    sentence = f"'{code}' is a code of the file. Write the name that the report uses, '{labels[code]}'."
                    yield Fault(("targets", number, "scope", key), sentence)


def _unit_is_not_too_deep(params: Params, number: int) -> Iterator[Fault]:
    target = params.targets[number]
    depth = max((len(source.columns.unit) for source in matching(params, target).values()), default=0)
    path = _levels(target.scope.get(UNIT, ()))
    if depth and len(path) > depth:
        sentence = (
            f"the unit has {len(path)} levels, columns.unit has {depth}. Write the path from the widest level down."
        )
        yield Fault(("targets", number, "scope", UNIT), sentence)


def _due_after_the_baseline(params: Params, number: int) -> Iterator[Fault]:
    target = params.targets[number]
    baseline = params.period(target.baseline)
    if target.due <= baseline.last:
        sentence = (
            f"{target.due} is not after {baseline.last}, the last day of the baseline {target.baseline}. "
            "Correct the date or the baseline."
        )
        yield Fault(("targets", number, "due"), sentence)


ALL = (
    _is_measured,
    _measurement_is_clear,
    _is_within_range,
    _scope_exists,
    _scope_is_one_group,
    _scope_names_labels,
    _unit_is_not_too_deep,
    _due_after_the_baseline,
)


def _scope_keys(source: Source) -> list[str]:
    return [*source.groupings(), *([UNIT] if source.columns.unit else [])]


def _levels(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def _listed(sources: dict[str, Source]) -> str:
    return " and ".join(f"sources.{name}" for name in sources)
