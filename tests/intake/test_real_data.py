"""Real survey files, as they were published: every count equals what their READMEs worked out independently.

The files stand beside the checkout, in `shared/data`, and are not part of the repository.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from helpers.errors import DataError
from helpers.intake.responses import Intake, read
from helpers.params import Client, load
from helpers.params.model import Position

TESTS = Path(__file__).resolve().parents[1]
DATA = TESTS.parents[1] / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the shared survey data are not beside the checkout")


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


def figures(scores: pd.Series) -> tuple[float, ...]:
    """Return a row of a README: n, promoters, passives, detractors, NPS."""
    return (*counted(scores), nps(scores))


def client_of(folder: str, **changes: object) -> Client:
    """Return the client of a real file, keys of its sources replaced or added."""
    client = load(folder, params_folder=TESTS / "real_data")
    sources = {name: source.model_copy(update=changes) for name, source in client.params.sources.items()}
    return Client(client.key, client.folder, client.params.model_copy(update={"sources": sources}))


def test_cncf_six_waves() -> None:
    """Two header rows, empty columns before the first, and from 2022 the question twice."""
    found = read(client_of("cncf-maintainers"))
    waves = found.responses.groupby("source", sort=False)["measure.nps"]
    assert {name: figures(scores) for name, scores in waves} == {
        "maintainers_2020_h2": (97, 64, 23, 10, 55.67),
        "maintainers_2021_h1": (93, 69, 22, 2, 72.04),
        "maintainers_2021_h2": (102, 72, 22, 8, 62.75),
        "maintainers_2022_h1": (99, 57, 29, 13, 44.44),
        "maintainers_2022_h2": (117, 75, 25, 17, 49.57),
        "maintainers_2023_h1": (145, 101, 35, 9, 63.45),
    }
    days = found.responses.groupby("source", sort=False)["date"].first().dt.strftime("%Y-%m-%d").tolist()
    assert days == ["2020-12-31", "2021-06-30", "2021-12-31", "2022-06-30", "2022-12-31", "2023-06-30"]
    assert found.summary["label"].tolist()[0] == "Maintainers, 2020 H2"
    assert found.files["header_rows"].unique().tolist() == ["1, 2"]


def test_cncf_a_question_that_is_in_the_file_twice_is_not_chosen_for_you() -> None:
    """Both places are told; the second one is the wave of 2021 pasted to the right."""
    client = load("cncf-maintainers", params_folder=TESTS / "real_data")
    early, late = client.params.sources["maintainers_2020_h2"], client.params.sources["maintainers_2022_h1"]

    def measured(column: object) -> Client:
        nps_ = late.measures["nps"].model_copy(update={"column": column})
        sources = {"wave": late.model_copy(update={"measures": {"nps": nps_}})}
        return Client(client.key, client.folder, client.params.model_copy(update={"sources": sources}))

    with pytest.raises(DataError) as caught:
        read(measured(early.measures["nps"].column))
    assert "stands in the file more than once, as columns 14 and 90. " in caught.value.messages[0]
    second = read(measured(Position(position=90))).responses["measure.nps"]
    assert figures(second) == (93, 69, 22, 2, 72.04)


@pytest.fixture(scope="module")
def votes() -> Intake:
    """Return the votes of employees, equal rows taken as one."""
    return read(client_of("happyforce-enps"))


def test_happyforce_equal_rows_are_one_vote(votes: Intake) -> None:
    """Counted as they stand the votes give another score."""
    assert figures(votes.responses["measure.enps"]) == (8282, 3850, 2743, 1689, 26.09)
    assert votes.summary.loc[0, ["read", "used", "duplicates"]].tolist() == [24246, 8282, 15964]
    plain = read(client_of("happyforce-enps", duplicates="keep")).responses["measure.enps"]
    assert figures(plain) == (24246, 10716, 8060, 5470, 21.64)


def test_happyforce_by_quarter(votes: Intake) -> None:
    """Days before months: 06/04/2020 is in the second quarter."""
    quarters = votes.responses["date"].dt.to_period("Q").astype(str)
    groups = votes.responses["measure.enps"].groupby(quarters)
    assert {name: figures(scores) for name, scores in groups} == {
        "2018Q4": (52, 20, 30, 2, 34.62),
        "2019Q1": (848, 396, 252, 200, 23.11),
        "2019Q2": (1181, 542, 385, 254, 24.39),
        "2019Q3": (1576, 710, 520, 346, 23.10),
        "2019Q4": (1426, 632, 471, 323, 21.67),
        "2020Q1": (1870, 819, 676, 375, 23.74),
        "2020Q2": (1329, 731, 409, 189, 40.78),
    }


def test_happyforce_by_industry(votes: Intake) -> None:
    """In the source's own spelling."""
    groups = votes.responses.groupby("dimension.industry", observed=True)["measure.enps"]
    assert {name: figures(scores) for name, scores in groups} == {
        "ACCOMMODATION_AND_FOOT_SERVICES": (331, 179, 93, 59, 36.25),
        "ARTS_ENTERTAINMENT_RECREATION": (24, 8, 9, 7, 4.17),
        "COMPUTER_SOFTWARE_IT_SERVICES": (2006, 637, 735, 634, 0.15),
        "EDUCATIONAL_SERVICES": (54, 37, 10, 7, 55.56),
        "FINANCIAL_SERVICES_INSURANCE": (3192, 1650, 1035, 507, 35.81),
        "HEALTH_CARE_SOCIAL_ASSISTANCE": (713, 390, 234, 89, 42.22),
        "MANAGEMENT_CONSULTING": (108, 61, 30, 17, 40.74),
        "MANUFACTURING": (678, 244, 226, 208, 5.31),
        "NATURAL_RESOURCES": (52, 30, 16, 6, 46.15),
        "NON_PROFIT_ORGANIZATION": (116, 81, 23, 12, 59.48),
        "PUBLIC_AND_GOVERMENT_ADMINISTRATION": (73, 49, 21, 3, 63.01),
        "UTILITIES_AND_SERVICES": (631, 310, 232, 89, 35.02),
        "WHOLESALE_AND_RETAIL_TRADE": (304, 174, 79, 51, 40.46),
    }


