from __future__ import annotations

import re
from types import ModuleType
from xml.etree import ElementTree as ET

import pytest

from helpers.production import svg


def _inline(text: str) -> str:
    made = svg.inline(text, prefix="f1-", title="Titel", description="Beschrijving")
    assert made is not None
    return made


def _drawn(inner: str) -> str:
    start = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'
    made = _inline(f"{start}{inner}</svg>")
    return made.partition("</desc>")[2].removesuffix("</svg>")


def test_the_drawing_names_and_describes_itself() -> None:
    """Role, title and description stand first, joined by prefixed ids."""
    made = _inline('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>Oud</title></svg>')
    assert made == (
        '<svg viewBox="0 0 9 9" role="img" aria-labelledby="f1-title" aria-describedby="f1-desc">'
        '<title id="f1-title">Titel</title><desc id="f1-desc">Beschrijving</desc></svg>'
    )


@pytest.mark.parametrize(
    ("inner", "drawn"),
    [
        ("<script>alert(1)</script>", ""),
        ("<foreignObject><p>x</p></foreignObject>", ""),
        ("<style>*{fill: red}</style>", ""),
        ('<a href="https://example.org"><path d="M 0 0"/></a>', ""),
        ('<g onclick="x()" onload="y()"/>', "<g />"),
        ('<g style="fill: red; behavior: url(x); background: url(https://example.org)"/>', '<g fill="red" />'),
        ('<path fill="url(https://example.org/a.svg#b)"/>', "<path />"),
        ('<use xlink:href="https://example.org/a.svg#b"/>', "<use />"),
        ('<use href="data:image/svg+xml,x"/>', "<use />"),
        ('<image href="https://example.org/a.png"/>', "<image />"),
        ('<image href="data:image/svg+xml;base64,AAAA"/>', "<image />"),
        ('<image href="data:image/png;base64,AA AA"/>', '<image href="data:image/png;base64,AAAA" />'),
        ('<set attributeName="href" to="javascript:alert(1)"/>', ""),
        ('<g class="a" data-x="b" tabindex="0" aria-label="c"/>', "<g />"),
        ("<!-- opmerking --><?php x ?>", ""),
    ],
)
def test_only_drawing_is_left(inner: str, drawn: str) -> None:
    """Scripts, handlers, style sheets, foreign elements and outside references do not reach the page."""
    assert drawn == _drawn(inner)


@pytest.mark.parametrize(
    ("inner", "drawn"),
    [
        (
            '<defs><path id="m" d="M 0 0"/></defs><use xlink:href="#m"/>',
            '<defs><path d="M 0 0" id="f1-m" /></defs><use href="#f1-m" />',
        ),
        (
            '<clipPath id="p"/><g style="clip-path: url(\'#p\')"/>',
            '<clipPath id="f1-p" /><g clip-path="url(#f1-p)" />',
        ),
        ('<g id="nobody_refers_to_me"/>', "<g />"),
        ('<g id="a"/><g id="a"/><use href="#a"/>', '<g id="f1-a" /><g /><use href="#f1-a" />'),
    ],
)
def test_ids_get_a_prefix_and_occur_once(inner: str, drawn: str) -> None:
    """Two charts of one page cannot reach into each other, and no id is there without a use."""
    assert drawn == _drawn(inner)


def test_style_attributes_become_attributes() -> None:
    """The page's policy refuses style attributes; also the font shorthand of older matplotlib is understood."""
    text = "<text style=\"font: italic 600 8px 'Public Sans', sans-serif; text-anchor: middle\">a</text>"
    assert _drawn(text) == ('<text text-anchor="middle" font-style="italic" font-weight="600" font-size="8px">a</text>')


def test_text_stays_text() -> None:
    """Words keep their spans and what they escape."""
    assert _drawn("<text>a &lt;b&gt; <tspan>c</tspan> d</text>") == "<text>a &lt;b&gt; <tspan>c</tspan> d</text>"


def test_without_view_box_the_size_gives_it() -> None:
    """A drawing scales with its frame, so it must have a view box."""
    made = _inline('<svg xmlns="http://www.w3.org/2000/svg" width="480pt" height="160pt"/>')
    assert made.startswith('<svg viewBox="0 0 480 160" ')


@pytest.mark.parametrize("text", ["", "<svg>", "<p/>", "plain"])
def test_what_is_no_svg_is_none(text: str) -> None:
    """The page then prints the description alone."""
    assert svg.inline(text, prefix="", title="", description="") is None


def test_matplotlibs_dialect(sample: ModuleType) -> None:
    """A chart as matplotlib writes it keeps its words and loses prologue, metadata and style."""
    made = _inline(sample.dot_and_interval())
    assert not re.search(r"style|metadata|xmlns|matplotlib|http|font-family", made)
    words = [element.text for element in ET.fromstring(made).iter("text")]
    assert words[:4] == ["−20", "0", "+20", "Aanmelding"]
    assert 'stroke-linejoin="round"' in made
