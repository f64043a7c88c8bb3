"""The page a board reads: headline measures, their change, and which targets ask for a decision."""

from __future__ import annotations

import datetime as dt
import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.analysis.summary import attention, headline, headlines, not_known, track_record, with_targets
from helpers.params import metrics as metrics_of
from helpers.periods import Period

NPS, EFFORT = "nps.customer.transactional", "effort.customer.transactional"
REPORT = Period.parse("2026-Q3")


@pytest.fixture
def led(params):
    """Return what gives the headline row of the NPS, or of another metric."""

    def row(rows, *, key=NPS, confidence=0.95):
        declared = [metric for metric in metrics_of.metrics(params()) if metric.key == key]
        table = headlines(pd.DataFrame(rows), declared, period=REPORT, confidence=confidence)
        return table.to_dict("records")[0]

    return row


def judged(*verdicts: str | None, owner_missing: bool = False) -> pd.DataFrame:
    """Return targets T1, T2 … with these verdicts."""
    numbers = range(1, len(verdicts) + 1)
    columns = {
        "target_id": [f"T{number}" for number in numbers],
        "metric": NPS,
        "label": [f"G{number}" for number in numbers],
        "verdict": list(verdicts),
        "owner_missing": owner_missing,
    }
    return pd.DataFrame(columns, columns=list(columns)).astype({"owner_missing": bool})


class TestHeadlines:
    """Each leading measure now, and since its zero measurement."""

    def test_now_and_zero_stand_side_by_side(self, led, cell) -> None:
        """Change is now − zero, with the errors of both: ± 1.96 √(10² + 10²) = 27.7."""
        row = led([cell("2025-Q4", -5.0, zero=True, n=80), cell("2026-Q3", 12.0, current=True)])
        assert [row[name] for name in ("period", "score", "n", "zero_period", "zero", "zero_n", "change")] == [
            "2026-Q3", 12, 100, "2025-Q4", -5, 80, 17,
        ]  # fmt: skip
        half = 1.959964 * math.sqrt(200)
        assert (row["change_low"], row["change_high"]) == (pytest.approx(17 - half), pytest.approx(17 + half))
        assert row["direction"] == "none_shown"

    @pytest.mark.parametrize(("now", "direction"), [(28.0, "better"), (27.0, "none_shown"), (-28.0, "worse")])
    def test_a_change_is_shown_when_its_interval_does_not_hold_nothing(self, led, cell, now, direction) -> None:
        """Half of the interval is 27.7 points wide."""
        row = led([cell("2025-Q4", 0.0, zero=True), cell("2026-Q3", now, current=True)])
        assert row["direction"] == direction

    def test_less_confidence_shows_more(self, led, cell) -> None:
        """At 80% half of the interval is 1.28 √200 = 18.1."""
        rows = [cell("2025-Q4", 0.0, zero=True), cell("2026-Q3", 20.0, current=True)]
        assert [led(rows, confidence=level)["direction"] for level in (0.95, 0.80)] == ["none_shown", "better"]

    def test_where_a_low_score_is_good_less_is_better(self, led, cell) -> None:
        """Effort that falls is good news, and the change keeps its own sign."""
        effort = {"metric": EFFORT, "unit_of_score": "scale", "high_is_good": False, "se": 0.1}
        rows = [cell("2025-Q4", 3.0, zero=True, **effort), cell("2026-Q3", 2.0, current=True, **effort)]
        row = led(rows, key=EFFORT)
        assert (row["change"], row["direction"], row["unit_of_score"]) == (-1, "better", "scale")

    def test_the_test_of_change_takes_people_as_a_sample(self, led, cell) -> None:
        """In a census every score is certain, and every difference would count as a change."""
        census = {"se": 0.0, "sample_se": 10.0, "population": 100.0}
        row = led([cell("2025-Q4", 0.0, zero=True, **census), cell("2026-Q3", 20.0, current=True, **census)])
        assert (row["direction"], row["population"]) == ("none_shown", 100)

    def test_the_first_measurement_has_not_changed(self, led, cell) -> None:
        """It is the zero measurement."""
        row = led([cell("2026-Q3", 12.0, zero=True, current=True)])
        assert (row["direction"], math.isnan(row["change"])) == ("first", True)

    def test_a_wave_from_before_the_period_is_old(self, led, cell) -> None:
        """It heads the report, dated."""
        old, own = (led([cell(period, current=True, zero=True)]) for period in ("2026-Q2", "2026-Q3"))
        assert (old["old"], own["old"]) == (True, False)
        assert old["last"].isoformat() == "2026-06-30"

    def test_without_a_valid_wave_there_is_a_row_without_a_score(self, led, cell) -> None:
        """No score is not 0."""
        row = led([cell("2024-Q1", 12.0, zero=True)])
        assert (row["id"], row["period"], row["n"], row["direction"], row["old"]) == ("", "", 0, "unknown", False)
        assert all(math.isnan(row[name]) for name in ("score", "low", "high", "change"))

    @pytest.mark.parametrize("empty", [{"zero": True}, {"current": True}])
    def test_without_answers_at_either_end_the_change_is_unknown(self, led, cell, empty) -> None:
        """A wave in which all skipped is no starting point and no score."""
        ends = [cell("2025-Q4", 1.0, zero=True), cell("2026-Q3", 2.0, current=True)]
        rows = [row | ({"n": 0, "score": math.nan} if row | empty == row else {}) for row in ends]
        assert led(rows)["direction"] == "unknown"

    def test_groups_do_not_lead(self, led, cell) -> None:
        """Only the whole."""
        group = cell("2026-Q3", 90.0, current=True, zero=True, scope={"product": "Gas"})
        assert led([group, cell("2026-Q3", 3.0, current=True, zero=True)])["score"] == 3

    def test_the_scores_do_not_change(self, led, cell) -> None:
        """Frame in, new frame out."""
        frame = pd.DataFrame([cell("2025-Q4", zero=True), cell("2026-Q3", current=True)])
        before = frame.copy(deep=True)
        led(frame)
        pd.testing.assert_frame_equal(before, frame)


