"""Each facts table: what is read from it, and every fault of it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from helpers.errors import DataError
from helpers.intake import facts

PERIODS = "a period (2026, 2026-H1, 2026-Q3 or 2026-07) or a date"
INDICATORS = {"indicators": {"complaints": {"direction": "low_is_good"}, "exits": {"direction": "low_is_good"}}}


def read(desk, table: str, text: str, **params: Any) -> pd.DataFrame:
    """Return one table of a file with this text, named as the params name it."""
    desk.write(text, name="facts.csv")
    named = {"improvements": "facts.csv"} if table == "improvements" else {"tables": {table: "facts.csv"}}
    found, _ = facts.read(desk.client(params=named | params, dimensions={"product": "p"}), responses=None)
    frame = getattr(found, table)
    assert isinstance(frame, pd.DataFrame)
    return frame


def faults(desk, table: str, text: str, **params: Any) -> list[str]:
    """Return the messages about a file with this text, without the file's name before each."""
    with pytest.raises(DataError) as caught:
        read(desk, table, text, **params)
    assert all(message.startswith("facts.csv: ") for message in caught.value.messages)
    return [message.removeprefix("facts.csv: ") for message in caught.value.messages]


@pytest.mark.domain("S23")
def test_customers_in_dutch_writing(desk) -> None:
    """Semicolons, decimal commas, ja and nee; a credit is below 0, and a blank is missing."""
    head = "Klantnr;Customer ID;period;revenue;retained;cross-sold;referred_by;joined_because\n"
    found = read(desk, "customers", head + "x;17.0;2025;1.250,40;Ja;nee;3;prijs\ny;18;31-12-2025;-35;;NEE;;\n")
    assert found[["customer_id", "period", "revenue"]].to_numpy().tolist() == [
        ["17", "2025", 1250.4],
        ["18", "2025-12", -35.0],
    ]
    assert found["retained"].tolist() == [True, pd.NA]
    assert found["cross_sold"].tolist() == [False, False]
    assert found["referred_by"].fillna("-").tolist() == ["3", "-"]
    assert found["joined_because"].fillna("-").tolist() == ["prijs", "-"]
    kinds = {
        "customer_id": "str",
        "period": "str",
        "revenue": "float64",
        "retained": "boolean",
        "cross_sold": "boolean",
    }
    assert found.dtypes.astype(str).to_dict() == kinds | {"referred_by": "str", "joined_because": "str"}


def test_columns_that_may_be_absent_are_there(desk) -> None:
    """Who uses a table need not ask which of its columns the file had."""
    found = read(desk, "customers", "customer_id,period,revenue\nA,2025,1\n")
    assert found.loc[0, ["retained", "cross_sold", "referred_by", "joined_because"]].isna().all()
    assert str(found["retained"].dtype) == "boolean"


def test_every_fault_of_customers(desk) -> None:
    """Cells first to last, and doubles with both rows."""
    text = "customer_id,period,revenue,retained\nA,2025,1,maybe\n,2025,x,1\nA,2025,2,\nB,2025-13,,yes\nC,2025\n"
    assert faults(desk, "customers", text) == [
        "row 2 retained 'maybe' is not yes (ja) or no (nee). Correct it.",
        "row 3 customer_id blank is not an id. Correct it.",
        "row 3 revenue 'x' is not a number. Correct it.",
        "row 4 repeats customer_id 'A', period 2025 of row 2. Keep one of them.",
        f"row 5 period 2025-13 is not {PERIODS}. Correct it.",
        "row 5 revenue blank is not a number. Correct it.",
        "row 6 has 2 cells under a header of 4. Correct it.",
    ]


def test_a_misspelt_needed_column(desk) -> None:
    """It is suggested by name, with the columns that there are."""
    assert faults(desk, "customers", "customer,period,revenu\nA,2025,1\n") == [
        "column 'customer_id' (customer_id) is not in the file. Did you mean 'customer'?",
        "column 'revenue' (revenue) is not in the file. Did you mean 'revenu'?",
        "the 3 columns are 'customer', 'period', 'revenu'.",
    ]


