from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell

from helpers.production import document

Node = dict[str, Any]


def _joined(*chapters: tuple[str, NotebookNode], **edition: Any) -> Node:
    return document.from_notebooks(chapters, internal=False, edition=document.Edition(**edition))


def _one(*cells: NotebookNode, **edition: Any) -> Node:
    return _joined(("targets", new_notebook(cells=list(cells))), **edition)


def _nodes(joined: Node) -> list[Node]:
    return [node for chapter in joined["chapters"] for node in chapter["nodes"]]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for item in value.values() for text in _strings(item))
    elif isinstance(value, list):
        yield from (text for item in value for text in _strings(item))


def test_a_chapter_is_joined_in_order(sample: ModuleType) -> None:
    """Prose and blocks follow each other as in the notebook; the title and the cover stand apart."""
    joined = _joined(("zero_measurement", sample.sample_notebook()))
    (chapter,) = joined["chapters"]
    kinds = [node["type"] if node["type"] != "block" else node["block"]["kind"] for node in chapter["nodes"]]
    assert (chapter["id"], chapter["title"]) == ("zero_measurement", "Waar staan we nu?")
    assert kinds == ["heading", "paragraph", "table", "chart", "heading", "callout", "list"]
    assert joined["cover"]["organisation"] == "Voorbeeld Energie"


def test_a_translated_heading_has_an_english_id(sample: ModuleType) -> None:
    """The id comes from the source that the cell's metadata keeps; without source from the words themselves."""
    nodes = _nodes(_joined(("zero_measurement", sample.sample_notebook())))
    ids = [node["id"] for node in nodes if node["type"] == "heading"]
    assert ids == ["zero_measurement--where-do-we-stand", "zero_measurement--het-slot"]


def test_a_source_with_other_headings_is_not_trusted() -> None:
    """Where a translator took a heading out, the printed words give the ids."""
    cell = new_markdown_cell("## Eén", metadata={"nulmeting": {"source": "## One\n\n## Two"}})
    assert [node["id"] for node in _nodes(_one(cell))] == ["targets--een"]


def test_links_between_notebooks_become_anchors(sample: ModuleType) -> None:
    """The sample links to a heading of the targets; without that chapter the words remain."""
    targets = new_notebook(cells=[new_markdown_cell("# T\n\n## Are we on the path")])
    alone = _joined(("zero_measurement", sample.sample_notebook()))
    both = _joined(("zero_measurement", sample.sample_notebook()), ("targets", targets))
    link = {"type": "link", "href": "#targets--are-we-on-the-path", "inlines": [{"type": "text", "text": "de doelen"}]}
    assert _nodes(both)[1]["inlines"][1] == link
    assert _nodes(alone)[1]["inlines"][1] == {"type": "text", "text": "de doelen"}


def test_the_document_speaks_for_its_cover(sample: ModuleType) -> None:
    """Title, running head, confidentiality and language come from the cover unless the edition gives them."""
    chapter = ("zero_measurement", sample.sample_notebook())
    joined = _joined(chapter)
    assert joined["title"] == "De 0-meting van klant- en medewerkerloyaliteit"
    assert joined["running_head"] == "Voorbeeld Energie · Derde kwartaal 2026"
    assert joined["confidentiality"] == "Vertrouwelijk – alleen voor de directie van Voorbeeld Energie"
    assert joined["language"] == "nl"
    given = {"title": "T", "running_head": "R", "confidentiality": "C", "language": "en", "as_of": "2026-09-30"}
    assert {key: _joined(chapter, **given)[key] for key in given} == given


def test_any_notebook_is_a_document() -> None:
    """Without cover and blocks the chapter's own title is the document's, in English."""
    joined = _one(new_markdown_cell("# Mijn werkblad"))
    assert (joined["title"], joined["running_head"]) == ("Mijn werkblad", "Mijn werkblad")
    assert (joined["language"], joined["cover"], joined["as_of"]) == ("en", None, "")


