"""The metrics that a params file declares: one per scored question, audience and measurement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from helpers.params.checks.headline import MOST_HEADLINES, leads
from helpers.params.model import Audience, Measure, Measurement, Params, Target
from helpers.params.sources import metric_key

Unit = Literal["points", "scale", "percent"]
PATH_SEPARATOR = " › "
"""Between the levels of a unit: the whole path names it, so that two teams Noord stay two."""
_UNITS: dict[str, Unit] = {"nps": "points", "mean": "scale", "top_box": "percent"}


@dataclass(frozen=True)
class Metric:
    """One figure that the report follows through time.

    Parameters
    ----------
    key
        ``nps.customer.relational``, ``enps`` or ``satisfaction.employee``: the name used in headlines, ids
        of figures and commentary.
    name
        What the measure is called in the params.
    audience, measurement
        Who answered, and on what occasion.
    measure
        Its declaration; where several sources measure it, the first one's.
    sources
        The names of the sources that hold its answers.
    weighted
        Whether the answers carry weights.
    """

    key: str
    name: str
    audience: Audience
    measurement: Measurement
    measure: Measure
    sources: tuple[str, ...]
    weighted: bool

    @property
    def rule(self) -> Literal["nps", "mean", "top_box"]:
        """How answers become a score."""
        return self.measure.score_rule(self.name)

    @property
    def unit(self) -> Unit:
        """Points for NPS, the scale's own unit for a mean, percent for a top box."""
        return _UNITS[self.rule]

    @property
    def high_is_good(self) -> bool:
        """Whether more is better."""
        return self.measure.direction == "high_is_good" or self.rule == "top_box"

    @property
    def best_answers(self) -> tuple[int, ...]:
        """The answers in the top box; empty for other rules."""
        lowest, highest = self.measure.scale
        if self.measure.top is None:
            return ()
        if self.measure.direction == "high_is_good":
            return tuple(range(highest - self.measure.top + 1, highest + 1))
        return tuple(range(lowest, lowest + self.measure.top))


def metrics(params: Params) -> tuple[Metric, ...]:
    """Return every declared metric, in the order of the params file."""
    found: dict[str, Metric] = {}
    for source_name, source in params.sources.items():
        for name, measure in source.measures.items():
            key = metric_key(name, source.audience, source.measurement)
            earlier = found.get(key)
            found[key] = Metric(
                key=key,
                name=name,
                audience=source.audience,
                measurement=source.measurement,
                measure=earlier.measure if earlier else measure,
                sources=(*(earlier.sources if earlier else ()), source_name),
                weighted=bool(source.columns.weight) or bool(earlier and earlier.weighted),
            )
    return tuple(found.values())


def headlines(params: Params) -> tuple[Metric, ...]:
    """Return the metrics that lead the report: the declared ones, else the first of each survey, four at most."""
    declared = {metric.key: metric for metric in metrics(params)}
    if params.headline:
        return tuple(declared[key] for key in _leading(params) if key in declared)
    first_of_each: dict[str, Metric] = {}
    for metric in declared.values():
        first_of_each.setdefault(metric.measurement, metric)
    return tuple(first_of_each.values())[:MOST_HEADLINES]


def leading(params: Params) -> tuple[str, ...]:
    """Return all that leads the report, in its order, by full key: metrics, ``roadmap`` and names of indicators."""
    return _leading(params) if params.headline else tuple(metric.key for metric in headlines(params))


def _leading(params: Params) -> tuple[str, ...]:
    known = leads(params)
    return tuple(known[text][0] for text in params.headline)


def is_of(target: Target, metric: Metric) -> bool:
    """Tell whether a target is about a metric."""
    return target.metric == metric.name and target.measurement in (None, metric.measurement)


def scope_of(target: Target) -> dict[str, str]:
    """Return the group that a target is about; a unit as its whole path."""
    return {
        name: value if isinstance(value, str) else PATH_SEPARATOR.join(value) for name, value in target.scope.items()
    }


def figure_id(metric: str, scope: Mapping[str, str], period: str) -> str:
    """Return the id of exactly one figure.

    Examples
    --------
    >>> figure_id("nps.customer.transactional", {"product": "Stroom", "process": "Storing"}, "2026-Q3")
    'nps.customer.transactional[process=Storing,product=Stroom]@2026-Q3'
    """
    inside = ",".join(f"{key}={scope[key]}" for key in sorted(scope))
    return f"{metric}[{inside}]@{period}" if scope else f"{metric}@{period}"
