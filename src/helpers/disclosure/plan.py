"""What may be shown: one decision for every cell of every chapter."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd


def _nothing_lost() -> pd.DataFrame:
    return pd.DataFrame(columns=["audience", "hidden_because", "cells", "answers"])


@dataclass(frozen=True)
class Plan:
    """What may be shown of one organisation in one period.

    Parameters
    ----------
    cells
        One row per cell, indexed by its id: ``audience``, ``shown`` (bool), ``hidden_because`` (code, empty when
        shown) and ``detailed`` (bool: counts and shares may be shown too). It holds no number of a hidden cell.
    lost
        What hiding cost: ``audience, hidden_because, cells`` and ``answers`` (rounded so that no group's size
        follows: to the nearest ten, null where they are fewer than the minimum or of fewer than three cells).
    given_away
        Hidden cells that earlier reports give away already; nothing that this report hides can mend it.
    """

    cells: pd.DataFrame
    lost: pd.DataFrame = field(default_factory=_nothing_lost)
    given_away: tuple[str, ...] = ()

    def hidden_because(self, identity: str) -> str:
        """Return why a cell is hidden; empty when it may be shown.

        Raises
        ------
        KeyError
            If no analysis declared the cell: an undeclared number is never shown.
        """
        return str(self._of(identity, "hidden_because"))

    def detailed(self, identity: str) -> bool:
        """Tell whether the counts and shares of a cell may be shown too.

        Raises
        ------
        KeyError
            If no analysis declared the cell.
        """
        return bool(self._of(identity, "detailed"))

    def hidden(self) -> pd.DataFrame:
        """Return how many cells are hidden, by audience and reason: ``audience, hidden_because, cells``."""
        hidden = self.cells[~self.cells["shown"]]
        return hidden.groupby(["audience", "hidden_because"]).size().rename("cells").reset_index()

    def _of(self, identity: str, column: str) -> object:
        if identity not in self.cells.index:
            raise KeyError(f"cell '{identity}' is not in the publication plan")
        return self.cells.loc[identity, column]
