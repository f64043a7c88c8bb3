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


def test_every_file_of_a_survey_is_in_the_manifest(order):
    """With its own hash; the rows are those of the survey, so a file has them where it is the only one."""
    rows = [
        {"source": "klanten", "files": (("jan.csv", "ab12"), ("feb.csv", "cd34")), "read": 40},
        {"source": "mensen", "files": (("staff.xlsx", "ef56"),), "read": 12},
        {"source": "klein", "files": (("small.csv", "0a78"),), "read": None},
    ]
    order.dossier.intake = pd.DataFrame(rows, dtype=object)
    assert [(file.source, file.name, file.sha256, file.rows) for file in job._inputs(order)] == [
        ("klanten", "jan.csv", "ab12", None), ("klanten", "feb.csv", "cd34", None),
        ("mensen", "staff.xlsx", "ef56", 12), ("klein", "small.csv", "0a78", None),
    ]  # fmt: skip
