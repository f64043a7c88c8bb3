"""In the pseudo-language every text of a report stands in ⟦brackets⟧, unless it is data: nothing is left bare."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import yaml

from helpers import dossier

MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December"]  # fmt: skip
SHORT = ["Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"]  # as CLDR cuts them
NAMES = ["eNPS", "NPS", "English", *(f"R{number:02d}" for number in range(1, 15))]
CHAPTER_TABLES = ("transactional", "relational", "employees", "other_measures", "targets", "pace", "commitments",
                  "attention", "gates", "roadmap", "statement", "intake", "rejected", "hidden")  # fmt: skip


@pytest.fixture(scope="module")
def opened(example_folder):
    """Return the example client in the pseudo-language."""
    return dossier.open("voorbeeld-energie", params=str(example_folder), language="pseudo")


@pytest.fixture(scope="module")
def data(opened, example_folder):
    """Return what a report repeats as it was given: the params, the names of groups, columns and files."""
    written = (example_folder / "voorbeeld-energie" / "params.yaml").read_text(encoding="utf-8")
    known = {*_strings(yaml.load(written, Loader=yaml.BaseLoader)), *MONTHS, *SHORT, *NAMES}
    known |= {text.replace("_", " ").capitalize() for text in opened.report.params.sources}
    for name in ("dimension.product", "dimension.process", "unit"):
        for label in opened.responses[name].cat.categories:
            known |= set(label.split(" › "))
    known |= set(opened.intake["file"])
    return sorted(known, key=len, reverse=True)


def bare(text: str, data: list[str]) -> str:
    """Return the letters of a text that stand outside brackets and are no data."""
    before = None
    while before != text:
        before, text = text, re.sub("⟦[^⟦⟧]*⟧", "", text)
    for known in data:
        text = text.replace(known, "")
    return re.sub(r"[\W\d_]+", " ", text.replace("⟦", "[ opened ").replace("⟧", " closed ]")).strip()


def test_every_text_of_every_block_is_a_message_or_data(opened, printed, texts, data) -> None:
    """Captions, column labels, notes, cells, sentences, tiles, lists, the cover, charts and their descriptions."""
    blocks = printed(opened)
    assert {f"table {name}" for name in CHAPTER_TABLES} <= set(blocks)
    shown = {name: block for name, block in blocks.items() if name.split()[-1] in CHAPTER_TABLES or "table" not in name}
    for name, block in shown.items():
        drawn = set(re.findall(r">([^<>]+)</text>", block.get("svg", "")))
        found = {text for text in texts(block) if bare(_whole(text) if text in drawn else text, data)}
        assert found == set(), name


def test_the_texts_of_a_chart_are_among_them(opened, printed, texts) -> None:
    """Axis, labels and title within the drawing itself, not only the words around it."""
    charts = {name: block for name, block in printed(opened).items() if name.startswith("chart")}
    assert len(charts) == 6
    for block in charts.values():
        inside = re.findall(r">([^<>]*⟦[^<>]*)</text>", block["svg"])
        assert inside
        assert set(inside) <= set(texts(block))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("⟦Total⟧", ""),
        ("⟦Of ⟦{customers}⟧⟧ +12", ""),
        ("Stroom · Storing", ""),
        ("30 September 2026", ""),
        ("Total", "Total"),
        ("⟦shown⟧ and not", "and not"),
        ("⟦cut off…", "opened cut off"),
    ],
)
def test_a_bare_text_is_found(data, text: str, left: str) -> None:
    """The check above would see it."""
    assert bare(text, data) == left


def _whole(label: str) -> str:
    """Close what a chart has cut off at the end of its room, or broken over two lines."""
    left, right = (len(re.findall(sign, label)) for sign in "⟦⟧")
    return "⟦" * (right - left) + label + "⟧" * (left - right)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for item in value.values() for text in _strings(item))
    elif isinstance(value, list):
        yield from (text for item in value for text in _strings(item))
