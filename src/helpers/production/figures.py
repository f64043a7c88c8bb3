"""Every headline number as data: ``figures.json``, the report's rounding beside the full precision."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from helpers.rounding import significant

SCHEMA = 1
ORDER = (
    *("id", "metric", "audience", "measurement", "period", "scope", "value", "low", "high", "confidence"),
    *("unit", "n", "skipped", "promoters", "passives", "detractors", "weighted", "n_effective", "population"),
    *("method_version", "printed", "shown", "hidden_because"),
)
"""The order in which a figure is written; what is not named here follows by name."""


def write(
    path: Path,
    *,
    organisation: str,
    period: str,
    edition: str,
    language: str,
    privacy: Mapping[str, Mapping[str, Any]],
    figures: Sequence[Mapping[str, Any]],
) -> None:
    """Write the figures of one report.

    Parameters
    ----------
    path
        Where ``figures.json`` goes.
    organisation, period, edition, language
        Which report it is.
    privacy
        By audience ``minimum_respondents, minimum_headcount, complementary, waves``: what must hold before anything
        of a group is shown.
    figures
        One mapping per figure with the keys of ``ORDER``; ``id`` is unique. Numbers keep 12 significant
        digits; what is not a finite number becomes null. A row with ``shown: False`` may carry no number.

    Raises
    ------
    ValueError
        When two figures share an id, or a hidden figure carries a number.
    """
    _require_unique(figures)
    rows = [_row(figure) for figure in sorted(figures, key=lambda one: str(one["id"]))]
    content = {
        "schema": SCHEMA,
        "organisation": organisation,
        "period": period,
        "edition": edition,
        "language": language,
        "privacy": _plain(privacy),
        "figures": rows,
    }
    text = json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _require_unique(figures: Sequence[Mapping[str, Any]]) -> None:
    twice = [name for name, count in Counter(str(one["id"]) for one in figures).items() if count > 1]
    if twice:
        raise ValueError(f"figures with the same id: {', '.join(sorted(twice))}")


def _row(figure: Mapping[str, Any]) -> dict[str, Any]:
    keys = [key for key in ORDER if key in figure] + sorted(set(figure) - set(ORDER))
    row = {key: _plain(figure[key]) for key in keys}
    if not row.get("shown", True):
        _require_no_number(row)
    return row


def _require_no_number(row: Mapping[str, Any]) -> None:
    numbers = [key for key, value in row.items() if key not in ("id", "period") and any(_numbers(key, value))]
    if numbers:
        raise ValueError(f"hidden figure {row['id']} carries a number in: {', '.join(numbers)}")


def _numbers(key: str, value: Any) -> Iterator[bool]:
    if isinstance(value, Mapping):
        for item in value.values():
            yield from _numbers(key, item)
    elif isinstance(value, list):
        for item in value:
            yield from _numbers(key, item)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield True
    elif key == "printed" and isinstance(value, str):
        yield any(character.isdigit() for character in value)


def _plain(value: Any) -> Any:
    """Return JSON's own types: numpy's scalars become Python's, and floats lose their unstable digits."""
    if isinstance(value, Mapping):
        return {str(key): _plain(value[key]) for key in sorted(value, key=str)}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if pd.isna(value):
        return None
    scalar = value.item() if isinstance(value, np.generic) else value
    return significant(scalar) if isinstance(scalar, float) else scalar
