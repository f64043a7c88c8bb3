from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.production import tables


def _read(html: str) -> tuple[list[str], list[list[str]], int]:
    (node,) = tables.from_html(html)
    block = node["block"]
    rows = [[cell["text"] for cell in row["cells"]] for row in block["rows"]]
    return [column["label"] for column in block["columns"]], rows, block["stub"]


def test_a_data_frame_keeps_its_index_as_row_heads() -> None:
    """A data frame writes its index as heads of rows; numbers stand right."""
    frame = pd.DataFrame({"n": [2, 14], "naam": ["a", "b"]}, index=pd.Index(["x", "y"], name="groep"))
    labels, rows, stub = _read(frame.to_html())
    assert (labels, rows, stub) == (["groep", "n", "naam"], [["x", "2", "a"], ["y", "14", "b"]], 1)
    columns = tables.from_html(frame.to_html())[0]["block"]["columns"]
    assert [column["align"] for column in columns] == ["left", "right", "left"]


def test_a_multi_index_is_written_out() -> None:
    """A head over several columns names each of them; a head over several rows is repeated in each."""
    columns = pd.MultiIndex.from_product([["NPS"], ["nu", "toen"]])
    index = pd.MultiIndex.from_tuples([("Gas", "Storing"), ("Gas", "Factuur"), ("Stroom", "Storing")])
    frame = pd.DataFrame([[1, 2], [3, 4], [5, 6]], index=index, columns=columns)
    labels, rows, stub = _read(frame.to_html())
    assert labels == ["", "", "NPS › nu", "NPS › toen"]
    assert rows == [["Gas", "Storing", "1", "2"], ["Gas", "Factuur", "3", "4"], ["Stroom", "Storing", "5", "6"]]
    assert stub == 2


def test_spans_within_the_body() -> None:
    """A wide cell stands once, a high cell in every row it covers."""
    html = (
        "<table><tr><th>a</th><th>b</th><th>c</th></tr>"
        "<tr><td rowspan=2>hoog</td><td colspan=2>breed</td></tr><tr><td>1</td><td>2</td></tr></table>"
    )
    assert _read(html)[1] == [["hoog", "breed", ""], ["hoog", "1", "2"]]


def test_style_and_script_are_no_words() -> None:
    """Styler puts its style sheet beside the table; none of it is printed, and a script is only dropped."""
    html = (
        "<style>#T_1 {color: red}</style><table><caption>De <b>kop</b></caption>"
        "<thead><tr><th>a</th></tr></thead><tbody><tr><td>x<script>alert(1)</script><br>y</td></tr></tbody></table>"
    )
    (node,) = tables.from_html(html)
    assert node["block"]["caption"] == "De kop"
    assert node["block"]["rows"][0]["cells"][0]["text"] == "x y"


def test_markup_in_cells_is_text() -> None:
    """An entity is the character it stands for, and stays text from there on."""
    assert _read("<table><tr><th>a</th></tr><tr><td>&lt;script&gt; &amp;amp;</td></tr></table>")[1] == [
        ["<script> &amp;"]
    ]


def test_every_table_counts_and_a_nested_one_does_not() -> None:
    """Two tables are two nodes; a table within a cell gives its words to that cell."""
    html = "<table><tr><td>1</td></tr></table><table><tr><td>a<table><tr><td>b</td></tr></table></td></tr></table>"
    found = [node["block"]["rows"][0]["cells"][0]["text"] for node in tables.from_html(html)]
    assert found == ["1", "a b"]


@pytest.mark.parametrize("html", ["", "<p>geen tabel</p>", "<table></table>", "<table><tr></tr></table>"])
def test_without_cells_there_is_no_table(html: str) -> None:
    """An empty table is not worth a node."""
    assert tables.from_html(html) == []


def test_the_words_of_html_without_a_table() -> None:
    """An output that offers nothing but HTML keeps its words."""
    assert tables.text_of_html("<style>x</style><p>Eén&nbsp;<b>twee</b></p><p>drie</p>") == "Eén twee drie"


@given(st.text(max_size=60))
def test_any_html_can_be_read(html: str) -> None:
    """Broken HTML gives broken tables, never an error, and every row as many cells as there are columns."""
    for node in tables.from_html(f"<table><tr><td rowspan=3>{html}</td></tr><tr><td colspan=99999999>"):
        block = node["block"]
        assert {len(row["cells"]) for row in block["rows"]} <= {len(block["columns"])}
