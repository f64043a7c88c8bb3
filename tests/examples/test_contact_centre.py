"""The planted truths of docs/examples/voorbeeld-klantcontact.md, recounted from the files themselves."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from statistics import NormalDist
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml

from helpers.examples import contact_centre

PROJECT = Path(__file__).resolve().parents[2]
DOCS = PROJECT / "docs" / "examples" / "voorbeeld-klantcontact.md"
PARAMS = PROJECT / "params" / "voorbeeld-klantcontact" / "params.yaml"
QUARTERS = ["2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"]
ZERO, NOW = QUARTERS[0], QUARTERS[-1]
CLUSTERS = ["Noord", "Midden", "Zuid"]
CLIENTS = ["Webwinkel Bolder", "Zorgverzekeraar Kern", "Telecom Lijn"]
SUBJECTS = {"V": "Vraag", "W": "Wijziging", "K": "Klacht"}
TRUTHS = [f"C{number:02d}" for number in range(1, 21)]
CALL_COLUMNS = [
    "number", "centre", "cluster", "team", "agent", "event", "date", "subject", "filed", "client", "campaign",
    "channel", "score", "effort", "solved", "outcome", "remark",
]  # fmt: skip
STAFF_COLUMNS = ["date", "cluster", "team", "tenure", "score", "remark", "autonomy", "remark 2", "appreciation"]
LEVELS = {"unit": ["cluster", "team"], "client": ["client", "campaign"]}
SCALES = {"score": (0, 10), "effort": (1, 5), "solved": (1, 5)}
NO_ANSWER = ["", "n.v.t."]
MEASURES = {"gesprekken": list(SCALES), "medewerkers": ["score"]}


@pytest.fixture(scope="module")
def documentation() -> str:
    """The client's page in docs."""
    return DOCS.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """The generated files."""
    return contact_centre.files()


@pytest.fixture(scope="module")
def export(files: dict[str, bytes]) -> pd.DataFrame:
    """Both exports of calls as they stand there, with names of our own: the file's own are not unique."""
    return pd.concat([_table(files[f"gesprekken-{year}.csv"], CALL_COLUMNS) for year in (2025, 2026)])


@pytest.fixture(scope="module")
def calls(export: pd.DataFrame) -> pd.DataFrame:
    """Calls of this centre that may count, each once, numbers as numbers, the quarter as written."""
    rows = export[export["centre"] == "Voorbeeld Klantcontact"].drop_duplicates("number")
    return _typed(rows, SCALES)


@pytest.fixture(scope="module")
def answered_by_staff(files: dict[str, bytes]) -> pd.DataFrame:
    """The survey among agents as it stands there."""
    return _table(files["medewerkers.csv"], STAFF_COLUMNS)


@pytest.fixture(scope="module")
def staff(answered_by_staff: pd.DataFrame) -> pd.DataFrame:
    """Its rows that may count, equal rows once."""
    rows = _typed(answered_by_staff.drop_duplicates(), {"score": (0, 10)})
    return rows.assign(autonomy=rows["autonomy"].astype(float), appreciation=rows["appreciation"].astype(float))


@pytest.fixture(scope="module")
def nps(calls: pd.DataFrame, rated: Callable[..., Any]) -> Callable[..., Any]:
    """The score of calls of a quarter that fit."""
    return lambda quarter, **wanted: rated(_chosen(calls, quarter, wanted))


@pytest.fixture(scope="module")
def enps(staff: pd.DataFrame, rated: Callable[..., Any], files: dict[str, bytes]) -> Callable[..., Any]:
    """The score of the agents of a wave who fit, among as many as there were."""
    headcount = pd.read_csv(io.BytesIO(files["headcount.csv"]))
    headcount[["cluster", "team"]] = headcount["unit"].str.split(" > ", expand=True)
    headcount["quarter"] = headcount["wave"]

    def of(wave: str, **wanted: str) -> Any:
        return rated(_chosen(staff, wave, wanted)).among(int(_chosen(headcount, wave, wanted)["employees"].sum()))

    return of


