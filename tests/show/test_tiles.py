"""What a reader sees first: the cover and the row of headline measures."""

from __future__ import annotations

import datetime as dt
import importlib
import math

import pandas as pd
import pytest

tiles = importlib.import_module("helpers.show.tiles")  # helpers.show.tiles itself is the function that shows them

EMPTY = {"value": "–", "interval": "", "n": "", "change": "", "target": "", "state": None}


class TestTiles:
    """One tile per leading measure."""

    @pytest.fixture
    def tile(self, framed, headline_row):
        """Return what makes one tile."""

        def of(language="en", **row):
            return tiles.tiles(framed("headlines", [headline_row(**row)], language=language))["tiles"][0]

        return of

    @pytest.mark.domain("S33")
    def test_a_tile_has_score_interval_size_date_and_change(self, tile) -> None:
        """Never a number without its uncertainty."""
        assert tile() == {
            "label": "Relational NPS", "value": "+12", "interval": "95%: +7 to +18",
            "n": "n = 812, 3 skipped, response unknown",
            "date": "Q3 2026",
            "change": "no demonstrable change since the zero measurement (−2 to +17)", "target": "", "note": "",
            "old": False, "state": None,
        }  # fmt: skip

    def test_in_dutch(self, tile) -> None:
        """In words and in numbers."""
        found = tile("nl", unit_of_score="scale", score=7.25, low=7.1, high=7.4, n=1234,
                     zero_id="nps.customer.relational@2026-Q3")  # fmt: skip
        assert (found["value"], found["interval"], found["n"], found["date"], found["change"]) == (
            "7,3", "95%: 7,1 tot 7,4", "n = 1.234, 3 overgeslagen, respons onbekend",
            "3e kwartaal 2026", "dit is de 0-meting",
        )  # fmt: skip

    def test_with_a_headcount_the_response_is_there(self, tile) -> None:
        """812 of 1,000 people."""
        assert tile(metric="enps", audience="employee", population=1000.0)["n"] == (
            "812 of 1,000 employees (81%), 3 skipped"
        )

    def test_the_interval_is_named_by_the_confidence_of_the_params(self, framed, headline_row) -> None:
        """Not every client asks for 95%."""
        block = tiles.tiles(framed("headlines", [headline_row()], confidence=0.9))
        assert block["tiles"][0]["interval"] == "90%: +7 to +18"

    def test_a_score_without_an_interval_names_none(self, tile) -> None:
        """A mean of one answer."""
        assert tile(low=math.nan, high=math.nan)["interval"] == ""

    def test_the_target_is_there_with_its_verdict(self, tile) -> None:
        """What was promised, by when, and how it stands: the word in the text, its code as the state."""
        promised = {"target": 12.0, "due": dt.date(2027, 6, 30)}
        found = tile(**promised, verdict="on_course")
        assert (found["target"], found["state"]) == ("target +12 on 30 June 2027: on course", "on_course")
        dutch = tile("nl", **promised, verdict="probably_behind")
        assert (dutch["target"], dutch["state"]) == (
            "doel +12 op 30 juni 2027: waarschijnlijk achter", "probably_behind",
        )  # fmt: skip

    @pytest.mark.parametrize("verdict", ["", None])
    def test_a_target_that_cannot_be_judged_has_no_verdict(self, tile, verdict) -> None:
        """The promise stands all the same."""
        found = tile(target=12.0, due=dt.date(2027, 6, 30), verdict=verdict)
        assert (found["target"], found["state"]) == ("target +12 on 30 June 2027", None)

    def test_a_mean_names_its_scale(self, tile) -> None:
        """Before what makes it old."""
        effort = {"metric": "effort.customer.transactional", "unit_of_score": "scale"}
        assert tile(**effort)["note"] == "scale 1 to 5, low is good"
        assert tile(**effort, old=True)["note"] == "scale 1 to 5, low is good; older than the report's period"

    @pytest.mark.domain("S34")
    def test_an_old_wave_looks_old(self, tile) -> None:
        """Dated, marked and said."""
        found = tile(old=True, period="2025-Q4")
        assert (found["old"], found["note"], found["date"]) == (
            True, "older than the report's period", "Q4 2025",
        )  # fmt: skip

    def test_hidden_no_answers_and_no_wave_are_three_things(self, tile) -> None:
        """None of them has a number, and none is 0."""
        taken_out = dict.fromkeys(("score", "low", "high", "n", "population", "change", "change_low", "change_high"))
        hidden = tile(**taken_out, direction=None, shown=False, hidden_because="too_few_answers")
        protects = tile(**taken_out, direction=None, shown=False, hidden_because="protects_others")
        empty = tile(n=0, score=math.nan)
        absent = tile(id="", period="", n=0, score=math.nan)
        assert hidden == hidden | EMPTY | {"value": "hidden", "note": "fewer than 5 answers"}
        assert protects == hidden | {"note": "would give away answers of a small group"}
        assert empty == empty | EMPTY | {"note": "no answers", "date": "Q3 2026"}
        assert absent == absent | EMPTY | {"note": "no valid measurement in this period", "date": ""}

    def test_the_block_keeps_the_order_of_the_params(self, framed, headline_row) -> None:
        """And belongs to its report."""
        rows = [headline_row(metric="enps"), headline_row()]
        block = tiles.tiles(framed("headlines", rows))
        assert [tile["label"] for tile in block["tiles"]] == ["eNPS", "Relational NPS"]
        assert (block["kind"], block["id"], block["language"], block["report"]["period"]) == (
            "tiles", "headlines", "en", "2026-Q3",
        )  # fmt: skip

    def test_the_table_does_not_change(self, framed, headline_row) -> None:
        """Frame in, block out."""
        frame = framed("headlines", [headline_row()])
        before = frame.copy(deep=True)
        tiles.tiles(frame)
        pd.testing.assert_frame_equal(before, frame)


