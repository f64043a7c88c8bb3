"""What earlier reports printed, against what a report is about to print."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import pandas as pd

from helpers.disclosure.declared import Declared
from helpers.disclosure.entries import COLUMNS, COUNTS, NUMBERS, Entry, Ledger
from helpers.disclosure.plan import Plan
from helpers.disclosure.rules import Rules
from helpers.periods import Period


def known(
    ledger: Ledger, *, except_: tuple[str, Collection[str]] | None = None, edition: str | None = None
) -> pd.DataFrame:
    """Return every number that readers of earlier reports have.

    Parameters
    ----------
    ledger
        As :func:`read` returns it.
    except_
        A period and the editions of it that are about to be replaced; their entries do not count.
    edition
        For readers of this edition only; default of all.

    Returns
    -------
    pandas.DataFrame
        One row per cell and number of answers, by id: ``id, audience, n, promoters, passives, detractors, value``;
        null where it was not printed. A cell that was printed with two numbers of answers has two rows; of two
        editions the row has what either printed, where they differ what the later period printed.
    """
    period, editions = except_ or ("", ())
    counted = [
        each
        for each in ledger.entries
        if not (each.period == period and each.edition in editions) and edition in (None, each.edition)
    ]
    rows = pd.DataFrame([cell for entry in reversed(counted) for cell in entry.shown], columns=list(COLUMNS))
    rows = rows.astype(dict.fromkeys(NUMBERS, "float64"))
    # first() takes the first that is not null, of each column by itself
    merged = rows.groupby(["id", "n"], dropna=False, sort=True).first().reset_index()
    return merged[list(COLUMNS)]


def differences(
    declared: Declared, published: pd.DataFrame, rules: Mapping[str, Rules], *, fiscal_year_start: int = 1
) -> list[str]:
    """Return the cells that must be hidden because an earlier report printed them with a few answers more or fewer.

    Parameters
    ----------
    declared
        Every cell that the report will print.
    published
        As :func:`known` returns it.
    rules
        By audience; only those with complementary hiding are looked at.
    fiscal_year_start
        The month, for periods of another length that overlap: a wave in August, and later the quarter it lies in.

    Returns
    -------
    list of str
        Ids, in the order of ``declared``: the difference of the two is the answers that came late, fewer than the
        minimum. A cell that was printed with today's number of answers before tells nothing new.
    """
    cells = declared.cells.loc[declared.cells["printed"].astype(bool), ["id", "audience", "n"]]
    minimum = {name: rule.minimum_respondents if rule.complementary else 0 for name, rule in rules.items()}
    before = published[["id", "n"]].dropna().rename(columns={"id": "id_then"})
    before = before.assign(group=before["id_then"].map(_group))
    both = cells.assign(group=cells["id"].map(_group)).merge(before, on="group", suffixes=("", "_then"))
    overlap = [_overlap(*pair, fiscal_year_start) for pair in zip(both["id"], both["id_then"], strict=True)]
    both = both[np.array(overlap, dtype=np.bool_)]
    apart = (both["n"] - both["n_then"]).abs()
    few = both.loc[apart.ge(1) & apart.lt(both["audience"].map(minimum).astype("float64")), "id"]
    gone = set(few) - set(both.loc[apart.eq(0), "id"])
    return list(dict.fromkeys(identity for identity in cells["id"] if identity in gone))


def _group(identity: str) -> str:
    return identity.rpartition("@")[0] or identity


def _overlap(one: str, other: str, fiscal_year_start: int) -> bool:
    """Tell whether two cells of one group are of the same days, in part at least."""
    if one == other:
        return True
    try:
        mine, yours = (
            Period.parse(each.rpartition("@")[2], fiscal_year_start=fiscal_year_start) for each in (one, other)
        )
    except ValueError:
        return False
    return mine.overlaps(yours)


def entry_of(scores: pd.DataFrame, *, period: str, edition: str, as_of: object, plan: Plan | None = None) -> Entry:
    """Return what a report prints, for the ledger.

    Parameters
    ----------
    scores
        As it is printed, thus protected: ``id, audience, shown, n, promoters, passives, detractors, score``; a number
        that is not printed is null. An empty id stands for no cell.
    period, edition, as_of
        Of the report.
    plan
        The publication plan, as a second lock: no cell that it hides and no count that it withholds gets in.

    Raises
    ------
    ValueError
        If the table shows a cell that the plan hides.

    Examples
    --------
    >>> row = {"id": "a", "audience": "employee", "shown": True, "n": 12, "score": 25.0}
    >>> entry_of(pd.DataFrame([row]), period="2026-Q3", edition="board", as_of="2026-10-01").shown[0]["value"]
    25
    """
    table = scores.reindex(columns=["id", "audience", "shown", *COUNTS, "score"]).rename(columns={"score": "value"})
    table = table[table["id"].ne("")]
    shown = table[table["shown"].astype(bool)]
    hidden = set(table.loc[~table["shown"].astype(bool), "id"])
    rows: list[dict[str, Any]] = [{str(name): value for name, value in row.items()} for row in shown.to_dict("records")]
    if plan is not None:
        told = sorted(row["id"] for row in rows if plan.hidden_because(row["id"]))
        if told:
            raise ValueError(f"the plan hides cells that the table shows: {', '.join(told)}")
        rows = [row if plan.detailed(row["id"]) else row | dict.fromkeys(COUNTS[1:]) for row in rows]
        hidden |= set(plan.cells.index[~plan.cells["shown"].astype(bool)])
    return Entry(period, edition, str(as_of), rows, sorted(hidden))
