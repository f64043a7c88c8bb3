"""Sentences that read a table aloud: every word computed, none beyond its interval."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from helpers.show import groups, hiding, rates, roadmap_sentences, sureness, target_sentences
from helpers.show.context import Context
from helpers.show.language import DECIMALS, Unit

NAMED_AT_MOST = 3
MOVED_AT_MOST = 5
Row = Mapping[Any, Any]


def read(table: pd.DataFrame) -> tuple[str, str]:
    """Return the sentence that goes with a table of the dossier, and its role.

    Parameters
    ----------
    table
        A table of the dossier.

    Returns
    -------
    tuple
        The text and ``lead``, ``answer`` or ``reading``. The text is empty when there is nothing to say.

    Raises
    ------
    KeyError
        If no sentence is known for this table.
    """
    context = Context.of(table)
    role, write = _SENTENCES[context.table]
    return write(hiding.without_hidden(table), context), role


def score_with_interval(row: Row, context: Context, *, score: str = "score") -> str:
    """Write a score with its interval and n: '+12 (+7 to +18, n = 812)'."""
    words, unit = context.words, row["unit_of_score"]
    if row["n"] is None:
        return hiding.said(row, context)
    if not row["n"] or pd.isna(row[score]):
        return words.text("no answers")
    if row.get("kind") == "indicator":
        return rates.with_interval(row, context)
    value = words.measure(row[score], unit)
    n = words.count(row["n"])
    if pd.isna(row["low"]):
        return words.text("{score} (n = {n})", score=value, n=n)
    interval = words.interval(row["low"], row["high"], unit)
    return words.text("{score} ({interval}, n = {n})", score=value, interval=interval, n=n)


def change(row: Row, context: Context) -> str:
    """Write what happened since the zero measurement, no further than the interval of the change goes."""
    _ = context.words.text
    if row["id"] and row["id"] == row["zero_id"]:
        return _("this is the zero measurement")
    if row["n"] is None or row["direction"] is None:
        return _("the change since the zero measurement is hidden")
    if row["direction"] == "unknown":
        return _("the change since the zero measurement cannot be given")
    points = rates.moved(row, context) if row.get("kind") == "indicator" else _moved(row, context)
    if row["direction"] == "none_shown":
        return _("no demonstrable change since the zero measurement ({interval})", **points)
    return _demonstrable(row, context, points)


def _moved(row: Row, context: Context) -> dict[str, str]:
    change = context.words.difference(abs(row["change"]), row["unit_of_score"]).removeprefix("+")
    return {"change": change, "interval": _difference_interval(row, context)}


def _demonstrable(row: Row, context: Context, points: Mapping[str, str]) -> str:
    _, higher = context.words.text, row["change"] > 0
    if higher == (row["direction"] == "better"):
        if higher:
            return _("demonstrably {change} higher than at the zero measurement ({interval})", **points)
        return _("demonstrably {change} lower than at the zero measurement ({interval})", **points)
    if higher:
        return _("demonstrably {change} higher, so worse, than at the zero measurement ({interval})", **points)
    return _("demonstrably {change} lower, so better, than at the zero measurement ({interval})", **points)


def _difference_interval(row: Row, context: Context) -> str:
    """Write the interval of a change, each limit with the decimals that it takes to see its side of zero."""
    words, unit = context.words, row["unit_of_score"]
    limits = {name: row[f"change_{name}"] for name in ("low", "high")}
    parts = {
        name: words.difference(limit, unit, digits=rates.decimals(limit, DECIMALS[unit], row["direction"]))
        for name, limit in limits.items()
    }
    return words.text("{low} to {high}", **parts)


def _headline(table: pd.DataFrame, context: Context) -> str:
    _ = context.words.text
    row = table.to_dict("records")[0]
    targets = _off_track(row, context)
    if row["kind"] == "roadmap":
        return _("{first}; {second}.", first=roadmap_sentences.lead(row, context), second=targets)
    if not row["id"]:
        return _("{metric}: no valid measurement in this period.", metric=context.metric(row["metric"]))
    first = _("{metric} {score}", metric=context.metric(row["metric"]), score=score_with_interval(row, context))
    second = change(row, context)
    return _("{first}; {second}; {third}.", first=first, second=second, third=targets)


def _off_track(row: Row, context: Context) -> str:
    words, judged = context.words, row["targets"] - row["not_judged"]
    if not row["targets"]:
        return words.text("no targets have been set")
    if not judged:
        return words.plural("the {n} target cannot be judged", "none of the {n} targets can be judged", row["targets"])
    if not row["off_track"]:
        return words.plural(
            "the {n} target that can be judged is not demonstrably off track",
            "of the {n} targets that can be judged none is demonstrably off track",
            judged,
        )
    share = {"off": words.count(row["off_track"]), "names": _named(row["off_track_names"], context)}
    return words.plural(
        "{off} of {n} target is (probably) behind or not achieved: {names}",
        "{off} of {n} targets are (probably) behind or not achieved: {names}",
        row["targets"],
        **share,
    )


def _named(names: tuple[tuple[str, str], ...], context: Context) -> str:
    """Name at most three targets, and count the rest."""
    labels = [target_name(metric, label, context) for metric, label in names]
    if len(labels) <= NAMED_AT_MOST:
        return context.words.join(labels)
    rest = context.words.plural("{n} more", "{n} more", len(labels) - NAMED_AT_MOST + 1)
    return context.words.join([*labels[: NAMED_AT_MOST - 1], rest])


def target_name(metric: str, label: str, context: Context) -> str:
    """Name a target: its metric, and the group it is about."""
    name = context.metric(metric)
    return context.words.text("{metric} {group}", metric=name, group=label) if label else name


def _track_record(table: pd.DataFrame, context: Context) -> str:
    words = context.words
    counts = dict(zip(table["group"], table["targets"], strict=True))
    total = sum(counts.values())
    if not total:
        return words.text("No targets have been set: without a target nobody is asked to move a score.")
    parts = {
        "ahead": words.count(counts["on_track"]),
        "open": words.count(counts["undecided"]),
        "behind": words.count(counts["off_track"]),
    }
    text = words.plural(
        "Of {n} target: {ahead} (probably) ahead or achieved, {open} on course or undecided, "
        "{behind} (probably) behind or not achieved.",
        "Of {n} targets: {ahead} (probably) ahead or achieved, {open} on course or undecided, "
        "{behind} (probably) behind or not achieved.",
        total,
        **parts,
    )
    unjudged = counts["not_judged"]
    if not unjudged:
        return text
    more = words.plural("{n} cannot be judged.", "{n} cannot be judged.", unjudged)
    return words.text("{first} {second}", first=text, second=more)


def _score_table(table: pd.DataFrame, context: Context) -> str:
    """Answer 'where do we stand' for one survey: the whole, now and at the zero measurement."""
    whole = table[table["grouping"] == ""].to_dict("records")
    if not whole:
        return ""
    _, row = context.words.text, whole[0]
    name = context.metric(row["metric"])
    now = _("{metric}: {score}", metric=name, score=score_with_interval(row, context))
    if row["period"] == row["zero_period"]:
        return _("{now}; this is the zero measurement.", now=now)
    if row["period"] is None or pd.isna(row["period"]):
        return _("{metric}: no valid measurement in this period.", metric=name)
    then = _before(row)
    zero = score_with_interval(then, context)
    return _("{now}; at the zero measurement it was {zero}.", now=now, zero=zero)


def _changes(table: pd.DataFrame, context: Context) -> str:
    """Name the groups that demonstrably moved; the family they were tested in is said with them."""
    if table.empty:
        return ""
    _, words = context.words.text, context.words
    unit: Unit = table["unit_of_score"].iloc[0]
    named = {
        direction: words.join(
            [
                _("{group} ({change})", group=groups.name(row, context), change=words.difference(row["change"], unit))
                for row in table[table["direction"] == direction].head(MOVED_AT_MOST).to_dict("records")
            ]
        )
        for direction in ("better", "worse")
    }
    family, metric = int(table["family"].iloc[0]), context.metric(table["metric"].iloc[0])
    if not any(named.values()):
        return words.plural(
            "{metric}: the {n} group cannot be shown to have changed since the zero measurement.",
            "{metric}: of {n} groups none can be shown to have changed since the zero measurement; do not steer on "
            "their order.",
            family,
            metric=metric,
        )
    better = _("demonstrably better {groups}", groups=named["better"]) if named["better"] else ""
    worse = _("demonstrably worse {groups}", groups=named["worse"]) if named["worse"] else ""
    return words.plural(
        "{metric} since the zero measurement, {n} group tested: {moved}.",
        "{metric} since the zero measurement, {n} groups tested together: {moved}.",
        family,
        metric=metric,
        moved="; ".join(filter(None, [better, worse])),
    )


def _before(row: Row) -> dict[str, Any]:
    names = ("score", "low", "high", "n", "hidden_because")
    then = {name: row.get(f"zero_{name}") for name in names}
    return then | {"unit_of_score": row["unit_of_score"], "audience": hiding.audience(row)}


def _distribution(table: pd.DataFrame, context: Context) -> str:
    _ = context.words.text
    if table.empty:
        return ""
    return _(
        "{Promoters} answer 9 or 10, {passives} 7 or 8, {detractors} {lowest} to 6; the NPS is the share of "
        "{promoters} minus the share of {detractors}.",
        lowest=context.words.count(min(int(metric in context.by_convention) for metric in table["metric"])),
    )


def _intake(table: pd.DataFrame, context: Context) -> str:
    words = context.words
    if not table["shown"].all():
        return words.text("A survey of which the size is hidden was read, but is not counted here.")
    total = {name: int(table[name].sum()) for name in ("read", "used", "rejected")}
    left = total["read"] - total["used"] - total["rejected"]
    return words.text(
        "Of {read} questionnaires read, {used} were used, {rejected} rejected and {left} skipped or left out.",
        **{name: words.count(value) for name, value in total.items()},
        left=words.count(left),
    )


def _hidden(table: pd.DataFrame, context: Context) -> str:
    words = context.words
    if table.empty:
        return words.text("No group had to be hidden: every group has enough answers.")
    cells = int(table["cells"].sum())
    answers = float(pd.to_numeric(table["answers"]).sum())
    if not answers:
        return words.plural(
            "{n} figure is hidden to protect the people behind it.",
            "{n} figures are hidden to protect the people behind them.",
            cells,
        )
    return words.plural(
        "In all {n} figure is hidden to protect the people behind it: about {answers} answers.",
        "In all {n} figures are hidden to protect the people behind them: about {answers} answers, each counted in "
        "every figure that it belongs to.",
        cells,
        answers=words.count(answers),
    )


_SENTENCES: dict[str, tuple[str, Callable[[pd.DataFrame, Context], str]]] = {
    "headline": ("lead", _headline),
    "track_record": ("answer", _track_record),
    "pace": ("answer", target_sentences.pace),
    "roadmap_summary": ("answer", roadmap_sentences.progress),
    "transactional": ("answer", _score_table),
    "relational": ("answer", _score_table),
    "employees": ("answer", _score_table),
    "headline_splits": ("answer", _score_table),
    "transactional_changes": ("reading", _changes),
    "relational_changes": ("reading", _changes),
    "employees_changes": ("reading", _changes),
    "headline_splits_changes": ("reading", _changes),
    "transactional_detectable": ("reading", sureness.detectable),
    "relational_detectable": ("reading", sureness.detectable),
    "employees_detectable": ("reading", sureness.detectable),
    "worst_case": ("reading", sureness.worst_case),
    "distribution": ("answer", _distribution),
    "intake": ("answer", _intake),
    "hidden": ("answer", _hidden),
}
