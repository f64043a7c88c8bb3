"""Which cells are hidden because others must be: look for a leak, mend it as cheaply as can be, look again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from helpers.disclosure import derivation, guessing, solver, waves
from helpers.disclosure.blocks import Cut, Flags, View, views
from helpers.disclosure.declared import Declared
from helpers.disclosure.rules import Rules
from helpers.disclosure.worlds import Numbers

Units = frozenset[int]
MOST_WORK = 1_500
"""How many cells may be looked at, each time that one is, before the best safe choice so far is taken: a few dozen
times all cells of a large organisation in one period, and many more of a small one."""
NEAR_ENOUGH = 0.02
"""How much more than the fewest answers may be hidden while the search goes on."""


@dataclass(frozen=True)
class Decisions:
    """What is given about each cell (one value per cell of ``Declared.cells``) before anything is hidden for others.

    ``own``: hidden for a reason of its own; ``hidden``: hidden anyhow; ``published``: printed before, with the same
    answers; ``late``: hidden because it was printed before with a few answers more or fewer.
    """

    own: Flags
    hidden: Flags
    published: Flags
    late: Flags


def hidden_for_others(declared: Declared, given: Decisions, rules: Mapping[str, Rules]) -> tuple[Flags, set[str]]:
    """Hide as few answers as possible so that nothing hidden follows from what is known.

    Parameters
    ----------
    declared
        Every cell, in an order that does not depend on how they came.
    given
        What is hidden and known already.
    rules
        By audience.

    Returns
    -------
    tuple
        Which cells are hidden (one value per cell), and the ids that earlier reports give away, whatever is hidden.

    Notes
    -----
    A hitting set with conditions that are added when they are broken: as long as a leak is found, of the known cells
    that make it one at least must be hidden, and the fewest answers are hidden that meet every condition so far. As
    long as that choice is broken it is mended, step by step, into one that is safe; the mending finds the conditions
    of the next round. What is hidden in the end is the fewest answers that can be where the rounds come to their end,
    and otherwise, after ``MOST_WORK``, the cheapest safe choice so far: the fewest but for ``NEAR_ENOUGH``, or the
    best that was found.
    """
    search = _Search(declared, given, rules)
    hidden = search.safe()
    return given.hidden | np.isin(search.unit, list(hidden)), search.given_away


class _Search:
    """The way to the cheapest safe choice: what is hidden is told by unit, the cells of one id together."""

    def __init__(self, declared: Declared, given: Decisions, rules: Mapping[str, Rules]) -> None:
        self._given, self._leaks = given, _Leaks(declared, given, rules)
        self._printed = declared.cells["printed"].to_numpy(dtype=np.bool_)
        self.unit = np.unique(declared.cells["id"].astype(str), return_inverse=True)[1]
        answers = declared.cells["n"].to_numpy(dtype=np.int64)
        self._weights = [
            int(answers[(self.unit == each) & self._printed].max(initial=0))
            for each in range(self.unit.max(initial=-1) + 1)
        ]
        self.given_away: set[str] = set()

    def safe(self) -> Units:
        """Return the units to hide besides those that are hidden anyhow."""
        conditions: set[Units] = set()
        best: Units | None = None
        while best is None or self._leaks.work < MOST_WORK:
            fewest = solver.fewest(conditions, self._weights)
            mended = self._mended(fewest, conditions)
            if mended == fewest:
                return fewest
            thinner = self._mended(self._thinned(mended, conditions), conditions)
            best = min(filter(None, (best, mended, thinner)), key=lambda units: (self._weight(units), sorted(units)))
            if self._weight(best) <= (1 + NEAR_ENOUGH) * self._weight(fewest):
                break
        return best or frozenset()

    def _mended(self, hidden: Units, conditions: set[Units]) -> Units:
        """Hide more until nothing is broken, and note every condition on the way."""
        while broken := self._broken(hidden):
            conditions |= broken
            hidden |= solver.fewest(broken, self._weights)
        return hidden

    def _thinned(self, hidden: Units, conditions: set[Units]) -> Units:
        """Leave out what no condition so far asks for, the largest first."""
        for unit in sorted(hidden, key=lambda each: (-self._weights[each], each)):
            rest = hidden - {unit}
            if all(rest & condition for condition in conditions if unit in condition):
                hidden = rest
        return hidden

    def _broken(self, hidden: Units) -> set[Units]:
        given = self._given
        known = given.published | (self._printed & ~given.hidden & ~np.isin(self.unit, list(hidden)))
        broken = set()
        for cut in self._leaks(known):
            movable = frozenset(int(self.unit[cell]) for cell in cut.cells if not (given.published | given.late)[cell])
            if movable:
                broken.add(movable)
            elif cut.gives_away:
                self.given_away.add(cut.gives_away)
        return broken

    def _weight(self, units: Units) -> int:
        return sum(self._weights[each] for each in units)


class _Leaks:
    """Every cut that what is known breaks; a metric in which nothing changed is not looked at again."""

    def __init__(self, declared: Declared, given: Decisions, rules: Mapping[str, Rules]) -> None:
        self._declared, self._rules = declared, rules
        # an earlier report printed nearly the same of a late cell: what would follow from it follows well enough
        nearly = given.published | given.late
        exact = views(declared, given.published, given.own, rules, given.published)
        about = views(declared, nearly, given.own & ~given.late, rules, nearly)
        self._views = [(view, np.zeros_like(given.late)) for view in exact]
        self._views += [(view, given.late) for view in about if given.late[view.cells.index].any()]
        self._worlds: list[list[Numbers]] = [[] for _ in self._views]
        self._found: dict[tuple[int, bytes], list[Cut]] = {}
        self.work = 0

    def __call__(self, known: Flags) -> Iterator[Cut]:
        """Yield the cuts among the known cells."""
        yield from waves.cuts(self._declared, known, self._rules)
        for number, (view, besides) in enumerate(self._views):
            now = replace(view, known=(known | besides)[view.cells.index])
            key = (number, now.known.tobytes())
            if key not in self._found:
                self._found[key] = self._of_one(now, number)
            yield from self._found[key]

    def _of_one(self, view: View, number: int) -> list[Cut]:
        """Look at guesses only where nothing follows: what follows is mended more cheaply."""
        self.work += len(view.cells)
        found = derivation.cuts(view)
        return found if any(map(view.mendable, found)) else found + guessing.cuts(view, self._worlds[number])
