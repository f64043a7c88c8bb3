"""How findings are put on a screen: a heading, then labelled lines that are wrapped below each other."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

WIDTH = 110
LABEL = 14
MOST = 6
"""So many items of a list are printed unless everything is asked for."""
MOST_LINES = 3
"""So many lines of one label are printed unless everything is asked for."""


def section(heading: str, rows: Iterable[tuple[str, str]]) -> list[str]:
    """Return a heading with labelled lines below it; nothing when there are no lines.

    Parameters
    ----------
    heading
        One line.
    rows
        Label and text; a label that repeats the one before it is not printed again.

    Examples
    --------
    >>> section("contacts", [("file", "a.csv"), ("note", "no 0"), ("note", "no 10")])
    ['contacts', '  file          a.csv', '  note          no 0', '                no 10']
    """
    lines: list[str] = []
    before = ""
    for label, text in rows:
        start = f"  {label if label != before else '':<{LABEL}}"
        indent = " " * len(start)
        lines += textwrap.wrap(
            text, WIDTH, initial_indent=start, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
        )
        before = label
    return [heading, *lines] if lines else []


def listed(items: Sequence[str], *, everything: bool, most: int = MOST) -> str:
    """Return a list as text, the end of a long one counted.

    Examples
    --------
    >>> listed(["a", "b", "c", "d"], everything=False, most=2)
    'a, b and 2 more'
    """
    left = 0 if everything else len(items) - most
    return ", ".join(items) if left <= 0 else f"{', '.join(items[:most])} and {left} more"


def labelled(label: str, texts: Sequence[str], *, everything: bool, most: int = MOST_LINES) -> list[tuple[str, str]]:
    """Return one row per text, the end of a long list counted."""
    left = 0 if everything else len(texts) - most
    shown = texts if left <= 0 else [*texts[:most], f"and {left} more (--all prints them)"]
    return [(label, text) for text in shown]


def counted(number: int, word: str) -> str:
    """Return a count with its word.

    Examples
    --------
    >>> counted(1, "answer"), counted(1795, "answer")
    ('1 answer', '1,795 answers')
    """
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def plain(code: object) -> str:
    """Return a code as words.

    Examples
    --------
    >>> plain("off_scale")
    'off scale'
    """
    return str(code).replace("_", " ")
