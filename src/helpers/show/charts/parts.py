"""What every chart hands over: the chart block, its data as a table, and values that may be missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, cast

import pandas as pd

from helpers.rounding import significant
from helpers.show import blocks
from helpers.show.blocks import Content
from helpers.show.charts.sheet import Sheet
from helpers.show.language import Language, Unit

Record = Mapping[str, Any]


def chart(identifier: str, sheet: Sheet, *, words: Language, caption: str, alt: str, table: Content) -> Content:
    """Return the chart block of a drawn sheet."""
    return {
        "kind": "chart",
        "id": identifier,
        "language": words.code,
        "caption": caption,
        "alt": alt,
        "svg": sheet.svg(),
        "width": sheet.width,
        "height": sheet.height,
        "table": table,
    }


def data_table(
    identifier: str,
    *,
    words: Language,
    caption: str,
    columns: Sequence[Content],
    rows: Sequence[Content],
    stub: int = 1,
) -> Content:
    """Return the table block of a chart's data."""
    name = f"{identifier}-data"
    return blocks.table(name, caption=caption, columns=columns, rows=rows, stub=stub, language=words.code)


def records(table: pd.DataFrame, *, needs: Sequence[str], chart: str) -> list[Record]:
    """Return the rows of a chart's table, with every missing value as None.

    Raises
    ------
    ValueError
        When the table has no rows, or lacks a column that the chart draws.
    """
    missing = [name for name in needs if name not in table.columns]
    if missing:
        raise ValueError(
            f"{chart}: the table has no column {', '.join(missing)}; "
            f"it needs {', '.join(needs)} and has {', '.join(map(str, table.columns))}."
        )
    if table.empty:
        raise ValueError(f"{chart}: the table has no rows; leave the chart out when there is nothing to draw.")
    names = [str(name) for name in table.columns]
    return [
        {name: _present(value) for name, value in zip(names, row, strict=True)}
        for row in table.itertuples(index=False, name=None)
    ]


def shown(record: Record) -> bool:
    """Return whether a row may be shown; one that does not say clearly may not, unless no row says."""
    return bool(record.get("shown", True))


def hidden(*, words: Language, why: str) -> str:
    """Return what a chart writes in the place of marks that are hidden."""
    return words.text("hidden: {reason}", reason=why) if why else words.text("hidden")


def day(value: object) -> dt.date:
    """Return the day of a timestamp or date."""
    return pd.Timestamp(cast("dt.date", value)).date()


def measured(words: Language, value: float | None, unit: Unit) -> Content:
    """Return a cell that holds a score, or nothing."""
    return blocks.cell("") if value is None else blocks.cell(words.measure(value, unit), significant(value))


def counted(words: Language, value: float | None) -> Content:
    """Return a cell that holds a number of answers, or nothing."""
    return blocks.cell("") if value is None else blocks.cell(words.count(value), int(value))


def dated(words: Language, value: dt.date | None) -> Content:
    """Return a cell that holds a day, or nothing."""
    return blocks.cell("") if value is None else blocks.cell(words.date(value), value.isoformat())


def _present(value: Any) -> Any:
    return None if pd.isna(value) else value
