"""What a params file says beside the surveys: small files, what their numbers mean, and the core values."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from helpers.params.section import Section, later
from helpers.params.values import Text, refusal, whole


class Tables(Section):
    """Other facts, each a small file with documented columns."""

    headcount: Text | None = None
    """unit, wave, employees: how many people each unit had."""
    indicators: Text | None = None
    """unit or dimensions, period, measure, numerator, denominator, source: complaints, turnover, exits and so on;
    what each measure means stands under indicators."""
    customers: Text | None = Field(default=None, json_schema_extra=later("customer value"))
    """customer_id, period, revenue, retained, cross_sold, referred_by, joined_because."""
    teams: Text | None = Field(default=None, json_schema_extra=later("improvements"))
    """team, member, unit, start: the improvement teams."""
    interviews: Text | None = Field(default=None, json_schema_extra=later("reasons"))
    """date, audience, unit, note: what people said in interviews."""
    units: Text | None = Field(default=None, json_schema_extra=later("reorganisations"))
    """old_unit, new_unit, valid_from: units that were renamed, moved or merged."""
    published_scores: Text | None = Field(default=None, json_schema_extra=later("published scores"))
    """metric, about, score, promoters, passives, detractors, n, year, source: scores that others published."""


class Indicator(Section):
    """What one measure of the indicators table means."""

    label: Text | None = None
    """What the report calls it, such as Klachten."""
    direction: Literal["high_is_good", "low_is_good"] = Field(examples=["low_is_good"])
    """Whether more of it is good; nothing is guessed."""
    per: Annotated[int, whole(1)] = 100
    """Per how many of the denominator it is printed: 100 (the default) for percent, 1000 for per thousand."""


class CoreValue(Section):
    """The questions about one core value: names of measures or drivers of the sources."""

    employee: Text | None = None
    """Asked of employees: how we are for each other."""
    customer: Text | None = None
    """Asked of customers: how we are for them."""
    self_image: Text | None = None
    """Asked of employees: how we think we are for customers."""

    @model_validator(mode="before")
    @classmethod
    def _names_a_question(cls, data: Any) -> Any:
        if isinstance(data, dict) and all(value is None for value in data.values()):
            raise refusal("there is nothing in it. Name at least one question: employee, customer or self_image.")
        return data
