from __future__ import annotations

import base64
from types import ModuleType

import pytest

from helpers.production import pictures


def test_a_png_is_as_large_as_its_pixels(sample: ModuleType) -> None:
    """24 × 8 pixels are 18 × 6 points, unless the notebook gives a width."""
    found = pictures.from_png(sample.PNG)
    wider = pictures.from_png(sample.PNG, width=48)
    assert found is not None
    assert wider is not None
    assert (found["width"], found["height"]) == (18, 6)
    assert (wider["width"], wider["height"]) == (36, 12)


@pytest.mark.parametrize("encoded", ["", "%%%", "aGFsbG8=", base64.b64encode(b"\x89PNG\r\n\x1a\n").decode()])
def test_what_is_no_png_is_no_picture(encoded: str) -> None:
    """A broken picture is left to the output's plainer forms."""
    assert pictures.from_png(encoded) is None


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="480pt" height="160pt"', (480, 160)),
        ('width="96" height="48px"', (72, 36)),
        ('width="2.54cm" height="1in"', (72, 72)),
        ('viewBox="0 0 200 100"', (150, 75)),
        ('width="100%" height="auto" viewBox="0 0 200 100"', (150, 75)),
        ("", (225, 112.5)),
    ],
)
def test_the_size_of_an_svg(attributes: str, size: tuple[float, float]) -> None:
    """Points are counted, whatever unit the SVG was written in."""
    found = pictures.from_svg(f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>')
    assert found is not None
    assert (found["width"], found["height"]) == pytest.approx(size)


def test_an_svg_may_describe_itself() -> None:
    """The description of the drawing counts before its title."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><title>Kort</title><desc>Langer  verhaal</desc></svg>'
    found = pictures.from_svg(svg)
    assert found is not None
    assert found["alt"] == "Langer verhaal"


def test_what_is_no_xml_is_no_picture() -> None:
    """A drawing that cannot be read is left to the output's plainer forms."""
    assert pictures.from_svg("<svg>") is None


def test_a_data_address_may_be_plain_or_base64() -> None:
    """An SVG is addressed as text or as base64; other schemes are not followed."""
    svg = '<svg width="4pt" height="2pt"></svg>'
    plain = pictures.from_address("data:image/svg+xml;utf8," + svg.replace(" ", "%20"), attachments={})
    encoded = f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
    assert plain == pictures.from_address(encoded, attachments={})
    assert plain is not None
    assert pictures.from_address("file:///etc/passwd", attachments={}) is None
    assert pictures.from_address("data:text/html,<b>", attachments={}) is None
