"""The planted truths of docs/examples/voorbeeld-gemeente.md, recounted from the files themselves."""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from scipy import stats

from helpers.examples import municipality

PROJECT = Path(__file__).resolve().parents[2]
DOCS = PROJECT / "docs" / "examples" / "voorbeeld-gemeente.md"
PARAMS = PROJECT / "params" / "voorbeeld-gemeente" / "params.yaml"
HALVES = ["2024-H2", "2025-H1", "2025-H2", "2026-H1"]
ZERO, NOW = HALVES[0], HALVES[-1]
TRUTHS = [f"G{number:02d}" for number in range(1, 18)]
LOCATIONS = {"C": "Centrum", "N": "Noord", "Z": "Zuid", "D": "Dorpen"}
SERVICES = {"REIS": "Paspoort en rijbewijs", "VERH": "Verhuizing", "AKTE": "Akten", "ZORG": "Zorg en ondersteuning"}
SATISFACTION = {
    "1 - zeer ontevreden": 1, "2 - ontevreden": 2, "3 - neutraal": 3, "4 - tevreden": 4, "5 - zeer tevreden": 5,
}  # fmt: skip
EFFORT = {"SM++": 1, "SM+": 2, "SM0": 3, "SM-": 4, "SM--": 5}
NO_ANSWER = ["", "overgeslagen"]


def decimal(value: float) -> str:
    """A number as Dutch readers see it, half away from zero."""
    return f"{int(value * 10 + 0.5) / 10:.1f}".replace(".", ",")


def centre_and_error(answers: pd.Series) -> tuple[float, float]:
    """The mean and its standard error."""
    return answers.mean(), answers.std() / answers.count() ** 0.5


def mean(answers: pd.Series) -> str:
    """A mean, its 95% interval of Student's t and n."""
    centre, error = centre_and_error(answers)
    margin = stats.t.ppf(0.975, answers.count() - 1) * error
    return f"{decimal(centre)} ({decimal(centre - margin)} tot {decimal(centre + margin)}, n = {answers.count()})"


@pytest.fixture(scope="module")
def documentation() -> str:
    """The client's page in docs."""
    return DOCS.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def export() -> pd.DataFrame:
    """The terminals' export as it stands there, its two rows of names made one."""
    written = municipality.files()["terminals.txt"]
    rows = pd.read_csv(
        io.BytesIO(written), sep="\t", encoding="utf-16", skiprows=2, header=None, dtype=str, keep_default_na=False
    )
    rows.columns = pd.Index(
        ["naam", "volgnr", "stand", "tijdstip", "location", "service", "afspraak", "tevredenheid", "moeite"]
    )
    return rows


@pytest.fixture(scope="module")
def visits(export: pd.DataFrame) -> pd.DataFrame:
    """Rows that may count, numbers as numbers, the half-year of each."""
    rows = export[export["stand"] != "onderhoud"].drop_duplicates()
    moment = pd.to_datetime(rows["tijdstip"], format="%d-%m-%Y %H:%M", errors="coerce")
    known = {
        name: rows[column].map(codes)
        for name, column, codes in (("satisfaction", "tevredenheid", SATISFACTION), ("ces", "moeite", EFFORT))
    }
    good = moment.notna()
    for column, answers in (("tevredenheid", known["satisfaction"]), ("moeite", known["ces"])):
        good &= answers.notna() | rows[column].isin(NO_ANSWER)
    half = moment.dt.year.astype("Int64").astype(str) + moment.dt.month.le(6).map({True: "-H1", False: "-H2"})
    named = rows.replace({"location": LOCATIONS, "service": SERVICES})
    return named.assign(half=half, **known)[good]


@pytest.fixture(scope="module")
def complaints() -> pd.DataFrame:
    """Complaints and visits per location and half-year, and of all locations together."""
    rows = pd.read_csv(io.BytesIO(municipality.files()["indicators.csv"]), sep=";")
    half = rows["period"].str[:5] + rows["period"].str[-1].map({"1": "H1", "2": "H1", "3": "H2", "4": "H2"})
    sums = rows.assign(half=half).groupby(["location", "half"])[["numerator", "denominator"]].sum()
    whole = sums.groupby("half").sum()
    return pd.concat([sums, pd.concat({"": whole}, names=["location", "half"])])


def of(visits: pd.DataFrame, measure: str, half: str, scope: dict[str, str]) -> pd.Series:
    """The answers of a group in a half-year."""
    rows = visits[visits["half"] == half]
    for column, value in scope.items():
        rows = rows[rows[column] == value]
    return rows[measure].dropna()


