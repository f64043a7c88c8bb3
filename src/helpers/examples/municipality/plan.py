"""The planted truths of Gemeente Voorbeeld: answers and complaints per group and half-year, by hand.

Nothing here is drawn. Every mean of the example follows from these counts, and
``docs/examples/voorbeeld-gemeente.md`` says which of them a report must bring out.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

HALF_YEARS: dict[str, tuple[dt.date, dt.date]] = {
    "2024-H2": (dt.date(2024, 7, 1), dt.date(2024, 12, 31)),
    "2025-H1": (dt.date(2025, 1, 1), dt.date(2025, 6, 30)),
    "2025-H2": (dt.date(2025, 7, 1), dt.date(2025, 12, 31)),
    "2026-H1": (dt.date(2026, 1, 1), dt.date(2026, 6, 30)),
}
"""Per half-year its first and last day."""


class Cell(NamedTuple):
    """What was answered at one counter about one service in one half-year: how often 1, 2, 3, 4 and 5.

    Parameters
    ----------
    satisfaction
        5 is very satisfied.
    effort
        1 is very little effort; fewer people answer this second question.
    """

    satisfaction: tuple[int, ...]
    effort: tuple[int, ...]


# One column per half-year. Centrum works by appointment since July 2025; Noord lost its adviser for care in
# January 2026 and its other desks wait for each other; Dorpen has few visitors, and care only since 2026.
_SATISFACTION = {
    ("C", "REIS"): "6/10/14/22/12 5/11/15/23/12 3/5/11/28/21 2/4/9/30/27",
    ("C", "VERH"): "3/5/8/14/8 3/5/8/15/8 1/3/7/17/13 1/3/6/18/15",
    ("C", "AKTE"): "2/4/8/13/9 2/5/7/14/9 1/3/6/15/12 1/2/6/17/13",
    ("C", "ZORG"): "4/6/8/10/5 4/5/9/11/5 3/5/8/12/7 3/4/8/13/8",
    ("N", "REIS"): "2/4/9/24/15 2/5/9/25/15 2/4/10/25/16 5/8/13/22/10",
    ("N", "VERH"): "1/3/6/15/9 1/3/7/15/9 1/3/6/16/9 3/5/8/14/6",
    ("N", "AKTE"): "1/2/5/14/10 1/2/6/14/10 1/2/5/15/10 2/4/7/14/7",
    ("N", "ZORG"): "2/3/7/19/13 2/3/8/19/13 2/4/7/20/13 12/14/10/9/5",
    ("Z", "REIS"): "3/6/12/26/15 3/6/12/27/15 3/6/12/27/16 3/6/13/28/16",
    ("Z", "VERH"): "2/3/8/16/9 2/3/8/16/10 2/4/8/16/9 2/3/8/17/10",
    ("Z", "AKTE"): "1/3/7/15/10 1/3/7/16/10 1/3/8/15/10 1/3/7/16/11",
    ("Z", "ZORG"): "2/4/8/13/8 2/4/8/14/8 2/4/9/13/8 2/4/8/14/9",
    ("D", "REIS"): "1/1/3/9/6 1/2/3/9/6 1/1/4/9/7 1/1/4/10/8",
    ("D", "VERH"): "0/1/2/3/2 0/1/2/4/2 0/1/2/3/1 0/0/1/2/1",
    ("D", "AKTE"): "0/1/2/5/3 0/1/2/5/4 0/1/3/5/3 0/1/2/6/4",
    ("D", "ZORG"): "- - - 0/1/3/6/4",
}
_EFFORT = {
    ("C", "REIS"): "8/13/13/13/8 8/14/13/13/8 18/19/11/7/4 23/20/10/6/3",
    ("C", "VERH"): "5/8/8/7/4 5/8/8/8/4 11/12/7/4/2 12/13/6/4/2",
    ("C", "AKTE"): "5/8/8/6/3 5/9/8/6/3 9/11/7/3/2 10/12/7/3/1",
    ("C", "ZORG"): "3/6/8/7/4 3/6/8/8/4 4/8/9/6/3 5/8/9/6/3",
    ("N", "REIS"): "14/17/9/4/2 14/18/9/4/2 15/18/9/4/2 11/15/12/8/4",
    ("N", "VERH"): "8/11/6/3/1 8/11/7/3/1 8/11/7/3/1 6/10/8/5/2",
    ("N", "AKTE"): "8/10/6/3/1 8/10/6/3/1 8/11/6/3/1 7/9/7/4/2",
    ("N", "ZORG"): "10/14/8/4/2 10/14/8/5/2 10/15/8/4/2 3/6/9/14/11",
    ("Z", "REIS"): "14/19/12/6/3 14/19/12/6/3 14/19/13/6/3 14/20/13/6/3",
    ("Z", "VERH"): "9/12/7/4/1 9/12/8/4/1 9/12/7/4/2 9/13/8/4/1",
    ("Z", "AKTE"): "8/11/7/4/1 8/12/7/4/1 8/11/8/4/1 8/12/7/4/1",
    ("Z", "ZORG"): "6/10/8/4/2 6/10/8/5/2 6/10/8/4/2 6/10/9/5/2",
    ("D", "REIS"): "5/6/4/1/1 5/7/4/1/1 5/7/4/2/1 6/8/4/2/1",
    ("D", "VERH"): "2/2/2/1/0 2/3/2/1/0 2/2/1/1/0 1/2/1/0/0",
    ("D", "AKTE"): "3/3/2/1/0 3/4/2/1/0 3/4/2/1/0 3/4/2/2/0",
    ("D", "ZORG"): "- - - 3/5/3/1/0",
}


def _read(text: str) -> tuple[int, ...]:
    return (0, 0, 0, 0, 0) if text == "-" else tuple(map(int, text.split("/")))


ANSWERS: dict[tuple[str, str], tuple[Cell, ...]] = {
    cell: tuple(
        Cell(_read(satisfaction), _read(effort))
        for satisfaction, effort in zip(text.split(), _EFFORT[cell].split(), strict=True)
    )
    for cell, text in _SATISFACTION.items()
}
"""Per location and service (codes of the terminal), the answers of each half-year."""

WITH_APPOINTMENT: dict[str, tuple[float, ...]] = {
    "C": (0.3, 0.3, 1.0, 1.0),
    "N": (0.3, 0.3, 0.3, 0.3),
    "Z": (0.3, 0.3, 0.3, 0.3),
    "D": (0.0, 0.0, 0.0, 0.0),
}
"""Per location the share of visitors who had an appointment, each half-year."""

QUARTERS = ("2024-Q3", "2024-Q4", "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2")

# Complaints per visits, one column per quarter.
_COMPLAINTS = {
    "Centrum": "31/8420 29/8610 30/8550 27/8490 20/7730 18/7910 15/8020 14/8140",
    "Noord": "9/4310 11/4420 10/4380 10/4290 11/4360 9/4450 27/4210 34/4080",
    "Zuid": "14/5230 13/5310 14/5280 15/5190 13/5240 14/5330 14/5290 13/5220",
    "Dorpen": "1/610 0/590 1/620 2/600 0/610 1/580 1/640 1/650",
}
COMPLAINTS: dict[str, tuple[tuple[int, int], ...]] = {
    location: tuple((int(each.split("/")[0]), int(each.split("/")[1])) for each in text.split())
    for location, text in _COMPLAINTS.items()
}
"""Per location (as the complaints desk writes it) the complaints and the visits of each quarter."""
