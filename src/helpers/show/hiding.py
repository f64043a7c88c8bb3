"""What stands where a number is hidden: a word, why, and never anything that comes from the number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from helpers.show import blocks
from helpers.show.context import Context

TOO_SMALL = ("too_few_answers", "too_small_unit")
HALVES = ("", "zero_")
"""Now, and at the zero measurement: each is hidden for itself."""
NUMBERS = (
    "score", "low", "high", "n", "skipped", "population", "invited", "unweighted", "weighting_effect", "design_effect",
    "promoter_share", "passive_share", "detractor_share", "count", "share", "silent",
)  # fmt: skip
GOVERNED = (
    "transactional", "relational", "employees", "headline_splits", "other_measures", "distribution", "bands",
    "worst_case",
)  # fmt: skip
"""Tables of which a row, or half of it, is one cell; in others a row rests on several, and null marks the hidden."""
Row = Mapping[Any, Any]
Content = dict[str, Any]


def without_hidden(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table without the numbers of the cells that it calls hidden, whatever it holds of them.

    Parameters
    ----------
    table
        Of the dossier, with ``shown`` and ``hidden_because``, and those of the zero measurement where it has them.

    Returns
    -------
    pandas.DataFrame
        The table itself where it hides nothing, else a copy with nulls.
    """
    if table.attrs.get("table") not in GOVERNED:
        return table
    blank: dict[str, pd.Series] = {}
    for half in HALVES:
        gone = pd.Series([is_hidden(row, half) for row in table.to_dict("records")], index=table.index, dtype=bool)
        names = [f"{half}{name}" for name in NUMBERS if f"{half}{name}" in table.columns]
        blank |= {name: table[name].astype(object).mask(gone, None) for name in names if gone.any()}
    return table.assign(**blank) if blank else table


def is_hidden(row: Row, half: str = "") -> bool:
    """Tell whether a row, or its zero measurement, is hidden.

    Examples
    --------
    >>> [is_hidden(row) for row in ({"hidden_because": "too_few_answers"}, {"shown": False}, {"shown": True}, {})]
    [True, True, False, False]
    """
    shown = row.get(f"{half}shown")
    return bool(code(row, half)) or (shown is not None and not pd.isna(shown) and not shown)


def code(row: Row, half: str = "") -> str:
    """Return the code that says why a row, or its zero measurement, is hidden; empty where it is not."""
    found = row.get(f"{half}hidden_because")
    return found if isinstance(found, str) else ""


def why(row: Row, context: Context, half: str = "") -> str:
    """Say why a row, or its zero measurement, is hidden; empty where no reason is known."""
    found = code(row, half)
    return context.hidden_reason(found, audience(row)) if found else ""


def audience(row: Row) -> str:
    """Return whom a row is about; a table of one metric or survey need not say so by itself.

    Examples
    --------
    >>> audience({"metric": "enps"}), audience({"metric": "pride.employee"}), audience({"measurement": "relational"})
    ('employee', 'employee', 'customer')
    """
    if isinstance(row.get("audience"), str):
        return str(row["audience"])
    name, _dot, kind = str(row.get("metric", "")).partition(".")
    return "employee" if "employee" in (kind, row.get("measurement")) or name == "enps" else "customer"


def said(row: Row, context: Context, half: str = "") -> str:
    """Write 'hidden (fewer than 10 answers)' within a sentence."""
    reason = why(row, context, half)
    return context.words.text("hidden ({reason})", reason=reason) if reason else context.words.text("hidden")


def label(row: Row, context: Context) -> str:
    """Write 'hidden: fewer than 10 answers' where it stands by itself."""
    reason = why(row, context)
    return context.words.text("hidden: {reason}", reason=reason) if reason else context.words.text("hidden")


def cell(context: Context, *, note: str = "") -> Content:
    """Return the cell that stands in the place of a hidden number."""
    return blocks.cell(context.words.text("hidden"), hidden=True, mark="hidden", note=note)


def note(found: Iterable[str], context: Context) -> str:
    """Say below a table why numbers of it are hidden; empty where none are.

    Parameters
    ----------
    found
        The codes of its hidden cells; empty ones stand for what is shown.
    context
        Of the table.
    """
    _, reasons = context.words.text, {reason for reason in found if reason}
    small = not reasons.isdisjoint(TOO_SMALL)
    if small and reasons.issubset(TOO_SMALL):
        return _("Hidden: the group is too small to show.")
    if small:
        return _("Hidden: the group is too small to show, or the number would give away answers of a small group.")
    return _("Hidden: the number would give away answers of a small group.") if reasons else ""


def coarse_cell() -> Content:
    """Return the cell of a share that is not shown although the score is."""
    return blocks.cell("–", hidden=True, mark="hidden")


def coarse_note(context: Context) -> str:
    """Say why the shares of a group are not shown although its score is."""
    few = context.words.count(context.shares_from)
    return context.words.text("–: of {employees}, counts and shares are shown from {n} answers.", n=few)