def test_numbers_that_could_be_thousands_or_decimals(desk) -> None:
    """A factor of a thousand is never guessed; another number of the file that tells it is enough."""
    head = "customer_id;period;revenue\n"
    assert faults(desk, "customers", head + "A;2025;1.250\n") == [
        "column 'revenue' can be read as thousands or as decimals (1.250). Write numbers without a sign for thousands."
    ]
    assert read(desk, "customers", head + "A;2025;1.250\nB;2025;9,5\n")["revenue"].tolist() == [1250.0, 9.5]
    assert read(desk, "customers", head + "A;2025;1.250\nB;2025;9.5\n")["revenue"].tolist() == [1.25, 9.5]
    assert faults(desk, "customers", head + "A;2025;1,5\nB;2025;9.5\n") == [
        "column 'revenue' holds numbers with a decimal comma (1,5) and with a decimal point (9.5). "
        "Write one of the two."
    ]


def test_indicators(desk) -> None:
    """A blank denominator is a count without a base; a group is known by code or name, * is all of them."""
    text = "product,period,measure,numerator,denominator\nP01,2026-Q1,complaints,3,60\n*,2026-Q1,exits,7,\n"
    found = read(desk, "indicators", text, **INDICATORS)
    assert found[["period", "measure", "numerator", "product"]].to_numpy().tolist() == [
        ["2026-Q1", "complaints", 3.0, "P01"],
        ["2026-Q1", "exits", 7.0, ""],
    ]
    assert found["denominator"].isna().tolist() == [False, True]
    assert "unit" not in found


def test_every_fault_of_indicators(desk) -> None:
    """Cells, what they say together, what the params say about measures, and doubles."""
    head = "unit;period;measure;numerator;denominator\n"
    assert faults(desk, "indicators", head + "A;2026;exits;-1;0\nB;2026;;1;2\n", **INDICATORS) == [
        "row 2 denominator 0 is not a number above 0. Correct it.",
        "row 2 numerator -1 is not a number, 0 or more. Correct it.",
        "row 3 measure blank is not the name of a measure. Correct it.",
    ]
    text = (
        head
        + "A;2026;exits;9;8\nA;2026;complaint;1;2\nB;2026;complaint;1;2\nA > B;2026;exits;1;2\nA / B;2026;exits;1;2\n"
    )
    together = [
        "row 2 numerator 9 is above denominator 8, and a share is never above 100%. Correct one of them, or declare "
        "per: 1000 for 'exits' under indicators.",
        "row 3 and 1 more: measure 'complaint' is not declared under indicators in the params file. Did you mean "
        "'complaints'? The file's measures are 'exits', 'complaint'; declare the direction of each.",
    ]
    assert faults(desk, "indicators", text, **INDICATORS) == [
        *together,
        "row 6 repeats measure 'exits', period 2026, unit 'A / B' of row 5. Keep one of them.",
    ]
    assert faults(desk, "indicators", text.replace("A / B", "C"), **INDICATORS) == together


def test_a_row_is_judged_by_the_cells_that_a_rule_needs(desk) -> None:
    """Neither a fault in another row nor one in another cell of the row hides what its cells say together."""
    head = "period,measure,numerator,denominator\n"
    rows = "2026-Q1,complaints,101,100\n2026-Q2,complaints,1,0\n2026-Q3,complaints,-1,100\nsoon,exits,8,7\n"
    above = "and a share is never above 100%. Correct one of them, or declare per: 1000 for"
    assert faults(desk, "indicators", head + rows, **INDICATORS) == [
        f"row 2 numerator 101 is above denominator 100, {above} 'complaints' under indicators.",
        "row 3 denominator 0 is not a number above 0. Correct it.",
        "row 4 numerator -1 is not a number, 0 or more. Correct it.",
        f"row 5 numerator 8 is above denominator 7, {above} 'exits' under indicators.",
        f"row 5 period 'soon' is not {PERIODS}. Correct it.",
    ]


def test_rules_that_do_not_need_an_unreadable_column(desk) -> None:
    """Dates that could be either are told once, and the rows are judged by the other columns."""
    head = "id,opened,type,owner,due,closed\n"
    assert faults(desk, "improvements", head + "1,2026-01-05,small,Bo,2025-12-01,03/04/2026\n") == [
        "column 'closed' can be read with the day or the month first (03/04/2026). "
        "Write year-month-day, such as 2026-12-31.",
        "row 2 due 2025-12-01 is before opened 2026-01-05. Correct one of them.",
    ]


