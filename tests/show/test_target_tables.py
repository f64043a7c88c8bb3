"""Printed tables of targets: where each stands, whose it is, and which ask for a decision."""

from __future__ import annotations

import math

import pytest

from helpers.show.sentences import read
from helpers.show.tables import printable

SINCE_ZERO = dict.fromkeys(
    ("progress", "change", "change_low", "change_high", "planned_change", "probability_change", "smallest_change")
)
TAKEN_OUT = SINCE_ZERO | dict.fromkeys(
    ("actual", "actual_low", "actual_high", "n", "gap", "glide_path", "probability", "verdict", "caution",
     "required_pace")
)  # fmt: skip


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

    @pytest.mark.parametrize("name", ["targets", "pace", "attention"])
    def test_why_is_said_below_the_table(self, table, target_row, name: str) -> None:
        """For the reasons that occur; where nothing printed is hidden, nothing is said of it."""
        gone = TAKEN_OUT | {"shown": False, "hidden_because": "protects_others"}
        said = "Hidden: the number would give away answers of a small group."
        assert table(target_row(**gone), name=name)["notes"][-1] == said
        assert said not in table(target_row(hidden_because="protects_others"), name=name)["notes"]

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


class TestPace:
    """How far, how fast from now on, and whether the planned change was made."""

    @pytest.fixture
    def paced(self, one):
        """Return what prints one target in the table of paces."""
        return lambda target, **options: one(target, name="pace", **options)

    def test_a_row_reads_from_target_to_probability(self, paced, target_row) -> None:
        """From −5 to +20 in all, 17.3 of 25 made: 69 %; 7.7 left at 2.6 per quarter."""
        assert paced(target_row()) == {
            "target_name": "Relational NPS", "target": "+20", "actual": "+12", "progress": "69%", "to_go": "+8",
            "pace": "+2.6", "change": "+17", "change_interval": "+6 to +28", "planned": "+20",
            "probability_change": "34%",
        }  # fmt: skip

    def test_a_target_that_is_reached_needs_nothing_more(self, paced, target_row) -> None:
        """Exactly on it as well; what has been covered may be more than all."""
        row = paced(target_row(gap=3.2, required_pace=-1.1, progress=1.13))
        assert (row["to_go"], row["pace"], row["progress"]) == ("none", "none", "113%")
        row = paced(target_row(gap=0.0, required_pace=0.0, progress=1.0))
        assert (row["to_go"], row["pace"]) == ("none", "none")

    def test_after_the_due_date_there_is_no_pace(self, paced, target_row) -> None:
        """But still a way to go."""
        row = paced(target_row(required_pace=math.nan, due_passed=True))
        assert (row["to_go"], row["pace"]) == ("+8", "–")

    def test_where_a_low_score_is_good_the_way_is_down(self, table, paced, target_row) -> None:
        """Effort at 2.3 with a target of 2.0: 0.3 less; the note says what the sign means."""
        effort = target_row(
            metric="effort.customer.transactional", unit_of_score="scale", high_is_good=False, target=2.0, actual=2.3,
            gap=0.3, required_pace=-0.12, change=-0.4, change_low=-0.6, change_high=-0.2, planned_change=-0.35,
        )  # fmt: skip
        row = paced(effort)
        assert [row[name] for name in ("to_go", "pace", "change", "change_interval", "planned")] == [
            "−0.3", "−0.12", "−0.4", "−0.6 to −0.2", "−0.4",
        ]  # fmt: skip
        notes = table(effort, name="pace")["notes"]
        assert "Where a low score is good, what must be gained is a fall: it has a minus sign." in notes

    def test_a_hidden_baseline_hides_all_that_gives_it_away(self, paced, target_row) -> None:
        """The score now, what is left, and the pace are of the score now alone."""
        row = paced(target_row(baseline=None, baseline_n=None, **SINCE_ZERO))
        assert [key for key, text in row.items() if text == "hidden"] == [
            "progress", "change", "change_interval", "planned", "probability_change",
        ]  # fmt: skip
        assert (row["to_go"], row["pace"]) == ("+8", "+2.6")

    def test_a_hidden_score_hides_everything_but_the_promise(self, table, target_row) -> None:
        """And no value is left behind a cell."""
        cells = table(target_row(**TAKEN_OUT), name="pace")["rows"][0]["cells"]
        assert [cell["text"] for cell in cells] == ["Relational NPS", "+20", *["hidden"] * 8]
        assert all(cell["value"] is None for cell in cells[2:])

    def test_what_cannot_be_told_is_a_dash(self, paced, target_row) -> None:
        """At the first measurement only the way ahead is known."""
        row = paced(target_row(**dict.fromkeys(SINCE_ZERO, math.nan)))
        assert [key for key, text in row.items() if text == "–"] == [
            "progress", "change", "change_interval", "planned", "probability_change",
        ]  # fmt: skip

    def test_a_step_that_is_too_small_to_show_is_noted(self, table, target_row) -> None:
        """+25 asked, where 31 is needed; +2 at the zero measurement alone, and one more of five named."""
        small = target_row(smallest_change=30.2)
        once = target_row(label="Gas", target=-3.0, n=0, smallest_change=11.0)
        assert table(small, target_row(), once, name="pace")["notes"][-1] == (
            "Too small a step to show: Relational NPS (+25; n = 400 and 812 shows 31 or more) and "
            "Relational NPS Gas (+2; n = 400 shows 11 or more)."
        )
        assert table(*[small] * 7, name="pace")["notes"][-1].endswith(" and 2 more.")

    @pytest.mark.parametrize("told", [{"smallest_change": None}, {"smallest_change": math.nan}, {"baseline": None}])
    def test_what_is_hidden_or_not_known_is_not_noted(self, table, target_row, told) -> None:
        """Nor is a target that asks for no gain: 25 of 15.6 is large enough too."""
        notes = table(target_row(**({"smallest_change": 90.0} | told)), name="pace")["notes"]
        assert notes == table(target_row(), name="pace")["notes"]
        assert notes == table(target_row(target=-10.0), name="pace")["notes"]


class TestPaceSentence:
    """How many made the planned change, and how many ask for too little."""

    @pytest.fixture
    def said(self, framed):
        """Return what reads targets aloud."""
        return lambda *rows, **attrs: read(framed("pace", rows, **attrs))[0]

    def test_targets_are_counted_by_the_steps_of_the_verdict(self, said, target_row) -> None:
        """From .80 on made, up to .20 missed, and open between."""
        rows = [target_row(probability_change=chance) for chance in (0.95, 0.80, 0.79, 0.21, 0.20, None, math.nan)]
        assert said(*rows) == (
            "Of 5 targets with a planned change 2 (probably) made it, 1 (probably) did not, and of 2 it cannot be said."
        )

    def test_steps_that_are_too_small_are_counted(self, said, target_row) -> None:
        """In the singular too."""
        small = target_row(smallest_change=30.0)
        first = (
            "Of 1 target with a planned change 0 (probably) made it, 0 (probably) did not, and of 1 it cannot be said."
        )
        assert said(small) == (
            f"{first} 1 target asks for a smaller step than its measurements can be expected to show."
        )
        assert said(small, small, language="nl").endswith(
            " 2 doelen vragen een kleinere stap dan de metingen naar verwachting kunnen aantonen."
        )

    def test_without_anything_to_say_it_is_silent(self, said, target_row) -> None:
        """At the first measurement with steps that are large enough."""
        assert said(target_row(**dict.fromkeys(SINCE_ZERO, math.nan))) == ""


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
