"""The rules between the keys of a params file: which check looks at what, and all the faults they find."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from helpers.params.checks import facts as fact_checks
from helpers.params.checks import files as file_checks
from helpers.params.checks import headline as headline_checks
from helpers.params.checks import measures as measure_checks
from helpers.params.checks import privacy as privacy_checks
from helpers.params.checks import questions as question_checks
from helpers.params.checks import roadmap as roadmap_checks
from helpers.params.checks import sources as source_checks
from helpers.params.checks import targets as target_checks
from helpers.params.keys import Fault, Place, did_you_mean
from helpers.params.questions import Question
from helpers.params.roadmap import Roadmap
from helpers.params.sources import Source
from helpers.params.tolerance import UnknowableError

if TYPE_CHECKING:
    from helpers.params.model import Params

Check = Callable[[], Iterable[Fault]]
OF_THE_WHOLE: tuple[Callable[[Params], Iterable[Fault]], ...] = (
    headline_checks.headline,
    measure_checks.one_meaning_per_name,
    target_checks.not_twice,
    target_checks.legacy_not_twice,
    file_checks.tables_are_here,
    file_checks.what_lies_beside_is_here,
    roadmap_checks.pilot_units_stand_apart,
    roadmap_checks.contact_units_stand_apart,
    *privacy_checks.ALL,
    *fact_checks.ALL,
)


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
            for fault in check():  # one by one: what was found before an unknown value stands
                found[fault] = None
    return list(found)


def _checks(params: Params) -> Iterator[Check]:
    """Return the checks, each on one part, so that what one part leaves unknown silences no other check."""
    yield from (partial(check, params) for check in (*OF_THE_WHOLE, _zero_measurement))
    with suppress(UnknowableError):
        for name, source in params.sources.items():
            for check in (*source_checks.ALL, *file_checks.ALL):
                yield partial(check, name, source)
            yield from _of_measures(name, source)
            yield from _of_drivers(name, source)
    yield from _of_aims(params)
    with suppress(UnknowableError):
        for name, step in (params.roadmap or Roadmap()).steps:
            yield from (partial(check, ("roadmap", "steps", name), step) for check in roadmap_checks.STEP)
    with suppress(UnknowableError):
        yield from (partial(fact_checks.core_value_is_asked, params, name) for name in params.core_values)


def _of_measures(source_name: str, source: Source) -> Iterator[Check]:
    with suppress(UnknowableError):
        for name, measure in source.measures.items():
            yield from (partial(check, source_name, source, name) for check in measure_checks.ALL)
            yield from _of_question(("sources", source_name, "measures", name), source, measure)


def _of_drivers(source_name: str, source: Source) -> Iterator[Check]:
    with suppress(UnknowableError):
        for name, driver in source.drivers.items():
            yield from _of_question(("sources", source_name, "drivers", name), source, driver)


def _of_question(place: Place, source: Source, question: Question) -> Iterator[Check]:
    yield from (partial(check, place, question) for check in question_checks.OF_ITSELF)
    yield from (partial(check, place, source, question) for check in question_checks.WITHIN_ITS_SOURCE)


def _of_aims(params: Params) -> Iterator[Check]:
    with suppress(UnknowableError):
        for number, target in enumerate(params.targets):
            place: Place = ("targets", number)
            yield from (partial(check, params, target, place) for check in target_checks.ANY_AIM)
            yield partial(target_checks.due_after_the_baseline, params, target, place)
    with suppress(UnknowableError):
        for number, legacy in enumerate(params.zero_measurement.legacy):
            place = ("zero_measurement", "legacy", number)
            yield from (partial(check, params, legacy, place) for check in target_checks.ANY_AIM)


def _zero_measurement(params: Params) -> Iterator[Fault]:
    declared = list(dict.fromkeys(name for source in params.sources.values() for name in source.groupings()))
    trees = {name for source in params.sources.values() for name in source.trees}
    for number, name in enumerate(params.zero_measurement.by):
        place = ("zero_measurement", "by", number)
        if name in params.zero_measurement.by[:number]:
            yield Fault(place, f"'{name}' stands here twice. Keep one.")
        elif name in trees and name not in declared:
            sentence = f"'{name}' is a tree, which is printed by itself and never crossed. Leave it out here."
            yield Fault(place, sentence)
        elif name not in declared:
            known = f"Declared are {', '.join(declared)}" if declared else "None is declared"
            yield Fault(
                place,
                f"'{name}' is not a dimension or segment of any source.{did_you_mean(name, declared)} "
                f"{known}; choose from them, or declare it under dimensions.",
            )
