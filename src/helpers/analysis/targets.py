"""Targets versus actuals: where each ambition stands on its way from the zero measurement to its due date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.inference.sample_size import demonstrable_change
from helpers.inference.targets import (
    change_against_plan,
    glide_path,
    probability_reached,
    progress,
    required_pace,
    verdict,
)
from helpers.inference.thresholds import SAME_SCORE
from helpers.params.metrics import PATH_SEPARATOR, Metric, is_of, scope_of
from helpers.params.model import Params, Target
from helpers.params.owners import to_be_named
from helpers.periods import Period

COLUMNS = [
    "target_id", "metric", "label", "scope", "unit_of_score", "high_is_good", "baseline_id", "baseline_period",
    "baseline_date", "baseline", "baseline_n", "target", "due", "owner", "owner_missing", "goal", "review", "actual_id",
    "actual_period", "actual", "actual_low", "actual_high", "n", "measured_on", "gap", "path_id", "glide_path",
    "probability", "due_passed", "verdict", "caution", "progress", "required_pace", "change", "change_low",
    "change_high", "planned_change", "probability_change", "smallest_change",
]  # fmt: skip
NONE = -1
Places = npt.NDArray[np.int64]


def versus_actuals(scores: pd.DataFrame, metrics: Sequence[Metric], *, params: Params, as_of: dt.date) -> pd.DataFrame:
    """Compare every target with its zero measurement, its glide path and the score now.

    Parameters
    ----------
    scores
        As :func:`helpers.analysis.cells.scores` returns them.
    metrics
        The metrics of the report.
    params
        For the targets and the confidence.
    as_of
        The last day that counts. A wave that ended earlier is judged on its own last day.

    Returns
    -------
    pandas.DataFrame
        One row per target, in declared order, with the columns of ``COLUMNS``: scores, ``gap`` (actual −
        target) and ``glide_path`` in the measure's unit; ``probability`` (0…1) of the true score being at or
        above the glide path, or after the due date the target; ``verdict`` (code of
        :mod:`helpers.inference.targets`, empty when there is nothing to judge) and ``caution`` (code:
        ``no_baseline``, ``no_actual`` or empty); ``progress`` (part of the way, below 0 and above 1 too),
        ``required_pace`` (per quarter, signed; none from the due date on); ``change`` (now − zero) with ``change_low,
        change_high``, ``planned_change`` (the path now − zero) and ``probability_change`` (0…1, that the true
        change is at least the planned one); ``smallest_change`` (what two waves of this size can be expected to
        show; without a later wave, the zero measurement and one as large). What cannot be told is NaN: progress and
        the plan where the target is not better than the zero measurement, and every comparison where now is the
        zero measurement itself.
    """
    promised = [
        {"target_id": f"T{number:02d}"} | _promised(target, metric, scores, params)
        for number, target in enumerate(params.targets, start=1)
        for metric in metrics
        if is_of(target, metric)
    ]
    if not promised:
        return pd.DataFrame(columns=COLUMNS)
    table = pd.DataFrame(promised)
    confidence = params.report.confidence
    judged = _moved(_judged(_measured(table, scores, as_of), scores, as_of), scores, confidence)
    return judged.assign(smallest_change=_smallest(judged, scores, confidence))[COLUMNS]


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
        period), ``score, low, high`` (in ``unit_of_score``), ``n``.
    """
    rows = [
        {"target_id": target["target_id"], "id": score["id"], "date": score["last"],
         "score": score["score"], "low": score["score_low"], "high": score["score_high"], "n": score["n"],
         "unit_of_score": target["unit_of_score"]}
        for target in targets.to_dict("records")
        for score in scores[scores["metric"] == target["metric"]].to_dict("records")
        if score["scope"] == target["scope"] and score["last"] >= target["baseline_date"]
    ]  # fmt: skip
    columns = ["target_id", "id", "date", "score", "low", "high", "n", "unit_of_score"]
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
    return targets[line].merge(paths.drop(columns="unit_of_score"), on="target_id", how="left")


def _scores_of(scores: pd.DataFrame, metric: Metric, target: Target) -> pd.DataFrame:
    """Return the scores of a target's group; their index is their place among all."""
    scope = scope_of(target)
    placed = scores.reset_index(drop=True)
    return placed[(placed["metric"] == metric.key) & placed["scope"].map(lambda found: found == scope)]


def _promised(target: Target, metric: Metric, scores: pd.DataFrame, params: Params) -> dict[str, Any]:
    """Return what was agreed, and the places of the scores at the zero measurement and now."""
    own = _scores_of(scores, metric, target)
    baseline = Period.parse(target.baseline, fiscal_year_start=params.fiscal_year_start)
    zero = own[own["first"].le(baseline.last) & own["last"].ge(baseline.first)].head(1)
    return {
        "metric": metric.key,
        "scope": scope_of(target),
        "label": " · ".join(value.split(PATH_SEPARATOR)[-1] for value in scope_of(target).values()),
        "unit_of_score": metric.unit,
        "high_is_good": metric.high_is_good,
        "baseline_period": next(iter(zero["period"]), target.baseline),
        "baseline_date": min(baseline.last, next(iter(zero["last"]), baseline.last)),
        "target": target.target,
        "due": target.due,
        "owner": ", ".join(target.owner),
        "owner_missing": any(to_be_named(owner) for owner in target.owner),
        "goal": target.goal or "",
        "review": target.review,
        "measured_ever": bool(own["n"].sum()),
        "zero_place": next(iter(zero.index), NONE),
        "now_place": next(iter(own.index[own["current"].astype(bool)]), NONE),
    }


