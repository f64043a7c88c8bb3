"""What looks odd in a survey, and whether the vendor's own score is ours."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd

from helpers.analysis import strays
from helpers.checking.layout import counted, listed
from helpers.inference import groups
from helpers.params.metrics import Metric
from helpers.params.model import Source
from helpers.periods import Period

MANY = 200
"""With so many answers, an end of the scale that nobody chose is worth a question."""
FEW = 5
"""A period of fewer answers is worth a note: the least that any params file may show."""
Found = dict[str, Any]


def measured(answers: pd.DataFrame, metric: Metric, used: pd.Series, *, vendor_score: float | None) -> Found:
    """Return a measure's answers, and the vendor's own score beside ours.

    Parameters
    ----------
    answers
        Of one survey, over its whole files, as the vendor scores them.
    metric
        The measure.
    used
        Which of the answers the report counts; the others are in the scores only.
    vendor_score
        What the vendor prints.

    Returns
    -------
    dict
        ``measure, rule, asked`` (a scale that is not the rule's own), ``answers, skipped``; with a `vendor_score`
        also ``vendor``, ``score`` (skipped answers left out, as every report has it), ``diluted`` (skipped answers
        in the divisor) and ``fits`` (which of the two the vendor prints: ``score``, ``diluted``, ``both`` or
        ``neither``).
    """
    given = answers[f"measure.{metric.name}"]
    found: Found = {
        "measure": metric.name, "rule": metric.rule,
        "asked": "from 1 to 10" if metric.measure.nps_by_convention else "",
        "answers": int(given[used].notna().sum()), "skipped": int(given[used].isna().sum()),
    }  # fmt: skip
    if vendor_score is None or given.isna().all():
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
    within = 0.5 * 10 ** -_decimals(vendor) + 1e-9
    fitting = (math.isclose(score, vendor, abs_tol=within), math.isclose(diluted, vendor, abs_tol=within))
    return {(True, True): "both", (True, False): "score", (False, True): "diluted"}.get(fitting, "neither")


def _decimals(vendor: float) -> int:
    return len(repr(vendor).partition(".")[2].rstrip("0"))


SAID = {
    "both": "they agree",
    "score": "they agree: both leave skipped answers out of the divisor",
    "diluted": "the vendor counts skipped answers in the divisor, which pulls its score towards 0; our reports do not",
    "neither": "neither fits: ask the vendor which answers it counts",
}


def measure_line(found: Found) -> str:
    """Return what is said of a measure."""
    rule = ", asked ".join(filter(None, [found["rule"], found["asked"]]))
    return f"{found['measure']} ({rule}): {counted(found['answers'], 'answer')}, {found['skipped']:,} skipped"


def vendor_lines(found: Found) -> Iterator[str]:
    """Yield the line on the vendor's score, where it was given."""
    if "vendor" not in found:
        return
    own = _decimals(found["vendor"])
    score, diluted = (f"{found[name]:.{max(1, own)}f}" for name in ("score", "diluted"))
    asked = f" (asked {found['asked']})" if found["asked"] else ""
    yield (
        f"{found['measure']}{asked}: the vendor prints {found['vendor']:.{own}f}; without skipped answers it is "
        f"{score}, with them in the divisor {diluted}: {SAID[found['fits']]}"
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


def far_away(answers: pd.DataFrame, early: pd.Series) -> Iterator[str]:
    """Yield a sentence about the answers dated years before, and one about those dated years after, all others.

    Parameters
    ----------
    answers
        Of one survey.
    early
        As :func:`helpers.analysis.strays.early` returns them.
    """
    late = strays.strays(answers) & answers["date"].gt(answers.loc[~strays.strays(answers), "date"].max())
    said = {
        "before": (early, "no report counts them unless zero_measurement.period or a baseline names their period"),
        "after": (late, "no report is made of that period unless you ask for it"),
    }
    for where, (rows, effect) in said.items():
        stray = answers.loc[rows]
        if len(stray):
            days = [str(day.date()) for day in stray["date"].drop_duplicates().sort_values()]
            yield (
                f"{stray['source'].iloc[0]}: {counted(len(stray), 'answer')} dated "
                f"{listed(days, everything=False, most=3)}, more than a year {where} all others: "
                f"check the year; {effect}"
            )


def few(days: pd.Series, period: Period) -> Iterator[str]:
    """Yield a sentence where the report's period rests on few of a survey's answers."""
    own = int(days.between(pd.Timestamp(period.first), pd.Timestamp(period.last)).sum())
    if 0 < own < FEW:
        yield f"the period {period} rests on {counted(own, 'answer')}"
