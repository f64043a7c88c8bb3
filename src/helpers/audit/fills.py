"""What the fill of a hidden cell of a table says: the scores of the shown cells with such fills."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.audit.colours import DIFFERENT, between_colours
from helpers.audit.known import Known
from helpers.audit.published import Fact
from helpers.audit.readings import ReadGrid, ReadRow, Slot


def facts_of_fills(one: ReadGrid, known: Known) -> Iterator[Fact]:
    """Yield what the colours of a table say of hidden cells.

    Parameters
    ----------
    one
        The table with what its columns tell.
    known
        What is known.
    """
    for slot, keys in one.readings.items():
        metrics = {(key.metric, key.period) for key in keys if key.quantity == "score" and key.metric}
        for metric, period in sorted(metrics):
            shown = list(_shown(one, slot, metric, period, known))
            for row in one.rows if len(shown) >= DIFFERENT else ():
                for scope in sorted(row.scopes):
                    identity = known.hidden_id(metric, scope, period)
                    told = [between_colours(look, shown) for look in _looks(row, slot)] if identity else []
                    for ends in filter(None, told):
                        place = f"{one.grid.place}, {row.row.where}, by its colour"
                        yield Fact(identity, "score", *ends, place)


def _shown(one: ReadGrid, slot: Slot, metric: str, period: str, known: Known) -> Iterator[tuple[str, float]]:
    for row in one.rows:
        identity = known.ids.get((metric, next(iter(row.scopes)), period), "") if len(row.scopes) == 1 else ""
        if score := known.figure(identity, "score"):
            yield from ((look, (score.low + score.high) / 2) for look in _looks(row, slot))


def _looks(row: ReadRow, slot: Slot) -> tuple[str, ...]:
    cell = row.row.cells.get(slot.column)
    return cell.looks if cell else ()
