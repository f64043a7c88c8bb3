"""Printable tables of what is hidden: how much, why, and by which rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from helpers.show import blocks
from helpers.show.context import Context

Row = Mapping[Any, Any]
Rules = Mapping[str, Any]
Content = dict[str, Any]


def _hidden(table: pd.DataFrame, context: Context) -> Content:
    """Print how many figures and answers are hidden, by audience and reason."""
    _, words = context.words.text, context.words
    columns = [
        blocks.column("audience", _("Audience")),
        blocks.column("reason", _("Reason")),
        blocks.column("cells", _("Figures hidden"), number=True),
        blocks.column("answers", _("Answers in them, about"), number=True),
    ]
    rows = [
        blocks.row(
            [
                blocks.cell(_audience(row["audience"], context)),
                blocks.cell(context.hidden_reason(row["hidden_because"], row["audience"])),
                blocks.cell(words.count(row["cells"]), int(row["cells"])),
                _lost(row, context),
            ]
        )
        for row in table.to_dict("records")
    ]
    note = _("Answers are rounded to tens, and each counts in every figure that it belongs to.")
    return blocks.table(
        context.table, caption=_("Hidden figures by reason"), columns=columns, rows=rows, stub=2, notes=[note],
        **context.stamp,
    )  # fmt: skip


def _lost(row: Row, context: Context) -> Content:
    """Print how many answers are hidden, to the nearest ten; where they would tell the size of a group, no number."""
    words = context.words
    if pd.isna(row["answers"]):
        return blocks.cell(words.text("not told: it would tell too much"))
    return blocks.cell(words.count(row["answers"]), int(row["answers"]))


def rules(table: pd.DataFrame) -> Content | None:
    """Return the table of what must hold before anything of a group is shown in this edition.

    Parameters
    ----------
    table
        Any table of the report; its context has the rules, by their names. ``quotes_from`` is 0 for no quotes.

    Returns
    -------
    dict or None
        A row per rule that is told, a column per audience; nothing where the report says nothing of its rules.
    """
    context = Context.of(table)
    if not context.privacy:
        return None
    _ = context.words.text
    columns = [
        blocks.column("rule", _("Rule")),
        *(blocks.column(audience, _audience(audience, context)) for audience in context.privacy),
    ]
    kept = {
        "minimum_respondents": (_("Answers in a group, at least"), _answers),
        "minimum_headcount": (_("People in a {unit}, at least"), _people),
        "complementary": (_("What would give a small group away"), _complementary),
        "roll_up": (_("{Units} that are too small"), _rolled_up),
        "unanimity": (_("Groups in which all answered alike"), _unanimous),
        "waves": (_("What two waves tell of those who came or went"), _waves),
        "shares_from": (_("Counts and shares of the three bands"), _shares),
        "quotes_from": (_("Quotes"), _quotes),
        "promise": (_("What was promised"), _promised),
    }
    audiences = [{"audience": audience, **own} for audience, own in context.privacy.items()]
    rows = [
        blocks.row([blocks.cell(name), *(blocks.cell(said(own, context)) for own in audiences)])
        for rule, (name, said) in kept.items()
        if all(rule in own for own in audiences)
    ]
    public = context.edition == "public"
    caption = _("What the public edition shows of a group") if public else _("What the board edition shows of a group")
    return blocks.table("privacy-rules", caption=caption, columns=columns, rows=rows, **context.stamp)


def _answers(own: Rules, context: Context) -> str:
    return context.words.count(own["minimum_respondents"])


def _people(own: Rules, context: Context) -> str:
    """Only of employees is it known how many there are."""
    return context.words.count(own["minimum_headcount"]) if own["audience"] == "employee" else "–"


def _complementary(own: Rules, context: Context) -> str:
    _ = context.words.text
    return _("hidden too") if own["complementary"] else _("shown: the client knows its {customers}")


def _rolled_up(own: Rules, context: Context) -> str:
    _ = context.words.text
    return _("shown together where that gives nothing away") if own["roll_up"] else _("hidden")


def _unanimous(own: Rules, context: Context) -> str:
    return _switched(own, "unanimity", context)


def _waves(own: Rules, context: Context) -> str:
    return _switched(own, "waves", context)


def _switched(own: Rules, rule: str, context: Context) -> str:
    return context.words.text("hidden too") if own[rule] else context.words.text("shown")


def _shares(own: Rules, context: Context) -> str:
    _, words = context.words.text, context.words
    if not own["shares_from"]:
        return _("wherever the score is")
    return _("from {n} answers", n=words.count(own["shares_from"]))


def _quotes(own: Rules, context: Context) -> str:
    _, words = context.words.text, context.words
    if not own["quotes_from"]:
        return _("none")
    return _("from {n} answers, never of a crossing", n=words.count(own["quotes_from"]))


def _promised(own: Rules, context: Context) -> str:
    """Say what respondents were told, in the words that they read where the params have them."""
    _, words, promise = context.words.text, context.words, own["promise"]
    if not promise:
        return _("nothing recorded")
    said = promise.get("text") or _("groups of at least {n} answers", n=words.count(promise["minimum"]))
    if not promise.get("date"):
        return str(said)
    return _("{said} ({day})", said=said, day=words.date(promise["date"]))


def _audience(audience: str, context: Context) -> str:
    _ = context.words.text
    return _("{Customers}") if audience == "customer" else _("{Employees}")


TABLES: dict[str, Callable[[pd.DataFrame, Context], Content]] = {"hidden": _hidden}
