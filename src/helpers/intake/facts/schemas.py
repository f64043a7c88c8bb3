"""What makes up a facts table: its columns, the rule for each cell, and the rules for rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import pandera.pandas as pa

from helpers.intake.facts.values import CODES, rule_of


@dataclass(frozen=True)
class RowCheck:
    """What the cells of a row must say together.

    Parameters
    ----------
    needs
        The columns that it looks at: a row is judged when these cells of it are right.
    fits
        Returns per row whether it does; missing values fit unless the check says otherwise.
    sentence
        What is told of a row that does not, the cells by the names of their columns.
    """

    needs: tuple[str, ...]
    fits: Callable[[pd.DataFrame], pd.Series]
    sentence: str


@dataclass(frozen=True)
class FactTable:
    """What a facts table may hold.

    Parameters
    ----------
    schema
        Its columns: `description` is the meaning, `nullable` whether a cell may be blank, and `metadata` holds
        the ``kind`` (one of :data:`helpers.intake.facts.values.READERS`), the ``rule`` that a message quotes and,
        where the table calls the column otherwise than the file, the ``name``.
    key
        The columns that name a row; no two rows share them.
    grain
        What one row is about.
    groups
        The columns that split a client's scores; one that the file has not is not in the table.
    rows
        What the cells of a row must say together.
    declared_for
        Whose groups these are, such as ``sources.survey``; "" where the table has none.
    """

    schema: pa.DataFrameSchema
    key: tuple[str, ...]
    grain: str
    groups: tuple[str, ...] = ()
    rows: tuple[RowCheck, ...] = ()
    declared_for: str = ""

    def kind(self, column: str) -> str:
        """Return the kind of a column."""
        return str(self.schema.columns[column].metadata["kind"])

    def rule(self, column: str) -> str:
        """Return what a cell must be, such as 'a whole number above 0'."""
        return str(self.schema.columns[column].metadata["rule"])

    def name(self, column: str) -> str:
        """Return what the table that was read calls a column of the file."""
        return str(self.schema.columns[column].metadata.get("name", column))

    def split_by(self, groups: Mapping[str, str], *, declared_for: str) -> FactTable:
        """Return the table with a column for each way that a client splits its scores.

        Parameters
        ----------
        groups
            Name of a dimension, segment or tree, ``touchpoint``, ``channel`` or ``unit`` -> ``group`` or ``unit``,
            the kind of its cells. A name that the table uses for something else is not added.
        declared_for
            Where the params declare them, as a message says it.
        """
        more = {name: _group(name, kind) for name, kind in groups.items() if name not in self.schema.columns}
        schema = self.schema.add_columns(more)
        return replace(self, schema=schema, key=(*self.key, *more), groups=tuple(more), declared_for=declared_for)


def column(kind: str, meaning: str, rule: str, check: Callable[[pd.Series], Any] | None = None, **more: Any) -> Any:
    """Return a column: more are pandera's own settings, `blank` (may a cell be blank) and `name`."""
    named = {"name": more.pop("name")} if "name" in more else {}
    return pa.Column(
        checks=None if check is None else pa.Check(check, name=rule),
        nullable=more.pop("blank", False),
        description=meaning,
        metadata={"kind": kind, "rule": rule, **named},
        **more,
    )


def optional(kind: str, meaning: str, rule: str, check: Callable[[pd.Series], Any] | None = None, **more: Any) -> Any:
    """Return a column that a file may lack, and of which cells may be blank."""
    return column(kind, meaning, rule, check, required=False, blank=True, **more)


def _group(name: str, kind: str) -> Any:
    if kind == "unit":
        return unit(required=False)
    return optional(kind, f"A {name}, by its name or its code; blank or * is all of them.", f"a {name}")


def unit(**more: Any) -> Any:
    """Return a column of unit paths."""
    meaning = "A unit's path, such as Klant > Service; blank or * is the whole."
    return column("unit", meaning, "a unit", blank=True, **more)


def code(name: str, meaning: str, **more: Any) -> Any:
    """Return a column of the codes of this name."""
    return column("code", meaning, rule_of(name), lambda cells: cells.isin(list(CODES[name])), **more)


def above(lowest: float) -> Callable[[pd.Series], Any]:
    """Return the check that a number is above another."""
    return lambda cells: cells > lowest


def at_least(lowest: float) -> Callable[[pd.Series], Any]:
    """Return the check that a number is no lower than another."""
    return lambda cells: cells >= lowest


def between(lowest: float, highest: float) -> Callable[[pd.Series], Any]:
    """Return the check that a number lies between two others, or is one of them."""
    return lambda cells: cells.between(lowest, highest)


def table(
    grain: str, columns: Mapping[str, Any], *, key: tuple[str, ...] = (), rows: Iterable[RowCheck] = ()
) -> FactTable:
    """Return a table: what a row is about, its columns, the columns that name a row, and checks over rows."""
    return FactTable(pa.DataFrameSchema(dict(columns)), key, grain, rows=tuple(rows))
