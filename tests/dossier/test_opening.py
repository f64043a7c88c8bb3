"""Opening an organisation at a period, fresh or as a report run prepared it."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from pathlib import Path

import pandas as pd
import pytest

from helpers import dossier
from helpers.errors import DataError, ParamsError


@pytest.fixture(scope="module")
def folder(client):
    """Return the params folder with the client in it."""
    return str(client())


def refused(**options: str | None) -> str:
    """Return what is said of a request that cannot be met."""
    with pytest.raises((ParamsError, DataError)) as caught:
        dossier.open("acme", **options)
    assert caught.value.exit_code == 2
    return str(caught.value)


class TestOpen:
    """Which report is made."""

    def test_the_default_is_the_last_complete_period_in_the_clients_language(self, acme) -> None:
        """Up to the last day of that period, for the board."""
        report = acme.report
        assert (str(report.period), report.as_of, report.language, report.edition, report.organisation) == (
            "2026-Q3", dt.date(2026, 9, 30), "en", "board", "acme",
        )  # fmt: skip

    def test_a_period_and_a_language_may_be_asked_for(self, folder) -> None:
        """The report on the zero measurement itself, in Dutch."""
        opened = dossier.open("acme", period="2026-Q1", language="nl", params=folder)
        assert (str(opened.report.period), opened.report.language) == ("2026-Q1", "nl")
        assert set(opened.scores["period"]) == {"2026-Q1"}
        assert opened.headlines["direction"].tolist() == ["first", "first"]

    def test_answers_after_the_last_day_do_not_count_and_are_counted(self, folder) -> None:
        """45 contacts were read; 21 of the first quarter count on 30 April, 24 are too late (one of them skipped).

        A report ends with its period, whichever later day is asked for.
        """
        opened = dossier.open("acme", as_of="2026-04-30", params=folder)
        assert (str(opened.report.period), opened.report.as_of) == ("2026-Q1", dt.date(2026, 3, 31))
        counts = opened.intake.set_index("source").loc["contacts"]
        assert counts[["read", "used", "skipped", "after_as_of"]].tolist() == [45, 21, 0, 24]
        assert opened.cover["answers"].item() == 21 + 40
        assert set(opened.statement["last"]) == {pd.Timestamp("2026-03-30")}

    def test_a_last_day_within_the_period_changes_the_scores(self, folder) -> None:
        """On 1 July the third quarter has no answers yet, and the wave of March still heads the report."""
        opened = dossier.open("acme", period="2026-Q3", as_of="2026-07-01", params=folder)
        assert opened.headlines[["period", "old"]].to_numpy().tolist() == [["2026-Q1", True]] * 2

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            (
                {"period": "2026-Q5"},
                "--period: '2026-Q5' is not a period; allowed are 2026, 2026-H1, 2026-Q3 or 2026-07.",
            ),
            (
                {"period": "2026-07"},
                "--period: '2026-07' is a month, but {folder}/acme/params.yaml reports by quarter. "
                "Ask for a quarter, or change reporting_period.",
            ),
            ({"as_of": "30-09-2026"}, "--as-of: '30-09-2026' is not a day; write it as 2026-09-30."),
            (
                {"period": "2026-Q3", "as_of": "2026-01-01"},
                "--as-of: 2026-01-01 lies before 2026-Q3 begins, on 2026-07-01. Choose a later --as-of, or an earlier "
                "--period.",
            ),
            (
                {"period": "2026-Q1", "as_of": "2026-01-02"},
                "acme: no survey has answers in 2026-Q1 up to 2026-01-02, or in the 15 months before its end. The "
                "answers run from 2026-03-30 to 2026-09-29; choose another --period, or a later --as-of.",
            ),
            ({"as_of": "2020-01-01"}, "No answers are dated on or before 2020-01-01; choose a later --as-of."),
            (
                {"period": "2025-Q4"},
                "acme: no survey has answers in 2025-Q4, or in the 15 months before its end. "
                "The answers run from 2026-03-30 to 2026-09-29; choose another --period.",
            ),
            ({"edition": "unit"}, "--edition: 'unit' cannot be made yet; the edition is board or public."),
            (
                {"language": "xx", "unit": "Service"},
                "unit: 'Service' asks for a unit edition, which cannot be made yet; leave it out.\n"
                "--language: 'xx' is not a language of the reports; choose nl or en.",
            ),
        ],
    )
    def test_what_cannot_be_made_is_refused_in_words(self, folder, options, said) -> None:
        """Naming the option, what was given, and what is allowed; all faults of a request at once."""
        assert refused(**options, params=folder) == said.replace("{folder}", Path(folder).name)

    def test_a_period_of_which_no_survey_is_valid_is_refused(self, folder) -> None:
        """The last answers are of September 2026: two years on there is nothing to report, as before the first."""
        assert refused(period="2028-Q4", params=folder) == (
            "acme: no survey has answers in 2028-Q4, or in the 15 months before its end. "
            "The answers run from 2026-03-30 to 2026-09-29; choose another --period."
        )

    def test_a_headcount_below_the_answers_is_refused(self, client) -> None:
        """Before anything is shown."""
        folder = client()
        file = folder / "acme" / "headcount.csv"
        counted = file.read_text(encoding="utf-8")
        file.write_text(counted.replace("West,2026-Q3,20", "West,2026-Q3,11"), encoding="utf-8")
        assert refused(params=str(folder)) == (
            "tables.headcount, 2026-Q3, unit 'Service › West': 12 answers out of 11 people. "
            "More people answered than there were; correct the headcount or remove double answers."
        )


class TestPrepared:
    """In a report run every chapter opens the dossier that the job left."""

    ASKED = ("acme", None, None, "board", None, None)

    def test_the_chapter_gets_what_was_stored(self, acme, tmp_path, monkeypatch) -> None:
        """The same tables with what they carry along, and no answers; nothing is read again."""
        dossier.store(acme, tmp_path, self.ASKED)
        monkeypatch.setenv(dossier.PREPARED, str(tmp_path))
        opened = dossier.open("acme")
        assert opened.responses is None
        assert acme.responses is not None
        for name, table in acme.tables.items():
            pd.testing.assert_frame_equal(table, opened.tables[name])
            assert table.attrs == opened.tables[name].attrs

    def test_a_chapter_that_opens_another_report_is_stopped(self, acme, tmp_path, monkeypatch) -> None:
        """A notebook cannot print another period than its cover says."""
        dossier.store(acme, tmp_path, self.ASKED)
        monkeypatch.setenv(dossier.PREPARED, str(tmp_path))
        assert refused(period="2026-Q1") == (
            "This run prepared the report ('acme', None, None, 'board', None, None), "
            "but the chapter opens ('acme', '2026-Q1', None, 'board', None, None)."
        )

    def test_another_params_folder_is_read_afresh(self, folder, tmp_path, monkeypatch) -> None:
        """An analyst who names one means it."""
        monkeypatch.setenv(dossier.PREPARED, str(tmp_path))
        assert dossier.open("acme", params=folder).responses is not None


class TestDossier:
    """What a notebook works with."""

    def test_a_table_is_an_attribute(self, acme) -> None:
        """JupyterLab completes its name."""
        assert acme.targets is acme.tables["targets"]
        assert {"targets", "report", "tables"} <= set(dir(acme))

    def test_an_unknown_table_is_named_with_those_that_there_are(self, acme) -> None:
        """A misspelt name in a notebook cell."""
        with pytest.raises(AttributeError) as caught:
            _ = acme.target
        assert str(caught.value) == "the dossier has no table 'target'; it has: " + ", ".join(acme.tables)

    def test_it_can_be_copied_and_pickled(self, acme) -> None:
        """Although it answers to the names of its tables."""
        for twin in (copy.copy(acme), pickle.loads(pickle.dumps(acme))):
            assert twin.report == acme.report

    def test_chapters_without_data_are_left_out(self, client, written_params) -> None:
        """Without targets there is no chapter on targets; a declared list is followed."""
        bare = written_params.split("zero_measurement:")[0]
        opened = {
            name: dossier.open("acme", params=str(client(params=more)))
            for name, more in {"auto": bare, "declared": bare + "report: {chapters: [method, summary]}\n"}.items()
        }
        assert dossier.chapters(opened["auto"]) == ("summary", "zero_measurement", "method")
        assert dossier.chapters(opened["declared"]) == ("method", "summary")

    def test_the_roadmap_is_a_chapter_where_there_is_one(self, client) -> None:
        """After the targets and before the method."""
        opened = dossier.open("acme", params=str(client(more="roadmap: {gates: {leader: Ann}}\n")))
        assert dossier.chapters(opened) == ("summary", "zero_measurement", "targets", "roadmap", "method")

    def test_a_declared_chapter_without_data_is_a_fault_of_the_params(self, client, written_params) -> None:
        """Leaving it out in silence, or printing an empty one, is not what was asked for."""
        bare = written_params.split("zero_measurement:")[0]
        folder = client(params=bare + "report: {chapters: [summary, targets, roadmap]}\n")
        opened = dossier.open("acme", params=str(folder))
        with pytest.raises(ParamsError) as caught:
            dossier.chapters(opened)
        assert str(caught.value) == (
            "acme: report.chapters asks for 'targets', but the params have no targets. "
            "Add targets, or leave the chapter out.\n"
            "acme: report.chapters asks for 'roadmap', but the params have no roadmap. "
            "Add a roadmap, or leave the chapter out."
        )
