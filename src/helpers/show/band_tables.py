"""The printable table of the three bands: share, interval and n of promoters, passives and detractors."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from helpers.rounding import half_away_from_zero
from helpers.show import blocks, codes
from helpers.show.context import Context
from helpers.show.language import Language

Row = Mapping[Any, Any]
Content = dict[str, Any]
WHOLE = 100


def rounded_total(shares: Sequence[float]) -> int:
    """Return what shares add up to as they are printed, in percent.

    Examples
    --------
    >>> rounded_total([19 / 101, 49 / 101, 33 / 101]), rounded_total([0.31, 0.5, 0.19])
    (101, 100)
    """
    return sum(int(half_away_from_zero(100 * share)) for share in shares)


def rounding_note(shares: Sequence[float], words: Language, *, name: str = "") -> str:
    """Say that printed shares of one whole do not add up to 100%; empty where they do.

    Parameters
    ----------
    shares
        Shares of one whole, 0…1.
    words
        The reader's language.
    name
        Whose shares they are, where the reader sees those of several.
    """
    total = rounded_total(shares)
    if not shares or total == WHOLE:
        return ""
    said = words.share(total / WHOLE)
    if name:
        return words.text("{name}: the printed shares add up to {total} by rounding.", name=name, total=said)
    return words.text("The printed shares add up to {total} by rounding.", total=said)


def _bands(table: pd.DataFrame, context: Context) -> Content:
    """Print three rows per measure, below its name where there are several."""
    _ = context.words.text
    measures = {str(metric): own.to_dict("records") for metric, own in table.groupby("metric", sort=False)}
    columns = [
        blocks.column("band", _("Group")),
        blocks.column("share", _("Share"), unit="%", number=True),
        blocks.column("interval", context.interval, number=True),
        blocks.column("n", _("n"), number=True),
    ]
    rows = []
    for own in measures.values():
        if len(measures) > 1:
            rows.append(_heading(own[0], context))
        rows += [blocks.row(_cells(row, context)) for row in own]
    caption = _("The shares of {detractors}, {passives} and {promoters}")
    if len(measures) == 1:
        caption = _("{title}: {detractors}, {passives} and {promoters}", title=_measure(table.iloc[0], context))
    return blocks.table(
        context.table, caption=caption, columns=columns, rows=rows, notes=_notes(measures, context), **context.stamp
    )


def _measure(row: Row | pd.Series, context: Context) -> str:
    now = codes.period(row["period"], context.words)
    name = context.words.text("{metric}, {now}", metric=context.metric(row["metric"]), now=now)
    return context.words.text("{title}, weighted", title=name) if row["weighted"] else name


def _heading(row: Row, context: Context) -> Content:
    return blocks.row([blocks.cell(_measure(row, context)), *([blocks.cell("")] * 3)]) | {"heading": True}


def _cells(row: Row, context: Context) -> list[Content]:
    words = context.words
    band = words.band(row["band"])
    name = blocks.cell(band[:1].upper() + band[1:])
    if row["n"] is None:
        return [name, *([blocks.cell(words.text("hidden"), hidden=True, mark="hidden")] * 3)]
    if not row["n"]:
        return [name, blocks.cell(words.text("no answers")), blocks.cell("–"), blocks.cell(words.count(0), 0)]
    low, high = row["low"], row["high"]
    return [
        name,
        blocks.cell(words.share(row["share"]), 100 * row["share"]),
        blocks.cell(words.interval(100 * low, 100 * high, "percent"), [100 * low, 100 * high]),
        blocks.cell(words.count(row["n"]), int(row["n"])),
    ]


def _notes(measures: Mapping[str, Sequence[Row]], context: Context) -> list[str]:
    _ = context.words.text
    shown = [own for own in measures.values() if own[0]["n"]]
    notes = []
    if any(own[0]["n"] is None for own in measures.values()):
        notes.append(_("Hidden: the group is too small to show."))
    if shown:
        notes.append(_("The three intervals of a measure hold together, so each is wider than it would be alone."))
    names = ["" if len(measures) == 1 else context.metric(own[0]["metric"]) for own in shown]
    told = [
        rounding_note([row["share"] for row in own], context.words, name=name)
        for own, name in zip(shown, names, strict=True)
    ]
    return notes + [note for note in told if note]


TABLES: dict[str, Callable[[pd.DataFrame, Context], Content]] = {"bands": _bands}
