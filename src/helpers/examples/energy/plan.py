"""The planted truths of Voorbeeld Energie: promoters/passives/detractors per group and period, by hand.

Nothing here is drawn. Every NPS of the example follows from these counts, and
``docs/examples/voorbeeld-energie.md`` says which of them a report must bring out.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from helpers.examples.drawing import Counts

QUARTERS = ("2024-Q4", "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3")

# One column per quarter. Stroom × Storing rises after the programme of spring 2025; Gas × Facturatie falls
# with the billing system of January 2026; Warmte takes new customers from January 2025 and has few failures
# in summer.
_TRANSACTIONAL = {
    ("P01", "Aanmelden"): "24/22/12 25/23/12 23/22/12 26/24/12 27/24/13 29/25/12 27/24/12 31/26/11",
    ("P01", "Facturatie"): "20/23/21 21/24/21 21/22/19 22/22/21 23/24/21 24/26/22 23/25/22 26/27/23",
    ("P01", "Storing"): "9/18/25 12/21/27 13/17/18 15/15/14 22/20/16 27/22/17 24/19/13 29/21/12",
    ("P02", "Aanmelden"): "16/15/9 17/16/9 16/14/8 17/16/8 19/16/8 21/17/7 20/16/6 24/17/7",
    ("P02", "Facturatie"): "18/18/14 19/19/14 17/17/14 18/18/14 19/18/14 14/22/24 10/21/27 10/23/31",
    ("P02", "Storing"): "9/14/17 10/15/19 9/12/15 10/12/12 15/15/14 19/17/14 17/14/11 20/15/10",
    ("P03", "Aanmelden"): "- 3/5/4 4/6/6 6/8/6 7/10/7 9/11/8 11/11/8 12/13/9",
    ("P03", "Facturatie"): "3/5/6 3/7/6 4/6/6 5/6/7 5/8/7 6/8/8 6/8/8 7/9/8",
    ("P03", "Storing"): "2/3/3 3/3/4 2/2/2 1/1/1 4/4/4 5/5/4 3/2/2 1/2/1",
}
TRANSACTIONAL: dict[tuple[str, str], tuple[Counts, ...]] = {
    cell: tuple(map(Counts.read, text.split())) for cell, text in _TRANSACTIONAL.items()
}
"""Per product code and process, the counts of each quarter."""

PRODUCTS = {"P01": "Stroom", "P02": "Gas", "P03": "Warmte"}
"""What the product codes of the export stand for."""
INVITED_EACH = {"Aanmelden": 10 / 3, "Facturatie": 4.2, "Storing": 2.8}
"""Per process, how many people are reached for each questionnaire that comes back."""
LOST = {"promoter": 0.04, "passive": 0.10, "detractor": 0.25}
CROSS_SOLD = {"promoter": 0.30, "passive": 0.18, "detractor": 0.08}
"""Per band of the last answer up to the end of 2025, who left in 2025 and who bought something more."""

WAVES: dict[str, tuple[dt.date, dt.date]] = {
    "2024-Q4": (dt.date(2024, 11, 11), dt.date(2024, 12, 6)),
    "2025-Q1": (dt.date(2025, 2, 10), dt.date(2025, 3, 7)),
    "2025-Q3": (dt.date(2025, 8, 18), dt.date(2025, 9, 12)),
    "2026-Q1": (dt.date(2026, 2, 9), dt.date(2026, 3, 6)),
    "2026-Q3": (dt.date(2026, 8, 24), dt.date(2026, 9, 18)),
}
"""Per relational wave its first and last day of fieldwork."""

_RELATIONAL = {
    "P01": "71/93/58 71/95/54 72/96/50 75/97/48 76/96/44",
    "P02": "38/58/40 39/57/38 39/57/36 39/56/35 39/56/33",
    "P03": "9/18/15 10/20/16 12/23/17 14/26/18 16/28/20",
}
RELATIONAL: dict[str, tuple[Counts, ...]] = {
    product: tuple(map(Counts.read, text.split())) for product, text in _RELATIONAL.items()
}
"""Per product code, the counts of each relational wave."""

# Binary fractions, so that sums are exact. Warmte is asked more than its share of customers (weight about a
# half); within each product and band there are as many young (heavier) as old (lighter) answers, so that a
# product's weighted shares equal its counts and only the mix of products is weighted.
WEIGHTS: dict[str, tuple[float, float, float]] = {
    "P01": (1.375, 1.125, 0.875),
    "P02": (1.375, 1.125, 0.875),
    "P03": (0.625, 0.5, 0.375),
}
"""Per product code the weight of a young, a middle and an old respondent."""

EMPLOYEE_WAVES = ("2024-Q4", "2025-Q4")


class Team(NamedTuple):
    """A team: where it stands, how many people it has and how they answered, one entry per employee wave."""

    path: tuple[str, ...]
    employees: tuple[int, int]
    counts: tuple[Counts, Counts]


# unit · employees and answers in November 2024 · the same in November 2025
_TEAMS = """
Klant > Service > Klantcontact > Noord              26 3/9/8  27 2/9/10
Klant > Service > Klantcontact > Zuid               25 4/8/7  26 2/8/10
Klant > Service > Klantcontact > Avond en weekend   10 1/3/3  10 0/3/4
Klant > Service > Storingsdienst > Noord            24 3/8/7  26 7/9/5
Klant > Service > Storingsdienst > Zuid             22 3/7/7  24 7/8/4
Klant > Service > Storingsdienst > Planning         14 2/5/4  14 3/5/3
Klant > Service > Facturatie > Facturen             24 4/8/6  26 1/7/12
Klant > Service > Facturatie > Incasso              16 2/5/5  17 1/5/7
Klant > Verkoop > Consumenten > Werving             20 5/7/3  20 5/8/3
Klant > Verkoop > Consumenten > Behoud              18 4/6/4  19 4/7/4
Klant > Verkoop > Zakelijk > MKB                    17 5/6/2  17 5/5/3
Klant > Verkoop > Zakelijk > Grootverbruik           9 2/3/2   9 3/3/1
Techniek > Warmte > Aanleg > Noord                  19 5/7/3  22 8/7/2
Techniek > Warmte > Aanleg > Zuid                   18 5/6/3  21 7/7/2
Techniek > Warmte > Beheer > Centrales              16 5/5/2  17 6/5/2
Techniek > Warmte > Beheer > Onderhoud              18 5/6/3  19 7/6/2
Techniek > Netten > Meters > Oost                   20 5/7/3  20 7/7/2
Techniek > Netten > Meters > West                   19 6/7/2  19 8/5/2
Techniek > Netten > Aansluitingen > Noord           17 4/6/3  17 7/4/2
Bedrijf > ICT > Ontwikkeling > Mijn Energie         18 5/6/3  20 5/7/4
Bedrijf > ICT > Ontwikkeling > Facturatiesysteem    14 3/5/3  16 2/5/5
Bedrijf > ICT > Beheer > Werkplek                    9 2/3/2   9 2/3/2
Bedrijf > Staf > Ondersteuning > Financiën          15 5/5/2  15 4/6/2
Bedrijf > Staf > Ondersteuning > HR en communicatie 12 4/4/2  10 4/3/1
"""


def _team(line: str) -> Team:
    path, *cells = line.rsplit(maxsplit=4)
    return Team(
        tuple(path.strip().split(" > ")),
        (int(cells[0]), int(cells[2])),
        (Counts.read(cells[1]), Counts.read(cells[3])),
    )


TEAMS: tuple[Team, ...] = tuple(map(_team, _TEAMS.strip().splitlines()))
"""The 24 teams, in the order of the organisation chart."""

LONG_SERVICE_SHARE = {"promoter": 0.10, "passive": 0.20, "detractor": 0.50}
"""Of each band, the share of employees over 50 with more than ten years of service."""

# Per question the answers of: over 50 with long service, then the bands of the others, dealt out in turn.
# autonomie is asked in Service and elsewhere; a high answer on resultaten means too few results.
DRIVERS: dict[str, dict[str, str]] = {
    "waardering": {"long": "2 1 3 2 2 1", "promoter": "5 4 5 4 5", "passive": "4 4 3 4", "detractor": "3 4 3 2 4"},
    "groei": {"long": "1 2 2 1 3 2 1", "promoter": "4 5 4 4", "passive": "4 3 4 3 3", "detractor": "3 3 4 2"},
    "resultaten": {"long": "9 8 10 7 9", "promoter": "2 1 3 2 1 4", "passive": "3 4 3 5", "detractor": "5 4 6 5 3"},
    "autonomie": {"promoter": "9 8 9 8 10", "passive": "7 8 8 7", "detractor": "7 6 8 7 5"},
    "autonomie in Service": {"promoter": "6 5 7 6", "passive": "5 4 5 6 4", "detractor": "3 2 4 3 5 3"},
}
