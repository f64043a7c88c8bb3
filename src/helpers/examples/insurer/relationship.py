"""The yearly survey of all policyholders: a vendor's workbook with two sheets that look alike."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.examples.drawing import SCORES, Draw, repeated
from helpers.examples.insurer.plan import NO_SCORE, RELATIONAL, WAVES
from helpers.examples.writing import Cell, workbook

COLUMNS = ("Respondent", "Completed", "Product", "Likelihood to recommend", "Policy years", "Comment")
TITLE = "Example Mutual policyholder survey"
NO_ANSWERS = ("Prefer not to say", "")
PILOT_ROWS = 12
COMMENT_SHARE = 0.15
COMMENTS: dict[str, tuple[str, ...]] = {
    "promoter": ("Renewed without a second thought.", "A real person answers the phone.", "Fair price, clear terms."),
    "passive": ("Fine so far; never had to claim.", "Good cover, but the premium keeps creeping up."),
    "detractor": ("Loyal customers pay more than new ones.", "Could not find what my policy excludes."),
}
"""Per band, open answers."""

Row = list[Cell]


def file() -> bytes:
    """Return ``relationship.xlsx``: notes, a pilot that must not count, and the answers."""
    draw = Draw("example-insurer relationship")
    rows = [row for place in range(len(WAVES)) for row in _wave(draw, place)]
    answers: list[Row] = [[*COLUMNS], *([f"P{number:03d}", *row] for number, row in enumerate(rows, start=1))]
    notes: list[Row] = [[TITLE], ["Score as shown in the dashboard: 27.6 (all opened questionnaires)."]]
    sheets: dict[str, list[Row]] = {"Read me": notes, "Pilot": [[*COLUMNS], *_pilot(draw)], "Responses": answers}
    return workbook(sheets, author="Example Surveys Ltd", title=TITLE)


def _wave(draw: Draw, place: int) -> list[Row]:
    name = list(WAVES)[place]
    rows = [
        [*_policyholder(draw, name, product), draw.pick(SCORES[band]), draw.below(20), _comment(draw, band)]
        for product, counts in RELATIONAL.items()
        for band in counts[place].bands
    ]
    for number in range(NO_SCORE[place]):
        rows.append([*_policyholder(draw, name, "Motor"), repeated(NO_ANSWERS, number), draw.below(20), ""])
    return sorted(draw.shuffled(rows), key=lambda row: str(row[0]))


def _policyholder(draw: Draw, wave: str, product: str) -> Row:
    return [draw.day(*WAVES[wave]), product]


def _comment(draw: Draw, band: str) -> str:
    return draw.pick(COMMENTS[band]) if draw.chance(COMMENT_SHARE) else ""


def _pilot(draw: Draw) -> Iterator[Row]:
    for number in range(1, PILOT_ROWS + 1):
        yield [f"T{number:02d}", *_policyholder(draw, "2023", "Motor"), 10, 1, "Pilot, do not count."]
