"""How a params file names the columns of a survey's file."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from helpers.params.section import Section, filled, later
from helpers.params.values import Number, Typed, as_list, text, whole


class Position(Section):
    """A column named by its place in the file."""

    position: Annotated[int, whole(1)] = Field(examples=["14"])
    """Which column, counted from 1."""


def _column(value: Any) -> Any:
    if isinstance(value, dict):
        return Position.model_validate(value)
    hint = "A column without a name is named by its place, such as {position: 1}."
    return value if isinstance(value, Position) else text(value, when_empty=hint)


Column = Annotated[str | Position, BeforeValidator(_column, json_schema_input_type=Typed | Position)]
UnitColumns = Annotated[tuple[Column, ...], BeforeValidator(as_list)]


class BinnedColumn(Section):
    """A column of numbers cut into classes."""

    column: Column = Field(examples=["visits"])
    """The column of the file that holds the numbers."""
    bins: Annotated[tuple[Number, ...], BeforeValidator(as_list), filled("Write where each class begins.")] = Field(
        examples=["[1, 3, 6, 11]"], json_schema_extra={"minItems": 1}
    )
    """Where each class begins; the last one is open: [1, 3, 6, 11] gives 1–2, 3–5, 6–10, 11+."""


def _grouping(value: Any) -> Any:
    if isinstance(value, dict) and "position" not in value:
        return BinnedColumn.model_validate(value)
    return value if isinstance(value, BinnedColumn) else _column(value)


Grouping = Annotated[
    str | Position | BinnedColumn,
    BeforeValidator(_grouping, json_schema_input_type=Typed | Position | BinnedColumn),
]


class Columns(Section):
    """What each further column of the file is."""

    response_id: Column | None = None
    """The number of the answered questionnaire; two rows with one number are duplicates."""
    date: Column | None = None
    """The day the questionnaire was answered. A file without dates has `wave` beside `path`."""
    event_date: Column | None = Field(default=None, json_schema_extra=later("time from contact to answer"))
    """The day of the contact that the questionnaire is about."""
    finished: Column | None = None
    """Whether the questionnaire was finished; unfinished ones are counted and left out."""
    touchpoint: Column | None = None
    """The contact that was measured, such as a counter visit."""
    channel: Column | None = None
    """How the contact went, such as telephone."""
    agent: Column | None = Field(default=None, json_schema_extra=later("coaching, and answers clustered by agent"))
    """The employee who helped the customer; replaced by a number when read."""
    unit: UnitColumns = ()
    """The organisation's units, from wide to narrow, as of the contact or the wave; a unit is its whole path."""
    customer_id: Column | None = Field(default=None, json_schema_extra=later("customer value"))
    """Who answered (customer); stays on this machine."""
    callback_consent: Column | None = Field(default=None, json_schema_extra=later("calling critics back"))
    """Whether the customer agreed to be called."""
    employee_id: Column | None = Field(default=None, json_schema_extra=later("pairing waves"))
    """Who answered (employee); replaced by a number when read, and never joined to customers."""
    reason: Column | None = Field(default=None, json_schema_extra=later("reasons"))
    """The reason given for the score, as a code or a few words."""
    went_wrong: Column | None = Field(default=None, json_schema_extra=later("reasons"))
    """What went wrong, as a critic wrote it."""
    make_right: Column | None = Field(default=None, json_schema_extra=later("reasons"))
    """What would make it right, as a critic wrote it."""
    verbatim: Column | None = Field(default=None, json_schema_extra=later("reasons"))
    """The open answer."""
    revenue: Column | None = Field(default=None, json_schema_extra=later("customer value"))
    """What the customer spent; a number."""
    visits: Column | None = Field(default=None, json_schema_extra=later("customer value"))
    """How often the customer came; a number."""
    weight: Column | None = None
    """The weight of the answer; positive numbers."""
