"""The planted truths of Example Mutual: promoters/passives/detractors per group and fiscal year, by hand.

Nothing here is drawn. Every NPS of the example follows from these counts, and
``docs/examples/example-insurer.md`` says how little a report may conclude from them.
"""

from __future__ import annotations

import datetime as dt

from helpers.examples.drawing import Counts

WAVES: dict[str, tuple[dt.date, dt.date]] = {
    "2023": (dt.date(2023, 11, 6), dt.date(2023, 11, 24)),
    "2024": (dt.date(2024, 11, 4), dt.date(2024, 11, 22)),
    "2025": (dt.date(2025, 11, 3), dt.date(2025, 11, 21)),
}
"""Per fiscal year the first and last day of fieldwork of the survey of all policyholders."""

_RELATIONAL = {
    "Motor": "17/12/7 18/12/7 20/12/7",
    "Home": "12/8/4 12/9/4 13/9/3",
    "Travel": "1/1/1 2/1/1 1/2/1",
}
RELATIONAL: dict[str, tuple[Counts, ...]] = {
    product: tuple(map(Counts.read, text.split())) for product, text in _RELATIONAL.items()
}
"""Per product, the counts of each wave."""

NO_SCORE = (9, 7, 8)
"""Per wave how many opened the questionnaire and gave no score; the vendor divides by them too."""

YEARS: dict[str, tuple[dt.date, dt.date]] = {
    "2024": (dt.date(2024, 4, 1), dt.date(2025, 3, 31)),
    "2025": (dt.date(2025, 4, 1), dt.date(2026, 3, 31)),
}
"""Per fiscal year, named after the calendar year in which it begins, its first and last day."""

_CLAIMS = {
    ("Motor", "Online"): "9/10/9 13/11/7",
    ("Motor", "Adjuster"): "5/6/5 5/6/6",
    ("Home", "Online"): "3/3/2 3/4/2",
    ("Home", "Adjuster"): "4/5/6 6/6/4",
    ("Travel", "Online"): "2/1/1 1/2/1",
    ("Travel", "Adjuster"): "- 1/1/0",
}
CLAIMS: dict[tuple[str, str], tuple[Counts, ...]] = {
    cell: tuple(map(Counts.read, text.split())) for cell, text in _CLAIMS.items()
}
"""Per product and way of handling, the counts of each fiscal year."""
