from __future__ import annotations

import base64
import copy
import hashlib
import itertools
import json
import re
from html.parser import HTMLParser
from types import ModuleType
from typing import Any

import pytest
from nbconvert.exporters import get_exporter
from nbformat.v4 import new_markdown_cell, new_notebook

from helpers.errors import ParamsError
from helpers.production import document, gate, html

VOID = {"br", "hr", "img", "meta", "link", "input"}


class Page(HTMLParser):
    """What a test asks of a page: its elements in order with their attributes, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element and that it is open."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element of a drawing."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """Close the element that is open."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note what a reader can read."""
        if not {"style", "script"} & set(self.open):
            self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        """Return the attributes of each element of a kind."""
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def text(self) -> str:
        """Return all words."""
        return "".join(self.words)


@pytest.fixture(scope="module")
def text(sample: ModuleType) -> str:
    """Return the sample report as HTML."""
    return html.render(sample.sample_document())


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    """Return the sample report as a page."""
    return Page(text)


def _with(sample: ModuleType, *nodes: Any, **changes: Any) -> str:
    chapter = {"id": "a", "title": "A", "nodes": list(nodes)}
    return html.render(sample.sample_document(**{"chapters": [chapter], "cover": None} | changes))


def test_every_element_is_closed(page: Page) -> None:
    """The page is well-formed: the parser above refuses an end that does not match its start."""
    assert page.open == []


def test_headings_follow_each_other(page: Page) -> None:
    """One h1, then no level is skipped on the way down."""
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_ids_are_unique_and_every_reference_arrives(page: Page) -> None:
    """Anchors, names and descriptions all point at something of this page."""
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    references = [
        reference.removeprefix("#")
        for _, attributes in page.elements
        for name in ("href", "aria-labelledby", "aria-describedby")
        for reference in attributes.get(name, "").split()
    ]
    assert len(ids) == len(set(ids))
    assert set(references) <= set(ids)


def test_the_page_needs_nothing_from_outside(text: str, page: Page) -> None:
    """No address, no import, and pictures and fonts are data."""
    assert re.findall(r"https?:|//[a-z]|@import|src=(?!\"data:)", re.sub(r"base64,[\w+/=]+", "", text)) == []
    assert all(picture["src"].startswith("data:image/") for picture in page.all("img"))
    assert page.all("link") == page.all("iframe") == []


