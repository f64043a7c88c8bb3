"""What a params file says about where the organisation stands and where it wants to go."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from helpers.params.section import Section, later
from helpers.params.sources import Measurement
from helpers.params.values import Day, Names, Number, PeriodText, Text, Typed, as_list, refusal, text, whole


def _scope_value(value: Any) -> Any:
    if value in ([], ()):
        raise refusal("there is nothing in it. Write the name of the group.")
    return tuple(text(item) for item in value) if isinstance(value, list | tuple) else text(value)


def _owners(value: Any) -> Any:
    unknown = "Name who answers for it; 'to be named' is allowed and is shown as a gap."
    if value in ([], ()):
        raise refusal(f"there is nobody in it. {unknown}")
    return tuple(text(item, when_empty=unknown) for item in as_list(value))


ScopeValue = Annotated[str | tuple[str, ...], BeforeValidator(_scope_value, json_schema_input_type=Typed | list[Typed])]
Owners = Annotated[tuple[str, ...], BeforeValidator(_owners, json_schema_input_type=Typed | list[Typed])]


class Legacy(Section):
    """A zero measurement that another agency made, of which only the outcome is known."""

    metric: Text = Field(examples=["nps"])
    """nps, enps or another measure."""
    measurement: Measurement | None = None
    """transactional, relational or employee; may be left out for enps."""
    scope: dict[str, ScopeValue] = Field(default_factory=dict)
    """The group, as in targets; empty for the whole."""
    value: Number = Field(examples=["-8"])
    """The score, in the measure's own unit."""
    n: Annotated[int, whole(1)] | None = None
    """The number of answers; without it no change can be tested."""
    date: PeriodText = Field(examples=["2024-06"])
    """The period in which it was measured."""
    source: Text = Field(examples=['"Bureau Y"'])
    """Who measured it."""


class ZeroMeasurement(Section):
    """How the zero measurement is cut."""

    by: Names = ()
    """The dimensions that are crossed, such as [product, process]."""
    period: PeriodText | None = None
    """The period of the zero measurement; default the first that each measurement has answers in."""
    legacy: tuple[Legacy, ...] = Field(default=(), json_schema_extra=later("the zero measurement of another agency"))
    """Scores from a former agency."""


class Target(Section):
    """One ambition: which score, when, and who answers for it."""

    metric: Text = Field(examples=["nps"])
    """nps, enps or another measure."""
    measurement: Measurement | None = None
    """transactional, relational or employee; may be left out for enps."""
    scope: dict[str, ScopeValue] = Field(default_factory=dict)
    """The group: {product: Stroom, process: Storing} or {unit: [Klant, Service]}; empty for the whole."""
    baseline: PeriodText = Field(examples=["2026-Q1"])
    """The period of the zero measurement it starts from."""
    target: Number = Field(examples=["10"])
    """The score to reach, in the measure's own unit."""
    due: Day = Field(examples=["2026-12-31"])
    """The day on which it should be reached."""
    owner: Owners = Field(examples=["[Head of Service]"])
    """Who answers for it; 'nog te benoemen' or 'to be named' is shown as a gap."""
    goal: Text | None = None
    """What it is for, such as service quality."""
    review: Day | None = None
    """When it is looked at again."""
