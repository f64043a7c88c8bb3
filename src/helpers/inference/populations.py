"""A finite population: what the answers of part of all people are worth, and what the others could have said."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.errors import DataError
from helpers.inference import thresholds
from helpers.inference.inputs import COUNT, NAMED_AT_MOST, POPULATION, WEIGHT, Floats, Given, columns, told


def effective_answers(n: Given, population: Given) -> pd.Series:
    """Return what n answers out of N people are worth as answers from an endless population.

    Parameters
    ----------
    n
        Answers, 0 or more; fewer than were given when weighted or in clusters.
    population
        People, 1 or more; infinite where nobody counted them.

    Returns
    -------
    pandas.Series
        n or more (less only if n is less than one answer): n where N is infinite, infinite where n = N, 0 without
        answers.

    Raises
    ------
    DataError
        If more people answered than there are, or a number is negative or missing.

    Notes
    -----
    n (N − 1) / (N − n). One answer is worth one, whatever N > 1 is. Weights that cost nothing give n only to the last
    digits, so n = N is meant up to one part in 10⁹.

    References
    ----------
    .. [1] Cochran, W. G. (1977). Sampling Techniques, third edition. Wiley. Chapters 2 and 3.

    Examples
    --------
    >>> effective_answers([8, 10, 8], [10, 10, float("inf")]).tolist()
    [36.0, inf, 8.0]
    """
    index, given = columns({"n": n, "population": population}, {"n": COUNT, "population": POPULATION})
    answers, people = given.values()
    _refuse_more_than(answers, people, index)
    endless, everybody = np.isinf(people), answers >= people * (1 - thresholds.SAME_COUNT)
    some = ~endless & ~everybody
    worth = np.where(everybody, np.inf, answers)
    worth[some] = answers[some] * (people[some] - 1) / (people[some] - answers[some])
    return pd.Series(worth, index=index, name="n_effective")


def worst_case(promoters: Given, passives: Given, detractors: Given, *, population: Given) -> pd.DataFrame:
    """Return between which scores everybody's score lies, whatever those who did not answer would have said.

    Parameters
    ----------
    promoters, passives, detractors
        Counts of people who answered, 0 or more.
    population
        People, at least as many as answered; infinite where nobody counted them, and then nothing is known.

    Returns
    -------
    pandas.DataFrame
        ``low, high`` (points, −100…100) and ``response`` (0…1). Without answers −100 to 100.

    Raises
    ------
    DataError
        If more people answered than there are, or a number is negative or missing.

    Notes
    -----
    100 (P − D ∓ (N − n)) / N: all others detractors, or all promoters.

    References
    ----------
    .. [1] Manski, C. F. (1989). Anatomy of the selection problem. Journal of Human Resources 24, 343–360.

    Examples
    --------
    >>> worst_case(4, 2, 2, population=10).to_dict("records")
    [{'low': 0.0, 'high': 40.0, 'response': 0.8}]
    """
    counts: Mapping[str, Given] = {"promoters": promoters, "passives": passives, "detractors": detractors}
    index, given = columns(
        {**counts, "population": population}, dict.fromkeys(counts, COUNT) | {"population": POPULATION}
    )
    p, a, d, people = given.values()
    n = p + a + d
    _refuse_more_than(n, people, index)
    endless = np.isinf(people)
    silent, of = np.where(endless, 1.0, np.maximum(people - n, 0.0)), np.where(endless, 1.0, people)
    known = np.where(endless, 0.0, p - d)
    response = np.where(endless, 0.0, n / of)
    limits = {"low": 100 * (known - silent) / of, "high": 100 * (known + silent) / of}
    return pd.DataFrame(limits | {"response": response}, index=index)


def effective_by_weights(weights: npt.ArrayLike) -> float:
    """Return Kish's effective number of answers.

    Parameters
    ----------
    weights
        Above 0; only their proportions count.

    Returns
    -------
    float
        0 without answers, 1 for one, n where all weights are equal, else less.

    Raises
    ------
    DataError
        If a weight is 0, negative, missing or no number.

    Notes
    -----
    (Σw)² / Σw².

    References
    ----------
    .. [1] Kish, L. (1965). Survey Sampling. Wiley. Section 11.7.

    Examples
    --------
    >>> effective_by_weights([1, 1, 1, 3])
    3.0
    """
    weight = columns({"weight": weights}, WEIGHT)[1]["weight"]
    # only proportions count, and the square of a tiny weight is 0
    part = weight / weight.max(initial=0.0)
    return kish(part.sum(), np.square(part).sum()).item()


def kish(first: npt.ArrayLike, second: npt.ArrayLike) -> Floats:
    """Return Kish's effective number of answers from sums of their weights.

    Parameters
    ----------
    first, second
        Σw and Σw², judged.

    Returns
    -------
    numpy.ndarray
        As :func:`effective_by_weights`.

    Raises
    ------
    Nothing: what comes in has been judged.

    Notes
    -----
    (Σw)² / Σw²; 0 where Σw² is 0.

    References
    ----------
    .. [1] Kish, L. (1965). Survey Sampling. Wiley. Section 11.7.

    Examples
    --------
    >>> kish([6.0, 0.0], [12.0, 0.0]).tolist()
    [3.0, 0.0]
    """
    squares = np.asarray(second, dtype=np.float64)
    return np.divide(np.square(first), squares, out=np.zeros_like(squares), where=squares > 0)


def _refuse_more_than(answers: Floats, people: Floats, index: pd.Index) -> None:
    over = np.flatnonzero(answers > people * (1 + thresholds.SAME_COUNT))
    faults = [
        f"n, row {index[row]}: {told(answers[row])} answers out of {told(people[row])} people. No more people can "
        "answer than there are; correct the population or remove double answers."
        for row in over[:NAMED_AT_MOST]
    ]
    if len(over) > NAMED_AT_MOST:
        faults.append(f"n: {len(over) - NAMED_AT_MOST} more rows like these.")
    if faults:
        raise DataError(faults)
