"""Who answers for something, and when that is still open."""

from __future__ import annotations

NOT_NAMED = ("nog te benoemen", "to be named")
"""What a params file says where nobody answers for something yet; printed as a gap, not refused."""


def to_be_named(owner: str) -> bool:
    """Tell whether an owner is still to be named.

    Examples
    --------
    >>> to_be_named("Nog te benoemen"), to_be_named("Head of Service")
    (True, False)
    """
    return owner.strip().lower() in NOT_NAMED
