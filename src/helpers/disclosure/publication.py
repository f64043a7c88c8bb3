"""All of it, into one plan: own reasons, earlier reports, a wider edition, and what would give these away."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from helpers.disclosure.blocks import Flags
from helpers.disclosure.complementary import Decisions, hidden_for_others
from helpers.disclosure.declared import Declared
from helpers.disclosure.own_reasons import PROTECTS_OTHERS, TOO_FEW_ANSWERS, TOO_SMALL_UNIT, own_reasons
from helpers.disclosure.plan import Plan
from helpers.disclosure.printed_before import differences
from helpers.disclosure.rules import Rules
from helpers.rounding import half_away_from_zero

REASONS = (TOO_FEW_ANSWERS, TOO_SMALL_UNIT, PROTECTS_OTHERS, "")
"""Of two cells of one id the first of these is told."""
FEWEST_CELLS = 3
"""Of fewer hidden cells the answers are not added up, not even rounded: that would tell how large one of them is."""


def publication_plan(
    declared: Declared,
    *,
    rules: Mapping[str, Rules],
    published: pd.DataFrame | None = None,
    within: Plan | None = None,
    also_hidden: Collection[str] = (),
    fiscal_year_start: int = 1,
) -> Plan:
    """Decide over every cell at once.

    Parameters
    ----------
    declared
        Every cell that any chapter will print.
    rules
        By audience.
    published
        What earlier reports and other editions printed, as :func:`helpers.disclosure.printed_before.known` returns it.
    within
        The plan of a wider edition: what it hides is hidden here too.
    also_hidden
        Ids that must be hidden besides: what an attack on the finished report still gave away.
    fiscal_year_start
        The month, for periods that overlap one that was printed before.

    Returns
    -------
    Plan
        A cell without any answers is shown as such ("no answers"): it says nothing about anybody. An id that
        stands there twice is shown only if both may be.

    Raises
    ------
    ValueError
        If an audience has no rules.

    Examples
    --------
    >>> cells = pd.DataFrame({"id": ["a", "b"], "audience": "employee", "n": [9, 12], "population": None})
    >>> plan = publication_plan(Declared(cells), rules={"employee": Rules(10, 10)})
    >>> plan.hidden_because("a"), plan.hidden_because("b")
    ('too_few_answers', '')
    """
    unknown = sorted(set(declared.cells["audience"]) - set(rules))
    if unknown:
        raise ValueError(f"no minimum group for the audience {', '.join(unknown)}")
    declared = declared.in_order()
    cells = declared.cells
    late = differences(declared, published, rules, fiscal_year_start=fiscal_year_start) if published is not None else []
    because = own_reasons(cells, rules)
    because = because.mask(because.eq("") & cells["n"].gt(0) & cells["id"].isin({*also_hidden, *late}), PROTECTS_OTHERS)
    own = because.ne("").to_numpy()
    elsewhere = _hidden_elsewhere(cells["id"], within)
    given = Decisions(
        own=own,
        hidden=cells["id"].isin(cells.loc[own | elsewhere, "id"]).to_numpy(),
        published=_printed_before(cells, published),
        late=cells["id"].isin(late).to_numpy(),
    )
    hidden, given_away = hidden_for_others(declared, given, rules)
    because = because.mask(because.eq("") & hidden, PROTECTS_OTHERS)
    decided = _decided(cells.assign(hidden_because=because), rules, within)
    return Plan(decided.drop(columns="n"), _lost(decided, rules), tuple(sorted(given_away)))


def _hidden_elsewhere(ids: pd.Series, within: Plan | None) -> Flags:
    """Return what a wider edition hides, or does not know."""
    if within is None:
        return np.zeros(len(ids), dtype=np.bool_)
    return ~ids.isin(within.cells.index[within.cells["shown"]]).to_numpy()


def _printed_before(cells: pd.DataFrame, published: pd.DataFrame | None) -> Flags:
    """Return which cells were printed with the answers they have now."""
    if published is None:
        return np.zeros(len(cells), dtype=np.bool_)
    before = published.loc[published["n"].notna(), ["id", "n"]]
    pairs = set(zip(before["id"], before["n"].astype(int), strict=True))
    return np.array([pair in pairs for pair in zip(cells["id"], cells["n"].astype(int), strict=True)], dtype=np.bool_)


def _decided(cells: pd.DataFrame, rules: Mapping[str, Rules], within: Plan | None) -> pd.DataFrame:
    """Return one row per id: the strictest of its cells, with the answers of the largest."""
    printed = cells[cells["printed"].astype(bool)]
    detail = printed["n"] >= printed["audience"].map({name: rule.shares_from for name, rule in rules.items()})
    if within is not None:
        detail &= printed["id"].map(within.cells["detailed"]).eq(True)
    shown = printed["hidden_because"].eq("")
    printed = printed.assign(shown=shown, detailed=detail & shown)[
        ["id", "audience", "shown", "hidden_because", "detailed", "n"]
    ]
    weight = printed["hidden_because"].map(REASONS.index)
    strictest = printed.assign(weight=weight).sort_values(["id", "weight", "detailed"], kind="stable").set_index("id")
    largest = strictest.groupby(level="id")["n"].max()
    strictest = strictest[~strictest.index.duplicated()]
    return strictest.drop(columns="weight").assign(n=largest.reindex(strictest.index))


def _lost(decided: pd.DataFrame, rules: Mapping[str, Rules]) -> pd.DataFrame:
    hidden = decided[~decided["shown"]]
    lost = hidden.groupby(["audience", "hidden_because"])["n"].agg(cells="size", answers="sum").reset_index()
    least = lost["audience"].map({name: rule.minimum_respondents for name, rule in rules.items()}).astype("int64")
    tens = lost["answers"].map(lambda answers: int(half_away_from_zero(answers / 10)) * 10).astype("Int64")
    telling = lost["hidden_because"].eq(TOO_FEW_ANSWERS) & _tells(lost["cells"], tens.astype("float64"), least)
    return lost.assign(answers=tens.mask((lost["answers"] < least) | (lost["cells"] < FEWEST_CELLS) | telling))


def _tells(cells: pd.Series, tens: pd.Series, least: pd.Series) -> pd.Series:
    """Tell where so many answers in so many groups below the minimum leave one of them less than its whole range."""
    others = cells - 1
    at_least = (tens - 5) - others * (least - 1)
    at_most = (tens + 5) - others
    return (at_least > 1) | (at_most < least - 1)
