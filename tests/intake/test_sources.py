"""Several files of one source: read as one, judged together, and each row still found in its own file."""

from __future__ import annotations

import hashlib

import pandas as pd
import pytest

from helpers.intake.responses import read

MONTHS = {"path": ["jan.csv", "feb.csv"]}
BY_DAY = MONTHS | {"wave": None, "columns": {"date": "dag"}}


def test_the_rows_of_all_files_stand_below_each_other(desk) -> None:
    """In the order of the files, each with its own columns' places."""
    desk.write("score,p\n9,S\n8,G\n", name="jan.csv")
    desk.write("p;score\nS;7\nW;6\n", name="feb.csv")
    found = read(desk.client(**MONTHS, dimensions={"product": "p"}))
    assert found.responses["measure.nps"].tolist() == [9, 8, 7, 6]
    assert found.responses["dimension.product"].tolist() == ["S", "G", "S", "W"]
    assert list(found.responses["dimension.product"].cat.categories) == ["G", "S", "W"]
    assert found.summary.loc[0, ["read", "used"]].tolist() == [4, 4]


def test_a_pattern_means_every_file_that_fits(desk) -> None:
    """Quarter 10 after quarter 9."""
    for number in (10, 9):
        desk.write(f"score\n{number}\n", name=f"q{number}.csv")
    found = read(desk.client(path="q*.csv"))
    assert found.responses["measure.nps"].tolist() == [9, 10]
    assert found.summary.loc[0, "file"] == "q9.csv … q10.csv"


def test_every_file_is_accounted_for(desk) -> None:
    """Name, hash, rows and how it is written; the summary has the hashes too."""
    texts = {"jan.csv": "score,p\n9,S\n8,G\n,\n", "feb.csv": "p;score\nS;7\n"}
    for name, text in texts.items():
        desk.write(text, name=name)
    found = read(desk.client(**MONTHS, label="Klanten"))
    hashes = [hashlib.sha256(text.encode()).hexdigest() for text in texts.values()]
    assert found.files.to_dict("list") == {
        "source": ["survey", "survey"],
        "file": ["jan.csv", "feb.csv"],
        "sha256": hashes,
        "read": [2, 1],
        "kind": ["CSV", "CSV"],
        "sheet": ["", ""],
        "encoding": ["utf-8", "utf-8"],
        "separator": ["comma", "semicolon"],
        "header_rows": ["1", "1"],
    }
    about = found.summary.loc[0, ["label", "file", "sha256", "files"]].tolist()
    assert about == ["Klanten", "jan.csv … feb.csv", "", tuple(zip(texts, hashes, strict=True))]


def test_every_column_is_accounted_for(desk) -> None:
    """What it became, or that it was not used; a column of two keys has both; names of later files come last."""
    desk.write("score,,x,p,p\n9,1,1,S,1\n", name="jan.csv")
    desk.write("y,score,x,p,p,z\n1,9,1,1,S,1\n", name="feb.csv")
    source = {"dimensions": {"product": {"position": 4}}, "keep_where": {"x": "1"}, "segments": {"kind": "x"}}
    found = read(desk.client(**MONTHS, **source)).columns
    assert found.to_dict("split")["data"] == [
        ["survey", "score", "measures.nps"],
        ["survey", "column 2", ""],
        ["survey", "x", "segments.kind, keep_where.x"],
        ["survey", "p", "dimensions.product"],
        ["survey", "p", ""],
        ["survey", "y", ""],
        ["survey", "z", ""],
    ]


def test_dates_of_all_files_have_one_order(desk) -> None:
    """What January leaves open, February settles; and what they disagree on is a fault."""
    desk.write("score,dag\n9,02/01/2026\n", name="jan.csv")
    desk.write("score,dag\n9,28/02/2026\n", name="feb.csv")
    days = read(desk.client(**BY_DAY)).responses["date"].tolist()
    assert days == [pd.Timestamp("2026-01-02"), pd.Timestamp("2026-02-28")]
    desk.write("score,dag\n9,01/13/2026\n", name="jan.csv")
    assert desk.faults(**BY_DAY) == [
        "sources.survey (2 files, jan.csv … feb.csv): column 'dag' holds dates with the day first (28/02/2026) and "
        'with the month first (01/13/2026). Declare how its dates are written, such as date_format: "%d/%m/%Y" or '
        '"%m/%d/%Y".'
    ]


