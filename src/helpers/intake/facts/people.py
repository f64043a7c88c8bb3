"""How many people each unit had when a wave was held: what makes an employee score one of a finite population."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Self

import pandas as pd

from helpers.errors import DataError
from helpers.params.metrics import PATH_SEPARATOR
from helpers.periods import Period


class People:
    """The headcount of one wave, added up along the unit tree.

    Parameters
    ----------
    employees
        People per unit, each unit written as its whole path; ``""`` is the whole organisation.
    answered
        The units that answers come from. One that no row counts makes every total around it unknown: too small
        a total would promise more certainty than there is.

    Examples
    --------
    >>> wave = People({"Klant › Noord": 12, "Klant › Zuid": 8, "ICT": 20})
    >>> wave.total("Klant"), wave.total(""), wave.total("HR")
    (20, 40, None)
    """

    def __init__(self, employees: Mapping[str, int], answered: Iterable[str] = ()) -> None:
        self.employees = dict(employees)
        self.answered = frozenset(answered)

    @classmethod
    def at(cls, headcount: pd.DataFrame | None, wave: Period, *, answered: Iterable[str] = ()) -> Self:
        """Return the headcount whose own period ends within a wave; none known gives an empty one.

        Parameters
        ----------
        headcount
            ``unit, period, employees``; of the same unit, the period that ends last counts.
        wave
            The period of the answers.
        answered
            The units that the answers come from.
        """
        if headcount is None:
            return cls({})
        calendar = wave.fiscal_year_start
        ends = [Period.parse(str(text), fiscal_year_start=calendar).last for text in headcount["period"]]
        rows = sorted(zip(ends, headcount["unit"].astype(str), headcount["employees"], strict=True))
        return cls({unit: int(employees) for end, unit, employees in rows if end in wave}, answered)

    def total(self, unit: str) -> int | None:
        """Return a unit's own row, or else the sum over the highest rows below it; unknown gives None."""
        if unit in self.employees:
            return self.employees[unit]
        below = [path for path in self.employees if _within(path, unit)]
        highest = [path for path in below if not any(_within(path, p) for p in below if p != path)]
        if any(_within(path, unit) and not _counted(path, highest) for path in self.answered):
            return None
        return sum(self.employees[path] for path in highest) or None


def refuse_more_answers(about: pd.DataFrame, n: pd.Series, population: pd.Series) -> None:
    """Raise which units have more answers than people.

    Parameters
    ----------
    about
        One row per group: ``period`` and ``scope`` (dict).
    n, population
        Answers and people of each group; unknown people are NaN.

    Raises
    ------
    DataError
        One sentence per group.
    """
    over = about.assign(n=n.astype(int), people=population)[n.gt(population)]
    faults = [
        f"tables.headcount, {row['period']}, unit '{row['scope'].get('unit', 'all')}': {row['n']} answers out of "
        f"{row['people']:.0f} people. More people answered than there were; correct the headcount or remove double "
        "answers."
        for row in over.to_dict("records")
    ]
    if faults:
        raise DataError(faults)


def _within(path: str, unit: str) -> bool:
    return not unit or (path + PATH_SEPARATOR).startswith(unit + PATH_SEPARATOR)


def _counted(path: str, rows: Iterable[str]) -> bool:
    """Tell whether one of the rows is about a unit, a unit above it or a unit below it."""
    return any(_within(path, row) or _within(row, path) for row in rows)
