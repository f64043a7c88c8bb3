"""The straight line of a target in calendar days, the part of it that is covered, and the pace that is left."""

import datetime as dt
import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.errors import DataError
from helpers.inference import targets

LINE = {
    "baseline": 5.0, "baseline_date": dt.date(2026, 3, 1), "target": 20.0, "due": dt.date(2027, 3, 1),
}  # fmt: skip
POINTS = st.integers(-1000, 1000).map(lambda tenths: tenths / 10)
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31))


class TestGlidePath:
    """Where the line stands on a day."""

    @pytest.mark.parametrize(
        ("day", "path"),
        [
            (dt.date(2026, 1, 1), 5),
            (dt.date(2026, 3, 1), 5),
            (dt.date(2026, 9, 1), 12.56164384),
            (dt.date(2027, 3, 1), 20),
            (dt.date(2027, 6, 1), 20),
        ],
    )
    def test_the_path_is_a_straight_line_in_calendar_days(self, day, path) -> None:
        """Case target-01: 184 of 365 days give 5 + 15 · 184 / 365; before and after it the ends hold."""
        assert targets.glide_path(day, **LINE).item() == pytest.approx(path)

    def test_columns_in_a_column_out(self) -> None:
        """Rows of any kind of day keep the index of what came in: half of 10 days, half of 20."""
        table = pd.DataFrame(
            {
                "day": pd.to_datetime(["2026-01-06", "2026-01-11"]), "start": [dt.date(2026, 1, 1)] * 2,
                "due": [dt.date(2026, 1, 11), dt.date(2026, 1, 21)], "zero": [0.0, 10.0],
            }, index=["a", "b"],
        )  # fmt: skip
        before = table.copy(deep=True)
        path = targets.glide_path(
            table["day"], baseline=table["zero"], baseline_date=table["start"], target=20, due=table["due"]
        )
        assert path.to_dict() == {"a": 10.0, "b": 15.0}
        pd.testing.assert_frame_equal(table, before)

    def test_without_a_zero_measurement_there_is_only_the_target(self) -> None:
        """Where nobody answered no line can be drawn; from the due date on none is needed."""
        path = targets.glide_path([dt.date(2026, 9, 1), dt.date(2027, 3, 1)], **LINE | {"baseline": math.nan})
        assert math.isnan(path[0])
        assert path[1] == 20

    @pytest.mark.parametrize("due", [dt.date(2026, 3, 1), dt.date(2026, 2, 28)])
    def test_a_target_due_on_or_before_its_zero_measurement_is_refused(self, due) -> None:
        """There is no day on which it could be worked at."""
        with pytest.raises(DataError) as refused:
            targets.glide_path(dt.date(2026, 4, 1), **LINE | {"due": due})
        assert str(refused.value) == (
            f"due, row 0: {due} is not after 2026-03-01, the day of the zero measurement. A target is due after it; "
            "correct one of the two."
        )

    def test_every_day_that_is_none_is_named(self) -> None:
        """All at once: a text, and a missing day."""
        with pytest.raises(DataError) as refused:
            targets.glide_path(["2026-04-01", dt.date(2026, 4, 1)], **LINE | {"due": None})
        assert refused.value.messages == (
            "day, row 0: '2026-04-01' is no day. Give dates; a text has to be read first.",
            "due: a day is missing. Give dates; fill it in.",
        )

    def test_a_target_must_be_a_number(self) -> None:
        """A promise without a number is none."""
        with pytest.raises(DataError, match=r"^target: a number is missing\. A number is finite; correct it\.$"):
            targets.glide_path(dt.date(2026, 4, 1), **LINE | {"target": math.nan})

    @given(days=st.lists(DAYS, min_size=2, max_size=6), target=POINTS)
    def test_the_path_never_turns_back(self, days, target) -> None:
        """From day to day it comes closer to the target, or stays; never before the baseline, never beyond."""
        path = targets.glide_path(sorted(days), **LINE | {"target": target})
        away = (target - path).abs()
        assert (away.diff().dropna() <= 1e-9).all()
        assert path.between(min(5, target) - 1e-9, max(5, target) + 1e-9).all()


