"""What the columns of a survey became, in a few lines: by kind, and a name that did not change once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

_LEVEL = re.compile(r"\[\d+\]$")
_PLAIN = "columns"


def named(columns: Sequence[Mapping[str, Any]]) -> list[str]:
    """Name the columns; those that share a name by their place as well.

    Examples
    --------
    >>> named([{"column": "Score"}, {"column": "Day"}, {"column": "Score"}])
    ['Score (column 1)', 'Day', 'Score (column 3)']
    """
    times = Counter(str(each["column"]) for each in columns)
    return [
        f"{each['column']} (column {place})" if times[str(each["column"])] > 1 else str(each["column"])
        for place, each in enumerate(columns, start=1)
    ]


def became(columns: Sequence[Mapping[str, Any]]) -> str:
    """Say what the columns became.

    Parameters
    ----------
    columns
        ``column`` and ``became``: a key of the params file, several joined by a comma, or empty.

    Examples
    --------
    >>> became([{"column": "Day", "became": "columns.date"}, {"column": "product", "became": "dimensions.product"},
    ...         {"column": "Cluster", "became": "unit[0]"}, {"column": "Team", "became": "unit[1]"}])
    'Day -> date; dimensions: product; unit: Cluster, Team'
    """
    kinds: dict[str, list[str]] = {_PLAIN: []}
    for name, column in zip(named(columns), columns, strict=True):
        for key in filter(None, str(column["became"]).replace(f"{_PLAIN}.", "").split(", ")):
            kind, said = _said(key, name)
            kinds.setdefault(kind, []).append(said)
    texts = [f"{kind}: {', '.join(own)}" for kind, own in kinds.items() if kind != _PLAIN]
    return "; ".join([*([", ".join(kinds[_PLAIN])] if kinds[_PLAIN] else []), *texts])


def _said(key: str, name: str) -> tuple[str, str]:
    """Return the kind of a key, and the column with what it is called there."""
    kind, _, own = key.partition(".")
    if _LEVEL.search(key) and ".items" not in key:  # the levels of a tree stand in their order
        return _LEVEL.sub("", key), name
    if not own:
        return _PLAIN, name if name == key else f"{name} -> {key}"
    return kind, name if name == own else f"{name} -> {own}"
