"""What the cells of a facts table say."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pytest

from helpers.intake.facts.values import CODES, READERS, ColumnError, Manner, decimal_signs, rule_of
from helpers.intake.reading.tables import Coded
from helpers.params import Params

SURVEY = {
    "path": "a.csv",
    "audience": "customer",
    "measurement": "relational",
    "measures": {"nps": {"column": "a", "scale": "0-10"}},
    "wave": "2026",
}
PARAMS = Params.model_validate({"organisation": {"name": "A"}, "sources": {"s": SURVEY}, "fiscal_year_start": "4"})


def values(kind: str, texts: list[str], *, name: str = "x", manner: Manner | None = None) -> list[object]:
    """Return what texts of a kind say, None where it is nothing."""
    column = Coded.of(pa.array(texts))
    found = column.rows(READERS[kind](name, column, manner or Manner(PARAMS))).tolist()
    return [None if pd.isna(value) else value for value in found]


@pytest.mark.parametrize(
    ("texts", "signs"),
    [
        (["12", "1.234", "12,345", "-9,876"], set()),
        (["12,5"], {","}),
        (["0,125"], {","}),
        (["1234,567"], {","}),
        (["1.234.567"], {","}),
        (["1,234.5"], {"."}),
        (["-0.5%", "n.v.t."], {"."}),
        (["1,5", "1.5"], {",", "."}),
    ],
)
def test_signs_that_are_beyond_doubt(texts: list[str], signs: set[str]) -> None:
    """Three digits after the only sign, of at most six without a leading nought, tell nothing."""
    assert decimal_signs(texts) == signs


def test_the_sign_of_other_columns_counts() -> None:
    """Where a column does not tell, the rest of the file does."""
    assert values("number", ["1.250"], manner=Manner(PARAMS, sign=",")) == [1250.0]
    assert values("number", ["1.250"], manner=Manner(PARAMS, sign=".")) == [1.25]
    with pytest.raises(ColumnError, match="thousands or as decimals"):
        values("number", ["1.250"])


def test_whole_numbers() -> None:
    """A sign before three digits groups thousands; a decimal part other than nought makes it no whole number."""
    assert values("whole number", ["1.250", "1,250", "12", "x", ""]) == [1250, 1250, 12, None, None]
    assert values("whole number", ["12,0", "1.250", "1,5"]) == [12, 1250, None]
    assert values("whole number", ["1.25", "1250.0"], manner=Manner(PARAMS, workbook=True)) == [None, 1250]


def test_periods_are_of_the_fiscal_calendar() -> None:
    """A month in words is no period; a date is its month."""
    assert values("period", ["2026-Q1", "2026", "3 maart 2026", "2026-Q5"]) == ["2026-Q1", "2026", "2026-03", None]


def test_yes_and_no() -> None:
    """In Dutch and English, any case."""
    assert values("yes or no", ["Ja", "nee", "TRUE", "0", "", "?"]) == [1.0, 0.0, 1.0, 0.0, None, None]


@pytest.mark.parametrize("name", CODES)
def test_codes_in_both_languages(name: str) -> None:
    """Both words mean the code, and the rule names both."""
    for code, dutch in CODES[name].items():
        assert values("code", [code, dutch.upper(), "iets"], name=name) == [code, code, None]
        assert {code, dutch} <= set(rule_of(name).replace("(", "").replace(")", "").replace(",", "").split())


def test_groups_by_code_or_name() -> None:
    """A label's code stands for it, also as 1.0 for 1; blank and * are all groups."""
    manner = Manner(PARAMS, labels={"product": {"1": "Stroom"}})
    assert values("group", ["1.0", "Stroom", "Gas", "*", ""], name="product", manner=manner) == [
        "Stroom",
        "Stroom",
        "Gas",
        "",
        "",
    ]


def test_units() -> None:
    """A unit that is named is not the whole organisation."""
    assert values("unit", ["A > B", "*", ""]) == ["A › B", "", ""]
    assert values("named unit", ["A / B", "*", ""]) == ["A › B", None, None]


def test_identifiers() -> None:
    """A number that a program wrote with .0 is the number; leading noughts stay."""
    assert values("id", ["17.0", "007", "K1", ""]) == ["17", "007", "K1", None]
