"""The survey after each contact: a Dutch export with everything that real exports have."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from helpers.examples.drawing import SCORES, Counts, Draw, repeated
from helpers.examples.energy import words
from helpers.examples.energy.plan import QUARTERS, TRANSACTIONAL
from helpers.periods import Period

SATISFACTION = {"promoter": "9 8 9 10 8", "passive": "7 8 7", "detractor": "5 6 4 6 3 5 7"}
EFFORT = {"promoter": "1 2 1 2", "passive": "2 3 2", "detractor": "4 3 5 4 3"}
"""Answers that belong to a score, dealt out in turn: the means follow from the counts."""

TOUCHPOINTS = {
    "Aanmelden": ("Online aanmelding", "Telefonische aanmelding"),
    "Facturatie": ("Jaarafrekening", "Termijnbedrag"),
    "Storing": ("Storingsmelding", "Monteursbezoek"),
}
CHANNELS = {
    "Aanmelden": ("WEB", "WEB", "TEL", "CHAT"),
    "Facturatie": ("TEL", "TEL", "WEB", "APP"),
    "Storing": ("TEL", "TEL", "TEL", "APP"),
}
BUSY_CELLS = tuple(cell for cell in TRANSACTIONAL if cell[0] != "P03")
"""Where rows beyond the plan may fall: never in the small cells of Warmte."""

BILLING_SYSTEM = "2026-Q1"
COMMENT_SHARE = 0.12
NO_SCORE_PER_QUARTER = 5
NO_ANSWER_PER_QUARTER = 3
UNFINISHED_PER_QUARTER = 8
TESTS_PER_QUARTER = 2
SENT_TWICE_EACH = 70
"""Of how many very satisfied answers one was sent twice; the second time counts."""

FAULTS: tuple[tuple[str, str, str], ...] = (
    ("2024-Q4", "aanbeveling", "11"),
    ("2025-Q1", "tevredenheid", "85"),
    ("2025-Q2", "aanbeveling", "-1"),
    ("2025-Q3", "moeite", "6"),
    ("2025-Q4", "aanbeveling", "negen"),
    ("2026-Q1", "ingevuld_op", "31-02-2026"),
    ("2026-Q2", "tevredenheid", "0"),
    ("2026-Q3", "aanbeveling", "11"),
)
"""Per faulty row its quarter, its column and what stands there."""


@dataclass(frozen=True)
class Answer:
    """A row of the export, with the day it is sorted by."""

    day: dt.date
    cells: dict[str, str]

    def but(self, **cells: str) -> Answer:
        """Return the row with other text in some cells."""
        return Answer(self.day, self.cells | cells)


def answers() -> list[Answer]:
    """Return every questionnaire by day, numbered; a few stand there twice, the one that counts last."""
    draw = Draw("voorbeeld-energie transactional")
    drawn = [answer for quarter in QUARTERS for answer in _quarter(draw, quarter)]
    return list(_numbered(sorted(draw.shuffled(drawn), key=lambda answer: answer.day)))


def _quarter(draw: Draw, quarter: str) -> Iterator[Answer]:
    planned = [
        answer
        for cell, counts in TRANSACTIONAL.items()
        for answer in _planned(draw, cell, quarter, counts[QUARTERS.index(quarter)])
    ]
    spoken = _said_once(planned)
    yield from _with_awkward_comments(spoken) if quarter == QUARTERS[-1] else spoken
    yield from _beyond_the_plan(draw, quarter)


def _planned(draw: Draw, cell: tuple[str, str], quarter: str, counts: Counts) -> Iterator[Answer]:
    dealt: dict[str, int] = {}
    for band in counts.bands:
        place = dealt[band] = dealt.get(band, -1) + 1
        effort = repeated(EFFORT[band].split(), place)
        yield _contact(draw, cell, quarter).but(
            aanbeveling=str(draw.pick(SCORES[band])),
            tevredenheid=repeated(SATISFACTION[band].split(), place),
            moeite="weet niet" if place % 13 == 12 else effort,  # noqa: PLR2004 - the last of each 13
            reden=_reason(draw, cell, quarter, band),
            toelichting=_comment(draw, cell, quarter, band),
        )


def _beyond_the_plan(draw: Draw, quarter: str) -> Iterator[Answer]:
    for place in range(NO_SCORE_PER_QUARTER):
        yield _elsewhere(draw, quarter).but(aanbeveling=repeated(("weet niet", ""), place), tevredenheid="7")
    for place in range(NO_ANSWER_PER_QUARTER):
        yield _elsewhere(draw, quarter).but(aanbeveling=repeated(("", "weet niet"), place))
    for place in range(UNFINISHED_PER_QUARTER):
        yield _elsewhere(draw, quarter).but(aanbeveling=repeated(("", "3", "8"), place), afgerond="nee")
    for _ in range(TESTS_PER_QUARTER):
        yield _elsewhere(draw, quarter).but(soort="test", aanbeveling="10", toelichting="test test 123")
    for period, column, found in FAULTS:
        if period == quarter:
            yield (_elsewhere(draw, quarter).but(aanbeveling="8", tevredenheid="8", moeite="2").but(**{column: found}))


def _elsewhere(draw: Draw, quarter: str) -> Answer:
    return _contact(draw, draw.pick(BUSY_CELLS), quarter)


def _contact(draw: Draw, cell: tuple[str, str], quarter: str) -> Answer:
    product, process = cell
    period = Period.parse(quarter)
    day = draw.day(period.first, period.last)
    channel = draw.pick(CHANNELS[process])
    waited = f"{draw.below(18)},{draw.below(10)}" if channel in {"TEL", "CHAT"} else ""
    return Answer(
        day,
        {
            "ingevuld_op": _dutch(day),
            "contact_op": _dutch(max(period.first, day - dt.timedelta(days=draw.below(6)))),
            "klantnummer": f"K{10000 + draw.below(6000)}",
            "product": product,
            "proces": process,
            "contactmoment": draw.pick(TOUCHPOINTS[process]),
            "kanaal": channel,
            "wachttijd_min": waited,
            "klant_jaren": "" if draw.chance(0.04) else str(draw.below(draw.pick((2, 6, 21)))),
            "afgerond": "ja",
            "soort": "klant",
        },
    )


def _reason(draw: Draw, cell: tuple[str, str], quarter: str, band: str) -> str:
    if _hit_by_billing(cell, quarter, band) and draw.chance(0.7):
        return words.BILLING_REASON
    return draw.pick(words.REASONS[cell[1], band]) if draw.chance(0.7) else ""


def _comment(draw: Draw, cell: tuple[str, str], quarter: str, band: str) -> str:
    if not draw.chance(COMMENT_SHARE):
        return ""
    if _hit_by_billing(cell, quarter, band):
        return draw.pick(words.BILLING_COMMENTS)
    return draw.pick(words.COMMENTS[cell[1], band])


def _hit_by_billing(cell: tuple[str, str], quarter: str, band: str) -> bool:
    return cell == ("P02", "Facturatie") and quarter >= BILLING_SYSTEM and band == "detractor"


def _said_once(planned: list[Answer]) -> list[Answer]:
    first = {answer.cells["toelichting"]: place for place, answer in reversed(list(enumerate(planned)))}
    return [
        answer if first[answer.cells["toelichting"]] == place else answer.but(toelichting="")
        for place, answer in enumerate(planned)
    ]


def _with_awkward_comments(planned: list[Answer]) -> Iterator[Answer]:
    step = len(planned) // len(words.AWKWARD_COMMENTS)
    for place, answer in enumerate(planned):
        turn, rest = divmod(place, step)
        awkward = rest == 0 and turn < len(words.AWKWARD_COMMENTS)
        yield answer.but(toelichting=words.AWKWARD_COMMENTS[turn]) if awkward else answer


def _numbered(ordered: list[Answer]) -> Iterator[Answer]:
    candidates = [place for place, answer in enumerate(ordered) if _may_be_sent_twice(answer.cells)]
    twice = candidates[SENT_TWICE_EACH // 2 :: SENT_TWICE_EACH]
    for place, answer in enumerate(ordered):
        numbered = answer.but(enquete_id=f"T{place + 1:05d}")
        if place in twice:
            yield numbered.but(ingevuld_op=answer.cells["contact_op"], aanbeveling="5", toelichting="")
        yield numbered


def _may_be_sent_twice(cells: dict[str, str]) -> bool:
    return cells.get("tevredenheid") == "9" and cells["contact_op"] != cells["ingevuld_op"]


def _dutch(day: dt.date) -> str:
    return f"{day:%d-%m-%Y}"
