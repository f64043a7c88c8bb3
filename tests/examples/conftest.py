"""The example files as an analyst reads them: every rule is written out, none borrowed."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import fmean as mean
from typing import NamedTuple

import pandas as pd
import pytest
from scipy import stats

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
    df: float = math.inf

    @property
    def nps(self) -> float:
        """Points."""
        return 100 * (self.promoters - self.detractors) / (self.promoters + self.passives + self.detractors)

    @property
    def centre_and_error(self) -> tuple[float, float]:
        """Adjusted Wald: ¾, 1½ and ¾ answers added to the counts, scaled to what they are worth."""
        p, a, d = (count + extra for count, extra in zip(self._scaled, (0.75, 1.5, 0.75), strict=True))
        n = p + a + d
        net = (p - d) / n
        return 100 * net, 100 * math.sqrt(((p + d) / n - net**2) / n)

    @property
    def limits(self) -> tuple[float, float]:
        """The 95% interval: where few answered or nearly all agree that of the score test, else adjusted Wald."""
        steps = float(stats.t.ppf(0.975, self.df))
        if self._few:
            return self._edge(-100, steps), self._edge(100, -steps)
        centre, error = self.centre_and_error
        return max(-100, centre - steps * error), min(100, centre + steps * error)

    def chance_above(self, target: float) -> float:
        """How likely the true score is at or above a target, by the test of the printed interval."""
        centre, error = self.centre_and_error
        steps = score_test(*self._scaled, target / 100) if self._few else (centre - target) / error
        return float(stats.t.cdf(steps, self.df))

    def among(self, employees: int) -> Score:
        """The same counts in a population of known size: n (N - 1) / (N - n)."""
        return self._replace(worth=self.n * (employees - 1) / (employees - self.n))

    def __str__(self) -> str:
        """The score, its 95% interval and n."""
        low, high = self.limits
        return f"{points(self.nps)} ({points(low)} tot {points(high)}, n = {self.n})"

    @property
    def _scaled(self) -> tuple[float, float, float]:
        scale = self.worth / (self.promoters + self.passives + self.detractors)
        return self.promoters * scale, self.passives * scale, self.detractors * scale

    @property
    def _few(self) -> bool:
        counts = self.promoters, self.passives, self.detractors
        return self.n < 10 or max(counts) >= 0.95 * sum(counts) or sum(counts) - max(counts) <= 1

    def _edge(self, end: float, steps: float) -> float:
        """The score between the observed one and the end of the scale that the test only just does not reject."""
        inside, outside = self.nps, end
        for _ in range(60):
            middle = (inside + outside) / 2
            if abs(score_test(*self._scaled, middle / 100)) <= abs(steps):
                inside = middle
            else:
                outside = middle
        return inside


class Change(NamedTuple):
    """A score minus an earlier one, in points, with its interval and the chance of one as far from 0 by chance."""

    change: float
    low: float
    high: float
    p: float


def change(before: Score, after: Score) -> Change:
    """Of the adjusted scores, by Student's t of Welch's degrees of freedom."""
    (then, error_then), (now, error_now) = before.centre_and_error, after.centre_and_error
    error = math.hypot(error_then, error_now)
    df = error**4 / (error_then**4 / before.df + error_now**4 / after.df) if math.isfinite(before.df) else math.inf
    margin = float(stats.t.ppf(0.975, df)) * error
    p = 2 * float(stats.t.sf(abs(now - then) / error, df))
    return Change(after.nps - before.nps, now - then - margin, now - then + margin, p)


def score_test(promoters: float, passives: float, detractors: float, net: float) -> float:
    """How many errors the score lies above a supposed one, with the error that the likeliest such shares give."""
    n = promoters + passives + detractors
    low, high = max(0.0, -net), (1 - net) / 2
    for _ in range(200):  # the likeliest share of detractors, by search: the likelihood has one top
        left, right = low + (high - low) / 3, high - (high - low) / 3
        chances = [
            sum(
                count * (math.log(share) if share > 0 else -math.inf)
                for count, share in ((promoters, each + net), (passives, 1 - net - 2 * each), (detractors, each))
                if count
            )
            for each in (left, right)
        ]
        low, high = (left, high) if chances[0] < chances[1] else (low, right)
    variance = low + high + net - net**2
    return (promoters - detractors - n * net) / math.sqrt(n * variance) if variance > 0 else math.inf


def likeness(strata: Sequence[Sequence[Sequence[float]]]) -> tuple[float, float]:
    """How alike answers of one clump are, compared within each stratum, and with how many degrees of freedom.

    The larger of two estimates, or 0; a clump counts for how far its mean lies from that of its own stratum.
    """
    away, inside = [], 0.0
    for clumps in strata:
        whole = mean(answer for clump in clumps for answer in clump)
        away += [(len(clump), (mean(clump) - whole) ** 2) for clump in clumps]
        inside += sum((answer - mean(clump)) ** 2 for clump in clumps for answer in clump)
    k, n, free = len(away), sum(m for m, _ in away), len(away) - len(strata)
    squares = sum(m**2 for m, _ in away)
    if free < 4 or squares == n:
        return 0.0, math.inf
    apart = sum(m * far for m, far in away)
    between, within = apart / free, inside / (n - k)
    size = (n - sum(sum(len(c) ** 2 for c in clumps) / sum(map(len, clumps)) for clumps in strata)) / free
    by_variance = (between - within) / (between + (size - 1) * within)
    wider = k / free * sum(m**2 * far for m, far in away) / (inside + apart)
    by_pairs = (wider / (1 + wider * len(strata) / n) - 1) / (squares / n - 1)
    alike = max(by_variance, by_pairs, 0.0)
    return alike, free if alike else math.inf


def net(answers: pd.Series) -> pd.Series:
    """A promoter (9–10) as 1, a passive as 0, a detractor (0–6) as −1."""
    return answers.ge(9).astype(float) - answers.le(6)


def clumped(
    rows: pd.DataFrame,
    key: str,
    measure: str,
    value: Callable[[pd.Series], pd.Series] = net,
    *,
    within: str = "quarter",
) -> pd.DataFrame:
    """The same rows, each with its clump (who answered or helped more than once) and how alike those of a clump are.

    Clumps are compared with those of the same quarter and of the same value of ``within``, such as the team.
    """
    rows = rows.reset_index(drop=True)
    named = rows[key].mask(rows[key].eq(""))
    rows["clump"] = named.where(named.duplicated(keep=False))
    found = {
        quarter: likeness(
            [
                [list(value(answers)) for _, answers in stratum.groupby("clump")[measure]]
                for _, stratum in part.groupby(within)
            ]
        )
        for quarter, part in rows[rows["clump"].notna() & rows[measure].notna()].groupby("quarter")
    }
    for place, name in enumerate(("alike", "df")):
        rows[f"{name} {measure}"] = rows["quarter"].map({quarter: pair[place] for quarter, pair in found.items()})
    return rows


def design_effect(rows: pd.DataFrame, measure: str) -> float:
    """How much wider the variance is because answers come in clumps: 1 + likeness × (Σm² / n − 1)."""
    if "clump" not in rows or rows.empty:
        return 1.0
    sizes = rows.groupby("clump").size()
    apart = rows["clump"].isna().sum()
    return 1 + rows[f"alike {measure}"].iloc[0] * (((sizes**2).sum() + apart) / len(rows) - 1)


def points(value: float) -> str:
    """A score as Dutch readers see it: whole points, half away from zero, a sign."""
    whole = math.copysign(math.floor(abs(value) + 0.5), value)
    return "0" if whole == 0 else f"{whole:+.0f}".replace("-", "−")


def weighed(weight: pd.Series, answers: pd.Series) -> float:
    """What weighted answers are worth: the smaller of Kish's number and that of the variance that they have."""
    kish = weight.sum() ** 2 / (weight**2).sum()
    away = weight * (answers - (weight * answers).sum() / weight.sum()) ** 2
    spread = (weight * away).sum()
    return float(min(kish, weight.sum() * away.sum() / spread) if spread > 0 else kish)