@pytest.fixture(scope="module")
def rated(count: Callable[..., Any]) -> Callable[..., Any]:
    """Count the promoters, passives and detractors of rows."""
    return lambda rows: count(rows, column="score")


@pytest.fixture(scope="module")
def of_customers(nps: Callable[..., Any], calls: pd.DataFrame, printed: Callable[[float], str]) -> dict[str, str]:
    """The figures of callers."""

    def change(**wanted: str) -> str:
        return f"{nps(ZERO, **wanted)} → {nps(NOW, **wanted)}"

    solved = [calls.loc[calls["quarter"] == quarter, "solved"].dropna() for quarter in (ZERO, NOW)]
    return {
        "C01": change(),
        "C02": change(cluster="Midden"),
        "C03": change(cluster="Zuid"),
        "C04": change(cluster="Noord"),
        "C05": " ".join(printed(nps(quarter, cluster="Zuid").nps) for quarter in QUARTERS),
        "C06": change(team="Maas"),
        "C07": change(client="Telecom Lijn"),
        "C08": ", ".join(f"{client} {nps(NOW, client=client)}" for client in CLIENTS),
        "C09": ", ".join(f"{name} {printed(nps(NOW, subject=code).nps)}" for code, name in SUBJECTS.items()),
        "C10": " → ".join(f"{answers.ge(4).mean():.0%} (n = {len(answers)})" for answers in solved),
    }


@pytest.fixture(scope="module")
def of_agents(calls: pd.DataFrame) -> dict[str, str]:
    """The figures that need the column of agents."""
    rows = calls[calls["score"].notna() & calls["agent"].ne("")]
    points = rows.assign(points=np.sign(rows["score"].gt(8).astype(int) - rows["score"].lt(7).astype(int)) * 100.0)
    early = points["quarter"] <= "2026-Q1"
    halves = [points[chosen].groupby("agent")["points"].agg(["mean", "count"]) for chosen in (early, ~early)]
    both = [half[half["count"] >= 5]["mean"] for half in halves]
    teams = points.groupby("agent")["team"].nunique()
    now = points[points["quarter"] == NOW]
    away = now["points"] - now["points"].mean()
    clustered = (away.groupby(now["agent"]).sum() ** 2).sum() / (away**2).sum()
    return {
        "C11": f"{(teams > 1).sum()} van {len(teams)}",
        "C12": f"r = {decimal(both[0].corr(both[1]), 2)} ({len(pd.concat(both, axis=1, join='inner'))} medewerkers)",
        "C13": f"{decimal(clustered, 1)} maal de variantie",
    }


@pytest.fixture(scope="module")
def of_staff(
    nps: Callable[..., Any], enps: Callable[..., Any], staff: pd.DataFrame, files: dict[str, bytes]
) -> dict[str, str]:
    """The figures of agents, and of agents and callers together."""
    indicators = pd.read_csv(io.BytesIO(files["indicators.csv"]))
    indicators["cluster"] = indicators["unit"].str.split(" > ").str[0]
    teams = staff.drop_duplicates("team").sort_values("team")["team"]
    scores = {
        wave: pd.DataFrame([(nps(wave, team=t).nps, enps(wave, team=t).nps) for t in teams]) for wave in (ZERO, NOW)
    }
    together = scores[NOW].corr().loc[0, 1], (scores[NOW] - scores[ZERO]).corr().loc[0, 1]

    def share(measure: str, cluster: str, quarter: str) -> str:
        rows = indicators.query("measure == @measure and cluster == @cluster and period == @quarter")
        top, bottom = rows[["numerator", "denominator"]].sum()
        return f"{int(top)} van {int(bottom)}"

    autonomy = staff[staff["quarter"] == NOW].groupby("cluster")["autonomy"].mean()
    return {
        "C14": f"{enps(ZERO)} → {enps(NOW)}",
        "C15": ", ".join(f"{cluster} {enps(NOW, cluster=cluster)}" for cluster in CLUSTERS),
        "C16": ", ".join(f"{cluster} {decimal(autonomy[cluster])}" for cluster in CLUSTERS),
        "C17": ", ".join(f"{cluster} {share('turnover', cluster, NOW)}" for cluster in CLUSTERS),
        "C18": ", ".join(f"{cluster} {share('training', cluster, NOW)}" for cluster in CLUSTERS),
        "C19": f"r = {decimal(together[0], 2)} in {NOW}, r = {decimal(together[1], 2)} van de veranderingen",
    }


