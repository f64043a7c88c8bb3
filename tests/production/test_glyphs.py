"""What is printed of a character: itself when a font of the report has it, else its name."""

from __future__ import annotations

import unicodedata
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.production import glyphs


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("gewoon, met € en “aanhaling” – en −5", "gewoon, met € en “aanhaling” – en −5"),
        ("emoji 👍🏽 👩\u200d💻 ❤️ 🇳🇱", "emoji 👍🏽 👩\u200d💻 ❤️ 🇳🇱"),
        ("Київ, Ελλάδα", "Київ, Ελλάδα"),
        ("中文", "[CJK UNIFIED IDEOGRAPH-4E2D][CJK UNIFIED IDEOGRAPH-6587]"),
        ("\ue000", "[U+E000]"),
        ("\ud800", "[U+D800]"),
        ("bel\x07, wis\x1b[31m", "bel, wis[31m"),
        ("\ufeffbegin\u2028einde\ttab", "begin\neinde    tab"),
        ("los 🏽", "los [EMOJI MODIFIER FITZPATRICK TYPE-4]"),
    ],
)
def test_a_character_is_itself_or_its_name(text: str, printed: str) -> None:
    """A sign that a font has stays; one that would be an empty box is named; what is never seen is left out."""
    assert glyphs.printable(text) == printed


@given(st.text())
def test_what_is_printed_has_glyphs(text: str) -> None:
    """Whatever comes in, every character that goes out is in a font, and doing it twice changes nothing."""
    printed = glyphs.printable(text)
    assert glyphs.covered().issuperset(printed)
    assert glyphs.printable(printed) == printed


@given(st.text())
def test_what_is_spelled_out_is_plain(text: str) -> None:
    """Spelled out, no accent, joiner or sign of another font is left on its own."""
    spelled = glyphs.spelled_out(text)
    assert not any(unicodedata.category(sign) in ("Mn", "Me", "Cf", "Co") for sign in spelled)
    assert "👍" not in spelled


@pytest.mark.parametrize(
    ("drawn", "printed"),
    [
        ("<text>Storing</text>", "<text>Storing</text>"),
        ("<text>&#20013; &amp; &#x26;</text>", "<text>[CJK UNIFIED IDEOGRAPH-4E2D] &amp; &#x26;</text>"),
        ("<text>a &lt; 👍🏽</text>", "<text>a &lt; <tspan style=\"font-family: 'Noto Emoji'\">👍</tspan></text>"),
        ("<text>Киев 5</text>", "<text><tspan style=\"font-family: 'DejaVu Sans'\">Киев</tspan> 5</text>"),
        ("<text>x\u0302 e\u0301</text>", "<text>x[COMBINING CIRCUMFLEX ACCENT] é</text>"),
        ('<g id="Київ"/>', '<g id="Київ"/>'),
    ],
)
def test_a_drawing_names_the_font_of_what_is_rare(drawn: str, printed: str) -> None:
    """In a drawing each run of another font says which; accents without a composed letter are named."""
    assert glyphs.printable_svg(drawn) == printed


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="<&>\ufffe\uffff")))
def test_a_drawing_stays_xml(text: str) -> None:
    """Nothing that is put into a drawing breaks it."""
    ET.fromstring(glyphs.printable_svg(f"<text>{text}</text>"))


def test_all_strings_of_a_document_are_printed_and_the_rest_is_kept() -> None:
    """Every string at any depth is made printable; numbers, flags and nothing stay what they are."""
    document = {"a": ["中", 1, None, True, {"svg": "<text>中</text>"}], "svg": None}
    assert glyphs.printable_values(document) == {
        "a": ["[CJK UNIFIED IDEOGRAPH-4E2D]", 1, None, True, {"svg": "<text>[CJK UNIFIED IDEOGRAPH-4E2D]</text>"}],
        "svg": None,
    }
    assert document["a"][0] == "中"
