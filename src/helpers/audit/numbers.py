"""Numbers as a report prints them, each with the range that its rounding leaves open."""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import re
from typing import NamedTuple

from babel.dates import get_month_names

from helpers.audit.vocabulary import vocabulary

EXACT = 1e-9
"""Half a unit of the last digit of a number that a file keeps in full, relative to its size."""
MOST_DECIMALS = 4
"""A number with more decimals was not rounded."""
KEPT = -1
"""Where a number starts and ends that a file keeps beside its text."""
_MINUS = "\u2212-"
_SPACES = "\u00a0\u202f"


class Printed(NamedTuple):
    """One number in a text: between what values it lies, how it was written, and where."""

    low: float
    high: float
    signed: bool
    percent: bool
    decimals: int
    start: int
    end: int

    @property
    def middle(self) -> float:
        """The number itself."""
        return (self.low + self.high) / 2


def kept(value: float) -> Printed:
    """Return a number that a file keeps: in full, or rounded where it has few decimals.

    Examples
    --------
    >>> kept(12.5).middle, round(kept(12.0).high, 9), round(kept(-37.123456).high, 6)
    (12.5, 12.5, -37.123456)
    """
    decimals = len(f"{value:.{MOST_DECIMALS + 1}f}".rstrip("0").partition(".")[2])
    half = 0.5 * 10.0**-decimals if decimals <= MOST_DECIMALS else EXACT * max(1.0, abs(value))
    return Printed(value - half, value + half, value < 0, False, decimals, KEPT, KEPT)


def printed(text: str, *, language: str) -> list[Printed]:
    """Return the numbers of a text, without those of dates, periods and confidence levels.

    Parameters
    ----------
    text
        Any text; ``−`` and ``-`` before a digit are signs unless a letter, digit or bracket stands before them.
    language
        Which digits are grouped and which are decimals.

    Examples
    --------
    >>> [(one.low, one.high) for one in printed("+12 (−7 tot 18,5), n = 1.234 op 30 juni 2027", language="nl")]
    [(11.5, 12.5), (-7.5, -6.5), (18.45, 18.55), (1233.5, 1234.5)]
    """
    blank = _no_numbers(language).sub(lambda found: " " * len(found[0]), text)
    return [_number(found) for found in _pattern(language).finditer(blank)]


def days(text: str, *, language: str) -> list[dt.date]:
    """Return the days that a text names in full.

    Examples
    --------
    >>> days("gemeten 30 juni 2026 of 2026-09-01", language="nl")
    [datetime.date(2026, 6, 30), datetime.date(2026, 9, 1)]
    """
    months, pattern = _days(language)
    found = []
    for day, month, year, iso in pattern.findall(text):
        with contextlib.suppress(ValueError):
            number = months.get(month.lower().strip("."), 0)
            found.append(dt.date.fromisoformat(iso) if iso else dt.date(int(year), number, int(day)))
    return found


def _number(found: re.Match[str]) -> Printed:
    sign, whole, decimals, percent = found.groups(default="")
    digits = re.sub(r"\D", "", whole)
    value = float(f"{digits}.{decimals[1:] or 0}") * (-1 if sign and sign in _MINUS else 1)
    half = 0.5 * 10.0 ** -len(decimals[1:])
    return Printed(
        round(value - half, 9),
        round(value + half, 9),
        bool(sign),
        bool(percent),
        len(decimals[1:]),
        found.start(),
        found.end(),
    )


@functools.cache
def _months(language: str) -> dict[str, int]:
    locale = language if language in ("nl", "en") else "en"
    widths = [get_month_names(width, locale=locale) for width in ("wide", "abbreviated")]
    return {name.strip(".").lower(): number for names in widths for number, name in names.items()}


@functools.cache
def _days(language: str) -> tuple[dict[str, int], re.Pattern[str]]:
    months = _months(language)
    month = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    gap = f"[{_SPACES} ]"
    written = rf"\b(\d{{1,2}}){gap}({month})\.?{gap}(\d{{4}})\b|\b(\d{{4}}-\d\d-\d\d)\b"
    return months, re.compile(written, re.IGNORECASE)


@functools.cache
def _pattern(language: str) -> re.Pattern[str]:
    words = vocabulary(language)
    grouped = f"[{re.escape(words.thousands)}{_SPACES}]"
    decimal = re.escape(words.decimal) if language in ("nl", "en") else "[.,]"
    return re.compile(
        rf"(?<![\w.,)\]])((?<!\d)[+{_MINUS}])?(\d{{1,3}}(?:{grouped}\d{{3}})+(?!\d)|\d+)({decimal}\d+)?"
        rf"(?![\w]|[-\u2011](?=\w))[{_SPACES} ]?(%)?"
    )


@functools.cache
def _no_numbers(language: str) -> re.Pattern[str]:
    """Return what looks like a number and tells no score: dates, periods, times, versions, confidence."""
    month = "(?:" + "|".join(sorted(map(re.escape, _months(language)), key=len, reverse=True)) + r")\.?"
    gap = f"[{_SPACES} ]"
    parts = (
        rf"\b\d{{1,2}}{gap}{month}(?:{gap}\d{{4}})?\b",
        rf"\b{month}{gap}(?:\d{{1,2}},{gap})?\d{{4}}\b",
        r"\b(?:19|20)\d\d-(?:Q[1-4]|H[12]|\d\d(?:-\d\d)?)\b",
        rf"\b[QH][1-4]{gap}(?:19|20)\d\d\b",
        rf"\b\d(?:e|st|nd|rd|th){gap}\w+{gap}(?:19|20)\d\d\b",
        r"(?<![\d.,+\u2212-])(?:19|20)\d\d(?![\d.,]\d|\d)\b",
        rf"\b9\d{gap}?%(?:\s*:|-\w+|{gap}(?:interval|confidence))",
        r"\b0[-\u2011]meting\w*",
        r"\b\d{1,2}:\d\d\b",
    )
    return re.compile("|".join(parts), re.IGNORECASE)
