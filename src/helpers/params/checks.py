"""The rules between the keys of a params file: which check looks at what, and all the faults they find."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from helpers.params import measure_checks, source_checks, target_checks
from helpers.params.keys import Fault, did_you_mean
from helpers.params.sources import Source, metric_key
from helpers.params.tolerance import UnknowableError

if TYPE_CHECKING:
    from helpers.params.model import Params

MOST_HEADLINES = 4
Check = Callable[[], Iterable[Fault]]


def faults(params: Params) -> list[Fault]:
    """Return every fault between the keys of a params file.

    Parameters
    ----------
    params
        The whole file, or as much of it as :func:`helpers.params.tolerance.known_part` could read; a check
        that needs what could not be read has no opinion.
    """
    found: dict[Fault, None] = {}
    for check in _checks(params):
        with suppress(UnknowableError):
            found.update(dict.fromkeys(check()))
    return list(found)


def _checks(params: Params) -> Iterator[Check]:
    """Return the checks, each on one part, so that what one part leaves unknown silences no other check."""
    for whole in (_headline, _zero_measurement, measure_checks.one_meaning_per_name, target_checks.not_twice):
        yield partial(whole, params)
    with suppress(UnknowableError):
        for name, source in params.sources.items():
            yield from (partial(check, name, source) for check in source_checks.ALL)
            yield from _of_measures(name, source)
    with suppress(UnknowableError):
        for number in range(len(params.targets)):
            yield from (partial(check, params, number) for check in target_checks.ALL)


def _of_measures(source_name: str, source: Source) -> Iterator[Check]:
    with suppress(UnknowableError):
        for name in source.measures:
            yield from (partial(check, source_name, source, name) for check in measure_checks.ALL)


def _headline(params: Params) -> Iterator[Fault]:
    declared = [
        metric_key(name, source.audience, source.measurement)
        for source in params.sources.values()
        for name in source.measures
    ]
    for number, key in enumerate(params.headline):
        place = ("headline", number)
        if key in params.headline[:number]:
            yield Fault(place, f"'{key}' stands here twice. Keep one.")
        elif key not in declared:
            known = ", ".join(dict.fromkeys(declared))
            yield Fault(
                place,
                f"'{key}' is not measured.{did_you_mean(key, declared)} The sources measure {known}; choose from them.",
            )
    if len(params.headline) > MOST_HEADLINES:
        sentence = (
            f"{len(params.headline)} measures stand here, {MOST_HEADLINES} at most fit the summary. Keep "
            "the most important."
        )
        yield Fault(("headline",), sentence)


def _zero_measurement(params: Params) -> Iterator[Fault]:
    declared = list(dict.fromkeys(name for source in params.sources.values() for name in source.groupings()))
    for number, name in enumerate(params.zero_measurement.by):
        place = ("zero_measurement", "by", number)
        if name in params.zero_measurement.by[:number]:
            yield Fault(place, f"'{name}' stands here twice. Keep one.")
        elif name not in declared:
            known = f"Declared are {', '.join(declared)}" if declared else "None is declared"
            yield Fault(
                place,
                f"'{name}' is not a dimension or segment of any source.{did_you_mean(name, declared)} "
                f"{known}; "
                "choose from them, or declare it under dimensions.",
            )
