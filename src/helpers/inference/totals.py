"""Totals of people, known from elsewhere, laid beside the answers that have to stand for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from helpers.errors import DataError
from helpers.inference import thresholds
from helpers.inference.inputs import NAMED_AT_MOST, Floats, Rule, columns
from helpers.inference.tallies import Codes, grouped

PEOPLE = Rule(0, np.inf, "A total is a number of people, or a share of them, of 0 or more", open_above=True)
UNHEARD = "Nobody speaks for these people; join them with others."
UNCOUNTED = "Give the people these answers stand for, or correct the answers."


def matched(
    answers: pd.DataFrame, by: list[str], given: pd.Series | Mapping[str, float], *, what: str, rule: Rule = PEOPLE
) -> tuple[Codes, Floats, list[str]]:
    """Return the cell of each answer, the total of each cell, and what does not match.

    Parameters
    ----------
    answers
        With the columns of ``by``.
    by
        The columns whose values make the cells.
    given
        People per cell, 0 or more, indexed by the values of ``by``.
    what
        How a message calls the totals.
    rule
        What a total may be.

    Returns
    -------
    tuple
        The number of each answer's cell; the total of each cell that has answers (0 where none is given, NaN if they
        cannot be read); one sentence for each cell with people and no answers or answers and no people, each column
        with missing labels, and each total that is missing, negative or given twice.

    Examples
    --------
    >>> answers = pd.DataFrame({"site": ["North", "West"]})
    >>> for fault in matched(answers, ["site"], {"North": 30, "South": 10}, what="population")[2]:
    ...     print(fault)
    population, site 'South': a total of 10 and no answers. Nobody speaks for these people; join them with others.
    population, site 'West': answers and no total. Give the people these answers stand for, or correct the answers.
    """
    codes, groups = grouped(answers, by, every=False)
    cells = _index(groups, by)
    faults = list(unlabelled(answers, by))
    try:
        people = _people(given, by, what, rule)
    except DataError as error:
        return codes, np.full(len(cells), np.nan), [*faults, *error.messages]
    totals = people.reindex(cells).fillna(0.0).to_numpy(np.float64)
    complete = groups.notna().all(axis=1).to_numpy()
    for cell, count in people[(people > 0) & ~people.index.isin(cells)].items():
        faults.append(f"{what}, {named(by, cell)}: a total of {count:g} and no answers. {UNHEARD}")
    for cell in cells[complete & (totals == 0)]:
        faults.append(f"{what}, {named(by, cell)}: answers and no total. {UNCOUNTED}")
    return codes, totals, faults


def contradictions(sums: dict[str, float]) -> list[str]:
    """Return which margins do not add up to what the first adds up to.

    Parameters
    ----------
    sums
        What each margin that can be read adds up to, by name.

    Returns
    -------
    list
        One sentence each.
    """
    first, expected = next(iter(sums.items()), ("", 0.0))
    apart = thresholds.RAKING_TOLERANCE * expected
    return [
        f"margins: '{name}' adds up to {found:g} and '{first}' to {expected:g}. "
        "Both count the same people; correct the totals."
        for name, found in sums.items()
        if abs(found - expected) > apart
    ]


def _people(given: pd.Series | Mapping[str, float], by: list[str], what: str, rule: Rule) -> pd.Series:
    """Return the totals by cell, once each."""
    people = pd.Series(given, dtype=None if len(given) else np.float64)
    if people.index.nlevels != len(by):
        raise DataError(
            f"{what}: its rows are labelled by {people.index.nlevels} columns. Label them by {_listed(by)}."
        )
    if len(by) > 1 and set(people.index.names) == set(by):
        people = people.reorder_levels([people.index.names.index(name) for name in by])
    counts = columns({what: people}, rule)[1][what]
    twice = people.index[people.index.duplicated()].unique()
    if len(twice):
        raise DataError(f"{what}, {named(by, cell)}: given twice. Give one total." for cell in twice)
    return pd.Series(counts, index=people.index.astype(object) if len(by) == 1 else people.index)


def unlabelled(answers: pd.DataFrame, by: list[str]) -> Iterator[str]:
    """Return which columns lack a value.

    Parameters
    ----------
    answers
        With the columns of ``by``.
    by
        Names of columns.

    Returns
    -------
    Iterator
        One sentence for each column with a missing value.
    """
    for name in by:
        rows = answers.index[answers[name].isna()]
        if len(rows):
            some = ", ".join(str(row) for row in rows[:NAMED_AT_MOST]) + (", …" if len(rows) > NAMED_AT_MOST else "")
            yield f"{name}: {len(rows)} answers without a value (row {some}). Fill it in, or leave these answers out."


def _index(groups: pd.DataFrame, by: list[str]) -> pd.Index:
    labels = groups[by].astype(object)
    return pd.MultiIndex.from_frame(labels) if len(by) > 1 else pd.Index(labels[by[0]], dtype=object)


def named(by: list[str], cell: object) -> str:
    """Return how a message calls a cell.

    Parameters
    ----------
    by
        The columns that make the cells.
    cell
        Its value in each of them: one, or a tuple.

    Returns
    -------
    str
        Such as: site 'North', hours 'full'.

    Examples
    --------
    >>> named(["site", "hours"], ("North", "full"))
    "site 'North', hours 'full'"
    """
    values = cell if isinstance(cell, tuple) else (cell,)
    return ", ".join(f"{name} '{value}'" for name, value in zip(by, values, strict=True))


def _listed(names: list[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)
