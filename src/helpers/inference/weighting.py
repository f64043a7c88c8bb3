"""Weights from known totals, and what unequal weights cost.

::

    post_stratified   each cell weighs as many people as it stands for
    raked             the totals of several columns are met at once, where nobody knows their cross table
    trimmed           no weight above so many times the mean
    design_effect     how many answers unequal weights cost (Kish)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from helpers.errors import DataError
from helpers.inference import thresholds
from helpers.inference.inputs import NAMED_AT_MOST, WEIGHT, Floats, Given, Rule, columns, number, required
from helpers.inference.tallies import Codes, grouped

PEOPLE = Rule(0, np.inf, "A total is a number of people, or a share of them, of 0 or more", open_above=True)
TIMES = Rule(1, np.inf, "Weights are trimmed at a number of times their mean above 1, such as 5", True, True)
UNHEARD = "Nobody speaks for these people; join them with others."
UNCOUNTED = "Give the people these answers stand for, or correct the answers."
UNMET = "Answers are missing for some combinations; join categories."
TRIMMED = "Trim at a higher number, or join small categories."
SETTLED = 1e-13
"""Raking goes on until no margin is off by more than this share, so that figures do not depend on where it stopped."""


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
        Indexed like ``answers``: ``weight``; ``alike`` (answers in the same cell) and ``thin`` (bool: fewer than
        :data:`~helpers.inference.thresholds.COLLAPSE_BELOW`, so join the cell with another).

    Raises
    ------
    DataError
        If a cell has people and no answers or answers and no people, a label is missing, or a total is negative, missing
        or given twice.

    Notes
    -----
    w = N_h / n_h in cell h; with weights from before, w = w₀ N_h / Σ_h w₀.

    References
    ----------
    .. [1] Holt, D. & Smith, T. M. F. (1979). Post stratification. Journal of the Royal Statistical Society A 142, 33–46.

    Examples
    --------
    >>> answers = pd.DataFrame({"site": ["North", "North", "South"]})
    >>> post_stratified(answers, by=["site"], population=pd.Series({"North": 30, "South": 10})).weight.tolist()
    [15.0, 15.0, 10.0]
    """
    given = _given(answers, list(by), weight)
    codes, totals, faults = _matched(answers, list(by), population, what="population")
    if faults:
        raise DataError(faults)
    alike = np.bincount(codes, minlength=len(totals))[codes]
    table = {"weight": given * (totals / _sums(given, codes, totals))[codes], "alike": alike}
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
        One row per person who answered, with the columns that ``margins`` names.
    margins
        By column: the people per value, 0 or more. All columns add up to the same number; shares serve as well.
    trim_at
        No weight is above so many times the mean (above 1; :data:`~helpers.inference.thresholds.TRIM_AT` is common
        practice); default none is trimmed.
    weight
        The column of weights that the answers have already, above 0; default every answer weighs the same.

    Returns
    -------
    pandas.DataFrame
        Indexed like ``answers``: ``weight``; ``alike`` (answers in the smallest of its categories), ``thin`` (bool:
        that is fewer than :data:`~helpers.inference.thresholds.COLLAPSE_BELOW`) and ``trimmed`` (bool: it stands at the
        upper limit).

    Raises
    ------
    DataError
        If a category has a total and no answers or answers and no total, a label is missing, a total is negative,
        missing or given twice, the margins add up to different numbers, or no weights (or none below the limit) are
        found that meet them.

    Notes
    -----
    Iterative proportional fitting: column by column each weight is multiplied by total / Σw of its category, until
    nothing changes. With ``trim_at`` each round begins by cutting the weights above the limit, so that both hold.

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
    if not margins:
        raise DataError("margins: none were given. Give the totals of at least one column.")
    given = _given(answers, list(margins), weight)
    matched = {name: _matched(answers, [name], total, what=f"margins.{name}") for name, total in margins.items()}
    faults = [fault for _codes, _totals, found in matched.values() for fault in found]
    faults += _contradictions({name: float(totals.sum()) for name, (_codes, totals, _found) in matched.items()})
    if faults:
        raise DataError(faults)
    targets = [(codes, totals) for codes, totals, _found in matched.values()]
    limit = np.inf if trim_at is None else number("trim_at", trim_at, TIMES) * targets[0][1].sum() / len(answers)
    found = _fitted(given, targets, limit)
    _refuse_unmet(found, dict(zip(margins, targets, strict=True)), answers, limit)
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
        ``weight``, indexed like the weights. Totals that the weights met before are no longer met: :func:`raked`
        trims and meets them.

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
        Above 0.
    by
        The group of each weight; default all are one group.

    Returns
    -------
    pandas.DataFrame
        One row per group (declared categories in their order, else sorted), or one row: ``n``, ``design_effect`` (1 where
        all weights are equal, at most n), ``n_effective`` (n / design_effect) and ``loses_half`` (bool: above
        :data:`~helpers.inference.thresholds.WORTH_HALF`). A group without answers has n = 0, n_effective 0 and no
        design effect.

    Raises
    ------
    DataError
        If a weight is 0, negative, missing or no number, or ``by`` has other rows than the weights.

    Notes
    -----
    n Σw² / (Σw)². It holds when the weights have nothing to do with the answers; :func:`helpers.inference.designs.
    design_based` measures what they do to these answers.

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
    codes, groups = grouped(
        pd.DataFrame({} if by is None else {"group": by}, index=index), [] if by is None else ["group"]
    )
    inside, weight = codes[codes >= 0], given["weight"][codes >= 0]
    n, first, second = (np.bincount(inside, weight**power, len(groups)) for power in (0, 1, 2))
    effect = np.divide(n * second, first**2, out=np.full(len(groups), np.nan), where=n > 0)
    worth = np.divide(first**2, second, out=np.zeros(len(groups)), where=n > 0)
    table = {"n": n.astype(np.int64), "design_effect": effect, "n_effective": worth}
    labels = groups.index if by is None else pd.Index(groups["group"], name=by.name)
    return pd.DataFrame(table | {"loses_half": effect > thresholds.WORTH_HALF}, index=labels)


