"""Every cell that a report will print, and which answers it is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

OPTIONAL: dict[str, Any] = {
    "metric": "", "period": "", "place": 0, "scope": None, "promoters": np.nan, "passives": np.nan,
    "detractors": np.nan, "respondents": np.nan, "unanimous": False, "printed": True,
}  # fmt: skip
ATOM_COLUMNS = ("n", "promoters", "passives", "detractors")


def _no_members() -> pd.DataFrame:
    return pd.DataFrame({"cell": pd.Series(dtype="int64"), "atom": pd.Series(dtype="int64")})


def _no_atoms() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype="float64") for name in ATOM_COLUMNS})


@dataclass(frozen=True)
class Declared:
    """The cells of every chapter, before anything is hidden.

    Parameters
    ----------
    cells
        One row per cell: ``id, audience, n`` (answers), ``population`` (people, or null); and where known ``metric,
        period``, ``place`` (of the period in time, from 0), ``scope`` (dict), ``promoters, passives, detractors``
        (counts, null unless an NPS), ``respondents`` (different people, at least; null is n), ``unanimous`` (bool:
        all gave an answer of one band or, of another measure, the same answer), ``printed`` (bool: False for a cell
        that only an earlier report printed).
    members
        ``cell, atom``: which atoms the answers of a cell are, both by place. A cell that is absent is related to no
        other, such as the size of a survey.
    atoms
        Answers that no cell separates, one row each: ``n, promoters, passives, detractors``. Atoms of two periods or
        metrics are never the same.

    Examples
    --------
    >>> cells = pd.DataFrame({"id": ["a"], "audience": ["customer"], "n": [5], "population": [None]})
    >>> Declared(cells).cells[["id", "n", "printed"]].to_dict("records")
    [{'id': 'a', 'n': 5, 'printed': True}]
    """

    cells: pd.DataFrame
    members: pd.DataFrame = field(default_factory=_no_members)
    atoms: pd.DataFrame = field(default_factory=_no_atoms)

    def __post_init__(self) -> None:
        """Fill in what is not told, and number the cells by place."""
        missing = {name: value for name, value in OPTIONAL.items() if name not in self.cells.columns}
        object.__setattr__(self, "cells", self.cells.reset_index(drop=True).assign(**missing))

    def in_order(self) -> Declared:
        """Return the same cells by id, so that nothing depends on how they came."""
        order = self.cells.sort_values(["id", "n"], kind="stable").index
        place = pd.Series(range(len(order)), index=order, dtype="int64")
        members = self.members.assign(cell=self.members["cell"].map(place))
        return Declared(self.cells.loc[order], members.sort_values(["cell", "atom"], ignore_index=True), self.atoms)
