"""The axis of scores: from where to where, and which ticks."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from helpers.show.language import Unit


@dataclass(frozen=True)
class _Rule:
    steps: tuple[float, ...]
    narrowest: float
    outward: float
    bounds: tuple[float, float]
    includes_zero: bool


# The narrowest range keeps small differences looking small: 40 points, 2 on a scale, 20 per cent.
_RULES: dict[Unit, _Rule] = {
    "points": _Rule((10, 20, 50), 40, 10, (-100, 100), includes_zero=True),
    "percent": _Rule((5, 10, 20), 20, 10, (0, 100), includes_zero=False),
    "scale": _Rule((0.5, 1, 2, 5, 10, 20, 50, 100), 2, 0.5, (-math.inf, math.inf), includes_zero=False),
}


@dataclass(frozen=True)
class Axis:
    """A range of scores, with its ticks."""

    low: float
    high: float
    ticks: tuple[float, ...]

    def place(self, value: float, *, start: float, length: float) -> float:
        """Return where a score stands on a stretch of so many points."""
        return start + (value - self.low) / (self.high - self.low) * length


def axis(values: Iterable[float], *, unit: Unit, most_ticks: int = 7) -> Axis:
    """Choose the range of an axis that shows all values and starts and ends on a tick.

    Parameters
    ----------
    values
        Every score, limit and target that is drawn; hidden ones are not among them.
    unit
        ``points`` (the axis holds 0), ``scale`` or ``percent``.
    most_ticks
        No more ticks than this.

    Examples
    --------
    >>> axis([7, 31], unit="points")
    Axis(low=0, high=40, ticks=(0, 10, 20, 30, 40))
    >>> axis([6.9, 7.4], unit="scale").ticks
    (6.0, 6.5, 7.0, 7.5, 8.0, 8.5)
    """
    rule = _RULES[unit]
    found = [value for value in values if math.isfinite(value)] or [0.0]
    low, high = min(found), max(found)
    if rule.includes_zero:
        low, high = min(low, 0), max(high, 0)
    low, high = _widened(low, high, rule)
    for step in rule.steps:
        first, last = math.floor(low / step), math.ceil(high / step)
        if last - first < most_ticks:
            break
    ticks = tuple(step * k for k in range(first, last + 1))
    return Axis(ticks[0], ticks[-1], ticks)


def close_axis(values: Iterable[float], *, unit: Unit, most_ticks: int) -> Axis:
    """Choose a range that fits closely around the values: outward to tens, wherever the ticks fall.

    It need not hold 0: a line on its way must be seen to rise or fall. Parameters as :func:`axis`.

    Examples
    --------
    >>> close_axis([-31, 47], unit="points", most_ticks=6)
    Axis(low=-40, high=50, ticks=(-40, -20, 0, 20, 40))
    >>> close_axis([2, 9], unit="points", most_ticks=6)
    Axis(low=-20, high=30, ticks=(-20, -10, 0, 10, 20, 30))
    """
    rule = _RULES[unit]
    found = [value for value in values if math.isfinite(value)] or [0.0]
    low, high = _widened(min(found), max(found), replace(rule, includes_zero=False))
    low = max(rule.bounds[0], math.floor(low / rule.outward) * rule.outward)
    high = min(rule.bounds[1], math.ceil(high / rule.outward) * rule.outward)
    for step in rule.steps:
        first, last = math.ceil(low / step), math.floor(high / step)
        if last - first < most_ticks:
            break
    return Axis(low, high, tuple(step * k for k in range(first, last + 1)))


def _widened(low: float, high: float, rule: _Rule) -> tuple[float, float]:
    missing = max(0.0, rule.narrowest - (high - low))
    if not missing:
        return low, high
    smallest, largest = rule.bounds
    if rule.includes_zero and not low < 0 < high:
        return (low - missing, high) if low < 0 else (low, high + missing)
    low = max(smallest, low - missing / 2)
    high = min(largest, low + rule.narrowest)
    return max(smallest, high - rule.narrowest), high
