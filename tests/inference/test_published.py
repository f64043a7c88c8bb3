"""A score from published percentages, with what their rounding leaves open."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.errors import DataError
from helpers.inference.published import score_from_shares


@pytest.mark.domain("S01")
def test_shares_that_add_up_to_101_keep_their_score_and_say_so():
    """19, 49 and 33: 19 − 33 = −14; the true shares add to 100, which leaves −14.5 to −13.5, not −15 to −13."""
    assert {
        "score": -14.0, "low": -14.5, "high": -13.5, "passives": 49.0, "passives_implied": False, "total": 101.0,
        "adds_up": False,
    } == score_from_shares(19, 49, 33).loc[0].to_dict()  # fmt: skip


@pytest.mark.domain("S13")
def test_passives_that_were_not_published_are_implied_and_said_to_be():
    """31 − 19 = +12, passives 100 − 31 − 19 = 50; without them rounding leaves a whole point on each side."""
    for missing in (None, np.nan):
        assert {
            "score": 12.0, "low": 11.0, "high": 13.0, "passives": 50.0, "passives_implied": True, "total": 100.0,
            "adds_up": True,
        } == score_from_shares(31, missing, 19).loc[0].to_dict()  # fmt: skip


@pytest.mark.domain("S01", "S13")
def test_many_at_once_keep_their_names():
    """One row per source; the rows are not merged and what was given is not changed."""
    table = pd.DataFrame({"p": [19, 31], "a": [49, None], "d": [33, 19]}, index=["S01", "S13"])
    kept = table.copy()
    assert {"S01": -14.0, "S13": 12.0} == score_from_shares(table.p, table.a, table.d)["score"].to_dict()
    pd.testing.assert_frame_equal(kept, table)


def test_shares_that_add_up_leave_a_whole_point():
    """31, 50 and 19 add to 100, and then the range is 11 to 13; with one decimal 11.9 to 12.1."""
    assert [11.0, 13.0] == score_from_shares(31, 50, 19)[["low", "high"]].to_numpy()[0].tolist()
    assert [11.9, 12.1] == score_from_shares(31, 50, 19, decimals=1)[["low", "high"]].to_numpy()[0].tolist()


def test_the_ends_of_the_scale_bound_the_range():
    """100, 0 and 0 mean at least 99.5 promoters: 99 to 100."""
    assert [100.0, 99.0, 100.0] == score_from_shares(100, 0, 0)[["score", "low", "high"]].to_numpy()[0].tolist()


def test_decimals_leave_no_noise():
    """31.2 − 18.9 is 12.3, not 12.299999999999997."""
    found = score_from_shares(31.2, 49.9, 18.9, decimals=1).loc[0]
    assert [12.3, 12.2, 12.4, 100.0, True] == [found[name] for name in ("score", "low", "high", "total", "adds_up")]


@given(st.integers(0, 1000), st.integers(0, 1000), st.sampled_from([0, 1]))
def test_the_range_holds_every_score_that_rounds_to_what_was_published(one, other, decimals):
    """Any true shares, rounded and published, have their own score between low and high."""
    p, d = sorted((one, other))[0] / 10, 100 - sorted((one, other))[1] / 10
    a = 100 - p - d
    found = score_from_shares(*(round(share, decimals) + 0.0 for share in (p, a, d)), decimals=decimals)
    assert found.low.item() - 1e-6 <= p - d <= found.high.item() + 1e-6
    assert -100 <= found.low.item() <= found.high.item() <= 100
    unsaid = score_from_shares(round(p, decimals), None, round(d, decimals), decimals=decimals)
    assert unsaid.low.item() <= found.low.item() + 1e-6
    assert found.high.item() <= unsaid.high.item() + 1e-6


@pytest.mark.parametrize(
    ("p", "a", "d"), [(19, 49, 33), (31, 50, 19), (33, 33, 33), (100, 0, 0), (0, 50, 51), (1, 0, 100)]
)
def test_the_range_is_no_wider_than_needed(p, a, d):
    """Both ends are reached by shares on a fine grid that add to 100 and lie within half a point of those published."""
    grid = [np.arange(max(share - 0.5, 0), min(share + 0.5, 100) + 1e-9, 0.05) for share in (p, d)]
    scores = [
        one - other
        for one, other in itertools.product(*grid)
        if abs(100 - one - other - a) <= 0.5 + 1e-9 and -1e-9 <= 100 - one - other
    ]
    found = score_from_shares(p, a, d)
    assert [min(scores), max(scores)] == pytest.approx([found.low.item(), found.high.item()], abs=1e-6)


def test_shares_that_no_rounding_explains_are_refused():
    """19, 49 and 40 add to 108; 60 and 50 without passives to 110; 30, 30 and 30 to 90."""
    with pytest.raises(DataError) as error:
        score_from_shares([19, 60, 30, 19], [49, None, 30, 49], [40, 50, 30, 33])
    end = "Rounding to 0 decimals cannot move a total of 100 so far; compare the shares with their source."
    assert (
        f"shares, row 0: 19 + 49 + 40 = 108. {end}",
        f"shares, row 1: 60 + 50 = 110. {end}",
        f"shares, row 2: 30 + 30 + 30 = 90. {end}",
    ) == error.value.messages


def test_decimals_that_were_not_declared_are_refused():
    """19.4 is no whole percentage: then the range would be wrong."""
    with pytest.raises(DataError) as error:
        score_from_shares(19.4, 49, 32)
    assert str(error.value) == (
        "promoters, row 0: 19.4 has more than 0 decimals. Give the percentages as published, and how many decimals "
        "they have."
    )


def test_no_percentages_are_refused_all_at_once():
    """Text, missing promoters and more than 100 %."""
    with pytest.raises(DataError) as error:
        score_from_shares([None, 120], [49, "?"], 33)
    assert (
        "promoters, row 0: a number is missing. A published share is a percentage from 0 to 100; correct it.",
        "promoters, row 1: 120 is not allowed. A published share is a percentage from 0 to 100; correct it.",
        "passives, row 1: '?' is no number. A published share is a percentage from 0 to 100, or missing; correct it.",
    ) == error.value.messages


def test_a_number_of_decimals_is_whole():
    """Half a decimal does not exist."""
    with pytest.raises(DataError, match=r"^decimals: 0.5 is not allowed. Percentages have a whole number of decimals"):
        score_from_shares(19, 49, 33, decimals=0.5)
