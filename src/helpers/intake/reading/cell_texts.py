"""The cells of a workbook as the text that a person sees in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

_LARGEST_EXACT = 2**53
_HALF_A_SECOND = dt.timedelta(microseconds=500_000)


def cell_texts(cells: Sequence[Any]) -> Sequence[str]:
    """Return cells as text, each different cell worked out once.

    Examples
    --------
    >>> cell_texts([9.0, "x", True, 9.0])
    ['9', 'x', 'TRUE', '9']
    """
    kinds = set(map(type, cells))
    if kinds == {str}:
        return cells
    # As keys, True and 1 are equal.
    find: Callable[[Any], str] = cell_text if bool in kinds else _Texts().__getitem__
    return list(map(find, cells))


def cell_text(cell: Any) -> str:
    """Return a cell as text: whole numbers without a point, dates as ISO dates, truth as TRUE.

    Examples
    --------
    >>> cell_text(9.0), cell_text(0.25), cell_text(dt.date(2026, 3, 1)), cell_text(False)
    ('9', '0.25', '2026-03-01', 'FALSE')
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < _LARGEST_EXACT else repr(cell)
    if isinstance(cell, dt.datetime):
        # A workbook counts time in parts of a day: the second that it shows is the nearest one.
        shown = (cell + _HALF_A_SECOND).replace(microsecond=0) if cell.microsecond else cell
        return shown.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)


class _Texts(dict[Any, str]):
    """The text of each different cell, found once."""

    def __missing__(self, cell: Any) -> str:
        text = self[cell] = cell_text(cell)
        return text
