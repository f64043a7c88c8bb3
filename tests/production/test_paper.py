"""The document as the template walks it: nothing in it that Typst would refuse."""

from __future__ import annotations

import copy
from types import ModuleType
from typing import Any

import pytest

from helpers.production import paper
from helpers.show.theme import theme

Content = dict[str, Any]


def laid_out(sample: ModuleType, *nodes: Content, **changes: Any) -> Content:
    """Lay out a document of one chapter."""
    chapters = [{"id": "chapter", "title": "Hoofdstuk", "nodes": list(nodes)}]
    return paper.laid_out(sample.sample_document(**{"chapters": chapters, **changes}), look=theme())


def test_the_document_is_not_changed(sample: ModuleType) -> None:
    """Laying out returns a new tree."""
    document = sample.sample_document()
    before = copy.deepcopy(document)
    paper.laid_out(document, look=theme())
    assert document == before


def test_heading_levels_follow_each_other(sample: ModuleType) -> None:
    """A level that skips one is raised to the next; a step back stays what it was."""
    tree = laid_out(sample, *(sample.heading(level, f"h{level}", "Kop") for level in (4, 6, 2, 3)))
    assert [node["level"] for node in tree["chapters"][0]["nodes"]] == [2, 3, 2, 3]


def test_each_id_occurs_once_and_is_an_anchor(sample: ModuleType) -> None:
    """Chapters and headings share one list of ids, those inside lists and quotes included."""
    quote = {"type": "quote", "nodes": [sample.heading(2, "chapter", "Kop")]}
    tree = laid_out(sample, sample.heading(2, "chapter", "Kop"), quote)
    assert tree["anchors"] == ["chapter", "chapter-2", "chapter-3"]


def test_a_picture_is_an_svg_with_a_description(sample: ModuleType) -> None:
    """A raster image is framed in an SVG; a missing description is said to be missing."""
    png = {"type": "picture", "png": sample.PNG, "alt": " ", "width": 18, "height": 6}
    (node,) = laid_out(sample, png)["chapters"][0]["nodes"]
    assert node["svg"].startswith('<svg xmlns="http://www.w3.org/2000/svg" width="18" height="6"><image ')
    assert (node["alt"], "png" in node) == ("Figuur zonder beschrijving", False)


@pytest.mark.parametrize("reference", ['href="https://a.b/c.png"', "xlink:href='/etc/passwd'", 'href="x.png"'])
def test_a_reference_out_of_a_drawing_is_dropped(reference: str, sample: ModuleType) -> None:
    """References inside the drawing and data stay; addresses and files go."""
    svg = f'<svg><use href="#a"/><image href="data:image/png;base64,AA"/><image {reference}/></svg>'
    node = {"type": "picture", "svg": svg, "alt": "a", "width": 9, "height": 9}
    kept = laid_out(sample, node)["chapters"][0]["nodes"][0]["svg"]
    assert kept == '<svg><use href="#a"/><image href="data:image/png;base64,AA"/><image /></svg>'


def test_the_table_of_a_chart_is_left_out(sample: ModuleType) -> None:
    """The chart's description stands in the PDF instead."""
    (node,) = laid_out(sample, *sample.shown(sample.CHART))["chapters"][0]["nodes"]
    assert "table" not in node["block"]


def test_what_is_wider_than_the_page_stands_with_its_introduction(sample: ModuleType) -> None:
    """Heading and sentences go along to the page on its side; what stands before them does not."""
    chart = sample.CHART | {"width": 900, "height": 300}
    nodes = [sample.heading(2, "a", "A"), sample.paragraph("Tekst"), sample.heading(2, "b", "B"), *sample.shown(sample.ANSWER, chart)]  # fmt: skip  # noqa: E501
    found = laid_out(sample, *nodes)["chapters"][0]["nodes"]
    assert [node["type"] for node in found] == ["heading", "paragraph", "turned"]
    assert [node["type"] for node in found[2]["nodes"]] == ["heading", "block", "block"]


def test_a_table_inside_a_list_is_never_turned(sample: ModuleType) -> None:
    """A page cannot be turned in the middle of a list."""
    heads = [sample.column(f"c{at}", "Aanbeveling", number=True) for at in range(20)]
    table = sample.shown(sample.table("t", "", heads, [sample.row(*["1"] * 20)]))
    (node,) = laid_out(sample, {"type": "list", "ordered": False, "items": [table]})["chapters"][0]["nodes"]
    layout = node["items"][0][0]["block"]["layout"]
    assert (layout["turned"], len(layout["parts"]) > 1) == (False, True)


@pytest.mark.parametrize(
    ("logo", "kept"),
    [
        (None, None),
        ("no picture", None),
        (
            '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
            '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
        ),
    ],
)
def test_a_logo_is_a_drawing_or_nothing(logo: str | None, kept: str | None, sample: ModuleType) -> None:
    """What is no picture is not shown."""
    assert laid_out(sample, cover=sample.COVER | {"logo": logo})["cover"]["logo"] == kept


@pytest.mark.parametrize(
    ("code", "kept"), [("nl", "nl"), ("en-GB", "en"), ("qps-ploc", "qps"), ("", "en"), ("?", "en")]
)
def test_the_language_is_one_that_a_pdf_can_name(code: str, kept: str, sample: ModuleType) -> None:
    """Of a language code the letters before the hyphen count."""
    assert laid_out(sample, language=code)["language"] == kept
