"""Printable tables: a table of the dossier becomes rows of text, each number with n and interval."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pandas as pd

from helpers.show import (
    band_tables,
    blocks,
    hidden_tables,
    hiding,
    method_tables,
    roadmap_tables,
    score_tables,
    target_tables,
)
from helpers.show.context import Context
from helpers.show.language import MINUS

Content = dict[str, Any]


def printable(table: pd.DataFrame) -> Content:
    """Return the table block of a table of the dossier; any other frame, or a choice of columns, as it stands."""
    context = Context.of(table)
    whole = list(table.columns) == table.attrs.get("columns", list(table.columns))
    return _TABLES.get(context.table if whole else "", any_frame)(hiding.without_hidden(table), context)


def any_frame(table: pd.DataFrame, context: Context) -> Content:
    """Print a frame that the dossier does not know: its index and columns, numbers with one decimal."""
    frame = table.reset_index() if table.index.name or isinstance(table.index, pd.MultiIndex) else table
    numeric = [pd.api.types.is_numeric_dtype(frame[name]) for name in frame.columns]
    columns = [
        blocks.column(str(name), str(name), number=number) for name, number in zip(frame.columns, numeric, strict=True)
    ]
    rows = [
        blocks.row([_any_cell(value, context) for value in record])
        for record in frame.itertuples(index=False, name=None)
    ]
    return blocks.table("table", caption="", columns=columns, rows=rows, stub=0, **context.stamp)


def _any_cell(value: Any, context: Context) -> Content:
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return blocks.cell("–")
    if isinstance(value, float) and math.isinf(value):
        return blocks.cell("∞" if value > 0 else f"{MINUS}∞")
    if isinstance(value, int | float) and not isinstance(value, bool):
        whole = float(value).is_integer()
        return blocks.cell(context.words.decimal(value, digits=0 if whole else 1), float(value))
    return blocks.cell(str(value), str(value))


_TABLES: dict[str, Callable[[pd.DataFrame, Context], Content]] = {
    **score_tables.TABLES,
    **band_tables.TABLES,
    **target_tables.TABLES,
    **roadmap_tables.TABLES,
    **method_tables.TABLES,
    **hidden_tables.TABLES,
}
