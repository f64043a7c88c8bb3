"""Answers added up once: what every score of every group needs, from which any grouping follows by adding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.errors import DataError
from helpers.inference.bands import COUNTS, SHARES
from helpers.inference.inputs import required
from helpers.inference.ratios import ratio, total
from helpers.inference.reading import group_names
from helpers.inference.sums import (
    ABOUT_MEAN,
    SQUARES,
    SUMS,
    TWICE,
    WEIGHED,
    Integers,
    Rows,
    added_up,
)

Rule = Literal["nps", "mean", "top_box"]
Codes = npt.NDArray[np.int64]

__all__ = [
    "ABOUT_MEAN", "COUNTS", "SHARES", "SQUARES", "SUMS", "TWICE", "WEIGHED", "Codes", "Rule", "added", "grouped",
    "tally",
]  # fmt: skip


def tally(
    answers: pd.DataFrame,
    *,
    by: Sequence[str] = (),
    every: bool = True,
    rule: Rule = "nps",
    best: Sequence[float] = (),
    weighted: bool = False,
) -> pd.DataFrame:
    """Add up the answers of every group.

    Parameters
    ----------
    answers
        One row per response: ``answer`` (number, null = skipped), ``weight`` when ``weighted``, and the
        columns of ``by``.
    by
        Group columns.
    every
        True: every combination of declared categories has a row, in declared order (a column without
        categories counts its own values, sorted), and who is in no group is left out. False: one row per
        combination that occurs, missing groups included, in order of first appearance.
    rule
        ``nps``, ``mean`` or ``top_box``: what is scored of an answer.
    best
        For ``top_box``: the answers that count.
    weighted
        Whether the sums ``w…`` use ``weight``; else each answer weighs 1.

    Returns
    -------
    pandas.DataFrame
        One row per group: the group columns, and with x the scored answer and w its weight ``n, skipped,
        promoters, passives, detractors`` (counts; the last three 0 unless the rule is nps), ``w, w2, wx, x``
        (Σw, Σw², Σwx, Σx), ``w_promoters, w_passives, w_detractors`` and ``w2_promoters, w2_passives,
        w2_detractors`` (Σw and Σw² of each band), and about the group's own mean m ``squares, w2_apart,
        w2_squares`` (Σw(x − m)², Σw²(x − m), Σw²(x − m)²).

    Raises
    ------
    DataError
        If a column is missing, an answer is infinite, text, or for nps no whole number from 0 to 10, a weight of an
        answer is 0, negative or missing, or a group column has the name of a sum.

    Notes
    -----
    Whole answers from 0 to 100 are first counted per group and answer, so that ten million rows cost about as much
    as counting the rows of each group. Sums do not depend on the order of the rows, those of weights that are no
    whole numbers to 12 significant digits. A group without answers has sums of 0.

    References
    ----------
    .. [1] Chan, T. F., Golub, G. H. & LeVeque, R. J. (1983). Algorithms for computing the sample variance. The
       American Statistician 37, 242–247.

    Examples
    --------
    >>> answers = pd.DataFrame({"answer": [9, 7, None, 3], "team": list("AAAB")})
    >>> tally(answers, by=["team"])[["team", "n", "skipped", "promoters", "wx"]].values.tolist()
    [['A', 2.0, 1.0, 1.0, 16.0], ['B', 1.0, 0.0, 0.0, 3.0]]
    """
    names = group_names(by)
    required(answers, ("answer", *(["weight"] if weighted else []), *names), what="answers")
    _refuse_settings(names, rule=rule, best=best)
    codes, groups = _numbered(answers, names, every=every)
    rows = Rows.of(answers, codes, weighted=weighted, banded=rule == "nps")
    sums = added_up(rows, len(groups), best=list(best) if rule == "top_box" else None, banded=rule == "nps")
    return groups.assign(**sums)


def added(tallies: pd.DataFrame, *, rows: Codes, into: Codes, groups: int) -> pd.DataFrame:
    """Add tallies up to those of wider groups.

    Parameters
    ----------
    tallies
        As :func:`tally` returns them.
    rows, into
        Which row of ``tallies`` (by place) goes into which group; a row may go into many groups.
    groups
        How many groups there are; one that nothing goes into is empty.

    Returns
    -------
    pandas.DataFrame
        One row per group, with the sums of :func:`tally`.

    Raises
    ------
    KeyError
        If a sum is missing: tallies that come from elsewhere are judged first.

    Notes
    -----
    Σw(x − m)² of a group is that within its parts plus that between them, Σ W (m_part − m)²; taken as the
    difference of two large sums it would lose its digits. With A = Σw²(x − m_part) and Q = Σw² of a part that lies
    d = m_part − m away, Σw²(x − m)² is that within the parts plus Σ (2 d A + d² Q), and Σw²(x − m) is Σ (A + d Q).

    References
    ----------
    .. [1] Chan, T. F., Golub, G. H. & LeVeque, R. J. (1983). Algorithms for computing the sample variance. The
       American Statistician 37, 242–247.

    Examples
    --------
    >>> parts = tally(pd.DataFrame({"answer": [6, 7, 8, 9], "team": list("AABB")}), by=["team"], rule="mean")
    >>> whole = added(parts, rows=np.array([0, 1]), into=np.array([0, 0]), groups=1)
    >>> whole[["n", "wx", "squares"]].to_numpy().tolist()  # (−1.5)² + (−0.5)² + 0.5² + 1.5²
    [[4.0, 30.0, 5.0]]
    """
    taken = {name: tallies[name].to_numpy(dtype=np.float64)[rows] for name in (*SUMS, *ABOUT_MEAN)}
    sums = {name: total(column, into, groups) for name, column in taken.items()}
    away = ratio(taken["wx"], taken["w"]) - ratio(sums["wx"], sums["w"])[into]
    moved = {SQUARES: taken["w"] * away**2, "w2_apart": taken["w2"] * away}
    moved["w2_squares"] = taken["w2"] * away**2 + 2 * away * taken["w2_apart"]
    for name, column in moved.items():
        sums[name] += total(column, into, groups)
    return pd.DataFrame(sums)


def grouped(answers: pd.DataFrame, by: list[str], *, every: bool = True) -> tuple[Codes, pd.DataFrame]:
    """Return the group of each row, and the groups.

    Parameters
    ----------
    answers
        With the columns of ``by``.
    by, every
        As in :func:`tally`.

    Returns
    -------
    tuple
        The number of each row's group (−1: none), and a table of the groups in that order.

    Raises
    ------
    DataError
        If a column is missing.

    Examples
    --------
    >>> codes, groups = grouped(pd.DataFrame({"team": ["B", "A", None, "B"]}), ["team"])
    >>> codes.tolist(), groups["team"].tolist()
    ([1, 0, -1, 1], ['A', 'B'])
    """
    required(answers, tuple(by), what="answers")
    codes, groups = _numbered(answers, by, every=every)
    return codes.astype(np.int64, copy=False), groups


def _refuse_settings(by: list[str], *, rule: Rule, best: Sequence[float]) -> None:
    if rule not in get_args(Rule):
        raise DataError(f"rule: {rule!r} is not allowed. Choose 'nps', 'mean' or 'top_box'.")
    if rule == "top_box" and not len(best):
        raise DataError("best: no answers were given. Name the answers that count for top_box, such as 4 and 5.")
    faults = [
        f"by: '{name}' is also the name of a sum. Give the group column another name."
        for name in by
        if name in (*SUMS, *ABOUT_MEAN)
    ]
    if faults:
        raise DataError(faults)


def _numbered(answers: pd.DataFrame, by: list[str], *, every: bool) -> tuple[Integers, pd.DataFrame]:
    """Do the same as :func:`grouped`; the numbers are as short as those of the only group column."""
    if not by:
        return np.zeros(len(answers), dtype=np.int8), pd.DataFrame(index=range(1))
    coded = [_coded(answers[name]) for name in by]
    return _declared(coded, by) if every else _occurring(answers, coded, by)


def _coded(column: pd.Series) -> tuple[Integers, pd.Index]:
    if isinstance(column.dtype, pd.CategoricalDtype):
        declared: pd.Index = pd.CategoricalIndex(column.cat.categories, dtype=column.dtype)
        return column.cat.codes.to_numpy(), declared
    codes, values = pd.factorize(column, sort=True)
    return codes.astype(np.int64, copy=False), pd.Index(values)


def _declared(coded: Sequence[tuple[Integers, pd.Index]], by: list[str]) -> tuple[Integers, pd.DataFrame]:
    sizes = tuple(len(values) for _codes, values in coded)
    places = np.unravel_index(np.arange(np.prod(sizes)), sizes)
    groups = {name: values[place] for name, (_codes, values), place in zip(by, coded, places, strict=True)}
    if len(coded) == 1:
        return coded[0][0], pd.DataFrame(groups)
    number = np.zeros(len(coded[0][0]), dtype=np.int64)
    known = np.ones(len(number), dtype=np.bool_)
    for codes, values in coded:
        number *= len(values)
        number += codes
        known &= codes >= 0
    number[~known] = -1
    return number, pd.DataFrame(groups)


def _occurring(
    answers: pd.DataFrame, coded: Sequence[tuple[Integers, pd.Index]], by: list[str]
) -> tuple[Codes, pd.DataFrame]:
    number = np.zeros(len(answers), dtype=np.int64)
    for codes, values in coded:
        # numbered anew at each step, so that no product of many columns can overflow
        number = pd.factorize(number * (len(values) + 1) + codes + 1)[0].astype(np.int64, copy=False)
    # groups are numbered as they appear: a row higher than all before it is the first of its group
    first = np.flatnonzero(np.diff(np.maximum.accumulate(number), prepend=-1))
    return number, answers[by].iloc[first].reset_index(drop=True)
