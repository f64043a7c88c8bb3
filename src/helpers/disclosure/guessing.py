"""How far the answers of a hidden group can be told from what is shown.

A hidden group that does not follow by adding and subtracting can still be told: of 12 who gave no answer under 7, no
three can have. A world is a way to divide the answers over the groups that agrees with every count that is known; a
group is safe where the worlds leave its score open.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from helpers.disclosure import solver
from helpers.disclosure.blocks import Blocks, Counts, Cut, Flags, View, blocks_of, same_columns, summed
from helpers.disclosure.siblings import small_unions

OPEN_SHARE = 0.5
"""How much of −1 to 1 the promoters less detractors of a group, as a share, must at least cover: 50 points."""
PROMOTERS, _, DETRACTORS = range(3)
BAND_COUNT = 3


def cuts(view: View) -> list[Cut]:
    """Return what must not be shown together because it narrows the answers of a hidden group down.

    Parameters
    ----------
    view
        One metric of one audience in one period; where it has no bands, nothing is looked at.

    Returns
    -------
    list of Cut
        For each hidden cell below the minimum, and each union of such siblings below it, whose score is left a range
        under 50 points or whose share of a band must be 0 or all: the known cells that do it, none to spare.

    Notes
    -----
    The number of answers of the group itself is taken as known. Numbers of answers per band are whole and not below 0.
    """
    if view.bands is None:
        return []
    blocks = blocks_of(view)
    told = [group for group in small_unions(view) if not _surely_open(view, blocks, group) and _tells_all(view, group)]
    return [_smallest_cut(view, group) for group in told]


def _surely_open(view: View, blocks: Blocks, group: Flags) -> bool:
    """Tell whether the group is safe even from who knows the counts of every block, and how many of it are in each.

    Notes
    -----
    Of a block of B with b of a band, a group that takes k of it can have min(b, k) of the band, and has at least
    max(0, b + k − B); the best score takes promoters first, then passives.
    """
    counts = np.asarray(view.bands)
    inside = blocks.of_atom >= 0
    of_group = summed(np.where(group & inside, view.n, 0)[inside], blocks.of_atom[inside])
    held = summed(counts[inside], blocks.of_atom[inside])
    free = int(view.n[group & ~inside].sum())
    size = int(view.n[group].sum())
    most = np.minimum(held, of_group[:, None])
    least = np.maximum(0, held + of_group[:, None] - blocks.n[:, None])
    if ((most.sum(axis=0) + free == 0) | (least.sum(axis=0) == size)).any():
        return False
    first, last = most[:, PROMOTERS], most[:, DETRACTORS]
    # what is not of the wanted band is passive as far as that goes, and then of the other
    best = first - np.maximum(0, of_group - held[:, :DETRACTORS].sum(axis=1))
    worst = np.maximum(0, of_group - held[:, 1:].sum(axis=1)) - last
    return bool((best - worst).sum() + 2 * free >= OPEN_SHARE * size)


def _tells_all(view: View, group: Flags) -> bool:
    """Tell whether all that is known leaves a group too little room; first looks for room close by."""
    known = np.flatnonzero(view.known)
    around = known[(view.member[known] >= group).all(axis=1)]
    sizes = view.member[around] @ view.n
    for cell in around[np.argsort(sizes, kind="stable")][:1]:
        if not _tells(view, known, group, near=view.member[cell]):
            return False
    return _tells(view, known, group)


def _tells(view: View, known: Counts, group: Flags, *, near: Flags | None = None) -> bool:
    """Tell whether some known cells, by place, leave a group too little room; all others than ``near`` being as is."""
    worlds = _Worlds(view, known, group, near)
    size = int(view.n[group].sum())
    best = worlds.most(np.array([1, 0, -1]))
    worst = worlds.most(np.array([-1, 0, 1]))
    if best + worst < OPEN_SHARE * size:
        return True
    return any(worlds.never(band) or worlds.always(band, size) for band in np.eye(BAND_COUNT, dtype=np.int64))


class _Worlds:
    """The ways to divide answers over blocks that agree with the counts of some known cells."""

    def __init__(self, view: View, known: Counts, group: Flags, near: Flags | None) -> None:
        counts = np.asarray(view.bands)
        part = np.ones(len(group), dtype=np.bool_) if near is None else near
        rows = view.member[np.ix_(known, np.flatnonzero(part))]
        inside = group[part]
        code = same_columns(np.vstack([rows, inside]))
        first = np.unique(code, return_index=True)[1]
        used = rows[:, first].any(axis=1)
        told = rows[used][:, first].astype(np.float64)
        held = summed(counts[part], code)
        self._inside = inside[first]
        # per band: what the known cells add up to; and the size of the group
        self._matrix = solver.sparse(
            np.vstack([np.kron(told, np.eye(BAND_COUNT)), np.repeat(self._inside, BAND_COUNT).astype(float)])
        )
        self._equal = self._matrix @ held.ravel().astype(float)
        self._seen = [held[self._inside].sum(axis=0)]

    def most(self, value: Counts) -> int:
        """Return the most that the group can be worth, each answer of a band being worth so much."""
        cost = -(self._inside[:, None] * value).ravel().astype(float)
        found = solver.whole_numbers(cost, self._matrix, at_least=self._equal, at_most=self._equal, highest=np.inf)
        if found is None:
            raise ArithmeticError("the answers as they are agree with what is known of them")
        self._seen.append(found.reshape(-1, BAND_COUNT)[self._inside].sum(axis=0))
        return int(self._seen[-1] @ value)

    def never(self, band: Counts) -> bool:
        """Tell whether no answer of the group can be of a band."""
        return all(world @ band == 0 for world in self._seen) and self.most(band) == 0

    def always(self, band: Counts, size: int) -> bool:
        """Tell whether every answer of the group must be of a band."""
        return all(world @ band == size for world in self._seen) and self.most(-band) == -size


def _smallest_cut(view: View, group: Flags) -> Cut:
    """Return known cells that tell a group, none to spare; only those printed before if these do."""
    cells = next(each for each in _candidates(view, group) if _tells(view, each, group))
    step = len(cells)
    while step:
        for start in range(0, len(cells), step):
            rest = np.delete(cells, np.s_[start : start + step])
            if len(rest) < len(cells) and _tells(view, rest, group):
                cells = rest
                break
        else:
            step //= 2
    return view.cut(cells, group)


def _candidates(view: View, group: Flags) -> Iterator[Counts]:
    known = np.flatnonzero(view.known)
    yield np.flatnonzero(view.published & view.known)
    around = known[(view.member[known] >= group).all(axis=1)]
    for cell in around[np.argsort(view.member[around] @ view.n, kind="stable")]:
        yield known[(view.member[known] <= view.member[cell]).all(axis=1)]
    yield known
