"""The template: a valid file as it is and with all examples on, in which every key is explained and does something."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from helpers.params.keys import Place, every_key, fields_at
from helpers.params.loading import read
from helpers.params.model import Params


def keys_of(data: Any, above: Place = ()) -> Iterator[Place]:
    """Return the place of every key in the data, free names included."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield (*above, key)
            yield from keys_of(value, (*above, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from keys_of(value, (*above, number))


def without(data: Any, place: Place) -> Any:
    """Return the data without one key."""
    changed = copy.deepcopy(data)
    part = changed
    for step in place[:-1]:
        part = part[step]
    del part[place[-1]]
    return changed


def test_the_template_loads_as_it_is(template):
    """A copy is a valid file before a line is changed."""
    params = read(template, file="params/_template/params.yaml")
    assert params.organisation.name == "Acme"
    assert list(params.sources["customers"].measures) == ["nps"]


def test_the_template_loads_with_every_example_on(switched_on):
    """The examples go together."""
    params = read(switched_on, file="params/_template/params.yaml")
    assert list(params.sources) == ["customers", "employees", "counters"]
    assert len(params.targets) == 2


def test_the_template_points_editors_at_the_schema(template):
    """Editors complete and check while typing."""
    assert template.startswith("# yaml-language-server: $schema=../schema.json\n")


def test_every_key_of_the_model_is_in_the_template(complete):
    """A key that nobody can find does not exist."""
    used = {id(fields_at(Params, place[:-1]).get(str(place[-1]))) for place in keys_of(complete)}
    assert [".".join(place) for place, field in every_key(Params) if id(field) not in used] == []


def test_every_key_of_the_template_changes_something(complete):
    """Without the key the params differ, or a fault says that it is needed; so no example repeats a default."""
    whole = Params.model_validate(complete)
    for place in keys_of(complete):
        try:
            changed = Params.model_validate(without(complete, place))
        except ValidationError:
            continue
        assert changed != whole, place


def test_every_paragraph_is_explained(template):
    """No key and no example stands without a line that says what it is for."""
    for paragraph in template.split("\n\n"):
        assert any(line.strip().startswith("# ") for line in paragraph.splitlines()), paragraph


def test_the_template_fits_a_screen(template):
    """No line runs off the screen."""
    assert [line for line in template.splitlines() if len(line) > 120] == []
