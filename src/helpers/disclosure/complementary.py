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


@dataclass(frozen=True)
class Decisions:
    """What is given about each cell (one value per cell of ``Declared.cells``) before anything is hidden for others.

    ``own``: hidden for a reason of its own; ``hidden``: hidden anyhow; ``published``: printed before, with the same
    answers.
    """

    own: Flags
    hidden: Flags
    published: Flags


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
    that make it one at least must be hidden, and the fewest answers are hidden that meet every condition so far.
    Every round adds a condition that the last choice broke, so that the rounds end.
    """
    leaks = _Leaks(declared, given, rules)
    unit = np.unique(declared.cells["id"].astype(str), return_inverse=True)[1]
    printed = declared.cells["printed"].to_numpy(dtype=np.bool_)
    answers = declared.cells["n"].to_numpy(dtype=np.int64)
    weights = [int(answers[(unit == each) & printed].max(initial=0)) for each in range(unit.max(initial=-1) + 1)]
    conditions: set[frozenset[int]] = set()
    given_away: set[str] = set()
    hidden = given.hidden
    while True:
        broken = set()
        for cut in leaks(given.published | (printed & ~hidden)):
            movable = frozenset(int(unit[cell]) for cell in cut.cells if not given.published[cell])
            if movable:
                broken.add(movable)
            elif cut.gives_away:
                given_away.add(cut.gives_away)
        if not broken:
            return hidden, given_away
        conditions |= broken
        hidden = given.hidden | np.isin(unit, list(solver.fewest(conditions, weights)))


class _Leaks:
    """Every cut that what is known breaks; a metric in which nothing changed is not looked at again."""

    def __init__(self, declared: Declared, given: Decisions, rules: Mapping[str, Rules]) -> None:
        self._declared, self._rules = declared, rules
        self._views = views(declared, given.published, given.own, rules, given.published)
        self._worlds: list[list[Numbers]] = [[] for _ in self._views]
        self._found: dict[tuple[int, bytes], list[Cut]] = {}

    def __call__(self, known: Flags) -> Iterator[Cut]:
        """Yield the cuts among the known cells."""
        yield from waves.cuts(self._declared, known, self._rules)
        for number, view in enumerate(self._views):
            now = replace(view, known=known[view.cells.index])
            key = (number, now.known.tobytes())
            if key not in self._found:
                self._found[key] = self._of_one(now, number)
            yield from self._found[key]

    def _of_one(self, view: View, number: int) -> list[Cut]:
        """Look at guesses only where nothing follows: what follows is mended more cheaply."""
        found = derivation.cuts(view)
        return found if any(map(view.mendable, found)) else found + guessing.cuts(view, self._worlds[number])
