"""Who a person is may never be what scores are split by."""

from __future__ import annotations

import pytest

SENTENCE = (
    "this column is {key} too, so each group would be one person. Scores per person are not made: NPS is there to "
    "learn from, not to judge people. Leave the grouping out."
)


@pytest.mark.domain("S26", "R06")
@pytest.mark.parametrize(
    ("survey", "place", "key"),
    [
        ("dimensions: {helper: staff}", "dimensions.helper (line 12)", "agent"),
        ("segments: {helper: {column: staff, bins: [1, 5]}}", "segments.helper (line 12)", "agent"),
        ("trees: {desk: [desk, staff]}", "trees.desk[1] (line 12)", "agent"),
        ("dimensions: {who: client}", "dimensions.who (line 12)", "customer_id"),
    ],
)
def test_scores_are_not_split_by_person(faults, survey, place, key):
    """Whatever the grouping is called: an agent, an employee or a customer is no group."""
    columns = "columns:\n  date: day\n  agent: staff\n  customer_id: client"
    assert faults(survey=survey, columns=columns) == [f"sources.survey.{place}: {SENTENCE.format(key=key)}"]


def test_a_unit_is_not_a_person(faults):
    """Nor is the narrowest level of the units."""
    columns = "columns: {date: day, agent: staff, unit: [desk, staff]}"
    assert faults(columns=columns) == [f"sources.survey.columns.unit[1] (line 8): {SENTENCE.format(key='agent')}"]


def test_an_agent_beside_other_groups_is_fine(params):
    """The column may be there, for answers that hang together."""
    read = params(columns="columns: {date: day, agent: staff, unit: [desk]}")
    assert read.sources["survey"].columns.agent == "staff"
