"""XLSX workbooks: cells as a person sees them, and every way in which a file is no workbook."""

from __future__ import annotations

import contextlib
import datetime as dt
import random
import zipfile
from pathlib import Path

import numpy as np
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from helpers.errors import DataError
from helpers.intake.reading import workbooks
from helpers.intake.reading.tables import Layout
from helpers.intake.reading.workbooks import Workbook

DAMAGED = "survey.xlsx: the workbook is damaged. Open it in its own program and save it again as XLSX."


def fault(path: Path, **layout: object) -> str:
    """Return the message with which a workbook is refused."""
    with pytest.raises(DataError) as caught:
        Workbook.opened(path, written=path.name, layout=Layout(**layout))
    return str(caught.value)


def opened(path: Path, **layout: object) -> Workbook:
    """Return a workbook, its header read."""
    return Workbook.opened(path, written=path.name, layout=Layout(**layout))


def column(path: Path, place: int, **layout: object) -> list[str]:
    """Return one column of a workbook of at most two."""
    file = Workbook.opened(path, written=path.name, layout=Layout(**layout))
    return list(file.cells(range(len(file.header))).text(place).to_pylist())


def test_cells_are_the_text_that_a_person_sees(desk) -> None:
    """Whole numbers have no point, dates are ISO dates, truth is TRUE."""
    moment = dt.datetime(2026, 3, 1, 10, 5)  # noqa: DTZ001 - a workbook knows no zones
    cells = [9, 9.5, dt.date(2026, 3, 1), moment, True, " x ", 10**15, 0.25]
    path = desk.workbook([["any"], *([cell] for cell in cells)])
    assert column(path, 0) == [
        *("9", "9.5", "2026-03-01", "2026-03-01 10:05:00", "TRUE", "x", "1000000000000000", "0.25")
    ]


def test_rows_have_the_numbers_of_the_sheet(desk) -> None:
    """Blank rows above, between and below count in the numbering and are no rows."""
    path = desk.workbook([[None], [None, "id", "score"], [None, 1, 9], [None, None, None], [None, 2, 8], [None]])
    cells = Workbook.opened(path, written="survey.xlsx", layout=Layout(header_rows=(2,))).cells([1, 2])
    assert cells.rows.tolist() == [3, 5]
    assert cells.text(2).to_pylist() == ["9", "8"]


def test_an_error_cell_is_not_a_blank_one(desk) -> None:
    """A broken formula would otherwise pass as a skipped question."""
    path = desk.workbook([["id", "score"], [1, "#N/A"], [2, None], [3, "#DIV/0!"], ["#REF!", 8]])
    assert column(path, 1) == ["#N/A", "", "#DIV/0!", "8"]
    assert column(path, 0) == ["1", "2", "3", "#REF!"]


def test_the_first_sheet_is_read_unless_another_is_named(desk) -> None:
    """A sheet is named as on its tab."""
    path = desk.workbook([["score"], [9]], sheet="Antwoorden 2026")
    assert column(path, 0) == column(path, 0, sheet="Antwoorden 2026") == ["9"]
    assert fault(path, sheet="antwoorden") == (
        "survey.xlsx: has no sheet 'antwoorden'. Did you mean 'Antwoorden 2026'? Its sheets are 'Antwoorden 2026'."
    )


def test_an_empty_sheet_and_a_late_header_are_said(desk) -> None:
    """The answers often stand on another sheet or lower."""
    assert fault(desk.workbook([])) == ("survey.xlsx: sheet 'Data' is empty. Name the sheet with the answers as sheet.")
    assert fault(desk.workbook([["score"], [9]]), header_rows=(4,)) == (
        "survey.xlsx: sheet 'Data' ends before row 4, where header_rows says that the column names are. "
        "Correct header_rows or sheet."
    )


