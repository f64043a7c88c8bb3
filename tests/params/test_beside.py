"""The files that the params name: looked for where the folder is known, and reported with the other faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.errors import ParamsError
from helpers.params import load

SMALLEST = """\
organisation: {name: Acme}
sources:
  survey:
    {path: a.csv, audience: customer, measurement: relational, wave: 2026, measures: {nps: {column: Q3, scale: 0-10}}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an organisation's folder with an action register, themes and a commentary beside its params."""
    folder = tmp_path / "params" / "acme"
    (folder / "commentary").mkdir(parents=True)
    (folder / "a.csv").touch()
    (folder / "improvements.csv").write_text("id\n", encoding="utf-8")
    (folder / "codebook.yaml").write_text("themes: {}\n", encoding="utf-8")
    return folder


def found(folder: Path, more: str) -> list[str]:
    """Return what loading says of a file with these keys, without the file's name."""
    (folder / "params.yaml").write_text(SMALLEST + more, encoding="utf-8")
    try:
        load("acme", params_folder=folder.parent)
    except ParamsError as error:
        return [message.removeprefix("params/acme/params.yaml, ") for message in error.messages]
    return []


def test_what_is_there_is_no_fault(folder):
    """The three keys, and a file a folder deeper."""
    (folder / "commentary" / "themes.yaml").write_text("themes: {}\n", encoding="utf-8")
    assert found(folder, "improvements: improvements.csv\ncommentary: commentary\ncodebook: codebook.yaml\n") == []
    assert found(folder, "codebook: commentary/themes.yaml\n") == []
    assert found(folder, "") == []


MISSING = {
    "improvements: improvments.csv": (
        "improvements (line 5): the file 'improvments.csv' is not there; it is looked for from the folder of this "
        "file. Did you mean 'improvements.csv'? Correct the name, or leave the key out until it is there."
    ),
    "codebook: themes.yaml": (
        "codebook (line 5): the file 'themes.yaml' is not there; it is looked for from the folder of this file. "
        "Correct the name, or leave the key out until it is there."
    ),
    "codebook: elsewhere/codebook.yaml": (
        "codebook (line 5): the file 'elsewhere/codebook.yaml' is not there; it is looked for from the folder of this "
        "file. Correct the name, or leave the key out until it is there."
    ),
    "commentary: comentary": (
        "commentary (line 5): the folder 'comentary' is not there; it is looked for from the folder of this file. Did "
        "you mean 'commentary'? Correct the name, or leave the key out until it is there."
    ),
    "commentary: codebook.yaml": (
        "commentary (line 5): 'codebook.yaml' is a file, and a folder is expected. Correct the name."
    ),
    "improvements: commentary": (
        "improvements (line 5): 'commentary' is a folder, and a file is expected. Correct the name."
    ),
    "commentary: s3://bucket/words": (
        "commentary (line 5): files on s3:// are not read yet. Copy the file to this machine and write its path here."
    ),
}


@pytest.mark.parametrize("key", MISSING)
def test_what_is_not_there_is_named_with_the_nearest_name(folder, key):
    """One sentence: what was looked for, where, and what lies there under a name like it."""
    assert found(folder, f"{key}\n") == [MISSING[key]]


def test_a_name_that_no_system_accepts_is_not_there(folder):
    """A name that is too long is a missing file, not a crash."""
    (message,) = found(folder, f"codebook: {'a' * 5000}\n")
    assert message.startswith(f"codebook (line 5): the file '{'a' * 60}…' is not there;")


def test_a_missing_file_is_reported_with_the_other_faults(folder):
    """In the order of the file, also where the file cannot be read as a whole."""
    assert found(folder, "language: xx\ncodebook: themes.yaml\nwave_valid_for: 15\ncommentary: [a]\n") == [
        "language (line 5): 'xx' is not one of nl, en. Choose one of them.",
        MISSING["codebook: themes.yaml"].replace("line 5", "line 6"),
        "wave_valid_for (line 7): 15 is not a length of time. Write a number of months or years, such as 15 months.",
        "commentary (line 8): a list stands where a single text is expected. Write one value.",
    ]


DATA = {
    "path: 2025.xlsx": "path (line 4): the file '2025.xlsx' does not exist. Correct the path.",
    "path: b.csv": "path (line 4): the file 'b.csv' does not exist. Did you mean 'a.csv'?",
    "path: [a.csv, 2025.xlsx]": "path[1] (line 4): the file '2025.xlsx' does not exist. Correct the path.",
    "path: commentary": "path (line 4): 'commentary' is a folder. Name the file in it.",
    "path: survey-*.csv": "path (line 4): no file fits the pattern 'survey-*.csv'. Correct it.",
    "path: /nowhere/survey-*.csv": "path (line 4): no file fits the pattern '/nowhere/survey-*.csv'. Correct it.",
    "path: comm*": "path (line 4): no file fits the pattern 'comm*'. Correct it.",
    "path: a.csv, invited: sent.xlsx": "invited (line 4): the file 'sent.xlsx' does not exist. Correct the path.",
    "path: a.csv, invited: sent*.xlsx": "invited (line 4): the file 'sent*.xlsx' does not exist. Correct the path.",
}
UNKNOWN_KEY = (
    "params/acme/params.yaml: unknown key 'foo' (line {}). All keys are listed in params/_template/params.yaml."
)


@pytest.mark.parametrize("keys", DATA)
def test_a_missing_survey_is_told_beside_another_fault(folder, keys):
    """The intake never comes to a file whose params have faults, so its missing files are told here."""
    (folder / "params.yaml").write_text(SMALLEST.replace("path: a.csv", keys) + "foo: 1\n", encoding="utf-8")
    with pytest.raises(ParamsError) as caught:
        load("acme", params_folder=folder.parent)
    assert list(caught.value.messages) == [
        f"params/acme/params.yaml, sources.survey.{DATA[keys]}",
        UNKNOWN_KEY.format(5),
    ]


@pytest.mark.parametrize("path", ["a.csv", "'*.csv'", "'../acme/?.csv'", "[a.csv, '**/a.csv']", "'[a].csv'"])
def test_a_survey_that_is_there_is_no_fault(folder, path):
    """By name, by pattern, and by a pattern from another folder."""
    (folder / "params.yaml").write_text(SMALLEST.replace("a.csv", path) + "foo: 1\n", encoding="utf-8")
    with pytest.raises(ParamsError) as caught:
        load("acme", params_folder=folder.parent)
    assert list(caught.value.messages) == [UNKNOWN_KEY.format(5)]


def test_a_missing_facts_table_is_told_beside_another_fault(folder):
    """Also where a part of the file cannot be read, and where the other fault is a missing file itself."""
    assert found(folder, "language: xx\ntables: {headcount: head-office.csv, units: [a]}\n") == [
        "language (line 5): 'xx' is not one of nl, en. Choose one of them.",
        "tables.units (line 6): a list stands where a single text is expected. Write one value.",
        "tables.headcount (line 6): the file 'head-office.csv' does not exist. Correct the path.",
    ]
    assert found(folder, "codebook: themes.yaml\ntables: {headcount: head-office.csv}\n") == [
        MISSING["codebook: themes.yaml"],
        "tables.headcount (line 6): the file 'head-office.csv' does not exist. Correct the path.",
    ]


def test_a_missing_file_alone_is_told_by_the_intake(folder):
    """One fault is one message: params without other faults are good."""
    assert found(folder, "tables: {headcount: head-office.csv}\n") == []
