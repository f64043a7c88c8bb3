"""The display block: what JupyterLab, HTML, PDF and workbook all read."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.show import blocks


class TestCleanText:
    """Text as every medium can hold it."""

    @pytest.mark.parametrize(
        ("text", "clean"),
        [
            ("be\x07l", "bel"),
            ("a\x00b\x1b[0m\x7f\x85c\rd", "ab[0mcd"),
            ("line\nand\ttab", "line\nand\ttab"),
            ("e\u0301", "é"),
            ("e\x07\u0301", "é"),  # composed after the control character is out, not before
            ("\ud800x", "x"),  # half of a pair cannot be written anywhere
            ("<script> #panic() $x$ *y* 🙂", "<script> #panic() $x$ *y* 🙂"),
        ],
    )
    def test_control_characters_go_and_letters_are_composed(self, text: str, clean: str) -> None:
        """Newline and tab stay; nothing is escaped, for nothing is markup."""
        assert blocks.clean_text(text) == clean

    @given(st.text())
    def test_cleaning_twice_changes_nothing(self, text: str) -> None:
        """Whatever the client's file holds, and it can always be encoded."""
        clean = blocks.clean_text(text)
        assert blocks.clean_text(clean) == clean
        assert unicodedata.is_normalized("NFC", clean)
        assert clean.encode().decode() == clean


class TestParts:
    """What a table block is made of."""

    def test_a_cell_holds_its_text_and_the_number_behind_it(self) -> None:
        """The workbook prints the number."""
        assert blocks.cell("+12", 12.3) == {"text": "+12", "value": 12.3, "hidden": False, "mark": None, "note": ""}

    def test_a_hidden_cell_has_no_number(self) -> None:
        """Even when one is handed over."""
        cell = blocks.cell("hidden", 12.3, hidden=True, mark="hidden", note="few")
        assert cell == {"text": "hidden", "value": None, "hidden": True, "mark": "hidden", "note": "few"}

    def test_numbers_stand_right(self) -> None:
        """And say that they are numbers."""
        assert blocks.column("n", "n", number=True) == {
            "key": "n", "label": "n", "unit": "", "align": "right", "kind": "number",
        }  # fmt: skip
        assert blocks.column("p", "Share", unit="%")["align"] == "left"

    def test_a_row_is_indented_by_its_level(self) -> None:
        """Totals are marked."""
        cells = [blocks.cell("a")]
        assert blocks.row(cells, level=2, total=True) == {"cells": cells, "level": 2, "total": True}

    @pytest.mark.parametrize(
        ("block", "kind"),
        [
            (blocks.table("t", caption="c", columns=[], rows=[], language="nl"), "table"),
            (blocks.sentence("s", "text", role="lead", language="nl"), "sentence"),
            (blocks.callout("c", tone="info", title="t", text="x", language="nl"), "callout"),
            (blocks.listing("l", title="", items=["x"], language="nl"), "list"),
        ],
    )
    def test_a_block_says_its_kind_id_and_language(self, block, kind: str) -> None:
        """Whatever else it holds."""
        assert (block["kind"], block["id"], block["language"]) == (kind, kind[0], "nl")


class TestBlock:
    """A block as a notebook cell shows it."""

    def test_it_offers_the_block_and_a_preview(self) -> None:
        """JSON for the report, HTML for JupyterLab, a word for a terminal."""
        bundle = blocks.Block(blocks.sentence("lead", "All is well.", role="answer"))._repr_mimebundle_()
        assert bundle == {
            blocks.MIME: {"schema": 1, "kind": "sentence", "id": "lead", "role": "answer", "text": "All is well."},
            "text/html": '<p style="font-size:1em;max-width:46em">All is well.</p>',
            "text/plain": "sentence: lead",
        }

    def test_every_string_in_it_is_clean(self) -> None:
        """At any depth; what is no text stays what it is."""
        rows = [blocks.row([blocks.cell("a\x00", 1.5), blocks.cell("b\x07", "c\x07")])]
        table = blocks.table("t", caption="x\x1b", columns=(), rows=rows, notes=("n\x00",))
        assert "\\u00" not in json.dumps(blocks.Block(table).content)
        assert blocks.Block(table).content["rows"][0]["cells"][0]["value"] == 1.5
        assert blocks.Block(table).content["notes"] == ["n"]

    def test_the_content_does_not_change(self) -> None:
        """The block keeps a copy."""
        content = blocks.listing("l", title="t\x07", items=["a"])
        blocks.Block(content)
        assert content["title"] == "t\x07"
