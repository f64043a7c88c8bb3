"""Takes out of a table what the plan does not allow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from helpers.disclosure.plan import Plan


def protect(
    table: pd.DataFrame,
    plan: Plan,
    *,
    cells: Mapping[str, Iterable[str]],
    details: Mapping[str, Iterable[str]] | None = None,
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
    details
        The same for columns that are shown only where the plan allows the details of a cell: counts and shares.

    Returns
    -------
    pandas.DataFrame
        A copy with the columns ``shown`` (whether every cell of the row is) and ``hidden_because`` (the first
        reason); the dependent columns of hidden cells are null.

    Examples
    --------
    >>> from helpers.disclosure import Declared, Rules, publication_plan
    >>> cells = pd.DataFrame({"id": ["a", "b"], "audience": "customer", "n": [4, 5], "population": None})
    >>> plan = publication_plan(Declared(cells), rules={"customer": Rules(5, 5)})
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
    for identity, columns in (details or {}).items():
        coarse = table[identity].map(lambda cell: bool(cell) and not plan.detailed(cell)).astype(bool)
        for name in columns:
            protected[name] = _without(protected[name], coarse)
    return protected.assign(shown=because.eq(""), hidden_because=because)


def _without(column: pd.Series, hidden: pd.Series) -> pd.Series:
    """Blank the hidden values, keeping whole numbers whole."""
    values: list[Any] = [None if gone else value for value, gone in zip(column, hidden, strict=True)]
    return pd.Series(values, index=column.index, dtype=object) if hidden.any() else column
