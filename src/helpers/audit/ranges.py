"""Every set of answers that fits what is printed: integer programming over the groups of one score in one period.

A *world* gives each group whole numbers of answers: promoters, passives and detractors; best answers and others for a
share; answers and their sum for a mean. It fits when it agrees with every printed number as that is rounded, and
groups add up to the wider groups that they are part of.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
MOST_ANSWERS = 1_000_000.0
"""Of a group whose size nothing printed limits."""
MOST_FILLINGS = 100_000
ALMOST = 1e-9
EXACT = 1e-5
"""A number that is printed more finely than this is the score itself."""


@dataclass(frozen=True)
class Kind:
    """How answers become a score.

    Parameters
    ----------
    parts
        What is counted in a group.
    n, numerator
        Per part its share in the number of answers, and in the number that divided by it is the score.
    bands
        Which parts are bands, so that none or all of the answers can be in one.
    narrow
        A range of scores narrower than this tells too much: a quarter of the scale.
    """

    parts: tuple[str, ...]
    n: Floats
    numerator: Floats
    bands: tuple[int, ...]
    narrow: float
    lowest: float
    highest: float


def kind_of(name: str, *, scale: tuple[float, float] = (0.0, 10.0)) -> Kind:
    """Return how a score of a kind is counted.

    Parameters
    ----------
    name
        ``nps`` (points), ``share`` (percent) or ``mean`` (of a scale).
    scale
        The lowest and highest answer, of a mean.

    Raises
    ------
    ValueError
        If no such kind is known.
    """
    if name == "nps":
        parts = ("promoters", "passives", "detractors")
        return Kind(parts, np.ones(3), np.array([100.0, 0.0, -100.0]), (0, 1, 2), 50.0, -100.0, 100.0)
    if name == "share":
        return Kind(("best", "others"), np.ones(2), np.array([100.0, 0.0]), (0, 1), 25.0, 0.0, 100.0)
    if name == "mean":
        low, high = scale
        return Kind(("answers", "sum"), np.array([1.0, 0.0]), np.array([0.0, 1.0]), (), (high - low) / 4, low, high)
    raise ValueError(f"no kind of score '{name}'; nps, share or mean")


@dataclass(frozen=True)
class Known:
    """What is printed of one group by itself.

    Parameters
    ----------
    n
        The fewest and the most answers.
    score
        The lowest and highest score that are printed as what is printed; null where none is.
    parts
        The same for the numbers in parts (``promoters`` …) and for ``promoter_share`` …, which are 0…1.
    """

    n: tuple[float, float] = (1.0, MOST_ANSWERS)
    score: tuple[float, float] | None = None
    parts: Mapping[str, tuple[float, float]] = field(default_factory=dict)


class Limits(NamedTuple):
    """The bounds of the parts of a group, and bounds on sums of them (weights, lowest, highest).

    ``fits`` is False where the printed numbers of one group contradict each other.
    """

    low: Floats
    high: Floats
    rows: list[tuple[Floats, float, float]]
    fits: bool = True

    @property
    def exact(self) -> bool:
        """Whether every part is known."""
        return bool((self.low == self.high).all())


def limits(known: Known, kind: Kind) -> Limits:
    """Return what the numbers of one group say about its parts.

    Parameters
    ----------
    known
        What is printed of it.
    kind
        How it is scored.

    Notes
    -----
    The report rounds halves away from zero, so that of 33 the range is 32.5 ≤ score < 33.5, of −33 it is
    −33.5 < score ≤ −32.5, and of 0 both ends are left out.
    """
    few, many = known.n
    low, high = np.zeros(len(kind.parts)), np.full(len(kind.parts), float(many))
    rows = [(kind.n, float(few), float(many))]
    if not kind.bands:
        low, high = np.array([few, min(few * kind.lowest, many * kind.lowest)]), np.array([many, many * kind.highest])
        rows += [(np.array([-kind.lowest, 1.0]), 0.0, np.inf), (np.array([-kind.highest, 1.0]), -np.inf, 0.0)]
    if known.score is not None:
        rows += _of_ratio(kind.numerator, known.score, known.n, kind)
    for place, name in enumerate(kind.parts):
        if name in known.parts:
            low[place] = max(low[place], math.ceil(known.parts[name][0] - ALMOST))
            high[place] = min(high[place], math.floor(known.parts[name][1] + ALMOST))
        share = f"{name.removesuffix('s')}_share"
        if share in known.parts:
            rows += _of_ratio(np.eye(len(kind.parts))[place], known.parts[share], known.n, kind)
    if not kind.bands and few == many and known.score is not None:
        _, least, most = rows[-1]
        low[1], high[1] = max(low[1], least), min(high[1], most)
    found = Limits(low, high, rows, fits=all(least <= most for _, least, most in rows))
    return _tightened(found, kind) if few == many and kind.bands else found


def _of_ratio(
    weights: Floats, ratio: tuple[float, float], n: tuple[float, float], kind: Kind
) -> list[tuple[Floats, float, float]]:
    """Bound a sum of parts whose ratio to the number of answers is printed."""
    low, high = ratio
    middle, shaved = (low + high) / 2, (high - low) / 4
    least = 0.0 if middle > ALMOST else shaved  # in these units of a hundredth of an answer all differences are larger
    most = 0.0 if middle < -ALMOST else shaved
    if n[0] == n[1]:
        step = float(np.abs(weights).max())
        bottom, top = (low * n[0] + least) / step, (high * n[0] - most) / step
        return [(weights / step, math.ceil(bottom - EXACT), math.floor(top + EXACT))]
    exact = EXACT if high - low < EXACT else 0.0
    return [(weights - (low - exact) * kind.n, least, np.inf), (weights - (high + exact) * kind.n, -np.inf, -most)]


def _tightened(found: Limits, kind: Kind) -> Limits:
    """Return the bounds of each part over all ways to fill a group of known size, where they are not too many."""
    least, most = _net(found, kind)
    others = min(found.high[-1] - found.low[-1], most - least) + 1
    if (found.high[0] - found.low[0] + 1) * others > MOST_FILLINGS:
        return found
    ways = fillings(found, kind)
    if not len(ways):
        return found._replace(fits=False)
    return Limits(ways.min(axis=0), ways.max(axis=0), found.rows)


def fillings(found: Limits, kind: Kind) -> Floats:
    """Return every way to fill a group of a known number of answers: one row per way, one column per part.

    Examples
    --------
    Nine answers of which the NPS is printed as 33:

    >>> nps = kind_of("nps")
    >>> fillings(limits(Known(n=(9, 9), score=(32.5, 33.5)), nps), nps).astype(int).tolist()
    [[3, 6, 0], [4, 4, 1], [5, 2, 2], [6, 0, 3]]
    """
    n = found.rows[0][1]
    first = np.arange(found.low[0], found.high[0] + 1)
    if len(kind.parts) == 2:  # noqa: PLR2004  (a share: the others follow)
        ways = np.column_stack([first, n - first])
    else:
        last = np.arange(found.low[-1], found.high[-1] + 1)
        least, most = _net(found, kind)
        net = np.arange(least, most + 1) if most - least < len(last) else None
        if net is None:
            one, other = (each.ravel() for each in np.meshgrid(first, last, indexing="ij"))
        else:
            one, gap = (each.ravel() for each in np.meshgrid(first, net, indexing="ij"))
            other = one - gap
        ways = np.column_stack([one, n - one - other, other])
    fits = ((ways >= found.low) & (ways <= found.high)).all(axis=1)
    for weights, least, most in found.rows:
        value = ways @ weights
        fits &= (value >= least - ALMOST) & (value <= most + ALMOST)
    return np.asarray(ways[fits], dtype=np.float64)


def _net(found: Limits, kind: Kind) -> tuple[float, float]:
    """Return the bounds of promoters minus detractors."""
    own = [row for row in found.rows if np.array_equal(row[0] * 100, kind.numerator)]
    return (own[0][1], own[0][2]) if own else (-np.inf, np.inf)
