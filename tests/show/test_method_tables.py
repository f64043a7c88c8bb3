"""Printed tables of the method page: what was stated, read and rejected."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from helpers.analysis.method import HEADS
from helpers.show.tables import printable


def statement(source: str = "my_survey", **row: object) -> list[dict[str, object]]:
    """Return what is stated about one survey."""
    about = {
        "source": source, "audience": "customer", "measurement": "relational", "stated": "",
        "first": pd.Timestamp("2026-01-02"), "last": pd.Timestamp("2026-03-04"), "used": 1234, "weighted": False,
    } | row  # fmt: skip
    return [{"head": head, **about} for head in HEADS]


def counts(**row: object) -> dict[str, object]:
    """Return what became of the rows of one survey."""
    return {
        "source": "contacts", "files": (("contacts.csv", "0123456789abcdef"),), "read": 1200, "used": 1180,
        "skipped": 10, "rejected": 4, "left_out": 3, "duplicates": 2, "unfinished": 1, "stray": 0, "after_as_of": 0,
    } | row  # fmt: skip


class TestStatement:
    """The heads of AAPOR down, the surveys across."""

    @pytest.fixture
    def said(self, framed, printed_rows):
        """Return what is printed about a survey, by head."""

        def of(*, language="en", **row):
            block = printable(framed("statement", statement(**row), language=language))
            return dict(zip(HEADS, (cells[1] for cells in printed_rows(block)), strict=True))

        return of

    def test_what_the_params_do_not_say_is_not_stated(self, said) -> None:
        """What the report itself knows is said in words."""
        assert said() == {
            "strategy": "Survey of customers apart from any contact",
            "sponsor_and_conductor": "not stated",
            "instruments": "not stated",
            "population": "not stated",
            "sample": "not stated",
            "mode": "not stated",
            "dates": "2 January 2026 to 4 March 2026",
            "sizes_and_precision": "1,234 answers used in all periods; every score carries its 95% interval",
            "weighting": "Not weighted",
            "processing": "Every value checked against its declared scale; what was rejected is counted below",
            "limits": "The interval covers chance only, not who chose to answer",
        }

    def test_one_answer_is_said_in_the_singular(self, said) -> None:
        """With the confidence of the params."""
        assert (
            said(used=1)["sizes_and_precision"] == "1 answer used in all periods; every score carries its 95% interval"
        )

    def test_a_survey_too_small_to_show_has_no_size(self, said) -> None:
        """Words in place of its number."""
        gone = said(used=None, shown=False, hidden_because="too_few_answers")
        assert gone["sizes_and_precision"] == "hidden: fewer than 5 answers"

    def test_what_they_say_is_repeated(self, said) -> None:
        """In the client's own language."""
        assert said(stated="alle klanten")["population"] == "alle klanten"

    @pytest.mark.parametrize(
        ("measurement", "text"),
        [
            ("transactional", "Onderzoek onder klanten, direct na een contact"),
            ("relational", "Onderzoek onder klanten, los van een contact"),
            ("employee", "Onderzoek onder medewerkers"),
        ],
    )
    def test_the_strategy_says_who_was_asked_when(self, said, measurement: str, text: str) -> None:
        """Per kind of survey."""
        assert said(language="nl", measurement=measurement)["strategy"] == text

    def test_weights_that_nobody_explained_are_not_stated(self, said) -> None:
        """'Not weighted' would be false."""
        assert said(weighted=True)["weighting"] == "not stated"
        assert said(weighted=True, stated="to product")["weighting"] == "to product"

    def test_a_survey_without_answers_has_no_dates(self, said) -> None:
        """Before its first wave."""
        assert said(first=None, last=None, used=0)["dates"] == "no answers"

    def test_each_survey_has_its_column(self, framed) -> None:
        """Named after its source, in plain words."""
        block = printable(framed("statement", statement() + statement("staff_2026")))
        assert [column["label"] for column in block["columns"]] == ["Item", "My survey", "Staff 2026"]
        assert len(block["rows"]) == len(HEADS)


