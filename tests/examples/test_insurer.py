"""The planted truths of docs/examples/example-insurer.md, recounted from the files themselves."""

from __future__ import annotations

import datetime as dt
import io
import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from scipy import stats

from helpers.analysis import roadmap
from helpers.examples import insurer
from helpers.params.loading import read

PROJECT = Path(__file__).resolve().parents[2]
DOCS = PROJECT / "docs" / "examples" / "example-insurer.md"
PARAMS = PROJECT / "params" / "example-insurer" / "params.yaml"
TRUTHS = [f"I{number:02d}" for number in range(1, 17)]
NO_ANSWER = ["", "N/A", "Prefer not to say"]
Z = 1.959964
ZERO, NOW, WAVES = "2024", "2025", ("2023", "2024", "2025")
AS_OF = dt.date(2026, 3, 31)


def points(value: float) -> str:
    """A score as English readers see it: whole points, half away from zero, a sign."""
    whole = math.copysign(math.floor(abs(value) + 0.5), value)
    return "0" if whole == 0 else f"{whole:+.0f}".replace("-", "−")


def bands(answers: pd.Series) -> tuple[int, int, int]:
    """Promoters (9–10), passives (7–8), detractors (0–6)."""
    return int((answers >= 9).sum()), int(answers.between(7, 8).sum()), int((answers <= 6).sum())


def nps(answers: pd.Series) -> float:
    """Points."""
    promoters, _, detractors = bands(answers)
    return 100 * (promoters - detractors) / answers.count()


def centre_and_error(answers: pd.Series) -> tuple[float, float]:
    """Adjusted Wald: ¾, 1½ and ¾ answers added to the counts."""
    p, a, d = (count + extra for count, extra in zip(bands(answers), (0.75, 1.5, 0.75), strict=True))
    n = p + a + d
    net = (p - d) / n
    return 100 * net, 100 * math.sqrt(((p + d) / n - net**2) / n)


def score(answers: pd.Series) -> str:
    """An NPS, its 95% interval and n."""
    centre, error = centre_and_error(answers)
    low, high = max(-100, centre - Z * error), min(100, centre + Z * error)
    return f"{points(nps(answers))} ({points(low)} to {points(high)}, n = {answers.count()})"


def difference(then: pd.Series, now: pd.Series) -> str:
    """A change and its 95% interval."""
    (before, before_error), (after, after_error) = centre_and_error(then), centre_and_error(now)
    centre, error = after - before, math.hypot(before_error, after_error)
    return f"{points(nps(now) - nps(then))} ({points(centre - Z * error)} to {points(centre + Z * error)})"


def wilson(answers: pd.Series) -> tuple[float, float]:
    """The centre and standard error of Wilson's interval for the share of 6 and 7, in percent."""
    n, share = answers.count(), answers.ge(6).sum() / answers.count()
    centre = (share + Z**2 / (2 * n)) / (1 + Z**2 / n)
    return 100 * centre, 100 * math.sqrt(share * (1 - share) / n + Z**2 / (4 * n**2)) / (1 + Z**2 / n)


def share(answers: pd.Series) -> str:
    """The share of 6 and 7, its 95% interval and n."""
    centre, error = wilson(answers)
    value = 100 * answers.ge(6).sum() / answers.count()
    return f"{value:.0f}% ({centre - Z * error:.0f}% to {centre + Z * error:.0f}%, n = {answers.count()})"


def together(answers: pd.Series) -> str:
    """The three bands, each with Wilson's interval of a third of the 5% that all may be wrong."""
    steps, n, found = stats.chi2.isf(0.05 / 3, 1), answers.count(), []
    for name, counted in zip(("promoters", "passives", "detractors"), bands(answers), strict=True):
        centre = (counted + steps / 2) / (n + steps)
        error = (steps * (counted * (n - counted) / n + steps / 4)) ** 0.5 / (n + steps)
        found.append(f"{name} {counted / n:.0%} ({centre - error:.0%} to {centre + error:.0%})")
    return ", ".join(found)


def fiscal(day: pd.Series) -> pd.Series:
    """The calendar year in which the fiscal year of a day begins."""
    return (day.dt.year - day.dt.month.lt(4)).astype("Int64").astype(str)


