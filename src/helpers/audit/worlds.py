"""The worlds that fit what is printed, found by integer programming (HiGHS); each of them tells of all groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from helpers.audit.ranges import ALMOST, Kind, Limits
from helpers.quiet import quiet

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
        """Put the parts of all groups side by side."""
        self._place = {identity: place for place, identity in enumerate(self.groups)}
        self._size = len(self.kind.parts)
        self.low = np.concatenate([each.low for each in self.groups.values()])
        self.high = np.concatenate([each.high for each in self.groups.values()])
        self.rows, self.least, self.most = self._constraints()

    def largest(self, aim: Floats) -> Floats | None:
        """Return a world in which a weighted sum of all parts is largest; null where none fits."""
        return _largest([self], [aim])[0]

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

    def size(self, wanted: Sum) -> tuple[float, float]:
        """Return between what numbers of answers a sum of groups lies by what is printed of each group alone."""
        low = high = float(wanted.known @ self.kind.n)
        for identity, times in wanted.times.items():
            _, few, many = self.groups[identity].rows[0]
            low, high = low + min(times * few, times * many), high + max(times * few, times * many)
        return low, high

    def _constraints(self) -> tuple[sparse.csc_array, Floats, Floats]:
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
                entries += [
                    (len(low), self._place[name] * self._size + part, times) for name, times in each.times.items()
                ]
                low.append(-each.known[part])
                high.append(-each.known[part])
        row, column, value = zip(*entries, strict=True)
        matrix = sparse.csc_array((value, (row, column)), shape=(len(low), len(self.groups) * self._size))
        return matrix, np.array(low), np.array(high)


@dataclass(frozen=True)
class Open:
    """Worlds, the groups that they should differ in, and the sums of groups that they should leave open."""

    worlds: Worlds
    names: Sequence[str]
    suspects: Sequence[Sum]


def spread(parts: Sequence[Open]) -> list[bool]:
    """Find worlds that lie far apart for many groups at once, and tell of each part whether any fits.

    Parameters
    ----------
    parts
        Groups that hang together by nothing: one programme moves them all. Half of the names of each are driven up and
        the other half down, by each digit of their binary place in turn, so that any two are driven apart; until
        the worlds found leave all suspects open.
    """
    every = [part.worlds for part in parts]
    fits = [world is not None for world in _largest(every, [np.zeros(len(worlds.low)) for worlds in every])]
    left = [part for part, fit in zip(parts, fits, strict=True) if fit]
    for step in range(2 * max((len(part.names) for part in left), default=0).bit_length() + 2):
        left = [part for part in left if not all(free(part.worlds, each) for each in part.suspects)]
        _largest([part.worlds for part in left], [_aim(part, step) for part in left])
    return fits


def _aim(part: Open, step: int) -> Floats:
    """Return where the worlds of a part are driven: to the middle, to many answers, then up and down by turns."""
    kind, nobody = part.worlds.kind, np.zeros(len(part.worlds.kind.parts))
    middle, width = (kind.lowest + kind.highest) / 2, kind.narrow / 2
    up, down = (sign * kind.numerator - (sign * middle + width) * kind.n for sign in (1.0, -1.0))
    digit, turned = divmod(step - 2, 2)
    aim = np.zeros(len(part.worlds.low))
    for place, name in enumerate(part.names):
        chosen = [kind.n - np.abs(kind.numerator) / np.abs(kind.numerator).max(), kind.n]
        weights = chosen[step] if step < len(chosen) else up if (place >> digit & 1) == turned else down
        aim += part.worlds.aim(Sum({name: 1.0}, nobody), weights)
    return aim


def _largest(every: Sequence[Worlds], aims: Sequence[Floats]) -> list[Floats | None]:
    """Return a world of each in which its weighted sum is largest, by one programme for all."""
    if not every:
        return []
    limits = LinearConstraint(
        every[0].rows if len(every) == 1 else sparse.block_diag([worlds.rows for worlds in every], format="csc"),
        np.concatenate([worlds.least for worlds in every]),
        np.concatenate([worlds.most for worlds in every]),
    )
    bounds = Bounds(np.concatenate([worlds.low for worlds in every]), np.concatenate([worlds.high for worlds in every]))
    aim = np.concatenate(aims)
    with quiet():
        answer = milp(
            -aim, constraints=limits, bounds=bounds, integrality=np.ones(len(aim)), options={"mip_rel_gap": 0.0}
        )
    if answer.x is None:
        pairs = zip(every, aims, strict=True)
        return [None] if len(every) == 1 else [_largest([worlds], [own])[0] for worlds, own in pairs]
    ends = np.cumsum([len(worlds.low) for worlds in every])[:-1]
    found: list[Floats | None] = []
    for worlds, world in zip(every, np.split(np.round(answer.x), ends), strict=True):
        worlds.found.append(world)
        found.append(world)
    return found


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
    if free(worlds, wanted) or not _small(worlds, wanted, minimum):
        return None
    scores = tuple(sign * _highest(worlds, wanted, sign) for sign in (-1.0, 1.0))
    if free(worlds, wanted):
        return None
    forced = _forced(worlds, wanted)
    if scores[1] - scores[0] >= kind.narrow - ALMOST and not forced:
        return None
    n = worlds.parts(wanted) @ kind.n
    return Range((float(n.min()), float(n.max())), (scores[0], scores[1]), forced)


def _small(worlds: Worlds, wanted: Sum, minimum: float) -> bool:
    """Tell whether the group has somebody in it, and fewer than the minimum, in every world."""
    n = worlds.kind.n
    fewest, most = worlds.size(wanted)
    for sign, settled in ((1.0, most < minimum), (-1.0, fewest >= 1)):
        have = worlds.parts(wanted) @ n
        if have.max() >= minimum or have.min() < 1:
            return False
        if not settled:
            worlds.largest(worlds.aim(wanted, sign * n))
    have = worlds.parts(wanted) @ n
    return bool(have.max() < minimum and have.min() >= 1)


def free(worlds: Worlds, wanted: Sum) -> bool:
    """Tell whether the worlds found so far leave enough open, or leave nobody in the group."""
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
