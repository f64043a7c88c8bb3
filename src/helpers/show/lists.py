"""Lists of what a report does not know, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.show import blocks, codes
from helpers.show.context import Context

Row = Mapping[Any, Any]
Content = dict[str, Any]


def listing(table: pd.DataFrame) -> Content:
    """Return the list block of what is not known or absent."""
    context = Context.of(table)
    items = [_item(row, context) for row in table.to_dict("records")]
    return blocks.listing(context.table, title="", items=items, **context.stamp)


def _item(row: Row, context: Context) -> str:
    words, n = context.words, int(row["n"])
    kind, detail = row["kind"], row["detail"]
    if kind == "absent":
        return codes.absent(detail, words)
    if kind == "old_wave":
        metric, _at, period = detail.partition("@")
        return words.text(
            "{metric} was last measured in {period}: it says nothing about the time since.",
            metric=context.metric(metric),
            period=codes.period(period, words),
        )
    return words.plural(
        "{n} figure is hidden to protect the people behind it.",
        "{n} figures are hidden to protect the people behind them.",
        n,
    )
