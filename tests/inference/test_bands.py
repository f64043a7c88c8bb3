"""The three bands: which answers are in them, and the score of their counts."""

import numpy as np

from helpers.inference import bands, tallies


def test_every_answer_is_in_one_band_and_a_skipped_one_in_none():
    """0 to 6 detractors, 7 and 8 passives, 9 and 10 promoters."""
    inside = bands.of_answers(np.array([*range(11), np.nan]))
    assert [[9, 10], [7, 8], [*range(7)]] == [np.flatnonzero(inside[name]).tolist() for name in bands.COUNTS]


def test_the_score_and_its_spread_by_hand():
    """2, 1 and 1 of 4: 25 points; ½ + ¼ − (¼)² = .6875. Nobody: NaN. All promoters: 100 and 0."""
    counts = np.array([[2.0, 0.0, 7.0], [1.0, 0.0, 0.0], [1.0, 0.0, 0.0]])
    np.testing.assert_array_equal([25.0, np.nan, 100.0], bands.raw_score(*counts))
    np.testing.assert_array_equal([0.25, np.nan, 1.0], bands.raw_score(*counts, of=1))
    np.testing.assert_array_equal([0.6875, np.nan, 0.0], bands.spread(*counts))


def test_the_bands_have_one_order():
    """What is added up and what is computed name the same three, in the same order."""
    assert tuple(tallies.COUNTS) == bands.COUNTS
    assert tuple(tallies.SHARES) == bands.SHARES
