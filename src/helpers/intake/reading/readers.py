"""Open a CSV or XLSX file and find the columns that a params file names."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from helpers.errors import DataError
from helpers.intake.faults import listed, shortened
from helpers.intake.reading.files import is_workbook, located
from helpers.intake.reading.headers import joined_names, parts_of
from helpers.intake.reading.tables import Layout, SurveyFile, column_name
from helpers.intake.reading.text_files import TextFile
from helpers.intake.reading.workbooks import Workbook
from helpers.params.keys import did_you_mean
from helpers.params.model import Column, Position


def opened(written: str, *, folder: Path, layout: Layout) -> SurveyFile:
    """Read a file's header and decide how the file is written.

    Parameters
    ----------
    written
        The path as it stands in the params file.
    folder
        The folder of the params file; a relative path starts there.
    layout
        How the file is laid out.

    Raises
    ------
    DataError
        If the file is missing, empty, damaged, not what its name says, or ends before its last header row.
    """
    path = located(written, folder=folder)
    if is_workbook(path):
        return Workbook.opened(path, written=written, layout=layout)
    return TextFile.opened(path, written=written, layout=layout)


def places(wanted: Mapping[str, Column], *, file: SurveyFile, written: str) -> dict[str, int]:
    """Return the place (from 0) of each wanted column.

    Parameters
    ----------
    wanted
        Key of the params file, such as ``measures.nps`` -> the column's name or position.
    file
        The file, its header read.
    written
        Its path as the user wrote it, for messages.

    Raises
    ------
    DataError
        With one sentence per column that is absent or stands in the file twice, the names there are, the rows
        that hold the missing names if others do, and that nothing stands below them if that is so.
    """
    found = {key: _place(column, file.header) for key, column in wanted.items()}
    faults = [
        fault
        for key, column in wanted.items()
        if isinstance(fault := _fault(key, column, found[key], file.header), str)
    ]
    if not faults:
        return {key: positions[0] for key, positions in found.items()}
    named = [name for name in file.header if name]
    if any(not positions for positions in found.values()):
        faults.append(_names(file, named) if named else _no_names(file))
    if any(isinstance(wanted[key], str) and not positions for key, positions in found.items()):
        asked = {column for column in wanted.values() if isinstance(column, str)}
        faults += _elsewhere(asked, file.top) or _title_above(named, file.top)
    if file.header_only:
        faults.append("has nothing below the column names either. Export the file again.")
    raise DataError([f"{written}: {fault}" for fault in faults])


def shown_name(header: Sequence[str], place: int) -> str:
    """Return a column's name as messages and the table of rejected values show it."""
    return shortened(header[place]) or f"column {place + 1}"


def _place(column: Column, header: Sequence[str]) -> list[int]:
    if isinstance(column, Position):
        return [column.position - 1] if column.position <= len(header) else []
    return [place for place, name in enumerate(header) if name == column_name(column)]


def _fault(key: str, column: Column, positions: Sequence[int], header: Sequence[str]) -> str | None:
    if len(positions) == 1:
        return None
    if isinstance(column, Position):
        return f"position {column.position} ({key}) is beyond the last column, {len(header)}. Correct it."
    if positions:
        where = " and ".join(str(place + 1) for place in positions)
        choices = " or ".join(f"{{position: {place + 1}}}" for place in positions)
        return (
            f"column '{shortened(column)}' ({key}) stands in the file more than once, as columns {where}. "
            f"Name the one that is meant by its place: {choices}."
        )
    hint = _joined_hint(column, header) or did_you_mean(column, [name for name in header if name])
    return f"column '{shortened(column)}' ({key}) is not in the file.{hint}"


def _joined_hint(column: str, header: Sequence[str]) -> str:
    """Return the names of several header rows of which the wanted name is one part."""
    wanted = column_name(column).casefold()
    whole = [name for name in header if wanted in parts_of(name.casefold()) and wanted != name.casefold()]
    return f" Did you mean {listed(whole, most=3).replace(', ', ' or ')}?" if whole else ""


def _names(file: SurveyFile, named: Sequence[str]) -> str:
    count = len(file.header)
    return f"the 1 column is {listed(named)}." if count == 1 else f"the {count} columns are {listed(named)}."


def _title_above(named: Sequence[str], top: Sequence[Sequence[str]]) -> list[str]:
    """Return the row that looks like the column names, where the header is one cell as a title is."""
    if len(named) != 1:
        return []
    filled = {row: sum(bool(cell.strip()) for cell in cells) for row, cells in enumerate(top[:3], start=1)}
    row = next((row for row, cells in filled.items() if row > 1 and cells > 1), None)
    return [f"row {row} looks like the column names. If it is, write header_rows: {row}."] if row else []


def _no_names(file: SurveyFile) -> str:
    rows = file.recognised["header_rows"]
    return f"row {rows}, where header_rows says that the column names are, is blank. Correct header_rows."


def _elsewhere(wanted: Collection[str], top: Sequence[Sequence[str]]) -> list[str]:
    """Return the row, or the two rows, near the top of the file that hold every wanted name."""
    names = {column_name(name) for name in wanted}
    for height in (1, 2):
        for first in range(len(top) - height + 1):
            if names and names <= set(joined_names(top[first : first + height])):
                rows = str(first + 1) if height == 1 else f"[{first + 1}, {first + 2}]"
                which = f"row {first + 1} holds" if height == 1 else f"rows {first + 1} and {first + 2} hold"
                return [f"{which} every column that is named. Write header_rows: {rows}."]
    return []
