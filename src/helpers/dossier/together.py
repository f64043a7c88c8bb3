"""Hidden units of one parent that are shown together have a score like any other unit."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pandas as pd

from helpers.analysis import cells
from helpers.params import paths
from helpers.params.metrics import Metric
from helpers.params.model import Params

UNIT = "unit"


def with_rows(
    scores: pd.DataFrame,
    rows: pd.DataFrame,
    answers: pd.DataFrame,
    metrics: Sequence[Metric],
    windows: pd.DataFrame,
    *,
    params: Params,
    headcount: pd.DataFrame | None,
) -> pd.DataFrame:
    """Put the units that are shown together below the last unit of their parent.

    Parameters
    ----------
    scores
        As :func:`helpers.analysis.cells.scores` returns them.
    rows
        As :func:`helpers.disclosure.with_roll_ups` returns them: ``id, metric, period, scope, units, population``.
    answers, metrics, windows, params, headcount
        As in :func:`helpers.analysis.cells.scored`: the answers of these units count as those of one unit.

    Returns
    -------
    pandas.DataFrame
        ``scores`` with one more row per row, and ``units``: the paths of the units that a row puts together, else an
        empty tuple.
    """
    parts = [scores.assign(units=[()] * len(scores))]
    for row in rows.to_dict("records"):
        metric = [each for each in metrics if each.key == row["metric"]]
        window = windows[(windows["metric"] == row["metric"]) & (windows["period"] == row["period"])]
        path, units = row["scope"][UNIT], row["units"]
        people = None if headcount is None else _headcount(headcount, path, units, row["population"], row["period"])
        moved = answers.assign(unit=_moved(answers[UNIT], path, units))
        found = cells.scores(moved, metric, window, params=params, headcount=people)
        own = found[found["id"] == row["id"]]
        parts.append(own.assign(units=[units] * len(own)))
    table = pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0]
    return table


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
