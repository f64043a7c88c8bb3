"""Weights from known totals, and what unequal weights cost.

::

    post_stratified   each cell weighs as many people as there are
    raked             the totals of several columns are met at once
    trimmed           no weight above so many times the mean
    design_effect     how many answers unequal weights cost (Kish)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.errors import DataError
from helpers.inference import thresholds
from helpers.inference.inputs import WEIGHT, Floats, Given, Rule, columns, number, required
from helpers.inference.populations import kish
from helpers.inference.ratios import part_of
from helpers.inference.reading import group_names
from helpers.inference.tallies import Codes, grouped
from helpers.inference.totals import contradictions, matched, named

TIMES = Rule(1, np.inf, "Weights are trimmed at a number of times their mean above 1, such as 5", True, True)
UNMET = "Combinations that the totals ask for have no answers; join categories, or correct the totals."


def post_stratified(
    answers: pd.DataFrame, *, by: Sequence[str], population: pd.Series, weight: str | None = None
) -> pd.DataFrame:
    """Return weights with which every cell weighs as many people as there are.

    Parameters
    ----------
    answers
        One row per person who answered, with the columns of ``by``.
    by
        The columns whose values make the cells.
    population
        People per cell, 0 or more, indexed by the values of ``by`` in that order; shares serve as well.
    weight
        The column of weights that the answers have already, above 0; default every answer weighs the same.

    Returns
    -------
    pandas.DataFrame
        Indexed like ``answers``: ``weight``; ``alike`` (answers in the cell); ``thin`` (bool: below 5; join the cell).

    Raises
    ------
    DataError
        If a cell has only people or only answers, a label is missing, or a total is negative, missing or given twice.

    Notes
    -----
    w = N_h / n_h in cell h; with weights from before, w = w₀ N_h / Σ_h w₀.

    References
    ----------
    .. [1] Holt, D. & Smith, T. M. F. (1979). Post stratification. J. Royal Statistical Society A 142, 33–46.

    Examples
    --------
    >>> answers = pd.DataFrame({"site": ["North", "North", "South"]})
    >>> post_stratified(answers, by=["site"], population=pd.Series({"North": 30, "South": 10})).weight.tolist()
    [15.0, 15.0, 10.0]
    """
    given, misread = _given(answers, by, weight)
    codes, totals, faults = matched(answers, list(by), population, what="population")
    if misread + faults:
        raise DataError(misread + faults)
    alike = np.bincount(codes, minlength=len(totals))[codes]
    table = {"weight": given * (totals / _sums(given, codes, len(totals)))[codes], "alike": alike}
    return pd.DataFrame(table | {"thin": alike < thresholds.COLLAPSE_BELOW}, index=answers.index)


def raked(
    answers: pd.DataFrame,
    *,
    margins: Mapping[str, pd.Series | Mapping[str, float]],
    trim_at: float | None = None,
    weight: str | None = None,
) -> pd.DataFrame:
    """Return weights that meet the totals of several columns at once.

    Parameters
    ----------
    answers
        As in :func:`post_stratified`, with the columns that ``margins`` names.
    margins
        By column: the people per value, 0 or more. All columns add up to the same number; shares serve as well.
    trim_at
        No weight is above so many times the mean (above 1; 5 is common practice); default none is trimmed.
    weight
        As in :func:`post_stratified`.

    Returns
    -------
    pandas.DataFrame
        Indexed like ``answers``: ``weight``; ``alike`` (answers in the smallest of its categories) and ``thin``, as in
        :func:`post_stratified`; ``trimmed`` (bool: it stands at the upper limit).

    Raises
    ------
    DataError
        As in :func:`post_stratified`; or if the margins add up to different numbers, or no weights below the limit fit.

    Notes
    -----
    Iterative proportional fitting: column by column each weight is multiplied by total / Σw of its category, until
    nothing changes. With ``trim_at`` weights above the limit are held there and the others raked again.

    References
    ----------
    .. [1] Deming, W. E. & Stephan, F. F. (1940). On a least squares adjustment of a sampled frequency table when the
       expected marginal totals are known. Annals of Mathematical Statistics 11, 427–444.

    Examples
    --------
    >>> answers = pd.DataFrame({"site": list("NNSS"), "hours": list("fpfp")})
    >>> raked(answers, margins={"site": {"N": 6, "S": 2}, "hours": {"f": 4, "p": 4}}).weight.tolist()
    [3.0, 3.0, 1.0, 1.0]
    """
    times = None if trim_at is None else number("trim_at", trim_at, TIMES)
    if not margins:
        raise DataError("margins: none were given. Give the totals of at least one column.")
    given, faults = _given(answers, list(margins), weight)
    laid = {name: matched(answers, [name], total, what=f"margins.{name}") for name, total in margins.items()}
    faults += [fault for _codes, _totals, found in laid.values() for fault in found]
    read = {name: total for name, total in margins.items() if not np.isnan(laid[name][1]).any()}
    faults += contradictions({name: float(pd.Series(total, dtype=np.float64).sum()) for name, total in read.items()})
    if faults:
        raise DataError(faults)
    targets = [(codes, totals) for codes, totals, _found in laid.values()]
    found = _fitted(given, targets, np.zeros(len(answers), dtype=np.bool_))
    _refuse_unmet(found, dict(zip(margins, targets, strict=True)), answers)
    limit = np.inf if times is None else times * targets[0][1].sum() / len(answers)
    found = _cut(found, targets, limit)
    alike = np.min([np.bincount(codes, minlength=len(totals))[codes] for codes, totals in targets], axis=0)
    table = {"weight": found, "alike": alike, "thin": alike < thresholds.COLLAPSE_BELOW}
    return pd.DataFrame(table | {"trimmed": found >= limit * (1 - thresholds.RAKING_TOLERANCE)}, index=answers.index)


def trimmed(weights: Given, *, at: float = thresholds.TRIM_AT) -> pd.Series:
    """Return the weights with none above so many times their mean, and the same total.

    Parameters
    ----------
    weights
        Above 0.
    at
        Times the mean, above 1.

    Returns
    -------
    pandas.Series
        ``weight``, indexed like the weights; totals are no longer met: see :func:`raked`.

    Raises
    ------
    DataError
        If a weight is 0, negative, missing or no number, or ``at`` is not above 1.

    Notes
    -----
    What is cut off goes to the other weights in proportion, until none is above the limit.

    References
    ----------
    .. [1] Potter, F. J. (1990). A study of procedures to identify and trim extreme sampling weights. Proceedings of
       the Section on Survey Research Methods, American Statistical Association, 225–230.

    Examples
    --------
    >>> trimmed([1, 1, 1, 1, 6], at=2).tolist()  # the mean is 2, the limit 4; 2 goes to the other four
    [1.5, 1.5, 1.5, 1.5, 4.0]
    """
    index, given = columns({"weight": weights}, WEIGHT)
    found, times = given["weight"].copy(), number("at", at, TIMES)
    total = found.sum()
    limit = times * total / max(len(found), 1)
    cut = np.zeros(len(found), dtype=np.bool_)
    while (over := ~cut & (found > limit)).any():
        cut |= over
        found[cut] = limit
        found[~cut] *= (total - limit * cut.sum()) / found[~cut].sum()
    return pd.Series(found, index=index, name="weight")


def design_effect(weights: Given, *, by: pd.Series | None = None) -> pd.DataFrame:
    """Return by how much unequal weights widen the variance of a mean.

    Parameters
    ----------
    weights
        Above 0; only their proportions count.
    by
        The group of each weight; a weight without a group counts nowhere. Default all are one group.

    Returns
    -------
    pandas.DataFrame
        One row per group (in declared order, else sorted): ``n``, ``design_effect`` (1 where all weights are equal, at
        most n), ``n_effective`` (n / design_effect) and ``loses_half`` (bool: the design effect is above 2). A group
        without answers has n = 0, n_effective 0 and no design effect.

    Raises
    ------
    DataError
        If a weight is 0, negative, missing or no number, or ``by`` has other rows than the weights.

    Notes
    -----
    n Σw² / (Σw)², for weights that have nothing to do with the answers; :mod:`helpers.inference.designs` knows better.

    References
    ----------
    .. [1] Kish, L. (1965). Survey Sampling. Wiley. Section 11.7.

    Examples
    --------
    >>> design_effect([1, 1, 1, 3]).to_dict("records")
    [{'n': 4, 'design_effect': 1.3333333333333333, 'n_effective': 3.0, 'loses_half': False}]
    """
    index, given = columns({"weight": weights}, WEIGHT)
    if by is not None and not (by.index.equals(index) if isinstance(weights, pd.Series) else len(by) == len(index)):
        raise DataError("by: its rows are not those of the weights. Give columns of one table.")
    labels = pd.DataFrame(index=index) if by is None else pd.DataFrame({"group": by.array}, index=index)
    codes, groups = grouped(labels, list(labels.columns))
    inside, weight = codes[codes >= 0], (given["weight"] / given["weight"].max(initial=0.0))[codes >= 0]
    n, first, second = (np.bincount(inside, weight**power, len(groups)) for power in (0, 1, 2))
    worth = kish(first, second)
    index = groups.index if by is None else pd.Index(groups["group"], name=by.name)
    found = pd.DataFrame({"n": n.astype(np.int64), "design_effect": part_of(n.astype(np.float64), worth)}, index)
    return found.assign(n_effective=worth, loses_half=found["design_effect"] > thresholds.WORTH_HALF)


def _given(answers: pd.DataFrame, names: Sequence[str], weight: str | None) -> tuple[Floats, list[str]]:
    """Return the weights from before, and what is wrong with them."""
    required(answers, (*group_names(names), *([] if weight is None else [weight])), what="answers")
    if answers.empty:
        raise DataError("answers: there are none. Weights need at least one answer.")
    try:
        return np.ones(len(answers)) if weight is None else columns({weight: answers[weight]}, WEIGHT)[1][weight], []
    except DataError as error:
        return np.ones(len(answers)), list(error.messages)


def _fitted(weight: Floats, targets: Sequence[tuple[Codes, Floats]], held: npt.NDArray[np.bool_]) -> Floats:
    """Rake all weights but those that are held, on the sums of equal answers: few numbers, so little rounding."""
    cell = pd.factorize(pd.MultiIndex.from_arrays([codes for codes, _totals in targets]))[0]
    first = np.flatnonzero(~pd.Series(cell).duplicated())
    before, still = (_sums(np.where(part, weight, 0.0), cell, len(first)) for part in (~held, held))
    known = [(codes[first], totals) for codes, totals in targets]
    free = before
    for _round in range(thresholds.RAKING_ROUNDS):
        for codes, totals in known:
            left, found = totals - _sums(still, codes, len(totals)), _sums(free, codes, len(totals))
            free = free * np.divide(np.maximum(left, 0.0), found, out=np.ones(len(left)), where=found > 0)[codes]
        if max(_off(free + still, codes, totals).max() for codes, totals in known) <= thresholds.RAKING_SETTLED:
            break
    return np.where(held, weight, weight * np.divide(free, before, out=np.ones(len(free)), where=before > 0)[cell])


def _refuse_unmet(weight: Floats, targets: dict[str, tuple[Codes, Floats]], answers: pd.DataFrame) -> None:
    faults = []
    for name, (codes, totals) in targets.items():
        found, cells = _sums(weight, codes, len(totals)), grouped(answers, [name], every=False)[1][name]
        for row in np.flatnonzero(_off(weight, codes, totals) > thresholds.RAKING_TOLERANCE):
            cell = named([name], cells[row])
            faults.append(f"margins, {cell}: the weights come to {found[row]:g}, not to {totals[row]:g}. {UNMET}")
    if faults:
        raise DataError(faults)


def _cut(weight: Floats, targets: Sequence[tuple[Codes, Floats]], limit: float) -> Floats:
    """Hold what is above the limit there, and rake the others again, until none is."""
    found, held = weight, np.zeros(len(weight), dtype=np.bool_)
    while (over := ~held & (found > limit * (1 + thresholds.RAKING_TOLERANCE))).any():
        held |= over
        found = _fitted(np.where(held, limit, weight), targets, held)
        worst = max(_off(found, codes, totals).max() for codes, totals in targets)
        if worst > thresholds.RAKING_TOLERANCE or found.min() <= 0:
            raise DataError(
                f"trim_at: the margins need a weight of {weight.max():g}; no weights up to {limit:g} were found that "
                "meet them. Trim at a higher number, or join small categories."
            )
    return found


def _off(weight: Floats, codes: Codes, totals: Floats) -> Floats:
    return np.abs(_sums(weight, codes, len(totals)) / totals - 1)


def _sums(weight: Floats, codes: Codes, size: int) -> Floats:
    return np.bincount(codes, weight, size).astype(np.float64)
