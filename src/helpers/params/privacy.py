"""What a params file says about privacy: smallest groups, what was promised, and what the works council agreed to."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from helpers.params.section import Section, later
from helpers.params.values import Day, Flag, Months, Names, Text, whole

SMALLEST_MINIMUM = 3
Minimum = Annotated[
    int,
    whole(
        SMALLEST_MINIMUM,
        why="In a group of one or two, a number tells what a person answered; raise the value.",
    ),
]
Quotes = Literal["masked", "none"]


class Promise(Section):
    """What respondents were told before they answered."""

    minimum: Minimum = Field(examples=["10"])
    """The smallest group they were promised; no setting may be below it."""
    text: Text | None = None
    """The words they read; printed on the method page."""
    date: Day | None = None
    """When they were told."""


class EmployeePrivacy(Section):
    """The smallest group of employees of which a number may be shown."""

    minimum_respondents: Minimum = 10
    """Answers, 10 unless given, never under 3."""
    minimum_headcount: Minimum = 10
    """People in the unit, 10 unless given, never under 3."""
    roll_up: Flag = False
    """Whether the units of one parent that are too small are shown together, where they are many enough."""
    quotes: Quotes = Field(default="masked", json_schema_extra=later("reasons"))
    """masked (names and numbers taken out) or none."""
    promise: Promise | None = None
    """What they were told."""


class CustomerPrivacy(Section):
    """The smallest group of customers of which a number may be shown."""

    minimum_respondents: Minimum = 5
    """Answers, 5 unless given, never under 3."""
    complementary: Flag = False
    """Whether groups are hidden too that would give a hidden one away."""
    quotes: Quotes = Field(default="masked", json_schema_extra=later("reasons"))
    """masked (names and numbers taken out) or none."""
    promise: Promise | None = None
    """What they were told."""


class PublicPrivacy(Section):
    """The smallest group of which the public edition shows anything."""

    minimum_respondents: Minimum = 30
    """Answers, of employees and of customers; 30 unless given, and never below that of the board edition."""


class WorksCouncil(Section):
    """What the works council agreed to (in the Netherlands: WOR, article 27)."""

    consent: Day | None = None
    """The day on which it agreed; left out: it did not, or was not asked."""
    scope: Names = ()
    """What it agreed to, such as [employee survey]."""
    per_employee: Literal["never", "coaching"] = Field(default="never", json_schema_extra=later("coaching"))
    """Whether results per employee may be made: never, or only for coaching, which needs consent."""


class Privacy(Section):
    """What respondents may count on."""

    employee: EmployeePrivacy = EmployeePrivacy()
    """For employee surveys."""
    customer: CustomerPrivacy = CustomerPrivacy()
    """For customer surveys."""
    public: PublicPrivacy = PublicPrivacy()
    """For the public edition."""
    works_council: WorksCouncil = WorksCouncil()
    """What the works council agreed to."""
    benchmark_opt_in: Flag = Field(default=False, json_schema_extra=later("published scores"))
    """Whether this client's figures may enter an anonymous band for others."""
    retention: Months | None = Field(default=None, json_schema_extra=later("retention"))
    """How long answers are kept, such as 24 months; frozen figures remain."""
