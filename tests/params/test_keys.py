"""Which keys there are, and which one was meant."""

from __future__ import annotations

from helpers.params.keys import closest, did_you_mean, every_key, fields_at, homes, place_text
from helpers.params.model import Params


def test_a_place_reads_as_people_write_it():
    """Keys with points, places in a list in brackets, counted from 0."""
    assert place_text(("targets", 2, "target")) == "targets[2].target"
    assert place_text(("zero_measurement", "by", 0)) == "zero_measurement.by[0]"
    assert place_text(()) == ""


def test_the_closest_word_is_meant_whatever_its_case():
    """Only a word that is like it is suggested."""
    assert closest("ORGANIZATION", ["language", "organisation"]) == "organisation"
    assert did_you_mean("xyz", ["language", "organisation"]) == ""


def test_the_keys_at_a_place_are_those_that_may_stand_there():
    """Free names are looked through; unions offer the keys of each kind."""
    assert list(fields_at(Params, ("report", "house_style"))) == ["accent", "band_names"]
    assert list(fields_at(Params, ("sources", "any name", "dimensions", "any"))) == ["position", "column", "bins"]
    assert list(fields_at(Params, ("sources", "any", "keep_where", "column"))) == ["not", "in", "from", "to"]
    assert list(fields_at(Params, ("targets", 3)))[:2] == ["metric", "measurement"]
    assert list(fields_at(Params, ("sources",))) == []
    assert list(fields_at(Params, ("nowhere", "at", 0, "all"))) == []


def test_every_key_is_found_with_its_place():
    """From the top down, through free names and lists."""
    places = [".".join(place) for place, _ in every_key(Params)]
    assert places[:2] == ["organisation", "organisation.name"]
    assert "sources.<name>.measures.<name>.column.position" in places
    assert "targets.<name>.due" in places


def test_a_key_has_its_homes():
    """A key that stands in the wrong place can be sent home."""
    assert homes(Params, "accent") == ["report.house_style"]
    assert homes(Params, "language") == []
