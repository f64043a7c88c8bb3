"""Every score that a chapter may print: one row per metric, period and group, and which answers it is made of.

::

    tallied     the answers of a metric, added up once
    splits      which groups a wave is split into
    membership  which answers each cell is made of
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import numpy as np
import pandas as pd

from helpers.analysis.cells import membership
from helpers.analysis.cells.splits import Split, Wave, described, splits
from helpers.analysis.cells.tallied import APART, UNIT, alike, tallied
from helpers.errors import DataError
from helpers.inference import clusters, groups, tallies
from helpers.inference.tallies import ABOUT_MEAN, SUMS
from helpers.intake.facts.people import refuse_more_answers
from helpers.intake.group_columns import TREE
from helpers.params.metrics import Metric, figure_id, is_of, scope_of
from helpers.params.model import Params

PROTECTION = ("respondents", "unanimous", "printed")
"""Columns that the publication plan asks for and no chapter prints."""


@dataclass(frozen=True)
class Scored:
    """Every cell with the answers that it is made of.

    Parameters
    ----------
    table
        One row per cell: the columns of ``scores``, and ``respondents`` (different people, at least), ``unanimous``
        (bool: all gave an answer of one band or, of another measure, the same one) and ``printed`` (bool: False for
        a cell that only an earlier report printed).
    members
        ``cell, atom``: which atoms the answers of a cell are, both by place.
    atoms
        Answers that no cell separates: ``n, promoters, passives, detractors``, the last three null unless an NPS.
    """

    table: pd.DataFrame
    members: pd.DataFrame
    atoms: pd.DataFrame

    @property
    def scores(self) -> pd.DataFrame:
        """The cells that a chapter may print, as :func:`scores` returns them."""
        return self.table[self.table["printed"]].drop(columns=list(PROTECTION)).reset_index(drop=True)


def scores(
    answers: pd.DataFrame,
    metrics: Sequence[Metric],
    windows: pd.DataFrame,
    *,
    params: Params,
    headcount: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Score every cell that a chapter may print.

    Parameters
    ----------
    answers, metrics, windows, params, headcount
        As in :func:`scored`.

    Returns
    -------
    pandas.DataFrame
        One row per metric, period and group, each group in declared order: ``id, metric, audience,
        measurement, unit_of_score`` (points, scale or percent), ``high_is_good``, ``period, first, last`` (days),
        ``zero, current`` (bool), ``grouping`` (the
        names that split it, joined by ' × '; empty for the whole), ``scope`` (dict; a place in a tree as its
        whole path), ``label`` (the group's own name), ``tree`` (whether the grouping is a tree of units),
        ``level`` (depth in the tree), and the columns of :func:`helpers.inference.groups.by_group`, with
        ``clusters, design_effect`` of :func:`helpers.inference.clusters.design_effects` (agents, or customers who
        answer again). At the zero measurement and now all groups: the declared dimensions, their crossing, the units
        and every other tree; in the periods between, the whole and the groups that have a target.

    Raises
    ------
    DataError
        If a unit has more answers than people.
    """
    return scored(answers, metrics, windows, params=params, headcount=headcount).scores


def scored(
    answers: pd.DataFrame,
    metrics: Sequence[Metric],
    windows: pd.DataFrame,
    *,
    params: Params,
    headcount: pd.DataFrame | None = None,
    also: Collection[str] = (),
) -> Scored:
    """Score every cell that a chapter may print, and say which answers each is made of.

    Parameters
    ----------
    answers
        Responses with ``period``, as :func:`helpers.analysis.windows.labelled` returns them.
    metrics
        The metrics of the report.
    windows
        As :func:`helpers.analysis.windows.windows` returns them.
    params
        For the crossed dimensions, the targets' scopes and the confidence.
    headcount
        ``unit, period, employees``: makes the employee scores those of a finite population.
    also
        Ids of the cells that earlier reports printed. Of those that this report does not print, the ones that
        today's answers can still be split by have a row too, not ``printed``.

    Returns
    -------
    Scored
        The cells, in the order of :func:`scores`.

    Raises
    ------
    DataError
        If a unit has more answers than people, or no answers fall in any window.

    Notes
    -----
    The answers are added up once, per period and combination of groups; every cell is a sum of these sums.
    """
    parts = [
        _of_metric(answers, metric, own, params=params, headcount=headcount, also=also)
        for metric in metrics
        if len(own := windows[windows["metric"] == metric.key])
    ]
    if not parts:
        raise DataError("No answers fall in or before the report's period; choose another --period.")
    tables, members, atoms = zip(*((part.table, part.members, part.atoms) for part in parts), strict=True)
    cells_before = accumulate(map(len, tables[:-1]), initial=0)
    atoms_before = accumulate(map(len, atoms[:-1]), initial=0)
    places = zip(members, cells_before, atoms_before, strict=True)
    return Scored(
        pd.concat(tables, ignore_index=True),
        pd.concat([own.assign(cell=own["cell"] + cell, atom=own["atom"] + atom) for own, cell, atom in places],
                  ignore_index=True),
        pd.concat(atoms, ignore_index=True),
    )  # fmt: skip


