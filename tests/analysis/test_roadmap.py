"""Gates and steps of the road as they stood on a day: claims taken back in time, what is overdue, what is next."""

from __future__ import annotations

import datetime as dt

import pytest

from helpers.analysis import roadmap
from helpers.params.loading import read
from helpers.params.privacy import WorksCouncil

AS_OF = dt.date(2026, 9, 30)
ALL_PASSED = """\
  gates: {full_board_commitment: 2025-01-10, board_owner: Ann, team_from_all_main_parts: [Sales, IT], leader: Bob,
          plan: 2025-02-20}
"""
BARE = """\
organisation: {name: Acme}
sources:
  contact:
    path: contact.csv
    audience: customer
    measurement: transactional
    measures: {nps: {column: nps, scale: 0-10}}
    columns: {date: day}
"""


def declared(steps: str = "", *, gates: str = ALL_PASSED):
    """Return a roadmap of these steps, each a line of its own."""
    lines = [f"    {line}\n" for line in steps.strip().splitlines()]
    below = "  steps:\n" + "".join(lines) if lines else ""
    return read(f"{BARE}roadmap:\n{gates}{below}", file="params/acme/params.yaml").roadmap


def step(
    text: str, *, name: str = "ambition", as_of: dt.date = AS_OF, council: WorksCouncil | None = None, more: str = ""
):
    """Return one step of a roadmap."""
    table = roadmap.roadmap(declared(f"{name}: {{{text}}}\n{more}"), as_of=as_of, council=council)
    return table.set_index("step").loc[name]


def counted(steps: str, *, gates: str = ALL_PASSED, as_of: dt.date = AS_OF):
    """Return the summary of a roadmap."""
    road = declared(steps, gates=gates)
    found = roadmap.gates(road, as_of=as_of)
    return roadmap.roadmap_summary(roadmap.roadmap(road, as_of=as_of), found, as_of=as_of).iloc[0]


class TestGates:
    """Five of them, in the order of the article."""

    def test_all_five_are_there_and_passed(self) -> None:
        """Two by their day, three by a name."""
        table = roadmap.gates(declared(), as_of=AS_OF)
        assert table["gate"].tolist() == [
            "full_board_commitment", "board_owner", "team_from_all_main_parts", "leader", "plan",
        ]  # fmt: skip
        assert table["passed"].all()
        assert table["names"].tolist() == ["", "Ann", "Sales, IT", "Bob", ""]
        assert table["day"].tolist() == [dt.date(2025, 1, 10), None, None, None, dt.date(2025, 2, 20)]

    @pytest.mark.parametrize(
        ("gates", "gaps"),
        [
            ("  gates: {}\n", ["missing"] * 5),
            (
                "  gates: {full_board_commitment: 2026-10-01, board_owner: Nog te benoemen,\n"
                "          team_from_all_main_parts: [Sales, to be named], leader: Bob, plan: 2026-09-30}\n",
                ["later", "to_be_named", "to_be_named", "", ""],
            ),
        ],
    )
    def test_a_gap_says_why(self, gates: str, gaps: list[str]) -> None:
        """Nothing is known, its day is after the report's last one (that day itself counts), or nobody is named."""
        table = roadmap.gates(declared(gates=gates), as_of=AS_OF)
        assert table["gap"].tolist() == gaps
        assert table["passed"].tolist() == [not gap for gap in gaps]

    def test_without_a_roadmap_there_is_nothing(self) -> None:
        """No gates, no steps, no summary, no warning."""
        gates = roadmap.gates(None, as_of=AS_OF)
        steps = roadmap.roadmap(None, as_of=AS_OF)
        assert gates.empty
        assert steps.empty
        assert roadmap.roadmap_summary(steps, gates, as_of=AS_OF).empty
        assert roadmap.reward(steps, council=WorksCouncil(), as_of=AS_OF).empty


