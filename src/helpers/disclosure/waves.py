"""What two measurements of one group tell about who came and went in between.

Where everybody answered twice, the difference of the two is the answers of those few who came or left; readers know
who they are.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.disclosure import left_over
from helpers.disclosure.blocks import BANDS, Cut
from helpers.disclosure.declared import Declared
from helpers.disclosure.rules import Rules


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
        Two waves of one group that follow each other among those that are known and that everybody answered, when the
        group grew or shrank by fewer than the minimum, and the difference of the counts can be the answers of those
        few. Each group is looked at by itself, so every level of a tree and the whole are; and so is what is left of
        a group besides its known parts.

    Notes
    -----
    All three counts must have moved the way the number of answers did. Where fewer than ``shares_from`` answered, only
    the score is printed: there it is enough that promoters less detractors moved by no more than the answers did.
    Counts that are not known, of a measure that is no NPS, never clear a pair.
    """
    cells = declared.cells
    watched = cells["audience"].isin([name for name, rule in rules.items() if rule.waves])
    everybody = cells["n"].gt(0) & cells["n"].eq(cells["population"].astype("float64"))
    waves = _waves(cells[watched & everybody & np.asarray(known, dtype=np.bool_)])
    pairs = waves.merge(waves.assign(number=waves["number"] - 1), on=["audience", "group", "number"])
    found = pairs[_tell(pairs, rules)].sort_values(["audience", "group", "number"], kind="stable")
    alone = [Cut(frozenset(map(int, pair)), "") for pair in found[["label_x", "label_y"]].to_numpy()]
    return alone + left_over.cuts(declared, np.asarray(known, dtype=np.bool_), rules)


def _waves(cells: pd.DataFrame) -> pd.DataFrame:
    """Return the cells with the number of their wave among those of their group; one of no period is left out."""
    group = [str(identity).rpartition("@")[0] for identity in cells["id"]]
    numbers = cells[["n", *BANDS]].astype("float64")
    waves: pd.DataFrame = numbers.assign(
        audience=cells["audience"], place=cells["place"], group=group, label=cells.index
    )
    waves = waves[waves["group"].ne("")]
    return waves.assign(number=waves.groupby(["audience", "group"])["place"].rank(method="dense"))


def _tell(pairs: pd.DataFrame, rules: Mapping[str, Rules]) -> pd.Series:
    """Tell of each wave (``_x``) and the next one (``_y``) whether the difference is the answers of a few."""
    minimum = pairs["audience"].map({name: rule.minimum_respondents for name, rule in rules.items()}).astype("float64")
    moved = pairs["n_y"] - pairs["n_x"]
    few = moved.abs().ge(1) & moved.abs().lt(minimum)
    return few & _can_be_a_group(pairs, moved, rules)


def _can_be_a_group(pairs: pd.DataFrame, moved: pd.Series, rules: Mapping[str, Rules]) -> pd.Series:
    change = pd.DataFrame({band: pairs[f"{band}_y"] - pairs[f"{band}_x"] for band in BANDS})
    net = (change["promoters"] - change["detractors"]).abs()
    detailed_from = pairs["audience"].map({name: rule.shares_from for name, rule in rules.items()}).astype("float64")
    score_only = pairs[["n_x", "n_y"]].min(axis=1).lt(detailed_from)
    one_way = change.mul(moved, axis=0).ge(0).all(axis=1)
    return change.isna().any(axis=1) | net.le(moved.abs()).where(score_only, one_way)