def score(rows: pd.DataFrame, *, column: str = "aanbeveling", weighted: bool = False) -> Score:
    """Count promoters (9–10), passives (7–8) and detractors (0–6) of the answered rows."""
    answered = rows[rows[column].notna()]
    weight = answered["weging"] if weighted else pd.Series(1.0, index=answered.index)
    band = pd.cut(answered[column], [-1, 6, 8, 10], labels=["d", "a", "p"])
    counts = {name: float(weight[band == name].sum()) for name in "pad"}
    worth = weighed(weight, net(answered[column])) if len(weight) else 0.0
    df = answered.get(f"df {column}", pd.Series(math.inf, index=answered.index)).head(1)
    worth /= design_effect(answered, column)
    return Score(counts["p"], counts["a"], counts["d"], len(answered), worth, *map(float, df))


@pytest.fixture(scope="session")
def count() -> Callable[..., Score]:
    """Count the promoters, passives and detractors of rows."""
    return score


@pytest.fixture(scope="session")
def in_clumps() -> Callable[..., pd.DataFrame]:
    """Tell of rows which are of one person, and how alike those are."""
    return clumped


@pytest.fixture(scope="session")
def widened() -> Callable[[pd.DataFrame, str], float]:
    """How much wider the variance of rows is for their clumps."""
    return design_effect


@pytest.fixture(scope="session")
def tested() -> Callable[[Score, Score], Change]:
    """Test the change from one score to another."""
    return change


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
    rows = _typed(rows, list(SCALES), date_format="%d-%m-%Y").replace({"product": PRODUCTS})
    return clumped(rows, "klantnummer", "aanbeveling")


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
