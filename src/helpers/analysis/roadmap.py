"""How far the organisation is on the road: the five gates and the fourteen steps, as the client says.

No step is proven here from the answers: ``done`` is a claim, with or without the day of a document behind it.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pandas as pd

from helpers.params.owners import to_be_named
from helpers.params.privacy import WorksCouncil
from helpers.params.roadmap import Roadmap, Step

GATES = ("full_board_commitment", "board_owner", "team_from_all_main_parts", "leader", "plan")
"""In the order of the source article; all five come before the first step."""
STEPS = (
    "transactional_zero_measurement", "relational_zero_measurement", "ambition", "explain_to_the_organisation",
    "transactional_measuring", "report_per_product_and_process", "ratings_in_customer_database",
    "managers_steer_on_nps", "improvement_teams", "small_and_large_improvements", "continuous_pdca",
    "targets_in_appraisal_and_reward", "relational_measuring", "customer_value_analysis",
)  # fmt: skip
"""R01…R14, in the order of the roadmap."""
REWARD = "targets_in_appraisal_and_reward"
GROUND_FOR_REWARD = ("ambition", "explain_to_the_organisation", "report_per_product_and_process")
"""What people must have seen before their reward can hang on it."""
ABOUT_REWARD = ("appraisal", "reward", "bonus", "r12", "beoordel", "belon")
"""What a consent that covers appraisal and reward names, in English or Dutch; one to a survey names none."""
COUNTED = len(STEPS) - 1
GATE_COLUMNS = ["gate", "passed", "day", "names", "to_be_named", "gap"]
STEP_COLUMNS = [
    "step", "number", "planned_start", "planned_end", "actual_start", "actual_end", "claimed", "owner",
    "owner_missing", "note", "evidence_date", "status", "overdue", "overdue_days", "late", "contradictions",
]  # fmt: skip
SUMMARY_COLUMNS = [
    "as_of", "steps", "done", "share", "under_way", "not_started", "not_planned", "deliberately_not", "planned",
    "unproven", "overdue", "contradictions", "next_step", "next_number", "next_owner", "next_owner_missing", "next_day",
    "next_overdue", "gates", "gates_passed", "gates_failed",
]  # fmt: skip
_REFUSALS = {"no", "not", "never", "without", "except", "geen", "niet", "nooit", "zonder", "behalve"}
_UNPROVEN = {"done_without_end", "done_without_evidence"}
_OF_CLAIM = {"done": "done", "under_way": "under_way", "not_started": "not_started"}


def gates(roadmap: Roadmap | None, *, as_of: dt.date) -> pd.DataFrame:
    """Return which gates were passed on a day.

    Parameters
    ----------
    roadmap
        As the params have it; null gives no rows.
    as_of
        The last day that counts.

    Returns
    -------
    pandas.DataFrame
        One row per gate, in the article's order: ``gate`` (code of ``GATES``), ``passed``, ``day`` (for the two
        gates that have one, also when it is still to come), ``names`` (of the others), ``to_be_named``, and
        ``gap``: why it is not passed (``missing``, ``later``, ``to_be_named``; empty when it is).
    """
    if roadmap is None:
        return pd.DataFrame(columns=GATE_COLUMNS)
    return pd.DataFrame([_gate(name, getattr(roadmap.gates, name), as_of) for name in GATES], columns=GATE_COLUMNS)


def roadmap(declared: Roadmap | None, *, as_of: dt.date, council: WorksCouncil | None = None) -> pd.DataFrame:
    """Return how every step stood on a day.

    Parameters
    ----------
    declared
        As the params have it; null gives no rows.
    as_of
        The last day that counts: what is dated later has not happened yet.
    council
        What the works council agreed to; for the step on appraisal and reward its consent counts only when its
        scope names that (``ABOUT_REWARD``).

    Returns
    -------
    pandas.DataFrame
        One row per step, all fourteen, with ``STEP_COLUMNS``. ``status`` is ``done, under_way, not_started,
        not_planned`` (no claim and no date) or ``deliberately_not``. ``overdue`` (its planned end passed, and it
        is not done) with ``overdue_days``; ``late`` (done after its planned end). The step on appraisal and
        reward is never overdue: no deadline should press it. ``contradictions`` is a tuple, gravest first, of
        ``no_consent`` and ``reward_too_early`` (only for appraisal and reward), ``before_gates`` (it began before
        every gate was passed), ``done_without_end`` (claimed done without a day), ``done_without_evidence`` and
        ``not_started_in_time``.
    """
    if declared is None:
        return pd.DataFrame(columns=STEP_COLUMNS)
    ready = _all_passed(gates(declared, as_of=as_of))
    rows = [
        _step(code, number, getattr(declared.steps, code), as_of=as_of) for number, code in enumerate(STEPS, start=1)
    ]
    done = {row["step"]: row["actual_end"] or dt.date.min for row in rows if row["status"] == "done"}
    consent = _held(council.consent, as_of) if council and agreed_to_reward(council) else None
    table = pd.DataFrame(rows, dtype=object)
    table["contradictions"] = [_contradictions(row, ready=ready, done=done, consent=consent) for row in rows]
    kinds = {"overdue": bool, "late": bool, "owner_missing": bool, "overdue_days": int}
    return table[STEP_COLUMNS].astype(kinds)


def roadmap_summary(steps: pd.DataFrame, gates: pd.DataFrame, *, as_of: dt.date) -> pd.DataFrame:
    """Count the steps and gates, and name the step that is next.

    Parameters
    ----------
    steps, gates
        As :func:`roadmap` and :func:`gates` return them.
    as_of
        The last day that counts.

    Returns
    -------
    pandas.DataFrame
        One row, or none without a roadmap, with ``SUMMARY_COLUMNS``. The step on appraisal and reward is in no
        count: ``steps`` is 13, and ``share`` is done / steps (0…1). ``planned`` steps are those that are dated or
        claimed, less the deliberately left out; ``unproven`` ones are done without a day or a document. ``next_*`` is
        the open step with the earliest planned end; ``gates_failed`` is a tuple of codes in the article's order.
    """
    if steps.empty:
        return pd.DataFrame(columns=SUMMARY_COLUMNS)
    counted = steps[steps["step"] != REWARD]
    status = counted["status"].value_counts()
    row: dict[str, Any] = {name: int(status.get(name, 0)) for name in (*_OF_CLAIM, "not_planned", "deliberately_not")}
    row |= {
        "as_of": as_of,
        "steps": len(counted),
        "unproven": sum(not _UNPROVEN.isdisjoint(codes) for codes in counted["contradictions"]),
        "share": row["done"] / len(counted),
        "planned": sum(row[name] for name in _OF_CLAIM),
        "overdue": int(counted["overdue"].sum()),
        "contradictions": sum(map(bool, steps["contradictions"])),
        "gates": len(gates),
        "gates_passed": int(gates["passed"].sum()),
        "gates_failed": tuple(gates.loc[~gates["passed"].astype(bool), "gate"]),
    }
    return pd.DataFrame([row | _next(counted)], columns=SUMMARY_COLUMNS, dtype=object)


def reward(steps: pd.DataFrame, *, council: WorksCouncil, as_of: dt.date) -> pd.DataFrame:
    """Return the step on appraisal and reward by itself: its status and design, and nothing of a person.

    Returns
    -------
    pandas.DataFrame
        One row, or none without a roadmap: the columns of :func:`roadmap` and ``consent`` (the day on which the
        works council agreed; null when it is not recorded, or later than ``as_of``), ``consent_scope`` (to what,
        as the params say) and ``consent_covers`` (whether that names appraisal or reward).
    """
    held = pd.Series([_held(council.consent, as_of)] * len(steps), index=steps.index, dtype=object)
    return steps[steps["step"] == REWARD].assign(
        consent=held, consent_scope=", ".join(council.scope), consent_covers=agreed_to_reward(council)
    )


def agreed_to_reward(council: WorksCouncil) -> bool:
    """Return whether what the works council agreed to names appraisal or reward, and does not rule it out.

    Examples
    --------
    >>> agreed_to_reward(WorksCouncil(scope=("employee survey",)))
    False
    >>> agreed_to_reward(WorksCouncil(scope=("employee survey", "Beoordelen en belonen")))
    True
    """
    named = (said.casefold() for said in council.scope if any(word in said.casefold() for word in ABOUT_REWARD))
    return any(_REFUSALS.isdisjoint(re.findall(r"\w+", said)) for said in named)


def _held(day: dt.date | None, as_of: dt.date) -> dt.date | None:
    """Return a day that had come; what is dated later has not happened yet."""
    return day if day and day <= as_of else None


def _gate(name: str, value: Any, as_of: dt.date) -> dict[str, Any]:
    day = value if isinstance(value, dt.date) else None
    names = () if day or not value else (value,) if isinstance(value, str) else tuple(value)
    open_ = any(to_be_named(one) for one in names)
    gap = "missing" if not value else "to_be_named" if open_ else "later" if day and day > as_of else ""
    return {
        "gate": name,
        "passed": not gap,
        "day": day,
        "names": ", ".join(names),
        "to_be_named": open_,
        "gap": gap,
    }


def _all_passed(gates: pd.DataFrame) -> dt.date | None:
    """Return the day from which every gate was passed, as far as gates have a day; null while one is not."""
    return max(gates["day"].dropna()) if gates["passed"].all() else None


def _step(code: str, number: int, step: Step, *, as_of: dt.date) -> dict[str, Any]:
    began, ended = _held(step.actual_start, as_of), _held(step.actual_end, as_of)
    status = _status(step, began=began, ended=ended)
    passed = bool(step.end and step.end < as_of) and code != REWARD
    overdue = passed and status in ("under_way", "not_started")
    return {
        "step": code,
        "number": f"R{number:02d}",
        "planned_start": step.start,
        "planned_end": step.end,
        "actual_start": began,
        "actual_end": ended,
        "claimed": step.claimed or "",
        "owner": step.owner or "",
        "owner_missing": not step.owner or to_be_named(step.owner),
        "note": step.note or "",
        "evidence_date": _held(step.evidence_date, as_of),
        "status": status,
        "overdue": overdue,
        "overdue_days": (as_of - step.end).days if overdue and step.end else 0,
        "late": bool(status == "done" and ended and step.end and ended > step.end),
    }


def _status(step: Step, *, began: dt.date | None, ended: dt.date | None) -> str:
    """Take the client's claim back to the day of the report: what is dated later has not happened yet."""
    if step.claimed == "deliberately_not":
        return "deliberately_not"
    by_date = "done" if ended else "under_way" if began else "not_started"
    if step.claimed is None:
        dated = any((step.start, step.end, step.actual_start, step.actual_end))
        return by_date if dated else "not_planned"
    if step.claimed == "done" and step.actual_end and not ended:
        return "not_started" if step.actual_start and not began else "under_way"
    if step.claimed == "under_way" and step.actual_start and not began:
        return "not_started"
    return _OF_CLAIM[step.claimed]


