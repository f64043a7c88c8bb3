"""Which small groups follow by adding and subtracting what is shown.

An outsider who knows the counts of some cells knows those of every group of answers that is a sum and difference of
these cells: whose indicator lies in the row space of the known cells. Such a group is a leak when it has fewer answers
than the minimum, whether or not it has a name (those who stated nothing are a group too), and when it is a cell that
is hidden for a reason of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from helpers.disclosure import solver
from helpers.disclosure.blocks import Blocks, Counts, Cut, Flags, View, blocks_of
from helpers.disclosure.remainders import small_remainders

Matrix = npt.NDArray[np.float64]

EXACT = 1e-7
HALF = 0.5
MOST_AT_ONCE = 10
"""Free choices up to which all groups are listed; beyond it they are searched."""
WAYS = 3
"""How many ways to derive one group are cut at once: fewer rounds of the solver."""


def cuts(view: View) -> list[Cut]:
    """Return what must not be shown together, if anything.

    Parameters
    ----------
    view
        One metric of one audience in one period.

    Returns
    -------
    list of Cut
        Cells that give a group away, each set without a cell to spare; empty only if no group follows. Remainders of
        nested cells come first; only where there are none is everything else searched.

    Notes
    -----
    A group T follows if y exists with y over the known cells and Aᵀy = 1_T; it is a leak if 0 < n(T) < minimum.
    """
    found: list[Cut] = []
    for look in (small_remainders, _own_that_follow, _small_that_follow):
        found += look(view)
        if any(map(view.mendable, found)):
            break
    return list(dict.fromkeys(found))


def _own_that_follow(view: View) -> Iterator[Cut]:
    """Yield what gives a cell away that is hidden for a reason of its own, whatever its size."""
    blocks = blocks_of(view)
    groups = [blocks.whole(view.member[cell]) for cell in view.secret()]
    whole = np.array([group for group in groups if group is not None])
    if len(whole):
        rows, first = echelon(blocks.member.astype(float))
        follows = np.abs(whole - whole[:, first] @ rows).max(axis=1) < EXACT
        yield from (cut for group in whole[follows] for cut in _ways(view, blocks, group))


def _small_that_follow(view: View) -> Iterator[Cut]:
    """Yield what gives a group below the minimum away."""
    blocks = blocks_of(view)
    if not len(blocks.places):
        return
    spared, basis = _left_over(blocks, view.minimum)
    left = np.flatnonzero(~spared)
    for rows in _parts(basis[:, left]):
        for groups in _groups(rows, blocks.n[left], view.minimum):
            whole = [np.isin(np.arange(len(spared)), left[group]) for group in groups]
            found = [cut for group in whole for cut in _ways(view, blocks, group)]
            yield from found
            if any(map(view.mendable, found)):
                break


def _left_over(blocks: Blocks, minimum: int) -> tuple[Flags, Matrix]:
    """Return which blocks can be in no group below the minimum, and a basis of what follows without these.

    Notes
    -----
    Let w be another size of every block that keeps the size of every known cell: A w = A n. A group that follows is
    as large by w as by n. So where w ≥ 0, no group below the minimum holds a block with w ≥ minimum; of the blocks
    spared already, w may be anything. A few linear programmes spare nearly all blocks where nothing leaks.
    """
    spared = blocks.n >= minimum
    while True:
        basis = _without(blocks.member, spared)
        wanted = np.argmax(basis != 0, axis=1)
        if len(wanted) <= MOST_AT_ONCE:
            return spared, basis
        more = _outweighed(blocks, spared, wanted, minimum)
        if not more.any():
            more = np.any([_outweighed(blocks, spared, wanted[[i]], minimum) for i in range(len(wanted))], axis=0)
        if not more.any():
            return spared, basis
        spared = spared | more


def _without(member: Flags, spared: Flags) -> Matrix:
    """Return the sums and differences of known cells that hold nothing of the spared blocks, in reduced form."""
    order = np.argsort(~spared, kind="stable")
    rows, first = echelon(member[:, order].astype(float))
    basis = np.zeros((int((first >= spared.sum()).sum()), len(spared)))
    basis[:, order] = rows[first >= spared.sum()]
    return basis


def _outweighed(blocks: Blocks, spared: Flags, wanted: Counts, minimum: int) -> Flags:
    """Return which blocks one other size of all blocks makes as large as the minimum, looking at the wanted ones."""
    count = len(blocks.n)
    gain = np.zeros(2 * count)
    gain[wanted] = -1.0
    found = solver.smallest(
        gain,  # a size is a part that counts, up to the minimum, and the rest
        solver.sparse(np.tile(blocks.member, 2)),
        blocks.member.astype(float) @ blocks.n,
        lowest=np.concatenate([np.zeros(count), np.where(spared, -np.inf, 0.0)]),
        highest=np.concatenate([np.full(count, float(minimum)), np.full(count, np.inf)]),
    )
    if found is None:
        raise ArithmeticError("the sizes as they are agree with what is known of them")
    sizes = found.x
    # sizes of groups are whole: more than minimum − 1 is the minimum
    return ~spared & (sizes[:count] + sizes[count:] > minimum - HALF)


def echelon(matrix: Matrix) -> tuple[Matrix, Counts]:
    """Return the reduced row echelon form of a matrix without rows of zeros, and where each row has its first 1.

    Examples
    --------
    >>> rows, first = echelon(np.array([[1.0, 1.0, 1.0], [1.0, 1.0, 0.0], [0.0, 0.0, 2.0]]))
    >>> rows.tolist(), first.tolist()
    ([[1.0, 1.0, 0.0], [0.0, 0.0, 1.0]], [0, 2])
    """
    rows = matrix.copy()
    first: list[int] = []
    for column in range(rows.shape[1]):
        done = len(first)
        if done == len(rows):
            break
        best = done + int(np.argmax(np.abs(rows[done:, column])))
        if abs(rows[best, column]) < EXACT:
            continue
        rows[[done, best]] = rows[[best, done]]
        rows[done] /= rows[done, column]
        others = np.flatnonzero(np.abs(rows[:, column]) > 0)
        others = others[others != done]
        changed = rows[others] - rows[others, column][:, None] * rows[done]
        rows[others] = np.where(np.abs(changed) < EXACT, 0.0, changed)
        first.append(column)
    return rows[: len(first)], np.array(first, dtype=np.int64)


def _parts(basis: Matrix) -> Iterator[Matrix]:
    """Yield the rows of a reduced form that share no block with others apart."""
    joined = (basis != 0).astype(float)
    found, group = solver.connected(joined @ joined.T)
    yield from (basis[group == each] for each in range(found))


def _groups(rows: Matrix, n: Counts, minimum: int) -> Iterator[list[Flags]]:
    """Yield the sums of rows in reduced form that are groups below the minimum: all at once, or the smallest first.

    Where a row has its first 1 all others have 0: a sum that is a group takes each row once or not at all.
    """
    if len(rows) <= MOST_AT_ONCE:
        taken = (np.arange(1, 2 ** len(rows))[:, None] >> np.arange(len(rows))) & 1
        sums = taken @ rows
        is_group = (np.minimum(np.abs(sums), np.abs(sums - 1)) < EXACT).all(axis=1)
        parts = sums[is_group] > HALF
        yield list(parts[parts @ n < minimum])
        return
    found: list[Flags] = []
    while (group := solver.smallest_group(rows, n, minimum, other_than=found)) is not None:
        found.append(group)
        yield [group]


def _ways(view: View, blocks: Blocks, group: Flags) -> Iterator[Cut]:
    """Yield ways in which a group follows, each without a cell to spare."""
    atoms = blocks.atoms(group)
    cost = np.ones(len(blocks.places))
    before = view.published[blocks.places]
    if before.any() and (used := _derivation(blocks, group, np.where(before, 1.0, np.inf))) is not None:
        yield view.cut(blocks.places[used], atoms)
        return
    for _ in range(WAYS):
        used = _derivation(blocks, group, cost)
        if used is None:
            return
        yield view.cut(blocks.places[used], atoms)
        cost[used] *= len(blocks.places)


def _derivation(blocks: Blocks, group: Flags, cost: Matrix) -> Counts | None:
    """Return the places among the known cells of which the group is a sum and difference, as cheap as can be."""
    usable = np.flatnonzero(np.isfinite(cost))
    columns = blocks.member[usable].T
    found = solver.smallest(
        np.tile(cost[usable], 2), solver.sparse(np.hstack([columns, -columns.astype(np.int8)])), group.astype(float)
    )
    if found is None:
        return None
    return usable[np.abs(found.x[: len(usable)] - found.x[len(usable) :]) > EXACT]
