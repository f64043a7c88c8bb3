"""Rows that are rejected: the table of values, and the sentence when there are too many."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.intake.responses import read
from helpers.params import Client

DATED = {"wave": None, "columns": {"date": "dag", "weight": "gewicht", "event_date": "contact"}}
HEAD = "score,dag,gewicht,contact\n"


def test_every_value_that_is_not_used_is_listed(desk) -> None:
    """By row as a spreadsheet shows it, with the column, what was found and a code for the reason."""
    rows = [
        "9,2026-03-01,1,",
        "11,2026-03-01,1,",
        "n/a,2026-02-31,0,",
        "8.5,,,soon",
        "8,2026-03-02,x,2026-03-01",
        "7,2026-03-03",
        "6,2026-03-04,-1,31-02-2026",
    ]
    found = desk.read(HEAD + "\n".join(rows) + "\n", max_rejected="100%", **DATED)
    assert found.rejected.to_dict("split")["data"] == [
        ["survey", "survey.csv", 3, "score", "11", "off_scale"],
        ["survey", "survey.csv", 4, "score", "n/a", "not_a_number"],
        ["survey", "survey.csv", 4, "dag", "2026-02-31", "not_a_date"],
        ["survey", "survey.csv", 4, "gewicht", "0", "not_a_weight"],
        ["survey", "survey.csv", 5, "score", "8.5", "off_scale"],
        ["survey", "survey.csv", 5, "dag", "", "not_a_date"],
        ["survey", "survey.csv", 5, "contact", "soon", "not_a_date"],
        ["survey", "survey.csv", 5, "gewicht", "", "not_a_weight"],
        ["survey", "survey.csv", 6, "gewicht", "x", "not_a_weight"],
        ["survey", "survey.csv", 7, "", "2 cells", "ragged_row"],
        ["survey", "survey.csv", 8, "contact", "31-02-2026", "not_a_date"],
        ["survey", "survey.csv", 8, "gewicht", "-1", "not_a_weight"],
    ]
    assert found.rejected.dtypes.astype(str).tolist() == ["str", "str", "int64", "str", "str", "str"]
    assert found.summary.loc[0, ["read", "used", "rejected"]].tolist() == [7, 1, 6]


def test_nothing_rejected_is_an_empty_table_of_the_same_kind(desk) -> None:
    """The method page joins tables of several sources."""
    rejected = desk.read("score\n9\n").rejected
    assert (len(rejected), list(rejected)) == (0, ["source", "file", "row", "column", "found", "reason"])
    assert rejected["row"].dtype == "int64"


def test_a_long_text_is_cut(desk) -> None:
    """A row that slipped a column holds an open answer where a score should be: no whole answers in reports."""
    found = desk.read("score\n9\n" + "a" * 60 + "\n", max_rejected=0.5).rejected["found"]
    assert found.tolist() == ["a" * 39 + "…"]


def test_a_file_with_too_many_rejected_rows_is_refused(desk) -> None:
    """The share, the limit and the first five; above 5% something is wrong with the mapping, not with a row."""
    rows = ["id,score,why,dag"] + [f"{number},9,x,2026-03-01" for number in range(40)]
    rows[18:23] = ["1,11,x,2026-03-01", "1,n/a,x,2026-02-31", "1,8", "1,8,x,", "1,12,x,2026-03-01"]
    rows[30] = "1,13,x,2026-03-01"
    assert desk.faults("\n".join(rows), wave=None, columns={"date": "dag"}) == [
        "survey.csv: 6 of 40 rows rejected (15%, max_rejected is 5%): row 19 score 11 (off the scale); "
        "row 20 score 'n/a' (not a number); row 20 dag 2026-02-31 (not a date); row 21 with 2 cells under a header "
        "of 4; row 22 dag blank (not a date); and 2 more. "
        "Correct the answers in 'score' or its scale; answers that mean no answer belong in no_answer."
    ]


@pytest.mark.parametrize(("rejected", "refused"), [(5, False), (6, True)])
def test_the_limit_itself_is_allowed(desk, rejected: int, refused: bool) -> None:
    """5 of 100 rows is 5%."""
    text = "score\n" + "9\n" * (100 - rejected) + "99\n" * rejected
    if refused:
        assert desk.faults(text)[0].startswith("survey.csv: 6 of 100 rows rejected (6%, max_rejected is 5%)")
    else:
        assert desk.counts(text) == {"read": 100, "used": 95, "rejected": 5}


def test_rows_that_do_not_count_are_not_in_the_share(desk) -> None:
    """Rows of another organisation are neither rejected nor counted."""
    text = "org,score\n" + "B,99\n" * 50 + "A,9\n" * 3 + "A,99\n"
    assert desk.faults(text, keep_where={"org": "A"})[0].startswith(
        "survey.csv: 1 of 4 rows rejected (25%, max_rejected is 5%): row 55 score 99 (off the scale). "
    )


@pytest.mark.parametrize(
    ("scores", "advice"),
    [
        (
            [80, 90, 100, 70, 60, 95, 9, 10],
            "Most of the rejected answers in 'score' lie between 11 and 100: this looks like a scale of 0–100. "
            "An NPS needs the answers on 0–10; a mean or top_box can be declared with scale: 0-100.",
        ),
        ([0, 9, 9, 11, 11, 11], "If 11 means no answer, add it to no_answer; if not, correct the file."),
        (
            [9, 2, 11, 11, 1, 11],
            "Most of the rejected answers in 'score' are 11, and none is 0: this looks like answers numbered from 1, "
            "1…11 for 0–10. If so, declare all of them: values: {1: 0, 2: 1, …, 11: 10}; if 11 means no answer, "
            "add it to no_answer.",
        ),
        (["NA", 9, "NA", 9], "If 'NA' means no answer, add it to no_answer; if not, correct the file."),
        (
            [9, -1, "x", 12, 11],
            "Correct the answers in 'score' or its scale; answers that mean no answer belong in no_answer.",
        ),
    ],
)
def test_the_advice_fits_what_was_found(desk, scores: list[object], advice: str) -> None:
    """A scale of 0–100, answers numbered from 1, a code for no answer, and anything else call for other steps."""
    (message,) = desk.faults("score\n" + "\n".join(map(str, scores)))
    assert message.endswith(advice)


def test_a_wrong_date_column_gets_advice_about_dates(desk) -> None:
    """Years of two digits, for one."""
    (message,) = desk.faults("score,dag\n9,1-3-26\n8,2-3-26\n", wave=None, columns={"date": "dag"})
    assert message == (
        "survey.csv: 2 of 2 rows rejected (100%, max_rejected is 5%): row 2 dag 1-3-26 (not a date); "
        "row 3 dag 2-3-26 (not a date). "
        'For years of two digits, declare how the dates are written, such as date_format: "%d-%m-%y".'
    )
    (message,) = desk.faults("score,dag\n9,soon\n8,later\n", wave=None, columns={"date": "dag"})
    assert message.endswith('Correct the dates, or declare how they are written, such as date_format: "%d/%m/%Y".')


def test_ragged_rows_get_advice_about_the_file(desk) -> None:
    """No one column is to blame."""
    (message,) = desk.faults("id,score\n1,9\n2,8,7\n")
    assert message == (
        "survey.csv: 1 of 2 rows rejected (50%, max_rejected is 5%): row 3 with 3 cells under a header of 2. "
        "Correct the file or what the params file says about it, or allow more with max_rejected."
    )


def test_rejected_values_of_several_sources_stand_together(desk) -> None:
    """Each under its own name, in the order of the params file."""
    desk.write("score\n9\n11\n")
    desk.write("score\n9\nx\n", name="other.csv")
    client = desk.client(max_rejected="50%")
    source = client.params.sources["survey"]
    both = client.params.model_copy(
        update={"sources": {"survey": source, "other": source.model_copy(update={"path": ("other.csv",)})}}
    )
    found = read(Client(client.key, client.folder, both)).rejected
    expected = pd.DataFrame({"source": ["survey", "other"], "row": [3, 3], "found": ["11", "x"]})
    pd.testing.assert_frame_equal(found[["source", "row", "found"]], expected)
