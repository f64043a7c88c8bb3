"""The same people twice: their cross table, the change of their NPS, and samples that share part of their people."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import special

from helpers.errors import DataError
from helpers.inference import bands, thresholds
from helpers.inference.estimates import estimates, probability_below, welch
from helpers.inference.inputs import (
    ANSWER,
    CONFIDENCE,
    PERHAPS_ANSWER,
    WHOLE_COUNT,
    Floats,
    columns,
    number,
    required,
)

BANDS = tuple(name.removesuffix("s") for name in reversed(bands.COUNTS))
"""In the order of the scale: detractor, passive, promoter."""
WAVES = ("before", "after")
MOVE = np.array([[0.0, 1.0, 2.0], [-1.0, 0.0, 1.0], [-2.0, -1.0, 0.0]])
"""By how many hundreds of points a person moves, from the row's band to the column's."""


def cross_table(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return how many people went from which band to which.

    Parameters
    ----------
    pairs
        One row per person who answered both times: ``before, after``, whole numbers 0…10.

    Returns
    -------
    pandas.DataFrame
        Counts, with rows ``before`` and columns ``after``, both ``detractor, passive, promoter``; without people all 0.

    Raises
    ------
    DataError
        If a column is missing, or an answer is missing or no whole number from 0 to 10.

    Notes
    -----
    The cell of row i and column j counts the people with band i before and band j after; the sums of the rows are the
    bands before, those of the columns the bands after.

    References
    ----------
    .. [1] Stuart, A. (1955). A test for homogeneity of the marginal distributions in a two-way classification.
       Biometrika 42, 412–416.

    Examples
    --------
    >>> cross_table(pd.DataFrame({"before": [3, 7, 9, 8], "after": [7, 9, 9, 10]})).loc["passive"].to_dict()
    {'detractor': 0, 'passive': 0, 'promoter': 2}
    """
    required(pairs, WAVES, what="pairs")
    answers = columns({name: pairs[name] for name in WAVES}, ANSWER)[1]
    cell = (3 * _scored(answers["before"]) + _scored(answers["after"]) + 4).astype(np.int64)
    counts = np.bincount(cell, minlength=9).reshape(3, 3)
    return pd.DataFrame(counts, index=pd.Index(BANDS, name="before"), columns=pd.Index(BANDS, name="after"))


def paired_change(table: pd.DataFrame, *, confidence: float = thresholds.CONFIDENCE) -> pd.DataFrame:
    """Return the change of the NPS of people who answered both times.

    Parameters
    ----------
    table
        Whole counts of people, as :func:`cross_table` returns them: rows before, columns after, both labelled
        ``detractor, passive, promoter``.
    confidence
        Between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row: ``n`` (people); ``before, after, difference, se, low, high`` (points, after − before, not clipped);
        ``df``; ``p`` (two-sided, of no difference). Nobody: all but n is NaN. One person, or all moved equally far:
        nothing varies, and ``low, high, p`` are NaN.

    Raises
    ------
    DataError
        If the labels are others, or a count is no whole number of 0 or more.

    Notes
    -----
    Each person's d is −2, −1, 0, 1 or 2 hundreds of points; mean d ± t(n − 1) s / √n. There are no pseudo-answers:
    within people most variation has gone, and what they should be is not known.

    References
    ----------
    .. [1] Student (1908). The probable error of a mean. Biometrika 6, 1–25.

    Examples
    --------
    >>> table = pd.DataFrame([[6, 4, 1], [2, 10, 6], [1, 3, 7]], index=BANDS, columns=BANDS)
    >>> paired_change(table)[["n", "before", "after", "difference", "low", "high", "p"]].round(3).values.tolist()
    [[40.0, 0.0, 12.5, 12.5, -11.724, 36.724, 0.303]]
    """
    confidence = number("confidence", confidence, CONFIDENCE)
    counts = _square(table)
    n = counts.sum()
    rows, cols = counts.sum(axis=1), counts.sum(axis=0)
    before, after = (bands.raw_score(*margin[::-1]).item() for margin in (rows, cols))
    spread = (counts * (MOVE - (counts * MOVE).sum() / n) ** 2).sum() / (n - 1) if n > 1 else np.nan
    variance, freedom = (spread / n, n - 1) if n > 1 else (np.nan, np.nan)
    found = _changed(before, after, variance, df=freedom, confidence=confidence)
    return found.assign(n=n)[["n", *found.columns]]