COMPANIES = {
    "58fe01b88028ec0004a54105": (785, 76, 270, 439, -46.24),
    "56aec740f1ef260003e307d6": (760, 472, 179, 109, 47.76),
    "5c54173ba6705a0004651d6d": (733, 379, 271, 83, 40.38),
    "5ccfffb1b9f7900004c2d681": (635, 213, 255, 167, 7.24),
    "574c423856b6300003009953": (631, 310, 232, 89, 35.02),
    "594980450af0930004ad2e31": (472, 284, 139, 49, 49.79),
    "5c98ba48191fcb00043e265b": (386, 149, 143, 94, 14.25),
    "5a5c65acda7ea50004af7996": (318, 173, 88, 57, 36.48),
    "57c4aa7dbb8b5c000396fd3b": (258, 206, 43, 9, 76.36),
    "5bae1564a8ab700004154b71": (243, 87, 106, 50, 15.23),
    "5cdd53faba3995000418ca43": (213, 52, 70, 91, -18.31),
    "5b585becd71b4e00040957b5": (190, 73, 53, 64, 4.74),
    "5c78029defad100004ebb781": (188, 60, 87, 41, 10.11),
    "5e70ca0cc8cd990004ea3017": (175, 126, 41, 8, 67.43),
    "5ab2a9dbc93a64000439bbee": (169, 83, 58, 28, 32.54),
}


def test_happyforce_by_company(votes: Intake) -> None:
    """The fifteen largest of the 55."""
    groups = votes.responses.groupby("dimension.company", observed=True)["measure.enps"]
    assert groups.ngroups == 55
    assert {name: figures(scores) for name, scores in groups if name in COMPANIES} == COMPANIES


@pytest.mark.parametrize("company", list(COMPANIES)[:3])
def test_happyforce_one_company_of_the_file(company: str) -> None:
    """What a report of one company reads; the others are left out."""
    found = read(client_of("happyforce-enps", keep_where={"companyAlias": company}))
    assert figures(found.responses["measure.enps"]) == COMPANIES[company]
    counts = found.summary.loc[0]
    assert counts["used"] + counts["left_out"] + counts["duplicates"] == counts["read"] == 24246


def test_r_community_two_years_and_two_products() -> None:
    """A tab-separated file and a workbook, with questions for column names; Python is asked of fewer people."""
    found = read(client_of("r-community-survey"))
    years = found.responses.groupby("source")
    assert {name: figures(scores) for name, scores in years["measure.nps"]} == {
        "survey_2018": (3001, 2294, 577, 130, 72.11),
        "survey_2019": (1795, 1386, 351, 58, 73.98),
    }
    assert figures(years["measure.python"].get_group("survey_2019")) == (1015, 335, 372, 308, 2.66)
    assert found.files["kind"].tolist() == ["CSV", "XLSX"]
    groups = found.responses.groupby(["source", "dimension.experience"], observed=True)["measure.nps"]
    assert {name: figures(scores) for name, scores in groups if len(scores.dropna()) >= 30} == {
        ("survey_2018", "Beginner"): (557, 320, 169, 68, 45.24),
        ("survey_2018", "Expert"): (693, 588, 91, 14, 82.83),
        ("survey_2018", "Intermediate"): (1745, 1384, 314, 47, 76.62),
        ("survey_2019", "Beginner"): (232, 152, 61, 19, 57.33),
        ("survey_2019", "Expert"): (527, 444, 68, 15, 81.40),
        ("survey_2019", "Intermediate"): (1036, 790, 222, 24, 73.94),
    }


