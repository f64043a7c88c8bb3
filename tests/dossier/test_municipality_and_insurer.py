"""The reports of two examples say what their documentation promises, word for word, and keep to their own kind."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers import dossier
from helpers.dossier import Dossier
from helpers.show.sentences import read

PROJECT = Path(__file__).resolve().parents[2]
MUNICIPALITY, INSURER = "voorbeeld-gemeente", "example-insurer"
PROMISED = {
    MUNICIPALITY: (
        "headline", "transactional", "transactional_changes", "headline_splits", "headline_splits_changes",
        "transactional_detectable", "pace", "roadmap_summary",
    ),
    INSURER: (
        "headline", "transactional", "transactional_changes", "relational_changes", "track_record",
        "transactional_detectable", "relational_detectable", "pace", "roadmap_summary",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def opened(example_folder: Path) -> Callable[[str], Dossier]:
    """Return what opens an example as a reader gets it."""
    for client in PROMISED:
        shutil.copytree(PROJECT / "params" / client, example_folder / client, dirs_exist_ok=True)
    found = {client: dossier.open(client, params=str(example_folder)) for client in PROMISED}
    return found.__getitem__


@pytest.mark.parametrize(
    ("client", "table"), [(client, table) for client, names in PROMISED.items() for table in names]
)
def test_the_promised_sentence_is_said(opened: Callable[[str], Dossier], client: str, table: str) -> None:
    """Each planted truth that has a sentence of its own."""
    said, _role = read(opened(client).tables[table])
    lines = (PROJECT / "docs" / "examples" / f"{client}.md").read_text(encoding="utf-8").splitlines()
    assert f"> {said}" in lines


def test_the_default_period_is_of_the_clients_own_calendar(opened: Callable[[str], Dossier]) -> None:
    """A half-year of the calendar, and a fiscal year that ends in March of the next one."""
    periods = {client: opened(client).report.period for client in PROMISED}
    assert [(str(period), str(period.last)) for period in periods.values()] == [
        ("2026-H1", "2026-06-30"),
        ("2025", "2026-03-31"),
    ]


def test_the_municipality_leads_without_a_recommendation(opened: Callable[[str], Dossier]) -> None:
    """Satisfaction, effort and complaints stand first, in the order of the params; no NPS is anywhere."""
    tables = opened(MUNICIPALITY).tables
    assert not tables["scores"]["metric"].str.contains("nps").any()
    assert tables["headlines"]["metric"].tolist() == [
        "satisfaction.customer.transactional",
        "ces.customer.transactional",
        "complaints",
    ]


def test_effort_is_split_as_satisfaction_is(opened: Callable[[str], Dossier]) -> None:
    """It leads too: every stadswinkel, service and crossing, now and then; nothing is left for the other measures."""
    tables = opened(MUNICIPALITY).tables
    effort, satisfaction = tables["headline_splits"], tables["transactional"]
    assert effort["metric"].unique().tolist() == ["ces.customer.transactional"]
    assert effort["label"].tolist() == satisfaction["label"].tolist()
    hidden = effort.set_index("label").loc["Dorpen · Verhuizing"]
    assert hidden[["score", "low", "high", "n"]].isna().all()
    assert (hidden["hidden_because"], hidden["zero_n"]) == ("too_few_answers", 7)
    assert tables["other_measures"].empty
    assert tables["headline_splits_changes"]["family"].unique().tolist() == [14]


def test_little_can_be_said_of_the_insurer(opened: Callable[[str], Dossier]) -> None:
    """No headline moved demonstrably, no group did, and no target is off or on its way."""
    tables = opened(INSURER).tables
    assert set(tables["headlines"]["direction"]) == {"none_shown"}
    assert {"none_shown"} == set(tables["transactional_changes"]["direction"]) | set(
        tables["relational_changes"]["direction"]
    )
    assert tables["targets"]["verdict"].dropna().replace("", None).dropna().tolist() == [
        "on_course", "undecided", "undecided", "on_course",
    ]  # fmt: skip


def test_travel_is_hidden_without_a_number(opened: Callable[[str], Dossier]) -> None:
    """Both ways of handling stand in the table with their reason; none of their numbers does."""
    scores = opened(INSURER).tables["scores"]
    cells = scores[
        scores["label"].isin(["Travel · Online", "Travel · Adjuster"])
        & scores["current"]
        & ~scores["shown"].astype(bool)
    ]
    assert set(cells["hidden_because"]) == {"too_few_answers"}
    assert cells[["n", "score", "score_low", "score_high"]].isna().all(axis=None)