def change(visits: pd.DataFrame, measure: str, **scope: str) -> str:
    """A mean at the zero measurement and now."""
    return " → ".join(mean(of(visits, measure, half, scope)) for half in (ZERO, NOW))


def series(visits: pd.DataFrame, measure: str, **scope: str) -> str:
    """A mean of each half-year."""
    return " ".join(decimal(of(visits, measure, half, scope).mean()) for half in HALVES)


def rate(complaints: pd.DataFrame, location: str) -> str:
    """Complaints at the zero measurement and now."""
    found = []
    for half in (ZERO, NOW):
        count, seen = complaints.loc[(location, half), ["numerator", "denominator"]]
        found.append(f"{decimal(1000 * count / seen)} ({count} op {seen:,})".replace(",", ".").replace(".", ",", 1))
    return " → ".join(found)


@pytest.fixture(scope="module")
def found(visits: pd.DataFrame, export: pd.DataFrame, complaints: pd.DataFrame) -> dict[str, str]:
    """Every figure that the files give, by truth."""
    care, papers = SERVICES["ZORG"], SERVICES["REIS"]
    new = of(visits, "satisfaction", NOW, {"location": "Dorpen", "service": care})
    assert of(visits, "satisfaction", "2025-H2", {"location": "Dorpen", "service": care}).empty
    few = [of(visits, name, NOW, {"location": "Dorpen", "service": "Verhuizing"}) for name in ("satisfaction", "ces")]
    centre = visits[visits["location"] == "Centrum"]
    shares = [f"{100 * centre.loc[centre['half'] == half, 'afspraak'].eq('ja').mean():.0f}%" for half in HALVES]
    maintenance = (export["stand"] == "onderhoud").sum()
    twice = export.duplicated().sum()
    used = visits[["satisfaction", "ces"]].notna().any(axis=1).sum()
    skipped = len(visits) - used
    rejected = len(export) - maintenance - twice - len(visits)
    return {
        "G01": change(visits, "satisfaction", location="Centrum"),
        "G02": change(visits, "ces", location="Centrum"),
        "G03": series(visits, "satisfaction", location="Centrum"),
        "G04": change(visits, "satisfaction", location="Centrum", service=papers),
        "G05": change(visits, "satisfaction", location="Noord", service=care),
        "G06": change(visits, "ces", location="Noord", service=care),
        "G07": series(visits, "satisfaction", location="Noord"),
        "G08": rate(complaints, "Noord"),
        "G09": rate(complaints, "Centrum"),
        "G10": rate(complaints, ""),
        "G11": change(visits, "satisfaction"),
        "G12": change(visits, "ces"),
        "G13": change(visits, "satisfaction", location="Zuid"),
        "G14": "verborgen" if all(0 < group.count() < 5 for group in few) else " en ".join(map(mean, few)),
        "G15": f"geen antwoorden → {mean(new)}",
        "G16": " ".join(shares),
        "G17": f"{len(export)} = {used} + {skipped} + {rejected} + {maintenance} + {twice} + 0",
    }


@pytest.mark.parametrize("truth", TRUTHS)
def test_the_files_hold_each_documented_truth(truth: str, documentation: str, found: dict[str, str]) -> None:
    """The figure that the page promises is the figure that the files give."""
    row = re.search(rf"^\| {truth} \|.*\| (.+) \|$", documentation, flags=re.MULTILINE)

    assert row is not None
    assert found[truth] == row[1]


def test_every_documented_truth_is_tested(documentation: str) -> None:
    """No row of the table is left unchecked."""
    assert re.findall(r"^\| (G\d\d) \|", documentation, flags=re.MULTILINE) == TRUTHS


def test_the_cell_to_hide_has_four_answers(visits: pd.DataFrame) -> None:
    """Dorpen × Verhuizing stays below the minimum of 5 on both questions."""
    scope = {"location": "Dorpen", "service": "Verhuizing"}

    assert [of(visits, measure, NOW, scope).count() for measure in ("satisfaction", "ces")] == [4, 4]


def test_the_export_has_two_rows_of_names_in_utf_16() -> None:
    """As Excel saves Unicode text: a byte order mark, tabs, and an upper row with blanks."""
    lines = municipality.files()["terminals.txt"].decode("utf-16").split("\r\n")

    assert municipality.files()["terminals.txt"][:2] == b"\xff\xfe"
    assert lines[:3] == [
        "Terminal\t\t\tBezoek\t\t\t\tOordeel\t",
        "Naam\tVolgnr\tStand\tTijdstip\tLocatie\tDienst\tAfspraak\tTevredenheid\tMoeite",
        "zuil-centrum\t1\tnormaal\t01-07-2024 12:56\tC\tREIS\tnee\t2 - ontevreden\tSM-",
    ]


