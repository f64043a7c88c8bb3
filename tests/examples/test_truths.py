"""The planted truths of docs/examples/voorbeeld-energie.md, recounted from the files themselves."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

QUARTERS = ["2024-Q4", "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"]
ZERO, NOW, WAVE = "2024-Q4", "2026-Q3", "2025-Q4"
EXPORTS = "transactional-*.csv"
NOORD = (
    "Klant > Service > Klantcontact > Noord",
    "Klant > Service > Storingsdienst > Noord",
    "Techniek > Warmte > Aanleg > Noord",
    "Techniek > Netten > Aansluitingen > Noord",
)
CAUSES = {
    "Waardering (1-5)": "waardering",
    "Groei (1-5)": "groei",
    "Te weinig resultaat (1-10)": "resultaten",
    "Autonomie (1-10)": "autonomie",
}
TRUTHS = [f"E{number:02d}" for number in range(1, 34)]


@pytest.fixture(scope="session")
def cell(transactional: pd.DataFrame, count: Callable[..., Any]) -> Callable[[str, str, str], Any]:
    """The score of a product × process in a quarter."""

    def of(product: str, process: str, quarter: str) -> Any:
        rows = transactional[transactional["product"].eq(product) & transactional["proces"].eq(process)]
        return count(rows[rows["quarter"] == quarter])

    return of


@pytest.fixture(scope="session")
def cells(cell: Callable[[str, str, str], Any], printed: Callable[[float], str]) -> dict[str, str]:
    """The figures of single cells, as the report prints them."""

    def change(product: str, process: str) -> str:
        return f"{cell(product, process, ZERO)} → {cell(product, process, NOW)}"

    return {
        "E01": change("Stroom", "Storing"),
        "E02": change("Gas", "Storing"),
        "E03": change("Gas", "Facturatie"),
        "E04": " ".join(printed(cell("Gas", "Facturatie", quarter).nps) for quarter in QUARTERS),
        "E05": change("Stroom", "Facturatie"),
        "E06": f"geen antwoorden → {cell('Warmte', 'Aanmelden', NOW)}",
        "E07": "verborgen" if 0 < cell("Warmte", "Storing", NOW).n < 5 else str(cell("Warmte", "Storing", NOW)),
        "E08": str(cell("Warmte", "Facturatie", NOW)),
    }


@pytest.fixture(scope="session")
def whole(
    transactional: pd.DataFrame,
    relational: pd.DataFrame,
    count: Callable[..., Any],
    printed: Callable[[float], str],
    widened: Callable[[pd.DataFrame, str], float],
) -> dict[str, str]:
    """The figures of all customers together and of products."""
    contact = {quarter: transactional[transactional["quarter"] == quarter] for quarter in (ZERO, NOW)}
    wave = {quarter: relational[relational["quarter"] == quarter] for quarter in (ZERO, NOW)}
    weighted = {quarter: count(rows, weighted=True) for quarter, rows in wave.items()}
    products = [
        f"{name} {count(wave[NOW][wave[NOW]['product'] == name], weighted=True)}"
        for name in ("Stroom", "Gas", "Warmte")
    ]
    means = [
        " → ".join(mean(contact[quarter][column]) for quarter in (ZERO, NOW)) for column in ("tevredenheid", "moeite")
    ]
    billing = transactional[
        transactional["product"].eq("Gas")
        & transactional["proces"].eq("Facturatie")
        & transactional["quarter"].ge("2026-Q1")
        & transactional["aanbeveling"].le(6)
        & transactional["reden"].ne("")
    ]
    answered = contact[NOW][contact[NOW]["aanbeveling"].notna()]
    worth = len(answered) / widened(answered, "aanbeveling")
    awkward = contact[NOW]["toelichting"].str.contains(r"<script>|^=|#panic|👍|\n|^@|€", regex=True)
    return {
        "E09": f"{count(contact[ZERO])} → {count(contact[NOW])}",
        "E10": f"{weighted[ZERO]} → {weighted[NOW]}",
        "E11": f"{printed(count(wave[NOW]).nps)} ongewogen, {printed(weighted[NOW].nps)} gewogen",
        "E12": ", ".join(products),
        "E21": "; ".join(means),
        "E24": str(awkward.sum()),
        "E25": f"{billing['reden'].eq('rekening klopt niet').sum()} van {len(billing)}",
        "E33": f"{len(answered)} antwoorden zeggen evenveel als {worth:.0f} losse",
    }


@pytest.fixture(scope="session")
def staff(
    employees: pd.DataFrame,
    enps: Callable[[str, str], Any],
    count: Callable[..., Any],
    printed: Callable[[float], str],
) -> dict[str, str]:
    """The figures of employees."""

    def change(unit: str) -> str:
        return f"{enps(unit, ZERO)[0]} → {enps(unit, WAVE)[0]}"

    def short(found: Any) -> str:
        return f"{printed(found.nps)} (n = {found.n})"

    now = employees[employees["quarter"] == WAVE]
    eldest = (now["Leeftijd"] == "50 jaar en ouder") & (now["Dienstjaren"] > 10)
    answered = now.groupby("unit")["enps"].count()
    everybody, people = enps("", WAVE)
    balance, silent = everybody.promoters - everybody.detractors, people - everybody.n
    extremes = [100 * (balance + each) / people for each in (-silent, silent)]
    small = sorted(answered[answered < 10].index, key=lambda unit: unit.split(" > ")[0] != "Klant")
    return {
        "E13": change(""),
        "E14": change("Klant > Service"),
        "E15": change("Klant > Service > Facturatie"),
        "E16": change("Klant > Service > Storingsdienst"),
        "E17": change("Techniek"),
        "E18": ", ".join(short(enps(unit, WAVE)[0]) for unit in NOORD),
        "E19": ", ".join(unit.split(" > ")[-1] for unit in small),
        "E20": " tegen ".join(short(count(now[chosen], column="enps")) for chosen in (eldest, ~eldest)),
        "E22": " → ".join(mean(employees.loc[employees["quarter"] == w, "werkgeluk"]) for w in (ZERO, WAVE)),
        "E32": " tot ".join(map(printed, extremes)),
    }


@pytest.fixture(scope="session")
def accounts(
    raw: Callable[[str], pd.DataFrame],
    workbook: pd.DataFrame,
    transactional: pd.DataFrame,
    relational: pd.DataFrame,
    employees: pd.DataFrame,
) -> dict[str, str]:
    """What became of every row: used + skipped + rejected + left out + duplicates + unfinished."""
    contact, waves = raw(EXPORTS), raw("relational.csv")
    measures = ["aanbeveling", "tevredenheid", "moeite"]
    used = (
        transactional[measures].notna().any(axis=1).sum(),
        relational[measures[:2]].notna().any(axis=1).sum(),
    )
    tests, ours = (contact["soort"] == "test").sum(), contact[contact["soort"] == "klant"]
    twice = ours["enquete_id"].duplicated().sum()
    unfinished = (ours.drop_duplicates("enquete_id", keep="last")["afgerond"] == "nee").sum()
    skipped = len(transactional) - used[0], len(relational) - used[1]
    rejected = len(contact) - unfinished - tests - twice - len(transactional)
    rows = {
        "klantcontact": (len(contact), used[0], skipped[0], rejected, tests, twice, unfinished),
        "relatieonderzoek": (len(waves), used[1], skipped[1], len(waves) - len(relational), 0, 0, 0),
        "medewerkersonderzoek": (len(workbook), len(employees), 0, len(workbook) - len(employees), 0, 0, 0),
    }
    lines = [f"{name} {read} = {' + '.join(map(str, parts))}" for name, (read, *parts) in rows.items()]
    return {"E23": "; ".join(lines)}


def mean(values: pd.Series) -> str:
    """A mean as Dutch readers see it."""
    return f"{decimal(values.mean())} (n = {values.count()})"


def decimal(value: float) -> str:
    """A number of one decimal as Dutch readers see it."""
    return f"{value:.1f}".replace(".", ",")


@pytest.fixture(scope="session")
def causes(employees: pd.DataFrame) -> dict[str, str]:
    """The answers to the questions about causes, in the last wave."""
    now = employees[employees["quarter"] == WAVE]
    answers = now[[*CAUSES]].apply(pd.to_numeric, errors="coerce").rename(columns=CAUSES)
    answers["resultaten"] = 11 - answers["resultaten"]
    eldest = (now["Leeftijd"] == "50 jaar en ouder") & (now["Dienstjaren"] > 10)
    service = now["unit"].str.startswith("Klant > Service > ")
    profile = [
        f"{name} {decimal(answers.loc[eldest, name].mean())} tegen {decimal(answers.loc[~eldest, name].mean())}"
        for name in ("waardering", "groei", "resultaten")
    ]
    return {
        "E26": ", ".join(profile),
        "E27": " tegen ".join(mean(answers.loc[chosen, "autonomie"]) for chosen in (service, ~service)),
    }


@pytest.fixture(scope="session")
def facts(raw: Callable[[str], pd.DataFrame], transactional: pd.DataFrame, params_file: Path) -> dict[str, str]:
    """What the files beside the surveys hold, and what the cumulative exports repeat."""
    stayed = raw("customers.csv").query("period == '2025'").set_index("customer_id")["retained"].eq("ja")
    until = transactional[transactional["quarter"].le("2025-Q4") & transactional["aanbeveling"].notna()]
    last = until.sort_values("enquete_id").drop_duplicates("klantnummer", keep="last").set_index("klantnummer")
    band = pd.cut(last["aanbeveling"], [-1, 6, 8, 10], labels=["critici", "neutralen", "promotors"])
    groups = [(name, stayed.reindex(band.index[band == name])) for name in ("promotors", "neutralen", "critici")]
    asked = raw("invitations.csv").astype({"sent": int, "bounced": int}).groupby("process")[["sent", "bounced"]].sum()
    exports = raw(EXPORTS)
    genuine = exports[exports["soort"] == "klant"].drop_duplicates("enquete_id", keep="last")
    rates = genuine.groupby("proces").size() / (asked["sent"] - asked["bounced"])
    turned = exports.assign(score=pd.to_numeric(exports["aanbeveling"], errors="coerce"))
    ends = turned.groupby(["enquete_id", "ingevuld_op"])["score"].agg(["min", "max"])
    register = pd.read_csv(params_file.parent / "improvements.csv", dtype=str, keep_default_na=False)
    late = register["closed"].eq("") & register["due"].le("2026-09-30")
    small, closed = register["type"].eq("small"), register["closed"].ne("")
    turns = ends["max"].sub(ends["min"]).gt(7).sum()
    return {
        "E28": ", ".join(f"{name} {stays.mean():.0%} (n = {stays.count()})" for name, stays in groups),
        "E29": ", ".join(f"{process} {rate:.0%}" for process, rate in rates.items()),
        "E30": f"{exports['enquete_id'].duplicated().sum()} herhaald, {turns} omgedraaid",
        "E31": f"{small.sum()} klein, {(~small).sum()} groot; {closed.sum()} afgerond, {late.sum()} te laat",
    }


@pytest.fixture(scope="session")
def found(
    cells: dict[str, str],
    whole: dict[str, str],
    staff: dict[str, str],
    accounts: dict[str, str],
    causes: dict[str, str],
    facts: dict[str, str],
) -> dict[str, str]:
    """Every figure that the files give, by truth."""
    return cells | whole | staff | accounts | causes | facts


@pytest.mark.parametrize("truth", TRUTHS)
def test_the_files_hold_each_documented_truth(truth: str, documentation: str, found: dict[str, str]) -> None:
    """The figure that the page promises is the figure that the files give."""
    row = re.search(rf"^\| {truth} \|.*\| (.+) \|$", documentation, flags=re.MULTILINE)

    assert row is not None
    assert found[truth] == row[1]


def test_every_documented_truth_is_tested(documentation: str) -> None:
    """No row of the table is left unchecked."""
    assert re.findall(r"^\| (E\d\d) \|", documentation, flags=re.MULTILINE) == TRUTHS


def test_a_cell_without_answers_has_no_row_of_any_kind(raw: Callable[[str], pd.DataFrame]) -> None:
    """Warmte × Aanmelden does not exist before 2025, not even unfinished or as a test."""
    rows = raw(EXPORTS)
    months = rows["ingevuld_op"].str[3:]
    chosen = rows["product"].eq("P03") & rows["proces"].eq("Aanmelden") & months.str.endswith("2024")

    assert not chosen.any()


def test_the_cell_to_hide_has_four_answers(transactional: pd.DataFrame) -> None:
    """Warmte × Storing stays below the minimum of 5 on every measure."""
    rows = transactional[transactional["product"].eq("Warmte") & transactional["proces"].eq("Storing")]

    assert list(rows.loc[rows["quarter"] == NOW, ["aanbeveling", "tevredenheid", "moeite"]].count()) == [
        4,
        4,
        4,
    ]


def test_one_cell_is_indicative_and_one_hidden(transactional: pd.DataFrame) -> None:
    """In the report's quarter one cell has 5–29 answers, one fewer than 5, the others 30 or more."""
    rows = transactional[transactional["quarter"] == NOW]
    sizes = rows.groupby(["product", "proces"])["aanbeveling"].count()

    assert list(sizes[sizes.between(5, 29)].index) == [("Warmte", "Facturatie")]
    assert list(sizes[sizes < 5].index) == [("Warmte", "Storing")]