@pytest.fixture(scope="module")
def accounts(
    export: pd.DataFrame, calls: pd.DataFrame, answered_by_staff: pd.DataFrame, staff: pd.DataFrame
) -> dict[str, str]:
    """What became of every row: used + skipped + rejected + left out + duplicates + unfinished."""
    others = export["centre"] != "Voorbeeld Klantcontact"
    twice = export[~others]["number"].duplicated().sum(), answered_by_staff.duplicated().sum()
    found = []
    for name, read, kept, left_out, doubles in (
        ("gesprekken", export, calls, others.sum(), twice[0]),
        ("medewerkers", answered_by_staff, staff, 0, twice[1]),
    ):
        used = kept[MEASURES[name]].notna().any(axis=1).sum()
        rejected = len(read) - left_out - doubles - len(kept)
        parts = (used, len(kept) - used, rejected, left_out, doubles, 0)
        found.append(f"{name} {len(read)} = {' + '.join(map(str, parts))}")
    return {"C20": "; ".join(found)}


@pytest.mark.parametrize("truth", TRUTHS)
def test_the_files_hold_each_documented_truth(
    truth: str,
    documentation: str,
    of_customers: dict[str, str],
    of_agents: dict[str, str],
    of_staff: dict[str, str],
    accounts: dict[str, str],
) -> None:
    """The figure that the page promises is the figure that the files give."""
    row = re.search(rf"^\| {truth} \|.*\| (.+) \|$", documentation, flags=re.MULTILINE)

    assert row is not None
    assert (of_customers | of_agents | of_staff | accounts)[truth] == row[1]


def test_every_documented_truth_is_tested(documentation: str) -> None:
    """No row of the table is left unchecked."""
    assert re.findall(r"^\| (C\d\d) \|", documentation, flags=re.MULTILINE) == TRUTHS


def test_only_one_team_is_too_small(staff: pd.DataFrame) -> None:
    """Roer has fewer than 10 answers in September 2026; every other team has more in both waves."""
    answers = staff[staff["score"].notna()].groupby(["quarter", "team"]).size()

    assert dict(answers[answers < 10]) == {(NOW, "Roer"): 8}


def test_the_exports_are_of_an_older_windows_program(files: dict[str, bytes]) -> None:
    """Semicolons, Windows-1252 that is no UTF-8, names of columns that stand there twice."""
    written = files["gesprekken-2026.csv"]
    header = written.split(b"\r\n", maxsplit=1)[0].decode("cp1252").split(";")

    assert b"\x80" in written
    assert [header[place - 1] for place in (13, 14, 15)] == ["Score"] * 3
    assert header.count("Omschrijving") == 2


def test_the_day_counts_as_it_is_written(calls: pd.DataFrame) -> None:
    """On the first of a quarter calls come after midnight, which in Greenwich is the quarter before."""
    night = calls[calls["date"].str[5:13].isin(["07-01T00", "10-01T00", "01-01T00", "04-01T00"])]
    in_greenwich = pd.to_datetime(night["date"], utc=True)

    assert len(night) > 10
    assert (in_greenwich.dt.quarter.astype(str) != night["quarter"].str[-1]).all()


def test_every_offset_is_that_of_the_netherlands(export: pd.DataFrame) -> None:
    """Summer time from the last Sunday of March to the last Sunday of October."""
    moments = export["date"][export["date"].str[:10] != "2026-09-31"]
    local = pd.to_datetime(moments, utc=True).dt.tz_convert("Europe/Amsterdam")

    assert list(local.map(lambda moment: moment.isoformat())) == list(moments)


def test_another_centre_has_a_team_of_the_same_name(export: pd.DataFrame) -> None:
    """Rows that are not this centre's would change the score of Maas."""
    others = export[export["centre"] != "Voorbeeld Klantcontact"]

    assert "Maas" in set(others["team"])
    assert len(others) == 225


