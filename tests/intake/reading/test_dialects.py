"""How a CSV file is written, told from its first rows."""

from __future__ import annotations

import pytest

from helpers.intake.reading.dialects import Start, start_of
from helpers.intake.reading.tables import Layout
from helpers.intake.reading.text_bytes import TextBytes


def found_in(desk, text: str, *, layout: Layout) -> Start | None:
    """Return what the first rows of a file with this text tell."""
    return start_of(TextBytes.of(desk.write(text), encoding="utf-8"), layout=layout)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_the_one_that_gives_even_rows(desk, separator: str) -> None:
    """Quoted cells may hold the other separators."""
    text = 'a?b?c\n"1,5";x?2?"p|q;\tr"\n3?4?5\n'.replace('"1,5";x', '"1,5;x"').replace("?", separator)
    found = found_in(desk, text, layout=Layout())
    assert found is not None
    assert (found.separator, found.header) == (separator, ("a", "b", "c"))


def test_expected_names_decide_before_evenness(desk) -> None:
    """A question with commas in it, unquoted, would otherwise look like even columns."""
    text = "id;Hoe, en waarom, beveelt u ons aan\n1;9, 8, 7\n2;8, 8, 8\n"
    layout = Layout(expected=("Hoe, en waarom, beveelt u ons aan",))
    found = found_in(desk, text, layout=layout)
    assert found is not None
    assert found.separator == ";"


def test_a_declared_separator_is_used(desk) -> None:
    """What the params file says is not second-guessed."""
    found = found_in(desk, "a,b;c,d\n1,2;3,4\n", layout=Layout(separator=";"))
    assert found is not None
    assert found.header == ("a,b", "c,d")


def test_a_file_of_one_column_has_no_separator(desk) -> None:
    """Scores alone are a file too."""
    found = found_in(desk, "score\n9\n10\n", layout=Layout())
    assert found is not None
    assert found.header == ("score",)


def test_the_header_may_stand_lower_and_run_over_lines(desk) -> None:
    """Rows are counted as a spreadsheet shows them, lines as the file has them."""
    text = '"Export\nvan 2026",\n,\n"Hoe waarschijnlijk\n is het?",id\n9,1\n'
    found = found_in(desk, text, layout=Layout(header_rows=(3,)))
    assert found is not None
    assert (found.header, found.lines) == (("Hoe waarschijnlijk is het?", "id"), 5)


def test_a_nameless_blank_last_column_may_be_extra_or_absent(desk) -> None:
    """Some exports end every row with a separator, or only the header."""
    extra = found_in(desk, "a,b\n1,2,\n3,4,\n", layout=Layout())
    absent = found_in(desk, "a,b,\n1,2\n3,4\n", layout=Layout())
    filled = found_in(desk, "a,b\n1,2,x\n3,4,y\n", layout=Layout())
    assert [found.width for found in (extra, absent, filled) if found] == [3, 2, 2]


def test_a_file_that_ends_above_its_header_has_no_start(desk) -> None:
    """A wrong header_rows is told apart from an empty file."""
    assert found_in(desk, "a,b\n", layout=Layout(header_rows=(3,))) is None