def test_the_decimal_sign_is_told_from_all_files(desk) -> None:
    """1,234 in one file is a decimal comma because the other holds 0,5."""
    weighted = MONTHS | {"columns": {"weight": "w"}, "separator": ";"}
    desk.write("score;w\n9;1,234\n", name="jan.csv")
    desk.write("score;w\n9;0,5\n", name="feb.csv")
    assert read(desk.client(**weighted)).responses["weight"].tolist() == [1.234, 0.5]
    desk.write("score;w\n9;2\n", name="feb.csv")
    assert desk.faults(**weighted) == [
        "sources.survey (2 files, jan.csv … feb.csv): column 'w' can be read as thousands or as decimals (1,234). "
        'Declare the decimal sign of the file: decimal: "," or decimal: ".".'
    ]


def test_a_column_that_one_file_lacks_names_that_file(desk) -> None:
    """The faults of all files come together."""
    desk.write("score\n9\n", name="jan.csv")
    desk.write("Score\n9\n", name="feb.csv")
    faults = desk.faults(path=["jan.csv", "feb.csv", "mrt.csv"])
    assert faults == ["mrt.csv: the file does not exist. Its folder holds 'feb.csv', 'jan.csv'."]
    assert desk.faults(**MONTHS) == [
        "feb.csv: column 'score' (measures.nps) is not in the file. Did you mean 'Score'?",
        "feb.csv: the 1 column is 'Score'.",
    ]


def test_a_file_without_answers_among_others_is_refused(desk) -> None:
    """A month that is missing must not go unseen."""
    desk.write("score\n9\n", name="jan.csv")
    desk.write("score\n", name="feb.csv")
    assert desk.faults(**MONTHS) == [
        "feb.csv: has column names but no answers: there are no rows, or every cell that is used is blank. "
        "Export the answers again, or take the file out."
    ]


def test_files_of_a_source_are_of_one_kind(desk) -> None:
    """A workbook writes its numbers and dates in its own way."""
    desk.write("score\n9\n", name="jan.csv")
    desk.workbook([["score"], [9]], name="feb.xlsx")
    assert desk.faults(path=["jan.csv", "feb.xlsx"]) == [
        "feb.xlsx: is a workbook, and jan.csv of the same source is text; numbers and dates are written differently "
        "in the two. Save all files of a source as one kind, or make two sources of them."
    ]


def test_rejected_values_are_found_in_their_own_file(desk) -> None:
    """By the file's name and its own row numbers; a row of another width too."""
    desk.write("score,p\n9,S\n11,S\n", name="jan.csv")
    desk.write("score,p,q\n9,S,1\n9,S\n8,S,1\nx,S,1\n", name="feb.csv")
    found = read(desk.client(**MONTHS, max_rejected="60%")).rejected
    assert found.drop(columns="source").to_numpy().tolist() == [
        ["jan.csv", 3, "score", "11", "off_scale"],
        ["feb.csv", 3, "", "2 cells", "ragged_row"],
        ["feb.csv", 5, "score", "x", "not_a_number"],
    ]
    assert desk.faults(**MONTHS) == [
        "sources.survey (2 files, jan.csv … feb.csv): 3 of 6 rows rejected (50%, max_rejected is 5%): jan.csv row 3 "
        "score 11 (off the scale); feb.csv row 3 with 2 cells under a header of 3; feb.csv row 5 score 'x' (not a "
        "number). Correct the answers in 'score' or its scale; answers that mean no answer belong in no_answer."
    ]


def test_files_of_one_name_are_told_apart_by_their_folders(desk) -> None:
    """answers.csv of two years."""
    for year in ("2025", "2026"):
        (desk.folder / year).mkdir()
        desk.write("score\n9\n", name=f"{year}/answers.csv")
    found = read(desk.client(path="*/answers.csv")).files
    assert found["file"].tolist() == ["2025/answers.csv", "2026/answers.csv"]


@pytest.mark.parametrize("names", [["b.csv", "a.csv"], ["a.csv", "b.csv"]])
def test_files_are_read_in_the_order_listed(desk, names: list[str]) -> None:
    """A list is in the user's order."""
    desk.write("score\n1\n", name="a.csv")
    desk.write("score\n2\n", name="b.csv")
    expected = [{"a.csv": 1, "b.csv": 2}[name] for name in names]
    assert read(desk.client(path=names)).responses["measure.nps"].tolist() == expected
