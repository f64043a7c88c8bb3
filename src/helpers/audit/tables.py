"""What tables say of cells: a number in the row of a group, in a column of which the meaning is known."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from helpers.audit.known import CHANGE, Key, Known
from helpers.audit.names import Names
from helpers.audit.numbers import Printed, days
from helpers.audit.published import Fact, Scope, holds
from helpers.audit.readings import ReadGrid, ReadRow, Slot, label_of_row, labels_of
from helpers.audit.vocabulary import vocabulary

COUNTS = ("n", "promoters", "passives", "detractors", "population")
SHARES = ("promoter_share", "passive_share", "detractor_share")
HIGHEST = 1e9
SAME = 0.02
"""How far the difference of two printed numbers may be off beside their rounding."""


@dataclass(frozen=True)
class Learnt:
    """What the tables of all sets taught: the names of the metrics and what column heads stand for."""

    labels: Mapping[str, str] = field(default_factory=dict)
    heads: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def metrics_in(self, text: str) -> list[str]:
        """Return the metrics that a lower-case text names, in order, by the longest labels."""
        if self._pattern is None:
            return []
        return [self.labels[found[0]] for found in self._pattern.finditer(text)]

    @functools.cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        longest_first = sorted(self.labels, key=lambda label: (-len(label), label))
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)") if self.labels else None


def learnt(grids: Iterable[ReadGrid], known: Known, names: Names) -> Learnt:
    """Return what tables teach about labels and heads.

    Parameters
    ----------
    grids
        Tables with their readings.
    known, names
        As they were read with.
    """
    grids = list(grids)
    heads: dict[str, set[str]] = {}
    for grid in grids:
        for slot, keys in grid.readings.items():
            if head := grid.grid.heads.get(slot.column, "").casefold():
                heads.setdefault(head, set()).update(key.quantity for key in keys)
    return Learnt(labels_of(grids, known, names), {head: frozenset(found) for head, found in heads.items()})


def facts_of_table(one: ReadGrid, known: Known, names: Names, learnt: Learnt, *, language: str) -> Iterator[Fact]:
    """Yield what a table says of hidden cells, and of shown ones where it is more than their figures say.

    Parameters
    ----------
    one
        The table.
    known, names, learnt
        What is known of the groups, and the words of the report.
    language
        The language of its heads.
    """
    computed = dict(_computed(one))
    for row in one.rows:
        place = f"{one.grid.place}, {row.row.where}"
        for slot, number in row.numbers.items():
            if slot in one.readings:
                yield from _of_reading(one.readings[slot], row, number, known, names, learnt, place)
            elif slot in computed and computed[slot][0] in row.numbers:
                target, sign, keys = computed[slot]
                yield from _of_reading(keys, row, _sum(row.numbers[target], number, sign), known, names, learnt, place)
            else:
                yield from _by_head(one, row, slot, known, names, learnt, language)


def statement(identity: str, key: Key, number: Printed, known: Known, place: str) -> Iterator[Fact]:
    """Yield what a number says of a cell, where it is hidden or where the number says more than its figures.

    Parameters
    ----------
    identity
        The cell.
    key
        What the number is.
    number
        What is printed.
    known
        What is known.
    place
        Where it stands.
    """
    quantity, low, high = key.quantity, number.low, number.high
    if quantity == "low":
        quantity, high = "score", HIGHEST
    elif quantity == "high":
        quantity, low = "score", -HIGHEST
    if identity in known.hidden:
        if quantity in (*COUNTS, *SHARES, "score", "unweighted", "response"):
            yield Fact(identity, "score" if quantity == "unweighted" else quantity, low, high, place)
    elif quantity == key.quantity and quantity in (*COUNTS, *SHARES, "score"):
        told = known.figure(identity, quantity)
        counted = quantity != "score" and (known.figure(identity, "n") or (0, 0))[1] > 0
        if (told is None and counted) or (told is not None and high - low < 0.5 * (told.high - told.low) and high >= told.low and low <= told.high):
            yield Fact(identity, quantity, low, high, place)


def _of_reading(
    keys: frozenset[Key], row: ReadRow, number: Printed, known: Known, names: Names, learnt: Learnt, place: str
) -> Iterator[Fact]:
    cells = [(scope, key) for scope in sorted(row.scopes) for key in _keys(keys, row, scope, known, names, learnt)]
    if any(_agrees(known, scope, key, number) for scope, key in cells):
        return
    told = set()
    for scope, key in cells:
        if key.quantity.startswith(CHANGE):
            yield from _of_change(scope, key, number, known, place)
        elif (identity := known.ids.get((key.metric, scope, key.period), "")) and identity not in told:
            found = list(statement(identity, key, number, known, place))
            if identity in known.hidden or len(cells) == 1:
                yield from found
                told.add(identity)


def _keys(
    keys: frozenset[Key], row: ReadRow, scope: Scope, known: Known, names: Names, learnt: Learnt
) -> list[Key]:
    """Return the readings with the metric filled in, where only the row says which it is."""
    metrics = learnt.metrics_in(label_of_row(row.row.labels, names))[:1]
    found = []
    for key in sorted(keys):
        all_of = {metric for metric, of, period in known.ids if of == scope and period == key.period}
        fitting = [key.metric] if key.metric else [one for one in sorted(all_of) if not metrics or one in metrics]
        found += [key._replace(metric=metric) for metric in fitting]
    return found


def _agrees(known: Known, scope: Scope, key: Key, number: Printed) -> bool:
    return key in {known.keys[place] for place in known.agreeing(scope, number)[1]}


def _of_change(scope: Scope, key: Key, number: Printed, known: Known, place: str) -> Iterator[Fact]:
    """Yield what a change says where one of both ends is shown: the other follows."""
    before = key.quantity.removeprefix(CHANGE)
    now, then = (known.ids.get((key.metric, scope, period), "") for period in (key.period, before))
    start, end = known.figure(then, "score"), known.figure(now, "score")
    if now in known.hidden and start:
        yield Fact(now, "score", start.low + number.low, start.high + number.high, place)
    if then in known.hidden and end:
        yield Fact(then, "score", end.low - number.high, end.high - number.low, place)


def _computed(one: ReadGrid) -> Iterator[tuple[Slot, tuple[Slot, int, frozenset[Key]]]]:
    """Yield the columns that are a score minus another column, or the reverse, such as the gap to a target."""
    scores = [slot for slot, keys in one.readings.items() if {key.quantity for key in keys} & {"score"}]
    slots = {slot for row in one.rows for slot in row.numbers} - set(one.readings)
    for slot in sorted(slots):
        for score in scores:
            for target in sorted(slots - {slot}):
                for sign in (1, -1):
                    if slot.kept == score.kept == target.kept and _is_difference(one, slot, score, target, sign):
                        yield slot, (target, sign, one.readings[score])


def _is_difference(one: ReadGrid, slot: Slot, score: Slot, target: Slot, sign: int) -> bool:
    rows = [row.numbers for row in one.rows if {slot, score, target} <= set(row.numbers)]
    off = [abs(sign * (each[score].middle - each[target].middle) - each[slot].middle) for each in rows]
    wide = [each[slot].high - each[slot].low for each in rows]
    fitting = [distance <= 1.5 * width + SAME for distance, width in zip(off, wide, strict=True)]
    return len(fitting) >= 3 and sum(fitting) >= 0.8 * len(fitting)


def _sum(target: Printed, difference: Printed, sign: int) -> Printed:
    low, high = sorted((sign * difference.low, sign * difference.high))
    return target._replace(low=target.low + low, high=target.high + high)


def _by_head(
    one: ReadGrid, row: ReadRow, slot: Slot, known: Known, names: Names, learnt: Learnt, language: str
) -> Iterator[Fact]:
    """Yield what a number says in a table too small to learn from, where its head has a known meaning."""
    words = vocabulary(language)
    head = one.grid.heads.get(slot.column, "").casefold()
    said = f"{' '.join(row.row.labels)} {head}"
    if row.scopes == {()} or words.aim.search(said) or words.start.search(said):
        return
    quantities = learnt.heads.get(head, frozenset()) & {"score", "n", *SHARES} or {words.quantity(head)}
    metrics = learnt.metrics_in(label_of_row(row.row.labels, names)) or learnt.metrics_in(one.grid.caption.casefold())
    number = row.numbers[slot]
    for scope in sorted(row.scopes) if quantities != {""} else ():
        named = days(" ".join([*row.row.labels, *(cell.text for cell in row.row.cells.values())]), language=language)
        hidden = [each for each in known.hidden_of(scope) if not metrics or each[0] == metrics[0]]
        hidden = [each for each in hidden if not named or any(holds(each[1], day) for day in named)]
        if hidden and not known.explains(scope, number):
            metric, period, identity = hidden[0]
            place = f"{one.grid.place}, {row.row.where}"
            yield from statement(identity, Key(metric, period, min(quantities)), number, known, place)

