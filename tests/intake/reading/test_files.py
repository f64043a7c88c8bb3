"""Finding files by path and by pattern."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.errors import DataError
from helpers.intake.reading.files import located, matching
from helpers.intake.reading.inspection import inspected


def fault(written: str, folder: Path) -> str:
    """Return the message with which a file is not found or not read."""
    with pytest.raises(DataError) as caught:
        inspected(located(written, folder=folder), written=written)
    return str(caught.value)


def test_a_missing_file_names_the_one_that_was_probably_meant(desk) -> None:
    """A typing error in a path is the commonest fault; the folder's own names mend it."""
    desk.write("score\n9\n", name="survey-2026.csv")
    assert fault("survey-2O26.csv", desk.folder) == (
        "survey-2O26.csv: the file does not exist. Did you mean 'survey-2026.csv'?"
    )


def test_a_missing_file_lists_the_folder_when_no_name_is_near(desk) -> None:
    """Without a near name the reader sees what there is."""
    desk.write("x", name="answers.csv")
    assert fault("zzz.xlsx", desk.folder) == "zzz.xlsx: the file does not exist. Its folder holds 'answers.csv'."


def test_a_missing_folder_is_said_with_where_paths_start(desk) -> None:
    """Paths in a params file start at its own folder, which is what people get wrong."""
    assert fault("../dta/survey.csv", desk.folder / "acme") == (
        "../dta/survey.csv: the file does not exist. Its folder does not exist either; "
        "a relative path starts at the folder of the params file."
    )


def test_a_folder_is_not_a_file(desk) -> None:
    """A path that ends one step early names a folder."""
    (desk.folder / "data").mkdir()
    desk.write("x", name="data/answers.csv")
    assert fault("data", desk.folder) == "data: is a folder. Name the file in it: 'answers.csv'."


@pytest.mark.parametrize("name", ["survey.xls", "survey.xlsb", "survey.ods", "survey.sav", "survey.json", "survey"])
def test_other_kinds_of_file_are_refused_by_name(desk, name: str) -> None:
    """Only CSV and XLSX are read, and the message says so."""
    desk.write("score\n9\n", name=name)
    kind = Path(name).suffix or name
    assert fault(name, desk.folder) == (
        f"{name}: '{kind}' files are not read. CSV and XLSX are: save the file as one of these."
    )


def test_a_file_that_may_not_be_read_is_said(desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows a workbook that is open elsewhere gives this."""
    desk.write("score\n9\n")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert fault("survey.csv", desk.folder) == (
        "survey.csv: cannot be read (Permission denied). Close it in other programs and check that you may open it."
    )


def names(folder: Path, *written: str) -> list[str]:
    """Return the files that paths and patterns mean."""
    return list(matching(written, folder=folder))


def faults(folder: Path, *written: str) -> list[str]:
    """Return the messages about paths and patterns."""
    with pytest.raises(DataError) as caught:
        matching(written, folder=folder)
    return list(caught.value.messages)


def fill(folder: Path, *files: str) -> None:
    """Write small files, their folders too."""
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("score\n9\n")


def test_a_pattern_gives_files_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    """Survey 2 comes before survey 10, and a year before the next."""
    fill(tmp_path, *(f"data/survey-{number}.csv" for number in (10, 2, 1, "2-b")), "data/other.csv", "params/x")
    assert names(tmp_path / "params", "../data/survey-*.csv") == [
        *("../data/survey-1.csv", "../data/survey-2-b.csv", "../data/survey-2.csv", "../data/survey-10.csv")
    ]


def test_every_sign_of_a_pattern_works(tmp_path: Path) -> None:
    """One sign, one of several, and any folder below."""
    fill(tmp_path, "a1.csv", "a2.csv", "a3.csv", "2025/q1/a1.csv", "2026/a1.XLSX")
    assert names(tmp_path, "a?.csv") == ["a1.csv", "a2.csv", "a3.csv"]
    assert names(tmp_path, "a[13].csv") == ["a1.csv", "a3.csv"]
    assert names(tmp_path, "**/a1.*") == ["2025/q1/a1.csv", "2026/a1.XLSX", "a1.csv"]
    assert names(tmp_path, f"{tmp_path.as_posix()}/20*/a1.*") == [f"{tmp_path.as_posix()}/2026/a1.XLSX"]


def test_paths_keep_their_order_and_a_file_counts_once(tmp_path: Path) -> None:
    """What is listed first is read first, however a file is named again."""
    fill(tmp_path, "b.csv", "a.csv", "c.csv")
    assert names(tmp_path, "c.csv", "./b.csv", "*.csv", "a.csv") == ["c.csv", "./b.csv", "a.csv"]


def test_a_path_is_given_back_as_it_is(tmp_path: Path) -> None:
    """An absent file is said when it is opened, and brackets may be part of a name."""
    fill(tmp_path, "survey [1].csv")
    assert names(tmp_path, "absent.csv", "survey [1].csv") == ["absent.csv", "survey [1].csv"]


def test_lock_files_and_hidden_files_are_left_out(tmp_path: Path) -> None:
    """Excel and LibreOffice put a file of their own beside an open workbook."""
    fill(tmp_path, "survey.xlsx", "~$survey.xlsx", ".~lock.survey.xlsx", ".hidden/survey.xlsx")
    assert names(tmp_path, "**/*survey.xlsx") == ["survey.xlsx"]


def test_every_pattern_that_fits_nothing_is_said(tmp_path: Path) -> None:
    """With the nearest name, the names there are, or where paths start."""
    fill(tmp_path, "data/survey-1.csv", "data/~$x.xlsx")
    assert faults(tmp_path, "data/surveys-*.csv", "data/*.tsv", "dta/*.csv") == [
        "data/surveys-*.csv: no file fits this pattern. Did you mean 'survey-1.csv'?",
        "data/*.tsv: no file fits this pattern. Its folder holds 'survey-1.csv'.",
        "dta/*.csv: no file fits this pattern. Its folder does not exist either; "
        "a relative path starts at the folder of the params file.",
    ]


def test_files_of_another_kind_are_not_passed_over(tmp_path: Path) -> None:
    """A wave in another format would be missed without a sign."""
    fill(tmp_path, "survey-1.csv", "survey-2.sav", "survey-3.ods")
    assert faults(tmp_path, "survey-*") == [
        "survey-*: also fits 'survey-2.sav', 'survey-3.ods'; only CSV and XLSX files are read. "
        "Write the pattern so that it fits the survey's own files alone."
    ]
