"""Values that are not used: the table of them, and the sentence when there are too many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
_HUNDRED = 100
_SHORT_YEAR = r"[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ][0-9]{2}.*"
TEXTS = {"column": "str", "found": "str", "reason": "str"}
# Fewer different values are codes for no answer, such as 99.
_SEVERAL = 3


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
        at 40 characters, and is the number of cells of a ragged row, which has no column.
    """
    ragged = rows.ragged
    columns = {
        "number": [row.file for row in ragged], "row": [row.row for row in ragged],
        "found": [str(row.cells) for row in ragged],
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


def too_many_sentence(
    rejected: pd.DataFrame, *, counted: int, limit: float, cells: Mapping[str, int], faults: Iterable[Fault]
) -> str | None:
    """Return the sentence that refuses a file; None while the share of rejected rows is within the limit.

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
    faults
        What is wrong, per column.
    """
    count = len(rejected.drop_duplicates(["file", "row"]))
    if count <= limit * counted:
        return None
    named = "; ".join(_named(fault, cells) for fault in rejected.head(_MOST_NAMED).itertuples(index=False))
    more = f"; and {len(rejected) - _MOST_NAMED} more" if len(rejected) > _MOST_NAMED else ""
    shares = f"{share_text(count / counted)}, max_rejected is {share_text(limit)}"
    return f"{count} of {counted} rows rejected ({shares}): {named}{more}. {_advice(rejected, faults)}"


def _texts(cells: Coded | Text, places: NDArray[np.int64]) -> list[str]:
    if isinstance(cells, Coded):
        return [cells.texts[code] for code in cells.codes[places].tolist()]
    return list(cells.take(pa.array(places)).to_pylist())


def _named(fault: tuple[object, ...], cells: Mapping[str, int]) -> str:
    _, file, row, column, found, reason = fault
    where = f"{file} row {row}" if len(cells) > 1 else f"row {row}"
    if reason == "ragged_row":
        return f"{where} with {found} cells under a header of {cells[str(file)]}"
    return f"{where} {column} {found_text(str(found))} ({_WORDS[str(reason)]})"


def _advice(rejected: pd.DataFrame, faults: Iterable[Fault]) -> str:
    for fault in faults:
        mine = rejected[rejected["column"] == fault.name]
        if fault.scale is not None and len(mine) * 2 > len(rejected):
            return _score_advice(mine["found"], fault, fault.scale)
    if (rejected["reason"] == "not_a_date").mean() > 1 / 2:
        written = rejected.loc[rejected["reason"] == "not_a_date", "found"]
        if written.str.fullmatch(_SHORT_YEAR).mean() > 1 / 2:
            return 'For years of two digits, declare how the dates are written, such as date_format: "%d-%m-%y".'
        return 'Correct the dates, or declare how they are written, such as date_format: "%d/%m/%Y".'
    return "Correct the file or what the params file says about it, or allow more with max_rejected."


def _score_advice(found: pd.Series, fault: Fault, scale: tuple[int, int]) -> str:
    answers = pd.to_numeric(found, errors="coerce")
    lowest, highest = scale
    hundreds = (answers > highest) & (answers <= _HUNDRED)
    often = found.value_counts()
    if hundreds.mean() > 1 / 2 and answers[hundreds].nunique() >= _SEVERAL and answers.max() > _HUNDRED / 2:
        return (
            f"Most of the rejected answers in '{fault.name}' lie between {highest + 1} and 100: this looks like a "
            "scale of 0–100. An NPS needs the answers on 0–10; a mean or top_box can be declared with "
            "scale: 0-100."
        )
    if (answers == highest + 1).mean() > 1 / 2 and not fault.lowest_used:
        return (
            f"Most of the rejected answers in '{fault.name}' are {highest + 1}, and none is {lowest}: this looks like "
            f"answers numbered from {lowest + 1}, {lowest + 1}…{highest + 1} for {lowest}–{highest}. If so, declare "
            "all of them: "
            f"values: {{{lowest + 1}: {lowest}, {lowest + 2}: {lowest + 1}, …, {highest + 1}: {highest}}}; "
            f"if {highest + 1} means no answer, add it to no_answer."
        )
    if often.iloc[0] * 2 > len(found):
        found_most = found_text(str(often.index[0]))
        return f"If {found_most} means no answer, add it to no_answer; if not, correct the file."
    return f"Correct the answers in '{fault.name}' or its scale; answers that mean no answer belong in no_answer."
