"""Which groups a text names: the printed forms of every scope, the longest first."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from helpers.audit.published import Scope, scope_of

LEVELS = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "
"""What stands between the levels of a path in figures.json."""
_BETWEEN_LEVELS = (LEVELS, " \N{EN DASH} ", " > ", " / ", "/")
_BETWEEN_GROUPINGS = (" \N{MIDDLE DOT} ", " \N{MULTIPLICATION SIGN} ", ", ", " / ", " + ")
MOST_ORDERED = 3
"""Of a cross of more groupings only the order of their names is known."""
_SPACES = re.compile(r"[\s\u00a0\u202f\u00ad\u200b]+")


class Named(NamedTuple):
    """A name in a text: where it stands and which groups it may be."""

    start: int
    end: int
    scopes: frozenset[Scope]


class Names:
    """The names of all groups of an organisation.

    Parameters
    ----------
    scopes
        Every scope of every cell; the whole (an empty scope) has no name.

    Examples
    --------
    >>> names = Names([{"unit": "North"}, {"unit": "North › Team 1"}, {"unit": "South › Team 1"}])
    >>> [len(one.scopes) for one in names.within("Team 1, and North – Team 1; Team 12 is none")]
    [2, 1]
    """

    def __init__(self, scopes: Iterable[Mapping[str, str]]) -> None:
        forms: dict[str, set[Scope]] = {}
        for scope in {scope_of(one) for one in scopes} - {()}:
            for form in _forms(scope):
                forms.setdefault(form.casefold(), set()).add(scope)
        self._forms = {form: frozenset(found) for form, found in forms.items()}
        longest_first = sorted(self._forms, key=lambda form: (-len(form), form))
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)") if forms else None

    def within(self, text: str) -> list[Named]:
        """Return the names in a text with plain spaces, in order; where two overlap, the longest."""
        found = self._pattern.finditer(text.casefold()) if self._pattern else ()
        return [Named(one.start(), one.end(), self._forms[one[0]]) for one in found]

    def of(self, labels: tuple[str, ...], above: Iterable[Scope] = ()) -> frozenset[Scope]:
        """Return which groups the labels of a table's row name, from the outermost; empty when none.

        Parameters
        ----------
        labels
            Such as ``("North", "Team 1")``.
        above
            The groups of the rows above, the nearest first: of several groups of one name it is the one of which
            the parent was met last.
        """
        found = self.within(plain(LEVELS.join(labels)))
        if not found:
            return frozenset()
        scopes = _that_fit(found)
        if len(scopes) > 1:
            for parent in above:
                within = frozenset(one for one in scopes if parent in _parents(one))
                if within:
                    return within
        return scopes


def plain(text: str) -> str:
    """Return a text with single plain spaces.

    Examples
    --------
    >>> plain("n\u00a0=\u00a012 ")
    'n = 12'
    """
    return _SPACES.sub(lambda found: "" if found[0] in "\u00ad\u200b" else " ", text).strip()


def _that_fit(found: list[Named]) -> frozenset[Scope]:
    """Return the groups of the last name, of which the names before it are parents where that leaves any."""
    scopes = found[-1].scopes
    for earlier in found[:-1]:
        fitting = frozenset(one for one in scopes if earlier.scopes & _parents(one))
        crossed = frozenset(one for one in scopes if any(set(part) < set(one) for part in earlier.scopes))
        scopes = fitting or crossed or scopes
    return scopes


def _parents(scope: Scope) -> set[Scope]:
    found: set[Scope] = set()
    for place, (name, path) in enumerate(scope):
        levels = path.split(LEVELS)
        shorter = [LEVELS.join(levels[:length]) for length in range(1, len(levels))]
        found |= {tuple(sorted((*scope[:place], (name, one), *scope[place + 1 :]))) for one in shorter}
        if len(scope) > 1:
            found.add((*scope[:place], *scope[place + 1 :]))
    return found


def _forms(scope: Scope) -> set[str]:
    of_each = [_of_path(path) for _, path in scope]
    if len(of_each) == 1:
        return of_each[0]
    orders = itertools.permutations(of_each) if len(of_each) <= MOST_ORDERED else [of_each]
    return {
        between.join(parts)
        for order in orders
        for parts in itertools.product(*order)
        for between in (*_BETWEEN_GROUPINGS, *_BETWEEN_LEVELS)
    }


def _of_path(path: str) -> set[str]:
    levels = [plain(level) for level in path.split(LEVELS)]
    suffixes = [levels[place:] for place in range(len(levels))]
    return {between.join(suffix) for suffix in suffixes for between in _BETWEEN_LEVELS}
