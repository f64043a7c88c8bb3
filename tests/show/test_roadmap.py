"""The roadmap in words and tables: gates, steps, what is next, and the warning about reward."""

from __future__ import annotations

import datetime as dt

import pytest

from helpers.analysis import roadmap
from helpers.show import roadmap_sentences, roadmap_words, sentences, tables
from helpers.show.language import Language

NL, EN = Language("nl"), Language("en")
STEP = {
    "step": "ambition", "number": "R03", "planned_start": dt.date(2025, 1, 5), "planned_end": dt.date(2025, 3, 31),
    "actual_start": dt.date(2025, 1, 9), "actual_end": None, "claimed": "under_way", "owner": "Ann",
    "owner_missing": False, "note": "", "evidence_date": None, "status": "under_way", "overdue": False,
    "overdue_days": 0, "late": False, "contradictions": (),
}  # fmt: skip
SUMMARY = {
    "as_of": dt.date(2026, 9, 30), "steps": 13, "done": 7, "share": 7 / 13, "under_way": 3, "not_started": 3,
    "not_planned": 0, "deliberately_not": 0, "planned": 13, "unproven": 0, "overdue": 2, "contradictions": 0,
    "next_step": "ambition", "next_number": "R03", "next_owner": "Ann", "next_owner_missing": False,
    "next_day": dt.date(2026, 12, 31),
    "next_overdue": False, "gates": 5, "gates_passed": 5, "gates_failed": (),
}  # fmt: skip


@pytest.fixture
def progress(framed):
    """Return what writes the sentence of a summary."""
    return lambda language="en", **row: sentences.read(framed("roadmap_summary", [SUMMARY | row], language=language))[0]


@pytest.fixture
def cells(framed, printed_rows):
    """Return what prints a step as the texts of its row."""
    return lambda **row: printed_rows(tables.printable(framed("roadmap", [STEP | row])))[0]


def test_the_words_are_those_of_the_analysis() -> None:
    """Every gate and step has a name, and no two have the same."""
    for words in (NL, EN):
        named = [roadmap_words.step(code, words) for code in roadmap.STEPS]
        named += [roadmap_words.gate(code, words) for code in roadmap.GATES]
        assert len(set(named)) == len(named) == 19


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            {},
            "All 5 gates are passed. 7 of 13 steps are done, as the client says (54%), and 2 are overdue. "
            "Next is R03, ambition: which score by when: Ann, by 31 December 2026.",
        ),
        (
            {"gates_failed": ("leader",), "overdue": 0, "not_planned": 1, "next_owner_missing": True, "next_day": None},
            "1 of 5 gates is not passed: leader of the change. 7 of 13 steps are done, as the client says (54%), "
            "and none is overdue. 1 is not planned. "
            "Next is R03, ambition: which score by when: to be named, without a planned end.",
        ),
        (
            {"done": 1, "share": 1 / 13, "overdue": 1, "next_step": ""},
            "All 5 gates are passed. 1 of 13 steps is done, as the client says (8%), and 1 is overdue. "
            "No next step is planned.",
        ),
        (
            {"unproven": 1, "not_planned": 2},
            "All 5 gates are passed. 7 of 13 steps are done, as the client says (54%), and 2 are overdue. "
            "2 are not planned. 1 step that is done lacks a day or a document. "
            "Next is R03, ambition: which score by when: Ann, by 31 December 2026.",
        ),
    ],
)
def test_the_sentence_says_gates_steps_and_what_is_next(progress, row, said: str) -> None:
    """In that order, whatever there is to say."""
    assert progress(**row) == said


def test_in_dutch(progress) -> None:
    """With the date and the number as Dutch writes them."""
    assert progress("nl", next_overdue=True) == (
        "Aan alle 5 voorwaarden is voldaan. 7 van 13 stappen zijn gedaan volgens opgave (54%), en 2 zijn over tijd. "
        "Nu aan de beurt is R03, ambitie: welke score wanneer: Ann, gepland voor 31 december 2026 en over tijd."
    )


def test_an_abbreviation_keeps_its_capitals_within_a_sentence(progress) -> None:
    """NPS is no common word in Dutch either."""
    assert "R04, NPS en de doelstellingen uitleggen:" in progress(
        "nl", next_step="explain_to_the_organisation", next_number="R04"
    )


