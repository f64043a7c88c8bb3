from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.production import outline

Node = dict[str, Any]


def _heading(level: int, words: str, **more: str) -> Node:
    return {"type": "heading", "level": level, "id": "", "inlines": [{"type": "text", "text": words}], **more}


def _linking(href: str) -> Node:
    return {"type": "paragraph", "inlines": [{"type": "link", "href": href, "inlines": [_text("woord")]}]}


def _text(words: str) -> Node:
    return {"type": "text", "text": words}


def _hrefs(chapter: outline.Chapter) -> list[str | None]:
    return [node["inlines"][0].get("href") for node in chapter.nodes if node["type"] == "paragraph"]


def test_the_first_heading_of_level_one_is_the_title() -> None:
    """The title leaves the nodes; a second heading of level 1 becomes a section."""
    chapter = outline.chapter("targets", [_heading(1, "Doelen"), _heading(1, "Nog een")])
    assert chapter.title == "Doelen"
    assert [(node["level"], node["id"]) for node in chapter.nodes] == [(2, "targets--nog-een")]


def test_a_chapter_without_title_is_called_after_its_notebook() -> None:
    """A notebook needs no heading at all."""
    assert outline.chapter("zero_measurement", []).title == "Zero measurement"


@pytest.mark.parametrize(
    ("written", "levels"),
    [
        ([2, 3, 4, 2], [2, 3, 4, 2]),
        ([2, 4, 4, 3], [2, 3, 3, 3]),  # the skipped level is closed up, and 3 is a sibling of 4
        ([4, 4, 2, 3], [2, 2, 2, 3]),
        ([6, 5, 4, 3], [2, 2, 2, 2]),
        ([2, 3, 4, 5, 6], [2, 3, 4, 5, 6]),
    ],
)
def test_levels_follow_each_other(written: list[int], levels: list[int]) -> None:
    """No level is skipped on the way down, and headings of one level stay each other's equals."""
    nodes = [_heading(level, "x") for level in written]
    assert levels == [node["level"] for node in outline.chapter("a", nodes).nodes]


@given(st.lists(st.integers(min_value=1, max_value=6), max_size=12))
def test_no_outline_skips_a_level(written: list[int]) -> None:
    """For any headings: the first is of level 2, and each is at most one deeper than the one before."""
    nodes = outline.chapter("a", [_heading(1, "Titel"), *(_heading(level, "x") for level in written)]).nodes
    levels = [1, *(node["level"] for node in nodes)]
    assert all(low <= high + 1 for high, low in itertools.pairwise(levels))
    assert len({node["id"] for node in nodes}) == len(nodes)


def test_an_id_comes_from_the_english_words() -> None:
    """A translated heading keeps the address of its source, so links hold in every language."""
    chapter = outline.chapter("summary", [_heading(2, "Wat is niet bekend?", source="What is not known?")])
    assert [node["id"] for node in chapter.nodes] == ["summary--what-is-not-known"]
    assert "source" not in chapter.nodes[0]


def test_equal_headings_get_numbered_ids() -> None:
    """An id occurs once; the number also avoids a heading that ends in one."""
    nodes = [_heading(2, words) for words in ("Doel", "Doel", "Doel 2", "Doel")]
    ids = [node["id"] for node in outline.chapter("a", nodes).nodes]
    assert ids == ["a--doel", "a--doel-2", "a--doel-2-2", "a--doel-3"]


@pytest.mark.parametrize(
    ("href", "arrives"),
    [
        ("targets.ipynb", "#targets"),
        ("./targets.ipynb", "#targets"),
        ("targets.ipynb#Targets", "#targets"),
        ("targets.ipynb#Are-we-on-the-path?", "#targets--are-we-on-the-path"),
        ("targets.ipynb#Are%20we%20on%20the%20path%3F", "#targets--are-we-on-the-path"),
        ("targets.ipynb#Liggen-we-op-het-pad?", "#targets--are-we-on-the-path"),
        ("#What-is-not-known", "#summary--what-is-not-known"),
        ("https://doi.org/10.1080/x", "https://doi.org/10.1080/x"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("targets.ipynb#No-such-heading", None),
        ("#", None),
        ("roadmap.ipynb", None),
        ("../secret/targets.ipynb", None),
        ("data/answers.csv", None),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("", None),
    ],
)
def test_links_arrive_or_become_text(href: str, arrives: str | None) -> None:
    """A link to a chapter or heading becomes an anchor; one that arrives nowhere is plain text."""
    summary = outline.chapter("summary", [_heading(2, "What is not known"), _linking(href)])
    source = {"source": "Are we on the path?"}
    targets = outline.chapter("targets", [_heading(1, "Targets"), _heading(2, "Liggen we op het pad?", **source)])
    first, _ = outline.linked([("summary", summary), ("targets", targets)])
    assert _hrefs(first) == [arrives]
    if arrives is None:
        assert first.nodes[1]["inlines"] == [_text("woord")]


def test_links_are_found_in_lists_and_quotes() -> None:
    """Wherever it stands, a link is followed."""
    nodes = [
        {"type": "quote", "nodes": [_linking("b.ipynb")]},
        {"type": "list", "ordered": False, "items": [[_linking("c.ipynb")]]},
    ]
    one, _ = outline.linked([("a", outline.chapter("a", nodes)), ("b", outline.chapter("b", []))])
    assert one.nodes[0]["nodes"][0]["inlines"][0]["href"] == "#b"
    assert one.nodes[1]["items"][0][0]["inlines"] == [_text("woord")]


@pytest.mark.parametrize(
    ("href", "arrives"),
    [
        ("../docs/method.md#weights", "method.html#method--weights"),
        ("../docs/method.md", "method.html"),
        ("../docs/method.md#no-such-section", None),
        ("../docs/other.md#weights", None),
        ("method.md#weights", None),
    ],
)
def test_links_to_a_page_beside_the_document_arrive_there(href: str, arrives: str | None) -> None:
    """The page has its own file in the set; without such a page the words alone are left."""
    method = outline.Page("../docs/method.md", "method.html", outline.chapter("method", [_heading(2, "Weights")]))
    chapters = [("a", outline.chapter("a", [_linking(href)]))]
    assert _hrefs(outline.linked(chapters, beside=[method])[0]) == [arrives]
    assert _hrefs(outline.linked(chapters)[0]) == [None]


def test_links_in_the_cells_of_a_table_are_followed() -> None:
    """A markdown table may be a list of contents."""
    cells = [{"text": "woord", "inlines": _linking(href)["inlines"]} for href in ("#Weights", "#nowhere")]
    table = {"type": "table", "block": {"rows": [{"cells": [*cells, {"text": "plain"}]}]}}
    (one,) = outline.linked([("a", outline.chapter("a", [_heading(2, "Weights"), table]))])
    first, second, third = one.nodes[1]["block"]["rows"][0]["cells"]
    assert first["inlines"][0]["href"] == "#a--weights"
    assert second["inlines"] == [_text("woord")]
    assert third == {"text": "plain"}


def test_nodes_are_not_changed() -> None:
    """Frame in, new frame out: the nodes that came in keep their words and levels."""
    nodes = [_heading(4, "x", source="y"), _linking("nowhere.ipynb")]
    before = repr(nodes)
    outline.linked([("a", outline.chapter("a", nodes))])
    assert repr(nodes) == before
