"""What is wrong with a file that is not YAML, in words for someone who does not know YAML."""

from __future__ import annotations

import re

import yaml

_QUOTED = r"scanning a (?:quoted|double-quoted) scalar"
_ADVICE = {
    r"found character '\\t'": "a tab stands here. Indent with spaces.",
    r"undefined alias|scanning an (?:alias|anchor)": (
        "text that starts with * or & has a meaning in YAML. Put quotes around it."
    ),
    r"cannot start any token": "this sign has a meaning in YAML. Put quotes around text that starts with it.",
    r"unknown escape character": (
        "a \\ between double quotes has a meaning in YAML. Use single quotes, such as 'C:\\data'."
    ),
    _QUOTED: "the quote that opens here is not closed. Close it.",
    r"expected <block end>, but found '<scalar>'": (
        "more text follows a closing quote. Put quotes around the whole value."
    ),
    r"expected <block end>": "this line is not indented as the lines above. Use the same number of spaces.",
    r"could not find expected ':'": ("this line is not 'key: value'. Write a key, a colon, a space and a value."),
    r"expected a single document": "a second document starts here. Remove the line with ---.",
    r"parsing a (?:flow|block) node": ("a sign is missing or stands too often here. Correct the commas and brackets."),
}


def control_character(text: str, error: yaml.reader.ReaderError) -> tuple[int, str, int]:
    """Return the line, what to do, and the column of a character that no text file holds."""
    before = text[: error.position].split("\n")
    code = ord(error.character) if isinstance(error.character, str) else error.character
    sentence = f"the control character U+{code:04X} stands here. Remove it."
    return len(before), sentence, len(before[-1]) + 1


def explained(text: str, error: yaml.MarkedYAMLError) -> tuple[int, str, int]:
    """Return the line, what to do, and the column of what YAML could not read."""
    said = f"{error.context}: {error.problem}"
    begun_earlier = (re.search(_QUOTED, said) and "end of stream" in said) or "could not find expected" in said
    mark = (error.context_mark if begun_earlier else None) or error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return line, _advice(text, said, error, line, column), column


def _advice(text: str, said: str, error: yaml.MarkedYAMLError, line: int, column: int) -> str:
    if "mapping values are not allowed" in said:
        return _colon_advice((text.splitlines() or [""])[line - 1][: column - 1])
    if "parsing a flow sequence" in said or "parsing a flow mapping" in said:
        start = error.context_mark
        opened = f" opened on line {start.line + 1}, column {start.column + 1}," if start else ""
        return f"the bracket{opened} is not closed, or a comma is missing. Complete it."
    known = (advice for pattern, advice in _ADVICE.items() if re.search(pattern, said))
    return next(known, "this is not YAML. Compare it with params/_template/params.yaml.")


def _colon_advice(before: str) -> str:
    if re.search(r":\s", before):
        return "a second ': ' stands on this line. Put quotes around a value that contains ': '."
    return (
        "this key does not follow from the line above. Write a space after each colon, and indent keys "
        "of one group equally."
    )
