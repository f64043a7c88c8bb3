"""Printed tables of scores: each group now and at the zero measurement, with n and interval."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from helpers.show.tables import printable

GAS, HEAT = {"product": "Gas"}, {"product": "Heat"}
DASHES, HIDDEN = ["–", "–", "–"], ["hidden"] * 3


@pytest.fixture
def table(framed):
    """Return what prints rows as the table of a survey."""
    return lambda *rows, name="relational", **attrs: printable(framed(name, rows, **attrs))


def labels(block) -> list[str]:
    """Return the column labels."""
    return [column["label"] for column in block["columns"]]


class TestRows:
    """One row per group."""

    def test_a_group_reads_now_and_zero(self, table, score_row, printed_rows) -> None:
        """Score, interval and n, twice; the workbook gets the full numbers, both limits of an interval too."""
        block = table(score_row(score=12.345), score_row(GAS, n=40, zero_n=31))
        assert printed_rows(block) == [
            ["Total", "+12", "+7 to +18", "812", "+5", "−2 to +11", "400"],
            ["Gas", "+12", "+7 to +18", "40", "+5", "−2 to +11", "31"],
        ]
        assert [cell["value"] for cell in block["rows"][0]["cells"]] == [
            None, 12.345, [7.0, 18.0], 812, 5.0, [-2.0, 11.0], 400,
        ]  # fmt: skip

    def test_the_whole_stands_out_and_the_tree_is_indented(self, table, score_row) -> None:
        """By depth: the whole, top units, what lies below them."""
        rows = [score_row(), *(score_row({"unit": "A"}, level=level) for level in (0, 1, 2))]
        block = table(*rows, name="employees")
        assert [(row["total"], row["level"]) for row in block["rows"]] == [
            (True, 0), (False, 1), (False, 2), (False, 3),
        ]  # fmt: skip

    def test_groups_of_two_names_are_no_deeper_than_those_of_one(self, table, score_row) -> None:
        """Gas · Sales is not a part of the row above it."""
        both = {"product": "Gas", "process": "Sales"}
        block = table(score_row(), score_row(both))
        assert [row["level"] for row in block["rows"]] == [0, 1]

    def test_with_more_than_one_grouping_each_has_a_heading(self, table, score_row, printed_rows) -> None:
        """A row of its own, with empty cells, before the first group of each; the whole has none."""
        rows = [score_row(), score_row(GAS), score_row(HEAT), score_row({"product": "Gas", "process": "Sales"})]
        block = table(*rows, terms={"process": ("desk", "desks")})
        blank = [""] * 6
        assert [row[0] for row in printed_rows(block)] == [
            "Total", "Product", "Gas", "Heat", "Product × Desk", "Gas · Sales",
        ]  # fmt: skip
        assert [row[1:] for row in printed_rows(block) if row[0].startswith("Product")] == [blank, blank]
        assert [row.get("heading", False) for row in block["rows"]] == [False, True, False, False, True, False]
        assert all(cell["value"] is None for row in block["rows"] if row.get("heading") for cell in row["cells"])

    def test_one_grouping_needs_no_heading(self, table, score_row) -> None:
        """The head of the column names it; a tree of units is one grouping."""
        block = table(score_row(), score_row(GAS), score_row(HEAT))
        assert not any(row.get("heading") for row in block["rows"])
        units = table(score_row(), score_row({"unit": "A"}), score_row({"unit": "B"}, level=1), name="employees")
        assert not any(row.get("heading") for row in units["rows"])

    def test_each_tree_has_its_own_heading_and_is_indented(self, table, score_row, printed_rows) -> None:
        """The units of a call centre, and the tree of its clients, below the split by product."""
        rows = [score_row(), score_row(GAS), score_row({"unit": "Calls"}), score_row({"unit": "Red"}, level=1)]
        rows += [score_row({"client": "Bank"}), score_row({"client": "Loans"}, level=1)]
        block = table(*rows, name="transactional")
        assert [(row[0], drawn["level"]) for row, drawn in zip(printed_rows(block), block["rows"], strict=True)] == [
            ("Total", 0), ("Product", 0), ("Gas", 1), ("Unit", 0), ("Calls", 1), ("Red", 2),
            ("Client", 0), ("Bank", 1), ("Loans", 2),
        ]  # fmt: skip

    def test_the_head_names_how_the_groups_are_split(self, table, score_row) -> None:
        """In the client's words where there is one way; with more, each has its heading among the rows."""
        desk, terms = {"process": "Sales"}, {"process": ("desk", "desks")}
        assert labels(table(score_row(), score_row(desk), terms=terms))[0] == "Desk"
        assert labels(table(score_row(), score_row(GAS), score_row(desk), terms=terms))[0] == "Group"
        assert labels(table(score_row()))[0] == "Group"

    def test_a_scale_has_one_decimal(self, table, score_row, printed_rows) -> None:
        """And a score that is called a mean."""
        block = table(score_row(unit_of_score="scale", score=7.25, low=7.0, high=7.44))
        assert printed_rows(block)[0][:3] == ["Total", "7.3", "7.0 to 7.4"]
        assert labels(block)[1] == "Mean now"

    def test_a_mean_of_one_answer_has_no_interval(self, table, score_row, printed_rows) -> None:
        """Not 'nan to nan'."""
        assert printed_rows(table(score_row(low=math.nan, high=math.nan)))[0][2] == "–"


