"""The roadmap and the indicators of a client, from the params and files to tiles, sentence, warning and figures."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from helpers import dossier
from helpers.show import drawn, roadmap_sentences, sentences, tables

tiles = importlib.import_module("helpers.show.tiles")  # helpers.show.tiles itself is the function that shows them

ROADMAP = """\
roadmap:
  gates: {full_board_commitment: 2025-01-10, board_owner: Ann, team_from_all_main_parts: [Sales], leader: to be named}
  steps:
    ambition: {claimed: done, actual_start: 2026-01-05, actual_end: 2026-02-05, end: 2026-01-31, owner: Ann}
    improvement_teams: {claimed: under_way, actual_start: 2026-04-01, end: 2026-08-31, owner: Bob, note: "Slow."}
    targets_in_appraisal_and_reward: {claimed: deliberately_not}
privacy: {works_council: {consent: 2026-01-01, scope: [survey]}}
"""
INDICATORS = """\
indicators: {complaints: {label: Complaints, direction: low_is_good, per: 1000}, exits: {direction: low_is_good}}
"""
ROWS = """\
product,period,measure,numerator,denominator
Power,2026-Q1,complaints,50,600
Gas,2026-Q1,complaints,40,400
Power,2026-Q3,complaints,20,600
Gas,2026-Q3,complaints,22,400
,2026-Q3,exits,4,9
"""


@pytest.fixture(scope="module")
def opened(client, written_params):
    """Return what opens the client with a roadmap, indicators and these headlines."""

    def made(headline: str, *, rows: str = ROWS, road: str = ROADMAP) -> dossier.Dossier:
        written = written_params.replace("tables: {headcount", "tables: {indicators: indicators.csv, headcount")
        folder: Path = client(params=written, more=f"{road}{INDICATORS}headline: [{headline}]\n")
        (folder / "acme" / "indicators.csv").write_text(rows, encoding="utf-8")
        return dossier.open("acme", params=str(folder))

    return made


@pytest.fixture
def printed_rows():
    """Return what reads a table block as the texts of its rows."""
    return lambda block: [[cell["text"] for cell in row["cells"]] for row in block["rows"]]


@pytest.fixture(scope="module")
def led(opened):
    """Return the client that leads with the roadmap, complaints and the eNPS."""
    return opened("roadmap, complaints, enps")


def test_what_leads_stands_in_the_order_of_the_params(led) -> None:
    """Whatever kind it is of."""
    assert led.headlines["metric"].tolist() == ["roadmap", "complaints", "enps"]
    assert led.headlines["kind"].tolist() == ["roadmap", "indicator", "metric"]
    labels = [tile["label"] for tile in tiles.tiles(led.headlines)["tiles"]]
    assert labels == ["Roadmap", "Complaints", "eNPS"]


def test_the_tile_of_the_roadmap_counts_steps_and_names_the_next(led) -> None:
    """1 of 13, 3 of 5 gates (no leader, no plan), one overdue."""
    tile = tiles.tiles(led.headlines)["tiles"][0]
    assert (tile["value"], tile["n"]) == ("1 of 13", "steps done, as the client says (8%)")
    assert tile["change"] == "3 of 5 gates passed; 1 step overdue"
    assert tile["target"] == "next: Improvement teams (Bob, 31 August 2026)"
    assert (tile["interval"], tile["date"]) == ("", "30 September 2026")


def test_the_tile_of_an_indicator_has_interval_base_and_change(led) -> None:
    """42 of 1,000 now, 90 of 1,000 at the zero measurement."""
    tile = tiles.tiles(led.headlines)["tiles"][1]
    assert (tile["value"], tile["n"]) == ("42.0", "per 1,000, out of 1,000")
    assert tile["interval"] == "95%: 31.2 to 56.3 per 1,000"
    assert tile["change"].startswith("demonstrably 48.0 per 1,000 lower, so better, than at the zero measurement (")


@pytest.mark.parametrize(
    ("headline", "said"),
    [
        ("roadmap", "1 of 13 steps of the road done, as the client says (8%); 3 of 5 gates passed; 1 step overdue; "),
        ("complaints", "Complaints 42.0 per 1,000 (31.2 to 56.3 per 1,000, out of 1,000); demonstrably 48.0 "),
        ("enps", "eNPS "),
        ("exits", "Exits hidden (too few to show); "),
    ],
)
def test_the_first_sentence_stands_whatever_leads(opened, headline: str, said: str) -> None:
    """And always ends with the targets."""
    text = sentences.read(opened(headline).headline)[0]
    assert text.startswith(said)
    assert "target" in text


def test_an_indicator_of_few_people_is_hidden(led, opened) -> None:
    """4 exits of 9 people: under the minimum of employees, in the tile and in the figures too."""
    few = opened("exits, roadmap")
    tile = tiles.tiles(few.headlines)["tiles"][0]
    assert (tile["value"], tile["interval"]) == ("hidden", "")
    (figure,) = (each for each in dossier.figures(few) if each["id"] == "exits@2026-Q3")
    assert (figure["shown"], figure["value"], figure["printed"]) == (False, None, None)
    assert few.hidden["cells"].sum() == led.hidden["cells"].sum()


def test_an_indicator_that_leads_without_a_row_says_so(opened) -> None:
    """It was asked for, and there is nothing."""
    empty = opened("exits, roadmap", rows="".join(ROWS.splitlines(keepends=True)[:-1]))
    tile = tiles.tiles(empty.headlines)["tiles"][0]
    assert (tile["value"], tile["note"]) == ("–", "no valid measurement in this period")
    assert sentences.read(empty.headline)[0] == "Exits: no valid measurement in this period."


def test_the_sentence_of_the_chapter_begins_with_the_failed_gates(led) -> None:
    """Before any step."""
    assert sentences.read(led.roadmap_summary)[0] == (
        "2 of 5 gates are not passed: leader of the change and written plan. "
        "1 of 13 steps is done, as the client says (8%), and 1 is overdue. 11 are not planned. "
        "1 step that is done lacks a day or a document. "
        "Next is R09, improvement teams: Bob, planned for 31 August 2026 and overdue."
    )


def test_the_tables_say_what_does_not_agree(led, printed_rows) -> None:
    """No gate stands fully open, so what began did so before its time."""
    gates = printed_rows(tables.printable(led.gates))
    assert gates[3] == ["Leader of the change", "not passed", "–", "to be named"]
    steps = {row[0]: row[1:] for row in printed_rows(tables.printable(led.roadmap))}
    assert steps["R03"][3:] == [
        "done", "done, later than planned", "Ann",
        "began before every gate was passed; claimed done without a dated document behind it",
    ]  # fmt: skip
    assert steps["R09"][3:] == [
        "under way", "under way, 30 days overdue", "Bob", "Slow. Began before every gate was passed",
    ]  # fmt: skip
    assert steps["R12"][3:] == ["deliberately not", "deliberately not", "–", "–"]
    assert drawn.drawn(led.roadmap)["caption"] == "The road: planned and actual, up to 30 September 2026"


@pytest.mark.domain("R12", "S26")
def test_appraisal_and_reward_carries_its_warning(led) -> None:
    """S26: with what the works council agreed to, which is a survey and no reward."""
    block = roadmap_sentences.caution(led.reward)
    assert (block["tone"], block["title"]) == ("caution", "R12 Targets in appraisal and reward")
    assert block["text"].startswith(
        "Status: deliberately not. Design: none recorded. "
        "Works council: consent given on 1 January 2026, to: survey; not to appraisal or reward."
    )
    assert "NPS must not be used to punish staff" in block["text"]


@pytest.mark.domain("R12", "S26")
@pytest.mark.parametrize(
    ("scope", "doubt"),
    [
        (
            "survey",
            "without a recorded consent of the works council to appraisal or reward; before the ambition was set, "
            "explained and reported on; began before every gate was passed. Design: bonus. Works council: consent "
            "given on 1 January 2026, to: survey; not to appraisal or reward. ",
        ),
        (
            "appraisal",
            "before the ambition was set, explained and reported on; began before every gate was passed. Design: "
            "bonus. Works council: consent given on 1 January 2026, to: appraisal. ",
        ),
    ],
)
def test_consent_to_a_survey_is_none_to_reward(opened, scope: str, doubt: str) -> None:
    """From the params to the warning: all that does not agree, what is meant, and what the consent was for."""
    begun = "{claimed: under_way, actual_start: 2026-03-01, note: bonus}"
    road = ROADMAP.replace("{claimed: deliberately_not}", begun).replace("[survey]", f"[{scope}]")
    block = roadmap_sentences.caution(opened("roadmap", road=road).reward)
    assert block["tone"] == "risk"
    assert block["text"].startswith(f"Status: under way. To be looked at: {doubt}")


def test_the_share_done_is_a_figure(led) -> None:
    """A full count of 13, so without an interval."""
    (figure,) = (each for each in dossier.figures(led) if each["id"] == "roadmap@2026-Q3")
    assert (figure["printed"], figure["n"], figure["low"], figure["unit"]) == ("8%", 13, None, "percent")
    (figure,) = (each for each in dossier.figures(led) if each["id"] == "complaints@2026-Q3")
    assert (figure["value"], figure["printed"], figure["n"]) == (42.0, "42.0 per 1,000", 1000)


def test_without_a_roadmap_there_is_no_such_figure(acme) -> None:
    """Nor a chart, nor a sentence."""
    assert [each for each in dossier.figures(acme) if each["metric"] == "roadmap"] == []
    assert drawn.drawn(acme.roadmap) is None
    assert sentences.read(acme.roadmap_summary)[0] == ""
