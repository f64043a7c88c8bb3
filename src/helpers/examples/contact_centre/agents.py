"""Who sits where: the agents of each team, who trade places and leave in the course of the year."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.examples.contact_centre.plan import CALLS, LEAVERS, QUARTERS, SEATS, TRADES, Unit

STEADY_SEATS = range(2, 8)
"""Only these seats are left: the best and the weakest agents stay, so that their scores can be followed."""
Seating = dict[tuple[str, int], str]


def seatings() -> dict[str, Seating]:
    """Return per quarter the agent in each seat of each team.

    Returns
    -------
    dict
        Quarter -> (team, seat) -> the agent's number in the personnel system.

    Examples
    --------
    >>> found = seatings()
    >>> found["2025-Q4"]["Eems", 0], found["2026-Q1"]["Eems", 0], found["2026-Q1"]["Hunze", 8]
    ('A0101', 'A0209', 'A0101')
    """
    seating = {
        (unit.team, seat): f"A{place:02d}{seat + 1:02d}"
        for place, unit in enumerate(CALLS, start=1)
        for seat in range(SEATS)
    }
    found: dict[str, Seating] = {}
    for quarter in QUARTERS:
        for first, one, other in TRADES:
            if first == quarter:
                seating |= {one: seating[other], other: seating[one]}
        found[quarter] = dict(seating)
        seating |= dict(_newcomers(quarter))
    return found


def _newcomers(quarter: str) -> Iterator[tuple[tuple[str, int], str]]:
    place = QUARTERS.index(quarter)
    for number, unit in enumerate(CALLS, start=1):
        for nth in range(_left(unit, place) - (_left(unit, place - 1) if place else 0)):
            seat = STEADY_SEATS[(place + nth) % len(STEADY_SEATS)]
            yield (unit.team, seat), f"A{number:02d}{20 + 10 * place + nth}"


def _left(unit: Unit, place: int) -> int:
    """Return how many of the seats were left up to and including a quarter: half of all leavers."""
    return sum(LEAVERS[unit][: place + 1]) // 2
