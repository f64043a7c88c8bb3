"""Answers that come in clumps: how alike the answers of one cluster are, and what that costs a group's interval.

A cluster is what answers share: the agent who helped the customer, the team, or the customer who answers again. ::

    intraclass_correlation   how alike the answers of one cluster are, once per measure and period
    design_effects           per group: by how much that widens the variance
    by_group                 both at once, from the answers: one scored row per group
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.inference import groups, tallies, thresholds
from helpers.inference.inputs import SHARE, SUM, Floats, columns, required
from helpers.inference.likeness import Likeness
from helpers.inference.reading import group_names
from helpers.inference.tallies import ABOUT_MEAN, SQUARES, SUMS, WEIGHED, Codes, Rule

JUDGED = ("n", "w", "w2", SQUARES, *WEIGHED)


def intraclass_correlation(
    parts: pd.DataFrame, *, cluster: str, by: Sequence[str] = (), within: Sequence[str] = (), rule: Rule = "nps"
) -> pd.DataFrame:
    """Return how alike the answers of one cluster are: 0 as alike as any, 1 the same.

    Parameters
    ----------
    parts
        Sums as :func:`helpers.inference.tallies.tally` returns them for groups that lie within one cluster, such as
        every combination of cluster, unit and product. Parts without a cluster are separate people, and left out.
    cluster
        The column that names the cluster.
    by
        Columns within which all clusters are taken together, such as the period.
    within
        Columns of which every value took part, such as the teams: strata. Clusters are compared within each of them,
        for what differs between them is no chance of who was met. A cluster in two strata counts as two.
    rule
        For which the sums were made.

    Returns
    -------
    pandas.DataFrame
        One row per combination of ``by`` that occurs, in order of appearance (one row if there are none): these
        columns, ``clusters`` (how many answered), ``answers``, ``rho`` (0…1; NaN, not known, below
        :data:`~helpers.inference.thresholds.CLUSTERS_AT_LEAST` clusters, each stratum but the first asking for one
        more, or if no two answers share one) and ``df`` (clusters − strata; infinite where rho is not known, or 0
        because answers of one cluster are no more alike than any).

    Raises
    ------
    DataError
        If a column is missing, or a sum is negative, missing or no number.

    Notes
    -----
    The variance within and between clusters by the method of moments, Σ over clusters c with weight W = Σw, Q = Σw²
    and mean m, about the mean M of all (of their stratum): within = Σ Σw(x − m)² / Σ(W − Q/W), between =
    (ΣW(m − M)² − within × (ΣQ/W − ΣQ/ΣW)) / (ΣW − ΣW²/ΣW), where the ratios ΣQ/ΣW and ΣW²/ΣW are taken per stratum and
    added up, and rho = between / (between + within), at least 0. Without weights and strata it is the
    analysis-of-variance estimator for clusters of unequal size,
    (MSB − MSW) / (MSB + (n₀ − 1) MSW) [1]_. Of an NPS x is −1, 0 or 1. Where the clusters with the most answers are
    also the most outspoken, that is too low; so rho is the larger of this and the correlation over all pairs of answers
    of a cluster [3]_, taken from the linearised variance of the whole: with V = K/(K − L) ΣW²(m − M)² / (s² ΣQ)
    for K clusters in L strata, s² = Σw(x − M)² / ΣW and n = (ΣW)² / ΣQ, (V / (1 + V L/n) − 1) / (ΣW²/ΣQ − 1). Of
    clusters of equal size and weight
    the two are the same.

    References
    ----------
    .. [1] Donner, A. (1986). A review of inference procedures for the intraclass correlation coefficient in the
       one-way random effects model. International Statistical Review 54, 67–82.
    .. [2] Searle, S. R., Casella, G. & McCulloch, C. E. (1992). Variance Components. Wiley. Chapter 3.
    .. [3] Karlin, S., Cameron, E. C. & Williams, P. T. (1981). Sibling and parent–offspring correlation estimation
       with variable family size. Proceedings of the National Academy of Sciences 78, 2664–2668.

    Examples
    --------
    >>> answers = pd.DataFrame({"answer": [9, 9, 9, 7, 9, 6, 7, 6, 6, 6], "agent": list("AABBCCDDEE")})
    >>> found = intraclass_correlation(tallies.tally(answers, by=["agent"]), cluster="agent")
    >>> found[["clusters", "rho", "df"]].round(3).values.tolist()  # MSB = 5 / 4, MSW = 3 / 5
    [[5.0, 0.351, 4.0]]
    """
    _judged(parts, [cluster, *by, *within])
    named = parts[parts[cluster].notna() & (parts["w"] > 0)]
    codes, clusters = tallies.grouped(named, [*by, *within, cluster], every=False)
    sums = tallies.added(named, rows=np.arange(len(named)), into=codes, groups=len(clusters))
    stratum, strata = tallies.grouped(clusters, [*by, *within], every=False)
    group, table = tallies.grouped(strata, list(by), every=False)
    weight, mean, spread = _scored(sums, rule)
    each = Likeness(weight, sums["w2"].to_numpy(dtype=np.float64), mean, spread, stratum, group, len(table))
    inside, between = each.variances()
    free, total = each.count - each.strata, inside + between
    few = free < thresholds.CLUSTERS_AT_LEAST - 1
    rho = np.divide(between, total, out=np.where(few | np.isnan(total), np.nan, 0.0), where=~few & (total > 0))
    rho = np.where(rho < 1, np.clip(np.fmax(rho, each.of_pairs()), 0.0, 1.0), rho)
    alone = np.isnan(rho) | ((rho == 0) & (inside > 0))
    answers = each.summed(sums["n"].to_numpy(dtype=np.float64)).astype(np.int64)
    return table.assign(
        clusters=each.count.astype(np.int64), answers=answers, rho=rho, df=np.where(alone, np.inf, free)
    )  # fmt: skip


def design_effects(
    parts: pd.DataFrame, *, cluster: str, rows: Codes, into: Codes, groups: int, rho: npt.ArrayLike
) -> pd.DataFrame:
    """Return by how much clusters widen the variance of each group.

    Parameters
    ----------
    parts, cluster
        As in :func:`intraclass_correlation`.
    rows, into, groups
        Which row of ``parts`` (by place) goes into which group, and how many groups there are, as in
        :func:`helpers.inference.tallies.added`.
    rho
        The intraclass correlation, 0…1: one for all, or one per group. Where it is NaN (not known) the design effect
        is 1.

    Returns
    -------
    pandas.DataFrame
        One row per group: ``clusters`` (how many answered), ``per_cluster`` (with how many answers, itself included,
        an answer shares its cluster on average; of weighted answers, what they are worth) and ``design_effect``
        (1 or more; 1 without answers).

    Raises
    ------
    DataError
        If a column is missing, a sum is negative, missing or no number, or rho lies outside 0…1.

    Notes
    -----
    1 + rho (ΣW² / Σw² − 1), with W = Σw of a cluster within the group [1]_; without weights 1 + rho (Σm² / n − 1)
    for clusters of m answers. It comes on top of what unequal weights cost: the group is worth what its weighted
    answers are worth (:mod:`helpers.inference.groups`), divided by it. Parts without a cluster are separate people:
    each is a cluster of one.

    References
    ----------
    .. [1] Kish, L. (1965). Survey Sampling. Wiley. Chapter 5.
    .. [2] Donner, A. & Klar, N. (2000). Design and Analysis of Cluster Randomization Trials in Health Research.
       Arnold.

    Examples
    --------
    >>> answers = pd.DataFrame({"answer": [9, 9, 9, 9, 6, 6, 7, 7], "agent": list("AAAABBCD")})
    >>> parts, everybody = tallies.tally(answers, by=["agent"]), np.zeros(4, dtype=np.int64)
    >>> found = design_effects(parts, cluster="agent", rows=np.arange(4), into=everybody, groups=1, rho=0.1)
    >>> found.values.tolist()  # (16 + 4 + 1 + 1) / 8
    [[4.0, 2.75, 1.175]]
    """
    _judged(parts, [cluster])
    known = np.asarray(pd.Series(np.broadcast_to(np.asarray(rho, dtype=np.float64), groups)).fillna(0.0))
    columns({"rho": known}, SHARE)
    codes, names = pd.factorize(parts[cluster])
    weight, squares = (parts[name].to_numpy(dtype=np.float64)[rows] for name in ("w", "w2"))
    inside = (codes[rows] >= 0) & (weight > 0)
    pair, pairs = pd.factorize(into[inside] * len(names) + codes[rows][inside])
    of = pairs // max(len(names), 1)
    together = np.bincount(of, np.bincount(pair, weight[inside], len(pairs)) ** 2, groups)
    apart = np.bincount(into[~inside], squares[~inside], groups)
    whole = np.bincount(into, squares, groups)
    per = np.divide(together + apart, whole, out=np.ones(groups), where=whole > 0)
    count = np.bincount(of, minlength=groups)
    return pd.DataFrame({"clusters": count, "per_cluster": per, "design_effect": 1 + known * (per - 1)})


def by_group(
    answers: pd.DataFrame,
    *,
    cluster: str,
    by: Sequence[str] = (),
    rule: Rule = "nps",
    best: Sequence[float] = (),
    confidence: float = thresholds.CONFIDENCE,
    weighted: bool = False,
) -> pd.DataFrame:
    """Score every declared group of answers that come in clusters.

    Parameters
    ----------
    answers
        As in :func:`helpers.inference.groups.by_group`, with a column for the cluster (missing: a separate person).
        All are of one measure and period, because rho is estimated from all of them together.
    cluster
        The column that names the cluster.
    by, rule, best, confidence, weighted
        As in :func:`helpers.inference.groups.by_group`.

    Returns
    -------
    pandas.DataFrame
        The columns of :func:`helpers.inference.groups.by_group`, with ``clusters, per_cluster, design_effect`` of
        :func:`design_effects` and ``rho``.

    Raises
    ------
    DataError
        If a column is missing, or an answer or weight is not as in :func:`helpers.inference.groups.by_group`.

    Notes
    -----
    n_effective = worth / (1 + rho (per_cluster − 1)), with the worth of the weights as in
    :func:`helpers.inference.groups.by_group`. A group without answers, or of one, has a design effect of 1.

    References
    ----------
    .. [1] Kish, L. (1965). Survey Sampling. Wiley. Chapter 5.

    Examples
    --------
    >>> answers = pd.DataFrame({"answer": [9, 9, 9, 7, 9, 6, 7, 6, 6, 6], "agent": list("AABBCCDDEE")})
    >>> by_group(answers, cluster="agent")[["n", "n_effective", "df"]].round(2).values.tolist()  # 10 / 1.351
    [[10.0, 7.4, 4.0]]
    """
    required(answers, ("answer", cluster, *group_names(by)), what="answers")
    parts = tallies.tally(
        answers, by=list(dict.fromkeys([*by, cluster])), every=False, rule=rule, best=best, weighted=weighted
    )
    alike = intraclass_correlation(parts, cluster=cluster, rule=rule)
    rho, freedom = (
        alike[name].item() if len(alike) else unknown for name, unknown in (("rho", np.nan), ("df", np.inf))
    )
    codes, table = tallies.grouped(parts, list(by), every=True)
    rows = np.flatnonzero(codes >= 0)
    into = codes[rows]
    sums = tallies.added(parts, rows=rows, into=into, groups=len(table))
    wider = design_effects(parts, cluster=cluster, rows=rows, into=into, groups=len(table), rho=rho)
    scored = groups.scored(
        table.join(sums), rule=rule, confidence=confidence, weighted=weighted,
        design_effect=wider["design_effect"], df=freedom,
    )  # fmt: skip
    return scored.join(wider).assign(rho=rho)


def _judged(parts: pd.DataFrame, names: Sequence[str]) -> None:
    required(parts, (*names, *SUMS, *ABOUT_MEAN), what="parts")
    columns({name: parts[name] for name in JUDGED}, SUM)


def _scored(sums: pd.DataFrame, rule: Rule) -> tuple[Floats, Floats, Floats]:
    """Return of each cluster its weight, its mean and its squares about that mean; of an NPS on −1, 0 and 1."""
    weight = sums["w"].to_numpy(dtype=np.float64)
    if rule != "nps":
        return weight, sums["wx"].to_numpy(dtype=np.float64) / weight, sums[SQUARES].to_numpy(dtype=np.float64)
    promoters, detractors = (sums[f"w_{name}"].to_numpy(dtype=np.float64) for name in ("promoters", "detractors"))
    mean = (promoters - detractors) / weight
    return weight, mean, np.maximum(promoters + detractors - mean**2 * weight, 0.0)