class TestTargets:
    """What the summary says of the targets."""

    def test_the_first_sentence_counts_and_names_those_off_track(self) -> None:
        """The most certain first; of all targets, also those that nobody can judge."""
        targets = judged("behind", "ahead", "probably_not_achieved", "", None, "not_achieved", "probably_behind")
        row = headline(pd.DataFrame({"metric": [NPS, EFFORT]}), targets).to_dict("records")
        assert len(row) == 1
        assert (row[0]["targets"], row[0]["not_judged"], row[0]["off_track"]) == (7, 2, 4)
        assert row[0]["off_track_names"] == ((NPS, "G6"), (NPS, "G1"), (NPS, "G3"), (NPS, "G7"))

    def test_attention_goes_to_what_is_off_track_or_has_no_owner(self) -> None:
        """A target on its way asks for nothing, as long as somebody answers for it."""
        assert attention(judged("behind", "ahead", "", None, "not_achieved"))["target_id"].tolist() == ["T5", "T1"]
        ownerless = attention(judged("ahead", "behind", owner_missing=True))
        assert ownerless["target_id"].tolist() == ["T2", "T1"]

    def test_every_target_is_counted_once(self) -> None:
        """A hidden verdict and a missing one both are not judged."""
        table = track_record(judged("behind", "ahead", "on_course", "undecided", "probably_achieved", "", None))
        assert dict(zip(table["group"], table["targets"], strict=True)) == {
            "off_track": 1, "undecided": 2, "on_track": 2, "not_judged": 2,
        }  # fmt: skip
        assert table["ids"].tolist() == [("T1",), ("T3", "T4"), ("T2", "T5"), ("T6", "T7")]

    @given(st.lists(st.sampled_from(["behind", "achieved", "on_course", "", None, "probably_not_achieved"])))
    def test_the_groups_add_up_to_the_targets(self, verdicts) -> None:
        """Whatever their verdicts."""
        targets = judged(*verdicts)
        assert track_record(targets)["targets"].sum() == len(targets)
        first = headline(pd.DataFrame({"metric": [NPS]}), targets).iloc[0]
        counts = track_record(targets).set_index("group")["targets"]
        assert (first["targets"], first["off_track"], first["not_judged"]) == (
            len(targets), counts["off_track"], counts["not_judged"],
        )  # fmt: skip


