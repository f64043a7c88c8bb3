from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_output

from helpers.production import outputs
from helpers.show.blocks import MIME

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="10pt" height="5pt"/>'
TABLE = "<table><tr><th>a</th></tr><tr><td>1</td></tr></table>"
NO_DESCRIPTION = "Figuur zonder beschrijving"


def _read(*found: Any, **metadata: Any) -> tuple[list[dict[str, Any]], list[str]]:
    cell = new_code_cell("x", outputs=list(found), metadata=metadata)
    warnings = outputs.Warnings(chapter="targets", cell=3)
    return outputs.nodes(cell, no_description=NO_DESCRIPTION, warnings=warnings), warnings.sentences


def _display(data: dict[str, Any], **metadata: Any) -> Any:
    return new_output("display_data", data=data, metadata=metadata)


def test_rows_of_the_workbook_only_are_not_printed(sample: ModuleType) -> None:
    """The document drops them and says so; the notebook, from which the workbook is made, keeps every row."""
    heads = [sample.column("a", "Groep"), sample.column("b", "Nu", number=True)]
    rows = [sample.row("Noord", "+1"), sample.row("Team 1", "+2", level=1) | {"workbook_only": True}]
    table = sample.table("t", "Groepen", heads, rows, left_out="Nog 1 groep staat alleen in de werkmap.")
    (node,), _ = _read(_display({MIME: table}))
    assert [row["cells"][0]["text"] for row in node["block"]["rows"]] == ["Noord"]
    assert node["block"]["notes"] == ["Nog 1 groep staat alleen in de werkmap."]
    assert len(table["rows"]) == 2


def test_the_best_form_of_an_output_is_taken(sample: ModuleType) -> None:
    """Our block, else SVG, PNG, an HTML table, markdown, plain text; each only when nothing better is there."""
    forms: dict[str, Any] = {
        MIME: sample.TILES,
        "image/svg+xml": SVG,
        "image/png": sample.PNG,
        "text/html": TABLE,
        "text/markdown": "*a*",
        "text/plain": "a",
    }
    taken = []
    while forms:
        (node,), _ = _read(_display(dict(forms), alt="Beschreven"))
        taken.append((node["type"], *({"svg", "png"} & set(node))))
        forms.pop(next(iter(forms)))
    pictures = [("picture", "svg"), ("picture", "png")]
    assert taken == [("block",), *pictures, ("table",), ("paragraph",), ("text",)]


def test_html_without_a_table_keeps_its_words() -> None:
    """The last resort is the text of the HTML."""
    assert _read(_display({"text/html": "<div>a <b>b</b></div>"}))[0] == [{"type": "text", "text": "a b"}]


def test_a_block_of_another_schema_falls_back_and_says_so() -> None:
    """A block that this version does not know is not guessed at."""
    block = {"schema": 2, "kind": "hologram"}
    nodes, warnings = _read(_display({MIME: block, "text/plain": "hologram"}))
    assert nodes == [{"type": "text", "text": "hologram"}]
    assert warnings == [
        "targets.ipynb, cell 3: a block of schema 2 and kind 'hologram' is not known here (schema 1; callout, "
        "chart, cover, list, sentence, table, tiles); the output's plainer form is printed."
    ]


@pytest.mark.parametrize(
    ("output_metadata", "cell_metadata"),
    [
        ({"image/png": {"alt": "Een tekening"}}, {}),
        ({"alt": "Een tekening"}, {}),
        ({}, {"alt": "Een tekening"}),
    ],
)
def test_a_picture_takes_its_description_from_the_notebook(
    sample: ModuleType, output_metadata: dict[str, Any], cell_metadata: dict[str, Any]
) -> None:
    """Alt text may stand with the MIME type, the output or the cell."""
    nodes, warnings = _read(_display({"image/png": sample.PNG}, **output_metadata), **cell_metadata)
    assert ([node["alt"] for node in nodes], warnings) == (["Een tekening"], [])


@pytest.mark.parametrize("kind", ["picture", "chart"])
def test_a_picture_without_description_says_so(sample: ModuleType, kind: str) -> None:
    """A reader who cannot see it learns that it is there; the log asks for the words."""
    data = {"image/png": sample.PNG} if kind == "picture" else {MIME: {**sample.CHART, "alt": " "}}
    (node,), warnings = _read(_display(data))
    assert (node if kind == "picture" else node["block"])["alt"] == NO_DESCRIPTION
    assert warnings == [
        "targets.ipynb, cell 3: a picture has no description for those who cannot see it; give it alt text."
    ]


def test_what_is_printed_is_one_text() -> None:
    """Two prints that follow each other are one text; the empty lines behind it go."""
    first, second = (new_output("stream", name="stdout", text=text) for text in ("a\n", "b\n\n"))
    assert _read(first, second)[0] == [{"type": "text", "text": "a\nb"}]


def test_the_error_stream_and_errors_stay_out_of_the_report() -> None:
    """A warning with a local path is for the log, not for the client."""
    stream = new_output("stream", name="stderr", text="/home/x: FutureWarning")
    error = new_output("error", ename="ValueError", evalue="secret", traceback=["secret"])
    nodes, warnings = _read(stream, error)
    assert nodes == []
    assert warnings == [
        "targets.ipynb, cell 3: something was printed on the error stream; it is left out of the report.",
        "targets.ipynb, cell 3: the cell raised ValueError; what it raised is left out of the report.",
    ]


def test_text_kept_as_lines_is_joined() -> None:
    """Notebook files may keep text as a list of lines."""
    assert _read(_display({"text/plain": ["a\n", "b"]}))[0] == [{"type": "text", "text": "a\nb"}]
