"""Printable tables of the roadmap: the gates, and every step as planned, as it went and as claimed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from helpers.show import blocks, roadmap_words
from helpers.show.context import Context

Row = Mapping[Any, Any]
Content = dict[str, Any]


def _gates(table: pd.DataFrame, context: Context) -> Content:
    _, words = context.words.text, context.words
    columns = [
        blocks.column("gate", _("Gate")),
        blocks.column("passed", _("Passed")),
        blocks.column("day", _("Day")) | {"type": "date"},
        blocks.column("names", _("Who")),
    ]
    rows = [
        blocks.row(
            [
                blocks.cell(roadmap_words.gate(row["gate"], words)),
                blocks.cell(roadmap_words.gap(row, words), mark="achieved" if row["passed"] else "behind"),
                _day(row["day"], context),
                _names(row, context),
            ]
        )
        for row in table.to_dict("records")
    ]
    return blocks.table(
        context.table, caption=_("The gates before the first step"), columns=columns, rows=rows, **context.stamp
    )


def _names(row: Row, context: Context) -> Content:
    if row["to_be_named"]:
        return blocks.cell(context.words.text("to be named"), mark="behind")
    return blocks.cell(row["names"] or "–", row["names"] or None)


def _day(day: Any, context: Context) -> Content:
    return blocks.cell("–") if pd.isna(day) else blocks.cell(context.words.date(day), day.isoformat())


def _steps(table: pd.DataFrame, context: Context) -> Content:
    _ = context.words.text
    columns = [
        blocks.column("number", _("No.")),
        blocks.column("step", _("Step")),
        blocks.column("planned", _("Planned")) | {"narrow": True},
        blocks.column("actual", _("Actual")) | {"narrow": True},
        blocks.column("claimed", _("Claimed")) | {"narrow": True},
        blocks.column("status", _("Status")),
        blocks.column("owner", _("Owner")) | {"narrow": True},
        blocks.column("note", _("Note")),
    ]
    rows = [blocks.row(_step_cells(row, context)) for row in table.to_dict("records")]
    return blocks.table(
        context.table, caption=_("The steps of the road"), columns=columns, rows=rows, stub=2,
        notes=_step_notes(context), **context.stamp,
    )  # fmt: skip


def _step_cells(row: Row, context: Context) -> list[Content]:
    words = context.words
    open_ = row["owner_missing"] and row["status"] in ("under_way", "not_started")
    owner = roadmap_words.owner(row["owner"], words, missing=True) if open_ else row["owner"] or "–"
    return [
        blocks.cell(row["number"], row["number"]),
        blocks.cell(roadmap_words.step(row["step"], words)),
        blocks.cell(roadmap_words.stretch(row["planned_start"], row["planned_end"], words)),
        blocks.cell(roadmap_words.stretch(row["actual_start"], row["actual_end"], words)),
        blocks.cell(roadmap_words.status(row["claimed"], words)),
        blocks.cell(roadmap_words.standing(row, words), mark="behind" if row["overdue"] else None),
        blocks.cell(owner, mark="behind" if open_ else None),
        blocks.cell(_note(row, context)),
    ]


def _note(row: Row, context: Context) -> str:
    """Join the client's remark with what does not agree."""
    doubt = roadmap_words.contradictions(row["contradictions"], context.words)
    if row["note"].endswith(".") and doubt:
        return f"{row['note']} {doubt[:1].upper()}{doubt[1:]}"
    return "; ".join(filter(None, [row["note"], doubt])) or "–"


def _step_notes(context: Context) -> list[str]:
    _ = context.words.text
    return [
        _("Claimed is what the client says now; the status is that claim on the last day that this report counts."),
        _("No step is proven here from the answers: done is what the client says."),
    ]


TABLES: dict[str, Callable[[pd.DataFrame, Context], Content]] = {"gates": _gates, "roadmap": _steps}
