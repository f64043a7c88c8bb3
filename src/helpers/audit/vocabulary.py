"""The few words per language that the audit cannot learn from the tables of a report."""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from importlib import resources

_SIGNS = " =:(\u00a0"
MOST_BETWEEN = 4
"""At most so many words stand between a score and the group that it is of, such as 'points for team'."""
QUANTITIES = ("score", "n", "promoter_share", "passive_share", "detractor_share")


@dataclass(frozen=True)
class Vocabulary:
    """Words of one language: how numbers are grouped, and what the words before and after a number say.

    Parameters
    ----------
    thousands, decimal
        The marks within a number.
    limit
        Words before a number that is a threshold, such as ``fewer than``.
    aim
        Words before a number that is a target or planned.
    start
        Words for the zero measurement.
    says
        Words between a group's name and its score.
    links
        Words between a score and the group behind it.
    quantities
        Words beside a number of each of ``QUANTITIES``.
    """

    thousands: str
    decimal: str
    limit: re.Pattern[str]
    aim: re.Pattern[str]
    start: re.Pattern[str]
    says: re.Pattern[str]
    links: re.Pattern[str]
    quantities: dict[str, re.Pattern[str]]

    def quantity(self, text: str) -> str:
        """Return what the first word of a text that says so calls a quantity, or an empty string."""
        found = {name: match.start() for name, words in self.quantities.items() if (match := words.search(text))}
        return min(found, key=lambda name: found[name], default="")

    def shares(self, text: str) -> bool:
        """Return whether the first word that says so calls a number a share of a band."""
        return self.quantity(text).endswith("_share")

    def counts(self, before: str, behind: str) -> bool:
        """Return whether the words directly beside a number call it a number of answers."""
        words = self.quantities["n"]
        first = words.match(behind.lstrip())
        last = [found for found in words.finditer(before) if not before[found.end() :].strip(_SIGNS)]
        return bool(first or last)

    def links_to(self, between: str) -> bool:
        """Return whether the words between a number and a name behind it make the number that of the name."""
        parts = between.split()
        return len(parts) <= MOST_BETWEEN and any(self.links.fullmatch(part.strip(",()")) for part in parts)

    def scored(self, before: str) -> bool:
        """Return whether the words directly before a number call it a score."""
        last = before.rstrip(_SIGNS)
        return any(found.end() == len(last) for found in self.quantities["score"].finditer(last)) or bool(
            (told := [found for found in self.says.finditer(last) if found.end() == len(last)])
            and self.quantities["score"].search(last[: told[-1].start()])
        )


@functools.cache
def vocabulary(language: str) -> Vocabulary:
    """Return the words of a language; those of English for one that the file does not have.

    Examples
    --------
    >>> vocabulary("nl").quantity("Percentage promotors"), vocabulary("en").quantity("Owner")
    ('promoter_share', '')
    """
    known = tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
    words = known.get(language) or known["en"]
    return Vocabulary(
        thousands=words["thousands"],
        decimal=words["decimal"],
        limit=_any(words["limit"]),
        aim=_any(words["aim"]),
        start=_any(words["start"]),
        says=_any(words["says"]),
        links=_any(words["links"]),
        quantities={name: _any(words[name]) for name in QUANTITIES},
    )


def _any(words: list[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
