"""CSV files: every cell and row number as a spreadsheet shows them, by the fast and by the careful reader."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.errors import DataError
from helpers.intake.reading.tables import Cells, Layout
from helpers.intake.reading.text_files import TextFile

CELL = st.text('ab1,;"\n é', max_size=5)


def opened(desk, text: str | bytes, **layout: object) -> TextFile:
    """Return a file with this text, its header read."""
    return TextFile.opened(desk.write(text), written="survey.csv", layout=Layout(**layout))


def table(cells: Cells) -> dict[int, list[str]]:
    """Return row number -> cells."""
    columns = [cells.text(place).to_pylist() for place in sorted(cells.columns)]
    return {int(row): list(values) for row, values in zip(cells.rows, zip(*columns, strict=True), strict=True)}


def test_rows_have_the_numbers_that_a_spreadsheet_shows(desk) -> None:
    """A quoted line end stays within its row, and a blank line is a row without answers."""
    file = opened(desk, 'id,score,why\n1,9,"a\nb"\n\n2,8,"say ""hi"""\n,,\n3,7,\n\n\n')
    assert file.header == ("id", "score", "why")
    cells = file.cells([0, 1, 2])
    assert table(cells) == {2: ["1", "9", "a\nb"], 4: ["2", "8", 'say "hi"'], 6: ["3", "7", ""]}
    assert (len(cells), cells.ragged) == (3, {})


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", ["", "end"])
def test_any_line_end_will_do(desk, line_end: str, last: str) -> None:
    """Windows, Unix and old Mac files read the same, with or without a last line end."""
    text = line_end.join(["id;score", "1;9", "2;8"]) + (line_end if last else "")
    assert table(opened(desk, text).cells([0, 1])) == {2: ["1", "9"], 3: ["2", "8"]}


