"""The rules for privacy: no setting below what was promised, and nothing per employee without consent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from helpers.params.keys import Fault

if TYPE_CHECKING:
    from helpers.params.model import Params


def employees_get_what_was_promised(params: Params) -> Iterator[Fault]:
    """Yield a minimum for employees below their promise."""
    yield from _promise(params, "employee")


def customers_get_what_was_promised(params: Params) -> Iterator[Fault]:
    """Yield a minimum for customers below their promise."""
    yield from _promise(params, "customer")


def _promise(params: Params, audience: Literal["employee", "customer"]) -> Iterator[Fault]:
    section = params.privacy.employee if audience == "employee" else params.privacy.customer
    promise = section.promise
    if promise is not None and section.minimum_respondents < promise.minimum:
        is_default = "minimum_respondents" not in section.model_fields_set
        sentence = (
            f"{section.minimum_respondents}{', the default,' if is_default else ''} is below {promise.minimum}, the "
            f"smallest group that respondents were promised. Write {promise.minimum} or more."
        )
        yield Fault(("privacy", audience, "minimum_respondents"), sentence)


def public_is_no_laxer(params: Params) -> Iterator[Fault]:
    """Yield a minimum for the public that is below one that holds for the board; a default is raised to it."""
    privacy = params.privacy
    if "minimum_respondents" not in privacy.public.model_fields_set:
        return
    board = {
        "employee": privacy.employee.minimum_respondents,
        "customer": privacy.customer.minimum_respondents,
    }
    least, audience = max((board[source.audience], source.audience) for source in params.sources.values())
    if privacy.public.minimum_respondents < least:
        sentence = (
            f"{privacy.public.minimum_respondents} is below {least}, the smallest group of {audience}s that the board "
            f"sees. The public may not see more than the board; write {least} or more."
        )
        yield Fault(("privacy", "public", "minimum_respondents"), sentence)


def coaching_has_consent(params: Params) -> Iterator[Fault]:
    """Yield results per employee to which no works council agreed.

    References
    ----------
    Wet op de ondernemingsraden, article 27, paragraph 1: means to observe or check the conduct or the
    achievements of staff need the works council's consent.
    """
    council = params.privacy.works_council
    if council.per_employee == "coaching" and council.consent is None:
        sentence = (
            "results per employee need the works council's consent (WOR, article 27), and NPS is there to learn from, "
            "not to punish staff. Write the day of the consent, such as consent: 2026-01-05, or per_employee: never."
        )
        yield Fault(("privacy", "works_council", "per_employee"), sentence)


def scope_has_consent(params: Params) -> Iterator[Fault]:
    """Yield what a works council is said to have agreed to without a day on which it did."""
    council = params.privacy.works_council
    if council.scope and council.consent is None:
        sentence = (
            "this says what the works council agreed to, but not when. Add the day, such as consent: 2026-01-05, or "
            "leave scope out."
        )
        yield Fault(("privacy", "works_council", "scope"), sentence)


ALL = (
    employees_get_what_was_promised,
    customers_get_what_was_promised,
    public_is_no_laxer,
    coaching_has_consent,
    scope_has_consent,
)
