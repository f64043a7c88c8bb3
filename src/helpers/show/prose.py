"""The prose of a notebook: one message per line, so that a chapter can be translated before it is run."""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.show.language import Language

_LINE = re.compile(r"^(?P<mark>\s*(?:#{1,6}\s+|[-*+]\s+|\d+[.)]\s+|>\s?)*)(?P<message>.*?)(?P<end>\s*)$")


def messages(markdown: str) -> Iterator[str]:
    """Yield what there is to translate in a markdown cell: each line without its heading or list mark.

    Examples
    --------
    >>> list(messages("# A title" + chr(10) * 2 + "- one thing" + chr(10) + "- another"))
    ['A title', 'one thing', 'another']
    """
    for line in markdown.splitlines():
        found = _LINE.match(line)
        if found and found["message"]:
            yield found["message"]


def translated(markdown: str, words: Language) -> str:
    """Return a markdown cell in the reader's language; what has no translation stays as it is."""
    return "\n".join(_translated_line(line, words) for line in markdown.splitlines())


def _translated_line(line: str, words: Language) -> str:
    found = _LINE.match(line)
    if not found or not found["message"]:
        return line
    return f"{found['mark']}{words.prose(found['message'])}{found['end']}"