class TestNothingToPrint:
    """Hidden, no answers and not measured are three things, and none is 0."""

    def test_hidden(self, table, score_row, hidden) -> None:
        """The word, without a number behind it, and the reason in the row."""
        block = table(score_row(GAS, **hidden()))
        cells = block["rows"][0]["cells"]
        assert [cell["text"] for cell in cells] == ["Gas", *HIDDEN, "+5", "−2 to +11", "400", "fewer than 5 answers"]
        assert [cell["hidden"] for cell in cells] == [False, True, True, True, False, False, False, False]
        assert {cell["value"] for cell in cells[1:4]} == {None}
        assert {cell["mark"] for cell in cells[1:4]} == {"hidden"}

    def test_no_answers(self, table, score_row, empty, printed_rows) -> None:
        """The words, and n = 0."""
        row = printed_rows(table(score_row(GAS, **empty("zero_"))))[0]
        assert row == ["Gas", "+12", "+7 to +18", "812", "no answers", "–", "0"]

    def test_not_measured(self, table, score_row, gone, printed_rows) -> None:
        """A dash: the group is new, or gone."""
        assert printed_rows(table(score_row(GAS, **gone("zero_"))))[0] == ["Gas", "+12", "+7 to +18", "812", *DASHES]
        assert printed_rows(table(score_row(GAS, **gone())))[0] == ["Gas", *DASHES, "+5", "−2 to +11", "400"]

    def test_a_survey_without_a_valid_wave_prints_its_zero_measurement(
        self, table, score_row, gone, printed_rows
    ) -> None:
        """Weighted or not."""
        block = table(score_row(weighted=True, **gone()))
        assert printed_rows(block) == [["Total", *DASHES, "+5", "−2 to +11", "400"]]
        assert block["caption"] == "Relational NPS, – and zero measurement Q4 2025"
        assert block["notes"] == []