def _given(answers: pd.DataFrame, names: list[str], weight: str | None) -> Floats:
    """Return the weights that the answers have already, after judging which columns there are."""
    required(answers, (*names, *([] if weight is None else [weight])), what="answers")
    return np.ones(len(answers)) if weight is None else columns({weight: answers[weight]}, WEIGHT)[1][weight]


def _matched(
    answers: pd.DataFrame, by: list[str], given: pd.Series | Mapping[str, float], *, what: str
) -> tuple[Codes, Floats, list[str]]:
    """Return each answer's cell, the total of every cell that has answers, and what does not match."""
    codes, groups = grouped(answers, by, every=False)
    cells = _index(groups, by)
    faults = list(_unlabelled(answers, by))
    try:
        people = _people(given, by, what)
    except DataError as error:
        return codes, np.zeros(len(cells)), [*faults, *error.messages]
    totals = people.reindex(cells).fillna(0.0).to_numpy(np.float64)
    complete = groups.notna().all(axis=1).to_numpy()
    for cell, count in people[(people > 0) & ~people.index.isin(cells)].items():
        faults.append(f"{what}, {_named(by, cell)}: a total of {count:g} and no answers. {UNHEARD}")
    for cell in cells[complete & (totals == 0)]:
        faults.append(f"{what}, {_named(by, cell)}: answers and no total. {UNCOUNTED}")
    return codes, totals, faults


