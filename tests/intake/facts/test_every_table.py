"""The headcount table, and all facts tables of a client together."""

from __future__ import annotations

import datetime as dt
import hashlib
import subprocess
import sys

import pandas as pd
import pytest

from helpers.errors import DataError
from helpers.intake import facts
from helpers.intake.facts import Facts
from helpers.intake.facts.people import People

HEAD = "unit;wave;employees\n"


def table(desk, text: str, **params: object) -> pd.DataFrame:
    """Return the headcount of a file with this text."""
    desk.write(HEAD + text, name="headcount.csv")
    return headcount(desk, "headcount.csv", **params)


def headcount(desk, path: str, **params: object) -> pd.DataFrame:
    """Return the headcount of a file."""
    found, _ = facts.read(desk.client(params={"tables": {"headcount": path}} | params), responses=None)
    assert found.headcount is not None
    return found.headcount


def refused(desk, text: str) -> list[str]:
    """Return the messages about a file with this text."""
    with pytest.raises(DataError) as caught:
        table(desk, text)
    return list(caught.value.messages)


def test_units_are_paths_and_waves_periods(desk) -> None:
    """A person writes > or /, a blank or * for the whole, and a period or a date."""
    found = table(desk, "Klant > Service;2026-Q1;12\nKlant / Verkoop;2026;8\n*;2026-03-31;40\n;31-12-2025;38\n")
    assert found.to_dict("list") == {
        "unit": ["Klant › Service", "Klant › Verkoop", "", ""],
        "period": ["2026-Q1", "2026", "2026-03", "2025-12"],
        "employees": [12, 8, 40, 38],
    }
    assert found.dtypes.astype(str).tolist() == ["str", "str", "int64"]


def test_the_table_is_what_people_adds_up(desk) -> None:
    """The headcount of a wave is found by the period in which the wave's answers fall."""
    client = desk.client()
    found = table(desk, "Klant > Noord;2026-03-15;12\nKlant > Zuid;2026-Q1;8\nICT;2025-Q4;5\n")
    people = People.at(found, client.params.period("2026-Q1"))
    assert (people.total("Klant"), people.total("ICT")) == (20, None)


def test_a_workbook_will_do(desk) -> None:
    """Years and numbers are cells there, dates too."""
    rows = [["unit", "wave", "employees"], ["Klant", 2026, 12], [None, dt.date(2026, 5, 1), 30]]
    desk.workbook(rows, name="headcount.xlsx")
    found = headcount(desk, "headcount.xlsx")
    assert found["period"].tolist() == ["2026", "2026-05"]
    assert found["employees"].tolist() == [12, 30]


def test_all_faults_are_told_by_row(desk) -> None:
    """One sentence each, in the order of the file."""
    text = "A;2026-Q1;12\nB;2026-Q5;3\nC;soon;0\nA;2026-Q1;13\n;2026;1,5\n*;2026;7\nD;2026\n"
    periods = "a period (2026, 2026-H1, 2026-Q3 or 2026-07) or a date"
    assert refused(desk, text) == [
        f"headcount.csv: row 3 wave '2026-Q5' is not {periods}. Correct it.",
        "headcount.csv: row 4 employees 0 is not a whole number above 0. Correct it.",
        f"headcount.csv: row 4 wave 'soon' is not {periods}. Correct it.",
        "headcount.csv: row 5 repeats unit 'A' in the wave of row 2. Keep one of them.",
        "headcount.csv: row 6 employees 1,5 is not a whole number above 0. Correct it.",
        "headcount.csv: row 7 repeats the whole organisation in the wave of row 6. Keep one of them.",
        "headcount.csv: row 8 has 2 cells under a header of 3. Correct it.",
    ]


def test_dates_that_could_be_either_are_refused(desk) -> None:
    """The advice is a way of writing that has one meaning."""
    assert refused(desk, "A;03/04/2026;12\n")[0] == (
        "headcount.csv: column 'wave' can be read with the day or the month first (03/04/2026). "
        "Write year-month-day, such as 2026-12-31, or a period."
    )


