"""Which keys a params file uses that no chapter uses yet: read and checked, and then nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic.fields import FieldInfo

from helpers.params.keys import Place, place_text, typed_name
from helpers.params.metrics import leading
from helpers.params.section import LATER, Section

if TYPE_CHECKING:
    from helpers.params.model import Params


class Unused(NamedTuple):
    """A key without effect: its place, such as ``sources.survey.columns.reason``, and what will use it."""

    key: str
    part: str


def unused(params: Params) -> tuple[Unused, ...]:
    """Return the keys of a file that are not used yet, in the order in which the template has them.

    Parameters
    ----------
    params
        What the file says. A key that only repeats its default asks for nothing, and is left out; a section
        that is not used yet is one entry, whatever stands in it. An indicator is printed where it leads the report.
    """
    order = [typed_name(name, field) for name, field in type(params).model_fields.items()]
    found = [*_below(params, ()), *_indicators(params)]
    return tuple(sorted(found, key=lambda one: order.index(re.split(r"[.\[]", one.key)[0])))


def _indicators(params: Params) -> Iterator[Unused]:
    led = leading(params)
    for name in params.indicators:
        if name not in led:
            yield Unused(place_text(("indicators", name)), "employees and customers")


def _below(value: Any, place: Place) -> Iterator[Unused]:
    if isinstance(value, Section):
        for name, field in type(value).model_fields.items():
            if name in value.model_fields_set:
                yield from _of_key(field, getattr(value, name), (*place, typed_name(name, field)))
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _below(inner, (*place, name))
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            yield from _below(inner, (*place, number))


def _of_key(field: FieldInfo, value: Any, place: Place) -> Iterator[Unused]:
    extra = field.json_schema_extra
    part = extra.get(LATER) if isinstance(extra, dict) else None
    if part is None:
        yield from _below(value, place)
    elif value != field.get_default(call_default_factory=True):
        yield Unused(place_text(place), str(part))
