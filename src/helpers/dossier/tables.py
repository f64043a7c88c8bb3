"""Every table of a report: computed once, then taken through the publication plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from helpers import disclosure
from helpers.analysis import (
    cells,
    changes,
    indicators,
    invited,
    method,
    roadmap,
    strays,
    summary,
    targets,
    windows,
    zero_measurement,
)
from helpers.dossier.report import Report
from helpers.errors import DataError
from helpers.intake import responses
from helpers.params.metrics import headlines, leading, metrics
from helpers.params.model import Params

SURVEYS = {"transactional": "transactional", "relational": "relational", "employees": "employee"}
SCORE_COLUMNS = (
    "n", "skipped", "promoters", "passives", "detractors", "promoter_share", "passive_share", "detractor_share",
    "score", "score_low", "score_high", "centre", "se", "sample_centre", "sample_se", "sample_effective", "df",
    "method", "unweighted", "clusters", "design_effect", "n_effective", "weighting_effect", "population", "invited",
)  # fmt: skip
NOW_COLUMNS = ("score", "low", "high", "n", "skipped", "population", "invited", "unweighted")
CHANGE_COLUMNS = ("change", "change_low", "change_high", "direction")
INDICATOR_COLUMNS = ("numerator", "denominator", "n", "score", "low", "high", "centre", "se")
BAND_COLUMNS = ("n", "share", "low", "high")
WORST_CASE_COLUMNS = ("n", "population", "silent", "low", "high")
SINCE_ZERO = (
    "progress", "change", "change_low", "change_high", "planned_change", "probability_change", "smallest_change",
)  # fmt: skip
TARGET_CELLS = {
    "actual_id": (
        "actual", "actual_low", "actual_high", "n", "gap", "glide_path", "probability", "verdict", "caution",
        "required_pace", *SINCE_ZERO,
    ),
    "baseline_id": ("baseline", "baseline_n", *SINCE_ZERO),
    "path_id": ("glide_path", "probability", "verdict", "caution"),
}  # fmt: skip
"""Before the due date the verdict rests on the baseline too, and target and path together give it away. So do the score
now and the progress, or the change, and target and plan: also after the due date these need both. The required pace
rests on the score now alone."""


def tables(report: Report, intake: responses.Intake) -> dict[str, pd.DataFrame]:
    """Compute every table of a report from what was read; hidden numbers are already out."""
    params = report.params
    declared = metrics(params)
    answers = counted_answers(intake.responses, report)
    periods = windows.windows(answers, declared, params=params, period=report.period)
    _require_current(periods, intake, report)
    scores = _scores(report, intake, answers, periods)
    account = accounted(intake, report)
    road = _road(report)
    counted = indicators.indicators(intake.facts.indicators, params=params, period=report.period, as_of=report.as_of)
    plan = _plan(scores, account, counted, params)
    compared = targets.versus_actuals(scores, declared, params=params, as_of=report.as_of)
    led = _led(report, scores, counted, road["roadmap_summary"])
    raw: dict[str, tuple[pd.DataFrame, Mapping[str, Sequence[str]]]] = {
        "scores": (scores, {"id": SCORE_COLUMNS}),
        "distribution": (zero_measurement.distribution(answers, declared, periods), {"id": ("count", "share")}),
        "bands": (zero_measurement.bands(scores, confidence=params.report.confidence), {"id": BAND_COLUMNS}),
        "worst_case": (zero_measurement.worst_case(scores), {"id": WORST_CASE_COLUMNS}),
        "indicators": (counted, {"id": INDICATOR_COLUMNS}),
        "targets": (compared, TARGET_CELLS),
        "glide_paths": (targets.glide_paths(compared, scores), {"id": ("score", "low", "high", "n")}),
        "headlines": (led, {"id": (*NOW_COLUMNS, *CHANGE_COLUMNS), "zero_id": ("zero", "zero_n", *CHANGE_COLUMNS)}),
    }
    raw |= _account_tables(report, intake, answers, account)
    safe = {name: disclosure.protect(table, plan, cells=dependent) for name, (table, dependent) in raw.items()}
    safe |= _derived(safe, params) | {
        "cover": _cover(report, safe["intake"]),
        "hidden": plan.hidden(),
        "absent": method.absent(declared, params, has_targets=bool(params.targets)),
    }
    safe |= road
    safe["headlines"] = summary.with_targets(safe["headlines"], safe["targets"], as_of=report.as_of)
    safe["not_known"] = summary.not_known(safe["headlines"], absent=safe["absent"], hidden=safe["hidden"])
    for name, table in safe.items():
        table.attrs.update(report.attrs(name), columns=list(table.columns))
    return safe


def counted_answers(answers: pd.DataFrame, report: Report) -> pd.DataFrame:
    """Return the answers that a report counts, each with its period."""
    params = report.params
    return windows.labelled(
        answers[~strays.early(answers, as_of=report.as_of, params=params)],
        rhythm=params.reporting_period,
        fiscal_year_start=params.fiscal_year_start,
        as_of=report.as_of,
    )


def accounted(intake: responses.Intake, report: Report) -> pd.DataFrame:
    """Return what became of every row, hidden numbers still in it."""
    params, as_of = report.params, report.as_of
    stray = strays.early(intake.responses, as_of=as_of, params=params)
    return method.accounted(intake.summary, intake.responses, stray=stray, as_of=as_of, params=params)


def _scores(report: Report, intake: responses.Intake, answers: pd.DataFrame, periods: pd.DataFrame) -> pd.DataFrame:
    """Return every score, those of now with how many were invited."""
    params, declared = report.params, metrics(report.params)
    scores = cells.scores(answers, declared, periods, params=params, headcount=intake.headcount)
    return invited.with_invited(
        scores, answers, declared, invitations=intake.facts.invitations, params=params, as_of=report.as_of
    )


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


def _plan(scores: pd.DataFrame, account: pd.DataFrame, counted: pd.DataFrame, params: Params) -> disclosure.Plan:
    """Decide over every score, over the size of every survey, and over every indicator by its base."""
    needed = ["id", "audience", "n", "population"]
    surveys = pd.DataFrame({"id": account["survey_id"], "audience": account["audience"], "n": account["used"]})
    declared = pd.concat([part for part in (scores[needed], surveys, counted[needed]) if len(part)], ignore_index=True)
    return disclosure.publication_plan(disclosure.Declared(declared), rules=disclosure.rules_of(params.privacy))


def _derived(safe: Mapping[str, pd.DataFrame], params: Params) -> dict[str, pd.DataFrame]:
    """Rearrange what is already protected, so that nothing hidden can come back."""
    scores, confidence = safe["scores"], params.report.confidence
    led = [metric.key for metric in headlines(params)]
    splits = zero_measurement.headline_splits(scores, headlines=led)
    further = list(splits["metric"].unique())
    return {
        "headline": summary.headline(safe["headlines"], safe["targets"]),
        "glide_paths": targets.drawn_paths(safe["targets"], safe["glide_paths"]),
        "commitments": safe["targets"].copy(),
        "pace": safe["targets"].copy(),
        "attention": summary.attention(safe["targets"]),
        "track_record": summary.track_record(safe["targets"]),
        "transactional": zero_measurement.now_and_zero(scores, measurement="transactional"),
        "relational": zero_measurement.now_and_zero(scores, measurement="relational"),
        "employees": zero_measurement.now_and_zero(scores, measurement="employee"),
        **{
            f"{name}_changes": changes.since_zero(scores, measurement=measurement, confidence=confidence)
            for name, measurement in SURVEYS.items()
        },
        **{
            f"{name}_detectable": zero_measurement.detectable(scores, measurement=measurement, confidence=confidence)
            for name, measurement in SURVEYS.items()
        },
        "headline_splits": splits,
        "headline_splits_changes": changes.of_metrics(scores, metrics=further, confidence=confidence),
        "other_measures": zero_measurement.other_measures(scores, headlines=led),
    }


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


def _road(report: Report) -> dict[str, pd.DataFrame]:
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


def _account_tables(
    report: Report, intake: responses.Intake, answers: pd.DataFrame, account: pd.DataFrame
) -> dict[str, tuple[pd.DataFrame, Mapping[str, Sequence[str]]]]:
    """Return how the figures were made; the size of a survey below the minimum is a number of a small group too."""
    spans = answers.groupby("source", observed=True)["date"].agg(["min", "max"])
    dates = {name: tuple(spans.loc[name]) if name in spans.index else (None, None) for name in report.params.sources}
    return {
        "intake": (account, {"survey_id": method.COUNTS}),
        "files": (_files(intake.files, report.params), {"survey_id": ("read",)}),
        "statement": (method.statement(report.params, intake=account, dates=dates), {"survey_id": ("used",)}),
        "rejected": (method.rejected_by_reason(intake.rejected), {"survey_id": ("values",)}),
    }


def _files(files: pd.DataFrame, params: Params) -> pd.DataFrame:
    """Return every file that was read; with one file below the minimum, no file of its survey tells its rows."""
    employee, customer = params.privacy.employee.minimum_respondents, params.privacy.customer.minimum_respondents
    minimum = {name: employee if source.audience == "employee" else customer for name, source in params.sources.items()}
    small = files["read"].lt(files["source"].map(minimum)).groupby(files["source"]).transform("any")
    return files[["source", "file", "sha256"]].assign(
        read=files["read"].astype(object).mask(small, None),
        survey_id=[method.survey_id(name) if name in params.sources else "" for name in files["source"]],
    )


def _cover(report: Report, account: pd.DataFrame) -> pd.DataFrame:
    params = report.params
    row = {
        "name": params.organisation.name,
        "period": str(report.period),
        "as_of": report.as_of,
        "answers": int(account["used"].sum()) if account["shown"].all() else None,
        "audiences": tuple(dict.fromkeys(source.audience for source in params.sources.values())),
        "agency": params.report.agency,
        "confidentiality": params.report.confidentiality,
    }
    return pd.DataFrame([row], dtype=object)