def _of_metric(
    answers: pd.DataFrame,
    metric: Metric,
    windows: pd.DataFrame,
    *,
    params: Params,
    headcount: pd.DataFrame | None,
    also: Collection[str],
) -> Scored:
    before = membership.earlier(also, metric.key, _names(answers))
    further = {name for scopes in before.values() for scope in scopes for name in scope}
    sums = tallied(answers, metric, params, further=sorted(further))
    people = headcount if metric.audience == "employee" else None
    targeted = [scope_of(target) for target in params.targets if is_of(target, metric)]
    parts = [
        split
        for window in windows.to_dict("records")
        for split in splits(
            Wave.of(sums, window, calendar=params.fiscal_year_start, headcount=people),
            params.zero_measurement.by,
            targeted=targeted,
            earlier=before.get(window["period"], ()),
        )
    ]
    return _scored(sums, parts, metric, params)


def _names(answers: pd.DataFrame) -> set[str]:
    """Return all that the answers can be split by."""
    kinds = ("dimension.", "segment.", TREE)
    return {UNIT} | {name.removeprefix(kind) for name in answers.columns for kind in kinds if name.startswith(kind)}


def _scored(sums: pd.DataFrame, parts: Sequence[Split], metric: Metric, params: Params) -> Scored:
    sizes = [len(split.scopes) for split in parts]
    starts = accumulate(sizes[:-1], initial=0)
    rows = np.concatenate([split.rows for split in parts])
    into = np.concatenate([split.into + start for split, start in zip(parts, starts, strict=True)])
    of_groups: dict[str, Any] = {"rows": rows, "into": into}
    added = tallies.added(sums, **of_groups, groups=sum(sizes))
    population, about = pd.Series([n for split in parts for n in split.population], dtype="float64"), described(parts)
    refuse_more_answers(about, added["n"], population)
    likeness = alike(sums, about["period"], metric)
    wider = clusters.design_effects(
        sums, cluster="cluster", **of_groups, groups=sum(sizes), rho=likeness["rho"]
    ).drop(columns="per_cluster")  # fmt: skip
    table = groups.scored(
        added,
        rule=metric.rule,
        confidence=params.report.confidence,
        weighted=metric.weighted,
        population=population,
        design_effect=wider["design_effect"],
        df=likeness["df"].to_numpy(),
    ).join(wider)
    people = membership.respondents(added["n"], sums, **of_groups)
    same = membership.unanimous(added, metric.rule)
    by = [name for name in sums.columns if name not in (*APART, *SUMS, *ABOUT_MEAN)]
    atoms, of = membership.atoms(sums, by, banded=metric.rule == "nps")
    told = _described(table, about, metric).assign(respondents=people, unanimous=same)
    return Scored(told, membership.members(into, of[rows]), atoms)


def _described(table: pd.DataFrame, about: pd.DataFrame, metric: Metric) -> pd.DataFrame:
    named = zip(about["scope"], about["period"], strict=True)
    table.insert(0, "id", [figure_id(metric.key, scope, period) for scope, period in named])
    return table.join(about).assign(
        metric=metric.key, audience=metric.audience, measurement=metric.measurement,
        unit_of_score=metric.unit, high_is_good=metric.high_is_good,
    )  # fmt: skip
