"""Printable tables of the method page: what was stated, read and rejected."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from helpers.show import blocks, codes, hiding
from helpers.show.context import Context

Row = Mapping[Any, Any]
Content = dict[str, Any]
MOST_HASHES = 4


def _statement(table: pd.DataFrame, context: Context) -> Content:
    """Print the AAPOR heads down, the surveys across."""
    words = context.words
    sources = list(dict.fromkeys(table["source"]))
    by_head: dict[str, list[Row]] = {}
    for row in table.to_dict("records"):
        by_head.setdefault(row["head"], []).append(row)
    columns = [
        blocks.column("head", words.text("Item")),
        *(blocks.column(source, context.survey(source)) for source in sources),
    ]
    rows = [
        blocks.row([blocks.cell(codes.head(head, words)), *(blocks.cell(_stated(row, context)) for row in rows)])
        for head, rows in by_head.items()
    ]
    caption = words.text("How the surveys were done, under the heads of AAPOR's disclosure standard")
    return blocks.table(context.table, caption=caption, columns=columns, rows=rows, **context.stamp)


def _stated(row: Row, context: Context) -> str:
    _, words = context.words.text, context.words
    kinds = {
        "transactional": _("Survey of {customers} right after a contact"),
        "relational": _("Survey of {customers} apart from any contact"),
        "employee": _("Survey of {employees}"),
    }
    span = _("no answers")
    if pd.notna(row["first"]):
        span = _("{first} to {last}", first=words.date(row["first"]), last=words.date(row["last"]))
    used = _used(row, context)
    computed = {
        "strategy": kinds[row["measurement"]],
        "dates": span,
        "sizes_and_precision": used,
        "processing": _("Every value checked against its declared scale; what was rejected is counted below"),
        "limits": _("The interval covers chance only, not who chose to answer"),
    }
    if row["head"] in computed:
        return computed[row["head"]]
    if row["head"] == "weighting" and not row["weighted"]:
        return _("Not weighted")
    return row["stated"] or _("not stated")


def _used(row: Row, context: Context) -> str:
    if row["used"] is None:
        return hiding.label(row, context)
    return context.words.plural(
        "{n} answer used in all periods; every score carries its {interval}",
        "{n} answers used in all periods; every score carries its {interval}",
        int(row["used"]),
        interval=context.interval,
    )


def _intake(table: pd.DataFrame, context: Context) -> Content:
    _ = context.words.text
    heads = {
        "read": _("Read"),
        "used": _("Used"),
        "skipped": _("Skipped"),
        "rejected": _("Rejected"),
        "left_out": _("Left out"),
        "duplicates": _("Doubles"),
        "unfinished": _("Unfinished"),
        "stray": _("Stray"),
        "after_as_of": _("Too late"),
    }
    for seldom in ("stray", "after_as_of"):
        if not table[seldom].any():
            del heads[seldom]
    columns = [
        blocks.column("source", _("Survey")),
        blocks.column("file", _("File")),
        *(blocks.column(name, label, number=True) for name, label in heads.items()),
    ]
    rows = [
        blocks.row(
            [
                blocks.cell(context.survey(row["source"])),
                _file(row, context),
                *(_count(row[name], context) for name in heads),
            ]
        )
        for row in table.to_dict("records")
    ]
    return blocks.table(
        context.table, caption=_("What happened to the answers"), columns=columns, rows=rows,
        notes=[*_why_hidden(table, context), *_intake_notes(table, context, heads)], **context.stamp,
    )  # fmt: skip


def _intake_notes(table: pd.DataFrame, context: Context, heads: Mapping[str, str]) -> list[str]:
    _ = context.words.text
    sums = {
        (False, False): _("Read = used + skipped + rejected + left out + doubles + unfinished."),
        (False, True): _("Read = used + skipped + rejected + left out + doubles + unfinished + too late."),
        (True, False): _("Read = used + skipped + rejected + left out + doubles + unfinished + stray."),
        (True, True): _("Read = used + skipped + rejected + left out + doubles + unfinished + stray + too late."),
    }
    notes = [
        sums["stray" in heads, "after_as_of" in heads],
        _("Skipped: no question was scored. Left out: rows that the params keep out of this report."),
    ]
    notes += _hashes(table, context)
    if "stray" in heads:
        notes.append(
            _("Stray: a few answers dated more than a year before all others of their survey, so wrongly, it seems.")
        )
    if "after_as_of" in heads:
        notes.append(_("Too late: dated after the last day of this report, so for later ones."))
    return notes


def _file(row: Row, context: Context) -> Content:
    """Name a survey's file; of several say how many there are."""
    names = [name for name, _hash in row["files"]]
    if len(names) == 1:
        return blocks.cell(names[0], names[0])
    return blocks.cell(context.words.plural("{n} file", "{n} files", len(names)))


def _hashes(table: pd.DataFrame, context: Context) -> list[str]:
    """Return a line per file that was read, each once, as many as a page can hold."""
    words = context.words
    files = list(dict.fromkeys(file for row in table.to_dict("records") for file in row["files"]))
    lines = [words.text("{file}: SHA-256 {hash}…", file=name, hash=text[:12]) for name, text in files[:MOST_HASHES]]
    if len(files) > MOST_HASHES:
        more = len(files) - MOST_HASHES
        lines.append(
            words.plural(
                "And {n} file more; the hashes of all of them are in manifest.json.",
                "And {n} files more; the hashes of all of them are in manifest.json.",
                more,
            )
        )
    return lines


def _count(value: Any, context: Context) -> Content:
    if value is None:
        return hiding.cell(context)
    return blocks.cell(context.words.count(value), int(value))


def _why_hidden(table: pd.DataFrame, context: Context) -> list[str]:
    return [*filter(None, [hiding.note(map(hiding.code, table.to_dict("records")), context)])]


def _rejected(table: pd.DataFrame, context: Context) -> Content:
    _ = context.words.text
    columns = [
        blocks.column("source", _("Survey")),
        blocks.column("column", _("Column")),
        blocks.column("reason", _("Reason")),
        blocks.column("values", _("Values"), number=True),
    ]
    rows = [
        blocks.row(
            [
                blocks.cell(context.survey(row["source"])),
                blocks.cell(row["column"]),
                blocks.cell(codes.rejection(row["reason"], context.words)),
                _count(row["values"], context),
            ]
        )
        for row in table.to_dict("records")
    ]
    return blocks.table(
        context.table,
        caption=_("Rejected values by reason"),
        columns=columns,
        rows=rows,
        stub=2,
        notes=_why_hidden(table, context),
        **context.stamp,
    )


TABLES: dict[str, Callable[[pd.DataFrame, Context], Content]] = {
    "statement": _statement,
    "intake": _intake,
    "rejected": _rejected,
}
