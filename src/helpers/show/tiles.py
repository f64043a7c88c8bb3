"""The row of headline measures, and the cover: what a reader sees first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.show import codes, hiding, rates, responses, roadmap_sentences, roadmap_words
from helpers.show.context import Context
from helpers.show.sentences import change

Row = Mapping[Any, Any]
Content = dict[str, Any]


def tiles(table: pd.DataFrame) -> Content:
    """Return the tiles block of the headline measures."""
    context = Context.of(table)
    rows = table.to_dict("records")
    return {
        "kind": "tiles",
        "id": context.table,
        "tiles": [_tile(row, context) for row in rows],
        **context.stamp,
    }


def cover(table: pd.DataFrame) -> Content:
    """Return the cover block of a report."""
    context = Context.of(table)
    _, words = context.words.text, context.words
    row = table.to_dict("records")[0]
    hidden = _("hidden, to protect who answered")
    answers = hidden if row["answers"] is None else words.count(row["answers"])
    facts = {_("Answers used, all periods"): answers, _("Answers up to"): words.date(row["as_of"])}
    public = context.edition == "public"
    return {
        "kind": "cover",
        "id": context.table,
        "organisation": row["name"],
        "title": _title(row["audiences"], context),
        "subtitle": _("Where we stand, where we are going, and how sure that is"),
        "period": codes.period(row["period"], words),
        "date": words.date(row["as_of"]),
        "language_name": words.name,
        "edition": _("Public edition") if public else _("Board edition"),
        "agency": row["agency"] or None,
        "confidentiality": _("Public edition") if public else row["confidentiality"] or _("Confidential"),
        "logo": None,
        "facts": [{"label": label, "text": text} for label, text in (facts | _left_out(context)).items()],
        **context.stamp,
    }


def _left_out(context: Context) -> dict[str, str]:
    """Say what the public edition leaves out; nothing of another edition."""
    if context.edition != "public":
        return {}
    _, least = context.words.text, context.words.count(min(context.minimums.values(), default=0))
    said = _("groups of fewer than {n} answers, what would give them away, and quotes", n=least)
    return {_("Not in this edition"): said}


def _title(audiences: tuple[str, ...], context: Context) -> str:
    _ = context.words.text
    if len(audiences) > 1:
        return _("Zero measurement among {customers} and {employees}")
    if "customer" in audiences:
        return _("Zero measurement among {customers}")
    return _("Zero measurement among {employees}")


def _tile(row: Row, context: Context) -> Content:
    _, words, unit = context.words.text, context.words, row["unit_of_score"]
    blank = dict.fromkeys(("value", "interval", "n", "date", "change", "target", "note"), "")
    if row["kind"] == "roadmap":
        return blank | _road(row, context)
    tile = blank | {"label": context.metric(row["metric"]), "old": bool(row["old"]), "state": row["verdict"] or None}
    if not row["id"]:
        return tile | {"value": "–", "note": _("no valid measurement in this period")}
    dated = {"date": codes.period(row["period"], words)}
    if row["n"] is None:
        return tile | dated | {"value": _("hidden"), "note": hiding.why(row, context)}
    if row["kind"] == "indicator":
        return tile | dated | _rate(row, context)
    if not row["n"] or pd.isna(row["score"]):
        return tile | dated | {"value": "–", "note": _("no answers")}
    shown = {
        "value": words.measure(row["score"], unit),
        "interval": "" if pd.isna(row["low"]) else _interval(row, context),
        "n": responses.answers(row, context),
        "change": change(row, context),
        "target": _target(row, context),
        "note": "; ".join(filter(None, [context.scale(row["metric"]), _age(row, context)])),
    }
    return tile | dated | shown


def _road(row: Row, context: Context) -> Content:
    """Return the tile of the roadmap: a count of steps, of which nothing is measured."""
    _, words = context.words.text, context.words
    passed = _(
        "{passed} of {gates} gates passed", passed=words.count(row["gates_passed"]), gates=words.count(row["gates"])
    )
    late = roadmap_sentences.overdue(row, context) if row["overdue"] else _("no step overdue")
    return {
        "label": _("Roadmap"), "old": False, "state": None, "date": words.date(row["as_of"]),
        "value": _("{done} of {steps}", done=words.count(row["done"]), steps=words.count(row["steps"])),
        "n": _("steps done, as the client says ({share})", share=words.share(row["share"])),
        "change": _("{first}; {second}", first=passed, second=late), "target": _next(row, context),
    }  # fmt: skip


def _next(row: Row, context: Context) -> str:
    if not row["next_step"]:
        return ""
    words = context.words
    owner = roadmap_words.owner(row["next_owner"], words, missing=row["next_owner_missing"])
    said = {"step": roadmap_words.step(row["next_step"], words), "owner": owner}
    if row["next_day"] is None or pd.isna(row["next_day"]):
        return words.text("next: {step} ({owner})", **said)
    return words.text("next: {step} ({owner}, {day})", day=words.date(row["next_day"]), **said)


def _rate(row: Row, context: Context) -> Content:
    """Return what a tile says of an indicator: its rate out of its base, or its count."""
    words, per = context.words, row["per"]
    limits = rates.interval(row["low"], row["high"], per, words)
    return {
        "value": rates.figure(row["score"], per, words),
        "interval": words.text("{share}: {limits}", share=context.confidence_share, limits=limits),
        "n": rates.base(row, words), "change": change(row, context),
        "note": _age(row, context),
    }  # fmt: skip


def _interval(row: Row, context: Context) -> str:
    limits = context.words.interval(row["low"], row["high"], row["unit_of_score"])
    return context.words.text("{share}: {limits}", share=context.confidence_share, limits=limits)


def _age(row: Row, context: Context) -> str:
    return context.words.text("older than the report's period") if row["old"] else ""


def _target(row: Row, context: Context) -> str:
    """Say the next target of the whole, and how it stands; empty where there is none."""
    if row["target"] is None or pd.isna(row["target"]):
        return ""
    words = context.words
    target = words.measure(row["target"], row["unit_of_score"])
    due = words.date(row["due"])
    if not row["verdict"]:
        return words.text("target {target} on {due}", target=target, due=due)
    verdict = codes.verdict(row["verdict"], words)
    return words.text("target {target} on {due}: {verdict}", target=target, due=due, verdict=verdict)
