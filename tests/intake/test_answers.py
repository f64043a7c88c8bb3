"""Answers of one question or several, in words or numbers; and the numbers and texts beside them."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.intake.responses import read

NPS = {"column": "score", "scale": "0-10"}


def measured(desk, text: str, **measure: object) -> list[float | None]:
    """Return the answers to one more measure, in the order of the file."""
    found = desk.read(text, measures={"nps": NPS, "ease": measure}).responses["measure.ease"]
    return [None if pd.isna(answer) else float(answer) for answer in found]


ITEMS = "score,a,b,c\n9,5,4,1\n9,5,,1\n9,4,,\n9,,,\n9,1,2,5\n"


@pytest.mark.domain("S46")
def test_a_scale_of_several_questions_is_their_mean(desk) -> None:
    """Of the answered items, where at least half were: two of three are enough, one is not."""
    answers = measured(desk, ITEMS, items=["a", "b", "c"], scale="1-5")
    assert answers == [pytest.approx(10 / 3), 3, None, None, pytest.approx(8 / 3)]
    assert measured(desk, ITEMS, items=["a", "b"], scale="1-5") == [4.5, 5, 4, None, 1.5]


def test_a_reversed_item_is_turned_round(desk) -> None:
    """On 1-5 a 1 counts as 5: (5 + 4 + 5) / 3 in the first row."""
    items = ["a", "b", {"column": "c", "reversed": "true"}]
    answers = measured(desk, ITEMS, items=items, scale="1-5")
    assert answers == [pytest.approx(14 / 3), 5, None, None, pytest.approx(4 / 3)]


def test_a_faulty_item_rejects_the_row(desk) -> None:
    """Like any other value that cannot be used."""
    found = desk.read(
        "score,a,b\n9,6,4\n8,5,4\n",
        measures={"nps": NPS, "ease": {"items": ["a", "b"], "scale": "1-5"}},
        max_rejected="50%",
    )
    assert found.responses["measure.nps"].tolist() == [8]
    assert found.rejected[["row", "column", "found", "reason"]].to_numpy().tolist() == [[2, "a", "6", "off_scale"]]
    assert found.columns["became"].tolist() == ["measures.nps", "measures.ease.items[0]", "measures.ease.items[1]"]


def test_texts_are_read_as_what_they_are_declared_to_mean(desk) -> None:
    """Blanks around and within do not matter, 3 and 3.0 are one, and other numbers are still read."""
    text = 'score,q\n9,Zeker  wel\n9," helemaal\nniet "\n9,3.0\n9,4\n9,\n'
    values = {"Zeker wel": "5", "helemaal niet": "1", "3": "2"}
    assert measured(desk, text, column="q", scale="1-5", values=values) == [5, 1, 2, 4, None]


def test_answers_numbered_from_one_can_be_declared(desk) -> None:
    """1 means 0 and 11 means 10; without the mapping a promoter is rejected and a critic gets a point."""
    values = {str(number + 1): str(number) for number in range(11)}
    found = desk.read("score\n1\n11\n10\n", measures={"nps": NPS | {"values": values}}).responses
    assert found["measure.nps"].tolist() == [0, 10, 9]


DRIVERS = {
    "drivers": {
        "wait": {"column": "w", "scale": "1-5", "reversed": "true"},
        "staff": {"items": ["a", "b"], "scale": "1-5"},
    }
}


@pytest.mark.domain("S43")
def test_drivers_are_columns_of_their_own(desk) -> None:
    """Turned round where a high answer is bad; whoever answers nothing else is no respondent."""
    found = desk.read("score,w,a,b\n9,1,4,5\n8,,3,\n,5,5,5\n", **DRIVERS)
    assert list(found.responses)[-3:] == ["measure.nps", "driver.wait", "driver.staff"]
    assert found.responses["driver.wait"].fillna(0).tolist() == [5, 0, 1]
    assert found.responses["driver.staff"].tolist() == [4.5, 3, 5]
    assert found.summary.loc[0, ["used", "skipped"]].tolist() == [2, 1]


def test_a_faulty_driver_rejects_the_row(desk) -> None:
    """One rule for every column: a row with a value that cannot be used is not used."""
    found = desk.read("score,w,a,b\n9,9,4,5\n8,1,3,\n", max_rejected="50%", **DRIVERS)
    assert found.responses["measure.nps"].tolist() == [8]
    assert found.rejected["column"].tolist() == ["w"]


def test_a_tree_is_a_group_of_whole_paths(desk) -> None:
    """Beside the units of the organisation itself."""
    found = desk.read(
        "score,div,client,campaign\n9,D,Acme,Spring\n8,D,Acme,\n7,D,,x\n",
        columns={"unit": ["div"]},
        trees={"client": ["client", "campaign"]},
    ).responses
    assert found["tree.client"].astype(object).fillna("-").tolist() == ["Acme › Spring", "Acme", "-"]
    assert list(found["tree.client"].cat.categories) == ["Acme", "Acme › Spring"]


def test_agents_and_employees_have_numbers_of_their_own(desk) -> None:
    """One id in both columns gives numbers that do not tell so."""
    desk.write("score,a\n9,piet\n8,jan\n7,piet\n6,\n", name="a.csv")
    desk.write("score,e\n9,jan\n", name="b.csv")
    params = {
        "sources": {
            "klanten": {
                "path": "a.csv", "audience": "customer", "measurement": "transactional", "wave": "2026-Q1",
                "measures": {"nps": NPS}, "columns": {"agent": "a"},
            },
            "mensen": {
                "path": "b.csv", "audience": "employee", "measurement": "employee", "wave": "2026-Q1",
                "measures": {"enps": NPS}, "columns": {"employee_id": "e"},
            },
        }
    }  # fmt: skip
    found = read(desk.client(params=params)).responses
    assert found["agent_key"].fillna("-").tolist() == ["1", "2", "1", "-", "-"]
    assert found["employee_key"].fillna("-").tolist() == ["-", "-", "-", "-", "1"]
    assert "piet" not in found.to_csv()


def test_consent_is_yes_no_or_unknown(desk) -> None:
    """In Dutch and English, in any case; anything else rejects the row."""
    words = ["Ja", "nee", "YES", "No", "1", "0.0", "true", "onwaar", "", "misschien"]
    text = "score,c\n" + "".join(f"9,{word}\n" for word in words)
    found = desk.read(text, columns={"callback_consent": "c"}, max_rejected="10%")
    said = found.responses["callback_consent"]
    assert str(said.dtype) == "boolean"
    assert said.tolist()[:8] == [True, False] * 4
    assert said.isna().tolist() == [False] * 8 + [True]
    assert found.rejected[["row", "column", "found", "reason"]].to_numpy().tolist() == [
        [11, "c", "misschien", "not_yes_or_no"]
    ]
    assert desk.faults(text, columns={"callback_consent": "c"})[0].startswith(
        "survey.csv: 1 of 10 rows rejected (10%, max_rejected is 5%): row 11 c 'misschien' (neither yes nor no). "
    )


def test_revenue_and_visits_are_numbers(desk) -> None:
    """Written as the file writes them; a blank is unknown, and a word or a percentage rejects the row."""
    text = "score;o;v;w\n9;1.234,50;1 200;ja\n8;;NA;nee\n7;50%;3;\n6;1'000;twee;\n"
    columns = {"revenue": "o", "visits": "v", "went_wrong": "w"}
    found = desk.read(text, columns=columns, decimal=",", no_answer=["NA"], max_rejected="50%")
    assert found.responses["revenue"].fillna(-1).tolist() == [1234.5, -1]
    assert found.responses["visits"].fillna(-1).tolist() == [1200, -1]
    assert found.responses["went_wrong"].tolist() == ["ja", "nee"]
    assert found.rejected[["row", "column", "found", "reason"]].to_numpy().tolist() == [
        [4, "o", "50%", "not_a_number"],
        [5, "v", "twee", "not_a_number"],
    ]


@pytest.mark.parametrize(("decimal", "expected"), [(",", [1234, 0.5]), (".", [1.234, None])])
def test_a_declared_sign_decides_what_one_point_means(desk, decimal: str, expected: list[float | None]) -> None:
    """A thousand and more, or one and a bit."""
    text = "score;o\n9;1.234\n" + ("8;0,5\n" if decimal == "," else "8;\n")
    found = desk.read(text, columns={"revenue": "o"}, decimal=decimal).responses["revenue"]
    assert [None if pd.isna(number) else number for number in found] == expected


@pytest.mark.parametrize(
    "survey",
    [
        {"columns": {"weight": "omzet"}},
        {"columns": {"revenue": "omzet"}},
        {"columns": {"visits": "omzet"}},
        {"segments": {"omzet": {"column": "omzet", "bins": ["1", "1000"]}}},
        {"dimensions": {"omzet": {"column": "omzet", "bins": ["1", "1000"]}}},
    ],
)
def test_a_sign_that_may_mean_two_things_is_asked_for(desk, survey: dict[str, object]) -> None:
    """Wrong by a thousand is worse than a question; a score written 9,0 or 9.000 is clear."""
    assert desk.faults("score;omzet\n9,0;1.234\n8;\n7;12\n".replace("8;\n", ""), **survey) == [
        "survey.csv: column 'omzet' can be read as thousands or as decimals (1.234). Declare the decimal sign of the "
        'file: decimal: "," or decimal: ".".'
    ]


def test_a_workbook_needs_no_decimal_sign(desk) -> None:
    """Its cells are numbers."""
    desk.workbook([["score", "omzet"], [9, 1.234]])
    found = read(desk.client(path="survey.xlsx", columns={"revenue": "omzet"})).responses
    assert found["revenue"].tolist() == [1.234]


def test_a_recommendation_on_ten_points_takes_whole_answers(desk) -> None:
    """1 to 10, by convention: 0 is off the scale, and so is 7.5."""
    measures = {"nps": {"column": "score", "nps_by_convention": "1-10"}}
    found = desk.read("score\n1\n10\n0\n7.5\n", measures=measures, max_rejected="50%")
    assert found.responses["measure.nps"].tolist() == [1, 10]
    assert found.rejected["found"].tolist() == ["0", "7.5"]


WIDE = {"measures": {"ease": {"column": "score", "scale": "0-2000", "rule": "mean"}}}


def test_a_score_of_thousands_has_a_sign_that_is_asked_for_or_settled(desk) -> None:
    """1.234 fits a scale of 0–2000 in two ways; 1.234,5 tells which, and below a thousand there is one way."""
    assert desk.faults("score\n1.234\n7\n", **WIDE) == [
        "survey.csv: column 'score' can be read as thousands or as decimals (1.234). Declare the decimal sign of the "
        'file: decimal: "," or decimal: ".".'
    ]
    found = desk.read("score;n\n1.234;1\n1.234,5;2\n7;3\n", **WIDE).responses
    assert found["measure.ease"].tolist() == [1234, 1234.5, 7]
    ease = {"measures": {"ease": {"column": "score", "scale": "0-10", "rule": "mean"}}}
    assert desk.read("score\n1.234\n7\n", **ease).responses["measure.ease"].tolist() == [1.234, 7]


def test_one_number_of_thousands_settles_the_sign_of_a_column(desk) -> None:
    """41 weights: forty times a half, and once 1234.5."""
    text = "score;w\n" + "9;0,5\n" * 40 + "9;1.234,5\n"
    weights = desk.read(text, columns={"weight": "w"}).responses["weight"]
    assert (weights.iloc[0], weights.iloc[-1], len(weights)) == (0.5, 1234.5, 41)


def test_a_row_of_which_nobody_knows_whether_it_is_finished_is_rejected(desk) -> None:
    """Partial is unfinished, onbekend is neither yes nor no."""
    text = "score,ok\n9,Complete\n0,Partial\n0,Incomplete\n8,onbekend\n7,\n"
    found = desk.read(text, columns={"finished": "ok"}, max_rejected="50%")
    assert found.summary.loc[0, ["read", "used", "rejected", "unfinished"]].tolist() == [5, 1, 1, 3]
    assert found.rejected[["row", "column", "found", "reason"]].to_numpy().tolist() == [
        [5, "ok", "onbekend", "not_yes_or_no"]
    ]
