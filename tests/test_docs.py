"""docs/method.md computes what it says, and docs/glossary.md uses the words that the report prints."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from helpers import inference
from helpers.analysis import roadmap
from helpers.inference.targets import AFTER_DUE, BEFORE_DUE
from helpers.show import codes, roadmap_words
from helpers.show.context import Context
from helpers.show.language import TERMS, Language

DOCS = Path(__file__).resolve().parents[1] / "docs"
METHOD = (DOCS / "method.md").read_text(encoding="utf-8")
GLOSSARY = (DOCS / "glossary.md").read_text(encoding="utf-8")
PARTS = ("Question", "In words", "Used by", "By hand", "When it refuses", "Source", "In the code")
READERS = ("Every report", "Reports", "The analyst", "The reader of this page")
INSIDE = ("inputs", "reading", "estimates", "ratios", "sums", "totals", "plans")
"""Modules of inference that hold no formula of their own: what comes in, what goes out, and sums for the others."""
INNER = ("tallies.grouped",)
CAUTIONS = ("no_actual", "no_such_group", "no_baseline", "first_measurement", "target_not_better")
PRINTED = "What the report prints"


def _sections(page: str) -> dict[str, str]:
    """Return the text below each heading of the second level."""
    found = re.split(r"^## (.+)\n", page, flags=re.MULTILINE)
    return dict(zip(found[1::2], found[2::2], strict=True))


def _formulas() -> dict[str, str]:
    return {title: text for title, text in _sections(METHOD).items() if "**Question.**" in text}


def _examples(section: str) -> str:
    return "\n".join(re.findall(r"^```python\n(.*?)^```", section, re.MULTILINE | re.DOTALL))


def _rows(section: str) -> list[list[str]]:
    """Return the cells of a table's rows, without its head."""
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def _said(english: str, dutch: Language) -> str:
    """Return what a Dutch report says for an English word of the catalogue or of the terms."""
    terms = {TERMS["en"][key][0]: dutch.term(key) for key in TERMS["en"]}
    beside = dict(zip(_beside_numbers(Language("en")), _beside_numbers(dutch), strict=True))
    return terms.get(english) or beside.get(english) or dutch.text(english)


def _beside_numbers(words: Language) -> tuple[str, str]:
    """Return what a report never prints without a number: the name of an interval, and that of percentage points."""
    _number, points = words.difference(20, "percent").split(maxsplit=1)
    return replace(Context.of(pd.DataFrame()), words=words).interval, points


def _part(section: str, name: str) -> str:
    """Return what a section says under one of its parts."""
    after = section.partition(f"**{name}.**")[2]
    return re.split(r"^\*\*[^*]+\.\*\*", after, maxsplit=1, flags=re.MULTILINE)[0].strip()


