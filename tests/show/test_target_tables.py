"""Printed tables of targets: where each stands, whose it is, and which ask for a decision."""

from __future__ import annotations

import math

import pytest

from helpers.show.tables import printable

TAKEN_OUT = dict.fromkeys(
    ("actual", "actual_low", "actual_high", "n", "gap", "glide_path", "probability", "verdict", "caution")
)


@pytest.fixture
def table(framed):
    """Return what prints targets."""
    return lambda *rows, name="targets", **attrs: printable(framed(name, rows, **attrs))


@pytest.fixture
def one(table, printed_rows):
    """Return what prints one target as texts by column."""

    def row(target, **options):
        block = table(target, **options)
        return dict(zip((column["key"] for column in block["columns"]), printed_rows(block)[0], strict=True))

    return row


class TestTargets:
    """Baseline, target, now, gap, path, probability and the word."""

    def test_a_row_reads_from_start_to_verdict(self, one, target_row) -> None:
        """Scores in points, the probability never certain."""
        assert one(target_row(probability=0.998, verdict="ahead")) == {
            "target_name": "Relational NPS", "baseline": "−5", "target": "+20", "actual": "+12",
            "interval": "+7 to +18", "n": "812", "gap": "−8", "path": "+15", "probability": ">99%", "verdict": "ahead",
        }  # fmt: skip

    def test_the_verdict_is_a_word_with_a_colour_as_support(self, table, target_row) -> None:
        """The mark is its code, and the number behind a cell is unrounded."""
        cells = table(target_row(), language="nl")["rows"][0]["cells"]
        assert (cells[-1]["text"], cells[-1]["mark"]) == ("waarschijnlijk achter", "probably_behind")
        assert (cells[3]["value"], cells[4]["value"], cells[-2]["value"]) == (12.3, [7.0, 18.0], 18.0)
        assert cells[-1]["value"] == "waarschijnlijk achter"

    def test_a_group_is_named_with_its_metric(self, one, target_row) -> None:
        """As it is everywhere."""
        assert one(target_row(label="Gas · Sales"))["target_name"] == "Relational NPS Gas · Sales"

    def test_hidden_is_hidden_in_every_column_that_rests_on_it(self, table, target_row) -> None:
        """The promise stays: target and name."""
        cells = table(target_row(**TAKEN_OUT))["rows"][0]["cells"]
        assert [cell["text"] for cell in cells] == ["Relational NPS", "−5", "+20", *["hidden"] * 7]
        assert all(cell["hidden"] and cell["value"] is None for cell in cells[3:])

    def test_a_hidden_baseline_leaves_the_score_of_now(self, one, target_row) -> None:
        """And hides what would give it away."""
        row = one(target_row(baseline=None, baseline_n=None, glide_path=None, probability=None, verdict=None))
        hidden = [key for key, text in row.items() if text == "hidden"]
        assert hidden == ["baseline", "path", "probability", "verdict"]
        assert (row["actual"], row["gap"]) == ("+12", "−8")

    @pytest.mark.parametrize(
        ("caution", "said"),
        [
            ("no_actual", "not measured in this period"),
            ("no_such_group", "no answers in any period"),
            ("no_baseline", "no zero measurement to start from"),
            ("first_measurement", "first measurement"),
            ("target_not_better", "target not better than zero measurement"),
        ],
    )
    def test_what_cannot_be_judged_says_why_in_place_of_a_word(self, one, target_row, caution, said) -> None:
        """With dashes for numbers, and without a mark."""
        nothing = dict.fromkeys(("actual", "actual_low", "actual_high", "gap", "glide_path", "probability"), math.nan)
        row = one(target_row(**nothing, n=0, verdict="", caution=caution))
        assert row["verdict"] == said
        assert [row[key] for key in ("actual", "interval", "n", "gap", "path", "probability")] == [
            "–", "–", "0", "–", "–", "–",
        ]  # fmt: skip

    def test_the_notes_explain_the_columns(self, table, target_row) -> None:
        """Where a low score is good, one more."""
        notes = table(target_row())["notes"]
        assert len(notes) == 3
        effort = target_row(high_is_good=False, unit_of_score="scale")
        extra = "Where a low score is good, a target is reached at or below it."
        assert table(target_row(), effort)["notes"] == [*notes, extra]

    def test_the_interval_is_headed_by_its_confidence(self, table, target_row) -> None:
        """As in every other table."""
        heads = {column["key"]: column["label"] for column in table(target_row(), confidence=0.9)["columns"]}
        assert heads["interval"] == "90% interval"


class TestCommitments:
    """Who answers for what by when."""

    def test_a_row_is_a_promise(self, one, target_row) -> None:
        """No score in it, so nothing of it is ever hidden."""
        assert one(target_row(**TAKEN_OUT), name="commitments") == {
            "target_name": "Relational NPS", "target": "+20", "due": "30 June 2027", "owner": "Ann", "goal": "growth",
            "review": "1 November 2026",
        }  # fmt: skip

    def test_an_owner_to_be_named_is_marked(self, table, target_row) -> None:
        """As a gap that somebody must fill, in the language of the report and not of the params."""
        block = table(target_row(owner="nog te benoemen", owner_missing=True), name="commitments")
        cells = block["rows"][0]["cells"]
        assert [cell["mark"] for cell in cells] == [None, None, None, "behind", None, None]
        assert cells[3]["text"] == "to be named"

    def test_days_are_days_in_the_workbook(self, table, target_row) -> None:
        """A column of dates says so, and holds each day as ISO 8601 has it; a missing one holds nothing."""
        block = table(target_row(), target_row(review=None), name="commitments")
        dated = [column["key"] for column in block["columns"] if column.get("type") == "date"]
        assert dated == ["due", "review"]
        assert [(row["cells"][2]["value"], row["cells"][5]["value"]) for row in block["rows"]] == [
            ("2027-06-30", "2026-11-01"), ("2027-06-30", None),
        ]  # fmt: skip

    def test_no_review_is_a_dash(self, one, target_row) -> None:
        """The params need not say."""
        assert one(target_row(review=None, goal=""), name="commitments")["review"] == "–"


class TestAttention:
    """Targets that ask for a decision."""

    def test_a_row_has_what_a_decision_needs(self, one, target_row) -> None:
        """Which, how far off, whose, by when."""
        assert one(target_row(), name="attention") == {
            "target_name": "Relational NPS", "actual": "+12", "target": "+20", "due": "30 June 2027", "owner": "Ann",
            "verdict": "probably behind",
        }  # fmt: skip
