"""Looking at the bytes of a file."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from helpers.errors import DataError
from helpers.intake.reading import inspection
from helpers.intake.reading.inspection import inspected


def fault(path: Path, *, encoding: str | None = None) -> str:
    """Return the message with which a file is refused."""
    with pytest.raises(DataError) as caught:
        inspected(path, written=path.name, encoding=encoding)
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.csv", b"", "is empty. Export the file again."),
        ("a.xlsx", b"", "is empty. Export the file again."),
        ("a.csv", b"PK\x03\x04rest", "is a workbook or a zip archive, not text."),
        ("a.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old .xls workbook."),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is a workbook with a password, or an old .xls."),
        ("a.csv", b"\xef\xbb\xbf \n<!DOCTYPE html><html>", "is a web page or XML."),
        ("a.xlsx", b"<html><table>", "is a web page or XML."),
        ("a.csv", b"%PDF-1.7", "is a PDF."),
        ("a.xlsx", b"score\n9\n", "is not a workbook."),
        ("a.csv", bytes(range(256)).replace(b"\n", b"\0") + b"\0" * 90, "is not text."),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_recognised(desk, name: str, content: bytes, found: str) -> None:
    """A download that was renamed fails with what it is, not with a parser's complaint."""
    desk.write(content, name=name)
    advice = "an XLSX workbook without a password" if name == "a.xlsx" else "CSV (UTF-8)"
    rest = "" if not content else f" Open it in the program that made it and save it as {advice}."
    assert fault(desk.folder / name) == f"{name}: {found}{rest}"


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


@pytest.mark.parametrize(
    ("content", "encoding", "line"),
    [
        ("naam\nAnn\nJosé\n".encode("latin-1"), "utf-8", 3),
        (b"naam\nJos\xc3", "utf-8", 2),
        ("naam\nAnn\nJosé\n".encode(), "ascii", 3),
        (b"naam\nAnn \x81\n", "cp1252", 2),
        ("naam\nAnn\n".encode("utf-8-sig"), "cp1252", 1),
        (b"naam\nAnn\n", "utf-16", 1),
        ("naam\nAnn\n".encode("utf-16-be"), "utf-16-le", 1),
        ("naam\nAnn\n".encode("utf-16-le") + b"\x00\xd8\n\0", "utf-16-le", 3),
    ],
)
def test_a_declared_character_set_must_fit(
    desk, content: bytes, encoding: str, line: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong declaration is refused with the line: the letters would come out wrong."""
    path = desk.write(content)
    for size in (1 << 20, 3):
        monkeypatch.setattr(inspection, "_CHUNK", size)
        assert fault(path, encoding=encoding) == (
            f"survey.csv: is not {encoding}: some bytes in line {line} do not fit. Correct or remove the key encoding."
        )


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_utf8_declared_as_another_set_is_refused(desk, encoding: str) -> None:
    """Nearly all bytes fit these sets, so they would be read without a sign and with wrong letters."""
    assert fault(desk.write("naam\nJosé\n"), encoding=encoding) == (
        f"survey.csv: is not {encoding} but utf-8: its letters with accents would come out wrong. "
        "Correct or remove the key encoding."
    )
    assert inspected(desk.write("naam\nAnn\n"), written="survey.csv", encoding=encoding).encoding == encoding
    path = desk.write("naam\nJosé\n".encode(encoding))
    assert inspected(path, written="survey.csv", encoding=encoding).encoding == encoding


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_named(desk, encoding: str) -> None:
    """Without a mark it is not chosen by itself; the message says what to declare."""
    path = desk.write("id;score\n1;9\n".encode(encoding))
    assert fault(path) == (
        "survey.csv: is text in UTF-16 without a byte order mark. "
        f"Write encoding: {encoding} in the params file, or save it as CSV (UTF-8)."
    )
    found = inspected(path, written="survey.csv", encoding=encoding)
    assert (found.encoding, found.lines) == (encoding, 2)


@pytest.mark.parametrize("encoding", [None, "utf-8", "cp1252", "utf-16"])
def test_a_nul_byte_is_refused_with_its_line(desk, encoding: str | None) -> None:
    """A disk or a transfer that failed leaves NUL bytes; the row cannot be trusted."""
    text = "id,score\n" + "1,9\n" * 3000 + "2,\0\n"
    assert fault(desk.write(text.encode(encoding or "utf-8")), encoding=encoding) == (
        "survey.csv: line 3002 holds a NUL byte, which no text has: the file is damaged. Export it again."
    )
