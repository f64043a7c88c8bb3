"""What each column of a table tells: learnt from the groups of which the figures are known."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from helpers.audit.known import Key, Known
from helpers.audit.names import Names, plain
from helpers.audit.numbers import Printed, kept, printed
from helpers.audit.pieces import Grid, GridCell, GridRow
from helpers.audit.published import Scope
from helpers.audit.vocabulary import vocabulary

FITS = 0.8
"""The share of the known rows that must agree with a reading: a planted number may disagree."""
AT_LEAST, AT_LEAST_OF_ANY = 2, 3
MOST_GROUPS = 0.5
"""The share of all groups of a column that must be known and agree: the others are hidden."""
OF_ANY = ("score", "low", "high", "n")
BESIDE = 2
"""So near behind a word of a threshold stands its number."""
_CAPTION = re.compile(r",| per | by ")


class Slot(NamedTuple):
    """One number within the cells of a column: of the text or of what the file keeps, and the how-manieth."""

    column: int
    kept: bool
    place: int


@dataclass(frozen=True)
class ReadRow:
    """One row: which groups it may be, and its numbers."""

    row: GridRow
    scopes: frozenset[Scope]
    numbers: dict[Slot, Printed]


@dataclass(frozen=True)
class ReadGrid:
    """One table with what its columns tell; a key without a metric holds for whichever metric the row names."""

    grid: Grid
    rows: list[ReadRow]
    readings: dict[Slot, frozenset[Key]] = field(default_factory=dict)


def read_grid(grid: Grid, names: Names, known: Known, *, language: str) -> ReadGrid:
    """Return a table with its rows resolved to groups and its columns to quantities.

    Parameters
    ----------
    grid
        The table.
    names, known
        The groups and what is known of them.
    language
        How its numbers are written.
    """
    above: list[Scope] = []
    rows = []
    for row in grid.rows:
        scopes = names.of(row.labels, above)
        if len(scopes) == 1:
            above.insert(0, next(iter(scopes)))
        rows.append(ReadRow(row, scopes or frozenset({()}), dict(_numbers(row, language))))
    return ReadGrid(grid, rows, _readings(rows, known))


def numbers_of(text: str, *, language: str) -> list[Printed]:
    """Return the numbers of a text that are no threshold.

    Examples
    --------
    >>> [one.middle for one in numbers_of("hidden: fewer than 10 answers, +3", language="en")]
    [3.0]
    """
    limit = vocabulary(language).limit
    ends = [found.end() for found in limit.finditer(text)]
    return [one for one in printed(text, language=language) if not any(0 <= one.start - end <= BESIDE for end in ends)]


def labels_of(grids: Iterable[ReadGrid], known: Known, names: Names) -> dict[str, str]:
    """Return the printed names of the metrics, learnt from captions and from rows that name group and metric.

    Returns
    -------
    dict
        Lower-case label to metric.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for one in grids:
        told = [{key.metric for key in keys} for keys in one.readings.values()]
        metrics = set.intersection(*told) if len(told) >= AT_LEAST_OF_ANY else set()
        for metric in metrics - {""} if len(metrics) == 1 else ():
            votes[plain(_CAPTION.split(one.grid.caption)[0]).casefold()][metric] += 5
        for label, metric in _metrics_of_rows(one, known, names):
            votes[label][metric] += 1
    best = {label: counted.most_common(2) for label, counted in votes.items() if any(map(str.isalpha, label))}
    return {label: first[0][0] for label, first in best.items() if len(first) == 1 or first[0][1] > 2 * first[1][1]}


def _numbers(row: GridRow, language: str) -> Iterator[tuple[Slot, Printed]]:
    for column, cell in row.cells.items():
        for place, number in enumerate(_of_cell(cell, language)):
            yield Slot(column, False, place), number
        for place, value in enumerate(cell.values):
            yield Slot(column, True, place), kept(value)


def _of_cell(cell: GridCell, language: str) -> list[Printed]:
    return [*numbers_of(cell.text, language=language), *numbers_of(cell.unseen, language=language)]


def _readings(rows: list[ReadRow], known: Known) -> dict[Slot, frozenset[Key]]:
    by_slot: dict[Slot, list[tuple[Scope, Printed]]] = defaultdict(list)
    for row in rows:
        for slot, number in row.numbers.items() if len(row.scopes) == 1 else ():
            by_slot[slot].append((next(iter(row.scopes)), number))
    found = {slot: _reading(numbers, known) for slot, numbers in by_slot.items()}
    return {slot: keys for slot, keys in found.items() if keys}


def _reading(numbers: list[tuple[Scope, Printed]], known: Known) -> frozenset[Key]:
    """Return what a column tells: figures of one metric, else of whichever metric each row names."""
    if len({number.middle for _, number in numbers}) < AT_LEAST:
        return frozenset()
    met, hit, rows = (np.zeros(len(known.keys)) for _ in range(3))
    of_any: Counter[Key] = Counter()
    seen: set[Scope] = set()
    for scope, number in numbers:
        have, agree = known.agreeing(scope, number)
        of_any.update({Key("", known.keys[one].period, known.keys[one].quantity) for one in agree})
        rows[agree] += 1
        if scope not in seen:
            met[have] += 1
            hit[agree] += 1
        seen.add(scope)
    most = (hit >= MOST_GROUPS * len(seen)) & (rows >= MOST_GROUPS * len(numbers))
    fits = (hit >= AT_LEAST) & (hit >= FITS * met) & most
    best = np.flatnonzero(fits & (hit == hit[fits].max())) if fits.any() else ()
    of_metric = max((rows[one] for one in best), default=0)
    general = _best_of_any(of_any, len(numbers))
    if general and max(of_any[key] for key in general) > of_metric + 1:
        return general
    return frozenset(known.keys[one] for one in best)


def _best_of_any(counted: Counter[Key], rows: int) -> frozenset[Key]:
    usable = {key: count for key, count in counted.items() if key.quantity in OF_ANY}
    most = max(usable.values(), default=0)
    if most < AT_LEAST_OF_ANY or most < FITS * rows:
        return frozenset()
    return frozenset(key for key, count in usable.items() if count == most)


def _metrics_of_rows(one: ReadGrid, known: Known, names: Names) -> Iterator[tuple[str, str]]:
    """Yield the label and the metric of each row whose numbers tell which metric it is."""
    slots = {slot: keys for slot, keys in one.readings.items() if any(not key.metric for key in keys)}
    for row in one.rows if slots else ():
        if len(row.scopes) != 1:
            continue
        scope = next(iter(row.scopes))
        counted: Counter[str] = Counter()
        for slot, keys in slots.items():
            if slot in row.numbers:
                wanted = {(key.period, key.quantity) for key in keys}
                agreeing = (known.keys[place] for place in known.agreeing(scope, row.numbers[slot])[1])
                counted.update({key.metric for key in agreeing if (key.period, key.quantity) in wanted})
        first = counted.most_common(2)
        if first and (len(first) == 1 or first[0][1] > first[1][1]) and first[0][1] >= AT_LEAST:
            yield label_of_row(row.row.labels, names), first[0][0]


def label_of_row(labels: tuple[str, ...], names: Names) -> str:
    """Return what a row says beside the name of its group, in lower case.

    Examples
    --------
    >>> label_of_row(("eNPS North",), Names([{"unit": "North"}]))
    'enps'
    """
    text = plain(labels[0] if labels else "")
    for found in reversed(names.within(text)):
        text = text[: found.start] + text[found.end :]
    return plain(text).casefold()
