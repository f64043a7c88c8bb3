"""Open a CSV or XLSX file and find the columns that a params file names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from helpers.errors import DataError
from helpers.intake.faults import listed, shortened
from helpers.intake.files import is_workbook, located
from helpers.intake.tables import Layout, SurveyFile, column_name
from helpers.intake.text_files import TextFile
from helpers.intake.workbooks import Workbook
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
        If the file is missing, empty, damaged, not what its name says, or ends before the header row.
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
        With one sentence per column that is absent or stands in the file twice, and the names there are.
    """
    found = {key: _place(column, file.header) for key, column in wanted.items()}
    faults = [
        f"{written}: {fault}"
        for key, column in wanted.items()
        if isinstance(fault := _fault(key, column, found[key], file.header), str)
    ]
    if faults:
        named = [name for name in file.header if name]
        raise DataError([*faults, f"{written}: the {len(file.header)} columns are {listed(named)}."])
    return {key: positions[0] for key, positions in found.items()}


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
        return (
            f"column '{shortened(column)}' ({key}) stands in the file more than once, as columns {where}. "
            f"Name the one that is meant by its place: {{position: {positions[0] + 1}}}."
        )
    hint = did_you_mean(column, [name for name in header if name])
    return f"column '{shortened(column)}' ({key}) is not in the file.{hint}"
