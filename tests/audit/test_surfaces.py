"""Each kind of file taken apart, and what the parts are taken to say."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from helpers.audit.charts import grid_of
from helpers.audit.colours import between_colours
from helpers.audit.executed import read_data
from helpers.audit.known import Key, Known
from helpers.audit.markup import read_markup
from helpers.audit.names import Names
from helpers.audit.numbers import printed
from helpers.audit.pieces import Line, Pieces
from helpers.audit.published import PublishedSet
from helpers.audit.readings import read_grid
from helpers.audit.residue import residue
from helpers.audit.sheets import read_workbook

UNITS = ("North › Team 1", "North › Team 2", "South › Team 1", "North", "South")


def known_of(scores: dict[str, float | None]) -> tuple[Known, Names]:
    """Return what is known of units whose scores are given; None is hidden."""
    rows = [
        {"id": f"enps[unit={unit}]@2026", "period": "2026", "scope": {"unit": unit}, "audience": "employee",
         "unit": "points", "shown": score is not None, "value": score, "n": None if score is None else 20}
        for unit, score in scores.items()
    ]  # fmt: skip
    published = PublishedSet(Path(), "2026/board", "en", "board", "2026", rows, {})
    return Known(published), Names({"unit": unit} for unit in scores)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("1.234,5 en −7", "nl", [1234.5, -7]),
        ("1,234.5 and -7", "en", [1234.5, -7]),
        ("95%-interval, 3e kwartaal 2026, 0-meting, R04, 2026-Q3", "nl", []),
        ("30 June 2027 and 1 in Q3 2026", "en", [1]),
        ("62% (58% tot 67%)", "nl", [62, 58, 67]),
    ],
)
def test_numbers_of_a_text(text: str, language: str, expected: list[float]) -> None:
    """Signs, groups of digits and decimals by language; no dates, periods, codes or confidence."""
    assert [round(one.middle, 6) for one in printed(text, language=language)] == expected


def test_rounding_is_part_of_a_number() -> None:
    """+12 may be anything from 11.5 to 12.5, 2.6 from 2.55 to 2.65."""
    assert [(one.low, one.high) for one in printed("+12 and 2.6", language="en")] == [(11.5, 12.5), (2.55, 2.65)]


def test_two_teams_of_one_name_are_told_apart_by_what_stands_above() -> None:
    """By the labels before the name, else by the unit met last in the rows above."""
    names = Names({"unit": unit} for unit in UNITS)
    south = frozenset({(("unit", "South › Team 1"),)})
    assert len(names.of(("Team 1",))) == 2
    assert names.of(("South", "Team 1")) == south
    assert names.of(("Team 1",), above=[(("unit", "South"),), (("unit", "North"),)]) == south


def test_a_cross_is_no_name_of_its_parts() -> None:
    """Gas · Web is the cross in either order; neither Gas nor Web."""
    names = Names([{"product": "Gas"}, {"channel": "Web"}, {"product": "Gas", "channel": "Web"}])
    crossed = frozenset({(("channel", "Web"), ("product", "Gas"))})
    assert [one.scopes for one in names.within("Gas · Web and Web · Gas")] == [crossed, crossed]


def test_columns_are_learnt_from_what_is_known() -> None:
    """A column that agrees with the scores of the shown units is their score, whatever its head; a target is not."""
    known, names = known_of({"North": 12.0, "South": -20.0, "North › Team 1": None, "North › Team 2": 30.0})
    rows = [("North", "+12", "+10"), ("South", "−20", "+10"), ("Team 2", "+30", "+10"), ("Team 1", "+5", "+10")]
    body = "".join(f"<tr><th>{name}</th><td>{score}</td><td>{aim}</td></tr>" for name, score, aim in rows)
    (grid,) = read_markup(f"<table><caption>x</caption>{body}</table>", place="page").grids
    read = read_grid(grid, names, known, language="en")
    assert {slot.column: keys for slot, keys in read.readings.items()} == {1: frozenset({Key("enps", "2026", "score")})}


def test_a_page_is_taken_apart() -> None:
    """Tables with their row heads and levels, texts with the heading above, comments, attributes, spans of cells."""
    page = (
        "<h2>Employees</h2><p>The eNPS is <b>+3</b>.</p><!-- draft --><img alt='a chart'>"
        "<table><caption>By unit</caption><tr><th>Unit</th><th>eNPS</th><th>n</th><th>Was</th></tr>"
        "<tr class='level-1'><th>North</th><td>+3</td><td>20</td><td>+1</td></tr>"
        "<tr class='level-2'><th>Team 1</th><td colspan='2' data-x='8'>hidden</td><td>+2</td></tr></table>"
    )
    pieces = read_markup(page, place="page")
    texts = {(line.text, line.about) for line in pieces.lines}
    assert {("The eNPS is +3.", "Employees"), ("draft", ""), ("a chart", "Employees"), ("8", "Employees")} <= texts
    (grid,) = pieces.grids
    assert [row.labels for row in grid.rows] == [("North",), ("North", "Team 1")]
    assert {column: cell.text for column, cell in grid.rows[1].cells.items()} == {1: "hidden", 3: "+2"}
    assert grid.heads == {0: "Unit", 1: "eNPS", 2: "n", 3: "Was"}


def test_a_chart_is_a_table_of_its_letterings() -> None:
    """Texts on one line are a row; how they hang tells the columns apart."""
    svg = (
        "<svg><text x='0' y='10'>North</text><text x='50' y='10' font-weight='600'>+3</text>"
        "<text x='99' y='10' text-anchor='end'>20</text></svg>"
    )
    (drawing,) = read_markup(svg, place="page").drawings
    (row,) = grid_of(drawing).rows
    assert (row.labels[-1], sorted(cell.text for cell in row.cells.values())) == ("North", ["+3", "20"])


def test_a_workbook_is_taken_apart(tmp_path: Path) -> None:
    """Numbers in full, the columns before them as labels, heads above them, sheets that are hidden too."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["By unit"],
        ["Part", "Unit", "eNPS"],
        ["", "", "points"],
        ["North", "Team 1", 3.25],
        ["North", "Team 2", "hidden"],
    ):
        sheet.append(row)
    sheet.sheet_state = "hidden"
    book.create_sheet("other")
    book.save(tmp_path / "book.xlsx")
    grid = read_workbook(tmp_path / "book.xlsx", place="book").grids[0]
    assert (grid.caption, grid.heads[2]) == ("By unit", "eNPS points")
    assert [(row.labels, row.cells[2].values, row.cells[2].text) for row in grid.rows] == [
        (("North", "Team 1"), (3.25,), ""),
        (("North", "Team 2"), (), "hidden"),
    ]


def test_data_says_together_what_stands_together() -> None:
    """The texts and numbers of one object make one line."""
    assert "Team 1 score -3" in [line.text for line in read_data([{"unit": "Team 1", "score": -3}], place="x").lines]


def test_the_residue_of_a_pdf() -> None:
    """What the page says too is left out, whatever the line ends; a name or number by itself never is."""
    page = Pieces([Line("page", "The eNPS of North is +3 this year."), Line("page", "Team 1")])
    paper = Pieces([Line("pdf, page 1", "The eNPS of North"), Line("pdf, page 1", "is +3 this year. Team 1 −40")])
    left = residue(paper, page, Names([{"unit": "Team 1"}]))
    assert [line.text for line in left] == ["Team 1 −40"]


def test_colours() -> None:
    """Between two colours of a scale, beyond its end, and none where there is no scale."""
    scale = [("#ff0000", -60.0), ("#ff8080", -30.0), ("#ffffff", 0.0)]
    assert between_colours("#ffc0c0", scale) == (-30, 0)
    assert between_colours("#00ff00", scale) is None
    assert between_colours("#ff0000", [("#ff0000", -60.0), ("#ffffff", 0.0), ("#ff0000", 40.0)]) is None
