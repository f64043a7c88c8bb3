"""Shares, each with its interval; and the shares of several classes with intervals that hold all at once."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import special

from helpers.errors import DataError
from helpers.inference import inputs, thresholds
from helpers.inference.estimates import estimates, quantile
from helpers.inference.inputs import Floats, Given, columns, number, where_there


def top_box_share(
    n: Given,
    share: Given,
    *,
    n_effective: Given | None = None,
    df: Given = np.inf,
    confidence: float = thresholds.CONFIDENCE,
) -> pd.DataFrame:
    """Return a share, in percent, with its Wilson interval.

    Parameters
    ----------
    n
        Answers, 0 or more.
    share
        Share of the answers in the top box, 0…1; not looked at where there are no answers.
    n_effective, df
        As in :func:`helpers.inference.scores.adjusted_wald`.
    confidence
        Between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        ``score, centre, se, low, high`` (percent, 0…100), ``df``. With an infinite ``n_effective`` the interval is the
        share; without answers everything is NaN.

    Raises
    ------
    DataError
        If n is negative, or a share of answers missing or outside 0…1.

    Notes
    -----
    centre = (p + z²/2n) / (1 + z²/n), half = z √(p (1 − p)/n + z²/4n²) / (1 + z²/n).

    References
    ----------
    .. [1] Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. Journal
       of the American Statistical Association 22, 209–212.

    Examples
    --------
    >>> found = top_box_share(100, 0.82)
    >>> round(found.low.item(), 2), round(found.high.item(), 2)
    (73.33, 88.3)
    """
    confidence = number("confidence", confidence, inputs.CONFIDENCE)
    answers = columns({"n": n}, inputs.COUNT)[1]["n"]
    worth = {} if n_effective is None else {"n_effective": n_effective}
    index, given = columns(
        {"n": n, "share": where_there(answers > 0, share), "df": df, **worth},
        {"n": inputs.COUNT, "share": inputs.SHARE, "n_effective": inputs.EFFECTIVE, "df": inputs.FREEDOM},
    )
    some, n_effective = given["n"] > 0, given.get("n_effective", given["n"])
    p, effective = np.where(some, given["share"], np.nan), np.where(some, n_effective, np.nan)
    centre, se = _wilson(p, effective, quantile(confidence, given["df"]))
    table = estimates(index, score=100 * p, centre=100 * centre, se=100 * se, df=given["df"], confidence=confidence)
    # in theory the limits never leave the scale, in the last digit they do
    return table.assign(low=table["low"].clip(0, 100), high=table["high"].clip(0, 100))


def simultaneous_shares(
    counts: pd.DataFrame, *, n_effective: Given | None = None, confidence: float = thresholds.CONFIDENCE
) -> pd.DataFrame:
    """Return the share of every class with intervals that hold for all classes of a row at once.

    Parameters
    ----------
    counts
        One row per group and one column per class, such as promoters, passives and detractors; at least two columns.
    n_effective
        As in :func:`helpers.inference.scores.adjusted_wald`, per row.
    confidence
        That all intervals of a row are right together; between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row per row and class, in that order: the index of ``counts`` (as ``row``), ``class``, ``share, low, high``
        (0…1). Without answers they are NaN.

    Raises
    ------
    DataError
        If a count is negative, missing or no number, there are fewer than two classes, or ``n_effective`` has other
        rows.

    Notes
    -----
    Wilson's interval per class with z² = χ²(1; 1 − (1 − confidence)/k), for k classes.

    References
    ----------
    .. [1] Goodman, L. A. (1965). On simultaneous confidence intervals for multinomial proportions. Technometrics
       7, 247–254.

    Examples
    --------
    >>> bands = simultaneous_shares(pd.DataFrame({"promoters": [31], "passives": [50], "detractors": [19]}))
    >>> bands[["class", "share", "low", "high"]].round(3).values.tolist()
    [['promoters', 0.31, 0.212, 0.428], ['passives', 0.5, 0.384, 0.616], ['detractors', 0.19, 0.114, 0.3]]
    """
    confidence = number("confidence", confidence, inputs.CONFIDENCE)
    names = [str(name) for name in counts.columns]
    if len(set(names)) != len(names) or len(names) < 2:  # noqa: PLR2004 - a share of one class is always 1
        raise DataError(f"counts: the classes {names} were given. Give one column per class, at least two.")
    classes: dict[str, Given] = {name: counts[column] for name, column in zip(names, counts.columns, strict=True)}
    index, given = columns(classes, inputs.COUNT)
    n = pd.Series(np.asarray(sum(given.values())), index=index)
    worth = columns({"n_effective": n if n_effective is None else n_effective, "n": n}, inputs.EFFECTIVE)[1][
        "n_effective"
    ]
    z = float(np.sqrt(special.chdtri(1, (1 - confidence) / len(names))))
    of, worth = n.to_numpy()[:, None], np.where(n > 0, worth, np.nan)[:, None]
    each = np.stack(list(given.values()), axis=1)
    share = np.divide(each, of, out=np.full(each.shape, np.nan), where=of > 0)
    centre, se = _wilson(share, worth, z)
    shares = {"share": share, "low": np.clip(centre - z * se, 0, 1), "high": np.clip(centre + z * se, 0, 1)}
    keys = {"row": np.repeat(index.to_numpy(), len(names)), "class": names * len(n)}
    return pd.DataFrame(keys | {name: values.ravel() for name, values in shares.items()})


def _wilson(share: Floats, n: Floats, z: float | Floats) -> tuple[Floats, Floats]:
    """Return centre and standard error; with endless answers the share itself and 0, of answers worth nothing ½ ± ½."""
    square = np.square(z)
    finite = np.where(np.isinf(n), 1.0, n)
    centre = (finite * share + square / 2) / (finite + square)
    se = np.sqrt(finite * share * (1 - share) + square / 4) / (finite + square)
    return np.where(np.isinf(n), share, centre), np.where(np.isinf(n), 0.0, se)
