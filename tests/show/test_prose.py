"""The prose of a notebook, line by line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.show.language import PSEUDO, Language
from helpers.show.prose import messages, translated

CELL = """# Where do we stand? The zero measurement

Every score is printed with the number of answers and its interval.

- A zero measurement is a starting point, not a judgement.
  1. deeper
> quoted"""


def test_each_line_is_a_message_without_its_mark() -> None:
    """Headings, list items at any depth and quotes; empty lines are none."""
    assert list(messages(CELL)) == [
        "Where do we stand? The zero measurement",
        "Every score is printed with the number of answers and its interval.",
        "A zero measurement is a starting point, not a judgement.",
        "deeper",
        "quoted",
    ]


def test_the_marks_stay_where_they_are() -> None:
    """A heading stays a heading, a list a list; what has no translation stays as it is."""
    assert translated(CELL, Language("nl")) == (
        "# Waar staan we? De 0-meting\n\nBij elke score staan het aantal antwoorden en het interval.\n\n"
        "- Een 0-meting is een beginpunt, geen oordeel.\n  1. deeper\n> quoted"
    )


def test_the_clients_terms_are_in_it() -> None:
    """In Dutch, and in English too."""
    line = "## How do customers score right after a contact?"
    residents = {"customer": ("resident", "residents")}
    assert translated(line, Language("en", residents)) == "## How do residents score right after a contact?"
    assert translated(line, Language("nl")) == "## Hoe scoren klanten direct na een contact?"


@pytest.mark.parametrize("line", ["", "   ", "- ", "---", "#", "**bold** *text* with `code`", "3.5 points"])
def test_a_line_is_never_lost(line: str) -> None:
    """Whatever its marks."""
    shown = translated(line, Language(PSEUDO))
    assert shown.replace("⟦", "").replace("⟧", "") == line


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"]))))
def test_untranslated_prose_stays_as_it_is(lines: list[str]) -> None:
    """Line by line, mark by mark; only a term between braces is filled."""
    cell = "\n".join(line.replace("{", "") for line in lines if not line.isspace())
    shown = translated(cell, Language(PSEUDO))
    assert shown.replace("⟦", "").replace("⟧", "") == "\n".join(cell.replace("⟦", "").replace("⟧", "").splitlines())
