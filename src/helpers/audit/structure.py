"""Which groups are made of which: what the names of the groups say by themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import NamedTuple

PATH_SEPARATOR = " › "

Scope = Mapping[str, str]


class Relation(NamedTuple):
    """A group, and groups within it that share no answer.

    Parameters
    ----------
    parent
        The wider group.
    children
        The groups that it is divided into, as far as they are named; what is left over may be nobody.
    split
        What divides it: the names of the dimensions, joined by ' × '; of a tree the parent's own scope goes with it,
        because each unit may have people of its own who are in none of its teams.
    """

    parent: str
    children: tuple[str, ...]
    split: str


def inside(scope: Scope, wider: Scope) -> bool:
    """Tell whether every answer of a scope is one of a wider scope too, or the same.

    Examples
    --------
    >>> inside({"unit": "Noord › Eems", "product": "Gas"}, {"unit": "Noord"})
    True
    """
    return all(name in scope and _within(scope[name], value) for name, value in wider.items())


def apart(one: Scope, other: Scope) -> bool:
    """Tell whether two scopes can share no answer: they differ in a dimension that both have.

    Examples
    --------
    >>> apart({"unit": "Noord"}, {"unit": "Noord › Eems"}), apart({"unit": "Noord"}, {"unit": "Zuid"})
    (False, True)
    """
    return any(
        not _within(one[name], other[name]) and not _within(other[name], one[name]) for name in one if name in other
    )


def relations(groups: Mapping[str, Scope]) -> list[Relation]:
    """Return how the groups of one score in one period are made of each other.

    Parameters
    ----------
    groups
        The scope of each group by its id: ``{}`` is the whole, a unit is its whole path (``A › B``).

    Returns
    -------
    list of Relation
        In the order of the groups. A unit and the units right below it; a dimension as parts of the whole; a crossing
        as parts of each of its margins. Where the group in between is not there, its parts belong to the next wider
        one. Children that may share answers make no relation.

    Examples
    --------
    >>> for relation in relations({"all": {}, "n": {"unit": "N"}, "ne": {"unit": "N › E"}, "nr": {"unit": "N › R"}}):
    ...     print(relation.parent, relation.children)
    all ('n',)
    n ('ne', 'nr')
    """
    found: dict[tuple[str, str], list[str]] = {}
    by_scope = {_key(scope): identity for identity, scope in groups.items()}
    names = {frozenset(scope) for scope in groups.values()}
    for identity, scope in groups.items():
        for parent, split in _parents(scope, by_scope, names, groups):
            found.setdefault((parent, split), []).append(identity)
    order = {identity: place for place, identity in enumerate(groups)}
    made = [Relation(parent, tuple(children), split) for (parent, split), children in found.items()]
    made = [relation for relation in made if _all_apart([groups[child] for child in relation.children])]
    return sorted(made, key=lambda relation: (order[relation.parent], relation.split))


def _parents(
    scope: Scope,
    by_scope: Mapping[frozenset[tuple[str, str]], str],
    names: set[frozenset[str]],
    groups: Mapping[str, Scope],
) -> Iterator[tuple[str, str]]:
    own = frozenset(scope)
    above = {name: wider for name in scope if (wider := _above(scope, name, by_scope)) is not None}
    for name, wider in above.items():
        yield wider, f"{name} in {wider}"
    fewer = [each for each in names if each < own]
    containers = {each: wider for each in fewer if (wider := _nearest(scope, each, by_scope)) is not None}
    for each, wider in containers.items():
        between = any(each < other for other in containers)
        topmost = not any(inside(groups[higher], groups[wider]) for higher in above.values())
        if topmost and not between:
            yield wider, " × ".join(sorted(own - each))


def _above(scope: Scope, name: str, by_scope: Mapping[frozenset[tuple[str, str]], str]) -> str | None:
    """Return the nearest group that is the same but for a higher unit."""
    wider = (by_scope.get(_key({**scope, name: unit})) for unit in _upwards(scope[name])[1:])
    return next((identity for identity in wider if identity is not None), None)


def _nearest(scope: Scope, names: frozenset[str], by_scope: Mapping[frozenset[tuple[str, str]], str]) -> str | None:
    """Return the narrowest group of fewer dimensions that the scope lies in."""
    chosen = sorted(names)
    wider = (dict(zip(chosen, units, strict=True)) for units in product(*(_upwards(scope[name]) for name in chosen)))
    return next((by_scope[_key(each)] for each in wider if _key(each) in by_scope), None)


def _all_apart(scopes: Sequence[Scope]) -> bool:
    """Tell whether no two groups can share answers; those of one plain dimension differ by their names alone."""
    one = next(iter(scopes), {})
    if len(one) == 1 or not any(PATH_SEPARATOR in value for scope in scopes for value in scope.values()):
        return True
    return all(apart(first, second) for first, second in combinations(scopes, 2))


def _key(scope: Scope) -> frozenset[tuple[str, str]]:
    return frozenset(scope.items())


def _within(path: str, unit: str) -> bool:
    return (path + PATH_SEPARATOR).startswith(unit + PATH_SEPARATOR)


def _upwards(path: str) -> list[str]:
    """Return a unit and every unit above it, the narrowest first."""
    parts = path.split(PATH_SEPARATOR)
    return [PATH_SEPARATOR.join(parts[:depth]) for depth in range(len(parts), 0, -1)]
