"""What follows about a hidden group from everything that is printed.

The definition
--------------
A *world* gives every group whole numbers of answers (:mod:`helpers.audit.worlds`). It fits when each printed number is
what it would be printed as in that world; when a group that is hidden for too few answers has from 1 to one fewer than
the minimum, and a unit that is hidden as too small has at least 1 and fewer than the smallest unit; when any other
hidden group has at least 1 answer; and when the parts of a group add up to it. What a group has besides its named parts
("not stated") is nobody, unless the printed numbers leave no such world.

A *small group* is a hidden group, or the hidden groups of one wider group together, or what a group has besides its
named parts, that has at least one answer and fewer than the minimum in every world that fits. Where some worlds give a
hidden group the minimum or more, such as one that was hidden to protect others, nobody can tell that it is small: it is
judged as part of the groups that it makes up with others. A group that is too large to be small in any world is none.

A *leak* is a small group of which over all worlds that fit

- the highest and the lowest score are less than 50 points apart (of a share or a mean: a quarter of the scale), or
- a band is forced: it holds nobody, or everybody, in every world.

When the single answers follow, there is one world and both hold. Besides,

- a number printed for a hidden group, wherever it stands, is a leak whatever it says (a unit's headcount is none);
- a group that is shown with fewer answers than the minimum of its set is one too;
- of two waves of one group that all its people answered, those who came or went between are a group;
- of two reports that print another number of answers for the same group and period, the late answers are a group.

Customers whose reports do not ask for complementary hiding are known to their reader: only direct statements count.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from helpers.audit.parts import Part, Suspect, parts_of
from helpers.audit.unions import Unions
from helpers.audit.versions import Group, Version
from helpers.audit.worlds import Range, spread, told


@dataclass(frozen=True)
class Leak:
    """Something that the printed numbers tell about a small group.

    Parameters
    ----------
    ids
        The hidden groups that it is about, together; empty for people who are in no named group.
    kind
        ``direct``, ``shown``, ``derived``, ``together``, ``remainder``, ``wave`` or ``late``.
    sentence
        What follows, from what.
    places
        Where the printed numbers stand.
    involves
        The shown groups whose numbers it takes.
    """

    ids: tuple[str, ...]
    kind: str
    sentence: str
    places: tuple[str, ...]
    involves: tuple[str, ...]


def leaks(version: Version) -> list[Leak]:
    """Return what one version of a score in one period gives away.

    Parameters
    ----------
    version
        What a reader holds.

    Returns
    -------
    list of Leak
        In the order of the groups; empty where readers may subtract.
    """
    if not version.complementary:
        return []
    found: list[Leak] = []
    parts = parts_of(version)
    while parts:
        fits = spread([part.open for part in parts])
        found += [leak for part, fit in zip(parts, fits, strict=True) if fit for leak in _of_part(part)]
        # the named parts of a group cannot be all it has: some of its people gave no unit, product …
        parts = [wider for part, fit in zip(parts, fits, strict=True) if not fit for wider in part.opened()]
    return found


def _of_part(part: Part) -> Iterator[Leak]:
    unions = Unions(part)
    for suspect in part.suspects:
        leak = _leak(part, suspect)
        unions.refuse(suspect.groups, supersets=leak is not None)
        yield from [] if leak is None else [leak]
    for suspect in unions:
        leak = _leak(part, suspect)
        unions.refuse(suspect.groups, supersets=leak is not None)
        yield from [] if leak is None else [leak]


def _leak(part: Part, suspect: Suspect) -> Leak | None:
    tells = told(part.worlds, suspect.answers, minimum=suspect.minimum)
    if tells is None:
        return None
    names = dict.fromkeys(name for each in part.enough(suspect) for name in (each.parent, *each.children))
    groups = [part.version.groups[name] for name in names]
    return leak_of(suspect.ids, suspect.kind, suspect.about, tells, [group for group in groups if group.shown])


def leak_of(ids: tuple[str, ...], kind: str, about: str, tells: Range, shown: Sequence[Group]) -> Leak:
    """Return a leak with its sentence, from the shown groups that it takes."""
    names = tuple(dict.fromkeys(group.id for group in shown))
    places = dict.fromkeys(fact.place for group in shown for fact in group.facts)
    sentence = f"{about}: {said(tells)}. It follows from what is printed of {_listed(names)}."
    return Leak(ids, kind, sentence, tuple(places), names)


def said(tells: Range) -> str:
    """Return what follows, in words.

    Examples
    --------
    >>> said(Range((3, 3), (0, 0), (("detractors", 0),)))
    '3 answers, a score of 0, none of them detractors'
    """
    n = f"{_between(*tells.n)} answer{'' if tells.n == (1, 1) else 's'}"
    everybody = [f"all of them {name}" for name, share in tells.forced if share]
    bands = everybody or [f"none of them {name}" for name, _ in tells.forced]
    return ", ".join([n, f"a score of {_between(*tells.score)}", *bands])


def _between(low: float, high: float) -> str:
    one, other = (f"{math.floor(each * 10 + 0.5) / 10:g}" for each in (low, high))
    return one if one == other else f"{one} to {other}"


def _listed(names: Sequence[str], *, most: int = 5) -> str:
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")
