"""Real survey files, as they were published: every count equals what their READMEs worked out independently.

The files stand beside the checkout, in `shared/data`, and are not part of the repository.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from helpers.intake.responses import Intake, read
from helpers.params import Client, Params, load

TESTS = Path(__file__).resolve().parents[1]
DATA = TESTS.parents[1] / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the shared survey data are not beside the checkout")

WEB = "How likely are you to recommend {} to a colleague, friend, or family member?"
RECOMMEND = (
    "Would you recommend CNCF to other open source projects, and why?10 - strongly agree, 1 - strongly disagree."
)


def counted(scores: pd.Series) -> tuple[int, int, int, int]:
    """Return n, promoters, passives and detractors, by comparing and adding alone."""
    known = scores.dropna()
    promoters, detractors = int((known >= 9).sum()), int((known <= 6).sum())
    return len(known), promoters, len(known) - promoters - detractors, detractors


def nps(scores: pd.Series) -> float:
    """Return the NPS with two decimals."""
    n, promoters, _, detractors = counted(scores)
    return round(100 * (promoters - detractors) / n, 2)


@pytest.fixture(scope="module")
def sfo() -> Intake:
    """Return the airport's guest survey."""
    return read(load("sfo-airport-2017", params_folder=TESTS / "real_data"))


@pytest.fixture(scope="module")
def garden() -> Intake:
    """Return the garden centre's customers."""
    return read(load("garden-centre-fr", params_folder=TESTS / "real_data"))


def test_sfo_as_a_whole(sfo: Intake) -> None:
    """Code 11 is a blank, not a promoter; nothing is rejected."""
    scores = sfo.responses["measure.nps"]
    assert (counted(scores), nps(scores)) == ((2746, 1436, 968, 342), 39.84)
    assert sfo.summary.loc[0, ["read", "rejected"]].tolist() == [2831, 0]
    assert sfo.summary.loc[0, "sha256"] == "171423b74247f1c0144a93104ef19265975be6a78c6665a7319d8efbc7d1493e"
    assert sfo.responses["date"].unique().tolist() == [pd.Timestamp("2017-05-31")]


def test_sfo_weighted(sfo: Intake) -> None:
    """The weights make the sample stand for the airport's passengers."""
    known = sfo.responses.dropna(subset="measure.nps")
    sign = np.sign((known["measure.nps"] >= 9).astype(int) - (known["measure.nps"] <= 6).astype(int))
    assert round(100 * float((sign * known["weight"]).sum() / known["weight"].sum()), 2) == 40.40


@pytest.mark.parametrize(
    ("dimension", "expected"),
    [
        (
            "boarding_area",
            {
                "Area A": (724, 382, 249, 93, 39.92),
                "Area B": (166, 94, 50, 22, 43.37),
                "Area C": (226, 132, 68, 26, 46.90),
                "Area D": (386, 213, 128, 45, 43.52),
                "Area E": (175, 100, 57, 18, 46.86),
                "Area F": (444, 221, 173, 50, 38.51),
                "Area G": (625, 294, 243, 88, 32.96),
            },
        ),
        (
            "home",
            {
                "Nine-county Bay Area": (1009, 542, 359, 108, 43.01),
                "Northern California": (143, 88, 44, 11, 53.85),
                "Elsewhere": (1553, 789, 551, 213, 37.09),
                "Not answered": (41, 17, 14, 10, 17.07),
            },
        ),
    ],
)
def test_sfo_by_group(sfo: Intake, dimension: str, expected: dict[str, tuple[float, ...]]) -> None:
    """Every boarding area and every home region, in the declared order."""
    groups = sfo.responses.groupby(f"dimension.{dimension}", observed=False)["measure.nps"]
    assert {name: (*counted(scores), nps(scores)) for name, scores in groups} == expected
    assert [name for name, _ in groups] == list(expected)


def test_sfo_satisfaction(sfo: Intake) -> None:
    """Blank, never used and 0 are no answers; the same column gives a mean and a top-two share."""
    known = sfo.responses["measure.satisfaction"].dropna()
    assert (len(known), round(known.mean(), 3)) == (2688, 4.064)
    top = sfo.responses["measure.satisfaction_top2"].dropna() >= 4
    assert (len(top), round(100 * top.mean(), 2)) == (2688, 82.07)