class TestSteps:
    """Fourteen of them, R01 to R14."""

    def test_all_fourteen_stand_in_the_order_of_the_article(self) -> None:
        """A step that is left out is not planned; appraisal and reward stand before relational measuring."""
        table = roadmap.roadmap(declared(), as_of=AS_OF)
        assert table["number"].tolist() == [f"R{number:02d}" for number in range(1, 15)]
        assert table["step"].tolist()[11:13] == ["targets_in_appraisal_and_reward", "relational_measuring"]
        assert set(table["status"]) == {"not_planned"}
        assert not table["overdue"].any()

    @pytest.mark.parametrize(
        ("text", "status"),
        [
            ("claimed: done, actual_start: 2026-01-05, actual_end: 2026-09-30", "done"),
            ("claimed: done, actual_start: 2026-01-05, actual_end: 2026-10-01", "under_way"),
            ("claimed: done, actual_start: 2026-10-01, actual_end: 2026-10-09", "not_started"),
            ("claimed: done", "done"),
            ("claimed: under_way, actual_start: 2026-01-05", "under_way"),
            ("claimed: under_way, actual_start: 2026-10-01", "not_started"),
            ("claimed: not_started, end: 2027-01-31", "not_started"),
            ("claimed: deliberately_not", "deliberately_not"),
            ("actual_start: 2026-01-05, actual_end: 2026-02-05", "done"),
            ("actual_start: 2026-01-05", "under_way"),
            ("start: 2026-01-05", "not_started"),
            ("owner: Ann, note: later", "not_planned"),
        ],
    )
    def test_a_claim_is_taken_back_to_the_day_of_the_report(self, text: str, status: str) -> None:
        """What is dated later has not happened yet; without a claim the days speak; without both nothing is planned."""
        assert step(text)["status"] == status

    def test_days_after_the_report_are_not_there(self) -> None:
        """Nor is a document of later."""
        found = step("claimed: done, actual_start: 2026-01-05, actual_end: 2026-10-01, evidence_date: 2026-10-02")
        assert found["actual_start"] == dt.date(2026, 1, 5)
        assert found["actual_end"] is None
        assert found["evidence_date"] is None

    @pytest.mark.parametrize(
        ("text", "overdue", "days"),
        [
            ("claimed: under_way, end: 2026-09-30", False, 0),
            ("claimed: under_way, end: 2026-09-29", True, 1),
            ("claimed: not_started, end: 2026-08-31", True, 30),
            ("claimed: done, end: 2026-08-31, actual_end: 2026-10-05", True, 30),
            ("claimed: done, end: 2026-08-31, actual_end: 2026-09-05", False, 0),
            ("claimed: deliberately_not, end: 2026-08-31", False, 0),
        ],
    )
    def test_a_step_is_overdue_after_its_planned_end(self, text: str, overdue: bool, days: int) -> None:
        """Unless it is done, or deliberately left out; the planned end itself is still in time."""
        found = step(text)
        assert (found["overdue"], found["overdue_days"]) == (overdue, days)

    def test_done_after_the_planned_end_is_late(self) -> None:
        """Which is something else than overdue."""
        found = step("claimed: done, end: 2026-08-31, actual_end: 2026-09-05")
        assert (found["late"], found["overdue"]) == (True, False)
        assert not step("claimed: done, end: 2026-08-31, actual_end: 2026-08-31")["late"]

    def test_no_deadline_presses_appraisal_and_reward(self) -> None:
        """The step that is recorded as status and design only."""
        found = step("claimed: not_started, end: 2026-01-31", name="targets_in_appraisal_and_reward")
        assert not found["overdue"]

    @pytest.mark.parametrize(("owner", "missing"), [("Ann", False), ("nog te benoemen", True), (None, True)])
    def test_an_owner_can_be_missing(self, owner: str | None, missing: bool) -> None:
        """Left out, or said to be named."""
        assert step("claimed: under_way" + (f", owner: {owner}" if owner else ""))["owner_missing"] == missing