@pytest.fixture(scope="module")
def documentation() -> str:
    """The client's page in docs."""
    return DOCS.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def sheets() -> dict[str, pd.DataFrame]:
    """The vendor's workbook, as it stands there."""
    written = io.BytesIO(insurer.files()["relationship.xlsx"])
    return pd.read_excel(written, sheet_name=["Pilot", "Responses"], engine="calamine", keep_default_na=False)


@pytest.fixture(scope="module")
def wave(sheets: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Every questionnaire of the yearly survey: its year, its product and its score, if any."""
    rows = sheets["Responses"]
    text = rows["Likelihood to recommend"]
    return pd.DataFrame(
        {
            "year": fiscal(pd.to_datetime(rows["Completed"])),
            "product": rows["Product"],
            "nps": pd.to_numeric(text.mask(text.isin(NO_ANSWER))),
        }
    )


@pytest.fixture(scope="module")
def export() -> pd.DataFrame:
    """The claims system's export, as it stands there."""
    return pd.read_csv(io.BytesIO(insurer.files()["claims.csv"]), dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def claims(export: pd.DataFrame) -> pd.DataFrame:
    """Every claim that may count: its year, its groups and its answers, if any."""
    day = pd.to_datetime(export["answered"], format="%m/%d/%Y", errors="coerce")
    answers = {name: export[name].mask(export[name].isin(NO_ANSWER)) for name in ("recommend", "satisfied")}
    numbers = {name: pd.to_numeric(text, errors="coerce") for name, text in answers.items()}
    good = day.notna() & (answers["recommend"].isna() | numbers["recommend"].notna())
    rows = pd.DataFrame(
        {
            "year": fiscal(day),
            "product": export["product"],
            "handling": export["handled by"],
            "nps": numbers["recommend"],
            "satisfaction": numbers["satisfied"],
        }
    )
    return rows[good]


def of(rows: pd.DataFrame, measure: str, year: str, scope: dict[str, str]) -> pd.Series:
    """The answers of a group in a fiscal year."""
    chosen = rows[rows["year"] == year]
    for column, value in scope.items():
        chosen = chosen[chosen[column] == value]
    return chosen[measure].dropna()


def change(rows: pd.DataFrame, zero: str, **scope: str) -> str:
    """An NPS at the zero measurement and now."""
    return " → ".join(score(of(rows, "nps", year, scope)) for year in (zero, NOW))


@pytest.fixture(scope="module")
def found(
    wave: pd.DataFrame,
    claims: pd.DataFrame,
    export: pd.DataFrame,
    sheets: dict[str, pd.DataFrame],
    count: Callable[..., Any],
) -> dict[str, str]:
    """Every figure that the files give, by truth."""
    few = count(claims[claims["year"].eq(NOW) & claims["product"].eq("Travel")], column="nps")
    promoters, _, detractors = bands(wave["nps"])
    counted, opened = wave["nps"].count(), len(wave)
    sizes = claims[claims["year"] == NOW].groupby(["product", "handling"])["nps"].count()
    named = {" × ".join(map(str, cell)): int(n) for cell, n in sizes.items()}  # type: ignore[call-overload]
    used = claims[["nps", "satisfaction"]].notna().any(axis=1).sum()
    (former,) = yaml.safe_load(PARAMS.read_text(encoding="utf-8"))["zero_measurement"]["legacy"]
    travel = [wave.loc[wave["year"].eq(NOW) & wave["product"].eq("Travel"), "nps"].count()]
    travel += [n for name, n in named.items() if name.startswith("Travel")]
    return {
        "I01": change(wave, "2023"),
        "I02": difference(of(wave, "nps", "2023", {}), of(wave, "nps", NOW, {})),
        "I03": " ".join(points(nps(of(wave, "nps", year, {}))) for year in WAVES),
        "I04": f"{100 * (promoters - detractors) / counted:.1f} of {counted}, "
        f"{100 * (promoters - detractors) / opened:.1f} of {opened}",
        "I05": f"{points(former['value'])}, n {former.get('n', 'unknown')}",
        "I06": change(claims, ZERO),
        "I07": difference(of(claims, "nps", ZERO, {}), of(claims, "nps", NOW, {})),
        "I08": change(claims, ZERO, product="Motor", handling="Online"),
        "I09": ", ".join(f"{name} {n}" for name, n in named.items() if 5 <= n < 30),
        "I10": "hidden" if all(0 < n < 5 for n in travel) else f"n = {travel}",
        "I11": score(of(wave, "nps", NOW, {"product": "Home"})),
        "I12": " → ".join(share(of(claims, "satisfaction", year, {})) for year in (ZERO, NOW)),
        "I13": f"{len(sheets['Pilot'])} rows, NPS {points(nps(sheets['Pilot']['Likelihood to recommend']))}",
        "I14": f"relationship {opened} = {counted} + {opened - counted} + 0 + 0 + 0 + 0; claims {len(export)} = "
        f"{used} + {len(claims) - used} + {len(export) - len(claims)} + 0 + 0 + 0",
        "I15": f"{points(few.nps)} ({' to '.join(map(points, few.limits))}, n = {few.n})",
        "I16": together(of(wave, "nps", NOW, {})),
    }


@pytest.mark.parametrize("truth", TRUTHS)
def test_the_files_hold_each_documented_truth(truth: str, documentation: str, found: dict[str, str]) -> None:
    """The figure that the page promises is the figure that the files give."""
    row = re.search(rf"^\| {truth} \|.*\| (.+) \|$", documentation, flags=re.MULTILINE)

    assert row is not None
    assert found[truth] == row[1]


def test_every_documented_truth_is_tested(documentation: str) -> None:
    """No row of the table is left unchecked."""
    assert re.findall(r"^\| (I\d\d) \|", documentation, flags=re.MULTILINE) == TRUTHS


def test_nothing_demonstrable_is_in_the_data(wave: pd.DataFrame, claims: pd.DataFrame) -> None:
    """No change of the whole or of any group that may be shown has an interval without zero, untested together."""
    pairs = [(wave, "2023", product) for product in ("", "Motor", "Home")]
    changes = [
        difference(*(of(rows, "nps", year, {"product": product} if product else {}) for year in (zero, NOW)))
        for rows, zero, product in [*pairs, (claims, ZERO, ""), (claims, ZERO, "Motor"), (claims, ZERO, "Home")]
    ]
    cells = [
        difference(*(of(claims, "nps", year, {"product": product, "handling": way}) for year in (ZERO, NOW)))
        for product in ("Motor", "Home")
        for way in ("Online", "Adjuster")
    ]

    assert all("(−" in each and "to +" in each for each in [*changes, *cells])


def test_travel_is_too_small_to_show_in_both_surveys(wave: pd.DataFrame, claims: pd.DataFrame) -> None:
    """Below the minimum of 5 in every wave and way of handling; there are answers, so it is hidden, not absent."""
    yearly = wave[wave["product"] == "Travel"].groupby("year")["nps"].count()
    cells = claims[claims["product"] == "Travel"].groupby(["year", "handling"])["nps"].count()

    assert list(yearly) == [3, 4, 4]
    assert dict(cells) == {("2024", "Online"): 4, ("2025", "Online"): 4, ("2025", "Adjuster"): 2}


def test_the_two_sheets_of_the_workbook_look_alike(sheets: dict[str, pd.DataFrame]) -> None:
    """Only the params can tell which one counts; the dates are dates of the workbook."""
    assert list(sheets["Pilot"].columns) == list(sheets["Responses"].columns)
    assert f"{sheets['Responses']['Completed'].iloc[0]:%Y-%m-%d}" == "2023-11-06"


def test_the_first_rows_of_the_claims(export: pd.DataFrame) -> None:
    """American dates that could be read the other way round, and amounts with a comma for thousands."""
    lines = insurer.files()["claims.csv"].decode().splitlines()

    assert lines[:3] == [
        "claim,settled,answered,product,handled by,recommend,satisfied,paid out,comment",
        "C-0001,04/01/2024,04/01/2024,Motor,Adjuster,5,2,282.00,",
        'C-0002,04/01/2024,04/07/2024,Motor,Adjuster,6,5,"5,160.00",',
    ]
    assert export["paid out"].str.fullmatch(r"(\d,)?\d{1,3}\.\d\d").all()


def test_the_answers_complete_the_fiscal_year(export: pd.DataFrame) -> None:
    """They reach into its last tenth, so 2025 (April 2025 to March 2026) is the default period."""
    last = pd.to_datetime(export["answered"], format="%m/%d/%Y", errors="coerce").max()

    assert pd.Timestamp("2026-02-24") < last <= pd.Timestamp(AS_OF)


def test_every_path_is_a_generated_file() -> None:
    """What the params point at is what is generated, and nothing else is."""
    sources = yaml.safe_load(PARAMS.read_text(encoding="utf-8"))["sources"]

    assert [f"../../data/examples/example-insurer/{name}" for name in insurer.files()] == [
        source["path"] for source in sources.values()
    ]


def test_the_road_is_half_planned_and_two_steps_are_overdue() -> None:
    """Seven of fourteen are not planned; two should have been done by now, and one is deliberately not done."""
    declared = read(PARAMS.read_text(encoding="utf-8"), file=str(PARAMS)).roadmap
    steps = roadmap.roadmap(declared, as_of=AS_OF).set_index("step")

    assert list(steps["status"]).count("not_planned") == 7
    assert dict(steps.loc[steps["overdue"], "overdue_days"]) == {
        "report_per_product_and_process": 90,
        "improvement_teams": 59,
    }
    assert steps.loc["targets_in_appraisal_and_reward", "status"] == "deliberately_not"
    assert not steps.loc["targets_in_appraisal_and_reward", "overdue"]


def judged(target: dict[str, Any], rows: pd.DataFrame) -> tuple[float, str]:
    """The probability of being on the path (after the due date: the target), and its word, well inside its band."""
    measure, scope, year = target["metric"], target.get("scope", {}), str(target["baseline"])
    start = dt.date(int(year) + 1, 3, 31)
    passed = min(1, (AS_OF - start).days / (target["due"] - start).days)
    then, now = of(rows, measure, year, scope), of(rows, measure, NOW, scope)
    baseline = nps(then) if measure == "nps" else 100 * then.ge(6).mean()
    path = baseline + (target["target"] - baseline) * passed
    # of a share by Wilson's test, whose error is that of the share on the path
    of_path = 100 * now.ge(6).mean(), (path * (100 - path) / now.count()) ** 0.5
    centre, error = centre_and_error(now) if measure == "nps" else of_path
    chance = (1 + math.erf((centre - path) / error / math.sqrt(2))) / 2
    word = "undecided" if target["due"] <= AS_OF else "on course"
    return chance, word if 0.25 < chance < 0.75 else f"too close to call: {chance:.3f}"


def test_the_page_lists_every_target_with_its_figures(
    documentation: str, wave: pd.DataFrame, claims: pd.DataFrame
) -> None:
    """The table of verdicts in docs is what the files and the params give: none can be told from its path."""
    for number, target in enumerate(yaml.safe_load(PARAMS.read_text(encoding="utf-8"))["targets"], start=1):
        rows = wave if target.get("measurement") == "relational" else claims
        printed, unit = (score, "") if target["metric"] == "nps" else (share, "%")
        scope, measure, year = target.get("scope", {}), target["metric"], str(target["baseline"])
        then, now = of(rows, measure, year, scope), of(rows, measure, NOW, scope)
        chance, word = judged(target, rows)
        cells = [
            f"T{number:02d}",
            f"{target.get('measurement', measure)}: {' × '.join(scope.values()) or 'whole'}",
            "hidden" if then.count() < 5 else f"{printed(then).split(' (')[0]} ({year})",
            f"{target['target']}%, {target['due']}" if unit else f"{points(target['target'])}, {target['due']}",
            *(["hidden", "", "none"] if now.count() < 5 else [printed(now), f"{100 * chance:.0f}%", word]),
        ]

        assert "| " + " | ".join(cells).replace("|  |", "| |") + " |" in documentation.splitlines()