class TestProgress:
    """The part of the way that is covered."""

    @pytest.mark.parametrize(
        ("actual", "covered"),
        # from 0 to 20
        [(0, 0.0), (5, 0.25), (20, 1.0), (25, 1.25), (-5, -0.25)],
    )
    def test_it_is_a_share_of_the_way_that_may_be_negative_or_more_than_all(self, actual, covered) -> None:
        """Back from the baseline is below 0, beyond the target above 1."""
        assert targets.progress(actual, baseline=0, target=20).item() == covered

    def test_where_low_is_good_it_is_the_same_share(self) -> None:
        """Effort from 3 to 2: 2.5 is half of the way."""
        assert targets.progress(2.5, baseline=3, target=2).item() == 0.5

    def test_a_target_that_is_the_baseline_leaves_no_way(self) -> None:
        """0 / 0 and 5 / 0 are both undefined."""
        assert targets.progress([10, 15], baseline=10, target=10).isna().all()

    def test_a_way_that_is_rounding_is_no_way(self) -> None:
        """100 · 0.29 is 28.999999999999996; its target of 29 is where it stands."""
        assert targets.progress(35, baseline=100 * 0.29, target=29).isna().all()

    def test_without_a_score_there_is_none(self) -> None:
        """At the zero measurement, or now."""
        found = targets.progress([None, 1.0], baseline=[0.0, None], target=20)
        assert found.isna().all()

    @given(baseline=POINTS, target=POINTS, actual=POINTS)
    def test_it_is_0_at_the_baseline_1_at_the_target_and_turns_with_the_scale(self, baseline, target, actual) -> None:
        """And promoters for detractors, all signs turned, gives the same share."""
        if baseline == target:
            return
        found = targets.progress([baseline, target, actual], baseline=baseline, target=target)
        assert found[:2].tolist() == [0.0, 1.0]
        mirrored = targets.progress(-actual, baseline=-baseline, target=-target)
        assert found[2] == pytest.approx(mirrored.item(), rel=1e-12)

    def test_faults_of_all_columns_are_named(self) -> None:
        """Columns of different lengths do not belong together."""
        with pytest.raises(DataError) as refused:
            targets.progress([1, 2, 3], baseline=[0, 0], target=20)
        assert str(refused.value).startswith("Columns of different lengths: actual has 3, baseline has 2. Give columns")


class TestRequiredPace:
    """How fast it must go on."""

    def test_it_is_points_per_quarter(self) -> None:
        """12 points in 273 days are 12 / 273 · 91.3125 = 4.0137 per quarter."""
        pace = targets.required_pace(8, target=20, day=dt.date(2026, 9, 30), due=dt.date(2027, 6, 30))
        assert pace.item() == pytest.approx(12 / 273 * 365.25 / 4, rel=1e-12)

    def test_a_year_is_four_quarters(self) -> None:
        """Over 1461 days, of which each fourth is a leap year: 16 points are one per quarter."""
        pace = targets.required_pace(0, target=16, day=dt.date(2025, 1, 1), due=dt.date(2029, 1, 1))
        assert pace.item() == pytest.approx(1.0, rel=1e-12)

    def test_from_the_due_date_on_there_is_none(self) -> None:
        """On the day itself nothing can be gained any more."""
        days = [dt.date(2026, 6, 29), dt.date(2026, 6, 30), dt.date(2026, 7, 1)]
        assert targets.required_pace(8, target=20, day=days, due=dt.date(2026, 6, 30)).isna().tolist() == [
            False, True, True,
        ]  # fmt: skip

    def test_beyond_the_target_it_turns_its_sign(self) -> None:
        """Where low is good it is what must be lost: −0.5 in half a quarter is −1 per quarter."""
        day, due = dt.date(2026, 1, 1), dt.date(2026, 1, 1) + dt.timedelta(days=45)
        assert targets.required_pace(2.5, target=2, day=day, due=due).item() == pytest.approx(-0.5 / 45 * 91.3125)
        assert targets.required_pace(math.nan, target=2, day=day, due=due).isna().all()
