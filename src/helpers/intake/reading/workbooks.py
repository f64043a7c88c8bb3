"""XLSX workbooks: every cell as the text that a person sees in it, error cells included."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, repeat
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from python_calamine import CalamineSheet

from helpers.errors import DataError
from helpers.intake.faults import shortened
from helpers.intake.reading.cell_texts import cell_text, cell_texts
from helpers.intake.reading.headers import joined_names
from helpers.intake.reading.inspection import inspected
from helpers.intake.reading.row_texts import whole_texts
from helpers.intake.reading.sheet_xml import SpecialCells, column_letters, special_cells
from helpers.intake.reading.sheets import chosen_sheet, guarded, refuse_other_zip
from helpers.intake.reading.tables import TOP_ROWS, Cells, Layout, Text, filled

# Few enough rows for the processor to keep their cells at hand: 20,000 took twice as long.
_BATCH = 4_000


@dataclass(frozen=True)
class Workbook:
    """A sheet of a workbook whose header has been read.

    Parameters
    ----------
    written
        The path of the workbook as the user wrote it.
    layout
        How the file is laid out, the sheet decided.
    sheet
        The sheet.
    special
        Its error cells and formulas without a value.
    top, header, header_only
        The first rows, the column names, and whether nothing stands below them.
    sha256
        The hash of the file.
    """

    written: str
    layout: Layout
    sheet: CalamineSheet
    special: SpecialCells
    top: tuple[tuple[str, ...], ...]
    header: tuple[str, ...]
    header_only: bool
    sha256: str
    workbook: bool = True

    @classmethod
    def opened(cls, path: Path, *, written: str, layout: Layout) -> Workbook:
        """Read one sheet.

        Raises
        ------
        DataError
            If the file is no workbook, is damaged or has a password, lacks the sheet, more than one sheet would
            do, or the sheet ends before its last header row.
        """
        seen = inspected(path, written=written)
        guarded(lambda: refuse_other_zip(path, written=written), written=written)
        sheet = guarded(lambda: chosen_sheet(path, written=written, layout=layout), written=written)
        special = guarded(lambda: special_cells(path, sheet=sheet.name), written=written)
        below = layout.last_header_row
        rows = _rows(sheet, special)
        first = guarded(lambda: list(islice(rows, max(TOP_ROWS, below))), written=written)
        if not first:
            raise DataError(f"{written}: sheet '{sheet.name}' is empty. Name the sheet with the answers as sheet.")
        if len(first) < below:
            raise DataError(
                f"{written}: sheet '{sheet.name}' ends before row {below}, where header_rows says that "
                "the column names are. Correct header_rows or sheet."
            )
        header = joined_names([[cell_text(cell) for cell in first[place]] for place in layout.header_places])
        answers = guarded(lambda: any(map(_says_something, chain(first[below:], rows))), written=written)
        top = tuple(tuple(map(cell_text, row)) for row in first[:TOP_ROWS])
        return cls(written, layout, sheet, special, top, header, not answers, seen.sha256)

    @property
    def recognised(self) -> dict[str, str]:
        """How the file is written."""
        return {"kind": "XLSX", "sheet": self.sheet.name, "header_rows": self.layout.header_rows_text}

    def cells(self, places: Collection[int], *, coded: Collection[int] = ()) -> Cells:
        """Return the columns at these places (from 0), some of them coded.

        Raises
        ------
        DataError
            If one of the columns holds formulas of which the result was not saved.
        """
        self._refuse_formulas(places)
        parts = guarded(lambda: self._parts(places), written=self.written)
        columns = {place: pa.chunked_array(part, pa.string()) for place, part in parts.items()}
        count = max((len(column) for column in columns.values()), default=0)
        return filled(columns, coded=coded, rows=self.layout.last_header_row + 1 + np.arange(count), ragged={})

    def whole_rows(self, rows: NDArray[np.int64]) -> Text:
        """Return rows, given by their numbers, each as one text of all its cells."""
        return whole_texts(self, rows)

    def _parts(self, places: Collection[int]) -> dict[int, list[Text]]:
        """Return the wanted columns in pieces, so that no sheet is ever there as Python text as a whole."""
        parts: dict[int, list[Text]] = {place: [] for place in places}
        rows = islice(_rows(self.sheet, self.special), self.layout.last_header_row, None)
        while batch := list(islice(rows, _BATCH)):
            columns = list(zip(*batch, strict=True))
            for place, part in parts.items():
                part.append(pa.array(cell_texts(columns[place]), pa.string()))
        return parts

    def _refuse_formulas(self, places: Collection[int]) -> None:
        faults = []
        for place in sorted(places):
            rows = [row + 1 for row in self.special.formulas.get(place, ()) if row >= min(self.layout.header_places)]
            if rows:
                name = shortened(self.header[place]) or "without a name"
                faults.append(
                    f"{self.written}: column {column_letters(place)} ('{name}') holds formulas without a value, "
                    f"{len(rows)} of them, the first in row {rows[0]}: the program that wrote the workbook did not "
                    "calculate them. Open it in Excel and save it."
                )
        if faults:
            raise DataError(faults)


def _rows(sheet: CalamineSheet, special: SpecialCells) -> Iterator[list[Any]]:
    """Yield the rows of a sheet from its first cell on, errors filled in, all of the same width."""
    errors = special.errors
    if sheet.end is None and not errors:
        return iter(())
    bottom, right = sheet.end or (-1, -1)
    left = sheet.start[1] if sheet.start else 0
    width = max(right, *(max(columns) for columns in errors.values())) + 1 if errors else right + 1
    if not errors and not left:
        return iter(sheet.iter_rows())
    # A row, or a column, that holds nothing but errors may lie beyond what the reader calls the sheet's end.
    further = max([0, *(row - bottom for row in errors)])
    found: Iterator[list[Any]] = chain(sheet.iter_rows(), repeat([""] * (right + 1 - left), further))
    return _with_errors(found, errors, before=[""] * left, after=[""] * (width - right - 1))


def _with_errors(
    rows: Iterator[list[Any]], errors: dict[int, dict[int, str]], *, before: list[str], after: list[str]
) -> Iterator[list[Any]]:
    for number, row in enumerate(rows):
        whole = [*before, *row, *after]
        for column, error in errors.get(number, {}).items():
            whole[column] = error
        yield whole


def _says_something(row: Sequence[Any]) -> bool:
    return any(not isinstance(cell, str) or cell.strip() for cell in row)
