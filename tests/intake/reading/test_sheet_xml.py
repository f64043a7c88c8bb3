"""What the workbook reader does not tell, found in the sheet's XML."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from helpers.intake.reading import sheet_xml
from helpers.intake.reading.sheet_xml import special_cells

ROWS = [["id", "score", "why"], [1, "#N/A", "x"], [2, 8, None], [3, None, "#DIV/0!"]]


def rewritten(path: Path, *changes: tuple[bytes, bytes]) -> Path:
    """Return a copy of a workbook, its sheet's XML changed by regular expressions."""
    other = path.with_name("other.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            for found, wanted in changes if name.endswith("sheet1.xml") else ():
                content = re.sub(found, wanted, content)
            new.writestr(name, content.replace(b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"urn:s"))
    return other


REFERENCES = (rb' r="[A-Z]*\d+"', b"")
PREFIXES = (rb"<(/?)(sheetData|row|c|f|v|is|t)([ />])", rb"<\1x:\2\3")


@pytest.mark.parametrize("changes", [(), (REFERENCES,), (PREFIXES,), (REFERENCES, PREFIXES), ((rb'"', b"'"),)])
@pytest.mark.parametrize("piece", [1 << 22, 50])
def test_error_cells_are_found_however_the_xml_is_written(
    desk, changes: tuple[tuple[bytes, bytes], ...], piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some programs leave references out or write prefixes, and the strict format has other namespaces."""
    monkeypatch.setattr(sheet_xml, "_PIECE", piece)
    path = rewritten(filled(desk.workbook(ROWS), changes), *changes)
    assert special_cells(path, sheet="Data").errors == {1: {1: "#N/A"}, 3: {2: "#DIV/0!"}}


def filled(path: Path, changes: tuple[tuple[bytes, bytes], ...]) -> Path:
    """Return a workbook; where references are to be left out, with the blank cells that then stand there."""
    if REFERENCES not in changes:
        return path
    return rewritten(path, (rb'(<c r="C4")', rb'<c r="B4" s="0"/>\1')).rename(path)


def test_formulas_are_told_apart_by_their_saved_results(tmp_path: Path) -> None:
    """A formula that gives an empty text has a result; one that was never calculated has none."""
    book = openpyxl.Workbook()
    book.active.title = "Data"
    for row in [["a", "b"], ["=1+1", 2], [3, "=A2&B2"], ["=A3", None]]:
        book.active.append(row)
    book.save(tmp_path / "survey.xlsx")
    assert special_cells(tmp_path / "survey.xlsx", sheet="Data").formulas == {0: [1, 3], 1: [2]}
    saved = rewritten(tmp_path / "survey.xlsx", (rb'<c r="A2"><f>1\+1</f><v ?/>', rb'<c r="A2"><f>1+1</f><v>2</v>'))
    assert special_cells(saved, sheet="Data").formulas == {0: [3], 1: [2]}
    empty = rewritten(tmp_path / "survey.xlsx", (rb'<c r="A4">', rb'<c r="A4" t="str">'))
    assert special_cells(empty, sheet="Data").formulas == {0: [1], 1: [2]}


@pytest.mark.parametrize(
    ("cell", "without_value"),
    [
        (b'<c r="A1"><f t="shared" si="0"/><v>3</v></c>', False),
        (b'<c r="A1"><f t="shared" si="0"/></c>', True),
        (b'<c r="A1" s="3"><f/><v></v></c>', True),
        (b"<c r='A1'>\n <f>B1</f>\n <v>3</v></c>", False),
        (b"<c r='A1'>\n <f>B1</f>\n </c>", True),
        (b'<c r="A1" t="b"><f>TRUE()</f><v>1</v></c>', False),
        (b'<c r="A1" t="e"><f>NA()</f><v>#N/A</v></c>', False),
        (b'<c r="A1" t="str"><f>""</f><v></v></c>', False),
        (b'<c r="A1"/><filterColumn colId="0"/>', False),
    ],
)
def test_each_way_to_write_a_formula(desk, cell: bytes, without_value: bool) -> None:
    """Shared formulas, line ends and attributes make no difference."""
    path = rewritten(desk.workbook([["score"]]), (rb"<c r=.A1.*?</c>", cell.replace(b"\\", b"\\\\")))
    assert bool(special_cells(path, sheet="Data").formulas) is without_value
