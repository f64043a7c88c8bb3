"""The survey after each call: one export per year, of several centres, as the telephone system writes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from helpers.examples.contact_centre import words
from helpers.examples.contact_centre.agents import seatings
from helpers.examples.contact_centre.plan import CALLS, CAMPAIGNS, QUARTERS, SEAT_OF, Unit
from helpers.examples.contact_centre.writing import dutch_file, with_zone
from helpers.examples.drawing import SCORES, Draw, repeated
from helpers.periods import Period

HEADER = (
    "Gespreksnummer", "Centrum", "Cluster", "Team", "Medewerker", "Gesprek op", "Ingevuld op", "Onderwerp",
    "Omschrijving", "Opdrachtgever", "Campagne", "Kanaal", "Score", "Score", "Score", "Omschrijving", "Toelichting",
)  # fmt: skip
"""Score stands there three times (recommendation, effort, solved) and Omschrijving twice."""
CENTRE, OTHER_CENTRES = "Voorbeeld Klantcontact", ("Belhuis Oost", "Belhuis West")
EFFORT = {"promoter": "1 2 1 1 2", "passive": "2 3 2", "detractor": "4 5 3 4"}
SOLVED = {"promoter": "5 5 4 5", "passive": "4 4 3", "detractor": "2 1 3 2 4 1"}
SUBJECTS = {"promoter": "V V W V W K", "passive": "V W V K", "detractor": "K V K W"}
"""Answers and subjects that belong to a score, dealt out in turn: the means follow from the counts."""
CHANNELS = ("Telefoon", "Telefoon", "Telefoon", "Chat")
COMMENT_SHARE = 0.15
NO_SCORE_PER_QUARTER = 4
NO_ANSWER_PER_QUARTER = 3
ELSEWHERE_PER_QUARTER = 45
"""Rows of other centres, which the params leave out; one of them has a team called Maas too."""
REGISTERED_TWICE_EACH = 300
"""Of how many calls one was registered twice; the first counts."""
NO_ANSWER = ("", "n.v.t.")
CENTRE_PLACE, AGENT, CLIENT, SCORE, COMMENT = 1, 4, 9, 12, 16
"""Places in the header, counted from 0."""
FAULTS = (
    ("2025-Q3", 12, "11"),
    ("2025-Q4", 13, "0"),
    ("2026-Q1", 12, "tien"),
    ("2026-Q2", 14, "6"),
    ("2026-Q3", 6, "2026-09-31T10:00:00+02:00"),
    ("2026-Q3", 12, "99"),
)
"""Per faulty row its quarter, the place of the cell (from 0) and what stands there."""


@dataclass(frozen=True)
class Call:
    """A row of the export but its number, with the moment it is sorted by."""

    moment: dt.datetime
    cells: tuple[str, ...]

    def but(self, place: int, text: str) -> Call:
        """Return the row with other text in one cell, counted without the number."""
        return Call(self.moment, (*self.cells[: place - 1], text, *self.cells[place:]))


class Dealer:
    """Whose answer each is, and what belongs to it, dealt out in turn per team and band through all quarters."""

    def __init__(self) -> None:
        self._seatings = seatings()
        self._dealt: dict[tuple[str, str], int] = {}

    def planned(self, draw: Draw, quarter: str) -> Iterator[Call]:
        """Yield the calls of a quarter, as the plan counts them."""
        for unit, counts in CALLS.items():
            for band in counts[QUARTERS.index(quarter)].bands:
                place = self._dealt[unit.team, band] = self._dealt.get((unit.team, band), -1) + 1
                agent = self._seatings[quarter][unit.team, repeated(SEAT_OF[band], place)]
                yield _planned(draw, unit, quarter, band, place).but(AGENT, agent)


def files() -> dict[str, bytes]:
    """Return ``gesprekken-<year>.csv``: semicolons, Windows-1252, times with their zone."""
    draw, dealer = Draw("voorbeeld-klantcontact calls"), Dealer()
    calls = [
        call for quarter in QUARTERS for call in (*dealer.planned(draw, quarter), *_beyond_the_plan(draw, quarter))
    ]
    rows = list(_numbered(sorted(draw.shuffled(calls), key=lambda call: call.moment)))
    return {
        f"gesprekken-{year}.csv": dutch_file(HEADER, [cells for moment, cells in rows if moment.year == year])
        for year in sorted({moment.year for moment, _ in rows})
    }


def _planned(draw: Draw, unit: Unit, quarter: str, band: str, place: int) -> Call:
    comment = draw.pick(words.COMMENTS[band]) if draw.chance(COMMENT_SHARE) else ""
    call = _call(draw, unit, quarter, subject=repeated(SUBJECTS[band].split(), place))
    client, campaign = repeated(CAMPAIGNS[unit.team], place)
    effort, solved = repeated(EFFORT[band].split(), place), repeated(SOLVED[band].split(), place)
    answers = {SCORE: str(draw.pick(SCORES[band])), SCORE + 1: effort, SCORE + 2: solved}
    for column, text in {**answers, CLIENT: client, CLIENT + 1: campaign, COMMENT: comment}.items():
        call = call.but(column, text)
    return call


def _beyond_the_plan(draw: Draw, quarter: str) -> Iterator[Call]:
    units = list(CALLS)
    for place in range(NO_SCORE_PER_QUARTER):
        call = _call(draw, draw.pick(units), quarter)
        yield call.but(SCORE, repeated(NO_ANSWER, place)).but(SCORE + 1, "2").but(SCORE + 2, "4")
    for place in range(NO_ANSWER_PER_QUARTER):
        call = _call(draw, draw.pick(units), quarter)
        for column in range(SCORE, SCORE + 3):
            call = call.but(column, repeated(NO_ANSWER, place))
        yield call
    for place in range(ELSEWHERE_PER_QUARTER):
        team = Unit("Oost", repeated(("IJssel", "Maas", "Rijn"), place))
        call = _scored(draw, team, quarter).but(CENTRE_PLACE, repeated(OTHER_CENTRES, place))
        yield call.but(AGENT, f"A9{draw.below(900) + 100}")
    for period, column, found in FAULTS:
        if period == quarter:
            yield _scored(draw, draw.pick(units), quarter).but(column, found)


def _scored(draw: Draw, unit: Unit, quarter: str) -> Call:
    return _call(draw, unit, quarter).but(SCORE, "8").but(SCORE + 1, "2").but(SCORE + 2, "4")


def _call(draw: Draw, unit: Unit, quarter: str, *, subject: str = "V") -> Call:
    period = Period.parse(quarter)
    day = draw.day(period.first, period.last)
    # some call in the first hour of a quarter, which in Greenwich is the quarter before
    hour = 0 if day == period.first else 8 + draw.below(14)
    moment = dt.datetime(day.year, day.month, day.day, hour, draw.below(60))  # noqa: DTZ001 - the zone is written later
    client, campaign = repeated(CAMPAIGNS.get(unit.team, CAMPAIGNS["Eems"]), draw.below(3))
    started = max(moment - dt.timedelta(minutes=10 + draw.below(300)), dt.datetime.combine(period.first, dt.time()))
    return Call(
        moment,
        (
            CENTRE, unit.cluster, unit.team, "", with_zone(started), with_zone(moment), subject,
            draw.pick(words.DESCRIPTIONS[subject]), client, campaign, draw.pick(CHANNELS), "", "", "",
            draw.pick(words.OUTCOMES), "",
        ),
    )  # fmt: skip


def _numbered(ordered: list[Call]) -> Iterator[tuple[dt.datetime, tuple[str, ...]]]:
    for place, call in enumerate(ordered):
        number = f"G{place + 1:05d}"
        yield call.moment, (number, *call.cells)
        ours = call.cells[CENTRE_PLACE - 1] == CENTRE
        if ours and place % REGISTERED_TWICE_EACH == REGISTERED_TWICE_EACH // 2:
            yield call.moment, (number, *call.but(SCORE, "3").but(COMMENT, "").cells)
