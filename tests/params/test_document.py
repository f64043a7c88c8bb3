"""The file as text: what stays, what is absent, on which line, and what is said of a file that is not YAML."""

from __future__ import annotations

import pytest

from helpers.params.document import parse


def test_every_scalar_stays_text():
    """No value gets a type from YAML."""
    text = "a: NO\nb: 12:30\nc: 007\nd: 2026\ne: 2026-12-31\nf: ~\ng: 1e3\nh: 🙂\n"
    values = {"a": "NO", "b": "12:30", "c": "007", "d": "2026", "e": "2026-12-31", "f": "~", "g": "1e3", "h": "🙂"}
    assert parse(text).data == values


def test_nothing_after_a_colon_is_no_value():
    """An empty value is absent; an empty text is written with quotes, and in a list nothing is an empty text."""
    assert parse("a:\nb: ''\nc: [x, '']\nd:\n  -\n  - y").data == {"a": None, "b": "", "c": ["x", ""], "d": ["", "y"]}


def test_every_key_and_item_has_its_line():
    """Lines count from 1; a place that is not in the file has the line of what is above it."""
    document = parse("# first\na: 1\nb:\n  - x\n  - c: 2\n")
    assert document.line(("a",)) == 2
    assert document.line(("b", 1, "c")) == 5
    assert document.line(("b", 1, "missing", "deeper")) == 5
    assert document.line(("missing",)) == 1


def test_a_value_may_be_repeated_by_its_anchor():
    """Labels that three surveys share are written once."""
    assert parse("a: &labels {x: 1}\nb: *labels").data == {"a": {"x": "1"}, "b": {"x": "1"}}


FAULTS = {
    "a: 1\nb: 2\na: 3": (3, None, "the key 'a' was already given on line 1. Keep one."),
    "a:\n  b: 1\n  b: 2": (3, None, "the key 'a.b' was already given on line 2. Keep one."),
    "a: &x [*x]": (1, None, "'a[0]' contains itself. Write the value out."),
    "a: !secret x": (
        1, None, "!secret is a YAML tag, which params do not use. Put quotes around text that starts with !."
    ),
    "{{ name }}: 1": (
        1, None,
        "a list or a group stands where a key is expected. Put quotes around text that starts with [ or {.",
    ),
    "a: b: c": (1, 5, "a second ': ' stands on this line. Put quotes around a value that contains ': '."),
    "a:b\nc: d": (
        2, 2,
        "this key does not follow from the line above. Write a space after each colon, and indent keys of one group "
        "equally.",
    ),
    "a:\n\tb: c": (2, 1, "a tab stands here. Indent with spaces."),
    "a: *bold": (1, 4, "text that starts with * or & has a meaning in YAML. Put quotes around it."),
    "a: @home": (1, 4, "this sign has a meaning in YAML. Put quotes around text that starts with it."),
    "a:\n  b: 1\n c: 2": (3, 2, "this line is not indented as the lines above. Use the same number of spaces."),
    "a: [1, 2\nb: 3": (
        2, 2, "the bracket opened on line 1, column 4, is not closed, or a comma is missing. Complete it.",
    ),
    "a: 'x\nb: 2": (1, 4, "the quote that opens here is not closed. Close it."),
    "a: 'x' y": (1, 8, "more text follows a closing quote. Put quotes around the whole value."),
    'a: "C:\\data"': (1, 8, "a \\ between double quotes has a meaning in YAML. Use single quotes, such as 'C:\\data'."),
    "a: 1\n---\nb: 2": (2, 1, "a second document starts here. Remove the line with ---."),
    "a: [1,, 2]": (1, 7, "a sign is missing or stands too often here. Correct the commas and brackets."),
    "a: 1\nd e\nf: 1": (2, 1, "this line is not 'key: value'. Write a key, a colon, a space and a value."),
    "a: é\nb: \x07": (2, 4, "the control character U+0007 stands here. Remove it."),
    "%YAML 9.0\n---\na: 1": (1, 1, "this is not YAML. Compare it with params/_template/params.yaml."),
    "a: " + "[" * 2000: (1, None, "lists and keys lie too deep inside each other. Write the file flatter."),
}  # fmt: skip


@pytest.mark.parametrize("text", FAULTS, ids=lambda text: text[:20])
def test_a_file_that_is_not_yaml_is_explained(text):
    """A fault has its line, its column where that helps, and words for someone who does not know YAML."""
    found = parse(text).faults
    assert [(fault.line, fault.column, fault.sentence) for fault in found] == [FAULTS[text]]
