"""Nothing forgotten: every row of the source articles is on a test, or says what is still to be built."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeGuard

import pytest
import yaml

TESTS = Path(__file__).parent
ROWS = TESTS / "domain_rows.yaml"
EVERY_ID = [f"S{number:02d}" for number in range(1, 49)] + [f"R{number:02d}" for number in range(1, 15)]
MARKS = ("planned", "no_product")
IDLE = ("pytest.mark.skip", "pytest.mark.skipif", "pytest.mark.xfail")


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
    for mark in _domain_marks(ast.parse(source)):
        for argument in mark.args:
            yield str(ast.literal_eval(argument)), f"{name}:{mark.lineno}"


def idle_marks_of(source: str, *, name: str) -> Iterator[str]:
    """Yield a fault for each marker in a part of a test file that is skipped or may fail.

    That part is the file itself (``pytestmark``), a class, a function or one case of it: what does not run, or may
    fail, proves nothing.
    """
    tree = ast.parse(source)
    idle = [tree] if any(_is_idle(line.value) for line in tree.body if _sets_pytestmark(line)) else []
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            inside = [line.value for line in node.body if _sets_pytestmark(line)]
            if any(_is_idle(mark) for mark in [*_plain(node.decorator_list), *inside]):
                idle.append(node)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.param" and _is_idle(node):
            idle.append(node)
    lines = {mark.lineno for part in idle for mark in _domain_marks(part)}
    yield from (f"{name}:{line} marks a test that is skipped or may fail; mark one that runs" for line in sorted(lines))


def _domain_marks(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.domain":
            yield node


def _sets_pytestmark(line: ast.stmt) -> TypeGuard[ast.Assign]:
    return isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) == "pytestmark"


def _plain(decorators: Iterable[ast.expr]) -> Iterator[ast.expr]:
    """Leave out ``parametrize``: a case of it that is skipped leaves the others running."""
    return (each for each in decorators if not ast.unparse(each).startswith("pytest.mark.parametrize"))


def _is_idle(marks: ast.AST) -> bool:
    return any(isinstance(node, ast.Attribute) and ast.unparse(node) in IDLE for node in ast.walk(marks))


def suite() -> Iterator[tuple[str, str]]:
    """Yield the source and the name of every test file."""
    for path in sorted(TESTS.rglob("test_*.py")):
        yield path.read_text(encoding="utf-8"), path.relative_to(TESTS).as_posix()


def marked_tests() -> dict[str, list[str]]:
    """Return per id where the suite's tests are marked with it."""
    marked: dict[str, list[str]] = {}
    for source, name in suite():
        for row, place in marks_of(source, name=name):
            marked.setdefault(row, []).append(place)
    return marked


def test_every_row_is_tested_or_says_why_not() -> None:
    """A new id, a lost one, a mark on nothing: each is a fault."""
    rows = yaml.safe_load(ROWS.read_text(encoding="utf-8"))
    assert faults(rows, marked_tests()) == []


def test_no_mark_is_on_a_test_that_may_not_run() -> None:
    """A test that is skipped or may fail proves no row."""
    assert [fault for source, name in suite() for fault in idle_marks_of(source, name=name)] == []


@pytest.mark.parametrize(
    "source",
    [
        '@pytest.mark.domain("S01")\n@pytest.mark.skip(reason="x")\ndef test_a(): ...\n',
        '@pytest.mark.skipif(True, reason="x")\n@pytest.mark.domain("S01")\ndef test_a(): ...\n',
        '@pytest.mark.xfail\n@pytest.mark.domain("S01")\nasync def test_a(): ...\n',
        '@pytest.mark.skip\nclass TestA:\n    @pytest.mark.domain("S01")\n    def test_a(self): ...\n',
        'class TestA:\n    pytestmark = pytest.mark.skip\n    @pytest.mark.domain("S01")\n    def test_a(self): ...\n',
        'pytestmark = [pytest.mark.skipif(True, reason="x")]\n@pytest.mark.domain("S01")\ndef test_a(): ...\n',
        "@pytest.mark.parametrize('x', [pytest.param(1, marks=[pytest.mark.xfail, pytest.mark.domain('S01')])])\n"
        "def test_a(x): ...\n",
    ],
)
def test_a_mark_on_a_test_that_may_not_run_is_a_fault(source: str) -> None:
    """By itself, by its class, by its file, or as one case of many."""
    (fault,) = idle_marks_of(source, name="t.py")
    assert re.fullmatch(r"t\.py:\d marks a test that is skipped or may fail; mark one that runs", fault)


def test_a_skipped_neighbour_does_not_matter() -> None:
    """Nor another case of the same test."""
    source = (
        '@pytest.mark.domain("S01")\n@pytest.mark.parametrize("x", [1, pytest.param(2, marks=pytest.mark.skip)])\n'
        "def test_a(x): ...\n@pytest.mark.skip\ndef test_b(): ...\n"
    )
    assert list(idle_marks_of(source, name="t.py")) == []


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
