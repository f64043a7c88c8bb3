"""The plan by which a sample was drawn: its weights, clusters and strata, judged; and what varies under it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.errors import DataError
from helpers.inference import thresholds
from helpers.inference.inputs import POPULATION, WEIGHT, Floats, Rule, columns, number
from helpers.inference.tallies import Codes, grouped
from helpers.inference.totals import matched, named, unlabelled


@dataclass(frozen=True)
class Plan:
    """How answers were drawn, in numbers from 0.

    Parameters
    ----------
    weight, cluster
        Of each answer.
    stratum
        Of each cluster.
    drawn
        Of each stratum: the share of its clusters that is in the sample, 0…1.
    margins
        The cells of each answer, once for each set of totals that the weights meet.
    before
        The weight of each answer before it was made to meet them.
    """

    weight: Floats
    cluster: Codes
    stratum: Codes
    drawn: Floats
    margins: tuple[Codes, ...]
    before: Floats

    def everybody(self, answers: npt.NDArray[np.bool_]) -> bool:
        """Return whether these answers lie in strata that were drawn as a whole."""
        return bool((self.drawn[self.stratum[self.cluster[answers]]] == 1).all())


def planned(
    answers: pd.DataFrame,
    *,
    answer: Rule,
    weight: str | None,
    weight_before: str | None,
    clusters: str | None,
    strata: str | None,
    population: float | pd.Series | None,
    margins: list[list[str]],
) -> Plan:
    """Return the plan of these answers.

    Parameters
    ----------
    answers, weight, weight_before, clusters, strata, population
        As in :func:`helpers.inference.designs.design_based`; each row has an answer.
    answer
        What an answer may be.
    margins
        Its ``calibrated_to``, each a list of columns.

    Returns
    -------
    Plan
        In numbers from 0; without answers one without clusters.

    Raises
    ------
    DataError
        One sentence per fault; see there.
    """
    labels = [name for name in (clusters, strata) if name] + [name for margin in margins for name in margin]
    faults = _misread(answers, answer, weight, weight_before) + list(unlabelled(answers, list(dict.fromkeys(labels))))
    if weight_before and not margins:
        faults.append("weight_before: it is used with calibrated_to only. Name the columns, or leave it out.")
    if faults:
        raise DataError(faults)
    what = "clusters" if clusters else "answers"
    cluster = grouped(answers, [clusters], every=False)[0] if clusters else np.arange(len(answers))
    of_answer, groups = grouped(answers, [strata] if strata else [], every=False)
    stratum = np.zeros(cluster.max(initial=-1) + 1, np.int64)
    stratum[cluster] = of_answer
    counts = np.bincount(stratum, minlength=len(groups)).astype(np.float64)
    people, faults = _population(answers, population, strata, counts, what)
    if clusters and strata:
        faults += _torn(answers.loc[stratum[cluster] != of_answer, clusters], strata)
    if strata:
        faults += _lonely(groups.loc[(counts == 1) & (people > 1), strata], what)
    if faults:
        raise DataError(faults)
    of_margins = tuple(grouped(answers, margin, every=False)[0] for margin in margins)
    return Plan(
        _weights(answers, weight), cluster, stratum, counts / people, of_margins, _weights(answers, weight_before)
    )


def variance(plan: Plan, share: Floats) -> float:
    """Return the variance of a sum over the sample, as its plan makes it vary.

    Parameters
    ----------
    plan
        As :func:`planned` returns it.
    share
        The share of each answer in the sum.

    Returns
    -------
    float
        0 or more; 0 where everybody was drawn.
    """
    sums = np.bincount(plan.cluster, share, len(plan.stratum))
    counts = np.bincount(plan.stratum, minlength=len(plan.drawn))
    means = np.bincount(plan.stratum, sums, len(plan.drawn)) / counts
    spread = np.bincount(plan.stratum, (sums - means[plan.stratum]) ** 2, len(plan.drawn))
    # a stratum of one cluster is here only where all of it was drawn, or nothing can be said anyhow
    return float(((1 - plan.drawn) * counts / np.maximum(counts - 1, 1) * spread).sum())


def residuals(plan: Plan, values: Floats) -> Floats:
    """Return what the columns that the weights were calibrated to leave of the values.

    Parameters
    ----------
    plan
        As :func:`planned` returns it.
    values
        One per answer.

    Returns
    -------
    numpy.ndarray
        One per answer; without calibration the values themselves.

    Raises
    ------
    DataError
        If the columns nearly coincide.

    Notes
    -----
    The mean of each cell, weighted by the weights from before, is taken off, column by column until nothing changes:
    least squares without its matrices.
    """
    left, largest = values, np.abs(values).max(initial=0.0)
    for _round in range(thresholds.RAKING_ROUNDS if plan.margins else 0):
        change = 0.0
        for cells in plan.margins:
            means = np.bincount(cells, plan.before * left) / np.bincount(cells, plan.before)
            left = left - means[cells]
            change = max(change, np.abs(means).max())
        if change <= thresholds.RESIDUALS_SETTLED * largest:
            break
    else:
        if plan.margins:
            raise DataError(
                f"calibrated_to: the columns nearly coincide: no residuals after {thresholds.RAKING_ROUNDS} rounds. "
                "Leave one out, or join its categories."
            )
    return left


def _misread(answers: pd.DataFrame, answer: Rule, *weights: str | None) -> list[str]:
    rules = {"answer": answer} | {name: WEIGHT for name in weights if name}
    try:
        columns({name: answers[name] for name in rules}, rules)
    except DataError as error:
        return list(error.messages)
    return []


def _weights(answers: pd.DataFrame, name: str | None) -> Floats:
    return answers[name].to_numpy(np.float64) if name else np.ones(len(answers))


def _torn(clusters: pd.Series, strata: str) -> list[str]:
    """Return that clusters lie in more than one stratum."""
    return [
        f"{named([str(clusters.name)], cluster)}: it lies in more than one {strata}. A cluster lies in one stratum; "
        "give each cluster a name of its own."
        for cluster in clusters.unique()
    ]


def _lonely(strata: pd.Series, what: str) -> list[str]:
    """Return that strata hold one cluster, of more."""
    return [
        f"{named([str(strata.name)], stratum)}: one of its {what} was drawn, which shows no variance. "
        "Join the stratum with one like it."
        for stratum in strata
    ]


def _population(
    answers: pd.DataFrame, given: float | pd.Series | None, strata: str | None, counts: Floats, what: str
) -> tuple[Floats, list[str]]:
    """Return how many could be drawn in each stratum, and what is wrong with that."""
    endless = np.full(len(counts), np.inf)
    if given is None:
        return endless, []
    if isinstance(given, pd.Series) and strata:
        _codes, people, faults = matched(answers, [strata], given, what="population", rule=POPULATION)
    elif isinstance(given, pd.Series) or strata:
        return endless, ["population: give a Series by stratum with strata, and one number without them."]
    else:
        people, faults = np.full(len(counts), number("population", given, POPULATION)), []
    cells = grouped(answers, [strata], every=False)[1][strata] if strata else [""]
    for row in np.flatnonzero((counts > people) & (people > 0)):
        where = f"population, {named([strata], cells[row])}" if strata else "population"
        faults.append(f"{where}: {counts[row]:g} {what} out of {people[row]:g}. Correct it, or remove double answers.")
    return np.where(people > 0, people, np.inf), faults
