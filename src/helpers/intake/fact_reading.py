"""Read one facts table: find its columns, read its cells, and tell all its faults at once, by row."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandera.errors import SchemaErrors

from helpers.errors import DataError
from helpers.intake.fact_schemas import FactTable
from helpers.intake.fact_values import (
    CODES,
    DTYPES,
    EVERY,
    NUMERIC,
    READERS,
    ColumnError,
    Manner,
    cells_of,
    decimal_signs,
)
from helpers.intake.faults import found_text
from helpers.intake.readers import opened, places
from helpers.intake.tables import Coded, Layout, column_name
from helpers.params.keys import did_you_mean

MOST_FAULTS = 100
"""Of more faults than this, a file's first ones are told, and how many follow."""
RowFault = tuple[int, str]


@dataclass(frozen=True)
class Read:
    """A facts table that was read.

    Parameters
    ----------
    frame
        One row per row of the file, by the row number that a spreadsheet shows; the columns of the table that
        the file has, then the optional ones it has not, empty.
    texts
        The same cells as the file writes them.
    not_used
        Names of the file's other columns.
    about
        The row of the table of files.
    """

    frame: pd.DataFrame
    texts: pd.DataFrame
    not_used: tuple[str, ...]
    about: Mapping[str, object]


def read_table(path: str, *, table: FactTable, folder: Path, place: str, manner: Manner) -> Read:
    """Read the file of a facts table.

    Parameters
    ----------
    path
        The file as the params name it.
    table
        What it may hold.
    folder
        The folder that the path starts from.
    place
        The key of the params that names it, such as ``tables.customers``.
    manner
        The params, and the labels of the table's groups; how the file writes its values is added here.

    Raises
    ------
    DataError
        With every fault of the file, by row.
    """
    file = opened(path, folder=folder, layout=Layout(expected=tuple(table.schema.columns)))
    found = places(_wanted(table, file.header), file=file, written=path)
    cells = file.cells(found.values())
    if not len(cells):
        raise DataError(f"{path}: has column names but no rows. Write one row per {table.grain}.")
    columns = {name: cells.coded(position) for name, position in found.items()}
    texts = pd.DataFrame({name: _texts(column) for name, column in columns.items()}, index=cells.rows)
    frame, problems = _values(columns, table, replace(manner, workbook=file.workbook), rows=cells.rows)
    faults = [*_faults(frame, texts, table, unread=set(problems)), *_ragged(cells.ragged, len(file.header))]
    if problems or faults:
        sentences = [f"column '{name}' {problem}" for name, problem in problems.items()]
        raise DataError([f"{path}: {sentence}" for sentence in [*sentences, *told(faults)]])
    not_used = [name for number, name in enumerate(file.header) if name and number not in found.values()]
    about = {"source": place, "file": PurePath(path).name, "sha256": file.sha256, "read": len(cells)}
    return Read(_finished(frame, table, given=found), texts, tuple(not_used), {**about, **file.recognised})


def told(faults: Sequence[RowFault]) -> list[str]:
    """Return the sentences of row faults, in the order of the file; of very many the first ones and their number."""
    sentences = [sentence for _, sentence in sorted(faults)]
    more = len(sentences) - MOST_FAULTS
    return sentences if more <= 0 else [*sentences[:MOST_FAULTS], f"{more} more rows or cells are wrong."]


def _wanted(table: FactTable, header: Sequence[str]) -> dict[str, str]:
    """Return the name in the header of each column that the table needs, or can use and has."""
    plain = {_plain(name): name for name in reversed(header) if name}
    named = {name: name if name in header else plain.get(_plain(name)) for name in table.schema.columns}
    needed = {name for name, column in table.schema.columns.items() if column.required}
    return {name: known or name for name, known in named.items() if known or name in needed}


def _plain(name: str) -> str:
    """Return a column name without what people vary: capitals, and what stands between words."""
    return column_name(name).casefold().replace(" ", "_").replace("-", "_")


def _texts(column: Coded) -> NDArray[Any]:
    return column.rows(np.array(column.texts, dtype=object))


def _values(
    columns: Mapping[str, Coded], table: FactTable, manner: Manner, *, rows: NDArray[np.int64]
) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return what the cells say, nulls where they say nothing, and what is wrong with whole columns."""
    amounts = [text for name in columns if table.kind(name) in NUMERIC for text in columns[name].texts]
    signs = decimal_signs(amounts)
    sure = replace(manner, sign=next(iter(signs)) if len(signs) == 1 and not manner.workbook else None)
    values: dict[str, pd.Series] = {}
    problems: dict[str, str] = {}
    for name in table.schema.columns:
        kind = _dtype(table.kind(name))
        try:
            read = columns[name].rows(READERS[table.kind(name)](name, columns[name], sure)) if name in columns else None
        except ColumnError as problem:
            problems[name], read = str(problem), None
        values[name] = pd.Series(read, index=rows, dtype=kind)
    return pd.DataFrame(values, index=rows), problems


def _dtype(kind: str) -> str:
    """Return a column's dtype while it is checked: numbers as floats, so that a missing one is plain."""
    return "float64" if kind in ("yes or no", *NUMERIC) else DTYPES.get(kind, "object")