class TestContradictions:
    """What does not agree in what is claimed."""

    @pytest.mark.parametrize(
        ("text", "codes"),
        [
            ("claimed: done, evidence_date: 2026-01-09", ("done_without_end",)),
            ("claimed: done, actual_end: 2026-01-09", ("done_without_evidence",)),
            ("claimed: done", ("done_without_end", "done_without_evidence")),
            ("claimed: done, actual_end: 2026-01-09, evidence_date: 2026-01-09", ()),
            ("claimed: under_way, actual_start: 2025-02-19", ("before_gates",)),
            ("claimed: done, actual_end: 2025-02-19", ("before_gates", "done_without_evidence")),
            ("claimed: under_way, actual_start: 2025-02-20", ()),
            ("claimed: not_started, end: 2026-09-29", ("not_started_in_time",)),
        ],
    )
    def test_every_contradiction_has_its_code(self, text: str, codes: tuple[str, ...]) -> None:
        """All of them, the gravest first; the last gate with a day is the plan, of 20 February 2025."""
        assert step(text)["contradictions"] == codes

    def test_with_a_gate_that_is_not_passed_every_started_step_is_early(self) -> None:
        """Although its day is known."""
        road = declared("ambition: {claimed: under_way, actual_start: 2026-01-05}", gates="  gates: {leader: Bob}\n")
        found = roadmap.roadmap(road, as_of=AS_OF).set_index("step").loc["ambition"]
        assert found["contradictions"] == ("before_gates",)

    NAME = "targets_in_appraisal_and_reward"
    GROUND = """\
ambition: {claimed: done, actual_end: 2025-04-01, evidence_date: 2025-04-01}
explain_to_the_organisation: {claimed: done, actual_end: 2025-05-01, evidence_date: 2025-05-01}
report_per_product_and_process: {claimed: done, actual_end: 2025-06-01, evidence_date: 2025-06-01}
"""

    @pytest.mark.domain("R12", "S26")
    @pytest.mark.parametrize(
        ("began", "consent", "codes"),
        [
            ("2025-06-01", dt.date(2025, 5, 20), ()),
            ("2025-05-31", dt.date(2025, 5, 20), ("reward_too_early",)),
            ("2025-06-02", None, ("no_consent",)),
            ("2025-06-02", dt.date(2025, 6, 3), ("no_consent",)),
            ("2026-09-02", dt.date(2026, 10, 1), ("no_consent",)),
            ("2025-02-19", None, ("no_consent", "reward_too_early", "before_gates")),
        ],
    )
    def test_reward_asks_for_ground_and_consent(
        self, began: str, consent: dt.date | None, codes: tuple[str, ...]
    ) -> None:
        """The ambition set, explained and reported on, and the works council's consent, before it begins."""
        council = WorksCouncil(consent=consent, scope=("reward",) if consent else ())
        found = step(f"claimed: under_way, actual_start: {began}", name=self.NAME, council=council, more=self.GROUND)
        assert found["contradictions"] == codes

    @pytest.mark.domain("R12", "S26")
    @pytest.mark.parametrize(
        ("scope", "codes"),
        [
            ((), ("no_consent",)),
            (("medewerkersonderzoek",), ("no_consent",)),
            (("employee survey", "Appraisal"), ()),
            (("variable REWARD",), ()),
            (("Bonusregeling",), ()),
            (("Beoordelingssystematiek",), ()),
            (("beloning",), ()),
            (("r12",), ()),
            (("scores per team, not for appraisal", "geen beloning"), ("no_consent",)),
        ],
    )
    def test_consent_to_something_else_is_none_to_reward(self, scope: tuple[str, ...], codes: tuple[str, ...]) -> None:
        """It counts where its scope names appraisal or reward; consent without a scope says not what for."""
        council = WorksCouncil(consent=dt.date(2025, 5, 20), scope=scope)
        text = "claimed: under_way, actual_start: 2025-06-02, note: bonus on the NPS of the team"
        assert step(text, name=self.NAME, council=council, more=self.GROUND)["contradictions"] == codes

    @pytest.mark.domain("R12", "S26")
    def test_a_missing_proof_does_not_hide_the_warning_about_reward(self) -> None:
        """Claimed done with nothing behind it: what concerns people stands first."""
        assert step("claimed: done", name=self.NAME, more=self.GROUND)["contradictions"] == (
            "no_consent", "done_without_end", "done_without_evidence",
        )  # fmt: skip

    def test_reward_without_its_ground_is_too_early(self) -> None:
        """Where the ambition is not even planned."""
        council = WorksCouncil(consent=dt.date(2025, 3, 1), scope=("reward",))
        found = step("claimed: under_way", name=self.NAME, council=council)
        assert found["contradictions"] == ("reward_too_early",)


