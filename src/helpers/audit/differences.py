"""What two printings of the same groups tell of those in between: people who came or went, and answers that came late."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

import numpy as np

from helpers.audit.leaks import Leak, leak_of
from helpers.audit.ranges import Known, Limits, limits
from helpers.audit.structure import relations
from helpers.audit.versions import Version
from helpers.audit.worlds import Open, Sum, Worlds, spread, told

MOVED = "moved"
Terms = tuple[tuple[str, float], ...]
"""Shown groups, added (1) or subtracted (−1)."""


def of_waves(versions: Sequence[Version]) -> list[Leak]:
    """Return what two waves of one score tell of those who came or went in between.

    Parameters
    ----------
    versions
        Of one audience and metric, as one reader holds them.

    Notes
    -----
    Only where all people of a group answered in both waves are the answers of the one those of the other and of who
    came, less those of who went. Where the bands do not all move the same way, some changed their mind, and the
    difference is no group.
    """
    waves: dict[str, list[Version]] = {}
    for version in versions:
        if version.complementary and version.waves:
            waves.setdefault(version.period, []).append(version)
    found: list[Leak] = []
    for before, after in pairwise(sorted(waves)):
        found += [leak for one in waves[before] for other in waves[after] for leak in _moved(one, other, "wave")]
    return found


def of_late_answers(versions: Sequence[Version]) -> list[Leak]:
    """Return what two reports of one score and period tell of the answers that only one of them has.

    Parameters
    ----------
    versions
        Of one audience, metric and period, as one reader holds them.
    """
    protected = [version for version in versions if version.complementary]
    return [leak for one, other in combinations(protected, 2) for leak in _moved(one, other, "late")]


def _moved(one: Version, other: Version, kind: str) -> Iterator[Leak]:
    names = _same_groups(one, other)
    bounds = {(at, names[at][name]): each.groups[names[at][name]].limits(each.kind)
              for at, each in enumerate((one, other)) for name in names[at]}  # fmt: skip
    for terms in _comparable(one, other, names, kind):
        step = sum(sign * (_n(other, names[1][name]) - _n(one, names[0][name])) for name, sign in terms)
        if not 1 <= abs(step) < one.minimum:
            continue
        worlds, ids = _between(one, other, names, terms, step, bounds)
        alone = Sum({MOVED: 1.0}, np.zeros(len(one.kind.parts)))
        if spread([Open(worlds, [MOVED], [alone])]) != [True]:
            continue
        about = f"The answers of {_words(terms, names)} that only one of the two has"
        if (tells := told(worlds, alone, minimum=one.minimum)) is not None:
            shown = [one.groups[name] for name in ids if name in one.groups]
            shown += [other.groups[name] for name in ids if name in other.groups]
            yield leak_of((), kind, about, tells, shown)


def _same_groups(one: Version, other: Version) -> tuple[dict[str, str], dict[str, str]]:
    """Return the ids of the groups that both have, by their scope."""
    named: list[dict[str, str]] = []
    for version in (one, other):
        named.append({repr(sorted(group.scope.items())): identity for identity, group in version.groups.items()})
    return (
        {scope: name for scope, name in named[0].items() if scope in named[1]},
        {scope: name for scope, name in named[1].items() if scope in named[0]},
    )


def _comparable(
    one: Version, other: Version, names: tuple[dict[str, str], dict[str, str]], kind: str
) -> Iterator[Terms]:
    """Yield what can be compared: each shown group, and what each leaves besides its shown parts."""
    usable = {scope for scope in names[0] if _usable(one, names[0][scope], kind) and _usable(other, names[1][scope], kind)}
    yield from (((scope, 1.0),) for scope in names[0] if scope in usable)
    by_id = {identity: scope for scope, identity in names[0].items()}
    for relation in relations({name: one.groups[name].scope for name in names[0].values()}):
        parent, children = by_id[relation.parent], [by_id[child] for child in relation.children]
        if parent in usable and 0 < sum(child in usable for child in children):
            yield ((parent, 1.0), *((child, -1.0) for child in children if child in usable))


def _usable(version: Version, identity: str, kind: str) -> bool:
    group = version.groups[identity]
    known = group.shown and group.known.n[0] == group.known.n[1]
    return known and (kind == "late" or group.population[0] == group.population[1] == group.known.n[0])


def _n(version: Version, identity: str) -> float:
    return version.groups[identity].known.n[0]


def _between(
    one: Version,
    other: Version,
    names: tuple[dict[str, str], dict[str, str]],
    terms: Terms,
    step: float,
    bounds: dict[tuple[int, str], Limits],
) -> tuple[Worlds, list[str]]:
    """Return the worlds of the groups compared and of those between them."""
    groups = {MOVED: limits(Known(n=(abs(step), abs(step))), one.kind)}
    times, known, ids = {MOVED: -1.0}, np.zeros(len(one.kind.parts)), []
    for at, direction in ((0, -1.0), (1, 1.0)):
        for scope, sign in terms:
            identity = names[at][scope]
            factor = direction * sign * (1.0 if step > 0 else -1.0)
            own = bounds[at, identity]
            ids.append(identity)
            if own.exact:
                known = known + factor * own.low
            else:
                groups[f"{at} {identity}"] = own
                times[f"{at} {identity}"] = factor
    return Worlds(groups, [Sum(times, known)], one.kind), list(dict.fromkeys(ids))


def _words(terms: Terms, names: tuple[dict[str, str], dict[str, str]]) -> str:
    first, last = (each[terms[0][0]] for each in names)
    besides = f" besides {', '.join(names[0][name] for name, _ in terms[1:6])}" if len(terms) > 1 else ""
    return (first if first == last else f"{first} and {last}") + besides
