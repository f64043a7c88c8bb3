"""What protects the answers of each audience: what the params say, never laxer than what was promised."""

from __future__ import annotations

from dataclasses import dataclass, replace

from helpers.params.privacy import SMALLEST_MINIMUM, CustomerPrivacy, EmployeePrivacy, Privacy
from helpers.params.report import MADE_EDITIONS

SHARES_FROM = 30
"""Employees: from so many answers the counts of the three bands are shown; below it n and shares give each away."""
OPEN_ANSWERS_FROM = 10
"""From how many open answers a group may have quotes, of any audience: fewer, and a colleague knows who wrote it."""


@dataclass(frozen=True)
class Rules:
    """What must hold before a number of a group is shown.

    Parameters
    ----------
    minimum_respondents
        The smallest number of answers of which anything is shown; at least 3.
    minimum_headcount
        The smallest unit of which anything is shown, where the headcount is known; at least 3.
    complementary
        Whether cells are hidden too that would give a hidden one away.
    shares_from
        From how many answers counts and shares of the bands are shown, and scores in full precision.
    unanimity
        Whether a group in which all gave an answer of the same band is hidden.
    waves
        Whether two waves of one group that everybody answered are kept from telling what those few answered who
        came or went in between.
    roll_up
        Whether hidden units of one parent are shown together.
    quotes
        Whether open answers are quoted at all.

    Raises
    ------
    ValueError
        If a minimum is under 3: of two people, each can work out the other's answer.
    """

    minimum_respondents: int
    minimum_headcount: int
    complementary: bool = False
    shares_from: int = 0
    unanimity: bool = False
    waves: bool = False
    roll_up: bool = False
    quotes: bool = False

    def __post_init__(self) -> None:
        """Refuse a minimum that protects nobody: the params refuse it too, this is the last door."""
        if min(self.minimum_respondents, self.minimum_headcount) < SMALLEST_MINIMUM:
            raise ValueError("a minimum group under 3 lets one of two people work out the other's answer")

    @property
    def open_answers_from(self) -> int:
        """From how many open answers a group may have quotes."""
        return max(OPEN_ANSWERS_FROM, self.minimum_respondents)


def rules_of(privacy: Privacy, *, edition: str = "board") -> dict[str, Rules]:
    """Return the rules of each audience, never laxer than what its respondents were promised.

    Parameters
    ----------
    privacy
        As the params have it.
    edition
        ``public`` has its own larger minimum, no quotes, and readers who know no customer: there customers are
        protected as employees are.

    Raises
    ------
    ValueError
        If there is no such edition.

    Examples
    --------
    >>> board, public = rules_of(Privacy()), rules_of(Privacy(), edition="public")
    >>> board["customer"].minimum_respondents, public["customer"].minimum_respondents
    (5, 30)
    """
    if edition not in MADE_EDITIONS:
        raise ValueError(f"edition '{edition}' is not one of {', '.join(MADE_EDITIONS)}")
    board = {"employee": _employees(privacy.employee), "customer": _customers(privacy.customer)}
    return board if edition != "public" else {name: _public(rules, privacy) for name, rules in board.items()}


def _employees(privacy: EmployeePrivacy) -> Rules:
    promised = privacy.promise.minimum if privacy.promise else 0
    return Rules(
        max(privacy.minimum_respondents, promised),
        max(privacy.minimum_headcount, promised),
        complementary=True,
        shares_from=SHARES_FROM,
        unanimity=True,
        waves=True,
        roll_up=privacy.roll_up,
        quotes=privacy.quotes == "masked",
    )


def _customers(privacy: CustomerPrivacy) -> Rules:
    least = max(privacy.minimum_respondents, privacy.promise.minimum if privacy.promise else 0)
    return Rules(least, least, complementary=privacy.complementary, quotes=privacy.quotes == "masked")


def _public(rules: Rules, privacy: Privacy) -> Rules:
    least = privacy.public.minimum_respondents
    return replace(
        rules,
        minimum_respondents=max(rules.minimum_respondents, least),
        minimum_headcount=max(rules.minimum_headcount, least),
        complementary=True,
        shares_from=max(rules.shares_from, SHARES_FROM),
        unanimity=True,
        waves=True,
        roll_up=False,  # its hidden units are more than those of the board: less these, the sum is a small group
        quotes=False,
    )
