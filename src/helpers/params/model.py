"""What a params file may say: one frozen, strict model, each key with its meaning.

What it says about a survey stands in :mod:`helpers.params.sources`; the rules that look at several keys at
once stand in :mod:`helpers.params.checks`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from helpers.params import checks
from helpers.params.columns import BinnedColumn, Column, Columns, Grouping, Position
from helpers.params.formats import Accent
from helpers.params.keys import place_text
from helpers.params.section import Section, filled
from helpers.params.sources import (
    NPS_NAMES,
    NPS_SCALE,
    Audience,
    Condition,
    Measure,
    Measurement,
    Method,
    Rule,
    Source,
)
from helpers.params.targets import Target, ZeroMeasurement
from helpers.params.values import (
    Confidence,
    Flag,
    Months,
    Names,
    PeriodText,
    Scale,
    Share,
    Text,
    Typed,
    Words,
    as_list,
    refusal,
    text,
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
    "CustomerMinimum",
    "EmployeeMinimum",
    "Grouping",
    "HouseStyle",
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
    "Report",
    "Rule",
    "Scale",
    "Section",
    "Share",
    "Source",
    "Tables",
    "Target",
    "ZeroMeasurement",
]

SMALLEST_MINIMUM = 3
Minimum = Annotated[
    int,
    whole(
        SMALLEST_MINIMUM,
        why="In a group of one or two, a number tells what a person answered; raise the value.",
    ),
]


def _chapters(value: Any) -> Any:
    return value if value == "auto" else tuple(text(item) for item in as_list(value))


Chapters = Annotated[
    Literal["auto"] | tuple[str, ...],
    BeforeValidator(_chapters, json_schema_input_type=Literal["auto"] | Typed | list[Typed]),
    filled("Write auto, or at least one chapter."),
]


class Organisation(Section):
    """Who the report is about."""

    name: Text = Field(examples=["Acme"])
    """The name as printed."""
    sector: Text | None = None
    """The sector, for benchmarks."""
    terms: dict[str, Words] = Field(default_factory=dict)
    """The client's own words, singular and plural: {customer: [inwoner, inwoners]}."""


class Tables(Section):
    """Other facts, each a small file with documented columns."""

    headcount: Text | None = None
    """unit, wave, employees: how many people each unit had."""


class EmployeeMinimum(Section):
    """The smallest group of employees of which a number may be shown."""

    minimum_respondents: Minimum = 10
    """Answers, 10 unless given, never under 3."""
    minimum_headcount: Minimum = 10
    """People in the unit, 10 unless given, never under 3."""


class CustomerMinimum(Section):
    """The smallest group of customers of which a number may be shown."""

    minimum_respondents: Minimum = 5
    """Answers, 5 unless given, never under 3."""


class Privacy(Section):
    """What respondents may count on."""

    employee: EmployeeMinimum = EmployeeMinimum()
    """For employee surveys."""
    customer: CustomerMinimum = CustomerMinimum()
    """For customer surveys."""


class HouseStyle(Section):
    """The client's own look."""

    accent: Accent | None = None
    """The accent colour, such as "#0B5394"; refused when white text on it is hard to read."""
    band_names: dict[Literal["promoter", "passive", "detractor"], Words] = Field(default_factory=dict)
    """Other words for the bands, singular and plural: {detractor: [criticus, critici]}."""


class Report(Section):
    """What the report contains and how it looks."""

    chapters: Chapters = "auto"
    """The chapters, in order; auto is all that have data."""
    agency: Text | None = None
    """Who made the report; printed on the cover."""
    confidentiality: Text | None = None
    """The line on the cover and each page; default 'confidential'."""
    show_code: Flag = False
    """Whether the HTML shows the notebooks' code."""
    house_style: HouseStyle = HouseStyle()
    """The client's own look."""
    confidence: Confidence = 0.95
    """The confidence of the intervals."""


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
    """One to four measures to lead with, such as nps.customer.relational; default the first of each kind of
    survey."""
    sources: Annotated[dict[str, Source], filled("Describe at least one survey.")] = Field(
        examples=["{customers: {path: …, audience: …, measurement: …, measures: …}}"],
        json_schema_extra={"minProperties": 1},
    )
    """The surveys."""
    tables: Tables = Tables()
    """Other facts."""
    zero_measurement: ZeroMeasurement = ZeroMeasurement()
    """How the zero measurement is cut."""
    targets: tuple[Target, ...] = ()
    """The ambitions."""
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
