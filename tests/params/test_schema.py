"""The JSON Schema: current, with every key described, and no stricter than the loader."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from helpers.params import schema
from helpers.params.keys import every_key
from helpers.params.model import Params

PARAMS = Path(__file__).resolve().parents[2] / "params"


class EditorLoader(yaml.SafeLoader):
    """Reads as editors do (YAML 1.2): bare numbers and true become numbers and booleans, dates stay text."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def as_editors_read(text: str) -> Any:
    """Return what an editor validates: keys are always text."""
    return json.loads(json.dumps(yaml.load(text, Loader=EditorLoader)))


def complaints(text: str) -> list[str]:
    """Return what an editor would underline."""
    validator = jsonschema.Draft202012Validator(schema.json_schema())
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(as_editors_read(text))]


def test_the_committed_schema_is_current():
    """If this fails: python -m helpers.params.schema."""
    assert (PARAMS / "schema.json").read_text(encoding="utf-8") == schema.schema_text()


def test_the_command_writes_the_schema(tmp_path, monkeypatch):
    """The command takes the file to write."""
    monkeypatch.setattr(sys, "argv", ["schema", str(tmp_path / "schema.json")])
    schema.main()
    assert (tmp_path / "schema.json").read_text(encoding="utf-8") == schema.schema_text()


def test_it_is_a_schema():
    """Editors refuse a schema that is not valid itself."""
    jsonschema.Draft202012Validator.check_schema(schema.json_schema())


def test_every_key_is_described():
    """An editor shows the meaning of a key, its own or its section's."""
    made = schema.json_schema()
    sections = [made, *made["$defs"].values()]
    assert all("description" in section for section in sections)
    for section in sections:
        for key, kind in section["properties"].items():
            assert "description" in kind or "$ref" in json.dumps(kind), key


def test_every_key_of_the_model_is_in_the_schema():
    """By the name that is typed: not, in and from, without underscores."""
    made = schema.json_schema()
    known = {key for section in (made, *made["$defs"].values()) for key in section["properties"]}
    assert known == {place[-1] for place, _ in every_key(Params)}


@pytest.mark.parametrize("path", sorted(PARAMS.glob("*/params.yaml")), ids=lambda path: path.parent.name)
def test_committed_params_pass_the_schema(path):
    """An editor underlines nothing in a file that loads."""
    assert complaints(path.read_text(encoding="utf-8")) == []


def test_the_template_with_every_example_passes_the_schema(switched_on):
    """An editor underlines nothing in the examples."""
    assert complaints(switched_on) == []


BARE = """\
organisation: {name: 2026}
reporting_period:
sources:
  survey:
    path: 1.csv
    audience: customer
    measurement: relational
    wave: 2026
    measures: {nps: {column: 3, scale: 0-10, no_answer: [11, true, 1.5]}}
    labels: {area: {1: 007, true: NO}}
    dimensions: {area: 4}
    keep_where: {kind: 1, year: [2025, 2026], age: {from: 18, to: 99}}
    no_answer: 99
    max_rejected: 0.05
report: {show_code: yes, confidence: 0.9}
"""


def test_what_people_type_bare_passes_the_schema():
    """Numbers and booleans stand where the loader reads text, and a key may be empty."""
    assert complaints(BARE) == []
    Params.model_validate(yaml.load(BARE.replace("reporting_period:\n", ""), Loader=yaml.BaseLoader))


def test_an_editor_sees_what_is_wrong():
    """Unknown keys, missing keys, wrong words and a minimum under 3 are underlined while typing."""
    text = "organisation: {nam: A}\nlanguage: xx\nprivacy: {customer: {minimum_respondents: 2}}\n"
    found = "\n".join(complaints(text))
    for word in (
        "'nam' was unexpected",
        "'name' is a required property",
        "'sources' is a required",
        "language",
        "minimum_respondents",
    ):
        assert word in found