def test_a_step_is_one_row(cells) -> None:
    """Number, name, planned, actual, claimed, status, owner and note; days do not break over lines."""
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in cells()] == [
        "R03", "Ambition: which score by when", "5 Jan 2025 – 31 Mar 2025", "from 9 Jan 2025", "under way",
        "under way", "Ann", "–",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "place", "said"),
    [
        ({"overdue": True, "overdue_days": 1}, 5, "under way, 1 day overdue"),
        ({"claimed": "done", "status": "done", "late": True}, 5, "done, later than planned"),
        ({"claimed": "done"}, 4, "done"),
        ({"claimed": "done"}, 5, "under way"),
        ({"planned_start": None}, 2, "by 31\N{NO-BREAK SPACE}Mar\N{NO-BREAK SPACE}2025"),
        ({"planned_start": None, "planned_end": None}, 2, "–"),
        ({"claimed": "", "status": "not_planned"}, 4, "–"),
        ({"owner": "", "owner_missing": True}, 6, "to be named"),
        ({"owner": "", "owner_missing": True, "claimed": "", "status": "not_planned"}, 6, "–"),
        (
            {"note": "Slow", "contradictions": ("no_consent", "done_without_end")},
            7,
            "Slow; without a recorded consent of the works council to appraisal or reward; "
            "claimed done without a day on which it was",
        ),
        ({"contradictions": ("not_started_in_time",)}, 7, "should have been done by now"),
    ],
)
def test_what_stands_in_a_cell(cells, row, place: int, said: str) -> None:
    """Overdue days with the status, a gap where nobody answers for it, and what does not agree in the note."""
    assert cells(**row)[place] == said


def test_planned_actual_and_claimed_stand_side_by_side(framed) -> None:
    """In every report, with what claimed means and that nothing is proven here."""
    block = tables.printable(framed("roadmap", [STEP]))
    assert [column["key"] for column in block["columns"]] == [
        "number", "step", "planned", "actual", "claimed", "status", "owner", "note",
    ]  # fmt: skip
    assert block["notes"] == [
        "Claimed is what the client says now; the status is that claim on the last day that this report counts.",
        "No step is proven here from the answers: done is what the client says.",
    ]


@pytest.mark.parametrize(("gap", "said"), [("", "passed"), ("missing", "not passed"), ("later", "not yet")])
def test_a_gate_is_passed_or_not(framed, printed_rows, gap: str, said: str) -> None:
    """With its day, or with who it is."""
    row = {
        "gate": "plan",
        "passed": not gap,
        "day": dt.date(2025, 2, 20),
        "names": "",
        "to_be_named": False,
        "gap": gap,
    }
    assert printed_rows(tables.printable(framed("gates", [row])))[0] == ["Written plan", said, "20 February 2025", "–"]


@pytest.mark.domain("R12", "S26")
@pytest.mark.parametrize(
    ("row", "tone", "said"),
    [
        ({}, "caution", "Status: under way. Design: none recorded. Works council: consent not recorded."),
        (
            {"contradictions": ("no_consent", "done_without_end"), "note": "Team bonus, 5% at most."},
            "risk",
            "Status: under way. To be looked at: without a recorded consent of the works council to appraisal or "
            "reward; claimed done without a day on which it was. Design: Team bonus, 5% at most. "
            "Works council: consent not recorded.",
        ),
        (
            {"contradictions": ("done_without_evidence",), "consent": dt.date(2025, 12, 1)},
            "caution",
            "Status: under way. To be looked at: claimed done without a dated document behind it. "
            "Design: none recorded. Works council: consent given on 1 December 2025, to what is not recorded.",
        ),
        (
            {"consent": dt.date(2025, 12, 1), "consent_scope": "survey"},
            "caution",
            "Status: under way. Design: none recorded. "
            "Works council: consent given on 1 December 2025, to: survey; not to appraisal or reward.",
        ),
        (
            {"consent": dt.date(2025, 12, 1), "consent_scope": "reward", "consent_covers": True},
            "caution",
            "Status: under way. Design: none recorded. Works council: consent given on 1 December 2025, to: reward.",
        ),
    ],
)
def test_the_warning_about_reward(framed, row, tone: str, said: str) -> None:
    """Status and design, the works council and what its consent was for, and what NPS is not for."""
    bare = {"step": roadmap.REWARD, "number": "R12", "consent": None, "consent_scope": "", "consent_covers": False}
    block = roadmap_sentences.caution(framed("reward", [STEP | bare | row]))
    assert (block["kind"], block["tone"], block["id"]) == ("callout", tone, "reward-caution")
    assert block["text"].startswith(said + " NPS must not be used to punish staff")
