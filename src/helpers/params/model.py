"""What a params file may say: one frozen, strict model, each key with its meaning.

What it says about a survey stands in :mod:`helpers.params.sources`; the rules that look at several keys at
once stand in :mod:`helpers.params.checks`.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from helpers.params import checks
from helpers.params.columns import BinnedColumn, Column, Columns, Grouping, Position
from helpers.params.facts import CoreValue, Indicator, Tables
from helpers.params.keys import place_text
from helpers.params.privacy import SMALLEST_MINIMUM, CustomerPrivacy, EmployeePrivacy, Privacy, Promise, WorksCouncil
from helpers.params.questions import NPS_NAMES, NPS_SCALE, Driver, Item, Measure, Question, Rule
from helpers.params.report import HouseStyle, Report
from helpers.params.roadmap import Gates, Roadmap, Rollout, Step, Steps
from helpers.params.section import Section, filled, later
from helpers.params.sources import Audience, Condition, Measurement, Method, Source
from helpers.params.targets import Legacy, Target, ZeroMeasurement
from helpers.params.values import (
    Months,
    Names,
    Number,
    PeriodText,
    Scale,
    Share,
    Text,
    UnitPath,
    Words,
    refusal,
    whole,
)
from helpers.periods import Period, Rhythm

__all__ = [
    "NPS_NAMES",
    "NPS_SCALE",
    "SMALLEST_MINIMUM",
    "Audience",
    "BinnedColumn",
    "Column",
    "Columns",
    "Condition",
    "CoreValue",
    "CustomerPrivacy",
    "Driver",
    "EmployeePrivacy",
    "Gates",
    "Grouping",
    "HouseStyle",
    "Indicator",
    "Item",
    "Legacy",
    "Measure",
    "Measurement",
    "Method",
    "Months",
    "Names",
    "Organisation",
    "Params",
    "PeriodText",
    "Position",
    "Privacy",
    "Promise",
    "Question",
    "Report",
    "Roadmap",
    "Rollout",
    "Rule",
    "Scale",
    "Section",
    "Share",
    "Source",
    "Step",
    "Steps",
    "Tables",
    "Target",
    "WorksCouncil",
    "ZeroMeasurement",
]


class Organisation(Section):
    """Who the report is about."""

    name: Text = Field(examples=["Acme"])
    """The name as printed."""
    sector: Text | None = Field(default=None, json_schema_extra=later("published scores"))
    """The sector, for benchmarks."""
    terms: dict[str, Words] = Field(default_factory=dict)
    """The client's own words, singular and plural: {customer: [inwoner, inwoners]}."""


class Params(Section):
    """One organisation's params file."""

    organisation: Organisation = Field(examples=["{name: Acme}"])
    """Who the report is about."""
    language: Literal["nl", "en"] = "nl"
    """The language of the report."""
    fiscal_year_start: Annotated[int, whole(1, 12, why="Write the number of a month.")] = 1
    """The month in which the fiscal year begins."""
    reporting_period: Rhythm = "quarter"
    """The rhythm of the report: month, quarter, half-year or year."""
    headline: Names = ()
    """One to four to lead with: measures, such as nps.customer.relational or its short name where one measure
    has it, roadmap, and indicators; default the first measure of each kind of survey."""
    sources: Annotated[dict[str, Source], filled("Describe at least one survey.")] = Field(
        examples=["{customers: {path: …, audience: …, measurement: …, measures: …}}"],
        json_schema_extra={"minProperties": 1},
    )
    """The surveys."""
    tables: Tables = Tables()
    """Other facts."""
    indicators: dict[str, Indicator] = Field(default_factory=dict)
    """What the measures of tables.indicators mean, such as {complaints: {direction: low_is_good}}."""
    zero_measurement: ZeroMeasurement = ZeroMeasurement()
    """How the zero measurement is cut."""
    targets: tuple[Target, ...] = ()
    """The ambitions."""
    roadmap: Roadmap | None = None
    """The five gates and the fourteen steps."""
    improvements: Text | None = Field(default=None, json_schema_extra=later("improvements"))
    """The action register, beside this file: id, opened, type, level, unit, owner, team, phase, due, closed,
    expected, finding."""
    commentary: Text | None = Field(default=None, json_schema_extra=later("commentary"))
    """The folder, beside this file, with the consultant's own words: <period>/<chapter>.md."""
    rollout: Rollout = Field(default=Rollout(), json_schema_extra=later("the ambition tree"))
    """Which units started first."""
    customer_contact: tuple[UnitPath, ...] = Field(default=(), json_schema_extra=later("employees and customers"))
    """The units whose staff meet customers, such as [[Klant]]."""
    core_values: dict[str, CoreValue] = Field(default_factory=dict, json_schema_extra=later("employees and customers"))
    """Per core value the questions that ask for it."""
    turnover_cost: Number | None = Field(default=None, json_schema_extra=later("employees and customers"))
    """What a leaver costs, in the currency of the report."""
    codebook: Text | None = Field(default=None, json_schema_extra=later("reasons"))
    """The themes of open answers: a YAML file beside this file."""
    wave_valid_for: Months = Field(default=15, json_schema_extra={"default": "15 months"})
    """How long the latest wave may still head a report, such as 15 months."""
    privacy: Privacy = Privacy()
    """What respondents may count on."""
    report: Report = Report()
    """What the report contains and how it looks."""

    def period(self, text: str) -> Period:
        """Return a period of this organisation's fiscal calendar."""
        return Period.parse(text, fiscal_year_start=self.fiscal_year_start)

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        faults = checks.faults(self)
        if faults:
            raise refusal("\n".join(f"{place_text(fault.place)}: {fault.sentence}" for fault in faults))
        return self
