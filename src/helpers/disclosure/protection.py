"""Takes out of a table what the plan does not allow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from helpers.disclosure.plan import Plan
from helpers.rounding import half_away_from_zero

PRINTED_DIGITS = {"points": 0, "scale": 1, "percent": 0}
"""With how many decimals a score of each unit is printed."""
UNIT = "unit_of_score"


def protect(
    table: pd.DataFrame,
    plan: Plan,
    *,
    cells: Mapping[str, Iterable[str]],
    details: Mapping[str, Iterable[str]] | None = None,
    rounded: Mapping[str, Iterable[str]] | None = None,
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
    rounded
        The same for columns that hold scores in the row's ``unit_of_score``: where the plan does not allow the
        details of a cell, they are left as they will be printed, because in full precision a score of few answers
        gives the counts away. Numbers of another unit, such as the rate of an indicator, stay as they are.

    Returns
    -------
    pandas.DataFrame
        A copy with the columns ``shown`` (whether every cell of the row is) and ``hidden_because`` (the first
        reason); the dependent columns of hidden cells are null. Columns of ``details`` and ``rounded`` that are not
        in ``cells`` too are taken out of hidden cells all the same.

    Raises
    ------
    KeyError
        If no analysis declared a cell.

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
        coarse = _not_detailed(table[identity], plan)
        for name in columns:
            protected[name] = _without(protected[name], coarse)
    for identity, columns in (rounded or {}).items():
        hidden = table[identity].map(lambda cell: bool(cell) and plan.hidden_because(cell) != "").astype(bool)
        coarse = _not_detailed(table[identity], plan)
        for name in columns:
            protected[name] = _as_printed(_without(protected[name], hidden), table[UNIT], where=coarse)
    return protected.assign(shown=because.eq(""), hidden_because=because)


def as_printed(value: Any, unit: str) -> Any:
    """Return a score as it is printed; null, and a number of another unit, stay as they are.

    Examples
    --------
    >>> as_printed(-8.333, "points"), as_printed(7.25, "scale"), as_printed(0.0312, "rate")
    (-8.0, 7.3, 0.0312)
    """
    if unit not in PRINTED_DIGITS or pd.isna(value):
        return value
    return half_away_from_zero(float(value), digits=PRINTED_DIGITS[unit])


def _not_detailed(identities: pd.Series, plan: Plan) -> pd.Series:
    return identities.map(lambda cell: bool(cell) and not plan.detailed(cell)).astype(bool)


def _as_printed(column: pd.Series, units: pd.Series, *, where: pd.Series) -> pd.Series:
    values = [
        as_printed(value, unit) if coarse else value for value, unit, coarse in zip(column, units, where, strict=True)
    ]
    return pd.Series(values, index=column.index, dtype=column.dtype) if where.any() else column


def _without(column: pd.Series, hidden: pd.Series) -> pd.Series:
    """Blank the hidden values, keeping whole numbers whole."""
    values: list[Any] = [None if gone else value for value, gone in zip(column, hidden, strict=True)]
    return pd.Series(values, index=column.index, dtype=object) if hidden.any() else column
