"""The rules for what stands beside the surveys: indicators, core values, what a leaver costs, editions."""

from __future__ import annotations

import pytest

STAFF = """\
  staff:
    path: b.csv
    audience: employee
    measurement: employee
    measures: {enps: {column: E, scale: 0-10}}
    drivers: {autonomy: {column: F, scale: 1-5}}
    columns: {date: day, unit: [division, team]}
    trees: {client: [client, campaign]}
"""

INDICATORS = {
    "nps: {direction: low_is_good}": (
        "nps (line 10): 'nps' is a measure of a survey too. Give the indicator another name."
    ),
    "roadmap: {direction: low_is_good}": (
        "roadmap (line 10): 'roadmap' is a section of its own. Give the indicator another name."
    ),
    "a.b: {direction: low_is_good}": (
        "a.b (line 10): 'a.b' is not a name. A name has letters, digits, spaces, - and _, and starts with a "
        "letter or digit. Rename it."
    ),
    "complaints: {label: Complaints}": (
        "complaints (line 10): 'direction' is missing. It says: whether more of it is good; nothing is guessed. "
        "Add it, such as direction: low_is_good."
    ),
    "complaints: {direction: low}": (
        "complaints.direction (line 10): 'low' is not one of high_is_good, low_is_good. Choose one of them."
    ),
    "complaints: {direction: low_is_good, per: 0}": ("complaints.per (line 10): 0 is below 1. Correct the value."),
    "complaints: {direction: low_is_good, label: ''}": (
        "complaints.label (line 10): the text is empty. Write a text, or leave the key out."
    ),
    "complaints: low_is_good": (
        "complaints (line 10): 'low_is_good' stands where a group of keys is expected. Write one key: value per "
        "line below it."
    ),
}

FACTS = {
    "core_values: {helpful: {}}": (
        "core_values.helpful (line 17): there is nothing in it. Name at least one question: employee, customer or"
        " self_image."
    ),
    "core_values: {helpful: {employee: }}": (
        "core_values.helpful (line 17): there is nothing in it. Name at least one question: employee, customer or"
        " self_image."
    ),
    "core_values: {helpful: {customer: enps}}": (
        "core_values.helpful.customer (line 17): 'enps' is not a measure or a driver of a survey of customers. "
        "Did you mean 'nps'? Declared are nps; choose from them, or declare it under drivers."
    ),
    "core_values: {helpful: {employee: autonmy}}": (
        "core_values.helpful.employee (line 17): 'autonmy' is not a measure or a driver of a survey of employees."
        " Did you mean 'autonomy'? Declared are enps, autonomy; choose from them, or declare it under drivers."
    ),
    "core_values: {helpful: {self_image: nps}}": (
        "core_values.helpful.self_image (line 17): 'nps' is not a measure or a driver of a survey of employees. "
        "Did you mean 'enps'? Declared are enps, autonomy; choose from them, or declare it under drivers."
    ),
    "core_values: {a.b: {customer: nps}}": (
        "core_values.a.b (line 17): 'a.b' is not a name. A name has letters, digits, spaces, - and _, and starts "
        "with a letter or digit. Rename it."
    ),
    "core_values: {helpful: {staff: nps}}": (
        "core_values.helpful: unknown key 'staff' (line 17). All keys are listed in params/_template/params.yaml."
    ),
    "core_values: [helpful]": (
        "core_values (line 17): a list stands where a group of keys is expected. Write one key: value per line "
        "below it."
    ),
    "turnover_cost: 0": ("turnover_cost (line 17): 0 is not above 0. Write what one leaver costs, such as 8000."),
    "turnover_cost: much": ("turnover_cost (line 17): 'much' is not a number. Write digits, such as 10 or 7.5."),
    "report: {editions: [board, board]}": ("report.editions[1] (line 17): 'board' stands here twice. Keep one."),
    "report: {editions: [board, unit]}": (
        "report.editions[1] (line 17): the unit edition cannot be made yet. Leave it out; board and public can be."
    ),
    "report: {editions: []}": (
        "report.editions (line 17): there is nothing in it. Write at least one edition, such as board."
    ),
    "report: {editions: [bord]}": (
        "report.editions[0] (line 17): 'bord' is not one of board, unit, public. Did you mean 'board'?"
    ),
    "improvements: ''": ("improvements (line 17): the text is empty. Write a text, or leave the key out."),
    "commentary: [a]": ("commentary (line 17): a list stands where a single text is expected. Write one value."),
    "codebook: {a: b}": (
        "codebook (line 17): a group of keys stands where a single text is expected. Write one value."
    ),
    "indicators: {complaints: {direction: low_is_good}}": (
        "indicators (line 17): this says what the numbers in tables.indicators mean, but no such file is named. "
        "Add it, such as tables: {indicators: ../../data/acme/indicators.csv}, or leave this section out."
    ),
    "tables: {custmers: x.csv}": (
        "tables: unknown key 'custmers' (line 17). Did you mean 'customers'? All keys are listed in "
        "params/_template/params.yaml."
    ),
    "tables: {customers: ''}": ("tables.customers (line 17): the text is empty. Write a text, or leave the key out."),
}


@pytest.mark.parametrize("indicator", INDICATORS)
def test_an_indicator_has_a_name_and_a_direction(faults, indicator):
    """Its name is its own, for it can lead the report; which direction is good is never guessed."""
    assert faults(f"tables: {{indicators: i.csv}}\nindicators: {{{indicator}}}") == [
        f"indicators.{INDICATORS[indicator]}"
    ]


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_is_of_something(faults, fact):
    """Core values are asked in a survey of the right audience, indicators have a file, a leaver costs something."""
    assert faults(STAFF + fact) == [FACTS[fact]]


def test_a_core_value_is_asked_where_it_is_declared(params, faults):
    """A measure or a driver, of the right audience; without a survey of it there is none to choose from."""
    value = params(STAFF + "core_values: {helpful: {employee: autonomy, customer: nps}}").core_values["helpful"]
    assert (value.employee, value.customer, value.self_image) == ("autonomy", "nps", None)
    assert faults("core_values: {helpful: {employee: autonomy}}") == [
        "core_values.helpful.employee (line 9): 'autonomy' is not a measure or a driver of a survey of employees. None "
        "is declared; choose from them, or declare it under drivers."
    ]


def test_an_indicator_has_a_label_a_direction_and_a_denominator(params):
    """It is printed per hundred unless another number is given."""
    declared = "exits: {direction: low_is_good}, visits: {direction: high_is_good, per: 1}"
    exits, visits = params(f"tables: {{indicators: i.csv}}\nindicators: {{{declared}}}").indicators.values()
    assert (exits.direction, exits.per, exits.label, visits.per) == ("low_is_good", 100, None, 1)


def test_the_board_edition_is_made_unless_others_are_named(params):
    """The order is that of the file; one alone needs no list."""
    assert params().report.editions == ("board",)
    assert params("report: {editions: [public, board]}").report.editions == ("public", "board")
    assert params("report: {editions: public}").report.editions == ("public",)
