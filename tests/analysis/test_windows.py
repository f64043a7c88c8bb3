"""Which period each metric is read from: now, at the zero measurement, and between."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.analysis.strays import strays
from helpers.analysis.windows import default_period, labelled, windows
from helpers.errors import DataError
from helpers.params.metrics import metrics
from helpers.periods import Period


def dated(*days: str | None) -> pd.DataFrame:
    """Return responses of which only the dates matter."""
    return pd.DataFrame({"source": "contact", "date": pd.to_datetime(list(days))})


def quarter(frame: pd.DataFrame, **options: dt.date) -> str:
    """Return the default quarter of a calendar year."""
    return str(default_period(frame[~strays(frame)], rhythm="quarter", fiscal_year_start=1, **options))


class TestDefaultPeriod:
    """The last period that the answers complete."""

    @pytest.mark.parametrize(
        ("last", "period"),
        [
            ("2026-09-30", "2026-Q3"),
            ("2026-09-21", "2026-Q3"),  # 82 of the 91 days after 1 July: nine tenths are 81.9
            ("2026-09-20", "2026-Q2"),  # 81 days
            ("2026-07-01", "2026-Q2"),
        ],
    )
    def test_answers_must_reach_into_the_last_tenth(self, last: str, period: str) -> None:
        """A quarter that has only just begun does not become the report's."""
        assert period == quarter(dated("2026-05-05", last))

    def test_without_answers_in_the_period_before_it_the_last_one_is_taken(self) -> None:
        """Never a period without any answers, however early the last answer falls."""
        assert quarter(dated("2026-07-01")) == "2026-Q3"
        assert quarter(dated("2025-12-31", "2026-07-01")) == "2026-Q3"

    def test_answers_after_the_last_day_do_not_count(self) -> None:
        """With --as-of in spring, the report is not on summer."""
        frame = dated("2026-03-31", "2026-06-30", "2026-09-30")
        assert quarter(frame, as_of=dt.date(2026, 6, 30)) == "2026-Q2"
        assert quarter(frame, as_of=dt.date(2026, 6, 29)) == "2026-Q1"

    def test_no_answer_that_counts_is_said_in_words(self) -> None:
        """Not a stack trace of a missing date."""
        with pytest.raises(DataError) as caught:
            quarter(dated("2026-03-31"), as_of=dt.date(2025, 12, 31))
        assert str(caught.value) == "No answers are dated on or before 2025-12-31; choose a later --as-of."

    def test_the_rhythm_and_the_fiscal_year_decide_what_a_period_is(self) -> None:
        """28 March 2027 completes fiscal 2026, which begins in April, and is in the last tenth of its month."""
        frame = dated("2026-04-02", "2027-03-28")
        found = [
            str(default_period(frame, rhythm=rhythm, fiscal_year_start=4))
            for rhythm in ("month", "quarter", "half-year", "year")
        ]
        assert found == ["2027-03", "2026-Q4", "2026-H2", "2026"]

    def test_rows_without_a_date_are_passed_over(self) -> None:
        """They belong to no period."""
        assert quarter(dated(None, "2026-06-30")) == "2026-Q2"

    @pytest.mark.parametrize(
        ("far", "period"),
        [
            (["2062-06-30"], "2026-Q2"),
            (["2027-07-01"] * 3, "2026-Q2"),  # 366 days after 30 June 2026 is 1 July 2027: no more than that
            (["2027-07-02"] * 3, "2026-Q2"),
            (["2062-06-30"] * 5, "2026-Q2"),
            (["2062-06-30"] * 6, "2062-Q2"),  # 6 of 306 is more than 5 and more than 1 %
            (["2035-06-30", "2036-06-30"], "2026-Q2"),
        ],
    )
    def test_a_date_years_after_all_others_does_not_set_the_period(self, far: list[str], period: str) -> None:
        """A few answers, more than a year after the one before them, on one island or on several: typing errors."""
        found = quarter(dated(*["2026-06-30"] * 300, *far))
        assert found == ("2027-Q3" if far[0] == "2027-07-01" else period)

    def test_a_tail_of_many_answers_is_a_wave(self) -> None:
        """25 of ten thousand may be errors, 26 are not; and of a handful of answers each counts."""
        assert quarter(dated(*["2026-06-30"] * 10_000, *["2030-06-30"] * 25)) == "2026-Q2"
        assert quarter(dated(*["2026-06-30"] * 10_000, *["2030-06-30"] * 26)) == "2030-Q2"
        assert quarter(dated(*["2026-06-30"] * 10, "2030-06-30")) == "2026-Q2"
        assert quarter(dated(*["2026-06-30"] * 9, "2030-06-30")) == "2030-Q2"
        assert quarter(dated(*["2026-03-31"] * 40, *["2036-03-01"] * 3)) == "2026-Q1"

    def test_a_new_survey_is_no_tail_of_an_older_one(self) -> None:
        """Each survey is looked at by itself: ten employees in 2030 after a thousand customers in 2026."""
        frame = pd.concat([dated(*["2026-06-30"] * 1000), dated(*["2030-06-30"] * 10).assign(source="staff")])
        assert quarter(frame.reset_index(drop=True)) == "2030-Q2"

    @given(
        st.lists(st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31)), min_size=1, max_size=8),
        st.sampled_from(["month", "quarter", "half-year", "year"]),
        st.integers(1, 12),
    )
    def test_the_default_period_always_has_answers(self, days: list[dt.date], rhythm: str, start: int) -> None:
        """And it is the last one with answers or the one before it."""
        frame = dated(*map(str, days))
        found = default_period(frame, rhythm=rhythm, fiscal_year_start=start)
        last = Period.containing(max(days), rhythm, fiscal_year_start=start)
        assert any(day in found for day in days)
        assert found in (last, last.shifted(-1))


