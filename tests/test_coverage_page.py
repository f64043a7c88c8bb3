"""The figures of docs/method.md on coverage are those of the code, and its picture is there."""

import importlib.util
import re
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import pytest

from helpers.inference import differences, groups

PROJECT = Path(__file__).resolve().parents[1]
METHOD = (PROJECT / "docs" / "method.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def coverage():
    """Return the script that counts, which is not part of the package."""
    spec = importlib.util.spec_from_file_location("counted_coverage", PROJECT / "performance" / "coverage.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


def _tables(coverage):
    """Return the tables of the page: per table its head and its rows of cells."""
    block = METHOD.partition(coverage.BEGIN)[2].partition(coverage.END)[0]
    tables = re.findall(r"(?:^\|.*\n?)+", block, re.MULTILINE)
    rows = [[[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()] for table in tables]
    return [(lines[0], lines[2:]) for lines in rows]


def test_the_page_has_its_five_tables(coverage):
    """Answers, a known number of people, teams, weights, and false alarms."""
    assert ["answers", "people", "teams", "weights", "answers"] == [head[0] for head, _rows in _tables(coverage)]


def test_coverage_of_few_answers_is_what_the_page_says(coverage):
    """For 5, 10 and 20 answers the figures of the page are counted again."""
    head, rows = _tables(coverage)[0]
    found = {(row["n"], row["shares"]): row for row in coverage.plain_rows(sizes=(5, 10, 20))}
    for n in (5, 10, 20):
        row = next(cells for cells in rows if cells[0] == str(n))
        for name, cell in zip(head[1:], row[1:], strict=True):
            shares, _, method = name.partition(", ")
            assert f"{found[n, shares]['Wald' if method else 'ours']:.3f}" == cell, (n, name)


def test_coverage_of_twenty_people_is_what_the_page_says(coverage):
    """The rows of the smallest population are counted again."""
    head, rows = _tables(coverage)[1]
    for row in coverage.finite_rows(people=(20,)):
        cells = next(cells for cells in rows if cells[:2] == ["20", f"{row['response']:.0%}"])
        assert f"{row['ours']:.3f}" == cells[head.index(row["shares"])], row


def test_false_alarms_of_small_groups_are_what_the_page_says(coverage):
    """Five and ten answers on each side are counted again."""
    head, rows = _tables(coverage)[4]
    for row in coverage.false_rows([(5, 5), (10, 10)]):
        cells = next(cells for cells in rows if cells[0] == row["n"])
        assert [row["test"], f"{row['ours']:.3f}"] == [cells[1], cells[head.index(row["shares"])]]


def test_every_figure_of_the_page_is_within_what_is_asked(coverage):
    """From ten answers on 0.925 to 0.97; false alarms at most 0.06."""
    (head, plain), *_, (_, false) = _tables(coverage)
    asked = [i for i, name in enumerate(head) if name in coverage.SHARES]
    found = [float(row[i]) for row in plain if int(row[0]) >= 10 for i in asked]
    assert len(found) == 12
    assert coverage.AT_LEAST <= min(found) <= max(found) <= coverage.AT_MOST
    assert max(float(cell) for row in false for cell in row[2:] if cell) <= coverage.FALSE_AT_MOST


def test_the_short_way_to_a_test_is_the_one_of_reports(coverage):
    """From ten answers on the script calls `difference`; `between`, which reports call, says the same."""
    tables = [
        groups.scored(coverage._tallied(np.array(counts)), rule="nps", confidence=0.95, weighted=False)
        for counts in ([[5, 3, 2], [9, 1, 0], [2, 2, 8]], [[1, 4, 6], [8, 2, 1], [7, 2, 1]])
    ]
    reported = differences.between(*tables)
    plain = [t.assign(centre=t["sample_centre"], se=t["sample_se"]) for t in tables]
    found = differences.difference(*plain)
    assert ["approximate"] * 3 == reported["test"].tolist()
    assert [True, False, True] == reported["demonstrable"].tolist()
    assert reported["demonstrable"].tolist() == (found["low"].gt(0) | found["high"].lt(0)).tolist()


def test_a_figure_out_of_bounds_is_named(coverage):
    """What is not held is said in words, and the script then ends with exit code 1."""
    plain = pd.DataFrame({"shares": ["90/8/2"] * 2, "n": [5, 10], "ours": [0.90, 0.91]})
    false = pd.DataFrame({"shares": ["31/50/19"], "n": ["10 and 10"], "ours": [0.07]})
    teams = pd.DataFrame({"shares": ["31/50/19"], "teams": ["6 teams of 10"], "team sd": [20], "ours": [0.98]})
    weights = pd.DataFrame(
        {"shares": ["90/8/2"] * 2, "weights": ["unrelated", "detractors weigh more"], "cv": 1.0, "n": 10, "ours": 0.915}
    )
    assert [
        "weights 90/8/2, unrelated, cv 1.0, n = 10: 0.915",
        "coverage 90/8/2, n = 10: 0.910",
        "type-I error 31/50/19, n = 10 and 10: 0.070",
        "clusters 31/50/19, 6 teams of 10: 0.980",
    ] == coverage.misses({"plain": plain, "false": false, "clusters": teams, "weights": weights})


def test_the_picture_is_there_and_named():
    """The page shows it with a text for who cannot see it; it holds no date."""
    described = re.search(r"!\[([^\]]{80,})\]\(coverage\.svg\)", METHOD)
    assert described is not None
    picture = (PROJECT / "docs" / "coverage.svg").read_text(encoding="utf-8")
    assert ET.fromstring(picture).tag.endswith("svg")
    assert "<dc:date>" not in picture
