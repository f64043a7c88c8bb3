"""The mean and its t interval, against R."""

import numpy as np
import pytest

from helpers.errors import DataError
from helpers.inference.means import mean_score


def _row(table, *names):
    return table.loc[0, list(names)].tolist()


def test_a_mean_has_a_t_interval():
    """Answers 6, 7, 8, 9: mean 7.5, s² = 5/3, t(3) = 3.1824, so 7.5 ± 2.0542 (R: t.test(c(6,7,8,9)))."""
    assert [5.4457, 9.5543] == _row(mean_score(4, 7.5, 5 / 3).round(4), "low", "high")


def test_one_answer_has_a_mean_but_no_interval():
    """From one answer nobody can tell how far others would be off; no answers have no mean, whatever is given."""
    found = mean_score([1, 0], [7.0, np.nan], [np.nan, "–"])
    assert [7.0, True, True] == [found.score[0], np.isnan(found.low[0]), np.isnan(found.score[1])]


def test_means_of_one_number_of_answers():
    """A single n goes with many means, and the other way round; degrees of freedom and effective n change the width."""
    assert [5.0, 6.0] == mean_score(4, [5.0, 6.0], 1.0).score.tolist()
    plain = mean_score([4, 4], 5.0, 1.0)
    fewer = mean_score([4, 4], 5.0, 1.0, n_effective=2, df=[1, 3])
    assert (3.0, 1.0) == (plain["df"][0], fewer["df"][0])
    assert (fewer.low < plain.low).all()


def test_a_mean_of_everybody_has_no_width():
    """An infinite effective number leaves nothing to chance."""
    assert [5.0, 5.0, 5.0] == _row(mean_score(4, 5.0, 1.0, n_effective=np.inf), "score", "low", "high")


def test_a_missing_mean_of_answers_is_refused():
    """Where people answered there is a mean; where two did there is a variance, and it is not negative."""
    with pytest.raises(DataError) as error:
        mean_score([3, 3], [np.nan, 5.0], [1.0, -1.0])
    assert (
        "mean, row 0: a number is missing. A number is finite; correct it.",
        "variance, row 1: -1 is not allowed. A variance is 0 or more; correct it.",
    ) == error.value.messages


def test_answers_worth_nothing_have_a_mean_and_no_interval():
    """An effective number of 0 leaves the mean, and nothing to tell how far it may be off."""
    found = mean_score(4, 5.0, 1.0, n_effective=0).loc[0]
    assert (5.0, True) == (found["score"], found[["se", "low", "high"]].isna().all())
