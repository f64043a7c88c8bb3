"""The groups that are hidden, what that costs, and what another minimum would cost: counts, and no group by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from helpers.analysis import cells, windows
from helpers.checking.layout import counted as number_of
from helpers.checking.layout import labelled, section
from helpers.disclosure import PROTECTS_OTHERS, TOO_FEW_ANSWERS, TOO_SMALL_UNIT
from helpers.dossier import Dossier
from helpers.dossier.accounts import counted_answers
from helpers.dossier.report import Report
from helpers.intake import responses
from helpers.params.metrics import metrics

MINIMUMS = (5, 10, 12, 15)
"""The minimums that are compared with the declared one."""
REASONS = {
    TOO_FEW_ANSWERS: "too few answers",
    TOO_SMALL_UNIT: "in too small a unit",
    PROTECTS_OTHERS: "would give others away, or all answered alike",
}
Found = dict[str, Any]


def counted(intake: responses.Intake, report: Report) -> pd.DataFrame:
    """Return every cell of a report with its number of answers, hidden ones too: for the consultant's own screen.

    Parameters
    ----------
    intake
        As :func:`helpers.intake.responses.read` returns it.
    report
        The report that would be made.

    Returns
    -------
    pandas.DataFrame
        As :func:`helpers.analysis.cells.scores` returns it.
    """
    params, declared = report.params, metrics(report.params)
    answers = counted_answers(intake.responses, report)
    periods = windows.windows(answers, declared, params=params, period=report.period)
    return cells.scores(answers, declared, periods, params=params, headcount=intake.headcount)


def prices(counted: pd.DataFrame, opened: Dossier) -> tuple[Found, ...]:
    """Return how many groups each minimum hides now.

    Parameters
    ----------
    counted
        As :func:`counted` returns it.
    opened
        The report that would be made: its plan says what is hidden.

    Returns
    -------
    tuple
        One dict per survey and grouping (of a tree per level): ``metric, audience, measurement, grouping, level,
        groups`` (those with answers), ``declared`` (the minimum of the params), ``hidden`` (minimum -> groups
        of fewer answers) and ``beside`` (groups that are hidden although they have enough answers). Of each survey
        the first measure is counted.
    """
    report = opened.report
    leading = {metric.measurement: metric.key for metric in reversed(metrics(report.params))}
    now = counted[counted["current"] & counted["metric"].isin(leading.values())]
    split = now[now["grouping"].ne("") & now["n"].gt(0)]
    hidden = split["id"].map(opened.plan.hidden_because).ne("")
    keys = ["metric", "audience", "measurement", "grouping", "tree", "level"]
    return tuple(
        _price(dict(zip(keys, key, strict=True)), own.assign(hidden=hidden.loc[own.index]), report)
        for key, own in split.groupby(keys, sort=False)
    )


def lost(counted: pd.DataFrame, opened: Dossier) -> tuple[Found, ...]:
    """Return what hiding costs, exactly; no report prints it so.

    Parameters
    ----------
    counted
        As :func:`counted` returns it.
    opened
        The report that would be made.

    Returns
    -------
    tuple
        One dict per audience and reason: ``audience, hidden_because, primary`` (bool: hidden by its own size, not for
        what it would give away), ``cells`` and ``answers``. An answer counts in each group that it is in.
    """
    scores = opened.scores[~opened.scores["shown"].astype(bool)]
    hidden = scores[["id", "audience", "hidden_because"]].merge(counted[["id", "n"]], on="id")
    found = hidden.groupby(["audience", "hidden_because"])["n"].agg(cells="size", answers="sum").reset_index()
    return tuple(
        {"audience": row["audience"], "hidden_because": row["hidden_because"],
         "primary": row["hidden_because"] != PROTECTS_OTHERS, "cells": int(row["cells"]),
         "answers": int(row["answers"])}
        for row in found.to_dict("records")
    )  # fmt: skip


def price_lines(found: Iterable[Found]) -> list[str]:
    """Return the lines about what each minimum hides."""
    named = list(found)
    whole = [each for each in named if not any(each["hidden"].values()) and not each["beside"]]
    rows = [(each["measurement"], _line(each)) for each in named if each not in whole]
    if whole:
        names = "; ".join(f"{each['measurement']} by {_name(each)}" for each in whole)
        rows.append(("none", f"at any minimum up to {max(whole[0]['hidden'])}: {names}"))
    return section("groups below the minimum, of those with answers now", rows)


def lost_lines(
    found: Iterable[Found], hidden: Sequence[str], given_away: Sequence[str], *, everything: bool
) -> list[str]:
    """Return the lines about what is hidden; the figures themselves only when everything is asked for."""
    rows = [
        (each["audience"], f"{number_of(each['cells'], 'figure')} of {number_of(each['answers'], 'answer')} in all: "
                           f"{REASONS[each['hidden_because']]}")
        for each in found
    ]  # fmt: skip
    if everything:
        rows += labelled("hidden", hidden, everything=True)
    elif hidden:
        rows.append(("in all", f"{number_of(len(hidden), 'figure')} hidden in the report; --all prints their ids"))
    if given_away:
        told = f"{number_of(len(given_away), 'hidden figure')} can be worked out from earlier reports"
        rows += [("given away", told), *labelled("given away", given_away if everything else (), everything=True)]
    return section("hidden in the report, all periods", rows)


def _price(about: Found, groups: pd.DataFrame, report: Report) -> Found:
    n, declared = groups["n"], int(report.privacy[about["audience"]]["minimum_respondents"])
    hidden = {minimum: int(n.lt(minimum).sum()) for minimum in sorted({declared, *MINIMUMS})}
    level = int(about["level"]) + 1 if about["tree"] else None
    named = {name: about[name] for name in ("metric", "audience", "measurement", "grouping")}
    beside = int((groups["hidden"] & n.ge(declared)).sum())
    return named | {"level": level, "groups": len(n), "declared": declared, "hidden": hidden, "beside": beside}


def _line(found: Found) -> str:
    minimum = found["declared"]
    others = [f"at {other}: {hidden}" for other, hidden in found["hidden"].items() if other != minimum]
    declared = f"at {minimum}: {found['hidden'][minimum]} of {found['groups']} groups hidden"
    declared += f", and {found['beside']} of enough answers" if found["beside"] else ""
    return "; ".join([f"{_name(found)}: {declared}", *others])


def _name(found: Found) -> str:
    return str(found["grouping"]) if found["level"] is None else f"{found['grouping']}, level {found['level']}"
