"""The complaints desk's own count: complaints and visits per location and quarter."""

from __future__ import annotations

from helpers.examples.municipality.plan import COMPLAINTS, QUARTERS
from helpers.examples.writing import csv_file

COLUMNS = ("location", "period", "measure", "numerator", "denominator", "source")
SOURCE = "Klachtenregister en bezoekersteller"


def file() -> bytes:
    """Return ``indicators.csv``: semicolons, quarter by quarter."""
    rows = [
        {
            "location": location,
            "period": quarter,
            "measure": "complaints",
            "numerator": str(complaints),
            "denominator": str(visits),
            "source": SOURCE,
        }
        for place, quarter in enumerate(QUARTERS)
        for location, counts in COMPLAINTS.items()
        for complaints, visits in [counts[place]]
    ]
    return csv_file(rows, columns=COLUMNS, separator=";", line_end="\r\n")
