"""Nothing forgotten: every row of the source articles is on a test, or says what is still to be built."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml

TESTS = Path(__file__).parent
ROWS = TESTS / "domain_rows.yaml"
EVERY_ID = [f"S{number:02d}" for number in range(1, 49)] + [f"R{number:02d}" for number in range(1, 15)]
MARKS = ("planned", "no_product")


def faults(rows: Mapping[str, Mapping[str, str]], marked: Mapping[str, list[str]]) -> list[str]:
    """Return what is wrong with the list of rows, or with the marks on the tests.

    Parameters
    ----------
    rows
        Per id: ``what`` it is, and ``planned`` or ``no_product`` where it is not all there.
    marked
        Per id that a marker names: where.
    """
    found = [f"{row} is not in the list" for row in EVERY_ID if row not in rows]
    found += [f"{row} is no row of the articles" for row in rows if row not in EVERY_ID]
    found += [f"{places[0]} is marked {row}, which is no row" for row, places in marked.items() if row not in rows]
    for row, said in rows.items():
        marks = [mark for mark in MARKS if said.get(mark)]
        if not said.get("what") or set(said) - {"what", *MARKS} or len(marks) > 1:
            found.append(f"{row} needs what, and at most one of planned and no_product, each with its words")
        elif not marks and row not in marked:
            found.append(f"{row} is on no test; mark one, or say what is planned")
        elif "no_product" in marks and row in marked:
            found.append(f"{row} is said to be no product, yet {marked[row][0]} tests it")
    return found


def marks_of(source: str, *, name: str) -> Iterator[tuple[str, str]]:
    """Yield each id that a marker of a test file names, and where."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.domain":
            for argument in node.args:
                yield str(ast.literal_eval(argument)), f"{name}:{node.lineno}"


def marked_tests() -> dict[str, list[str]]:
    """Return per id where the suite's tests are marked with it."""
    marked: dict[str, list[str]] = {}
    for path in sorted(TESTS.rglob("test_*.py")):
        for row, place in marks_of(path.read_text(encoding="utf-8"), name=path.relative_to(TESTS).as_posix()):
            marked.setdefault(row, []).append(place)
    return marked


def test_every_row_is_tested_or_says_why_not() -> None:
    """A new id, a lost one, a mark on nothing: each is a fault."""
    rows = yaml.safe_load(ROWS.read_text(encoding="utf-8"))
    assert faults(rows, marked_tests()) == []


GOOD = {row: {"what": "it", "planned": "later"} for row in EVERY_ID}


@pytest.mark.parametrize(
    ("rows", "marked", "fault"),
    [
        ({"S01": None}, {}, "S01 is not in the list"),
        ({"S99": {"what": "it", "planned": "later"}}, {}, "S99 is no row of the articles"),
        ({}, {"S77": ["test_x.py:3"]}, "test_x.py:3 is marked S77, which is no row"),
        ({"S01": {"what": "it"}}, {}, "S01 is on no test; mark one, or say what is planned"),
        ({"R12": {"what": "it", "planned": ""}}, {}, "R12 is on no test; mark one, or say what is planned"),
        (
            {"S30": {"what": "it", "no_product": "a claim"}},
            {"S30": ["test_x.py:3"]},
            "S30 is said to be no product, yet test_x.py:3 tests it",
        ),
        (
            {"S30": {"what": "it", "no_product": "a claim", "planned": "later"}},
            {},
            "S30 needs what, and at most one of planned and no_product, each with its words",
        ),
    ],
)
def test_the_check_sees_what_is_wrong(
    rows: dict[str, dict[str, str] | None], marked: dict[str, list[str]], fault: str
) -> None:
    """Each fault by itself in a list that is otherwise good."""
    changed = {row: said for row, said in {**GOOD, **rows}.items() if said is not None}
    assert faults(changed, marked) == [fault]


def test_markers_are_found_where_pytest_takes_them() -> None:
    """On a function, on a class, on one case of many, with several ids."""
    source = (
        '@pytest.mark.domain("S01", "S02")\ndef test_a(): ...\n'
        '@pytest.mark.parametrize("x", [pytest.param(1, marks=pytest.mark.domain("R12"))])\ndef test_b(x): ...\n'
    )
    assert list(marks_of(source, name="t.py")) == [("S01", "t.py:1"), ("S02", "t.py:1"), ("R12", "t.py:3")]