class TestLabelled:
    """The answers that count, each with its period."""

    def test_answers_after_the_last_day_and_without_a_day_are_left_out(self) -> None:
        """The last day itself counts."""
        frame = pd.DataFrame({"date": pd.to_datetime(["2026-06-30", "2026-07-01", "2026-07-02", None])})
        found = labelled(frame, rhythm="quarter", fiscal_year_start=1, as_of=dt.date(2026, 7, 1))
        assert found["period"].tolist() == ["2026-Q2", "2026-Q3"]

    def test_a_fiscal_year_has_quarters_of_its_own(self) -> None:
        """With a year that begins in April, the 1st of July opens the second quarter."""
        found = labelled(
            dated("2026-06-30", "2026-07-01", "2027-03-31"),
            rhythm="quarter",
            fiscal_year_start=4,
            as_of=dt.date(2027, 12, 31),
        )
        assert found["period"].tolist() == ["2026-Q1", "2026-Q2", "2026-Q4"]

    def test_the_responses_do_not_change(self) -> None:
        """Frame in, new frame out."""
        frame = dated("2026-06-30")
        before = frame.copy(deep=True)
        labelled(frame, rhythm="quarter", fiscal_year_start=1, as_of=dt.date(2026, 7, 1))
        pd.testing.assert_frame_equal(before, frame)


