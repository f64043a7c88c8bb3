"""Targets versus actuals: the gap, the glide path, the probability and the word for it."""

from __future__ import annotations

import datetime as dt
import math

import pandas as pd
import pytest

from helpers.analysis.targets import drawn_paths, glide_paths, versus_actuals
from helpers.params.metrics import metrics

GAS = {"product": "Gas"}
ZERO, NOW = dt.date(2025, 12, 31), dt.date(2026, 6, 30)
DUE_LATER, DUE_NOW = "2026-12-27", "2026-06-30"
"""The path runs 361 days from 2025-12-31 to 2026-12-27; on 2026-06-30 half of it has passed, 181 / 361 days."""


def targets_of(*rows: str) -> str:
    """Return targets for the params, each from 0 at 2025-Q4 unless it says otherwise."""
    return "targets:\n" + "".join(f"  - {{{row}}}\n" for row in rows)


def target(due: str = DUE_LATER, goal: float = 20, more: str = "", *, baseline: str = "2025-Q4") -> str:
    """Return one target on the NPS."""
    return f"metric: nps, baseline: {baseline}, target: {goal}, due: {due}, owner: Me{more}"


@pytest.fixture
def compared(params):
    """Return what compares targets with scores."""

    def of(targets, rows, *, as_of=NOW):
        given_params = params(targets_of(*targets))
        return versus_actuals(pd.DataFrame(rows), metrics(given_params), params=given_params, as_of=as_of)

    return of


@pytest.fixture
def one(compared):
    """Return what compares one target with scores, as a dict."""
    return lambda target, rows, **options: compared([target], rows, **options).to_dict("records")[0]


@pytest.fixture
def start(cell):
    """Return a baseline of 0."""
    return cell("2025-Q4", 0.0, zero=True)


WORDS = [
    # the true score is at or above the line with probability Φ(distance / 10)
    (17, "ahead", "achieved"),  # Φ(1.7) = 0.955
    (16, "probably_ahead", "probably_achieved"),  # Φ(1.6) = 0.945
    (9, "probably_ahead", "probably_achieved"),  # Φ(0.9) = 0.816
    (8, "on_course", "undecided"),  # Φ(0.8) = 0.788
    (0, "on_course", "undecided"),
    (-8, "on_course", "undecided"),
    (-9, "probably_behind", "probably_not_achieved"),
    (-16, "probably_behind", "probably_not_achieved"),
    (-17, "behind", "not_achieved"),
]


