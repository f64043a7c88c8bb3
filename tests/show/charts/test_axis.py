"""The axis: it holds every value, ends on a tick and never makes little look like much."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.show.charts.axis import axis, close_axis

POINTS = st.lists(st.floats(-100, 100, allow_subnormal=False), min_size=1, max_size=9)


@given(POINTS)
def test_points_axis_holds_all_values_and_zero(values: list[float]) -> None:
    """The range covers every value and 0, within −100…100, at least 40 points wide."""
    found = axis(values, unit="points")
    assert found.low <= min(*values, 0)
    assert found.high >= max(*values, 0)
    assert -100 <= found.low < found.high <= 100
    assert found.high - found.low >= 40


@given(st.lists(st.floats(0, 100), min_size=1, max_size=9), st.sampled_from(["percent", "scale"]))
def test_other_axes_hold_all_values(values: list[float], unit: str) -> None:
    """Shares stay within 0…100 and are at least 20 wide; a scale is at least 2 wide."""
    found = axis(values, unit=unit)  # type: ignore[arg-type]
    assert found.low <= min(values)
    assert found.high >= max(values)
    assert found.high - found.low >= {"percent": 20, "scale": 2}[unit]
    assert unit == "scale" or 0 <= found.low < found.high <= 100


@given(POINTS, st.integers(5, 9))
def test_ticks_are_even_and_few(values: list[float], most: int) -> None:
    """Ticks run from end to end in equal steps, never more than asked for."""
    found = axis(values, unit="points", most_ticks=most)
    steps = {high - low for low, high in zip(found.ticks, found.ticks[1:], strict=False)}
    assert len(steps) == 1
    assert (found.ticks[0], found.ticks[-1]) == (found.low, found.high)
    assert len(found.ticks) <= most


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([7, 31], (0, 10, 20, 30, 40)),
        ([-31, -7], (-40, -30, -20, -10, 0)),
        ([-4, 7], (-20, -10, 0, 10, 20, 30)),
        ([-100, 100], (-100, -50, 0, 50, 100)),
        ([], (0, 10, 20, 30, 40)),
    ],
)
def test_points_ticks(values: list[float], ticks: tuple[float, ...]) -> None:
    """The usual ranges come out as one would draw them by hand."""
    assert axis(values, unit="points").ticks == ticks


def test_place_is_linear() -> None:
    """The ends of the axis stand at the ends of its stretch, the middle in the middle."""
    found = axis([0, 40], unit="points")
    assert [found.place(score, start=10, length=80) for score in (0, 20, 40)] == [10, 50, 90]


@given(POINTS)
def test_close_axis_holds_all_values_on_tens(values: list[float]) -> None:
    """The range covers every value, ends on tens and goes no further out than it must."""
    found = close_axis(values, unit="points", most_ticks=6)
    assert found.low <= min(values) <= max(values) <= found.high
    assert -100 <= found.low < found.high <= 100
    assert found.low % 10 == found.high % 10 == 0
    assert found.high - found.low <= max(60, max(values) - min(values) + 20)
    assert 2 <= len(found.ticks) <= 6
    assert all(found.low <= tick <= found.high for tick in found.ticks)


def test_close_axis_of_a_share_stays_within_it() -> None:
    """A share is never more than 100 per cent."""
    assert close_axis([97], unit="percent", most_ticks=6).high == 100
