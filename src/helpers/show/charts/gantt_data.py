"""The data behind the Gantt chart: steps with their days, as a table, and in a sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from helpers.show import blocks
from helpers.show.blocks import Content
from helpers.show.charts import parts
from helpers.show.charts.lettering import plain
from helpers.show.charts.parts import Record
from helpers.show.language import Language

CHART = "gantt"
COLUMNS = (
    "number", "label", "planned_start", "planned_end", "actual_start", "actual_end", "status", "status_text", "overdue",
)  # fmt: skip
Span = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Step:
    """A step of the road, with the days that are known of it."""

    number: str
    label: str
    planned_start: dt.date | None
    planned_end: dt.date | None
    actual_start: dt.date | None
    actual_end: dt.date | None
    status: str
    status_text: str
    overdue: bool

    @property
    def days(self) -> tuple[dt.date, ...]:
        """Every day that is known."""
        known = (self.planned_start, self.planned_end, self.actual_start, self.actual_end)
        return tuple(day for day in known if day)

    @property
    def planned(self) -> Span | None:
        """The planned stretch; where only one end is known, that day."""
        return _span(self.planned_start, self.planned_end)

    def actual(self, as_of: dt.date) -> Span | None:
        """Return what happened: up to its end, or up to now where it is under way."""
        running = as_of if self.status == "under_way" and self.actual_start else None
        return _span(self.actual_start, self.actual_end or running)

    def late(self, as_of: dt.date) -> Span | None:
        """Return the stretch since the planned end, of a step that is overdue."""
        return (self.planned_end, as_of) if self.overdue and self.planned_end else None


def steps(table: pd.DataFrame) -> list[Step]:
    """Read the rows of the table, in its order.

    Raises
    ------
    ValueError
        When a column is missing, there is no step, or no step has a day.
    """
    found = [_step(record) for record in parts.records(table, needs=COLUMNS, chart=CHART)]
    if not any(step.days for step in found):
        raise ValueError(f"{CHART}: no step has a day; leave the chart out when there is nothing to draw.")
    return found


def table(identifier: str, steps: Sequence[Step], *, words: Language, caption: str) -> Content:
    """Return the chart's data as a table block: one row per step."""
    _ = words.text
    columns = [
        blocks.column("number", _("No.")),
        blocks.column("step", _("Step")),
        blocks.column("planned_start", _("Planned start")) | {"type": "date"},
        blocks.column("planned_end", _("Planned end")) | {"type": "date"},
        blocks.column("actual_start", _("Actual start")) | {"type": "date"},
        blocks.column("actual_end", _("Actual end")) | {"type": "date"},
        blocks.column("status", _("Status")),
    ]
    rows = [
        blocks.row(
            [
                blocks.cell(step.number),
                blocks.cell(step.label),
                *(
                    parts.dated(words, day)
                    for day in (step.planned_start, step.planned_end, step.actual_start, step.actual_end)
                ),
                blocks.cell(step.status_text),
            ]
        )
        for step in steps
    ]
    return parts.data_table(identifier, words=words, caption=caption, columns=columns, rows=rows, stub=2)


def described(steps: Sequence[Step], *, as_of: dt.date, words: Language) -> str:
    """Say per step in words how it stands, and by when it is planned."""
    said = [words.text("Up to {day}.", day=words.date(as_of)), *(_described(step, words) for step in steps)]
    return " ".join(said)


def _described(step: Step, words: Language) -> str:
    named = {"number": step.number, "step": step.label, "status": step.status_text}
    if step.planned_end:
        day = words.date(step.planned_end)
        return words.text("{number} {step}: {status}, planned for {day}.", day=day, **named)
    return words.text("{number} {step}: {status}.", **named)


def _step(record: Record) -> Step:
    def day(name: str) -> dt.date | None:
        return None if record[name] is None else parts.day(record[name])

    number, label, status, text = (plain(record[name]) for name in ("number", "label", "status", "status_text"))
    planned, actual = ((day(f"{kind}_start"), day(f"{kind}_end")) for kind in ("planned", "actual"))
    return Step(number, label, *planned, *actual, status, text, overdue=bool(record["overdue"]))


def _span(first: dt.date | None, last: dt.date | None) -> Span | None:
    start, end = first or last, last or first
    return (start, max(start, end)) if start and end else None
