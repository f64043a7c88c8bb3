"""From files to one table of responses, with every row accounted for."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.errors import DataError
from helpers.intake.responses import COLUMNS, PATH_SEPARATOR, read
from helpers.intake.sources import CLASSES
from helpers.params import Client, Params

FULL = {
    "wave": None,
    "measures": {
        "nps": {"column": "Q1", "scale": "0-10", "no_answer": ["99"]},
        "ces": {"column": "Q2", "scale": "1-5", "direction": "low_is_good", "rule": "mean"},
    },
    "columns": {
        "response_id": "id",
        "date": "dag",
        "event_date": "contact",
        "touchpoint": "punt",
        "channel": "kanaal",
        "unit": ["divisie", "team"],
        "customer_id": "klant",
        "reason": "reden",
        "verbatim": "toelichting",
        "weight": "gewicht",
    },
    "dimensions": {"product": "product"},
    "segments": {"visits": {"column": "bezoeken", "bins": ["1", "3"]}},
    "labels": {"product": {"P2": "Gas", "P1": "Stroom"}, "channel": {"t": "Telefoon"}},
    "no_answer": ["weet niet"],
}
FILE = """\
id;Q1;Q2;dag;contact;punt;kanaal;divisie;team;klant;reden;toelichting;gewicht;product;bezoeken
1;9;2,5;3 maart 2026;;balie;t;Klant;Noord;K7;prijs;Prima;1,5;P1;2
2;99;weet niet;2026-03-04T23:30:00+01:00;01-03-2026;lijn;c;Klant;;K8;;"Lang
wachten";0,5;P3;7
3; 7,0 ;;31-03-2026;;;;;Noord;;;;1;P2;weet niet
"""


def test_a_file_becomes_one_row_per_questionnaire(desk) -> None:
    """Every column of the contract, with its kind: text, date, number or ordered group."""
    found = desk.read(FILE, **FULL).responses
    one = found.iloc[0].drop(["event_date"]).to_dict()
    assert one == {
        "response_id": "1",
        "source": "survey",
        "audience": "customer",
        "measurement": "relational",
        "date": pd.Timestamp("2026-03-03"),
        "touchpoint": "balie",
        "channel": "Telefoon",
        "unit": f"Klant{PATH_SEPARATOR}Noord",
        "customer_key": "K7",
        "employee_key": one["employee_key"],
        "weight": 1.5,
        "agent_key": one["agent_key"],
        "callback_consent": one["callback_consent"],
        "went_wrong": one["went_wrong"],
        "make_right": one["make_right"],
        "revenue": one["revenue"],
        "visits": one["visits"],
        "reason": "prijs",
        "verbatim": "Prima",
        "dimension.product": "Stroom",
        "segment.visits": "1–2",
        "measure.nps": 9.0,
        "measure.ces": 2.5,
    }
    assert found["verbatim"].tolist()[1] == "Lang\nwachten"
    assert list(found) == [*COLUMNS, "dimension.product", "segment.visits", "measure.nps", "measure.ces"]
    kinds = {name: str(dtype) for name, dtype in found.dtypes.items()}
    assert {name: kinds[name] for name in COLUMNS} == COLUMNS
    assert {kinds["measure.nps"], kinds["dimension.product"]} == {"float64", "category"}


def test_what_a_row_does_not_say_is_missing(desk) -> None:
    """Blanks, no_answer and unmapped columns are missing values, never texts or zeros."""
    found = desk.read(FILE, **FULL).responses
    assert found["measure.nps"].isna().tolist() == [False, True, False]
    assert found["measure.ces"].isna().tolist() == [False, True, True]
    assert (
        found.iloc[2][["event_date", "touchpoint", "unit", "customer_key", "verbatim", "segment.visits"]].isna().all()
    )
    assert found["employee_key"].isna().all()
    assert found["event_date"].tolist()[1] == pd.Timestamp("2026-03-01")
    assert found["date"].dt.date.tolist() == [dt.date(2026, 3, 3), dt.date(2026, 3, 4), dt.date(2026, 3, 31)]


def test_groups_carry_their_printing_order(desk) -> None:
    """Labels and bins as declared, whether they occur or not; other codes after them, sorted."""
    found = desk.read(FILE, **FULL).responses
    orders = {name: list(found[name].cat.categories) for name in found if found[name].dtype == "category"}
    assert orders == {
        "touchpoint": ["balie", "lijn"],
        "channel": ["Telefoon", "c"],
        "unit": ["Klant", "Klant › Noord"],
        "dimension.product": ["Gas", "Stroom", "P3"],
        "segment.visits": ["1–2", "3+"],
    }
    assert all(found[name].cat.ordered for name in orders)


def test_the_summary_names_the_file_and_counts_its_rows(desk) -> None:
    """One row per source, with the hash that a later report can be checked against."""
    found = desk.read(FILE, **FULL).summary
    assert found.to_dict("records") == [
        {
            "source": "survey",
            "label": "",
            "file": "survey.csv",
            "sha256": hashlib.sha256(FILE.encode()).hexdigest(),
            "files": (("survey.csv", hashlib.sha256(FILE.encode()).hexdigest()),),
            "read": 3,
            "used": 2,
            "skipped": 1,
            "rejected": 0,
            "left_out": 0,
            "duplicates": 0,
            "unfinished": 0,
        }
    ]


def test_a_wave_dates_every_answer_on_its_last_day(desk) -> None:
    """A file without dates counts as answered when its wave was complete, by the fiscal calendar."""
    assert desk.read("score\n9\n", wave="2026-Q1").responses["date"].tolist() == [pd.Timestamp("2026-03-31")]
    fiscal = desk.read("score\n9\n", wave="2026-Q1", params={"fiscal_year_start": "4"}).responses
    assert fiscal["date"].tolist() == [pd.Timestamp("2026-06-30")]


CLASSED = """\
id,org,klaar,score,dag
1,A,Ja,9,2026-03-01
2,A,Ja,,2026-03-01
3,A,Ja,11,2026-03-01
4,B,Ja,9,2026-03-01
4,B,Nee,x,x
5,A,Nee,9,2026-03-01
1,A,Ja,7,2026-03-02
1,A,Ja,12,2026-03-03
,A,Ja,8,2026-03-01
,A,Ja,8,2026-03-01
6,A,Ja
,,,,
"""


@pytest.mark.parametrize(("duplicates", "kept", "doubles"), [("first", 9, 1), ("latest", 7, 1), ("keep", None, 0)])
def test_every_row_falls_in_one_class(desk, duplicates: str, kept: float | None, doubles: int) -> None:
    """Left out before unfinished before rejected before double before taken; a blank row is none.

    Of the eleven rows two are of B; 5 is unfinished; 11, 12 and the short row are rejected; 2 is skipped;
    the rows without a number repeat nothing; 1 stands there twice.
    """
    found = desk.read(
        CLASSED,
        wave=None,
        columns={"response_id": "id", "date": "dag", "finished": "klaar"},
        keep_where={"org": "A"},
        duplicates=duplicates,
        max_rejected="50%",
    )
    counts = found.summary.iloc[0]
    assert counts["read"] == 11
    assert counts[list(CLASSES)].tolist() == [4 - doubles, 1, 3, 2, doubles, 1]
    ones = found.responses.loc[found.responses["response_id"] == "1", "measure.nps"].tolist()
    assert ones == ([kept] if kept else [9, 7])
    assert found.rejected["row"].tolist() == [4, 9, 12]


def test_double_responses_are_refused_unless_a_rule_is_chosen(desk) -> None:
    """Counting people twice is the quietest way to a wrong score."""
    assert desk.faults("id,score\n1,9\n2,8\n1,7\n", columns={"response_id": "id"}) == [
        "survey.csv: 1 response number occurs more than once: 1 in rows 2, 4. "
        "Correct the export, or choose duplicates: first, latest or keep."
    ]


ROW = st.tuples(
    st.sampled_from(["1", "2", "3", ""]),
    st.sampled_from(["A", "B", ""]),
    st.sampled_from(["Ja", "Nee", ""]),
    st.sampled_from(["9", "0", "10,0", "", "99", "11", "x", " 7 "]),
    st.sampled_from(["4", "", "6", "2.5"]),
    st.sampled_from(["", ";extra", ";"]),
)


@given(rows=st.lists(ROW, min_size=1, max_size=12), duplicates=st.sampled_from(["first", "latest", "keep"]))
def test_the_classes_add_up_to_the_rows_read(rows: list[tuple[str, ...]], duplicates: str, tmp_path_factory) -> None:
    """Used, skipped, rejected, left out, double and unfinished are all there is, and blank rows are nothing."""
    folder = tmp_path_factory.mktemp("law")
    lines = ["id;org;klaar;nps;csat"] + [";".join(row[:5]) + row[5] for row in rows] + ["0;A;Ja;9;5"]
    (folder / "survey.csv").write_text("\n".join(lines), encoding="utf-8")
    source = {
        "path": "survey.csv",
        "audience": "customer",
        "measurement": "relational",
        "wave": "2026",
        "measures": {"nps": {"column": "nps", "scale": "0-10"}, "csat": {"column": "csat", "scale": "1-5"}},
        "columns": {"response_id": "id", "finished": "klaar"},
        "keep_where": {"org": {"not": ["B"]}},
        "no_answer": ["99"],
        "duplicates": duplicates,
        "max_rejected": "100%",
    }
    params = Params.model_validate({"organisation": {"name": "Acme"}, "sources": {"survey": source}})
    found = read(Client("acme", folder, params))
    counts = found.summary.iloc[0]
    blank = sum(not any(cell.strip() for cell in row[:5]) and row[5] != ";extra" for row in rows)
    assert counts["read"] == len(rows) + 1 - blank
    assert counts[list(CLASSES)].sum() == counts["read"]
    assert counts["used"] + counts["skipped"] == len(found.responses)
    answers = found.responses[["measure.nps", "measure.csat"]]
    assert answers.notna().any(axis=1).sum() == counts["used"]
    assert found.rejected["row"].nunique() == counts["rejected"]
    assert answers["measure.nps"].dropna().isin(range(11)).all()
    assert answers["measure.csat"].dropna().between(1, 5).all()


def two(desk, first: dict[str, Any], second: dict[str, Any]) -> Any:
    """Return the intake of two sources."""
    base = desk.client(**first).params.sources["survey"]
    other = desk.client(**second).params.sources["survey"]
    client = desk.client()
    params = client.params.model_copy(update={"sources": {"klanten": base, "mensen": other}})
    return read(type(client)(client.key, client.folder, params))


def test_sources_stand_in_one_table(desk) -> None:
    """What a source does not ask is missing in its rows; groups of one name share one order."""
    desk.write("score,p,v\n9,S,goed\n8,G,\n", name="a.csv")
    desk.write("score,werk,p,e\n7,8,W,piet\n6,9,S,jan\n5,,a,piet\n", name="b.csv")
    found = two(
        desk,
        {
            "path": "a.csv",
            "columns": {"verbatim": "v"},
            "dimensions": {"product": "p"},
            "labels": {"product": {"S": "Stroom", "G": "Gas"}},
        },
        {
            "path": "b.csv",
            "audience": "employee",
            "measurement": "employee",
            "measures": {"enps": {"column": "score", "scale": "0-10"}, "werk": {"column": "werk", "scale": "0-10"}},
            "columns": {"employee_id": "e"},
            "segments": {"product": "p"},
        },
    )
    table = found.responses
    assert table["source"].tolist() == ["klanten"] * 2 + ["mensen"] * 3
    assert list(table)[-5:] == ["dimension.product", "segment.product", "measure.nps", "measure.enps", "measure.werk"]
    assert table["measure.nps"].tolist()[:2] == [9, 8]
    assert table["measure.nps"].isna().tolist() == [False, False, True, True, True]
    assert table["dimension.product"].tolist()[:2] == ["Stroom", "Gas"]
    assert str(table["dimension.product"].dtype) == "category"
    assert table["verbatim"].isna().tolist() == [False, True, True, True, True]
    assert table.index.tolist() == [0, 1, 2, 3, 4]
    assert found.summary["source"].tolist() == ["klanten", "mensen"]


def test_an_employee_is_a_number_that_says_nothing(desk) -> None:
    """Given in order of first appearance: the same person has the same number, and no id is left anywhere."""
    text = "score,e\n9,j.jansen@acme.nl\n8,\n7,p.peters@acme.nl\n6,j.jansen@acme.nl\n"
    source = {
        "audience": "employee",
        "measurement": "employee",
        "measures": {"enps": {"column": "score", "scale": "0-10"}},
        "columns": {"employee_id": "e"},
    }
    found = desk.read(text, **source).responses
    assert found["employee_key"].fillna("-").tolist() == ["1", "-", "2", "1"]
    assert "acme.nl" not in found.to_csv()


def test_faults_of_all_files_come_together(desk) -> None:
    """A consultant mends everything in one round."""
    desk.write("id,Score\n1,9\n", name="a.csv")
    desk.write("score\n99\n", name="b.csv")
    with pytest.raises(DataError) as caught:
        two(desk, {"path": "a.csv"}, {"path": "b.csv"})
    assert [message[:5] for message in caught.value.messages] == ["a.csv", "a.csv", "b.csv"]


def test_several_faults_of_one_file_come_together(desk) -> None:
    """Dates, doubles and a condition are told at once."""
    text = "id,score,dag,n\n1,9,01/02/2026,1\n1,8,03/02/2026,2\n"
    assert desk.faults(
        text,
        wave=None,
        columns={"response_id": "id", "date": "dag"},
        keep_where={"n": {"from": "soon"}},
    ) == [
        "survey.csv: column 'dag' can be read with the day or the month first (01/02/2026). "
        'Declare how its dates are written, such as date_format: "%d/%m/%Y" or "%m/%d/%Y".',
        "survey.csv: keep_where, column 'n': has the bound 'soon', which is neither a number nor a date such as "
        "2026-01-31. Correct it in the params file.",
        "survey.csv: 1 response number occurs more than once: 1 in rows 2, 3. "
        "Correct the export, or choose duplicates: first, latest or keep.",
    ]


NO_ANSWERS = (
    "survey.csv: has column names but no answers: there are no rows, or every cell that is used is blank. "
    "Export the answers again."
)


@pytest.mark.parametrize(
    ("text", "survey", "message"),
    [
        ("", {}, "survey.csv: is empty. Export the file again."),
        (
            "score\n",
            {},
            NO_ANSWERS,
        ),
        (
            "score\n\n ,\n",
            {},
            NO_ANSWERS,
        ),
        (
            "score,id\n,1\nNA,2\n",
            {"columns": {"response_id": "id"}, "no_answer": ["NA"]},
            "survey.csv: no row has a score in 'score': there are only blanks and answers of no_answer. "
            "Check the columns of measures.",
        ),
        (
            "score,org\n9,A\n8,B\n",
            {"keep_where": {"org": "C"}},
            "survey.csv: none of the 2 rows counts: 2 are left out by keep_where. Column 'org' holds 'A', 'B'. "
            "Check what the params file says about this.",
        ),
        ("Score\n9\n", {"path": "surveys.csv"}, "surveys.csv: the file does not exist. Did you mean 'survey.csv'?"),
    ],
)
def test_a_file_without_answers_is_refused(desk, text: str, survey: dict[str, Any], message: str) -> None:
    """Each way of having no answers has its own sentence."""
    assert desk.faults(text, **survey) == [message]


def test_a_workbook_gives_the_same_responses(desk) -> None:
    """Dates are cells there, a day number too; numbers keep their point whatever the sign that people type."""
    rows = [
        ["score", "dag", "gewicht", "klaar"],
        [9, dt.date(2026, 3, 1), 1.5, True],
        [8.0, 46083, "2,5", True],
        ["#N/A", dt.date(2026, 3, 3), 1, True],
        [None, dt.date(2026, 3, 3), 1, False],
    ]
    desk.workbook(rows)
    columns = {"date": "dag", "weight": "gewicht", "finished": "klaar"}
    found = read(desk.client(path="survey.xlsx", wave=None, columns=columns, max_rejected=0.5))
    assert found.responses["measure.nps"].tolist() == [9, 8]
    assert found.responses["weight"].tolist() == [1.5, 2.5]
    assert found.responses["date"].tolist() == [pd.Timestamp("2026-03-01"), pd.Timestamp("2026-03-02")]
    assert found.rejected[["row", "found", "reason"]].to_numpy().tolist() == [[4, "#N/A", "not_a_number"]]
    assert found.summary.loc[0, "unfinished"] == 1


@pytest.mark.parametrize(
    ("text", "survey", "column", "answers"),
    [
        ("x,score\n1,2\n1,9\n", {"keep_where": {"score": {"from": "3"}}}, "measure.nps", (2, 9)),
        ("score,a;score\n2,1;9\n", {"separator": ";"}, "measure.nps", (2, 9)),
        ("score\nscore\n9\n", {"header_rows": 2, "max_rejected": "50%"}, "measure.nps", (9, 9)),
        (b"score,c\n9,\xa4\n", {"columns": {"channel": "c"}, "encoding": "iso8859-15"}, "channel", ("¤", "€")),
    ],
)
def test_a_key_about_the_file_changes_what_is_read(
    desk, text: str, survey: dict[str, Any], column: str, answers: tuple[object, object]
) -> None:
    """The same file without the key is read otherwise."""
    key = next(key for key in survey if key not in ("columns", "max_rejected"))
    plain = desk.read(text, **{name: value for name, value in survey.items() if name != key})
    changed = desk.read(text, **survey)
    assert (plain.responses[column].iloc[0], changed.responses[column].iloc[0]) == answers
    assert not plain.responses.equals(changed.responses) or not plain.summary.equals(changed.summary)


def test_a_date_format_decides_what_slashes_leave_open(desk) -> None:
    """Without the key the file is refused."""
    text, dated = "score,d\n9,03/04/2026\n", {"wave": None, "columns": {"date": "d"}}
    assert desk.read(text, date_format="%m/%d/%Y", **dated).responses["date"].tolist() == [pd.Timestamp("2026-03-04")]
    assert desk.read(text, date_format="%d/%m/%Y", **dated).responses["date"].tolist() == [pd.Timestamp("2026-04-03")]
    assert desk.faults(text, **dated)[0].startswith("survey.csv: column 'd' can be read with the day or the month")


def test_a_date_far_from_the_others_is_counted(desk) -> None:
    """A typing error in a year is a date all the same: the row is used, and the report says how many came late."""
    found = desk.read("score,d\n9,2026-03-01\n8,2062-03-01\n", wave=None, columns={"date": "d"})
    assert found.responses["date"].dt.year.tolist() == [2026, 2062]
    assert found.summary.loc[0, ["read", "used"]].tolist() == [2, 2]


def test_words_of_no_answer_are_no_group(desk) -> None:
    """NA is no channel or comment, unless it has a label; 99 may be no answer to a question and still a product."""
    text = "score,c,p,u,v\n9,NA,99,NA,NA\n8,web,1,Klant,NAM\n"
    survey = {
        "columns": {"channel": "c", "unit": ["u"], "verbatim": "v"},
        "dimensions": {"product": "p"},
        "no_answer": ["NA", "99"],
    }
    found = desk.read(text, **survey).responses.iloc[0]
    assert found[["channel", "unit", "verbatim"]].isna().all()
    assert found["dimension.product"] == "99"
    labelled = desk.read(text, labels={"channel": {"NA": "Onbekend"}}, **survey).responses.iloc[0]
    assert labelled["channel"] == "Onbekend"


def test_the_params_file_is_not_changed_by_reading(desk) -> None:
    """Reading twice gives equal tables."""
    first, second = desk.read(FILE, **FULL), desk.read(FILE, **FULL)
    pd.testing.assert_frame_equal(first.responses, second.responses)
    assert np.array_equal(first.summary, second.summary)


def test_the_headcount_comes_with_the_responses(desk) -> None:
    """Its faults are told together with those of the surveys; without the key there is none."""
    desk.write("unit,wave,employees\nKlant,2026,12\n", name="people.csv")
    tables = {"tables": {"headcount": "people.csv"}}
    found = desk.read("score\n9\n", params=tables).headcount
    assert found is not None
    assert found["employees"].tolist() == [12]
    assert desk.read("score\n9\n").headcount is None
    desk.write("unit,wave,employees\nKlant,2026,0\n", name="people.csv")
    assert desk.faults("score\n99\n", params=tables)[1] == (
        "people.csv: row 2 employees 0 is not a whole number above 0. Correct it."
    )


def test_no_damage_gives_anything_but_a_message(desk) -> None:
    """Whatever bytes are hurt, the file is read or refused in sentences that name it."""
    whole = FILE.encode()
    chance = random.Random(20260930)
    for _ in range(200):
        hurt = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            hurt[chance.randrange(len(hurt))] = chance.choice(b'";,\n\r\x00\xff\xe9 9')
        desk.write(bytes(hurt))
        try:
            found = read(desk.client(**{**FULL, "max_rejected": "100%"}))
        except DataError as refused:
            messages = refused.messages
        else:
            messages = ()
            assert found.summary.loc[0, list(CLASSES)].sum() == found.summary.loc[0, "read"]
        assert [message for message in messages if not message.startswith("survey.csv: ")] == []