class TestVerdict:
    """Five words before the due date, five after it."""

    @pytest.mark.parametrize(("distance", "word"), [(distance, before) for distance, before, _ in WORDS])
    def test_before_the_due_date_the_score_is_held_against_the_path(self, one, start, cell, distance, word) -> None:
        """Of 20 points in 361 days the path has done 181: it stands at 10.03."""
        path = 181 * 20 / 361
        row = one(target(), [start, cell("2026-Q2", path + distance, current=True)])
        assert row["glide_path"] == pytest.approx(path)
        assert row["probability"] == pytest.approx((1 + math.erf(distance / 10 / math.sqrt(2))) / 2)
        assert (row["verdict"], row["due_passed"], row["caution"]) == (word, False, "")

    @pytest.mark.parametrize(("distance", "word"), [(distance, after) for distance, _, after in WORDS])
    def test_from_the_due_date_on_it_is_held_against_the_target(self, one, start, cell, distance, word) -> None:
        """The path plays no part any more."""
        row = one(target(DUE_NOW), [start, cell("2026-Q2", 20.0 + distance, current=True)])
        assert row["glide_path"] == 20
        assert (row["verdict"], row["due_passed"], row["path_id"]) == (word, True, "")

    def test_the_day_before_the_due_date_is_still_before_it(self, one, start, cell) -> None:
        """The due date itself has passed when the answers reach up to it."""
        rows = [start, cell("2026-Q2", 60.0, current=True)]
        assert [one(target(due), rows)["verdict"] for due in ("2026-06-30", "2026-07-01")] == ["achieved", "ahead"]

    @pytest.mark.domain("S37")
    def test_where_a_low_score_is_good_the_side_changes(self, params, cell) -> None:
        """Effort from 3.0 to 2.0; at 2.2 with the path at 2.5 it is ahead: Φ(0.3 / 0.1)."""
        effort = {"metric": "effort.customer.transactional", "unit_of_score": "scale", "high_is_good": False}
        rows = [
            cell("2025-Q4", 3.0, zero=True, **effort),
            cell("2026-Q2", 2.2, current=True, se=0.1, **effort),
        ]
        text = f"metric: effort, baseline: 2025-Q4, target: 2, due: {DUE_LATER}, owner: Me"
        given_params = params(targets_of(text))
        row = versus_actuals(pd.DataFrame(rows), metrics(given_params), params=given_params, as_of=NOW).iloc[0]
        assert row["glide_path"] == pytest.approx(3 - 181 / 361)
        assert (row["verdict"], round(row["gap"], 6)) == ("ahead", 0.2)
        assert row["probability"] == pytest.approx(0.9985, abs=1e-3)

    def test_the_interval_of_a_mean_is_students(self, one, start, cell) -> None:
        """With 2 degrees of freedom, a distance of 1.7 errors is P = 0.884, not 0.955."""
        row = one(target(DUE_NOW), [start, cell("2026-Q2", 37.0, current=True, df=2.0)])
        assert row["probability"] == pytest.approx(0.8844, abs=1e-4)
        assert row["verdict"] == "probably_achieved"

    def test_the_adjusted_centre_is_judged_and_the_raw_score_printed(self, one, start, cell) -> None:
        """A weighted or finite score has a centre and an error of its own: Φ((28 − 20) / 4) = 0.977."""
        row = one(target(DUE_NOW), [start, cell("2026-Q2", 30.0, current=True, centre=28.0, se=4.0)])
        assert (row["actual"], row["gap"]) == (30, 10)
        assert row["probability"] == pytest.approx(0.9772, abs=1e-4)

    def test_when_everybody_answered_there_is_no_doubt(self, one, start, cell) -> None:
        """A census has no error: 20 is achieved by 20, and not by 19.9."""
        for score, word in ((20.0, "achieved"), (19.9, "not_achieved")):
            row = one(target(DUE_NOW), [start, cell("2026-Q2", score, current=True, se=0.0)])
            assert row["verdict"] == word


class TestWhichDay:
    """The day on which a score is held against its path."""

    def test_an_older_wave_is_judged_on_its_own_last_day(self, one, start, cell) -> None:
        """In September the wave of June still stands where it stood in June, and is not late."""
        rows = [start, cell("2026-Q2", 10.0, current=True)]
        late, own = (one(target(), rows, as_of=day) for day in (dt.date(2026, 9, 30), NOW))
        assert (late["measured_on"], late["glide_path"], late["verdict"]) == (NOW, own["glide_path"], "on_course")
        assert one(target("2026-08-31"), rows, as_of=dt.date(2026, 9, 30))["due_passed"] is False

    def test_a_report_that_ends_halfway_a_period_is_judged_on_its_last_day(self, one, start, cell) -> None:
        """--as-of 2026-05-15 is 135 of the 361 days."""
        row = one(target(), [start, cell("2026-Q2", 10.0, current=True)], as_of=dt.date(2026, 5, 15))
        assert row["glide_path"] == pytest.approx(135 * 20 / 361)

    @pytest.mark.parametrize(
        ("baseline", "period", "from_day"),
        [
            ("2025-Q4", "2025-Q4", dt.date(2025, 12, 31)),
            ("2025-11", "2025-Q4", dt.date(2025, 11, 30)),  # a month within the quarter that was measured
            ("2025", "2025-Q3", dt.date(2025, 9, 30)),  # of a year the first quarter measured, from its last day
        ],
    )
    def test_the_path_starts_on_the_last_day_of_the_baseline(self, one, cell, baseline, period, from_day) -> None:
        """However fine or wide the baseline is written."""
        rows = [
            cell("2025-Q1", 99.0), cell("2025-Q3", 1.0), cell("2025-Q4", 2.0), cell("2026-Q2", 10.0, current=True),
        ]  # fmt: skip
        row = one(target(baseline=baseline), rows[1:])
        assert (row["baseline_period"], row["baseline_date"]) == (period, from_day)
        assert row["baseline"] == {"2025-Q4": 2, "2025-Q3": 1}[period]

    def test_a_fiscal_year_counts_its_own_quarters(self, params, cell) -> None:
        """2025-Q4 of a year that begins in April ends on 2026-03-31."""
        given_params = params("fiscal_year_start: 4\n" + targets_of(target()))
        rows = [
            cell("2026-Q1", 5.0, first=dt.date(2026, 1, 1), last=dt.date(2026, 3, 31)),
            cell("2026-Q2", 10.0, current=True),
        ]
        row = versus_actuals(pd.DataFrame(rows), metrics(given_params), params=given_params, as_of=NOW).iloc[0]
        assert (row["baseline"], row["baseline_date"]) == (5, dt.date(2026, 3, 31))


