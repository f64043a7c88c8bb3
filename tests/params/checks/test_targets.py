"""The rules for scores of a former agency, for second trees, and for the names of questions and columns."""

from __future__ import annotations

import pytest

STAFF = """\
  staff:
    path: b.csv
    audience: employee
    measurement: employee
    measures: {enps: {column: E, scale: 0-10}, autonomous: {column: G, scale: 1-5}}
    columns: {date: day, unit: [division, team]}
    trees: {client: [client, campaign]}
    segments: {age: a}
    labels: {age: {A1: young}}
"""
GOAL = "baseline: 2026-Q1, target: 5, due: 2026-12-31, owner: Board"

LEGACY = {
    "metric: nsp, value: 1, date: 2024-06, source: Y": (
        "[0].metric (line 18): 'nsp' is not measured. Did you mean 'nps'? The sources measure nps, enps, "
        "autonomous; choose from them."
    ),
    "metric: nps, value: -142, date: 2024-06, source: Y": (
        "[0].value (line 18): −142 is outside −100…100. An NPS is a score in points; correct the value."
    ),
    "metric: autonomous, value: 6, date: 2024-06, source: Y": (
        "[0].value (line 18): 6 is outside 1…5. The score of autonomous is a mean on its scale; correct the value."
    ),
    "metric: nps, measurement: transactional, value: 1, date: 2024-06, source: Y": (
        "[0].measurement (line 18): nps is not measured as 'transactional' but as relational. Correct one of the two."
    ),
    "metric: nps, scope: {product: Gas}, value: 1, date: 2024-06, source: Y": (
        "[0].scope.product (line 18): 'product' is not declared in sources.survey. It declares no groups; correct"
        " the name or declare it."
    ),
    "metric: enps, scope: {client: [a, b, c]}, value: 1, date: 2024-06, source: Y": (
        "[0].scope.client (line 18): the client has 3 levels, trees.client has 2. Write the path from the widest "
        "level down."
    ),
    "metric: enps, scope: {age: [a, b]}, value: 1, date: 2024-06, source: Y": (
        "[0].scope.age (line 18): 2 values stand here; a score is about one group. Write one value, and a score "
        "of its own for each other group."
    ),
    "metric: enps, scope: {age: A1}, value: 1, date: 2024-06, source: Y": (
        "[0].scope.age (line 18): 'A1' is a code of the file. Write the name that the report uses, 'young'."
    ),
    "metric: nps, value: 1, n: 0, date: 2024-06, source: Y": ("[0].n (line 18): 0 is below 1. Correct the value."),
    "metric: nps, value: 1, n: 12, date: June 2024, source: Y": (
        "[0].date (line 18): 'June 2024' is not a period. Did you mean 2024-06? Allowed are 2026, 2026-H1, "
        "2026-Q3 or 2026-07; correct the value."
    ),
    "metric: nps, value: 1, date: 2024-06": (
        "[0] (line 18): 'source' is missing. It says: who measured it. Add it, such as source: \"Bureau Y\"."
    ),
}

SURVEYS = {
    "trees: {client: []}": (
        "trees.client (line 9): there is nothing in it. Name its columns from wide to narrow, such as {client: "
        "[client, campaign]}."
    ),
    "trees: {unit: [a]}": (
        "trees.unit (line 9): 'unit' has a place of its own. Move it to columns, such as columns: {unit: "
        "[division, team]}."
    ),
    "dimensions: {client: a}\ntrees: {client: [a]}": (
        "trees.client (line 10): 'client' is a dimension too. Keep one of the two."
    ),
    "segments: {client: a}\ntrees: {client: [a]}": (
        "trees.client (line 10): 'client' is a segment too. Keep one of the two."
    ),
    "trees: {a.b: [a]}": (
        "trees.a.b (line 9): 'a.b' is not a name. A name has letters, digits, spaces, - and _, and starts with a "
        "letter or digit. Rename it."
    ),
    "trees: {client: [a, '']}": (
        "trees.client[1] (line 9): the text is empty. A column without a name is named by its place, such as "
        "{position: 1}."
    ),
    "trees: [client]": (
        "trees (line 9): a list stands where a group of keys is expected. Write one key: value per line below it."
    ),
    "drivers: {nps: {column: a, scale: 1-5}}": (
        "drivers.nps (line 9): 'nps' is a measure too. Give the driver another name, or remove one of the two."
    ),
    "drivers: {a.b: {column: a, scale: 1-5}}": (
        "drivers.a.b (line 9): 'a.b' is not a name. A name has letters, digits, spaces, - and _, and starts with "
        "a letter or digit. Rename it."
    ),
    "drivers: [speed]": (
        "drivers (line 9): a list stands where a group of keys is expected. Write one key: value per line below it."
    ),
    "label: ''": ("label (line 9): the text is empty. Write a text, or leave the key out."),
}