def _anchor(title: str) -> str:
    """Return what a link calls a heading, as GitHub does."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def _public_functions() -> dict[str, object]:
    """Return the functions that inference offers, by module and name."""
    names = [module.name for module in pkgutil.iter_modules(inference.__path__) if module.name not in INSIDE]
    modules = {name: importlib.import_module(f"{inference.__name__}.{name}") for name in names}
    return {
        f"{name}.{found}": function
        for name, module in modules.items()
        for found, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not found.startswith("_") and f"{name}.{found}" not in INNER
    }


@pytest.mark.parametrize("title", _formulas())
def test_the_worked_examples_are_what_the_code_computes(title: str) -> None:
    """The examples of each section can be typed as they stand, and give the numbers on the page."""
    test = doctest.DocTestParser().get_doctest(_examples(_formulas()[title]), {}, title, "docs/method.md", 0)
    lines: list[str] = []
    result = doctest.DocTestRunner(verbose=False).run(test, out=lines.append)
    assert result.attempted > 0
    assert result.failed == 0, "".join(lines)


@pytest.mark.parametrize("title", _formulas())
def test_each_formula_is_told_in_the_same_parts(title: str) -> None:
    """A section has its question, plain words, readers, numbers by hand, refusals, source and code, in that order."""
    found = re.findall(r"^\*\*([^*]+)\.\*\*", _formulas()[title], re.MULTILINE)
    assert [part for part in found if part in PARTS] == list(PARTS)


def test_the_opening_table_leads_to_every_formula() -> None:
    """In the order of the page, once each, and it says of each whether a report prints it, as the section does."""
    opening = [row for row in _rows(METHOD.partition("\n## ")[0]) if row[2].startswith("[")]
    assert [row[2].partition("](#")[2].rstrip(")") for row in opening] == [_anchor(title) for title in _formulas()]
    used_by = [_part(section, "Used by") for section in _formulas().values()]
    assert [said for said in used_by if not said.startswith(READERS)] == []
    printed = ["yes" if said.startswith(READERS[:2]) else "no" for said in used_by]
    assert [row[3] for row in opening] == printed


def test_each_formula_stands_once() -> None:
    """No line of a formula is told in two sections: the second links to the first."""
    blocks = re.findall(r"^```text\n(.*?)^```", METHOD, re.MULTILINE | re.DOTALL)
    lines = [" ".join(line.split()) for block in blocks for line in block.splitlines() if line.strip()]
    assert [line for line in lines if lines.count(line) > 1] == []


def test_every_function_of_inference_is_explained() -> None:
    """Each public function stands under "In the code" of a section, whatever module it is called by."""
    told = " ".join(_part(section, "In the code") for section in _formulas().values())
    explained = [pkgutil.resolve_name(name) for name in re.findall(r"`(helpers\.inference\.[\w.]+)`", told)]
    functions = _public_functions()
    assert len(functions) > 35
    assert [name for name, function in functions.items() if function not in explained] == []


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`(helpers\.[\w.]+)`", METHOD + GLOSSARY))))
def test_a_name_of_the_code_exists(name: str) -> None:
    """What the page points at is there, under that name."""
    assert pkgutil.resolve_name(name) is not None


def test_the_glossary_uses_the_words_of_the_report() -> None:
    """An English word that the report prints stands beside the Dutch word that the report prints."""
    dutch = Language("nl")
    rows = _rows(_sections(GLOSSARY)[PRINTED])
    assert len(rows) > 50
    assert [(english, dutch_word) for english, dutch_word, _ in rows if _said(english, dutch) != dutch_word] == []


def test_the_glossary_explains_every_verdict() -> None:
    """A reader finds each of the ten words that a target can get."""
    english = Language("en")
    explained = {row[0] for row in _rows(_sections(GLOSSARY)[PRINTED])}
    assert [code for code in (*BEFORE_DUE, *AFTER_DUE) if codes.verdict(code, english) not in explained] == []


def test_the_glossary_explains_every_reason_for_having_no_verdict() -> None:
    """A target that cannot be judged prints words in the place of a verdict, and those are explained as well."""
    english = Language("en")
    explained = {row[0] for row in _rows(_sections(GLOSSARY)[PRINTED])}
    assert [code for code in CAUTIONS if codes.caution(code, english) not in explained] == []


def test_the_glossary_explains_every_gate_and_step() -> None:
    """A reader finds each of the five gates and fourteen steps of the roadmap, by the name that the report prints."""
    english = Language("en")
    explained = {row[0] for row in _rows(_sections(GLOSSARY)[PRINTED])}
    assert [code for code in roadmap.GATES if roadmap_words.gate(code, english) not in explained] == []
    assert [code for code in roadmap.STEPS if roadmap_words.step(code, english) not in explained] == []


def test_the_glossary_names_the_interval_as_the_report_does() -> None:
    """With its percentage, which stands at the head of every column of intervals; and percentage points."""
    explained = {row[0] for row in _rows(_sections(GLOSSARY)[PRINTED])}
    assert set(_beside_numbers(Language("en"))) <= explained


def test_the_glossary_explains_each_word_once() -> None:
    """No word has two meanings, and none is without one."""
    rows = [row for section in _sections(GLOSSARY).values() for row in _rows(section)]
    words = [row[0] for row in rows]
    assert [word for word in words if words.count(word) > 1] == []
    assert [row for row in rows if len(row) != 3 or not all(row)] == []
