"""Columns found by name or place, and every fault of a header at once."""

from __future__ import annotations

import pytest

from helpers.errors import DataError
from helpers.intake.reading.readers import opened, places
from helpers.intake.reading.tables import Layout
from helpers.params.model import Position


def found(desk, header: str, **wanted: object) -> dict[str, int]:
    """Return the places of wanted columns under a header."""
    desk.write(header + "\n" + ",".join("x" for _ in header.split(",")) + "\n")
    file = opened("survey.csv", folder=desk.folder, layout=Layout())
    return places(wanted, file=file, written="survey.csv")


def faults(desk, header: str, **wanted: object) -> list[str]:
    """Return the messages about columns."""
    with pytest.raises(DataError) as caught:
        found(desk, header, **wanted)
    return list(caught.value.messages)


def test_a_column_is_named_or_placed(desk) -> None:
    """White space in a name does not count, and a place counts from 1."""
    wanted = {"nps": " How  likely?", "unit": Position(position=1), "again": "How likely?"}
    assert found(desk, ",id,How\u00a0likely? ", **wanted) == {"nps": 2, "unit": 0, "again": 2}


def test_all_absent_columns_are_listed_together(desk) -> None:
    """Each with the name that was probably meant, and at the end the names that there are."""
    assert faults(desk, "id,Score,datum,", nps="scoer", date="Datum", why="Toelichting", pos=Position(position=9)) == [
        "survey.csv: column 'scoer' (nps) is not in the file. Did you mean 'Score'?",
        "survey.csv: column 'Datum' (date) is not in the file. Did you mean 'datum'?",
        "survey.csv: column 'Toelichting' (why) is not in the file.",
        "survey.csv: position 9 (pos) is beyond the last column, 4. Correct it.",
        "survey.csv: the 4 columns are 'id', 'Score', 'datum'.",
    ]


def test_a_mapped_name_that_stands_twice_is_refused(desk) -> None:
    """Nobody knows which is meant; other doubles do no harm."""
    assert found(desk, "id,score,x,x", nps="score") == {"nps": 1}
    assert faults(desk, "score,id,score", nps="score")[0] == (
        "survey.csv: column 'score' (nps) stands in the file more than once, as columns 1 and 3. "
        "Name the one that is meant by its place: {position: 1} or {position: 3}."
    )


def test_a_long_list_of_columns_is_cut(desk) -> None:
    """Ninety questions do not fill the screen, nor does one question of a whole sentence."""
    header = ",".join(f"Q{number}" for number in range(50)) + "," + "a" * 60
    assert faults(desk, header, nps="zzz")[-1].endswith("'Q38', 'Q39' and 11 more.")
    assert f"'{'a' * 39}…'" in faults(desk, "a" * 60 + ",b", nps="zzz")[-1]


def test_a_name_that_is_part_of_a_joined_name_is_suggested(desk) -> None:
    """With several header rows the whole name is wanted."""
    desk.write("NPS,,CSAT\nScore,Why?,Score\n9,x,4\n")
    file = opened("survey.csv", folder=desk.folder, layout=Layout(header_rows=(1, 2)))
    assert places({"nps": "NPS | Score"}, file=file, written="survey.csv") == {"nps": 0}
    with pytest.raises(DataError) as caught:
        places({"nps": "Score", "why": "why?"}, file=file, written="survey.csv")
    assert caught.value.messages[:2] == (
        "survey.csv: column 'Score' (nps) is not in the file. Did you mean 'NPS | Score' or 'CSAT | Score'?",
        "survey.csv: column 'why?' (why) is not in the file. Did you mean 'NPS | Why?'?",
    )


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("Export\n\nid,score\n1,9\n", "row 3 holds every column that is named. Write header_rows: 3."),
        (",x\nid,score\n1,9\n", "row 2 holds every column that is named. Write header_rows: 2."),
    ],
)
def test_the_row_that_holds_the_names_is_suggested(desk, text: str, advice: str) -> None:
    """Titles above the column names are common in workbooks made by hand."""
    desk.write(text)
    file = opened("survey.csv", folder=desk.folder, layout=Layout(separator=","))
    with pytest.raises(DataError) as caught:
        places({"nps": "score", "id": "id"}, file=file, written="survey.csv")
    assert caught.value.messages[-1] == f"survey.csv: {advice}"


def test_a_title_above_the_column_names_is_told(desk) -> None:
    """Also where the names below it are not the ones that are wanted."""
    desk.write("Export van maart\n\nid,scores\n1,9\n")
    file = opened("survey.csv", folder=desk.folder, layout=Layout(separator=","))
    with pytest.raises(DataError) as caught:
        places({"nps": "score"}, file=file, written="survey.csv")
    assert caught.value.messages == (
        "survey.csv: column 'score' (nps) is not in the file.",
        "survey.csv: the 1 column is 'Export van maart'.",
        "survey.csv: row 3 looks like the column names. If it is, write header_rows: 3.",
    )


def test_two_rows_that_hold_the_names_are_suggested(desk) -> None:
    """A params file that uses joined names needs both rows."""
    assert faults(desk, "NPS\nScore", nps="NPS | Score")[-1] == (
        "survey.csv: rows 1 and 2 hold every column that is named. Write header_rows: [1, 2]."
    )


def test_a_blank_header_row_is_said(desk) -> None:
    """A list of no names helps nobody."""
    desk.write("\nid,score\n1,9\n")
    file = opened("survey.csv", folder=desk.folder, layout=Layout())
    with pytest.raises(DataError) as caught:
        places({"nps": "score"}, file=file, written="survey.csv")
    assert caught.value.messages == (
        "survey.csv: column 'score' (nps) is not in the file.",
        "survey.csv: row 1, where header_rows says that the column names are, is blank. Correct header_rows.",
        "survey.csv: row 2 holds every column that is named. Write header_rows: 2.",
    )


def test_a_file_without_answers_is_said_together_with_its_columns(desk) -> None:
    """Both faults at once: mending the columns alone would not help."""
    desk.write("id,scoer\n,\n")
    file = opened("survey.csv", folder=desk.folder, layout=Layout())
    with pytest.raises(DataError) as caught:
        places({"nps": "score"}, file=file, written="survey.csv")
    assert caught.value.messages == (
        "survey.csv: column 'score' (nps) is not in the file. Did you mean 'scoer'?",
        "survey.csv: the 2 columns are 'id', 'scoer'.",
        "survey.csv: has nothing below the column names either. Export the file again.",
    )


def test_a_workbook_with_macros_is_read_as_any_other(desk) -> None:
    """Only its cells are read; nothing in it is run."""
    desk.workbook([["id", "score"], [1, 9]], name="survey.xlsm")
    file = opened("survey.xlsm", folder=desk.folder, layout=Layout())
    assert (file.recognised["kind"], file.cells([1]).text(1).to_pylist()) == ("XLSX", ["9"])
