"""What a params file says about one survey: its file, its scored questions, and what each column is."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from helpers.params.columns import BinnedColumn, Column, Columns, Grouping, Position
from helpers.params.formats import DateFormat, Encoding, Separator
from helpers.params.section import Section, filled
from helpers.params.values import (
    Answers,
    Day,
    PeriodText,
    Scale,
    Share,
    Text,
    Typed,
    raw_text,
    refusal,
    whole,
)

Audience = Literal["customer", "employee"]
Measurement = Literal["transactional", "relational", "employee"]
Rule = Literal["nps", "mean", "top_box"]
NPS_NAMES = ("nps", "enps")
NPS_SCALE = (0, 10)
NPS_RANGE = (-100, 100)


class Measure(Section):
    """A scored question: which column, on which scale, in which direction."""

    column: Column = Field(examples=["Q3"])
    """The column of the file that holds the answers."""
    scale: Scale = Field(examples=["0-10"])
    """Lowest and highest possible answer, such as 0-10; anything else is rejected."""
    direction: Literal["high_is_good", "low_is_good"] = "high_is_good"
    """Whether a high answer is good."""
    rule: Rule | None = None
    """How answers become a score: nps (promoters minus detractors), mean, or top_box; for nps and enps it is
    nps, for other measures mean unless given."""
    top: Annotated[int, whole(1)] | None = None
    """For top_box: how many of the best answers count, such as 2 for 4 and 5 on 1-5."""
    question: Text | None = None
    """The wording that respondents read; printed on the method page."""
    label: Text | None = None
    """What the report calls this measure, such as Klanttevredenheid."""
    no_answer: Answers | None = None
    """Answers that mean 'no answer' for this question only; replaces the source's list."""

    def score_rule(self, name: str) -> Rule:
        """Return the rule in force: nps for measures called nps or enps, else mean unless given."""
        return "nps" if name in NPS_NAMES else self.rule or "mean"

    def score_range(self, name: str) -> tuple[int, int]:
        """Return the lowest and highest score: points for nps, percent for top_box, else the scale."""
        return {"nps": NPS_RANGE, "top_box": (0, 100), "mean": self.scale}[self.score_rule(name)]


class Condition(Section):
    """Which rows to keep: not these values, only these values, or a range."""

    not_: Answers | None = Field(default=None, alias="not")
    """Leave out rows with one of these values."""
    in_: Answers | None = Field(default=None, alias="in")
    """Keep rows with one of these values."""
    from_: Text | None = Field(default=None, alias="from")
    """Keep rows with this number or date, or a later one."""
    to: Text | None = None
    """Keep rows with this number or date, or an earlier one."""


def _condition(value: Any) -> Any:
    if value == {}:
        raise refusal("there is nothing in it. Write one of not, in, from and to, such as {not: [test]}.")
    if isinstance(value, dict):
        return Condition.model_validate(value)
    if isinstance(value, list | tuple):
        return tuple(raw_text(item) for item in value)
    return value if isinstance(value, Condition) else raw_text(value)


Wanted = Annotated[
    str | tuple[str, ...] | Condition,
    BeforeValidator(_condition, json_schema_input_type=Typed | list[Typed] | Condition),
]


class Method(Section):
    """How the survey was done, for the method page; absent items print 'not stated'."""

    mode: Text | None = None
    """How people answered, such as online."""
    population: Text | None = None
    """About whom the figures speak."""
    sample: Text | None = None
    """How respondents were chosen."""
    fieldwork: tuple[Day, Day] | None = None
    """First and last day of the fieldwork."""
    conducted_by: Text | None = None
    """Who did the survey."""
    sponsor: Text | None = None
    """Who paid for the survey."""
    weighting: Text | None = None
    """How the weights were made."""


class Source(Section):
    """One survey: its file, and what each column of it means."""

    path: Text = Field(examples=["../../data/acme/survey.csv"])
    """The file, relative to this params file; CSV or XLSX."""
    audience: Audience = Field(examples=["customer"])
    """Who answered: customer or employee."""
    measurement: Measurement = Field(examples=["relational"])
    """transactional (after a contact), relational (apart from contacts) or employee."""
    measures: Annotated[dict[str, Measure], filled("Write at least one scored question.")] = Field(
        examples=["{nps: {column: Q3, scale: 0-10}}"], json_schema_extra={"minProperties": 1}
    )
    """Every scored question; the recommendation question is called nps (customers) or enps (employees)."""
    sheet: Text | None = None
    """The sheet of a workbook; default the first."""
    header_row: Annotated[int, whole(1)] = 1
    """The row that holds the column names."""
    encoding: Encoding | None = None
    """The character set, when the automatic choice (UTF-8, else Windows-1252) is wrong."""
    separator: Separator | None = None
    """The character between columns, when the automatic choice is wrong."""
    decimal: Literal[",", "."] | None = None
    """The decimal sign, when the automatic choice is wrong."""
    date_format: DateFormat | None = None
    """How dates are written, such as %d/%m/%Y; needed where day and month can be confused."""
    wave: PeriodText | None = None
    """The period of a file without dates, such as 2018-Q2."""
    columns: Columns = Columns()
    """What each further column of the file is."""
    dimensions: dict[str, Grouping] = Field(default_factory=dict)
    """What a score is split by, such as product and process; free names."""
    segments: dict[str, Grouping] = Field(default_factory=dict)
    """Background of the respondent, such as age."""
    labels: dict[str, dict[str, Text]] = Field(default_factory=dict)
    """Per dimension, segment, touchpoint or channel: code in the file -> name in the report, in the order to
    print."""
    no_answer: Answers = ("",)
    """Answers counted as skipped, never as a score."""
    keep_where: dict[str, Wanted] = Field(default_factory=dict)
    """Which rows of the file belong to this organisation or survey."""
    duplicates: Literal["refuse", "first", "latest", "keep"] = "refuse"
    """What to do with rows of one response_id."""
    max_rejected: Share = 0.05
    """Above this share of rejected rows the file is refused."""
    method: Method = Method()
    """How the survey was done."""

    def groupings(self) -> dict[str, str | Position | BinnedColumn]:
        """Return the dimensions and the segments together, dimensions first."""
        return {**self.dimensions, **self.segments}


def metric_key(name: str, audience: Audience, measurement: Measurement) -> str:
    """Return the key of a metric, as headlines, ids of figures and commentary name it.

    Examples
    --------
    >>> metric_key("nps", "customer", "relational"), metric_key("enps", "employee", "employee")
    ('nps.customer.relational', 'enps')
    """
    if audience == "employee":
        return "enps" if name in NPS_NAMES else f"{name}.employee"
    return f"{name}.{audience}.{measurement}"