COLUMNS = {
    "agent: ''": (
        "agent (line 8): the text is empty. A column without a name is named by its place, such as {position: 1}."
    ),
    "callback_consent: {position: 0}": ("callback_consent.position (line 8): 0 is below 1. Correct the value."),
    "went_wrong: [a]": ("went_wrong (line 8): a list stands where a single text is expected. Write one value."),
    "make_right: ''": (
        "make_right (line 8): the text is empty. A column without a name is named by its place, such as {position: 1}."
    ),
    "revenue: ''": (
        "revenue (line 8): the text is empty. A column without a name is named by its place, such as {position: 1}."
    ),
    "visits: {}": (
        "visits (line 8): 'position' is missing. It says: which column, counted from 1. Add it, such as position: 14."
    ),
}


@pytest.mark.parametrize("legacy", LEGACY)
def test_an_earlier_score_is_of_something_measured(faults, legacy):
    """As a target: a known measure and group, in range; and one zero measurement per group."""
    assert faults(STAFF + f"zero_measurement: {{legacy: [{{{legacy}}}]}}") == [
        f"zero_measurement.legacy{LEGACY[legacy]}"
    ]


@pytest.mark.parametrize("survey", SURVEYS)
def test_a_tree_and_a_driver_have_names_of_their_own(faults, survey):
    """A tree has levels and is no dimension, segment or unit; a driver is no measure."""
    assert faults(survey=survey) == [f"sources.survey.{SURVEYS[survey]}"]


@pytest.mark.parametrize("column", COLUMNS)
def test_a_column_is_named(faults, column):
    """By its name or its place."""
    assert faults(columns=f"columns: {{date: day, {column}}}") == [f"sources.survey.columns.{COLUMNS[column]}"]


def test_a_path_in_a_tree_is_one_group(params, faults):
    """A target may be about a client or one of its campaigns, not about more levels than there are."""
    target = "targets: [{{metric: enps, scope: {{client: {}}}, {}}}]"
    for path in ("Acme", "[Acme]", "[Acme, Spring]"):
        assert len(params(STAFF + target.format(path, GOAL)).targets) == 1
    assert faults(STAFF + target.format("[Acme, Spring, Web]", GOAL)) == [
        "targets[0].scope.client (line 18): the client has 3 levels, trees.client has 2. Write the path from the "
        "widest level down."
    ]


def test_a_tree_is_not_crossed(faults):
    """It is printed by itself, so the zero measurement is not cut by it."""
    assert faults(STAFF + "zero_measurement: {by: [age, client]}") == [
        "zero_measurement.by[1] (line 18): 'client' is a tree, which is printed by itself and never crossed. Leave it "
        "out here."
    ]


def test_scores_of_a_former_agency_are_kept(params):
    """One per group, with the period in which it was measured."""
    whole = "{metric: enps, value: -8, n: 120, date: 2024-06, source: Y}"
    young = "{metric: enps, scope: {age: young}, value: 3, date: 2024, source: Y}"
    found = params(STAFF + f"zero_measurement: {{legacy: [{whole}, {young}]}}").zero_measurement.legacy
    assert [(score.value, score.n, score.date, dict(score.scope)) for score in found] == [
        (-8, 120, "2024-06", {}),
        (3, None, "2024", {"age": "young"}),
    ]


def test_a_group_has_one_zero_measurement_of_a_former_agency(faults):
    """Whatever its period; the measurement may be implied."""
    first = "{metric: nps, value: 1, date: 2024-06, source: A}"
    second = "{metric: nps, measurement: relational, value: 2, date: 2023, source: B}"
    assert faults(f"zero_measurement: {{legacy: [{first}, {second}]}}") == [
        "zero_measurement.legacy[1] (line 9): zero_measurement.legacy[0] is about the same score and group, which has "
        "one zero measurement. Keep one of the two."
    ]