@pytest.mark.parametrize(
    ("table", "head", "row", "name"),
    [
        ("headcount", "unit,wave,employees", "A,{},3", "wave"),
        ("customers", "customer_id,period,revenue", "A,{},3", "period"),
        ("indicators", "period,measure,numerator,denominator", "{},exits,1,2", "period"),
    ],
)
def test_a_period_that_was_clearly_meant(desk, table: str, head: str, row: str, name: str) -> None:
    """It is suggested as in the params; where none is clearly meant, nothing is."""
    rows = "\n".join(row.format(text) for text in ("2026-Q1", "Q4 2026", "2026-Q5"))
    declared = INDICATORS if table == "indicators" else {}
    assert faults(desk, table, f"{head}\n{rows}\n", **declared) == [
        f"row 3 {name} 'Q4 2026' is not {PERIODS}. Did you mean 2026-Q4? Correct it.",
        f"row 4 {name} '2026-Q5' is not {PERIODS}. Correct it.",
    ]


def test_a_misspelt_column_that_may_be_absent(desk) -> None:
    """It would else be read as if it were not there; the rows are judged without it."""
    needed = "'id', 'opened', 'type', 'owner', 'level', 'unit', 'team', 'phase', 'due', 'closed', 'expected', 'finding'"
    assert faults(desk, "improvements", "id,opened,type,owner,phases,duu,uint\n1,2026-01-05,klien,Bo,do,x,A\n") == [
        f"column '{found}' is none of the table's {needed}. Did you mean '{meant}'? Correct its name; if it holds "
        "something else, give it another one."
        for found, meant in (("phases", "phase"), ("uint", "unit"))
    ] + ["row 2 type 'klien' is not small (klein) or large (groot). Did you mean 'klein'? Correct it."]


def test_a_misspelt_column_is_told_with_those_that_lack(desk) -> None:
    """All that is wrong with the names comes at once."""
    assert faults(desk, "indicators", "period,measure,numerator,denominatr,prodcut\n2026,exits,1,2,x\n") == [
        "column 'denominator' (denominator) is not in the file. Did you mean 'denominatr'?",
        "the 5 columns are 'period', 'measure', 'numerator', 'denominatr', 'prodcut'.",
        "column 'prodcut' is none of the table's 'period', 'measure', 'numerator', 'denominator', 'source', 'product', "
        "'unit'. Did you mean 'product'? Correct its name; if it holds something else, give it another one.",
        "row 2: measure 'exits' is not declared under indicators in the params file. The file's measures are 'exits'; "
        "declare the direction of each.",
    ]


def test_the_columns_that_are_there_are_judged_beside_one_that_lacks(desk) -> None:
    """Cells, rows that do not fit and ragged rows are told with the header; no key is known, so no row repeats one."""
    text = "unit,wave,employes\nA,2026-02-30,0\nA,2026-Q1,0\nA,2026-Q1,1\nB,2026\n"
    assert faults(desk, "headcount", text) == [
        "column 'employees' (employees) is not in the file. Did you mean 'employes'?",
        "the 3 columns are 'unit', 'wave', 'employes'.",
        f"row 2 wave 2026-02-30 is not {PERIODS}. Correct it.",
        "row 4 repeats unit 'A' in the wave of row 3. Keep one of them.",
        "row 5 has 2 cells under a header of 3. Correct it.",
    ]
    text = "metric,about,about,score,promoters,detractors,n,origin\nnps,x,x,50,20,10,0,y\n"
    assert faults(desk, "published_scores", text) == [
        "column 'about' (about) stands in the file more than once, as columns 2 and 3. Name the one that is meant by "
        "its place: {position: 2} or {position: 3}.",
        "column 'source' (source) is not in the file.",
        "the 8 columns are 'metric', 'about', 'about', 'score', 'promoters', 'detractors', 'n', 'origin'.",
        "row 2 n 0 is not a whole number above 0. Correct it.",
        "row 2 score 50 is not promoters 20 minus detractors 10. Correct one of them.",
    ]