class TestWithTargets:
    """The target that belongs on the tile of a headline measure."""

    AS_OF = dt.date(2026, 9, 30)

    @pytest.fixture
    def beside(self):
        """Return what gives target, due and verdict of the NPS and of effort."""

        def of(*rows):
            names = ("metric", "label", "target", "due", "verdict")
            promised = [
                dict(zip(names, (*row[:3], dt.date.fromisoformat(row[3]), row[4]), strict=True)) for row in rows
            ]
            led = pd.DataFrame({"metric": [NPS, EFFORT]})
            table = with_targets(led, pd.DataFrame(promised, columns=list(names)), as_of=self.AS_OF)
            return table[["target", "due", "verdict"]].to_numpy().tolist()

        return of

    def test_the_next_one_due_comes_first(self, beside) -> None:
        """Of the milestones that lie ahead, whatever their order in the params."""
        later, past = (NPS, "", 20.0, "2027-12-31", "behind"), (NPS, "", 5.0, "2026-06-30", "achieved")
        found = beside(later, (NPS, "", 12.0, "2027-06-30", "on_course"), past)
        assert found[0] == [12.0, dt.date(2027, 6, 30), "on_course"]

    def test_when_all_have_passed_it_is_the_last_one(self, beside) -> None:
        """A target that is due on the last day that counts has passed."""
        found = beside((NPS, "", 12.0, "2026-09-30", "achieved"), (NPS, "", 5.0, "2026-03-31", "not_achieved"))
        assert found[0] == [12.0, self.AS_OF, "achieved"]

    def test_a_target_of_a_group_or_of_another_measure_is_not_its_own(self, beside) -> None:
        """Each measure has its own, and only of the whole."""
        found = beside((NPS, "Gas", 30.0, "2027-06-30", "behind"), (EFFORT, "", 2.0, "2027-06-30", "ahead"))
        assert found == [[None, None, None], [2.0, dt.date(2027, 6, 30), "ahead"]]

    def test_without_targets_there_is_nothing(self, beside) -> None:
        """Null, not 0."""
        assert beside() == [[None, None, None]] * 2

    @pytest.mark.parametrize("verdict", ["", None])
    def test_a_target_without_a_verdict_keeps_its_promise(self, beside, verdict) -> None:
        """It cannot be judged, or is hidden."""
        assert beside((NPS, "", 12.0, "2027-06-30", verdict))[0] == [12.0, dt.date(2027, 6, 30), verdict]

    def test_the_tables_do_not_change(self) -> None:
        """Frame in, new frame out."""
        led = pd.DataFrame({"metric": [NPS]})
        targets = judged("ahead").assign(label="", target=1.0, due=dt.date(2027, 6, 30))
        before = (led.copy(deep=True), targets.copy(deep=True))
        with_targets(led, targets, as_of=self.AS_OF)
        pd.testing.assert_frame_equal(before[0], led)
        pd.testing.assert_frame_equal(before[1], targets)


class TestNotKnown:
    """What the reader must not think the report knows."""

    @pytest.fixture
    def listed(self):
        """Return what lists the gaps."""

        def of(*, old=(), absent=(), hidden=()):
            led = pd.DataFrame({"metric": [key for key, _ in old], "period": [when for _, when in old], "old": True})
            table = not_known(
                led.astype({"old": bool}),
                absent=pd.DataFrame({"part": list(absent)}, dtype=object),
                hidden=pd.DataFrame({"cells": list(hidden)}, dtype="int64"),
            )
            return table.to_numpy().tolist()

        return of

    def test_nothing_missing_is_an_empty_table(self, listed) -> None:
        """No gap is invented."""
        assert listed() == []

    def test_each_gap_is_a_row_with_how_many(self, listed) -> None:
        """In the order of absent, old and hidden."""
        assert listed(old=[("enps", "2025-Q4")], absent=["relational"], hidden=[4, 2]) == [
            ["absent", "relational", 1], ["old_wave", "enps@2025-Q4", 1], ["hidden", "", 6],
        ]  # fmt: skip
