"""Duplicates within a file and over several: which row stands for a response, and what the others count as."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from helpers.intake.classes import CLASSES
from helpers.intake.responses import read
from helpers.params import Client, Params

IDS = {"columns": {"response_id": "id"}}
CUMULATIVE = {
    "jan.csv": "id,score\n1,9\n2,11\n3,8\n",
    "feb.csv": "id,score\n1,9\n2,11\n3,5\n4,7\n",
    "mrt.csv": "id,score\n1,9\n2,11\n4,7\n5,10\n5,9\n",
}


@pytest.fixture
def cumulative(desk):
    """Return a folder with three exports, each of which holds the one before it again; 3 was deleted in March."""
    for name, text in CUMULATIVE.items():
        desk.write(text, name=name)
    return desk


def found(desk, **survey: object) -> tuple[list[tuple[str, float]], dict[str, int]]:
    """Return number and score of the responses, and the counts that are not 0."""
    intake = read(desk.client(path=["jan.csv", "feb.csv", "mrt.csv"], max_rejected="50%", **survey))
    answers = intake.responses[["response_id", "measure.nps"]]
    counts = {name: int(count) for name, count in intake.summary.loc[0, ["read", *CLASSES]].items() if count}
    return list(answers.itertuples(index=False, name=None)), counts


def test_of_cumulative_files_the_last_stands(cumulative) -> None:
    """12 rows: 1, 2 and 4 are in a later file again, 3 once, and of 5 the last row; faulty 2 is rejected once."""
    answers, counts = found(cumulative, **IDS, duplicates="latest")
    assert answers == [("3", 5), ("1", 9), ("4", 7), ("5", 9)]
    assert counts == {"read": 12, "used": 4, "rejected": 1, "duplicates": 7}


def test_or_the_first_stands(cumulative) -> None:
    """3 keeps its January answer, 5 its first row."""
    answers, counts = found(cumulative, **IDS, duplicates="first")
    assert answers == [("1", 9), ("3", 8), ("4", 7), ("5", 10)]
    assert counts == {"read": 12, "used": 4, "rejected": 1, "duplicates": 7}


def test_or_all_are_kept(cumulative) -> None:
    """Nine answers, three of them faulty."""
    answers, counts = found(cumulative, **IDS, duplicates="keep")
    assert len(answers) == 9
    assert counts == {"read": 12, "used": 9, "rejected": 3}


def test_or_the_files_are_refused_by_file_and_row(cumulative) -> None:
    """A row that is rejected anyway is not told."""
    faults = cumulative.faults(path=["jan.csv", "feb.csv", "mrt.csv"], max_rejected="50%", **IDS)
    assert faults == [
        "sources.survey (3 files, jan.csv … mrt.csv): 4 response numbers occur more than once: 1 in jan.csv row 2, "
        "feb.csv row 2, mrt.csv row 2; 3 in jan.csv row 4, feb.csv row 4; 4 in feb.csv row 5, mrt.csv row 4; 5 in "
        "mrt.csv row 5, mrt.csv row 6. Correct the export, or choose duplicates: first, latest or keep."
    ]


def test_equal_rows_are_one_answer_within_and_over_files(cumulative) -> None:
    """Of 12 rows 1, 2 and 4 repeat: 5 doubles; the two rows of 3 and of 5 differ in their score."""
    answers, counts = found(cumulative, duplicates="exact_rows")
    assert counts == {"read": 12, "used": 6, "rejected": 1, "duplicates": 5}
    assert [score for _, score in answers] == [9, 8, 5, 7, 10, 9]


def test_rows_are_equal_only_if_they_are_in_every_column(desk) -> None:
    """A column that is not mapped tells people apart too; blanks around a cell do not."""
    counts = desk.counts("score,who\n9,a\n9,b\n9 ,a\n8,a\n,\n", duplicates="exact_rows")
    assert counts == {"read": 4, "used": 3, "duplicates": 1}


def test_a_finished_answer_goes_before_an_unfinished_one(desk) -> None:
    """Whichever file it is in; where none is finished there is one unfinished row."""
    desk.write("id,ok,score\n1,no,1\n2,yes,2\n3,no,3\n", name="jan.csv")
    desk.write("id,ok,score\n1,yes,4\n2,no,5\n3,no,6\n", name="feb.csv")
    columns = {"response_id": "id", "finished": "ok"}
    for choice in ("first", "latest"):
        intake = read(desk.client(path=["jan.csv", "feb.csv"], columns=columns, duplicates=choice))
        assert sorted(intake.responses["measure.nps"]) == [2, 4]
        assert intake.summary.loc[0, ["used", "unfinished", "duplicates"]].tolist() == [2, 1, 3]


def test_a_row_of_another_survey_supersedes_nothing(desk) -> None:
    """In a long format one number has a row per question."""
    desk.write("id,q,score\n1,a,9\n", name="jan.csv")
    desk.write("id,q,score\n1,b,3\n2,a,8\n", name="feb.csv")
    intake = read(desk.client(path=["jan.csv", "feb.csv"], keep_where={"q": "a"}, duplicates="latest", **IDS))
    assert intake.responses["measure.nps"].tolist() == [9, 8]
    assert intake.summary.loc[0, "left_out"] == 1


def test_superseded_rows_are_not_in_the_share_of_rejected_ones(desk) -> None:
    """2 of 3 people, not 2 of 6 rows."""
    for name in ("jan.csv", "feb.csv"):
        desk.write("id,score\n1,9\n2,99\n3,98\n", name=name)
    (fault,) = desk.faults(path=["jan.csv", "feb.csv"], duplicates="latest", **IDS)
    assert "2 of 3 rows rejected (66.7%, max_rejected is 5%): feb.csv row 3 score 99 (off the scale);" in fault


ROW = st.tuples(st.sampled_from(["1", "2", ""]), st.sampled_from(["A", "B"]), st.sampled_from(["9", "", "11"]))


@given(
    parts=st.lists(st.lists(ROW, min_size=1, max_size=5), min_size=1, max_size=3),
    duplicates=st.sampled_from(["first", "latest", "keep"]),
)
def test_the_classes_add_up_over_files(parts, duplicates: str, tmp_path_factory) -> None:
    """Whatever repeats in whichever file, every row has one class, and no number is answered twice."""
    assume(duplicates == "keep" or len(parts) == 1 or all(row[0] for rows in parts for row in rows))
    folder = tmp_path_factory.mktemp("files")
    for number, rows in enumerate(parts):
        lines = ["id,org,score", *(",".join(row) for row in rows), f"last{number},A,9"]
        (folder / f"{number}.csv").write_text("\n".join(lines), encoding="utf-8")
    source = {
        "path": "*.csv", "audience": "customer", "measurement": "relational", "wave": "2026",
        "measures": {"nps": {"column": "score", "scale": "0-10"}}, "columns": {"response_id": "id"},
        "keep_where": {"org": "A"}, "duplicates": duplicates, "max_rejected": "100%",
    }  # fmt: skip
    params = Params.model_validate({"organisation": {"name": "Acme"}, "sources": {"survey": source}})
    intake = read(Client("acme", folder, params))
    counts = intake.summary.loc[0]
    assert counts["read"] == sum(map(len, parts)) + len(parts) == intake.files["read"].sum()
    assert counts[list(CLASSES)].sum() == counts["read"]
    ids = intake.responses["response_id"].dropna()
    assert duplicates == "keep" or ids.is_unique


@pytest.mark.parametrize(("ids", "responses"), [(("1", "1.0", " 1 "), ["1"]), (("3", "003", "3,0"), ["3", "003"])])
def test_an_id_that_a_program_wrote_with_a_point_is_the_same_id(desk, ids: tuple[str, ...], responses: list) -> None:
    """1, 1.0 and 1 between blanks are one response; leading zeros make another one."""
    text = "id;score\n" + "".join(f"{number};9\n" for number in ids)
    found = desk.read(text, duplicates="first", **IDS)
    assert found.responses["response_id"].tolist() == responses
    assert found.summary.loc[0, ["read", "used", "duplicates"]].tolist() == [3, len(responses), 3 - len(responses)]


@pytest.mark.parametrize("duplicates", ["refuse", "first", "latest"])
def test_rows_of_several_files_need_a_response_number(desk, duplicates: str) -> None:
    """A cumulative export would count them twice, and nothing would tell."""
    desk.write("id,score\n1,9\n,8\n", name="jan.csv")
    desk.write("id,score\n2,7\n,8\n,\n,6\n,11\n", name="feb.csv")
    files = {"path": ["jan.csv", "feb.csv"], "max_rejected": "50%", **IDS}
    assert desk.faults(**files, duplicates=duplicates) == [
        "sources.survey (2 files, jan.csv … feb.csv): 3 rows have no response number (jan.csv row 3, feb.csv row 3, "
        "feb.csv row 5), so an answer repeated in two files would count twice. Fill them in, or choose duplicates: "
        "keep."
    ]
    assert len(read(desk.client(**files, duplicates="keep")).responses) == 5
    assert desk.counts("id,score\n1,9\n,8\n,8\n", duplicates=duplicates, **IDS) == {"read": 3, "used": 3}


def test_equal_rows_are_found_whatever_the_order_of_the_columns(desk) -> None:
    """Columns are compared by name; a file with other columns repeats nothing."""
    desk.write("score,why\n9,x\n8,y\n", name="jan.csv")
    desk.write("why,score\nx,9\nz,7\n", name="feb.csv")
    desk.write("score,who\n9,x\n", name="mrt.csv")
    _, counts = found(desk, duplicates="exact_rows")
    assert counts == {"read": 5, "used": 4, "duplicates": 1}
