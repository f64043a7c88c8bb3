"""The rules for one survey: what its keys must have in common."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress

from helpers.params.columns import BinnedColumn
from helpers.params.keys import Fault, Place, did_you_mean
from helpers.params.sources import Condition, Source
from helpers.params.tolerance import UnknowableError

UNIT = "unit"
PERSONS = ("agent", "employee_id", "customer_id")
LABELLED_COLUMNS = ("touchpoint", "channel")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
_NAME = re.compile(r"[^\W_](?:[\w -]*\w)?")


def _audience_fits(name: str, source: Source) -> Iterator[Fault]:
    if (source.audience == "employee") != (source.measurement == "employee"):
        allowed = "employee" if source.audience == "employee" else "transactional or relational"
        sentence = (
            f"'{source.measurement}' does not go with audience: {source.audience}. "
            f"With that audience write {allowed}, or correct the audience."
        )
        yield Fault(("sources", name, "measurement"), sentence)


def _has_a_date(name: str, source: Source) -> Iterator[Fault]:
    if source.columns.date is None and source.wave is None:
        sentence = (
            "the answers have no date. Name the column under columns, such as date: completed_on, or, for a file "
            "without dates, write the period of the survey, such as wave: 2026-Q1."
        )
        yield Fault(("sources", name), sentence)


def not_plain(places: Iterable[Place]) -> Iterator[Fault]:
    """Yield the free names, each the last part of its place, that are no names."""
    for place in places:
        if not _NAME.fullmatch(str(place[-1])):
            sentence = (
                f"'{place[-1]}' is not a name. A name has letters, digits, spaces, - and _, and starts with a letter "
                "or digit. Rename it."
            )
            yield Fault(place, sentence)


def _names_are_plain(name: str, source: Source) -> Iterator[Fault]:
    parts = ("measures", "drivers", "dimensions", "trees", "segments")
    inside = (("sources", name, part, key) for part in parts for key in getattr(source, part))
    yield from not_plain([("sources", name), *inside])


def _one_name_one_question(name: str, source: Source) -> Iterator[Fault]:
    for key in source.drivers:
        if key in source.measures:
            sentence = f"'{key}' is a measure too. Give the driver another name, or remove one of the two."
            yield Fault(("sources", name, "drivers", key), sentence)


def _one_name_one_grouping(name: str, source: Source) -> Iterator[Fault]:
    for key in source.segments:
        if key in source.dimensions:
            yield Fault(("sources", name, "segments", key), f"'{key}' is a dimension too. Keep one of the two.")
    for part in ("dimensions", "trees", "segments"):
        if UNIT in getattr(source, part):
            sentence = "'unit' has a place of its own. Move it to columns, such as columns: {unit: [division, team]}."
            yield Fault(("sources", name, part, UNIT), sentence)


def _trees_stand_apart(name: str, source: Source) -> Iterator[Fault]:
    for key, levels in source.trees.items():
        place = ("sources", name, "trees", key)
        if key in source.groupings():
            kind = "dimension" if key in source.dimensions else "segment"
            yield Fault(place, f"'{key}' is a {kind} too. Keep one of the two.")
        if not levels:
            sentence = (
                "there is nothing in it. Name its columns from wide to narrow, such as {client: [client, campaign]}."
            )
            yield Fault(place, sentence)


def _bins_ascend(name: str, source: Source) -> Iterator[Fault]:
    for part, groupings in (("dimensions", source.dimensions), ("segments", source.segments)):
        for key, grouping in groupings.items():
            if isinstance(grouping, BinnedColumn) and any(a >= b for a, b in itertools.pairwise(grouping.bins)):
                sentence = (
                    "the classes do not begin ever higher. Write their lowest values in order, such as [1, 3, 6, 11]."
                )
                yield Fault(("sources", name, part, key, "bins"), sentence)


def _labels_are_of_something(name: str, source: Source) -> Iterator[Fault]:
    columns = [column for column in LABELLED_COLUMNS if getattr(source.columns, column) is not None]
    allowed = [*source.groupings(), *columns]
    for key in source.labels:
        if key not in allowed:
            known = f"Declared are {', '.join(allowed)}" if allowed else "None is declared"
            sentence = (
                f"'{key}' is not a dimension, a segment, touchpoint or channel of this source."
                f"{did_you_mean(key, allowed)} {known}; correct the name or declare it."
            )
            yield Fault(("sources", name, "labels", key), sentence)


def _labels_differ(name: str, source: Source) -> Iterator[Fault]:
    for key, labels in source.labels.items():
        times = Counter(labels.values())
        for code, label in labels.items():
            first = next(other for other, text in labels.items() if text == label)
            if times[label] > 1 and code != first:
                sentence = f"'{label}' is the name of code '{first}' already. Give each code a name of its own."
                yield Fault(("sources", name, "labels", key, code), sentence)


def _ids_fit(name: str, source: Source) -> Iterator[Fault]:
    other = "customer_id" if source.audience == "employee" else "employee_id"
    if getattr(source.columns, other) is not None:
        right = f"{source.audience}_id"
        sentence = f"{other} does not go with audience: {source.audience}. Write {right}, or leave the key out."
        yield Fault(("sources", name, "columns", other), sentence)


def _nobody_is_a_group(name: str, source: Source) -> Iterator[Fault]:
    """Yield groupings by a column that tells who a person is: no score is ever made of one person."""
    for place, column in _grouped_columns(source):
        for key in PERSONS:
            if column is not None and column == getattr(source.columns, key):
                sentence = (
                    f"this column is {key} too, so each group would be one person. Scores per person are not made: "
                    "NPS is there to learn from, not to judge people. Leave the grouping out."
                )
                yield Fault(("sources", name, *place), sentence)


def _grouped_columns(source: Source) -> Iterator[tuple[Place, object]]:
    """Yield every column that splits scores, and where the params say so."""
    yield from ((("columns", UNIT, level), column) for level, column in enumerate(source.columns.unit))
    for part in ("dimensions", "segments"):
        for key, grouping in getattr(source, part).items():
            yield (part, key), grouping.column if isinstance(grouping, BinnedColumn) else grouping
    for key, levels in source.trees.items():
        yield from ((("trees", key, level), column) for level, column in enumerate(levels))


def _conditions_say_something(name: str, source: Source) -> Iterator[Fault]:
    for column, wanted in source.keep_where.items():
        with suppress(UnknowableError):
            if wanted == () or (isinstance(wanted, Condition) and () in (wanted.in_, wanted.not_)):
                sentence = "the list of values is empty. Write at least one value."
                yield Fault(("sources", name, "keep_where", column), sentence)


def _ranges_run_upwards(name: str, source: Source) -> Iterator[Fault]:
    for column, wanted in source.keep_where.items():
        with suppress(UnknowableError):
            if not isinstance(wanted, Condition) or wanted.from_ is None or wanted.to is None:
                continue
            bounds = _compared(wanted.from_, wanted.to)
            if bounds is not None and bounds[0] > bounds[1]:
                sentence = f"from {wanted.from_} is above to {wanted.to}, so no row would be kept. Correct the order."
                yield Fault(("sources", name, "keep_where", column), sentence)


def _compared(*bounds: str) -> tuple[float, ...] | None:
    """Return bounds as numbers, days too; None where one is neither or they are not of one kind."""
    texts = [bound.strip() for bound in bounds]
    if all(_NUMBER.fullmatch(text) for text in texts):
        return tuple(float(text.replace(",", ".")) for text in texts)
    with suppress(ValueError):
        return tuple(dt.date.fromisoformat(text).toordinal() for text in texts)
    return None


def _fieldwork_runs_forward(name: str, source: Source) -> Iterator[Fault]:
    days = source.method.fieldwork
    if days is not None and days[0] > days[1]:
        sentence = f"the first day, {days[0]}, is after the last, {days[1]}. Correct the order."
        yield Fault(("sources", name, "method", "fieldwork"), sentence)


ALL = (
    _audience_fits,
    _has_a_date,
    _names_are_plain,
    _one_name_one_question,
    _one_name_one_grouping,
    _trees_stand_apart,
    _bins_ascend,
    _labels_are_of_something,
    _labels_differ,
    _ids_fit,
    _nobody_is_a_group,
    _conditions_say_something,
    _ranges_run_upwards,
    _fieldwork_runs_forward,
)
