"""The fewest answers to hide so that nothing follows, and the other small programmes in whole numbers (HiGHS).

References
----------
Huangfu & Hall 2018, doi:10.1007/s12532-017-0130-5 (HiGHS), as SciPy's ``milp`` and ``linprog`` call it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from helpers.quiet import quiet

Numbers = npt.NDArray[np.float64]
SETTLED = (0, 2)
"""SciPy's status of a programme that has a solution, and of one that has none."""


def fewest(cuts: Collection[frozenset[int]], weights: Sequence[int]) -> frozenset[int]:
    """Return what to hide so that of each cut at least one is hidden.

    Parameters
    ----------
    cuts
        Sets of cells, by place; none empty.
    weights
        Answers per cell, by place.

    Returns
    -------
    frozenset of int
        The fewest answers; among equals the fewest cells. The same cuts give the same cells.

    Raises
    ------
    ValueError
        If a cut is empty: nothing can be hidden that would help.

    Notes
    -----
    A hitting set: minimise Σ w·x over x ∈ {0, 1} with Σ x ≥ 1 over each cut. Cuts that share no cell are solved apart.

    Examples
    --------
    >>> sorted(fewest([frozenset({0, 1}), frozenset({1, 2})], weights=[10, 30, 10]))
    [0, 2]
    """
    if not all(cuts):
        raise ValueError("a cut without cells cannot be mended")
    tightest: list[frozenset[int]] = []
    for cut in sorted(set(cuts), key=lambda each: (len(each), sorted(each))):
        if not any(kept <= cut for kept in tightest):
            tightest.append(cut)
    return frozenset().union(*(_hit(group, weights) for group in _apart(tightest)))


def _apart(cuts: Sequence[frozenset[int]]) -> list[list[frozenset[int]]]:
    if not cuts:
        return []
    cells = sorted(frozenset().union(*cuts))
    member = np.array([[cell in cut for cell in cells] for cut in cuts], dtype=float)
    found, group = connected(member @ member.T)
    return [[cut for cut, own in zip(cuts, group, strict=True) if own == each] for each in range(found)]


def _hit(cuts: Sequence[frozenset[int]], weights: Sequence[int]) -> frozenset[int]:
    cells = sorted(frozenset().union(*cuts))
    if len(cuts) == 1:
        return frozenset({min(cells, key=lambda cell: weights[cell])})
    member = np.array([[cell in cut for cell in cells] for cut in cuts], dtype=float)
    # one answer weighs more than all cells together, so that cells only break ties
    cost = np.array([weights[cell] * (len(cells) + 1) + 1 for cell in cells], dtype=float)
    chosen = whole_numbers(cost, member, at_least=1.0)
    if chosen is None:
        raise ArithmeticError("hiding every cell mends every cut, but no solution was found")
    return frozenset(cell for cell, hidden in zip(cells, chosen, strict=True) if hidden)


def whole_numbers(
    cost: Numbers, matrix: Any, *, at_least: Any = -np.inf, at_most: Any = np.inf, lowest: Any = 0.0, highest: Any = 1.0
) -> npt.NDArray[np.int64] | None:
    """Return the whole numbers x with the lowest ``cost`` · x among ``at_least`` ≤ ``matrix`` · x ≤ ``at_most``.

    Parameters
    ----------
    cost
        Per unknown.
    matrix
        Dense or sparse, one row per condition.
    at_least, at_most
        Per condition, or one for all.
    lowest, highest
        Per unknown, or one for all.

    Returns
    -------
    ndarray or None
        None if there are none.

    Raises
    ------
    ArithmeticError
        If the solver gives up.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - takes a second, which only this costs

    with quiet():
        found = milp(
            cost,
            constraints=LinearConstraint(matrix, at_least, at_most),
            bounds=Bounds(lowest, highest),
            integrality=np.ones(len(cost)),
            options={"mip_rel_gap": 0.0},
        )
    if found.status not in SETTLED:
        raise ArithmeticError(f"the solver gave up: {found.message}")
    return None if found.x is None else np.rint(found.x).astype(np.int64)


class Vertex(NamedTuple):
    """A solution, and per condition what it would gain if that were one looser: 0 where it plays no part."""

    x: Numbers
    prices: Numbers


def smallest(cost: Numbers, matrix: Any, equal: Numbers, *, lowest: Any = 0.0, highest: Any = np.inf) -> Vertex | None:
    """Return the numbers x with the lowest ``cost`` · x among ``matrix`` · x = ``equal``; None if there are none.

    Parameters and errors are those of :func:`whole_numbers`.
    """
    from scipy.optimize import linprog  # noqa: PLC0415 - takes a second, which only this costs

    limits = np.column_stack([np.broadcast_to(lowest, len(cost)), np.broadcast_to(highest, len(cost))])
    found = linprog(cost, A_eq=matrix, b_eq=equal, bounds=limits, method="highs-ds")
    if found.status not in SETTLED:
        raise ArithmeticError(f"the solver gave up: {found.message}")
    return None if found.x is None else Vertex(found.x, found.eqlin.marginals)


def smallest_group(
    rows: Numbers, n: npt.NDArray[np.int64], minimum: int, *, other_than: Sequence[npt.NDArray[np.bool_]] = ()
) -> npt.NDArray[np.bool_] | None:
    """Return the smallest sum of rows that is a group of 1 to ``minimum`` − 1 answers, or None.

    Parameters
    ----------
    rows
        In reduced row echelon form (rows × blocks), so that each is taken once or not at all.
    n
        Answers per block.
    minimum
        From 2.
    other_than
        Groups, as sets of blocks, that were found before.
    """
    count, blocks = rows.shape
    others = np.array(other_than, dtype=np.float64).reshape(-1, blocks)
    nothing = np.zeros((1 + len(others), count))
    # another group differs from one that was found by a block at least: Σ outside − Σ inside ≥ 1 − its blocks
    matrix = np.block([[rows.T, -np.eye(blocks)], [nothing, np.vstack([n.astype(float), 1 - 2 * others])]])
    at_least = np.concatenate([np.zeros(blocks), [1.0], 1 - others.sum(axis=1)])
    at_most = np.concatenate([np.zeros(blocks), [minimum - 1.0], np.full(len(others), np.inf)])
    cost = np.concatenate([np.zeros(count), n.astype(float)])
    found = whole_numbers(cost, sparse(matrix), at_least=at_least, at_most=at_most)
    return None if found is None else found[count:] > 0


def sparse(matrix: npt.ArrayLike) -> Any:
    """Return a matrix as HiGHS likes it."""
    return csr_array(np.asarray(matrix, dtype=np.float64))


def connected(joined: npt.ArrayLike) -> tuple[int, npt.NDArray[np.int64]]:
    """Return how many groups hang together by what is joined (square, nonzero), and the group of each."""
    found, group = connected_components(csr_array(np.asarray(joined, dtype=np.float64)), directed=False)
    return int(found), np.asarray(group, dtype=np.int64)