class TestRemarks:
    """What a row is to be read with."""

    def test_few_customers_are_indicative(self, table, score_row) -> None:
        """From the minimum to 29; the note says what it means."""
        block = table(score_row(), score_row(GAS, n=29), score_row(HEAT, n=30))
        remarks = [row["cells"][-1] for row in block["rows"]]
        assert [(cell["text"], cell["mark"]) for cell in remarks] == [
            ("", None),
            ("indicative", "indicative"),
            ("", None),
        ]
        assert block["notes"] == ["Indicative: fewer than 30 answers, so the interval is wide."]

    def test_employees_are_not(self, table, score_row) -> None:
        """Twelve of a team of fifteen say a lot about that team."""
        block = table(score_row({"unit": "North"}, audience="employee", n=12), name="employees")
        assert "Remark" not in labels(block)

    def test_a_row_may_be_both_few_now_and_hidden_then(self, table, score_row, hidden, printed_rows) -> None:
        """Neither remark pushes out the other."""
        block = table(score_row(GAS, n=8, **hidden("zero_")))
        assert printed_rows(block)[0] == ["Gas", "+12", "+7 to +18", "8", *HIDDEN, "indicative; fewer than 5 answers"]
        assert len(block["notes"]) == 2

    def test_two_reasons_are_both_given(self, table, score_row, hidden, printed_rows) -> None:
        """A small unit now, too few answers then."""
        row = score_row({"unit": "A"}, audience="employee", **hidden(why="too_small_unit"), **hidden("zero_"))
        last = printed_rows(table(row, name="employees"))[0][-1]
        assert last == "unit of fewer than 12 people; fewer than 10 answers"

    def test_without_any_remark_there_is_no_such_column(self, table, score_row) -> None:
        """Nor a note."""
        block = table(score_row())
        assert (labels(block)[-1], block["notes"]) == ("n", [])


class TestResponse:
    """The share of the people who answered."""

    @pytest.mark.parametrize(("population", "said"), [(1000, "81%"), (812, "100%"), (math.nan, "unknown")])
    def test_it_is_given_where_the_headcount_is_known(self, table, score_row, printed_rows, population, said) -> None:
        """812 of 1000."""
        block = table(score_row(audience="employee", population=population), name="employees")
        assert labels(block)[4] == "Response"
        assert printed_rows(block)[0][4] == said

    def test_it_is_hidden_with_its_row_and_a_dash_without_answers_now(
        self, table, score_row, hidden, gone, printed_rows
    ) -> None:
        """A unit that is gone is not hidden."""
        rows = [
            score_row({"unit": unit}, audience="employee", **half) for unit, half in (("A", hidden()), ("B", gone()))
        ]
        assert [row[4] for row in printed_rows(table(*rows, name="employees"))] == ["hidden", "–"]

    def test_customers_have_none(self, table, score_row) -> None:
        """How many were asked is not known."""
        assert "Response" not in labels(table(score_row()))

    def test_customers_have_one_where_the_invitations_are_known(
        self, table, score_row, hidden, empty, printed_rows
    ) -> None:
        """812 and 3 skipped of 3,260 came back; a group that the invitations do not tell apart is unknown."""
        heat = score_row(HEAT, **hidden())
        block = table(score_row(invited=3260.0), score_row(GAS), heat, score_row({"product": "Coal"}, **empty()))
        assert labels(block)[4] == "Response"
        assert [row[4] for row in printed_rows(block)] == ["25%", "unknown", "hidden", "unknown"]
        assert block["rows"][0]["cells"][4]["value"] == pytest.approx(25.0)
        assert "Response: the questionnaires that came back, out of the invitations that arrived." in block["notes"]


