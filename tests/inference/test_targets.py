"""Glide path, probability and the verdict's five words."""

import datetime as dt

import numpy as np
import pytest

from helpers.inference import targets
from helpers.inference.scores import adjusted_wald

LINE = {
    "baseline": 5.0, "baseline_date": dt.date(2026, 3, 1), "target": 20.0, "due": dt.date(2027, 3, 1),
}  # fmt: skip


@pytest.mark.parametrize(
    ("day", "path"),
    [(dt.date(2026, 1, 1), 5), (dt.date(2026, 3, 1), 5), (dt.date(2026, 9, 1), 12.56164384), (dt.date(2027, 6, 1), 20)],
)
def test_the_path_is_a_straight_line_in_calendar_days(day, path):
    """Case target-01: 184 of 365 days give 5 + 15 · 184 / 365; before and after it the ends hold."""
    assert targets.glide_path(day, **LINE) == pytest.approx(path)


def test_the_probability_equals_the_reference():
    """Case target-02: 46/38/16 against 25 gives Φ((centre − 25) / se) = 0.7171."""
    now = adjusted_wald(46, 38, 16)
    assert targets.probability_reached(now.centre, now.se, 25) == pytest.approx(0.7171220351, abs=1e-6)


def test_ten_answers_do_not_prove_a_target():
    """12 against 10 with n = 100 gives .59, with n = 2000 .90: never 'met' by comparison alone."""
    few, many = adjusted_wald(31, 50, 19), adjusted_wald(620, 1000, 380)
    assert [0.59, 0.90] == [round(float(targets.probability_reached(one.centre, one.se, 10)), 2) for one in (few, many)]


def test_a_census_knows_for_sure():
    """Without chance the score is at the target or not; equal counts as reached."""
    assert [1.0, 1.0, 0.0] == [float(targets.probability_reached(score, 0.0, 10)) for score in (11, 10, 9.99)]


def test_where_low_is_good_the_probability_turns_round():
    """An effort score of 2 against a target of 3 is reached for sure."""
    assert targets.probability_reached(2.0, 0.0, 3.0, high_is_good=False) == 1


def test_a_mean_uses_student_s_t():
    """One standard error above the target with 3 degrees of freedom: pt(1, 3) = 0.8045 in R."""
    assert targets.probability_reached(8.0, 1.0, 7.0, df=3) == pytest.approx(0.8044989, abs=1e-6)


@pytest.mark.parametrize(
    ("probability", "before", "after"),
    [
        (1.0, "ahead", "achieved"), (0.95, "ahead", "achieved"),
        (0.9499, "probably_ahead", "probably_achieved"), (0.80, "probably_ahead", "probably_achieved"),
        (0.7999, "on_course", "undecided"), (0.2001, "on_course", "undecided"),
        (0.20, "probably_behind", "probably_not_achieved"), (0.0501, "probably_behind", "probably_not_achieved"),
        (0.05, "behind", "not_achieved"), (0.0, "behind", "not_achieved"),
    ],
)  # fmt: skip
def test_each_step_has_its_word(probability, before, after):
    """≥ .95, ≥ .80, > .20, > .05 and the rest: five words before the due date, five after it."""
    assert (before, after) == (
        targets.verdict(probability, due_passed=False),
        targets.verdict(probability, due_passed=True),
    )


def test_arrays_are_judged_at_once():
    """A column of targets needs no loop."""
    assert targets.probability_reached(np.array([1.0, 2.0]), np.array([0.0, 0.0]), 1.5).tolist() == [0, 1]