@pytest.mark.parametrize(
    ("written", "declared"),
    [
        *(("utf-8", None), ("utf-8-sig", None), ("utf-16", None), ("cp1252", None), ("latin-1", None)),
        *(
            (name, name)
            for name in ("utf-8", "cp1252", "latin-1", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp850")
        ),
        *(("utf-8-sig", "utf-8"), ("utf-8", "UTF8"), ("utf-16-le", "utf-16"), ("utf-16", "utf-16-le")),
    ],
)
def test_letters_survive_every_character_set(desk, written: str, declared: str | None) -> None:
    """Dutch names and the first column's name come through, with and without a byte order mark."""
    text = 'één;score;why\nJosé;9;"ü\nö"\n\nZoë;8;\n'
    file = opened(desk, text.encode(written), encoding=declared)
    assert file.header == ("één", "score", "why")
    expected = {2: ["José", "ü\nö"], 4: ["Zoë", ""]}
    assert table(file.cells([0, 2])) == table(file._careful([0, 2], ())) == expected


def test_how_a_file_is_written_is_told(desk) -> None:
    """The check shows it, so that a wrong guess is seen."""
    assert opened(desk, "id\tscore\n1\t9\n").recognised == {
        **{"kind": "CSV", "encoding": "utf-8", "separator": "tab", "header_rows": "1"}
    }
    assert opened(desk, "a#é\n1#2\n".encode("cp1252"), separator="#").recognised["separator"] == "'#'"


@pytest.mark.parametrize("line", ["sep=;\r\n", "\ufeffSEP=;\n", '"sep=;"\n'])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_first_line_that_names_the_separator_is_no_row(desk, line: str, encoding: str) -> None:
    """Excel obeys it and does not show it, so the rows count from the line below."""
    file = opened(desk, (line + "a,b;score\n1;9\n2;8;7\n").encode(encoding))
    assert (file.header, file.recognised["separator"]) == (("a,b", "score"), "semicolon")
    for cells in (file.cells([0, 1]), file._careful([0, 1], ())):
        assert (table(cells), cells.ragged) == ({2: ["1", "9"]}, {3: 3})


def test_several_header_rows_are_joined(desk) -> None:
    """A row between or above them is neither a name nor an answer."""
    file = opened(desk, "Export,,\nNPS,,id\nnote,,\nScore,Why?,\n9,x,1\n", header_rows=(2, 4))
    assert file.header == ("NPS | Score", "NPS | Why?", "id")
    assert table(file.cells([0])) == {5: ["9"]}


def test_trailing_blank_rows_and_columns_are_no_content(desk) -> None:
    """A sheet saved as CSV often brings thousands of them."""
    text = "id;score;;;\n1;9;;;\n2;8;;;\n" + ";;;;\n" * 5000
    cells = opened(desk, text).cells([0, 1])
    assert (table(cells), len(cells)) == ({2: ["1", "9"], 3: ["2", "8"]}, 2)


def test_whole_rows_hold_every_cell(desk) -> None:
    """Rows that differ in a column that is not used differ; blanks around cells do not count."""
    file = opened(desk, "a,b\n1, x\n,\n1,x \n1,y\n2\n")
    rows = file.cells([0]).rows
    assert rows.tolist() == [2, 4, 5]
    assert file.whole_rows(rows).to_pylist() == ["1\x1fx", "1\x1fx", "1\x1fy"]
    assert file.whole_rows(rows[1:]).to_pylist() == ["1\x1fx", "1\x1fy"]


def test_no_answers_below_the_header_are_noticed(desk) -> None:
    """Blank rows are no answers, and a long run of them may still have answers below."""
    assert opened(desk, "id,score\n,\n \n").header_only
    assert not opened(desk, "id,score\n" + ",\n" * 500 + "1,9\n").header_only
    assert not opened(desk, "id,score\n" + ",\n" * 5000).header_only


def test_white_space_around_cells_is_no_content(desk) -> None:
    """Blanks, tabs and no-break spaces do not make an answer."""
    file = opened(desk, "id, score \n 1 ,\u00a09\t\n  ,\u00a0\n")
    assert file.header == ("id", "score")
    assert table(file.cells([0, 1])) == {2: ["1", "9"]}


@pytest.mark.parametrize("more", ["", 'x,"a\nb",y\n', '5" pipe,1,2\n'])
def test_a_row_with_more_or_fewer_cells_is_set_apart(desk, more: str) -> None:
    """It is never padded: nobody knows which cell is missing. The third file needs the careful reader."""
    file = opened(desk, "id,score,why\n1,9,x\n2,8\n3,7,y,z\n4,6,w\n , \n" + more)
    cells = file.cells([0, 1])
    assert cells.ragged == {3: 2, 4: 4}
    assert list(table(cells))[:2] == [2, 5]
    assert len(cells) == 4 + bool(more)


def test_a_nameless_blank_column_makes_no_row_ragged(desk) -> None:
    """A separator at the end of some rows only is harmless."""
    assert table(opened(desk, "id,score\n1,9,\n2,8\n").cells([1])) == {2: ["9"], 3: ["8"]}
    assert table(opened(desk, "id,score,\n1,9\n2,8,\n").cells([1])) == {2: ["9"], 3: ["8"]}


@pytest.mark.parametrize("closing", ["", '3,"z\n'])
def test_a_quotation_mark_that_is_not_closed_stops_the_file(desk, closing: str) -> None:
    """The rows after it would be swallowed, even where a later mark happens to close the cell."""
    file = opened(desk, 'id,why\n1,x\n2,"y\n3,z\n4,z\n' + closing)
    with pytest.raises(DataError) as caught:
        file.cells([0, 1])
    assert str(caught.value) == (
        "survey.csv: row 3 has a quotation mark that opens a cell and is not closed, so the next rows "
        "cannot be told apart. Write quotation marks inside a cell double, or export the file again."
    )


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_file_that_ends_inside_quotes_is_refused(desk, end: str) -> None:
    """Half a download may break off in an open answer; the cell would pass as a whole one."""
    file = opened(desk, 'id,why\n1,"a ""b"""\n2,"half of' + end)
    with pytest.raises(DataError, match="row 3 has a quotation mark that opens a cell and is not closed"):
        file.cells([0, 1])
    whole = opened(desk, 'id,why\n1,x\n2,5" pipe' + end)
    assert table(whole.cells([1])) == {2: ["x"], 3: ['5" pipe']}


def test_a_mark_inside_a_cell_without_marks_is_a_sign_like_any_other(desk) -> None:
    """Inches and loose marks in an open answer do not stop a file."""
    assert table(opened(desk, 'id,why\n1,5" pipe\n2,"a, b"\n').cells([1])) == {2: ['5" pipe'], 3: ["a, b"]}


def test_a_cell_longer_than_any_answer_is_an_open_quotation_mark(desk) -> None:
    """The reader's own limit is met only by a cell that swallowed the file."""
    text = 'id,why\n1,"x\n' + "2,abcdefgh\n" * 20_000
    with pytest.raises(DataError, match="row 2 has a quotation mark"):
        opened(desk, text).cells([0, 1])


def test_a_header_beyond_the_end_is_said(desk) -> None:
    """A wrong header_rows names the key to correct."""
    with pytest.raises(DataError) as caught:
        opened(desk, "id,score\n1,9\n", header_rows=(5,))
    assert str(caught.value) == (
        "survey.csv: ends before row 5, where header_rows says that the column names are. "
        "Correct header_rows, or export the answers again."
    )


def test_what_stands_above_the_header_is_no_row(desk) -> None:
    """Row numbers still count from the top of the sheet."""
    file = opened(desk, '"Export\n2026"\n\nid,score\n1,9\n', header_rows=(3,))
    assert table(file.cells([0, 1])) == {4: ["1", "9"]}


@given(
    rows=st.lists(st.tuples(CELL, CELL, CELL), max_size=8),
    separator=st.sampled_from([",", ";", "\t", "|"]),
    line_end=st.sampled_from(["\n", "\r\n"]),
    everything_quoted=st.booleans(),
)
def test_both_readers_give_what_was_written(
    rows: list[tuple[str, str, str]], separator: str, line_end: str, everything_quoted: bool, tmp_path_factory
) -> None:
    """Fast and careful reading agree with each other and with the table behind the file."""
    text = io.StringIO()
    quoting = csv.QUOTE_ALL if everything_quoted else csv.QUOTE_MINIMAL
    csv.writer(text, delimiter=separator, lineterminator=line_end, quoting=quoting).writerows([("x", "y", "z"), *rows])
    path = tmp_path_factory.mktemp("csv") / "survey.csv"
    path.write_bytes(text.getvalue().encode())
    layout = Layout(expected=("x", "y", "z"))
    file = TextFile.opened(path, written="survey.csv", layout=layout)
    written = {row: [cell.strip() for cell in cells] for row, cells in enumerate(rows, start=2)}
    expected = {row: cells for row, cells in written.items() if any(cells)}
    assert table(file.cells([0, 1, 2])) == expected
    assert table(file._careful([0, 1, 2], ())) == expected
