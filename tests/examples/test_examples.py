"""Generating the examples: which files, the same bytes each time, and what their first rows look like."""

from __future__ import annotations

import hashlib
import itertools
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from helpers import examples
from helpers.errors import InfrastructureError

CLIENT = "voorbeeld-energie"
EXPORTS = "transactional-*.csv"
MONTHS = [
    *(f"2024-{month}" for month in (10, 11, 12)),
    *(f"2025-{month:02d}" for month in range(1, 13)),
    *(f"2026-{month:02d}" for month in range(1, 10)),
]
NAMES = {
    "voorbeeld-energie": [
        *(f"transactional-{month}.csv" for month in MONTHS),
        *("relational.csv", "employees-2024.xlsx", "employees-2025.xlsx"),
        *("headcount.csv", "invitations.csv", "customers.csv"),
    ],
    "voorbeeld-gemeente": ["terminals.txt", "indicators.csv"],
    "voorbeeld-klantcontact": [
        *("gesprekken-2025.csv", "gesprekken-2026.csv", "medewerkers.csv", "headcount.csv", "indicators.csv"),
    ],
    "example-insurer": ["relationship.xlsx", "claims.csv"],
}


def digests(folder: Path) -> dict[str, str]:
    """The hash of each file of every client."""
    files = sorted(path for path in (folder / "examples").rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_every_file_is_written_where_the_params_look_for_it(tmp_path: Path) -> None:
    """The paths come back in the order of writing, client by client, and nothing else is written."""
    written = examples.generate(tmp_path / "data")

    expected = [tmp_path / "data" / "examples" / client / name for client, names in NAMES.items() for name in names]
    assert expected == written
    assert sorted(expected) == sorted(path for path in (tmp_path / "data").rglob("*") if path.is_file())


def test_two_generations_give_equal_bytes(tmp_path: Path, folder: Path) -> None:
    """Once more, in another process, zone, folder and hash order: the same files."""
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    code = "import sys, pathlib, helpers.examples as e; e.generate(pathlib.Path(sys.argv[1]))"

    subprocess.run([sys.executable, "-c", code, str(tmp_path)], env=environment, cwd=tmp_path, check=True)

    assert digests(folder.parents[1]) == digests(tmp_path)


def test_a_second_generation_replaces_the_first(tmp_path: Path) -> None:
    """A file that was changed by hand is put right again."""
    path = examples.generate(tmp_path)[0]
    before = path.read_bytes()
    path.write_text("changed", encoding="utf-8")

    examples.generate(tmp_path)

    assert before == path.read_bytes()


def test_a_folder_that_cannot_be_written_is_one_message(tmp_path: Path) -> None:
    """A plain file stands in the way of the folder."""
    (tmp_path / "examples").write_text("", encoding="utf-8")

    with pytest.raises(InfrastructureError) as fault:
        examples.generate(tmp_path)

    cause = fault.value.__cause__
    assert isinstance(cause, OSError)
    assert (
        f"{tmp_path / 'examples' / CLIENT}: the example data cannot be written ({cause.strerror}). "
        "Make the folder writable or give another data folder."
    ) == str(fault.value)


def test_the_first_rows_of_the_contact_survey(folder: Path) -> None:
    """A Dutch export: byte order mark, semicolons, dd-mm-jjjj, Windows line ends."""
    lines = (folder / "transactional-2024-12.csv").read_bytes().split(b"\r\n")

    assert [line.decode() for line in lines[:2]] == [
        "\ufeffenquete_id;ingevuld_op;contact_op;klantnummer;product;proces;contactmoment;kanaal;wachttijd_min;"
        "klant_jaren;afgerond;soort;aanbeveling;tevredenheid;moeite;reden;toelichting",
        "T00001;01-10-2024;01-10-2024;K11029;P01;Facturatie;Jaarafrekening;TEL;10,8;1;ja;klant;7;8;3;;",
    ]
    assert lines[-1] == b""


def test_waiting_times_carry_a_decimal_comma(raw: Callable[[str], pd.DataFrame]) -> None:
    """Where a decimal occurs, it is written as the Dutch do; who did not wait has none."""
    waiting = raw(EXPORTS)["wachttijd_min"]

    assert waiting.str.fullmatch(r"\d{1,2},\d|").all()
    assert {True, False} == set(waiting.eq(""))


def test_the_first_rows_of_the_relational_survey(folder: Path) -> None:
    """An international export: commas, ISO dates, decimal point, no byte order mark."""
    lines = (folder / "relational.csv").read_text(encoding="utf-8").splitlines()

    assert lines[:2] == [
        "respondent,ingevuld_op,product,aanbeveling,tevredenheid,leeftijd,regio,klant_jaren,weging,toelichting",
        "R0001,2024-11-11,P02,7,7,3,Noord,1,0.875,",
    ]


def test_the_first_rows_of_the_headcount(folder: Path) -> None:
    """Teams only, each with its whole path, in the order of the organisation chart."""
    lines = (folder / "headcount.csv").read_text(encoding="utf-8").splitlines()

    assert lines[:2] == ["unit,wave,employees", "Klant > Service > Klantcontact > Noord,2024-Q4,26"]
    assert len(lines) == 1 + 2 * 24


def test_the_workbook_has_its_header_below_a_title(folder: Path) -> None:
    """One workbook a year: two rows of title, the header on row 3, dates as dates."""
    rows = pd.read_excel(folder / "employees-2024.xlsx", sheet_name="Antwoorden", header=None, engine="calamine")

    assert list(rows.iloc[:3, 0]) == ["Medewerkersonderzoek Voorbeeld Energie 2024", "Vertrouwelijk", "Respondent"]
    assert [rows.iloc[3, 0], f"{rows.iloc[3, 1]:%Y-%m-%d}"] == ["M0001", "2024-11-04"]


def test_few_rows_are_faulty(raw: Callable[[str], pd.DataFrame], transactional: pd.DataFrame) -> None:
    """A handful is to be rejected, well below the 5% at which a file is refused."""
    rows = raw(EXPORTS)
    meant = rows[rows["afgerond"].eq("ja") & rows["soort"].eq("klant")].drop_duplicates("enquete_id", keep="last")
    faulty = meant[~meant["enquete_id"].isin(transactional["enquete_id"])]

    assert {"11", "-1", "negen"} <= set(faulty["aanbeveling"])
    assert [day for day in faulty["ingevuld_op"] if day.startswith("31-02")] == ["31-02-2026"]
    assert len(faulty) == 8


def test_what_was_sent_twice_counts_the_second_time(raw: Callable[[str], pd.DataFrame]) -> None:
    """Both rows carry one number; the later one stands later in the file and has the later date."""
    rows = raw(EXPORTS).drop_duplicates(["enquete_id", "ingevuld_op"])
    pairs = rows[rows["enquete_id"].duplicated(keep=False)].groupby("enquete_id")
    dates = [pd.to_datetime(pair["ingevuld_op"], format="%d-%m-%Y") for _, pair in pairs]

    assert len(dates) == 5
    assert all(len(pair) == 2 and pair.is_monotonic_increasing and pair.is_unique for pair in dates)


def test_an_export_repeats_its_year(raw: Callable[[str], pd.DataFrame]) -> None:
    """Each holds every row of the one before in its year, in the same order; only a turned score differs."""
    for before, after in itertools.pairwise(MONTHS):
        earlier, later = (raw(f"transactional-{month}.csv").drop(columns="aanbeveling") for month in (before, after))
        if before[:4] == after[:4]:
            assert earlier.equals(later.head(len(earlier)))
            assert len(later) > len(earlier)
        else:
            assert set(earlier["enquete_id"]).isdisjoint(later["enquete_id"])


def test_more_were_reached_than_answered(raw: Callable[[str], pd.DataFrame], transactional: pd.DataFrame) -> None:
    """In each quarter, product and process."""
    asked = raw("invitations.csv").astype({"sent": int, "bounced": int})
    asked = asked.set_index(["period", "product", "process"])
    answered = transactional.groupby(["quarter", "product", "proces"]).size()

    assert set(answered.index) == set(asked.index)
    assert (asked["sent"] - asked["bounced"] > answered.reindex(asked.index)).all()


def test_who_left_was_not_heard_of_again(raw: Callable[[str], pd.DataFrame], transactional: pd.DataFrame) -> None:
    """A customer who left in 2025 answers nothing in 2026, and who brought another in is a customer."""
    customers = raw("customers.csv")
    gone = customers.loc[customers["retained"] == "nee", "customer_id"]
    heard = transactional.loc[transactional["quarter"] >= "2026", "klantnummer"]

    assert len(gone) > 100
    assert set(gone).isdisjoint(heard)
    assert set(customers["referred_by"]) - {""} <= set(customers["customer_id"])
    assert not customers.duplicated(["customer_id", "period"]).any()


def test_a_remark_is_not_repeated_within_a_quarter(transactional: pd.DataFrame) -> None:
    """Quotes in a report should not read like copies."""
    said = transactional[transactional["toelichting"] != ""]

    assert not said.duplicated(["quarter", "toelichting"]).any()
    assert len(said) > 100
