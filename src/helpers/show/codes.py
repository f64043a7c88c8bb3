"""The words for every code that the analysis decides: verdicts, cautions, reasons, heads."""

from __future__ import annotations

from helpers.periods import Period
from helpers.show.language import Language


def verdict(code: str, words: Language) -> str:
    """Say a verdict in one of the five words."""
    _ = words.text
    return {
        "ahead": _("ahead"),
        "probably_ahead": _("probably ahead"),
        "on_course": _("on course"),
        "probably_behind": _("probably behind"),
        "behind": _("behind"),
        "achieved": _("achieved"),
        "probably_achieved": _("probably achieved"),
        "undecided": _("undecided"),
        "probably_not_achieved": _("probably not achieved"),
        "not_achieved": _("not achieved"),
    }[code]


def caution(code: str, words: Language) -> str:
    """Say why a target cannot be judged."""
    _ = words.text
    return {
        "no_actual": _("not measured in this period"),
        "no_such_group": _("no answers in any period"),
        "no_baseline": _("no zero measurement to start from"),
        "first_measurement": _("first measurement"),
        "target_not_better": _("target not better than zero measurement"),
    }[code]


def rejection(code: str, words: Language) -> str:
    """Say why a value was not used."""
    _ = words.text
    reasons = {
        "off_scale": _("off the declared scale"),
        "not_a_number": _("not a number"),
        "not_a_date": _("not a date"),
        "not_a_weight": _("not a positive weight"),
        "ragged_row": _("too many or too few cells in the row"),
        "not_yes_or_no": _("neither yes nor no"),
    }
    return reasons.get(code, code.replace("_", " "))


def head(code: str, words: Language) -> str:
    """Name an AAPOR head."""
    _ = words.text
    return {
        "strategy": _("Data collection strategy"),
        "sponsor_and_conductor": _("Sponsor and conductor"),
        "instruments": _("Questions as asked"),
        "population": _("Population"),
        "sample": _("Sample"),
        "mode": _("Mode of data collection"),
        "dates": _("Dates"),
        "sizes_and_precision": _("Sample sizes and precision"),
        "weighting": _("Weighting"),
        "processing": _("Processing and quality checks"),
        "limits": _("Limits of the design"),
    }[code]


def absent(code: str, words: Language) -> str:
    """Say what the report lacks, and what to supply."""
    _ = words.text
    return {
        "transactional": _("No transactional measurement: how {customers} score right after a contact is not known."),
        "relational": _("No relational measurement: how {customers} see the relation as a whole is not known."),
        "employees": _("No employee measurement: the eNPS is not known."),
        "targets": _("No targets: progress cannot be judged. Agree on a score, a date and an owner."),
        "roadmap": _("No roadmap: how far the organisation is on the road is not known. Write down gates and steps."),
        "headcount": _("No headcount: the response of {employees} is not known."),
        "causes": _("No cause measured: why people score as they do is not known. Add the why question."),
    }[code]


def period(text: str, words: Language) -> str:
    """Say a period of the client's own calendar in words."""
    return words.period(Period.parse(text, fiscal_year_start=words.fiscal_year_start))
