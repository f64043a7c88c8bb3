"""What a params file says about one survey: its file, and what each part of it is."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from helpers.params.columns import BinnedColumn, Columns, Grouping, Position, UnitColumns
from helpers.params.formats import DateFormat, Encoding, Separator
from helpers.params.questions import NPS_NAMES, Driver, Measure
from helpers.params.section import Section, filled, later
from helpers.params.values import (
    Answers,
    Day,
    Names,
    PeriodText,
    Share,
    Text,
    Typed,
    as_list,
    raw_text,
    refusal,
    whole,
)

Export = Literal[
    "auto", "plain", "qualtrics", "surveymonkey", "formbricks", "limesurvey", "typeform", "microsoft-forms",
    "google-forms", "delighted", "spss",
]  # fmt: skip
EXPORTS_READ = ("auto", "plain")
HeaderRows = Annotated[
    tuple[Annotated[int, whole(1, why="Rows count from 1.")], ...],
    BeforeValidator(as_list, json_schema_input_type=int | list[int]),
    filled("Name at least one row."),
]
Audience = Literal["customer", "employee"]
Measurement = Literal["transactional", "relational", "employee"]


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

    path: Annotated[Names, filled("Name at least one file.")] = Field(examples=["../../data/acme/survey.csv"])
    """The file or files, relative to this params file; CSV or XLSX. A name may be a pattern, such as
    survey-*.csv; files are read in the order of their names."""
    label: Text | None = None
    """What the report calls this survey."""
    export: Export = "auto"
    """Which program wrote the file; auto and plain are read now."""
    audience: Audience = Field(examples=["customer"])
    """Who answered: customer or employee."""
    measurement: Measurement = Field(examples=["relational"])
    """transactional (after a contact), relational (apart from contacts) or employee."""
    measures: Annotated[dict[str, Measure], filled("Write at least one scored question.")] = Field(
        examples=["{nps: {column: Q3, scale: 0-10}}"], json_schema_extra={"minProperties": 1}
    )
    """Every scored question; the recommendation question is called nps (customers) or enps (employees)."""
    drivers: dict[str, Driver] = Field(default_factory=dict, json_schema_extra=later("reasons"))
    """Questions about possible causes of the score."""
    sheet: Text | None = None
    """The sheet of a workbook; needed where more than one sheet has the columns."""
    header_rows: HeaderRows = Field(default=(1,), examples=["1"], json_schema_extra={"default": 1})
    """The row that holds the column names, or the rows, such as [1, 2]; names in several rows are joined by
    ' | ', and a blank cell of an upper row takes the name to its left."""
    encoding: Encoding | None = None
    """The character set, when the automatic choice (UTF-8, else Windows-1252) is wrong."""
    separator: Separator | None = None
    """The character between columns, when the automatic choice is wrong."""
    decimal: Literal[",", "."] | None = None
    """The decimal sign, when the automatic choice is wrong."""
    date_format: DateFormat | None = None
    """How dates are written, such as %d/%m/%Y; needed where day and month can be confused."""
    wave: PeriodText | None = None
    """The period of a file without dates, such as 2018-Q2; where columns.date is named, the dates count."""
    columns: Columns = Columns()
    """What each further column of the file is."""
    dimensions: dict[str, Grouping] = Field(default_factory=dict)
    """What a score is split by, such as product and process; free names."""
    trees: dict[str, UnitColumns] = Field(default_factory=dict)
    """A second tree beside columns.unit, from wide to narrow, such as {client: [client, campaign]}."""
    segments: dict[str, Grouping] = Field(default_factory=dict)
    """Background of the respondent, such as age."""
    labels: dict[str, dict[str, Text]] = Field(default_factory=dict)
    """Per dimension, segment, touchpoint or channel: code in the file -> name in the report, in the order to
    print."""
    no_answer: Answers = ("",)
    """Answers counted as skipped, never as a score."""
    keep_where: dict[str, Wanted] = Field(default_factory=dict)
    """Which rows of the file belong to this organisation or survey."""
    duplicates: Literal["refuse", "first", "latest", "exact_rows", "keep"] = "refuse"
    """What to do with rows of one response_id: refuse the file, use the first, use the latest, or keep them all;
    exact_rows is for a file without such a number: rows that are equal in every column are one answer."""
    max_rejected: Share = 0.05
    """Above this share of rejected rows the file is refused."""
    invited: Text | None = None
    """Who was asked: a file with period, a group such as product or unit, sent, bounced."""
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