def test_without_any_column_only_the_header_is_told(desk) -> None:
    """Of another file under the same name its rows say nothing; a blank table has no rows to judge."""
    assert faults(desk, "headcount", "a,b,c\n1,2\n") == [
        "column 'unit' (unit) is not in the file.",
        "column 'wave' (wave) is not in the file.",
        "column 'employees' (employees) is not in the file.",
        "the 3 columns are 'a', 'b', 'c'.",
    ]
    assert faults(desk, "headcount", "unit,wave,c\n,,1\n") == [
        "column 'employees' (employees) is not in the file.",
        "the 3 columns are 'unit', 'wave', 'c'.",
    ]


@pytest.mark.parametrize("extra", ["remark", "teamleader", "due date", "team 2", "stage"])
def test_a_clearly_different_column_is_not_used(desk, extra: str) -> None:
    """It is named for the check; a name like that of a column that is there is different too."""
    desk.write(f"id,opened,type,owner,team,{extra}\n1,2026-01-05,klein,Bo,Snel,x\n", name="facts.csv")
    found, _ = facts.read(desk.client(params={"improvements": "facts.csv"}), responses=None)
    assert found.not_used == {"improvements": (extra,)}


def test_a_measure_per_thousand_may_exceed_its_base(desk) -> None:
    """Contacts per thousand customers is no share."""
    text = "period,measure,numerator,denominator\n2026,contacts,9000,1000\n"
    declared = {"indicators": {"contacts": {"direction": "low_is_good", "per": 1000}}}
    assert read(desk, "indicators", text, **declared)["numerator"].tolist() == [9000.0]


@pytest.mark.domain("R09")
def test_teams(desk) -> None:
    """A member is in a team once; a blank unit is the whole organisation."""
    text = "team\tmember\tunit\tstart\nSnel\tAnna\tKlant > Service\t1-2-2026\nSnel\tBo\t\t2 februari 2026\n"
    found = read(desk, "teams", text)
    assert found["unit"].tolist() == ["Klant › Service", ""]
    assert found["start"].tolist() == [pd.Timestamp(2026, 2, 1), pd.Timestamp(2026, 2, 2)]
    assert faults(desk, "teams", text + "\tAnna\t\t\nSnel\tAnna\t\t2026-02-30\n") == [
        "row 4 start blank is not a date. Correct it.",
        "row 4 team blank is not the name of a team. Correct it.",
        "row 5 repeats team 'Snel', member 'Anna' of row 2. Keep one of them.",
        "row 5 start 2026-02-30 is not a date. Correct it.",
    ]


@pytest.mark.domain("S22")
def test_interviews(desk) -> None:
    """Codes are Dutch or English, and two remarks may be equal."""
    text = "date,audience,unit,note\n2026-03-03,Klant,,Laat\n2026-03-03,customer,,Laat\n"
    assert read(desk, "interviews", text)["audience"].tolist() == ["customer", "customer"]
    assert faults(desk, "interviews", text + "2026-03-04,klanten,,\n") == [
        "row 4 audience 'klanten' is not customer (klant) or employee (medewerker). Did you mean 'klant'? Correct it.",
        "row 4 note blank is not a text. Correct it.",
    ]


def test_dates_that_could_be_either_spare_the_rest(desk) -> None:
    """A column that cannot be read is told once, not per row; other faults are told beside it."""
    text = "date,audience,unit,note\n03/04/2026,klant,,Laat\n05/04/2026,x,,Laat\n"
    assert faults(desk, "interviews", text) == [
        "column 'date' can be read with the day or the month first (03/04/2026). "
        "Write year-month-day, such as 2026-12-31.",
        "row 3 audience 'x' is not customer (klant) or employee (medewerker). Correct it.",
    ]


def test_units(desk) -> None:
    """Many units may become one, and one may be renamed again later."""
    head = "old_unit,new_unit,valid_from\n"
    found = read(desk, "units", head + "A > B,A > C,2025-01-01\nD,A / C,2025-01-01\nA > C,E,2026-01-01\n")
    assert found["new_unit"].tolist() == ["A › C", "A › C", "E"]
    assert faults(desk, "units", head + "A,B,2025-01-01\nA,C,1-1-2025\n,C,2025-01-01\n") == [
        "row 3 repeats old_unit 'A', valid_from 1-1-2025 of row 2. Keep one of them.",
        "row 4 old_unit blank is not the path of a unit. Correct it.",
    ]


