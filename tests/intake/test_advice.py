"""What to do when too many rows are rejected."""

from __future__ import annotations

import pytest

DATED = {"wave": None, "columns": {"date": "dag"}}


@pytest.mark.parametrize(
    ("scores", "advice"),
    [
        (
            ["10 - zeker wel", "0 (zeker niet)", "9"],
            "Answers that begin with their number can be declared: values: "
            '{"10 - zeker wel": 10, "0 (zeker niet)": 0}.',
        ),
        (
            ["10 - a", "9 - b", "8 - c", "7 - d"],
            'Answers that begin with their number can be declared: values: {"10 - a": 10, "9 - b": 9, "8 - c": 8, …}.',
        ),
        (["1 " + "a" * 60], "Answers that begin with their number can be declared: values: {…}."),
        (
            ["55%", "60 %", "9"],
            "A percent sign is no part of an answer. Take the signs out of 'score' and declare scale: 0-100 (an NPS "
            'needs the answers on 0–10), or declare what each means: values: {"55%": …}.',
        ),
    ],
)
def test_answers_with_words_or_signs_get_their_own_advice(desk, scores: list[str], advice: str) -> None:
    """The line to write in the params file is given, where the answers tell it."""
    (message,) = desk.faults("score\n" + "\n".join(scores) + "\n")
    assert message.endswith(advice)


@pytest.mark.parametrize(
    ("cell", "survey", "advice"),
    [
        (
            "03/31/2026",
            {"date_format": "%d/%m/%Y"},
            'Correct the dates, or declare how they are written, such as date_format: "%m/%d/%Y".',
        ),
        (
            "31-03-2026x",
            {},
            'Correct the dates, or declare how they are written, such as date_format: "%d/%m/%Y".',
        ),
        (
            "31-03-26",
            {},
            'For years of two digits, declare how the dates are written, such as date_format: "%d-%m-%y".',
        ),
        (
            "46082",
            {},
            "46082 looks like a day number of Excel. Format the column as a date there, and save the file again.",
        ),
    ],
)
def test_dates_get_advice_about_how_they_are_written(desk, cell: str, survey: dict[str, str], advice: str) -> None:
    """A year of four digits is not one of two, and a day number is told."""
    (message,) = desk.faults(f"score,dag\n9,{cell}\n", **DATED, **survey)
    assert message.endswith(advice)


def test_shares_in_a_workbook_are_told(desk) -> None:
    """A cell that Excel shows as 55% holds 0.55, which is on a scale of 0–10 as well."""
    desk.workbook([["score"], [0.55], [1], [0]])
    ease = {"column": "score", "scale": "0-10", "rule": "mean"}
    assert desk.faults(path="survey.xlsx", measures={"ease": ease}) == [
        "survey.xlsx: column 'score' looks like shares of 0–1, as a workbook holds percentages: no answer is above 1, "
        "and there are fractions such as 0.55. Write the answers on the scale 0–10, or declare what each means with "
        "values."
    ]
