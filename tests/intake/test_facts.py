"""The headcount table."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from helpers.errors import DataError
from helpers.intake.facts import read_headcount
from helpers.intake.people import People

HEAD = "unit;wave;employees\n"


def table(desk, text: str, **params: object) -> pd.DataFrame:
    """Return the headcount of a file with this text."""
    desk.write(HEAD + text, name="headcount.csv")
    return read_headcount("headcount.csv", desk.client(params=params))


def faults(desk, text: str) -> list[str]:
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
    found = read_headcount("headcount.xlsx", desk.client())
    assert found["period"].tolist() == ["2026", "2026-05"]
    assert found["employees"].tolist() == [12, 30]


def test_all_faults_are_told_by_row(desk) -> None:
    """One sentence each, in the order of the file."""
    text = "A;2026-Q1;12\nB;2026-Q5;3\nC;soon;0\nA;2026-Q1;13\n;2026;1,5\n*;2026;7\nD;2026\n"
    periods = "a period (2026, 2026-H1, 2026-Q3 or 2026-07) or a date"
    assert faults(desk, text) == [
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
    assert faults(desk, "A;03/04/2026;12\n")[0] == (
        "headcount.csv: column 'wave' can be read with the day or the month first (03/04/2026). "
        "Write year-month-day, such as 2026-12-31, or a period."
    )


def test_a_file_without_rows_and_without_columns(desk) -> None:
    """Both say what belongs in the file."""
    assert faults(desk, "") == ["headcount.csv: has column names but no rows. Write one row per unit and wave."]
    desk.write("unit;golf;employees\nA;2026;1\n", name="headcount.csv")
    with pytest.raises(DataError) as caught:
        read_headcount("headcount.csv", desk.client())
    assert caught.value.messages[0] == "headcount.csv: column 'wave' (wave) is not in the file."