def _contradictions(
    row: dict[str, Any], *, ready: dt.date | None, done: dict[str, dt.date], consent: dt.date | None
) -> tuple[str, ...]:
    began = row["actual_start"] or row["actual_end"]
    at_work = row["status"] in ("done", "under_way")
    found = {
        "no_consent": row["step"] == REWARD and at_work and (consent is None or bool(began and began < consent)),
        "reward_too_early": row["step"] == REWARD and at_work and not _grounded(began, done),
        "before_gates": at_work and (ready is None or bool(began and began < ready)),
        "done_without_end": row["status"] == "done" and row["actual_end"] is None,
        "done_without_evidence": row["status"] == "done" and row["evidence_date"] is None,
        "not_started_in_time": row["overdue"] and row["status"] == "not_started",
    }
    return tuple(code for code, holds in found.items() if holds)


def _grounded(began: dt.date | None, done: dict[str, dt.date]) -> bool:
    return all(step in done and (began is None or done[step] <= began) for step in GROUND_FOR_REWARD)


def _next(counted: pd.DataFrame) -> dict[str, Any]:
    open_ = counted[counted["status"].isin(("under_way", "not_started"))]
    if open_.empty:
        return {"next_step": "", "next_number": "", "next_owner": "", "next_owner_missing": False, "next_day": None,
                "next_overdue": False}  # fmt: skip
    ends = [day or dt.date.max for day in open_["planned_end"]]
    row = open_.to_dict("records")[ends.index(min(ends))]
    return {"next_step": row["step"], "next_number": row["number"], "next_owner": row["owner"],
            "next_owner_missing": row["owner_missing"], "next_day": row["planned_end"],
            "next_overdue": row["overdue"]}  # fmt: skip