def test_units_in_a_circle(desk) -> None:
    """Each circle is told once, with its rows and in its order."""
    head = "old_unit,new_unit,valid_from\n"
    rows = "A > X,A > X,2025-01-01\nB,C,2025-01-01\nC,B,2026-01-01\nD,E,2025-01-01\nE,F,2025-01-01\nF,D,2025-01-01\n"
    assert faults(desk, "units", head + rows) == [
        "row 2 maps unit 'A > X' to itself. Leave the row out, or correct new_unit.",
        "rows 3 and 4 map units in a circle: 'B' to 'C' to 'B'. Leave out the row that maps back.",
        "rows 5, 6 and 7 map units in a circle: 'D' to 'E' to 'F' to 'D'. Leave out the row that maps back.",
    ]


def test_units_in_a_circle_beside_dates_that_are_none(desk) -> None:
    """A circle needs no dates; doubles are told of the rows whose dates can be read."""
    head = "old_unit,new_unit,valid_from\n"
    assert faults(desk, "units", head + "A,B,soon\nB,A,2026-01-01\nC,D,2026-01-01\nC,E,2026-01-01\n") == [
        "row 2 valid_from 'soon' is not a date. Correct it.",
        "rows 2 and 3 map units in a circle: 'A' to 'B' to 'A'. Leave out the row that maps back.",
        "row 5 repeats old_unit 'C', valid_from 2026-01-01 of row 4. Keep one of them.",
    ]


@pytest.mark.domain("S13")
def test_published_scores(desk) -> None:
    """The articles' two rows for the Netherlands stand side by side: 31, 50, 19 and 19, 49, 33, which add to 101."""
    head = "metric;about;promoters;passives;detractors;score;n;year;source\n"
    found = read(desk, "published_scores", head + "enps;NL;31%;50%;19 %;12;;;A\nenps;NL;19;49;33;;1.800;2022;B\n")
    assert found["promoters"].tolist() == [31.0, 19.0]
    assert found["year"].isna().tolist() == [True, False]
    assert (found["n"].iloc[1], found["year"].iloc[1]) == (1800, 2022)
    assert found["score"].isna().tolist() == [False, True]


def test_every_fault_of_published_scores(desk) -> None:
    """A row needs a score or shares; shares and score must agree up to rounding."""
    head = "metric,about,score,promoters,passives,detractors,year,source\n"
    rows = [
        "enps,NL,,31,50,,2022,A",
        "enps,NL,,31,40,19,2022,B",
        "enps,NL,20,31,50,19,2022,C",
        "nps,NL,120,,,,2022,D",
        "werkgeluk,NL,x,,,,22,",
        "nps,NL,1,101,,,2022,E",
        "werkgeluk,NL,7,,,,,F",
        "werkgeluk,NL,7.1,,,,,F",
    ]
    assert faults(desk, "published_scores", head + "\n".join(rows)) == [
        "row 2 has no score and not both promoters and detractors. Fill in the score, or the shares.",
        "row 3 the shares 31, 40 and 19 do not add up to 100 (99…101 is taken as rounding). Correct them.",
        "row 4 score 20 is not promoters 31 minus detractors 19. Correct one of them.",
        "row 5 score 120 is outside −100…100, where a score of 'nps' lies. Correct it.",
        "row 6 score 'x' is not a number. Correct it.",
        "row 6 source blank is not a text. Correct it.",
        "row 6 year 22 is not a year. Correct it.",
        "row 7 promoters 101 is not a percentage, 0…100. Correct it.",
        "row 9 repeats metric 'werkgeluk', about 'NL', year blank, source 'F' of row 8. Keep one of them.",
    ]


@pytest.mark.domain("S17", "R10")
def test_improvements(desk) -> None:
    """Only id, opened, type and owner are needed; the register is named beside the tables."""
    found = read(desk, "improvements", "id,opened,type,owner\n1,2026-01-12,klein,Anna\n2,2026-01-12,LARGE,Bo\n")
    assert found["type"].tolist() == ["small", "large"]
    assert found["due"].isna().all()
    assert str(found["due"].dtype) == "datetime64[us]"


