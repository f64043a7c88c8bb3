"""Why a pooled total moved: because groups changed their scores, or because the groups changed their weight in it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.errors import DataError
from helpers.inference.bands import COUNTS, raw_score
from helpers.inference.inputs import COUNT, Floats, columns, required
from helpers.inference.ratios import part_of


def mix_and_score_effect(before: pd.DataFrame, after: pd.DataFrame, *, total: str = "total") -> pd.DataFrame:
    """Return how much of the change of a pooled NPS comes from scores, and how much from the mix of groups.

    Parameters
    ----------
    before, after
        One row per group, indexed by group, with ``promoters, passives, detractors`` (counts, 0 or more). Groups may
        be in one of the two only.
    total
        How the last row is called.

    Returns
    -------
    pandas.DataFrame
        One row per group, those of ``before`` first, and the row ``total``: ``n_before, n_after``; ``share_before,
        share_after`` (of all answers, 0…1); ``before, after`` (points, NaN without answers); ``score_effect,
        mix_effect, effect`` (points of the total). The effects of the groups add up to those of the total, and the
        total's ``effect`` is after − before. If one of the waves has no answers at all, nothing can be compared and
        every effect is NaN.

    Raises
    ------
    DataError
        If a column is missing, a group stands twice in a table or is called like the total, or a count is negative,
        missing or no number.

    Notes
    -----
    With shares w and scores s, and T the mean of both totals: score effect = (s₂ − s₁) (w₁ + w₂) / 2, mix effect =
    (w₂ − w₁) ((s₁ + s₂) / 2 − T). Taking T off changes no total, because shares add up to 1; it makes a group that
    scores below the total count against it when it grows. A group that is in one wave only has no change of score:
    its effect is all mix.

    References
    ----------
    .. [1] Kitagawa, E. M. (1955). Components of a difference between two rates. Journal of the American Statistical
       Association 50, 1168–1194.

    Examples
    --------
    >>> then = pd.DataFrame({"promoters": [60, 2], "passives": [20, 4], "detractors": [10, 4]}, index=["shop", "web"])
    >>> now = pd.DataFrame({"promoters": [33, 15], "passives": [10, 20], "detractors": [5, 17]}, index=["shop", "web"])
    >>> mix_and_score_effect(then, now)[["before", "after", "score_effect", "mix_effect", "effect"]].round(1)
           before  after  score_effect  mix_effect  effect
    shop     55.6   58.3           1.9        -8.4    -6.5
    web     -20.0   -3.8           5.0       -20.5   -15.5
    total    48.0   26.0           6.9       -28.9   -22.0
    """
    groups = _groups(before, after, total)
    first, second = _wave(before, groups, "before"), _wave(after, groups, "after")
    table = pd.DataFrame(
        {
            "n_before": first["n"], "n_after": second["n"], "share_before": first["share"],
            "share_after": second["share"], "before": first["score"], "after": second["score"],
            **_effects(first, second),
        },
        index=groups,
    )  # fmt: skip
    return pd.concat([table, _total(first, second, table, total)])


def _groups(before: pd.DataFrame, after: pd.DataFrame, total: str) -> pd.Index:
    faults = []
    for what, table in (("before", before), ("after", after)):
        required(table, COUNTS, what=what)
        twice = table.index[table.index.duplicated()].unique()
        faults += [f"{what}: group '{group}' stands there twice. Give one row per group." for group in twice]
        if total in table.index:
            faults.append(f"{what}: a group is called '{total}', like the last row. Give that row another name.")
    if faults:
        raise DataError(faults)
    return before.index.append(after.index.difference(before.index, sort=False))


def _wave(table: pd.DataFrame, groups: pd.Index, what: str) -> dict[str, Floats]:
    """Return answers, share and score of every group, and of all under ``whole``."""
    given = columns({f"{what}.{name}": table[name] for name in COUNTS}, COUNT)[1]
    counts = pd.DataFrame(given, index=table.index).reindex(groups, fill_value=0.0).to_numpy()
    n = counts.sum(axis=1)
    whole = np.full(len(n), n.sum())
    score, total = raw_score(*counts.T), raw_score(*counts.sum(axis=0))
    return {"n": n, "share": part_of(n, whole), "score": score, "whole": np.full(len(n), total)}


def _effects(first: dict[str, Floats], second: dict[str, Floats]) -> dict[str, Floats]:
    # a group without answers in one wave keeps the score of the other
    was = np.where(first["n"] > 0, first["score"], second["score"])
    became = np.where(second["n"] > 0, second["score"], first["score"])
    nowhere = (first["n"] == 0) & (second["n"] == 0)
    was, became = np.where(nowhere, 0.0, was), np.where(nowhere, 0.0, became)
    middle = (first["whole"] + second["whole"]) / 2
    score = (became - was) * (first["share"] + second["share"]) / 2
    mix = (second["share"] - first["share"]) * ((was + became) / 2 - middle)
    # + 0.0, because a share that fell by no score at all would be −0.0
    return {"score_effect": score + 0.0, "mix_effect": mix + 0.0, "effect": score + mix + 0.0}


def _total(first: dict[str, Floats], second: dict[str, Floats], table: pd.DataFrame, name: str) -> pd.DataFrame:
    n = [wave["n"].sum() for wave in (first, second)]
    shares = [1.0 if count else np.nan for count in n]
    scores = [wave["whole"][0] if len(wave["whole"]) else np.nan for wave in (first, second)]
    effects = [table[effect].sum(min_count=1, skipna=False) for effect in ("score_effect", "mix_effect")]
    row = [*n, *shares, *scores, *effects, scores[1] - scores[0]]
    return pd.DataFrame([row], index=_row(table.index, name), columns=table.columns, dtype=np.float64)


def _row(groups: pd.Index, name: str) -> pd.Index:
    """Return the index of the last row: of several group columns the first says that it is the total."""
    if groups.nlevels == 1:
        return pd.Index([name], name=groups.name)
    return pd.MultiIndex.from_tuples([(name, *[""] * (groups.nlevels - 1))], names=groups.names)