class TestCautions:
    """What cannot be judged gets no word, and says why."""

    def test_without_a_baseline_there_is_no_path(self, one, cell) -> None:
        """The gap is known, where it should have been by now is not."""
        row = one(target(), [cell("2026-Q2", 12.0, current=True)])
        assert (row["caution"], row["verdict"], row["gap"]) == ("no_baseline", "", -8)
        assert math.isnan(row["glide_path"])
        assert math.isnan(row["probability"])
        assert (row["baseline_period"], row["baseline_n"]) == ("2025-Q4", 0)

    def test_after_the_due_date_no_baseline_is_needed(self, one, cell) -> None:
        """The target itself is the line."""
        row = one(target(DUE_NOW), [cell("2026-Q2", 60.0, current=True)])
        assert (row["caution"], row["verdict"]) == ("", "achieved")

    @pytest.mark.parametrize("now", [[], [{"n": 0, "score": math.nan, "current": True}]])
    def test_without_answers_now_nothing_is_judged(self, one, start, cell, now) -> None:
        """Neither a missing row nor one without answers is a score of 0."""
        row = one(target(), [start, *(cell("2026-Q2", **each) for each in now)])
        assert (row["caution"], row["verdict"], row["n"]) == ("no_actual", "", 0)
        assert all(math.isnan(row[name]) for name in ("actual", "gap", "glide_path", "probability"))

    def test_a_group_that_never_answered_is_no_group(self, one, start, cell) -> None:
        """Other groups did: the scope of the target is probably misspelt."""
        rows = [start, cell("2026-Q2", 12.0, current=True)]
        row = one(target(more=", scope: {product: Gas}"), rows)
        assert (row["caution"], row["verdict"], row["n"]) == ("no_such_group", "", 0)
        silent = one(target(more=", scope: {product: Gas}"), [*rows, cell("2026-Q2", math.nan, n=0, scope=GAS)])
        assert silent["caution"] == "no_such_group"

    def test_the_baseline_itself_shows_no_progress(self, one, cell) -> None:
        """In the report on the zero measurement every score stands at the start of its path."""
        row = one(target(), [cell("2025-Q4", 0.0, zero=True, current=True)])
        assert (row["caution"], row["verdict"], row["gap"]) == ("first_measurement", "", -20)
        assert math.isnan(row["glide_path"])
        assert math.isnan(row["probability"])

    def test_the_first_measurement_is_not_late(self, one, cell) -> None:
        """It was taken before the due date, which has passed since without another one."""
        row = one(target("2026-03-31"), [cell("2025-Q4", 60.0, zero=True, current=True)])
        assert (row["caution"], row["verdict"], row["due_passed"]) == ("first_measurement", "", False)

    @pytest.mark.parametrize("goal", [0, -5])
    def test_a_target_that_asks_for_no_gain_cannot_be_judged_on_its_way(self, one, start, cell, goal: int) -> None:
        """A path that goes down, or nowhere, would call standing still 'ahead'; from the due date on it is judged."""
        rows = [start, cell("2026-Q2", 60.0, current=True)]
        before, after = one(target(goal=goal), rows), one(target(DUE_NOW, goal=goal), rows)
        assert (before["caution"], before["verdict"], before["gap"]) == ("target_not_better", "", 60 - goal)
        assert (after["caution"], after["verdict"]) == ("", "achieved")

    @pytest.mark.parametrize(("goal", "caution"), [(2, ""), (3, "target_not_better"), (4, "target_not_better")])
    def test_where_a_low_score_is_good_a_gain_is_less(self, params, cell, goal: int, caution: str) -> None:
        """Effort from 3 to 2 is a gain, to 4 it is not."""
        effort = {"metric": "effort.customer.transactional", "unit_of_score": "scale", "high_is_good": False}
        rows = [cell("2025-Q4", 3.0, zero=True, **effort), cell("2026-Q2", 2.2, current=True, se=0.1, **effort)]
        given_params = params(targets_of(target(goal=goal).replace("metric: nps", "metric: effort")))
        row = versus_actuals(pd.DataFrame(rows), metrics(given_params), params=given_params, as_of=NOW).iloc[0]
        assert row["caution"] == caution

    def test_a_baseline_without_answers_is_none(self, one, cell) -> None:
        """A group that nobody answered in has a row, with n = 0."""
        rows = [cell("2025-Q4", math.nan, n=0), cell("2026-Q2", 12.0, current=True)]
        assert one(target(), rows)["caution"] == "no_baseline"