ROW = {
    "name": "Acme & <Zonen>", "period": "2026-Q3", "as_of": dt.date(2026, 9, 30), "answers": 5710,
    "audiences": ("customer", "employee"), "agency": None, "confidentiality": None,
}  # fmt: skip


class TestCover:
    """Of whom, of when, for whom."""

    def cover(self, framed, language="nl", **row):
        """Return a cover."""
        return tiles.cover(framed("cover", [ROW | row], language=language))

    def test_it_says_what_this_is(self, framed) -> None:
        """Names are literal, numbers and dates in the reader's language."""
        block = self.cover(framed)
        assert (block["organisation"], block["title"], block["period"], block["date"], block["language_name"]) == (
            "Acme & <Zonen>", "0-meting onder klanten en medewerkers", "3e kwartaal 2026", "30 september 2026",
            "Nederlands",
        )  # fmt: skip
        assert {fact["label"]: fact["text"] for fact in block["facts"]} == {
            "Gebruikte antwoorden, alle perioden": "5.710", "Antwoorden tot en met": "30 september 2026",
        }  # fmt: skip
        assert block["edition"] == "Directie-editie"

    @pytest.mark.parametrize(
        ("audiences", "title"),
        [
            (("customer",), "0-meting onder inwoners"),
            (("employee",), "0-meting onder medewerkers"),
            (("employee", "customer"), "0-meting onder inwoners en medewerkers"),
        ],
    )
    def test_the_title_names_who_were_asked(self, framed, audiences, title: str) -> None:
        """In the client's own words."""
        words = {"customer": ("inwoner", "inwoners")}
        block = tiles.cover(framed("cover", [ROW | {"audiences": audiences}], language="nl", terms=words))
        assert block["title"] == title

    def test_a_public_edition_says_so_and_what_it_leaves_out(self, framed) -> None:
        """It is confidential to nobody, unless the params have a line of their own."""
        report = {"organisation": "acme", "period": "2026-Q3", "edition": "public"}
        rules = {"employee": {"minimum_respondents": 40}, "customer": {"minimum_respondents": 30}}
        frame = framed("cover", [ROW | {"answers": None}], report=report, privacy=rules)
        block = tiles.cover(frame)
        assert (block["edition"], block["confidentiality"]) == ("Public edition", "Public edition")
        assert {fact["label"]: fact["text"] for fact in block["facts"]} == {
            "Answers used, all periods": "hidden, to protect who answered",
            "Answers up to": "30 September 2026",
            "Not in this edition": "groups of fewer than 30 answers, what would give them away, and quotes",
        }
        said = framed("cover", [ROW | {"confidentiality": "Embargo until noon"}], report=report)
        assert tiles.cover(said)["confidentiality"] == "Public edition"  # the client's own line is for the board
        assert len(self.cover(framed)["facts"]) == 2

    def test_what_the_params_say_wins(self, framed) -> None:
        """Agency and confidentiality; without them nobody is named and the report is confidential."""
        assert self.cover(framed)["agency"] is None
        assert self.cover(framed)["confidentiality"] == "Vertrouwelijk"
        said = self.cover(framed, agency="Bureau X", confidentiality="Alleen voor de directie")
        assert (said["agency"], said["confidentiality"]) == ("Bureau X", "Alleen voor de directie")
