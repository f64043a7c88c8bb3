"""The terminals at the exits of the counters: one export of all four, as its supplier sends it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from helpers.examples.drawing import Draw
from helpers.examples.municipality.plan import ANSWERS, HALF_YEARS, WITH_APPOINTMENT
from helpers.examples.writing import tab_file

HEADER = (
    ("Terminal", "", "", "Bezoek", "", "", "", "Oordeel", ""),
    ("Naam", "Volgnr", "Stand", "Tijdstip", "Locatie", "Dienst", "Afspraak", "Tevredenheid", "Moeite"),
)
"""A name of the upper row stands above its first column only, as in a merged cell."""
NAME, NUMBER, STATE, TIME, LOCATION, SERVICE, APPOINTMENT, SATISFACTION, EFFORT = range(9)
TERMINALS = {"C": "zuil-centrum", "N": "zuil-noord", "Z": "zuil-zuid", "D": "zuil-dorpen"}
SATISFACTION_TEXTS = ("1 - zeer ontevreden", "2 - ontevreden", "3 - neutraal", "4 - tevreden", "5 - zeer tevreden")
EFFORT_CODES = ("SM++", "SM+", "SM0", "SM-", "SM--")
"""The smileys of the second question, the happiest first: very little effort is 1."""
SKIPPED = "overgeslagen"
SATURDAY = 5
OPENS, CLOSES = 9, 17

SKIPPED_PER_HALF_YEAR = 6
MAINTENANCE_PER_HALF_YEAR = 4
SENT_TWICE_EACH = 190
"""Of how many rows one was sent twice, when the connection failed."""

FAULTS: tuple[tuple[str, int, str], ...] = (
    ("2024-H2", SATISFACTION, "6 - onbekend"),
    ("2025-H1", TIME, "31-02-2025 10:12"),
    ("2025-H2", EFFORT, "SM?"),
    ("2026-H1", SATISFACTION, "tevreden"),
    ("2026-H1", TIME, "00-00-0000 00:00"),
)
"""Per faulty row its half-year, its column and what stands there."""


@dataclass(frozen=True)
class Tap:
    """A visitor at a terminal, before it is numbered."""

    moment: dt.datetime
    cells: tuple[str, ...]

    def but(self, column: int, found: str) -> Tap:
        """Return the row with other text in one cell."""
        return Tap(self.moment, (*self.cells[:column], found, *self.cells[column + 1 :]))


def file() -> bytes:
    """Return ``terminals.txt``: tabs, UTF-16, two rows of column names."""
    draw = Draw("voorbeeld-gemeente terminals")
    taps = [tap for place, name in enumerate(HALF_YEARS) for tap in _half_year(draw, name, place)]
    ordered = sorted(draw.shuffled(taps), key=lambda tap: tap.moment)
    return tab_file([*HEADER, *_sent(_numbered(ordered))])


def _half_year(draw: Draw, name: str, place: int) -> Iterator[Tap]:
    days = _opened(*HALF_YEARS[name])
    for (location, service), halves in ANSWERS.items():
        happy, easy = halves[place]
        satisfaction = [SATISFACTION_TEXTS[answer] for answer in reversed(range(5)) for _ in range(happy[answer])]
        effort = [EFFORT_CODES[answer] for answer in range(5) for _ in range(easy[answer])]
        for said, tried in zip(satisfaction, _spread(effort, over=len(satisfaction)), strict=True):
            yield _tap(draw, days, location, service, place).but(SATISFACTION, said).but(EFFORT, tried)
    yield from _beyond_the_plan(draw, name, place)


def _beyond_the_plan(draw: Draw, name: str, place: int) -> Iterator[Tap]:
    days = _opened(*HALF_YEARS[name])

    def elsewhere() -> Tap:
        return _tap(draw, days, draw.pick("CNZ"), "REIS", place)

    for _ in range(SKIPPED_PER_HALF_YEAR):
        yield elsewhere().but(SATISFACTION, SKIPPED)
    for _ in range(MAINTENANCE_PER_HALF_YEAR):
        yield elsewhere().but(STATE, "onderhoud").but(SATISFACTION, SATISFACTION_TEXTS[-1]).but(EFFORT, EFFORT_CODES[0])
    for half_year, column, found in FAULTS:
        if half_year == name:
            yield elsewhere().but(SATISFACTION, SATISFACTION_TEXTS[3]).but(EFFORT, EFFORT_CODES[1]).but(column, found)


def _tap(draw: Draw, days: Sequence[dt.date], location: str, service: str, place: int) -> Tap:
    day = draw.pick(days)
    hour, minute = OPENS + draw.below(CLOSES - OPENS), draw.below(60)
    moment = dt.datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001 - a terminal's clock has no zone
    appointment = "ja" if draw.chance(WITH_APPOINTMENT[location][place]) else "nee"
    return Tap(
        moment,
        (TERMINALS[location], "", "normaal", f"{moment:%d-%m-%Y %H:%M}", location, service, appointment, "", ""),
    )


def _opened(first: dt.date, last: dt.date) -> list[dt.date]:
    days = [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]
    return [day for day in days if day.weekday() < SATURDAY]


def _spread(answers: Sequence[str], *, over: int) -> Iterator[str]:
    # the second question is skipped evenly from the happiest to the unhappiest visitor
    for place in range(over):
        before, after = place * len(answers) // over, (place + 1) * len(answers) // over
        yield answers[before] if after > before else ""


def _numbered(ordered: Sequence[Tap]) -> Iterator[tuple[str, ...]]:
    # each terminal counts for itself, so a number says nothing without the terminal's name
    seen = dict.fromkeys(TERMINALS.values(), 0)
    for tap in ordered:
        seen[tap.cells[NAME]] += 1
        yield tap.but(NUMBER, str(seen[tap.cells[NAME]])).cells


def _sent(rows: Iterator[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    for place, row in enumerate(rows, start=1):
        yield row
        if place % SENT_TWICE_EACH == 0:
            yield row
