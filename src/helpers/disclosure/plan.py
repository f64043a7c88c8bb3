"""One plan for every cell of every chapter."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import pandas as pd

from helpers.disclosure.declared import Declared
from helpers.disclosure.rules import Rules

TOO_FEW_ANSWERS = "too_few_answers"
TOO_SMALL_UNIT = "too_small_unit"
PROTECTS_OTHERS = "protects_others"
"""One code for what would give another group away and for what tells everybody's answer: the reason must not tell
which of the two it is."""


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
        follows: to the nearest ten, null where they are fewer than the minimum).
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


def publication_plan(
    declared: Declared,
    *,
    rules: Mapping[str, Rules],
    published: pd.DataFrame | None = None,
    within: Plan | None = None,
    also_hidden: Collection[str] = (),
) -> Plan:
    """Decide over every cell at once.

    Parameters
    ----------
    declared
        Every cell that any chapter will print.
    rules
        By audience.
    published
        What earlier reports and other editions printed, as :func:`helpers.disclosure.ledger.known` returns it.
    within
        The plan of a wider edition: what it hides is hidden here too.
    also_hidden
        Ids that must be hidden besides: what an attack on the finished report still gave away.

    Returns
    -------
    Plan
        A cell without any answers is shown as such ("no answers"): it says nothing about anybody. An id that
        stands there twice is shown only if both may be.

    Raises
    ------
    ValueError
        If an audience has no rules.

    Examples
    --------
    >>> cells = pd.DataFrame({"id": ["a", "b"], "audience": "employee", "n": [9, 12], "population": None})
    >>> plan = publication_plan(Declared(cells), rules={"employee": Rules(10, 10)})
    >>> plan.hidden_because("a"), plan.hidden_because("b")
    ('too_few_answers', '')
    """
    cells = declared.cells
    unknown = sorted(set(cells["audience"]) - set(rules))
    if unknown:
        raise ValueError(f"no minimum group for the audience {', '.join(unknown)}")
    answers = cells["audience"].map({name: rule.minimum_respondents for name, rule in rules.items()})
    people = cells["audience"].map({name: rule.minimum_headcount for name, rule in rules.items()})
    small_unit = pd.to_numeric(cells["population"]).lt(people)
    few = cells["n"].between(1, answers, inclusive="left")
    because = pd.Series("", index=cells.index).mask(small_unit & cells["n"].gt(0), TOO_SMALL_UNIT)
    because = because.mask(few, TOO_FEW_ANSWERS)
    decided = pd.DataFrame(
        {"audience": cells["audience"], "shown": because.eq(""), "hidden_because": because, "detailed": because.eq("")}
    ).set_axis(pd.Index(cells["id"], name="id"))
    strictest = decided.sort_values("shown", kind="stable")
    return Plan(strictest[~strictest.index.duplicated()])
