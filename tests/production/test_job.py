"""One job: where its set goes, what its chapters are asked, and what it notes; whole runs are in test_report."""

from __future__ import annotations

import datetime as dt
import time
from types import SimpleNamespace

import pandas as pd
import pytest

from helpers.errors import NotebookError
from helpers.periods import Period
from helpers.production import job


@pytest.fixture
def order(tmp_path):
    """Order the report of an organisation of which only its name and its moment are known."""
    report = SimpleNamespace(
        organisation="acme", period=Period.parse("2026-Q3"), edition="board", language="en",
        as_of=dt.date(2026, 9, 30), terms={"customer": ("citizen", "citizens")}, band_names={},
        params=SimpleNamespace(fiscal_year_start=1),
    )  # fmt: skip
    return job.Order(
        SimpleNamespace(report=report),
        notebooks=tmp_path / "notebooks", client_folder=tmp_path / "params" / "acme", output=tmp_path / "reports",
    )  # fmt: skip


def test_a_set_has_a_folder_of_its_own(order, tmp_path):
    """Organisation, period and edition each are one folder."""
    assert order.target == tmp_path / "reports" / "acme" / "2026-Q3" / "board"


def test_chapters_are_asked_in_text(order):
    """All seven parameters, as a notebook takes them; what is not asked is None."""
    assert order.parameters == {
        "organisation": "acme", "period": "2026-Q3", "language": "en", "edition": "board", "unit": None,
        "as_of": "2026-09-30", "params": None,
    }  # fmt: skip


def test_a_block_must_belong_to_this_report(order):
    """The stamp names organisation, period and edition, and no more."""
    assert order.stamp == {"organisation": "acme", "period": "2026-Q3", "edition": "board"}


def test_stages_are_the_chapters_and_the_files(order, monkeypatch):
    """Three chapters and three formats are six steps on the bar."""
    monkeypatch.setattr(job.dossiers, "chapters", lambda _dossier: ("summary", "targets", "method"))
    assert job.stages(order) == 6


def test_time_is_noted_for_a_stage_that_ended():
    """Time on the clock and of the processor by the stage's name; waiting costs no processor."""
    result = job.Result()
    with result.timed("html"):
        time.sleep(0.05)
    assert 0.05 <= result.seconds["html"] < 5
    assert 0 <= result.processor["html"] < result.seconds["html"]
    assert (result.files, result.warnings) == ({}, [])


def test_a_chapter_that_is_not_there_is_found_before_anything_is_written(order, monkeypatch):
    """The fault has exit code 2; the organisation has no folder among the reports yet."""
    order.notebooks.mkdir()
    monkeypatch.setattr(job.dossiers, "chapters", lambda _dossier: ("sumary",))
    with pytest.raises(NotebookError, match="there is no chapter 'sumary'") as caught:
        job.make(order)
    assert caught.value.exit_code == 2
    assert list(order.output.iterdir()) == []


def test_the_report_speaks_with_the_client_s_words(order):
    """Language and terms come from the report."""
    assert job._words(order).text("{customers}") == "citizens"


def test_every_file_is_in_the_manifest(order):
    """With its own hash and rows, the files of facts tables too; rows that are hidden are null."""
    rows = [
        ("klanten", "jan.csv", "ab12", 40), ("klanten", "feb.csv", "cd34", 38), ("klein", "small.csv", "0a78", None),
        ("tables.headcount", "headcount.csv", "ef56", 12),
    ]  # fmt: skip
    order.dossier.files = pd.DataFrame(rows, columns=["source", "file", "sha256", "read"], dtype=object)
    assert [(file.source, file.name, file.sha256, file.rows) for file in job._inputs(order)] == rows