def overlapping_change(answers: pd.DataFrame, *, confidence: float = thresholds.CONFIDENCE) -> pd.DataFrame:
    """Return the change of the NPS when part of the people answered both times and others only once.

    Parameters
    ----------
    answers
        One row per person: ``before, after``, whole numbers 0…10, missing where that person did not answer.
    confidence
        Between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row: ``n_before, n_after, n_both``; ``before, after, difference, se, low, high`` (points, after − before,
        not clipped); ``df``; ``p`` (two-sided, of no difference). A wave without answers has no score; with fewer than
        two answers in a wave, or where nothing varies, ``low, high, p`` are NaN.

    Raises
    ------
    DataError
        If a column is missing, or an answer is no whole number from 0 to 10.

    Notes
    -----
    On answers scored −1, 0 and 1, with s² of all answers of a wave (divisor n − 1) and s₁₂ = r s₁ s₂, r of those who
    answered twice: se = 100 √(s₁²/n₁ + s₂²/n₂ − 2 n₁₂ s₁₂ / (n₁ n₂)). Student's t with (n₁₂ − 1) +
    (f − n₁₂ + 1) m / (m + 2 n₁₂) degrees of freedom, f those of Welch and m the people who answered once [1]_. There
    are no pseudo-answers: so it is :func:`paired_change` when all answered twice, and Welch's test when nobody did.

    References
    ----------
    .. [1] Derrick, B., Russ, B., Toher, D., & White, P. (2017). Test statistics for the comparison of means for two
       samples that include both paired and independent observations. Journal of Modern Applied Statistical Methods
       16(1), 137–157.

    Examples
    --------
    >>> people = pd.DataFrame({"before": [9, 7, 3, 8, 6, 9, 5], "after": [9, 9, 7, 8, None, None, 7]})
    >>> overlapping_change(people)[["n_before", "n_after", "n_both", "difference", "p"]].round(3).values.tolist()
    [[7.0, 5.0, 5.0, 54.286, 0.092]]
    """
    confidence = number("confidence", confidence, CONFIDENCE)
    required(answers, WAVES, what="answers")
    given = columns({name: answers[name] for name in WAVES}, PERHAPS_ANSWER)[1]
    there = {name: ~np.isnan(given[name]) for name in WAVES}
    both = there["before"] & there["after"]
    first, second = (_scored(given[name][there[name]]) for name in WAVES)
    r = _correlation(_scored(given["before"][both]), _scored(given["after"][both]))
    n = [float(len(wave)) for wave in (first, second)]
    means = [100 * wave.mean() if len(wave) else np.nan for wave in (first, second)]
    variances = [wave.var(ddof=1) / len(wave) if len(wave) > 1 else np.nan for wave in (first, second)]
    together = float(both.sum())
    apart = sum(variances)
    variance = apart - 2 * together * r * np.sqrt(variances[0] * variances[1] / (n[0] * n[1])) if min(n) > 1 else np.nan
    if variance <= thresholds.NO_SPREAD * apart:
        variance = 0.0
    freedom = _freedom(variances, n, together)
    found = _changed(means[0], means[1], variance, df=freedom, confidence=confidence)
    return found.assign(n_before=n[0], n_after=n[1], n_both=together)[["n_before", "n_after", "n_both", *found.columns]]


def marginal_homogeneity(table: pd.DataFrame) -> pd.DataFrame:
    """Return two tests of whether the bands as a whole are as large after as before.

    Parameters
    ----------
    table
        As in :func:`paired_change`.

    Returns
    -------
    pandas.DataFrame
        The rows ``stuart_maxwell`` and ``bhapkar`` with ``statistic`` (χ²), ``df``, ``p``. Bands that nobody entered or
        left are as large as before and cost their degree of freedom; where nobody changed band, the statistic and df
        are 0 and p is 1. Where all people made the same move, as one person does, their moves do not vary: Bhapkar's
        statistic and p are NaN. Without people all are.

    Raises
    ------
    DataError
        As :func:`paired_change` does.

    Notes
    -----
    They test the whole distribution, not the NPS: it can stay the same while passives split to both sides. Bhapkar's W
    follows from Stuart and Maxwell's by W / (1 − W / n), with n all people [3]_.

    References
    ----------
    .. [1] Stuart, A. (1955). A test for homogeneity of the marginal distributions in a two-way classification.
       Biometrika 42, 412–416.
    .. [2] Bhapkar, V. P. (1966). A note on the equivalence of two test criteria for hypotheses in categorical data.
       Journal of the American Statistical Association 61, 228–235.
    .. [3] Ireland, C. T., Ku, H. H., & Kullback, S. (1969). Symmetry and marginal homogeneity of an r × r
       contingency table. Journal of the American Statistical Association 64, 1323–1341.

    Examples
    --------
    >>> table = pd.DataFrame([[6, 4, 1], [2, 10, 6], [1, 3, 7]], index=BANDS, columns=BANDS)
    >>> marginal_homogeneity(table).round(3).values.tolist()
    [[1.095, 2.0, 0.578], [1.126, 2.0, 0.569]]
    """
    counts = _square(table)
    n = counts.sum()
    moved = counts * (1 - np.eye(len(BANDS)))
    exchanged = (moved.sum(axis=0) + moved.sum(axis=1)) > 0
    statistic, df, p = _stuart_maxwell(counts[np.ix_(exchanged, exchanged)]) if n else (np.nan, np.nan, np.nan)
    left = 1 - statistic / n if n else np.nan
    # where the moves do not vary W / 0 would be evidence without end from one person
    bhapkar = np.nan if left <= thresholds.NO_SPREAD else statistic / left
    rows = [[statistic, df, p], [bhapkar, df, _upper_tail(bhapkar, df)]]
    return pd.DataFrame(rows, index=["stuart_maxwell", "bhapkar"], columns=["statistic", "df", "p"])


