"""The example files as an analyst reads them: every rule is written out, none borrowed."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest

from helpers.examples import generate

CLIENT = "voorbeeld-energie"
NO_ANSWER = {"", "weet niet", "geen antwoord"}
PRODUCTS = {"P01": "Stroom", "P02": "Gas", "P03": "Warmte"}
EXPORTS = "transactional-*.csv"
SCALES = {"aanbeveling": (0, 10), "tevredenheid": (1, 10), "moeite": (1, 5)}


class Score(NamedTuple):
    """Counts of a group, possibly weighted, with the number of answers they are worth."""

    promoters: float
    passives: float
    detractors: float
    n: int
    worth: float

    @property
    def nps(self) -> float:
        """Points."""
        return 100 * (self.promoters - self.detractors) / (self.promoters + self.passives + self.detractors)

    @property
    def centre_and_error(self) -> tuple[float, float]:
        """Adjusted Wald: ¾, 1½ and ¾ answers added to the counts, scaled to what they are worth."""
        scale = self.worth / (self.promoters + self.passives + self.detractors)
        p, a, d = self.promoters * scale + 0.75, self.passives * scale + 1.5, self.detractors * scale + 0.75
        n = p + a + d
        net = (p - d) / n
        return 100 * net, 100 * math.sqrt(((p + d) / n - net**2) / n)

    def among(self, employees: int) -> Score:
        """The same counts in a population of known size: n (N - 1) / (N - n)."""
        return self._replace(worth=self.n * (employees - 1) / (employees - self.n))

    def __str__(self) -> str:
        """The score, its 95% interval and n."""
        centre, error = self.centre_and_error
        low, high = max(-100, centre - 1.959964 * error), min(100, centre + 1.959964 * error)
        return f"{points(self.nps)} ({points(low)} tot {points(high)}, n = {self.n})"


def points(value: float) -> str:
    """A score as Dutch readers see it: whole points, half away from zero, a sign."""
    whole = math.copysign(math.floor(abs(value) + 0.5), value)
    return "0" if whole == 0 else f"{whole:+.0f}".replace("-", "−")


def score(rows: pd.DataFrame, *, column: str = "aanbeveling", weighted: bool = False) -> Score:
    """Count promoters (9–10), passives (7–8) and detractors (0–6) of the answered rows."""
    answered = rows[rows[column].notna()]
    weight = answered["weging"] if weighted else pd.Series(1.0, index=answered.index)
    band = pd.cut(answered[column], [-1, 6, 8, 10], labels=["d", "a", "p"])
    counts = {name: float(weight[band == name].sum()) for name in "pad"}
    worth = float(weight.sum() ** 2 / (weight**2).sum()) if len(weight) else 0.0
    return Score(counts["p"], counts["a"], counts["d"], len(answered), worth)


@pytest.fixture(scope="session")
def count() -> Callable[..., Score]:
    """Count the promoters, passives and detractors of rows."""
    return score


@pytest.fixture(scope="session")
def printed() -> Callable[[float], str]:
    """Write a score as Dutch readers see it."""
    return points


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The client's generated files."""
    data = tmp_path_factory.mktemp("data")
    generate(data)
    return data / "examples" / CLIENT


@pytest.fixture(scope="session")
def documentation() -> str:
    """The client's page in docs."""
    return (Path(__file__).parents[2] / "docs" / "examples" / f"{CLIENT}.md").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def params_file() -> Path:
    """The client's params file."""
    return Path(__file__).parents[2] / "params" / CLIENT / "params.yaml"


@pytest.fixture(scope="session")
def raw(folder: Path) -> Callable[[str], pd.DataFrame]:
    """Read a CSV file as text, or all files of a pattern one after the other."""

    def read(name: str) -> pd.DataFrame:
        separator = ";" if name.startswith("transactional") else ","
        rows = [
            pd.read_csv(path, sep=separator, dtype=str, keep_default_na=False, encoding="utf-8-sig")
            for path in sorted(folder.glob(name))
        ]
        return pd.concat(rows, ignore_index=True)

    return read


@pytest.fixture(scope="session")
def transactional(raw: Callable[[str], pd.DataFrame]) -> pd.DataFrame:
    """Rows with answers, numbers as numbers, the quarter in which each was filled in."""
    rows = raw(EXPORTS).drop_duplicates("enquete_id", keep="last")
    rows = rows[(rows["afgerond"] == "ja") & (rows["soort"] == "klant")]
    return _typed(rows, list(SCALES), date_format="%d-%m-%Y").replace({"product": PRODUCTS})


@pytest.fixture(scope="session")
def relational(raw: Callable[[str], pd.DataFrame]) -> pd.DataFrame:
    """Rows with answers, numbers as numbers, the quarter of the wave."""
    rows = raw("relational.csv")
    rows = rows.assign(weging=rows["weging"].astype(float))
    rows = _typed(rows[rows["weging"] > 0], ["aanbeveling", "tevredenheid"], date_format="%Y-%m-%d")
    return rows.replace({"product": PRODUCTS})


@pytest.fixture(scope="session")
def workbook(folder: Path) -> pd.DataFrame:
    """The sheets of answers of both years, as they stand there."""
    sheets = [
        pd.read_excel(path, sheet_name="Antwoorden", header=2, engine="calamine", keep_default_na=False)
        for path in sorted(folder.glob("employees-*.xlsx"))
    ]
    return pd.concat(sheets, ignore_index=True)


@pytest.fixture(scope="session")
def employees(workbook: pd.DataFrame) -> pd.DataFrame:
    """Rows with answers, the unit's path, the quarter of the wave."""
    unit = workbook[["Divisie", "Business unit", "Afdeling", "Team"]].agg(" > ".join, axis=1)
    date = pd.to_datetime(workbook["Ingevuld op"])
    rows = workbook.assign(
        unit=unit,
        quarter=_quarter(date),
        enps=pd.to_numeric(workbook["eNPS"].mask(workbook["eNPS"].isin(NO_ANSWER))),
        werkgeluk=pd.to_numeric(workbook["Werkgeluk"]),
    )
    return rows[rows["werkgeluk"].between(0, 10)]


@pytest.fixture(scope="session")
def enps(employees: pd.DataFrame, raw: Callable[[str], pd.DataFrame]) -> Callable[[str, str], tuple[Score, int]]:
    """The score of a unit (path, empty for all) in a wave, among its headcount, and that headcount."""
    table = raw("headcount.csv")
    table = table.assign(employees=table["employees"].astype(int))

    def of(unit: str, wave: str) -> tuple[Score, int]:
        total = int(table.loc[(table["wave"] == wave) & _within(table["unit"], unit), "employees"].sum())
        rows = employees[(employees["quarter"] == wave) & _within(employees["unit"], unit)]
        return score(rows, column="enps").among(total), total

    return of


def _within(units: pd.Series, unit: str) -> pd.Series:
    return (units == unit) | units.str.startswith(f"{unit} > " if unit else "")


def _typed(rows: pd.DataFrame, measures: list[str], *, date_format: str) -> pd.DataFrame:
    date = pd.to_datetime(rows["ingevuld_op"], format=date_format, errors="coerce")
    good, columns = date.notna(), {}
    for name in measures:
        text = rows[name].mask(rows[name].isin(NO_ANSWER))
        columns[name] = pd.to_numeric(text, errors="coerce")
        good &= text.isna() | columns[name].between(*SCALES[name])
    return rows.assign(quarter=_quarter(date), **columns)[good]


def _quarter(date: pd.Series) -> pd.Series:
    return date.dt.year.astype("Int64").astype(str) + "-Q" + date.dt.quarter.astype("Int64").astype(str)
