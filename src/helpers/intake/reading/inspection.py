"""Look at a file's bytes once: what it is, how it is written, its hash."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from helpers.errors import DataError
from helpers.intake.reading.files import is_workbook, unreadable
from helpers.intake.reading.text_bytes import LINEWISE

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WIDE = ("utf-16", "utf-32")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CHUNK = 1 << 20
_HEAD = 4096
# The bytes that Windows-1252 leaves undefined: a file that holds one is Latin-1.
_NOT_WINDOWS = (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")
# Sets that every byte fits, or nearly: text in them that is also UTF-8 is UTF-8.
_WESTERN = ("cp1252", "iso8859-1", "iso8859-15")
# At least this share of the bytes of European text in UTF-16 is NUL, and of a file that is no text at all.
_UTF16_SHARE, _BINARY_SHARE = 0.3, 0.1


@dataclass(frozen=True)
class Inspection:
    """What one pass over a file's bytes tells.

    Parameters
    ----------
    sha256
        The hash of the file.
    encoding
        The character set of a text file, as a Python codec name.
    lines
        Its number of lines, an unfinished last one included.
    """

    sha256: str
    encoding: str
    lines: int


def inspected(path: Path, *, written: str, encoding: str | None = None) -> Inspection:
    """Return a file's hash, and the character set and number of lines if it is text.

    Parameters
    ----------
    path
        The file.
    written
        Its path as the user wrote it, for messages.
    encoding
        The declared character set; by default UTF-16 with a byte order mark, else UTF-8, else Windows-1252,
        else Latin-1, whichever is the first that all bytes fit.

    Raises
    ------
    DataError
        If the file is empty, cannot be read, is not what its name says, or does not fit its declared set.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
            stream.seek(0)
            workbook = is_workbook(path)
            refuse_disguise(head, written=written, workbook=workbook)
            if workbook:
                return Inspection(hashlib.file_digest(stream, "sha256").hexdigest(), "", 0)
            chosen = _Scan.chosen(head, written=written, encoding=encoding)
            return chosen.through(iter(lambda: stream.read(_CHUNK), b""))
    except OSError as fault:
        raise unreadable(written, fault) from fault


def refuse_disguise(head: bytes, *, written: str, workbook: bool) -> None:
    """Refuse a file whose first bytes are those of another kind than its name says.

    Raises
    ------
    DataError
        With what it is and how to save it.
    """
    if not head:
        raise DataError(f"{written}: is empty. Export the file again.")
    opening = head.removeprefix(codecs.BOM_UTF8).lstrip()[:200].lower()
    if head.startswith(_OLE):
        what = "is a workbook with a password, or an old .xls" if workbook else "is an old .xls workbook"
    elif head.startswith(_ZIP) and not workbook:
        what = "is a workbook or a zip archive, not text"
    elif opening.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<?xml")):
        what = "is a web page or XML"
    elif head.startswith(b"%PDF"):
        what = "is a PDF"
    elif workbook and not head.startswith(_ZIP):
        what = "is not a workbook"
    else:
        return
    wanted = "an XLSX workbook without a password" if workbook else "CSV (UTF-8)"
    raise DataError(f"{written}: {what}. Open it in the program that made it and save it as {wanted}.")


