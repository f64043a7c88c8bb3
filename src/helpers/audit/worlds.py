"""The worlds that fit what is printed, found by integer programming (HiGHS) and kept: each of them tells of all groups.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from helpers.audit.ranges import ALMOST, Kind, Limits

Floats = NDArray[np.float64]
EXCESS = 1e-6


@dataclass(frozen=True)
class Sum:
    """Groups added and subtracted: how often each unknown group counts, and the parts of the known ones."""

    times: Mapping[str, float]
    known: Floats


@dataclass
class Worlds:
    """What fits the printed numbers of groups that hang together.

    Parameters
    ----------
    groups
        The unknown groups: the bounds of their parts.
    sums
        Groups added and subtracted that come to nothing, in every part.
    kind
        How the groups are scored.
    found
        The worlds found so far, one row each, the parts of each group side by side.
    """

    groups: Mapping[str, Limits]
    sums: Sequence[Sum]
    kind: Kind
    found: list[Floats] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._place = {identity: place for place, identity in enumerate(self.groups)}
        self._size = len(self.kind.parts)
        self._bounds = Bounds(*(np.concatenate([getattr(each, end) for each in self.groups.values()]) for end in ("low", "high")))
        self._rows = self._constraints()

    def largest(self, aim: Floats) -> Floats | None:
        """Return a world in which a weighted sum of all parts is largest; null where none fits."""
        whole = np.ones(len(aim))
        answer = milp(-aim, constraints=self._rows, bounds=self._bounds, integrality=whole, options={"mip_rel_gap": 0.0})
        if answer.x is None:
            return None
        world = np.round(answer.x)
        self.found.append(world)
        return world

    def aim(self, wanted: Sum, weights: Floats) -> Floats:
        """Return the weights of all parts that add up to weighted parts of a sum of groups."""
        aim = np.zeros(len(self.groups) * self._size)
        for identity, times in wanted.times.items():
            start = self._place[identity] * self._size
            aim[start : start + self._size] += times * weights
        return aim

    def parts(self, wanted: Sum) -> Floats:
        """Return the parts of a sum of groups in every world found so far, one row each."""
        parts = np.tile(wanted.known, (len(self.found), 1))
        worlds = np.array(self.found).reshape(len(self.found), -1)
        for identity, times in wanted.times.items():
            start = self._place[identity] * self._size
            parts = parts + times * worlds[:, start : start + self._size]
        return parts

    def _constraints(self) -> LinearConstraint | tuple[()]:
        entries: list[tuple[int, int, float]] = []
        low: list[float] = []
        high: list[float] = []
        for identity, limits in self.groups.items():
            start = self._place[identity] * self._size
            for weights, least, most in limits.rows:
                entries += [(len(low), start + part, weight) for part, weight in enumerate(weights) if weight]
                low.append(least)
                high.append(most)
        for each in self.sums:
            for part in range(self._size):
                entries += [(len(low), self._place[name] * self._size + part, times) for name, times in each.times.items()]
                low.append(-each.known[part])
                high.append(-each.known[part])
        row, column, value = zip(*entries, strict=True)
        matrix = sparse.csr_array((value, (row, column)), shape=(len(low), len(self.groups) * self._size))
        return LinearConstraint(matrix, np.array(low), np.array(high))


@dataclass(frozen=True)
class Range:
    """What all worlds say of a sum of groups: the fewest and most answers, the lowest and highest score, bands forced.

    ``forced`` has the name of each band that holds nobody or everybody in every world, with 0 or 100 (percent).
    """

    n: tuple[float, float]
    score: tuple[float, float]
    forced: tuple[tuple[str, int], ...]


def told(worlds: Worlds, wanted: Sum, *, minimum: float) -> Range | None:
    """Return what all worlds say of a group, if that is too much.

    Parameters
    ----------
    worlds
        What fits; at least one world was found.
    wanted
        The group.
    minimum
        From how many answers a group is no small group.

    Returns
    -------
    Range or None
        Null where the group is too large, may have nobody in it, or can have scores far enough apart with no band
        forced.

    Notes
    -----
    The highest score is a ratio; it is found by Dinkelbach's iteration [1]_: the world where numerator minus best
    ratio times n is largest has a higher ratio, or there is none.

    References
    ----------
    .. [1] Dinkelbach, W. (1967). On nonlinear fractional programming. Management Science 13, 492–498.
    """
    kind = worlds.kind
    if _free(worlds, wanted) or not _small(worlds, wanted, minimum):
        return None
    scores = tuple(sign * _highest(worlds, wanted, sign) for sign in (-1.0, 1.0))
    if _free(worlds, wanted):
        return None
    forced = _forced(worlds, wanted)
    if scores[1] - scores[0] >= kind.narrow - ALMOST and not forced:
        return None
    n = worlds.parts(wanted) @ kind.n
    return Range((float(n.min()), float(n.max())), (scores[0], scores[1]), forced)


def _small(worlds: Worlds, wanted: Sum, minimum: float) -> bool:
    """Tell whether the group has somebody in it, and fewer than the minimum, in every world."""
    n = worlds.kind.n
    for sign in (1.0, -1.0):
        have = worlds.parts(wanted) @ n
        if have.max() >= minimum or have.min() < 1:
            return False
        worlds.largest(worlds.aim(wanted, sign * n))
    have = worlds.parts(wanted) @ n
    return bool(have.max() < minimum and have.min() >= 1)


def _free(worlds: Worlds, wanted: Sum) -> bool:
    """Tell whether the worlds found so far leave enough open."""
    parts, kind = worlds.parts(wanted), worlds.kind
    n = parts @ kind.n
    if n.min() < 1:
        return True
    score = parts @ kind.numerator / n
    apart = score.max() - score.min() >= kind.narrow - ALMOST
    bands = parts[:, list(kind.bands)]
    return bool(apart and (bands.max(axis=0) > 0).all() and (bands < n[:, None]).any(axis=0).all())


def _highest(worlds: Worlds, wanted: Sum, sign: float) -> float:
    """Return the highest score, times the sign."""
    kind = worlds.kind
    while True:
        parts = worlds.parts(wanted)
        best = float((sign * parts @ kind.numerator / (parts @ kind.n)).max())
        world = worlds.largest(worlds.aim(wanted, sign * kind.numerator - best * kind.n))
        latest = worlds.parts(wanted)[-1]
        if world is None or sign * latest @ kind.numerator - best * (latest @ kind.n) <= EXCESS:
            return best


def _forced(worlds: Worlds, wanted: Sum) -> tuple[tuple[str, int], ...]:
    kind = worlds.kind
    forced = []
    for band in kind.bands:
        alone = np.eye(len(kind.parts))[band]
        for weights, share in ((alone, 0), (kind.n - alone, 100)):
            if (worlds.parts(wanted) @ weights).max() < 1 and _nobody(worlds, wanted, weights):
                forced.append((kind.parts[band], share))
    return tuple(forced)


def _nobody(worlds: Worlds, wanted: Sum, weights: Floats) -> bool:
    worlds.largest(worlds.aim(wanted, weights))
    return bool((worlds.parts(wanted) @ weights).max() < 1)