class TestCaption:
    """What the table is, and of when."""

    def test_it_names_measure_and_periods(self, table, score_row) -> None:
        """In the reader's language."""
        assert table(score_row())["caption"] == "Relational NPS, Q3 2026 and zero measurement Q4 2025"
        dutch = table(score_row(), language="nl")
        assert dutch["caption"] == "Relationele NPS, 3e kwartaal 2026 en 0-meting 4e kwartaal 2025"
        assert labels(dutch) == ["Groep", "NPS nu", "95%-interval", "n", "0-meting", "95%-interval", "n"]

    def test_an_nps_by_convention_is_named_so_above_its_column(self, table, score_row) -> None:
        """The bare name would be that of the eleven answers."""
        block = table(score_row(), by_convention=("nps.customer.relational",))
        assert labels(block)[1] == "NPS (1–10) now"

    def test_the_first_report_prints_its_scores_once(self, table, score_row, printed_rows) -> None:
        """It is its own zero measurement."""
        block = table(score_row(zero_period="2026-Q3"))
        assert block["caption"] == "Relational NPS, Q3 2026"
        assert (labels(block), printed_rows(block)) == (
            ["Group", "NPS", "95% interval", "n"],
            [["Total", "+12", "+7 to +18", "812"]],
        )

    def test_it_says_what_the_weights_do(self, table, score_row, hidden) -> None:
        """Unless the score is hidden."""
        note = "Scores are weighted; unweighted the total is +8. n counts answers."
        assert table(score_row(weighted=True, unweighted=8.3))["notes"] == [note]
        assert note not in table(score_row(weighted=True, **hidden()))["notes"]


class TestOtherMeasures:
    """The whole of every other measure, on a row of its own."""

    def test_each_has_its_own_period_and_unit(self, table, score_row, printed_rows) -> None:
        """A mean with its scale, and a share, which needs none."""
        effort = score_row(metric="effort.customer.transactional", unit_of_score="scale", score=2.4, low=2.3, high=2.5)
        share = score_row(metric="trust.customer.relational", unit_of_score="percent", score=62.4, low=60, high=65)
        block = table(effort, share, name="other_measures")
        assert [row[:6] for row in printed_rows(block)] == [
            ["Effort, after a contact", "scale 1 to 5, low is good", "Q3 2026", "2.4", "2.3 to 2.5", "812"],
            ["Trust, of the relation", "", "Q3 2026", "62%", "60% to 65%", "812"],
        ]

    def test_each_weighted_one_says_what_it_is_without(self, table, score_row) -> None:
        """Not the first one for all."""
        plain = score_row(metric="effort.customer.transactional", unit_of_score="scale", score=2.4)
        heavy = score_row(metric="mood.customer.relational", unit_of_score="scale", weighted=True, unweighted=7.15)
        assert table(plain, heavy, name="other_measures")["notes"] == [
            "Mood, of the relation is weighted; unweighted it is 7.2."
        ]

    def test_what_is_only_its_own_zero_measurement_is_printed_once(self, table, score_row) -> None:
        """No column of zero measurements when all are of now."""
        block = table(score_row(zero_period="2026-Q3"), name="other_measures")
        assert labels(block) == ["Measure", "Scale", "Measured in", "Score", "95% interval", "n"]


def test_the_table_does_not_change(framed, score_row) -> None:
    """Frame in, block out."""
    frame = framed("relational", [score_row(), score_row(GAS)])
    before = frame.copy(deep=True)
    printable(frame)
    pd.testing.assert_frame_equal(before, frame)


def test_weights_that_cost_more_than_half_are_warned_of(framed, score_row) -> None:
    """Below the table, after the score that it would be without weights; 812 answers worth 390 are less than half."""
    row = score_row(weighted=True, unweighted=11.0, weighting_effect=812 / 390)
    notes = printable(framed("relational", [row]))["notes"]
    assert notes[-1] == "The weights cost more than half of the answers: Total (812 answers, worth 390)."
    notes = printable(framed("relational", [row | {"weighting_effect": 2.0}]))["notes"]
    assert not [note for note in notes if "cost" in note]


def test_of_other_measures_the_measure_is_named(framed, score_row) -> None:
    """They stand one per row."""
    effort = "effort.customer.transactional"
    row = score_row(metric=effort, unit_of_score="scale", weighted=True, weighting_effect=8.12)
    notes = printable(framed("other_measures", [row]))["notes"]
    assert notes[-1] == (
        "The weights cost more than half of the answers: Effort, after a contact (812 answers, worth 100)."
    )