def _faults(frame: pd.DataFrame, texts: pd.DataFrame, table: FactTable, *, unread: set[str]) -> Iterator[RowFault]:
    """Yield what is wrong with rows: cells, then, where all cells of a row are right, what they say together."""
    cells, rows = _failures(frame, table)
    unreadable = frame[list(texts)].isna() & (texts != "")
    wrong = {str(name): set(frame.index[unreadable[name]]) for name in texts if name not in unread}
    for name, row in cells:
        if name in wrong:
            wrong[name].add(row)
    for name, among in wrong.items():
        yield from ((row, _cell_sentence(row, name, cells_of(texts, row)[name], table)) for row in among)
    faulty = set().union(*wrong.values())
    if not unread:
        for sentence, row in rows:
            if row not in faulty:
                yield row, f"row {row} {sentence.format_map(_shown(texts, row))}"
    keyed = [name for name in table.key if name in texts]
    if keyed and not unread.intersection(keyed):
        yield from _repeats(frame.drop(index=list(set().union(*(wrong[name] for name in keyed)))), texts, keyed)


def _failures(frame: pd.DataFrame, table: FactTable) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """Return the cells (column, row) and the rows (sentence, row) that fail the table's schema."""
    try:
        table.schema.validate(frame, lazy=True)
    except SchemaErrors as failed:
        cases = failed.failure_cases.dropna(subset=["index"])
        of_rows = cases["schema_context"] == "DataFrameSchema"
        cells = cases.loc[~of_rows, ["column", "index"]].drop_duplicates()
        rows = cases.loc[of_rows, ["check", "index"]].drop_duplicates()
        return _pairs(cells), _pairs(rows)
    return [], []


def _pairs(cases: pd.DataFrame) -> list[tuple[str, int]]:
    return [(str(first), int(row)) for first, row in cases.itertuples(index=False)]


def _cell_sentence(row: int, name: str, text: str, table: FactTable) -> str:
    kind = table.kind(name)
    words = [word for pair in CODES[name].items() for word in pair] if kind == "code" else []
    return f"row {row} {name} {found_text(text)} is not {table.rule(name)}.{did_you_mean(text, words)} Correct it."


def _shown(texts: pd.DataFrame, row: int) -> dict[str, str]:
    shown = {name: found_text(text) for name, text in cells_of(texts, row).items()}
    return {**dict.fromkeys(("promoters", "passives", "detractors", "score"), "blank"), **shown}


def _repeats(frame: pd.DataFrame, texts: pd.DataFrame, key: Sequence[str]) -> Iterator[RowFault]:
    numbered = frame.assign(_row=frame.index)
    firsts = numbered.groupby(list(key), dropna=False, sort=False)["_row"].transform("min")
    for row, first in zip(frame.index, firsts, strict=True):
        if row != first:
            what = _repeated(cells_of(texts, row), key)
            yield int(row), f"row {row} repeats {what} of row {first}. Keep one of them."


def _repeated(cells: Mapping[str, str], key: Sequence[str]) -> str:
    if list(key) == ["unit", "wave"]:
        unit = cells["unit"]
        return ("the whole organisation" if unit in EVERY else f"unit {found_text(unit)}") + " in the wave"
    return ", ".join(f"{name} {found_text(cells[name])}" for name in key)


def _ragged(ragged: Mapping[int, int], width: int) -> Iterator[RowFault]:
    for row, count in ragged.items():
        yield row, f"row {row} has {count} cells under a header of {width}. Correct it."


def _finished(frame: pd.DataFrame, table: FactTable, *, given: Collection[str]) -> pd.DataFrame:
    """Return a table without faults under its own names and with its own dtypes."""
    defaults = {name: column.default for name, column in table.schema.columns.items() if column.default is not None}
    valid = frame.fillna(defaults)
    absent = [name for name in table.groups if name not in given]
    kinds = {name: _final(valid[name], table.kind(name)) for name in map(str, valid) if name not in absent}
    return valid.drop(columns=absent).astype(kinds).rename(columns={name: table.name(str(name)) for name in valid})


def _final(cells: pd.Series, kind: str) -> str:
    if kind == "whole number":
        return "Int64" if cells.isna().any() else "int64"
    return DTYPES.get(kind, "str")
