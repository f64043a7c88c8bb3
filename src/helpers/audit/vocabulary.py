"""The few words per language that the audit cannot learn from the tables of a report."""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from importlib import resources

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
    says
        Words between a group's name and its score.
    quantities
        Words beside a number of each of ``QUANTITIES``.
    """

    thousands: str
    decimal: str
    limit: re.Pattern[str]
    aim: re.Pattern[str]
    says: re.Pattern[str]
    quantities: dict[str, re.Pattern[str]]

    def quantity(self, text: str) -> str:
        """Return what the first word of a text that says so calls a quantity, or an empty string."""
        found = {name: match.start() for name, words in self.quantities.items() if (match := words.search(text))}
        return min(found, key=lambda name: found[name], default="")


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
        words["thousands"],
        words["decimal"],
        *(_any(words[name]) for name in ("limit", "aim", "says")),
        {name: _any(words[name]) for name in QUANTITIES},
    )


def _any(words: list[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
