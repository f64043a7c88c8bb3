"""What two measurements of one group tell about who came and went in between.

Where everybody answered twice, the difference of the two is the answers of those few who came or left; readers know
who they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise, product
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.disclosure.blocks import Cut
from helpers.disclosure.declared import Declared
from helpers.disclosure.rules import Rules

BANDS = ("promoters", "passives", "detractors")

Wave = Mapping[Any, Any]


def cuts(declared: Declared, known: npt.ArrayLike, rules: Mapping[str, Rules]) -> list[Cut]:
    """Return the pairs of waves of which one must be hidden.

    Parameters
    ----------
    declared
        Every cell, also those that only an earlier report printed.
    known
        One value per cell: whether an outsider has its numbers.
    rules
        By audience; only those with ``waves`` are looked at.

    Returns
    -------
    list of Cut
        Two waves of one group that follow each other among those that are known, where in both everybody answered,
        the group grew or shrank by fewer than the minimum, and the difference of the counts can be the answers of
        those few. Each group is looked at by itself, so every level of a tree and the whole are.

    Notes
    -----
    All three counts must have moved the way the number of answers did. Where fewer than ``shares_from`` answered, only
    the score is printed: there it is enough that promoters less detractors moved by no more than the answers did.
    Counts that are not known, of a measure that is no NPS, never clear a pair.
    """
    cells = declared.cells.assign(
        known=np.asarray(known, dtype=np.bool_),
        group=[str(identity).rpartition("@")[0] for identity in declared.cells["id"]],
        label=declared.cells.index,
    )
    watched = cells["audience"].map({name: rule.waves for name, rule in rules.items()}).eq(True)
    waves = cells[watched & cells["known"] & cells["n"].gt(0) & cells["group"].ne("")]
    waves = waves.sort_values(["audience", "group", "place"], kind="stable")
    return [
        Cut(frozenset({int(before["label"]), int(after["label"])}), "")
        for (audience, _), group in waves.groupby(["audience", "group"], sort=False)
        for before, after in _pairs(group)
        if _tells(before, after, rules[str(audience)])
    ]


def _pairs(group: pd.DataFrame) -> Iterator[tuple[Wave, Wave]]:
    """Yield each wave with the next one; one that stands there twice is taken each way."""
    by_place = [part.to_dict("records") for _, part in group.groupby("place", sort=True)]
    for before, after in pairwise(by_place):
        yield from product(before, after)


def _tells(before: Wave, after: Wave, rules: Rules) -> bool:
    moved = int(after["n"] - before["n"])
    few = 1 <= abs(moved) < rules.minimum_respondents
    everybody = all(wave["n"] == wave["population"] for wave in (before, after))
    return few and everybody and _is_a_group(before, after, moved, rules.shares_from)


def _is_a_group(before: Wave, after: Wave, moved: int, shares_from: int) -> bool:
    """Tell whether the difference can be the answers of those who came or went."""
    change = [float(after[band]) - float(before[band]) for band in BANDS]
    if any(np.isnan(change)):
        return True
    promoters, _, detractors = change
    if min(before["n"], after["n"]) < shares_from:
        return abs(promoters - detractors) <= abs(moved)
    return all(band * moved >= 0 for band in change)
