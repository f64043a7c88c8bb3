"""A params file of eight lines, its parts to be replaced, and what loading says of it."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from helpers.errors import ParamsError
from helpers.params.loading import read
from helpers.params.model import Params

FILE = "params/acme/params.yaml"
SMALLEST = """\
organisation: {name: Acme}
sources:
  survey:
    path: survey.csv
    audience: customer
    measurement: relational
    measures: {nps: {column: Q3, scale: 0-10}}
    columns: {date: day}
"""
TEMPLATE = Path(__file__).resolve().parents[2] / "params" / "_template" / "params.yaml"
Faults = Callable[..., list[str]]
Read = Callable[..., Params]


def written(top: str = "", survey: str = "", **lines: str) -> str:
    """Return the smallest file with lines of the survey replaced, more keys in it, and more keys after it."""
    text = SMALLEST
    for key, line in lines.items():
        start = text.index(f"    {key}:")
        text = text[:start] + textwrap.indent(line, "    ") + text[text.index("\n", start) :]
    return text + textwrap.indent(survey.strip("\n") + "\n" if survey else "", "    ") + top


@pytest.fixture
def params() -> Read:
    """Return what reads the smallest file with changes."""
    return lambda *args, **lines: read(written(*args, **lines), file=FILE)


@pytest.fixture
def faults() -> Faults:
    """Return what reads the smallest file with changes and gives its faults, without the file's name."""

    def found(*args: str, **lines: str) -> list[str]:
        with pytest.raises(ParamsError) as caught:
            read(written(*args, **lines), file=FILE)
        assert caught.value.exit_code == 2
        assert all(message.startswith(FILE) for message in caught.value.messages)
        return [message.removeprefix(FILE).removeprefix(", ") for message in caught.value.messages]

    return found


@pytest.fixture(scope="session")
def template() -> str:
    """Return the template as it is committed."""
    return TEMPLATE.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def switched_on(template: str) -> str:
    """Return the template with all its examples switched on."""
    lines, inside = [], False
    for line in template.splitlines():
        begins = re.match(r" *#(?:\w+:|- )", line) is not None
        inside = begins or (inside and re.match(r" *#  ", line) is not None)
        lines.append(line.replace("#", "", 1) if inside else line)
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="session")
def complete(switched_on: str) -> dict[str, Any]:
    """Return all that the template can say, as texts."""
    data: dict[str, Any] = yaml.load(switched_on, Loader=yaml.BaseLoader)
    return data
