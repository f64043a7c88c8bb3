"""The response: out of the headcount, out of the invitations, or unknown."""

from __future__ import annotations

import math

import pytest

from helpers.show import responses


@pytest.mark.parametrize(
    ("row", "share", "text"),
    [
        ({}, None, "n = 812, 3 skipped, response unknown"),
        ({"invited": 3260.0}, 0.25, "n = 812, 3 skipped, response 25% of 3,260 invited"),
        ({"population": 1000.0}, 0.812, "812 of 1,000 employees (81%), 3 skipped"),
        ({"population": 1000.0, "invited": 3260.0}, 0.812, "812 of 1,000 employees (81%), 3 skipped"),
        ({"invited": None, "population": None}, None, "n = 812, 3 skipped, response unknown"),
    ],
)
def test_a_response_is_said_with_what_it_is_out_of(headline_row, context, row, share, text: str) -> None:
    """Of invitations every questionnaire counts that came back, also where this question was skipped."""
    full = headline_row(**row)
    assert responses.share(full) == pytest.approx(share) if share else responses.share(full) is None
    assert responses.answers(full, context()) == text


def test_in_dutch(headline_row, context) -> None:
    """The same numbers."""
    row = headline_row(invited=3260.0)
    assert (
        responses.answers(row, context(language="nl")) == "n = 812, 3 overgeslagen, respons 25% van 3.260 uitgenodigd"
    )


def test_a_table_says_what_its_responses_are_out_of(headline_row, context) -> None:
    """Only where one of them is out of invitations."""
    assert responses.notes([headline_row(), headline_row(population=9.0, invited=8.0)], context()) == []
    assert responses.notes([headline_row(), headline_row(invited=math.nan), headline_row(invited=8.0)], context()) == [
        "Response: the questionnaires that came back, out of the invitations that arrived."
    ]
