"""The hidden groups below the minimum, and those of one parent taken together."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from itertools import islice

import numpy as np

from helpers.disclosure.blocks import Flags, View
from helpers.params import paths

MOST_UNIONS = 64
"""Of one parent; the largest unions leave the least room, and come first."""


def small_unions(view: View) -> list[Flags]:
    """Return every hidden group below the minimum, and the unions below it of those with one parent, as atoms.

    Parameters
    ----------
    view
        One metric of one audience in one period.

    Notes
    -----
    Of unions only those are returned to which no further sibling can be added.
    """
    small = [int(cell) for cell in view.secret() if view.member[cell] @ view.n < view.minimum]
    found = {view.member[cell].tobytes(): view.member[cell] for cell in small}
    for children in _families(view, small).values():
        for union in _unions(view, children):
            found.setdefault(union.tobytes(), union)
    return list(found.values())


def _families(view: View, small: Sequence[int]) -> dict[Hashable, list[int]]:
    """Return the cells of which all but one name agree, and of that name the parent in its tree."""
    families: dict[Hashable, list[int]] = {}
    for cell in small:
        scope = view.cells["scope"].iloc[cell]
        for name, value in scope.items() if isinstance(scope, dict) else ():
            others = tuple(sorted((key, each) for key, each in scope.items() if key != name))
            families.setdefault((name, tuple(paths.parts(value)[:-1]), others), []).append(cell)
    return families


def _unions(view: View, children: Sequence[int]) -> Iterator[Flags]:
    """Yield the unions below the minimum that no further child fits into, those of the largest children first."""
    distinct = {view.member[cell].tobytes(): view.member[cell] for cell in children}
    groups = sorted(distinct.values(), key=lambda group: -int(group @ view.n))

    def fits(union: Flags, group: Flags) -> bool:
        return bool((union | group) @ view.n < view.minimum)

    def grown(union: Flags, taken: tuple[int, ...]) -> Iterator[Flags]:
        for number in range(max(taken, default=-1) + 1, len(groups)):
            if fits(union, groups[number]):
                yield from grown(union | groups[number], (*taken, number))
        others = (group for number, group in enumerate(groups) if number not in taken)
        if len(taken) > 1 and not any(fits(union, group) for group in others):
            yield union

    yield from islice(grown(np.zeros(len(view.n), dtype=np.bool_), ()), MOST_UNIONS)
