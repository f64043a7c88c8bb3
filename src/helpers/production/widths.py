"""How the width of a page is divided over the columns of a table, and a table over parts that fit."""

from __future__ import annotations

import math
from collections.abc import Sequence

_AIR = 26.0


def shared_out(least: Sequence[float], most: Sequence[float], width: float) -> list[float]:
    """Divide a width: what each column cannot do without, then small wishes whole, then large ones in part.

    Examples
    --------
    >>> [round(width) for width in shared_out([10, 10, 10], [12, 50, 90], 90)]
    [12, 34, 44]
    >>> shared_out([60, 60], [80, 80], 60)
    [30.0, 30.0]
    """
    if sum(least) > width:
        return [need * width / sum(least) for need in least]
    if sum(most) <= width:
        air = min((width - sum(most)) / len(most), _AIR)
        return [natural + air for natural in most]
    wishes = [natural - need for natural, need in zip(most, least, strict=True)]
    order = sorted(range(len(least)), key=wishes.__getitem__)
    widths, left = list(least), width - sum(least)
    while wishes[order[0]] <= left / len(order):
        at = order.pop(0)
        widths[at] += wishes[at]
        left -= wishes[at]
    # By the root: twice the text asks for a wider column and for more lines.
    parts = sum(math.sqrt(wishes[at]) for at in order)
    for at in order:
        widths[at] += left * math.sqrt(wishes[at]) / parts
    return widths


def parts(least: Sequence[float], *, stub: int, width: float) -> list[list[int]]:
    """Group the columns that fit beside the row headers."""
    head = list(range(stub))
    groups: list[list[int]] = [[]]
    for at in range(stub, len(least)):
        if groups[-1] and sum(least[k] for k in [*head, *groups[-1], at]) > width:
            groups.append([])
        groups[-1].append(at)
    return [head + group for group in groups]
