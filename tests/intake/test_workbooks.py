"""XLSX workbooks: cells as a person sees them, and every way in which a file is no workbook."""

from __future__ import annotations

import contextlib
import datetime as dt
import random
import re
import zipfile
from pathlib import Path

import pytest

from helpers.errors import DataError
from helpers.intake import workbooks
from helpers.intake.tables import Layout
from helpers.intake.workbooks import Workbook

DAMAGED = "survey.xlsx: the workbook is damaged. Open it in its own program and save it again as XLSX."


def fault(path: Path, **layout: object) -> str:
    """Return the message with which a workbook is refused."""
    with pytest.raises(DataError) as caught:
        Workbook.opened(path, written=path.name, layout=Layout(**layout))
    return str(caught.value)


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
    cells = Workbook.opened(path, written="survey.xlsx", layout=Layout(header_row=2)).cells([1, 2])
    assert cells.rows.tolist() == [3, 5]
    assert cells.text(2).to_pylist() == ["9", "8"]


def test_an_error_cell_is_not_a_blank_one(desk) -> None:
    """A broken formula would otherwise pass as a skipped question."""
    path = desk.workbook([["id", "score"], [1, "#N/A"], [2, None], [3, "#DIV/0!"], ["#REF!", 8]])
    assert column(path, 1) == ["#N/A", "", "#DIV/0!", "8"]
    assert column(path, 0) == ["1", "2", "3", "#REF!"]


def test_error_cells_are_found_without_references_and_in_strict_workbooks(desk, tmp_path: Path) -> None:
    """Some programs leave cell references out, and the strict format has other namespaces."""
    path = desk.workbook([["id", "score"], [1, "#N/A"], [2, 8]])
    other = tmp_path / "strict.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet1.xml"):
                content = re.sub(rb' r="[A-Z]*\d+"', b"", content)
            content = content.replace(b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"urn:strict")
            new.writestr(name, content)
    assert list(workbooks.error_cells(other, sheet="Data")) == [(1, 1, "#N/A")]


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
    assert fault(desk.workbook([["score"], [9]]), header_row=4) == (
        "survey.xlsx: sheet 'Data' ends before row 4, where header_row says that the column names are. "
        "Correct header_row or sheet."
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
        def fail(*_: object) -> None:
            raise kind

        monkeypatch.setattr(workbooks, "_sheet_rows", fail)

    failing(panic)
    assert fault(path) == DAMAGED
    failing(KeyboardInterrupt)
    with pytest.raises(KeyboardInterrupt):
        Workbook.opened(path, written="survey.xlsx", layout=Layout())
