"""Chapters: which notebooks make a report, in whose language, and which sections have nothing to show."""

from __future__ import annotations

import nbformat
import pytest

from helpers.errors import NotebookError
from helpers.production import chapters
from helpers.show.language import Language


@pytest.fixture
def places(tmp_path):
    """Lay out a folder of two chapters, and one of an organisation with a chapter of its own."""
    for name in ("notebooks/summary", "notebooks/method", "acme/own"):
        file = tmp_path / f"{name}.ipynb"
        file.parent.mkdir(exist_ok=True)
        file.write_text("{}")
    return {"notebooks": tmp_path / "notebooks", "beside": tmp_path / "acme"}


def said(source):
    """Return a cell of prose."""
    return nbformat.v4.new_markdown_cell(source)


def ran(source, *, shows=False, tags=()):
    """Return an executed code cell, with or without an output."""
    outputs = [nbformat.v4.new_output("stream", text="x")] if shows else []
    return nbformat.v4.new_code_cell(source, outputs=outputs, metadata={"tags": list(tags)})


def kept(*cells):
    """Return the sources that are left of a notebook without its silent sections."""
    notebook = nbformat.v4.new_notebook(cells=list(cells))
    return [cell.source for cell in chapters.without_silent_sections(notebook).cells]


def test_chapters_are_found_in_the_order_of_their_names(places):
    """A bare name is one of ours, a path is the organisation's own."""
    assert chapters.found(["own.ipynb", "method", "summary"], **places) == [
        places["beside"] / "own.ipynb", places["notebooks"] / "method.ipynb", places["notebooks"] / "summary.ipynb",
    ]  # fmt: skip


def test_every_chapter_that_is_not_there_is_named(places):
    """One message per missing chapter, with those there are, and exit code 2."""
    with pytest.raises(NotebookError) as caught:
        chapters.found(["sumary", "summary", "mine.ipynb"], **places)
    ending = "Chapters are method, summary, or the path of your own notebook."
    assert caught.value.messages == (
        f"{places['beside'].parent.name}/{places['beside'].name}/params.yaml, report.chapters: there is no chapter "
        f"'sumary'. Did you mean 'summary'? {ending}",
        f"{places['beside'].parent.name}/{places['beside'].name}/params.yaml, report.chapters: there is no chapter "
        f"'mine.ipynb'. {ending}",
    )
    assert caught.value.exit_code == 2


def test_prose_is_translated_and_remembers_its_english():
    """Markdown is put in the reader's language; code and the notebook that was given stay as they are."""
    english = nbformat.v4.new_notebook(cells=[said("# Management summary"), ran("# Management summary")])
    dutch = chapters.translated(english, Language("nl"))
    assert [cell.source for cell in dutch.cells] == ["# Managementsamenvatting", "# Management summary"]
    assert dutch.cells[0].metadata["nulmeting"] == {"source": "# Management summary"}
    assert "nulmeting" not in dutch.cells[1].metadata
    assert english.cells[0].source == "# Management summary"
    assert "nulmeting" not in english.cells[0].metadata


def test_a_section_that_showed_nothing_is_left_out_whole():
    """Its heading, its prose and its code go; the sections around it stay in order."""
    assert kept(
        said("# Title"), said("## One"), ran("1", shows=True),
        said("## Silent"), said("about it"), ran("2"),
        said("### Last"), ran("3"), ran("4", shows=True),
    ) == ["# Title", "## One", "1", "### Last", "3", "4"]  # fmt: skip


def test_prose_alone_and_what_stands_above_the_first_section_stay():
    """Nothing was asked of them, so there is nothing that they failed to show."""
    assert kept(said("# Title"), ran("1"), said("## Words"), said("only words")) == [
        "# Title", "1", "## Words", "only words",
    ]  # fmt: skip


@pytest.mark.parametrize("tag", ["parameters", "injected-parameters"])
def test_a_cell_of_parameters_is_no_code_that_failed_to_show(tag):
    """A section of prose with the parameters in it is a section of prose."""
    assert kept(said("## Words"), ran("period = None", tags=[tag])) == ["## Words", "period = None"]
    assert kept(said("## Words"), ran("period = None")) == []


def test_the_executed_notebook_keeps_its_silent_sections():
    """Only the report leaves them out: the published notebook is what ran."""
    notebook = nbformat.v4.new_notebook(cells=[said("## Silent"), ran("1")])
    assert chapters.without_silent_sections(notebook).cells == []
    assert [cell.source for cell in notebook.cells] == ["## Silent", "1"]
