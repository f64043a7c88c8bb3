"""Seeded drawing that gives equal values on each platform and in each version of Python."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from typing import NamedTuple, Self, TypeVar

Value = TypeVar("Value")

BANDS = ("promoter", "passive", "detractor")
SCORES: dict[str, tuple[int, ...]] = {
    "promoter": (9, 9, 10),
    "passive": (7, 8, 8),
    "detractor": (6, 6, 6, 5, 5, 4, 3, 2, 1, 0),
}
"""Answers of each band; the common ones stand there more than once."""


class Counts(NamedTuple):
    """How many promoters, passives and detractors a group has."""

    promoters: int
    passives: int
    detractors: int

    @classmethod
    def read(cls, text: str) -> Self:
        """Read one cell of a plan; ``-`` is a group without answers.

        Examples
        --------
        >>> Counts.read("24/22/12").bands.count("passive"), sum(Counts.read("-"))
        (22, 0)
        """
        return cls(0, 0, 0) if text == "-" else cls(*map(int, text.split("/")))

    @property
    def bands(self) -> list[str]:
        """The band of every answer, promoters first."""
        return [band for band, count in zip(BANDS, self, strict=True) for _ in range(count)]


class Draw:
    """Values drawn from one seed.

    Everything is made from ``random.Random.random``: the one method whose sequence for a seed Python
    promises to keep from version to version.

    Parameters
    ----------
    seed
        Any text; equal texts give equal values.
    """

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)

    def below(self, count: int) -> int:
        """Return a whole number from 0 up to, not including, ``count``."""
        return int(self._random.random() * count)

    def chance(self, share: float) -> bool:
        """Return True for this share (0–1) of the calls."""
        return self._random.random() < share

    def pick(self, values: Sequence[Value]) -> Value:
        """Return one of the values."""
        return values[self.below(len(values))]

    def shuffled(self, values: Sequence[Value]) -> list[Value]:
        """Return the values in another order."""
        keys = [(self._random.random(), place) for place in range(len(values))]
        return [values[place] for _, place in sorted(keys)]

    def day(self, first: dt.date, last: dt.date) -> dt.date:
        """Return a day from ``first`` up to and including ``last``."""
        return first + dt.timedelta(days=self.below((last - first).days + 1))


def repeated(values: Sequence[Value], place: int) -> Value:
    """Return the value at a place of the endlessly repeated series, so that totals follow from counts alone.

    Examples
    --------
    >>> [repeated("abc", place) for place in range(5)]
    ['a', 'b', 'c', 'a', 'b']
    """
    return values[place % len(values)]
