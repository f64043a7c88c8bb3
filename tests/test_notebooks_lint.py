"""The notebooks as they are stored: parameters that papermill can set, short cells, nothing hidden."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
PARAMETERS = ["organisation", "period", "language", "edition", "unit", "as_of", "params"]
LONGEST_CELL, MOST_CELLS = 12, 25
DEFINES_FIGURES = ("method.ipynb",)  # formulas and scales are its subject

LOGIC = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.Lambda,
    ast.ClassDef,
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.Try,
    ast.comprehension,
)
Notebook = dict[str, Any]


def faults(notebook: Notebook, *, name: str) -> list[str]:
    """Return what a stored notebook has that it may not have, one sentence each."""
    cells = notebook["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    tagged = [cell for cell in code if "parameters" in cell["metadata"].get("tags", [])]
    found = [fault for cell in code for fault in _faults_of_code(_source(cell), parameters=cell in tagged)]
    if len(code) > MOST_CELLS:
        found.append(f"{len(code)} code cells, at most {MOST_CELLS}")
    if len(tagged) != 1:
        found.append(f"{len(tagged)} cells tagged 'parameters', wanted 1")
    found += [fault for cell in tagged for fault in _faults_of_parameters(_source(cell))]
    if any(cell["outputs"] or cell["execution_count"] is not None for cell in code):
        found.append("stored outputs or execution counts")
    prose = [_source(cell) for cell in cells if cell["cell_type"] == "markdown"]
    if not prose or not re.match(r"# \S", prose[0]) or cells[0]["cell_type"] != "markdown":
        found.append("does not begin with its title")
    if name not in DEFINES_FIGURES:
        found += [f"a number typed into prose: {line!r}" for line in _lines_with_figures(prose)]
    return found


def _faults_of_code(source: str, *, parameters: bool) -> Iterator[str]:
    length = len(source.splitlines())
    if length > LONGEST_CELL:
        yield f"a cell of {length} lines, at most {LONGEST_CELL}: {source.splitlines()[0]!r}"
    if re.search(r"^\s*[!%]", source, re.MULTILINE):
        yield f"a shell or magic line: {source!r}"
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, LOGIC):
            yield f"{type(node).__name__} belongs in src: {source!r}"
        text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
        if not parameters and re.search(r"[/\\]", text):
            yield f"a path typed into a cell: {text!r}"


def _faults_of_parameters(source: str) -> Iterator[str]:
    statements = ast.parse(source).body
    names = [
        node.target.id if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) else "?"
        for node in statements
    ]
    if names != PARAMETERS:
        yield f"the parameters are {names}, wanted 'name: type = default' of {PARAMETERS}"
    for node in statements:
        if isinstance(node, ast.AnnAssign) and not isinstance(node.value, ast.Constant):
            yield f"the parameter {ast.unparse(node.target)} has no literal as its default"
    lines = [line for line in source.splitlines() if "  # " not in line]
    if lines:
        yield f"parameters without their meaning: {lines}"


def _lines_with_figures(prose: list[str]) -> Iterator[str]:
    for line in "\n".join(prose).splitlines():
        shown = re.sub(r"`[^`]*`|\]\([^)]*\)|^\s*\d+\.\s", "", line)
        if re.search(r"\d", shown):
            yield line


def _source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def test_there_are_notebooks() -> None:
    """The chapters that the summary leans on are there, so that the next test cannot pass on nothing."""
    assert {"summary", "zero_measurement", "targets", "method"} <= {path.stem for path in NOTEBOOKS}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_stored_notebook_keeps_the_rules(path: Path) -> None:
    """No notebook in the repository breaks a rule."""
    assert faults(json.loads(path.read_text(encoding="utf-8")), name=path.name) == []


def _sound() -> Notebook:
    parameters = "\n".join(f"{name}: str | None = None  # its meaning" for name in PARAMETERS)
    code = [
        (["parameters"], parameters),
        ([], "from helpers import show"),
        ([], "show.table(client.targets)"),
    ]
    cells = [
        {
            "cell_type": "code",
            "metadata": {"tags": tags},
            "source": text,
            "outputs": [],
            "execution_count": None,
        }
        for tags, text in code
    ]
    return {"cells": [{"cell_type": "markdown", "metadata": {}, "source": ["# What is it?\n", "See."]}, *cells]}


def test_a_sound_notebook_has_no_faults() -> None:
    """A title, the parameters and two calls are a notebook."""
    assert faults(_sound(), name="targets.ipynb") == []


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("x = 1\n" * 13, "a cell of 13 lines, at most 12: 'x = 1'"),
        ("!false", "a shell or magic line: '!false'"),
        ("%%capture\nx = 1", "a shell or magic line: '%%capture\\nx = 1'"),
        ("def f(): pass", "FunctionDef belongs in src: 'def f(): pass'"),
        ("class C: pass", "ClassDef belongs in src: 'class C: pass'"),
        ("for i in x: f(i)", "For belongs in src: 'for i in x: f(i)'"),
        ("while x: f()", "While belongs in src: 'while x: f()'"),
        ("[f(i) for i in x]", "comprehension belongs in src: '[f(i) for i in x]'"),
        ("try:\n    f()\nexcept:\n    g()", "Try belongs in src: 'try:\\n    f()\\nexcept:\\n    g()'"),
        ("read('../data/a.csv')", "a path typed into a cell: '../data/a.csv'"),
    ],
)
def test_code_that_belongs_elsewhere_is_named(source: str, fault: str) -> None:
    """A cell asks and shows; what computes, hides faults or knows folders belongs in src."""
    notebook = _sound()
    notebook["cells"][-1]["source"] = source
    assert faults(notebook, name="targets.ipynb") == [fault]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("period: str | None = None", "period: str | None = max([])", "has no literal as its default"),
        ("unit: str | None", "team: str | None", "the parameters are"),
        ("unit: str | None = None", "unit = None", "the parameters are"),
        ("  # its meaning", "", "parameters without their meaning"),
    ],
)
def test_parameters_that_papermill_cannot_set_are_named(old: str, new: str, fault: str) -> None:
    """Each parameter is one annotated line with a literal default and its meaning, in the agreed order."""
    notebook = _sound()
    cell = notebook["cells"][1]
    cell["source"] = cell["source"].replace(old, new)
    (found,) = faults(notebook, name="targets.ipynb")
    assert fault in found


@pytest.mark.parametrize("tags", [[], ["parameters"]])
def test_other_than_one_parameters_cell_is_named(tags: list[str]) -> None:
    """Without the tag, or with a second one, papermill's values would be overwritten by the defaults."""
    notebook = _sound()
    for cell in notebook["cells"][1:3]:
        cell["metadata"]["tags"] = tags
    count = len(tags) * 2
    assert faults(notebook, name="targets.ipynb")[0] == f"{count} cells tagged 'parameters', wanted 1"


def test_leftovers_of_a_run_are_named() -> None:
    """A stored notebook has neither outputs nor execution counts, nor more cells than can be read."""
    notebook = _sound()
    notebook["cells"][-1]["execution_count"] = 3
    assert faults(notebook, name="targets.ipynb") == ["stored outputs or execution counts"]
    notebook["cells"] += [{**notebook["cells"][-1], "execution_count": None}] * 23
    assert faults(notebook, name="targets.ipynb")[0] == "26 code cells, at most 25"


@pytest.mark.parametrize(
    ("prose", "fault"),
    [
        ("## What is it?", "does not begin with its title"),
        ("# Title\n\nThe score is 12.", "a number typed into prose: 'The score is 12.'"),
        ("# Title\n\n1. See `docs/2026.md` or [this](a1.md).", None),
    ],
)
def test_prose_is_a_title_and_no_figures(prose: str, fault: str | None) -> None:
    """Prose names no figure: those are computed; code, links and list numbers are no figures."""
    notebook = _sound()
    notebook["cells"][0]["source"] = prose
    assert faults(notebook, name="targets.ipynb") == ([fault] if fault else [])
    assert faults(notebook, name="method.ipynb") == ([fault] if fault and "title" in fault else [])
