"""What a group is called: by its name, as the whole, or as units that are shown together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.params.metrics import PATH_SEPARATOR
from helpers.show.context import Context

Row = Mapping[Any, Any]


def name(row: Row, context: Context) -> str:
    """Name the group of a row.

    Parameters
    ----------
    row
        ``label``; of units that are too small and shown together ``together`` (how many), ``grouping`` and
        ``scope``, whose path tells below which unit they are.
    context
        How to say it.
    """
    words = context.words
    if not is_together(row):
        return str(row["label"]) or words.text("Total")
    count, parent = words.plural("{n} {unit}", "{n} {units}", int(row["together"])), above(row)
    if parent:
        return words.text("other {units} of {parent} together ({count})", parent=parent, count=count)
    return words.text("other {units} together ({count})", count=count)


def above(row: Row) -> str:
    """Return the name of the unit right above that of a row; empty for the widest level of a tree.

    Examples
    --------
    >>> above({"grouping": "unit", "scope": {"unit": "Midden › Eem › Team 1"}}), above({"grouping": "", "scope": {}})
    ('Eem', '')
    """
    path = str(row["scope"].get(row["grouping"], "")).split(PATH_SEPARATOR)[:-1]
    return path[-1] if path else ""


def is_together(row: Row) -> bool:
    """Tell whether a row is that of several units together.

    Examples
    --------
    >>> is_together({"together": 3}), is_together({"together": None}), is_together({})
    (True, False, False)
    """
    return not pd.isna(row.get("together"))
