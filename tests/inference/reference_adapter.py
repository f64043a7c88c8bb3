"""From the operations of the reference cases to our functions: the inputs of a case in, figures by its keys out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from helpers.inference import (
    clusters,
    designs,
    differences,
    families,
    glide,
    groups,
    means,
    mix,
    paired,
    permutation,
    populations,
    posterior,
    published,
    rates,
    sample_size,
    score_intervals,
    scores,
    shares,
    tallies,
    targets,
    weighting,
)

Inputs = dict[str, Any]
Found = dict[str, Any]
COUNTS = ("promoters", "passives", "detractors")
BANDS = {100: 10, 0: 8, -100: 0}
"""An answer of each band, by what it counts for."""
ROLES = {"weight": "weight", "weight_before": "weight_before", "clusters": "team", "strata": "stratum"}
WAVES = {"a": "before", "b": "after"}
OPERATIONS: dict[str, Callable[[Inputs], Found]] = {}


def operation(of: Callable[[Inputs], Found]) -> Callable[[Inputs], Found]:
    """Register a function under its own name, without the line before it."""
    OPERATIONS[of.__name__.removeprefix("_")] = of
    return of


# ---- point and interval


@operation
def _nps_from_counts(inputs: Inputs) -> Found:
    found, plain = scores.net_promoter_score(*_counts(inputs)), scores.wald(*_counts(inputs))
    return {"nps": _one(found["score"]), "variance_prop": _one(found["variance"]), "se_points": _one(plain["se"])}


@operation
def _nps_from_scores(inputs: Inputs) -> Found:
    # what lies off the scale is turned away where files are read, before anything is scored
    valid = [answer for answer in inputs["scores"] if answer is None or 0 <= answer <= 10]
    row = groups.by_group(pd.DataFrame({"answer": pd.Series(valid, dtype=float)})).loc[0]
    counted = {name: row[name] for name in COUNTS}
    off = len(inputs["scores"]) - len(valid)
    return {"n_valid": row["n"], "n_missing": row["skipped"], "n_out_of_range": off, "nps": row["score"], **counted}


@operation
def _ci_wald(inputs: Inputs) -> Found:
    return _interval(scores.wald(*_counts(inputs), confidence=inputs["conf"]))


@operation
def _ci_adjusted_wald(inputs: Inputs) -> Found:
    return _interval(scores.adjusted_wald(*_counts(inputs), confidence=inputs["conf"]))


@operation
def _ci_score(inputs: Inputs) -> Found:
    found = score_intervals.score_interval(*_counts(inputs), confidence=inputs["conf"])
    return _taken(found, nps="score", lo="low", hi="high")


@operation
def _score_probability(inputs: Inputs) -> Found:
    return {"prob": _one(score_intervals.score_probability(*_counts(inputs), target=inputs["target"]))}


@operation
def _ci_finite_population(inputs: Inputs) -> Found:
    n = sum(_counts(inputs))
    worth = _one(populations.effective_answers(n, inputs["population"]))
    found = scores.adjusted_wald(*_counts(inputs), n_effective=worth, confidence=inputs["conf"])
    return {"n_eff": worth, **_interval(found)}


@operation
def _worst_case(inputs: Inputs) -> Found:
    found = populations.worst_case(*_counts(inputs), population=inputs["population"])
    return _taken(found, lo="low", hi="high", response_prop="response")


@operation
def _ci_wilson(inputs: Inputs) -> Found:
    found = shares.top_box_share(inputs["n"], inputs["count"] / inputs["n"], confidence=inputs["conf"]) / 100
    return _taken(found, share_prop="score", lo_prop="low", hi_prop="high")


@operation
def _ci_goodman(inputs: Inputs) -> Found:
    table = pd.DataFrame([inputs["counts"]], columns=[f"class {i}" for i in range(len(inputs["counts"]))])
    found = shares.simultaneous_shares(table, confidence=inputs["conf"])
    return {f"{key}_prop": found[name].tolist() for key, name in (("share", "share"), ("lo", "low"), ("hi", "high"))}


@operation
def _ci_mean_t(inputs: Inputs) -> Found:
    found = _mean(inputs["scores"], inputs["conf"])
    return _taken(found, mean="score", se="se", df="df", lo="low", hi="high")


@operation
def _ci_poisson(inputs: Inputs) -> Found:
    known = inputs["base"] != 1
    base = inputs["base"] if known else float("nan")
    found = rates.rate(inputs["count"], base, per=inputs["per"], confidence=inputs["conf"])
    return _taken(found, rate="score", lo="low", hi="high")


@operation
def _prob_target_met(inputs: Inputs) -> Found:
    found = scores.adjusted_wald(*_counts(inputs))
    score = _one(found["score"])
    reached = targets.probability_reached(found, target=inputs["target"])
    return {"nps": score, "prob": _one(reached), "point_meets": score >= inputs["target"]}


@operation
def _glide_path(inputs: Inputs) -> Found:
    day = dt.date.fromisoformat
    found = glide.glide_path(
        [day(text) for text in inputs["dates"]], baseline=inputs["baseline"], target=inputs["target"],
        baseline_date=day(inputs["baseline_date"]), due=day(inputs["target_date"]),
    )  # fmt: skip
    return {"path": found.tolist()}


@operation
def _dirichlet(inputs: Inputs) -> Found:
    found = posterior.posterior(*_counts(inputs), confidence=inputs["conf"])
    reached = posterior.posterior_probability(*_counts(inputs), target=inputs["target"])
    return {"prob": _one(reached), **_taken(found, mean="mean", lo="low", hi="high")}


@operation
def _score_from_shares(inputs: Inputs) -> Found:
    found = published.score_from_shares(*_counts(inputs))
    adds_up = {"adds_up": bool(found["adds_up"].item())}
    return _taken(found, nps="score", lo="low", hi="high", total="total") | adds_up


# ---- differences


@operation
def _diff_adjusted_wald(inputs: Inputs) -> Found:
    first, second = (scores.adjusted_wald(*_counts(inputs[wave])) for wave in ("a", "b"))
    return _difference(differences.difference(first, second, confidence=inputs["conf"]))


@operation
def _diff_welch(inputs: Inputs) -> Found:
    first, second = (_mean(inputs[wave], inputs["conf"]) for wave in ("a", "b"))
    return _difference(differences.difference(first, second, confidence=inputs["conf"]))


@operation
def _diff_permutation_exact(inputs: Inputs) -> Found:
    first, second = (pd.DataFrame([inputs[wave]]) for wave in ("a", "b"))
    return {"p_two_sided": _one(permutation.exact_permutation(first, second))}


@operation
def _adjust_p_values(inputs: Inputs) -> Found:
    found = {name: families.adjusted(inputs["p"], method=name) for name in ("holm", "benjamini_hochberg")}
    level = inputs.get("level", 0.05)
    rejected = {f"{name}_rejected": int((p <= level).sum()) for name, p in found.items()}
    return {name: p.tolist() for name, p in found.items()} | rejected


@operation
def _against_rest(inputs: Inputs) -> Found:
    each = [{**one, "group": name} for name, group in enumerate(inputs["groups"]) for one in _rows(group)]
    found = differences.against_rest(tallies.tally(pd.DataFrame(each), by=["group"]))
    return {key: found[name].tolist() for key, name in (("diff", "difference"), ("p", "p"), ("holm", "p_adjusted"))}


@operation
def _paired_change(inputs: Inputs) -> Found:
    labels = inputs["categories"]
    table = pd.DataFrame(inputs["table_wave1_rows_wave2_cols"], index=labels, columns=labels)
    found = paired.paired_change(table, confidence=inputs["conf"])
    of_test = _taken(found, diff="difference", lo_t="low", hi_t="high", p_t="p")
    return _taken(found, n="n", nps_wave1="before", nps_wave2="after") | of_test


@operation
def _overlap_change(inputs: Inputs) -> Found:
    waves = [pd.Series(inputs[wave]["score"], index=inputs[wave]["person"], name=name) for wave, name in WAVES.items()]
    found = paired.overlapping_change(pd.concat(waves, axis=1), confidence=inputs["conf"])
    return _taken(found, n_both="n_both", diff="difference", se="se", df="df", lo="low", hi="high", p="p")


@operation
def _marginal_homogeneity(inputs: Inputs) -> Found:
    found = paired.marginal_homogeneity(pd.DataFrame(inputs["table"], index=paired.BANDS, columns=paired.BANDS))
    return found.loc["stuart_maxwell"].to_dict()


@operation
def _mix_effect(inputs: Inputs) -> Found:
    first, second = (pd.DataFrame(inputs[wave]).set_index("group") for wave in ("a", "b"))
    found = mix.mix_and_score_effect(first, second)
    whole, each = found.loc["total"], found.drop(index="total")
    total = {"total": whole["effect"], "score_effect": whole["score_effect"], "mix_effect": whole["mix_effect"]}
    return {**total, "score_effects": each["score_effect"].tolist(), "mix_effects": each["mix_effect"].tolist()}


@operation
def _n_for_margin(inputs: Inputs) -> Found:
    people = float("inf") if inputs["population"] is None else inputs["population"]
    found = sample_size.answers_for_margin(
        inputs["margin"], shares=tuple(inputs["shares"]), population=people, confidence=inputs["conf"],
        interval=inputs.get("interval", "wald"),
    )  # fmt: skip
    return {"n": _one(found)}


@operation
def _n_for_change(inputs: Inputs) -> Found:
    spread = {"variance": inputs["variance"]} if "variance" in inputs else {"before": tuple(inputs["shares"])}
    options = {"confidence": inputs["conf"], "power": inputs["power"]}
    return {"n": _one(sample_size.answers_for_change(inputs["change"], **spread, **options))}


@operation
def _demonstrable_change(inputs: Inputs) -> Found:
    wave = groups.by_group(pd.DataFrame(_rows(inputs["a"])))
    options = {"confidence": inputs["conf"], "power": inputs["power"]}
    return {"change": _one(sample_size.demonstrable_change(wave, inputs["n_after"], **options))}


# ---- weights


@operation
def _kish(inputs: Inputs) -> Found:
    found = weighting.design_effect(inputs["weight"])
    return _taken(found, deff="design_effect", n_eff="n_effective")


@operation
def _intraclass(inputs: Inputs) -> Found:
    parts = tallies.tally(_answers(inputs), by=["team"])
    alike = clusters.intraclass_correlation(parts, cluster="team")
    rho = _one(alike["rho"])
    every = {"rows": np.arange(len(parts)), "into": np.zeros(len(parts), dtype=np.int64), "groups": 1}
    cost = clusters.design_effects(parts, cluster="team", rho=rho, **every)
    return {"clusters": _one(alike["clusters"]), "rho": rho, "design_effect": _one(cost["design_effect"])}


@operation
def _poststratify(inputs: Inputs) -> Found:
    answers = _answers(inputs)
    people = pd.Series(inputs["population"])
    answers["weight"] = weighting.post_stratified(answers, by=["site"], population=people)["weight"]
    return {**_calibrated(answers, [["site"]]), "cell_weights": answers.groupby("site")["weight"].mean().to_dict()}


@operation
def _rake(inputs: Inputs) -> Found:
    answers = _answers(inputs)
    answers["weight"] = weighting.raked(answers, margins=inputs["margins"], trim_at=inputs.get("trim_at"))["weight"]
    cells = answers["site"] + "/" + answers["contract"]
    weights = answers.groupby(cells)["weight"].mean().to_dict()
    return {**_calibrated(answers, ["site", "contract"]), "cell_weights": weights}


@operation
def _design_mean(inputs: Inputs) -> Found:
    found = _designed(_answers(inputs), inputs)
    return {"df": _one(found["df"]), **_interval(found)}


@operation
def _survey_mean(inputs: Inputs) -> Found:
    return _design_mean(inputs)


@operation
def _cluster_mean(inputs: Inputs) -> Found:
    return _design_mean(inputs)


@operation
def _domain_means(inputs: Inputs) -> Found:
    found = _designed(_answers(inputs), inputs, by=["by"]).set_index("by")
    return {"nps": found["score"].to_dict(), "se": found["se"].to_dict()}


@operation
def _mean_over_samples(inputs: Inputs) -> Found:
    each = [_designed(_answers(sample), sample) for sample in inputs["samples"]]
    every = pd.concat(each)
    return {"mean_nps": every["score"].mean(), "mean_squared_se": (every["se"] ** 2).mean()}


def _answers(inputs: Inputs) -> pd.DataFrame:
    """Return one row per answer; an answer is given as it is, or as what it counts for."""
    given = inputs["score"] if "score" in inputs else [BANDS[value] for value in inputs["value"]]
    names = (*ROLES.values(), "site", "contract", "by")
    return pd.DataFrame({"answer": given} | {name: inputs[name] for name in names if name in inputs})


def _designed(answers: pd.DataFrame, inputs: Inputs, **options: Any) -> pd.DataFrame:
    people = inputs.get("population")
    options |= {role: name for role, name in ROLES.items() if name in answers}
    options |= {name: inputs[name] for name in ("rule", "best", "calibrated_to") if name in inputs}
    options["population"] = pd.Series(people) if isinstance(people, dict) else people
    return designs.design_based(answers, confidence=inputs.get("conf", 0.95), **options)


def _calibrated(answers: pd.DataFrame, margins: list[Any]) -> Found:
    found = designs.design_based(answers, weight="weight", calibrated_to=margins)
    return {**_interval(found), "kish_deff": _one(weighting.design_effect(answers["weight"])["design_effect"])}


def _counts(inputs: Inputs) -> tuple[int, int, int]:
    return inputs["promoters"], inputs["passives"], inputs["detractors"]


def _rows(counts: Mapping[str, int]) -> list[dict[str, int]]:
    """Return one answer per count."""
    return [{"answer": band} for name, band in zip(COUNTS, BANDS.values(), strict=True) for _ in range(counts[name])]


def _one(column: pd.Series) -> float:
    return float(column.item())


def _taken(found: pd.DataFrame, **names: str) -> Found:
    """Return the numbers of a table of one row, by the keys of the cases."""
    return {key: _one(found[name]) for key, name in names.items()}


def _interval(found: pd.DataFrame) -> Found:
    return _taken(found, nps="score", centre="centre", se="se", lo="low", hi="high")


def _mean(answers: list[float], confidence: float) -> pd.DataFrame:
    given = pd.Series(answers, dtype=float)
    return means.mean_score(len(given), given.mean(), given.var(), confidence=confidence)


def _difference(found: pd.DataFrame) -> Found:
    return _taken(found, diff="difference", diff_adjusted="centre", se="se", df="df", lo="low", hi="high", p="p")