def test_the_number_of_a_terminal_is_no_respondent_number(export: pd.DataFrame) -> None:
    """Each terminal counts from 1; only with its name is a row one row, unless it was sent twice."""
    once = export.drop_duplicates()

    assert once["volgnr"].duplicated().any()
    assert not once.duplicated(["naam", "volgnr"]).any()


def test_counters_are_closed_in_the_weekend(visits: pd.DataFrame) -> None:
    """A detail that a client would see at once."""
    assert pd.to_datetime(visits["tijdstip"], format="%d-%m-%Y %H:%M").dt.day_of_week.max() < 5


def test_the_last_answer_falls_on_the_last_day(export: pd.DataFrame) -> None:
    """The answers complete the report's half-year, so it is the default period."""
    assert export["tijdstip"].iloc[-1].startswith("30-06-2026")


def test_every_path_is_a_generated_file() -> None:
    """What the params point at is what is generated, and nothing else is."""
    written = yaml.safe_load(PARAMS.read_text(encoding="utf-8"))
    paths = [source["path"] for source in written["sources"].values()] + list(written["tables"].values())

    assert [f"../../data/examples/voorbeeld-gemeente/{name}" for name in municipality.files()] == paths


def test_every_text_of_a_terminal_is_a_value_or_no_answer(visits: pd.DataFrame) -> None:
    """The params give each text that may count its number."""
    source = yaml.safe_load(PARAMS.read_text(encoding="utf-8"))["sources"]["stadswinkels"]

    assert source["measures"]["satisfaction"]["values"] == SATISFACTION
    assert source["measures"]["ces"]["values"] == EFFORT
    assert set(visits["tevredenheid"]) <= {*SATISFACTION, *source["no_answer"]}
    assert set(visits["moeite"]) <= {*EFFORT, *source["no_answer"]}


WORDS = {
    # word after the due date, word before it: lowest and highest probability, kept well inside the band
    ("achieved", "ahead"): (0.97, 1.0),
    ("probably achieved", "probably ahead"): (0.84, 0.93),
    ("undecided", "on course"): (0.30, 0.70),
    ("not achieved", "behind"): (0.0, 0.03),
}
LINE_START, AS_OF = dt.date(2024, 12, 31), dt.date(2026, 6, 30)


def judged(target: dict[str, Any], visits: pd.DataFrame) -> tuple[float, str]:
    """The probability of being on the path (after the due date: the target), and its word."""
    scope, measure = target.get("scope", {}), target["metric"]
    baseline = of(visits, measure, target["baseline"], scope).mean()
    now = of(visits, measure, NOW, scope)
    passed = min(1, (AS_OF - LINE_START).days / (target["due"] - LINE_START).days)
    centre, error = centre_and_error(now)
    distance = (centre - baseline - (target["target"] - baseline) * passed) / error
    chance = float(stats.t.cdf(-distance if measure == "ces" else distance, now.count() - 1))
    words = [pair for pair, (low, high) in WORDS.items() if low <= chance <= high]
    return chance, words[0][0 if target["due"] <= AS_OF else 1] if words else f"too close to call: {chance:.3f}"


def percentage(chance: float) -> str:
    """A probability as it is printed."""
    if chance > 0.99:
        return ">99%"
    return "<1%" if chance < 0.01 else f"{100 * chance:.0f}%"


def test_the_page_lists_every_target_with_its_figures(documentation: str, visits: pd.DataFrame) -> None:
    """The table of verdicts in docs is what the files and the params give."""
    for number, target in enumerate(yaml.safe_load(PARAMS.read_text(encoding="utf-8"))["targets"], start=1):
        scope = target.get("scope", {})
        baseline = of(visits, target["metric"], target["baseline"], scope)
        now = of(visits, target["metric"], NOW, scope)
        chance, word = judged(target, visits)
        cells = [
            f"T{number:02d}",
            f"{target['metric']}: {' × '.join(scope.values()) or 'whole'}",
            f"{decimal(baseline.mean())} ({target['baseline']})",
            f"{decimal(target['target'])}, {target['due']}",
            *(["hidden", "", "none"] if now.count() < 5 else [mean(now), percentage(chance), word]),
        ]

        assert "| " + " | ".join(cells).replace("|  |", "| |") + " |" in documentation.splitlines()
