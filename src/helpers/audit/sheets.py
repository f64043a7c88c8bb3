"""A workbook read from its parts: every sheet, hidden ones too, with fills, notes, names and properties."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from helpers.audit.labelled import labelled
from helpers.audit.names import plain
from helpers.audit.pieces import Grid, GridCell, GridRow, Line, Pieces

PLUMBING = ("[Content_Types].xml", "xl/theme/", "_rels/", "xl/styles.xml", "xl/worksheets/sheet", "xl/media/")
_REFERENCE = re.compile(r"([A-Z]+)(\d+)")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")


@dataclass(frozen=True)
class _Book:
    strings: list[str]
    fills: list[str]
    titles: dict[str, str]


def read_workbook(path: Path, *, place: str) -> Pieces:
    """Return the pieces of an XLSX file: one grid per sheet, and every other text in it.

    Parameters
    ----------
    path
        The file.
    place
        Where it stands, for messages.
    """
    pieces = Pieces()
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    trees = {name: ET.fromstring(content) for name, content in parts.items() if name.endswith((".xml", ".rels"))}
    book = _Book(_strings(trees), _fills(trees), _titles(trees))
    for name, tree in trees.items():
        if _SHEET.fullmatch(name):
            title = book.titles.get(name, name)
            pieces.grids.append(_grid(tree, book, f"{place}, sheet '{title}'", title))
            pieces.lines += _beside_cells(tree, f"{place}, sheet '{title}'")
        elif not name.startswith(PLUMBING) and "_rels/" not in name:
            where = f"{place}, {'strings' if name.endswith('sharedStrings.xml') else name}"
            pieces.lines += [Line(where, text) for text in _texts(tree, name)]
    return pieces


def _strings(trees: dict[str, ET.Element]) -> list[str]:
    tree = trees.get("xl/sharedStrings.xml")
    return [] if tree is None else ["".join(_written(one)) for one in tree]


def _written(element: ET.Element) -> Iterator[str]:
    return (one.text or "" for one in element.iter() if _local(one.tag) == "t")


def _fills(trees: dict[str, ET.Element]) -> list[str]:
    """Return the fill colour of each cell style, an empty string for none."""
    tree = trees.get("xl/styles.xml")
    if tree is None:
        return []
    colours = []
    for fill in (one for group in tree if _local(group.tag) == "fills" for one in group):
        found = [one.attrib for one in fill.iter() if _local(one.tag) == "fgColor"]
        colours.append(":".join(found[0].values()).lower() if found else "")
    styles = (one for group in tree if _local(group.tag) == "cellXfs" for one in group)
    return [colours[int(one.attrib.get("fillId", 0))] for one in styles]


def _titles(trees: dict[str, ET.Element]) -> dict[str, str]:
    links = {one.attrib["Id"]: one.attrib["Target"] for one in trees.get("xl/_rels/workbook.xml.rels", ())}
    found = {}
    for sheet in (one for one in trees["xl/workbook.xml"].iter() if _local(one.tag) == "sheet"):
        link = next((value for name, value in sheet.attrib.items() if _local(name) == "id"), "")
        found[f"xl/{links.get(link, '').removeprefix('/xl/')}"] = sheet.attrib["name"]
    return found


def _grid(tree: ET.Element, book: _Book, place: str, title: str) -> Grid:
    rows: dict[int, dict[int, GridCell]] = {}
    for cell in (one for one in tree.iter() if _local(one.tag) == "c"):
        found = _REFERENCE.match(cell.attrib.get("r", ""))
        if found and (read := _cell(cell, book)):
            rows.setdefault(int(found[2]), {})[_column(found[1])] = read
    caption = next((one.text for row in sorted(rows)[:1] for one in rows[row].values()), title)
    first = next((row for row in sorted(rows) if any(one.values for one in rows[row].values())), 0)
    heads: dict[int, str] = {}
    for row in sorted(rows):
        if row < first and len(rows[row]) > 1:
            for column, one in rows[row].items():
                heads[column] = plain(f"{heads.get(column, '')} {one.text}")
    body = tuple(GridRow((), rows[row], f"row {row}") for row in sorted(rows) if row >= first)
    return labelled(Grid(place, caption, heads, body))


def _cell(cell: ET.Element, book: _Book) -> GridCell | None:
    style = int(cell.attrib.get("s", 0))
    fill = book.fills[style] if style < len(book.fills) else ""
    looks = (fill,) if fill else ()
    kind = cell.attrib.get("t", "n")
    written = next((one.text or "" for one in cell if _local(one.tag) == "v"), "")
    formula = next((one.text or "" for one in cell if _local(one.tag) == "f"), "")
    if kind == "s" and written:
        return GridCell(plain(book.strings[int(written)]), (), looks, formula)
    if kind == "inlineStr":
        return GridCell(plain("".join(_written(cell))), (), looks, formula)
    if kind in ("n", "") and written:
        return GridCell("", (float(written),), looks, formula)
    return GridCell(plain(written), (), looks, formula) if written or looks or formula else None


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def _beside_cells(tree: ET.Element, place: str) -> Iterator[Line]:
    """Yield what a sheet carries beside its cells: heads and feet, messages of validations, link tips."""
    for one in tree.iter():
        if _local(one.tag) in ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"):
            yield Line(place, plain(one.text or ""))
        if _local(one.tag) in ("dataValidation", "hyperlink", "formula", "formula1"):
            yield from (Line(place, plain(text)) for text in (one.text or "", *one.attrib.values()) if plain(text))


def _texts(tree: ET.Element, name: str) -> Iterator[str]:
    """Yield the texts of a part: a note or shared string as a whole, and of all else the attributes too."""
    together = {"sharedStrings.xml": "si"}.get(name.rpartition("/")[2], "comment" if "comments" in name else "")
    if together:
        yield from (plain("".join(_written(one))) for one in tree.iter() if _local(one.tag) == together)
        return
    for one in tree.iter():
        yield from (plain(text) for text in (one.text or "", *one.attrib.values()) if plain(text))


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
