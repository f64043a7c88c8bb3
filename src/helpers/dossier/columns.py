"""Which columns of each table come from which cell, and which of them only a large group may have.

What is rounded or left out for a group whose counts may not be shown is in ``DETAILS`` and ``ROUNDED``: in full
precision the interval, the verdict's probability and the smallest change give the counts of a few answers away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from helpers import disclosure
from helpers.rounding import half_away_from_zero

Columns = Mapping[str, tuple[str, ...]]

SHARES = ("promoter_share", "passive_share", "detractor_share")
COUNTS = ("promoters", "passives", "detractors")
ESTIMATE = ("centre", "se", "sample_centre", "sample_se", "sample_effective", "df", "n_effective")
"""What intervals and tests are computed from."""
SCORE_COLUMNS = (
    "n", "skipped", *COUNTS, *SHARES, "score", "score_low", "score_high", *ESTIMATE, "method", "unweighted",
    "clusters", "design_effect", "weighting_effect", "population", "invited",
)  # fmt: skip
NOW_COLUMNS = ("score", "low", "high", "n", "skipped", "population", "invited", "unweighted")
CHANGE_COLUMNS = ("change", "change_low", "change_high", "direction")
SINCE_ZERO = (
    "progress", "change", "change_low", "change_high", "planned_change", "probability_change", "smallest_change",
)  # fmt: skip
TARGET_CELLS: Columns = {
    "actual_id": (
        "actual", "actual_low", "actual_high", "n", "gap", "glide_path", "probability", "verdict", "caution",
        "required_pace", *SINCE_ZERO,
    ),
    "baseline_id": ("baseline", "baseline_n", *SINCE_ZERO),
    "path_id": ("glide_path", "probability", "verdict", "caution"),
}  # fmt: skip
"""Before the due date the verdict rests on the baseline too, and target and path together give it away. So do the score
now and the progress, or the change, and target and plan: also after the due date these need both. The required pace
rests on the score now alone."""

CELLS: Mapping[str, Columns] = {
    "scores": {"id": SCORE_COLUMNS},
    "distribution": {"id": ("count", "share")},
    "bands": {"id": ("n", "share", "low", "high")},
    "worst_case": {"id": ("n", "population", "silent", "low", "high")},
    "indicators": {"id": ("numerator", "denominator", "n", "score", "low", "high", "centre", "se")},
    "targets": TARGET_CELLS,
    "glide_paths": {"id": ("score", "low", "high", "n")},
    "headlines": {"id": (*NOW_COLUMNS, *CHANGE_COLUMNS), "zero_id": ("zero", "zero_n", *CHANGE_COLUMNS)},
    "changes": {"id": ("change", "low", "high", "p"), "zero_id": ("change", "low", "high", "p")},
    "detectable": {"id": ("score", "n", "change")},
}
"""Per table: the column that names a cell, and the columns that come from it."""
DETAILS: Mapping[str, Columns] = {
    "scores": {"id": (*COUNTS, *SHARES, *ESTIMATE)},
    "distribution": {"id": ("count", "share")},
    "bands": {"id": ("share", "low", "high")},
}
ROUNDED: Mapping[str, Columns] = {
    "scores": {"id": ("score", "score_low", "score_high", "unweighted")},
    "targets": {
        "actual_id": ("actual", "actual_low", "actual_high", "gap", "change", "change_low", "change_high"),
        "baseline_id": ("baseline", "planned_change", "change", "change_low", "change_high"),
        "path_id": ("glide_path",),
    },
    "glide_paths": {"id": ("score", "low", "high")},
    "headlines": {
        "id": ("score", "low", "high", "unweighted", "change", "change_low", "change_high"),
        "zero_id": ("zero", "change", "change_low", "change_high"),
    },
    "changes": {"id": ("change", "low", "high"), "zero_id": ("change", "low", "high")},
    "detectable": {"id": ("score",)},
}
COARSE: Mapping[str, Mapping[str, Mapping[str, int]]] = {
    "targets": {
        "actual_id": {"progress": 2, "probability": 2, "probability_change": 2, "required_pace": 2,
                      "smallest_change": 2},
        "baseline_id": {"progress": 2, "probability_change": 2, "smallest_change": 2},
        "path_id": {"probability": 2},
    },
    "changes": {"id": {"p": 2}, "zero_id": {"p": 2}},
    "detectable": {"id": {"change": 2}},
    "worst_case": {"id": {"low": 0, "high": 0}},
}  # fmt: skip
"""Numbers of another unit than the score, with the decimals that they keep where counts may not be shown."""


def safe(name: str, table: pd.DataFrame, plan: disclosure.Plan) -> pd.DataFrame:
    """Take out of a table what the plan does not allow, and leave the rest as it may be shown.

    Parameters
    ----------
    name
        Of ``CELLS``.
    table
        Numbers of hidden cells still in it.
    plan
        The publication plan.
    """
    found = disclosure.protect(
        table, plan, cells=CELLS[name], details=DETAILS.get(name), rounded=_present(ROUNDED.get(name, {}), table)
    )
    for identity, digits in COARSE.get(name, {}).items():
        few = table[identity].map(lambda cell: bool(cell) and not plan.detailed(cell)).astype(bool)
        for column, kept in digits.items():
            found[column] = _rounded(found[column], few, kept)
    return found


def _present(columns: Columns, table: pd.DataFrame) -> Columns:
    """Return nothing where the table has no unit to round by: an empty table."""
    return columns if "unit_of_score" in table.columns else {}


def _rounded(column: pd.Series, where: Iterable[bool], digits: int) -> pd.Series:
    values: list[Any] = [
        half_away_from_zero(float(value), digits=digits) if few and pd.notna(value) else value
        for value, few in zip(column, where, strict=True)
    ]
    return pd.Series(values, index=column.index, dtype=column.dtype)
