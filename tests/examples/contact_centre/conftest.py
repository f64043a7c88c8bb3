"""The files of the contact centre as an analyst reads them: every rule is written out, none borrowed."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from helpers.examples import contact_centre

CALL_COLUMNS = [
    "number", "centre", "cluster", "team", "agent", "event", "date", "subject", "filed", "client", "campaign",
    "channel", "score", "effort", "solved", "outcome", "remark",
]  # fmt: skip
STAFF_COLUMNS = ["date", "cluster", "team", "tenure", "score", "remark", "autonomy", "remark 2", "appreciation"]
SCALES = {"score": (0, 10), "effort": (1, 5), "solved": (1, 5)}
NO_ANSWER = ["", "n.v.t."]


@pytest.fixture(scope="session")
def files() -> dict[str, bytes]:
    """The generated files."""
    return contact_centre.files()


@pytest.fixture(scope="session")
def export(files: dict[str, bytes]) -> pd.DataFrame:
    """Both exports of calls as they stand there, with names of our own: the file's own are not unique."""
    return pd.concat([_table(files[f"gesprekken-{year}.csv"], CALL_COLUMNS) for year in (2025, 2026)])


@pytest.fixture(scope="session")
def calls(export: pd.DataFrame, in_clumps: Callable[..., pd.DataFrame]) -> pd.DataFrame:
    """Calls of this centre that may count, each once, numbers as numbers, the quarter as written.

    Those of one agent are compared with those of the other agents of the same team.
    """
    rows = export[export["centre"] == "Voorbeeld Klantcontact"].drop_duplicates("number")
    scored = in_clumps(_typed(rows, SCALES), "agent", "score", within="team")
    return in_clumps(scored, "agent", "solved", lambda answers: answers.ge(4) * 1.0, within="team")


@pytest.fixture(scope="session")
def answered_by_staff(files: dict[str, bytes]) -> pd.DataFrame:
    """The survey among agents as it stands there."""
    return _table(files["medewerkers.csv"], STAFF_COLUMNS)


@pytest.fixture(scope="session")
def staff(answered_by_staff: pd.DataFrame) -> pd.DataFrame:
    """Its rows that may count, equal rows once."""
    rows = _typed(answered_by_staff.drop_duplicates(), {"score": (0, 10)})
    return rows.assign(autonomy=rows["autonomy"].astype(float), appreciation=rows["appreciation"].astype(float))


@pytest.fixture(scope="session")
def nps(calls: pd.DataFrame, rated: Callable[..., Any]) -> Callable[..., Any]:
    """The score of calls of a quarter that fit."""
    return lambda quarter, **wanted: rated(_chosen(calls, quarter, wanted))


@pytest.fixture(scope="session")
def enps(staff: pd.DataFrame, rated: Callable[..., Any], files: dict[str, bytes]) -> Callable[..., Any]:
    """The score of the agents of a wave who fit, among as many as there were."""
    headcount = pd.read_csv(io.BytesIO(files["headcount.csv"]))
    headcount[["cluster", "team"]] = headcount["unit"].str.split(" > ", expand=True)
    headcount["quarter"] = headcount["wave"]

    def of(wave: str, **wanted: str) -> Any:
        return rated(_chosen(staff, wave, wanted)).among(int(_chosen(headcount, wave, wanted)["employees"].sum()))

    return of


@pytest.fixture(scope="session")
def rated(count: Callable[..., Any]) -> Callable[..., Any]:
    """Count the promoters, passives and detractors of rows."""
    return lambda rows: count(rows, column="score")


def _table(written: bytes, names: list[str]) -> pd.DataFrame:
    rows = pd.read_csv(
        io.BytesIO(written), sep=";", encoding="cp1252", dtype=str, keep_default_na=False, header=None, skiprows=1
    )
    return rows.set_axis(names, axis="columns")


def _typed(rows: pd.DataFrame, scales: dict[str, tuple[int, int]]) -> pd.DataFrame:
    day = pd.to_datetime(rows["date"].str[:10], format="%Y-%m-%d", errors="coerce")
    good, columns = day.notna(), {}
    for name, (lowest, highest) in scales.items():
        text = rows[name].mask(rows[name].isin(NO_ANSWER))
        columns[name] = pd.to_numeric(text, errors="coerce")
        good &= text.isna() | columns[name].between(lowest, highest)
    quarter = day.dt.year.astype("Int64").astype(str) + "-Q" + day.dt.quarter.astype("Int64").astype(str)
    return rows.assign(quarter=quarter, **columns)[good]


def _chosen(rows: pd.DataFrame, quarter: str, wanted: dict[str, str]) -> pd.DataFrame:
    rows = rows[rows["quarter"] == quarter]
    for column, value in wanted.items():
        rows = rows[rows[column] == value]
    return rows
