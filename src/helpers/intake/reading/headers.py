"""Column names as they stand in one header row or in several."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from helpers.intake.reading.tables import column_name

JOINER = " | "
"""What stands between the names of one column in several header rows."""


def joined_names(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the column names of one or more header rows, from left to right.

    A blank cell of an upper row takes the name to its left, as under a merged cell, but not across the border
    of a name above it. A column that is blank in every row has no name.

    Parameters
    ----------
    rows
        The cells of each header row, top row first; rows may differ in length.

    Examples
    --------
    >>> joined_names([["id", "How likely?", "", ""], ["", "Response", "Why?", ""]])
    ('id', 'How likely? | Response', 'How likely? | Why?', '')
    >>> joined_names([[" How  likely? ", "id"]])
    ('How likely?', 'id')
    """
    columns = zip_longest(*rows, fillvalue="")
    left = [""] * len(rows)
    names = []
    for column in columns:
        own = [column_name(cell) for cell in column]
        left = _with_names_to_the_left(own, left)
        names.append(JOINER.join(part for part in [*left[:-1], own[-1]] if part) if any(own) else "")
    return tuple(names)


def _with_names_to_the_left(own: Sequence[str], left: Sequence[str]) -> list[str]:
    """Return the names of one column from top to bottom, blank ones filled until one of its own begins."""
    named = next((level for level, name in enumerate(own) if name), len(own))
    return [*left[:named], *own[named:]]


def parts_of(name: str) -> tuple[str, ...]:
    """Return what a joined name was joined from.

    Examples
    --------
    >>> parts_of("How likely? | Why?")
    ('How likely?', 'Why?')
    """
    return tuple(name.split(JOINER))
