"""A score from published percentages: what they say, and what their rounding leaves open."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.errors import DataError
from helpers.inference import thresholds
from helpers.inference.inputs import NAMED_AT_MOST, Floats, Given, Rule, columns, number, told

PERCENTAGE = Rule(0, 100, "A published share is a percentage from 0 to 100")
PERHAPS_PERCENTAGE = Rule(0, 100, "A published share is a percentage from 0 to 100, or missing", missing=True)
DECIMALS = Rule(0, 6, "Percentages have a whole number of decimals, 0 to 6", whole=True)


def score_from_shares(promoters: Given, passives: Given, detractors: Given, *, decimals: int = 0) -> pd.DataFrame:
    """Return the score that published percentages give, and between which scores the exact one lies.

    Parameters
    ----------
    promoters, detractors
        Percentages as published, 0…100, rounded to ``decimals``.
    passives
        The same; missing (None, NaN) where they were not published.
    decimals
        With how many decimals the percentages were published, 0…6.

    Returns
    -------
    pandas.DataFrame
        One row per row given: ``score`` (points, promoters − detractors as published), ``low, high`` (between which
        the score before rounding lies), ``passives`` (percent), ``passives_implied`` (bool: not published, but 100 less
        the others), ``total`` (percent) and ``adds_up`` (bool: whether that is 100). Where it is not, a report prints a
        rounding note; the shares are never changed so that they add up. Of 100 % promoters the score is 100, and
        ``high`` too. How many answered is not known, so there is no interval for chance.

    Raises
    ------
    DataError
        If a share is no percentage or has more decimals than ``decimals``, or if no shares that add up to 100 round to
        those published.

    Notes
    -----
    Each true share lies within h = ½ · 10^−decimals of the published one and between 0 and 100, and the three add up to
    100, so that promoters + detractors lie between s₁ = 100 − A − h and s₂ = 100 − A + h. The highest score is the
    smallest of P₂ − D₁, s₂ − 2 D₁ and 2 P₂ − s₁, where P₂ = P + h and D₁ = D − h; the lowest likewise.

    References
    ----------
    .. [1] The bounds are worked out in docs/method.md, A score from published shares; there is no paper behind them.

    Examples
    --------
    >>> score_from_shares(19, 49, 33)[["score", "low", "high", "total", "adds_up"]].values.tolist()
    [[-14.0, -14.5, -13.5, 101.0, False]]
    >>> score_from_shares(31, None, 19)[["score", "low", "high", "passives", "passives_implied"]].values.tolist()
    [[12.0, 11.0, 13.0, 50.0, True]]
    """
    decimals = int(number("decimals", decimals, DECIMALS))
    index, given = columns(
        {"promoters": promoters, "passives": passives, "detractors": detractors},
        {"promoters": PERCENTAGE, "passives": PERHAPS_PERCENTAGE, "detractors": PERCENTAGE},
    )
    _refuse_finer(given, decimals, index)
    _refuse_impossible(given, decimals, index)
    p, a, d = given.values()
    implied = np.isnan(a)
    passives = np.where(implied, np.maximum(100 - p - d, 0.0), a).round(decimals)
    total = (p + passives + d).round(decimals)
    ends = {name: values.round(decimals + 2) + 0.0 for name, values in _ends(given, decimals).items()}
    return pd.DataFrame(
        {
            "score": (p - d).round(decimals) + 0.0, **ends, "passives": passives, "passives_implied": implied,
            "total": total, "adds_up": total == 100,  # noqa: PLR2004 - percent
        },
        index=index,
    )  # fmt: skip


def _bounds(share: Floats, decimals: int) -> tuple[Floats, Floats]:
    """Return between what the share before rounding lies; 0 and 100 where it was not published."""
    half = 0.5 * 10.0**-decimals
    low, high = np.maximum(share - half, 0.0), np.minimum(share + half, 100.0)
    return np.where(np.isnan(share), 0.0, low), np.where(np.isnan(share), 100.0, high)


def _ends(given: dict[str, Floats], decimals: int) -> dict[str, Floats]:
    (p1, p2), (a1, a2), (d1, d2) = (_bounds(share, decimals) for share in given.values())
    least, most = 100 - a2, 100 - a1
    return {
        "low": np.maximum.reduce([p1 - d2, 2 * p1 - most, least - 2 * d2]),
        "high": np.minimum.reduce([p2 - d1, most - 2 * d1, 2 * p2 - least]),
    }


def _refuse_finer(given: dict[str, Floats], decimals: int, index: pd.Index) -> None:
    faults = []
    for name, values in given.items():
        rows = np.flatnonzero(np.abs(values - values.round(decimals)) > thresholds.SAME_PERCENTAGE)
        faults += [
            f"{name}, row {index[row]}: {told(values[row])} has more than {decimals} decimals. Give the percentages as "
            "published, and how many decimals they have."
            for row in rows[:NAMED_AT_MOST].tolist()
        ]
    if faults:
        raise DataError(faults)


def _refuse_impossible(given: dict[str, Floats], decimals: int, index: pd.Index) -> None:
    bounds = [_bounds(share, decimals) for share in given.values()]
    lowest, highest = (np.sum([bound[end] for bound in bounds], axis=0) for end in (0, 1))
    rows = np.flatnonzero((lowest > 100 + thresholds.SAME_PERCENTAGE) | (highest < 100 - thresholds.SAME_PERCENTAGE))
    shown = [[values[row] for values in given.values() if not np.isnan(values[row])] for row in rows.tolist()]
    faults = [
        f"shares, row {index[row]}: {' + '.join(told(one) for one in known)} = {told(sum(known))}. Rounding to "
        f"{decimals} decimals cannot move a total of 100 so far; compare the shares with their source."
        for row, known in zip(rows[:NAMED_AT_MOST].tolist(), shown, strict=False)
    ]
    if faults:
        raise DataError(faults)