def test_carpentries_three_waves() -> None:
    """NA as text, cells of several lines, and the columns in another order each time."""
    found = read(client_of("carpentries-learners")).responses
    waves = found.groupby("source", sort=False)["measure.nps"]
    assert {name: figures(scores) for name, scores in waves} == {
        "longterm_2017": (402, 215, 118, 69, 36.32),
        "longterm_2020_03": (134, 93, 32, 9, 62.69),
        "longterm_2020_12": (87, 49, 30, 8, 47.13),
    }
    positions = found.groupby("dimension.position", observed=True)["measure.nps"]
    expected = {
        "Academic Research Staff": (47, 21, 14, 12, 19.15),
        "Faculty": (51, 27, 16, 8, 37.25),
        "Graduate Student": (130, 62, 43, 25, 28.46),
        "Industry": (48, 33, 7, 8, 52.08),
        "Postdoc": (77, 44, 26, 7, 48.05),
    }
    assert {name: figures(scores) for name, scores in positions if name in expected} == expected
    march = found[found["source"] == "longterm_2020_03"].groupby("dimension.workshop", observed=True)["measure.nps"]
    kinds = {"Data Carpentry": (63, 45, 14, 4, 65.08), "Software Carpentry": (61, 41, 15, 5, 59.02)}
    assert {name: figures(scores) for name, scores in march if name in kinds} == kinds


@pytest.fixture(scope="module")
def county() -> Intake:
    """Return the ten questions of the county, each a source of its own of one workbook."""
    return read(client_of("pierce-county-employees"))


def agree(scores: pd.Series) -> float:
    """Return the share of 3 and 4, in percent with two decimals."""
    return round(100 * float((scores.dropna() >= 3).mean()), 2)


@pytest.mark.parametrize(
    ("name", "valid", "skipped", "agreed", "mean"),
    [
        ("expectations", 1448, 23, 92.61, 3.493),
        ("best_work", 1447, 24, 80.58, 3.138),
        ("recognition", 1423, 48, 65.21, 2.805),
        ("care", 1442, 29, 86.41, 3.293),
        ("mission", 1442, 29, 80.44, 3.131),
        ("friend", 1274, 197, 52.43, 2.601),
        ("growth", 1414, 57, 77.58, 3.040),
        ("accountability", 1420, 51, 75.00, 2.949),
        ("inclusion", 1419, 52, 83.30, 3.137),
        ("satisfaction", 1452, 19, 76.24, 3.021),
    ],
)
def test_county_ten_questions(county: Intake, name: str, valid: int, skipped: int, agreed: float, mean: float) -> None:
    """Two spellings are one question, 0 and blank are no answers, and equal rows are one."""
    scores = county.responses[f"measure.{name}"].dropna()
    assert (len(scores), agree(scores), round(float(scores.mean()), 3)) == (valid, agreed, mean)
    assert county.responses[f"measure.{name}_agree"].dropna().tolist() == scores.tolist()
    source = county.responses.loc[scores.index[0], "source"]
    counts = county.summary.set_index("source").loc[source]
    assert counts[["read", "used", "skipped"]].tolist() == [14725, valid, skipped]


def test_county_equal_rows(county: Intake) -> None:
    """Fifteen in the ten questions together."""
    assert county.summary["duplicates"].sum() == 15


def test_county_satisfaction_by_department(county: Intake) -> None:
    """The statement 'Overall I am satisfied with my job', in all 21 departments, the smallest of four people."""
    known = county.responses.dropna(subset="measure.satisfaction")
    groups = known.groupby("unit", observed=True)["measure.satisfaction"]
    assert {name: (len(scores), agree(scores)) for name, scores in groups} == {
        "Assessor-Treasurer's Office": (43, 81.40),
        "Assigned Council": (18, 88.89),
        "Clerk of Superior Court": (35, 71.43),
        "Communications Office": (19, 94.74),
        "Council's Office": (27, 81.48),
        "District Court": (42, 71.43),
        "Economic Development": (7, 71.43),
        "Emergency Management": (19, 100.00),
        "Exec Office & Directors": (25, 88.00),
        "Facilities Management": (48, 89.58),
        "Family Justice Center": (4, 75.00),
        "Finance and Performance Management": (108, 85.19),
        "Human Resources": (27, 85.19),
        "Human Services": (96, 77.08),
        "Juvenile Court": (73, 75.34),
        "Medical Examiner": (11, 90.91),
        "Parks and Recreation": (53, 81.13),
        "Planning and Public Works": (466, 80.04),
        "Prosecuting Attorney's Office": (117, 88.03),
        "Sheriff's Department": (179, 36.31),
        "Superior Court": (35, 88.57),
    }
