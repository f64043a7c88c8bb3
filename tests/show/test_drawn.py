"""Which chart goes with which table, and what is drawn of it."""

from __future__ import annotations

import datetime as dt
import re

import pandas as pd
import pytest

from helpers.show.drawn import drawn

GAS, HEAT = {"product": "Gas"}, {"product": "Heat"}


def texts(block) -> list[str]:
    """Return the texts within a drawing."""
    return re.findall(r">([^<>]+)</text>", block["svg"])


def data(block) -> list[list[str]]:
    """Return the texts of the table behind a chart."""
    return [[cell["text"] for cell in row["cells"]] for row in block["table"]["rows"]]


class TestDots:
    """Groups with their intervals, beside the whole."""

    def test_every_group_is_drawn_with_its_numbers(self, framed, score_row) -> None:
        """The total first; the table behind the chart has what was drawn."""
        block = drawn(framed("relational", [score_row(), score_row(GAS, score=-5.0, low=-20.0, high=9.0, n=40)]))
        assert block["caption"] == "Relational NPS by group, Q3 2026"
        assert (block["id"], block["kind"], block["language"]) == ("relational-chart", "chart", "en")
        assert data(block) == [
            ["", "Total", "+12", "+7", "+18", "812", "+5"], ["Product", "Gas", "−5", "−20", "+9", "40", "+5"],
        ]  # fmt: skip
        assert {"Total", "Gas"} <= set(texts(block))

    def test_a_hidden_group_is_named_and_not_drawn(self, framed, score_row, hidden) -> None:
        """With the reason, in the drawing and in the table."""
        block = drawn(framed("relational", [score_row(), score_row(GAS, **hidden())]))
        assert "hidden: fewer than 5 answers" in texts(block)
        assert data(block)[1][:6] == ["Product", "Gas", "hidden", "hidden", "hidden", "hidden"]
        assert "1 group is hidden: fewer than 5 answers." in block["alt"]

    def test_no_answers_and_not_measured_are_not_hidden(self, framed, score_row, empty, gone) -> None:
        """They are drawn as what they are."""
        rows = [score_row(), score_row(GAS, **empty()), score_row(HEAT, **gone())]
        block = drawn(framed("relational", rows))
        assert "hidden" not in block["svg"] + block["alt"]
        assert [row[2:6] for row in data(block)[1:]] == [["", "", "", "0"], ["", "", "", ""]]

    def test_of_a_unit_tree_the_two_widest_levels_are_drawn(self, framed, score_row) -> None:
        """The table has them all."""
        rows = [score_row(metric="enps", audience="employee")] + [
            score_row({"unit": name}, metric="enps", audience="employee", grouping="unit", level=level)
            for level, name in enumerate(("Division", "Department", "Team"))
        ]
        block = drawn(framed("employees", rows))
        assert [row[1] for row in data(block)] == ["Total", "Division", "Department"]
        assert block["caption"] == "eNPS by group, Q3 2026"

    def test_units_stand_below_their_parent_and_equal_names_apart(self, framed, score_row) -> None:
        """The widest level first under its own heading; two teams Noord are named with their parents."""
        staff = {"metric": "enps", "audience": "employee"}
        tree = [("Zorg", 0, 9.0), ("Zorg › Noord", 1, 30.0), ("Wonen", 0, 8.0), ("Wonen › Noord", 1, 1.0),
                ("Wonen › Zuid", 1, 7.0)]  # fmt: skip
        rows = [score_row(**staff)] + [
            score_row({"unit": path}, label=path.split(" › ")[-1], level=level, score=score, **staff)
            for path, level, score in tree
        ]
        assert [row[:3] for row in data(drawn(framed("employees", rows)))] == [
            ["", "Total", "+12"], ["Unit", "Zorg", "+9"], ["Unit", "Wonen", "+8"], ["Zorg", "Zorg › Noord", "+30"],
            ["Wonen", "Zuid", "+7"], ["Wonen", "Wonen › Noord", "+1"],
        ]  # fmt: skip

    def test_another_tree_is_drawn_as_the_units_are(self, framed, score_row) -> None:
        """Named as it is declared, its second level below the first; each level under its own heading."""
        rows = [score_row(), score_row(GAS)] + [
            score_row({"client": path}, label=path.split(" › ")[-1], level=path.count(" › "))
            for path in ("Bank", "Bank › Loans", "Bank › Loans › Home")
        ]
        assert [row[:2] for row in data(drawn(framed("transactional", rows)))] == [
            ["", "Total"], ["Product", "Gas"], ["Client", "Bank"], ["Bank", "Loans"],
        ]  # fmt: skip

    def test_a_tree_of_many_teams_keeps_its_chart_on_a_page(self, framed, score_row) -> None:
        """Of 44 teams the highest and the lowest are drawn; the chart says how many are not."""
        teams = [score_row({"unit": f"Team {number:02}"}, score=float(number)) for number in range(44)]
        block = drawn(framed("transactional", [score_row(), *teams]))
        assert block["height"] < 760
        assert "more groups are not drawn: see the table or the workbook." in block["alt"]
        assert len(block["table"]["rows"]) == 45

    def test_the_first_report_has_no_zero_measurement_to_draw(self, framed, score_row) -> None:
        """It would lie on the score itself."""
        rows = [score_row(zero_period="2026-Q3"), score_row(GAS, zero_period="2026-Q3")]
        labels = [column["label"] for column in drawn(framed("relational", rows))["table"]["columns"]]
        assert "Zero measurement" not in labels

    def test_a_survey_without_groups_has_no_chart(self, framed, score_row) -> None:
        """One dot shows nothing that the sentence does not say; no rows show nothing at all."""
        assert drawn(framed("relational", [score_row()])) is None
        assert drawn(framed("relational", [score_row()]).head(0)) is None

    def test_few_customers_are_indicative(self, framed, score_row) -> None:
        """In the chart as in the table."""
        block = drawn(framed("relational", [score_row(), score_row(GAS, n=8)]))
        assert [row["cells"][2]["mark"] for row in block["table"]["rows"]] == [None, "indicative"]


