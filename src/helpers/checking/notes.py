"""What looks odd in a survey, and whether the vendor's own score is ours."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd

from helpers.analysis import windows
from helpers.checking.layout import counted
from helpers.inference import groups
from helpers.params.metrics import Metric
from helpers.params.model import Source

MANY = 200
"""With so many answers, an end of the scale that nobody chose is worth a question."""
Found = dict[str, Any]


def measured(answers: pd.DataFrame, metric: Metric, *, vendor_score: float | None) -> Found:
    """Return a measure's answers over a survey's whole files, and the vendor's own score beside ours.

    Returns
    -------
    dict
        ``measure, rule, answers, skipped``; with a `vendor_score` also ``vendor``, ``score`` (skipped answers
        left out, as every report has it), ``diluted`` (skipped answers in the divisor) and ``fits`` (which of
        the two the vendor prints: ``score``, ``diluted``, ``both`` or ``neither``).
    """
    given = answers[f"measure.{metric.name}"]
    n, skipped = int(given.notna().sum()), int(given.isna().sum())
    found: Found = {"measure": metric.name, "rule": metric.rule, "answers": n, "skipped": skipped}
    if vendor_score is None or not n:
        return found
    weighted = bool(answers["weight"].notna().any())
    weight = answers["weight"].fillna(1.0) if weighted else pd.Series(1.0, index=answers.index)
    rows = pd.DataFrame({"answer": given, "weight": weight})
    table = groups.by_group(rows, rule=metric.rule, best=metric.best_answers, weighted=weighted)
    score = float(table["score"].iloc[0])
    diluted = score * float(weight[given.notna()].sum() / weight.sum())
    return found | {
        "vendor": vendor_score, "score": score, "diluted": diluted, "fits": _fits(vendor_score, score, diluted),
    }  # fmt: skip


def _fits(vendor: float, score: float, diluted: float) -> str:
    decimals = len(repr(vendor).partition(".")[2].rstrip("0"))
    within = 0.5 * 10**-decimals + 1e-9
    fitting = (math.isclose(score, vendor, abs_tol=within), math.isclose(diluted, vendor, abs_tol=within))
    return {(True, True): "both", (True, False): "score", (False, True): "diluted"}.get(fitting, "neither")


SAID = {
    "both": "they agree",
    "score": "they agree: both leave skipped answers out of the divisor",
    "diluted": "the vendor counts skipped answers in the divisor, which pulls its score towards 0; our reports do not",
    "neither": "neither fits: ask the vendor which answers it counts",
}


def measure_line(found: Found) -> str:
    """Return what is said of a measure."""
    return f"{found['measure']} ({found['rule']}): {counted(found['answers'], 'answer')}, {found['skipped']:,} skipped"


def vendor_lines(found: Found) -> Iterator[str]:
    """Yield the line on the vendor's score, where it was given."""
    if "vendor" in found:
        yield (
            f"{found['measure']}: the vendor prints {found['vendor']:g}; without skipped answers it is "
            f"{found['score']:.1f}, with them in the divisor {found['diluted']:.1f}: {SAID[found['fits']]}"
        )


def odd_ends(answers: pd.DataFrame, source: Source) -> Iterator[str]:
    """Yield a sentence where nobody among many gave the 0 of a scale, or its highest answer.

    A scale that begins at 1 is not asked about its 1: answers counted from 0 would have been rejected.
    """
    for name, measure in source.measures.items():
        given = answers[f"measure.{name}"].dropna()
        lowest, highest = measure.scale
        if len(given) < MANY or measure.items:
            continue
        asked = {highest: (lowest, highest - 1)} | ({} if lowest else {lowest: (1, highest)})
        for end, (first, last) in asked.items():
            if not given.eq(end).any():
                among = counted(len(given), "answer")
                yield f"{name}: no {end} among {among}: was the question asked from {first} to {last}?"


def far_away(answers: pd.DataFrame) -> Iterator[str]:
    """Yield a sentence about the answers dated years after all others."""
    stray = answers.loc[windows.strays(answers), "date"]
    if len(stray):
        days = ", ".join(str(day.date()) for day in stray.drop_duplicates().sort_values().head(3))
        yield (
            f"{counted(len(stray), 'answer')} dated {days}, more than a year after all others: check the year; "
            "no report is made of that period unless you ask for it"
        )
