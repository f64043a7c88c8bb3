"""The three bands of an NPS: their names, which answers are in them, and the score that their counts give."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from helpers.inference import thresholds
from helpers.inference.ratios import part_of

Floats = npt.NDArray[np.float64]

COUNTS = ("promoters", "passives", "detractors")
SHARES = ("promoter_share", "passive_share", "detractor_share")


def of_answers(answer: Floats) -> dict[str, npt.NDArray[np.bool_]]:
    """Return by band which answers are in it.

    Parameters
    ----------
    answer
        0…10, NaN where it was skipped: that is in no band.

    Returns
    -------
    dict
        By the names of :data:`COUNTS` true or false for each answer.

    Examples
    --------
    >>> {name: inside.tolist() for name, inside in of_answers(np.array([9.0, 7.0, np.nan])).items()}
    {'promoters': [True, False, False], 'passives': [False, True, False], 'detractors': [False, False, False]}
    """
    promoters = answer >= thresholds.PROMOTER_FROM
    detractors = answer < thresholds.PASSIVE_FROM
    passives = ~promoters & ~detractors & ~np.isnan(answer)
    return dict(zip(COUNTS, (promoters, passives, detractors), strict=True))


def raw_score(promoters: Floats, passives: Floats, detractors: Floats, *, of: float = 100.0) -> Floats:
    """Return the score of counts, 100 (P − D) / n.

    Parameters
    ----------
    promoters, passives, detractors
        Counts that are judged, 0 or more.
    of
        What all promoters score: 100 gives points, 1 the true score as the score interval takes it.

    Returns
    -------
    numpy.ndarray
        −``of`` … ``of``; NaN without answers.

    Examples
    --------
    >>> raw_score(*np.array([[46.0, 0.0], [38.0, 0.0], [16.0, 0.0]])).tolist()
    [30.0, nan]
    """
    return part_of(of * (promoters - detractors), promoters + passives + detractors)


def spread(promoters: Floats, passives: Floats, detractors: Floats) -> Floats:
    """Return the variance of one answer scored −1, 0 or 1: with shares p and d, p + d − (p − d)².

    Parameters
    ----------
    promoters, passives, detractors
        Counts that are judged, 0 or more.

    Returns
    -------
    numpy.ndarray
        0…1, with divisor n; NaN without answers.

    Examples
    --------
    >>> spread(*np.array([[2.0], [1.0], [1.0]])).tolist()  # ½ + ¼ − (¼)²
    [0.6875]
    """
    n = promoters + passives + detractors
    return np.maximum(part_of(promoters + detractors, n) - part_of(promoters - detractors, n) ** 2, 0.0)
