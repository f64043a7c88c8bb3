"""Rows as one text each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from helpers.intake.reading.readers import opened
from helpers.intake.reading.tables import Layout

CELL = st.sampled_from(["a", "b", ""])


@given(rows=st.lists(st.tuples(CELL, CELL, CELL), max_size=8))
def test_rows_are_equal_as_texts_where_they_are_equal_as_rows(
    rows: list[tuple[str, str, str]], tmp_path_factory
) -> None:
    """A blank cell keeps its place, so that moving a text to the next column makes another row."""
    folder = tmp_path_factory.mktemp("rows")
    lines = [("x", "y", "z"), *rows]
    (folder / "survey.csv").write_text("".join(",".join(row) + "\n" for row in lines), encoding="utf-8")
    file = opened("survey.csv", folder=folder, layout=Layout())
    numbers = file.cells([0, 1]).rows
    assert file.whole_rows(numbers).to_pylist() == ["\x1f".join(lines[number - 1]) for number in numbers]


def test_the_order_of_the_columns_makes_no_other_row(desk) -> None:
    """Cells stand in the order of the names."""
    desk.write("b,a\n1,2\n")
    file = opened("survey.csv", folder=desk.folder, layout=Layout())
    assert file.whole_rows(file.cells([0]).rows).to_pylist() == ["2\x1f1"]
