"""docs/facts.md lists the columns that the reader knows, with examples that can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.intake import facts
from helpers.intake.facts.tables import TABLES
from helpers.intake.facts.values import DTYPES, NUMERIC, READERS
from helpers.params import Client, Params
from helpers.params.facts import Tables

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "facts.md").read_text(encoding="utf-8")
PARTS = re.split(r"^## (.+)\n", PAGE, flags=re.MULTILINE)
SECTIONS = dict(zip(PARTS[1::2], PARTS[2::2], strict=True))
SURVEY = {
    "path": "survey.csv",
    "audience": "customer",
    "measurement": "relational",
    "measures": {"nps": {"column": "a", "scale": "0-10"}},
    "wave": "2026",
    "dimensions": {"product": "product", "process": "process"},
}
MEASURES = {"complaints": {"direction": "low_is_good", "per": "1000"}, "exits": {"direction": "low_is_good"}}
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=9).filter(
    lambda text: text != "*" and not re.fullmatch(r"[+-]?\d+[.,]0{1,2}", text)
)
ROWS = st.lists(
    st.tuples(
        TEXTS,
        st.dates(min_value=pd.Timestamp(1990, 1, 1).date(), max_value=pd.Timestamp(2090, 1, 1).date()),
        st.sampled_from(["small", "large"]),
        TEXTS,
        st.none() | TEXTS,
    ),
    min_size=1,
    max_size=9,
    unique_by=lambda row: row[0],
)


def read(folder: Path, table: str, text: str) -> pd.DataFrame:
    """Return one table of a file with this text."""
    (folder / "facts.csv").write_text(text, encoding="utf-8", newline="")
    survey = SURVEY | ({"invited": "facts.csv"} if table == "invitations" else {})
    data = {"organisation": {"name": "A"}, "sources": {"survey": survey}}
    if table == "indicators":
        data["indicators"] = MEASURES
    if table == "improvements":
        data["improvements"] = "facts.csv"
    elif table != "invitations":
        data["tables"] = {table: "facts.csv"}
    found, _ = facts.read(Client(key="a", folder=folder, params=Params.model_validate(data)), responses=None)
    frame = found.invitations["survey"] if table == "invitations" else getattr(found, table)
    assert isinstance(frame, pd.DataFrame)
    return frame


def test_every_table_has_a_section() -> None:
    """The tables of the params file, the register and the invitations; nothing else."""
    assert [title for title in SECTIONS if title in TABLES] == list(TABLES)
    assert set(TABLES) == {*Tables.model_fields, "improvements", "invitations"}
    assert set(TABLES) <= {*facts.Facts.__dataclass_fields__}


@pytest.mark.parametrize("table", TABLES)
def test_the_page_lists_the_columns_of_the_reader(table: str) -> None:
    """Each with what a cell holds, as messages quote it, whether it is needed, and its meaning."""
    rows = [line.strip("|").split("|") for line in SECTIONS[table].splitlines() if line.startswith("| `")]
    known = TABLES[table].schema.columns.items()
    assert [[cell.strip() for cell in row] for row in rows] == [
        [
            f"`{name}`",
            TABLES[table].rule(name) + (", or blank" if column.nullable else ""),
            "yes" if column.required else "no",
            column.description,
        ]
        for name, column in known
    ]
    key = ", ".join(f"`{name}`" for name in TABLES[table].key)
    assert not key or f"\nKey: {key}" in SECTIONS[table]
    assert f"one row per {TABLES[table].grain}." in SECTIONS[table]


@pytest.mark.parametrize("table", TABLES)
def test_the_examples_can_be_read(table: str, tmp_path: Path) -> None:
    """Every column of a table stands in its example, and every row of it is read."""
    example = re.findall(r"^```csv\n(.*?)^```", SECTIONS[table], re.MULTILINE | re.DOTALL)[0]
    found = read(tmp_path, table, example)
    assert len(found) == example.count("\n") - 1
    head = re.split("[,;]", example.splitlines()[0])
    assert TABLES[table].schema.columns.keys() <= set(head)
    assert not found.isna().all().any()


@pytest.mark.parametrize("table", TABLES)
def test_every_column_has_a_kind_that_can_be_read(table: str) -> None:
    """And says what a cell must be."""
    for name in TABLES[table].schema.columns:
        assert TABLES[table].kind(name) in READERS
        assert TABLES[table].rule(name)
    assert set(DTYPES) <= set(READERS)
    assert set(NUMERIC) <= set(READERS)


@settings(max_examples=25, deadline=None)
@given(rows=ROWS)
def test_a_table_that_is_written_reads_back_equal(rows: list, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What pandas writes as CSV is read as it was."""
    written = pd.DataFrame(rows, columns=["id", "opened", "type", "owner", "finding"])
    found = read(tmp_path_factory.getbasetemp(), "improvements", written.to_csv(index=False))
    same = found[list(written)].astype(object)
    assert same.assign(opened=found["opened"].dt.date, finding=found["finding"].fillna("")).to_numpy().tolist() == (
        written.fillna({"finding": ""}).to_numpy().tolist()
    )
