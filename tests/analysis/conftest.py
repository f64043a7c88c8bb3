"""A params file of two surveys, and answers of a few rows: everything here can be counted by hand."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import pytest

from helpers.params.loading import read
from helpers.params.metrics import figure_id
from helpers.params.model import Params
from helpers.periods import Period

SURVEYS = """\
organisation: {name: Acme}
sources:
  contact:
    path: contact.csv
    audience: customer
    measurement: transactional
    measures:
      nps: {column: nps, scale: 0-10, question: "Would you recommend us?"}
      effort: {column: effort, scale: 1-5, direction: low_is_good, rule: mean, label: Effort}
    columns: {date: day, reason: why}
    dimensions: {product: product, process: process}
    labels: {product: {E: Power, G: Gas, W: Heat}}
  staff:
    path: staff.csv
    audience: employee
    measurement: employee
    measures: {enps: {column: enps, scale: 0-10}}
    columns: {date: day, unit: [division, team]}
"""
PRODUCTS, PROCESSES = ("Power", "Gas", "Heat"), ("Sales", "Billing")
Row = dict[str, Any]


@pytest.fixture
def params() -> Callable[..., Params]:
    """Return what reads the two surveys, or others, with further keys below them."""
    return lambda more="", *, surveys=SURVEYS: read(surveys + more, file="params/acme/params.yaml")


@pytest.fixture
def answers() -> Callable[..., pd.DataFrame]:
    """Return what makes responses of rows, as intake hands them over."""
    return responses


def responses(rows: Sequence[Row]) -> pd.DataFrame:
    """Return responses; what a row does not say is missing."""
    names = ("source", "date", "unit", "weight", "dimension.product", "dimension.process", "measure.nps",
             "measure.effort", "measure.enps")  # fmt: skip
    frame = pd.DataFrame([{name: row.get(name) for name in names} for row in rows], columns=names, dtype=object)
    frame["date"] = pd.to_datetime(frame["date"])
    frame["audience"] = frame["source"].map({"contact": "customer", "staff": "employee"})
    for name, order in (("dimension.product", PRODUCTS), ("dimension.process", PROCESSES)):
        frame[name] = pd.Categorical(frame[name], categories=order, ordered=True)
    return frame.astype(dict.fromkeys([name for name in names if name.startswith(("measure", "weight"))], "float64"))


@pytest.fixture
def contacts() -> Callable[..., list[Row]]:
    """Return what makes contacts on a day with these NPS answers; None is a skipped question."""

    def made(day: str, scores: Sequence[float | None], **groups: str) -> list[Row]:
        named = {f"dimension.{name}": value for name, value in groups.items()}
        return [{"source": "contact", "date": day, "measure.nps": score, **named} for score in scores]

    return made


@pytest.fixture
def staff() -> Callable[..., list[Row]]:
    """Return what makes employees of a unit on a day with these eNPS answers."""

    def made(day: str, unit: str | None, scores: Sequence[float | None]) -> list[Row]:
        return [{"source": "staff", "date": day, "unit": unit, "measure.enps": score} for score in scores]

    return made


@pytest.fixture
def day() -> Callable[[str], dt.date]:
    """Return what reads a day."""
    return dt.date.fromisoformat


@pytest.fixture
def cell() -> Callable[..., Row]:
    """Return what makes one row of a table of scores: 100 answers, standard error 10, unless said otherwise."""
    return scored_cell


def scored_cell(period: str, score: float = 0.0, *, metric: str = "nps.customer.transactional", **row: Any) -> Row:
    """Return a row as :func:`helpers.analysis.cells.scores` makes it."""
    of, scope = Period.parse(period), row.get("scope", {})
    name, _, rest = metric.partition(".")
    audience, _, measurement = ("employee", "", "employee") if name == "enps" else rest.partition(".")
    se = row.get("se", 10.0)
    return {
        "id": figure_id(metric, scope, period), "metric": metric, "audience": audience, "measurement": measurement,
        "unit_of_score": "points", "high_is_good": True, "period": period, "first": of.first, "last": of.last,
        "zero": False, "current": False, "grouping": " × ".join(scope), "scope": scope,
        "label": " · ".join(value.split(" › ")[-1] for value in scope.values()),
        "tree": set(scope) == {"unit"}, "level": 0,
        "n": 100, "skipped": 0, "promoters": 40, "passives": 20, "detractors": 40, "promoter_share": 0.4,
        "passive_share": 0.2, "detractor_share": 0.4, "score": score, "score_low": score - 2 * se,
        "score_high": score + 2 * se, "centre": score, "se": se, "sample_centre": score, "sample_se": se,
        "df": math.inf, "unweighted": score, "n_effective": 100.0, "sample_effective": 100.0, "population": math.nan,
        "weighting_effect": 1.0,
        "invited": math.nan, "method": "adjusted_wald", "clusters": 0, "design_effect": 1.0,
        "weighted": False, "shown": True, "hidden_because": "",
    } | row  # fmt: skip
