"""Targets versus actuals: where each ambition stands on its way from the zero measurement to its due date."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from helpers.inference.targets import glide_path, probability_reached, verdict
from helpers.params.metrics import PATH_SEPARATOR, Metric, is_of, scope_of
from helpers.params.model import Params, Target
from helpers.params.owners import to_be_named
from helpers.periods import Period

COLUMNS = [
    "target_id", "metric", "label", "scope", "unit_of_score", "high_is_good", "baseline_id", "baseline_period",
    "baseline_date", "baseline", "baseline_n", "target", "due", "owner", "owner_missing", "goal", "review", "actual_id",
    "actual_period", "actual", "actual_low", "actual_high", "n", "measured_on", "gap", "path_id", "glide_path",
    "probability", "due_passed", "verdict", "caution",
]  # fmt: skip


def versus_actuals(scores: pd.DataFrame, metrics: Sequence[Metric], *, params: Params, as_of: dt.date) -> pd.DataFrame:
    """Compare every target with its zero measurement, its glide path and the score now.

    Parameters
    ----------
    scores
        As :func:`helpers.analysis.cells.scores` returns them.
    metrics
        The metrics of the report.
    params
        For the targets.
    as_of
        The last day that counts. A wave that ended earlier is judged on its own last day.

    Returns
    -------
    pandas.DataFrame
        One row per target, in declared order, with the columns of ``COLUMNS``: scores, ``gap`` (actual −
        target) and ``glide_path`` in the measure's unit; ``probability`` (0…1) of the true score being at or
        above the glide path, or after the due date the target; ``verdict`` (code of
        :mod:`helpers.inference.targets`, empty when there is nothing to judge) and ``caution`` (code:
        ``no_baseline``, ``no_actual`` or empty).
    """
    rows = [
        _row(number, target, metric, _scores_of(scores, metric, target), params=params, as_of=as_of)
        for number, target in enumerate(params.targets, start=1)
        for metric in metrics
        if is_of(target, metric)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def glide_paths(targets: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """Return the scores that a target's glide path is drawn with: from its baseline to now.

    Parameters
    ----------
    targets
        As :func:`versus_actuals` returns them.
    scores
        As :func:`helpers.analysis.cells.scores` returns them.

    Returns
    -------
    pandas.DataFrame
        One row per target and period with answers: ``target_id, id`` (of the score), ``date`` (last day of the
        period), ``score, low, high, n``.
    """
    rows = [
        {"target_id": target["target_id"], "id": score["id"], "date": score["last"],
         "score": score["score"], "low": score["score_low"], "high": score["score_high"], "n": score["n"]}
        for target in targets.to_dict("records")
        for score in scores[scores["metric"] == target["metric"]].to_dict("records")
        if score["scope"] == target["scope"] and score["last"] >= target["baseline_date"]
    ]  # fmt: skip
    columns = ["target_id", "id", "date", "score", "low", "high", "n"]
    return pd.DataFrame(rows, columns=columns).sort_values(["target_id", "date"], ignore_index=True)


def drawn_paths(targets: pd.DataFrame, paths: pd.DataFrame) -> pd.DataFrame:
    """Put every target's line beside the scores on the way, both protected.

    Returns
    -------
    pandas.DataFrame
        One row per target and period with answers (at least one per target): the columns of
        :func:`glide_paths` and ``metric, label, baseline, baseline_date, target, due, verdict,
        unit_of_score`` of the target.
    """
    line = [
        "target_id",
        "metric",
        "label",
        "baseline",
        "baseline_date",
        "target",
        "due",
        "verdict",
        "unit_of_score",
    ]
    return targets[line].merge(paths, on="target_id", how="left")


def _scores_of(scores: pd.DataFrame, metric: Metric, target: Target) -> pd.DataFrame:
    scope = scope_of(target)
    same = scores["scope"].map(lambda found: found == scope)
    return scores[(scores["metric"] == metric.key) & same]


def _row(
    number: int, target: Target, metric: Metric, scores: pd.DataFrame, *, params: Params, as_of: dt.date
) -> dict[str, Any]:
    baseline_period = Period.parse(target.baseline, fiscal_year_start=params.fiscal_year_start)
    baseline = _first(scores[scores["first"].le(baseline_period.last) & scores["last"].ge(baseline_period.first)])
    actual = _first(scores[scores["current"]])
    row: dict[str, Any] = {
        "target_id": f"T{number:02d}",
        "metric": metric.key,
        "scope": scope_of(target),
        "label": " · ".join(value.split(PATH_SEPARATOR)[-1] for value in scope_of(target).values()),
        "unit_of_score": metric.unit,
        "high_is_good": metric.high_is_good,
        "baseline_id": baseline.get("id", ""),
        "baseline_period": baseline.get("period", target.baseline),
        "baseline_date": min(baseline_period.last, baseline.get("last", baseline_period.last)),
        "baseline": baseline.get("score", math.nan),
        "baseline_n": baseline.get("n", 0),
        "target": target.target,
        "due": target.due,
        "owner": ", ".join(target.owner),
        "owner_missing": any(to_be_named(owner) for owner in target.owner),
        "goal": target.goal or "",
        "review": target.review,
        "actual_id": actual.get("id", ""),
        "actual_period": actual.get("period", ""),
        "actual": actual.get("score", math.nan),
        "actual_low": actual.get("score_low", math.nan),
        "actual_high": actual.get("score_high", math.nan),
        "n": actual.get("n", 0),
        "measured_ever": bool(scores["n"].sum()),
    }
    return row | _judged(row, actual, as_of=as_of)


def _judged(row: Mapping[str, Any], actual: Mapping[str, Any], *, as_of: dt.date) -> dict[str, Any]:
    measured_on = min(as_of, actual["last"]) if actual else as_of
    due_passed = measured_on >= row["due"]
    path_id = "" if due_passed else row["baseline_id"]
    blank = {
        "measured_on": measured_on,
        "due_passed": due_passed,
        "path_id": path_id,
        "gap": math.nan,
        "probability": math.nan,
    }
    if not row["n"]:
        caution = "no_actual" if row["measured_ever"] else "no_such_group"
        return blank | {"glide_path": math.nan, "verdict": "", "caution": caution}
    gap = {"gap": row["actual"] - row["target"]}
    if not row["baseline_n"] and not due_passed:
        return blank | gap | {"glide_path": math.nan, "verdict": "", "caution": "no_baseline"}
    caution = "" if due_passed else _nothing_to_judge(row)
    if caution:
        return blank | gap | {"glide_path": math.nan, "verdict": "", "caution": caution}
    path = row["target"] if due_passed else glide_path(
        measured_on, baseline=row["baseline"], baseline_date=row["baseline_date"],
        target=row["target"], due=row["due"],
    )  # fmt: skip
    probability = probability_reached(
        actual["centre"], actual["se"], path, df=actual["df"], high_is_good=row["high_is_good"]
    ).item()
    word = verdict(probability, due_passed=due_passed)
    return blank | gap | {"glide_path": path, "probability": probability, "verdict": word, "caution": ""}


def _nothing_to_judge(row: Mapping[str, Any]) -> str:
    """Say why there is no progress to judge before the due date; empty when there is."""
    if row["actual_id"] == row["baseline_id"]:
        return "first_measurement"
    to_go = row["target"] - row["baseline"]
    return "" if (to_go > 0) == row["high_is_good"] and to_go else "target_not_better"


def _first(rows: pd.DataFrame) -> dict[str, Any]:
    records: list[dict[str, Any]] = rows.head(1).to_dict("records")  # type: ignore[assignment]
    return records[0] if records else {}
