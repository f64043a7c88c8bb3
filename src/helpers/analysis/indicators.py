"""What is counted beside the surveys, such as complaints and turnover: a rate per period for the whole."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from helpers.inference.differences import difference
from helpers.inference.rates import rate
from helpers.params.metrics import PATH_SEPARATOR, figure_id
from helpers.params.model import Params
from helpers.periods import MONTHS, Period

UNIT = "unit"
KNOWN = ("period", "measure", "numerator", "denominator", "source")
COLUMNS = [
    "id", "indicator", "per", "high_is_good", "period", "first", "last", "numerator", "denominator", "n", "score",
    "low", "high", "centre", "se", "zero", "current", "audience", "population",
]  # fmt: skip


def indicators(facts: pd.DataFrame | None, *, params: Params, period: Period, as_of: dt.date) -> pd.DataFrame:
    """Return every declared indicator, per period, for the whole organisation.

    Parameters
    ----------
    facts
        ``period, measure, numerator, denominator`` and the file's group columns; null without such a file.
    params
        For what each measure means, the reports' rhythm and calendar, and the period of the zero measurement.
    period
        Of the report.
    as_of
        The last day that counts; a row whose period ends later does not count yet.

    Returns
    -------
    pandas.DataFrame
        One row per indicator and period, in the order of the params and of time, with ``COLUMNS``: ``score, low,
        high`` per ``per`` of the base, ``n`` (the base; null for a count without one), ``zero`` and ``current``.
        ``audience`` is that of employees, whose minimum group is the strictest.

    Notes
    -----
    The rows without a group are the whole. Where there are none, the groups are added up: of the ways to split
    (by product, by unit, …) the one with the largest base, since one that leaves people out adds up to less; in a
    tree of units the widest ones that have a row. Rows of months are added up to the reports' rhythm, so that
    a quarter of three months is their average; a longer period stands as it is.
    """
    rows: list[dict[str, Any]] = []
    if facts is None:
        return pd.DataFrame(columns=COLUMNS)
    for name, meaning in params.indicators.items():
        own = _dated(facts[facts["measure"] == name], params=params, as_of=as_of)
        per = {"per": meaning.per, "high_is_good": meaning.direction == "high_is_good"}
        totals = [_total(name, window, group, per, params) for window, group in own.groupby("window", sort=True)]
        rows += _with_windows(totals, params=params, period=period)
    return pd.DataFrame(rows, columns=COLUMNS)


def headlines(table: pd.DataFrame, names: Sequence[str], *, period: Period, confidence: float) -> pd.DataFrame:
    """Return the indicators that lead the report, as they stand now and since their zero measurement.

    Parameters
    ----------
    table
        As :func:`indicators` returns it.
    names
        The leading indicators, in order.
    period
        Of the report.
    confidence
        Of the interval of the change.

    Returns
    -------
    pandas.DataFrame
        One row per indicator with the columns of :func:`helpers.analysis.summary.headlines`, ``kind`` =
        ``indicator`` and ``per`` (null for a count without a base, whose change is ``unknown``).
    """
    return pd.DataFrame([_headline(name, table[table["indicator"] == name], period, confidence) for name in names])


def _dated(own: pd.DataFrame, *, params: Params, as_of: dt.date) -> pd.DataFrame:
    """Put beside each row the period of the report it counts in, leaving out what has not ended yet."""
    periods = {text: Period.parse(text, fiscal_year_start=params.fiscal_year_start) for text in own["period"].unique()}
    last = own["period"].map({text: one.last for text, one in periods.items()})
    ended = own[last.le(as_of).astype(bool)] if len(own) else own
    return ended.assign(window=ended["period"].map({text: _window(one, params) for text, one in periods.items()}))


def _window(own: Period, params: Params) -> Period:
    if MONTHS[own.rhythm] >= MONTHS[params.reporting_period]:
        return own
    return Period.containing(own.first, params.reporting_period, fiscal_year_start=params.fiscal_year_start)


def _total(name: str, window: Any, group: pd.DataFrame, per: dict[str, Any], params: Params) -> dict[str, Any]:
    """Add up one period: each of its rows' own periods by itself, for the groups may differ between them."""
    wholes = [_whole(part) for _, part in group.groupby("period", sort=True)]
    numerator = float(sum(part["numerator"].sum() for part in wholes))
    based = all(part["denominator"].notna().all() for part in wholes)
    denominator = float(sum(part["denominator"].sum() for part in wholes)) if based else math.nan
    found = rate(numerator, denominator, per=per["per"], confidence=params.report.confidence)
    numbers = {field: getattr(found, field).item() for field in ("score", "low", "high", "centre", "se")}
    named: dict[str, Any] = {
        "id": figure_id(name, {}, str(window)), "indicator": name, "period": str(window), "first": window.first,
        "last": window.last, "numerator": numerator, "denominator": denominator, "n": denominator,
        "audience": "employee", "population": math.nan,
    }  # fmt: skip
    return numbers | per | named


