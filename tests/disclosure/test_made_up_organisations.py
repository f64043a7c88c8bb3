"""What performance/disclosure.py wrote down is what it finds, and what it compares with is the rule that it names."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest

from helpers.disclosure import Declared

PERFORMANCE = Path(__file__).resolve().parents[2] / "performance"
SMALLEST = 32
"""The seed of an organisation of 53 people."""


@pytest.fixture(scope="module")
def script() -> Iterator[ModuleType]:
    """Return the script, which is not part of the package, with the module beside it."""
    names = ("organisations", "disclosure")
    for name in names:
        spec = importlib.util.spec_from_file_location(name, PERFORMANCE / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    yield sys.modules["disclosure"]
    for name in names:
        del sys.modules[name]


@pytest.fixture(scope="module")
def rows(script: ModuleType) -> pd.DataFrame:
    """Return the committed figures, one row per organisation."""
    return pd.read_csv(script.FILE)


def test_a_hundred_organisations_were_attacked_and_nothing_leaked(script: ModuleType, rows: pd.DataFrame) -> None:
    """No report, no year of reports, no pair of editions and no false alarm, of a hundred seeds in a row or more."""
    assert list(range(len(rows))) == rows["seed"].tolist()
    assert len(rows) >= 100
    assert [] == script.faults(rows)


def test_the_attack_could_have_failed(rows: pd.DataFrame) -> None:
    """With small groups alone hidden something follows in most of the organisations that were attacked so."""
    assert (rows["leaks_primary"] > 0).sum() > rows["leaks_primary"].notna().sum() / 2


def test_a_leak_or_a_false_alarm_is_told(script: ModuleType, rows: pd.DataFrame) -> None:
    """By its seed; and so is an attack that finds nothing at all."""
    one = rows.head(3).assign(leaks_primary=[4, 0, 2], leaks_year=[0, 1, 0], false_alarms=[0, 0, 2])
    assert ["seed 1: leaks_year 1", "seed 2: false_alarms 2"] == script.faults(one)
    assert ["the attack finds nothing where only small groups are hidden"] == script.faults(
        rows.head(3).assign(leaks_primary=0)
    )


def test_the_smallest_organisation_gives_what_was_written_down(script: ModuleType, rows: pd.DataFrame) -> None:
    """Everything but the seconds."""
    expected = rows.set_index("seed", drop=False).loc[SMALLEST]
    found = script.measured(SMALLEST)
    assert {name: expected[name] for name in found if "seconds" not in name} == {
        name: pytest.approx(np.nan if value is None else value, nan_ok=True)
        for name, value in found.items()
        if "seconds" not in name
    }


def declared(**sizes: int) -> Declared:
    """Return the whole and its groups, of these sizes."""
    scopes = [{}, *({"group": name} for name in sizes)]
    n = [sum(sizes.values()), *sizes.values()]
    ids = ["whole", *sizes]
    return Declared(
        pd.DataFrame(
            {"id": ids, "audience": "employee", "n": n, "population": np.nan, "period": "2026", "scope": scopes}
        )
    )


@pytest.mark.parametrize(
    ("sizes", "hidden"),
    [
        ({"a": 16, "b": 3, "c": 12, "d": 21}, ["b", "c"]),  # 3 hidden is too few; with the next smallest, 12: 15
        ({"a": 7, "b": 4, "c": 14}, ["a", "b"]),  # 7 + 4 = 11 are hidden already
        ({"a": 11, "b": 12}, []),
        ({"a": 3, "b": 12}, ["a", "b"]),
        ({"a": 3, "b": 2}, ["a", "b"]),  # the whole, 5, is hidden itself
    ],
)
def test_the_remainder_rule_hides_the_next_smallest_group(
    script: ModuleType, sizes: dict[str, int], hidden: list[str]
) -> None:
    """Until none, or ten and more, are missing from what is shown of a parent."""
    made = declared(**sizes)
    found = [name for name, reason in zip(made.cells["id"], script.remainder_rule(made), strict=True) if reason]
    assert hidden == [name for name in found if name != "whole"]
