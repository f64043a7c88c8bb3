"""Find the sheet of a workbook that holds the answers, and say in what way a file is no workbook."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import TypeVar
from xml.etree import ElementTree as ET

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from helpers.errors import DataError
from helpers.intake.faults import listed
from helpers.intake.reading.cell_texts import cell_text
from helpers.intake.reading.headers import joined_names
from helpers.intake.reading.tables import Layout
from helpers.params.keys import did_you_mean

T = TypeVar("T")
# What the readers of zip, XML and cells raise on bytes that make no sense to them.
_DAMAGE = (
    CalamineError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ET.ParseError,
    LookupError,
    ValueError,
    ArithmeticError,
    RuntimeError,
    OSError,
    EOFError,
)


def guarded(read: Callable[[], T], *, written: str) -> T:
    """Return what a reader of workbooks gives.

    Raises
    ------
    DataError
        If it fails in any way: the workbook is damaged.
    """
    damaged = f"{written}: the workbook is damaged. Open it in its own program and save it again as XLSX."
    try:
        return read()
    except _DAMAGE as fault:
        raise DataError(damaged) from fault
    except BaseException as fault:
        # A panic of the Rust reader is no Exception and has no class that can be imported.
        if type(fault).__name__ == "PanicException":
            raise DataError(damaged) from fault
        raise


def refuse_other_zip(path: Path, *, written: str) -> None:
    """Refuse a zip archive that holds no XLSX workbook.

    Raises
    ------
    DataError
        With what it holds.
    """
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    if any(name.endswith("workbook.xml") for name in names):
        return
    if any(name.endswith("workbook.bin") for name in names) or "content.xml" in names:
        raise DataError(
            f"{written}: is a workbook of another kind (.xlsb or .ods). Open it in its own program and save it as XLSX."
        )
    raise DataError(
        f"{written}: is a zip archive that holds {listed(names, most=3) or 'nothing'}, not a workbook. "
        "Unpack it and name the file in it."
    )


def chosen_sheet(path: Path, *, written: str, layout: Layout) -> CalamineSheet:
    """Return the sheet that is declared, else the only one that holds all expected columns, else the first.

    Raises
    ------
    DataError
        If the declared sheet is not there, or more than one sheet holds all expected columns.
    """
    with CalamineWorkbook.from_path(path) as workbook:
        names = [sheet.name for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        if not names:
            raise DataError(f"{written}: has no sheet with cells.")
        if layout.sheet is not None and layout.sheet not in names:
            hint = did_you_mean(layout.sheet, names)
            raise DataError(f"{written}: has no sheet '{layout.sheet}'.{hint} Its sheets are {listed(names)}.")
        if layout.sheet is not None or len(names) == 1 or not layout.expected:
            return workbook.get_sheet_by_name(layout.sheet or names[0])
        return _fitting_sheet(workbook, names, written, layout)


def _fitting_sheet(workbook: CalamineWorkbook, names: list[str], written: str, layout: Layout) -> CalamineSheet:
    # One at a time: a sheet that does not fit is not kept in memory.
    fitting = [sheet for name in names if _holds_expected(sheet := workbook.get_sheet_by_name(name), layout)]
    if len(fitting) > 1:
        both = listed(sheet.name for sheet in fitting)
        raise DataError(
            f"{written}: more than one sheet holds the columns that are named: {both}. "
            f"Write which one has the answers, such as sheet: {fitting[0].name}."
        )
    return fitting[0] if fitting else workbook.get_sheet_by_name(names[0])


def _holds_expected(sheet: CalamineSheet, layout: Layout) -> bool:
    rows = list(islice(sheet.iter_rows(), layout.last_header_row))
    if len(rows) < layout.last_header_row:
        return False
    names = joined_names([[cell_text(cell) for cell in rows[place]] for place in layout.header_places])
    return layout.expected_names <= set(names)
