"""The question after each settled claim: the export of a claims system, with American dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from helpers.examples.drawing import SCORES, Counts, Draw, repeated
from helpers.examples.insurer.plan import CLAIMS, YEARS
from helpers.examples.writing import csv_file

COLUMNS = (
    "claim", "settled", "answered", "product", "handled by", "recommend", "satisfied", "paid out", "comment",
)  # fmt: skip
SATISFACTION = {"promoter": "7 6 7 6 6", "passive": "5 6 5", "detractor": "3 4 2 4 5"}
"""Answers on 1-7 that belong to a score, dealt out in turn: their share follows from the counts."""
COMMENT_SHARE = 0.2
COMMENTS: dict[str, tuple[str, ...]] = {
    "promoter": ("Paid within the week.", "Uploaded two photos, that was it.", "The adjuster was kind and quick."),
    "passive": ("Settled fairly, but I had to call twice.", 'Fine. The form asks the same thing "three" times.'),
    "detractor": ("Eleven weeks, four adjusters.", "Nobody explained why only half was paid."),
}
"""Per band, open answers."""
NO_SCORE_PER_YEAR = 4

FAULTS: tuple[tuple[str, str, str], ...] = (
    ("2024", "recommend", "ten"),
    ("2025", "answered", "02/30/2026"),
)
"""Per faulty row its fiscal year, its column and what stands there."""

Row = dict[str, str]


class Answer(NamedTuple):
    """A row before it is numbered, with the day it is sorted by."""

    day: dt.date
    row: Row


def file() -> bytes:
    """Return ``claims.csv``: commas, dates as month/day/year, amounts such as 1,250.50."""
    draw = Draw("example-insurer claims")
    answers = [answer for place, year in enumerate(YEARS) for answer in _year(draw, year, place)]
    ordered = sorted(draw.shuffled(answers), key=lambda answer: answer.day)
    rows = [{"claim": f"C-{number:04d}"} | answer.row for number, answer in enumerate(ordered, start=1)]
    return csv_file(rows, columns=COLUMNS)


def _year(draw: Draw, year: str, place: int) -> Iterator[Answer]:
    for cell, counts in CLAIMS.items():
        yield from _planned(draw, cell, year, counts[place])
    for number in range(NO_SCORE_PER_YEAR):
        yield _claim(draw, ("Motor", "Online"), year, {"recommend": repeated(("N/A", ""), number)})
    for fiscal_year, column, found in FAULTS:
        if fiscal_year == year:
            yield _claim(draw, ("Motor", "Online"), year, {"recommend": "8", "satisfied": "5"} | {column: found})


def _planned(draw: Draw, cell: tuple[str, str], year: str, counts: Counts) -> Iterator[Answer]:
    dealt: dict[str, int] = {}
    for band in counts.bands:
        place = dealt[band] = dealt.get(band, -1) + 1
        said = {
            "recommend": str(draw.pick(SCORES[band])),
            "satisfied": repeated(SATISFACTION[band].split(), place),
            "comment": draw.pick(COMMENTS[band]) if draw.chance(COMMENT_SHARE) else "",
        }
        yield _claim(draw, cell, year, said)


def _claim(draw: Draw, cell: tuple[str, str], year: str, said: Row) -> Answer:
    first, last = YEARS[year]
    day = draw.day(first, last)
    settled = max(first, day - dt.timedelta(days=draw.below(14)))
    paid = draw.pick((300, 1200, 6000))
    row = {
        "settled": _american(settled),
        "answered": _american(day),
        "product": cell[0],
        "handled by": cell[1],
        "paid out": f"{paid * draw.below(100) / 100:,.2f}",
    }
    return Answer(day, row | said)


def _american(day: dt.date) -> str:
    return f"{day:%m/%d/%Y}"
