"""How many answers a survey needs, and the smallest change that the answers it has can show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.errors import DataError
from helpers.inference import inputs, thresholds
from helpers.inference.bands import COUNTS
from helpers.inference.estimates import quantile, welch
from helpers.inference.inputs import NAMED_AT_MOST, Floats, Given, Rule, columns, number, required

Shares = tuple[Given, Given, Given]
WORST: Shares = (0.5, 0.0, 0.5)
PSEUDO = thresholds.PSEUDO_PROMOTERS + thresholds.PSEUDO_PASSIVES + thresholds.PSEUDO_DETRACTORS
HIGHEST = 100
MARGIN = Rule(0, np.inf, "A margin is a number above 0, in the unit of the score", open_below=True, open_above=True)
VARIANCE = Rule(0, np.inf, "A variance to plan with is above 0", open_below=True, open_above=True)
POWER = Rule(0.5, 1, "A power lies between 0.5 and 1, such as 0.8", open_above=True)
PLANNED = [f"{when}.{name}" for when in ("shares", "before", "after") for name in COUNTS]
RULES = {"population": inputs.POPULATION, "variance": VARIANCE} | dict.fromkeys(PLANNED, inputs.SHARE)
MEASURED = {
    "n": inputs.COUNT, "sample_se": replace(inputs.STANDARD_ERROR, missing=True),
    "sample_effective": inputs.EFFECTIVE, "df": replace(inputs.FREEDOM, missing=True),
}  # fmt: skip


def answers_for_margin(
    margin: Given,
    *,
    shares: Shares = WORST,
    variance: Given | None = None,
    population: Given = np.inf,
    interval: Literal["wald", "adjusted_wald"] = "wald",
    confidence: float = thresholds.CONFIDENCE,
) -> pd.Series:
    """Return how many answers give an interval of score ± margin.

    Parameters
    ----------
    margin
        Half the width of the interval, above 0: in points for an NPS, else in the unit of the variance.
    shares
        Shares of promoters, passives and detractors that are expected (0…1, together 1). Default half promoters and
        half detractors: the worst case.
    variance
        Of one answer in unit², for a mean or a share (100² p (1 − p) in percent); takes the place of ``shares``.
    population
        People, 1 or more; infinite where nobody counted them.
    interval
        ``wald``: as in textbooks. ``adjusted_wald`` (NPS only): three fewer, those that the printed interval adds.
    confidence
        Between 0 and 1.

    Returns
    -------
    pandas.Series
        ``n``: answers, not invitations; whole numbers, rounded up, at least 1 and at most the population.

    Raises
    ------
    DataError
        If a margin or variance is not above 0, shares do not add up to 1, or all expected answers are alike.

    Notes
    -----
    n₀ = z² v / margin² with v = 100² (p + d − (p − d)²); out of N people n₀ / (1 + (n₀ − 1) / N).

    References
    ----------
    .. [1] Cochran, W. G. (1977). Sampling Techniques, third edition. Wiley. Chapter 4.

    Examples
    --------
    >>> answers_for_margin(5, shares=(0.31, 0.50, 0.19), population=[float("inf"), 1000]).tolist()
    [747.0, 428.0]
    >>> answers_for_margin([5, 10]).tolist()
    [1537.0, 385.0]
    """
    if interval not in ("wald", "adjusted_wald"):
        raise DataError(f"interval: {interval!r} is no interval. Give 'wald' or 'adjusted_wald'.")
    z = quantile(number("confidence", confidence, inputs.CONFIDENCE)).item()
    planned = {"variance": variance} if variance is not None else _named(shares, "shares")
    index, given = columns({"margin": margin, "population": population, **planned}, {**RULES, "margin": MARGIN})
    spread = _spread(given, index, "shares") if variance is None else given["variance"]
    _refuse(spread == 0, index, "shares", "a variance of {:g}. Answers differ in fact; plan with some spread.", spread)
    endless = z**2 * spread / given["margin"] ** 2
    if interval == "adjusted_wald":
        endless = np.maximum(endless - PSEUDO, 1.0)
    n = endless / (1 + (endless - 1) / given["population"])
    return pd.Series(np.clip(np.ceil(n), 1.0, np.floor(given["population"])), index=index, name="n")


def answers_for_change(
    change: Given,
    *,
    before: Shares = WORST,
    after: Shares | None = None,
    variance: Given | None = None,
    confidence: float = thresholds.CONFIDENCE,
    power: float = thresholds.POWER,
) -> pd.Series:
    """Return how many answers each of two waves of different people needs to show a change.

    Parameters
    ----------
    change
        In points for an NPS, else in the unit of the variance; not 0. Up or down.
    before
        Shares of promoters, passives and detractors now (0…1, together 1). Default half and half: the worst case.
    after
        Shares after the change, whose score differs by it. Default as many passives, or what the score leaves room for.
    variance
        Of one answer in unit², the same in both waves, for a mean or a share; takes the place of all shares.
    confidence
        Of the test, between 0 and 1.
    power
        The chance that a change of this size is demonstrable; 0.5…1.

    Returns
    -------
    pandas.Series
        ``n`` per wave; whole numbers, rounded up, at least 10: fewer are tested exactly, which the formula knows not.

    Raises
    ------
    DataError
        If a change is 0, beyond −100…100 or not that between the shares, or shares are not together 1 or all alike.

    Notes
    -----
    n = (v₁ + v₂) (z(confidence) + z(power))² / change², v as in :func:`answers_for_margin`.

    References
    ----------
    .. [1] Cohen, J. (1988). Statistical Power Analysis for the Behavioral Sciences, second edition. Erlbaum. Chapter 2.

    Examples
    --------
    >>> answers_for_change([10, 20], before=(0.31, 0.50, 0.19)).tolist()
    [736.0, 174.0]
    """
    steps = quantile(number("confidence", confidence, inputs.CONFIDENCE)) + _power_steps(power)
    planned = {"variance": variance} if variance is not None else _named(before, "before")
    later = {} if after is None or variance is not None else _named(after, "after")
    index, given = columns({"change": change, **planned, **later}, {**RULES, "change": inputs.NUMBER})
    asked = given["change"]
    _refuse(asked == 0, index, "change", "{:g} is not allowed. No number of answers shows that nothing changed.", asked)
    both = 2 * given["variance"] if variance is not None else _both(given, index, moved=not later)
    _refuse(both == 0, index, "change", "{:g} between waves that each agree wholly. Plan with some spread.", asked)
    needed = np.maximum(np.ceil(both * steps**2 / asked**2), thresholds.EXACT_BELOW)
    return pd.Series(needed, index=index, name="n")


def demonstrable_change(
    before: pd.DataFrame,
    after: pd.DataFrame | Given | None = None,
    *,
    confidence: float = thresholds.CONFIDENCE,
    power: float = thresholds.POWER,
) -> pd.Series:
    """Return the smallest change since a measured wave that the next one can be expected to show.

    Parameters
    ----------
    before
        The measured wave, as :func:`helpers.inference.groups.by_group` returns it.
    after
        How many answers the next wave has, or the next wave itself as such a table. Default as many as before.
    confidence
        Of the test, between 0 and 1.
    power
        The chance that a change of this size is demonstrable; 0.5…1.

    Returns
    -------
    pandas.Series
        ``demonstrable_change``: above 0, in points (NPS), percent (share) or the unit of the scale (mean). It is not
        clipped: more than the scale has room for means that no change can be shown. NaN without answers, and for a mean
        of one or of equal answers: how much they differ is not known.

    Raises
    ------
    DataError
        If a column is missing, a number of answers is negative, or the tables have unequal lengths.

    Notes
    -----
    (z(confidence) √(se₁² + se₂²) + z(power) √(r₁se₁² + r₂se₂²)) / r₂, with r = m / (m + k): m effective answers and k
    pseudo-answers (3 for an NPS, z² for Wilson's interval, 0 for a mean, where t takes the place of z), which hold a
    change back. Known as the minimum detectable change. Without an ``after`` table the spread is taken to stay as it
    was; where a score of −60 rises by this much, its spread grows, and the chance is nearer 0.7 (enumerated).

    References
    ----------
    .. [1] Bloom, H. S. (1995). Minimum detectable effects: a simple way to report the statistical power of
       experimental designs. Evaluation Review 19, 547–556.

    Examples
    --------
    >>> from helpers.inference.groups import by_group
    >>> wave = by_group(pd.DataFrame({"answer": [9] * 31 + [7] * 50 + [5] * 19}))
    >>> demonstrable_change(wave).round(1).item(), demonstrable_change(wave, 400).round(1).item()
    (27.9, 21.7)
    """
    confidence = number("confidence", confidence, inputs.CONFIDENCE)
    first = _wave(before, "before", confidence)
    second = _wave(after, "after", confidence) if isinstance(after, pd.DataFrame) else _next(first, before, after)
    if isinstance(after, pd.DataFrame) and len(before) != len(after):
        raise DataError(f"before has {len(before)} rows and after {len(after)}. Give one row per comparison in each.")
    variances = first["se"] ** 2, second["se"] ** 2
    kept = _kept(first), _kept(second)
    freedom = welch(variances, (first["df"], second["df"]))
    seen = np.sqrt(variances[0] + variances[1])
    true = np.sqrt(kept[0] * variances[0] + kept[1] * variances[1])
    found = (quantile(confidence, freedom) * seen + _power_steps(power, freedom) * true) / kept[1]
    later = after if isinstance(after, pd.DataFrame) else before
    return pd.Series(np.where(seen > 0, found, np.nan), index=later.index, name="demonstrable_change")


def _named(shares: Shares, what: str) -> dict[str, Given]:
    if len(shares) != len(COUNTS):
        raise DataError(f"{what}: {len(shares)} shares were given. Give those of promoters, passives and detractors.")
    return {f"{what}.{name}": share for name, share in zip(COUNTS, shares, strict=True)}


def _refuse(wrong: npt.NDArray[np.bool_], index: pd.Index, what: str, says: str, found: Floats) -> None:
    rows = np.flatnonzero(wrong)[:NAMED_AT_MOST].tolist()
    if rows:
        raise DataError([f"{what}, row {index[row]}: {says.format(found[row])}" for row in rows])


def _spread(given: Mapping[str, Floats], index: pd.Index, what: str) -> Floats:
    """Return the variance of one answer, in points²."""
    p, a, d = (given[f"{what}.{name}"] for name in COUNTS)
    total = p + a + d
    off = np.abs(total - 1) > thresholds.SHARES_ADD_UP
    _refuse(off, index, what, "together {:.12g}. Promoters, passives and detractors add up to 1; correct them.", total)
    return np.asarray(HIGHEST**2 * np.maximum(p + d - (p - d) ** 2, 0.0))


def _both(given: Mapping[str, Floats], index: pd.Index, *, moved: bool) -> Floats:
    """Return the variances of both waves together."""
    first, now = _spread(given, index, "before"), _score(given, "before") + given["change"]
    slack = HIGHEST * thresholds.SHARES_ADD_UP
    beyond = np.abs(now) > HIGHEST + slack
    _refuse(beyond, index, "change", "it leads to a score of {:g}. An NPS lies between −100 and 100; correct it.", now)
    if moved:
        passives = np.clip(1 - np.abs(now) / HIGHEST, 0, given["before.passives"])
        return np.maximum(first + HIGHEST**2 * (1 - passives) - now**2, 0.0)
    second, after = _spread(given, index, "after"), _score(given, "after")
    apart = np.abs(after - now) > slack
    _refuse(apart, index, "change", "it does not lead to the {:g} of the shares after it; correct one of them.", after)
    return first + second


def _score(given: Mapping[str, Floats], what: str) -> Floats:
    return HIGHEST * (given[f"{what}.promoters"] - given[f"{what}.detractors"])


def _power_steps(power: float, df: npt.ArrayLike = np.inf) -> Floats:
    return quantile(2 * number("power", power, POWER) - 1, df)


def _wave(table: pd.DataFrame, what: str, confidence: float) -> dict[str, Floats]:
    """Return what a measured wave tells about chance."""
    required(table, (*MEASURED, "method"), what=what)
    rules = {f"{what}.{name}": rule for name, rule in MEASURED.items()}
    given = columns({f"{what}.{name}": table[name] for name in MEASURED}, rules)[1]
    wilson = quantile(confidence).item() ** 2
    pseudo = {"adjusted_wald": PSEUDO, "score": PSEUDO, "wilson": wilson, "t": 0.0, "none": 0.0}
    unknown = ~table["method"].isin(pseudo).to_numpy()
    says = "{!r} is unknown. It is adjusted_wald, score, wilson, t or none; give a table of by_group."
    _refuse(unknown, table.index, f"{what}.method", says, table["method"].to_numpy())
    held = np.asarray([pseudo[method] for method in table["method"]], dtype=np.float64)
    return dict(zip(("n", "se", "worth", "df"), given.values(), strict=True)) | {"pseudo": held}


def _next(first: dict[str, Floats], before: pd.DataFrame, after: Given | None) -> dict[str, Floats]:
    """Return a wave of so many answers that are as spread, weighted and clustered as those of the first."""
    if after is None:
        return first
    given = columns({"n": before["n"], "after": after}, inputs.COUNT)[1]["after"]
    times = np.divide(given, first["n"], out=np.full_like(given, np.nan), where=(first["n"] > 0) & (given > 0))
    worth = first["worth"] * times
    whole = first["worth"] + first["pseudo"], worth + first["pseudo"]
    se = first["se"] * np.sqrt(np.divide(*whole, out=np.full_like(worth, np.nan), where=whole[1] > 0))
    return first | {"n": given, "worth": worth, "se": se, "df": np.maximum((first["df"] + 1) * times - 1, 1.0)}


def _kept(wave: dict[str, Floats]) -> Floats:
    """Return which part of a change the pseudo-answers leave."""
    whole = wave["worth"] + wave["pseudo"]
    return np.divide(wave["worth"], whole, out=np.full_like(whole, np.nan), where=whole > 0)
