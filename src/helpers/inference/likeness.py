"""How alike the answers of one cluster are: the sums behind :mod:`helpers.inference.clusters`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from helpers.inference.inputs import Floats
from helpers.inference.tallies import Codes

TINY = 1e-12
"""What is left of a difference by rounding, as a share of what it is a difference of."""


@dataclass(frozen=True)
class Likeness:
    """The sums of each cluster, the stratum that it lies in, and the group of each stratum.

    Parameters
    ----------
    weight, squares, mean, spread
        Of each cluster: Σw, Σw², its mean m and Σw(x − m)².
    stratum
        The stratum of each cluster, by number.
    group
        The group of each stratum, by number.
    groups
        How many groups there are.
    """

    weight: Floats
    squares: Floats
    mean: Floats
    spread: Floats
    stratum: Codes
    group: Codes
    groups: int

    @cached_property
    def count(self) -> Floats:
        """How many clusters each group has."""
        return self.summed(np.ones(len(self.weight)))

    @cached_property
    def strata(self) -> Floats:
        """In how many strata the clusters of each group lie."""
        return np.bincount(self.group, minlength=self.groups).astype(np.float64)

    @cached_property
    def away(self) -> Floats:
        """How far each cluster's mean lies from that of its stratum, squared."""
        whole = self._of_strata(self.weight)
        centre = _over(self._of_strata(self.weight * self.mean), whole)
        return np.square(self.mean - centre[self.stratum])

    def summed(self, values: Floats) -> Floats:
        """Add up what the clusters of each group have."""
        return np.bincount(self.group[self.stratum], values, self.groups).astype(np.float64)

    def per_stratum(self, values: Floats) -> Floats:
        """Divide by the weight of each stratum, and add up the strata of each group."""
        found = _over(self._of_strata(values), self._of_strata(self.weight))
        return np.bincount(self.group, found, self.groups).astype(np.float64)

    def _of_strata(self, values: Floats) -> Floats:
        return np.bincount(self.stratum, values, len(self.group)).astype(np.float64)

    def of_pairs(self) -> Floats:
        """Return the correlation over all pairs of answers of a cluster; NaN where there is none or nothing differs."""

        def ratio(part: Floats, whole: Floats) -> Floats:
            found: Floats = np.divide(part, whole, out=np.full(self.groups, np.nan), where=whole > TINY * np.abs(part))
            return found

        total, q = self.summed(self.weight), self.summed(self.squares)
        variance = ratio(self.summed(self.spread + self.weight * self.away), total)
        wider = ratio(self.summed(np.square(self.weight) * self.away), variance * q)
        wider = wider * ratio(self.count, self.count - self.strata)
        shared = ratio(self.summed(np.square(self.weight)), q) - 1
        alike = wider / (1 + wider * self.strata * ratio(q, total**2)) - 1
        return ratio(alike, np.where(shared > TINY, shared, np.nan))

    def variances(self) -> tuple[Floats, Floats]:
        """Return the variance within and between clusters; NaN where no two answers share a cluster, or all do."""

        def ratio(part: Floats, whole: Floats) -> Floats:
            found: Floats = np.divide(part, whole, out=np.full(self.groups, np.nan), where=whole > TINY * total)
            return found

        def cleared(variance: Floats, noise: Floats) -> Floats:
            return np.where(np.isnan(variance) | (variance > noise), variance, 0.0)

        total, alone = self.summed(self.weight), self.summed(self.squares / self.weight)
        floor = (TINY * ratio(self.summed(self.weight * self.mean), total)) ** 2
        within = cleared(ratio(self.summed(self.spread), total - alone), floor)
        by_chance = within * (alone - self.per_stratum(self.squares))
        spare = total - self.per_stratum(np.square(self.weight))
        between = ratio(self.summed(self.weight * self.away) - by_chance, spare)
        return within, cleared(between, floor + TINY * within)


def _over(part: Floats, whole: Floats) -> Floats:
    """Divide; of a stratum without answers there is nothing."""
    return np.divide(part, whole, out=np.zeros_like(whole), where=whole > 0)
