"""Published files with quirks of their own: how they are recognised, their names and their numbers of rows.

The files stand beside the checkout, in `shared/data`, and are not part of the repository.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.errors import DataError
from helpers.intake.reading.files import matching
from helpers.intake.reading.readers import opened, places
from helpers.intake.reading.tables import Layout, SurveyFile

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the shared survey data are not beside the checkout")


def file_of(written: str, **layout: object) -> SurveyFile:
    """Return a published file, its header read."""
    return opened(written, folder=DATA, layout=Layout(**layout))


@pytest.mark.parametrize(
    ("written", "layout", "recognised", "rows"),
    [
        ("r-community-survey/2018-english.tsv", {}, "CSV utf-8 tab 1", 3062),
        ("r-community-survey/2019-english.xlsx", {}, "XLSX Form Responses 1 1", 1838),
        ("pierce-county-employees/employee-survey.xlsx", {}, "XLSX HR Survey Reponses 1", 14725),
        ("garden-centre-fr/nps.csv", {}, "CSV latin-1 comma 1", 13954),
        ("cncf-maintainers/2022-h1.csv", {"header_rows": (1, 2)}, "CSV utf-8 comma 1, 2", 99),
    ],
)
def test_how_a_file_is_written_is_recognised(
    written: str, layout: dict[str, object], recognised: str, rows: int
) -> None:
    """Without a key in the params file, and every row is read."""
    file = file_of(written, **layout)
    assert " ".join(file.recognised.values()) == recognised
    assert len(file.cells(range(len(file.header)))) == rows


def test_the_six_waves_are_found_by_a_pattern() -> None:
    """They come in the order of their names."""
    found = matching(["cncf-maintainers/*.csv"], folder=DATA)
    waves = ("2020-h2", "2021-h1", "2021-h2", "2022-h1", "2022-h2", "2023-h1")
    assert found == tuple(f"cncf-maintainers/{wave}.csv" for wave in waves)


def test_a_question_that_was_pasted_twice_is_refused_by_name_and_read_by_place() -> None:
    """Two of the six waves hold the recommend question a second time, far to the right."""
    file = file_of("cncf-maintainers/2022-h1.csv", header_rows=(1, 2))
    name = next(name for name in file.header if "recommend CNCF" in name and name.endswith("| Response"))
    first, second = (place for place, other in enumerate(file.header) if other == name)
    with pytest.raises(DataError) as caught:
        places({"measures.nps": name}, file=file, written="2022-h1.csv")
    assert caught.value.messages[0].endswith(
        f"stands in the file more than once, as columns {first + 1} and {second + 1}. Name the one that is meant by "
        f"its place: {{position: {first + 1}}} or {{position: {second + 1}}}."
    )


def test_the_sheet_with_the_answers_is_found_by_its_columns() -> None:
    """The second sheet describes the columns; its own name leads to it."""
    workbook = "pierce-county-employees/employee-survey.xlsx"
    assert file_of(workbook, expected=("Response ID", "Response")).recognised["sheet"] == "HR Survey Reponses"
    assert file_of(workbook, expected=("Field", "Description")).recognised["sheet"] == "Data Dictionary"
