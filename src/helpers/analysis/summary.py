"""The page a board reads: the headline measures, how they changed, and which targets are off their way."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

from helpers.inference.differences import between
from helpers.params.metrics import Metric
from helpers.periods import Period

OFF_TRACK = ("not_achieved", "behind", "probably_not_achieved", "probably_behind")
"""The most certain first."""
LED_COLUMNS = (
    "kind", "metric", "unit_of_score", "measurement", "audience", "id", "period", "last", "score", "low", "high", "n",
    "skipped", "population", "invited", "weighted", "unweighted", "old", "zero_id", "zero_period", "zero", "zero_n",
    "change", "change_low", "change_high", "direction",
)  # fmt: skip
ON_TRACK = ("ahead", "probably_ahead", "achieved", "probably_achieved")


def headlines(scores: pd.DataFrame, metrics: Sequence[Metric], *, period: Period, confidence: float) -> pd.DataFrame:
    """Return the measures that lead the report, each as it stands now and since its zero measurement.

    Parameters
    ----------
    scores
        As :func:`helpers.analysis.cells.scores` returns them.
    metrics
        The leading metrics, in order.
    period
        The period of the report.
    confidence
        Of the interval of the change.

    Returns
    -------
    pandas.DataFrame
        One row per metric: ``kind``, ``metric, unit_of_score, measurement, audience``; ``id, period, last, score,
        low, high, n, skipped, population, invited, weighted, unweighted`` now; ``old`` (the wave is older than the
        report's period); ``zero_id, zero_period, zero, zero_n``; ``change, change_low, change_high`` (now −
        zero) and ``direction`` (``better``, ``worse``, ``none_shown`` when the change is not demonstrable
        (:func:`helpers.inference.differences.between`), ``first`` when now is the zero measurement, ``unknown``).
    """
    whole = scores[scores["grouping"] == ""]
    return pd.DataFrame([_headline(whole, metric, period, confidence) for metric in metrics])


def led(parts: Sequence[pd.DataFrame], leading: Sequence[str]) -> pd.DataFrame:
    """Put together what leads the report, in the order of the params.

    Parameters
    ----------
    parts
        Tables with one row per leading ``metric``: metrics, indicators, the roadmap; some may be empty.
    leading
        The keys of what leads, in order.

    Returns
    -------
    pandas.DataFrame
        The rows of all parts with all their columns; ``kind`` says what a row is.
    """
    rows = {row["metric"]: row for part in parts for row in part.to_dict("records")}
    table = pd.DataFrame([rows[key] for key in leading if key in rows])
    return table.reindex(columns=list(dict.fromkeys([*LED_COLUMNS, *table.columns]))).astype({"old": bool})


def road(roadmap: pd.DataFrame, *, period: Period) -> pd.DataFrame:
    """Return the roadmap as a leading row: its counts, and nothing that a survey measures.

    Parameters
    ----------
    roadmap
        As :func:`helpers.analysis.roadmap.roadmap_summary` returns it.
    period
        Of the report.
    """
    own: dict[str, Any] = {"kind": "roadmap", "metric": "roadmap", "id": "", "zero_id": "", "old": False}
    return roadmap.assign(period=str(period), **own)


def headline(headlines: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """Return what the report's first sentence says.

    Parameters
    ----------
    headlines
        As :func:`headlines` returns them, protected.
    targets
        As :func:`helpers.analysis.targets.versus_actuals` returns them, protected.

    Returns
    -------
    pandas.DataFrame
        The first headline measure, with ``targets``, ``not_judged`` and ``off_track`` (counts) and ``off_track_names``
        (tuple of metric and label, the most certain first).
    """
    off = _off_track(targets)
    names = tuple(zip(off["metric"], off["label"], strict=True))
    held = pd.Series([names], dtype=object)
    unjudged = int((targets["verdict"].isna() | targets["verdict"].eq("")).sum())
    return headlines.head(1).assign(targets=len(targets), not_judged=unjudged, off_track=len(off), off_track_names=held)


def with_targets(headlines: pd.DataFrame, targets: pd.DataFrame, *, as_of: dt.date) -> pd.DataFrame:
    """Put beside each headline measure its own target: of the whole, the next one due, else the last one.

    Parameters
    ----------
    headlines, targets
        Both protected.
    as_of
        The last day that counts.

    Returns
    -------
    pandas.DataFrame
        ``headlines`` with ``target, due, verdict``; null where the whole has no target.
    """
    whole = targets[targets["label"] == ""].sort_values("due", kind="stable")
    rows = []
    for metric in headlines["metric"]:
        own = whole[whole["metric"] == metric]
        ahead = own[own["due"] > as_of]
        rows.append(_first(ahead) or _first(own.tail(1)))
    columns = {name: pd.Series([row.get(name) for row in rows], dtype=object) for name in ("target", "due", "verdict")}
    return headlines.reset_index(drop=True).assign(**columns)


def attention(targets: pd.DataFrame) -> pd.DataFrame:
    """Return the targets that ask for a decision: off track, the most certain first, or without an owner."""
    off = _off_track(targets)
    ownerless = targets["owner_missing"] & ~targets.index.isin(off.index)
    return pd.concat([off, targets[ownerless]])


def not_known(headlines: pd.DataFrame, *, absent: pd.DataFrame, hidden: pd.DataFrame) -> pd.DataFrame:
    """Return what the reader must not think the report knows.

    Parameters
    ----------
    headlines
        With ``metric, period, old``.
    absent, hidden
        As :func:`helpers.analysis.method.absent` and the publication plan return them.

    Returns
    -------
    pandas.DataFrame
        One row per gap: ``kind`` (``absent, old_wave, hidden``), ``detail`` (part, or metric@period), ``n`` (how
        many). Targets without an owner or a verdict stand beside the targets themselves.
    """
    old = headlines[headlines["old"]]
    rows = [{"kind": "absent", "detail": part, "n": 1} for part in absent["part"]]
    rows += [{"kind": "old_wave", "detail": f"{row.metric}@{row.period}", "n": 1} for row in old.itertuples()]
    cells = int(hidden["cells"].sum())
    rows += [{"kind": "hidden", "detail": "", "n": cells}] if cells else []
    return pd.DataFrame(rows, columns=["kind", "detail", "n"])


def track_record(targets: pd.DataFrame) -> pd.DataFrame:
    """Count the targets by how they stand.

    Returns
    -------
    pandas.DataFrame
        One row per ``group`` (``off_track``, ``undecided``, ``on_track``, ``not_judged``): ``targets``
        (count) and ``ids`` (tuple of target ids).
    """
    groups = {
        "off_track": targets["verdict"].isin(OFF_TRACK),
        "undecided": targets["verdict"].isin(("on_course", "undecided")),
        "on_track": targets["verdict"].isin(ON_TRACK),
        "not_judged": targets["verdict"].isna() | targets["verdict"].eq(""),
    }
    rows = [
        {"group": name, "targets": int(inside.sum()), "ids": tuple(targets.loc[inside, "target_id"])}
        for name, inside in groups.items()
    ]
    return pd.DataFrame(rows)


def _off_track(targets: pd.DataFrame) -> pd.DataFrame:
    off = targets[targets["verdict"].isin(OFF_TRACK)]
    return off.loc[off["verdict"].map(OFF_TRACK.index).sort_values(kind="stable").index]


def _headline(whole: pd.DataFrame, metric: Metric, period: Period, confidence: float) -> dict[str, Any]:
    own = whole[whole["metric"] == metric.key]
    now, zero = _first(own[own["current"]]), _first(own[own["zero"]])
    row = {
        "kind": "metric", "metric": metric.key, "unit_of_score": metric.unit, "measurement": metric.measurement,
        "audience": metric.audience,
        "id": now.get("id", ""), "period": now.get("period", ""), "last": now.get("last"),
        "score": now.get("score", math.nan), "low": now.get("score_low", math.nan),
        "high": now.get("score_high", math.nan), "n": now.get("n", 0), "skipped": now.get("skipped", 0),
        "population": now.get("population", math.nan), "invited": now.get("invited", math.nan),
        "weighted": bool(now.get("weighted", False)),
        "unweighted": now.get("unweighted", math.nan),
        "old": bool(now) and now["last"] < period.first,
        "zero_id": zero.get("id", ""), "zero_period": zero.get("period", ""), "zero": zero.get("score", math.nan),
        "zero_n": zero.get("n", 0),
    }  # fmt: skip
    return row | _change(now, zero, metric, confidence)


def _change(now: dict[str, Any], zero: dict[str, Any], metric: Metric, confidence: float) -> dict[str, Any]:
    blank = {"change": math.nan, "change_low": math.nan, "change_high": math.nan}
    if not now or not zero or not now["n"] or not zero["n"]:
        return blank | {"direction": "unknown"}
    if now["id"] == zero["id"]:
        return blank | {"direction": "first"}
    change = _first(between(pd.DataFrame([zero]), pd.DataFrame([now]), confidence=confidence))
    better = (change["centre"] > 0) == metric.high_is_good
    direction = ("better" if better else "worse") if change["demonstrable"] else "none_shown"
    limits = {"change_low": change["low"], "change_high": change["high"]}
    return {"change": change["difference"], **limits, "direction": direction}


def _first(rows: pd.DataFrame) -> dict[str, Any]:
    records: list[dict[str, Any]] = rows.head(1).to_dict("records")  # type: ignore[assignment]
    return records[0] if records else {}
