"""Groups that hang together by what is not printed of them, and which of them may be small."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from helpers.audit.ranges import MOST_ANSWERS, Kind, Limits
from helpers.audit.structure import Relation, relations
from helpers.audit.versions import Version
from helpers.audit.worlds import Open, Sum, Worlds, spread, told


@dataclass(frozen=True)
class Suspect:
    """A group that may be small.

    Parameters
    ----------
    ids
        The hidden groups that it is made of; empty for people in no named group.
    kind
        ``derived`` (one hidden group), ``together`` or ``remainder``.
    answers
        Its answers, as a sum of groups.
    minimum
        From how many answers it is not small.
    about
        The beginning of a sentence about it.
    relations
        What it stands in.
    groups
        The unknown groups that are not shown and that it is made of, nameless ones too.
    """

    ids: tuple[str, ...]
    kind: str
    answers: Sum
    minimum: int
    about: str
    relations: tuple[Relation, ...]
    groups: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """Relations that hang together by groups whose answers are not known.

    Parameters
    ----------
    version
        What a reader holds.
    limits
        What is printed of each group by itself.
    related
        The relations.
    splits
        Those that leave people out: of the groups divided by them, the named parts are not all. Either a split, of
        whatever group, or that of groups of some dimensions (``product by unit``).
    """

    version: Version
    limits: Mapping[str, Limits]
    related: tuple[Relation, ...]
    splits: frozenset[str]

    @cached_property
    def worlds(self) -> Worlds:
        """The worlds that fit; what the splits leave out are groups of their own."""
        unknown = {name: self.limits[name] for each in self.related for name in _unknown(each, self.limits)}
        sums = []
        for each in self.related:
            made = added(self.limits, each.parent, each.children)
            if self._leaves_out(each):
                unknown[rest_of(each)] = _nobody_or_more(self.version.kind)
                made = Sum({**made.times, rest_of(each): -1.0}, made.known)
            if made.times:
                sums.append(made)
        return Worlds(unknown, sums, self.version.kind)

    @cached_property
    def suspects(self) -> tuple[Suspect, ...]:
        """The hidden groups, and what each relation leaves besides its shown parts."""
        return (*self._hidden(), *self._left())

    @property
    def open(self) -> Open:
        """What worlds should be looked for."""
        groups = self.version.groups
        names = [name for name in self.worlds.groups if name not in groups or not groups[name].shown]
        return Open(self.worlds, names, [suspect.answers for suspect in self.suspects])

    def opened(self) -> list[Part]:
        """Return the same with all splits leaving people out; nothing if they already do."""
        every = frozenset(each.split for each in self.related)
        return [] if every <= self.splits else [Part(self.version, self.limits, self.related, every)]

    def enough(self, suspect: Suspect) -> tuple[Relation, ...]:
        """Return relations that are enough to tell what is told of a suspect, those nearest to it first."""
        own = suspect.relations
        while len(own) < len(self.related):
            part = Part(self.version, self.limits, own, self.splits)
            nearest = Open(part.worlds, [], [suspect.answers])
            if spread([nearest]) == [True] and told(part.worlds, suspect.answers, minimum=suspect.minimum) is not None:
                return own
            known = {name for each in own for name in _unknown(each, self.limits)}
            more = [each for each in self.related if each not in own and known & set(_unknown(each, self.limits))]
            own = (*own, *more)
        return own

    def _hidden(self) -> Iterator[Suspect]:
        groups = self.version.groups
        names = [name for each in self.related for name in (each.parent, *each.children) if not groups[name].shown]
        for name in dict.fromkeys(names):
            own = tuple(each for each in self.related if name in (each.parent, *each.children))
            alone = Sum({name: 1.0}, np.zeros(len(self.version.kind.parts)))
            yield Suspect((name,), "derived", alone, self.version.small(name), f"The hidden group {name}", own, (name,))

    def _left(self) -> Iterator[Suspect]:
        groups = self.version.groups
        for each in self.related:
            left = tuple(child for child in each.children if not groups[child].shown)
            if len(left) + self._leaves_out(each) > (1 if left else 0):
                answers = added(self.limits, each.parent, [child for child in each.children if groups[child].shown])
                small = max((self.version.small(name) for name in left), default=self.version.minimum)
                nameless = f"Those of {each.parent} who are in none of its parts by {each.split}"
                about = f"The hidden groups {' and '.join(left)} together" if left else nameless
                made_of = (*left, rest_of(each)) if self._leaves_out(each) else left
                yield Suspect(left, "together" if left else "remainder", answers, small, about, (each,), made_of)

    def _leaves_out(self, relation: Relation) -> bool:
        """Tell whether the named parts of a group are not known to be all it has."""
        if not {relation.split, _lot(relation, self.version)} & self.splits:
            return False
        made = added(self.limits, relation.parent, relation.children)
        return bool(made.times) or bool(made.known.any())


def parts_of(version: Version) -> list[Part]:
    """Return the groups of a version that hang together, where any is hidden or somebody is in no named part."""
    limits = {identity: group.limits(version.kind) for identity, group in version.groups.items()}
    every = relations({identity: group.scope for identity, group in version.groups.items()})
    related = [each for each in every if _fits(each, limits)]
    short = {each.split for each in related if _is_short(each, limits)}
    splits = frozenset(short | set(_some_only(related, limits, version)))
    parts = [Part(version, limits, tuple(each), splits) for each in _together(related, limits)]
    return [part for part in parts if part.suspects]


def added(limits: Mapping[str, Limits], parent: str, children: Sequence[str]) -> Sum:
    """Return the answers of a group less those of its parts."""
    known = np.zeros(len(limits[parent].low))
    times: dict[str, float] = {}
    for name, sign in ((parent, 1.0), *((child, -1.0) for child in children)):
        if limits[name].exact:
            known = known + sign * limits[name].low
        else:
            times[name] = sign
    return Sum(times, known)


def rest_of(relation: Relation) -> str:
    """Return what those of a group are called who are in none of its named parts."""
    return f"{relation.parent} besides {relation.split}"


def _together(related: Sequence[Relation], limits: Mapping[str, Limits]) -> list[list[Relation]]:
    """Return the relations in lots that share no unknown group."""
    root: dict[str, str] = {}
    names = [[f"{each.parent} by {each.split}", *_unknown(each, limits)] for each in related]
    for first, *others in names:
        for name in others:
            root[_root(root, name)] = _root(root, first)
    lots: dict[str, list[Relation]] = {}
    for each, (first, *_) in zip(related, names, strict=True):
        lots.setdefault(_root(root, first), []).append(each)
    return list(lots.values())


def _root(root: dict[str, str], name: str) -> str:
    while root.setdefault(name, name) != name:
        name = root[name]
    return name


def _unknown(relation: Relation, limits: Mapping[str, Limits]) -> list[str]:
    return [name for name in (relation.parent, *relation.children) if not limits[name].exact]


def _fits(relation: Relation, limits: Mapping[str, Limits]) -> bool:
    """Tell whether the parts can be parts of the whole: where they have more answers, they are not what they seem."""
    return sum(_n(limits[child])[0] for child in relation.children) <= _n(limits[relation.parent])[1]


def _is_short(relation: Relation, limits: Mapping[str, Limits]) -> bool:
    """Tell whether the named parts cannot be all there is."""
    return sum(_n(limits[child])[1] for child in relation.children) < _n(limits[relation.parent])[0]


def _some_only(related: Sequence[Relation], limits: Mapping[str, Limits], version: Version) -> Iterator[str]:
    """Yield the crossings that are printed of some groups only, such as one that a target is about: never complete."""
    scopes = {name: frozenset(group.scope) for name, group in version.groups.items()}
    crossed: dict[str, set[str]] = {}
    for each in related:
        if scopes[each.parent] != scopes[each.children[0]]:
            crossed.setdefault(_lot(each, version), set()).add(each.parent)
    for lot, parents in crossed.items():
        alike = {name for name, scope in scopes.items() if scope == scopes[next(iter(parents))]}
        if any(_n(limits[name])[1] > 0 for name in alike - parents):
            yield lot


def _lot(relation: Relation, version: Version) -> str:
    return f"{' × '.join(sorted(version.groups[relation.parent].scope))} by {relation.split}"


def _n(limits: Limits) -> tuple[float, float]:
    return limits.rows[0][1], limits.rows[0][2]


def _nobody_or_more(kind: Kind) -> Limits:
    low = np.zeros(len(kind.parts))
    high = np.full(len(kind.parts), MOST_ANSWERS * max(1.0, kind.highest if not kind.bands else 1.0))
    rows = [(kind.n, 0.0, MOST_ANSWERS)]
    if not kind.bands:
        low[1] = min(0.0, MOST_ANSWERS * kind.lowest)
        rows += [(np.array([-kind.lowest, 1.0]), 0.0, np.inf), (np.array([-kind.highest, 1.0]), -np.inf, 0.0)]
    return Limits(low, high, rows)