class TestSummary:
    """How far, in one row."""

    ROAD = """\
transactional_zero_measurement: {claimed: done, actual_end: 2025-04-01}
relational_zero_measurement: {claimed: done, actual_end: 2025-05-01}
ambition: {claimed: under_way, end: 2026-12-31, owner: Ann}
explain_to_the_organisation: {claimed: not_started, end: 2026-08-31, owner: to be named}
transactional_measuring: {claimed: not_started, owner: Cas}
improvement_teams: {claimed: deliberately_not}
targets_in_appraisal_and_reward: {claimed: done, actual_end: 2025-05-01}
"""

    @pytest.mark.domain("R12")
    def test_the_share_done_is_of_thirteen(self) -> None:
        """Two done; the third one done is appraisal and reward, which is in no count."""
        row = counted(self.ROAD)
        assert (row["steps"], row["done"], row["share"]) == (13, 2, 2 / 13)
        assert (row["under_way"], row["not_started"], row["deliberately_not"], row["not_planned"]) == (1, 2, 1, 7)
        assert row["planned"] == 2 + 1 + 2
        assert (row["unproven"], row["contradictions"]) == (2, 4)
        assert (row["gates"], row["gates_passed"], row["gates_failed"]) == (5, 5, ())

    def test_next_is_the_open_step_with_the_earliest_planned_end(self) -> None:
        """Which is overdue here, and nobody's."""
        row = counted(self.ROAD)
        assert row[["next_step", "next_number", "next_day"]].tolist() == [
            "explain_to_the_organisation", "R04", dt.date(2026, 8, 31),
        ]  # fmt: skip
        assert (row["next_owner_missing"], row["next_overdue"], row["overdue"]) == (True, True, 1)

    def test_a_step_without_a_planned_end_comes_last(self) -> None:
        """And is next only where no other is open."""
        row = counted("transactional_measuring: {claimed: not_started, owner: Cas}")
        assert (row["next_step"], row["next_owner"], row["next_day"]) == ("transactional_measuring", "Cas", None)

    def test_without_an_open_step_nothing_is_next(self) -> None:
        """Whatever is not planned."""
        row = counted("ambition: {claimed: done, actual_end: 2025-05-01}")
        assert (row["next_step"], row["next_day"], row["not_planned"]) == ("", None, 12)

    def test_failed_gates_are_named_in_order(self) -> None:
        """Before any step."""
        row = counted("", gates="  gates: {board_owner: Ann, leader: to be named}\n")
        assert row["gates_failed"] == ("full_board_commitment", "team_from_all_main_parts", "leader", "plan")
        assert row["gates_passed"] == 1


class TestReward:
    """The step on appraisal and reward by itself."""

    @pytest.mark.domain("R12")
    @pytest.mark.parametrize(
        ("council", "consent", "covers"),
        [
            (WorksCouncil(), None, False),
            (WorksCouncil(consent=dt.date(2026, 9, 30), scope=("survey", "appraisal")), dt.date(2026, 9, 30), True),
            (WorksCouncil(consent=dt.date(2026, 9, 30), scope=("survey",)), dt.date(2026, 9, 30), False),
            (WorksCouncil(consent=dt.date(2026, 10, 1)), None, False),
        ],
    )
    def test_it_says_what_the_works_council_agreed_to(
        self, council: WorksCouncil, consent: dt.date | None, covers: bool
    ) -> None:
        """And when; what is dated later is not there yet."""
        steps = roadmap.roadmap(declared(), as_of=AS_OF)
        (row,) = roadmap.reward(steps, council=council, as_of=AS_OF).to_dict("records")
        assert (row["number"], row["consent"], row["consent_scope"]) == ("R12", consent, ", ".join(council.scope))
        assert row["consent_covers"] is covers
