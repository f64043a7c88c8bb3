"""How far the answers of a hidden group can be told from what is shown.

A hidden group that does not follow by adding and subtracting can still be told: of 12 who gave no answer under 7, no
three can have. A world is a way to divide the answers over the groups that agrees with every count that is known; a
group is safe where the worlds leave its score open.
"""

from __future__ import annotations

from itertools import islice

import numpy as np

from helpers.disclosure.blocks import Blocks, Counts, Cut, Flags, View, blocks_of, summed
from helpers.disclosure.siblings import small_unions
from helpers.disclosure.worlds import OPEN_SHARE, Numbers, doubtful, telling

PROMOTERS, DETRACTORS = 0, 2
ENOUGH = 6
"""Cuts of one look: what mends these mends most of the others, and the next look finds what is left."""


def cuts(view: View, seen: list[Numbers] | None = None) -> list[Cut]:
    """Return what must not be shown together because it narrows the answers of a hidden group down.

    Parameters
    ----------
    view
        One metric of one audience in one period; where it has no bands, nothing is looked at.
    seen
        What earlier looks at this metric found, for this one to use and add to: it only saves time.

    Returns
    -------
    list of Cut
        For each hidden cell below the minimum, and each union of such siblings below it, whose score is left a range
        under 50 points or whose share of a band must be 0 or all: known cells that do it.

    Notes
    -----
    The number of answers of the group itself is taken as known. Numbers of answers per band are not below 0.
    """
    if view.bands is None or not view.known.any():
        return []
    blocks = blocks_of(view)
    unsure = [group for group in small_unions(view) if not surely_open(view, blocks, group)]
    groups = doubtful(view, unsure, [] if seen is None else seen)
    told = ((_telling(view, group), group) for group in groups)
    found = (view.cut(cells, group) for cells, group in told if cells is not None)
    return list(islice(found, ENOUGH))


def surely_open(view: View, blocks: Blocks, group: Flags) -> bool:
    """Tell whether a group is safe even from who knows the counts of every block, and how many of it are in each.

    Parameters
    ----------
    view
        One metric of one audience in one period.
    blocks
        Of the view.
    group
        A set of atoms.

    Notes
    -----
    Of a block of B with b of a band, a group that takes k of it can have min(b, k) of the band, and has at least
    max(0, b + k − B); the best score takes promoters first, then passives.
    """
    counts, inside = np.asarray(view.bands), blocks.of_atom >= 0
    taken = summed(np.where(group, view.n, 0)[inside], blocks.of_atom[inside])
    held = summed(counts[inside], blocks.of_atom[inside])
    free = int(view.n[group & ~inside].sum())
    size = int(view.n[group].sum())
    most = np.minimum(held, taken[:, None])
    least = np.maximum(0, held + taken[:, None] - blocks.n[:, None])
    if (most.sum(axis=0) + free == 0).any() or (least.sum(axis=0) == size).any():
        return False
    best = most[:, PROMOTERS] - np.maximum(0, taken - held[:, :DETRACTORS].sum(axis=1))
    worst = np.maximum(0, taken - held[:, 1:].sum(axis=1)) - most[:, DETRACTORS]
    return bool((best - worst).sum() + 2 * free >= OPEN_SHARE * size)


def _telling(view: View, group: Flags) -> Counts | None:
    """Return known cells that tell a group: if possible only those printed before, which cannot be mended."""
    before = np.flatnonzero(view.published & view.known)
    told = telling(view, before, group) if len(before) else None
    return told if told is not None else telling(view, np.flatnonzero(view.known), group)
