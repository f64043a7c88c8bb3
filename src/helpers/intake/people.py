"""How many people each unit had when a wave was held: what makes an employee score one of a finite population."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

import pandas as pd

from helpers.params.metrics import PATH_SEPARATOR
from helpers.periods import Period


class People:
    """The headcount of one wave, added up along the unit tree.

    Parameters
    ----------
    employees
        People per unit, each unit written as its whole path; ``""`` is the whole organisation.

    Examples
    --------
    >>> wave = People({"Klant › Noord": 12, "Klant › Zuid": 8, "ICT": 20})
    >>> wave.total("Klant"), wave.total(""), wave.total("HR")
    (20, 40, None)
    """

    def __init__(self, employees: Mapping[str, int]) -> None:
        self.employees = dict(employees)

    @classmethod
    def at(cls, headcount: pd.DataFrame | None, wave: Period) -> Self:
        """Return the headcount whose own period ends within a wave; none known gives an empty one.

        Parameters
        ----------
        headcount
            ``unit, period, employees``; later rows replace earlier ones of the same unit.
        wave
            The period of the answers.
        """
        if headcount is None:
            return cls({})
        fits = [
            Period.parse(str(text), fiscal_year_start=wave.fiscal_year_start).last in wave
            for text in headcount["period"]
        ]
        chosen = headcount[fits]
        return cls(dict(zip(chosen["unit"].astype(str), chosen["employees"].astype(int), strict=True)))

    def total(self, unit: str) -> int | None:
        """Return a unit's own row, or else the sum over the highest rows below it; unknown gives None."""
        if unit in self.employees:
            return self.employees[unit]
        below = [path for path in self.employees if not unit or path.startswith(unit + PATH_SEPARATOR)]
        highest = [path for path in below if not any(path.startswith(p + PATH_SEPARATOR) for p in below)]
        return sum(self.employees[path] for path in highest) or None
