"""What the personnel system knows of the teams: who left, why, and who was trained."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.examples.contact_centre.plan import HEADCOUNT, LEAVERS, NO_ROOM, QUARTERS, TRAINED, WAVES, Unit
from helpers.examples.writing import csv_file

COLUMNS = ("unit", "period", "measure", "numerator", "denominator", "source")
SYSTEM, INTERVIEWS, TRAINING = "personeelssysteem", "exitgesprekken", "opleidingsregister"


def indicators_file() -> bytes:
    """Return ``indicators.csv``: per team, quarter and measure a count and of how many it is."""
    rows = [row for place in range(len(QUARTERS)) for unit in LEAVERS for row in _rows(unit, place)]
    return csv_file([dict(zip(COLUMNS, row, strict=True)) for row in rows], columns=COLUMNS)


def _rows(unit: Unit, place: int) -> Iterator[tuple[str, ...]]:
    quarter = QUARTERS[place]
    employees = HEADCOUNT[unit][[wave[:4] for wave in WAVES].index(quarter[:4])]
    left = LEAVERS[unit][place]
    trained = TRAINED[unit.cluster][place] * employees // 100
    yield unit.path, quarter, "turnover", str(left), str(employees), SYSTEM
    if left:
        yield unit.path, quarter, "exits", str(min(left, NO_ROOM[unit.cluster][place])), str(left), INTERVIEWS
    yield unit.path, quarter, "training", str(trained), str(employees), TRAINING
