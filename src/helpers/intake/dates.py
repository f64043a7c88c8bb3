"""Dates as people and survey tools write them, read as calendar dates, judged once per different day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd
import pyarrow.compute as pc
from numpy.typing import NDArray

from helpers.intake.faults import found_text
from helpers.intake.reading.tables import Coded, Text

Order = Literal["day/month", "month/day"]
MONTHS_IN_YEAR = 12
_TIME = (
    r"[T ,]+\d{1,2}[:.]\d{2}([:.]\d{2})?([.,]\d+)?\s*([AaPp]\.?[Mm]\.?)?"
    r"\s*((GMT|UTC)?[+-]\d{1,2}(:?\d{2})?)?\s*\(?[A-Za-z]*(/[A-Za-z_]+)*\)?$"
)
_PLAIN_ISO = r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}[0-9:.,Z+-]*)?$"
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")
_YEAR_FIRST = re.compile(r"(?P<year>[0-9]{4})([-/.])(?P<month>[0-9]{1,2})\2(?P<day>[0-9]{1,2})")
_COMPACT = re.compile(r"(?P<year>(?:19|20)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")
_YEAR_LAST = re.compile(r"(?P<day>[0-9]{1,2})([-/.])(?P<month>[0-9]{1,2})\2(?P<year>[0-9]{4})")
_NAMED = re.compile(r"(?P<day>[0-9]{1,2})[ .-]+(?P<month>[a-z]{3,9})\.?[ -]+(?P<year>[0-9]{4})")
_MONTH_FIRST = re.compile(r"(?P<month>[a-z]{3,9})\.? (?P<day>[0-9]{1,2})(?:st|nd|rd|th)?,? +(?P<year>[0-9]{4})")
_WAYS = (_YEAR_FIRST, _COMPACT, _YEAR_LAST, _NAMED, _MONTH_FIRST)
_WEEKDAY = (
    r"^(?i:ma(andag)?|di(nsdag)?|wo(ensdag)?|do(nderdag)?|vr(ijdag)?|za(terdag)?|zo(ndag)?"
    r"|mon(day)?|tue(s|sday)?|wed(nesday)?|thu(r|rs|rsday)?|fri(day)?|sat(urday)?|sun(day)?)[.,]*\s+"
)
_SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
_MONTHS = (
    ("jan", "januari", "january"),
    ("feb", "februari", "february"),
    ("mrt", "mar", "maart", "march"),
    ("apr", "april"),
    ("mei", "may"),
    ("jun", "juni", "june"),
    ("jul", "juli", "july"),
    ("aug", "augustus", "august"),
    ("sep", "sept", "september"),
    ("okt", "oct", "oktober", "october"),
    ("nov", "november"),
    ("dec", "december"),
)
_MONTH_NUMBERS = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_TIME_LETTERS = ("%H", "%I", "%M", "%p", "%S", "%f", "%z", "%Z", "%c", "%X")
# Day 0 of the serial numbers of Excel's 1900 system, which counts a 29 February 1900 that never was.
_SERIAL_START = dt.date(1899, 12, 30)
_DAYS = "datetime64[D]"


class DatesError(ValueError):
    """A column of dates that cannot be read as a whole; the message says what the column is or does."""


def calendar_dates(
    values: Text, *, date_format: str | None = None, serial_numbers: bool = False
) -> NDArray[np.datetime64]:
    """Return the calendar date, as written, that each text is; NaT where it is none.

    Parameters
    ----------
    values
        Texts without blanks around them: ISO, with or without its dashes, year last with dashes or dots (day
        first), with slashes (the order that the dates together allow), or with the month as a Dutch or English
        word. A day of the week before it, a time after it and the time's zone are left out: the date is the
        one written. A year of two digits is no date unless `date_format` says so.
    date_format
        How dates are written, in the letters of `strptime`; ISO dates are read beside it, and a time that it
        does not mention is left out.
    serial_numbers
        Whether a number of five digits is a day number of a workbook.

    Raises
    ------
    DatesError
        If dates with slashes can be read in both orders, or need both; or if `date_format` is none.

    Examples
    --------
    >>> import pyarrow as pa
    >>> calendar_dates(pa.array(["2026-03-01T10:00:00Z", "1-4-2026", "3 maart 2026", "30/02/2026"]))
    array(['2026-03-01', '2026-04-01', '2026-03-03',        'NaT'],
          dtype='datetime64[D]')
    """
    if date_format:
        return _declared(Coded.of(values), date_format)
    days = Coded.of(_without_time(values))
    order = _order(days.texts)
    return days.rows(np.array([_day(text, order, serial_numbers) for text in days.texts], dtype=_DAYS))


def _without_time(values: Text) -> Text:
    if pc.all(pc.match_substring_regex(values, _PLAIN_ISO)).as_py():
        return pc.utf8_slice_codeunits(values, 0, 10)
    return pc.replace_substring_regex(pc.replace_substring_regex(values, _WEEKDAY, ""), _TIME, "")


def _declared(column: Coded, date_format: str) -> NDArray[np.datetime64]:
    try:
        # A known date tells a wrong format from a wrong value.
        dt.datetime.strptime(dt.datetime(2026, 12, 31, tzinfo=dt.UTC).strftime(date_format), date_format)  # noqa: DTZ007
    except ValueError:
        raise DatesError(f"cannot be read with date_format '{date_format}'") from None
    if not any(letter in date_format for letter in _TIME_LETTERS):
        column = Coded(column.codes, pc.replace_substring_regex(column.values, _TIME, ""))
    if "%z" in date_format or "%Z" in date_format:
        # pandas shifts mixed offsets to one zone; the date as written is wanted.
        found = np.array([_strptime(text, date_format) for text in column.texts], dtype=_DAYS)
    else:
        parsed = pd.to_datetime(pd.Series(column.texts, dtype="str"), format=date_format, errors="coerce")
        found = parsed.to_numpy().astype(_DAYS)
    for place in np.flatnonzero(np.isnat(found)):
        if iso := _ISO.match(column.texts[place]):
            found[place] = _day(iso[0], None, serial_numbers=False)
    return column.rows(found)


def _strptime(text: str, date_format: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(text, date_format).date()  # noqa: DTZ007 - the date as written
    except ValueError:
        return None


def _order(texts: Sequence[str]) -> Order | None:
    """Return the order of dates with slashes; None where there are none."""
    slashed = [
        (int(found[1]), int(found[3]), text)
        for text in texts
        if (found := _YEAR_LAST.fullmatch(text)) and found[2] == "/"
    ]
    day_first = [text for first, second, text in slashed if first > MONTHS_IN_YEAR >= second]
    month_first = [text for first, second, text in slashed if second > MONTHS_IN_YEAR >= first]
    if day_first and month_first:
        raise DatesError(
            f"holds dates with the day first ({found_text(day_first[0])}) and with the month first "
            f"({found_text(month_first[0])})"
        )
    either = [text for first, second, text in slashed if first != second]
    if either and not day_first and not month_first:
        raise DatesError(f"can be read with the day or the month first ({found_text(either[0])})")
    return ("month/day" if month_first else "day/month") if slashed else None


def _day(text: str, order: Order | None, serial_numbers: bool) -> dt.date | None:
    found = next((match for way in _WAYS if (match := way.fullmatch(text.lower()))), None)
    if found is not None:
        month_first = found.re is _YEAR_LAST and found[2] == "/" and order == "month/day"
        month, day = (found["day"], found["month"]) if month_first else (found["month"], found["day"])
        try:
            return dt.date(int(found["year"]), _MONTH_NUMBERS.get(month) or int(month), int(day))
        except ValueError:
            return None
    if serial_numbers and (serial := _SERIAL.fullmatch(text)):
        return _SERIAL_START + dt.timedelta(days=int(serial[1]))
    return None
