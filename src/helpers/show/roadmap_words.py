"""The words of the roadmap: its gates, its steps, how each stands, and what does not agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from helpers.show.language import Language

Row = Mapping[Any, Any]


def gate(code: str, words: Language) -> str:
    """Name a gate."""
    _ = words.text
    return {
        "full_board_commitment": _("Commitment of the full board"),
        "board_owner": _("Owner in the board"),
        "team_from_all_main_parts": _("Team from all main parts"),
        "leader": _("Leader of the change"),
        "plan": _("Written plan"),
    }[code]


def step(code: str, words: Language) -> str:
    """Name a step of the road."""
    _ = words.text
    return {
        "transactional_zero_measurement": _("Transactional zero measurement"),
        "relational_zero_measurement": _("Relational zero measurement"),
        "ambition": _("Ambition: which score by when"),
        "explain_to_the_organisation": _("Explaining NPS and its goals"),
        "transactional_measuring": _("Transactional measuring"),
        "report_per_product_and_process": _("Reporting per product and process"),
        "ratings_in_customer_database": _("Ratings in the CRM database"),
        "managers_steer_on_nps": _("Managers steer on NPS"),
        "improvement_teams": _("Improvement teams"),
        "small_and_large_improvements": _("Small and large improvements"),
        "continuous_pdca": _("Continuous PDCA"),
        "targets_in_appraisal_and_reward": _("Targets in appraisal and reward"),
        "relational_measuring": _("Relational measuring"),
        "customer_value_analysis": _("Analysis of value and NPS"),
    }[code]


def status(code: str, words: Language) -> str:
    """Say how a step stands, or what is claimed of it; nothing where nothing is claimed."""
    _ = words.text
    return {
        "done": _("done"),
        "under_way": _("under way"),
        "not_started": _("not started"),
        "not_planned": _("not planned"),
        "deliberately_not": _("deliberately not"),
        "": "–",
    }[code]


def standing(row: Row, words: Language) -> str:
    """Say how a step stands, and by how many days it is overdue or whether it was late."""
    said = status(row["status"], words)
    if row["overdue"]:
        overdue = words.plural("{n} day overdue", "{n} days overdue", row["overdue_days"])
        return words.text("{status}, {overdue}", status=said, overdue=overdue)
    return words.text("done, later than planned") if row["late"] else said


def gap(row: Row, words: Language) -> str:
    """Say whether a gate is passed, and if not, why."""
    _ = words.text
    if row["gap"] == "later":
        return _("not yet")
    return {"": _("passed"), "missing": _("not passed"), "to_be_named": _("not passed")}[row["gap"]]


def contradictions(codes: Sequence[str], words: Language) -> str:
    """Say what does not agree in what is claimed of a step, the gravest first; empty when nothing does."""
    _ = words.text
    said = {
        "no_consent": _("without a recorded consent of the works council to appraisal or reward"),
        "reward_too_early": _("before the ambition was set, explained and reported on"),
        "before_gates": _("began before every gate was passed"),
        "done_without_end": _("claimed done without a day on which it was"),
        "done_without_evidence": _("claimed done without a dated document behind it"),
        "not_started_in_time": _("should have been done by now"),
    }
    return "; ".join(said[code] for code in codes)


def owner(name: str, words: Language, *, missing: bool) -> str:
    """Name who answers for a step, or say that nobody does."""
    return words.text("to be named") if missing else name


def stretch(first: Any, last: Any, words: Language) -> str:
    """Write a stretch of time of which one end may be unknown."""
    start, end = (None if pd.isna(day) else words.short_date(day) for day in (first, last))
    if start and end:
        return f"{start}\N{NO-BREAK SPACE}– {end}"
    if start:
        return words.text("from {day}", day=start)
    return words.text("by {day}", day=end) if end else "–"
