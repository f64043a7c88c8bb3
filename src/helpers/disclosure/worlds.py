"""The ways to divide answers over groups that agree with every count that is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from helpers.disclosure import solver
from helpers.disclosure.blocks import Counts, Flags, View, same_columns, summed

Numbers = npt.NDArray[np.float64]

OPEN_SHARE = 0.5
"""How much of −1 to 1 the promoters less detractors of a group, as a share, must at least cover: 50 points."""
SCORE = np.array([1.0, 0.0, -1.0])
BAND_COUNT = 3
NEAR = 1e-6
EXACT_UP_TO = 40
"""Blocks up to which answers are taken whole. Of more, worlds may hold fractions, which leave no less room: what only
whole answers tell is left to the attack on the finished report."""
FEW_CELLS = 8
"""Known cells up to which those are left out that the proof in whole answers can do without; more cost too much."""
MOST_WORLDS = 8
IN_VAIN = 2
"""After so many worlds that open no group further ones are not worth their time."""


def is_open(worlds: Numbers, size: int) -> bool:
    """Tell whether worlds leave a group enough room.

    Parameters
    ----------
    worlds
        Promoters, passives and detractors of the group, one world a row.
    size
        Answers of the group.

    Examples
    --------
    >>> is_open(np.array([[2, 1, 1], [1, 2, 1]]), 4), is_open(np.array([[2, 1, 1], [1, 1, 2]]), 4)
    (False, True)
    """
    scores = worlds @ SCORE
    wide = scores.max() - scores.min() >= OPEN_SHARE * size - NEAR
    free = (worlds.max(axis=0) > NEAR) & (worlds.min(axis=0) < size - NEAR)
    return bool(wide and free.all())


def doubtful(view: View, groups: Sequence[Flags], seen: list[Numbers]) -> list[Flags]:
    """Return the groups that a handful of worlds does not leave open: those to look at one by one.

    Parameters
    ----------
    view
        One metric of one audience in one period.
    groups
        Sets of atoms.
    seen
        Worlds of this metric that were found before, with the answers of each atom by band; new ones are added.

    Notes
    -----
    A world moves all groups at once, half of them up and half down, each time another half.
    """
    sizes = [int(view.n[group].sum()) for group in groups]
    counts = np.asarray(view.bands, dtype=np.float64)
    matrix = _conditions(view.member[view.known], np.array(groups).reshape(-1, len(view.n)))
    equal = matrix @ counts.ravel()
    worlds = [counts, *(world for world in seen if np.abs(matrix @ world.ravel() - equal).max() < NEAR)]
    left = list(range(len(groups)))
    counted = []
    for turn in range(MOST_WORLDS):
        left = [each for each in left if not is_open(_of(worlds, groups[each]), sizes[each])]
        counted.append(len(left))
        if not left or counted[:-IN_VAIN][-1:] == [len(left)]:
            break
        gain = np.zeros_like(counts)
        for number, each in enumerate(left):
            up = ((number >> (turn // 2)) + turn) % 2 == 0
            gain[groups[each]] += _wanted(_of(worlds, groups[each]), sizes[each], up=up)
        found = solver.smallest(-gain.ravel(), matrix, equal)
        worlds.append(_agreed(found).x.reshape(-1, BAND_COUNT))
        seen.append(worlds[-1])
    return [groups[each] for each in left]


def _of(worlds: Sequence[Numbers], group: Flags) -> Numbers:
    return np.array([world[group].sum(axis=0) for world in worlds])


def _wanted(worlds: Numbers, size: int, *, up: bool) -> Numbers:
    """Return what an answer of each band is worth in the next world, after those that were seen."""
    scores = worlds @ SCORE
    if scores.max() - scores.min() < OPEN_SHARE * size:
        return SCORE if up else -SCORE
    never, always = worlds.max(axis=0) < NEAR, worlds.min(axis=0) > size - NEAR
    wanted: Numbers = never.astype(np.float64) - always
    return wanted


def _conditions(known: Flags, groups: Flags) -> Any:
    """Return what adds up the bands of each known cell, and then the answers of each group."""
    bands = np.kron(known.astype(np.float64), np.eye(BAND_COUNT))
    return solver.sparse(np.vstack([bands, np.repeat(groups, BAND_COUNT, axis=1).astype(np.float64)]))


def _agreed(found: solver.Vertex | None) -> solver.Vertex:
    if found is None:
        raise ArithmeticError("the answers as they are agree with what is known of them")
    return found


def telling(view: View, cells: Counts, group: Flags) -> Counts | None:
    """Return those of some known cells that leave a group too little room, or None if all of them leave enough.

    Parameters
    ----------
    view
        One metric of one audience in one period.
    cells
        Known cells, by place.
    group
        A set of atoms.

    Notes
    -----
    The conditions that have a price in the linear programme of a bound are those that prove it. Where only whole
    answers leave too little room, cells are left out as long as they still do.
    """
    apart = _Apart(view, cells, group)
    proof = apart.proof()
    if proof is not None:
        return cells[proof]
    if apart.blocks > EXACT_UP_TO or apart.open_in_whole_numbers():
        return None
    for cell in cells if len(cells) <= FEW_CELLS else ():
        rest = cells[cells != cell]
        if (found := telling(view, rest, group)) is not None:
            return found
    return cells


class _Apart:
    """One group against some known cells: what worlds leave of it, one by one."""

    def __init__(self, view: View, cells: Counts, group: Flags) -> None:
        code = same_columns(np.vstack([view.member[cells], group]))
        first = np.unique(code, return_index=True)[1]
        held = summed(np.asarray(view.bands), code).astype(np.float64)
        self.blocks = len(first)
        self._inside = group[first]
        self._matrix = _conditions(view.member[np.ix_(cells, first)], self._inside[None])
        self._equal = self._matrix @ held.ravel()
        self._size = int(view.n[group].sum())
        self._truth = held[self._inside].sum(axis=0)

    def proof(self) -> Flags | None:
        """Return which cells leave the group too little room, fractions of answers allowed; None if there is room."""
        worlds, used = [self._truth], []
        for value in (SCORE, -SCORE):
            found = _agreed(solver.smallest(self._cost(value), self._matrix, self._equal))
            worlds.append(self._group(found.x))
            used.append(self._used(found))
        if np.ptp(np.array(worlds) @ SCORE) < OPEN_SHARE * self._size - NEAR:
            return used[0] | used[1]
        while not is_open(np.array(worlds), self._size):
            value = _wanted(np.array(worlds), self._size, up=True)
            value = np.where(np.arange(BAND_COUNT) == np.argmax(value != 0), value, 0.0)
            found = _agreed(solver.smallest(self._cost(value), self._matrix, self._equal))
            worlds.append(self._group(found.x))
            if not _settles(value, worlds[-1], self._size):
                return self._used(found)
        return None

    def open_in_whole_numbers(self) -> bool:
        """Tell whether worlds of whole answers leave room."""
        worlds = [self._truth]
        for value in (SCORE, -SCORE, *np.eye(BAND_COUNT), *-np.eye(BAND_COUNT)):
            if is_open(np.array(worlds), self._size):
                return True
            found = solver.whole_numbers(
                self._cost(value), self._matrix, at_least=self._equal, at_most=self._equal, highest=np.inf
            )
            if found is None:
                raise ArithmeticError("the answers as they are agree with what is known of them")
            worlds.append(self._group(found.astype(np.float64)))
        return is_open(np.array(worlds), self._size)

    def _cost(self, value: Numbers) -> Numbers:
        return -np.outer(self._inside, value).ravel()

    def _group(self, world: Numbers) -> Numbers:
        added: Numbers = world.reshape(-1, BAND_COUNT)[self._inside].sum(axis=0)
        return added

    def _used(self, found: solver.Vertex) -> Flags:
        used: Flags = np.any(np.abs(found.prices[:-1]).reshape(-1, BAND_COUNT) > NEAR, axis=1)
        return used


def _settles(value: Numbers, world: Numbers, size: int) -> bool:
    """Tell whether a world has what was wanted: an answer of a band, or one of another."""
    return bool(world @ value > NEAR if value.sum() > 0 else world @ -value < size - NEAR)
