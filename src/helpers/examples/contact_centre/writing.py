"""How the contact centre's systems write: semicolons, Windows-1252, and times with their zone."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence

SUMMER, WINTER = dt.timedelta(hours=2), dt.timedelta(hours=1)
LAST_MONTH_OF_SUMMER, FIRST_MONTH_OF_SUMMER, SUNDAY = 10, 3, 6


def dutch_file(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    r"""Return a CSV file as an older Windows program writes it; names in the header may stand there twice.

    Examples
    --------
    >>> dutch_file(["a", "a"], [["€ 1", "é"]])
    b'a;a\r\n\x80 1;\xe9\r\n'
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode("cp1252")


def with_zone(moment: dt.datetime) -> str:
    """Return a moment in the Netherlands as ISO text with its offset.

    Examples
    --------
    >>> with_zone(dt.datetime(2026, 7, 1, 0, 20)), with_zone(dt.datetime(2026, 1, 5, 9, 0))
    ('2026-07-01T00:20:00+02:00', '2026-01-05T09:00:00+01:00')
    """
    first, last = (_last_sunday(moment.year, month) for month in (FIRST_MONTH_OF_SUMMER, LAST_MONTH_OF_SUMMER))
    offset = SUMMER if first <= moment.date() < last else WINTER
    return moment.replace(tzinfo=dt.timezone(offset)).isoformat()


def _last_sunday(year: int, month: int) -> dt.date:
    # both months have 31 days
    end = dt.date(year, month, 31)
    return end - dt.timedelta(days=(end.weekday() - SUNDAY) % 7)