def test_only_this_style_and_script_are_allowed(text: str, page: Page) -> None:
    """The policy names the hashes of the one style sheet and the one script, and nothing may be fetched."""
    (policy,) = [meta["content"] for meta in page.all("meta") if "http-equiv" in meta]
    for tag in ("style", "script"):
        (found,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(found.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert not [attributes for _, attributes in page.elements if "style" in attributes]
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]


def test_the_landmarks_are_there(page: Page) -> None:
    """Language, header, contents, main and footer; the skip link comes first and leads to main."""
    tags = [tag for tag, _ in page.elements]
    assert page.all("html") == [{"lang": "nl"}]
    assert [tags.count(tag) for tag in ("header", "main", "footer")] == [1, 1, 1]
    assert page.all("a")[0]["href"] == "#" + page.all("main")[0]["id"]
    assert page.text.index("Naar het rapport") < page.text.index("Voorbeeld Energie\n")


def test_hostile_strings_are_literal_text(text: str, page: Page, sample: ModuleType) -> None:
    """What a client wrote is never markup, in any place of the page."""
    for nasty in sample.sample_document()["chapters"][1]["nodes"][6]["block"]["items"]:
        assert nasty in page.text
    assert "<script>alert" not in text
    assert [tag for tag, _ in page.elements].count("script") == 1


@pytest.mark.parametrize("key", ["title", "running_head", "confidentiality", "language", "internal_text"])
def test_hostile_strings_in_the_frame(sample: ModuleType, key: str) -> None:
    """Not even the document's own words are trusted."""
    rendered = _with(sample, internal=True, **{key: '"><script>alert(1)</script>'})
    assert "<script>alert" not in rendered
    assert '""' not in rendered.partition("<body>")[2].replace('alt=""', "")


def test_tables_have_caption_heads_and_scopes(page: Page) -> None:
    """Columns and rows have heads with a scope, and a table scrolls inside a named region with focus."""
    scopes = {attributes.get("scope") for attributes in page.all("th")}
    regions = [attributes for attributes in page.all("div") if attributes.get("role") == "region"]
    names = [attributes["aria-label"] for attributes in regions]
    assert scopes == {"col", "row"}
    assert all(attributes["tabindex"] == "0" for attributes in regions)
    assert "Tabel 2: NPS na contact per product en proces, derde kwartaal 2026" in names
    assert len(names) == len(set(names))


def test_hidden_cells_say_so_once(sample: ModuleType) -> None:
    """Neighbours that are hidden for one reason are one wide cell with the word and the reason."""
    rendered = _with(sample, *sample.shown(sample.SCORES))
    assert rendered.count('class="number hidden"') == 1
    assert (
        '<td colspan="4" class="number hidden">verborgen (n &lt; 5) <span class="note">kleine groep</span>' in rendered
    )


def test_hidden_cells_of_other_reasons_stay_apart(sample: ModuleType) -> None:
    """Two reasons are two cells; a row head never joins."""
    cells = [sample.cell("verborgen", hidden=True, note=note) for note in ("klein", "klein", "afleidbaar", "")]
    table = sample.table("t", "T", [sample.column(name, name) for name in "abcd"], [sample.row(*cells)])
    spans = [attributes.get("colspan") for attributes in Page(_with(sample, *sample.shown(table))).all("td")]
    assert spans == [None, "2"]


def test_the_name_of_a_group_heads_its_rows(sample: ModuleType) -> None:
    """A row that is a heading is one cell across the table, which opens a group of rows."""
    heads = [sample.column("a", "Kop"), sample.column("b", "Nu")]
    names = [sample.row(name, "") | {"heading": True} for name in ("Proces", "Kanaal")]
    table = sample.table("t", "Groepen", heads, [names[0], sample.row("x", "1"), names[1], sample.row("y", "2")])
    rendered = _with(sample, *sample.shown(table))
    assert re.findall(r"<th scope=\"rowgroup\" colspan=\"2\">(\w+)</th>", rendered) == ["Proces", "Kanaal"]
    assert (rendered.count("<tbody>"), rendered.count("</tbody>")) == (2, 2)


def test_a_verdict_is_a_word(sample: ModuleType, text: str) -> None:
    """The mark only colours the word that is printed."""
    for _, code, word in sample.WORDS:
        assert f'<span class="verdict verdict-{code.replace("_", "-")}">{word}</span>' in text
        assert f".verdict-{code.replace('_', '-')}{{" in text


def test_a_chart_is_a_named_drawing_with_its_figures(page: Page, sample: ModuleType) -> None:
    """The SVG stands in the page with title and description, and its table folds out below it."""
    drawings = [attributes for attributes in page.all("svg") if attributes.get("role") == "img"]
    assert [attributes["class"] for attributes in drawings] == ["chart", "chart"]
    assert drawings[0]["width"] == "48rem"
    assert sample.CHART["alt"] in page.text
    assert len(page.all("details")) == 1


def test_a_foreign_drawing_keeps_a_light_ground(sample: ModuleType) -> None:
    """Only a drawing in the theme's own colours follows the page into the dark."""
    drawing = sample.dot_and_interval().replace(sample.BLUE, "#123456")
    picture = {"type": "picture", "svg": drawing, "alt": "x", "width": 480, "height": 160}
    assert 'class="scroll plot foreign"' in _with(sample, picture)
    assert 'class="scroll plot foreign"' not in _with(sample, picture | {"svg": sample.dot_and_interval()})


def test_a_broken_drawing_leaves_its_description(sample: ModuleType) -> None:
    """A chart that cannot be drawn is still told."""
    page = Page(_with(sample, *sample.shown({**sample.CHART, "svg": "<svg"})))
    assert sample.CHART["alt"] in page.text
    assert not [attributes for attributes in page.all("svg") if attributes.get("role") == "img"]


def test_an_unchecked_document_says_so_on_top(sample: ModuleType, text: str) -> None:
    """The banner stands before everything else, and only where it should."""
    banner = "INTERN – niet gecontroleerd op herleidbaarheid"
    words = Page(html.render(sample.sample_document(internal=True))).text
    assert words.index(banner) < words.index("Voorbeeld Energie\n")
    assert banner not in text


def test_one_chapter_without_cover_has_one_title(sample: ModuleType) -> None:
    """A notebook on its own is its own document: its title is the h1, its sections h2."""
    page = Page(_with(sample, sample.heading(2, "a--b", "B"), title="A"))
    headings = [(tag, attributes.get("id")) for tag, attributes in page.elements if re.fullmatch("h[1-6]", tag)]
    assert headings == [("h1", "a"), ("h2", "a--b")]


def test_a_logo_is_data_or_a_drawing(sample: ModuleType) -> None:
    """An address outside the file is not shown."""
    for logo, shown in (
        (f"data:image/png;base64,{sample.PNG}", True),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', True),
        ("https://example.org/logo.png", False),
        (None, False),
    ):
        rendered = html.render(sample.sample_document(cover=sample.COVER | {"logo": logo}))
        assert ('class="cover-logo"' in rendered) is shown
        assert "example.org" not in rendered


def test_emoji_travel_along(sample: ModuleType) -> None:
    """A font of just the emoji in use is added, and only when there are any."""
    plain = _with(sample, sample.paragraph("geen"))
    happy = _with(sample, sample.paragraph("ja 👍"))
    assert 'font-family:"Noto Emoji"' not in plain
    assert 'font-family:"Noto Emoji"' in happy
    assert len(happy) - len(plain) < 8_000


def test_the_accent_colours_the_page(sample: ModuleType, text: str) -> None:
    """The client's colour replaces the house's own; one that cannot be read is refused."""
    assert "--accent:#0b5394" in text
    assert "--cover:#7a1f5c" in html.render(sample.sample_document(accent="#7A1F5C"))
    with pytest.raises(ParamsError):
        html.render(sample.sample_document(accent="#ffff00"))


def test_no_source_token_reaches_the_page(sample: ModuleType) -> None:
    """Hidden code is not in the file at all, not even in an attribute."""
    joined = document.from_notebooks([("a", sample.sample_notebook())], internal=False)
    assert "secret_token" not in html.render(joined)


def test_the_same_document_gives_the_same_bytes(sample: ModuleType, text: str) -> None:
    """Rendering changes nothing in the document and depends on nothing else."""
    joined = sample.sample_document()
    before = copy.deepcopy(joined)
    assert html.render(joined) == text
    assert joined == before
    assert json.loads(json.dumps(joined)) == joined


def test_nbconvert_finds_the_exporter(sample: ModuleType) -> None:
    """The name of the exporter works for any notebook, marked as unchecked, in the bytes of render."""
    notebook = new_notebook(cells=[new_markdown_cell("# Werkblad\n\n## Een <b>kop</b>")])
    exporter = get_exporter("nulmeting-html")()
    output, resources = exporter.from_notebook_node(notebook, resources={"metadata": {"name": "werkblad"}})
    assert output == html.render(document.from_notebooks([("werkblad", notebook)], internal=True))
    assert "INTERNAL – not checked for disclosure" in output
    assert (exporter.file_extension, exporter.output_mimetype) == (".html", "text/html")
    assert resources["metadata"]["name"] == "werkblad"


def test_a_gated_notebook_is_not_marked(sample: ModuleType) -> None:
    """What came from a gated run and is unchanged carries no banner."""
    notebook = gate.stamp(gate.publishable(sample.sample_notebook()))
    output, _ = html.ReportHTMLExporter().from_notebook_node(notebook)
    assert "not checked for disclosure" not in output


def test_a_word_with_a_digit_stays_whole_in_a_cell(sample: ModuleType) -> None:
    """In a narrow column "0-" above "meting" reads as something else."""
    tree = sample.sample_document()
    heads = [sample.column("a", "Stap"), sample.column("b", "Stand")]
    tree["chapters"][0]["nodes"] += sample.shown(
        sample.table("steps", "", heads, [sample.row("Relationele 0-meting", "")])
    )
    assert 'Relationele <span class="tied">0-meting</span></th>' in html.render(tree)
