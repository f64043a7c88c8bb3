"""The data behind a dot-and-interval chart: in which order, as a table, and in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from helpers.show import blocks
from helpers.show.blocks import Content
from helpers.show.charts import parts
from helpers.show.charts.lettering import plain
from helpers.show.charts.parts import Record
from helpers.show.language import Language, Unit

NEEDS = ("label", "score", "low", "high", "n")


@dataclass(frozen=True)
class Group:
    """One row of the chart; a hidden one holds no number, only why."""

    label: str
    heading: str
    hidden: bool
    why: str
    crossing: bool = False
    indicative: bool = False
    n: float | None = None
    score: float | None = None
    low: float | None = None
    high: float | None = None
    zero: float | None = None
    zero_low: float | None = None
    zero_high: float | None = None
    target: float | None = None

    @property
    def numbers(self) -> tuple[float | None, ...]:
        """Every number that is drawn on the axis: none when there is no score."""
        if self.score is None:
            return ()
        return (self.score, self.low, self.high, self.zero, self.zero_low, self.zero_high, self.target)


def ordered(records: Sequence[Record]) -> list[Group]:
    """Sort the groups: headings in order of appearance, within each the highest score first, hidden last."""
    groups = [_group(record) for record in records]
    headings = list(dict.fromkeys(group.heading for group in groups))

    def place(group: Group) -> tuple[int, bool, bool, float]:
        return headings.index(group.heading), group.hidden, group.score is None, -(group.score or 0)

    return sorted(groups, key=place)


def table(identifier: str, groups: Sequence[Group], *, words: Language, caption: str, unit: Unit) -> Content:
    """Return the chart's data as a table block, one row per group in the order drawn."""
    _ = words.text
    zero = any(group.zero is not None for group in groups)
    target = any(group.target is not None for group in groups)
    headed = any(group.heading for group in groups)
    of = {"points": _("points"), "percent": "%", "scale": ""}[unit]
    columns = [
        *([blocks.column("heading", _("Group"))] if headed else []),
        blocks.column("label", _("Group") if not headed else _("Part")),
        blocks.column("score", _("Score"), unit=of, number=True),
        blocks.column("low", _("Low"), unit=of, number=True),
        blocks.column("high", _("High"), unit=of, number=True),
        blocks.column("n", _("Answers"), number=True),
        *([blocks.column("zero", _("Zero measurement"), unit=of, number=True)] if zero else []),
        *([blocks.column("target", _("Target"), unit=of, number=True)] if target else []),
    ]
    rows = [
        blocks.row(
            [
                *([blocks.cell(group.heading)] if headed else []),
                blocks.cell(group.label),
                *_score_cells(group, words, unit),
                *([parts.measured(words, group.zero, unit)] if zero else []),
                *([parts.measured(words, group.target, unit)] if target else []),
            ]
        )
        for group in groups
    ]
    return parts.data_table(identifier, words=words, caption=caption, columns=columns, rows=rows, stub=1 + headed)


def described(groups: Sequence[Group], *, words: Language, unit: Unit) -> str:
    """Say in words what the chart shows: how many groups, the highest, the lowest, how many hidden."""
    _ = words.text
    shown = sorted((group for group in groups if group.score is not None), key=lambda group: -(group.score or 0))
    hidden = sum(group.hidden for group in groups)
    sentences = []
    if len(shown) == 1:
        sentences.append(_("One score: {group}.", group=_named(shown[0], words, unit)))
    if len(shown) > 1:
        ends = {"highest": _named(shown[0], words, unit), "lowest": _named(shown[-1], words, unit)}
        of = _("Scores of {n} groups with their intervals", n=words.count(len(shown)))
        ranked = _("of those shown highest {highest}, lowest {lowest}.", **ends)
        ranked = ranked if hidden else _("highest {highest}, lowest {lowest}.", **ends)
        sentences.append(_("{first}; {second}", first=of, second=ranked))
    if hidden:
        sentences.append(_hidden(groups, words))
    return " ".join(sentences) or _("No score to show.")


def _hidden(groups: Sequence[Group], words: Language) -> str:
    """Count the hidden groups, with their reasons in order of appearance."""
    n, reasons = sum(group.hidden for group in groups), list(dict.fromkeys(group.why for group in groups if group.why))
    if not reasons:
        return words.plural("{n} group is hidden.", "{n} groups are hidden.", n)
    why = words.join(reasons)
    return words.plural("{n} group is hidden: {reasons}.", "{n} groups are hidden: {reasons}.", n, reasons=why)


def _group(record: Record) -> Group:
    label, heading = plain(record["label"]), plain(record.get("group") or "")
    why, crossing = plain(record.get("hidden_because") or ""), bool(record.get("crossing"))
    if not parts.shown(record) or why:
        return Group(label, heading, hidden=True, why=why, crossing=crossing)
    names = ("n", "score", "low", "high", "zero", "zero_low", "zero_high", "target")
    numbers = {name: None if record.get(name) is None else float(record[name]) for name in names}
    small = bool(record.get("indicative"))
    return Group(label, heading, hidden=False, why="", crossing=crossing, indicative=small, **numbers)


def _score_cells(group: Group, words: Language, unit: Unit) -> list[Content]:
    if group.hidden:
        return [blocks.cell(words.text("hidden"), hidden=True, mark="hidden", note=group.why)] * 4
    score = parts.measured(words, group.score, unit) | {"mark": "indicative" if group.indicative else None}
    limits = [parts.measured(words, value, unit) for value in (group.low, group.high)]
    return [score, *limits, parts.counted(words, group.n)]


def _named(group: Group, words: Language, unit: Unit) -> str:
    name = " – ".join(filter(None, (group.heading, group.label)))
    score = words.measure(group.score or 0, unit)
    if group.low is None or group.high is None:
        return f"{name} {score}"
    return f"{name} {score} ({words.interval(group.low, group.high, unit)})"