def _people(given: pd.Series | Mapping[str, float], by: list[str], what: str) -> pd.Series:
    """Return the totals by cell, once each."""
    people = pd.Series(given, dtype=None if len(given) else np.float64)
    if people.index.nlevels != len(by):
        raise DataError(
            f"{what}: its rows are labelled by {people.index.nlevels} columns. Label them by {_listed(by)}."
        )
    if len(by) > 1 and set(people.index.names) == set(by):
        people = people.reorder_levels(by)
    counts = columns({what: people}, PEOPLE)[1][what]
    twice = people.index[people.index.duplicated()].unique()
    if len(twice):
        raise DataError(f"{what}, {_named(by, cell)}: given twice. Give one total." for cell in twice)
    return pd.Series(counts, index=people.index.astype(object) if len(by) == 1 else people.index)


def _unlabelled(answers: pd.DataFrame, by: list[str]) -> Iterator[str]:
    for name in by:
        rows = answers.index[answers[name].isna()]
        if len(rows):
            some = ", ".join(str(row) for row in rows[:NAMED_AT_MOST]) + (", …" if len(rows) > NAMED_AT_MOST else "")
            yield f"{name}: {len(rows)} answers without a value (row {some}). Fill it in, or leave these answers out."


def _contradictions(sums: dict[str, float]) -> list[str]:
    """Return the margins that do not add up to what the first adds up to."""
    first, expected = next(iter(sums.items()))
    apart = thresholds.RAKING_TOLERANCE * expected
    return [
        f"margins: '{name}' adds up to {found:g} and '{first}' to {expected:g}. "
        "Both count the same people; correct the totals."
        for name, found in sums.items()
        if abs(found - expected) > apart
    ]


def _fitted(weight: Floats, targets: Sequence[tuple[Codes, Floats]], limit: float) -> Floats:
    """Return the weights after as many rounds as it takes, or as are allowed."""
    for _round in range(thresholds.RAKING_ROUNDS):
        weight = np.minimum(weight, limit)
        for codes, totals in targets:
            weight = weight * (totals / _sums(weight, codes, totals))[codes]
        if max(_off(weight, codes, totals).max() for codes, totals in targets) <= SETTLED and _below(weight, limit):
            break
    return weight


def _refuse_unmet(
    weight: Floats, targets: dict[str, tuple[Codes, Floats]], answers: pd.DataFrame, limit: float
) -> None:
    worst = {name: _off(weight, codes, totals) for name, (codes, totals) in targets.items()}
    faults = []
    for name, off in worst.items():
        codes, totals = targets[name]
        found = _sums(weight, codes, totals)
        cells = grouped(answers, [name], every=False)[1][name]
        faults += [
            f"margins.{name}, {name} '{cells[row]}': {found[row]:g} after {thresholds.RAKING_ROUNDS} rounds, and {totals[row]:g} was asked. {UNMET}"
            for row in np.flatnonzero(off > thresholds.RAKING_TOLERANCE)
        ]
    if not _below(weight, limit):
        faults.append(f"trim_at: no weights below {limit:g} meet the margins; they come to {weight.max():g}. {TRIMMED}")
    if faults:
        raise DataError(faults)


def _below(weight: Floats, limit: float) -> bool:
    return bool(weight.max() <= limit * (1 + thresholds.RAKING_TOLERANCE))


def _off(weight: Floats, codes: Codes, totals: Floats) -> Floats:
    """Return by which share of its total each category is off."""
    return np.abs(_sums(weight, codes, totals) / totals - 1)


def _sums(weight: Floats, codes: Codes, totals: Floats) -> Floats:
    return np.bincount(codes, weight, len(totals))


def _index(groups: pd.DataFrame, by: list[str]) -> pd.Index:
    labels = groups[by].astype(object)
    return pd.MultiIndex.from_frame(labels) if len(by) > 1 else pd.Index(labels[by[0]], dtype=object)


def _named(by: list[str], cell: object) -> str:
    values = cell if isinstance(cell, tuple) else (cell,)
    return ", ".join(f"{name} {value!r}" for name, value in zip(by, values, strict=True))


def _listed(names: list[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)