class TestRows:
    """One row per target, in declared order."""

    @pytest.mark.domain("R03")
    def test_two_due_dates_on_one_group_are_milestones(self, compared, start, cell) -> None:
        """Each is judged by itself: the first has passed, the second is under way."""
        table = compared([target(DUE_NOW, 5), target(DUE_LATER, 60)], [start, cell("2026-Q2", 22.0, current=True)])
        # 22 against 5: Φ(1.7); 22 against 181 · 60 / 361 = 30.1: Φ(−0.81)
        assert table[["target_id", "target", "verdict"]].to_numpy().tolist() == [
            ["T01", 5, "achieved"], ["T02", 60, "on_course"],
        ]  # fmt: skip

    def test_a_target_is_about_its_own_group(self, compared, start, cell) -> None:
        """The score of the group, not that of the whole, whichever row stands first."""
        rows = [
            start, cell("2025-Q4", -40.0, scope=GAS), cell("2026-Q2", 90.0, current=True),
            cell("2026-Q2", -20.0, current=True, scope=GAS),
        ]  # fmt: skip
        row = compared([target(goal=0, more=", scope: {product: Gas}")], rows).iloc[0]
        assert (row["label"], row["baseline"], row["actual"]) == ("Gas", -40, -20)
        assert row["actual_id"] == "nps.customer.transactional[product=Gas]@2026-Q2"

    def test_a_unit_is_named_by_its_own_name(self, params, cell) -> None:
        """Its path tells which North it is."""
        text = "metric: enps, scope: {unit: [Service, North]}, baseline: 2025-Q4, target: 5, due: 2027-01-01, owner: Me"
        given_params = params(targets_of(text))
        scope = {"unit": "Service › North"}
        rows = [cell("2026-Q2", 7.0, current=True, metric="enps", scope=scope)]
        row = versus_actuals(pd.DataFrame(rows), metrics(given_params), params=given_params, as_of=NOW).iloc[0]
        assert (row["label"], row["scope"], row["actual"]) == ("North", scope, 7)

    @pytest.mark.domain("S18")
    @pytest.mark.parametrize(
        ("owner", "missing"),
        [("Ann, Bob", False), ("nog te benoemen", True), ("To be named", True), ("Ann, to be named", True)],
    )
    def test_an_owner_to_be_named_is_a_gap(self, one, start, cell, owner: str, missing: bool) -> None:
        """It is printed as written, and marked."""
        row = one(target().replace("owner: Me", f"owner: [{owner}]"), [start, cell("2026-Q2", current=True)])
        assert (row["owner"], row["owner_missing"]) == (owner, missing)

    def test_goal_and_review_are_carried_along(self, one, start, cell) -> None:
        """Empty when the params do not say."""
        rows = [start, cell("2026-Q2", current=True)]
        said = one(target(more=", goal: growth, review: 2026-09-01"), rows)
        assert (said["goal"], said["review"]) == ("growth", dt.date(2026, 9, 1))
        assert one(target(), rows)["goal"] == ""

    def test_without_targets_the_table_is_empty(self, params, start) -> None:
        """With its columns, which the report reads."""
        table = versus_actuals(pd.DataFrame([start]), metrics(params()), params=params(), as_of=NOW)
        assert table.empty
        assert {"verdict", "owner_missing", "metric", "label"} <= set(table.columns)

    def test_the_scores_do_not_change(self, compared, start, cell) -> None:
        """Frame in, new frame out."""
        rows = [start, cell("2026-Q2", current=True)]
        frame = pd.DataFrame(rows)
        before = frame.copy(deep=True)
        glide_paths(compared([target()], rows), frame)
        pd.testing.assert_frame_equal(before, frame)


