"""The rules for files: plain files on this machine, column names in rows that follow each other."""

from __future__ import annotations

import pytest

SURVEYS = {
    "export: qualtrics": (
        "export (line 9): exports of 'qualtrics' are not read yet. Export a plain CSV or XLSX with one row of "
        "column names, and leave this key out."
    ),
    "export: qualtrix": (
        "export (line 9): 'qualtrix' is not one of auto, plain, qualtrics, surveymonkey, formbricks, limesurvey, "
        "typeform, microsoft-forms, google-forms, delighted, spss. Did you mean 'qualtrics'?"
    ),
    "invited: s3://bucket/sent.csv": (
        "invited (line 9): files on s3:// are not read yet. Copy the file to this machine and write its path here."
    ),
    "header_rows: [2, 1]": (
        "header_rows (line 9): the rows 2, 1 do not follow each other. Name rows that lie right below each other,"
        " from top to bottom, such as [1, 2]."
    ),
    "header_rows: [1, 3]": (
        "header_rows (line 9): the rows 1, 3 do not follow each other. Name rows that lie right below each other,"
        " from top to bottom, such as [1, 2]."
    ),
    "header_rows: [1, 1]": (
        "header_rows (line 9): the rows 1, 1 do not follow each other. Name rows that lie right below each other,"
        " from top to bottom, such as [1, 2]."
    ),
    "header_rows: []": ("header_rows (line 9): there is nothing in it. Name at least one row."),
    "header_rows: first": ("header_rows[0] (line 9): 'first' is not a whole number. Write digits only, such as 1."),
    "duplicates: exact": (
        "duplicates (line 9): 'exact' is not one of refuse, first, latest, exact_rows, keep. Did you mean 'exact_rows'?"
    ),
    "invited: ''": ("invited (line 9): the text is empty. Write a text, or leave the key out."),
}

PATHS = {
    "s3://bucket/a.csv": (
        " (line 4): files on s3:// are not read yet. Copy the file to this machine and write its path here."
    ),
    "HTTPS://user:secret@host/a.csv": (
        " (line 4): files on https:// are not read yet. Copy the file to this machine and write its path here."
    ),
    "postgresql+psycopg://user:secret@host/db": (
        " (line 4): a database is not read yet. Export the rows as CSV or XLSX and write the path of that file here."
    ),
    "sqlite:///a.db": (
        " (line 4): a database is not read yet. Export the rows as CSV or XLSX and write the path of that file here."
    ),
    "[a.csv, 'https://host/a.csv']": (
        "[1] (line 4): files on https:// are not read yet. Copy the file to this machine and write its path here."
    ),
    "[a.csv, a.csv]": ("[1] (line 4): 'a.csv' stands here twice. Keep one."),
    "[]": (" (line 4): there is nothing in it. Name at least one file."),
    "{file: a.csv}": ("[0] (line 4): a group of keys stands where a single text is expected. Write one value."),
}

ELSEWHERE = {
    "tables: {headcount: 's3://bucket/h.csv'}": (
        "tables.headcount (line 9): files on s3:// are not read yet. Copy the file to this machine and write its "
        "path here."
    ),
    "tables: {indicators: 'mysql://host/db'}": (
        "tables.indicators (line 9): a database is not read yet. Export the rows as CSV or XLSX and write the "
        "path of that file here."
    ),
    "tables: {customers: 'gs://bucket/c.csv'}": (
        "tables.customers (line 9): files on gs:// are not read yet. Copy the file to this machine and write its "
        "path here."
    ),
    "tables: {teams: 'sqlite:///t.db'}": (
        "tables.teams (line 9): a database is not read yet. Export the rows as CSV or XLSX and write the path of "
        "that file here."
    ),
    "tables: {interviews: 'ftp://host/i.csv'}": (
        "tables.interviews (line 9): files on ftp:// are not read yet. Copy the file to this machine and write "
        "its path here."
    ),
    "tables: {units: 'https://host/u.csv'}": (
        "tables.units (line 9): files on https:// are not read yet. Copy the file to this machine and write its "
        "path here."
    ),
    "tables: {published_scores: 'https://host/p.csv'}": (
        "tables.published_scores (line 9): files on https:// are not read yet. Copy the file to this machine and "
        "write its path here."
    ),
    "improvements: https://host/i.csv": (
        "improvements (line 9): files on https:// are not read yet. Copy the file to this machine and write its "
        "path here."
    ),
    "codebook: mysql://host/db": (
        "codebook (line 9): a database is not read yet. Put a file beside this one and write its name."
    ),
    "commentary: s3://bucket/words": (
        "commentary (line 9): files on s3:// are not read yet. Copy the file to this machine and write its path here."
    ),
}


@pytest.mark.parametrize("survey", SURVEYS)
def test_a_file_is_plain_and_near(faults, survey):
    """What is not read yet is refused by its name, with what to do now."""
    assert faults(survey=survey) == [f"sources.survey.{SURVEYS[survey]}"]


@pytest.mark.parametrize("path", PATHS)
def test_answers_stand_in_files_on_this_machine(faults, path):
    """An address is refused without repeating it, for it may hold a password."""
    assert faults(path=f"path: {path}") == [f"sources.survey.path{PATHS[path]}"]


@pytest.mark.parametrize("top", ELSEWHERE)
def test_other_files_stand_on_this_machine_too(faults, top):
    """Facts beside the surveys, the action register, the themes and the commentary."""
    assert faults(top) == [ELSEWHERE[top]]


def test_an_id_makes_exact_rows_needless(faults, params):
    """Equal rows are one answer only where nothing tells answers apart."""
    assert faults(survey="duplicates: exact_rows", columns="columns: {date: day, response_id: id}") == [
        "sources.survey.duplicates (line 9): 'exact_rows' is for a file without a number per answer; here "
        "columns.response_id tells what is a duplicate. Write first, latest or keep, or leave the key out."
    ]
    assert params(survey="duplicates: exact_rows").sources["survey"].duplicates == "exact_rows"


def test_a_survey_may_have_several_files_with_names_over_two_rows(params):
    """One path stands for a list of one, and one row too."""
    one, two = params(), params(path="path: [a.csv, b-*.csv]", survey="header_rows: [2, 3]\nexport: plain")
    assert (one.sources["survey"].path, one.sources["survey"].header_rows) == (("survey.csv",), (1,))
    assert (two.sources["survey"].path, two.sources["survey"].header_rows) == (("a.csv", "b-*.csv"), (2, 3))
