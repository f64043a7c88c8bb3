"""The rounding rule and its laws: halves away from zero, symmetric, never minus zero."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.rounding import half_away_from_zero, significant

FINITE = st.floats(allow_nan=False, allow_infinity=False)
SCORES = st.floats(-1000, 1000)
DIGITS = st.integers(0, 6)


@pytest.mark.parametrize(
    ("value", "digits", "rounded"),
    [
        (2.5, 0, 3.0),
        (-2.5, 0, -3.0),
        (0.5, 0, 1.0),
        (-0.5, 0, -1.0),
        (1.005, 2, 1.01),  # 1.00499999999999989… in binary
        (12.35, 1, 12.4),  # 12.3499999999999996… in binary
        (2.675, 2, 2.68),  # 2.67499999999999982… in binary
        (12.3152709360, 0, 12.0),
        (99.95, 1, 100.0),
        (1e300, 0, 1e300),
        (-123456789012345.0, 0, -123456789012000.0),  # judged on 12 significant digits
        (1e-300, 2, 0.0),
    ],
)
def test_halves_go_away_from_zero(value, digits, rounded):
    """As people round by hand, not as binary numbers happen to lie."""
    assert half_away_from_zero(value, digits=digits) == rounded


@given(value=FINITE, digits=DIGITS)
def test_rounding_is_symmetric(value, digits):
    """A score and its opposite round to opposites."""
    assert half_away_from_zero(-value, digits=digits) == -half_away_from_zero(value, digits=digits)


@given(value=FINITE, digits=DIGITS)
def test_minus_zero_never_occurs(value, digits):
    """Neither in what is printed nor in what is written to a file."""
    for rounded in (half_away_from_zero(value, digits=digits), significant(value)):
        assert rounded != 0 or math.copysign(1, rounded) == 1


@given(value=SCORES, digits=DIGITS)
def test_rounding_moves_at_most_half_a_unit(value, digits):
    """And rounding what is rounded changes nothing."""
    rounded = half_away_from_zero(value, digits=digits)
    assert abs(rounded - value) <= 0.5 * 10**-digits + 1e-8
    assert half_away_from_zero(rounded, digits=digits) == rounded


@given(one=SCORES, other=SCORES, digits=DIGITS)
def test_rounding_keeps_order(one, other, digits):
    """The higher score is never printed as the lower."""
    low, high = sorted((one, other))
    assert half_away_from_zero(low, digits=digits) <= half_away_from_zero(high, digits=digits)


@given(value=FINITE)
def test_twelve_digits_are_kept(value):
    """Reading what was written gives the same twelve digits."""
    kept = significant(value)
    assert kept == pytest.approx(value, rel=1e-11)
    assert significant(kept) == kept


@pytest.mark.parametrize("value", [None, math.nan, math.inf, -math.inf])
def test_no_number_stays_no_number(value):
    """A missing score is null in a file, not NaN."""
    assert significant(value) is None
