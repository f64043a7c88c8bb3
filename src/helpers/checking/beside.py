"""The measurements, the targets, the facts tables and the keys without effect."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from helpers.checking.layout import counted, labelled, listed, plain, section
from helpers.checking.steps import small_step
from helpers.dossier.report import Dossier
from helpers.intake.facts.checks import customers_without_answers
from helpers.intake.responses import Intake
from helpers.params import Unused
from helpers.params.keys import did_you_mean
from helpers.params.metrics import metrics
from helpers.params.model import Params

Found = dict[str, Any]


def measurements(scores: pd.DataFrame, params: Params) -> tuple[Found, ...]:
    """Return per metric ``metric, zero, now`` (periods, or None) and ``periods`` (how many have answers)."""
    whole = scores[scores["grouping"] == ""]
    found = []
    for metric in metrics(params):
        own = whole[whole["metric"] == metric.key]
        zero, now = (next(iter(own.loc[own[name], "period"]), None) for name in ("zero", "current"))
        found.append({"metric": metric.key, "zero": zero, "now": now, "periods": len(own)})
    return tuple(found)


def measurement_lines(found: Sequence[Found]) -> list[str]:
    """Return one line per zero measurement, with the metrics that have it."""
    alike: dict[str, list[str]] = {}
    for each in found:
        periods = counted(each["periods"], "period")
        text = f"zero measurement {each['zero'] or 'none'}, now {each['now'] or 'none'}, {periods} with answers"
        alike.setdefault(text, []).append(each["metric"])
    return section("measurements", [("metric", f"{', '.join(names)}: {text}") for text, names in alike.items()])


def targets(opened: Dossier, day: dt.date) -> Iterator[Found]:
    """Yield what a target lacks: ``target, lacks``; after all else the steps too small to show."""
    rows = opened.targets.to_dict("records")
    for row in rows:
        name = _named(row)
        if row["owner_missing"]:
            yield {"target": name, "lacks": "has no owner yet"}
        if row["caution"] == "no_such_group":
            yield {"target": name, "lacks": f"no answers in any period.{_meant(row, opened.scores)}"}
            continue
        if row["caution"] and row["caution"] != "no_baseline":
            yield {"target": name, "lacks": plain(row["caution"])}
        if row["baseline_n"] == 0:
            yield {"target": name, "lacks": f"no answers in its baseline, {row['baseline_period']}"}
        if row["due"] <= day and not row["due_passed"]:
            yield {"target": name, "lacks": f"was due on {row['due']}, but the answers end before that day"}
    yield from ({"target": _named(row), "lacks": step} for row in rows if (step := small_step(row)))


def _named(target: Mapping[Any, Any]) -> str:
    return f"{target['target_id']} {target['metric']} {target['label']}".rstrip()


def _meant(target: Mapping[Any, Any], scores: pd.DataFrame) -> str:
    """Suggest the groups that have answers where a target names one that has none; it begins with a space."""
    own = scores[scores["metric"].eq(target["metric"]) & scores["n"].ne(0)]  # of a hidden one n is missing
    said = ""
    for grouping, value in target["scope"].items():
        known = {str(scope[grouping]) for scope in own["scope"] if grouping in scope}
        said += "" if value in known else did_you_mean(value, sorted(known))
    return said


def target_lines(found: Sequence[Found], *, everything: bool) -> list[str]:
    """Return one line per thing that a target lacks."""
    texts = [f"{each['target']}: {each['lacks']}" for each in found]
    return section("targets", labelled("target", texts, everything=everything, most=8))


def facts(intake: Intake, params: Params) -> tuple[Found, ...]:
    """Return the facts tables that were read: ``table, file, rows, not_used`` (columns) and ``notes``."""
    own = intake.files[~intake.files["source"].isin(list(params.sources))]
    return tuple(
        {
            "table": row["source"],
            "file": row["file"],
            "rows": int(row["read"]),
            "not_used": list(intake.facts.not_used.get(row["source"], ())),
            "notes": list(_unknown_customers(intake)) if row["source"] == "tables.customers" else [],
        }
        for row in own.to_dict("records")
    )


def _unknown_customers(intake: Intake) -> Iterator[str]:
    if intake.facts.customers is None:
        return
    silent = customers_without_answers(intake.facts.customers, responses=intake.responses)
    if silent:
        among = intake.facts.customers["customer_id"].nunique()
        yield f"{silent:,} of {counted(among, 'customer')} in no survey"


def fact_lines(found: Sequence[Found], *, everything: bool) -> list[str]:
    """Return the facts tables; below them, each on its own line, what is odd about one."""
    tables = ", ".join(f"{_name(each)} ({each['file']}): {counted(each['rows'], 'row')}" for each in found)
    rows = [("tables", tables)] if tables else []
    for each in found:
        unused = each["not_used"]
        notes = [*each["notes"], *([f"columns not used: {listed(unused, everything=everything)}"] if unused else [])]
        rows += [("note", f"{_name(each)}: {note}") for note in notes]
    return section("facts tables", rows)


def _name(found: Found) -> str:
    return str(found["table"]).removeprefix("tables.")


def unused_lines(found: Sequence[Unused], *, everything: bool) -> list[str]:
    """Return the keys without effect, by the part of the product that will use them."""
    parts: dict[str, list[str]] = {}
    for each in found:
        parts.setdefault(each.part, []).append(each.key)
    if everything:
        rows = [("key", f"{part}: {', '.join(keys)}") for part, keys in parts.items()]
    else:
        text = "; ".join(f"{part}: {listed(keys, everything=False, most=1)}" for part, keys in parts.items())
        rows = [("keys", text)] if text else []
    return section("keys not used yet, by the part that will use them", rows)
