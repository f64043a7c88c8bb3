"""Tables of a few rows as the dossier hands them to be shown, with what they carry along."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import pytest

from helpers.params.metrics import figure_id
from helpers.show.context import Context

REPORT = {"organisation": "acme", "period": "2026-Q3", "edition": "board"}
Row = dict[str, Any]


@pytest.fixture(scope="session")
def framed() -> Callable[..., pd.DataFrame]:
    """Return what makes a table of the dossier of rows."""

    def made(name: str, rows: Sequence[Row], *, language: str = "en", **attrs: Any) -> pd.DataFrame:
        frame = pd.DataFrame(list(rows))
        frame.attrs = {
            "table": name, "report": REPORT, "language": language, "terms": {}, "band_names": {}, "accent": None,
            "measures": {"effort.customer.transactional": "Effort"},
            "minimums": {"employee": 10, "customer": 5}, "smallest_units": {"employee": 12},
            "confidence": 0.95, "scales": {"effort.customer.transactional": (1, 5, False)},
        } | attrs  # fmt: skip
        return frame

    return made


@pytest.fixture(scope="session")
def context(framed: Callable[..., pd.DataFrame]) -> Callable[..., Context]:
    """Return what makes the context of a table of the dossier."""
    return lambda name="", **attrs: Context.of(framed(name, [], **attrs))


@pytest.fixture(scope="session")
def score_row() -> Callable[..., Row]:
    """Return what makes a row of scores now and at the zero measurement: +12 of 812, +5 of 400."""

    def made(scope: dict[str, str] | None = None, **row: Any) -> Row:
        scope = scope or {}
        now = _measured("", "2026-Q3", 12.0, 7.0, 18.0, 812)
        zero = _measured("zero_", "2025-Q4", 5.0, -2.0, 11.0, 400)
        return {
            "metric": "nps.customer.relational", "grouping": " × ".join(scope), "scope": scope,
            "label": " · ".join(scope.values()), "level": max(len(scope) - 1, 0), "unit_of_score": "points",
            "audience": "customer", "measurement": "relational", "weighted": False,
        } | now | zero | row  # fmt: skip

    return made


@pytest.fixture(scope="session")
def gone() -> Callable[..., Row]:
    """Return what makes one half of a row that was not measured: ``gone()`` now, ``gone('zero_')`` then."""
    blank = dict.fromkeys(
        ("id", "period", "score", "low", "high", "n", "skipped", "population", "invited", "unweighted"), math.nan
    )
    return lambda half="": (
        {f"{half}{name}": value for name, value in blank.items()}
        | {
            f"{half}shown": math.nan,
            f"{half}hidden_because": math.nan,
        }
    )


@pytest.fixture(scope="session")
def hidden() -> Callable[..., Row]:
    """Return what makes one half of a row that is hidden."""
    taken_out = dict.fromkeys(("score", "low", "high", "n", "skipped", "population", "invited", "unweighted"))
    return lambda half="", *, why="too_few_answers": (
        {f"{half}{name}": value for name, value in taken_out.items()}
        | {
            f"{half}shown": False,
            f"{half}hidden_because": why,
        }
    )


@pytest.fixture(scope="session")
def empty() -> Callable[..., Row]:
    """Return what makes one half of a row without answers."""
    return lambda half="": {
        f"{half}n": 0, f"{half}score": math.nan, f"{half}low": math.nan, f"{half}high": math.nan,
        f"{half}unweighted": math.nan,
    }  # fmt: skip


@pytest.fixture(scope="session")
def target_row() -> Callable[..., Row]:
    """Return what makes a row of targets: from −5 to +20, now +12 of 812, probably behind."""

    def made(**row: Any) -> Row:
        return {
            "target_id": "T01", "metric": "nps.customer.relational", "label": "", "scope": {},
            "unit_of_score": "points", "high_is_good": True, "baseline_id": "b", "baseline_period": "2025-Q4",
            "baseline_date": dt.date(2025, 12, 31), "baseline": -5.0, "baseline_n": 400, "target": 20.0,
            "due": dt.date(2027, 6, 30), "owner": "Ann", "owner_missing": False, "goal": "growth",
            "review": dt.date(2026, 11, 1), "actual_id": "a", "actual_period": "2026-Q3", "actual": 12.3,
            "actual_low": 7.0, "actual_high": 18.0, "n": 812, "measured_on": dt.date(2026, 9, 30), "gap": -7.7,
            "path_id": "b", "glide_path": 14.6, "probability": 0.18, "due_passed": False,
            "verdict": "probably_behind", "caution": "", "progress": 0.692, "required_pace": 2.575, "change": 17.3,
            "change_low": 6.4, "change_high": 28.2, "planned_change": 19.6, "probability_change": 0.34,
            "smallest_change": 15.6, "shown": True, "hidden_because": "",
        } | row  # fmt: skip

    return made


@pytest.fixture(scope="session")
def headline_row() -> Callable[..., Row]:
    """Return what makes a row of headlines: relational +12 of 812, from +5."""

    def made(**row: Any) -> Row:
        return {
            "kind": "metric", "metric": "nps.customer.relational", "unit_of_score": "points",
            "measurement": "relational", "audience": "customer",
            "id": "nps.customer.relational@2026-Q3", "period": "2026-Q3",
            "last": dt.date(2026, 9, 30), "score": 12.3, "low": 7.0, "high": 17.6, "n": 812, "skipped": 3,
            "population": math.nan, "invited": math.nan, "weighted": False, "unweighted": 12.3, "old": False,
            "zero_id": "nps.customer.relational@2025-Q4", "zero_period": "2025-Q4", "zero": 5.0, "zero_n": 400,
            "change": 7.3, "change_low": -2.0, "change_high": 16.6, "direction": "none_shown", "targets": 3,
            "not_judged": 0, "off_track": 0, "off_track_names": (), "target": None, "due": None,
            "verdict": None, "shown": True, "hidden_because": "",
        } | row  # fmt: skip

    return made


@pytest.fixture(scope="session")
def printed_rows() -> Callable[[dict[str, Any]], list[list[str]]]:
    """Return what reads a table block as the texts of its rows."""
    return lambda block: [[cell["text"] for cell in row["cells"]] for row in block["rows"]]


def _measured(half: str, period: str, score: float, low: float, high: float, n: int) -> Row:
    columns = {
        "id": figure_id("nps.customer.relational", {}, period), "period": period, "score": score, "low": low,
        "high": high, "n": n, "skipped": 3, "population": math.nan, "invited": math.nan, "unweighted": score,
        "shown": True, "hidden_because": "",
    }  # fmt: skip
    return {f"{half}{name}": value for name, value in columns.items()}
