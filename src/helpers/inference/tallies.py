"""Answers added up once: what every score of every group needs, from which any grouping follows by adding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.inference import thresholds
from helpers.inference.inputs import Floats

Rule = Literal["nps", "mean", "top_box"]
Codes = npt.NDArray[np.int64]
COUNTS = ["promoters", "passives", "detractors"]
SHARES = ["promoter_share", "passive_share", "detractor_share"]
WEIGHED = [f"w_{name}" for name in COUNTS]
SQUARES = "squares"
SUMS = ["n", "skipped", *COUNTS, "w", "w2", "wx", "x", *WEIGHED]


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
        (Σw, Σw², Σwx, Σx), ``w_promoters, w_passives, w_detractors`` (Σw of each band) and ``squares``
        (Σw(x − m)² about the group's own mean m).
    """
    codes, groups = grouped(answers, list(by), every=every)
    given = answers["answer"].to_numpy(dtype=np.float64, na_value=np.nan)
    valid = ~np.isnan(given)
    weight = np.where(valid, answers["weight"].to_numpy(dtype=np.float64) if weighted else 1.0, 0.0)
    scored = np.nan_to_num(np.isin(given, list(best)).astype(np.float64) if rule == "top_box" else given)
    bands = _bands(given) if rule == "nps" else dict.fromkeys(COUNTS, np.zeros(len(given)))
    columns = {"n": valid, "skipped": ~valid, **bands, "w": weight, "w2": weight**2, "wx": weight * scored}
    columns |= {"x": np.where(valid, scored, 0.0)} | {f"w_{name}": weight * bands[name] for name in COUNTS}
    known = codes >= 0
    inside = codes[known]
    sums = {name: _sum(column[known], inside, len(groups)) for name, column in columns.items()}
    spread = weight[known] * (scored[known] - _ratio(sums["wx"], sums["w"])[inside]) ** 2
    return groups.assign(**sums, **{SQUARES: _sum(spread, inside, len(groups))})


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

    Notes
    -----
    Σw(x − m)² of a group is that within its parts plus that between them, Σ W (m_part − m)²; taken as the
    difference of two large sums it would lose its digits.

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
    taken = {name: tallies[name].to_numpy(dtype=np.float64)[rows] for name in (*SUMS, SQUARES)}
    sums = {name: _sum(column, into, groups) for name, column in taken.items()}
    apart = _ratio(taken["wx"], taken["w"]) - _ratio(sums["wx"], sums["w"])[into]
    sums[SQUARES] += _sum(taken["w"] * apart**2, into, groups)
    return pd.DataFrame(sums)


def grouped(answers: pd.DataFrame, by: list[str], *, every: bool = True) -> tuple[Codes, pd.DataFrame]:
    """Return the number of each row's group (−1: none), and the groups in that order; see :func:`tally`."""
    if not by:
        return np.zeros(len(answers), dtype=np.int64), pd.DataFrame(index=range(1))
    coded = [_coded(answers[name]) for name in by]
    return _declared(coded, by) if every else _occurring(answers, coded, by)


def _bands(given: Floats) -> dict[str, npt.NDArray[np.bool_]]:
    with np.errstate(invalid="ignore"):
        promoters = given >= thresholds.PROMOTER_FROM
        detractors = given < thresholds.PASSIVE_FROM
    passives = ~promoters & ~detractors & ~np.isnan(given)
    return dict(zip(COUNTS, (promoters, passives, detractors), strict=True))


def _sum(column: npt.NDArray[np.generic], into: Codes, groups: int) -> Floats:
    """Add up per group; bincount of nothing would be whole numbers."""
    return np.bincount(into, column, groups).astype(np.float64)


def _ratio(sums: Floats, weights: Floats) -> Floats:
    """Return means; a group without answers gets 0, which nothing is compared with."""
    return np.divide(sums, weights, out=np.zeros_like(sums), where=weights > 0)


def _coded(column: pd.Series) -> tuple[Codes, pd.Index]:
    if isinstance(column.dtype, pd.CategoricalDtype):
        declared: pd.Index = pd.CategoricalIndex(column.cat.categories, dtype=column.dtype)
        return column.cat.codes.to_numpy().astype(np.int64), declared
    codes, values = pd.factorize(column, sort=True)
    return codes.astype(np.int64), pd.Index(values)


def _declared(coded: Sequence[tuple[Codes, pd.Index]], by: list[str]) -> tuple[Codes, pd.DataFrame]:
    sizes = tuple(len(values) for _codes, values in coded)
    number = np.zeros_like(coded[0][0])
    known = np.ones(len(number), dtype=np.bool_)
    for codes, values in coded:
        number, known = number * len(values) + codes, known & (codes >= 0)
    places = np.unravel_index(np.arange(np.prod(sizes)), sizes)
    groups = {name: values[place] for name, (_codes, values), place in zip(by, coded, places, strict=True)}
    return np.where(known, number, -1), pd.DataFrame(groups)


def _occurring(
    answers: pd.DataFrame, coded: Sequence[tuple[Codes, pd.Index]], by: list[str]
) -> tuple[Codes, pd.DataFrame]:
    number = np.zeros(len(answers), dtype=np.int64)
    for codes, values in coded:
        # numbered anew at each step, so that no product of many columns can overflow
        number = pd.factorize(number * (len(values) + 1) + codes + 1)[0].astype(np.int64)
    first = np.flatnonzero(~pd.Series(number).duplicated())
    return number, answers[by].iloc[first].reset_index(drop=True)
