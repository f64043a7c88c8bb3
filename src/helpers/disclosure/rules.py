"""What protects the answers of each audience: what the params say, never laxer than what was promised."""

from __future__ import annotations

from dataclasses import dataclass, replace

from helpers.params.privacy import SMALLEST_MINIMUM, Privacy

SHARES_FROM = 30
"""Employees: from so many answers the counts of the three bands are shown; below it n and shares give each away."""
OPEN_ANSWERS_FROM = 10


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

    def __post_init__(self) -> None:
        if min(self.minimum_respondents, self.minimum_headcount) < SMALLEST_MINIMUM:
            raise ValueError("a minimum group under 3 lets one of two people work out the other's answer")


def rules_of(privacy: Privacy, *, edition: str = "board") -> dict[str, Rules]:
    """Return the rules of each audience.

    Parameters
    ----------
    privacy
        As the params have it.
    edition
        ``public`` has its own larger minimum, and readers who know no customer: there customers are protected as
        employees are.
    """
    employee, customer = privacy.employee, privacy.customer
    board = {
        "employee": Rules(
            max(employee.minimum_respondents, employee.promise.minimum if employee.promise else 0),
            employee.minimum_headcount,
            complementary=True,
            shares_from=SHARES_FROM,
            unanimity=True,
            waves=True,
        ),
        "customer": Rules(
            (least := max(customer.minimum_respondents, customer.promise.minimum if customer.promise else 0)),
            least,
            complementary=customer.complementary,
        ),
    }
    return board if edition != "public" else {name: _public(rules, privacy) for name, rules in board.items()}


def _public(rules: Rules, privacy: Privacy) -> Rules:
    least = privacy.public.minimum_respondents
    return replace(
        rules,
        minimum_respondents=max(rules.minimum_respondents, least),
        minimum_headcount=max(rules.minimum_headcount, least),
        complementary=True,
        unanimity=True,
    )
