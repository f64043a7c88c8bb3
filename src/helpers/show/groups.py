"""What a group is called: by its name, as the whole, or as units that are shown together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.show.context import Context

Row = Mapping[Any, Any]


def name(row: Row, context: Context) -> str:
    """Name the group of a row.

    Parameters
    ----------
    row
        ``label``, and where units that are too small are shown together ``together`` (how many), in which case the
        label is that of the unit above them, empty for the whole organisation.
    context
        How to say it.
    """
    words, label = context.words, str(row["label"])
    if not is_together(row):
        return label or words.text("Total")
    units = words.plural("{n} unit", "{n} units", int(row["together"]))
    if label:
        return words.text("other units of {unit} together ({units})", unit=label, units=units)
    return words.text("other units together ({units})", units=units)


def is_together(row: Row) -> bool:
    """Tell whether a row is that of several units together.

    Examples
    --------
    >>> is_together({"together": 3}), is_together({"together": None}), is_together({})
    (True, False, False)
    """
    return not pd.isna(row.get("together"))