def test_every_fault_of_improvements(desk) -> None:
    """Codes with their two languages; no date before the opening."""
    head = "id;opened;type;owner;level;phase;due;closed\n"
    rows = (
        "1;2026-02-01;klien;Anna;directie;klaar;;\n2;2026-02-01;small;;;do;2026-01-01;2026-01-02\n1;soon;groot;Bo;;;;\n"
    )
    assert faults(desk, "improvements", head + rows) == [
        "row 2 level 'directie' is not strategic (strategisch), tactical (tactisch) or operational (operationeel)."
        " Correct it.",
        "row 2 phase 'klaar' is not plan, do (doen), check (controleren) or act (bijsturen). Correct it.",
        "row 2 type 'klien' is not small (klein) or large (groot). Did you mean 'klein'? Correct it.",
        "row 3 closed 2026-01-02 is before opened 2026-02-01. Correct one of them.",
        "row 3 due 2026-01-01 is before opened 2026-02-01. Correct one of them.",
        "row 3 owner blank is not a name or a role. Correct it.",
        "row 4 opened 'soon' is not a date. Correct it.",
        "row 4 repeats id 1 of row 2. Keep one of them.",
    ]
    assert faults(desk, "improvements", head + "2;2026-02-01;small;Bo;;do;2026-01-01;2026-01-02\n") == [
        "row 2 closed 2026-01-02 is before opened 2026-02-01. Correct one of them.",
        "row 2 due 2026-01-01 is before opened 2026-02-01. Correct one of them.",
    ]


def test_very_many_faults_are_counted(desk) -> None:
    """The first hundred are told, and how many more there are."""
    rows = "".join(f"{number},soon,small,Anna\n" for number in range(130))
    messages = faults(desk, "improvements", "id,opened,type,owner\n" + rows)
    assert len(messages) == 101
    assert messages[99:] == ["row 101 opened 'soon' is not a date. Correct it.", "30 more rows or cells are wrong."]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_any_character_set_will_do(desk, encoding: str) -> None:
    """As for surveys, nothing has to be declared."""
    desk.write("team;member;unit;start\nSnél;Zoë;;2026-02-01\n".encode(encoding), name="facts.csv")
    found, _ = facts.read(desk.client(params={"tables": {"teams": "facts.csv"}}), responses=None)
    assert found.teams is not None
    assert found.teams["member"].tolist() == ["Zoë"]


def test_a_workbook_has_its_own_numbers_and_dates(desk) -> None:
    """A number with three decimals is one there, and a date is a cell or a serial number."""
    rows = [["customer_id", "period", "revenue"], [17, 2025, 1.234], [18, "2025-Q4", "1.250,50"], [19, 2025, -2]]
    desk.workbook(rows, name="facts.xlsx")
    found, _ = facts.read(desk.client(params={"tables": {"customers": "facts.xlsx"}}), responses=None)
    assert found.customers is not None
    assert found.customers["revenue"].tolist() == [1.234, 1250.5, -2.0]
    assert found.customers["customer_id"].tolist() == ["17", "18", "19"]


def test_error_cells_and_ragged_rows_alone(desk) -> None:
    """What a workbook could not compute is no number; rows that fit no header leave nothing to read."""
    desk.workbook([["customer_id", "period", "revenue"], ["A", 2025, "#DIV/0!"]], name="facts.xlsx")
    with pytest.raises(DataError) as caught:
        facts.read(desk.client(params={"tables": {"customers": "facts.xlsx"}}), responses=None)
    assert caught.value.messages == ("facts.xlsx: row 2 revenue '#DIV/0!' is not a number. Correct it.",)
    assert faults(desk, "customers", "customer_id,period,revenue\nA,2025\n") == [
        "row 2 has 2 cells under a header of 3. Correct it."
    ]
    assert faults(desk, "customers", "customer_id,period,revenue\n") == [
        "has column names but no rows. Write one row per customer and period."
    ]


def test_a_spelling_with_capitals_and_blanks_is_the_column(desk) -> None:
    """An exact name comes first; a column that stands in the file twice is refused as for surveys."""
    found = read(desk, "customers", "Period,Customer-ID,REVENUE,period\n1999,A,1,2025\n")
    assert found[["customer_id", "period"]].to_numpy().tolist() == [["A", "2025"]]
    assert faults(desk, "customers", "period,customer_id,revenue,period\n2025,A,1,2025\n")[0].startswith(
        "column 'period' (period) stands in the file more than once, as columns 1 and 4."
    )
