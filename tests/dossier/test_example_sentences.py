"""The examples' reports say what their documentation promises, word for word."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from helpers import dossier
from helpers.show.sentences import read

PROJECT = Path(__file__).resolve().parents[2]
DOCS = PROJECT / "docs" / "examples"
CONTACT_CENTRE = "voorbeeld-klantcontact"
SENTENCES = [
    "headline", "transactional_changes", "employees", "employees_changes", "worst_case", "pace", "roadmap_summary",
]  # fmt: skip


@pytest.fixture(scope="module")
def contact_centre(example_folder, tmp_path_factory):
    """Return the example of a contact centre, on its last complete quarter."""
    root = tmp_path_factory.mktemp("contact-centre")
    shutil.copytree(PROJECT / "params" / CONTACT_CENTRE, root / "params" / CONTACT_CENTRE)
    shutil.copytree(example_folder.parent / "data", root / "data")
    return dossier.open(CONTACT_CENTRE, params=str(root / "params"))


@pytest.mark.parametrize("table", [*SENTENCES, "transactional_detectable"])
def test_the_promised_sentence_is_said(example, table: str) -> None:
    """Each planted truth that has a sentence of its own."""
    said, _role = read(example.tables[table])
    assert f"> {said}" in (DOCS / "voorbeeld-energie.md").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("table", SENTENCES)
def test_the_contact_centre_says_its_sentence(contact_centre, table: str) -> None:
    """What moved is told of the units, though a target hangs on a second tree; the whole shows nothing."""
    said, _role = read(contact_centre.tables[table])
    assert f"> {said}" in (DOCS / f"{CONTACT_CENTRE}.md").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("truth", ["C21", "E33"])
def test_what_answers_in_clumps_are_worth_stands_under_their_table(
    contact_centre, example, printed, truth: str
) -> None:
    """Calls of one agent are worth less than they number, and answers of one customer hardly less."""
    opened, client = (contact_centre, CONTACT_CENTRE) if truth == "C21" else (example, "voorbeeld-energie")
    (row,) = (line for line in (DOCS / f"{client}.md").read_text("utf-8").splitlines() if line.startswith(f"| {truth}"))
    promised = row.strip("| ").split(" | ")[-1]
    notes = printed(opened)["table transactional"]["notes"]
    assert [promised for note in notes if promised in note] == [promised]


def test_a_target_on_the_second_tree_has_its_verdict(contact_centre) -> None:
    """Telecom Lijn is a client of the centre, not a unit: every target has the word of its page."""
    found = dict(zip(contact_centre.targets["target_id"], contact_centre.targets["verdict"], strict=True))
    page = (DOCS / f"{CONTACT_CENTRE}.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in page if line.startswith("| T")]
    assert found == {row[0]: row[-1].replace(" ", "_") for row in rows}


def test_the_rows_of_other_centres_are_left_out(contact_centre) -> None:
    """C20: per source, what was read and what became of it."""
    kinds = ["read", "used", "skipped", "rejected", "left_out", "duplicates", "unfinished"]
    found = contact_centre.intake.set_index("source")[kinds]
    assert list(found.loc["gesprekken"]) == [2679, 2425, 15, 6, 225, 8, 0]
    assert list(found.loc["medewerkers"]) == [391, 382, 4, 1, 0, 4, 0]


def test_the_gates_come_before_the_steps(contact_centre) -> None:
    """Nobody leads the change and there is no plan, so what began, began too early."""
    gates, steps = contact_centre.tables["gates"], contact_centre.tables["roadmap"].set_index("number")
    assert list(gates.loc[~gates["passed"].astype(bool), "gate"]) == ["leader", "plan"]
    assert {step: codes for step, codes in steps["contradictions"].items() if codes} == {
        "R01": ("before_gates",),
        "R03": ("before_gates", "done_without_evidence"),
        "R04": ("before_gates",),
        "R05": ("before_gates",),
    }
    assert list(steps["status"]).count("not_planned") == 8
    assert steps.loc["R04", "overdue_days"] == 92
