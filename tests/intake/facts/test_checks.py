"""What facts may not say beside the answers."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from helpers.errors import DataError
from helpers.intake import facts
from helpers.intake.facts.checks import customers_without_answers, groups_of

# March: two answers of Stroom, one of Gas; April: one of Stroom. Warmte is declared and has none.
ANSWERS = pd.DataFrame(
    {
        "source": ["survey"] * 4 + ["other"] * 9,
        "date": pd.to_datetime(["2026-03-01", "2026-03-31", "2026-03-15", "2026-04-01"] + ["2026-03-01"] * 9),
        "dimension.product": pd.Categorical(
            ["Stroom", "Stroom", "Gas", "Stroom"] + ["Stroom"] * 9, categories=["Stroom", "Gas", "Warmte"], ordered=True
        ),
        "unit": pd.Categorical(["Klant › Noord", "Klant › Zuid", "Klant › Zuid", "Klant › Noord"] + [None] * 9),
        "customer_key": ["7", "8", None, "7"] + [None] * 9,
    }
)
SURVEY: dict[str, Any] = {
    "columns": {"unit": ["division", "team"], "date": "day"},
    "wave": None,
    "dimensions": {"product": "product_code"},
    "labels": {"product": {"P01": "Stroom", "P02": "Gas", "P03": "Warmte"}},
    "invited": "invited.csv",
}


def invited(desk, text: str, *, responses: pd.DataFrame | None = ANSWERS) -> pd.DataFrame:
    """Return the invitations of a file with this text."""
    desk.write(text, name="invited.csv")
    found, _ = facts.read(desk.client(**SURVEY), responses=responses)
    return found.invitations["survey"]


def faults(desk, text: str) -> list[str]:
    """Return the messages about a file with this text."""
    with pytest.raises(DataError) as caught:
        invited(desk, text)
    return list(caught.value.messages)


def test_invitations_by_name_by_code_and_in_all(desk) -> None:
    """A code becomes its label, a blank or * is all of them, and bounced is 0 where it is not given."""
    text = "period;product;sent;bounced\n2026-03;P01;2;\nmaart 2026;x;1;\n".replace("maart 2026;x;1;\n", "")
    found = invited(desk, text + "2026-03;gas;1;0\n2026-Q1;*;1.200;3\n".replace("gas", "Gas"))
    assert found.to_dict("list") == {
        "period": ["2026-03", "2026-03", "2026-Q1"],
        "sent": [2, 1, 1200],
        "bounced": [0, 0, 3],
        "product": ["Stroom", "Gas", ""],
    }
    assert found.dtypes.astype(str).tolist() == ["str", "int64", "int64", "str"]


def test_more_answers_than_invitations(desk) -> None:
    """Answers are counted per period and group, of this source alone, and along the unit tree."""
    assert faults(desk, "period,product,sent,bounced\n2026-Q1,P01,2,1\n2026-Q1,Gas,1,\n2026,*,3,0\n") == [
        "invited.csv: row 2 sent 2 minus bounced 1 is below the 2 answers of period '2026-Q1', product 'P01'. More "
        "people answered than were invited; correct the row or remove double answers.",
        "invited.csv: row 4 sent 3 minus bounced 0 is below the 4 answers of period 2026. More people answered than "
        "were invited; correct the row or remove double answers.",
    ]
    assert faults(desk, "period,unit,sent\n2026,Klant,3\n2026,Klant > Noord,2\n") == [
        "invited.csv: row 2 sent 3 is below the 4 answers of period 2026, unit 'Klant'. More people answered than were "
        "invited; correct the row or remove double answers."
    ]


def test_groups_add_up_to_no_more_than_all(desk) -> None:
    """Per period and per way of splitting; a unit inside one that is named counts once, and groups may lack."""
    head = "period,product,unit,sent\n"
    rows = "2026-Q1,*,,1000\n2026-Q1,Gas,,400\n2026-Q1,Stroom,,601\n2026-Q2,Gas,,9000\n"
    units = "2026-Q1,,Klant,1000\n2026-Q1,,Klant > Noord,900\n2026-Q1,Gas,Klant > Zuid,1001\n"
    assert faults(desk, head + rows + units) == [
        "invited.csv: row 2 sent 1000, the row for all of period '2026-Q1', is below 1001, what its rows per product "
        "add up to. Correct one of them.",
        "invited.csv: row 2 sent 1000, the row for all of period '2026-Q1', is below 1001, what its rows per product "
        "and unit add up to. Correct one of them.",
    ]
    assert len(invited(desk, head + rows.replace("601", "599") + units.replace("1001", "9"), responses=None)) == 7


def test_without_answers_only_the_file_is_judged(desk) -> None:
    """When the survey could not be read, its own faults are told, and the invitations' own."""
    assert invited(desk, "period,product,sent\n2026-Q1,Strom,0\n", responses=None)["sent"].tolist() == [0]


def test_bounced_above_sent_and_doubles(desk) -> None:
    """A group by code and by name is one group."""
    assert faults(desk, "period,product,sent,bounced\n2026-Q1,P01,9,10\n2026-Q1,Stroom,9,\n2026-Q1,Gas,-1,\n") == [
        "invited.csv: row 2 bounced 10 is above sent 9. Correct one of them.",
        "invited.csv: row 3 repeats period '2026-Q1', product 'Stroom' of row 2. Keep one of them.",
        "invited.csv: row 4 sent -1 is not a whole number, 0 or more. Correct it.",
    ]


