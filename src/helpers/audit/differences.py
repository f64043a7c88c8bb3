"""What two printings of the same groups tell of who is in only one: people who came or went, late answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise

import numpy as np

from helpers.audit.leaks import Leak, leak_of
from helpers.audit.ranges import Known, limits
from helpers.audit.structure import relations
from helpers.audit.versions import Group, Version
from helpers.audit.worlds import Open, Sum, Worlds, spread, told
from helpers.periods import Period

MOVED = "moved"
Terms = tuple[tuple[str, float], ...]
"""Groups of the first version, added (1) or subtracted (−1)."""


def of_waves(versions: Sequence[Version]) -> list[Leak]:
    """Return what two waves of one score tell of those who came or went in between.

    Parameters
    ----------
    versions
        Of one audience and metric, as one reader holds them.

    Notes
    -----
    Only where all people of a group answered in both waves are the answers of the one those of the other and of who
    came, less those of who went. Where the bands do not all move the same way, some changed their mind, and the
    difference is no group.
    """
    waves: dict[str, list[Version]] = {}
    for version in versions:
        if version.complementary and version.waves:
            waves.setdefault(version.period, []).append(version)
    pairs = (pair for before, after in pairwise(sorted(waves)) for pair in _pairs(waves[before], waves[after]))
    return [leak for pair in pairs for leak in pair.leaks("wave")]


def of_late_answers(versions: Sequence[Version]) -> list[Leak]:
    """Return what two reports of one score and period tell of the answers that only one of them has.

    Parameters
    ----------
    versions
        Of one audience, metric and period, as one reader holds them.
    """
    protected = [version for version in versions if version.complementary]
    return [leak for one, other in combinations(protected, 2) for leak in _Pair(one, other).leaks("late")]


def of_overlapping(versions: Sequence[Version]) -> list[Leak]:
    """Return what two reports tell of the answers that only one has, where their periods overlap: August and Q3.

    Parameters
    ----------
    versions
        Of one audience and metric, as one reader holds them.
    """
    protected = [version for version in versions if version.complementary]
    pairs = (pair for pair in combinations(protected, 2) if _overlap(*(version.period for version in pair)))
    return [leak for one, other in pairs for leak in _Pair(one, other).leaks("late")]


def _overlap(one: str, other: str) -> bool:
    """Tell whether two different periods share days."""
    try:
        return one != other and Period.parse(one).overlaps(Period.parse(other))
    except ValueError:
        return False


def _pairs(before: Sequence[Version], after: Sequence[Version]) -> Iterator[_Pair]:
    return (_Pair(one, other) for one in before for other in after)


@dataclass(frozen=True)
class _Pair:
    """Two versions of the same groups."""

    one: Version
    other: Version

    def leaks(self, kind: str) -> Iterator[Leak]:
        """Yield each leak of a small group that only one of the two has."""
        for terms in self._comparable(kind):
            step = sum(sign * (self._later[name].known.n[0] - self.one.groups[name].known.n[0]) for name, sign in terms)
            if 1 <= abs(step) < self.one.minimum:
                yield from self._leak(terms, step, kind)

    @cached_property
    def _later(self) -> dict[str, Group]:
        """The groups of the other version, by the name that they have in the first."""
        by_scope = {frozenset(group.scope.items()): group for group in self.other.groups.values()}
        scopes = {name: frozenset(group.scope.items()) for name, group in self.one.groups.items()}
        return {name: by_scope[scope] for name, scope in scopes.items() if scope in by_scope}

    def _comparable(self, kind: str) -> Iterator[Terms]:
        """Yield what can be compared: each shown group, and what each leaves besides its shown parts."""
        usable = {
            name for name, group in self._later.items() if _usable(self.one.groups[name], kind) and _usable(group, kind)
        }
        yield from (((name, 1.0),) for name in self._later if name in usable)
        for relation in relations({name: self.one.groups[name].scope for name in self._later}):
            shown = [child for child in relation.children if child in usable]
            if relation.parent in usable and shown:
                yield ((relation.parent, 1.0), *((child, -1.0) for child in shown))

    def _leak(self, terms: Terms, step: float, kind: str) -> Iterator[Leak]:
        worlds = self._worlds(terms, step)
        alone = Sum({MOVED: 1.0}, np.zeros(len(self.one.kind.parts)))
        if spread([Open(worlds, [MOVED], [alone])]) != [True]:
            return
        if (tells := told(worlds, alone, minimum=self.one.minimum)) is not None:
            shown = [group for name, _ in terms for group in (self.one.groups[name], self._later[name])]
            yield leak_of(
                (), kind, f"The answers of {self._words(terms)} that one has more than the other", tells, shown
            )

    def _worlds(self, terms: Terms, step: float) -> Worlds:
        """Return the worlds of the groups compared and of those that only one version has."""
        moved = limits(Known(n=(abs(step), abs(step))), self.one.kind)
        groups, times, known = {MOVED: moved}, {MOVED: -1.0}, np.zeros(len(self.one.kind.parts))
        later = 1.0 if step > 0 else -1.0
        for name, sign in terms:
            for which, group, factor in (("then", self.one.groups[name], -later), ("now", self._later[name], later)):
                own = group.limits(self.one.kind)
                if own.exact:
                    known = known + factor * sign * own.low
                else:
                    groups[f"{which} {name}"], times[f"{which} {name}"] = own, factor * sign
        return Worlds(groups, [Sum(times, known)], self.one.kind)

    def _words(self, terms: Terms) -> str:
        first, last = terms[0][0], self._later[terms[0][0]].id
        which = f"{first} in two reports" if first == last else f"{first} and {last}"
        return which + (f" besides {', '.join(name for name, _ in terms[1:])}" if len(terms) > 1 else "")


def _usable(group: Group, kind: str) -> bool:
    """Tell whether the number of answers is known and, of waves, everybody answered."""
    few, many = group.known.n
    return group.shown and few == many and (kind == "late" or group.population == (few, few))
