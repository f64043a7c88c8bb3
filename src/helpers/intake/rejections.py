"""Values that are not used: the table of them, and the sentence when there are too many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from helpers.intake.faults import found_text, share_text, shortened
from helpers.intake.joined import Rows
from helpers.intake.reading.tables import Coded, Text
from helpers.intake.values import REASONS

COLUMNS = ("source", "file", "row", "column", "found", "reason")
_MOST_NAMED = 5
_WORDS = {
    "off_scale": "off the scale",
    "not_a_number": "not a number",
    "not_a_date": "not a date",
    "not_a_weight": "not a positive number",
    "not_yes_or_no": "neither yes nor no",
}
TEXTS = {"column": "str", "found": "str", "reason": "str"}


@dataclass(frozen=True)
class Fault:
    """What is wrong in one column.

    Parameters
    ----------
    name
        The column, as messages name it.
    cells
        Its cells.
    codes
        Per row the reason, as the place in :data:`helpers.intake.values.REASONS`; 0 is none.
    scale
        For a scored question its lowest and highest answer.
    lowest_used
        Whether a row has the lowest of them.
    """

    name: str
    cells: Coded | Text
    codes: NDArray[np.int8]
    scale: tuple[int, int] | None = None
    lowest_used: bool = True


def rejected_values(
    source: str, *, faults: Sequence[Fault], among: NDArray[np.bool_], rows: Rows, files: Sequence[str]
) -> pd.DataFrame:
    """Return the values that are not used.

    Parameters
    ----------
    source
        The name of the source.
    faults
        What is wrong, per column.
    among
        The rows that count.
    rows
        The rows of the source's files.
    files
        The names of the files.

    Returns
    -------
    pandas.DataFrame
        ``source, file, row, column, found, reason``, one row per value, by file and row number; `found` is cut
        at 40 characters, and says of a ragged row, which has no column, how many cells it has.
    """
    ragged = rows.ragged
    columns = {
        "number": [row.file for row in ragged], "row": [row.row for row in ragged],
        "found": [f"{row.cells} cell" if row.cells == 1 else f"{row.cells} cells" for row in ragged],
    }  # fmt: skip
    parts = [pd.DataFrame(columns | {"column": "", "reason": "ragged_row"})]
    for fault in faults:
        places = np.flatnonzero((fault.codes > 0) & among)
        found = [shortened(text) for text in _texts(fault.cells, places)]
        reason = np.array(REASONS, dtype=object)[fault.codes[places]]
        columns = {"number": rows.files[places], "row": rows.rows[places], "found": found}
        parts.append(pd.DataFrame(columns | {"column": fault.name, "reason": reason}))
    names = np.array(files, dtype=object)
    joined = pd.concat([part.astype({"number": "int64", "row": "int64"} | TEXTS) for part in parts])
    joined = joined.sort_values(["number", "row"], kind="stable", ignore_index=True)
    named = joined.assign(source=source, file=names[joined["number"].to_numpy()])
    return named[list(COLUMNS)].astype({"source": "str", "file": "str"})


def too_many_sentence(rejected: pd.DataFrame, *, counted: int, limit: float, cells: Mapping[str, int]) -> str | None:
    """Return what refuses a file, without advice; None while the share of rejected rows is within the limit.

    Parameters
    ----------
    rejected
        The values that are not used.
    counted
        The number of rows that count.
    limit
        The largest share of them that may be rejected, 0–1.
    cells
        Per file the number of columns of its header.
    """
    count = len(rejected.drop_duplicates(["file", "row"]))
    if count <= limit * counted:
        return None
    named = "; ".join(_named(fault, cells) for fault in rejected.head(_MOST_NAMED).itertuples(index=False))
    more = f"; and {len(rejected) - _MOST_NAMED} more" if len(rejected) > _MOST_NAMED else ""
    shares = f"{share_text(count / counted)}, max_rejected is {share_text(limit)}"
    return f"{count} of {counted} rows rejected ({shares}): {named}{more}."


def _texts(cells: Coded | Text, places: NDArray[np.int64]) -> list[str]:
    if isinstance(cells, Coded):
        return [cells.texts[code] for code in cells.codes[places].tolist()]
    return list(cells.take(pa.array(places)).to_pylist())


def _named(fault: tuple[object, ...], cells: Mapping[str, int]) -> str:
    _, file, row, column, found, reason = fault
    where = f"{file} row {row}" if len(cells) > 1 else f"row {row}"
    if reason == "ragged_row":
        return f"{where} with {found} under a header of {cells[str(file)]}"
    return f"{where} {column} {found_text(str(found))} ({_WORDS[str(reason)]})"