class _Scan:
    """One pass over a text file in the character set that is declared, or that its first bytes suggest."""

    def __init__(self, written: str, *, encoding: str, declared: str | None) -> None:
        self._written, self._encoding, self._declared = written, encoding, declared
        self._name = codecs.lookup(encoding).name
        self._linewise = self._name in (*LINEWISE, "utf-8-sig")
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._utf8 = codecs.getincrementaldecoder("utf-8")() if declared and self._name in _WESTERN else None
        self._fits = self._windows = self._ascii = True
        self._ends = self._returns = 0

    @classmethod
    def chosen(cls, head: bytes, *, written: str, encoding: str | None) -> _Scan:
        """Return the scan of a file with these first bytes."""
        scan = cls(written, encoding=_in_order(encoding, head) if encoding else _suggested(head), declared=encoding)
        wide = scan._name.startswith(_WIDE)
        if encoding and wide and not any(sign.isascii() for sign in head.decode(scan._encoding, "ignore")):
            raise scan._misfit(1)
        if not wide:
            _refuse_no_text(head, written)
        marked = head.startswith(codecs.BOM_UTF8)
        if encoding and (scan._name in (*_WESTERN, "ascii") and marked):
            raise scan._misfit(1)
        return scan

    def through(self, chunks: Iterator[bytes]) -> Inspection:
        """Return what all bytes tell."""
        digest, last = hashlib.sha256(), ""
        for chunk in chunks:
            digest.update(chunk)
            text = self._decoded(chunk)
            self._count(chunk, text)
            last = text[-1:] if text else chunk[-1:].decode("latin-1")
        self._decoded(b"", final=True)
        if self._utf8 is not None and not self._ascii:
            raise self._misfit_of_utf8()
        fallback = "cp1252" if self._windows else "latin-1"
        chosen = self._encoding if self._fits else fallback
        return Inspection(digest.hexdigest(), chosen, (self._ends or self._returns) + (last not in ("\r", "\n", "")))

    def _decoded(self, chunk: bytes, *, final: bool = False) -> str:
        if not self._fits:
            return ""
        try:
            text = self._decoder.decode(chunk, final)
        except UnicodeDecodeError as fault:
            self._fits = False
            if self._declared:
                before = fault.object[: fault.start].decode(self._encoding, "ignore")
                raise self._misfit(self._ends + before.count("\n") + 1) from fault
            return ""
        return text

    def _count(self, chunk: bytes, text: str) -> None:
        """Count line ends, refuse NUL, and note whether the bytes would be UTF-8 or Windows-1252."""
        if self._linewise and (place := chunk.find(b"\0")) >= 0:
            raise _nul(self._written, self._ends + chunk.count(b"\n", 0, place) + 1)
        if not self._linewise and (place := text.find("\0")) >= 0:
            raise _nul(self._written, self._ends + text.count("\n", 0, place) + 1)
        ends = chunk.count(b"\n") if self._linewise else text.count("\n")
        self._ends += ends
        if not self._ends:
            self._returns += chunk.count(b"\r") if self._linewise else text.count("\r")
        if not chunk.isascii():
            self._ascii = False
            self._windows = self._windows and not any(sign in chunk for sign in _NOT_WINDOWS)
        if self._utf8 is not None:
            try:
                self._utf8.decode(chunk)
            except UnicodeDecodeError:
                self._utf8 = None

    def _misfit(self, line: int) -> DataError:
        return DataError(
            f"{self._written}: is not {self._declared}: some bytes in line {line} do not fit. "
            "Correct or remove the key encoding."
        )

    def _misfit_of_utf8(self) -> DataError:
        return DataError(
            f"{self._written}: is not {self._declared} but utf-8: its letters with accents would come out wrong. "
            "Correct or remove the key encoding."
        )


def _suggested(head: bytes) -> str:
    return "utf-16" if head.startswith(_UTF16) else "utf-8"


def _in_order(encoding: str, head: bytes) -> str:
    """Return a declared set with its byte order where the file has no mark that tells it."""
    name = codecs.lookup(encoding).name
    if name not in _WIDE or head.startswith((*_UTF16, codecs.BOM_UTF32_BE)):
        return encoding
    return f"{name}-be" if head.startswith(b"\0") else f"{name}-le"


def _refuse_no_text(head: bytes, written: str) -> None:
    """Refuse a file of which so many bytes are NUL that it is no text, or text in UTF-16."""
    even, odd, half = head[::2].count(0), head[1::2].count(0), max(len(head) // 2, 1)
    if max(even, odd) >= 2 * _UTF16_SHARE * half and min(even, odd) <= max(even, odd) / 10:
        order = "le" if odd > even else "be"
        raise DataError(
            f"{written}: is text in UTF-16 without a byte order mark. "
            f"Write encoding: utf-16-{order} in the params file, or save it as CSV (UTF-8)."
        )
    if even + odd > max(_BINARY_SHARE * len(head), 2):
        raise DataError(f"{written}: is not text. Open it in the program that made it and save it as CSV (UTF-8).")


def _nul(written: str, line: int) -> DataError:
    return DataError(
        f"{written}: line {line} holds a NUL byte, which no text has: the file is damaged. Export it again."
    )