def _scored(answers: Floats) -> Floats:
    """Return −1 for detractors, 0 for passives, 1 for promoters."""
    inside = bands.of_answers(answers)
    return inside["promoters"].astype(np.float64) - inside["detractors"]


def _square(table: pd.DataFrame) -> Floats:
    for what, labels in (("rows", list(table.index)), ("columns", list(table.columns))):
        if sorted(map(str, labels)) != sorted(BANDS):
            raise DataError(
                f"table: its {what} are {labels}. They must be detractor, passive and promoter, once each; cross_table "
                "makes such a table."
            )
    counts = table.loc[list(BANDS), list(BANDS)]
    cells = {f"table, after {name}": counts[name] for name in BANDS}
    return np.stack(list(columns(cells, WHOLE_COUNT)[1].values()), axis=1)


def _changed(before: float, after: float, variance: float, *, df: float, confidence: float) -> pd.DataFrame:
    """Return the table of one change, from scores; where nothing varies there is no interval."""
    score, se = np.array([after - before]), np.array([100 * np.sqrt(variance)])
    freedom = np.array([df])
    found = estimates(
        pd.RangeIndex(1), score=score, centre=score, se=np.where(se > 0, se, np.nan), df=freedom, confidence=confidence
    )
    steps = np.divide(-np.abs(score), se, out=np.full(1, np.nan), where=se > 0)
    return pd.DataFrame(
        {
            "before": before, "after": after, "difference": score, "se": se,
            "low": found["low"], "high": found["high"], "df": freedom, "p": 2 * probability_below(steps, freedom),
        }
    )  # fmt: skip


def _correlation(first: Floats, second: Floats) -> float:
    """Return r; 0 where one of the two does not vary, because then they do not vary together."""
    if len(first) < 2:  # noqa: PLR2004 - of one pair nothing varies
        return 0.0
    one, other = first - first.mean(), second - second.mean()
    spread = np.square(one).sum() * np.square(other).sum()
    return float((one * other).sum() / np.sqrt(spread)) if spread > 0 else 0.0


def _freedom(variances: list[float], n: list[float], together: float) -> float:
    """Return the degrees of freedom of Derrick and others (2017): those of Welch, or of the pairs, or between them."""
    whole = sum(variances)
    if not whole > 0:
        return np.nan
    one, two = (np.array([variance]) for variance in variances)
    apart = welch((one, two), (np.array([n[0] - 1]), np.array([n[1] - 1]))).item()
    once = sum(n) - 2 * together
    return together - 1 + (apart - together + 1) * once / (once + 2 * together)


def _stuart_maxwell(counts: Floats) -> tuple[float, float, float]:
    """Return statistic, df and p for the bands that people entered or left; nobody changed band: 0, 0 and 1."""
    if not counts.size:
        return 0.0, 0.0, 1.0
    from statsmodels.stats.contingency_tables import SquareTable  # noqa: PLC0415 - takes seconds, which only this costs

    found = SquareTable(counts, shift_zeros=False).homogeneity(method="stuart_maxwell")
    return float(found.statistic), float(found.df), _upper_tail(float(found.statistic), float(found.df))


def _upper_tail(statistic: float, df: float) -> float:
    return 1.0 if df == 0 else float(special.chdtrc(df, statistic))