def test_an_agent_sits_in_one_team_at_a_time(calls: pd.DataFrame) -> None:
    """Who changes team does so between quarters, so the team at the date of the call is one."""
    known = calls[calls["agent"] != ""]

    assert known.groupby(["agent", "quarter"])["team"].nunique().max() == 1


def test_every_named_column_and_code_is_in_its_file(files: dict[str, bytes]) -> None:
    """The params fit the files: names of columns, codes of the subjects, measures of the indicators."""
    params = yaml.safe_load(PARAMS.read_text(encoding="utf-8"))
    header = files["gesprekken-2025.csv"].split(b"\r\n", maxsplit=1)[0].decode("cp1252").split(";")
    source = params["sources"]["gesprekken"]
    units = [*source["columns"]["unit"], *source["trees"]["client"]]
    named = [name for key, name in source["columns"].items() if key != "unit"] + units + [*source["keep_where"]]
    indicators = pd.read_csv(io.BytesIO(files["indicators.csv"]))

    assert [name for name in named if header.count(name) != 1] == []
    assert source["labels"]["subject"] == SUBJECTS
    assert set(params["indicators"]) == set(indicators["measure"])


def test_turnover_adds_up(files: dict[str, bytes]) -> None:
    """No more people leave than a team has, no more name a reason than leave, and training only grows."""
    rows = pd.read_csv(io.BytesIO(files["indicators.csv"]))

    assert (rows["numerator"] <= rows["denominator"]).all()
    assert not rows.duplicated(["unit", "period", "measure"]).any()
    for _, team in rows[rows["measure"] == "training"].groupby("unit"):
        shares = list(team["numerator"] / team["denominator"])
        assert all(after >= before for before, after in pairwise(shares))


WORDS = {
    "T01": (0.07, 0.16), "T03": (0.0, 0.03), "T04": (0.97, 1.0), "T05": (0.0, 0.03), "T06": (0.30, 0.70),
    "T07": (0.97, 1.0), "T08": (0.0, 0.03), "T09": (0.0, 0.03), "T10": (0.30, 0.70),
}  # fmt: skip
"""Per target in points the lowest and highest probability at which its word on the page is safe."""


@pytest.mark.parametrize("key", WORDS)
def test_each_target_has_its_word(
    key: str, nps: Callable[..., Any], enps: Callable[..., Any], documentation: str, printed: Callable[[float], str]
) -> None:
    """The baseline, the score and the probability of the table of targets, each with room to spare."""
    target = yaml.safe_load(PARAMS.read_text(encoding="utf-8"))["targets"][int(key[1:]) - 1]
    scope = [(names, dict(zip(LEVELS[tree], names, strict=False))) for tree, names in target.get("scope", {}).items()]
    names, wanted = scope[0] if scope else (["whole"], {})
    baseline, actual = ((nps if target["metric"] == "nps" else enps)(quarter, **wanted) for quarter in (ZERO, NOW))
    start = dt.date(2025, 9, 30)
    passed = min(1, (dt.date(2026, 9, 30) - start).days / (target["due"] - start).days)
    centre, error = actual.centre_and_error
    chance = NormalDist(centre, error).cdf(2 * centre - baseline.nps - (target["target"] - baseline.nps) * passed)
    percentage = ">99%" if chance > 0.99 else "<1%" if chance < 0.01 else f"{chance:.0%}"
    metric = {"nps": "NPS", "enps": "eNPS"}[target["metric"]]
    aim = f"{printed(target['target'])}, {target['due']}"
    cells = f"| {key} | {metric}: {' › '.join(names)} | {printed(baseline.nps)} | {aim} | {printed(actual.nps)} |"

    assert WORDS[key][0] <= chance <= WORDS[key][1]
    assert f"{cells} {percentage} |" in documentation


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


def decimal(value: float, digits: int = 1) -> str:
    """A number as Dutch readers see it."""
    return f"{value:.{digits}f}".replace(".", ",")
