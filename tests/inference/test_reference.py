"""Our figures beside those of R, of papers and of counting out; see tests/reference/README.md."""

from __future__ import annotations

import importlib.util
import json
import math
import re
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

REFERENCE = Path(__file__).resolve().parents[1] / "reference"
SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "reference" / "stats_examples.json"
FAMILIES = ("point", "interval", "difference", "weighting")
TARGETS = ("target-01", "target-02")
Case = dict[str, Any]


def _module(path: Path) -> ModuleType:
    """Return a module beside the tests: a test folder is no package, so a test cannot import it."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _read(path: Path) -> list[Case]:
    found: list[Case] = json.loads(path.read_text(encoding="utf-8"))["cases"]
    return found


def _shared() -> list[Case]:
    """Return the shared cases of the families that there are functions for; they lie beside the checkout."""
    if not SHARED.exists():
        return []
    return [case for case in _read(SHARED) if case["topic"] in FAMILIES or case["id"] in TARGETS]


def _mismatches(case: Case, found: Mapping[str, Any]) -> list[str]:
    """Return where what was found differs from what a case expects by more than its tolerance allows.

    Tolerances are given per key of ``expected`` and hold for every number below it; ``default`` for the others. If
    abs and rel are both given, either may hold. What is no number has to be the same.
    """
    wrong = []
    for key, wanted in case["expected"].items():
        tolerance = case["tol"].get(key, case["tol"]["default"])
        if key not in found:
            wrong.append(f"{key}: nothing was found")
        elif not _agrees(found[key], wanted, tolerance):
            wrong.append(f"{key}: {found[key]} was found, and {wanted} is expected within {tolerance}")
    return wrong


def _agrees(found: Any, wanted: Any, tolerance: Mapping[str, float]) -> bool:
    if isinstance(wanted, Mapping):
        return set(wanted) == set(found) and all(_agrees(found[name], wanted[name], tolerance) for name in wanted)
    if isinstance(wanted, list):
        return len(wanted) == len(found) and all(map(_agrees, found, wanted, [tolerance] * len(wanted)))
    if isinstance(wanted, bool | str | None):
        return bool(wanted == found)
    off = abs(found - wanted)
    return bool(off <= tolerance.get("abs", -math.inf) or off <= tolerance.get("rel", -math.inf) * abs(wanted))


adapter = _module(Path(__file__).with_name("reference_adapter.py"))
COUNTED = _module(REFERENCE / "enumeration.py").cases()
OWN = [*_read(REFERENCE / "r_cases.json"), *_read(REFERENCE / "paper_cases.json"), *COUNTED]
BESIDE = _shared()


@pytest.mark.parametrize("case", OWN, ids=lambda case: case["id"])
def test_a_reference_case_is_met(case: Case) -> None:
    """Every number that R, a paper or counting out gives is ours too, within the tolerance of the case."""
    assert _mismatches(case, adapter.OPERATIONS[case["op"]](case["inputs"])) == []


@pytest.mark.parametrize("case", BESIDE or [None], ids=lambda case: case["id"] if case else "absent")
def test_a_shared_case_is_met(case: Case | None) -> None:
    """Every shared case of scores, intervals, differences, weights and targets passes through the same adapter."""
    if case is None:
        pytest.skip("the shared reference cases are not beside the checkout")
    assert _mismatches(case, adapter.OPERATIONS[case["op"]](case["inputs"])) == []


def test_no_shared_case_of_these_families_is_left_out() -> None:
    """The shared file has 2 point, 4 interval, 4 difference and 4 weighting cases, and 2 targets are in this part."""
    if not BESIDE:
        pytest.skip("the shared reference cases are not beside the checkout")
    topics = [case["topic"] for case in BESIDE]
    assert {topic: topics.count(topic) for topic in (*FAMILIES, "target")} == {
        "point": 2, "interval": 4, "difference": 4, "weighting": 4, "target": 2,
    }  # fmt: skip


def test_there_are_at_least_sixty_cases_of_our_own() -> None:
    """Sixty cases beyond the shared ones, each with an id of its own."""
    names = [case["id"] for case in [*OWN, *BESIDE]]
    assert len(OWN) >= 60
    assert len(names) == len(set(names))


@pytest.mark.parametrize("case", OWN, ids=lambda case: case["id"])
def test_no_case_stands_without_its_source(case: Case) -> None:
    """R has its version and call, a paper its year, a manual its page, a function what it counts."""
    said = {
        "r_package": r"R \d+\.\d+\.\d+, .+", "paper": r".+ \((19|20)\d\d\)\. .+", "manual": r".+, help page of .+",
        "enumeration": r"tests/reference/enumeration.py, \w+: .+",
    }  # fmt: skip
    assert set(case) == {"id", "topic", "op", "inputs", "expected", "tol", "source"}
    assert re.fullmatch(said[case["source"]["kind"]], case["source"]["ref"])
    assert case["expected"]
    assert "default" in case["tol"]


def test_every_operation_has_a_case() -> None:
    """The adapter holds nothing that no case asks for; the shared file alone asks for some."""
    asked = {case["op"] for case in [*OWN, *BESIDE]}
    only_shared = {"survey_mean", "cluster_mean"}
    assert set(adapter.OPERATIONS) - only_shared == asked - only_shared


def test_a_wrong_figure_is_noticed() -> None:
    """Each case fails when any of its figures is off by more than the tolerance, so none passes by accident."""
    for case in OWN:
        found = adapter.OPERATIONS[case["op"]](case["inputs"])
        for key in case["expected"]:
            assert _mismatches(case, {**found, key: _spoilt(found[key])}), (case["id"], key)


def _spoilt(found: Any) -> Any:
    if isinstance(found, dict):
        return {name: _spoilt(value) for name, value in found.items()}
    if isinstance(found, list):
        return [_spoilt(value) for value in found]
    return found * 1.5 + 10


def test_the_cases_of_r_say_how_they_are_made_again() -> None:
    """The file holds the versions of R and its packages and the session; the readme has the command that it names."""
    made = json.loads((REFERENCE / "r_cases.json").read_text(encoding="utf-8"))
    assert re.match(r"R version \d+\.\d+\.\d+", made["r_version"])
    assert set(made["packages"]) == {"survey", "exactRankTests", "boot", "MASS"}
    assert made["r_version"] in made["session_info"][0]
    for name in made["packages"]:
        assert any(f"{name}_" in line for line in made["session_info"]), name
    assert made["command"] == "Rscript make.R"
    assert made["command"] in (REFERENCE / "README.md").read_text(encoding="utf-8")
    assert made["command"] in (REFERENCE / "make.R").read_text(encoding="utf-8")
