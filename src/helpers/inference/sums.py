"""Rows added up per group: equal answers are counted first, so that ten million of them become a small table.

Counts, and sums of whole numbers, are the same whatever the order of the rows; sums of weights that are no whole
numbers, or halves or quarters of them, are so to 12 significant digits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.inference import bands
from helpers.inference.bands import COUNTS
from helpers.inference.inputs import ANSWER, PERHAPS_ANSWER, Floats, columns
from helpers.inference.inputs import Rule as Allowed
from helpers.inference.ratios import ratio, total

Integers = npt.NDArray[np.integer[Any]]
Plain = npt.NDArray[Any]
WEIGHED = [f"w_{name}" for name in COUNTS]
TWICE = [f"w2_{name}" for name in COUNTS]
SUMS = ["n", "skipped", *COUNTS, "w", "w2", "wx", "x", *WEIGHED, *TWICE]
SQUARES = "squares"
ABOUT_MEAN = [SQUARES, "w2_apart", "w2_squares"]
"""Σw(x − m)², Σw²(x − m) and Σw²(x − m)², about the group's own mean: no sums that can be added as they are."""

LARGEST = 1e70
"""Answers and weights stay below this, so that the square of no product is infinite; weights above 1/this."""

ALLOWED = {
    "answer": Allowed(-LARGEST, LARGEST, f"An answer is a number from −{LARGEST:g} to {LARGEST:g}"),
    "weight": Allowed(1 / LARGEST, LARGEST, f"A weight is a number above 0, from {1 / LARGEST:g} to {LARGEST:g}"),
}

CHUNK = 2**18
"""Rows that are added up at a time: few enough for the processor's cache."""

COUNTED_UP_TO = 100
"""Whole answers from 0 to here are counted per group and answer; other answers are added up one by one."""

CELLS_AT_MOST = 2**21
"""So many groups × answers are counted at most, 16 MB for each sum; with more, answers are added up one by one."""


@dataclass(frozen=True)
class Cells:
    """Answers of groups: a row stands for one answer, or for all equal answers of a group.

    Parameters
    ----------
    group
        Number of the group, 0 or more.
    answer
        NaN where it was skipped.
    count
        How many answers.
    w, w2
        Their weights, and squared weights, added up; 0 where they were skipped.
    """

    group: Integers
    answer: Floats
    count: Floats
    w: Floats
    w2: Floats


@dataclass(frozen=True)
class Rows:
    """Answers that are judged, each with its group.

    Parameters
    ----------
    group
        Number of the group; −1 is none.
    answer
        As in :data:`ALLOWED`, or NaN where it was skipped.
    lowest, highest
        Of the answers; ∞ and −∞ where all were skipped.
    weight
        Above 0 where there is an answer, whatever it is elsewhere; None if each answer weighs 1.
    labels
        How a message names the rows; None: 0, 1, …
    """

    group: Integers
    answer: Plain
    lowest: float
    highest: float
    weight: Plain | None
    labels: pd.Index | None = None

    @classmethod
    def of(cls, answers: pd.DataFrame, group: Integers, *, weighted: bool, banded: bool = False) -> Rows:
        """Judge answers, and their weights; the weight of a skipped answer is not looked at.

        Of an NPS (``banded``) whether all answers are whole is left to :func:`added_up`, which finds that out anyway.

        Raises
        ------
        DataError
            If an answer, or a weight of an answer, is not as in :data:`ALLOWED`, or an answer is beyond 0…10 (banded).
        """
        rules = ALLOWED | ({"answer": ANSWER} if banded else {})
        least, most = rules["answer"].lowest, rules["answer"].highest
        names = ["answer", "weight"] if weighted else ["answer"]
        plain = [_plain(answers[name]) for name in names]
        known = [values for values in plain if values is not None]
        ends = _range(known[0]) if len(known) == len(names) else (-np.inf, np.inf)
        if ends[0] < least or ends[1] > most or (weighted and not _weights_sound(*known)):
            known = _judged(answers[names], rules)
            ends = _range(known[0])
        return cls(group, known[0], *ends, known[1] if weighted else None, answers.index)

    def chunks(self, least: int) -> Iterator[Rows]:
        """Yield the rows in parts of at least so many, small enough for the processor's cache."""
        size = max(CHUNK, least)
        for start in range(0, len(self.answer), size):
            part = slice(start, start + size)
            weight = None if self.weight is None else self.weight[part].astype(np.float64, copy=False)
            answer = self.answer[part].astype(np.float64, copy=False)
            yield Rows(self.group[part], answer, self.lowest, self.highest, weight)


