"""Example files: what is written, and that its bytes do not depend on the machine."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from helpers.examples.writing import csv_file, tab_file, workbook

ROWS = [{"naam": 'zij zei "ja"', "waarde": "1,5"}, {"naam": "één\nregel; twee"}]


def test_a_dutch_export_is_written_as_excel_would() -> None:
    """Semicolons, byte order mark, Windows line ends; quotes only where needed; a missing key is blank."""
    written = csv_file(ROWS, columns=("naam", "waarde"), separator=";", encoding="utf-8-sig", line_end="\r\n")

    assert '\ufeffnaam;waarde\r\n"zij zei ""ja""";1,5\r\n"één\nregel; twee";\r\n'.encode() == written


def test_a_plain_export_is_written_with_commas() -> None:
    """The default is what most tools write."""
    assert csv_file([{"naam": "a;b", "waarde": "2"}], columns=("naam", "waarde")) == b"naam,waarde\na;b,2\n"


def test_unicode_text_is_written_as_excel_would() -> None:
    """UTF-16 with its byte order mark, the low byte first on every machine; tabs, and quotes only where needed."""
    assert tab_file([["naam", ""], ["é", "a\tb"]]) == b"\xff\xfe" + 'naam\t\r\né\t"a\tb"\r\n'.encode("utf-16-le")


@pytest.fixture
def archive() -> bytes:
    """A workbook of two sheets."""
    answers = [["Titel"], ["datum", "score", "tekst"], [dt.date(2025, 11, 3), 9, "=1+1"]]
    return workbook({"Uitleg": [["Vertrouwelijk"]], "Antwoorden": answers}, author="Bureau", title="Onderzoek")


def test_a_workbook_keeps_dates_numbers_and_text_apart(archive: bytes) -> None:
    """A date is a date, a number a number, and text that starts with = is no formula."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(archive))
    rows = book.get_sheet_by_name("Antwoorden").to_python()

    assert book.sheet_names == ["Uitleg", "Antwoorden"]
    assert [["Titel", "", ""], ["datum", "score", "tekst"], [dt.date(2025, 11, 3), 9.0, "=1+1"]] == rows


def test_a_workbook_can_be_read_by_pandas(archive: bytes) -> None:
    """The repacked archive is a good workbook."""
    found = pd.read_excel(io.BytesIO(archive), sheet_name="Antwoorden", header=1, engine="openpyxl")

    assert list(found["score"]) == [9]


def test_a_workbook_carries_no_trace_of_the_machine(archive: bytes) -> None:
    """No compression, no clock, no name of a system: what differs between machines is not in it."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        entries = opened.infolist()
        properties = opened.read("docProps/core.xml").decode()

    assert {(zipfile.ZIP_STORED, (1980, 1, 1, 0, 0, 0), 3)} == {
        (entry.compress_type, entry.date_time, entry.create_system) for entry in entries
    }
    assert "2025-12-01T09:00:00Z" in properties
