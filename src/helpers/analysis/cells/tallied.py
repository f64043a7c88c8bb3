"""The answers of a metric, added up once per period and combination of the groups that its cells are made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from helpers.inference import clusters, tallies
from helpers.intake.group_columns import TREE
from helpers.params.metrics import Metric, is_of
from helpers.params.model import Params

UNIT = "unit"
SHARED = {"agent": "agent_key", "customer": "customer_key"}
"""What answers can share, so that they come in clumps: the agent who helped, else the customer who answers again."""
WHO = {"employee": "employee_key", "customer": "customer_key"}
"""What tells whether one person answered more than once."""
APART = ("cluster", "person")
"""Columns that tell answers of one group apart: no cell is made of one of their values."""


def tallied(answers: pd.DataFrame, metric: Metric, params: Params, *, further: Iterable[str] = ()) -> pd.DataFrame:
    """Add up the answers of a metric.

    Parameters
    ----------
    answers
        As :func:`helpers.analysis.windows.labelled` returns them.
    metric
        Of which the answers are.
    params
        For the crossed dimensions and the targets' scopes.
    further
        Names of dimensions, segments or trees that other cells need.

    Returns
    -------
    pandas.DataFrame
        The sums of :func:`helpers.inference.tallies.tally`, one row per period, combination of groups, ``cluster``
        (with whom an answer is in one clump) and ``person`` (who answered more than once in the period, else null).
    """
    scoped = [name for target in params.targets if is_of(target, metric) for name in target.scope]
    names = (*params.zero_measurement.by, *scoped, *further)
    named = [name for by in names for name in (f"dimension.{by}", f"segment.{by}", by)]
    trees = [name for name in answers.columns if name.startswith(TREE)]
    by = [name for name in dict.fromkeys(["period", *named, UNIT, *trees]) if name in answers.columns]
    keys = [key for key in dict.fromkeys([*SHARED.values(), *WHO.values()]) if key in answers.columns]
    own = answers.loc[answers["source"].isin(metric.sources), [*by, f"measure.{metric.name}", "weight", *keys]]
    own = own.rename(columns={f"measure.{metric.name}": "answer"})
    own = own.assign(cluster=_clustered(own), person=_again(own, WHO[metric.audience]))
    # a survey without weights counts each answer once beside one that has them
    own["weight"] = own["weight"].fillna(1.0)
    wanted: dict[str, Any] = {"rule": metric.rule, "best": metric.best_answers, "weighted": metric.weighted}
    return tallies.tally(own, by=[*by, *APART], every=False, **wanted)


def alike(sums: pd.DataFrame, periods: pd.Series, metric: Metric) -> pd.DataFrame:
    """Return per cell how alike answers of a cluster are, once per period: within the units, which all took part."""
    found = clusters.intraclass_correlation(sums, cluster="cluster", by=["period"], within=[UNIT], rule=metric.rule)
    per_period = found.set_index("period")[["rho", "df"]].reindex(periods)
    return per_period.fillna({"df": np.inf}).reset_index(drop=True)


def _clustered(own: pd.DataFrame) -> pd.Series:
    """Return with whom each answer is in one clump; one that shares nothing is in none."""
    shared = pd.Series(pd.NA, index=own.index, dtype="string")
    for name, key in SHARED.items():
        if key in own.columns:
            shared = shared.fillna(f"{name} " + own[key].astype("string"))
    return shared.where(shared.duplicated(keep=False))


def _again(own: pd.DataFrame, key: str) -> pd.Series:
    """Return who answered, where that person did so more than once in the period."""
    if key not in own.columns:
        return pd.Series(pd.NA, index=own.index, dtype="string")
    who = own[key].astype("string").where(own["answer"].notna())
    more = pd.DataFrame({"period": own["period"], "who": who}).duplicated(keep=False) & who.notna()
    return who.where(more)
