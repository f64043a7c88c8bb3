"""What two measurements tell of what is left of a group besides its parts that are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.disclosure.blocks import BANDS, Counts, Cut, Flags
from helpers.disclosure.declared import Declared
from helpers.disclosure.parentage import Parentage, parentage
from helpers.disclosure.rules import Rules

Numbers = npt.NDArray[np.float64]


def cuts(declared: Declared, known: Flags, rules: Mapping[str, Rules]) -> list[Cut]:
    """Return the groups and parts of which, in two waves, one must be hidden.

    Parameters
    ----------
    declared
        Every cell; which groups lie in which is worked out once for all calls that follow each other.
    known
        One value per cell: whether an outsider has its numbers.
    rules
        By audience; only those with ``waves`` are looked at.

    Returns
    -------
    list of Cut
        All cells, in both waves, of a group and its known parts, when everybody in them answered both times, and what
        is left of the group grew or shrank by fewer than the minimum, by what can be the answers of those few.

    Notes
    -----
    Of each split of a group (a level of its tree, a dimension, a crossing) two sets of parts are taken away: those
    right below it, as far as they are known, and the largest that are known at any depth. Parts that have nobody in
    one of the two waves are taken away too: who is new in a new team is known. What is left is compared from one wave
    to the next in which all these groups are known.

    The score of a group under ``shares_from`` is known in whole points: of fewer than 100 answers that is exactly the
    promoters less the detractors.
    """
    found = dict.fromkeys(cut for score in _scores(_Same(declared), _watched(rules)) for cut in score.cuts(known))
    return sorted(found, key=lambda cut: sorted(cut.cells))


@dataclass(frozen=True)
class _Score:
    """One score of one audience: its groups, wave by wave (groups × waves)."""

    label: Counts  # in Declared.cells; −1 where there is no such cell
    numbers: Numbers  # groups × waves × (answers, promoters, passives, detractors)
    everybody: Flags
    related: Parentage
    rules: Rules

    def cuts(self, known: Flags) -> Iterator[Cut]:
        """Yield what of this score must not be shown together."""
        declared: Flags = self.label >= 0
        usable: Flags = self.everybody & known[self.label] & declared
        empty: Flags = self.numbers[:, :, 0] == 0
        for before, after in combinations(range(self.label.shape[1]), 2):
            parents = (usable[:, before] & usable[:, after])[self.related.parent]
            if not parents.any():
                continue
            below = self.related.next_below(declared[:, before] & declared[:, after])
            new_or_gone = empty & (declared[:, before] | declared[:, after])[:, None]
            for taken in (usable, usable | new_or_gone):
                both = taken[:, before] & taken[:, after]
                for members in (below & both[self.related.part], self.related.largest(both)):
                    families = parents & self._next(members, (before, after), usable, taken)
                    yield from self._telling(families, members, (before, after))

    def _next(self, members: Flags, waves: tuple[int, int], usable: Flags, taken: Flags) -> Flags:
        """Return the families whose members share no answers and are not all known in a wave in between."""
        related = self.related
        fine = related.families_with(members) & ~related.clashing(members)
        for wave in range(waves[0] + 1, waves[1]):
            complete = ~related.families_with(members & ~taken[related.part, wave])
            fine &= ~(complete & usable[related.parent, wave])
        return fine

    def _telling(self, families: Flags, members: Flags, waves: tuple[int, int]) -> Iterator[Cut]:
        related, pair = self.related, list(waves)
        members = members & families[related.family]
        change = self.numbers[:, pair[1]] - self.numbers[:, pair[0]]
        left = change[related.parent]
        np.subtract.at(left, related.family[members], change[related.part[members]])
        answers = self.numbers[:, pair, 0]
        smallest = np.where(answers > 0, answers, np.inf).min(axis=1)
        fewest = smallest[related.parent]
        np.minimum.at(fewest, related.family[members], smallest[related.part[members]])
        for family in np.flatnonzero(families & self._few(left, score_only=fewest < self.rules.shares_from)):
            groups = [related.parent[family], *related.part[members & (related.family == family)]]
            cells = self.label[np.ix_(groups, pair)][answers[groups] > 0]  # an empty group has nothing to hide
            yield Cut(frozenset(map(int, cells)), "")

    def _few(self, left: Numbers, *, score_only: Flags) -> Flags:
        """Tell of which changes the number is that of a few, and the bands can be their answers."""
        moved, bands = left[:, 0], left[:, 1:]
        few: Flags = (np.abs(moved) >= 1) & (np.abs(moved) < self.rules.minimum_respondents)
        net_fits = np.abs(bands[:, 0] - bands[:, 2]) <= np.abs(moved)
        one_way = (bands * moved[:, None] >= 0).all(axis=1)
        return few & (np.isnan(bands).any(axis=1) | np.where(score_only, net_fits, one_way))


@dataclass(frozen=True, eq=False)
class _Same:
    """Cells that are the same only when they are one object: no frame has a hash."""

    declared: Declared

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.declared is self.declared

    def __hash__(self) -> int:
        return id(self.declared)


def _watched(rules: Mapping[str, Rules]) -> tuple[tuple[str, Rules], ...]:
    return tuple(sorted(((name, rule) for name, rule in rules.items() if rule.waves), key=lambda each: each[0]))


@lru_cache(maxsize=1)
def _scores(same: _Same, rules: tuple[tuple[str, Rules], ...]) -> list[_Score]:
    """Return the scores with a group that everybody answered in two waves."""
    cells = same.declared.cells
    own = dict(rules)
    of_a_wave = cells["id"].astype(str).str.contains("@", regex=False) & cells["scope"].map(
        lambda scope: isinstance(scope, dict)
    ).astype(bool)
    watched = cells[of_a_wave & cells["audience"].isin(own)]
    found = [
        _score(part, own[str(audience)])
        for (audience, _), part in watched.groupby(["audience", "metric"], sort=True, dropna=False)
    ]
    return [score for score in found if (score.everybody.sum(axis=1) > 1).any()]


def _score(cells: pd.DataFrame, rules: Rules) -> _Score:
    keys = [frozenset(scope.items()) for scope in cells["scope"]]
    groups = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    row = np.array([groups[key] for key in keys], dtype=np.int64)
    places, wave = np.unique(cells["place"].to_numpy(dtype=np.int64), return_inverse=True)
    label = np.full((len(groups), len(places)), -1, dtype=np.int64)
    label[row, wave] = cells.index
    numbers = np.zeros((*label.shape, 1 + len(BANDS)))
    numbers[row, wave] = cells[["n", *BANDS]].to_numpy(dtype=np.float64)
    numbers[numbers[:, :, 0] == 0] = 0.0  # nobody: no counts to miss
    everybody = np.zeros(label.shape, dtype=np.bool_)
    everybody[row, wave] = cells["n"].eq(pd.to_numeric(cells["population"])).to_numpy(dtype=np.bool_)
    return _Score(label, numbers, everybody, parentage([dict(key) for key in groups]), rules)
