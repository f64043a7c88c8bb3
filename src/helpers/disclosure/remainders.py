"""What is left of a shown cell without the shown cells in it: the leaks that need no proof."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from helpers.disclosure.blocks import Counts, Cut, Flags, View


def small_remainders(view: View) -> Iterator[Cut]:
    """Yield cells that leave a group below the minimum, or a cell hidden for a reason of its own.

    Parameters
    ----------
    view
        One metric of one audience in one period.

    Yields
    ------
    Cut
    Two cells one inside the other; a cell and those that it falls apart in by one grouping; a cell under two names.
    """
    known = np.flatnonzero(view.known)
    rows = view.member[known].astype(np.int64)
    size = rows @ view.n
    inside = ((rows * view.n) @ rows.T == size[:, None]) & (size[:, None] != size)
    secret = {view.member[cell].tobytes(): int(view.member[cell] @ view.n) for cell in view.secret()}
    yield from (view.cut(cell, view.member[cell]) for cell in known if view.member[cell].tobytes() in secret)
    grouping = _groupings(view)[known]
    for outer in range(len(known)):
        for inner in _families(np.flatnonzero(inside[:, outer]), inside, grouping):
            left = size[outer] - size[inner].sum()
            small = 0 < left < view.minimum
            if not small and left not in secret.values():
                continue
            rest = rows[outer] - rows[inner].sum(axis=0)
            # below 0 the cells inside overlap, and are no sum of what is taken away
            if rest.min() == 0 and (small or (rest > 0).tobytes() in secret):
                yield view.cut(known[[outer, *inner]], rest > 0)


def _families(within: Counts, inside: Flags, grouping: Counts) -> Iterator[Counts]:
    """Yield each cell within by itself, and per grouping the largest of them."""
    yield from within[:, None]
    for each in np.unique(grouping[within]):
        own = within[grouping[within] == each]
        largest = own[~inside[np.ix_(own, own)].any(axis=1)]
        if len(largest) > 1:
            yield largest


def _groupings(view: View) -> Counts:
    """Return a number per cell, the same for cells that the same names split."""
    names = [tuple(sorted(scope)) if isinstance(scope, dict) else () for scope in view.cells["scope"]]
    order = {name: number for number, name in enumerate(sorted(set(names)))}
    return np.array([order[name] for name in names], dtype=np.int64)
