"""What can be known of a params file that has faults, so that its other faults are reported at once.

The parts that read well are built; what does not read, or is not there, is `UNKNOWN`. A check that needs an
unknown value has no opinion: using the value raises `UnknowableError`, and whoever runs the checks goes on.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import NoneType
from typing import Annotated, Any, get_args, get_origin

from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from helpers.params.keys import closest, typed_name
from helpers.params.section import Section


class UnknowableError(Exception):
    """A value was used that the file does not give."""


class _Unknown:
    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name) if name.startswith("__") else UnknowableError

    def _refuse(self, *_: object) -> Any:
        raise UnknowableError

    __getitem__ = __iter__ = __len__ = __contains__ = __bool__ = __str__ = __format__ = _refuse
    __add__ = __radd__ = __sub__ = __rsub__ = __lt__ = __le__ = __gt__ = __ge__ = _refuse
    __eq__ = __ne__ = __hash__ = _refuse


UNKNOWN = _Unknown()


def known_part(model: type[Section], data: Any) -> Any:
    """Return the model as far as the data gives it, unvalidated as a whole.

    Parameters
    ----------
    model
        The section that the data should be.
    data
        What the file says: dictionaries, lists and texts.
    """
    if not isinstance(data, Mapping):
        return UNKNOWN
    given = {key: value for key, value in data.items() if value is not None}
    names = [typed_name(name, field) for name, field in model.model_fields.items()]
    misspelt = {closest(key, names) for key in given if key not in names}
    values = {
        key: UNKNOWN if key in misspelt - set(given) else _field(field, given.get(key, UNKNOWN))
        for key, field in zip(names, model.model_fields.values(), strict=True)
    }
    typed = {name for name, field in model.model_fields.items() if typed_name(name, field) in given}
    return model.model_construct(typed, **values)


def _field(field: FieldInfo, given: Any) -> Any:
    if given is UNKNOWN:
        return UNKNOWN if field.is_required() else field.get_default(call_default_factory=True)
    return _part(Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation, given)


def _part(kind: Any, given: Any) -> Any:
    try:
        return TypeAdapter(kind).validate_python(given)
    except ValidationError:
        pass
    plain = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    if isinstance(plain, type) and issubclass(plain, Section):
        return known_part(plain, given)
    inner = get_args(plain)
    if inner[1:] == (NoneType,):
        return _part(inner[0], given)
    if get_origin(plain) is dict and isinstance(given, Mapping) and given:
        return {key: _part(inner[1], value) for key, value in given.items()}
    if get_origin(plain) is tuple and inner[-1] is ... and isinstance(given, list) and given:
        return tuple(_part(inner[0], value) for value in given)
    return UNKNOWN
