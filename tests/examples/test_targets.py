"""The example's targets: all ten verdict words, each with room to spare, from a computation of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

AS_OF, WAVE_END = dt.date(2026, 9, 30), dt.date(2025, 12, 31)
NOW, WAVE = "2026-Q3", "2025-Q4"
LAST_DAY = {"2024-Q4": dt.date(2024, 12, 31), "2025-Q1": dt.date(2025, 3, 31)}
WORDS = {
    # word after the due date, word before it: lowest and highest probability, kept well inside the band
    ("achieved", "ahead"): (0.97, 1.0),
    ("probably achieved", "probably ahead"): (0.84, 0.93),
    ("undecided", "on course"): (0.30, 0.70),
    ("probably not achieved", "probably behind"): (0.07, 0.16),
    ("not achieved", "behind"): (0.0, 0.03),
}
EXPECTED = {
    "T01": "on course", "T02": "on course", "T03": "undecided", "T04": "probably behind", "T05": "achieved",
    "T06": "probably ahead", "T07": "ahead", "T08": "probably achieved", "T09": "probably not achieved",
    "T10": "not achieved", "T11": "on course", "T12": "", "T13": "behind", "T14": "ahead",
}  # fmt: skip


@pytest.fixture(scope="session")
def targets(params_file: Path) -> dict[str, dict[str, Any]]:
    """The targets as they are written, T01 first."""
    written = yaml.safe_load(params_file.read_text(encoding="utf-8"))["targets"]
    return {f"T{number:02d}": target for number, target in enumerate(written, start=1)}


@pytest.fixture(scope="session")
def scores(
    transactional: pd.DataFrame,
    relational: pd.DataFrame,
    enps: Callable[[str, str], Any],
    count: Callable[..., Any],
) -> Callable[..., tuple[Any, Any]]:
    """Baseline and actual of a target, with relational weights or without."""

    def of(target: dict[str, Any], *, weighted: bool = True) -> tuple[Any, Any]:
        scope = target.get("scope", {})
        if target["metric"] == "enps":
            unit = " > ".join(scope.get("unit", []))
            return enps(unit, target["baseline"])[0], enps(unit, WAVE)[0]
        rows = transactional if target["measurement"] == "transactional" else relational
        for column, dimension in {"product": "product", "proces": "process"}.items():
            rows = rows[rows[column] == scope[dimension]] if dimension in scope else rows
        weigh = weighted and target["measurement"] == "relational"
        periods = target["baseline"], NOW
        return tuple(count(rows[rows["quarter"] == period], weighted=weigh) for period in periods)

    return of


def path(target: dict[str, Any], baseline: float, day: dt.date) -> float:
    """The straight line from the last day of the baseline's period to the due date; afterwards the target."""
    start = LAST_DAY[target["baseline"]]
    passed = min(1, (day - start).days / (target["due"] - start).days)
    return baseline + (target["target"] - baseline) * passed


def probability(target: dict[str, Any], baseline: Any, actual: Any, day: dt.date) -> float:
    """Of a true score at or above the path."""
    return float(actual.chance_above(path(target, baseline.nps, day)))


def word(chance: float, *, due_passed: bool) -> str:
    """The word whose inner band holds the probability; between two bands there is none."""
    found = [words for words, (low, high) in WORDS.items() if low <= chance <= high]
    return found[0][0 if due_passed else 1] if found else f"too close to call: {chance:.3f}"


@pytest.mark.parametrize("weighted", [True, False])
@pytest.mark.parametrize("day_of_wave", [AS_OF, WAVE_END])
@pytest.mark.parametrize("key", [key for key, expected in EXPECTED.items() if expected])
def test_each_target_has_its_word_under_every_reading(
    key: str,
    day_of_wave: dt.date,
    weighted: bool,
    targets: dict[str, dict[str, Any]],
    scores: Callable[..., tuple[Any, Any]],
) -> None:
    """Weights or not, an employee wave judged today or on its own last day: the word stays the same."""
    target = targets[key]
    baseline, actual = scores(target, weighted=weighted)
    day = day_of_wave if target["metric"] == "enps" else AS_OF

    chance = probability(target, baseline, actual, day)

    assert EXPECTED[key] == word(chance, due_passed=day >= target["due"])


def test_all_ten_words_occur(targets: dict[str, dict[str, Any]]) -> None:
    """Every word of the vocabulary is in the report of 2026-Q3, and one target has a hidden score."""
    assert {each for pair in WORDS for each in pair} | {""} == set(EXPECTED.values())
    assert list(EXPECTED) == list(targets)


def test_the_target_without_a_word_has_too_few_answers(
    targets: dict[str, dict[str, Any]], scores: Callable[..., tuple[Any, Any]]
) -> None:
    """Warmte × Storing has 4 answers, below the minimum of 5."""
    assert scores(targets["T12"])[1].n == 4


def test_the_page_lists_every_target_with_its_figures(
    documentation: str,
    targets: dict[str, dict[str, Any]],
    scores: Callable[..., tuple[Any, Any]],
    printed: Callable[[float], str],
) -> None:
    """The table of verdicts in docs is what the files and the params give."""
    for key, target in targets.items():
        baseline, actual = scores(target)
        day = WAVE_END if target["metric"] == "enps" else AS_OF
        hidden = not EXPECTED[key]
        cells = [
            key,
            _scope(target),
            f"{printed(baseline.nps)} ({target['baseline']})",
            f"{printed(target['target'])}, {target['due']}",
            "hidden" if hidden else str(actual),
            "" if hidden else _percentage(probability(target, baseline, actual, day)),
            EXPECTED[key] or "none",
        ]
        row = "| " + " | ".join(cells).replace("|  |", "| |") + " |"

        assert row in documentation.splitlines()


def _scope(target: dict[str, Any]) -> str:
    scope = target.get("scope", {})
    names = " › ".join(scope["unit"]) if "unit" in scope else " × ".join(scope.values())
    return f"{target.get('measurement', target['metric'])}: {names or 'whole'}"


def _percentage(chance: float) -> str:
    if chance > 0.99:
        return ">99%"
    return "<1%" if chance < 0.01 else f"{100 * chance:.0f}%"