class TestIntake:
    """What happened to the answers."""

    def test_every_count_has_its_column(self, framed, printed_rows) -> None:
        """Read = used + skipped + rejected + left out + doubles + unfinished, and the note says so."""
        block = printable(framed("intake", [counts()]))
        assert [column["label"] for column in block["columns"]] == [
            "Survey", "File", "Read", "Used", "Skipped", "Rejected", "Left out", "Doubles", "Unfinished",
        ]  # fmt: skip
        assert printed_rows(block) == [["Contacts", "contacts.csv", "1,200", "1,180", "10", "4", "3", "2", "1"]]
        assert block["notes"][0] == "Read = used + skipped + rejected + left out + doubles + unfinished."
        assert block["notes"][-1] == "contacts.csv: SHA-256 0123456789ab…"

    def test_answers_that_are_too_late_are_one_more(self, framed, printed_rows) -> None:
        """In the sum too."""
        block = printable(framed("intake", [counts(used=1080, after_as_of=100), counts(source="staff")]))
        assert [cells[-1] for cells in printed_rows(block)] == ["100", "0"]
        assert block["columns"][-1]["label"] == "Too late"
        assert block["notes"][0] == "Read = used + skipped + rejected + left out + doubles + unfinished + too late."
        assert block["notes"][-1] == "Too late: dated after the last day of this report, so for later ones."

    def test_strays_are_one_more(self, framed, printed_rows) -> None:
        """In the sum, with what they are."""
        block = printable(framed("intake", [counts(used=1177, stray=3)]))
        assert (block["columns"][-1]["label"], printed_rows(block)[0][-1]) == ("Stray", "3")
        assert block["notes"][0] == "Read = used + skipped + rejected + left out + doubles + unfinished + stray."
        assert block["notes"][-1] == (
            "Stray: a few answers dated more than a year before all others of their survey, so wrongly, it seems."
        )
        both = printable(framed("intake", [counts(used=1176, stray=3, after_as_of=1)]))
        assert both["notes"][0].endswith(" + unfinished + stray + too late.")

    def test_of_several_files_their_number_is_told(self, framed, printed_rows) -> None:
        """Four hashes at most; a file that two surveys share is told once."""
        files = tuple((f"month-{number:02}.csv", f"{number:016x}") for number in range(1, 15))
        block = printable(framed("intake", [counts(files=files), counts(source="staff", files=files[:1])]))
        assert [cells[1] for cells in printed_rows(block)] == ["14 files", "month-01.csv"]
        hashes = [note for note in block["notes"] if "SHA-256" in note]
        assert len(hashes) == 4
        assert hashes[0] == "month-01.csv: SHA-256 000000000000…"
        assert block["notes"][-1] == "And 10 files more; the hashes of all of them are in manifest.json."


class TestCounts:
    """What was rejected."""

    def test_rejected_values_are_counted_by_reason(self, framed, printed_rows) -> None:
        """Never shown."""
        row = {"source": "my_survey", "column": "Q3", "reason": "off_scale", "values": 1234}
        block = printable(framed("rejected", [row]))
        assert printed_rows(block) == [["My survey", "Q3", "off the declared scale", "1,234"]]
        assert block["rows"][0]["cells"][-1]["value"] == 1234

    def test_a_hidden_count_says_so_and_why(self, framed, printed_rows) -> None:
        """In the table of rejected values as in the account of all rows."""
        row = {"source": "my_survey", "column": "Q3", "reason": "off_scale", "values": None, "shown": False,
               "hidden_because": "too_few_answers"}  # fmt: skip
        block = printable(framed("rejected", [row]))
        assert printed_rows(block)[0][-1] == "hidden"
        assert block["notes"] == ["Hidden: the group is too small to show."]


def test_the_tables_do_not_change(framed) -> None:
    """Frame in, block out."""
    for name, rows in {"statement": statement(), "intake": [counts()]}.items():
        frame = framed(name, rows)
        before = frame.copy(deep=True)
        printable(frame)
        pd.testing.assert_frame_equal(before, frame)


def test_a_plain_date_serves_as_well_as_a_timestamp(framed, printed_rows) -> None:
    """Whatever the intake made of the dates."""
    rows = statement(first=dt.date(2026, 1, 2), last=dt.date(2026, 3, 4))
    assert printed_rows(printable(framed("statement", rows)))[6][1] == "2 January 2026 to 4 March 2026"
