"""Cells of a workbook as text."""

from __future__ import annotations

import datetime as dt

import pytest

from helpers.intake.reading.cell_texts import cell_text, cell_texts


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        *((9.0, "9"), (-0.0, "0"), (7.25, "7.25"), (1e15, "1000000000000000"), (1e300, "1e+300"), (0.1, "0.1")),
        *((True, "TRUE"), (False, "FALSE"), (" x ", " x "), ("", ""), (7, "7")),
        *((dt.date(2026, 3, 1), "2026-03-01"), (dt.time(10, 5), "10:05:00")),
        (dt.datetime(2026, 3, 1, 9, 59, 59, 999_999), "2026-03-01 10:00:00"),  # noqa: DTZ001 - workbooks know no zones
        (dt.datetime(2026, 3, 1, 10, 5, 0, 1), "2026-03-01 10:05:00"),  # noqa: DTZ001 - workbooks know no zones
    ],
)
def test_a_cell_is_the_text_that_a_person_sees(cell: object, text: str) -> None:
    """Whole numbers have no point, time is to the second."""
    assert cell_text(cell) == text


def test_equal_cells_of_different_kinds_keep_their_own_text() -> None:
    """To Python 1 and True are equal."""
    assert cell_texts([1.0, True, 1.0, "1", "TRUE"]) == ["1", "TRUE", "1", "1", "TRUE"]
    assert cell_texts([1.0, 2.5, "1", 1.0]) == ["1", "2.5", "1", "1"]
