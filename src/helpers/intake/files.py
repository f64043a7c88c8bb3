"""Find a data file and look at its bytes once: what it is, how it is written, its hash."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from helpers.errors import DataError
from helpers.intake.faults import listed
from helpers.params.keys import did_you_mean

TEXT_SUFFIXES = (".csv", ".tsv", ".txt", ".tab")
WORKBOOK_SUFFIXES = (".xlsx", ".xlsm")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CHUNK = 1 << 20
_HEAD = 4096
# The bytes that Windows-1252 leaves undefined: a file that holds one is Latin-1.
_NOT_WINDOWS = (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")


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


def located(written: str, *, folder: Path) -> Path:
    """Return the file that a params file names.

    Parameters
    ----------
    written
        The path as it stands in the params file.
    folder
        The folder of the params file; a relative path starts there.

    Raises
    ------
    DataError
        If there is no such file, with the nearest name in its folder; or if it is neither CSV nor XLSX.
    """
    path = folder / written
    try:
        _refuse_absent(path, written)
    except OSError as fault:
        raise _unreadable(written, fault) from fault
    if path.suffix.lower() not in TEXT_SUFFIXES + WORKBOOK_SUFFIXES:
        raise DataError(
            f"{written}: '{path.suffix or path.name}' files are not read. CSV and XLSX are: "
            "save the file as one of these."
        )
    return path


def is_workbook(path: Path) -> bool:
    """Tell whether a file is named as a workbook."""
    return path.suffix.lower() in WORKBOOK_SUFFIXES


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
            _refuse_disguise(head, written=written, workbook=is_workbook(path))
            return _inspected(iter(lambda: stream.read(_CHUNK), b""), head, written, encoding)
    except OSError as fault:
        raise _unreadable(written, fault) from fault


def _refuse_absent(path: Path, written: str) -> None:
    if path.is_dir():
        raise DataError(f"{written}: is a folder. Name the file in it: {_names_in(path)}.")
    if not path.is_file():
        raise DataError(f"{written}: the file does not exist.{_hint(path)}")


def _unreadable(written: str, fault: OSError) -> DataError:
    reason = fault.strerror or type(fault).__name__
    advice = "Close it in other programs and check that you may open it."
    return DataError(f"{written}: cannot be read ({reason}). {advice}")


def _inspected(chunks: Iterator[bytes], head: bytes, written: str, encoding: str | None) -> Inspection:
    digest, ends, returns, last = hashlib.sha256(), 0, 0, b""
    candidate = encoding or ("utf-16" if head.startswith(_UTF16) else "utf-8")
    decoder, windows = codecs.getincrementaldecoder(candidate)(), True
    fits = True
    for chunk in chunks:
        digest.update(chunk)
        windows = windows and (chunk.isascii() or not any(sign in chunk for sign in _NOT_WINDOWS))
        fits = fits and _decodes(decoder, chunk)
        if encoding and not fits:
            break
        ends, last = ends + chunk.count(b"\n"), chunk[-1:]
        returns += 0 if ends else chunk.count(b"\r")
    if encoding and not (fits and _decodes(decoder, b"", final=True)):
        raise DataError(
            f"{written}: is not {encoding}: some bytes from line {ends + 1} on do not fit. "
            "Correct or remove the key encoding."
        )
    fits = fits and _decodes(decoder, b"", final=True)
    chosen = candidate if fits else "cp1252" if windows else "latin-1"
    return Inspection(digest.hexdigest(), chosen, (ends or returns) + (last not in b"\r\n"))


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeError:
        return False
    return True


def _refuse_disguise(head: bytes, *, written: str, workbook: bool) -> None:
    if not head:
        raise DataError(f"{written}: is empty. Export the answers again.")
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
    elif not workbook and b"\0" in head and not head.startswith(_UTF16):
        what = "is not text"
    else:
        return
    wanted = "an XLSX workbook without a password" if workbook else "CSV (UTF-8)"
    raise DataError(f"{written}: {what}. Open it in the program that made it and save it as {wanted}.")


def _names_in(folder: Path) -> str:
    names = sorted(entry.name for entry in folder.iterdir() if entry.is_file())
    return listed(names, most=10) or "it holds none"


def _hint(path: Path) -> str:
    if not path.parent.is_dir():
        return " Its folder does not exist either; a relative path starts at the folder of the params file."
    names = sorted(entry.name for entry in path.parent.iterdir() if entry.is_file())
    return did_you_mean(path.name, names) or f" Its folder holds {listed(names, most=10) or 'no files'}."
