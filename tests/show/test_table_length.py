"""A long table of scores: the report prints a page of it, the workbook has it all."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.show import blocks, table_length
from helpers.show.tables import printable

WHOLE = {"grouping": "", "level": 0}


def rows(grouping: str, *counts: int) -> list[dict[str, Any]]:
    """Return so many rows of a grouping per level, the widest first."""
    return [{"grouping": grouping, "level": level} for level, count in enumerate(counts) for _ in range(count)]


@pytest.mark.parametrize(
    ("records", "printed"),
    [
        (rows("unit", 4, 12, 24), 40),
        (rows("unit", 4, 12, 25), 16),
        (rows("unit", 4, 44), 4),
        (rows("unit", 5, 10) + rows("client", 5, 10, 11), 30),
        (rows("product", 9) + rows("process", 9) + rows("product × process", 81), 18),
        (rows("shop", 60), 40),
    ],
)
def test_the_deepest_rows_go_first(records: list[dict[str, Any]], printed: int) -> None:
    """Until forty groups are left below the whole; of one long level the first forty stay."""
    found = table_length.printed([WHOLE, *records])
    assert (found[0], sum(found[1:])) == (True, printed)


@given(st.lists(st.tuples(st.sampled_from(["", "unit", "a × b", "shop"]), st.integers(0, 4)), max_size=120))
def test_there_is_always_something_and_never_more_than_a_page(groups: list[tuple[str, int]]) -> None:
    """At most forty groups; a table of at most forty is printed whole."""
    records = [{"grouping": grouping, "level": level if grouping == "unit" else 0} for grouping, level in groups]
    found = table_length.printed(records)
    split = [kept for kept, row in zip(found, records, strict=True) if row["grouping"]]
    assert sum(split) <= table_length.MOST_ROWS
    assert len(split) > table_length.MOST_ROWS or all(found)
    assert all(kept for kept, row in zip(found, records, strict=True) if not row["grouping"])


def test_the_report_says_how_many_groups_only_the_workbook_has(framed, score_row) -> None:
    """The printed block drops them, and the heading and column that only they filled; the block itself has all."""
    teams = [score_row({"unit": f"A › {team}"}, level=1, n=12) for team in range(41)]
    block = printable(framed("transactional", [score_row(), score_row({"unit": "A"}), *teams], language="en"))
    printed = blocks.printed(block)
    assert (len(block["rows"]), len(printed["rows"])) == (43, 2)
    assert block["columns"][-1]["key"] == "remark"
    assert printed["columns"] == block["columns"][:-1]
    assert {len(row["cells"]) for row in printed["rows"]} == {len(printed["columns"])}
    assert printed["notes"][-1] == "41 more groups are in the workbook only."
    assert "41 more groups are in the workbook only." not in block["notes"]


def test_a_crossing_that_is_left_out_leaves_no_heading(framed, score_row) -> None:
    """A heading above nothing would look like a fault."""
    crossed = [score_row({"product": f"P{at}", "process": "Sales"}) for at in range(40)]
    block = printable(framed("transactional", [score_row(), score_row({"product": "P0"}), *crossed]))
    assert [row["cells"][0]["text"] for row in blocks.printed(block)["rows"]] == ["Total", "Product", "P0"]


def test_a_short_table_is_printed_as_it_is(framed, score_row) -> None:
    """Nothing is left out and nothing is said."""
    block = printable(framed("transactional", [score_row(), score_row({"product": "Gas"})]))
    assert blocks.printed(block) == block
