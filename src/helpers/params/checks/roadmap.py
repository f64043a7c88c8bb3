"""The rules for the roadmap: days in their order, and claims that the days do not contradict; and for units named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from helpers.params.keys import Fault, Place

if TYPE_CHECKING:
    from helpers.params.model import Params
    from helpers.params.roadmap import Step

IMPOSSIBLE = {
    "not_started": ("actual_start", "actual_end"),
    "under_way": ("actual_end",),
    "deliberately_not": ("actual_start", "actual_end"),
}
"""Per claim the days that cannot be there."""


def _days_run_forward(place: Place, step: Step) -> Iterator[Fault]:
    for begin, end in (("start", "end"), ("actual_start", "actual_end")):
        first, last = getattr(step, begin), getattr(step, end)
        if first is not None and last is not None and last < first:
            yield Fault((*place, end), f"{last} is before {begin}, {first}. Correct one of the two.")


def _claim_fits_the_days(place: Place, step: Step) -> Iterator[Fault]:
    given = [key for key in IMPOSSIBLE.get(step.claimed or "", ()) if getattr(step, key) is not None]
    if given:
        sentence = (
            f"'{step.claimed}' does not go with {' and '.join(given)}. Correct the claim, or leave out what did not "
            "happen."
        )
        yield Fault((*place, "claimed"), sentence)


STEP = (_days_run_forward, _claim_fits_the_days)


def pilot_units_stand_apart(params: Params) -> Iterator[Fault]:
    """Yield pilot units that are named twice or lie within another."""
    yield from _apart(("rollout", "pilot"), params.rollout.pilot)


def contact_units_stand_apart(params: Params) -> Iterator[Fault]:
    """Yield units with customer contact that are named twice or lie within another."""
    yield from _apart(("customer_contact",), params.customer_contact)


def _apart(place: Place, units: tuple[tuple[str, ...], ...]) -> Iterator[Fault]:
    for number, unit in enumerate(units):
        wider = [other for other in units if len(other) < len(unit) and unit[: len(other)] == other]
        if unit in units[:number]:
            yield Fault((*place, number), f"{_typed(unit)} stands here twice. Keep one.")
        elif wider:
            sentence = f"{_typed(unit)} lies within {_typed(wider[0])}, which stands here too. Keep one of the two."
            yield Fault((*place, number), sentence)


def _typed(unit: tuple[str, ...]) -> str:
    return f"[{', '.join(unit)}]"
