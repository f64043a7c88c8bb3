"""XLSX workbooks: every cell as the text that a person sees in it, error cells included."""

from __future__ import annotations

import datetime as dt
import struct
import zipfile
import zlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from xml.etree import ElementTree as ET

import numpy as np
import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from helpers.errors import DataError
from helpers.intake.faults import listed
from helpers.intake.files import inspected
from helpers.intake.tables import Cells, Layout, column_name, filled
from helpers.intake.workbook_errors import error_cells
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
_LARGEST_EXACT = 2**53


@dataclass(frozen=True)
class Workbook:
    """A sheet of a workbook whose header has been read.

    Parameters
    ----------
    header
        The column names.
    body
        The rows below the header, cells as text.
    first_row
        The row number of the first of them.
    sha256
        The hash of the file.
    """

    header: tuple[str, ...]
    body: list[list[str]]
    first_row: int
    sha256: str
    workbook: bool = True

    @classmethod
    def opened(cls, path: Path, *, written: str, layout: Layout) -> Workbook:
        """Read one sheet.

        Raises
        ------
        DataError
            If the file is no workbook, is damaged or has a password, lacks the sheet, or ends before the
            header row.
        """
        seen = inspected(path, written=written)
        _refuse_other_zip(_guarded(lambda: _names(path), written), written)
        sheet, rows = _guarded(lambda: _sheet_rows(path, written, layout.sheet), written)
        _guarded(lambda: _show_errors(rows, path, sheet), written)
        if not rows:
            raise DataError(f"{written}: sheet '{sheet}' is empty. Name the sheet with the answers as sheet.")
        if len(rows) < layout.header_row:
            raise DataError(
                f"{written}: sheet '{sheet}' ends before row {layout.header_row}, where header_row says that "
                "the column names are. Correct header_row or sheet."
            )
        header = tuple(column_name(cell) for cell in rows[layout.header_row - 1])
        return cls(header, rows[layout.header_row :], layout.header_row + 1, seen.sha256)

    def cells(self, places: Collection[int], *, coded: Collection[int] = ()) -> Cells:
        """Return the columns at these places (from 0), some of them coded."""
        columns = {place: pa.array([row[place] for row in self.body], pa.string()) for place in places}
        return filled(columns, coded=coded, rows=self.first_row + np.arange(len(self.body)), ragged={})


def _guarded(read: Callable[[], T], written: str) -> T:
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


def _names(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


def _refuse_other_zip(names: list[str], written: str) -> None:
    if not any(name.endswith("workbook.xml") for name in names):
        raise DataError(
            f"{written}: is a zip archive that holds {listed(names, most=3) or 'nothing'}, not a workbook. "
            "Unpack it and name the file in it."
        )


def _sheet_rows(path: Path, written: str, wanted: str | None) -> tuple[str, list[list[str]]]:
    with CalamineWorkbook.from_path(path) as workbook:
        names = [sheet.name for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        if wanted is not None and wanted not in names:
            hint = did_you_mean(wanted, names)
            raise DataError(f"{written}: has no sheet '{wanted}'.{hint} Its sheets are {listed(names)}.")
        if not names:
            raise DataError(f"{written}: has no sheet with cells.")
        name = wanted if wanted is not None else names[0]
        rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
        return name, [[_text(cell) for cell in row] for row in rows]


def _text(cell: Any) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < _LARGEST_EXACT else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)


def _show_errors(rows: list[list[str]], path: Path, sheet: str) -> None:
    for row, column, error in error_cells(path, sheet=sheet):
        # Rows that hold nothing but errors may lie beyond what the reader calls the sheet's end.
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = error
