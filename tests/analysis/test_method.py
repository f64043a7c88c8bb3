"""How the figures were made: what is stated, what became of the rows, what is absent."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from helpers.analysis.method import HEADS, absent, accounted, rejected_by_reason, statement
from helpers.analysis.strays import early
from helpers.params.metrics import metrics

METHOD = """\
    method: {mode: online, population: all clients, sample: everyone, conducted_by: Bureau X, sponsor: Acme}
"""
STAFF_ONLY = """\
organisation: {name: Acme}
sources:
  staff:
    path: staff.csv
    audience: employee
    measurement: employee
    measures: {mood: {column: m, scale: 1-10}}
    columns: {date: day, weight: w}
"""


def account(**columns: list[object]) -> pd.DataFrame:
    """Return the counts of intake."""
    return pd.DataFrame({"source": ["contact", "staff"], "read": [9, 5], "used": [6, 5], "skipped": [2, 0], **columns})


class TestStatement:
    """The eleven heads of AAPOR, per survey."""

    @pytest.fixture
    def stated(self, params):
        """Return what the params state, by head and source."""

        def of(surveys=STAFF_ONLY + METHOD):
            given_params = params(surveys=surveys)
            days = dict.fromkeys(given_params.sources, (dt.date(2026, 1, 2), dt.date(2026, 3, 4)))
            return statement(given_params, intake=account(), dates=days)

        return of

    def test_each_survey_has_every_head(self, stated) -> None:
        """In the order of the code of April 2021."""
        table = stated()
        assert tuple(table["head"]) == HEADS
        assert len(HEADS) == 11

    def test_it_repeats_what_the_params_say_and_nothing_else(self, stated) -> None:
        """What is not said stays empty; a note of the client is not made up."""
        assert dict(zip(stated()["head"], stated()["stated"], strict=True)) == {
            "strategy": "", "sponsor_and_conductor": "Acme · Bureau X", "instruments": "", "population": "all clients",
            "sample": "everyone", "mode": "online", "dates": "", "sizes_and_precision": "", "weighting": "",
            "processing": "", "limits": "",
        }  # fmt: skip

    def test_it_carries_days_size_and_weights(self, stated) -> None:
        """The facts that the page itself puts in words."""
        row = stated().iloc[0]
        assert [row[name] for name in ("first", "last", "used", "weighted", "audience", "measurement")] == [
            dt.date(2026, 1, 2), dt.date(2026, 3, 4), 5, True, "employee", "employee",
        ]  # fmt: skip

    def test_the_questions_are_printed_as_asked(self, params) -> None:
        """Only those that the params word."""
        days = dict.fromkeys(("contact", "staff"), (None, None))
        table = statement(params(), intake=account(), dates=days)
        asked = table[table["head"] == "instruments"]
        stated = dict(zip(asked["source"], asked["stated"], strict=True))
        assert stated == {"contact": "Would you recommend us?", "staff": ""}


class TestAccounted:
    """What became of every row, for a report that counts answers up to a day."""

    ROWS = pd.DataFrame(
        {
            "source": ["contact"] * 4 + ["staff"],
            "date": pd.to_datetime(["2026-06-30", "2026-07-01", "2026-07-02", "2026-07-03", "2026-06-30"]),
            "measure.nps": [9, 9, None, 9, None],
            "measure.enps": [None, None, None, None, 3],
        }
    )

    NONE = pd.Series(False, index=ROWS.index)

    def test_later_rows_are_counted_apart(self, params) -> None:
        """Two answers and one skipped row after 30 June: 6 − 2 used, 2 − 1 skipped, 3 too late."""
        table = accounted(account(), self.ROWS, stray=self.NONE, as_of=dt.date(2026, 6, 30), params=params())
        assert table[["used", "skipped", "after_as_of"]].to_numpy().tolist() == [[4, 1, 3], [5, 0, 0]]

    def test_the_sum_stays_what_was_read(self, params) -> None:
        """Whichever day is the last."""
        for day in (1, 2, 3, 30):
            table = accounted(account(), self.ROWS, stray=self.NONE, as_of=dt.date(2026, 7, day), params=params())
            assert table[["used", "skipped", "after_as_of"]].sum(axis=1).tolist() == [8, 5]

    def test_answers_years_before_all_others_are_strays(self, params) -> None:
        """One of thirty, in 1970; with that year as the zero measurement it was meant, and counts."""
        days = pd.to_datetime(["1970-01-01", *["2026-03-30"] * 30])
        rows = pd.DataFrame({"source": "contact", "date": days, "measure.nps": 9.0})
        intake = pd.DataFrame({"source": ["contact"], "read": [31], "used": [31], "skipped": [0]})
        for more, counts in (("", [30, 0, 1, 0]), ("zero_measurement: {period: 1970-Q1}", [31, 0, 0, 0])):
            day = dt.date(2026, 3, 31)
            stray = early(rows, as_of=day, params=params(more))
            table = accounted(intake, rows, stray=stray, as_of=day, params=params(more))
            assert table[["used", "skipped", "stray", "after_as_of"]].to_numpy().tolist() == [counts]

    def test_neither_table_changes(self, params) -> None:
        """Frame in, new frame out."""
        intake, rows = account(), self.ROWS.copy(deep=True)
        accounted(intake, rows, stray=self.NONE, as_of=dt.date(2026, 6, 30), params=params())
        pd.testing.assert_frame_equal(account(), intake)
        pd.testing.assert_frame_equal(self.ROWS, rows)


class TestAbsent:
    """What the report cannot say for want of data."""

    def test_everything_there_is_nothing_absent(self, params) -> None:
        """Only the relational survey, the roadmap and the headcount are lacking here."""
        table = absent(metrics(params()), params(), has_targets=True)
        assert table.to_dict("list") == {
            "kind": ["absent"] * 3, "part": ["relational", "roadmap", "headcount"],
            "detail": ["relational", "roadmap", "headcount"], "n": [1, 1, 1],
        }  # fmt: skip

    def test_a_survey_of_employees_alone_lacks_the_rest(self, params) -> None:
        """A reason or a remark is what makes causes known; a headcount what makes response known."""
        bare = params(surveys=STAFF_ONLY)
        assert absent(metrics(bare), bare, has_targets=False)["part"].tolist() == [
            "transactional", "relational", "targets", "roadmap", "headcount", "causes",
        ]  # fmt: skip
        known = params(
            "tables: {headcount: h.csv}\nroadmap: {gates: {leader: Ann}}",
            surveys=STAFF_ONLY.replace("weight: w", "verbatim: v"),
        )
        assert absent(metrics(known), known, has_targets=True)["part"].tolist() == ["transactional", "relational"]


def test_rejected_values_are_counted_and_not_shown() -> None:
    """No row number and no value of a respondent gets on the page."""
    rejected = pd.DataFrame(
        {
            "source": ["b", "a", "b", "b"], "row": [2, 3, 4, 5], "column": ["Q", "Q", "Q", "day"],
            "found": ["11", "x", "12", "?"], "reason": ["off_scale", "not_a_number", "off_scale", "not_a_date"],
        }
    )  # fmt: skip
    assert rejected_by_reason(rejected).drop(columns="survey_id").to_dict("records") == [
        {"source": "a", "column": "Q", "reason": "not_a_number", "values": 1},
        {"source": "b", "column": "Q", "reason": "off_scale", "values": 2},
        {"source": "b", "column": "day", "reason": "not_a_date", "values": 1},
    ]
    assert rejected_by_reason(rejected.head(0)).empty
