"""The difference of two measurements, signed, with its interval."""

import pytest

from helpers.inference.differences import difference, p_value
from helpers.inference.scores import adjusted_wald, mean_score

BEFORE, AFTER = adjusted_wald(21, 30, 24), adjusted_wald(33, 32, 15)


def test_the_difference_equals_the_reference():
    """Case difference-01 (R, NPS::npvar on augmented counts): 26.5, 2.1421 to 48.9237, p = .0324."""
    change = difference(BEFORE, AFTER)
    assert change.score == pytest.approx(26.5)
    assert (change.centre, change.se) == (pytest.approx(25.53290083), pytest.approx(11.9343019))
    assert (change.low, change.high) == (pytest.approx(2.142098935), pytest.approx(48.92370273))
    assert p_value(change) == pytest.approx(0.03239884366)


def test_the_sign_is_later_minus_earlier():
    """Turning the two round turns the sign and the limits."""
    there, back = difference(BEFORE, AFTER), difference(AFTER, BEFORE)
    assert there.low == pytest.approx(-back.high)
    assert there.score == -back.score


def test_two_means_use_welch():
    """c(1,2,3) against c(4,6,8): 4, df 2.9412, −0.1555 to 8.1555 (R: t.test(c(4,6,8), c(1,2,3)))."""
    change = difference(mean_score(3, 2.0, 1.0), mean_score(3, 6.0, 4.0))
    assert change.score == 4
    assert change.df == pytest.approx(2.941176)
    assert change.low == pytest.approx(-0.1555, abs=2e-3)


def test_confidence_changes_the_interval():
    """80 % is narrower than 95 %."""
    assert difference(BEFORE, AFTER, confidence=0.8).low > difference(BEFORE, AFTER).low
