"""The one rounding rule: full precision inside, rounded once, half away from zero, never minus zero."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal

SIGNIFICANT_DIGITS = 12


def half_away_from_zero(value: float, *, digits: int = 0) -> float:
    """Round for display.

    Parameters
    ----------
    value
        Any finite number.
    digits
        Decimals kept, 0 or more.

    Returns
    -------
    float
        The rounded value; ``-0.0`` never occurs. Halves go away from zero, judged on 12 significant
        digits, so that 12.35 rounds to 12.4 although its binary value lies just below.

    Examples
    --------
    >>> half_away_from_zero(2.5), half_away_from_zero(-2.5), half_away_from_zero(-0.4)
    (3.0, -3.0, 0.0)
    >>> half_away_from_zero(12.35, digits=1)
    12.4
    """
    exact = Decimal(f"{value:.{SIGNIFICANT_DIGITS}g}")
    unit = Decimal(1).scaleb(-digits)
    if abs(exact) >= unit.scaleb(SIGNIFICANT_DIGITS):
        return float(exact)
    return float(exact.quantize(unit, rounding=ROUND_HALF_UP)) + 0.0


def significant(value: float | None) -> float | None:
    """Keep 12 significant digits, so that processor types write the same bytes; no number stays None.

    Examples
    --------
    >>> significant(12.315270935960591), significant(float("nan"))
    (12.315270936, None)
    """
    if value is None or not math.isfinite(value):
        return None
    return float(f"{value:.{SIGNIFICANT_DIGITS}g}") + 0.0
