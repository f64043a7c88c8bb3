"""Finding a file and looking at its bytes."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from helpers.errors import DataError
from helpers.intake.files import inspected, located


def fault(written: str, folder: Path) -> str:
    """Return the message with which a file is not found or not read."""
    with pytest.raises(DataError) as caught:
        inspected(located(written, folder=folder), written=written)
    return str(caught.value)


def test_a_missing_file_names_the_one_that_was_probably_meant(desk) -> None:
    """A typing error in a path is the commonest fault; the folder's own names mend it."""
    desk.write("score\n9\n", name="survey-2026.csv")
    assert fault("survey-2O26.csv", desk.folder) == (
        "survey-2O26.csv: the file does not exist. Did you mean 'survey-2026.csv'?"
    )


def test_a_missing_file_lists_the_folder_when_no_name_is_near(desk) -> None:
    """Without a near name the reader sees what there is."""
    desk.write("x", name="answers.csv")
    assert fault("zzz.xlsx", desk.folder) == "zzz.xlsx: the file does not exist. Its folder holds 'answers.csv'."


def test_a_missing_folder_is_said_with_where_paths_start(desk) -> None:
    """Paths in a params file start at its own folder, which is what people get wrong."""
    assert fault("../dta/survey.csv", desk.folder / "acme") == (
        "../dta/survey.csv: the file does not exist. Its folder does not exist either; "
        "a relative path starts at the folder of the params file."
    )


def test_a_folder_is_not_a_file(desk) -> None:
    """A path that ends one step early names a folder."""
    (desk.folder / "data").mkdir()
    desk.write("x", name="data/answers.csv")
    assert fault("data", desk.folder) == "data: is a folder. Name the file in it: 'answers.csv'."


@pytest.mark.parametrize("name", ["survey.xls", "survey.ods", "survey.sav", "survey.json", "survey"])
def test_other_kinds_of_file_are_refused_by_name(desk, name: str) -> None:
    """Only CSV and XLSX are read, and the message says so."""
    desk.write("score\n9\n", name=name)
    kind = Path(name).suffix or name
    assert fault(name, desk.folder) == (
        f"{name}: '{kind}' files are not read. CSV and XLSX are: save the file as one of these."
    )


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.csv", b"", "is empty. Export the answers again."),
        ("a.xlsx", b"", "is empty. Export the answers again."),
        ("a.csv", b"PK\x03\x04rest", "is a workbook or a zip archive, not text."),
        ("a.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old .xls workbook."),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is a workbook with a password, or an old .xls."),
        ("a.csv", b"\xef\xbb\xbf \n<!DOCTYPE html><html>", "is a web page or XML."),
        ("a.xlsx", b"<html><table>", "is a web page or XML."),
        ("a.csv", b"%PDF-1.7", "is a PDF."),
        ("a.xlsx", b"score\n9\n", "is not a workbook."),
        ("a.csv", "score\n9\n".encode("utf-16-le"), "is not text."),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_recognised(desk, name: str, content: bytes, found: str) -> None:
    """A download that was renamed fails with what it is, not with a parser's complaint."""
    desk.write(content, name=name)
    advice = "an XLSX workbook without a password" if name == "a.xlsx" else "CSV (UTF-8)"
    rest = "" if not content else f" Open it in the program that made it and save it as {advice}."
    assert fault(name, desk.folder) == f"{name}: {found}{rest}"


@pytest.mark.parametrize(
    ("content", "encoding", "lines"),
    [
        ("één\n9\n".encode(), "utf-8", 2),
        ("één\n9".encode("utf-8-sig"), "utf-8", 2),
        ("één\r\n9".encode("utf-16"), "utf-16", 2),
        ("één €\n9\n".encode("cp1252"), "cp1252", 2),
        (b"\xe9\x90n\n9\n", "latin-1", 2),
        (b"score\r9\r8", "utf-8", 3),
    ],
)
def test_the_character_set_is_the_first_that_fits(desk, content: bytes, encoding: str, lines: int) -> None:
    """A byte order mark decides; else UTF-8, Windows-1252, and Latin-1 for bytes that Windows leaves undefined."""
    found = inspected(desk.write(content), written="survey.csv")
    assert (found.encoding, found.lines) == (encoding, lines)
    assert found.sha256 == hashlib.sha256(content).hexdigest()


def test_a_declared_character_set_must_fit(desk) -> None:
    """A wrong declaration is refused: the letters would come out wrong."""
    path = desk.write("naam\nAnn\nJosé\n".encode("latin-1"))
    with pytest.raises(DataError) as caught:
        inspected(path, written="survey.csv", encoding="utf-8")
    assert str(caught.value) == (
        "survey.csv: is not utf-8: some bytes from line 1 on do not fit. Correct or remove the key encoding."
    )


def test_a_file_that_may_not_be_read_is_said(desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows a workbook that is open elsewhere gives this."""
    desk.write("score\n9\n")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert fault("survey.csv", desk.folder) == (
        "survey.csv: cannot be read (Permission denied). Close it in other programs and check that you may open it."
    )
