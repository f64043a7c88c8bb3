"""The attack: everything that a reader of published sets can work out about groups that are hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from helpers.audit.differences import of_late_answers, of_overlapping, of_waves
from helpers.audit.leaks import Leak, leaks
from helpers.audit.versions import TOO_FEW, TOO_SMALL, Fact, Version, edition, group_of, merged, version_of

SMALLEST = 3
DEFAULTS: dict[str, Any] = {"minimum": SMALLEST, "headcount": None, "complementary": True, "waves": True, "set": ""}
PRIVACY = {
    "minimum": "minimum_respondents", "headcount": "minimum_headcount", "complementary": "complementary",
    "waves": "waves",
}  # fmt: skip
KINDS = ("nps", "share", "mean")

Row = Mapping[str, Any]
Facts = Mapping[tuple[str, str], Sequence[Fact]]


def attack(
    cells: pd.DataFrame, facts: pd.DataFrame, *, privacy: Mapping[str, Mapping[str, Any]] | None = None
) -> list[Leak]:
    """Return every leak of a small group, by the definition of :mod:`helpers.audit.leaks`.

    Parameters
    ----------
    cells
        One row per cell and set: ``id, audience, metric, kind`` (``nps``, ``mean``, ``share``; any other kind is
        attacked by direct statements only), ``scope`` (dict), ``period, shown, hidden_because``; and where known
        ``set`` (such as ``2026-Q3/board``), ``minimum, headcount, complementary, waves`` (the rules it was made by)
        and ``scale`` (lowest and highest answer of a mean; else 0…10).
    facts
        One row per printed number: ``id, quantity`` (``n``, ``score``, ``promoters`` …, ``promoter_share`` … in
        percent, ``population``), ``low, high`` (what is printed as this number lies between them), ``place`` (begins
        with the name of the set where there are several, or a column ``set`` says it).
    privacy
        By audience the rules as ``figures.json`` has them, for what the cells do not say themselves: the minimum is
        else 3.

    Returns
    -------
    list of Leak
        Direct statements first, then by audience, metric and period. Whoever reads an edition reads also those with
        larger minimums; each such reader is an attacker.

    Notes
    -----
    A fact of an id that no cell has is not used.
    """
    rows = _rows(cells, privacy or {})
    by_set = _by_set(facts, sorted({row["set"] for row in rows}))
    found = [*_direct(rows, by_set)]
    for reader in _readers(rows):
        for metric in dict.fromkeys(row["metric"] for row in reader):
            found += _of_metric([row for row in reader if row["metric"] == metric], by_set)
    return list(dict.fromkeys(found))


def _rows(cells: pd.DataFrame, privacy: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for record in cells.to_dict("records"):
        row = {str(name): value for name, value in record.items()}
        rules = privacy.get(str(row["audience"]), {})
        for name, default in DEFAULTS.items():
            if _missing(row.get(name)):
                row[name] = rules.get(PRIVACY.get(name, ""), default)
        row["headcount"] = row["minimum"] if _missing(row["headcount"]) else row["headcount"]
        row["hidden_because"] = "" if _missing(row["hidden_because"]) else str(row["hidden_because"])
        rows.append(row)
    return rows


def _missing(value: object) -> bool:
    return value is None or (isinstance(value, float) and value != value)  # noqa: PLR0124  (the test for NaN)


def _by_set(facts: pd.DataFrame, sets: Sequence[str]) -> dict[tuple[str, str], list[Fact]]:
    found: dict[tuple[str, str], list[Fact]] = {}
    longest = sorted(sets, key=len, reverse=True)
    for row in facts.to_dict("records"):
        place = str(row["place"])
        name = row["set"] if "set" in row else next((one for one in longest if place.startswith(one)), "")
        name = sets[0] if len(sets) == 1 else name
        fact = Fact(str(row["quantity"]), float(row["low"]), float(row["high"]), place)
        found.setdefault((name, str(row["id"])), []).append(fact)
    return found


def _direct(rows: Sequence[Row], facts: Facts) -> Iterator[Leak]:
    """Yield each hidden group of which the same set prints a number, and each that is shown with too few answers."""
    for row in rows:
        few = [fact for fact in facts.get((row["set"], row["id"]), ()) if row["shown"] and _too_few(fact, row)]
        if few:
            sentence = f"The group {row['id']} is shown with fewer than {row['minimum']} answers: {few[0].place}."
            yield Leak((row["id"],), "shown", sentence, tuple(fact.place for fact in few), (row["id"],))
        printed = (
            [] if row["shown"] else [f for f in facts.get((row["set"], row["id"]), ()) if f.quantity != "population"]
        )
        if printed:
            yield _stated(row["id"], printed)


def _too_few(fact: Fact, row: Row) -> bool:
    return fact.quantity == "n" and fact.low > 0 and fact.high < row["minimum"]


def _stated(identity: str, printed: Sequence[Fact], *, where: str = "") -> Leak:
    what = ", ".join(dict.fromkeys(fact.quantity.replace("_", " ") for fact in printed))
    places = tuple(dict.fromkeys(fact.place for fact in printed))
    sentence = f"The group {identity} is hidden{where}, but its {what} is printed: {places[0]}."
    return Leak((identity,), "direct", sentence, places, ())


def _readers(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield the cells of each audience that each reader holds: own edition first, then those with larger minimums."""
    for audience in dict.fromkeys(row["audience"] for row in rows):
        own = [row for row in rows if row["audience"] == audience and row["kind"] in KINDS]
        smallest: dict[str, int] = {}
        for row in own:
            name = edition(row["set"])
            smallest[name] = min(smallest.get(name, row["minimum"]), row["minimum"])
        for least in sorted(set(smallest.values())):
            held = [row for row in own if smallest[edition(row["set"])] >= least]
            yield sorted(held, key=lambda row: (smallest[edition(row["set"])], row["set"]))


def _of_metric(rows: Sequence[Row], facts: Facts) -> Iterator[Leak]:
    every: list[Version] = []
    for period in dict.fromkeys(row["period"] for row in rows):
        versions = _versions([row for row in rows if row["period"] == period], facts)
        for version in versions:
            yield from _elsewhere(version)
            yield from leaks(version)
        yield from of_late_answers(versions)
        every += versions
    yield from of_waves(every)
    yield from of_overlapping(every)


def _elsewhere(version: Version) -> Iterator[Leak]:
    """Yield each group that is hidden for its size in one set while another set of the reader prints it."""
    for group in version.groups.values():
        hidden = [one for one in group.hidden if one.because in (TOO_FEW, TOO_SMALL) and one.minimum <= version.minimum]
        printed = [fact for fact in group.facts if fact.quantity != "population"]
        if group.shown and hidden and printed:
            yield _stated(group.id, printed, where=f" in {hidden[0].set}")


def _versions(rows: Sequence[Row], facts: Facts) -> list[Version]:
    """Return what is held of one score in one period."""
    sets: dict[str, list[Row]] = {}
    for row in rows:
        sets.setdefault(row["set"], []).append(row)
    return merged(
        version_of(each, [group_of(row, facts.get((name, row["id"]), ())) for row in each])
        for name, each in sets.items()
    )
