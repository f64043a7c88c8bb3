"""The survey among the agents: anonymous, so without numbers, and a few answers sent in twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from helpers.examples.contact_centre.plan import APPRECIATION, AUTONOMY, HEADCOUNT, STAFF, WAVES, Unit
from helpers.examples.contact_centre.writing import dutch_file, with_zone
from helpers.examples.drawing import SCORES, Draw, repeated
from helpers.examples.writing import csv_file

HEADER = (
    "Ingevuld op", "Cluster", "Team", "Dienstjaren", "Zou je ons aanbevelen als werkgever?", "Toelichting",
    "Ik mag zelf beslissen wat een klant helpt", "Toelichting", "Ik krijg waardering voor wat ik doe",
)  # fmt: skip
FIELDWORK = {"2025-Q3": dt.date(2025, 9, 8), "2026-Q3": dt.date(2026, 9, 7)}
MINUTES_APART = 53
"""No two answers have the same time, so that equal rows are one answer sent in twice."""
SENT_TWICE_EACH = 90
NO_SCORE_TEAMS = ("Hunze", "Lek")
"""Teams in which one more person left the question about the employer open."""
FAULT = ("2026-Q3", "Geul", "10+")
"""The wave and team of a faulty row, and the score that stands there."""
COMMENTS = {
    "promoter": ("Ik mag zelf iets betekenen voor een klant.", "Fijn team, één voor allen."),
    "passive": ("Roosters zijn beter, de systemen nog niet.", "Prima werk, weinig doorgroei."),
    "detractor": ("Ik lees een script voor en daarna hangt men op.", "Weer twee collega’s weg; wie leert mij het vak?"),
}
COMMENT_SHARE = 0.15

Row = list[str]


def file() -> bytes:
    """Return ``medewerkers.csv``: both waves, semicolons, Windows-1252, times with their zone."""
    draw = Draw("voorbeeld-klantcontact employees")
    return dutch_file(HEADER, [row for wave in WAVES for row in _wave(draw, wave)])


def headcount_file() -> bytes:
    """Return ``headcount.csv``: people per team and wave."""
    rows = [
        {"unit": unit.path, "wave": wave, "employees": str(employees[place])}
        for place, wave in enumerate(WAVES)
        for unit, employees in HEADCOUNT.items()
    ]
    return csv_file(rows, columns=("unit", "wave", "employees"))


def _wave(draw: Draw, wave: str) -> Iterator[Row]:
    rows = draw.shuffled([*_planned(draw, wave), *_beyond_the_plan(draw, wave)])
    start = dt.datetime.combine(FIELDWORK[wave], dt.time(8))
    for place, row in enumerate(rows):
        timed = [with_zone(start + dt.timedelta(minutes=MINUTES_APART * place + draw.below(MINUTES_APART))), *row]
        yield timed
        if place % SENT_TWICE_EACH == SENT_TWICE_EACH // 2:
            yield timed


def _planned(draw: Draw, wave: str) -> Iterator[Row]:
    dealt: dict[tuple[str, str], int] = {}
    for unit, counts in STAFF.items():
        for band in counts[WAVES.index(wave)].bands:
            place = dealt[unit.cluster, band] = dealt.get((unit.cluster, band), -1) + 1
            comment = draw.pick(COMMENTS[band]) if draw.chance(COMMENT_SHARE) else ""
            autonomy = repeated(AUTONOMY[unit.cluster, wave][band].split(), place)
            appreciation = repeated(APPRECIATION[band].split(), place)
            score = str(draw.pick(SCORES[band]))
            yield [*_background(draw, unit), score, comment, autonomy, "", appreciation]


def _background(draw: Draw, unit: Unit) -> Row:
    return [unit.cluster, unit.team, str(draw.below(draw.pick((2, 4, 12))))]


def _beyond_the_plan(draw: Draw, wave: str) -> Iterator[Row]:
    for unit in STAFF:
        if unit.team in NO_SCORE_TEAMS:
            yield [*_background(draw, unit), "", "", "6", "", "3"]
        if (wave, unit.team) == FAULT[:2]:
            yield [*_background(draw, unit), FAULT[2], "", "3", "", "4"]
