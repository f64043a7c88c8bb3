"""Reference cases that are counted out: every outcome listed, nothing taken from a formula.

Each function lists all outcomes of something small, as its docstring says, and returns what our functions must give.
:func:`cases` returns them in the format of ``r_cases.json``.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any

Case = dict[str, Any]
Counts = tuple[int, int, int]
VALUES = (100, 0, -100)
NAMES = ("promoters", "passives", "detractors")


def cases() -> list[Case]:
    """Return all enumerated cases."""
    return [
        *_each(_variance, "point", "nps_from_counts", (((4, 3, 2),), ((7, 0, 1),))),
        *_each(_effective, "interval", "ci_finite_population", (((3, 2, 1), 4), ((2, 3, 3), 5))),
        *_each(_worst_case, "interval", "worst_case", (((4, 2, 2), 10), ((0, 0, 5), 8), ((2, 1, 0), 3))),
        *_each(
            _published,
            "interval",
            "score_from_shares",
            ((19, 49, 33), (31, 50, 19), (33, 33, 33), (100, 0, 0), (31, None, 19)),
        ),
        *_each(
            _permutation,
            "difference",
            "diff_permutation_exact",
            (((6, 2, 2), (2, 3, 4)), ((5, 0, 0), (1, 3, 1)), ((2, 3, 1), (4, 3, 2)), ((0, 4, 4), (3, 4, 0))),
        ),
        *_each(_families, "difference", "adjust_p_values", ((0.04, 0.01, 0.03, 0.01), (0.5, 0.9, 0.2, 0.001, 0.02))),
        *_each(
            _mix,
            "difference",
            "mix_effect",
            (((((30, 50, 20), (10, 20, 30)), ((45, 25, 10), (40, 10, 20))),),),
        ),
        *_each(_simple_samples, "weighting", "mean_over_samples", (((100, 100, 0, -100, 0, 100), 3),)),
        *_each(_stratified_samples, "weighting", "mean_over_samples", (((100, 100, 0, -100), (0, 100, -100)),)),
        *_each(_team_samples, "weighting", "mean_over_samples", ((((100, 0), (-100, 0), (100, 100), (0, 0)), 2),)),
        *_each(_days, "target", "glide_path", ((-14, 12, dt.date(2024, 2, 1), dt.date(2024, 3, 10)),)),
    ]


def _each(made: Callable[..., tuple[Case, Case]], topic: str, op: str, rows: Sequence[Any]) -> Iterator[Case]:
    """Yield a case per row of arguments, with the function's own description as its source."""
    said = " ".join((made.__doc__ or "").split())
    for number, row in enumerate(rows, 1):
        inputs, expected = made(*row)
        yield {
            "id": f"enumerated-{made.__name__.strip('_').replace('_', '-')}-{number}",
            "topic": topic,
            "op": op,
            "inputs": inputs,
            "expected": expected,
            "tol": {"default": {"abs": 1e-9}},
            "source": {"kind": "enumeration", "ref": f"tests/reference/enumeration.py, {made.__name__}: {said}"},
        }


def _variance(counts: Counts) -> tuple[Case, Case]:
    """Half the mean squared difference of all ordered pairs of answers, an answer with itself included."""
    answers = _answers(counts)
    pairs = [Fraction(one - other, 100) ** 2 for one in answers for other in answers]
    return _named(counts), {"nps": _mean(answers), "variance_prop": float(sum(pairs) / len(pairs) / 2)}


def _effective(population: Counts, n: int) -> tuple[Case, Case]:
    """All samples of n people: the variance of their means is that of the people over what the n are worth."""
    people = _answers(population)
    samples = list(itertools.combinations(people, n))
    worth = _spread(people) / _spread([_mean(sample) for sample in samples])
    return {**_named(_counted(samples[0])), "population": len(people), "conf": 0.95}, {"n_eff": worth}


def _worst_case(counts: Counts, population: int) -> tuple[Case, Case]:
    """All answers that the people who said nothing could have given."""
    known = _answers(counts)
    silent = itertools.product(VALUES, repeat=population - len(known))
    scores = [_mean([*known, *others]) for others in silent]
    found = {"lo": min(scores), "hi": max(scores), "response_prop": len(known) / population}
    return {**_named(counts), "population": population}, found


def _published(promoters: int, passives: int | None, detractors: int) -> tuple[Case, Case]:
    """All shares in steps of 0.5 % that add up to 100 % and lie within half a percent of those printed."""
    printed = (promoters, passives, detractors)
    wanted = [None if share is None else 2 * share for share in printed]
    shares = [(p, 200 - p - d, d) for p in range(201) for d in range(201 - p)]
    near = [all(w is None or abs(s - w) <= 1 for s, w in zip(each, wanted, strict=True)) for each in shares]
    scores = [(each[0] - each[2]) / 2 for each in itertools.compress(shares, near)]
    total = promoters + detractors + (100 - promoters - detractors if passives is None else passives)
    found = {"nps": promoters - detractors, "lo": min(scores), "hi": max(scores)}
    return dict(zip(NAMES, printed, strict=True)), {**found, "total": total, "adds_up": total == 100}


def _permutation(before: Counts, after: Counts) -> tuple[Case, Case]:
    """All ways to pick, from everybody, as many people as the first group has, each person being another."""
    first, second = _answers(before), _answers(after)
    everybody, n, m = [*first, *second], len(first), len(second)
    observed = abs(Fraction(sum(second), m) - Fraction(sum(first), n))
    sums = [sum(taken) for taken in itertools.combinations(everybody, n)]
    away = [abs(Fraction(sum(everybody) - taken, m) - Fraction(taken, n)) >= observed for taken in sums]
    return {"a": _named(before), "b": _named(after)}, {"p_two_sided": sum(away) / len(away)}


