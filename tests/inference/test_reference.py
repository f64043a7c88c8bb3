"""The shared numeric cases from R and papers that this version must meet."""

import json
from pathlib import Path

import pandas as pd
import pytest

from helpers.inference import groups, scores

CASES = Path(__file__).resolve().parents[2].parent / "shared" / "reference" / "stats_examples.json"
WANTED = ("point-01", "point-02", "interval-01", "interval-02", "interval-04")


@pytest.fixture(scope="module")
def cases():
    """Read the cases; they lie beside the checkout, not on a user's machine."""
    if not CASES.exists():
        pytest.skip("the shared reference cases are not beside the checkout")
    found = {case["id"]: case for case in json.loads(CASES.read_text())["cases"]}
    return {name: found[name] for name in WANTED}


def _counts(inputs):
    return inputs["promoters"], inputs["passives"], inputs["detractors"]


def _close(case, **found):
    for key, value in found.items():
        tolerance = case["tol"].get(key, case["tol"]["default"])["abs"]
        assert value == pytest.approx(case["expected"][key], abs=tolerance), (case["id"], key)


def test_score_and_standard_error_from_counts(cases):
    """Case point-01, R's NPS package."""
    case = cases["point-01"]
    plain = scores.wald(*_counts(case["inputs"]))
    _close(case, nps=plain.score.item(), se_points=plain.se.item(), variance_prop=(plain.se.item() / 10) ** 2)


def test_score_from_answers(cases):
    """Case point-02: the answer 12 is off the scale and never reaches the score."""
    case = cases["point-02"]
    valid = [answer for answer in case["inputs"]["scores"] if answer is None or 0 <= answer <= 10]
    row = groups.by_group(pd.DataFrame({"answer": pd.Series(valid, dtype=float)})).loc[0]
    _close(
        case, n_valid=row["n"], n_missing=row["skipped"], nps=row["score"],
        n_out_of_range=len(case["inputs"]["scores"]) - len(valid),
        promoters=row["promoters"], passives=row["passives"], detractors=row["detractors"],
    )  # fmt: skip


def test_wald_interval(cases):
    """Case interval-01, R's NPS package."""
    case = cases["interval-01"]
    found = scores.wald(*_counts(case["inputs"]), confidence=case["inputs"]["conf"])
    _close(case, nps=found.score.item(), lo=found.low.item(), hi=found.high.item())


def test_adjusted_wald_interval(cases):
    """Case interval-02, R's variance on augmented counts."""
    case = cases["interval-02"]
    found = scores.adjusted_wald(*_counts(case["inputs"]), confidence=case["inputs"]["conf"])
    _close(
        case, nps=found.score.item(), centre=found.centre.item(), se=found.se.item(),
        lo=found.low.item(), hi=found.high.item(),
    )  # fmt: skip


def test_finite_population_interval(cases):
    """Case interval-04: 72 of 90 people are worth 356 answers."""
    case = cases["interval-04"]
    effective = scores.effective_by_population(72, case["inputs"]["population"])
    found = scores.adjusted_wald(*_counts(case["inputs"]), n_effective=effective)
    _close(case, nps=found.score.item(), n_eff=effective.item(), lo=found.low.item(), hi=found.high.item())
