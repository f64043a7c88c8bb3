"""Which answers each cell is made of: what the publication plan adds and subtracts."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.analysis.cells import PROTECTION, scored, scores
from helpers.analysis.windows import labelled, windows
from helpers.params.metrics import metrics

BY = "zero_measurement: {by: [product, process]}"
PATHS = ["Service › North", "Service › South", "Works › North", "Service"]
COUNTS = ["n", "promoters", "passives", "detractors"]


@pytest.fixture
def declared(params, answers):
    """Return what declares the cells of rows or responses, with everything below the params given."""

    def of(rows, more="", *, also=(), only_scores=False):
        given_params = params(more)
        period = given_params.period("2026-Q3")
        responses = rows if isinstance(rows, pd.DataFrame) else answers(rows)
        frame = labelled(responses, rhythm="quarter", fiscal_year_start=1, as_of=period.last)
        measured = metrics(given_params)
        periods = windows(frame, measured, params=given_params, period=period)
        if only_scores:
            return scores(frame, measured, periods, params=given_params)
        return scored(frame, measured, periods, params=given_params, also=also)

    return of


def added_up(found) -> pd.DataFrame:
    """Add up the atoms of every cell."""
    parts = found.members.join(found.atoms, on="atom")
    return parts.groupby("cell")[COUNTS].sum().reindex(range(len(found.table)), fill_value=0)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["2026-02-01", "2026-05-01", "2026-08-01"]), st.sampled_from([*PATHS, None]),
            st.none() | st.integers(0, 10), st.sampled_from(["Power", "Gas", None]),
            st.sampled_from(["Sales", "Billing", None]), st.booleans(),
        ),
        min_size=1, max_size=25,
    )
)  # fmt: skip
def test_the_atoms_of_a_cell_add_up_to_its_answers(declared, rows) -> None:
    """The law: every count of every cell, of both surveys and all periods, is the sum over its atoms."""
    made = [
        {"source": "staff", "date": day, "unit": unit, "measure.enps": score}
        if employee
        else {"source": "contact", "date": day, "dimension.product": product, "dimension.process": process,
              "measure.nps": score}
        for day, unit, score, product, process, employee in rows
    ]  # fmt: skip
    if all(score is None for _day, _unit, score, *_rest in rows):
        return
    found = declared(made, BY)
    nps = found.table["unit_of_score"].eq("points")
    pd.testing.assert_frame_equal(
        added_up(found)[nps].reset_index(drop=True),
        found.table.loc[nps, COUNTS].astype("float64").reset_index(drop=True),
        check_names=False, check_dtype=False,
    )  # fmt: skip
    assert found.atoms["n"].gt(0).all()
    assert not found.members.duplicated().any()


def test_atoms_are_the_answers_that_no_cell_separates(declared, contacts) -> None:
    """Two of Power · Sales, one of Gas · Sales and one without a process; the skipped one is in none."""
    rows = contacts("2026-08-01", [9, 3], product="Power", process="Sales")
    rows += contacts("2026-08-01", [8], product="Gas", process="Sales") + contacts("2026-08-01", [10], product="Gas")
    found = declared(rows + contacts("2026-08-01", [None], product="Heat", process="Sales"), BY)
    assert found.atoms[COUNTS].to_numpy().tolist() == [[2, 1, 0, 1], [1, 0, 1, 0], [1, 1, 0, 0]]
    cells = found.table["scope"].map(lambda scope: tuple(scope.values())).to_dict()
    members = {cells[cell]: own["atom"].tolist() for cell, own in found.members.groupby("cell")}
    assert members == {
        (): [0, 1, 2], ("Power",): [0], ("Gas",): [1, 2], ("Sales",): [0, 1], ("Power", "Sales"): [0],
        ("Gas", "Sales"): [1],
    }  # fmt: skip


def test_answers_of_two_periods_or_measures_are_never_one_atom(declared, contacts) -> None:
    """Each has atoms of its own, and of another measure than an NPS nobody has a band."""
    rows = [row | {"measure.effort": 2} for day in ("2026-02-01", "2026-08-01") for row in contacts(day, [9])]
    found = declared(rows)
    assert found.members.to_numpy().tolist() == [[0, 0], [1, 1], [2, 2], [3, 3]]
    assert found.atoms["promoters"].tolist()[:2] == [1, 1]
    assert found.atoms[COUNTS[1:]].iloc[2:].isna().all(axis=None)


class TestRespondents:
    """How many different people there are behind the answers of a cell."""

    def test_who_answers_twice_is_one_person(self, declared, answers, staff) -> None:
        """Ann answers in North and in South, and again in South: each unit has her once, and so has the whole."""
        rows = staff("2026-08-01", "North", [9, 8]) + staff("2026-08-01", "South", [3, 9, 10])
        frame = answers(rows).assign(employee_key=["1", "2", "1", "1", None])
        table = declared(frame).table
        found = {row["label"]: (row["n"], row["respondents"]) for row in table.to_dict("records")}
        assert found == {"": (5, 3), "North": (2, 2), "South": (3, 2)}

    def test_another_period_is_another_answer(self, declared, answers, staff) -> None:
        """Who answers in two waves is one person in each."""
        rows = staff("2026-02-01", "North", [9, 9]) + staff("2026-08-01", "North", [9, 8])
        frame = answers(rows).assign(employee_key=["1", "1", "1", "2"])
        assert declared(frame).table["respondents"].tolist() == [1, 1, 2, 2]

    def test_a_skipped_question_is_no_answer(self, declared, answers, staff) -> None:
        """Who skipped it once and answered it once gave one answer."""
        frame = answers(staff("2026-08-01", "North", [None, 8])).assign(employee_key=["1", "1"])
        assert declared(frame).table["respondents"].tolist() == [1, 1]

    def test_without_keys_every_answer_is_a_person(self, declared, staff) -> None:
        """Nobody can say otherwise."""
        table = declared(staff("2026-08-01", "North", [9, 8, 8])).table
        assert table["respondents"].tolist() == table["n"].tolist() == [3, 3]

    def test_the_scores_stay_the_same(self, declared, answers, staff) -> None:
        """That somebody answered twice is about people; every answer counts as it did."""
        rows = staff("2026-08-01", "North", [9, 8, 0, 10]) + staff("2026-08-01", "South", [3, 9])
        frame = answers(rows)
        with_keys = declared(frame.assign(employee_key=["1", "1", "2", "1", "2", None]), only_scores=True)
        pd.testing.assert_frame_equal(with_keys, declared(frame, only_scores=True))


class TestUnanimous:
    """Groups of which a score tells everybody's answer."""

    @pytest.mark.parametrize(
        ("given_answers", "same"), [([9, 10], True), ([7, 8], True), ([0, 6], True), ([9, 8], False), ([3], True)]
    )
    def test_of_an_nps_one_band_holds_all(self, declared, staff, given_answers, same) -> None:
        """Nine and ten differ, and are both promoters."""
        assert declared(staff("2026-08-01", None, given_answers)).table["unanimous"].tolist() == [same]

    @pytest.mark.parametrize(("given_answers", "same"), [([2, 2], True), ([2, 3], False), ([5, 5, 5], True)])
    def test_of_a_mean_all_answers_are_the_same(self, declared, contacts, given_answers, same) -> None:
        """Two and three are two answers."""
        rows = [row | {"measure.effort": given} for row, given in zip(contacts("2026-08-01", [None] * 3),
                                                                     given_answers, strict=False)]  # fmt: skip
        table = declared([*rows, *contacts("2026-08-01", [9])]).table.set_index("metric")
        assert table.loc["effort.customer.transactional", "unanimous"] == same

    def test_nobody_is_not_unanimous(self, declared, contacts) -> None:
        """A group without answers tells nothing."""
        table = declared(contacts("2026-08-01", [9], product="Gas"), BY).table
        assert not table.loc[table["n"].eq(0), "unanimous"].any()


