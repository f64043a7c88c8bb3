"""Hidden groups of different wider groups whose answers together follow by adding and subtracting."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from helpers.audit.parts import Part, Suspect, rest_of
from helpers.audit.structure import Relation, Scope, apart
from helpers.audit.worlds import Sum
from helpers.quiet import quiet

Floats = NDArray[np.float64]
MOST_TIMES = 4.0
"""How often a relation is added or subtracted at most."""
ALMOST_NEVER = 1e-6
MOST_UNIONS = 50


@dataclass
class Unions:
    """The small unions of hidden groups in one part, found one by one.

    Parameters
    ----------
    part
        Groups that hang together.

    Notes
    -----
    Each relation says that a group less its parts is nobody. Added and subtracted so that every hidden group counts 0
    or 1 times, they leave the number of answers of a union of hidden groups on one side and printed numbers on the
    other. An integer programme looks for unions that share no answers and are smaller than the minimum.
    """

    part: Part
    _refused: list[tuple[Floats, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Name the hidden groups and the relations whose numbers are printed."""
        self._scopes = _hidden_scopes(self.part)
        self._names = list(self._scopes)
        self._place = {name: place for place, name in enumerate(self._names)}
        self._usable = [each for each in self.part.related if self._printed(each) is not None]

    def refuse(self, names: Collection[str], *, supersets: bool) -> None:
        """Look no more for a union, and where it leaks for none that it is part of."""
        row = np.full(len(self._names), 0.0 if supersets else -1.0)
        row[[self._place[name] for name in names if name in self._place]] = 1.0
        self._refused.append((row, len(names) - 1.0))

    def __iter__(self) -> Iterator[Suspect]:
        """Yield unions; each must be refused before the next is looked for."""
        if len(self._usable) < 2 or len(self._names) < 2:  # noqa: PLR2004  (one relation leaves one union)
            return
        for _ in range(MOST_UNIONS):
            found = self._next()
            if found is None:
                return
            times, chosen = found
            names = [name for name, is_in in zip(self._names, chosen, strict=True) if is_in]
            used = tuple(each for each, time in zip(self._usable, times, strict=True) if abs(time) > ALMOST_NEVER)
            yield self._suspect(names, used)

    def _next(self) -> tuple[Floats, NDArray[np.bool_]] | None:
        """Return how often each relation counts, and which groups are in the next union."""
        width, hidden = len(self._usable), len(self._names)
        balance = np.zeros((hidden, width))
        for column, each in enumerate(self._usable):
            for name, sign in self._terms(each):
                balance[self._place[name], column] += sign
        printed = np.array([self._printed(each) or 0.0 for each in self._usable])
        rows = [LinearConstraint(np.hstack([balance, np.eye(hidden)]), 0.0, 0.0)]
        rows.append(LinearConstraint([*printed, *np.zeros(hidden)], 1.0, self.part.version.minimum - 1.0))
        refused = [*self._refused, *self._overlaps(), (-np.ones(hidden), -2.0)]
        left = np.hstack([np.zeros((len(refused), width)), np.array([row for row, _ in refused])])
        rows.append(LinearConstraint(left, -np.inf, np.array([most for _, most in refused])))
        with quiet():
            answer = milp(
                np.r_[np.zeros(width), np.ones(hidden)],
                constraints=rows,
                bounds=Bounds(
                    np.r_[np.full(width, -MOST_TIMES), np.zeros(hidden)],
                    np.r_[np.full(width, MOST_TIMES), np.ones(hidden)],
                ),
                integrality=np.r_[np.zeros(width), np.ones(hidden)],
            )
        return None if answer.x is None else (answer.x[:width], answer.x[width:] > 1 / 2)

    def _overlaps(self) -> list[tuple[Floats, float]]:
        """Return which two groups are never in one union: they may share answers."""
        found = []
        siblings = {frozenset(pair) for each in self.part.related for pair in combinations(self._hidden_parts(each), 2)}
        for one, other in combinations(self._names, 2):
            if frozenset((one, other)) not in siblings and not apart(self._scopes[one], self._scopes[other]):
                row = np.zeros(len(self._names))
                row[[self._place[one], self._place[other]]] = 1.0
                found.append((row, 1.0))
        return found

    def _hidden_parts(self, relation: Relation) -> list[str]:
        return [name for name, sign in self._terms(relation) if sign < 0]

    def _terms(self, relation: Relation) -> Iterator[tuple[str, float]]:
        names = ((relation.parent, 1.0), *((child, -1.0) for child in (*relation.children, rest_of(relation))))
        return ((name, sign) for name, sign in names if name in self._place)

    def _printed(self, relation: Relation) -> float | None:
        """Return the shown answers of a relation, those of its parts subtracted; null where a number is not exact."""
        groups = self.part.version.groups
        total = 0.0
        for name, sign in ((relation.parent, 1.0), *((child, -1.0) for child in relation.children)):
            if groups[name].shown:
                few, many = groups[name].known.n
                if few != many:
                    return None
                total += sign * few
        return total

    def _suspect(self, names: Sequence[str], used: tuple[Relation, ...]) -> Suspect:
        named = tuple(name for name in names if name in self.part.version.groups)
        answers = Sum(dict.fromkeys(names, 1.0), np.zeros(len(self.part.version.kind.parts)))
        about = f"The groups {' and '.join(names)} together"
        return Suspect(named, "together", answers, self.part.version.minimum, about, used, tuple(names))


def _hidden_scopes(part: Part) -> Mapping[str, Scope]:
    """Return each unknown group that is not shown with what it lies in."""
    groups = part.version.groups
    parents = {rest_of(each): groups[each.parent].scope for each in part.related}
    unknown = [name for name in part.worlds.groups if name not in groups or not groups[name].shown]
    return {name: groups[name].scope if name in groups else parents[name] for name in unknown}