def test_a_zip_archive_called_xlsx_is_recognised(desk) -> None:
    """Portals hand out zipped exports; the message names what is in it."""
    path = desk.folder / "survey.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("export.csv", "score\n9\n")
    assert fault(path) == (
        "survey.xlsx: is a zip archive that holds 'export.csv', not a workbook. Unpack it and name the file in it."
    )


def test_a_damaged_workbook_is_said(desk) -> None:
    """Half a download gives one sentence, not a parser's traceback."""
    path = desk.workbook([["score"], [9]])
    path.write_bytes(path.read_bytes()[:1500])
    assert fault(path) == DAMAGED


def test_no_damage_gives_anything_but_a_message(desk) -> None:
    """Whatever bytes are hurt, the file is read or refused in a sentence."""
    whole = desk.workbook([["id", "score"], [1, 9], [2, "#N/A"], [3, "x"]]).read_bytes()
    chance = random.Random(20260930)
    for _ in range(150):
        hurt = bytearray(whole)
        for _ in range(chance.randint(1, 20)):
            hurt[chance.randrange(4, len(hurt))] = chance.randrange(256)
        path = desk.write(bytes(hurt), name="survey.xlsx")
        with contextlib.suppress(DataError):
            Workbook.opened(path, written="survey.xlsx", layout=Layout())