def test_code_is_shown_only_on_request(sample: ModuleType) -> None:
    """No source token reaches the document, and with show_code the parameters still do not."""
    chapter = ("zero_measurement", sample.sample_notebook())
    hidden, shown = (json.dumps(_joined(chapter, show_code=on)) for on in (False, True))
    assert "secret_token" not in hidden
    assert '{"type": "code", "text": "show.block(secret_token)", "cell": true}' in shown
    assert "# Parameters" not in shown
    assert "organisation =" not in shown


@pytest.mark.parametrize("tag", ["hide", "hide-input", "remove-input", "parameters", "injected-parameters"])
def test_a_tag_hides_the_code_of_its_cell(tag: str) -> None:
    """The output stays."""
    output = new_output("stream", name="stdout", text="uit")
    cell = new_code_cell("code", outputs=[output], metadata={"tags": [tag]})
    assert _nodes(_one(cell, show_code=True)) == [{"type": "text", "text": "uit"}]


@pytest.mark.parametrize("tag", ["remove-cell", "papermill-error-cell-tag"])
def test_a_tag_removes_its_cell(tag: str) -> None:
    """Neither prose nor output is left, nor a raw cell."""
    output = new_output("stream", name="stdout", text="uit")
    cells = [
        new_code_cell("code", outputs=[output], metadata={"tags": [tag]}),
        new_markdown_cell("proza", metadata={"tags": [tag]}),
        new_raw_cell("rauw"),
    ]
    assert _nodes(_one(*cells, show_code=True)) == []


def test_two_notebooks_of_one_name_have_two_ids() -> None:
    """Ids are unique over the document."""
    notebook = new_notebook(cells=[new_markdown_cell("# A\n\n## B")])
    joined = _joined(("a", notebook), ("a", notebook))
    assert [chapter["id"] for chapter in joined["chapters"]] == ["a", "a-2"]
    assert [node["id"] for node in _nodes(joined)] == ["a--b", "a-2--b"]


def test_every_string_is_clean(sample: ModuleType) -> None:
    """Control characters go and characters are composed; everything else is kept to the letter."""
    joined = _joined(("a", sample.sample_notebook()), ("b", new_notebook(cells=[new_markdown_cell("e\u0301\x07")])))
    texts = list(_strings(joined))
    assert not [text for text in texts if any(ord(c) < 32 and c not in "\n\t" for c in text)]
    assert "é" in texts
    assert sample.NASTY[0] in texts
    assert "Bel en tab\tblijven heel; [31mrood[0m niet" in texts


def test_warnings_name_chapter_and_cell(sample: ModuleType) -> None:
    """What the log should know is collected with its place."""
    output = new_output("display_data", data={"image/png": sample.PNG})
    joined = _one(new_markdown_cell("# T"), new_code_cell("x", outputs=[output]))
    assert joined["warnings"] == [
        "targets.ipynb, cell 2: a picture has no description for those who cannot see it; give it alt text."
    ]
    assert _nodes(joined)[0]["alt"] == "Figure without description"


def test_labels_are_translated_and_keep_what_the_renderer_fills() -> None:
    """The translator sees each message whole; page numbers and captions are filled in later."""

    def dutch(message: str, **values: str) -> str:
        return f"[{message}]".format(**values)

    labels = document.labels(dutch)
    assert labels["contents"] == "[Contents]"
    assert labels["page"] == "[Page {page} of {pages}]"
    assert labels["table"] == "[Table {n}: {caption}]"
    assert _one(labels=labels)["labels"] == labels
    assert _one(labels=labels)["internal_text"] == "[INTERNAL – not checked for disclosure]"


def test_notebooks_are_not_changed(sample: ModuleType) -> None:
    """Joining reads; the executed notebook stays as it was stamped."""
    notebook = sample.sample_notebook()
    before = copy.deepcopy(notebook)
    joined = _joined(("a", notebook))
    joined["chapters"][0]["nodes"].clear()
    assert notebook == before


def test_the_tree_is_plain_json(sample: ModuleType) -> None:
    """The tree survives a file, so that the PDF's template can read it."""
    joined = _joined(("a", sample.sample_notebook()))
    assert json.loads(json.dumps(joined)) == joined