def _families(*p: float) -> tuple[Case, Case]:
    """Holm: all subsets of the hypotheses, each tested by Bonferroni (closed testing). Benjamini-Hochberg: the least of
    all levels m p / k at which the step-up procedure rejects.
    """
    m = len(p)
    subsets = [chosen for size in range(1, m + 1) for chosen in itertools.combinations(range(m), size)]
    holm = [max(min(1.0, len(s) * min(p[j] for j in s)) for s in subsets if i in s) for i in range(m)]
    levels = sorted({min(1.0, m * each / k) for each in p for k in range(1, m + 1)})
    lowest = [min(level for level in levels if each in _stepped_up(p, level)) for each in p]
    return {"p": list(p)}, {"holm": holm, "benjamini_hochberg": lowest}


def _stepped_up(p: Sequence[float], level: float) -> list[float]:
    ordered = sorted(p)
    passed = [k for k, each in enumerate(ordered, 1) if each * len(p) <= level * k * (1 + 1e-12)]
    return ordered[: max(passed, default=0)]


def _mix(waves: tuple[tuple[Counts, ...], tuple[Counts, ...]]) -> tuple[Case, Case]:
    """Both orders, scores first or sizes first: what each step changes in the total, averaged."""
    scores_1, scores_2 = ([Fraction(sum(_answers(group)), sum(group)) for group in wave] for wave in waves)
    sizes_1, sizes_2 = ([sum(group) for group in wave] for wave in waves)
    total = {
        (i, j): sum(a * b for a, b in zip(scores, sizes, strict=True)) / Fraction(sum(sizes))
        for i, scores in enumerate((scores_1, scores_2))
        for j, sizes in enumerate((sizes_1, sizes_2))
    }
    score = (total[1, 0] - total[0, 0] + total[1, 1] - total[0, 1]) / 2
    mix = (total[0, 1] - total[0, 0] + total[1, 1] - total[1, 0]) / 2
    named = [[{"group": name, **_named(group)} for name, group in zip("ABC", wave, strict=False)] for wave in waves]
    found = {"total": total[1, 1] - total[0, 0], "score_effect": score, "mix_effect": mix}
    return {"a": named[0], "b": named[1]}, {name: float(value) for name, value in found.items()}


def _simple_samples(people: tuple[int, ...], n: int) -> tuple[Case, Case]:
    """All samples of n of the people: the squared standard errors average to the variance of the estimates."""
    samples: list[Case] = [
        {"value": list(sample), "population": len(people)} for sample in itertools.combinations(people, n)
    ]
    return {"samples": samples}, _over([_mean(sample["value"]) for sample in samples])


def _stratified_samples(*strata: tuple[int, ...]) -> tuple[Case, Case]:
    """All samples of two people per stratum, weighted by people per answer; averages as in simple samples."""
    names = [f"s{number}" for number in range(len(strata))]
    people = dict(zip(names, map(len, strata), strict=True))
    samples, estimated = [], []
    for parts in itertools.product(*(itertools.combinations(stratum, 2) for stratum in strata)):
        stratum = [name for name in names for _ in range(2)]
        weight = [people[name] / 2 for name in stratum]
        values = list(itertools.chain(*parts))
        samples.append({"value": values, "stratum": stratum, "weight": weight, "population": people})
        estimated.append(sum(w * v for w, v in zip(weight, values, strict=True)) / sum(people.values()))
    return {"samples": samples}, _over(estimated)


def _team_samples(teams: tuple[tuple[int, ...], ...], n: int) -> tuple[Case, Case]:
    """All samples of n whole teams of one size; the population counts teams; averages as in simple samples."""
    samples: list[Case] = []
    for chosen in itertools.combinations(range(len(teams)), n):
        value = [answer for team in chosen for answer in teams[team]]
        named = [f"t{team}" for team in chosen for _ in teams[team]]
        samples.append({"value": value, "team": named, "population": len(teams)})
    return {"samples": samples}, _over([_mean(sample["value"]) for sample in samples])


def _days(baseline: int, target: int, begin: dt.date, due: dt.date) -> tuple[Case, Case]:
    """All days one by one: each day of the way adds the same number of points."""
    step = Fraction(target - baseline, (due - begin).days)
    path, day, at = [], begin - dt.timedelta(days=2), Fraction(baseline)
    while day <= due + dt.timedelta(days=2):
        at += step if begin < day <= due else 0
        path.append((day.isoformat(), float(at)))
        day += dt.timedelta(days=1)
    ends = {"baseline_date": begin.isoformat(), "target_date": due.isoformat()}
    dates, points = ([each[part] for each in path] for part in (0, 1))
    return {"baseline": baseline, "target": target, **ends, "dates": dates}, {"path": points}


def _answers(counts: Counts) -> list[int]:
    return [value for value, count in zip(VALUES, counts, strict=True) for _ in range(count)]


def _named(counts: Counts) -> dict[str, int]:
    return dict(zip(NAMES, counts, strict=True))


def _counted(answers: Sequence[int]) -> Counts:
    promoters, passives, detractors = (list(answers).count(value) for value in VALUES)
    return promoters, passives, detractors


def _mean(values: Sequence[int]) -> float:
    return float(Fraction(sum(values), len(values)))


def _spread(values: Sequence[float]) -> float:
    """Return the variance with divisor n."""
    centre = sum(values) / len(values)
    return sum((value - centre) ** 2 for value in values) / len(values)


def _over(estimated: Sequence[float]) -> Case:
    return {"mean_nps": sum(estimated) / len(estimated), "mean_squared_se": _spread(estimated)}