def test_a_panic_of_the_reader_is_a_damaged_workbook(desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A panic in Rust arrives as a BaseException that cannot be imported; others pass untouched."""
    path = desk.workbook([["score"], [9]])
    panic = type("PanicException", (BaseException,), {})

    def failing(kind: type[BaseException]) -> None:
        def fail(*_: object, **__: object) -> None:
            raise kind

        monkeypatch.setattr(workbooks, "chosen_sheet", fail)

    failing(panic)
    assert fault(path) == DAMAGED
    failing(KeyboardInterrupt)
    with pytest.raises(KeyboardInterrupt):
        Workbook.opened(path, written="survey.xlsx", layout=Layout())


def test_several_header_rows_under_merged_cells(desk) -> None:
    """A merged cell holds its text in its first cell only; the answers begin below the last header row."""
    rows = [["Export"], ["id", "Vraag 1", None, "Vraag 2"], [None, "Score", "Waarom?", "Score"], [1, 9, "x", 8]]
    file = opened(desk.workbook(rows), header_rows=(2, 3))
    assert file.header == ("id", "Vraag 1 | Score", "Vraag 1 | Waarom?", "Vraag 2 | Score")
    assert (file.cells([1]).text(1).to_pylist(), file.cells([1]).rows.tolist()) == (["9"], [4])
    assert file.recognised == {"kind": "XLSX", "sheet": "Data", "header_rows": "2, 3"}


def test_numbers_stored_as_text_percentages_and_serials(desk) -> None:
    """A number is its value, however it is shown; a text that looks like one stays as it is."""
    path = desk.folder / "survey.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["score", "x"])
        page.write_string(1, 0, "9")
        page.write_string(2, 0, "09,50")
        page.write_number(3, 0, 0.25, book.add_format({"num_format": "0%"}))
        page.write_number(4, 0, 46082)
        page.write_number(5, 0, 46082.420138888889, book.add_format({"num_format": "dd-mm-yyyy hh:mm"}))
        page.write_boolean(6, 0, False)
    assert column(path, 0) == ["9", "09,50", "0.25", "46082", "2026-03-01 10:05:00", "FALSE"]


def test_hidden_and_filtered_rows_are_read(desk) -> None:
    """A filter hides answers from a person, not from the survey."""
    path = desk.folder / "survey.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_column(0, 0, ["score", 9, 8, 7])
        page.autofilter("A1:A4")
        page.set_row(2, None, None, {"hidden": True})
    assert column(path, 0) == ["9", "8", "7"]


def test_formatted_empty_cells_are_no_rows(desk) -> None:
    """Colour below and beside the answers is no answer, however far it goes."""
    path = desk.folder / "survey.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page, grey = book.add_worksheet(), book.add_format({"bg_color": "#CCCCCC"})
        page.write_column(0, 0, ["score", 9])
        for row in range(5000):
            page.write_blank(row, 30, None, grey)
    file = opened(path)
    assert (file.header, len(file.cells([0]))) == (("score",), 1)


def test_an_error_in_the_last_row_or_column_is_seen(desk) -> None:
    """What lies beyond the last cell with a value counts where it is an error."""
    cells = opened(desk.workbook([["id", "score", "why"], [1, 9], [2, None, "#REF!"], ["#N/A", "#N/A"]])).cells([0, 1])
    assert (cells.rows.tolist(), cells.text(1).to_pylist()) == ([2, 3, 4], ["9", "", "#N/A"])


def formulas(desk, *, value: object) -> Path:
    """Return a workbook of which score is a formula, its value not worked out where it is blank."""
    path = desk.folder / "survey.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Data")
        page.write_row(0, 0, ["id", "score"])
        for row in (1, 2):
            page.write_number(row, 0, row)
            page.write_formula(row, 1, "=A2*4", None, value)
    return path


def test_a_column_of_formulas_without_values_is_refused(desk) -> None:
    """They would pass as skipped questions; where the column is not used they do no harm."""
    file = opened(formulas(desk, value=""))
    assert file.cells([0]).text(0).to_pylist() == ["1", "2"]
    with pytest.raises(DataError) as caught:
        file.cells([0, 1])
    assert str(caught.value) == (
        "survey.xlsx: column B ('score') holds formulas without a value, 2 of them, the first in row 2: the program "
        "that wrote the workbook did not calculate them. Open it in Excel and save it."
    )


def test_a_formula_with_its_value_is_that_value(desk) -> None:
    """Excel saves the results with the formulas."""
    assert column(formulas(desk, value=8), 1) == ["8", "8"]


def test_no_answers_below_the_header_are_noticed(desk) -> None:
    """Blank rows below the names are no answers."""
    assert opened(desk.workbook([["id", "score"], [None, "  "]])).header_only
    assert not opened(desk.workbook([["id", "score"], [None], [None, 9]])).header_only


def test_whole_rows_hold_every_cell(desk) -> None:
    """Rows that differ in a column that is not used differ."""
    file = opened(desk.workbook([["id", "score"], [1, " 9 "], [None], [2, 8.5]]))
    assert file.whole_rows(np.array([2, 4])).to_pylist() == ["1\x1f9", "2\x1f8.5"]
    assert file.whole_rows(np.array([4])).to_pylist() == ["2\x1f8.5"]


def test_many_rows_are_read_in_pieces(desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces join to the same column, of whatever kinds its cells are."""
    monkeypatch.setattr(workbooks, "_BATCH", 2)
    assert column(desk.workbook([["x"], ["a"], ["b"], [1], [True], [2.5], [None], ["c"]]), 0) == [
        *("a", "b", "1", "TRUE", "2.5", "c")
    ]


CELL = st.none() | st.integers(-9, 99) | st.booleans() | st.sampled_from(["a", "é"])


@given(rows=st.lists(st.tuples(CELL, CELL, CELL), max_size=6))
def test_a_workbook_gives_what_was_written(rows: list[tuple[object, ...]], tmp_path_factory) -> None:
    """Every row that is not blank comes back with its number."""
    path = tmp_path_factory.mktemp("book") / "survey.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        for number, row in enumerate([("x", "y", "z"), *rows]):
            page.write_row(number, 0, row)
    cells = opened(path).cells([0, 1, 2])
    texts = zip(*(cells.text(place).to_pylist() for place in range(3)), strict=True)
    written = {
        number: tuple(
            "" if cell is None else str(cell).upper() if isinstance(cell, bool) else str(cell) for cell in row
        )
        for number, row in enumerate(rows, start=2)
        if any(cell is not None for cell in row)
    }
    assert dict(zip(cells.rows.tolist(), texts, strict=True)) == written
