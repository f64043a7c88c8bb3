"""The rules for targets and for scores of a former agency: measured, in range, for a declared group, in time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from helpers.params.checks.sources import UNIT
from helpers.params.keys import Fault, Place, did_you_mean
from helpers.params.questions import Measure
from helpers.params.sources import Source
from helpers.params.targets import Legacy, Target
from helpers.params.tolerance import UnknowableError
from helpers.params.values import number_text, shown

if TYPE_CHECKING:
    from helpers.params.model import Params

Aim = Target | Legacy
"""What has a metric, a measurement and a scope: a target, or a score of a former agency."""


def matching(params: Params, aim: Aim) -> dict[str, Source]:
    """Return the sources that measure what a target or an earlier score is about, by name."""
    return {
        name: source
        for name, source in params.sources.items()
        if aim.metric in source.measures and aim.measurement in (None, source.measurement)
    }


def not_twice(params: Params) -> Iterator[Fault]:
    """Yield targets for the same score, group and day as an earlier one."""
    first: dict[tuple[object, ...], int] = {}
    for number, target in enumerate(params.targets):
        with suppress(UnknowableError):
            earlier = first.setdefault((*_subject(params, target), target.due), number)
            if earlier != number:
                sentence = f"targets[{earlier}] is about the same score, group and day. Keep one of the two."
                yield Fault(("targets", number), sentence)


def legacy_not_twice(params: Params) -> Iterator[Fault]:
    """Yield scores of a former agency for the same score and group as an earlier one."""
    first: dict[tuple[object, ...], int] = {}
    for number, legacy in enumerate(params.zero_measurement.legacy):
        with suppress(UnknowableError):
            earlier = first.setdefault(_subject(params, legacy), number)
            if earlier != number:
                sentence = (
                    f"zero_measurement.legacy[{earlier}] is about the same score and group, which has one zero "
                    "measurement. Keep one of the two."
                )
                yield Fault(("zero_measurement", "legacy", number), sentence)


def _subject(params: Params, aim: Aim) -> tuple[object, ...]:
    scope = tuple(sorted((key, _levels(value)) for key, value in aim.scope.items()))
    measurements = {source.measurement for source in matching(params, aim).values()}
    return aim.metric, frozenset(measurements), scope


def _is_measured(params: Params, aim: Aim, place: Place) -> Iterator[Fault]:
    names = list(dict.fromkeys(name for source in params.sources.values() for name in source.measures))
    if aim.metric not in names:
        sentence = (
            f"{shown(aim.metric)} is not measured.{did_you_mean(aim.metric, names)} The sources "
            f"measure {', '.join(names)}; choose from them."
        )
        yield Fault((*place, "metric"), sentence)


def _measurement_is_clear(params: Params, aim: Aim, place: Place) -> Iterator[Fault]:
    kinds = list(dict.fromkeys(s.measurement for s in params.sources.values() if aim.metric in s.measures))
    if aim.measurement is None and len(kinds) > 1:
        sentence = (
            f"{aim.metric} is measured as {' and '.join(kinds)}. Add which is meant, such as measurement: {kinds[0]}."
        )
        yield Fault(place, sentence)
    elif aim.measurement is not None and kinds and aim.measurement not in kinds:
        sentence = (
            f"{aim.metric} is not measured as '{aim.measurement}' but as {' and '.join(kinds)}. Correct one of the two."
        )
        yield Fault((*place, "measurement"), sentence)


def _is_within_range(params: Params, aim: Aim, place: Place) -> Iterator[Fault]:
    key, value = ("value", aim.value) if isinstance(aim, Legacy) else ("target", aim.target)
    for source in list(matching(params, aim).values())[:1]:
        measure = source.measures[aim.metric]
        lowest, highest = measure.score_range(aim.metric)
        if not lowest <= value <= highest:
            span = f"{number_text(lowest)}…{number_text(highest)}"
            what = _score(aim.metric, measure, target=key == "target")
            yield Fault((*place, key), f"{number_text(value)} is outside {span}. {what}; correct the value.")


def _score(metric: str, measure: Measure, *, target: bool) -> str:
    points = "eNPS" if metric == "enps" else "NPS"
    score = f"A target for {metric}" if target else f"The score of {metric}"
    return {
        "nps": f"An {points} target is a score in points" if target else f"An {points} is a score in points",
        "top_box": f"{score} is a percentage of the answers",
        "mean": f"{score} is a mean on its scale",
    }[measure.score_rule(metric)]


def _scope_exists(params: Params, aim: Aim, place: Place) -> Iterator[Fault]:
    sources = matching(params, aim)
    allowed = list(dict.fromkeys(key for source in sources.values() for key in _scope_keys(source)))
    for key in aim.scope if sources else ():
        if key not in allowed:
            known = f"A group is named by {', '.join(allowed)}" if allowed else "It declares no groups"
            sentence = (
                f"'{key}' is not declared in {_listed(sources)}.{did_you_mean(key, allowed)} {known}; "
                "correct the name or declare it."
            )
            yield Fault((*place, "scope", key), sentence)


def _scope_is_one_group(params: Params, aim: Aim, place: Place) -> Iterator[Fault]:
    trees = _trees(matching(params, aim))
    for key, value in aim.scope.items():
        if key not in trees and len(_levels(value)) != 1:
            what = "a score" if isinstance(aim, Legacy) else "a target"
            sentence = (
                f"{len(_levels(value))} values stand here; {what} is about one group. Write one value, and {what} of "
                "its own for each other group."
            )
            yield Fault((*place, "scope", key), sentence)


def _scope_names_labels(params: Params, aim: Aim, place: Place) -> Iterator[Fault]:
    """Yield scopes that give a code where the report has a name for it."""
    for source in matching(params, aim).values():
        for key, value in aim.scope.items():
            labels = source.labels.get(key, {})
            for code in _levels(value):
                if code in labels and code not in labels.values():
                    sentence = f"'{code}' is a code of the file. Write the name that the report uses, '{labels[code]}'."
                    yield Fault((*place, "scope", key), sentence)


def _path_is_not_too_deep(params: Params, aim: Aim, place: Place) -> Iterator[Fault]:
    trees = _trees(matching(params, aim))
    for key in aim.scope.keys() & trees.keys():
        path, depth = _levels(aim.scope[key]), trees[key]
        if depth and len(path) > depth:
            where = f"columns.{UNIT}" if key == UNIT else f"trees.{key}"
            sentence = (
                f"the {key} has {len(path)} levels, {where} has {depth}. Write the path from the widest level down."
            )
            yield Fault((*place, "scope", key), sentence)


def due_after_the_baseline(params: Params, target: Target, place: Place) -> Iterator[Fault]:
    """Yield a target that is due before its baseline is over."""
    baseline = params.period(target.baseline)
    if target.due <= baseline.last:
        sentence = (
            f"{target.due} is not after {baseline.last}, the last day of the baseline {target.baseline}. "
            "Correct the date or the baseline."
        )
        yield Fault((*place, "due"), sentence)


ANY_AIM = (
    _is_measured,
    _measurement_is_clear,
    _is_within_range,
    _scope_exists,
    _scope_is_one_group,
    _scope_names_labels,
    _path_is_not_too_deep,
)


def _trees(sources: dict[str, Source]) -> dict[str, int]:
    """Return how deep the unit tree and each other tree is, by name."""
    depths = {UNIT: max((len(source.columns.unit) for source in sources.values()), default=0)}
    for source in sources.values():
        for name, levels in source.trees.items():
            depths[name] = max(len(levels), depths.get(name, 0))
    return depths


def _scope_keys(source: Source) -> list[str]:
    return [*source.groupings(), *([UNIT] if source.columns.unit else []), *source.trees]


def _levels(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def _listed(sources: dict[str, Source]) -> str:
    return " and ".join(f"sources.{name}" for name in sources)
