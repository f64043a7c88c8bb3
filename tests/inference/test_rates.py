"""Rates of what is counted beside the surveys."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from helpers.errors import DataError
from helpers.inference.rates import rate


def test_a_part_of_a_base_is_a_percentage_with_wilsons_interval():
    """42 of 1,000 (statsmodels proportion_confint(42, 1000, method="wilson"))."""
    found = rate(42, 1000)
    expected = [4.2, *(100 * limit for limit in proportion_confint(42, 1000, method="wilson"))]
    assert expected == pytest.approx(found[["score", "low", "high"]].to_numpy()[0].tolist())


def test_a_count_without_a_base_has_the_exact_poisson_interval():
    """10 exits: 4.795 to 18.390 (Garwood 1936; R: poisson.test(10)); 0: 0 to 3.689; the count is not divided."""
    found = rate([10, 0, 10], [np.nan, np.nan, np.inf])
    assert [[10.0, 4.795, 18.39], [0.0, 0.0, 3.689], [10.0, 4.795, 18.39]] == found[
        ["score", "low", "high"]
    ].round(3).to_numpy().tolist()  # fmt: skip


def test_more_cases_than_the_base_are_a_poisson_rate():
    """12 complaints of 10 customers: 120 per 100, 62.0 to 209.6 (R: poisson.test(12) / 10 · 100)."""
    assert [120.0, 62.006, 209.616] == rate(12, 10)[["score", "low", "high"]].round(3).to_numpy()[0].tolist()


def test_per_and_confidence_change_the_result():
    """Per 1,000 is ten times per 100; 80 % is narrower than 95 %."""
    assert rate(42, 1000, per=1000).low.item() == pytest.approx(10 * rate(42, 1000).low.item())
    assert rate(42, 1000, confidence=0.8).low.item() > rate(42, 1000).low.item()


def test_a_rate_keeps_its_rows():
    """The rows of the Series come back, whichever of the two is one; what came in stays as it was."""
    base = pd.Series([1000, np.nan], index=["north", "south"])
    assert ["north", "south"] == list(rate(42, base).index)
    assert ["a"] == list(rate(pd.Series([42], index=["a"]), 1000).index)
    assert base.isna().tolist() == [False, True]


def test_no_base_at_all_and_no_cases_is_nothing_to_warn_of():
    """0 of 0 is a fault of the base, not a division."""
    with pytest.raises(DataError) as error:
        rate([0, -1], [0, "many"])
    assert (
        "numerator, row 1: -1 is not allowed. A number of cases is 0 or more; correct it.",
        "denominator, row 0: 0 is not allowed. A base is a number above 0, missing where there is none; correct it.",
        "denominator, row 1: 'many' is no number. A base is a number above 0, missing where there is none; correct it.",
    ) == error.value.messages


def test_per_nothing_is_refused():
    """A rate is per a number above 0."""
    with pytest.raises(DataError, match=r"^per: 0 is not allowed. A rate is per a number above 0, such as 100;"):
        rate(1, 10, per=0)
