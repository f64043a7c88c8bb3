from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.production import markdown

TEXT = {"type": "text", "text": "a"}


def _words(text: str) -> str:
    return " ".join(_plain(node) for node in markdown.nodes(text))


def _plain(node: markdown.Node) -> str:
    if node["type"] in ("block", "table"):
        rows = node["block"]["rows"]
        return " ".join(cell["text"] for row in rows for cell in row["cells"])
    if node["type"] == "list":
        return " ".join(_plain(one) for item in node["items"] for one in item)
    if node["type"] == "quote":
        return " ".join(map(_plain, node["nodes"]))
    return str(node.get("text") or markdown.plain(node.get("inlines", ())))


def test_prose_becomes_nodes_of_each_kind() -> None:
    """Headings, paragraphs, lists, quotes, code, rules and tables each have their node."""
    text = "# H\n\np\n\n- a\n\n> q\n\n```\ncode\n```\n\n---\n\n| a |\n|---|\n| 1 |\n"
    kinds = ["heading", "paragraph", "list", "quote", "code", "rule", "table"]
    assert kinds == [node["type"] for node in markdown.nodes(text)]


def test_inlines_keep_their_kind() -> None:
    """Strong, emphasis, code, links and hard breaks are inlines; a soft break is a space."""
    (paragraph,) = markdown.nodes("**a** *a* `a` [a](b.ipynb#C) a  \na\na")
    assert paragraph["inlines"] == [
        {"type": "strong", "inlines": [TEXT]},
        {"type": "text", "text": " "},
        {"type": "emphasis", "inlines": [TEXT]},
        {"type": "text", "text": " "},
        {"type": "code", "text": "a"},
        {"type": "text", "text": " "},
        {"type": "link", "href": "b.ipynb#C", "inlines": [TEXT]},
        {"type": "text", "text": " a"},
        {"type": "break"},
        {"type": "text", "text": "a a"},
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("x <b onclick=y>z</b>", "x <b onclick=y>z</b>"),
        ("Q&amp;A, &eacute;&#233; &nbsp;", "Q&A, éé \xa0"),
        ("&notit &copy2", "&notit &copy2"),
        (r"\*ster\* $x$ #panic() @ref", "*ster* $x$ #panic() @ref"),
        ("`a &lt; <b>`", "a &lt; <b>"),
        ("~~weg~~", "~~weg~~"),
    ],
)
def test_markup_of_other_languages_is_literal_text(text: str, words: str) -> None:
    """HTML, mathematics, Typst and entities in code are words; entities elsewhere are the character."""
    assert words == _words(text)


@pytest.mark.parametrize(
    "text",
    [
        "<!-- a note to the author -->",
        "<!-- one\n\ntwo -->",
        '<span style="color:red">An Exception at \'<a href="#papermill-error-cell">In [5]</a>\'.</span>',
        '<span id="papermill-error-cell" style="color:red">Execution using papermill encountered an exception</span>',
    ],
)
def test_comments_and_error_banners_are_left_out(text: str) -> None:
    """What papermill adds about its own run, and what an author hid, is not printed."""
    assert markdown.nodes(text) == []


def test_a_heading_within_a_list_or_quote_is_a_bold_paragraph() -> None:
    """Only headings of the chapter itself stand in its outline."""
    (quote,) = markdown.nodes("> ## Kop")
    bold = {"type": "strong", "inlines": [{"type": "text", "text": "Kop"}]}
    assert quote["nodes"] == [{"type": "paragraph", "inlines": [bold]}]


def test_a_table_is_a_table_block_of_plain_text() -> None:
    """Cells lose their looks and keep their words; the declared alignment holds."""
    (node,) = markdown.nodes("| Term | Grens |\n|:--|--:|\n| **Promotor** | `9–10` |\n")
    block = node["block"]
    assert [column["label"] for column in block["columns"]] == ["Term", "Grens"]
    assert [column["align"] for column in block["columns"]] == ["left", "right"]
    assert [cell["text"] for cell in block["rows"][0]["cells"]] == ["Promotor", "9–10"]


def test_a_cell_that_links_keeps_its_link_beside_its_text() -> None:
    """Every medium reads the plain text; who can follow a link finds it."""
    table = markdown.nodes("| a | b |\n|---|---|\n| see [this](#x) | plain |\n")[0]["block"]
    first, second = table["rows"][0]["cells"]
    assert first["text"] == "see this"
    assert [one["type"] for one in first["inlines"]] == ["text", "link"]
    assert first["inlines"][1]["href"] == "#x"
    assert "inlines" not in second


def test_lists_nest() -> None:
    """An item is a list of nodes, so it may hold a list."""
    (node,) = markdown.nodes("1. a\n   - b\n2. c\n")
    assert node["ordered"]
    assert [len(item) for item in node["items"]] == [2, 1]
    assert not node["items"][0][1]["ordered"]


def test_a_picture_that_the_notebook_carries_is_shown(sample: object) -> None:
    """An attachment or a data address becomes a picture with the alt text of the markdown."""
    png = sample.PNG  # type: ignore[attr-defined]
    attached = markdown.nodes("![Een tekening](attachment:a.png)", attachments={"a.png": {"image/png": png}})
    inline = markdown.nodes(f"![Een tekening](data:image/png;base64,{png})")
    assert attached == inline
    assert [(node["type"], node["alt"], node["png"]) for node in attached] == [("picture", "Een tekening", png)]


def test_a_picture_elsewhere_leaves_its_words() -> None:
    """Nothing is fetched: what stands outside the notebook is only described."""
    assert _words("Zie ![een tekening](https://example.org/a.png).") == "Zie een tekening."


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    """No markdown makes the reader fail."""
    assert isinstance(_words(text), str)