class TestDistribution:
    """How often each answer was given."""

    @staticmethod
    def rows(metric: str = "enps", *, hidden: bool = False) -> list[dict[str, object]]:
        """Return two answers of 9, one of 0, none of the others."""
        counts = {0: 1, 9: 2}
        return [
            {"metric": metric, "period": "2026-Q3", "answer": answer, "shown": not hidden,
             "count": None if hidden else counts.get(answer, 0), "hidden_because": "too_few_answers" if hidden else ""}
            for answer in range(11)
        ]  # fmt: skip

    @pytest.mark.domain("S25")
    def test_each_metric_has_a_panel(self, framed) -> None:
        """Named with its period."""
        block = drawn(framed("distribution", self.rows("nps.customer.relational") + self.rows(), language="nl"))
        assert {row[0] for row in data(block)} == {"Relationele NPS, 3e kwartaal 2026", "eNPS, 3e kwartaal 2026"}
        assert data(block)[0][1:] == ["0", "critici", "1", "33%"]

    def test_an_nps_by_convention_has_no_answer_0(self, framed) -> None:
        """Ten rows and ten bars, and detractors from 1, in a chart that says so."""
        block = drawn(framed("distribution", self.rows()[1:], by_convention=("enps",)))
        assert [row[1] for row in data(block)] == [str(answer) for answer in range(1, 11)]
        assert block["caption"] == block["table"]["caption"] == "How often each answer from 1 to 10 was given"
        assert "detractors (1 to 6)" in block["alt"]
        assert "0" not in texts(block)
        both = drawn(
            framed("distribution", self.rows("nps.customer.relational") + self.rows(), by_convention=("enps",))
        )
        assert both["caption"] == "How often each answer was given"
        assert len(data(both)) == 11 + 10

    def test_a_hidden_metric_shows_no_count(self, framed) -> None:
        """Nor the shape of one."""
        block = drawn(framed("distribution", self.rows(hidden=True)))
        assert all(cell["hidden"] for row in block["table"]["rows"] for cell in row["cells"][3:])
        assert not any(re.fullmatch(r"[0-9]+%", text) for text in texts(block))
        assert block["alt"] == "eNPS, Q3 2026: hidden: fewer than 10 answers."

    def test_few_employees_have_no_shares(self, framed) -> None:
        """The score is shown elsewhere; the panel says from how many answers its shares are."""
        rows = [row | {"count": None, "share": None} for row in self.rows()]
        block = drawn(framed("distribution", rows, privacy={"employee": {"shares_from": 40}}))
        assert "shares are shown from 40 answers" in texts(block)
        assert block["alt"] == "eNPS, Q3 2026: shares are shown from 40 answers."
        assert {tuple(row[3:]) for row in data(block)} == {("–", "–")}

    def test_nothing_measured_draws_nothing(self, framed) -> None:
        """The section is left out."""
        assert drawn(framed("distribution", [])) is None


