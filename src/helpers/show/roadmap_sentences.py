"""What the roadmap says in words: how far, what failed, what is next; and the warning about reward."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.show import blocks, roadmap_words
from helpers.show.context import Context

Row = Mapping[Any, Any]
Content = dict[str, Any]


def progress(table: pd.DataFrame, context: Context) -> str:
    """Say how far the organisation is: first the gates that are not passed, then the steps."""
    if table.empty:
        return ""
    row = table.to_dict("records")[0]
    return " ".join([gates(row, context), steps(row, context), next_step(row, context)])


def lead(row: Row, context: Context) -> str:
    """Say how far the organisation is in half a sentence, for the top of the report."""
    words = context.words
    parts = {"done": words.count(row["done"]), "steps": words.count(row["steps"]), "share": words.share(row["share"])}
    said = words.text("{done} of {steps} steps of the road done, as the client says ({share})", **parts)
    passed = words.text(
        "{passed} of {gates} gates passed", passed=words.count(row["gates_passed"]), gates=words.count(row["gates"])
    )
    if not row["overdue"]:
        return words.text("{first}; {second}", first=said, second=passed)
    return words.text("{first}; {second}; {third}", first=said, second=passed, third=overdue(row, context))


def overdue(row: Row, context: Context) -> str:
    """Count the steps that are overdue."""
    return context.words.plural("{n} step overdue", "{n} steps overdue", row["overdue"])


def gates(row: Row, context: Context) -> str:
    """Name the gates that are not passed."""
    words, failed = context.words, row["gates_failed"]
    if not failed:
        return words.plural("The {n} gate is passed.", "All {n} gates are passed.", row["gates"])
    return words.plural(
        "{n} of {gates} gates is not passed: {names}.",
        "{n} of {gates} gates are not passed: {names}.",
        len(failed),
        gates=words.count(row["gates"]),
        names=words.join([_inside(roadmap_words.gate(code, words)) for code in failed]),
    )


def steps(row: Row, context: Context) -> str:
    """Count the steps that are done, overdue and not planned, and the done ones that nothing proves."""
    words = context.words
    text = words.plural(
        "{n} of {steps} steps is done, as the client says ({share}), and {overdue}.",
        "{n} of {steps} steps are done, as the client says ({share}), and {overdue}.",
        row["done"],
        steps=words.count(row["steps"]),
        share=words.share(row["share"]),
        overdue=words.plural("{n} is overdue", "{n} are overdue", row["overdue"])
        if row["overdue"]
        else words.text("none is overdue"),
    )
    said = [text]
    if row["not_planned"]:
        said.append(words.plural("{n} is not planned.", "{n} are not planned.", row["not_planned"]))
    if row["unproven"]:
        said.append(
            words.plural(
                "{n} step that is done lacks a day or a document.",
                "{n} steps that are done lack a day or a document.",
                row["unproven"],
            )
        )
    return " ".join(said)


def next_step(row: Row, context: Context) -> str:
    """Name the step that is next, whose it is and by when."""
    _, words = context.words.text, context.words
    if not row["next_step"]:
        return _("No next step is planned.")
    parts = {
        "number": row["next_number"],
        "step": _inside(roadmap_words.step(row["next_step"], words)),
        "owner": _owner(row, context),
    }
    if row["next_day"] is None or pd.isna(row["next_day"]):
        return _("Next is {number}, {step}: {owner}, without a planned end.", **parts)
    parts["day"] = words.date(row["next_day"])
    if row["next_overdue"]:
        return _("Next is {number}, {step}: {owner}, planned for {day} and overdue.", **parts)
    return _("Next is {number}, {step}: {owner}, by {day}.", **parts)


def caution(table: pd.DataFrame) -> Content:
    """Return the callout on appraisal and reward: its status, the works council, and what NPS is not for."""
    context = Context.of(table)
    _, words = context.words.text, context.words
    row = table.to_dict("records")[0]
    said = [
        _("Status: {status}.", status=roadmap_words.standing(row, words)),
        _design(row, context),
        _("Works council: {consent}.", consent=_consent(row, context)),
        _("NPS must not be used to punish staff: who fears the score steers the answers instead of the service."),
        _("This report therefore shows status and design of this step only, never a result of a person, and does "
          "not count the step in the share done."),
    ]  # fmt: skip
    doubts = row["contradictions"]
    problem = not {"no_consent", "reward_too_early"}.isdisjoint(doubts)
    if doubts:
        said.insert(1, _("To be looked at: {doubt}.", doubt=roadmap_words.contradictions(doubts, words)))
    title = roadmap_words.step(row["step"], words)
    return blocks.callout(
        f"{context.table}-caution", tone="risk" if problem else "caution",
        title=_("{number} {step}", number=row["number"], step=title), text=" ".join(said), **context.stamp,
    )  # fmt: skip


def _design(row: Row, context: Context) -> str:
    """Print what the client wrote about the step: how the targets are meant to count."""
    words = context.words
    if not row["note"]:
        return words.text("Design: none recorded.")
    return words.text("Design: {design}.", design=row["note"].rstrip("."))


def _consent(row: Row, context: Context) -> str:
    """Say when the works council agreed, and to what: consent to a survey is none to a system of reward."""
    words, day = context.words, row["consent"]
    if day is None or pd.isna(day):
        return words.text("consent not recorded")
    if not row["consent_scope"]:
        return words.text("consent given on {day}, to what is not recorded", day=words.date(day))
    parts = {"day": words.date(day), "scope": row["consent_scope"]}
    if row["consent_covers"]:
        return words.text("consent given on {day}, to: {scope}", **parts)
    return words.text("consent given on {day}, to: {scope}; not to appraisal or reward", **parts)


def _owner(row: Row, context: Context) -> str:
    return roadmap_words.owner(row["next_owner"], context.words, missing=row["next_owner_missing"])


def _inside(name: str) -> str:
    """Write a name within a sentence: without its capital, unless it begins with an abbreviation."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name
