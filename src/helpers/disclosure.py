"""Which cells may be shown: one plan for every cell of every chapter, and the rule that applies it to a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

TOO_FEW_ANSWERS = "too_few_answers"
TOO_SMALL_UNIT = "too_small_unit"


@dataclass(frozen=True)
class Plan:
    """What may be shown of one organisation in one period.

    Parameters
    ----------
    cells
        One row per cell, indexed by its id: ``audience``, ``shown`` (bool) and ``hidden_because`` (code, empty
        when shown). It holds no number of a hidden cell.
    """

    cells: pd.DataFrame

    def hidden_because(self, identity: str) -> str:
        """Return why a cell is hidden; empty when it may be shown.

        Raises
        ------
        KeyError
            If no analysis declared the cell: an undeclared number is never shown.
        """
        if identity not in self.cells.index:
            raise KeyError(f"cell '{identity}' is not in the publication plan")
        return str(self.cells.loc[identity, "hidden_because"])

    def hidden(self) -> pd.DataFrame:
        """Return how many cells are hidden, by audience and reason: ``audience, hidden_because, cells``."""
        hidden = self.cells[~self.cells["shown"]]
        return hidden.groupby(["audience", "hidden_because"]).size().rename("cells").reset_index()


def publication_plan(
    cells: pd.DataFrame,
    *,
    minimum_respondents: Mapping[str, int],
    minimum_headcount: Mapping[str, int],
) -> Plan:
    """Decide over every cell at once.

    Parameters
    ----------
    cells
        One row per cell that any chapter will print: ``id, audience, n`` (answers) and ``population``
        (people, or null).
    minimum_respondents
        The smallest number of answers of which anything is shown, by audience; at least 3.
    minimum_headcount
        The smallest unit of which anything is shown, by audience, where the headcount is known.

    Returns
    -------
    Plan
        A cell without any answers is shown as such ("no answers"): it says nothing about anybody. An id that
        stands there twice is shown only if both may be.

    Raises
    ------
    ValueError
        If a minimum is under 3: of two people, each can work out the other's answer. Or if an audience has no
        minimum.

    Examples
    --------
    >>> cells = pd.DataFrame({"id": ["a", "b"], "audience": "employee", "n": [9, 12], "population": None})
    >>> plan = publication_plan(cells, minimum_respondents={"employee": 10}, minimum_headcount={"employee": 10})
    >>> plan.hidden_because("a"), plan.hidden_because("b")
    ('too_few_answers', '')
    """
    if min([*minimum_respondents.values(), *minimum_headcount.values()]) < 3:  # noqa: PLR2004
        raise ValueError("a minimum group under 3 lets one of two people work out the other's answer")
    unknown = sorted(set(cells["audience"]) - (set(minimum_respondents) & set(minimum_headcount)))
    if unknown:
        raise ValueError(f"no minimum group for the audience {', '.join(unknown)}")
    answers = cells["audience"].map(minimum_respondents)
    people = cells["audience"].map(minimum_headcount)
    small_unit = pd.to_numeric(cells["population"]).lt(people)
    few = cells["n"].between(1, answers, inclusive="left")
    because = pd.Series("", index=cells.index).mask(small_unit & cells["n"].gt(0), TOO_SMALL_UNIT)
    because = because.mask(few, TOO_FEW_ANSWERS)
    decided = pd.DataFrame(
        {"audience": cells["audience"], "shown": because.eq(""), "hidden_because": because}
    ).set_axis(pd.Index(cells["id"], name="id"))
    strictest = decided.sort_values("shown", kind="stable")
    return Plan(strictest[~strictest.index.duplicated()])


def protect(
    table: pd.DataFrame,
    plan: Plan,
    *,
    cells: Mapping[str, Iterable[str]],
) -> pd.DataFrame:
    """Take every number out of a table that the plan does not allow.

    Parameters
    ----------
    table
        Any table of the report.
    plan
        The publication plan.
    cells
        Which column names a cell, and which columns hold numbers that come from it: a column may depend on
        several cells. An empty id stands for no cell.

    Returns
    -------
    pandas.DataFrame
        A copy with the columns ``shown`` (whether every cell of the row is) and ``hidden_because`` (the first
        reason); the dependent columns of hidden cells are null.

    Examples
    --------
    >>> cells = pd.DataFrame({"id": ["a", "b"], "audience": "customer", "n": [4, 5], "population": None})
    >>> plan = publication_plan(cells, minimum_respondents={"customer": 5}, minimum_headcount={"customer": 3})
    >>> protect(cells, plan, cells={"id": ["n"]})[["id", "n", "shown"]].to_dict("records")
    [{'id': 'a', 'n': None, 'shown': False}, {'id': 'b', 'n': 5, 'shown': True}]
    """
    protected = table.copy()
    because = pd.Series("", index=table.index, dtype=object)
    for identity, columns in cells.items():
        reason = table[identity].map(lambda cell: plan.hidden_because(cell) if cell else "").astype(object)
        hidden = reason.ne("")
        because = because.where(because.ne(""), reason)
        for name in columns:
            protected[name] = _without(protected[name], hidden)
    return protected.assign(shown=because.eq(""), hidden_because=because)


def _without(column: pd.Series, hidden: pd.Series) -> pd.Series:
    """Blank the hidden values, keeping whole numbers whole."""
    values: list[Any] = [None if gone else value for value, gone in zip(column, hidden, strict=True)]
    return pd.Series(values, index=column.index, dtype=object) if hidden.any() else column
