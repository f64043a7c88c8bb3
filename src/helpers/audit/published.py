"""The published sets of one organisation: their files, and the cells that ``figures.json`` tells of."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from helpers.audit.numbers import EXACT
from helpers.errors import InfrastructureError
from helpers.periods import Period

FIGURES = "figures.json"
MINIMUM = {"employee": 10, "customer": 5}
"""The smallest group where a set does not tell its own, as sets made before it was written down."""
COUNTS = {
    "n": "n",
    "promoters": "promoters",
    "passives": "passives",
    "detractors": "detractors",
    "population": "population",
}
BANDS = {"promoters": "promoter_share", "passives": "passive_share", "detractors": "detractor_share"}
CELL_COLUMNS = (
    *("id", "audience", "metric", "kind", "scope", "period", "shown", "hidden_because", "set"),
    *("minimum", "headcount", "complementary", "waves", "scale"),
)

Scope = tuple[tuple[str, str], ...]
"""The group of a cell, as sorted pairs of grouping and whole path."""


class Fact(NamedTuple):
    """One number that a published file gives of a cell, as wide as its rounding leaves it."""

    id: str
    quantity: str
    low: float
    high: float
    place: str


@dataclass(frozen=True)
class PublishedSet:
    """One report as it was published: a folder with ``figures.json`` in it.

    Parameters
    ----------
    folder
        Where its files lie.
    name
        Such as ``2026-Q3/board``.
    language, edition, period
        As ``figures.json`` has them.
    figures
        The rows of ``figures.json``.
    privacy
        Per audience the rules that the set was made by.
    """

    folder: Path
    name: str
    language: str
    edition: str
    period: str
    figures: list[dict[str, Any]] = field(repr=False)
    privacy: Mapping[str, Mapping[str, Any]]


def published_sets(folder: Path, *, staged: Path | None = None) -> list[PublishedSet]:
    """Return every set of an organisation, by name.

    Parameters
    ----------
    folder
        ``reports/<organisation>``; it may be absent.
    staged
        A set that is about to take the place of the one of its own period and edition.

    Raises
    ------
    InfrastructureError
        When a ``figures.json`` cannot be read.
    """
    found = (
        sorted(path.parent for path in folder.rglob(FIGURES) if not _working(path, folder)) if folder.is_dir() else []
    )
    sets = {
        one.name: one for one in (_read(path, path.relative_to(folder).as_posix()) for path in found if path != staged)
    }
    if staged is not None:
        own = _read(staged, "")
        name = _place_of(staged, folder) or f"{own.period}/{own.edition}"
        sets[name] = _read(staged, name)
    return _with_rules([sets[name] for name in sorted(sets)])


def cells_of(published: PublishedSet) -> pd.DataFrame:
    """Return the cells of a set.

    Returns
    -------
    DataFrame
        ``id, audience, metric`` (the id before its scope), ``kind`` (``nps``, ``mean``, ``share`` or ``other``),
        ``scope`` (dict), ``period, shown, hidden_because, set, minimum`` (of the audience), ``complementary``
        (bool: the audience is protected by hiding more), ``edition, scale`` (low and high end of the score).
    """
    rows = [_cell(row, published) for row in published.figures]
    return pd.DataFrame(rows, columns=list(CELL_COLUMNS))


def facts_of(published: PublishedSet) -> list[Fact]:
    """Return what ``figures.json`` says of each cell, hidden ones too where it says anything."""
    place = f"{published.name}, {FIGURES}"
    return [fact for row in published.figures for fact in _facts(row, place)]


def scope_of(scope: Mapping[str, str] | None) -> Scope:
    """Return a scope as sorted pairs.

    Examples
    --------
    >>> scope_of({"unit": "North › Team 1", "channel": "web"})
    (('channel', 'web'), ('unit', 'North › Team 1'))
    """
    return tuple(sorted((str(name), str(value)) for name, value in (scope or {}).items()))


def metric_of(identity: str) -> str:
    """Return the part of an id before its scope and period.

    Examples
    --------
    >>> metric_of("enps[unit=North]@2026-Q3"), metric_of("nps.customer.relational@2026-Q3")
    ('enps', 'nps.customer.relational')
    """
    return identity.partition("[")[0].partition("@")[0]


def holds(period: str, day: dt.date) -> bool:
    """Return whether a day is one of a calendar period; True for what is no period.

    Examples
    --------
    >>> holds("2026-Q3", dt.date(2026, 9, 30)), holds("2026-Q3", dt.date(2027, 6, 30))
    (True, False)
    """
    try:
        whole = Period.parse(period)
    except ValueError:
        return True
    return day in whole


def _working(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _with_rules(sets: list[PublishedSet]) -> list[PublishedSet]:
    """Give a set that does not tell its rules those of the latest set of its edition, or of any, that does."""
    told = [one for one in sets if one.privacy]
    own = {one.edition: one.privacy for one in told}
    latest = told[-1].privacy if told else {}
    return [one if one.privacy else replace(one, privacy=own.get(one.edition, latest)) for one in sets]


def _place_of(staged: Path, folder: Path) -> str:
    """Return the name of the set that a hidden staging folder beside it will replace, such as .board.staging-1."""
    try:
        inside = staged.relative_to(folder)
    except ValueError:
        return ""
    parts = [part.removeprefix(".").partition(".")[0] for part in inside.parts]
    return "/".join(parts)


def _read(folder: Path, name: str) -> PublishedSet:
    path = folder / FIGURES
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        figures = [dict(row) for row in content["figures"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InfrastructureError(
            f"{path}: cannot be read ({error}), so what it gives away is not known. Make this report again."
        ) from error
    return PublishedSet(
        folder,
        name.removesuffix(f"/{FIGURES}"),
        str(content.get("language", "en")),
        str(content.get("edition", "")),
        str(content.get("period", "")),
        figures,
        content.get("privacy") or {},
    )


def _cell(row: Mapping[str, Any], published: PublishedSet) -> dict[str, Any]:
    audience = row.get("audience")
    rules = published.privacy.get(str(audience), {})
    identity = str(row["id"])
    return {
        "id": identity,
        "audience": audience,
        "metric": metric_of(identity),
        "kind": _kind(row),
        "scope": dict(row.get("scope") or {}),
        "period": str(row.get("period", "")),
        "shown": bool(row.get("shown", True)),
        "hidden_because": row.get("hidden_because") or "",
        "set": published.name,
        "minimum": int(rules.get("minimum_respondents", least := MINIMUM.get(str(audience), 3))),
        "headcount": int(rules.get("minimum_headcount", rules.get("minimum_respondents", least))),
        "complementary": bool(rules.get("complementary", audience == "employee")),
        "waves": bool(rules.get("waves", audience == "employee")),
        "scale": _scale(row),
    }


def _kind(row: Mapping[str, Any]) -> str:
    unit = row.get("unit")
    if unit == "points":
        return "nps"
    if unit == "scale":
        return "mean"
    return "share" if unit == "percent" and row.get("audience") else "other"


def _scale(row: Mapping[str, Any]) -> tuple[float, float]:
    ends = row.get("scale")
    if isinstance(ends, list | tuple) and len(ends) == len(("low", "high")):
        return (float(ends[0]), float(ends[1]))
    return {"points": (-100.0, 100.0), "percent": (0.0, 100.0)}.get(str(row.get("unit")), (0.0, 10.0))


def _facts(row: Mapping[str, Any], place: str) -> Iterator[Fact]:
    identity, digits = str(row["id"]), row.get("digits")
    for key, quantity in COUNTS.items():
        if (value := _number(row.get(key))) is not None:
            yield Fact(identity, quantity, value, value, place)
            n = _number(row.get("n"))
            if key in BANDS and n:
                yield Fact(identity, BANDS[key], 100 * value / n, 100 * value / n, place)
    if row.get("weighted") and (plain := _number(row.get("unweighted"))) is not None:
        yield Fact(identity, "score", *_around(plain, digits), place)
    elif (value := _number(row.get("value"))) is not None:
        yield Fact(identity, "score", *_around(value, digits), place)
    if not row.get("shown", True):
        unknown = ((key, _number(value)) for key, value in row.items() if key not in {*COUNTS, "value"})
        yield from (Fact(identity, key, value, value, place) for key, value in unknown if value is not None)


def _around(value: float, digits: Any) -> tuple[float, float]:
    half = 0.5 * 10.0 ** -int(digits) if digits is not None else EXACT * max(1.0, abs(value))
    return value - half, value + half


def _number(value: Any) -> float | None:
    usable = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return float(value) if usable else None
