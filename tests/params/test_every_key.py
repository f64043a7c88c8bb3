"""Keys that hold one kind of value: each refuses a wrong one with its own place and the sentence of its kind."""

from __future__ import annotations

import pytest

from helpers.errors import ParamsError
from helpers.params.columns import Columns
from helpers.params.facts import Tables
from helpers.params.loading import read
from helpers.params.model import Report
from helpers.params.roadmap import Steps
from helpers.params.sources import Method

EMPTY_TEXT = "the text is empty. Write a text, or leave the key out."
EMPTY_COLUMN = "the text is empty. A column without a name is named by its place, such as {position: 1}."
NO_GROUP = "'done' stands where a group of keys is expected. Write one key: value per line below it."
PERIODS = "Allowed are 2026, 2026-H1, 2026-Q3 or 2026-07; correct the value."


@pytest.mark.parametrize("key", [key for key in Columns.model_fields if key not in ("unit", "employee_id")])
def test_a_column_has_a_name(faults, key):
    """An empty name is a slip; a column without one is named by its place."""
    columns = "date: ''" if key == "date" else f"date: day, {key}: ''"
    assert faults(columns=f"columns: {{{columns}}}") == [f"sources.survey.columns.{key} (line 8): {EMPTY_COLUMN}"]


def test_a_level_of_a_tree_has_a_name(faults):
    """Each level of the units and of another tree is a column."""
    assert faults(columns="columns: {date: day, unit: [division, '']}\ntrees: {client: ['']}") == [
        f"sources.survey.columns.unit[1] (line 8): {EMPTY_COLUMN}",
        f"sources.survey.trees.client[0] (line 9): {EMPTY_COLUMN}",
    ]


@pytest.mark.parametrize("key", [key for key in Method.model_fields if key != "fieldwork"])
def test_what_is_said_of_the_method_is_a_text(faults, key):
    """What is unknown is left out, and then printed as not stated."""
    assert faults(survey=f"method: {{{key}: ''}}") == [f"sources.survey.method.{key} (line 9): {EMPTY_TEXT}"]


@pytest.mark.parametrize("key", ["sheet", "label", "invited"])
def test_what_is_said_of_a_survey_is_a_text(faults, key):
    """An empty text says nothing."""
    assert faults(survey=f"{key}: ''") == [f"sources.survey.{key} (line 9): {EMPTY_TEXT}"]


@pytest.mark.parametrize("key", ["question", "label"])
def test_what_is_said_of_a_question_is_a_text(faults, key):
    """Of a measure as of a driver."""
    question = f"{{column: Q4, scale: 1-5, {key}: ''}}"
    assert faults(measures=f"measures: {{csat: {question}}}", survey=f"drivers: {{speed: {question}}}") == [
        f"sources.survey.measures.csat.{key} (line 7): {EMPTY_TEXT}",
        f"sources.survey.drivers.speed.{key} (line 9): {EMPTY_TEXT}",
    ]


@pytest.mark.parametrize("key", Tables.model_fields)
def test_a_table_is_a_file(faults, key):
    """A table is named by its file."""
    assert faults(f"tables: {{{key}: ''}}") == [f"tables.{key} (line 9): {EMPTY_TEXT}"]


@pytest.mark.parametrize("key", ["improvements", "commentary", "codebook"])
def test_what_lies_beside_the_params_has_a_name(faults, key):
    """A file or a folder, named by a text."""
    assert faults(f"{key}: ''") == [f"{key} (line 9): {EMPTY_TEXT}"]


@pytest.mark.parametrize("key", ["agency", "confidentiality"])
def test_what_the_cover_says_is_a_text(faults, key):
    """An empty line on the cover is a slip."""
    assert key in Report.model_fields
    assert faults(f"report: {{{key}: ''}}") == [f"report.{key} (line 9): {EMPTY_TEXT}"]


