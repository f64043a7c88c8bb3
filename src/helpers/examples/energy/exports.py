"""The survey after each contact as it is delivered: cumulative exports, each from January of its year on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from helpers.examples.energy.transactional import Answer
from helpers.examples.writing import csv_file
from helpers.periods import Period

COLUMNS = (
    "enquete_id", "ingevuld_op", "contact_op", "klantnummer", "product", "proces", "contactmoment", "kanaal",
    "wachttijd_min", "klant_jaren", "afgerond", "soort", "aanbeveling", "tevredenheid", "moeite", "reden",
    "toelichting",
)  # fmt: skip
FIRST, MONTHS_OF_FIELDWORK = Period.parse("2024-10"), 24
MONTHS = tuple(str(FIRST.shifted(step)) for step in range(MONTHS_OF_FIELDWORK))
"""The last month of each export: one per month."""
TURNED_EACH = 100
"""Of how many promoters one first gave the other end of the scale, put right in the next export."""


def files(answers: Sequence[Answer]) -> dict[str, bytes]:
    """Return ``transactional-<month>.csv`` per export: semicolons, Dutch dates, decimal comma, byte order mark.

    Parameters
    ----------
    answers
        The questionnaires in the order of the export.
    """
    ends = {month: Period.parse(month).last for month in MONTHS}
    turned = _turned(answers, list(ends.values()))
    return {f"transactional-{month}.csv": _file(answers, end, turned) for month, end in ends.items()}


def _file(answers: Sequence[Answer], end: dt.date, turned: dict[str, dt.date]) -> bytes:
    rows = [
        _other_end(answer).cells if turned.get(answer.cells["enquete_id"]) == end else answer.cells
        for answer in answers
        if dt.date(end.year, 1, 1) <= answer.day <= end
    ]
    return csv_file(rows, columns=COLUMNS, separator=";", encoding="utf-8-sig", line_end="\r\n")


def _turned(answers: Sequence[Answer], ends: list[dt.date]) -> dict[str, dt.date]:
    """Return the numbers of the answers that are put right later, with the export that has them wrong."""
    first = {answer.cells["enquete_id"]: _first(answer.day, ends) for answer in answers if _is_promoter(answer)}
    repeated = {number: end for number, end in first.items() if any(end < o and end.year == o.year for o in ends)}
    return dict(list(repeated.items())[TURNED_EACH // 2 :: TURNED_EACH])


def _first(day: dt.date, ends: list[dt.date]) -> dt.date:
    return next(end for end in ends if day <= end)


def _is_promoter(answer: Answer) -> bool:
    cells = answer.cells
    genuine = (cells["afgerond"], cells["soort"]) == ("ja", "klant")
    return genuine and cells["aanbeveling"] in {"9", "10"} and cells.get("tevredenheid") in {"8", "10"}


def _other_end(answer: Answer) -> Answer:
    return answer.but(aanbeveling=str(10 - int(answer.cells["aanbeveling"])))
