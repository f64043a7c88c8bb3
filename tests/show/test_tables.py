"""Any table as a printable one: those of the dossier in their own way, others as they stand."""

from __future__ import annotations

import datetime as dt
import json
import math

import pandas as pd
import pytest

from helpers.show.tables import printable


class TestAnyFrame:
    """A frame that the dossier does not know, such as an analyst's own."""

    def test_columns_and_rows_are_printed_as_they_stand(self, printed_rows) -> None:
        """Whole numbers without, others with one decimal; numbers right; what is missing is a dash."""
        frame = pd.DataFrame(
            {"group": ["Gas", None], "n": [1234, 5], "score": [12.36, math.nan], "day": [dt.date(2026, 9, 30), None],
             "yes": [True, False]}
        )  # fmt: skip
        block = printable(frame)
        assert printed_rows(block) == [
            ["Gas", "1,234", "12.4", "2026-09-30", "True"], ["–", "5", "–", "–", "False"],
        ]  # fmt: skip
        assert [column["align"] for column in block["columns"]][:4] == ["left", "right", "right", "left"]

    def test_a_named_index_is_a_column(self, printed_rows) -> None:
        """So are the levels of a pivot; a bare index is not."""
        frame = pd.DataFrame({"product": ["Gas"], "process": ["Sales"], "n": [5]})
        assert printed_rows(printable(frame.set_index("product"))) == [["Gas", "Sales", "5"]]
        assert printed_rows(printable(frame.set_index(["product", "process"]))) == [["Gas", "Sales", "5"]]
        assert printed_rows(printable(frame)) == [["Gas", "Sales", "5"]]

    def test_what_json_cannot_hold_is_printed_and_not_handed_on(self) -> None:
        """The degrees of freedom of an NPS are infinite."""
        block = printable(pd.DataFrame({"df": [math.inf, -math.inf], "scope": [{"a": 1}, {}]}))
        assert [row["cells"][0]["text"] for row in block["rows"]] == ["∞", "−∞"]
        assert json.dumps(block, allow_nan=False)

    def test_numbers_are_written_in_the_tables_language(self, framed, printed_rows) -> None:
        """A selection of a Dutch table is Dutch."""
        assert printed_rows(printable(framed("scores", [{"n": 1234.5}], language="nl"))) == [["1.234,5"]]


@pytest.mark.parametrize(
    "name",
    ["transactional", "relational", "employees", "other_measures", "targets", "commitments", "attention", "statement",
     "intake", "rejected", "hidden"],
)  # fmt: skip
def test_a_table_of_a_chapter_has_a_printed_form_of_its_own(name: str) -> None:
    """With caption, words and units; never column names."""
    from helpers.show import tables

    assert name in tables._TABLES
