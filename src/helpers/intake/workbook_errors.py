"""Cells of a workbook that hold an error, such as #N/A.

The workbook reader gives them as blank, and a blank is a skipped question: a broken formula would pass
unseen. So they are looked up in the sheet's own XML, which is parsed only when it holds any.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

_MARKS = (b't="e"', b"t='e'")


def error_cells(path: Path, *, sheet: str) -> Iterator[tuple[int, int, str]]:
    """Yield row and column (from 0) of a sheet's error cells, and what they show.

    Parameters
    ----------
    path
        The workbook.
    sheet
        The name of the sheet.
    """
    with zipfile.ZipFile(path) as archive:
        part = _sheet_part(archive, sheet)
        content = archive.read(part)
        if any(mark in content for mark in _MARKS):
            with archive.open(part) as stream:
                yield from _errors(ET.iterparse(stream, events=("start", "end")))


def _errors(events: Iterator[tuple[str, ET.Element]]) -> Iterator[tuple[int, int, str]]:
    row = column = -1
    for event, node in events:
        tag = _local(node.tag)
        if event == "start" and tag == "row":
            row, column = int(node.get("r") or row + 2) - 1, -1
        elif event == "start" and tag == "c":
            column = _column(node.get("r") or "", following=column + 1)
        elif event == "end" and tag == "c" and node.get("t") == "e":
            yield row, column, "".join(child.text or "" for child in node if _local(child.tag) == "v")
        elif event == "end" and tag == "row":
            node.clear()


def _column(reference: str, *, following: int) -> int:
    """Return the place of a column from its letters; a cell may leave its reference out."""
    place = 0
    for letter in reference.rstrip("0123456789"):
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1 if place else following


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
