"""How a rate is written: percent, per so many, or a bare count."""

from __future__ import annotations

import math

import pytest

from helpers.show import rates
from helpers.show.language import Language

NL, EN = Language("nl"), Language("en")


@pytest.mark.parametrize(
    ("value", "per", "dutch", "english"),
    [
        (4.25, 100, "4,3%", "4.3%"),
        (42, 1000, "42,0 per 1.000", "42.0 per 1,000"),
        (1234, None, "1.234", "1,234"),
        (12, math.nan, "12", "12"),
    ],
)
def test_a_rate_has_one_decimal_and_its_base(value: float, per: float | None, dutch: str, english: str) -> None:
    """A count has neither."""
    assert (rates.written(value, per, NL), rates.written(value, per, EN)) == (dutch, english)


def test_the_figure_of_a_tile_leaves_the_base_to_the_line_below() -> None:
    """42.0, per 1,000; a percentage keeps its sign."""
    assert [rates.figure(42, per, EN) for per in (1000, 100, None)] == ["42.0", "42.0%", "42"]
    lines = [rates.base({"n": n, "per": per}, EN) for n, per in ((1000, 1000), (1000, 100), (math.nan, None))]
    assert lines == ["per 1,000, out of 1,000", "out of 1,000", "a count, without a base"]


@pytest.mark.parametrize(("per", "said"), [(100, "3.1% to 5.6%"), (1000, "3.1 to 5.6 per 1,000"), (None, "3 to 6")])
def test_an_interval_names_its_base_once(per: float | None, said: str) -> None:
    """Where that is a number in words."""
    assert rates.interval(3.1, 5.6, per, EN) == said


@pytest.mark.parametrize(
    ("low", "high", "per", "said"),
    [
        (-2.0, 1.0, 100, "−2.0 pp to +1.0 pp"),
        (0.004, 1.0, 100, "+0.004 pp to +1.0 pp"),
        (-2.0, -1.0, 1000, "−2.0 per 1,000 to −1.0 per 1,000"),
    ],
)
def test_a_change_shows_on_which_side_of_zero_it_lies(context, low: float, high: float, per: int, said: str) -> None:
    """With the decimals of the score; more only for a limit of a demonstrable change that would read 0."""
    direction = "none_shown" if low < 0 < high else "better"
    row = {"change": -0.5, "change_low": low, "change_high": high, "per": per, "direction": direction}
    found = rates.moved(row, context())
    assert found["interval"] == said
    assert found["change"] == ("0.5 pp" if per == 100 else "0.5 per 1,000")