class TestGlidePaths:
    """What a path is drawn with."""

    @pytest.fixture
    def rows(self, start, cell):
        """The baseline of the whole, one wave between, now; one wave before the baseline, and a group."""
        return [
            cell("2025-Q3", 50.0), start, cell("2026-Q1", 4.0), cell("2026-Q2", 11.0, current=True),
            cell("2026-Q2", 70.0, current=True, scope=GAS),
        ]  # fmt: skip

    def test_every_wave_from_the_baseline_on_is_a_point(self, compared, rows) -> None:
        """Of its own group, on the last day of its period, with its interval and n."""
        paths = glide_paths(compared([target()], rows), pd.DataFrame(rows))
        assert paths.drop(columns=["id", "unit_of_score"]).to_numpy().tolist() == [
            ["T01", dt.date(2025, 12, 31), 0, -20, 20, 100],
            ["T01", dt.date(2026, 3, 31), 4, -16, 24, 100],
            ["T01", dt.date(2026, 6, 30), 11, -9, 31, 100],
        ]

    def test_each_target_has_its_own(self, compared, rows) -> None:
        """Two milestones are two lines over the same points."""
        paths = glide_paths(compared([target(DUE_NOW), target()], rows), pd.DataFrame(rows))
        assert paths.groupby("target_id").size().to_dict() == {"T01": 3, "T02": 3}

    def test_a_target_without_any_wave_keeps_its_line(self, compared, cell) -> None:
        """From the params alone: where it should go, and nothing on the way."""
        rows = [cell("2026-Q2", 1.0, current=True)]
        table = compared([target(more=", scope: {product: Gas}")], rows)
        drawn = drawn_paths(table, glide_paths(table, pd.DataFrame(rows)))
        assert drawn[["target_id", "target"]].to_numpy().tolist() == [["T01", 20]]
        assert drawn[["date", "score", "n"]].isna().all(axis=None)

    def test_without_targets_there_is_nothing_to_draw(self, params, start) -> None:
        """Empty in, empty out."""
        table = versus_actuals(pd.DataFrame([start]), metrics(params()), params=params(), as_of=NOW)
        assert drawn_paths(table, glide_paths(table, pd.DataFrame([start]))).empty
