"""What one reader holds of one score in one period: the groups of every set that agree, and what is printed of each."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from helpers.audit.ranges import MOST_ANSWERS, Kind, Known, Limits, kind_of, limits

TOO_FEW = "too_few_answers"
TOO_SMALL = "too_small_unit"
QUANTITIES = ("promoters", "passives", "detractors", "promoter_share", "passive_share", "detractor_share")


class Fact(NamedTuple):
    """One printed number: between what values it lies, and where it stands."""

    quantity: str
    low: float
    high: float
    place: str


class Hidden(NamedTuple):
    """A set that hides a group, why, and by what minimum."""

    set: str
    because: str
    minimum: int


@dataclass(frozen=True)
class Group:
    """One group as the sets of a version have it.

    Parameters
    ----------
    id, scope
        Its name, and which answers are in it.
    shown
        Whether any set shows it.
    because
        Why it is hidden; empty when shown.
    known
        What is printed of it, by itself.
    population
        How many people it has: fewest and most.
    facts
        The printed numbers, of a shown group.
    hidden
        Which sets hide it, why, and by what minimum.
    """

    id: str
    scope: Mapping[str, str]
    shown: bool
    because: str
    known: Known
    population: tuple[float, float]
    facts: tuple[Fact, ...]
    hidden: tuple[Hidden, ...] = ()

    def limits(self, kind: Kind) -> Limits:
        """Return the bounds of its parts; numbers that contradict each other tell only how many answered."""
        found = limits(self.known, kind)
        return found if found.fits else limits(Known(n=self.known.n), kind)


@dataclass(frozen=True)
class Version:
    """The groups of one score in one period, from sets that agree on every number of answers.

    Parameters
    ----------
    audience, metric, period
        Whose answers to what, and when.
    kind
        How they are scored.
    minimum
        From how many answers a group may be shown.
    headcount
        From how many people a unit may be shown.
    complementary, waves
        Whether readers are kept from subtracting groups, and waves.
    groups
        By id.
    sets
        Which sets agree.
    """

    audience: str
    metric: str
    period: str
    kind: Kind
    minimum: int
    headcount: int
    complementary: bool
    waves: bool
    groups: Mapping[str, Group] = field(repr=False)
    sets: tuple[str, ...] = ()

    def small(self, identity: str) -> int:
        """Return from how many answers a hidden group is no small group."""
        return max(self.minimum, self.headcount) if self.groups[identity].because == TOO_SMALL else self.minimum


def group_of(row: Mapping[str, Any], facts: Iterable[Fact]) -> Group:
    """Return one row of the cells with its facts.

    Parameters
    ----------
    row
        Of the cells, with ``minimum`` and ``headcount``.
    facts
        Of this cell in this set.
    """
    printed = tuple(facts)
    people = _agreed(printed, "population") or (1.0, MOST_ANSWERS)
    if not row["shown"]:
        most = {TOO_FEW: row["minimum"] - 1, TOO_SMALL: max(row["minimum"], row["headcount"]) - 1}
        known = Known(n=(1.0, min(float(most.get(row["hidden_because"], MOST_ANSWERS)), people[1])))
        because = row["hidden_because"] or "hidden"
        hidden = Hidden(row["set"], because, int(row["minimum"]))
        return Group(row["id"], row["scope"], False, because, known, people, (), (hidden,))
    n = _agreed(printed, "n") or (1.0, MOST_ANSWERS)
    whole = (float(math.ceil(n[0] - 1e-6)), float(math.floor(n[1] + 1e-6)))
    parts = {name: ends for name in QUANTITIES if (ends := _agreed(printed, name)) is not None}
    shares = {name: (low / 100, high / 100) for name, (low, high) in parts.items() if name.endswith("_share")}
    known = Known(n=whole, score=_agreed(printed, "score"), parts=parts | shares)
    return Group(row["id"], row["scope"], True, "", known, people, printed)


def version_of(rows: Sequence[Mapping[str, Any]], groups: Sequence[Group]) -> Version:
    """Return the version that one set has of a score in a period."""
    first = rows[0]
    scale = first.get("scale")
    kind = kind_of(first["kind"], scale=tuple(scale) if isinstance(scale, list | tuple) else (0.0, 10.0))
    return Version(
        audience=first["audience"],
        metric=first["metric"],
        period=first["period"],
        kind=kind,
        minimum=int(first["minimum"]),
        headcount=int(first["headcount"]),
        complementary=bool(first["complementary"]),
        waves=bool(first["waves"]),
        groups={group.id: group for group in groups},
        sets=(first["set"],),
    )


def merged(versions: Iterable[Version]) -> list[Version]:
    """Return versions of one score and period with those that agree made one.

    Parameters
    ----------
    versions
        The strictest reader's own edition first: its rules count.

    Returns
    -------
    list of Version
        Two sets agree where no group has another number of answers in the one than in the other: then nothing was
        added in between, and what either shows holds for both.
    """
    found: list[Version] = []
    for version in versions:
        place = next((at for at, other in enumerate(found) if _agree(version, other)), None)
        if place is None:
            found.append(version)
        else:
            found[place] = _together(found[place], version)
    return found


def _agree(one: Version, other: Version) -> bool:
    shared = [(one.groups[name], other.groups[name]) for name in one.groups if name in other.groups]
    return all(_meet(first.known.n, second.known.n) is not None for first, second in shared)


def _together(one: Version, other: Version) -> Version:
    groups = dict(one.groups)
    for identity, group in other.groups.items():
        groups[identity] = _both(groups[identity], group) if identity in groups else group
    return replace(one, groups=groups, sets=one.sets + other.sets, minimum=max(one.minimum, _own(one, other)))


def _own(one: Version, other: Version) -> int:
    """Return the minimum of another set, where it is one of the same edition."""
    return other.minimum if edition(one.sets[0]) == edition(other.sets[0]) else one.minimum


def edition(name: str) -> str:
    """Return the edition of a set.

    Examples
    --------
    >>> edition("2026-Q3/board")
    'board'
    """
    return name.rpartition("/")[2]


def _both(one: Group, other: Group) -> Group:
    shown = [group for group in (one, other) if group.shown] or [one, other]
    known = shown[0].known
    for group in shown[1:]:
        known = Known(
            _meet(known.n, group.known.n) or known.n,
            _meet(known.score, group.known.score) or known.score,
            {
                name: _meet(known.parts.get(name), group.known.parts.get(name)) or ends
                for name, ends in {**group.known.parts, **known.parts}.items()
            },
        )
    return replace(
        shown[0],
        known=known,
        population=_meet(one.population, other.population) or one.population,
        facts=one.facts + other.facts,
        hidden=one.hidden + other.hidden,
    )


def _agreed(facts: Iterable[Fact], quantity: str) -> tuple[float, float] | None:
    """Return between what values a number lies that is printed more than once; the first place counts most."""
    agreed: tuple[float, float] | None = None
    for fact in facts:
        if fact.quantity == quantity:
            agreed = _meet(agreed, (fact.low, fact.high)) or agreed
    return agreed


def _meet(one: tuple[float, float] | None, other: tuple[float, float] | None) -> tuple[float, float] | None:
    if one is None or other is None:
        return one or other
    low, high = max(one[0], other[0]), min(one[1], other[1])
    return (low, high) if low <= high + 1e-9 else None
