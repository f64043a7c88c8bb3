"""Which groups lie in which, by their names alone: every group with the groups within it, split by split."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np

from helpers.disclosure.blocks import Counts, Flags
from helpers.params import paths

Scope = Mapping[str, str]
Key = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Parentage:
    """Families: a group with every group within it that one split of it makes, at any depth.

    Parameters
    ----------
    parent
        Which group each family is of.
    family, part
        One of each per member of a family: which family, and which group.
    member, between
        One of each per group in between: of which member (by place in ``part``), and which group lies between it and
        its parent.
    kin
        Of each group in between: whether it is of the same family.
    clash
        Pairs of members of one family that can share answers, and neither lies in the other.
    """

    parent: Counts
    family: Counts
    part: Counts
    member: Counts
    between: Counts
    kin: Flags
    clash: Counts

    def next_below(self, there: Flags) -> Flags:
        """Return the members with no other of these groups between them and their parent.

        Parameters
        ----------
        there
            One value per group.
        """
        return self._not_behind(there[self.between]) & there[self.part]

    def largest(self, wanted: Flags) -> Flags:
        """Return the members that are wanted and lie in no other wanted one of their family.

        Parameters
        ----------
        wanted
            One value per group.
        """
        return self._not_behind(wanted[self.between] & self.kin) & wanted[self.part]

    def families_with(self, members: Flags) -> Flags:
        """Return the families that have any of these members."""
        found = np.zeros(len(self.parent), dtype=np.bool_)
        found[self.family[members]] = True
        return found

    def clashing(self, members: Flags) -> Flags:
        """Return the families of which two of these members can share answers."""
        first, second = self.clash
        found = np.zeros(len(self.parent), dtype=np.bool_)
        found[self.family[first[members[first] & members[second]]]] = True
        return found

    def _not_behind(self, blocking: Flags) -> Flags:
        free = np.ones(len(self.part), dtype=np.bool_)
        free[self.member[blocking]] = False
        return free


def parentage(scopes: Sequence[Scope]) -> Parentage:
    """Return the families of groups.

    Parameters
    ----------
    scopes
        Of each group: ``{}`` is the whole, a unit is its whole path; no two are the same.

    Notes
    -----
    A split is a name whose values lie below the parent's in its tree, or the names that a crossing adds.

    Examples
    --------
    >>> found = parentage([{}, {"unit": "N"}, {"unit": "N › E"}])
    >>> list(zip(found.parent[found.family].tolist(), found.part.tolist()))
    [(0, 1), (0, 2), (1, 2)]
    """
    place = {frozenset(scope.items()): number for number, scope in enumerate(scopes)}
    above = [{place[key]: key for key in _wider(scope) if key in place} for scope in scopes]
    above = [{wider: key for wider, key in each.items() if wider != own} for own, each in enumerate(above)]
    families: dict[tuple[int, frozenset[str]], int] = {}
    members: list[tuple[int, int]] = []
    between: list[tuple[int, int, bool]] = []
    for own, wider in enumerate(above):
        for parent in wider:
            if split := _split(scopes[parent], scopes[own]):
                inner = [each for each in wider if parent in above[each]]
                between += [(len(members), each, _split(scopes[parent], scopes[each]) == split) for each in inner]
                members.append((families.setdefault((parent, split), len(families)), own))
    return Parentage(
        parent=np.array([parent for parent, _ in families], dtype=np.int64),
        family=np.array([family for family, _ in members], dtype=np.int64),
        part=np.array([part for _, part in members], dtype=np.int64),
        member=np.array([member for member, _, _ in between], dtype=np.int64),
        between=np.array([group for _, group, _ in between], dtype=np.int64),
        kin=np.array([kin for _, _, kin in between], dtype=np.bool_),
        clash=np.array(list(_clashes(scopes, members)), dtype=np.int64).reshape(-1, 2).T,
    )


def _wider(scope: Scope) -> Iterator[Key]:
    """Yield every scope that this one lies in, itself too: fewer names, higher units."""
    choices = [[None, *((name, unit) for unit in paths.upwards(value))] for name, value in scope.items()]
    yield from (frozenset(filter(None, chosen)) for chosen in product(*choices))


def _split(parent: Scope, part: Scope) -> frozenset[str]:
    """Return the names by which a group is split into parts such as this; none if more than one tree is gone down."""
    added = frozenset(part) - frozenset(parent)
    changed = frozenset(name for name in parent if parent[name] != part[name])
    return frozenset(part) if added else changed if len(changed) == 1 else frozenset()


def _clashes(scopes: Sequence[Scope], members: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the members of one family that can share answers: of two trees, one is higher in the one only."""
    families: dict[int, list[tuple[int, Scope]]] = {}
    for number, (family, own) in enumerate(members):
        families.setdefault(family, []).append((number, scopes[own]))
    for each in families.values():
        if sum(_nested({scope[name] for _, scope in each}) for name in each[0][1]) > 1:
            for (one, first), (other, second) in combinations(each, 2):
                if not _apart(first, second) and not _inside(first, second) and not _inside(second, first):
                    yield one, other


def _nested(values: set[str]) -> bool:
    return any(unit in values for value in values for unit in paths.upwards(value)[:-1])


def _apart(one: Scope, other: Scope) -> bool:
    return any(not paths.within(one[name], other[name]) and not paths.within(other[name], one[name]) for name in one)


def _inside(one: Scope, other: Scope) -> bool:
    return all(paths.within(one[name], other[name]) for name in other)
