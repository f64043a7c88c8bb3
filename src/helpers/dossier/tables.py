"""Every table of a report: computed once, then taken through the publication plan."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from helpers import disclosure
from helpers.analysis import (
    cells,
    changes,
    indicators,
    invited,
    method,
    roadmap,
    summary,
    targets,
    windows,
    zero_measurement,
)
from helpers.dossier import accounts, columns, deciding, together
from helpers.dossier.report import Report
from helpers.errors import DataError
from helpers.intake import responses
from helpers.params.metrics import headlines, leading, metrics

Tables = dict[str, pd.DataFrame]
SURVEYS = {"transactional": "transactional", "relational": "relational", "employees": "employee"}


def tables(
    report: Report, intake: responses.Intake, *, published: deciding.KnownBefore, also_hidden: Collection[str] = ()
) -> tuple[Tables, disclosure.Plan]:
    """Compute every table of a report from what was read.

    Parameters
    ----------
    report, intake
        Of which report, and what was read.
    published
        What earlier reports printed.
    also_hidden
        Ids that are hidden besides.

    Returns
    -------
    tuple
        The tables by name, hidden numbers already out, and the plan that they follow.
    """
    params = report.params
    measured = metrics(params)
    answers = accounts.counted_answers(intake.responses, report)
    periods = windows.windows(answers, measured, params=params, period=report.period)
    _require_current(periods, intake, report)
    scored = cells.scored(
        answers, measured, periods, params=params, headcount=intake.headcount, also=set(published.everybody["id"])
    )
    account = accounts.accounted(intake, report)
    counted = indicators.indicators(intake.facts.indicators, params=params, period=report.period, as_of=report.as_of)
    declared = deciding.declared(scored, account, counted)
    plan, rows = deciding.decided(declared, report, published=published, also_hidden=also_hidden)
    scores = invited.with_invited(
        scored.scores, answers, measured, invitations=intake.facts.invitations, params=params, as_of=report.as_of
    )
    road = _road(report)
    raw = _raw(report, scores, counted, road)
    raw["distribution"] = zero_measurement.distribution(answers, measured, periods)
    safe = {name: columns.safe(name, table, plan) for name, table in raw.items()}
    safe |= accounts.tables(
        report, intake, answers, account, plan, wholes=deciding.wholes(plan, scores, report)
    )  # fmt: skip
    safe |= _derived(safe, _tested(report, scores, plan), report) | road
    whole = together.scored(rows, answers, measured, periods, params=params, headcount=intake.headcount)
    safe |= _with_together(safe, whole, plan) | {
        "cover": accounts.cover(report, safe["intake"]),
        "hidden": plan.lost,
        "absent": method.absent(measured, params, has_targets=bool(params.targets)),
    }
    return _finished(safe, report), plan


def _raw(report: Report, scores: pd.DataFrame, counted: pd.DataFrame, road: Mapping[str, pd.DataFrame]) -> Tables:
    """Return what is computed from every score, hidden ones too."""
    params, confidence = report.params, report.params.report.confidence
    compared = targets.versus_actuals(scores, metrics(params), params=params, as_of=report.as_of)
    return {
        "scores": scores,
        "bands": zero_measurement.bands(scores, confidence=confidence),
        "worst_case": zero_measurement.worst_case(scores),
        "indicators": counted,
        "targets": compared,
        "glide_paths": targets.glide_paths(compared, scores),
        "headlines": _led(report, scores, counted, road["roadmap_summary"]),
    }


def _tested(report: Report, scores: pd.DataFrame, plan: disclosure.Plan) -> Tables:
    """Test what is shown in full precision, then leave of it what may be shown: a hidden group is in no family."""
    confidence = report.params.report.confidence
    shown = disclosure.protect(scores, plan, cells=columns.CELLS["scores"])
    further = list(_splits(shown, report)["metric"].unique())
    moved = {
        f"{name}_changes": changes.since_zero(shown, measurement=measurement, confidence=confidence)
        for name, measurement in SURVEYS.items()
    } | {"headline_splits_changes": changes.of_metrics(shown, metrics=further, confidence=confidence)}
    smallest = {
        f"{name}_detectable": zero_measurement.detectable(shown, measurement=measurement, confidence=confidence)
        for name, measurement in SURVEYS.items()
    }
    return {name: columns.safe("changes", table, plan) for name, table in moved.items()} | {
        name: columns.safe("detectable", table, plan) for name, table in smallest.items()
    }


def _derived(safe: Mapping[str, pd.DataFrame], tested: Tables, report: Report) -> Tables:
    """Rearrange what is already protected, so that nothing hidden can come back."""
    scores = safe["scores"]
    return tested | {
        "headline": summary.headline(safe["headlines"], safe["targets"]),
        "glide_paths": targets.drawn_paths(safe["targets"], safe["glide_paths"]),
        "commitments": safe["targets"].copy(),
        "pace": safe["targets"].copy(),
        "attention": summary.attention(safe["targets"]),
        "track_record": summary.track_record(safe["targets"]),
        "transactional": zero_measurement.now_and_zero(scores, measurement="transactional"),
        "relational": zero_measurement.now_and_zero(scores, measurement="relational"),
        "employees": zero_measurement.now_and_zero(scores, measurement="employee"),
        "headline_splits": _splits(scores, report),
        "other_measures": zero_measurement.other_measures(scores, headlines=_headline_keys(report)),
    }


def _splits(scores: pd.DataFrame, report: Report) -> pd.DataFrame:
    return zero_measurement.headline_splits(scores, headlines=_headline_keys(report))


def _headline_keys(report: Report) -> list[str]:
    return [metric.key for metric in headlines(report.params)]


def _with_together(safe: Mapping[str, pd.DataFrame], scores: pd.DataFrame, plan: disclosure.Plan) -> Tables:
    """Put the units that are shown together among the scores, where no test of a change looks at them."""
    if scores.empty:
        return {}
    own = columns.safe("scores", scores.assign(invited=float("nan")), plan)
    every = pd.concat([safe["scores"].astype(object), own.drop(columns="units").astype(object)], ignore_index=True)
    return {
        "scores": every.astype(safe["scores"].select_dtypes(bool).dtypes),
        "employees": together.beside(safe["employees"], own),
    }


def _finished(safe: Tables, report: Report) -> Tables:
    """Add what is said about all of it, and which report it belongs to."""
    safe["headlines"] = summary.with_targets(safe["headlines"], safe["targets"], as_of=report.as_of)
    safe["not_known"] = summary.not_known(safe["headlines"], absent=safe["absent"], hidden=safe["hidden"])
    for name, table in safe.items():
        table.attrs.update(report.attrs(name), columns=list(table.columns))
    return safe


def _require_current(periods: pd.DataFrame, intake: responses.Intake, report: Report) -> None:
    """Refuse a period of which no survey has anything to say."""
    if periods["current"].any():
        return
    days = intake.responses["date"].dropna().dt.date
    cut = f" up to {report.as_of}" if report.as_of < report.period.last else ""
    choose = "another --period, or a later --as-of" if cut else "another --period"
    raise DataError(
        f"{report.organisation}: no survey has answers in {report.period}{cut}, or in the "
        f"{report.params.wave_valid_for} months before its end. The answers run from {days.min()} to {days.max()}; "
        f"choose {choose}."
    )


def _led(report: Report, scores: pd.DataFrame, counted: pd.DataFrame, road: pd.DataFrame) -> pd.DataFrame:
    """Return what leads the report: metrics, indicators and the roadmap, in the order of the params."""
    params, confidence = report.params, report.params.report.confidence
    keys = leading(params)
    named = [key for key in keys if key in params.indicators]
    parts = (
        summary.headlines(scores, headlines(params), period=report.period, confidence=confidence),
        indicators.headlines(counted, named, period=report.period, confidence=confidence),
        summary.road(road, period=report.period),
    )
    return summary.led(parts, keys)


def _road(report: Report) -> Tables:
    """Return how far the organisation is, as the client says: no answer of anybody is in it."""
    params, as_of = report.params, report.as_of
    council = params.privacy.works_council
    gates = roadmap.gates(params.roadmap, as_of=as_of)
    steps = roadmap.roadmap(params.roadmap, as_of=as_of, council=council)
    return {
        "gates": gates,
        "roadmap": steps,
        "roadmap_summary": roadmap.roadmap_summary(steps, gates, as_of=as_of),
        "reward": roadmap.reward(steps, council=council, as_of=as_of),
    }