def added_up(rows: Rows, groups: int, *, best: Sequence[float] | None, banded: bool) -> dict[str, Floats]:
    """Return the sums of :func:`helpers.inference.tallies.tally`, each as long as there are groups.

    Parameters
    ----------
    rows
        What is added up.
    groups
        How many groups there are.
    best
        Answers that score 1, where all others score 0; None: each answer scores itself.
    banded
        Whether promoters, passives and detractors are counted.

    Returns
    -------
    dict
        By the names of :data:`SUMS` and :data:`ABOUT_MEAN`; 0 for a group without answers.

    Raises
    ------
    DataError
        If ``banded`` and an answer is no whole number from 0 to 10.
    """
    counted, weighted = cells_of_equal(rows, groups), rows.weight is not None
    if banded and (counted is None or rows.highest > ANSWER.highest):  # all counted ones are whole
        columns({"answer": pd.Series(rows.answer, rows.labels)}, PERHAPS_ANSWER)
    sums = {name: np.zeros(groups) for name in (*SUMS, *ABOUT_MEAN)}
    for cells in _cells(rows, groups) if counted is None else [counted]:
        for name, column in _summands(cells, best, banded=banded, weighted=weighted).items():
            sums[name] += total(column, cells.group, groups)
    mean = ratio(sums["wx"], sums["w"])
    for cells in _cells(rows, groups) if counted is None else [counted]:
        apart = _scored(cells.answer, best) - mean[cells.group]
        for name, column in _about_mean(cells, apart, weighted=weighted).items():
            sums[name] += total(column, cells.group, groups)
    if not weighted:
        alike = dict(zip([*TWICE, "w2_squares"], [*WEIGHED, SQUARES], strict=True))
        sums |= {name: sums[other].copy() for name, other in alike.items()}
    return sums