class TestEarlier:
    """Cells that an earlier report printed and this one does not: still known to its readers."""

    ROWS = (("2026-02-01", "Gas", "Sales", 9), ("2026-05-01", "Gas", "Sales", 3), ("2026-08-01", "Gas", "Billing", 9))
    EARLIER = ("nps.customer.transactional[product=Gas]@2026-Q2", "nps.customer.transactional[process=Sales]@2026-Q3")

    @pytest.fixture
    def rows(self, contacts):
        """Return three contacts of Gas, one in each of three quarters."""
        return [row for day, product, process, score in self.ROWS
                for row in contacts(day, [score], product=product, process=process)]  # fmt: skip

    def test_they_are_declared_and_not_printed(self, declared, rows) -> None:
        """A group of a period between, and a grouping that the params name no more."""
        found = declared(rows, "zero_measurement: {by: [product]}", also=self.EARLIER)
        extra = found.table[~found.table["printed"]]
        assert extra[["id", "n"]].to_numpy().tolist() == [[self.EARLIER[0], 1]]  # nobody is in Sales now
        assert set(extra["id"]).isdisjoint(found.scores["id"])
        pd.testing.assert_frame_equal(
            found.scores, declared(rows, "zero_measurement: {by: [product]}", only_scores=True)
        )

    def test_a_grouping_of_an_earlier_report_keeps_its_answers_apart(self, declared, rows) -> None:
        """The process is no dimension of this report, and was one of an earlier report."""
        also = ["nps.customer.transactional[process=Billing]@2026-Q3"]
        found = declared(rows, "zero_measurement: {by: [product]}", also=also)
        assert found.table.loc[~found.table["printed"], ["id", "n"]].to_numpy().tolist() == [[also[0], 1]]

    def test_what_is_printed_again_is_there_once(self, declared, rows) -> None:
        """Nothing is declared twice."""
        found = declared(rows, BY, also=["nps.customer.transactional[product=Gas]@2026-Q3"])
        assert found.table["printed"].all()
        assert not found.table["id"].duplicated().any()

    @pytest.mark.parametrize(
        "identity",
        ["nps.customer.transactional[shop=Gas]@2026-Q3", "nps.customer.transactional[product=Gas]@2019-Q3",
         "enps[unit=North]@2026-Q3", "answers.contact", "nps.customer.transactional@2026-Q2"],
    )  # fmt: skip
    def test_what_cannot_be_counted_any_more_is_left_out(self, declared, rows, identity) -> None:
        """A grouping that the files lack, a period without answers, another survey, the size of a survey."""
        assert declared(rows, BY, also=[identity]).table["printed"].all()


def test_scores_are_the_printed_cells(declared, contacts) -> None:
    """Without the columns that only the plan asks for."""
    rows = contacts("2026-08-01", [9], product="Gas", process="Sales")
    found = declared(rows, BY)
    assert not set(PROTECTION) & set(found.scores.columns)
    pd.testing.assert_frame_equal(found.scores, declared(rows, BY, only_scores=True))
