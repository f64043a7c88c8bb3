"""Hidden units of one parent that are shown together: they have a score like any other unit."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pandas as pd

from helpers.analysis import cells, zero_measurement
from helpers.params import paths
from helpers.params.metrics import Metric
from helpers.params.model import Params

UNIT = "unit"


def scored(
    rows: pd.DataFrame,
    answers: pd.DataFrame,
    metrics: Sequence[Metric],
    windows: pd.DataFrame,
    *,
    params: Params,
    headcount: pd.DataFrame | None,
) -> pd.DataFrame:
    """Score units that are shown together, their answers taken as those of one unit.

    Parameters
    ----------
    rows
        As :func:`helpers.disclosure.roll_up.with_roll_ups` returns them: ``id, metric, period, scope, units,
        population``.
    answers, metrics, windows, params, headcount
        As in :func:`helpers.analysis.cells.scored`.

    Returns
    -------
    pandas.DataFrame
        One row per row at the zero measurement or now, columns as :func:`helpers.analysis.cells.scores`; and
        ``units``: the paths of the units.
    """
    parts = []
    for row in rows.to_dict("records"):
        metric = [each for each in metrics if each.key == row["metric"]]
        window = windows[(windows["metric"] == row["metric"]) & (windows["period"] == row["period"])]
        path, units = row["scope"][UNIT], row["units"]
        people = None if headcount is None else _headcount(headcount, path, units, row["population"], row["period"])
        moved = answers.assign(unit=_moved(answers[UNIT], path, units))
        found = cells.scores(moved, metric, window, params=params, headcount=people)
        own = found[found["id"] == row["id"]]
        parts.append(own.assign(units=[units] * len(own)))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["id", "metric", "units"])


def beside(employees: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """Put units that are shown together below the last unit of their parent.

    Parameters
    ----------
    employees
        As :func:`helpers.analysis.zero_measurement.now_and_zero` returns it.
    scores
        As :func:`scored` returns them, protected.

    Returns
    -------
    pandas.DataFrame
        ``employees`` with one more row per set of units, and ``together``: how many units a row is about, else null.
        Such a row has the label of its parent, empty for the whole. Two waves are beside each other only where they
        put the same units together.
    """
    table = employees.assign(together=None)
    own = scores[scores["metric"].isin(employees["metric"])]
    for units in dict.fromkeys(own["units"]):
        found = zero_measurement.now_and_zero(own[own["units"] == units], measurement="employee")
        parent = paths.parts(units[0])[:-1]
        inside = [
            paths.parts(scope[UNIT])[: len(parent)] == parent if set(scope) == {UNIT} else False
            for scope in table["scope"]
        ]
        end = 1 + max(place for place, below in enumerate(inside) if below)
        row = found.assign(label=parent[-1] if parent else "", level=len(parent), together=len(units))
        table = pd.concat([table.iloc[:end].astype(object), row.astype(object), table.iloc[end:].astype(object)])
    return table.reset_index(drop=True).astype({"tree": bool, "weighted": bool})


def _moved(column: pd.Series, path: str, units: Collection[str]) -> pd.Series:
    """Return the units with those that are taken together under one name."""
    own = column.astype(object)
    inside = {name: path for name in own.dropna().unique() if any(paths.within(str(name), unit) for unit in units)}
    return own.map(lambda name: inside.get(name, name), na_action="ignore")


def _headcount(
    headcount: pd.DataFrame, path: str, units: Collection[str], population: float | None, period: str
) -> pd.DataFrame:
    """Return the people per unit, those of these units as one number; where it is not known, without it."""
    own = headcount[["unit", "period", "employees"]]
    rest = own[~own["unit"].map(lambda name: any(paths.within(str(name), unit) for unit in units)).astype(bool)]
    if population is None or pd.isna(population):
        return rest
    row = pd.DataFrame([{"unit": path, "period": period, "employees": int(population)}])
    return pd.concat([rest, row], ignore_index=True)
