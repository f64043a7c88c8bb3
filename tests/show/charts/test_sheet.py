"""What holds for every chart: legible, literal, the same bytes everywhere, and no trace left behind."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree as ET

import matplotlib as mpl
import pandas as pd
import pytest

from helpers.show import blocks
from helpers.show.charts import distribution_strip, dot_and_interval, glide_path
from helpers.show.charts.lettering import width
from helpers.show.language import Language
from helpers.show.theme import Theme, theme

KINDS = ("strip", "dots", "glide", "gantt")
Elements = Callable[[dict[str, Any], str], list[ET.Element]]
Box = tuple[float, float, float, float]


def _boxes(chart: dict[str, Any], elements: Elements) -> dict[str, Box]:
    found = {}
    for place, text in enumerate(elements(chart, "text")):
        size, weight = float(text.attrib["font-size"]), int(text.attrib.get("font-weight", 400))
        wide = width(text.text or "", size=size, weight=weight)
        anchor = {"start": 0.0, "middle": 0.5, "end": 1.0}[text.attrib.get("text-anchor", "start")]
        left, baseline = float(text.attrib["x"]) - anchor * wide, float(text.attrib["y"])
        found[f"{place} {text.text}"] = left, baseline - 0.7 * size, left + wide, baseline + 0.2 * size
    return found


def _overlap(first: Box, second: Box) -> bool:
    return first[0] < second[2] and second[0] < first[2] and first[1] < second[3] and second[1] < first[3]


@pytest.mark.parametrize("kind", KINDS)
def test_no_text_is_clipped_or_overlaps(kind: str, drawn: dict[str, Any], elements: Elements) -> None:
    """Every text lies within the sheet and clear of every other, labels of 60 characters included."""
    chart = drawn[kind]
    boxes = _boxes(chart, elements)
    outside = [
        text
        for text, (left, top, right, bottom) in boxes.items()
        if left < -0.01 or top < 0 or right > chart["width"] + 0.01 or bottom > chart["height"]
    ]
    assert outside == []
    assert [pair for pair in combinations(boxes, 2) if _overlap(boxes[pair[0]], boxes[pair[1]])] == []


@pytest.mark.parametrize("kind", KINDS)
def test_text_is_legible(kind: str, drawn: dict[str, Any], elements: Elements) -> None:
    """A chart fills the width of the page's text, where its smallest letter is at least 7.5 points."""
    assert drawn[kind]["width"] == 480
    assert min(float(text.attrib["font-size"]) for text in elements(drawn[kind], "text")) >= 7.5


@pytest.mark.parametrize("kind", KINDS)
def test_labels_are_printed_literally(kind: str, drawn: dict[str, Any], elements: Elements) -> None:
    """Markup, mathematics and emoji in a label come out as they went in."""
    written = " ".join(text.text or "" for text in elements(drawn[kind], "text"))
    assert "<b>" in written
    assert "$x$" in written
    assert "😀" in written


@pytest.mark.parametrize("kind", KINDS)
def test_drawing_can_stand_in_a_page(kind: str, drawn: dict[str, Any]) -> None:
    """No style, script, outside reference or namespace prefix: the page's security policy would refuse it."""
    svg = drawn[kind]["svg"]
    assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg" class="chart" width="480pt"')
    assert not re.search(r"\sstyle=|<style|<script|<image|xlink|<metadata|<!|<\?", svg)
    assert set(re.findall(r'href="(.)', svg)) <= {"#"}
    assert svg.count("http") == 1
    assert "nulmeting" not in svg