class TestWindows:
    """Per metric its periods, and which of them is the zero measurement and which is now."""

    @pytest.fixture
    def found(self, params, answers):
        """Return what lists the windows of a metric as 'period', with 0 for zero and ! for current."""

        def listed(days, more="", *, key="nps.customer.transactional", period="2026-Q3", as_of="2026-12-31", rows=()):
            given_params = params(more)
            contacts = [{"source": "contact", "date": day, "measure.nps": 9} for day in days]
            frame = labelled(
                answers([*contacts, *rows]),
                rhythm=given_params.reporting_period,
                fiscal_year_start=given_params.fiscal_year_start,
                as_of=dt.date.fromisoformat(as_of),
            )
            table = windows(frame, metrics(given_params), params=given_params, period=given_params.period(period))
            own = table[table["metric"] == key]
            marks = zip(own["period"], own["zero"], own["current"], strict=True)
            return [f"{name}{'0' * zero}{'!' * current}" for name, zero, current in marks]

        return listed

    def test_the_first_is_the_zero_measurement_and_the_reports_period_is_now(self, found) -> None:
        """In order of time, whatever the order of the rows."""
        assert found(["2026-08-01", "2025-11-01", "2026-05-01"]) == ["2025-Q40", "2026-Q2", "2026-Q3!"]

    def test_one_period_is_both(self, found) -> None:
        """A first report is its own zero measurement."""
        assert found(["2026-08-01"]) == ["2026-Q30!"]

    def test_later_periods_are_left_out(self, found) -> None:
        """A report on spring knows nothing of summer, although the file does."""
        assert found(["2026-02-01", "2026-05-01", "2026-08-01"], period="2026-Q2") == ["2026-Q10", "2026-Q2!"]

    @pytest.mark.parametrize(("wave", "months"), [("2025-Q2", "15 months"), ("2026-Q1", "6 months")])
    def test_an_older_wave_heads_the_report_while_it_is_valid(self, found, wave: str, months: str) -> None:
        """It ends at most wave_valid_for before the report does: June 2025 is 15 months before September 2026."""
        day = {"2025-Q2": "2025-05-05", "2026-Q1": "2026-03-03"}[wave]
        assert found([day], f"wave_valid_for: {months}") == [f"{wave}0!"]

    @pytest.mark.parametrize(("day", "months"), [("2025-03-31", "15 months"), ("2025-05-05", "14 months")])
    def test_after_that_there_is_no_score_now(self, found, day: str, months: str) -> None:
        """The wave is still the zero measurement."""
        assert [mark[-1] for mark in found([day], f"wave_valid_for: {months}")] == ["0"]

    def test_only_answers_to_the_question_make_a_period(self, found) -> None:
        """A quarter in which everybody skipped it, or only employees answered, is none of its periods."""
        rows = [
            {"source": "contact", "date": "2026-02-01", "measure.nps": None, "measure.effort": 3},
            {"source": "staff", "date": "2026-05-01", "measure.enps": 9},
        ]
        assert found(["2026-08-01"], rows=rows) == ["2026-Q30!"]
        effort = found(["2026-08-01"], rows=rows, key="effort.customer.transactional")
        assert effort == ["2026-Q10!"]

    def test_a_metric_without_answers_has_no_row(self, found) -> None:
        """Nothing is printed for it."""
        assert found(["2026-08-01"], key="enps") == []

    def test_a_declared_zero_measurement_wins(self, found) -> None:
        """The first answers may be a trial."""
        days = ["2025-11-01", "2026-02-01", "2026-08-01"]
        assert found(days, "zero_measurement: {period: 2026-Q1}") == ["2025-Q4", "2026-Q10", "2026-Q3!"]

    @pytest.mark.parametrize("period", ["2026-02", "2026-Q1", "2026-H1"])
    def test_it_may_be_written_in_a_finer_or_a_wider_period(self, found, period: str) -> None:
        """A month lies in its quarter; of a half-year the first quarter measured counts."""
        days = ["2025-11-01", "2026-02-01", "2026-05-01", "2026-08-01"]
        declared = f"zero_measurement: {{period: {period}}}"
        assert found(days, declared) == ["2025-Q4", "2026-Q10", "2026-Q2", "2026-Q3!"]

    def test_a_metric_not_measured_then_starts_from_its_own_first_period(self, found) -> None:
        """One declared period serves all surveys, though one of them began later."""
        assert found(["2026-02-01", "2026-08-01"], "zero_measurement: {period: 2024-Q4}")[0] == "2026-Q10"

    def test_without_a_declared_one_the_earliest_baseline_counts(self, found) -> None:
        """Of the targets on this metric, not on another."""
        days = ["2025-05-01", "2025-08-01", "2025-11-01", "2026-08-01"]
        target = "  - {{metric: {}, baseline: {}, target: 4, due: 2027-06-30, owner: Me{}}}\n"
        scope = ", scope: {product: Gas}"
        targets = "targets:\n" + "".join(
            target.format(*each)
            for each in (("nps", "2025-Q4", ""), ("nps", "2025-Q3", scope), ("effort", "2025-Q2", ""))
        )
        assert found(days, targets) == ["2025-Q2", "2025-Q30", "2025-Q4", "2026-Q3!"]

    def test_a_period_after_the_report_is_never_its_zero_measurement(self, found) -> None:
        """A report on an earlier period starts from what had been measured by then."""
        days = ["2026-02-01", "2026-08-01"]
        declared = "zero_measurement: {period: 2026-Q3}"
        assert found(days, declared, period="2026-Q1") == ["2026-Q10!"]

    def test_a_fiscal_calendar_names_the_periods(self, found) -> None:
        """A year that begins in July calls August the first quarter."""
        more = "fiscal_year_start: 7\nzero_measurement: {period: 2025-Q2}"
        days = ["2025-08-01", "2025-11-01", "2026-08-01"]
        assert found(days, more, period="2026-Q1") == ["2025-Q1", "2025-Q20", "2026-Q1!"]

    def test_first_and_last_are_the_days_of_the_period(self, params, answers) -> None:
        """Not of its answers."""
        frame = labelled(
            answers([{"source": "contact", "date": "2026-08-01", "measure.nps": 9}]),
            rhythm="quarter",
            fiscal_year_start=1,
            as_of=dt.date(2026, 9, 30),
        )
        table = windows(frame, metrics(params()), params=params(), period=Period.parse("2026-Q3"))
        assert table[["first", "last"]].to_numpy().tolist() == [[dt.date(2026, 7, 1), dt.date(2026, 9, 30)]]

    def test_no_answers_give_an_empty_table_with_its_columns(self, params, answers) -> None:
        """What follows reads the columns."""
        frame = labelled(answers([]), rhythm="quarter", fiscal_year_start=1, as_of=dt.date(2026, 9, 30))
        table = windows(frame, metrics(params()), params=params(), period=Period.parse("2026-Q3"))
        assert table.empty
        assert list(table.columns) == ["metric", "period", "first", "last", "zero", "current"]
