"""What all published sets together say of every group: what explains a number, and what is hidden."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from helpers.audit.numbers import KEPT, Printed
from helpers.audit.published import BANDS, PublishedSet, Scope, metric_of, scope_of

TOLERANCE = 1e-6
COUNTED = ("n", "skipped", "promoters", "passives", "detractors", "population", "invited")
DIRECT = (*COUNTED, "low", "high", "unweighted")
CHANGE = "change since "


class Key(NamedTuple):
    """What a number may tell of a group: which figure, of which period, and what of it."""

    metric: str
    period: str
    quantity: str


class Range(NamedTuple):
    """From what to what a number lies."""

    low: float
    high: float


@dataclass(frozen=True)
class _Figures:
    """The known figures of one group as columns."""

    keys: npt.NDArray[np.int64]
    low: npt.NDArray[np.float64]
    high: npt.NDArray[np.float64]


class Known:
    """What is known to a reader of one set: its own figures first, then those of the other sets.

    Parameters
    ----------
    own
        The set that is read.
    others
        All sets of the organisation. A cell that they show does not count where the own set hides it.
    """

    def __init__(self, own: PublishedSet, others: Iterable[PublishedSet] = ()) -> None:
        self.keys: list[Key] = []
        self.ids: dict[tuple[str, Scope, str], str] = {}
        self.hidden: set[str] = set()
        self._metrics: dict[tuple[Scope, str], set[str]] = {}
        self._percent: dict[str, bool] = {}
        self._points: dict[str, bool] = {}
        self._waves: dict[tuple[str, Scope], dict[str, str]] = {}
        self._of: dict[str, dict[str, Range]] = {}
        rows = [row for one in (own, *others) for row in one.figures]
        told = {str(row["id"]) for row in own.figures}
        shown = {str(row["id"]) for row in rows if row.get("shown", True)}
        for row in rows:
            if not row.get("shown", True) and (str(row["id"]) in told or str(row["id"]) not in shown):
                self.hidden.add(str(row["id"]))
        self.hidden -= {str(row["id"]) for row in own.figures if row.get("shown", True)}
        for row in rows:
            self._take(row)
        self.groups = self._groups()
        self._hidden_of: dict[Scope, list[tuple[str, str, str]]] = {}
        for (metric, scope, period), identity in sorted(self.ids.items(), key=lambda one: one[0][2], reverse=True):
            if identity in self.hidden:
                self._hidden_of.setdefault(scope, []).append((metric, period, identity))

    def hidden_id(self, metric: str, scope: Scope, period: str) -> str:
        """Return the id of a hidden cell, or an empty string where the cell is shown or unknown."""
        identity = self.ids.get((metric, scope, period), "")
        return identity if identity in self.hidden else ""

    def hidden_of(self, scope: Scope) -> list[tuple[str, str, str]]:
        """Return metric, period and id of the hidden cells of a group, the latest period first."""
        return self._hidden_of.get(scope, [])

    def metrics_of(self, scope: Scope, period: str) -> list[str]:
        """Return the metrics of which a group has a cell in a period."""
        return sorted(self._metrics.get((scope, period), ()))

    def figure(self, identity: str, quantity: str) -> Range | None:
        """Return what is known of a cell, or None."""
        return self._of.get(identity, {}).get(quantity)

    def agreeing(self, scope: Scope, number: Printed) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Return which figures a group has (as places in ``keys``), and those that a number may be."""
        figures = self.groups.get(scope)
        if figures is None:
            return _NONE, _NONE
        agree = (figures.low <= number.high + TOLERANCE) & (figures.high >= number.low - TOLERANCE)
        return figures.keys, figures.keys[agree]

    def explains(self, scope: Scope, number: Printed, *, metric: str = "") -> bool:
        """Return whether a number is one that a shown figure of the group has, written in the same manner."""
        found = (self.keys[place] for place in self.agreeing(scope, number)[1])
        return any((not metric or key.metric == metric) and self._written_so(key, number) for key in found)

    def is_points(self, metric: str) -> bool:
        """Return whether scores of a metric are points from -100 to 100."""
        return self._points.get(metric, False)

    def is_percent(self, metric: str) -> bool:
        """Return whether scores of a metric are percentages."""
        return self._percent.get(metric, False)

    def _written_so(self, key: Key, number: Printed) -> bool:
        if number.start == KEPT:
            return True
        counted = key.quantity in COUNTED
        shared = key.quantity.endswith(("_share", "response")) or (not counted and self.is_percent(key.metric))
        if number.percent:
            return shared
        if number.signed:
            return not counted and not key.quantity.endswith(("_share", "response"))
        return counted or not self.is_points(key.metric) or number.low <= 0 <= number.high

    def _take(self, row: Mapping[str, Any]) -> None:
        identity, metric = str(row["id"]), metric_of(str(row["id"]))
        self.ids[(metric, scope_of(row.get("scope")), str(row.get("period", "")))] = identity
        self._metrics.setdefault((scope_of(row.get("scope")), str(row.get("period", ""))), set()).add(metric)
        self._waves.setdefault((metric, scope_of(row.get("scope"))), {})[str(row.get("period", ""))] = identity
        self._points[metric] = row.get("unit") == "points" or self.is_points(metric)
        self._percent[metric] = row.get("unit") == "percent" or self.is_percent(metric)
        if row.get("shown", True) and identity not in self.hidden:
            self._of.setdefault(identity, {}).update(
                {name: numbers for name, numbers in _figures(row) if name not in self._of.get(identity, {})}
            )

    def _groups(self) -> dict[Scope, _Figures]:
        places: dict[Key, int] = {}
        found: dict[Scope, dict[int, Range]] = {}
        for (metric, scope, period), identity in self.ids.items():
            told = {**self._of.get(identity, {}), **dict(self._changes(metric, scope, period))}
            for quantity, numbers in told.items():
                place = places.setdefault(Key(metric, period, quantity), len(places))
                found.setdefault(scope, {})[place] = numbers
        self.keys = list(places)
        return {scope: _columns(figures) for scope, figures in found.items()}

    def _changes(self, metric: str, scope: Scope, period: str) -> Iterator[tuple[str, Range]]:
        now = self.figure(self.ids[(metric, scope, period)], "score")
        for before, identity in self._waves.get((metric, scope), {}).items() if now else ():
            then = self.figure(identity, "score")
            if before != period and now and then:
                yield f"{CHANGE}{before}", Range(now.low - then.high, now.high - then.low)


_NONE = np.array([], dtype=np.int64)


def _columns(figures: dict[int, Range]) -> _Figures:
    ranges = list(figures.values())
    low, high = np.array([one.low for one in ranges]), np.array([one.high for one in ranges])
    return _Figures(np.array(list(figures), dtype=np.int64), low, high)


def _figures(row: Mapping[str, Any]) -> Iterator[tuple[str, Range]]:
    digits = row.get("digits")
    half = 0.0 if digits is None else 0.5 * 10.0 ** -int(digits)
    numbers = {name: row.get(name) for name in DIRECT} | {"score": row.get("value")}
    told = {name: float(value) for name, value in numbers.items() if value is not None and _is_number(value)}
    for name, value in told.items():
        wide = half if name in ("score", "low", "high", "unweighted") else 0.0
        yield name, Range(value - wide, value + wide)
    n = told.get("n", 0.0)
    if n:
        yield from ((share, _point(100 * told[band] / n)) for band, share in BANDS.items() if band in told)
        yield from (("response", _point(100 * n / told[name])) for name in ("population", "invited") if told.get(name))
        yield from (
            (f"missing of {name}", _point(told[name] - n)) for name in ("population", "invited") if name in told
        )


def _point(value: float) -> Range:
    return Range(value, value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