class TestGlide:
    """Targets with the scores on their way."""

    @staticmethod
    def point(day: dt.date | None, score: float | None, **row: object) -> dict[str, object]:
        """Return one score on the way of a target."""
        low, high = (None, None) if score is None else (score - 5, score + 5)
        return {
            "target_id": "T01", "metric": "enps", "label": "North", "baseline": -5.0,
            "baseline_date": dt.date(2025, 12, 31), "target": 20.0, "due": dt.date(2027, 6, 30), "verdict": "behind",
            "unit_of_score": "points", "date": day, "score": score, "low": low, "high": high,
            "n": None if score is None else 60, "shown": True, "hidden_because": "",
        } | row  # fmt: skip

    def test_a_target_is_drawn_from_start_to_due_date(self, framed) -> None:
        """With the word for where it stands."""
        rows = [self.point(dt.date(2025, 12, 31), -5.0), self.point(dt.date(2026, 9, 30), -3.0)]
        block = drawn(framed("glide_paths", rows))
        assert [row[1:4] for row in data(block)] == [
            ["zero measurement", "31 December 2025", "−5"], ["measured", "31 December 2025", "−5"],
            ["measured", "30 September 2026", "−3"], ["target", "30 June 2027", "+20"],
        ]  # fmt: skip
        assert block["alt"] == "eNPS North: from −5 to +20 on 30 June 2027; on 30 September 2026 −3 (−8 to +2), behind."

    def test_a_hidden_score_is_no_point(self, framed) -> None:
        """Neither is a hidden start."""
        gone = {"shown": False, "hidden_because": "too_few_answers", "baseline": None, "verdict": None}
        block = drawn(framed("glide_paths", [self.point(dt.date(2026, 9, 30), None, **gone)]))
        assert [row[1:] for row in data(block)] == [
            ["measured", "30 September 2026", *["hidden"] * 4], ["target", "30 June 2027", "+20", "", "", ""],
        ]  # fmt: skip
        assert "verdict hidden" in texts(block)
        assert not re.search(r"−[0-9]", block["svg"] + block["alt"])

    def test_a_target_that_was_never_measured_keeps_its_line(self, framed) -> None:
        """From the promise alone."""
        block = drawn(framed("glide_paths", [self.point(None, None, verdict="")]))
        assert [row[1] for row in data(block)] == ["zero measurement", "target"]

    def test_without_targets_nothing_is_drawn(self, framed) -> None:
        """The chapter is left out."""
        assert drawn(framed("glide_paths", [])) is None


def test_a_table_without_a_chart_is_a_fault_of_the_notebook(framed) -> None:
    """Not an empty place in the report."""
    with pytest.raises(KeyError):
        drawn(framed("statement", [{"head": "mode"}]))


def test_the_table_does_not_change(framed, score_row) -> None:
    """Frame in, chart out."""
    frame = framed("relational", [score_row(), score_row(GAS)])
    before = frame.copy(deep=True)
    drawn(frame)
    pd.testing.assert_frame_equal(before, frame)