@pytest.mark.parametrize("step", Steps.model_fields)
def test_a_step_is_a_group_of_keys(faults, step):
    """A word is no step: what was claimed stands under claimed."""
    assert faults(f"roadmap: {{steps: {{{step}: done}}}}") == [f"roadmap.steps.{step} (line 9): {NO_GROUP}"]


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("spring", ""),
        ("2026-Q5", ""),
        ("2026-13", ""),
        ("kw3 2026", " Did you mean 2026-Q3?"),
        ("Q3 2026", " Did you mean 2026-Q3?"),
        ("2026Q3", " Did you mean 2026-Q3?"),
        ("2026/H1", " Did you mean 2026-H1?"),
        ("2026-3", " Did you mean 2026-03?"),
    ],
)
def test_a_period_is_suggested_wherever_one_is_typed(faults, typed, hint):
    """A wave, a baseline, the zero measurement and an earlier score."""
    top = f"""\
zero_measurement:
  period: {typed}
  legacy: [{{metric: nps, value: 1, source: Y, date: {typed}}}]
targets: [{{metric: nps, baseline: {typed}, target: 1, due: 2026-12-31, owner: Board}}]
"""
    places = ["sources.survey.wave (line 9)", "zero_measurement.period (line 11)"]
    places += ["zero_measurement.legacy[0].date (line 12)", "targets[0].baseline (line 13)"]
    assert faults(top, survey=f"wave: {typed}") == [
        f"{place}: '{typed}' is not a period.{hint} {PERIODS}" for place in places
    ]


CONDITIONS = {
    "keep_where: {kind: {not: {a: b}}}": (
        "sources.survey.keep_where.kind.not[0] (line 9): a group of keys stands where a single text is expected. Write "
        "one value."
    ),
    "keep_where: {kind: {from: [1]}}": (
        "sources.survey.keep_where.kind.from (line 9): a list stands where a single text is expected. Write one value."
    ),
    "keep_where: {kind: {to: ''}}": f"sources.survey.keep_where.kind.to (line 9): {EMPTY_TEXT}",
    "keep_where: {kind: {nott: [1]}}": (
        "sources.survey.keep_where.kind: unknown key 'nott' (line 9). Did you mean 'not'? All keys are listed in "
        "params/_template/params.yaml."
    ),
}


@pytest.mark.parametrize("survey", CONDITIONS)
def test_a_condition_is_a_value_a_list_or_a_range(faults, survey):
    """What rows to keep is said with the four keys there are."""
    assert faults(survey=survey) == [CONDITIONS[survey]]


@pytest.mark.domain("S18", "S19")
@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("goal: ''", f"goal (line 9): {EMPTY_TEXT}"),
        (
            "review: 1-10-2026",
            "review (line 9): '1-10-2026' is not a date. Write year-month-day; did you mean 2026-10-01?",
        ),
        ("review: next year", "review (line 9): 'next year' is not a date. Write year-month-day, such as 2026-12-31."),
    ],
)
def test_what_is_said_of_a_target_is_a_text_or_a_day(faults, key, sentence):
    """What it is for, and when it is looked at again."""
    target = f"targets: [{{metric: nps, baseline: 2026-Q1, target: 1, due: 2026-12-31, owner: Board, {key}}}]"
    assert faults(target) == [f"targets[0].{sentence}"]


def test_the_organisation_has_a_name_and_words_of_its_own():
    """The name and the sector are texts, and a term is a singular and a plural."""
    text = "organisation: {name: '', sector: [a], terms: {customer: [a, b, c], product: ''}}\nsources:"
    with pytest.raises(ParamsError) as caught:
        read(text, file="F")
    assert list(caught.value.messages)[:4] == [
        f"F, organisation.name (line 1): {EMPTY_TEXT}",
        "F, organisation.sector (line 1): a list stands where a single text is expected. Write one value.",
        "F, organisation.terms.customer (line 1): 3 words stand here. Write the singular and the plural, such as "
        "[klant, klanten].",
        f"F, organisation.terms.product[0] (line 1): {EMPTY_TEXT}",
    ]
