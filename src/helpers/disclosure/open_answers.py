"""Which groups may have quotes."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from helpers.disclosure.rules import Rules


def may_quote(cells: pd.DataFrame, rules: Mapping[str, Rules]) -> pd.Series:
    """Tell of which groups open answers may be quoted.

    Parameters
    ----------
    cells
        One row per group: ``audience``, ``n`` (open answers), ``scope`` (dict) and ``shown`` (whether the plan shows
        the group's own numbers).
    rules
        By audience, of the edition.

    Returns
    -------
    pandas.Series
        Of bool, with the index of ``cells``: quotes are made at all (never in the public edition), the group is shown,
        it is of one grouping at most, and there are enough open answers.

    Raises
    ------
    ValueError
        If an audience has no rules.

    Examples
    --------
    >>> cells = pd.DataFrame({"audience": "customer", "n": [9, 10], "scope": [{}, {"region": "Noord"}], "shown": True})
    >>> may_quote(cells, {"customer": Rules(5, 5, quotes=True)}).tolist()
    [False, True]
    """
    unknown = sorted(set(cells["audience"]) - set(rules))
    if unknown:
        raise ValueError(f"no rules for the audience {', '.join(unknown)}")
    quoted = cells["audience"].map({name: rule.quotes for name, rule in rules.items()}).astype(bool)
    least = cells["audience"].map({name: rule.open_answers_from for name, rule in rules.items()})
    enough = cells["n"].astype("float64") >= least.astype("float64")
    one_grouping = cells["scope"].map(len).astype("int64") <= 1
    return quoted & enough & one_grouping & cells["shown"].astype(bool)