@pytest.mark.parametrize("kind", KINDS)
def test_block_is_clean_text(kind: str, drawn: dict[str, Any]) -> None:
    """Cleaning a chart block, as every block is cleaned, changes nothing in it."""
    assert blocks.clean(drawn[kind]) == drawn[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_only_colours_of_the_theme_are_used(kind: str, drawn: dict[str, Any], look: Theme) -> None:
    """Every colour is a token, so that the page can swap it in the dark."""
    used = set(re.findall(r"#[0-9a-f]{6}\b", drawn[kind]["svg"]))
    assert used - {colour for name, colour in look.light.named() if not name.startswith("callout-")} == set()


def test_same_table_gives_the_same_bytes_elsewhere(samples: SimpleNamespace, tmp_path: Path) -> None:
    """Another process, hash seed, time zone, home and folder draw the same bytes."""
    surroundings = {"PYTHONHASHSEED": "77", "TZ": "Pacific/Auckland", "HOME": str(tmp_path), "LC_ALL": "C"}
    made = subprocess.run(
        [sys.executable, "-W", "error", samples.__file__],
        env={**os.environ, **surroundings, "MPLCONFIGDIR": mpl.get_cachedir()},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert made.stdout.strip() == samples.digests()


def test_settings_neither_leak_nor_matter(samples: SimpleNamespace, drawn: dict[str, Any]) -> None:
    """What a notebook set for its own charts stays as it was, and changes none of ours."""
    with mpl.rc_context({"font.size": 30, "lines.linewidth": 9, "axes.facecolor": "red", "svg.hashsalt": "x"}):
        before = dict(mpl.rcParams)
        assert samples.drawn() == drawn
        assert dict(mpl.rcParams) == before


def test_two_charts_share_no_id(samples: SimpleNamespace, words: Language, look: Theme) -> None:
    """Ids inside a drawing depend on the block's id, so that two charts can stand on one page."""
    first, second = (
        dot_and_interval(samples.scores(), words=words, theme=look, identifier=name)["svg"] for name in ("a", "b")
    )
    assert set(re.findall(r'id="([^"]+)"', first)) & set(re.findall(r'id="([^"]+)"', second)) == set()


def test_sign_that_no_font_has_is_no_warning(words: Language, look: Theme, caplog: pytest.LogCaptureFixture) -> None:
    """A sign without a glyph, a control character and a noncharacter neither warn nor break the drawing."""
    label = "漢字 \x00\x07 \ufffe \u200f a\nb"
    table = pd.DataFrame({"label": [label], "score": [5.0], "low": [1.0], "high": [9.0], "n": [80]})
    with caplog.at_level(logging.WARNING):
        chart = dot_and_interval(table, words=words, theme=look)
    assert caplog.records == []
    assert "漢字" in chart["svg"]
    ET.fromstring(chart["svg"])


def test_accent_is_drawn(samples: SimpleNamespace, words: Language) -> None:
    """The client's accent is the colour of the scores."""
    chart = dot_and_interval(samples.scores(), words=words, theme=theme("#7a1f5c"))
    assert "#7a1f5c" in chart["svg"]
    assert theme().light.accent not in chart["svg"]


def test_every_message_goes_through_the_language(samples: SimpleNamespace, look: Theme, elements: Elements) -> None:
    """In the pseudo-language every text that is not data, a number or a year stands in brackets."""
    pseudo = Language("pseudo")
    charts = [
        distribution_strip(samples.answers(), words=pseudo, theme=look),
        dot_and_interval(samples.scores(), words=pseudo, theme=look),
        glide_path(samples.waves(), targets=samples.targets(), words=pseudo, theme=look),
    ]
    data = ("Relational", "Power", "Gas", "Billing", "Moving", "fewer than", "probably behind", "not measured")
    bare = [
        text.text
        for chart in charts
        for text in elements(chart, "text")
        if re.search("[A-Za-z]{2}", text.text or "")
        and "⟦" not in (text.text or "")
        and not (text.text or "").startswith(data)
        and not set((text.text or "").split()) & set(f"{samples.LONG} {samples.NASTY}".split())
    ]
    assert bare == []
    assert all(chart["caption"].startswith("⟦") and "⟦" in chart["alt"] for chart in charts)
    assert all(column["label"].startswith("⟦") for chart in charts for column in chart["table"]["columns"])
