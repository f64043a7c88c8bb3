"""The tables of a report: which there are, what they carry along, and that they agree with each other."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers import params as params_room
from helpers.dossier import build
from helpers.intake import responses

COUNTS = ["used", "skipped", "rejected", "left_out", "duplicates", "unfinished", "after_as_of"]


def test_every_table_knows_its_name_and_its_report(acme) -> None:
    """So that no table can be printed as another, or end up in another client's report."""
    for name, table in acme.tables.items():
        assert table.attrs["table"] == name
        assert table.attrs["report"] == {"organisation": "acme", "period": "2026-Q3", "edition": "board"}


def test_a_table_carries_language_terms_and_minimums(client) -> None:
    """What a table needs to be printed anywhere, also when an analyst has filtered it."""
    from helpers import dossier

    more = (
        "privacy: {employee: {minimum_respondents: 8, minimum_headcount: 12}, customer: {minimum_respondents: 6}}\n"
        'report: {house_style: {accent: "#0B5394", band_names: {detractor: [critic, critics]}}}\n'
    )
    opened = dossier.open("acme", params=str(client(more=more)))
    attrs = opened.employees[opened.employees["level"] == 0].attrs
    assert (attrs["table"], attrs["language"], attrs["accent"]) == ("employees", "en", "#0B5394")
    rules = {name: (own["minimum_respondents"], own["minimum_headcount"]) for name, own in attrs["privacy"].items()}
    assert rules == {"employee": (8, 12), "customer": (6, 6)}
    assert attrs["privacy"]["employee"]["promise"] is None
    assert attrs["band_names"] == {"detractor": ("critic", "critics")}


def test_a_table_carries_the_confidence_and_the_scale_of_each_mean(client, written_params) -> None:
    """So that every interval is named, and 3.9 is not read as a mark out of 10; an NPS needs no scale."""
    from helpers import dossier

    effort = "mood: {column: score, scale: 0-10, direction: low_is_good, rule: mean}"
    measured = "measures: {nps: {column: score, scale: 0-10}"
    written = written_params.replace(measured, f"{measured}, {effort}")
    opened = dossier.open("acme", params=str(client(params=written, more="report: {confidence: 0.9}\n")))
    assert opened.targets.attrs["confidence"] == 0.9
    assert opened.targets.attrs["scales"] == {"mood.customer.transactional": (0, 10, False)}


def test_the_clients_words_serve_their_own_language_only(client, written_params) -> None:
    """A municipality says inwoner; in its English report that would be a foreign word."""
    from helpers import dossier

    said = "organisation: {name: Acme, terms: {customer: [resident, residents]}}"
    folder = str(client(params=written_params.replace("organisation: {name: Acme}", said)))
    found = {code: dossier.open("acme", params=folder, language=code).targets.attrs for code in ("en", "nl")}
    assert found["en"]["terms"] == {"customer": ("resident", "residents")}
    assert (found["nl"]["language"], found["nl"]["terms"]) == ("nl", {})


def test_every_row_that_was_read_is_accounted_for(acme) -> None:
    """Used + skipped + rejected + left out + doubles + unfinished + too late = read."""
    assert acme.intake[COUNTS].sum(axis=1).tolist() == acme.intake["read"].tolist() == [45, 80]


def test_the_cover_says_how_many_answers_the_report_rests_on(acme) -> None:
    """44 contacts and 80 employees: as the table of what was used has it."""
    row = acme.cover.iloc[0]
    assert (row["name"], row["period"], row["answers"], row["audiences"]) == (
        "Acme", "2026-Q3", 124, ("customer", "employee"),
    )  # fmt: skip
    assert row["answers"] == acme.intake["used"].sum()


def test_what_stands_in_two_tables_is_the_same(acme) -> None:
    """Headline, table of the survey, targets and figures take one score from one cell."""
    whole = acme.scores.set_index("id").loc["nps.customer.transactional@2026-Q3"]
    assert whole["score"] == pytest.approx(100 * (13 - 5) / 23)  # 13 promoters, 5 detractors of 23
    led, table, target = acme.headlines.iloc[0], acme.transactional.iloc[0], acme.targets.iloc[0]
    assert led["score"] == table["score"] == target["actual"] == whole["score"]
    assert led["high"] == table["high"] == target["actual_high"] == whole["score_high"]
    assert acme.distribution[acme.distribution["metric"] == led["metric"]]["count"].sum() == whole["n"] == 23


def test_a_headline_measure_carries_the_target_of_its_whole(acme) -> None:
    """T01 is on all contacts; the target on employees is on one team, and not on the whole."""
    rows = acme.headlines.set_index("metric")[["target", "verdict"]]
    assert rows.loc["nps.customer.transactional"].tolist() == [33, acme.targets["verdict"].iloc[0]]
    assert rows.loc["enps"].tolist() == [None, None]


def test_a_figure_is_there_as_the_report_prints_it(acme) -> None:
    """In the language of the report: 8 of 23 is +35."""
    from helpers import dossier

    printed = {figure["id"]: figure["printed"] for figure in dossier.figures(acme)}
    assert printed["nps.customer.transactional@2026-Q3"] == "+35"


def test_the_promises_are_those_of_the_targets(acme) -> None:
    """The same rows under a name of their own, printed with owner and day instead of scores."""
    assert acme.commitments is not acme.targets
    pd.testing.assert_frame_equal(acme.commitments, acme.targets)


def test_the_intake_does_not_change(client) -> None:
    """It may serve another report, and the check that runs before it."""
    acme = params_room.load("acme", params_folder=client())
    intake = responses.read(acme)
    before = [frame.copy(deep=True) for frame in (intake.responses, intake.summary, intake.rejected, intake.headcount)]
    build(acme, intake=intake)
    after = (intake.responses, intake.summary, intake.rejected, intake.headcount)
    for one, other in zip(before, after, strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_a_client_without_targets_or_headcount_has_all_tables(client, written_params) -> None:
    """Empty where there is nothing, so that every cell of every chapter runs."""
    from helpers import dossier

    bare = written_params.split("tables:")[0]
    opened = dossier.open("acme", params=str(client(params=bare)))
    for name in ("targets", "glide_paths", "attention", "commitments", "relational", "other_measures"):
        assert opened.tables[name].empty, name
    assert opened.track_record["targets"].sum() == 0
    assert opened.absent["part"].tolist() == ["relational", "targets", "roadmap", "headcount", "causes"]
    assert opened.employees["population"].isna().all()
