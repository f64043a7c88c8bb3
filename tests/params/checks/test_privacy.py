"""The rules for privacy: what was promised is kept, and nothing per employee without consent."""

from __future__ import annotations

import pytest

PRIVACY = {
    "employee: {minimum_respondents: 5, promise: {minimum: 10}}": (
        "employee.minimum_respondents (line 9): 5 is below 10, the smallest group that respondents were promised."
        " Write 10 or more."
    ),
    "employee: {promise: {minimum: 12}}": (
        "employee.minimum_respondents (line 9): 10, the default, is below 12, the smallest group that respondents"
        " were promised. Write 12 or more."
    ),
    "customer: {promise: {minimum: 10}}": (
        "customer.minimum_respondents (line 9): 5, the default, is below 10, the smallest group that respondents "
        "were promised. Write 10 or more."
    ),
    "customer: {minimum_respondents: 8, promise: {minimum: 9, text: x}}": (
        "customer.minimum_respondents (line 9): 8 is below 9, the smallest group that respondents were promised. "
        "Write 9 or more."
    ),
    "employee: {promise: {minimum: 2}}": (
        "employee.promise.minimum (line 9): 2 is below 3. In a group of one or two, a number tells what a person "
        "answered; raise the value."
    ),
    "employee: {promise: {text: x}}": (
        "employee.promise (line 9): 'minimum' is missing. It says: the smallest group they were promised; no "
        "setting may be below it. Add it, such as minimum: 10."
    ),
    "employee: {promise: {minimum: 10, text: ''}}": (
        "employee.promise.text (line 9): the text is empty. Write a text, or leave the key out."
    ),
    "employee: {promise: {minimum: 10, date: 5-1-2026}}": (
        "employee.promise.date (line 9): '5-1-2026' is not a date. Write year-month-day; did you mean 2026-01-05?"
    ),
    "employee: {promise: 10}": (
        "employee.promise (line 9): 10 stands where a group of keys is expected. Write one key: value per line "
        "below it."
    ),
    "employee: {roll_up: 1}": ("employee.roll_up (line 9): 1 is not true or false. Write one of the two."),
    "employee: {quotes: all}": ("employee.quotes (line 9): 'all' is not one of masked, none. Choose one of them."),
    "customer: {quotes: all}": ("customer.quotes (line 9): 'all' is not one of masked, none. Choose one of them."),
    "customer: {complementary: x}": (
        "customer.complementary (line 9): 'x' is not true or false. Write one of the two."
    ),
    "customer: {minimum_headcount: 5}": (
        "customer: unknown key 'minimum_headcount' (line 9). Did you mean 'minimum_respondents'? All keys are "
        "listed in params/_template/params.yaml."
    ),
    "public: {minimum_respondents: 4}": (
        "public.minimum_respondents (line 9): 4 is below 5, the smallest group of customers that the board sees. The "
        "public may not see more than the board; write 5 or more."
    ),
    "public: {minimum_respondents: 2}": (
        "public.minimum_respondents (line 9): 2 is below 3. In a group of one or two, a number tells what a person "
        "answered; raise the value."
    ),
    "public: {minimum_headcount: 40}": (
        "public: unknown key 'minimum_headcount' (line 9). Did you mean 'minimum_respondents'? All keys are listed in "
        "params/_template/params.yaml."
    ),
    "works_council: {per_employee: coaching}": (
        "works_council.per_employee (line 9): results per employee need the works council's consent (WOR, article"
        " 27), and NPS is there to learn from, not to punish staff. Write the day of the consent, such as "
        "consent: 2026-01-05, or per_employee: never."
    ),
    "works_council: {scope: [employee survey]}": (
        "works_council.scope (line 9): this says what the works council agreed to, but not when. Add the day, "
        "such as consent: 2026-01-05, or leave scope out."
    ),
    "works_council: {per_employee: always}": (
        "works_council.per_employee (line 9): 'always' is not one of never, coaching. Choose one of them."
    ),
    "works_council: {consent: yes}": (
        "works_council.consent (line 9): 'yes' is not a date. Write year-month-day, such as 2026-12-31."
    ),
    "works_council: {scope: ''}": (
        "works_council.scope[0] (line 9): the text is empty. Write a text, or leave the key out."
    ),
    "benchmark_opt_in: maybe": ("benchmark_opt_in (line 9): 'maybe' is not true or false. Write one of the two."),
    "retention: 24": (
        "retention (line 9): 24 is not a length of time. Write a number of months or years, such as 15 months."
    ),
}


@pytest.mark.domain("S26", "R06")
@pytest.mark.parametrize("privacy", PRIVACY)
def test_privacy_keeps_what_was_promised(faults, privacy):
    """No setting is below a promise, and no result per employee is without consent."""
    assert faults(f"privacy: {{{privacy}}}") == [f"privacy.{PRIVACY[privacy]}"]


@pytest.mark.parametrize(
    "privacy",
    [
        "employee: {promise: {minimum: 10}}",
        "customer: {minimum_respondents: 12, promise: {minimum: 12, text: x, date: 2026-01-05}}",
        "works_council: {consent: 2026-01-05, per_employee: coaching}",
        "works_council: {consent: 2026-01-05, scope: employee survey}",
        "works_council: {per_employee: never}",
        "public: {minimum_respondents: 5}",
        "customer: {minimum_respondents: 40}",
    ],
)
def test_what_was_promised_and_agreed_is_accepted(params, privacy):
    """A minimum at the promise keeps it, a promise needs no text, and coaching needs a day of consent."""
    assert params(f"privacy: {{{privacy}}}").privacy


def test_two_promises_are_two_faults(faults):
    """A fault elsewhere in the section, or in the file, changes nothing of the message."""
    found = faults("privacy: {employee: {promise: {minimum: 12}}, customer: {promise: {minimum: 6}}, x: 1}")
    assert found == [
        "privacy: unknown key 'x' (line 9). All keys are listed in params/_template/params.yaml.",
        "privacy.employee.minimum_respondents (line 9): 10, the default, is below 12, the smallest group that "
        "respondents were promised. Write 12 or more.",
        "privacy.customer.minimum_respondents (line 9): 5, the default, is below 6, the smallest group that "
        "respondents were promised. Write 6 or more.",
    ]
