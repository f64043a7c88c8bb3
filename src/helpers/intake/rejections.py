"""Values that are not used: the table of them, and the sentence when there are too many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from helpers.intake.faults import found_text, share_text, shortened
from helpers.intake.tables import Coded, Text
from helpers.intake.values import REASONS

COLUMNS = ("source", "row", "column", "found", "reason")
_MOST_NAMED = 5
_WORDS = {
    "off_scale": "off the scale",
    "not_a_number": "not a number",
    "not_a_date": "not a date",
    "not_a_weight": "not a positive number",
}
_HUNDRED = 100
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
    highest
        For a scored question the highest answer on its scale.
    """

    name: str
    cells: Coded | Text
    codes: NDArray[np.int8]
    highest: int | None = None


def rejected_values(
    source: str,
    *,
    faults: Sequence[Fault],
    among: NDArray[np.bool_],
    rows: NDArray[np.int64],
    ragged: Mapping[int, int],
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
        The row number of each row.
    ragged
        Rows with more or fewer cells than the header -> number of cells.

    Returns
    -------
    pandas.DataFrame
        ``source, row, column, found, reason``, one row per value, by row number; `found` is cut at 40
        characters, and is the number of cells of a ragged row, which has no column.
    """
    parts = [pd.DataFrame({"row": list(ragged), "column": "", "found": [str(n) for n in ragged.values()]})]
    parts[0]["reason"] = "ragged_row"
    for fault in faults:
        places = np.flatnonzero((fault.codes > 0) & among)
        found = [shortened(text) for text in _texts(fault.cells, places)]
        reason = np.array(REASONS, dtype=object)[fault.codes[places]]
        part = pd.DataFrame({"row": rows[places], "column": fault.name, "found": found, "reason": reason})
        parts.append(part)
    joined = pd.concat([_typed(part.assign(source=source)) for part in parts])
    return joined.sort_values("row", kind="stable", ignore_index=True)


def too_many_sentence(
    rejected: pd.DataFrame, *, counted: int, limit: float, cells: int, faults: Iterable[Fault]
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
        The number of columns of the header.
    faults
        What is wrong, per column.
    """
    count = rejected["row"].nunique()
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


def _typed(part: pd.DataFrame) -> pd.DataFrame:
    return part[list(COLUMNS)].astype({name: "int64" if name == "row" else "str" for name in COLUMNS})


def _named(fault: tuple[object, ...], cells: int) -> str:
    _, row, column, found, reason = fault
    if reason == "ragged_row":
        return f"row {row} with {found} cells under a header of {cells}"
    return f"row {row} {column} {found_text(str(found))} ({_WORDS[str(reason)]})"


def _advice(rejected: pd.DataFrame, faults: Iterable[Fault]) -> str:
    for fault in faults:
        mine = rejected[rejected["column"] == fault.name]
        if fault.highest is not None and len(mine) * 2 > len(rejected):
            return _score_advice(mine["found"], fault.name, fault.highest)
    if (rejected["reason"] == "not_a_date").mean() > 1 / 2:
        return 'Correct the dates, or declare how they are written, such as date_format: "%d/%m/%Y".'
    return "Correct the file or what the params file says about it, or allow more with max_rejected."


def _score_advice(found: pd.Series, name: str, highest: int) -> str:
    answers = pd.to_numeric(found, errors="coerce")
    hundreds = (answers > highest) & (answers <= _HUNDRED)
    often = found.value_counts()
    if hundreds.mean() > 1 / 2 and answers[hundreds].nunique() >= _SEVERAL and answers.max() > _HUNDRED / 2:
        return (
            f"Most of the rejected answers in '{name}' lie between {highest + 1} and 100: this looks like a "
            "scale of 0–100. An NPS needs the answers on 0–10; a mean or top_box can be declared with "
            "scale: 0-100."
        )
    if often.iloc[0] * 2 > len(found):
        found_most = found_text(str(often.index[0]))
        return f"If {found_most} means no answer, add it to no_answer; if not, correct the file."
    return f"Correct the answers in '{name}' or its scale; answers that mean no answer belong in no_answer."