def _whole(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that together are the whole of one period."""
    groups = [name for name in rows.columns if name not in (*KNOWN, "window")]
    filled = rows[groups].notna() & ~rows[groups].isin([""])
    patterns = {tuple(pattern) for pattern in filled.to_numpy().tolist()}
    nothing = (False,) * len(groups)
    if nothing in patterns or not groups:
        return rows[~filled.any(axis=1)]
    splits = [rows[(filled == list(pattern)).all(axis=1)] for pattern in sorted(patterns, reverse=True)]
    return max((_widest(split, groups) for split in splits), key=_size)


def _widest(rows: pd.DataFrame, groups: Sequence[str]) -> pd.DataFrame:
    """Leave out every unit that is part of another one in the table."""
    if UNIT not in groups:
        return rows
    others = rows[[name for name in groups if name != UNIT]].astype(str).agg(" | ".join, axis=1)
    others = others if len(groups) > 1 else pd.Series("", index=rows.index)
    places = list(zip(others, rows[UNIT].fillna("").astype(str), strict=True))
    inside = [
        any(other == rest and path.startswith(f"{wide}{PATH_SEPARATOR}") for other, wide in places)
        for rest, path in places
    ]
    return rows[~np.asarray(inside, dtype=bool)]


def _size(rows: pd.DataFrame) -> tuple[float, float]:
    return float(rows["denominator"].sum()), float(rows["numerator"].sum())


def _with_windows(totals: list[dict[str, Any]], *, params: Params, period: Period) -> list[dict[str, Any]]:
    """Mark which period is now and which the zero measurement, as for the surveys."""
    upto = sorted((row for row in totals if row["last"] <= period.last), key=lambda row: (row["last"], row["first"]))
    earliest = _months(period.last) - params.wave_valid_for
    current = next((row for row in reversed(upto) if _months(row["last"]) >= earliest), None)
    declared = params.zero_measurement.period
    wanted = params.period(declared) if declared else None
    then = [row for row in upto if wanted and row["first"] <= wanted.last and row["last"] >= wanted.first]
    zero = next(iter(then or upto), None)
    return [row | {"zero": row is zero, "current": row is current} for row in upto]


def _months(day: dt.date) -> int:
    return day.year * 12 + day.month


def _headline(name: str, own: pd.DataFrame, period: Period, confidence: float) -> dict[str, Any]:
    now, zero = _first(own[own["current"].astype(bool)]), _first(own[own["zero"].astype(bool)])
    row = {
        "kind": "indicator", "metric": name, "unit_of_score": "rate", "measurement": "", "audience": "",
        "per": now.get("per") if now and pd.notna(now["n"]) else None,
        "id": now.get("id", ""), "period": now.get("period", ""), "last": now.get("last"),
        "score": now.get("score", math.nan), "low": now.get("low", math.nan), "high": now.get("high", math.nan),
        "n": now.get("n", math.nan), "skipped": 0, "population": math.nan, "weighted": False,
        "unweighted": now.get("score", math.nan), "old": bool(now) and now["last"] < period.first,
        "zero_id": zero.get("id", ""), "zero_period": zero.get("period", ""), "zero": zero.get("score", math.nan),
        "zero_n": zero.get("n", math.nan),
    }  # fmt: skip
    return row | _change(now, zero, confidence)


def _change(now: dict[str, Any], zero: dict[str, Any], confidence: float) -> dict[str, Any]:
    blank = {"change": math.nan, "change_low": math.nan, "change_high": math.nan}
    if not now or not zero or pd.isna(now["n"]) or pd.isna(zero["n"]):
        return blank | {"direction": "unknown"}
    if now["id"] == zero["id"]:
        return blank | {"direction": "first"}
    change = _first(difference(_estimate(zero), _estimate(now), confidence=confidence))
    low, high = change["low"], change["high"]
    better = (low > 0) == now["high_is_good"]
    direction = ("better" if better else "worse") if low > 0 or high < 0 else "none_shown"
    return {"change": change["difference"], "change_low": low, "change_high": high, "direction": direction}


def _estimate(row: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame([{name: row[name] for name in ("score", "centre", "se")}]).assign(df=math.inf)


def _first(rows: pd.DataFrame) -> dict[str, Any]:
    records: list[dict[str, Any]] = rows.head(1).to_dict("records")  # type: ignore[assignment]
    return records[0] if records else {}
