"""What is wrong with the rows of a facts table: cells, what they say together, and rows that say the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
from pandera.errors import SchemaErrors

from helpers.intake.facts.schemas import FactTable
from helpers.intake.facts.values import CODES, EVERY, cells_of
from helpers.intake.faults import found_text, listed
from helpers.params.keys import did_you_mean
from helpers.periods import period_meant

RowFault = tuple[int, str]


@dataclass(frozen=True)
class Judged:
    """The rows of a file, and which of their cells are wrong.

    Parameters
    ----------
    frame
        What the cells say, by row number: nulls where they say nothing, and in columns that the file has not.
    texts
        The cells as the file writes them, in the columns of the table that the file has.
    table
        What the file may hold.
    unread
        Columns of which nothing is known: they cannot be read, or have another name.
    """

    frame: pd.DataFrame
    texts: pd.DataFrame
    table: FactTable
    unread: frozenset[str]

    def right(self, *columns: str) -> pd.DataFrame:
        """Return the rows of which these cells are right; none where one of the columns is not known."""
        if self.unread.intersection(columns):
            return self.frame.iloc[:0]
        wrong = set().union(*(self.wrong.get(name, ()) for name in columns))
        return self.frame.drop(index=list(wrong))

    @cached_property
    def wrong(self) -> Mapping[str, set[int]]:
        """The rows of which a cell is wrong, by column; blank where it may not be is wrong too."""
        unreadable = self.frame[list(self.texts)].isna() & (self.texts != "")
        wrong = {str(name): set(self.frame.index[unreadable[name]]) for name in self.texts if name not in self.unread}
        for name, row in _failures(self.frame, self.table):
            if name in wrong:
                wrong[name].add(row)
        return wrong

    @cached_property
    def repeats(self) -> Mapping[int, int]:
        """The rows with the key of an earlier row, and which row that is."""
        key = [name for name in self.table.key if name in self.texts]
        frame = self.right(*self.table.key)
        if not key or frame.empty:
            return {}
        numbered = frame.assign(_row=frame.index)
        firsts = numbered.groupby(key, dropna=False, sort=False)["_row"].transform("min")
        return {int(row): int(first) for row, first in firsts.items() if row != first}  # type: ignore[call-overload]

    def faults(self, others: Callable[[], pd.DataFrame]) -> Iterator[RowFault]:
        """Yield what is wrong with cells, with rows whose cells are right, and with rows that repeat others.

        Parameters
        ----------
        others
            Returns the texts of the file's other columns, by row number: a group among them may be what tells
            two rows apart.
        """
        for name, among in self.wrong.items():
            yield from ((int(row), _cell_sentence(row, name, self._cells(row)[name], self.table)) for row in among)
        for check in self.table.rows:
            frame = self.right(*check.needs)
            for row in frame.index[~check.fits(frame)]:
                blank = dict.fromkeys(check.needs, "blank")
                shown = {name: found_text(text) for name, text in self._cells(row).items()}
                yield int(row), f"row {row} {check.sentence.format_map(blank | shown)}"
        key = [name for name in self.table.key if name in self.texts]
        for row, first in self.repeats.items():
            advice = _advice(row, first, others(), self.table.declared_for) if self.table.declared_for else ""
            what = _repeated(self._cells(row), key)
            yield row, f"row {row} repeats {what} of row {first}. {advice or 'Keep one of them.'}"

    def _cells(self, row: int) -> dict[str, str]:
        return cells_of(self.texts, row)


def _failures(frame: pd.DataFrame, table: FactTable) -> list[tuple[str, int]]:
    """Return the cells (column, row) that fail the table's schema."""
    try:
        table.schema.validate(frame, lazy=True)
    except SchemaErrors as failed:
        cells = failed.failure_cases.dropna(subset=["index"])[["column", "index"]].drop_duplicates()
        return [(str(name), int(row)) for name, row in cells.itertuples(index=False)]
    return []


def _cell_sentence(row: int, name: str, text: str, table: FactTable) -> str:
    kind = table.kind(name)
    words = [word for pair in CODES[name].items() for word in pair] if kind == "code" else []
    meant = period_meant(text) if kind == "period" else None
    hint = f" Did you mean {meant}?" if meant else did_you_mean(text, words)
    return f"row {row} {name} {found_text(text)} is not {table.rule(name)}.{hint} Correct it."


def _repeated(cells: Mapping[str, str], key: Sequence[str]) -> str:
    if list(key) == ["unit", "wave"]:
        unit = cells["unit"]
        return ("the whole organisation" if unit in EVERY else f"unit {found_text(unit)}") + " in the wave"
    return ", ".join(f"{name} {found_text(cells[name])}" for name in key)


def _advice(row: int, first: int, others: pd.DataFrame, declared_for: str) -> str:
    """Return what to do where columns that are not declared tell two rows apart."""
    here, there = cells_of(others, row), cells_of(others, first)
    apart = [name for name, text in here.items() if text != there[name]]
    if not apart:
        return ""
    which = f"column {listed(apart)}, which is" if len(apart) == 1 else f"the columns {listed(apart)}, which are"
    return (
        f"They differ in {which} not declared for {declared_for}. Declare the group under dimensions there, or "
        "add the rows up."
    )
