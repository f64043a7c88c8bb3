"""The printable table of the three bands: share, interval and n of promoters, passives and detractors."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from helpers.rounding import half_away_from_zero
from helpers.show import blocks, codes, hiding
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
    """Print one row per measure, its bands side by side."""
    _, words = context.words.text, context.words
    measures = [own.to_dict("records") for _metric, own in table.groupby("metric", sort=False)]
    columns = [blocks.column("measure", _("Measurement")), blocks.column("n", _("n"), number=True)]
    for row in measures[0] if measures else []:
        label = words.band(row["band"])
        columns.append(blocks.column(row["band"], label[:1].upper() + label[1:], number=True))
        columns.append(blocks.column(f"{row['band']}_interval", context.interval, number=True))
    return blocks.table(
        context.table,
        caption=_("The shares of {detractors}, {passives} and {promoters}"),
        columns=columns,
        rows=[blocks.row(_cells(own, context)) for own in measures],
        notes=_notes(measures, context),
        **context.stamp,
    )


def _cells(own: Sequence[Row], context: Context) -> list[Content]:
    words, n = context.words, own[0]["n"]
    name = blocks.cell(_measure(own[0], context))
    if hiding.is_hidden(own[0]):
        return [name, *([hiding.cell(context)] * (1 + 2 * len(own)))]
    count = blocks.cell(words.count(n), int(n))
    if not n:
        return [name, count, blocks.cell(words.text("no answers")), *([blocks.cell("–")] * (2 * len(own) - 1))]
    if _is_coarse(own):
        return [name, count, *([hiding.coarse_cell()] * (2 * len(own)))]
    return [name, count, *(cell for row in own for cell in _share(row, words))]


def _is_coarse(own: Sequence[Row]) -> bool:
    """Tell whether a measure is shown without its shares."""
    return not hiding.is_hidden(own[0]) and own[0]["n"] > 0 and any(pd.isna(row["share"]) for row in own)


def _share(row: Row, words: Language) -> tuple[Content, Content]:
    low, high = 100 * row["low"], 100 * row["high"]
    return (
        blocks.cell(words.share(row["share"]), 100 * row["share"]),
        blocks.cell(words.interval(low, high, "percent"), [low, high]),
    )


def _measure(row: Row, context: Context) -> str:
    now = codes.period(row["period"], context.words)
    name = context.words.text("{metric}, {now}", metric=context.metric(row["metric"]), now=now)
    return context.words.text("{title}, weighted", title=name) if row["weighted"] else name


def _notes(measures: Sequence[Sequence[Row]], context: Context) -> list[str]:
    """Return the notes; what there is to say of the shares is one of them, so that a page cannot come in between."""
    _ = context.words.text
    coarse = [own for own in measures if _is_coarse(own)]
    known = [own for own in measures if not hiding.is_hidden(own[0]) and own not in coarse]
    shown = [own for own in known if own[0]["n"]]
    names = ["" if len(measures) == 1 else context.metric(own[0]["metric"]) for own in shown]
    told = [
        rounding_note([row["share"] for row in own], context.words, name=name)
        for own, name in zip(shown, names, strict=True)
    ]
    together = _("The percentage holds for the three intervals of a measure at once.") if shown else ""
    hidden = hiding.note((hiding.code(own[0]) for own in measures), context)
    few = hiding.coarse_note(context) if coarse else ""
    return [note for note in (hidden, few, " ".join(filter(None, [together, *told]))) if note]


TABLES: dict[str, Callable[[pd.DataFrame, Context], Content]] = {"bands": _bands}
