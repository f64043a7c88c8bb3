"""Which sheet of a workbook holds the answers."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from helpers.errors import DataError
from helpers.intake.reading.tables import Layout
from helpers.intake.reading.workbooks import Workbook


def book(folder: Path, **sheets: list[list[object]]) -> Path:
    """Return a workbook with these sheets."""
    path = folder / "survey.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        for name, rows in sheets.items():
            page = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
    return path


def sheet(path: Path, **layout: object) -> str:
    """Return the sheet that is read."""
    return Workbook.opened(path, written="survey.xlsx", layout=Layout(**layout)).recognised["sheet"]


README, ANSWERS = [["About this file"], ["x"]], [["id", "How  likely?"], [1, 9]]


def test_the_only_sheet_with_the_columns_is_read(tmp_path: Path) -> None:
    """A cover sheet before the answers needs no key."""
    path = book(tmp_path, Info=README, Answers=ANSWERS, Empty=[])
    assert sheet(path, expected=("How likely?", "id")) == "Answers"


def test_the_first_sheet_is_read_where_none_has_the_columns(tmp_path: Path) -> None:
    """The message about columns then speaks of the sheet that a person sees first."""
    path = book(tmp_path, Info=README, Answers=ANSWERS)
    assert sheet(path, expected=("other",)) == sheet(path) == "Info"


def test_a_declared_sheet_is_read(tmp_path: Path) -> None:
    """What the params file says is not second-guessed."""
    path = book(tmp_path, First=ANSWERS, Second=ANSWERS)
    assert sheet(path, sheet="Second", expected=("id",)) == "Second"


def test_two_sheets_that_fit_are_refused(tmp_path: Path) -> None:
    """Nobody knows which is meant: one may be last year's."""
    path = book(tmp_path, Wave1=ANSWERS, Info=README, Wave2=ANSWERS)
    with pytest.raises(DataError) as caught:
        sheet(path, expected=("id", "How likely?"))
    assert str(caught.value) == (
        "survey.xlsx: more than one sheet holds the columns that are named: 'Wave1', 'Wave2'. "
        "Write which one has the answers, such as sheet: Wave1."
    )


def test_header_rows_count_on_every_sheet(tmp_path: Path) -> None:
    """Only names in the header rows are column names; a number may be one."""
    path = book(tmp_path, Info=[["score", 2019]], Answers=[["title"], ["score", 2019], [9, 1]])
    assert sheet(path, expected=("score", "2019"), header_rows=(2,)) == "Answers"


@pytest.mark.parametrize("part", ["xl/workbook.bin", "content.xml"])
def test_a_workbook_of_another_kind_called_xlsx_is_recognised(tmp_path: Path, part: str) -> None:
    """Renaming a binary or an open-document workbook does not convert it."""
    path = tmp_path / "survey.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, "x")
    with pytest.raises(DataError) as caught:
        sheet(path)
    assert str(caught.value) == (
        "survey.xlsx: is a workbook of another kind (.xlsb or .ods). Open it in its own program and save it as XLSX."
    )
