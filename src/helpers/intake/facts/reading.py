"""Read one facts table: find its columns, read its cells, and tell all its faults at once, by row."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePath
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.errors import DataError
from helpers.intake.facts.faults import Judged, RowFault
from helpers.intake.facts.schemas import FactTable
from helpers.intake.facts.values import DTYPES, NUMERIC, READERS, ColumnError, Manner, decimal_signs
from helpers.intake.faults import listed
from helpers.intake.reading.readers import opened, places
from helpers.intake.reading.tables import Coded, Layout, SurveyFile, column_name

MOST_FAULTS = 100
"""Of more faults than this, a file's first ones are told, and how many follow."""
ALIKE = 0.8
"""From this likeness on (difflib's ratio, 1 is equal) another name is taken for a column that is absent."""
FurtherFaults = Callable[[Judged], Iterable[RowFault]]
"""From the rows of a file to what they say that the params, each other or the answers contradict."""


@dataclass(frozen=True)
class Read:
    """A facts table that was read.

    Parameters
    ----------
    frame
        One row per row of the file, by the row number that a spreadsheet shows; the columns of the table that
        the file has, then the optional ones it has not, empty.
    not_used
        Names of the file's other columns.
    about
        The row of the table of files.
    """

    frame: pd.DataFrame
    not_used: tuple[str, ...]
    about: Mapping[str, object]


def read_table(
    path: str, *, table: FactTable, folder: Path, place: str, manner: Manner, further: FurtherFaults = lambda _rows: ()
) -> Read:
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
    further
        What else may be wrong with its rows.

    Raises
    ------
    DataError
        With every fault of the file, by row.
    """
    file = opened(path, folder=folder, layout=Layout(expected=tuple(table.schema.columns)))
    found, misspelt, absent = _columns(table, file=file, path=path)
    if absent and not found:
        raise DataError(absent)
    cells = file.cells(found.values())
    if not len(cells) and not absent:
        raise DataError(f"{path}: has column names but no rows. Write one row per {table.grain}.")
    columns = {name: cells.coded(position) for name, position in found.items()}
    texts = pd.DataFrame({name: _texts(column) for name, column in columns.items()}, index=cells.rows)
    frame, problems = _values(columns, table, replace(manner, workbook=file.workbook), rows=cells.rows)
    needed = {name for name, column in table.schema.columns.items() if column.required}
    rows = Judged(frame, texts, table, frozenset({*problems, *misspelt.values(), *(needed - found.keys())}))
    others = {name: number for number, name in enumerate(file.header) if name and number not in found.values()}
    ignored = {name: number for name, number in others.items() if name not in misspelt}
    faults = [*rows.faults(partial(_others, file, found, ignored)), *further(rows)]
    faults += _ragged(cells.ragged, len(file.header))
    sentences = _about_names(misspelt, table)
    sentences += [f"column '{name}' {problem}" for name, problem in problems.items()]
    if absent or sentences or faults:
        raise DataError([*absent, *(f"{path}: {sentence}" for sentence in [*sentences, *told(faults)])])
    about = {"source": place, "file": PurePath(path).name, "sha256": file.sha256, "read": len(cells)}
    return Read(_finished(frame, table, given=found), tuple(others), {**about, **file.recognised})


def told(faults: Sequence[RowFault]) -> list[str]:
    """Return the sentences of row faults, in the order of the file; of very many the first ones and their number."""
    sentences = [sentence for _, sentence in sorted(faults)]
    more = len(sentences) - MOST_FAULTS
    return sentences if more <= 0 else [*sentences[:MOST_FAULTS], f"{more} more rows or cells are wrong."]


def _columns(
    table: FactTable, *, file: SurveyFile, path: str
) -> tuple[dict[str, int], dict[str, str], tuple[str, ...]]:
    """Return the place of each column that the file has, and which of its other names were probably meant as one.

    Then what is wrong with its header: the columns that are there are read beside that, for their faults.
    """
    wanted = _wanted(table, file.header)
    absent = {_plain(name): name for name in table.schema.columns if wanted.get(name) not in file.header}
    others = [name for name in dict.fromkeys(file.header) if name and name not in wanted.values()]
    meant = {name: absent[close] for name in others if (close := _alike(_plain(name), absent))}
    misspelt = {name: column for name, column in meant.items() if column not in wanted}
    try:
        return places(wanted, file=file, written=path), misspelt, ()
    except DataError as fault:
        once = {name: column for name, column in wanted.items() if file.header.count(column_name(column)) == 1}
        return places(once, file=file, written=path), misspelt, fault.messages


def _alike(name: str, absent: Iterable[str]) -> str | None:
    """Return the absent column that a name is a slip of the pen for; of short names two letters may be exchanged."""
    known = list(absent)
    exchanged = [column for column in known if sorted(column) == sorted(name)]
    return next(iter(exchanged or difflib.get_close_matches(name, known, n=1, cutoff=ALIKE)), None)


def _about_names(misspelt: Mapping[str, str], table: FactTable) -> list[str]:
    return [
        f"column '{name}' is none of the table's {listed(table.schema.columns)}. Did you mean '{meant}'? Correct its "
        "name; if it holds something else, give it another one."
        for name, meant in misspelt.items()
    ]


def _others(file: SurveyFile, found: Mapping[str, int], ignored: Mapping[str, int]) -> pd.DataFrame:
    """Return the texts of the columns that are not used, for every row that is."""
    cells = file.cells([*found.values(), *ignored.values()])
    return pd.DataFrame({name: _texts(cells.coded(place)) for name, place in ignored.items()}, index=cells.rows)


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
