"""Which rows of a long table of scores are printed: a page that nobody reads tells less than a short one.

The workbook has every row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Row = Mapping[Any, Any]
CROSSING = " × "
MOST_ROWS = 40
"""So many groups are printed below the whole: about a page."""


def printed(records: Sequence[Row]) -> list[bool]:
    """Tell of each row of a table of scores whether the report prints it.

    Parameters
    ----------
    records
        Rows with ``grouping`` (empty for the whole) and ``level`` (depth in a tree, 0 the widest).

    Returns
    -------
    list of bool
        With more than ``MOST_ROWS`` groups the deepest level of every tree goes first, with it the crossings of
        two groupings once only two levels are left; of one level that is itself too long the first rows stay.

    Examples
    --------
    >>> tree = [{"grouping": "unit", "level": level} for level in [0, *[1] * 45]]
    >>> sum(printed([{"grouping": "", "level": 0}, *tree]))
    2
    """
    depths = [_depth(row) for row in records]
    groups = [depth for depth in depths if depth >= 0]
    fitting = (depth for depth in sorted(set(groups), reverse=True) if _count(groups, depth) <= MOST_ROWS)
    deepest = next(fitting, None)
    if deepest is not None:
        return [depth <= deepest for depth in depths]
    kept, left = [], MOST_ROWS
    for depth in depths:
        kept.append(depth < 0 or (depth == 0 and left > 0))
        left -= depth == 0
    return kept


def _depth(row: Row) -> int:
    """Return how deep a row stands: the whole above all, a crossing below the groups that it crosses."""
    if row["grouping"] == "":
        return -1
    return 1 if CROSSING in row["grouping"] else int(row["level"])


def _count(depths: Sequence[int], deepest: int) -> int:
    return sum(depth <= deepest for depth in depths)
