"""The survey apart from contacts: five waves, weighted, in an international CSV."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.examples.drawing import SCORES, Counts, Draw, repeated
from helpers.examples.energy.plan import RELATIONAL, WAVES, WEIGHTS
from helpers.examples.energy.words import RELATIONAL_COMMENTS
from helpers.examples.writing import csv_file

COLUMNS = (
    "respondent", "ingevuld_op", "product", "aanbeveling", "tevredenheid", "leeftijd", "regio", "klant_jaren",
    "weging", "toelichting",
)  # fmt: skip
SATISFACTION = {"promoter": "8 9 8 9 10", "passive": "7 8 7", "detractor": "5 6 6 4 7"}
REGIONS = ("Noord", "Oost", "Zuid", "West", "West")
YOUNG, MIDDLE, OLD = "1", "2", "3"
COMMENT_SHARE = 0.08
NO_ANSWER_PER_WAVE = 4

FAULTS: tuple[tuple[str, dict[str, str]], ...] = (
    ("2025-Q1", {"aanbeveling": "12"}),
    ("2025-Q3", {"weging": "0"}),
    ("2026-Q3", {"tevredenheid": "77"}),
)
"""Per faulty row its wave and what stands in it."""

Row = dict[str, str]


def file() -> bytes:
    """Return ``relational.csv``: commas, ISO dates, decimal point."""
    draw = Draw("voorbeeld-energie relational")
    rows = [row for place, wave in enumerate(WAVES) for row in _wave(draw, wave, place)]
    numbered = [{"respondent": f"R{place:04d}"} | row for place, row in enumerate(rows, start=1)]
    return csv_file(numbered, columns=COLUMNS)


def _wave(draw: Draw, wave: str, place: int) -> list[Row]:
    planned = [row for product, counts in RELATIONAL.items() for row in _planned(draw, product, wave, counts[place])]
    rows = draw.shuffled([*_said_once(planned), *_beyond_the_plan(draw, wave)])
    return sorted(rows, key=lambda row: row["ingevuld_op"])


def _planned(draw: Draw, product: str, wave: str, counts: Counts) -> Iterator[Row]:
    satisfaction = {band: answers.split() for band, answers in SATISFACTION.items()}
    for band, count in zip(satisfaction, counts, strict=True):
        for place, age in enumerate(_ages(count)):
            comment = draw.pick(RELATIONAL_COMMENTS[band]) if draw.chance(COMMENT_SHARE) else ""
            yield _person(draw, product, wave, age) | {
                "aanbeveling": str(draw.pick(SCORES[band])),
                "tevredenheid": repeated(satisfaction[band], place),
                "toelichting": comment,
            }


def _said_once(planned: list[Row]) -> list[Row]:
    first = {row["toelichting"]: place for place, row in reversed(list(enumerate(planned)))}
    return [
        row if first[row["toelichting"]] == place else row | {"toelichting": ""} for place, row in enumerate(planned)
    ]


def _ages(count: int) -> list[str]:
    # as many young as old, so that weighting by age leaves every product's shares as they are counted
    quarter = count // 4
    return [YOUNG] * quarter + [OLD] * quarter + [MIDDLE] * (count - 2 * quarter)


def _person(draw: Draw, product: str, wave: str, age: str) -> Row:
    first, last = WAVES[wave]
    day = draw.day(first, last)
    weight = dict(zip((YOUNG, MIDDLE, OLD), WEIGHTS[product], strict=True))[age]
    return {
        "ingevuld_op": day.isoformat(),
        "product": product,
        "leeftijd": age,
        "regio": draw.pick(REGIONS),
        "klant_jaren": str(draw.below(draw.pick((3, 8, 25)))),
        "weging": f"{weight}",
    }


def _beyond_the_plan(draw: Draw, wave: str) -> Iterator[Row]:
    for place in range(NO_ANSWER_PER_WAVE):
        yield _person(draw, "P01", wave, MIDDLE) | {"aanbeveling": repeated(("weet niet", ""), place)}
    for period, found in FAULTS:
        if period == wave:
            yield _person(draw, "P01", wave, MIDDLE) | {"aanbeveling": "8", "tevredenheid": "8"} | found
