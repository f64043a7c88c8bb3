"""What the tables of a set teach whoever reads the rest of it: the names of the metrics, and what column heads mean."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from helpers.audit.known import Known
from helpers.audit.names import Names
from helpers.audit.readings import ReadGrid, labels_of
from helpers.audit.vocabulary import Vocabulary, vocabulary


@dataclass(frozen=True)
class Learnt:
    """What the tables of all sets taught: the names of the metrics and what column heads stand for."""

    labels: Mapping[str, str] = field(default_factory=dict)
    heads: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def metrics_in(self, text: str) -> list[str]:
        """Return the metrics that a lower-case text names, in order, by the longest labels."""
        if self._pattern is None:
            return []
        return [self.labels[found[0]] for found in self._pattern.finditer(text)]

    @functools.cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        longest_first = sorted(self.labels, key=lambda label: (-len(label), label))
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)") if self.labels else None


def learnt(grids: Iterable[ReadGrid], known: Known, names: Names) -> Learnt:
    """Return what tables teach about labels and heads.

    Parameters
    ----------
    grids
        Tables with their readings.
    known, names
        As they were read with.
    """
    grids = list(grids)
    heads: dict[str, set[str]] = {}
    for grid in grids:
        for slot, keys in grid.readings.items():
            if head := grid.grid.heads.get(slot.column, "").casefold():
                heads.setdefault(head, set()).update(key.quantity for key in keys)
    return Learnt(labels_of(grids, known, names), {head: frozenset(found) for head, found in heads.items()})


@dataclass(frozen=True)
class Reader:
    """Whoever reads a set: what is known of the groups, their names, and the words of the report.

    Parameters
    ----------
    known, names
        The groups and what is known of them.
    learnt
        What the tables taught.
    language
        The language of the set.
    """

    known: Known
    names: Names
    learnt: Learnt
    language: str

    @property
    def words(self) -> Vocabulary:
        """The words of the language."""
        return vocabulary(self.language)
