"""The employee survey: one workbook per year, and the headcount that goes with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from helpers.examples.drawing import SCORES, Draw, repeated
from helpers.examples.energy.plan import DRIVERS, EMPLOYEE_WAVES, LONG_SERVICE_SHARE, TEAMS, Team
from helpers.examples.energy.words import BILLING_TEAM_COMMENTS, EMPLOYEE_COMMENTS
from helpers.examples.writing import Cell, csv_file, workbook

SHEET = "Antwoorden"
TITLE = "Medewerkersonderzoek Voorbeeld Energie"
COLUMNS = (
    "Respondent", "Ingevuld op", "Divisie", "Business unit", "Afdeling", "Team", "Leeftijd", "Dienstjaren",
    "eNPS", "Werkgeluk", "Waardering (1-5)", "Autonomie (1-10)", "Groei (1-5)", "Te weinig resultaat (1-10)",
    "Toelichting",
)  # fmt: skip
WORK_HAPPINESS = {"promoter": (8, 9, 8, 9, 10), "passive": (7, 8, 7, 7), "detractor": (5, 6, 4, 6, 3)}
FIELDWORK = {
    "2024-Q4": (dt.date(2024, 11, 4), dt.date(2024, 11, 29)),
    "2025-Q4": (dt.date(2025, 11, 3), dt.date(2025, 11, 28)),
}
NO_ANSWER = "geen antwoord"
NO_SCORE_TEAMS = ("Noord", "MKB", "Financiën")
"""Teams in which one more person answered only the other question."""
FAULT = ("2025-Q4", "Mijn Energie", 75)
"""The wave and team of a faulty row, and the work happiness that stands there."""
ELDEST, OTHERS = "50 jaar en ouder", ("tot 35 jaar", "35 tot 50 jaar")
LONG_SERVICE = 11
COMMENT_SHARE = 0.12
NO_ANSWER_SHARE = 0.03


@dataclass(frozen=True)
class Person:
    """Somebody who answered: in which team, in which band, and whether over 50 with long service."""

    team: Team
    band: str
    long_serving: bool
    place: int


class Dealer:
    """Answers to the questions about causes, dealt out in turn per group: the means follow from the counts."""

    def __init__(self, wave: str) -> None:
        # a seed of its own, so that the scores stay what they were before these questions were added
        self._draw = Draw(f"voorbeeld-energie causes {wave}")
        self._dealt: dict[tuple[str, str], int] = {}

    def cells(self, path: tuple[str, ...], *, group: str) -> list[Cell]:
        """Return the four answers of one person.

        Parameters
        ----------
        path
            The person's unit.
        group
            The band, or `long` for over 50 with long service.
        """
        autonomy = "autonomie in Service" if "Service" in path else "autonomie"
        return [self._next(question, group) for question in ("waardering", autonomy, "groei", "resultaten")]

    def _next(self, question: str, group: str) -> Cell:
        answers = DRIVERS[question].get(group, DRIVERS[question]["passive"]).split()
        place = self._dealt[question, group] = self._dealt.get((question, group), -1) + 1
        return NO_ANSWER if self._draw.chance(NO_ANSWER_SHARE) else int(repeated(answers, place))


def files() -> dict[str, bytes]:
    """Return ``employees-<year>.xlsx`` per wave: a sheet of notes, and the answers under a title of two rows."""
    draw = Draw("voorbeeld-energie employees")
    found, answered = {}, 0
    for wave in EMPLOYEE_WAVES:
        rows = _wave(draw, wave)
        numbered: list[list[Cell]] = [[f"M{place:04d}", *row] for place, row in enumerate(rows, start=answered + 1)]
        found[f"employees-{wave[:4]}.xlsx"] = _workbook(f"{TITLE} {wave[:4]}", numbered)
        answered += len(rows)
    return found


def _workbook(title: str, rows: list[list[Cell]]) -> bytes:
    notes: list[list[Cell]] = [
        [title],
        ["Uitgevoerd door Bureau Voorbeeld; alle medewerkers zijn uitgenodigd."],
        ["Vertrouwelijk: geen uitkomsten over groepen van minder dan tien medewerkers."],
    ]
    answers: list[list[Cell]] = [[title], ["Vertrouwelijk"], [*COLUMNS], *rows]
    return workbook({"Toelichting": notes, SHEET: answers}, author="Bureau Voorbeeld", title=title)


def headcount_file() -> bytes:
    """Return ``headcount.csv``: people per team and wave; a unit is its path, joined by ``>``."""
    rows = [
        {"unit": " > ".join(team.path), "wave": wave, "employees": str(employees)}
        for wave_place, wave in enumerate(EMPLOYEE_WAVES)
        for team in TEAMS
        for employees in [team.employees[wave_place]]
    ]
    return csv_file(rows, columns=("unit", "wave", "employees"))


def _wave(draw: Draw, wave: str) -> list[list[Cell]]:
    dealer = Dealer(wave)
    people = _people(draw, EMPLOYEE_WAVES.index(wave))
    rows = [_answers(draw, dealer, person, wave) for person in people]
    rows += list(_beyond_the_plan(draw, dealer, wave))
    return sorted(draw.shuffled(rows), key=lambda row: str(row[0]))


def _people(draw: Draw, wave_place: int) -> Iterator[Person]:
    for band, share in LONG_SERVICE_SHARE.items():
        teams = [team for team in TEAMS for each in team.counts[wave_place].bands if each == band]
        long_serving = round(share * len(teams))
        for place, team in enumerate(draw.shuffled(teams)):
            yield Person(team, band, place < long_serving, place)


def _answers(draw: Draw, dealer: Dealer, person: Person, wave: str) -> list[Cell]:
    return [
        draw.day(*FIELDWORK[wave]),
        *person.team.path,
        *_background(draw, long_serving=person.long_serving),
        draw.pick(SCORES[person.band]),
        repeated(WORK_HAPPINESS[person.band], person.place),
        *dealer.cells(person.team.path, group="long" if person.long_serving else person.band),
        _comment(draw, person, wave),
    ]


def _background(draw: Draw, *, long_serving: bool) -> tuple[str, int]:
    if long_serving:
        return ELDEST, LONG_SERVICE + draw.below(20)
    if draw.chance(0.2):
        return ELDEST, draw.below(LONG_SERVICE)
    return draw.pick(OTHERS), draw.below(draw.pick((3, 8, 15)))


def _comment(draw: Draw, person: Person, wave: str) -> str:
    if not draw.chance(COMMENT_SHARE):
        return ""
    if "Facturatie" in person.team.path and person.band == "detractor" and wave == EMPLOYEE_WAVES[-1]:
        return draw.pick(BILLING_TEAM_COMMENTS)
    return draw.pick(EMPLOYEE_COMMENTS[person.band])


def _beyond_the_plan(draw: Draw, dealer: Dealer, wave: str) -> Iterator[list[Cell]]:
    for team in TEAMS:
        row: list[Cell] = [draw.day(*FIELDWORK[wave]), *team.path, *_background(draw, long_serving=False)]
        if team.path[-1] in NO_SCORE_TEAMS:
            yield [*row, NO_ANSWER, 7, *dealer.cells(team.path, group="passive"), ""]
        if (wave, team.path[-1]) == FAULT[:2]:
            yield [*row, 8, FAULT[2], *dealer.cells(team.path, group="passive"), ""]
