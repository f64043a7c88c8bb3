"""What the tests of charts share: sample tables, words without a catalogue, and the texts of a drawing."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from helpers.show.language import Language
from helpers.show.theme import Theme, theme


@pytest.fixture(scope="session")
def samples() -> SimpleNamespace:
    """Return the sample tables."""
    return SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("samples.py"))))


@pytest.fixture(scope="session")
def words(samples: SimpleNamespace) -> Language:
    """Return the words of the code itself."""
    found: Language = samples.English()
    return found


@pytest.fixture(scope="session")
def look() -> Theme:
    """Return the house's look."""
    return theme()


@pytest.fixture(scope="session")
def drawn(samples: SimpleNamespace) -> dict[str, dict[str, Any]]:
    """Return one chart of each kind."""
    found: dict[str, dict[str, Any]] = samples.drawn()
    return found


@pytest.fixture(scope="session")
def elements() -> Callable[[dict[str, Any], str], list[ET.Element]]:
    """Return a function that finds the elements of a chart by their tag."""

    def found(chart: dict[str, Any], tag: str) -> list[ET.Element]:
        return list(ET.fromstring(chart["svg"]).iter(f"{{http://www.w3.org/2000/svg}}{tag}"))

    return found


@pytest.fixture(scope="session")
def texts(elements: Callable[[dict[str, Any], str], list[ET.Element]]) -> Callable[[dict[str, Any]], list[str]]:
    """Return a function that lists the texts of a chart, in drawing order."""
    return lambda chart: [element.text or "" for element in elements(chart, "text")]
