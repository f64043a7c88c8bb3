"""What the workbook reader does not tell: cells with an error, such as #N/A, and formulas without a value.

It gives both as blank, and a blank is a skipped question: a broken formula would pass unseen. So they are looked
up in the sheet's own XML, a piece at a time; a piece in which no such cell can be costs only the search.
"""

from __future__ import annotations

import html
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

_PIECE = 1 << 22
_ROW_END = b"row>"
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_ROW_NUMBER = re.compile(rb"""<(?:\w+:)?row\s[^>]*?\br=["'](\d+)["']""")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_REFERENCE = re.compile(rb"""\sr=["']([A-Z]+)\d+["']""")
_ERROR = re.compile(
    rb"""<(?:\w+:)?c(?=\s[^>]*?\bt=["']e["'])[^>]*+>(?:(?!</?(?:\w+:)?c[\s>]).)*?<(?:\w+:)?v[^>]*+>([^<]*+)<""",
    re.DOTALL,
)
# A formula that nothing follows, or an empty value; the result of one that gives an empty text has t="str".
_FORMULA = re.compile(
    rb"""<(?:\w+:)?c(?!\s[^>]*?\bt=["']str["'])(?:\s[^>]*+)?>\s*+<(?:\w+:)?f(?:\s[^>]*?)?(?:/>|>[^<]*+</(?:\w+:)?f>)"""
    rb"""\s*+(?!<(?:\w+:)?v(?:\s[^>]*)?>[^<])"""
)


@dataclass
class SpecialCells:
    """The cells of a sheet that are not what they seem.

    Parameters
    ----------
    errors
        Row, from 0 -> column, from 0 -> what the cell shows.
    formulas
        Column, from 0 -> the rows, from 0, of its formulas without a value.
    """

    errors: dict[int, dict[int, str]] = field(default_factory=dict)
    formulas: dict[int, list[int]] = field(default_factory=dict)


def special_cells(path: Path, *, sheet: str) -> SpecialCells:
    """Return a sheet's error cells and its formulas without a value.

    Parameters
    ----------
    path
        The workbook.
    sheet
        The name of the sheet.
    """
    found = SpecialCells()
    above = 0
    with zipfile.ZipFile(path) as archive:
        for piece in _pieces(archive, _sheet_part(archive, sheet)):
            if b't="e"' in piece or b"t='e'" in piece:
                for match in _ERROR.finditer(piece):
                    row, column = _place(piece, match.start(), above)
                    found.errors.setdefault(row, {})[column] = html.unescape(match[1].decode())
            if b"<f" in piece or b":f" in piece:
                for match in _FORMULA.finditer(piece):
                    row, column = _place(piece, match.start(), above)
                    found.formulas.setdefault(column, []).append(row)
            first = _ROW.search(piece)
            if first and not _ROW_NUMBER.match(piece, first.start()):
                above += len(_ROW.findall(piece))
    return found


def column_letters(place: int) -> str:
    """Return the letters above a column, by its place from 0.

    Examples
    --------
    >>> column_letters(0), column_letters(25), column_letters(26)
    ('A', 'Z', 'AA')
    """
    higher, last = divmod(place, 26)
    return (column_letters(higher - 1) if higher else "") + chr(ord("A") + last)


def _pieces(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """Yield a sheet's XML in pieces that end where a row ends."""
    rest = b""
    with archive.open(part) as stream:
        while read := stream.read(_PIECE):
            rest += read
            if (last := rest.rfind(_ROW_END)) >= 0:
                end = last + len(_ROW_END)
                yield rest[:end]
                rest = rest[end:]
    yield rest


def _place(piece: bytes, start: int, above: int) -> tuple[int, int]:
    """Return row and column of the cell that starts here; row and cell may leave their references out."""
    begin = max(piece.rfind(b"<row", 0, start), piece.rfind(b":row ", 0, start), piece.rfind(b":row>", 0, start), 0)
    begin = piece.rfind(b"<", 0, begin + 1)
    number = _ROW_NUMBER.match(piece, begin)
    row = int(number[1]) - 1 if number else above + len(_ROW.findall(piece, 0, start)) - 1
    reference = _REFERENCE.search(piece, start, piece.index(b">", start))
    column = _column(reference[1].decode()) if reference else len(_CELL.findall(piece, begin, start))
    return row, column


def _column(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _sheet_part(archive: zipfile.ZipFile, sheet: str) -> str:
    main = _target(archive, "", lambda node: node.get("Type", "").endswith("/officeDocument"))
    for node in ET.fromstring(archive.read(main)).iter():
        if _local(node.tag) == "sheet" and node.get("name") == sheet:
            ids = {value for key, value in node.items() if _local(key) == "id"}
            break
    else:
        raise KeyError(sheet)
    return _target(archive, main, lambda node: node.get("Id") in ids)


def _target(archive: zipfile.ZipFile, part: str, fits: Callable[[ET.Element], bool]) -> str:
    """Return the part that the first fitting relation of a part points to."""
    folder, name = posixpath.split(part)
    relations = ET.fromstring(archive.read(posixpath.join(folder, "_rels", f"{name}.rels")))
    target = next(node.get("Target", "") for node in relations if fits(node))
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _local(tag: str) -> str:
    """Return a tag without its namespace: strict workbooks use another one."""
    return tag.rpartition("}")[2]
