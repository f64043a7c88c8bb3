"""Under which name a group stands in the table of responses."""

from __future__ import annotations

from collections.abc import Container

TREE = "tree."
"""What the column of a second tree begins with; its name follows."""
PREFIXES = ("dimension.", "segment.", TREE, "")
"""What may stand before a group's name; a declared name goes before a column that every table has."""


def group_column(name: str, *, among: Container[str]) -> str | None:
    """Return the column of a dimension, segment, tree, touchpoint, channel or unit; None where there is none.

    Examples
    --------
    >>> group_column("product", among=["source", "dimension.product"]), group_column("region", among=["source"])
    ('dimension.product', None)
    >>> group_column("source", among=["source", "dimension.source"])
    'dimension.source'
    """
    return next((prefix + name for prefix in PREFIXES if prefix + name in among), None)
