"""How a rate is written: what is counted beside the surveys, per hundred or per so many of its base."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.rounding import half_away_from_zero
from helpers.show.context import Context
from helpers.show.language import Language

PERCENT = 100
DIGITS = 1
MORE_DIGITS = 3
DEMONSTRABLE = ("better", "worse")
Row = Mapping[Any, Any]


def written(value: float, per: Any, words: Language) -> str:
    """Write a rate with one decimal and its base; without a base it is a count.

    Examples
    --------
    >>> [written(value, per, Language("en")) for value, per in ((4.2, 100), (4.2, 1000), (42, None))]
    ['4.2%', '4.2 per 1,000', '42']
    """
    if per is None or pd.isna(per):
        return words.count(value)
    return _with_base(words.decimal(value, digits=DIGITS), per, words)


def figure(value: float, per: Any, words: Language) -> str:
    """Write a rate as the large figure of a tile; what it is per stands below it."""
    known = per is not None and not pd.isna(per)
    return words.decimal(value, digits=DIGITS) if known and per != PERCENT else written(value, per, words)


def base(row: Row, words: Language) -> str:
    """Say out of how many an indicator is, and per how many it is written."""
    if pd.isna(row["n"]):
        return words.text("a count, without a base")
    n = words.count(row["n"])
    if row["per"] == PERCENT:
        return words.text("out of {n}", n=n)
    return words.text("per {base}, out of {n}", base=words.count(row["per"]), n=n)


def interval(low: float, high: float, per: Any, words: Language) -> str:
    """Write the interval of a rate or count."""
    if per is None or pd.isna(per):
        return words.text("{low} to {high}", low=words.count(low), high=words.count(high))
    if per == PERCENT:
        return words.text("{low} to {high}", low=written(low, per, words), high=written(high, per, words))
    return words.text("{low} to {high}", low=words.decimal(low, digits=DIGITS), high=written(high, per, words))


def with_interval(row: Row, context: Context) -> str:
    """Write an indicator with its interval and its base: '4.2% (3.1% to 5.6%, out of 1,000)'."""
    words = context.words
    value, limits = written(row["score"], row["per"], words), interval(row["low"], row["high"], row["per"], words)
    if pd.isna(row["n"]):
        return words.text("{score} ({interval})", score=value, interval=limits)
    return words.text("{score} ({interval}, out of {n})", score=value, interval=limits, n=words.count(row["n"]))


def moved(row: Row, context: Context) -> dict[str, str]:
    """Write how far a rate moved, and the interval of that."""
    words, per = context.words, row["per"]
    limits = (row["change_low"], row["change_high"])
    low, high = (_signed(limit, per, words, decimals(limit, DIGITS, row["direction"])) for limit in limits)
    change = _signed(abs(row["change"]), per, words, DIGITS).removeprefix("+")
    return {"change": change, "interval": words.text("{low} to {high}", low=low, high=high)}


def decimals(limit: float, fewest: int, direction: str) -> int:
    """Return how many decimals a limit of a change takes: as the score, and more where it would read 0.

    Only of a demonstrable change, which 'from 0' would contradict.

    Examples
    --------
    >>> [decimals(limit, 1, "better") for limit in (0.485, 0.002)], decimals(0.002, 1, "none_shown")
    ([1, 3], 1)
    """
    digits = fewest
    if direction in DEMONSTRABLE:
        while half_away_from_zero(limit, digits=digits) == 0 and digits < fewest + MORE_DIGITS:
            digits += 1
    return digits


def _signed(value: float, per: float, words: Language, digits: int) -> str:
    text = words.decimal(value, digits=digits)
    signed = f"+{text}" if half_away_from_zero(value, digits=digits) > 0 else text
    return words.text("{number} pp", number=signed) if per == PERCENT else _with_base(signed, per, words)


def _with_base(number: str, per: float, words: Language) -> str:
    if per == PERCENT:
        return words.text("{number}%", number=number)
    return words.text("{number} per {base}", number=number, base=words.count(per))