def test_garden_as_a_whole(garden: Intake) -> None:
    """Latin-1, NA for missing, and a first column without a name."""
    scores = garden.responses["measure.nps"]
    assert (counted(scores), nps(scores)) == ((13612, 8465, 3953, 1194), 53.42)
    assert garden.summary.loc[0, ["read", "rejected"]].tolist() == [13954, 0]
    assert garden.summary.loc[0, "sha256"] == "aa672060ee004c242105bfc74120e3248e1cbbcc20861eb1d2a9a83e20f00de1"
    assert garden.responses["date"].unique().tolist() == [pd.Timestamp("2018-06-30")]


def test_garden_by_visits(garden: Intake) -> None:
    """Classes of visits, in their order."""
    groups = garden.responses.groupby("dimension.visits", observed=False)["measure.nps"]
    assert {name: (*counted(scores), nps(scores)) for name, scores in groups} == {
        "1–2": (2724, 1550, 889, 285, 46.44),
        "3–5": (3524, 2079, 1102, 343, 49.26),
        "6–10": (3848, 2412, 1095, 341, 53.82),
        "11+": (3516, 2424, 867, 225, 62.54),
    }


def test_garden_means_and_open_answers(garden: Intake) -> None:
    """Accented letters come through; NA is no comment."""
    measures = {name: garden.responses[f"measure.{name}"].dropna() for name in ("satisfaction", "intention")}
    found = {name: (len(known), round(known.mean(), 3)) for name, known in measures.items()}
    assert found == {"satisfaction": (13893, 8.349), "intention": (13772, 8.997)}
    comments = garden.responses["verbatim"]
    assert comments.isna().sum() == 10115
    assert comments.str.contains("très agréable", regex=False).any()


OTHERS: dict[str, tuple[dict[str, Any], list[tuple[str, tuple[float, ...]]]]] = {
    "r-community-survey/2018-english.tsv": (
        {"measures": {"nps": WEB.format("R")}, "wave": None, "columns": {"date": "Timestamp"}},
        [("nps", (3001, 2294, 577, 130, 72.11))],
    ),
    "r-community-survey/2019-english.xlsx": (
        {
            "measures": {"nps": WEB.format("R"), "python": WEB.format("Python")},
            "wave": None,
            "columns": {"date": "Timestamp"},
        },
        [("nps", (1795, 1386, 351, 58, 73.98)), ("python", (1015, 335, 372, 308, 2.66))],
    ),
    "happyforce-enps/enps_votes.csv": (
        {"measures": {"nps": "vote"}, "wave": None, "columns": {"date": "date"}, "duplicates": "keep"},
        [("nps", (24246, 10716, 8060, 5470, 21.64))],
    ),
    "cncf-maintainers/2020-h2.csv": ({"measures": {"nps": RECOMMEND}}, [("nps", (97, 64, 23, 10, 55.67))]),
    "cncf-maintainers/2021-h1.csv": ({"measures": {"nps": RECOMMEND}}, [("nps", (93, 69, 22, 2, 72.04))]),
    "carpentries-learners/longterm-2017.csv": (
        {"measures": {"nps": "Likely-To-Recommend"}},
        [("nps", (402, 215, 118, 69, 36.32))],
    ),
    "carpentries-learners/longterm-2020-03.csv": (
        {"measures": {"nps": "recommendation_score"}, "no_answer": ["NA"]},
        [("nps", (134, 93, 32, 9, 62.69))],
    ),
    "carpentries-learners/longterm-2020-12.csv": (
        {"measures": {"nps": "recommendation_score"}, "no_answer": ["NA"]},
        [("nps", (87, 49, 30, 8, 47.13))],
    ),
}


@pytest.mark.parametrize("path", OTHERS)
def test_other_published_files(path: str) -> None:
    """Tabs, workbooks, questions as column names, two header rows, texts in several lines: as they come."""
    keys, expected = OTHERS[path]
    measures = {name: {"column": column, "scale": "0-10"} for name, column in keys["measures"].items()}
    source = {"path": path, "audience": "customer", "measurement": "relational", "wave": "2020", **keys}
    source = {key: value for key, value in (source | {"measures": measures}).items() if value is not None}
    params = Params.model_validate({"organisation": {"name": "Real"}, "sources": {"survey": source}})
    found = read(Client("real", DATA, params)).responses
    for name, figures in expected:
        scores = found[f"measure.{name}"]
        assert (*counted(scores), nps(scores)) == figures
