"""What a message about a data file has in common with the next: lists, values as found, shares."""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST_FOUND = 40
MOST_LISTED = 40
_BARE = re.compile(r"[+-]?[0-9][0-9.,:/-]*")


def found_text(value: str) -> str:
    """Return a value as a message shows it: numbers and dates bare, text between quotes, long text cut.

    Examples
    --------
    >>> found_text("11"), found_text("2026-02-31"), found_text("n/a"), found_text("")
    ('11', '2026-02-31', "'n/a'", 'blank')
    """
    if not value:
        return "blank"
    text = "".join(sign if sign.isprintable() else " " for sign in shortened(value))
    return text if _BARE.fullmatch(text) else f"'{text}'"


def shortened(value: str) -> str:
    """Return a value of at most 40 characters, the last one an ellipsis where it was cut."""
    return value if len(value) <= LONGEST_FOUND else value[: LONGEST_FOUND - 1] + "…"


def listed(names: Iterable[str], *, most: int = MOST_LISTED) -> str:
    """Return names between quotes, separated by commas, and how many more there are.

    Examples
    --------
    >>> listed(["a", "b", "c"], most=2)
    "'a', 'b' and 1 more"
    """
    every = [f"'{shortened(name)}'" for name in names]
    more = f" and {len(every) - most} more" if len(every) > most else ""
    return ", ".join(every[:most]) + more


def share_text(share: float) -> str:
    """Return a share as a percentage with at most one decimal.

    Examples
    --------
    >>> share_text(0.05), share_text(0.1456), share_text(0.0004)
    ('5%', '14.6%', '0.04%')
    """
    percent = share * 100
    digits = 1 if percent >= 0.1 else 2  # noqa: PLR2004 - a share just above a small limit stays visible
    return f"{percent:.{digits}f}".rstrip("0").rstrip(".") + "%"
