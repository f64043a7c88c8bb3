"""Targets on their way: progress, the pace that is needed, the change against the plan, and what must stay hidden."""

from __future__ import annotations

import datetime as dt
import math

import pandas as pd
import pytest

from helpers.analysis.targets import COLUMNS, versus_actuals
from helpers.disclosure import Declared, Rules, protect, publication_plan
from helpers.dossier.columns import SINCE_ZERO, TARGET_CELLS
from helpers.inference.groups import by_group
from helpers.params.metrics import metrics

ZERO, NOW = dt.date(2025, 12, 31), dt.date(2026, 6, 30)
LATER, PASSED = "2026-12-27", "2026-06-30"
"""The path runs 361 days from 2025-12-31 to 2026-12-27; on 2026-06-30 181 of them have passed, and 180 are left."""


def target(goal: float = 20, due: str = LATER, metric: str = "nps") -> str:
    """Return params with one target."""
    return f"targets:\n  - {{metric: {metric}, baseline: 2025-Q4, target: {goal}, due: {due}, owner: Me}}\n"


@pytest.fixture
def one(params):
    """Return what compares one target with scores, as a dict."""

    def of(text, rows):
        given = params(text)
        (row,) = versus_actuals(pd.DataFrame(rows), metrics(given), params=given, as_of=NOW).to_dict("records")
        return row

    return of


@pytest.fixture
def start(cell):
    """Return a zero measurement of 0."""
    return cell("2025-Q4", 0.0, zero=True)


@pytest.fixture
def scored(cell):
    """Return what makes a cell of counted answers."""

    def made(period, promoters, passives, detractors, **row):
        answers = pd.DataFrame({"answer": [9.0] * promoters + [7.0] * passives + [5.0] * detractors})
        return cell(period) | by_group(answers).to_dict("records")[0] | row

    return made


class TestOnTheWay:
    """How far it is, and how fast it must go."""

    def test_progress_pace_and_change_of_one_target(self, one, start, cell) -> None:
        """From 0 to 20, now 5: a quarter of the way; 15 left in 180 days; planned 20 · 181 / 361 = 10.03.

        Both errors are 10, so that of the change is 14.14: P = Φ((5 − 10.03) / 14.14) = Φ(−0.3555) = 0.361.
        """
        row = one(target(), [start, cell("2026-Q2", 5.0, current=True)])
        assert row["progress"] == 0.25
        assert row["required_pace"] == pytest.approx(15 / 180 * 91.3125)
        assert row["change"] == 5
        assert (row["change_low"], row["change_high"]) == pytest.approx((5 - 27.718, 5 + 27.718), abs=1e-3)
        assert row["planned_change"] == pytest.approx(20 * 181 / 361)
        assert row["probability_change"] == pytest.approx(0.3611, abs=1e-4)
        # the verdict takes the zero measurement as it was measured: Φ(−5.03 / 10) = 0.307
        assert row["probability"] == pytest.approx(0.3076, abs=1e-3)

    def test_a_target_that_differs_by_rounding_is_not_better(self, one, cell) -> None:
        """100 · 0.29 is 28.999999999999996: to 29 there is no way, of which 6 would be 10¹⁵ times the whole."""
        row = one(target(29), [cell("2025-Q4", 100 * 0.29, zero=True), cell("2026-Q2", 35.0, current=True)])
        assert row["caution"] == "target_not_better"
        assert math.isnan(row["progress"])

    def test_from_the_due_date_on_all_was_planned(self, one, start, cell) -> None:
        """No pace is left; the plan was the whole step."""
        row = one(target(due=PASSED), [start, cell("2026-Q2", 25.0, current=True)])
        assert (row["progress"], row["planned_change"]) == (1.25, 20)
        assert math.isnan(row["required_pace"])
        assert row["probability_change"] == pytest.approx(0.6381, abs=1e-4)  # Φ(5 / 14.14)

    def test_where_low_is_good_the_change_is_a_fall(self, one, cell) -> None:
        """Effort from 3 to 2, now 2.2: Φ((0.8 − 0.501) / 0.1414) = Φ(2.112) = 0.983."""
        effort = {"metric": "effort.customer.transactional", "unit_of_score": "scale", "high_is_good": False}
        rows = [cell("2025-Q4", 3.0, zero=True, se=0.1, method="t", **effort),
                cell("2026-Q2", 2.2, current=True, se=0.1, method="t", **effort)]  # fmt: skip
        row = one(target(2, metric="effort"), rows)
        assert row["progress"] == pytest.approx(0.8)
        assert row["required_pace"] == pytest.approx(-0.2 / 180 * 91.3125)
        assert row["planned_change"] == pytest.approx(-181 / 361)
        assert row["probability_change"] == pytest.approx(0.9826, abs=1e-4)

    @pytest.mark.parametrize("goal", [0, -5])
    @pytest.mark.parametrize("due", [LATER, PASSED])
    def test_a_target_no_better_than_its_zero_measurement_has_no_way(self, one, start, cell, goal, due) -> None:
        """Also after the due date; that the score changed stays a fact."""
        row = one(target(goal, due), [start, cell("2026-Q2", 5.0, current=True)])
        assert all(math.isnan(row[name]) for name in ("progress", "planned_change", "probability_change"))
        assert row["change"] == 5

    def test_the_zero_measurement_itself_knows_only_the_way_ahead(self, one, cell) -> None:
        """20 points in the 180 days from the report on, not 361 since that wave; and what a second wave can show."""
        row = one(target(), [cell("2025-Q4", 0.0, zero=True, current=True)])
        unknown = [name for name in SINCE_ZERO if name != "smallest_change"]
        assert all(math.isnan(row[name]) for name in unknown)
        assert row["required_pace"] == pytest.approx(20 / 180 * 91.3125)
        assert row["smallest_change"] > 0

    def test_without_a_zero_measurement_the_pace_is_known(self, one, cell) -> None:
        """It rests on the score now alone."""
        row = one(target(), [cell("2026-Q2", 5.0, current=True)])
        assert row["required_pace"] == pytest.approx(15 / 180 * 91.3125)
        assert all(math.isnan(row[name]) for name in SINCE_ZERO)

    def test_without_answers_now_nothing_is_known_but_what_could_be_shown(self, one, start, cell) -> None:
        """Neither a missing row nor one without answers is a score of 0."""
        for rows in ([start], [start, cell("2026-Q2", math.nan, n=0, current=True)]):
            row = one(target(), rows)
            names = ["required_pace", *SINCE_ZERO[:-1]]
            assert all(math.isnan(row[name]) for name in names)
            assert row["smallest_change"] > 0

    def test_the_smallest_change_is_that_of_both_waves(self, one, scored) -> None:
        """Of 100 answers then and 400 now it is less than of 100 and 100, as helpers.inference.sample_size counts."""
        then = scored("2025-Q4", 31, 50, 19, zero=True)
        few, many = (
            one(target(60), [then, scored("2026-Q2", *now, current=True)])["smallest_change"]
            for now in ((31, 50, 19), (124, 200, 76))
        )
        assert few == pytest.approx(27.92, abs=0.005)
        assert many < few

    def test_few_promoters_are_judged_by_the_interval_that_is_printed(self, one, scored, start) -> None:
        """20 of 20 promoters against +90 after the due date: 0.848; by the shrunken centre it would be 0.36."""
        row = one(target(90, PASSED), [start, scored("2026-Q2", 20, 0, 0, current=True)])
        assert (row["verdict"], round(row["probability"], 3)) == ("probably_achieved", 0.848)

    def test_the_columns_are_all_there_without_targets(self, params, start) -> None:
        """The tables and the plan of what is shown rest on them."""
        given = params()
        table = versus_actuals(pd.DataFrame([start]), metrics(given), params=given, as_of=NOW)
        assert list(table.columns) == COLUMNS
        assert {*SINCE_ZERO, "required_pace"} <= set(COLUMNS)