def test_a_file_without_rows_and_without_columns(desk) -> None:
    """Both say what belongs in the file."""
    assert refused(desk, "") == ["headcount.csv: has column names but no rows. Write one row per unit and wave."]
    desk.write("unit;golf;employees\nA;2026;1\n", name="headcount.csv")
    with pytest.raises(DataError) as caught:
        headcount(desk, "headcount.csv")
    assert caught.value.messages[0] == "headcount.csv: column 'wave' (wave) is not in the file."


def test_a_client_without_facts(desk) -> None:
    """There are no tables, no files, and no wait for what checks them."""
    found, files = facts.read(desk.client(), responses=None)
    assert found == Facts()
    assert (len(files), list(files)) == (0, list(facts.FILES))


def test_what_checks_tables_is_loaded_for_tables_only() -> None:
    """Loading pandera takes as long as reading a survey."""
    script = (
        "import sys; from helpers.intake import facts; from helpers.params import Client, Params;"
        "measures = {'nps': {'column': 'a', 'scale': '0-10'}};"
        "survey = {'path': 'a.csv', 'audience': 'customer', 'measurement': 'relational', 'measures': measures,"
        " 'wave': '2026'};"
        "params = Params.model_validate({'organisation': {'name': 'A'}, 'sources': {'s': survey}});"
        "facts.read(Client(key='a', folder=None, params=params), responses=None);"
        "print('pandera' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_tables_and_files_of_a_client(desk) -> None:
    """Each table has its own place, each file its row, and columns that are no part of a table are named."""
    text = "unit;wave;employees;remark\nA;2026;3;x\n"
    desk.write(text, name="headcount.csv")
    desk.workbook([["id", "opened", "type", "owner"], [1, dt.date(2026, 1, 2), "klein", "Bo"]], name="register.xlsx")
    desk.write("period\tsent\n2026\t9\n2025\t8\n", name="invited.tsv")
    params = {"tables": {"headcount": "headcount.csv"}, "improvements": "register.xlsx"}
    found, files = facts.read(desk.client(params=params, invited="invited.tsv"), responses=None)
    assert found.headcount is not None
    assert found.improvements is not None
    assert found.customers is None
    assert found.invitations["survey"]["sent"].tolist() == [9, 8]
    assert found.not_used == {"tables.headcount": ("remark",)}
    assert list(files) == list(facts.FILES)
    assert files[["source", "file", "read"]].to_numpy().tolist() == [
        ["tables.headcount", "headcount.csv", 1],
        ["improvements", "register.xlsx", 1],
        ["sources.survey.invited", "invited.tsv", 2],
    ]
    assert files["sha256"].iloc[0] == hashlib.sha256(text.encode()).hexdigest()
    assert files["sheet"].fillna("").tolist()[1] == "Data"


def test_the_faults_of_all_tables_come_together(desk) -> None:
    """Absent files, absent columns and cells, in the order in which the params name the tables."""
    desk.write(HEAD + "A;2026;0\n", name="headcount.csv")
    desk.write("team,member,start\nX,Y,2026-01-01\n", name="teams.csv")
    params = {"tables": {"headcount": "headcount.csv", "teams": "teams.csv"}, "improvements": "register.csv"}
    with pytest.raises(DataError) as caught:
        facts.read(desk.client(params=params), responses=None)
    assert caught.value.exit_code == 2
    assert list(caught.value.messages) == [
        "headcount.csv: row 2 employees 0 is not a whole number above 0. Correct it.",
        "teams.csv: column 'unit' (unit) is not in the file.",
        "teams.csv: the 3 columns are 'team', 'member', 'start'.",
        "register.csv: the file does not exist. Its folder holds 'headcount.csv', 'teams.csv'.",
    ]
