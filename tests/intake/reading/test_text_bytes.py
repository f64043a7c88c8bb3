"""A text file's bytes, ready for every reader."""

from __future__ import annotations

import codecs

import pytest

from helpers.intake.reading import text_bytes
from helpers.intake.reading.text_bytes import TextBytes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "ascii", "cp1252", "latin-1", "ISO-8859-15"])
def test_a_file_with_single_ascii_bytes_is_read_where_it_is(desk, encoding: str) -> None:
    """No copy of a large file is made without need."""
    content = TextBytes.of(desk.write("id;score\n"), encoding=encoding)
    assert (content.utf8, content.arrow_input) == (None, content.path)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32-be", "cp850", "shift_jis"])
def test_any_other_file_is_written_anew_once(desk, encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters that a piece cuts through are put together."""
    monkeypatch.setattr(text_bytes, "_CHUNK", 3)
    text = "id;score\r\né;9\n" if encoding != "shift_jis" else "id;score\r\n日本;9\n"
    content = TextBytes.of(desk.write(text.encode(encoding)), encoding=encoding)
    assert content.utf8 == text.encode()
    with content.text() as stream:
        assert stream.read() == text


def test_a_byte_order_mark_is_no_text(desk) -> None:
    """It would become part of the first column's name."""
    for encoding, mark in (("utf-8", codecs.BOM_UTF8), ("utf-16-le", codecs.BOM_UTF16_LE)):
        content = TextBytes.of(desk.write(mark + "id".encode(encoding)), encoding=encoding)
        with content.text() as stream:
            assert stream.read() == "id"
