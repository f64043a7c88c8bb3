"""How a table fits: no word runs into the next column, and the page is turned or the table cut only at need."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.production import fitting, widths
from helpers.production.lettering import text_width

UPRIGHT, TURNED = 480.0, 726.0


def fitted(table: dict[str, Any]) -> dict[str, Any]:
    """Plan a table for an A4 page with text of 8 points."""
    return fitting.fitted(table, size=8.0, width=UPRIGHT, turned_width=TURNED)


def figures(sample: ModuleType, columns: int, *, label: str = "Nu", text: str = "+12", rows: int = 3) -> dict[str, Any]:
    """Return a table of figures that are all the same."""
    heads = [
        sample.column("stub", "Segment"),
        *(sample.column(f"c{at}", label, number=True) for at in range(1, columns)),
    ]
    table: dict[str, Any] = sample.table("t", "", heads, [sample.row("Totaal", *[text] * (columns - 1))] * rows)
    return table


@pytest.mark.parametrize(
    ("table", "way"),
    [
        ((6, "Nu", "+12"), (8.0, False, 1)),
        ((10, "Nu", "+7 tot +18"), (7.5, False, 1)),
        ((12, "Nu", "+12"), (8.0, False, 1)),
        ((12, "Aanbevelingsbereidheid", "+12"), (7.5, True, 1)),
        ((16, "Nu", "+7 tot +18"), (7.5, True, 1)),
        ((40, "Nu", "+7 tot +18"), (7.5, False, 5)),
    ],
)
def test_a_table_takes_the_mildest_way_that_fits(
    table: tuple[int, str, str], way: tuple[float, bool, int], sample: ModuleType
) -> None:
    """First smaller text, then hyphens, then a page on its side, and parts only for what fits on no page."""
    columns, label, text = table
    layout = fitted(figures(sample, columns, label=label, text=text))["layout"]
    assert (layout["size"], layout["turned"], len(layout["parts"])) == way


@pytest.mark.parametrize("columns", [2, 8, 12, 20, 60])
def test_no_part_is_wider_than_its_page_and_no_column_is_lost(columns: int, sample: ModuleType) -> None:
    """The widths of each part add up to at most the page; every column is in one part, row headers in all."""
    layout = fitted(figures(sample, columns, text="+7 tot +18"))["layout"]
    for part in layout["parts"]:
        assert sum(part["widths"]) <= (TURNED if layout["turned"] else UPRIGHT) + 0.01
        assert part["at"][0] == 0
    assert [at for part in layout["parts"] for at in part["at"][1:]] == list(range(1, columns))


def test_a_figure_is_never_broken(sample: ModuleType) -> None:
    """A column of figures is at least as wide as its widest figure, padding included."""
    layout = fitted(figures(sample, 14, text="1.234.567"))["layout"]
    widest = text_width("1.234.567", layout["size"], tabular=True)
    assert all(width >= widest + 2 * layout["inset"] for part in layout["parts"] for width in part["widths"][1:])


def test_smaller_text_is_taken_where_it_saves_many_lines(sample: ModuleType) -> None:
    """A column of remarks that would take three lines each; a table that fits keeps its text size."""
    heads = [sample.column("g", "Groep"), *(sample.column(f"c{at}", "Nu", number=True) for at in range(7))]
    heads.append(sample.column("r", "Opmerking"))
    squeezed = [sample.row("Klantcontact", *["+7 tot +18"] * 7, "minder dan 10 antwoorden")] * 9
    assert fitted(sample.table("t", "", heads, squeezed))["layout"]["size"] < 8.0
    assert fitted(figures(sample, 6))["layout"]["size"] == 8.0


def test_a_narrow_column_leaves_its_room_to_the_others(sample: ModuleType) -> None:
    """Two dates below each other read as well as side by side; a remark of many lines does not."""
    days = "1\N{NO-BREAK SPACE}okt\N{NO-BREAK SPACE}2025 – 31\N{NO-BREAK SPACE}dec\N{NO-BREAK SPACE}2025"
    rows = [sample.row("R01", days, "nog te bespreken met de ondernemingsraad " * 6)]
    heads = [sample.column("n", "Nr."), sample.column("p", "Gepland"), sample.column("o", "Opmerking")]
    wide = fitted(sample.table("t", "", heads, rows))["layout"]["parts"][0]["widths"]
    heads[1] |= {"narrow": True}
    narrow = fitted(sample.table("t", "", heads, rows))["layout"]["parts"][0]["widths"]
    assert narrow[1] < wide[1]
    assert narrow[2] > wide[2]


def test_a_word_wider_than_its_column_is_marked(sample: ModuleType) -> None:
    """Only a word that must break is marked, so that nothing else is changed."""
    heads = [sample.column("a", "Kort"), sample.column("b", "Lang")]
    table = fitted(sample.table("t", "", heads, [sample.row("ja", "x" * 200), sample.row("ja", "kort")]))
    assert [[cell["tight"] for cell in row["cells"]] for row in table["rows"]] == [[False, True], [False, False]]


def test_a_short_table_stays_whole_and_a_tall_row_may_split(sample: ModuleType) -> None:
    """A table up to a third of a page is not broken over pages; a row of more than fifteen lines is."""
    heads = [sample.column("a", "Tekst")]
    short = fitted(sample.table("t", "", heads, [sample.row("kort")] * 5))
    long = fitted(sample.table("t", "", heads, [sample.row("woord " * 800)]))
    assert (short["layout"]["whole"], long["layout"]["whole"]) == (True, False)
    assert [row["splits"] for row in [*short["rows"], *long["rows"]]] == [False] * 5 + [True]


def test_hidden_cells_do_not_widen_a_column_as_a_pill_would(sample: ModuleType) -> None:
    """A hidden cell carries a mark but prints no pill."""
    heads = [sample.column("a", "Kop")]
    shown, hidden = (sample.table("t", "", heads, [sample.row(sample.cell("niet gehaald", mark="behind", hidden=hide))]) for hide in (False, True))  # fmt: skip  # noqa: E501
    width = [fitted(table)["layout"]["parts"][0]["widths"][0] for table in (shown, hidden)]
    assert width[0] > width[1]


def test_neighbours_hidden_for_one_reason_are_one_run(sample: ModuleType) -> None:
    """Hidden cells with the same words join, but not with the row header, and need no column of that width each."""
    heads = [sample.column(f"c{at}", "Nu") for at in range(4)]
    gone = sample.cell("verborgen", hidden=True)
    joined = fitted(sample.table("t", "", heads, [sample.row("A", gone, gone, gone), sample.row("A", gone, "b", gone)]))
    assert [[cell["run"] for cell in row["cells"]] for row in joined["rows"]] == [[0, 1, 1, 1], [0, 1, 2, 3]]
    alone = fitted(sample.table("t", "", heads, [sample.row("A", gone, "b", gone)]))
    three = fitted(sample.table("t", "", heads, [sample.row("A", gone, gone, gone)]))
    assert three["layout"]["parts"][0]["widths"][1] < alone["layout"]["parts"][0]["widths"][1]


def test_the_name_of_a_group_is_one_run_in_bold(sample: ModuleType) -> None:
    """A heading spans its row, and does not widen the first column."""
    heads = [sample.column("a", "Kop"), sample.column("b", "Nu")]
    name = sample.row("Een tamelijk lange naam van een groep", "") | {"heading": True}
    planned = fitted(sample.table("t", "", heads, [name, sample.row("rij", "1")]))
    (heading, row) = planned["rows"]
    assert (heading["heading"], row["heading"]) == (True, False)
    assert [(cell["run"], cell["strong"]) for cell in heading["cells"]] == [(0, True), (0, True)]
    widths = planned["layout"]["parts"][0]["widths"]
    assert widths[0] < text_width("Een tamelijk lange naam van een groep", 8.0, strong=True)


def test_the_table_is_not_changed(sample: ModuleType) -> None:
    """Planning returns a new table."""
    table = figures(sample, 3)
    assert "layout" in fitted(table)
    assert "layout" not in table
    assert "tight" not in table["columns"][0]


def test_a_table_without_columns_or_rows_is_planned(sample: ModuleType) -> None:
    """An analyst's empty frame is a table too."""
    assert fitted(sample.table("t", "", [], []))["layout"]["parts"] == []
    assert fitted(sample.table("t", "", [sample.column("a", "Kop")], []))["layout"]["parts"][0]["at"] == [0]


@given(
    st.lists(st.tuples(st.floats(1, 200), st.floats(0, 300)), min_size=1, max_size=20),
    st.floats(50, 900),
)
def test_widths_are_shared_out_within_bounds(needs: list[tuple[float, float]], width: float) -> None:
    """The widths fill at most the page; while the page allows it no column gets less than it needs."""
    least, most = [need for need, _ in needs], [need + wish for need, wish in needs]
    shared = widths.shared_out(least, most, width)
    assert sum(shared) <= width * (1 + 1e-9)
    if sum(least) <= width:
        assert all(given >= need - 1e-9 for given, need in zip(shared, least, strict=True))