class TestHidden:
    """No number that rests on the zero measurement and the score now is shown unless both are."""

    @pytest.fixture
    def shown(self, params, cell):
        """Return what shows a target, with so many answers at the zero measurement and now."""

        def of(then: int, now: int, due: str = LATER):
            given = params(target(due=due))
            scores = pd.DataFrame([
                cell("2025-Q4", 0.0, zero=True, n=then), cell("2026-Q2", 5.0, current=True, n=now),
            ])  # fmt: skip
            table = versus_actuals(scores, metrics(given), params=given, as_of=NOW)
            plan = publication_plan(Declared(scores), rules={"customer": Rules(5, 5)})
            return protect(table, plan, cells=TARGET_CELLS).iloc[0]

        return of

    @pytest.mark.parametrize("due", [LATER, PASSED])
    def test_a_hidden_zero_measurement_hides_what_gives_it_away(self, shown, due) -> None:
        """Target, score now and progress are an equation with one unknown; so are score and change, target and plan."""
        row = shown(4, 50, due)
        assert row[["baseline", "baseline_n", *SINCE_ZERO]].isna().all()
        assert (row["actual"], row["gap"]) == (5, -15)
        assert pd.isna(row["required_pace"]) == (due == PASSED)

    @pytest.mark.parametrize("due", [LATER, PASSED])
    def test_a_hidden_score_hides_what_gives_it_away(self, shown, due) -> None:
        """The pace too: with target and day it is the score."""
        row = shown(50, 4, due)
        assert row[["actual", "n", "gap", "probability", "verdict", "required_pace", *SINCE_ZERO]].isna().all()
        assert row["baseline"] == 0

    def test_shown_is_shown(self, shown) -> None:
        """With enough answers at both."""
        assert shown(5, 5)[[*SINCE_ZERO, "required_pace", "verdict"]].notna().all()

    def test_every_number_that_is_made_of_a_score_is_in_the_plan(self) -> None:
        """A column that nobody thought of would be shown: each is a promise, a name, or hidden with its score."""
        open_to_all = {
            "target_id", "metric", "label", "scope", "unit_of_score", "high_is_good", "baseline_id", "baseline_period",
            "baseline_date", "target", "due", "owner", "owner_missing", "goal", "review", "actual_id", "actual_period",
            "measured_on", "path_id", "due_passed",
        }  # fmt: skip
        covered = {name for names in TARGET_CELLS.values() for name in names}
        assert set(COLUMNS) == open_to_all | covered
        assert not open_to_all & covered
