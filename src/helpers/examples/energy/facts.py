"""Facts beside the surveys: who was invited, and what the customer system knows of who answered."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

from helpers.examples.drawing import SCORES, Draw
from helpers.examples.energy.plan import CROSS_SOLD, INVITED_EACH, LOST, PRODUCTS, QUARTERS, TRANSACTIONAL
from helpers.examples.energy.transactional import Answer
from helpers.examples.writing import csv_file
from helpers.periods import Period

YEAR = 2025
"""The year of which it is known who stayed."""
JOINED = ("prijs", "verhuizing", "aanbevolen door bekende", "prijs", "actie", "verhuizing", "")
TAKEN_OVER = "overname warmtenet"
RECOMMENDED = "aanbevolen door bekende"
BOUNCED_EACH = 40
_BANDS = {str(score): band for band, scores in SCORES.items() for score in scores}


def invitations_file(answers: Sequence[Answer]) -> bytes:
    """Return ``invitations.csv``: per quarter, product and process how many were asked and not reached.

    Parameters
    ----------
    answers
        The questionnaires that came back.
    """
    came_back = Counter(
        {(str(Period.containing(a.day, "quarter")), a.cells["product"], a.cells["proces"]): 0 for a in answers}
    )
    genuine = {a.cells["enquete_id"]: a for a in answers if a.cells["soort"] == "klant"}
    for answer in genuine.values():
        quarter = str(Period.containing(answer.day, "quarter"))
        came_back[quarter, answer.cells["product"], answer.cells["proces"]] += 1
    rows = [
        _invited(quarter, product, process, came_back[quarter, product, process])
        for quarter in QUARTERS
        for product, process in TRANSACTIONAL
        if came_back[quarter, product, process]
    ]
    return csv_file(rows, columns=("period", "product", "process", "sent", "bounced"))


def _invited(quarter: str, product: str, process: str, came_back: int) -> dict[str, str]:
    reached = round(came_back * INVITED_EACH[process])
    bounced = reached // BOUNCED_EACH
    return {
        "period": quarter,
        "product": PRODUCTS[product],
        "process": process,
        "sent": str(reached + bounced),
        "bounced": str(bounced),
    }


def customers_file(answers: Sequence[Answer]) -> bytes:
    """Return ``customers.csv``: per customer and year revenue, whether they stayed, and how they came.

    Parameters
    ----------
    answers
        The questionnaires, with the numbers of the customers who filled them in.
    """
    genuine = [answer for answer in answers if answer.cells["soort"] == "klant"]
    product = {a.cells["klantnummer"]: a.cells["product"] for a in genuine if a.day.year <= YEAR}
    bands = {a.cells["klantnummer"]: band for a in genuine if a.day.year <= YEAR and (band := _band(a))}
    later = {a.cells["klantnummer"] for a in genuine if a.day.year > YEAR}
    first = {a.cells["klantnummer"]: a.day for a in reversed(genuine)}
    lost = {number for band in LOST for number in _lost(bands, band, later)}
    rows = _customers(product, bands, first, lost)
    columns = ("customer_id", "period", "revenue", "retained", "cross_sold", "referred_by", "joined_because")
    return csv_file(rows, columns=columns)


def _customers(
    product: dict[str, str], bands: dict[str, str], first: dict[str, dt.date], lost: set[str]
) -> Iterator[dict[str, str]]:
    draw = Draw("voorbeeld-energie customers")
    promoters = sorted(number for number, band in bands.items() if band == "promoter")
    sold = {number for band in CROSS_SOLD for number in _share(bands, band, CROSS_SOLD[band])}
    for number in sorted(product):
        because = TAKEN_OVER if product[number] == "P03" else draw.pick(JOINED)
        friend = draw.pick(promoters)
        known = {
            "customer_id": number,
            "referred_by": friend if because == RECOMMENDED and friend != number else "",
            "joined_because": because,
        }
        revenue = 900 + draw.below(900) + draw.below(100) / 100
        if first[number].year < YEAR:
            yield known | {"period": str(YEAR - 1), "revenue": f"{revenue:.2f}", "retained": "ja", "cross_sold": "nee"}
        more = 240 if number in sold else 0
        yield known | {
            "period": str(YEAR),
            "revenue": f"{revenue + more:.2f}",
            "retained": "nee" if number in lost else "ja",
            "cross_sold": "ja" if number in sold else "nee",
        }


def _band(answer: Answer) -> str | None:
    return _BANDS.get(answer.cells.get("aanbeveling", "")) if answer.cells["afgerond"] == "ja" else None


def _lost(bands: dict[str, str], band: str, later: set[str]) -> list[str]:
    """Return who left, among those of whom nothing was heard after the year."""
    group = [number for number, theirs in sorted(bands.items()) if theirs == band]
    silent = [number for number in group if number not in later]
    return _spread(silent, round(LOST[band] * len(group)))


def _share(bands: dict[str, str], band: str, share: float) -> list[str]:
    group = [number for number, theirs in sorted(bands.items()) if theirs == band]
    return _spread(group, round(share * len(group)))


def _spread(values: Sequence[str], count: int) -> list[str]:
    """Return so many of the values, evenly from the first to the last."""
    return [values[place * len(values) // count] for place in range(count)]
