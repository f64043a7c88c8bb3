"""The planted truths of docs/examples/voorbeeld-klantcontact.md, recounted from the files themselves."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml
from scipy import stats

PROJECT = Path(__file__).resolve().parents[3]
DOCS = PROJECT / "docs" / "examples" / "voorbeeld-klantcontact.md"
PARAMS = PROJECT / "params" / "voorbeeld-klantcontact" / "params.yaml"
QUARTERS = ["2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"]
ZERO, NOW = QUARTERS[0], QUARTERS[-1]
CLUSTERS = ["Noord", "Midden", "Zuid"]
CLIENTS = ["Webwinkel Bolder", "Zorgverzekeraar Kern", "Telecom Lijn"]
SUBJECTS = {"V": "Vraag", "W": "Wijziging", "K": "Klacht"}
TRUTHS = [f"C{number:02d}" for number in range(1, 23)]
LEVELS = {"unit": ["cluster", "team"], "client": ["client", "campaign"]}
MEASURES = {"gesprekken": ["score", "effort", "solved"], "medewerkers": ["score"]}


@pytest.fixture(scope="module")
def documentation() -> str:
    """The client's page in docs."""
    return DOCS.read_text(encoding="utf-8")


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
def at_once(calls: pd.DataFrame, in_clumps: Callable[..., pd.DataFrame]) -> pd.DataFrame:
    """The same calls, each agent compared with all others, whatever their team: what the report does not do."""
    return in_clumps(calls, "agent", "score")


@pytest.fixture(scope="module")
def of_agents(calls: pd.DataFrame, at_once: pd.DataFrame, widened: Callable[..., float]) -> dict[str, str]:
    """The figures that need the column of agents."""
    rows = calls[calls["score"].notna() & calls["agent"].ne("")]
    points = rows.assign(points=np.sign(rows["score"].gt(8).astype(int) - rows["score"].lt(7).astype(int)) * 100.0)
    early = points["quarter"] <= "2026-Q1"
    halves = [points[chosen].groupby("agent")["points"].agg(["mean", "count"]) for chosen in (early, ~early)]
    both: list[pd.Series] = [half[half["count"] >= 5]["mean"] for half in halves]
    teams = points.groupby("agent")["team"].nunique()
    (then, now), (then_at_once, now_at_once) = (
        [widened(_scored(rows, quarter), "score") for quarter in (ZERO, NOW)] for rows in (calls, at_once)
    )
    n = len(_scored(calls, NOW))
    known = len(pd.concat(both, axis=1, join="inner"))
    return {
        "C11": f"{(teams > 1).sum()} van {len(teams)}",
        "C12": f"r = {decimal(both[0].corr(both[1]), digits=2)} ({known} medewerkers)",
        "C13": f"binnen de teams {decimal(then)} → {decimal(now)} maal de variantie, "
        f"alle medewerkers ineens {decimal(then_at_once)} → {decimal(now_at_once)}",
        "C21": f"{n} antwoorden zeggen evenveel als {n / now:.0f} losse",
    }


@pytest.fixture(scope="module")
def changed(rated: Callable[..., Any], tested: Callable[..., Any]) -> Callable[[pd.DataFrame], dict[str, Any]]:
    """Test the changes of callers' scores as one family of clusters and teams: each with its p by Holm's rule."""

    def of(rows: pd.DataFrame) -> dict[str, Any]:
        units = [("cluster", name) for name in CLUSTERS] + [("team", name) for name in rows["team"].unique()]
        by_unit = {
            name: tested(*(rated(rows[rows["quarter"].eq(quarter) & rows[level].eq(name)]) for quarter in (ZERO, NOW)))
            for level, name in units
        }
        ordered = sorted(by_unit, key=lambda name: by_unit[name].p)
        steps = [by_unit[name].p * (len(ordered) - place) for place, name in enumerate(ordered)]
        holm = dict(zip(ordered, np.maximum.accumulate(steps), strict=True))
        return {name: found._replace(p=min(1.0, holm[name])) for name, found in by_unit.items()}

    return of


