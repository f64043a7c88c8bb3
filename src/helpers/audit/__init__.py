"""The audit: what a reader of everything that was published can work out about groups that are hidden.

It knows files only. Nothing of how figures are computed or hidden is imported: an attacker has neither.

========================  ===================================================================================
published                 the sets of an organisation; cells and facts of ``figures.json``
names, numbers, words     which groups a text names; the numbers in it; the few words that cannot be learnt
markup, drawn, sheets,    a file of each kind taken apart into lines, tables and drawings
paper, executed, residue
known, readings           what is known of each group; what each column of a table tells
tables, sentences,        statements about hidden cells on each surface
charts, colours, fills
surfaces                  every file of one set, read
canaries                  what may stand in no file
structure, ranges,        what follows from all facts together
worlds, versions,
leaks, attack
========================  ===================================================================================
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from helpers.audit.attack import attack
from helpers.audit.canaries import Canary
from helpers.audit.known import Known
from helpers.audit.leaks import Leak
from helpers.audit.names import Names
from helpers.audit.published import Fact, PublishedSet, cells_of, facts_of, published_sets
from helpers.audit.surfaces import Reading, read_set

__all__ = ["Canary", "Findings", "Leak", "attack", "audit"]


@dataclass(frozen=True)
class Findings:
    """What the audit found.

    Parameters
    ----------
    leaks
        What can be worked out about hidden groups.
    canaries
        Row ids, e-mail addresses and home folders in published files.
    sets_read
        The sets, such as ``2026-Q3/board``.
    statements_read
        How many texts, rows of tables and marks of charts were read.
    """

    leaks: tuple[Leak, ...]
    canaries: tuple[Canary, ...]
    sets_read: tuple[str, ...]
    statements_read: int

    @property
    def clean(self) -> bool:
        """Whether nothing was found."""
        return not self.leaks and not self.canaries


def audit(folder: Path, *, own: Path | None = None, canaries: Collection[str] = ()) -> Findings:
    """Attack everything that was published of one organisation.

    Parameters
    ----------
    folder
        ``reports/<organisation>``; every set in it is read, of all periods and editions.
    own
        A staged set that is about to take the place of the one of its own period and edition.
    canaries
        Texts that may stand in no file, besides e-mail addresses, home folders and ids as survey tools make them: such
        as the ids of the rows of the data.

    Returns
    -------
    Findings
        Leaks by the definition of :mod:`helpers.audit.leaks`, and canaries.

    Raises
    ------
    InfrastructureError
        When a ``figures.json`` cannot be read.
    """
    sets = published_sets(folder, staged=own)
    names = Names(row.get("scope") or {} for one in sets for row in one.figures)
    read = {one.name: read_set(one, Known(one, sets), names, given=canaries) for one in sets}
    cells, facts = _cells_and_facts(sets, read)
    leaks = attack(cells, facts) if sets else []
    told = {identity for leak in leaks for identity in leak.ids}
    leaks += [leak for leak in _too_small(sets, cells, facts) if not told & set(leak.ids)] if sets else []
    return Findings(
        tuple(leaks),
        tuple(one for reading in read.values() for one in reading.canaries),
        tuple(read),
        sum(reading.statements for reading in read.values()),
    )


def _cells_and_facts(sets: Sequence[PublishedSet], read: dict[str, Reading]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the cells and facts of all sets; a set that speaks of a cell which only another has gets it too."""
    cells = pd.concat([cells_of(one) for one in sets], ignore_index=True) if sets else pd.DataFrame()
    facts = [(one.name, fact) for one in sets for fact in [*facts_of(one), *read[one.name].facts]]
    frame = pd.DataFrame([fact for _, fact in facts], columns=list(Fact._fields)).assign(
        set=[name for name, _ in facts]
    )
    own = set(zip(cells["set"], cells["id"], strict=True)) if sets else set()
    absent = {(name, fact.id) for name, fact in facts} - own
    added = [cells[cells["id"] == identity].iloc[:1].assign(set=name) for name, identity in sorted(absent)]
    return pd.concat([cells, *added], ignore_index=True), frame


def _too_small(sets: Sequence[PublishedSet], cells: pd.DataFrame, facts: pd.DataFrame) -> list[Leak]:
    """Return the shown groups that have fewer answers than their own set says it shows."""
    strict = [one.name for one in sets if one.privacy]
    shown = cells[cells["shown"] & cells["set"].isin(strict) & cells["audience"].notna()]
    counted = facts[facts["quantity"] == "n"].merge(shown, on=["id", "set"])
    small = counted[(counted["high"] < counted["minimum"]) & (counted["high"] >= 1)]
    return [
        Leak(
            (row["id"],),
            "direct",
            f"Shown {row['id']} has {row['high']:.0f} answers (minimum {row['minimum']}): {row['place']}.",
            (row["place"],),
            (row["id"],),
        )
        for row in small.to_dict("records")
    ]