def test_quarters_and_waves_have_realistic_sizes(
    transactional: pd.DataFrame, relational: pd.DataFrame, enps: Callable[[str, str], Any]
) -> None:
    """250–500 answers a quarter, about 400 a wave, 75–80% of the employees."""
    quarters = transactional.groupby("quarter")["aanbeveling"].count()
    waves = relational.groupby("quarter")["aanbeveling"].count()
    response = [enps("", wave)[0].n / enps("", wave)[1] for wave in (ZERO, WAVE)]

    assert list(quarters.index) == QUARTERS
    assert quarters.between(250, 500).all()
    assert list(waves.index) == ["2024-Q4", "2025-Q1", "2025-Q3", "2026-Q1", "2026-Q3"]
    assert waves.between(390, 410).all()
    assert all(0.75 <= share <= 0.80 for share in response)
    assert [enps("", wave)[1] for wave in (ZERO, WAVE)] == [420, 440]


def test_weights_leave_each_product_as_counted(relational: pd.DataFrame, count: Callable[..., Any]) -> None:
    """Within a product and wave the weighted score equals the plain one exactly: only the mix is weighted."""
    groups = [rows for _, rows in relational.groupby(["product", "quarter"])]

    assert [count(rows).nps for rows in groups] == [count(rows, weighted=True).nps for rows in groups]


def test_the_last_answer_falls_on_the_last_day(transactional: pd.DataFrame) -> None:
    """The answers complete the report's quarter, so it is the default period."""
    assert transactional["ingevuld_op"].iloc[-1] == "30-09-2026"