def cells_of_equal(rows: Rows, groups: int) -> Cells | None:
    """Count equal answers per group.

    Parameters
    ----------
    rows
        What is counted.
    groups
        How many groups there are.

    Returns
    -------
    Cells or None
        One row per group and answer that occur; None where the answers are not few and whole.

    Examples
    --------
    >>> answers = pd.DataFrame({"answer": [9, 3, 9, 8]})
    >>> cells = cells_of_equal(Rows.of(answers, np.array([0, 1, 0, -1]), weighted=False), 2)
    >>> cells.group.tolist(), cells.answer.tolist(), cells.count.tolist()
    ([0, 1], [9.0, 3.0], [2.0, 1.0])
    """
    if rows.lowest < 0 or rows.highest > COUNTED_UP_TO:
        return None
    width = int(max(rows.highest, 0)) + 2  # skipped, and the answers 0, 1 … highest
    size = (groups + 1) * width  # the first row of the table is for who is in no group
    if size > CELLS_AT_MOST:
        return None
    sums = [np.zeros(size) for _ in range(1 if rows.weight is None else 3)]
    for part in rows.chunks(size):
        places = _places(part, width)
        if places is None:
            return None
        for number, column in enumerate(_weights(part.weight)):
            sums[number] += np.bincount(places, column, size)
    taken = np.flatnonzero(sums[0][width:]) + width
    count, *weights = (summed[taken] for summed in sums)
    answer = np.where(taken % width == 0, np.nan, taken % width - 1)
    w, w2 = (np.where(np.isnan(answer), 0.0, summed) for summed in weights or [count] * 2)
    return Cells(taken // width - 1, answer, count, w, w2)


def _plain(column: pd.Series) -> Plain | None:
    """Return a column of numbers as it is stored, without a copy where that is possible; None if it has others."""
    if not pd.api.types.is_numeric_dtype(column.dtype) or pd.api.types.is_complex_dtype(column.dtype):
        return None
    plain = isinstance(column.dtype, np.dtype)
    return column.to_numpy() if plain else column.to_numpy(dtype=np.float64, na_value=np.nan)


def _weights_sound(answer: Plain, weight: Plain) -> bool:
    """Tell whether all weights of answers are right."""
    return _allowed(weight) or _allowed(weight[~np.isnan(answer)])


def _allowed(weight: Plain) -> bool:
    # a missing weight makes both ends missing, and no comparison with those is true
    return not weight.size or bool(weight.min() >= 1 / LARGEST and weight.max() <= LARGEST)


def _judged(answers: pd.DataFrame, rules: Mapping[str, Allowed]) -> list[Plain]:
    """Raise what is wrong with answers and weights; right ones come back as numbers."""
    there = answers["answer"].notna().to_numpy()
    known = answers[there]
    found = columns({str(name): known[name] for name in known}, rules)[1]
    plain = np.full((len(found), len(answers)), np.nan)
    for values, numbers in zip(plain, found.values(), strict=True):
        values[there] = numbers
    return list(plain)


def _range(answer: Plain) -> tuple[float, float]:
    """Return the lowest and the highest answer of those that were not skipped; without any, ∞ and −∞."""
    parts = [answer[start : start + CHUNK] for start in range(0, len(answer), CHUNK)]
    lowest = min((float(np.fmin.reduce(part, initial=np.inf, dtype=np.float64)) for part in parts), default=np.inf)
    highest = max((float(np.fmax.reduce(part, initial=-np.inf, dtype=np.float64)) for part in parts), default=-np.inf)
    return lowest, highest


def _places(rows: Rows, width: int) -> Integers | None:
    """Return the place of each row in the table of groups × answers; None if an answer is not whole."""
    answer = np.fmax(rows.answer, -1.0)  # skipped is −1
    places = answer.astype(np.int32)
    if not (places == answer).all():
        return None
    places += rows.group * np.int32(width)
    places += np.int32(width + 1)
    return places


def _weights(weight: Floats | None) -> list[Floats | None]:
    return [None] if weight is None else [None, weight, weight**2]


def _cells(rows: Rows, groups: int) -> Iterator[Cells]:
    """Yield every answer that is in a group as a cell of its own."""
    for part in rows.chunks(groups):
        known = part.group >= 0
        group, answer = part.group[known], part.answer[known]
        w = np.where(np.isnan(answer), 0.0, 1.0 if part.weight is None else part.weight[known])
        yield Cells(group, answer, np.ones(len(group)), w, w**2)


def _summands(cells: Cells, best: Sequence[float] | None, *, banded: bool, weighted: bool) -> dict[str, Floats]:
    valid = ~np.isnan(cells.answer)
    scored = _scored(cells.answer, best)
    columns_of = {"n": np.where(valid, cells.count, 0.0), "skipped": np.where(valid, 0.0, cells.count)}
    columns_of |= {"w": cells.w, "w2": cells.w2, "wx": cells.w * scored, "x": cells.count * scored}
    for name, inside in bands.of_answers(cells.answer).items() if banded else ():
        columns_of |= {name: cells.count * inside, f"w_{name}": cells.w * inside}
        columns_of |= {f"w2_{name}": cells.w2 * inside} if weighted else {}
    return columns_of


def _about_mean(cells: Cells, apart: Floats, *, weighted: bool) -> dict[str, Floats]:
    """Return what is added up of answers so far from their mean; without weights the squares are all there is."""
    columns_of = {SQUARES: cells.w * apart**2}
    return columns_of | ({"w2_apart": cells.w2 * apart, "w2_squares": cells.w2 * apart**2} if weighted else {})


def _scored(answer: Floats, best: Sequence[float] | None) -> Floats:
    """Return what an answer scores; a skipped one 0."""
    scored = answer if best is None else np.isin(answer, best).astype(np.float64)
    return np.where(np.isnan(answer), 0.0, scored)