def _measured(table: pd.DataFrame, scores: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """Put the scores of then and now beside the promises."""
    zero, now = (_at(scores, table[name].to_numpy()) for name in ("zero_place", "now_place"))
    measured = {name: now[column].to_numpy() for name, column in _NOW.items()}
    return table.assign(
        baseline_id=zero["id"].fillna("").to_numpy(),
        baseline=zero["score"].to_numpy(),
        baseline_n=_whole(zero["n"]),
        **measured,
        actual_id=now["id"].fillna("").to_numpy(),
        actual_period=now["period"].fillna("").to_numpy(),
        n=_whole(now["n"]),
        measured_on=[as_of if pd.isna(last) else min(as_of, last) for last in now["last"]],
    )


_NOW = {"actual": "score", "actual_low": "score_low", "actual_high": "score_high"}


def _judged(table: pd.DataFrame, scores: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """Hold every score against its path, or from the due date on against the target."""
    due_passed = table["measured_on"].ge(table["due"])
    caution = _caution(table, due_passed)
    judged, measured = caution.eq(""), table["n"].gt(0)
    days = {name: table[name] for name in ("baseline_date", "due")}
    path = glide_path(table["measured_on"], baseline=table["baseline"], target=table["target"], **days)
    now = _at(scores, table["now_place"].where(judged, NONE).to_numpy()).set_axis(table.index)
    probability = probability_reached(now, target=path, high_is_good=table["high_is_good"])
    return table.assign(
        due_passed=due_passed,
        path_id=table["baseline_id"].mask(due_passed, ""),
        gap=(table["actual"] - table["target"]).where(measured),
        glide_path=path.where(judged),
        probability=probability,
        verdict=verdict(probability, due_passed=due_passed),
        caution=caution,
        required_pace=required_pace(table["actual"], target=table["target"], day=as_of, due=table["due"]),
    )


def _caution(table: pd.DataFrame, due_passed: pd.Series) -> pd.Series:
    """Say why a target cannot be judged; empty where it can. From the due date on only a score is needed."""
    reasons = {
        "no_actual": table["n"].eq(0) & table["measured_ever"],
        "no_such_group": table["n"].eq(0),
        "": due_passed,
        "no_baseline": table["baseline_n"].eq(0),
        "first_measurement": table["actual_id"].eq(table["baseline_id"]),
        "target_not_better": ~_better(table),
    }
    chosen = np.select([rows.to_numpy() for rows in reasons.values()], list(reasons), default="")
    return pd.Series(chosen, index=table.index, dtype=object)


def _better(table: pd.DataFrame) -> pd.Series:
    """Return whether a target asks for more than its zero measurement."""
    step = (table["target"] - table["baseline"]) * np.where(table["high_is_good"], 1, -1)
    return step.gt(SAME_SCORE)


def _moved(table: pd.DataFrame, scores: pd.DataFrame, confidence: float) -> pd.DataFrame:
    """Say how much of the way was made since the zero measurement, and how likely it is as much as was planned."""
    better = _compared(table) & _better(table)
    planned = (table["glide_path"] - table["baseline"]).where(better)
    moved = _changes(table[_compared(table)], scores, planned.fillna(0.0), confidence).reindex(table.index)
    return table.assign(
        progress=progress(table["actual"], baseline=table["baseline"], target=table["target"]).where(better),
        change=moved["difference"],
        change_low=moved["low"],
        change_high=moved["high"],
        planned_change=planned,
        probability_change=moved["probability"].where(better),
    )


def _compared(table: pd.DataFrame) -> pd.Series:
    """Return which targets have been measured twice: at the zero measurement and since."""
    return table["n"].gt(0) & table["baseline_n"].gt(0) & table["actual_id"].ne(table["baseline_id"])


def _changes(table: pd.DataFrame, scores: pd.DataFrame, planned: pd.Series, confidence: float) -> pd.DataFrame:
    zero, now = _waves(table, scores)
    good = table["high_is_good"].to_numpy()
    at = planned.loc[table.index].to_numpy()
    found = change_against_plan(zero, now, planned=at, high_is_good=good, confidence=confidence)
    return found.set_axis(table.index)


def _smallest(table: pd.DataFrame, scores: pd.DataFrame, confidence: float) -> pd.Series:
    """Return the smallest change since the zero measurement that its answers and those of now can show."""
    twice = _compared(table)
    zero, now = _waves(table[twice], scores)
    found = demonstrable_change(zero, now, confidence=confidence).set_axis(table.index[twice])
    once = table["baseline_n"].gt(0) & ~twice
    started, _now = _waves(table[once], scores)
    expected = demonstrable_change(started, confidence=confidence).set_axis(table.index[once])
    smallest: pd.Series = pd.concat([found, expected]).reindex(table.index)
    return smallest


def _waves(table: pd.DataFrame, scores: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the scores at the zero measurement and now."""
    zero, now = (_at(scores, table[name].to_numpy()) for name in ("zero_place", "now_place"))
    return zero, now


def _at(scores: pd.DataFrame, places: Places) -> pd.DataFrame:
    """Return the scores at these places, a row without anything where there is none."""
    return scores.reset_index(drop=True).reindex(places).reset_index(drop=True)


def _whole(counts: pd.Series) -> npt.NDArray[np.int64]:
    return counts.fillna(0).to_numpy(dtype=np.int64)
