"""The text of a PDF, with the texts that stand for its pictures and its properties."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from helpers.audit.names import plain
from helpers.audit.pieces import Line, Pieces

_NULL = b"\0\0"
_SOFT_BREAK = re.compile("[\x02\u00ad\ufffe]\\s*")
"""A hyphen that only the end of a line asked for."""


def read_pdf(path: Path, *, place: str) -> Pieces:
    """Return the lines of a PDF, each page's alternative texts, its properties, outline and attachments.

    Parameters
    ----------
    path
        The file.
    place
        Where it stands, for messages.
    """
    pieces = Pieces()
    document = pypdfium2.PdfDocument(path)
    try:
        told = [f"{value}" for value in document.get_metadata_dict().values()]
        told += [bookmark.get_title() for bookmark in document.get_toc()]
        pieces.lines += [Line(f"{place}, properties", plain(text)) for text in told if plain(text)]
        for number, page in enumerate(document, start=1):
            where = f"{place}, page {number}"
            text = _SOFT_BREAK.sub("", page.get_textpage().get_text_bounded())
            pieces.lines += [Line(where, plain(line)) for line in text.splitlines() if plain(line)]
            pieces.lines += [
                Line(f"{where}, alternative text", plain(one)) for one in _alternatives(page) if plain(one)
            ]
            pieces.lines += [Line(f"{where}, note", plain(one)) for one in _notes(page) if plain(one)]
        for number in range(document.count_attachments()):
            attached = document.get_attachment(number)
            content = bytes(attached.get_data()).decode("utf-8", errors="replace")
            pieces.lines += [
                Line(f"{place}, attachment", plain(one)) for one in (attached.get_name(), *content.splitlines())
            ]
    finally:
        document.close()
    return pieces


def _alternatives(page: Any) -> Iterator[str]:
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return
    try:
        for number in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            yield from _of_element(pdfium.FPDF_StructTree_GetChildAtIndex(tree, number))
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _of_element(element: Any) -> Iterator[str]:
    if not element:
        return
    for read in (
        pdfium.FPDF_StructElement_GetAltText,
        pdfium.FPDF_StructElement_GetActualText,
        pdfium.FPDF_StructElement_GetTitle,
    ):
        if text := _string(read, element):
            yield text
    for number in range(max(0, pdfium.FPDF_StructElement_CountChildren(element))):
        yield from _of_element(pdfium.FPDF_StructElement_GetChildAtIndex(element, number))


def _notes(page: Any) -> Iterator[str]:
    for number in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        note = pdfium.FPDFPage_GetAnnot(page.raw, number)
        yield _string(_contents, note)
        pdfium.FPDFPage_CloseAnnot(note)


def _contents(note: Any, buffer: Any, size: int) -> int:
    takes = None if buffer is None else ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    return int(pdfium.FPDFAnnot_GetStringValue(note, b"Contents", takes, size))


def _string(read: Any, element: Any) -> str:
    """Return a text that PDFium writes as UTF-16 into a buffer, its closing null left out."""
    size = int(read(element, None, 0))
    if size <= len(_NULL):
        return ""
    buffer = ctypes.create_string_buffer(size)
    read(element, buffer, size)
    return buffer.raw[: size - len(_NULL)].decode("utf-16-le", errors="replace")
