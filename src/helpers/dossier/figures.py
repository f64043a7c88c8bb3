"""The figures of a report as ``figures.json`` has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.disclosure.protection import PRINTED_DIGITS
from helpers.dossier.report import Dossier
from helpers.inference.thresholds import METHOD_VERSION
from helpers.params.metrics import metrics
from helpers.rounding import significant
from helpers.show import rates
from helpers.show.language import Language

RULES = ("minimum_respondents", "minimum_headcount", "complementary", "waves")


def privacy(dossier: Dossier) -> dict[str, dict[str, Any]]:
    """Return by audience what must hold before anything of a group is shown, as ``figures.json`` has it."""
    return {name: {rule: rules[rule] for rule in RULES} for name, rules in dossier.report.privacy.items()}


def figures(dossier: Dossier) -> list[dict[str, Any]]:
    """Return every score of the report as ``figures.json`` has it.

    Hidden ones have no number. Where the counts may not be shown, those are null and the score and its interval are
    as printed, with as many ``digits``.
    """
    report = dossier.report
    words = Language(report.language, report.terms, report.band_names, report.params.fiscal_year_start)
    conventional = {metric.key for metric in metrics(report.params) if metric.measure.nps_by_convention}
    confidence, plan = report.params.report.confidence, dossier.plan
    rows = [
        _figure(row, confidence, words, detailed=plan.detailed(row["id"])) for row in dossier.scores.to_dict("records")
    ]
    for row, metric in zip(rows, dossier.scores["metric"], strict=True):
        row["by_convention"] = metric in conventional
    return rows + _of_indicators(dossier, words) + _of_roadmap(dossier, words)


def _figure(row: Mapping[Any, Any], confidence: float, words: Language, *, detailed: bool) -> dict[str, Any]:
    described = {
        "id": row["id"],
        "metric": row["metric"].partition(".")[0],
        "audience": row["audience"],
        "measurement": row["measurement"],
        "period": row["period"],
        "scope": row["scope"],
        "unit": row["unit_of_score"],
        "weighted": row["weighted"],
        "method_version": METHOD_VERSION,
        "shown": row["shown"],
        "hidden_because": row["hidden_because"] or None,
    }
    if not row["shown"]:
        return described | {"value": None, "printed": None}
    counts = {name: _whole(row[name]) for name in ("n", "skipped", "promoters", "passives", "detractors")}
    numbers = {"value": "score", "low": "score_low", "high": "score_high", "unweighted": "unweighted",
               "n_effective": "n_effective", "population": "population", "invited": "invited"}  # fmt: skip
    printed = None if pd.isna(row["score"]) else words.measure(row["score"], row["unit_of_score"])
    described |= {"printed": printed, "interval": row["method"]}
    if not detailed and row["n"]:
        described["digits"] = PRINTED_DIGITS[row["unit_of_score"]]
    return (
        described | counts | {"confidence": confidence} | {key: significant(row[name]) for key, name in numbers.items()}
    )


def _of_indicators(dossier: Dossier, words: Language) -> list[dict[str, Any]]:
    """Return what was counted beside the surveys, per ``unit``: percent, a count, or such as ``per 1000``."""
    confidence = dossier.report.params.report.confidence
    return [_indicator(row, confidence, words) for row in dossier.indicators.to_dict("records")]


def _indicator(row: Mapping[Any, Any], confidence: float, words: Language) -> dict[str, Any]:
    described = _named(row["id"], row["indicator"], row["period"]) | {
        "shown": row["shown"],
        "hidden_because": row["hidden_because"] or None,
    }
    if not row["shown"]:
        return described | {"value": None, "printed": None, "unit": None}
    per = None if pd.isna(row["n"]) else row["per"]
    numbers = {key: significant(row[name]) for key, name in (("value", "score"), ("low", "low"), ("high", "high"))}
    return described | numbers | {
        "confidence": confidence, "n": _whole(row["n"]), "printed": rates.written(row["score"], per, words),
        "unit": "count" if per is None else "percent" if per == rates.PERCENT else f"per {per}",
    }  # fmt: skip


def _of_roadmap(dossier: Dossier, words: Language) -> list[dict[str, Any]]:
    """Return the share of the counted steps that the client says are done: a full count, so without an interval."""
    period = str(dossier.report.period)
    return [
        _named(f"roadmap@{period}", "roadmap", period)
        | {
            "value": significant(100 * row["share"]), "low": None, "high": None, "unit": "percent", "n": row["steps"],
            "printed": words.share(row["share"]), "shown": True, "hidden_because": None,
        }
        for row in dossier.roadmap_summary.to_dict("records")
    ]  # fmt: skip


def _named(identity: str, metric: str, period: str) -> dict[str, Any]:
    return {
        "id": identity, "metric": metric, "audience": None, "measurement": None, "period": period, "scope": {},
        "weighted": False, "by_convention": False, "method_version": METHOD_VERSION,
    }  # fmt: skip


def _whole(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)