def test_invitations_are_compared_with_answers_beside_other_faults(desk) -> None:
    """A row is compared when its period, numbers and groups can be read, and more were sent than bounced."""
    assert faults(
        desk, "period,product,sent,bounced\n2026-Q1,P01,1,\nsoon,P01,9,10\n2026-Q1,P02,x,\n2026,P01,1,2\n"
    ) == [
        "invited.csv: row 2 sent 1 is below the 2 answers of period '2026-Q1', product 'P01'. More people answered "
        "than were invited; correct the row or remove double answers.",
        "invited.csv: row 3 bounced 10 is above sent 9. Correct one of them.",
        "invited.csv: row 3 period 'soon' is not a period (2026, 2026-H1, 2026-Q3 or 2026-07) or a date. Correct it.",
        "invited.csv: row 4 sent 'x' is not a whole number, 0 or more. Correct it.",
        "invited.csv: row 5 bounced 2 is above sent 1. Correct one of them.",
    ]


def test_a_group_that_is_not_declared(desk) -> None:
    """Where it tells rows apart they are no doubles, and nothing is compared; else the column is not used."""
    assert faults(desk, "period,region,sent,remark\n2026-Q1,North,1,\n2026-Q1,South,1,\n2026-Q1,East,2,x\n") == [
        "invited.csv: row 3 repeats period '2026-Q1' of row 2. They differ in column 'region', which is not declared "
        "for sources.survey. Declare the group under dimensions there, or add the rows up.",
        "invited.csv: row 4 repeats period '2026-Q1' of row 2. They differ in the columns 'region', 'remark', which "
        "are not declared for sources.survey. Declare the group under dimensions there, or add the rows up.",
    ]
    assert faults(desk, "period,region,sent\n2026-Q1,North,9\n2026-Q1,North,8\n") == [
        "invited.csv: row 3 repeats period '2026-Q1' of row 2. Keep one of them."
    ]
    desk.write("period,region,sent\n2026-Q1,North,9\n2026-Q2,North,8\n", name="invited.csv")
    found, _ = facts.read(desk.client(**SURVEY), responses=ANSWERS)
    assert found.not_used == {"sources.survey.invited": ("region",)}


def test_a_group_whose_column_is_misspelt(desk) -> None:
    """Its rows are neither doubles nor too few for all answers together."""
    assert faults(desk, "period,prodcut,sent,bounsed\n2026-Q1,P01,2,\n2026-Q1,P02,1,\n") == [
        f"invited.csv: column '{found}' is none of the table's 'period', 'sent', 'bounced', 'product', 'unit'. Did you "
        f"mean '{meant}'? Correct its name; if it holds something else, give it another one."
        for found, meant in (("prodcut", "product"), ("bounsed", "bounced"))
    ]


def test_a_group_spelled_otherwise(desk) -> None:
    """It is refused when the name that was meant has no row of its own."""
    assert faults(desk, "period,product,sent\n2026-Q1,Strom,9\n2026-Q1,Gas,9\n") == [
        "invited.csv: row 2 product 'Strom' is in none of the answers. Did you mean 'Stroom'? The answers have "
        "'Stroom'; write it as they do."
    ]
    assert faults(desk, "period,unit,sent\n2026-Q1,Klant > Nord,9\n2026-Q1,Klant > Zuid,9\n") == [
        "invited.csv: row 2 unit 'Klant > Nord' is in none of the answers. Did you mean 'Klant > Noord'? The answers "
        "have 'Klant > Noord'; write it as they do."
    ]


def test_names_of_another_kind(desk) -> None:
    """When none of the names occurs in the answers, they are names of something else."""
    assert faults(desk, "period,product,sent\n2026-Q1,A,9\n") == [
        "invited.csv: row 2 product 'A' is in none of the answers. The answers have 'Stroom', 'Gas'; "
        "write it as they do."
    ]


def test_a_group_that_nobody_answered_for(desk) -> None:
    """It is no fault: declared, or beside the groups that it resembles."""
    text = "period,unit,sent\n2026-Q1,Klant > Noord,9\n2026-Q1,Klant > Zuid,9\n2026-Q1,Klant > Zuid 2,9\n"
    assert invited(desk, text)["sent"].tolist() == [9, 9, 9]
    assert invited(desk, "period,product,sent\n2026-Q1,Warmte,9\n")["product"].tolist() == ["Warmte"]


def test_customers_that_occur_in_no_survey_are_counted() -> None:
    """Each customer once, and 7.0 is 7."""
    customers = pd.DataFrame({"customer_id": ["7", "9", "9", "10"]})
    assert customers_without_answers(customers, responses=ANSWERS) == 2
    written = ANSWERS.assign(customer_key=["7.0", "9", "10", None] + [None] * 9)
    assert customers_without_answers(customers, responses=written) == 0


def test_groups_of_a_source(desk) -> None:
    """Trees and units are paths; the others are names."""
    survey = SURVEY | {"segments": {"age": "leeftijd"}, "trees": {"client": ["a", "b"]}}
    source = desk.client(**survey).params.sources["survey"]
    assert groups_of(source) == {"product": "group", "age": "group", "client": "unit", "unit": "unit"}
