"""Which keys the params file knows, and where: read from the model itself."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, get_args, get_origin

from pydantic.fields import FieldInfo

from helpers.params.section import Section

Place = tuple[str | int, ...]
"""Where a value stands: ``("targets", 2, "target")``."""


class Fault(NamedTuple):
    """Something wrong with the params: where, and the sentence that says what was found and what to do."""

    place: Place
    sentence: str


def place_text(place: Place) -> str:
    """Return a place as a message writes it; lists count from 0.

    Examples
    --------
    >>> place_text(("targets", 2, "target"))
    'targets[2].target'
    """
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in place)
    return "".join(parts).removeprefix(".")


def closest(found: str, allowed: Iterable[str]) -> str | None:
    """Return the allowed word that was probably meant, or None.

    Examples
    --------
    >>> closest("organization", ["organisation", "language"])
    'organisation'
    """
    folded = {word.casefold(): word for word in allowed}
    nearest = difflib.get_close_matches(found.casefold(), folded, n=1)
    return folded[nearest[0]] if nearest else None


def did_you_mean(found: str, allowed: Iterable[str]) -> str:
    """Return the sentence that suggests the closest allowed word, or nothing; it begins with a space.

    Examples
    --------
    >>> did_you_mean("organization", ["organisation", "language"])
    " Did you mean 'organisation'?"
    """
    meant = closest(found, allowed)
    return f" Did you mean '{meant}'?" if meant else ""


def typed_name(name: str, field: FieldInfo) -> str:
    """Return a field's name as it is typed in the file."""
    return field.alias or name


def fields_at(model: type[Section], place: Place) -> dict[str, FieldInfo]:
    """Return the keys that are allowed at a place, by the name that is typed; none inside free names."""
    kinds: list[Any] = [model]
    for part in place:
        kinds = [inner for kind in kinds for inner in _inside(kind, part)]
    sections = [section for kind in kinds for section in _sections(kind)]
    return {typed_name(name, field): field for kind in sections for name, field in kind.model_fields.items()}


def every_key(model: type[Section], *, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], FieldInfo]]:
    """Return every key of the file with its place; ``<name>`` stands for a free name or a number in a list.

    Yields
    ------
    tuple
        The place, such as ``("sources", "<name>", "path")``, and the field.
    """
    for name, field in model.model_fields.items():
        place = (*above, typed_name(name, field))
        yield place, field
        for section, between in _sections_below(field.annotation):
            yield from every_key(section, above=(*place, *between))


def homes(model: type[Section], key: str) -> list[str]:
    """Return the places where a key of this name belongs, such as ``report.house_style``."""
    return [place_text(place[:-1]) for place, _ in every_key(model) if place[-1] == key and len(place) > 1]


def _is_section(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Section)


def _sections(kind: Any) -> list[type[Section]]:
    """Return the sections that a value of this kind may be, unions and annotations looked through."""
    if _is_section(kind):
        return [kind]
    if _is_container(kind):
        return []
    return [section for inner in get_args(kind) for section in _sections(inner)]


def _is_container(kind: Any) -> bool:
    return get_origin(kind) in (dict, tuple)


def _inside(kind: Any, part: str | int) -> list[Any]:
    """Return the kinds found one step into a kind."""
    if _is_section(kind):
        named = {typed_name(name, field): field.annotation for name, field in kind.model_fields.items()}
        return [named[part]] if isinstance(part, str) and part in named else []
    if _is_container(kind):
        return [inner for inner in get_args(kind)[-1 if isinstance(part, str) else 0 :][:1] if inner is not ...]
    return [inner for union in get_args(kind) for inner in _inside(union, part)]


def _sections_below(kind: Any) -> Iterator[tuple[type[Section], tuple[str, ...]]]:
    if _is_section(kind):
        yield kind, ()
    elif _is_container(kind):
        for inner in get_args(kind):
            yield from ((section, ("<name>", *between)) for section, between in _sections_below(inner))
    else:
        for inner in get_args(kind):
            yield from _sections_below(inner)
