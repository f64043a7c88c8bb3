"""The groups below the minimum, and what another minimum would cost: counts, and no group by name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from helpers.analysis import cells, windows
from helpers.checking.layout import counted, labelled, section
from helpers.dossier.accounts import counted_answers
from helpers.dossier.report import Report
from helpers.params.metrics import metrics
from helpers.params.model import Params

MINIMUMS = (5, 10, 12, 15)
"""The minimums that are compared with the declared one."""
Found = dict[str, Any]


def prices(answers: pd.DataFrame, report: Report, headcount: pd.DataFrame | None) -> tuple[Found, ...]:
    """Return how many groups each minimum hides now.

    Parameters
    ----------
    answers
        As :func:`helpers.intake.responses.read` returns them.
    report
        The report that would be made.
    headcount
        People per unit.

    Returns
    -------
    tuple
        One dict per survey and grouping (of a tree per level): ``metric, audience, measurement, grouping, level,
        groups`` (those with answers), ``declared`` (the minimum of the params) and ``hidden`` (minimum -> groups
        of fewer answers). Of each survey the first measure is counted.
    """
    params = report.params
    leading = list({metric.measurement: metric for metric in reversed(metrics(params))}.values())[::-1]
    labelled_answers = counted_answers(answers, report)
    periods = windows.windows(labelled_answers, leading, params=params, period=report.period)
    now = periods[periods["current"]]
    if now.empty:
        return ()
    found = cells.scores(labelled_answers, leading, now, params=params, headcount=headcount)
    split = found[found["grouping"].ne("") & found["n"].gt(0)]
    keys = ["metric", "audience", "measurement", "grouping", "tree", "level"]
    return tuple(
        _price(dict(zip(keys, key, strict=True)), own["n"], params) for key, own in split.groupby(keys, sort=False)
    )


def _price(about: Found, n: pd.Series, params: Params) -> Found:
    declared = _declared(params, about["audience"])
    hidden = {minimum: int(n.lt(minimum).sum()) for minimum in sorted({declared, *MINIMUMS})}
    level = int(about["level"]) + 1 if about["tree"] else None
    named = {name: about[name] for name in ("metric", "audience", "measurement", "grouping")}
    return named | {"level": level, "groups": len(n), "declared": declared, "hidden": hidden}


def _declared(params: Params, audience: str) -> int:
    privacy = params.privacy
    own = privacy.employee if audience == "employee" else privacy.customer
    return own.minimum_respondents


def lines(found: Iterable[Found], hidden: Iterable[str], *, everything: bool) -> list[str]:
    """Return the lines about what is hidden; the figures themselves only when everything is asked for."""
    named = list(hidden)
    whole = [each for each in found if not any(each["hidden"].values())]
    rows = [(each["measurement"], _line(each)) for each in found if each not in whole]
    if whole:
        names = "; ".join(f"{each['measurement']} by {_name(each)}" for each in whole)
        rows.append(("none", f"at any minimum up to {max(whole[0]['hidden'])}: {names}"))
    if everything:
        rows += labelled("hidden", named, everything=True)
    elif named:
        rows.append(("in all", f"{counted(len(named), 'figure')} hidden in the report; --all prints their ids"))
    return section("groups below the minimum, of those with answers now", rows)


def _line(found: Found) -> str:
    minimum = found["declared"]
    others = [f"at {other}: {hidden}" for other, hidden in found["hidden"].items() if other != minimum]
    declared = f"at {minimum}: {found['hidden'][minimum]} of {found['groups']} groups hidden"
    return "; ".join([f"{_name(found)}: {declared}", *others])


def _name(found: Found) -> str:
    return str(found["grouping"]) if found["level"] is None else f"{found['grouping']}, level {found['level']}"
