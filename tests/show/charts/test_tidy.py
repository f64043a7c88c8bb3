"""Tidying: the drawing stays, everything else goes."""

from __future__ import annotations

from helpers.show.charts.tidy import tidy
from helpers.show.theme import theme

RAW = """<?xml version="1.0" encoding="utf-8" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="9pt" height="9pt" viewBox="0 0 9 9"
     xmlns="http://www.w3.org/2000/svg" version="1.1">
 <metadata><x/></metadata><defs><style type="text/css">*{stroke-linejoin: round}</style></defs>
 <g id="figure_1"><g id="text_1">
  <!-- $x$ -->
  <text style="font-size: 8px; font-family: 'a', 'b'; fill: #1b2430" x="1.234567" y="-0.001"
        transform="rotate(-0 1.2 3.4)">1.23456 &lt;b&gt;</text></g>
  <defs><path id="m1" d="M 0 1.500001
L 2 2" style="stroke: #0b5394"/></defs>
  <g clip-path="url(#p1)"><use xlink:href="#m1" x="1" y="2"/></g></g>
 <defs><clipPath id="p1"><rect x="0" y="0" width="9" height="9"/></clipPath></defs>
</svg>"""


def test_only_the_drawing_is_left() -> None:
    """Styles become attributes, unused ids and empty groups go, coordinates keep two decimals, text is kept."""
    assert tidy(RAW, theme=theme()) == (
        '<svg xmlns="http://www.w3.org/2000/svg" class="chart" width="9pt" height="9pt" viewBox="0 0 9 9" '
        "font-family=\"'Public Sans', 'Noto Emoji', 'DejaVu Sans'\" stroke-linejoin=\"round\">"
        '<text font-size="8" fill="#1b2430" x="1.23" y="0">1.23456 &lt;b&gt;</text>'
        '<defs><path id="m1" d="M 0 1.5 L 2 2" stroke="#0b5394" /></defs>'
        '<g clip-path="url(#p1)"><use href="#m1" x="1" y="2" /></g>'
        '<defs><clipPath id="p1"><rect x="0" y="0" width="9" height="9" /></clipPath></defs></svg>'
    )
