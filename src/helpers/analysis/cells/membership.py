"""Which answers each cell is made of, and what these tell of people: what the publication plan decides on."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from helpers.inference import thresholds
from helpers.inference.tallies import COUNTS, SQUARES, Codes, Rule, grouped
from helpers.params.metrics import figure_id


def atoms(sums: pd.DataFrame, by: Sequence[str], *, banded: bool) -> tuple[pd.DataFrame, Codes]:
    """Merge the tallies that no group separates.

    Parameters
    ----------
    sums
        As :func:`helpers.inference.tallies.tally` returns them.
    by
        Their group columns; what else tells them apart, such as clusters, makes no cell.
    banded
        Whether the answers fall into bands; else the counts of the bands are null.

    Returns
    -------
    tuple
        One row per combination that has answers: ``n, promoters, passives, detractors``; and for each row of
        ``sums`` the place of its atom, −1 where nobody answered.

    Examples
    --------
    >>> sums = pd.DataFrame({"unit": ["A", "B", "A"], "person": [None, None, "7"], "n": [2, 0, 3],
    ...                      "promoters": [1, 0, 3], "passives": [1, 0, 0], "detractors": [0, 0, 0]})
    >>> found, places = atoms(sums, ["unit"], banded=True)
    >>> found.to_dict("records"), places.tolist()
    ([{'n': 5.0, 'promoters': 4.0, 'passives': 1.0, 'detractors': 0.0}], [0, -1, 0])
    """
    answered = np.flatnonzero(sums["n"].to_numpy() > 0)
    places = np.full(len(sums), -1, dtype=np.int64)
    places[answered], _groups = grouped(sums.iloc[answered], list(by), every=False)
    counts = sums.iloc[answered][["n", *COUNTS]].astype("float64")
    found = counts.groupby(places[answered]).sum().reset_index(drop=True)
    return found if banded else found.assign(**dict.fromkeys(COUNTS, np.nan)), places


def members(into: Codes, of: Codes) -> pd.DataFrame:
    """Return which atoms each cell is made of: ``cell, atom``, each pair once, in order of the cells.

    Parameters
    ----------
    into
        Cells, by place.
    of
        The atom beside each, by place; −1 for none.
    """
    known = of >= 0
    width = int(of.max(initial=0)) + 1
    pairs = np.unique(into[known] * width + of[known])
    return pd.DataFrame({"cell": pairs // width, "atom": pairs % width})


def respondents(n: pd.Series, sums: pd.DataFrame, *, rows: Codes, into: Codes) -> pd.Series:
    """Return how many different people answered in each group: of those whose key is known, each counts once.

    Parameters
    ----------
    n
        Answers of each group.
    sums
        Tallies with ``person``: who answered more than once, else null.
    rows, into
        As in :func:`helpers.inference.tallies.added`.
    """
    codes, people = pd.factorize(sums["person"])
    codes = np.where(sums["n"].to_numpy() > 0, codes, -1)[rows]
    answers = sums["n"].to_numpy()[rows]
    again = codes >= 0
    each = np.unique(into[again] * max(len(people), 1) + codes[again]) // max(len(people), 1)
    repeated = np.bincount(into[again], weights=answers[again], minlength=len(n))
    return n - repeated + np.bincount(each, minlength=len(n))


def unanimous(added: pd.DataFrame, rule: Rule) -> pd.Series:
    """Tell which groups all gave an answer of one band or, of another measure, the same one.

    Parameters
    ----------
    added
        Sums of groups, as :func:`helpers.inference.tallies.added` returns them.
    rule
        For which they were made.
    """
    if rule == "nps":
        return added["n"].gt(0) & added[list(COUNTS)].max(axis=1).eq(added["n"])
    mean = added["wx"] / added["w"].where(added["w"] > 0)
    return added["n"].gt(0) & added[SQUARES].le((thresholds.NO_SPREAD * mean) ** 2 * added["w"])


def earlier(ids: Collection[str], metric: str, names: Collection[str]) -> dict[str, list[dict[str, str]]]:
    """Return the groups of a metric that figures are about, per period.

    Parameters
    ----------
    ids
        Ids of figures, as :func:`helpers.params.metrics.figure_id` makes them.
    metric
        The key of the metric.
    names
        What today's answers can be split by. A figure of anything else is left out: nobody can say any more which
        answers it was made of.

    Examples
    --------
    >>> earlier(["enps[unit=A › B]@2026-Q1", "enps@2026-Q1", "enps[team=B]@2026-Q1", "nps[unit=A]@2026-Q1"],
    ...         "enps", ["unit"])
    {'2026-Q1': [{'unit': 'A › B'}]}
    """
    found: dict[str, list[dict[str, str]]] = {}
    for identity in sorted(ids):
        inside, period = identity.removeprefix(f"{metric}[").rsplit("]@", 1) if "]@" in identity else ("", "")
        scope = _scope(inside, names)
        if scope and figure_id(metric, scope, period) == identity:
            found.setdefault(period, []).append(scope)
    return found


def _scope(inside: str, names: Collection[str]) -> dict[str, str]:
    """Read the groups of an id; a comma within a name is none between two groups."""
    scope: dict[str, str] = {}
    last = ""
    for part in inside.split(","):
        name, equals, value = part.partition("=")
        if equals and name in names:
            last, scope[name] = name, value
        elif last:
            scope[last] += f",{part}"
    return scope
