"""What a spreadsheet calculates with: numbers and days that look as the report prints them."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping
from typing import Any

from helpers.show.language import Language

Block = Mapping[str, Any]

MINUS = '"\N{MINUS SIGN}"'
LONGEST_LITERAL = 60
DATE = "d mmmm yyyy"
FIRST_YEAR = 1900
_PRINTED = re.compile(r"^(?P<sign>[+\-−]?)(?P<digits>\d[\d.,\u00a0\u202f']*)\s?(?P<percent>%?)$")
_WITHIN = re.compile(r"[+\-−]?\d(?:[\d.,\u00a0\u202f']*\d)?\s?%?")


def number_format(text: str, value: float, *, decimal: str) -> str:
    """Return the number format that makes a value look as it is printed.

    Parameters
    ----------
    text
        The number as printed, such as ``+12``, ``31%`` or ``1.234,5``.
    value
        The number behind it, in full precision.
    decimal
        The decimal symbol in ``text``.

    Returns
    -------
    str
        A format without locale: the reader's spreadsheet puts in its own symbols. What is printed in
        another way, such as ``>99%``, is shown literally; the cell still holds the number.

    Examples
    --------
    >>> number_format("+12", 12.3152709360, decimal=","), number_format("31%", 0.314, decimal=",")
    ('+0;"−"0;0', '0%')
    >>> number_format("1.234,5", 1234.5, decimal=","), number_format(">99%", 0.997, decimal=",")
    ('#,##0.0', '">99%"')
    """
    printed = _PRINTED.match(text.replace("⟦", "").replace("⟧", "").strip())
    if printed is None:
        literal = text.replace('"', "")[:LONGEST_LITERAL]
        return f'"{literal}"' if literal else "General"
    whole, _, fraction = printed["digits"].partition(decimal)
    digits = sum(character.isdigit() for character in fraction)
    shape = ("#,##0" if re.search(r"\D", whole) else "0") + ("." + "0" * digits if digits else "")
    if printed["percent"]:
        shape += "%" if _is_share(whole, fraction, value) else '"%"'
    if printed["sign"] == "+":
        return f"+{shape};{MINUS}{shape};{shape}"
    return f"{shape};{MINUS if printed['sign'] else ''}{shape}" if value < 0 else shape


def printed_numbers(text: str) -> list[str]:
    """Return the numbers within a text as they are printed there.

    Examples
    --------
    >>> printed_numbers("−7 tot +18"), printed_numbers("31% to 38%")
    (['−7', '+18'], ['31%', '38%'])
    """
    return [found.strip() for found in _WITHIN.findall(text)]


def day(cell: Block) -> dt.date | None:
    """Return a cell's day; None where there is none, or one from before Excel's calendar."""
    try:
        found = dt.datetime.fromisoformat(str(cell["value"])).date()
    except ValueError:
        return None
    return found if found.year >= FIRST_YEAR else None


def is_number(value: object) -> bool:
    """Tell whether a cell's value can be calculated with."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def spread(table: Block, words: Language) -> Block:
    """Give every interval two columns: a spreadsheet cannot calculate with '+2 to +17'.

    Parameters
    ----------
    table
        A table block; the value of an interval's cell is its two ends.
    words
        The report's language.

    Returns
    -------
    Mapping
        The table with such a column twice: once for the low end, once for the high one.
    """
    ends = {at for at in range(len(table["columns"])) if any(_is_pair(row["cells"][at]) for row in table["rows"])}
    if not ends:
        return table
    return {
        **table,
        "columns": [
            part for at, one in enumerate(table["columns"]) for part in (_headings(one, words) if at in ends else [one])
        ],
        "rows": [
            {**row, "cells": [c for at, one in enumerate(row["cells"]) for c in (_ends(one) if at in ends else [one])]}
            for row in table["rows"]
        ],
        "stub": int(table["stub"]) + sum(at < table["stub"] for at in ends),
    }


def _is_share(whole: str, fraction: str, value: float) -> bool:
    """Tell whether 31% is printed for 0.31 rather than for 31."""
    number = float(".".join(re.sub(r"\D", "", part) or "0" for part in (whole, fraction)))
    return abs(abs(value) * 100 - number) <= abs(abs(value) - number)


def _is_pair(cell: Block) -> bool:
    value = cell["value"]
    return isinstance(value, list | tuple) and len(value) == len(("low", "high")) and all(map(is_number, value))


def _headings(column: Block, words: Language) -> list[Block]:
    label = column["label"]
    low, high = words.text("{label}, low", label=label), words.text("{label}, high", label=label)
    return [{**column, "label": low}, {**column, "label": high}]


def _ends(cell: Block) -> list[Block]:
    """Return a cell's two ends; what is no interval, such as 'hidden', stands in both columns, its note in one."""
    if cell["hidden"] or not _is_pair(cell):
        return [cell, {**cell, "note": ""}]
    printed = printed_numbers(cell["text"])
    texts = printed if len(printed) == len(cell["value"]) else ["", ""]
    low, high = ({**cell, "text": text, "value": value} for text, value in zip(texts, cell["value"], strict=True))
    return [low, {**high, "note": ""}]
