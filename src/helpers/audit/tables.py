"""What tables say of cells: a number in the row of a group, in a column of which the meaning is known."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.audit.known import CHANGE, Key, Known, Range
from helpers.audit.learning import Reader
from helpers.audit.numbers import Printed, days
from helpers.audit.published import Fact, Scope, holds
from helpers.audit.readings import AT_LEAST_OF_ANY, FITS, ReadGrid, ReadRow, Slot, label_of_row

COUNTS = ("n", "promoters", "passives", "detractors", "population")
SHARES = ("promoter_share", "passive_share", "detractor_share")
HIGHEST = 1e9
MUCH_NARROWER = 0.5
SAME = 0.02
"""How far the difference of two printed numbers may be off beside their rounding."""


def facts_of_table(one: ReadGrid, reader: Reader) -> Iterator[Fact]:
    """Yield what a table says of hidden cells, and of shown ones where it is more than their figures say.

    Parameters
    ----------
    one
        The table.
    reader
        Who reads it.
    """
    computed = dict(_computed(one))
    for row in one.rows:
        place = f"{one.grid.place}, {row.row.where}"
        for slot, number in row.numbers.items():
            if slot in one.readings:
                yield from _of_reading(one.readings[slot], row, number, reader, place)
            elif slot in computed and computed[slot][0] in row.numbers:
                target, sign, keys = computed[slot]
                yield from _of_reading(keys, row, _sum(row.numbers[target], number, sign), reader, place)
            else:
                yield from _by_head(one, row, slot, reader)


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
        if counted if told is None else _is_closer(Range(low, high), told):
            yield Fact(identity, quantity, low, high, place)


def _is_closer(told: Range, known: Range) -> bool:
    """Return whether a range lies within another one, and is much narrower."""
    meet = told.high >= known.low and told.low <= known.high
    return meet and told.high - told.low < MUCH_NARROWER * (known.high - known.low)


def _of_reading(keys: frozenset[Key], row: ReadRow, number: Printed, reader: Reader, place: str) -> Iterator[Fact]:
    known = reader.known
    cells = [(scope, key) for scope in sorted(row.scopes) for key in _keys(keys, row, scope, reader)]
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


def _keys(keys: frozenset[Key], row: ReadRow, scope: Scope, reader: Reader) -> list[Key]:
    """Return the readings with the metric filled in, where only the row says which it is."""
    if all(key.metric for key in keys):
        return sorted(keys)
    named = reader.learnt.metrics_in(label_of_row(row.row.labels, reader.names))[:1]
    found = []
    for key in sorted(keys):
        fitting = [one for one in reader.known.metrics_of(scope, key.period) if not named or one in named]
        found += [key._replace(metric=metric) for metric in ([key.metric] if key.metric else fitting)]
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
    return len(fitting) >= AT_LEAST_OF_ANY and sum(fitting) >= FITS * len(fitting)


def _sum(target: Printed, difference: Printed, sign: int) -> Printed:
    low, high = sorted((sign * difference.low, sign * difference.high))
    return target._replace(low=target.low + low, high=target.high + high)


def _by_head(one: ReadGrid, row: ReadRow, slot: Slot, reader: Reader) -> Iterator[Fact]:
    """Yield what a number says in a table too small to learn from, where its head has a known meaning."""
    known, learnt, words = reader.known, reader.learnt, reader.words
    if not any(known.hidden_of(scope) for scope in row.scopes):
        return
    head = one.grid.heads.get(slot.column, "").casefold()
    said = f"{' '.join(row.row.labels)} {head}"
    if row.scopes == {()} or words.aim.search(said) or words.start.search(said):
        return
    quantities = learnt.heads.get(head, frozenset()) & {"score", "n", *SHARES} or {words.quantity(head)}
    label = label_of_row(row.row.labels, reader.names)
    metrics = learnt.metrics_in(label) or learnt.metrics_in(one.grid.caption.casefold())
    number = row.numbers[slot]
    written = " ".join([*row.row.labels, *(cell.text for cell in row.row.cells.values())])
    named = days(written, language=reader.language)
    for scope in sorted(row.scopes) if quantities != {""} else ():
        hidden = [each for each in known.hidden_of(scope) if not metrics or each[0] == metrics[0]]
        hidden = [each for each in hidden if not named or any(holds(each[1], day) for day in named)]
        if hidden and not known.explains(scope, number):
            metric, period, identity = hidden[0]
            place = f"{one.grid.place}, {row.row.where}"
            yield from statement(identity, Key(metric, period, min(quantities)), number, known, place)