@pytest.fixture(scope="module")
def moved(calls: pd.DataFrame, changed: Callable[..., Any], printed: Callable[[float], str]) -> dict[str, str]:
    """Which of them are demonstrable."""
    return {
        "C22": ", ".join(
            f"{name} {printed(found.change)} ({printed(found.low)} tot {printed(found.high)}, "
            f"p = {decimal(found.p, digits=3)})"
            for name, found in changed(calls).items()
            if found.p < 0.05
        )
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
    moved = scores[NOW] - scores[ZERO]
    together = [decimal(found[0].corr(found[1]), digits=2) for found in (scores[NOW], moved)]

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
        "C19": f"r = {together[0]} in {NOW}, r = {together[1]} van de veranderingen",
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
    moved: dict[str, str],
    of_staff: dict[str, str],
    accounts: dict[str, str],
) -> None:
    """The figure that the page promises is the figure that the files give."""
    row = re.search(rf"^\| {truth} \|.*\| (.+) \|$", documentation, flags=re.MULTILINE)

    assert row is not None
    assert (of_customers | of_agents | moved | of_staff | accounts)[truth] == row[1]


def test_every_documented_truth_is_tested(documentation: str) -> None:
    """No row of the table is left unchecked."""
    assert re.findall(r"^\| (C\d\d) \|", documentation, flags=re.MULTILINE) == TRUTHS


def test_the_page_says_why_agents_are_compared_within_their_team(
    at_once: pd.DataFrame, changed: Callable[..., Any], widened: Callable[..., float], documentation: str
) -> None:
    """Compared all at once, the gap between the teams would count as doubt about it, and nothing be demonstrable."""
    now, found = _scored(at_once, NOW), changed(at_once)
    worth, likeliest = len(now) / widened(now, "score"), min(each.p for each in found.values())

    assert f"{len(now)} answers would be worth {worth:.0f}" in documentation
    assert [decimal(found[name].p, digits=3) for name in ("Midden", "Zuid")] == 2 * [decimal(likeliest, digits=3)]
    assert f"neither cluster would be demonstrable (p = {decimal(likeliest, digits=3)})" in documentation
    assert likeliest > 0.05


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
    chance = actual.chance_above(baseline.nps + (target["target"] - baseline.nps) * passed)
    percentage = ">99%" if chance > 0.99 else "<1%" if chance < 0.01 else f"{chance:.0%}"
    metric = {"nps": "NPS", "enps": "eNPS"}[target["metric"]]
    aim = f"{printed(target['target'])}, {target['due']}"
    cells = f"| {key} | {metric}: {' › '.join(names)} | {printed(baseline.nps)} | {aim} | {printed(actual.nps)} |"

    assert WORDS[key][0] <= chance <= WORDS[key][1]
    assert f"{cells} {percentage} |" in documentation


def test_the_target_of_a_share_is_on_the_edge_of_its_word(
    calls: pd.DataFrame, widened: Callable[..., float], documentation: str
) -> None:
    """T02 by Wilson's test, of answers that no agent makes alike: just above 20%, where another word begins."""
    answers = calls[calls["solved"].notna()]
    then, now = (answers[answers["quarter"] == quarter] for quarter in (ZERO, NOW))
    baseline, share = then["solved"].ge(4).mean(), now["solved"].ge(4).mean()
    path = baseline + (0.65 - baseline) * 365 / 638  # days from 2025-09-30 to 2026-09-30 and to 2027-06-30
    error = (path * (1 - path) / len(now)) ** 0.5
    chance = stats.norm.cdf((share - path) / error)

    assert widened(now, "solved") == 1
    assert chance > 0.20
    assert f"on the edge of its word, at {decimal(100 * chance)}%" in documentation
    assert f"| 63% | 65%, 2027-06-30 | 62% | {chance:.0%} | on course |" in documentation


def _scored(rows: pd.DataFrame, quarter: str) -> pd.DataFrame:
    return rows[rows["quarter"].eq(quarter) & rows["score"].notna()]


def decimal(value: float, *, digits: int = 1) -> str:
    """A number as Dutch readers see it."""
    return f"{value:.{digits}f}".replace(".", ",")
