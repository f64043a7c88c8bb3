"""The method page: docs/method.md beside every report, where the links of the method chapter arrive."""

from __future__ import annotations

import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nbformat
import pytest

from helpers.errors import InfrastructureError
from helpers.production import chapters, document, html, method_page, pdf
from helpers.show.language import Language

ROOT = Path(__file__).resolve().parents[2]
CHAPTER = ROOT / "notebooks" / "method.ipynb"
SQUARE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9pt" height="9pt"><title>Square</title><path d="M0 0h9v9z"/></svg>'
)


class _Page(HTMLParser):
    """The ids of a page and where its links lead."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element is called and links to."""
        found = dict(attrs)
        self.ids += [found["id"]] if found.get("id") else []
        self.hrefs += [found["href"] or ""] if tag == "a" else []


@pytest.fixture(scope="module")
def page() -> _Page:
    """Return the page of this project's own docs/method.md."""
    return _Page(method_page.render(method_page.page()))


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """Return a page of one section, with a drawing, a table of contents and a link to code."""
    (tmp_path / "square.svg").write_text(SQUARE, encoding="utf-8")
    source = tmp_path / "method.md"
    source.write_text(
        "# The method\n\n| where |\n|---|\n| [here](#a-part) |\n\n## A part\n\n![A square](square.svg)\n\n"
        "In [x.py](../src/x.py).\n",
        encoding="utf-8",
    )
    return source


def joined(language: str) -> dict[str, Any]:
    """Return the method chapter in a language as a document, with the method page beside it."""
    notebook = nbformat.read(CHAPTER, as_version=4)
    shown = chapters.translated(notebook, Language(language))
    return document.from_notebooks([("method", shown)], internal=False, beside=[method_page.page()])


@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_link_of_the_method_chapter_arrives_at_a_heading(language: str, page: _Page) -> None:
    """In both languages, as many as were written; a link that arrives nowhere would have become plain text."""
    prose = [cell.source for cell in nbformat.read(CHAPTER, as_version=4).cells if cell.cell_type == "markdown"]
    asked = re.findall(r"\]\(\.\./docs/method\.md#([^)]+)\)", "\n".join(prose))
    hrefs = [href for href in _Page(html.render(joined(language))).hrefs if href.startswith("method.html#")]
    assert len(asked) == len(hrefs) > 10
    assert {href.removeprefix("method.html#") for href in hrefs} <= set(page.ids)


def test_each_line_of_the_method_chapter_ends_with_its_link() -> None:
    """Every bullet that names a formula leads to it."""
    (formulas,) = [
        cell.source for cell in nbformat.read(CHAPTER, as_version=4).cells if "## How are the figures" in cell.source
    ]
    bullets = [line for line in formulas.splitlines() if line.startswith("- ")]
    assert [line for line in bullets if not re.search(r"\[[^\]]+\]\(\.\./docs/method\.md#[^)]+\)\.$", line)] == []


def test_the_links_work_from_the_folder_of_the_notebooks() -> None:
    """In JupyterLab a chapter's link is followed from its own folder."""
    assert (CHAPTER.parent / method_page.WRITTEN).resolve() == method_page.SOURCE.resolve()


def test_the_page_is_found_in_a_clone() -> None:
    """It stands beside the package's source, as notebooks and params do."""
    assert method_page.SOURCE == ROOT / "docs" / "method.md"
    assert method_page.SOURCE.is_file()


def test_every_link_within_the_page_arrives(page: _Page) -> None:
    """Those of its table of contents too; nothing leads to the source, which is not in a set."""
    inside = {href[1:] for href in page.hrefs if href.startswith("#")}
    assert inside <= set(page.ids)
    assert [href for href in page.hrefs if not href.startswith(("#", "https://"))] == []


def test_every_link_that_the_page_writes_to_itself_arrives() -> None:
    """GitHub's names of headings are those of the page, so none becomes plain text."""
    written = re.findall(r"\]\(#([^)]+)\)", method_page.SOURCE.read_text(encoding="utf-8"))
    assert [anchor for anchor in written if anchor not in method_page.page().chapter.anchors] == []


def test_the_page_stands_by_itself(written: Path) -> None:
    """Its drawing is inside, links to code are words, and cells of tables link."""
    text = method_page.render(method_page.page(written))
    found = _Page(text)
    assert 'lang="en"' in text
    assert "default-src &#39;none&#39;" in text
    assert "A square" in text
    assert "<path" in text
    assert "#method--a-part" in found.hrefs
    assert [href for href in found.hrefs if "src" in href] == []
    assert ">here</a>" in text


def test_it_has_the_report_s_accent_and_nothing_else_of_it(written: Path) -> None:
    """The same accent gives the same bytes."""
    method = method_page.page(written)
    assert "#8a1c5b" in method_page.render(method, accent="#8A1C5B").lower()
    assert method_page.render(method) == method_page.render(method_page.page(written))


def test_the_manifest_lists_it_with_its_hash(written: Path) -> None:
    """So that a reader knows which text of the method goes with the figures."""
    listed = method_page.listed(written)
    assert (listed.source, listed.name) == ("method", "method.md")
    assert listed.sha256 == hashlib.sha256(written.read_bytes()).hexdigest()


@pytest.mark.parametrize("gone", ["method.md", "square.svg"])
def test_a_page_that_is_not_there_is_named(written: Path, gone: str) -> None:
    """A report whose links arrive nowhere is not made."""
    (written.parent / gone).unlink()
    with pytest.raises(InfrastructureError) as caught:
        method_page.page(written)
    assert str(caught.value) == (
        f"{written.parent.name}/{gone}: the method page that every report brings along cannot be read (No such file or "
        "directory). Restore it from the repository."
    )


def test_the_pdf_links_to_the_page_too() -> None:
    """By its name alone: the two files stand in one folder."""
    assert b"(method.html#method--weights)" in pdf.render(joined("nl"))
