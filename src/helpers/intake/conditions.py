"""Which rows `keep_where` keeps, and the cells under a bound that are neither a number nor a date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from helpers.intake.columns import SourceColumns
from helpers.intake.dates import DatesError
from helpers.intake.faults import listed
from helpers.intake.rejections import Fault
from helpers.intake.selection import bounded, kept, unread
from helpers.params.model import Condition

Mask = NDArray[np.bool_]
_MOST_VALUES = 5


@dataclass(frozen=True)
class Conditions:
    """What the conditions of `keep_where` say of the rows.

    Parameters
    ----------
    kept
        The rows that fulfil every condition, or hold a cell that a bound cannot be compared with.
    faults
        Those cells, per column: they reject their row, as an answer that cannot be read does.
    problems
        What is wrong with a column or a bound as a whole.
    """

    kept: Mask
    faults: list[Fault] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def conditions_of(columns: SourceColumns) -> Conditions:
    """Judge the rows of a source by its `keep_where`.

    Parameters
    ----------
    columns
        The source's columns. A blank, or a word of `no_answer`, fits no bound; a number whose sign is unclear
        is a problem of its column.
    """
    found = Conditions(np.ones(len(columns.cells.rows), dtype=bool))
    for name, condition in columns.source.keep_where.items():
        key = f"keep_where.{name}"
        try:
            found.kept[:] &= _fitting(columns, key, condition, found)
        except DatesError as fault:
            advice = 'Declare how its dates are written, such as date_format: "%d/%m/%Y" or "%m/%d/%Y".'
            found.problems.append(f"keep_where, column '{columns.name(key)}' {fault}. {advice}")
        except ValueError as fault:
            found.problems.append(f"keep_where, column '{columns.name(key)}': {fault}. Correct it in the params file.")
    return found


def none_counts(columns: SourceColumns, counts: Mapping[str, int]) -> str:
    """Return why no row of a source counts: what became of them, and what the columns to look at hold.

    Parameters
    ----------
    columns
        The source's columns.
    counts
        The number of rows read and of each class.
    """
    words = {"left_out": "left out by keep_where", "unfinished": "unfinished", "duplicates": "duplicates"}
    found = {words[name]: count for name, count in counts.items() if name in words and count}
    why = [f"{count} {'is' if count == 1 else 'are'} {text}" for text, count in found.items()]
    held = [
        f"column '{columns.name(key)}' holds {listed(columns.coded(key).texts, most=_MOST_VALUES)}"
        for key in _looked_at(columns, counts)
    ]
    rows = "the 1 row does not count" if counts["read"] == 1 else f"none of the {counts['read']} rows counts"
    return f"{rows}: {' and '.join(why)}. {_sentence(held)}"


def _looked_at(columns: SourceColumns, counts: Mapping[str, int]) -> list[str]:
    """Return the keys of the columns for which rows do not count."""
    keys = [f"keep_where.{name}" for name in columns.source.keep_where] if counts["left_out"] else []
    return [*keys, *(["columns.finished"] if counts["unfinished"] else [])]


def _sentence(held: Sequence[str]) -> str:
    found = "; ".join(held)
    return f"{found[:1].upper()}{found[1:]}. Check what the params file says about this." if held else "Check the file."


def _fitting(columns: SourceColumns, key: str, condition: str | Sequence[str] | Condition, found: Conditions) -> Mask:
    column = columns.coded(key)
    source = columns.source
    fits = kept(
        column.values, condition=condition, decimal=columns.decimal, date_format=source.date_format,
        serial_numbers=columns.workbook,
    )  # fmt: skip
    kinds = bounded(condition) if isinstance(condition, Condition) else frozenset()
    if "number" in kinds and (sentence := columns.unclear_sign(key, column.values)):
        found.problems.append(f"keep_where, {sentence}")
        return np.ones(len(column), dtype=bool)
    codes = unread(
        column.values, kinds=kinds, decimal=columns.decimal, date_format=source.date_format,
        serial_numbers=columns.workbook,
    )  # fmt: skip
    codes[np.asarray(pc.equal(columns.groups(key).values, ""))] = 0
    if isinstance(condition, Condition) and (codes > 0).any():
        codes[~kept(column.values, condition=condition.model_copy(update={"from_": None, "to": None}))] = 0
    if (codes > 0).any():
        found.faults.append(Fault(columns.name(key), column, column.rows(codes)))
    return column.rows(fits | (codes > 0))
