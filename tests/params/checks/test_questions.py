"""The rules for questions: one place, items that differ, values on the scale, and an NPS that is one."""

from __future__ import annotations

import pytest

MEASURES = {
    "{scale: 1-5}": (
        " (line 7): it has no column. Add the column that holds the answers, such as column: Q3, or, for a scale "
        "from several questions, items: [Q8_1, Q8_2]."
    ),
    "{column: a, items: [b, c], scale: 1-5}": (
        ".items (line 7): column stands here too. Keep column for one question, or items for a scale from several."
    ),
    "{items: [b], scale: 1-5}": (".items (line 7): one item is no scale. Write it as column, or add the other items."),
    "{items: [b, {column: c, reversed: yes}, b], scale: 1-5}": (
        ".items[2] (line 7): 'b' is item 1 already. Keep one of the two."
    ),
    "{items: [{position: 3}, {column: {position: 3}}], scale: 1-5}": (
        ".items[1] (line 7): column 3 is item 1 already. Keep one of the two."
    ),
    "{items: [b, {reversed: yes}], scale: 1-5}": (
        ".items[1] (line 7): 'column' is missing. It says: the column of the file that holds the answers. Add it,"
        " such as column: Q8_1."
    ),
    "{items: [b, {column: c, reverse: yes}], scale: 1-5}": (
        ".items[1]: unknown key 'reverse' (line 7). Did you mean 'reversed'? All keys are listed in "
        "params/_template/params.yaml."
    ),
    "{items: [b, {column: c, reversed: maybe}], scale: 1-5}": (
        ".items[1].reversed (line 7): 'maybe' is not true or false. Write one of the two."
    ),
    "{items: [b, ''], scale: 1-5}": (
        ".items[1].column (line 7): the text is empty. A column without a name is named by its place, such as "
        "{position: 1}."
    ),
    "{column: a, scale: 1-5, reversed: true}": (
        ": unknown key 'reversed' (line 7). A measure has a direction: write direction: low_is_good."
    ),
    "{column: a, scale: 1-5, values: {good: 6}}": (
        ".values.good (line 7): 6 is not on the scale 1-5. Correct the value or the scale; a text that is no "
        "answer belongs under no_answer."
    ),
    "{column: a, scale: 1-5, values: {' ': 5}}": (
        ".values (line 7): an empty cell is no answer, so it has no value. Remove it."
    ),
    "{column: a, scale: 1-5, values: {good: high}}": (
        ".values.good (line 7): 'high' is not a number. Write digits, such as 10 or 7.5."
    ),
    "{column: a, scale: 1-5, values: {good: 5, none: 1}, no_answer: [none]}": (
        ".values.none (line 7): 'none' stands under no_answer too. Remove one of the two."
    ),
    "{column: a, scale: 1-5, label: ''}": (".label (line 7): the text is empty. Write a text, or leave the key out."),
    "{column: a, scale: 1-10, vendor_score: 11}": (
        ".vendor_score (line 7): 11 is outside 1…10, the range of this score. Write the score as the survey tool "
        "prints it."
    ),
    "{column: a, scale: 1-10, vendor_score: high}": (
        ".vendor_score (line 7): 'high' is not a number. Write digits, such as 10 or 7.5."
    ),
    "{column: a, nps_by_convention: 1-10}": (
        ".nps_by_convention (line 7): nps_by_convention belongs to nps and enps. Write scale in its place."
    ),
}

NPS = {
    "{items: [a, b], scale: 0-10}": (
        ".items (line 7): an NPS is one question, not a scale from several: a mean of items has no promoters. "
        "Write its column, or give the scale another name."
    ),
    "{column: a, nps_by_convention: 0-10}": (
        ".nps_by_convention (line 7): 0-10 is not 1-10, the one scale that is scored by convention. Write 1-10 if"
        " that is how the question was asked; else leave the key out and write scale."
    ),
    "{column: a, nps_by_convention: ten}": (
        ".nps_by_convention (line 7): 'ten' is not a scale. Write the lowest and the highest answer, such as 0-10"
        " or 1-5."
    ),
    "{column: a, nps_by_convention: 1-10, scale: 0-10}": (
        ".nps_by_convention (line 7): 1-10 stands here and scale: 0-10 beside it. Keep the one with which the "
        "question was asked."
    ),
    "{column: a, scale: 0-10, vendor_score: -142}": (
        ".vendor_score (line 7): −142 is outside −100…100, the range of this score. Write the score as the survey"
        " tool prints it."
    ),
}

DRIVERS = {
    "{scale: 1-5}": (
        " (line 9): it has no column. Add the column that holds the answers, such as column: Q3, or, for a scale "
        "from several questions, items: [Q8_1, Q8_2]."
    ),
    "{column: a, items: [b, c], scale: 1-5}": (
        ".items (line 9): column stands here too. Keep column for one question, or items for a scale from several."
    ),
    "{items: [b, b], scale: 1-5}": (".items[1] (line 9): 'b' is item 1 already. Keep one of the two."),
    "{column: a, scale: 5}": (
        ".scale (line 9): 5 is not a scale. Write the lowest and the highest answer, such as 0-10 or 1-5."
    ),
    "{column: a, scale: 1-5, reversed: maybe}": (
        ".reversed (line 9): 'maybe' is not true or false. Write one of the two."
    ),
    "{column: a, scale: 1-5, direction: low_is_good}": (
        ": unknown key 'direction' (line 9). A driver is turned round with reversed: true."
    ),
    "{column: a, scale: 1-5, values: {always: 0}}": (
        ".values.always (line 9): 0 is not on the scale 1-5. Correct the value or the scale; a text that is no "
        "answer belongs under no_answer."
    ),
    "{column: a, scale: 1-5, no_answer: [5]}": (
        ".no_answer (line 9): 5 is on the scale 1-5 of speed, so true answers would count as skipped. Remove it, "
        "or give the measures for which it means 'no answer' their own no_answer."
    ),
    "{column: a, scale: 1-5, rule: mean}": (
        ": unknown key 'rule' (line 9). It belongs under sources.<name>.measures.<name>. All keys are listed in "
        "params/_template/params.yaml."
    ),
}


@pytest.mark.parametrize("measure", MEASURES)
def test_a_measure_says_where_its_answers_stand_and_what_they_mean(faults, measure):
    """A column or several items, values on the scale, and one meaning per text."""
    assert faults(measures=f"measures: {{csat: {measure}}}") == [f"sources.survey.measures.csat{MEASURES[measure]}"]


@pytest.mark.parametrize("measure", NPS)
def test_an_nps_is_one_question_on_its_own_scale(faults, measure):
    """Items make no NPS, and only a question from 1 to 10 is one by convention."""
    assert faults(measures=f"measures: {{nps: {measure}}}") == [f"sources.survey.measures.nps{NPS[measure]}"]


@pytest.mark.parametrize("driver", DRIVERS)
def test_a_driver_is_a_question_too(faults, driver):
    """What holds for a measure holds for a driver, which is turned round by reversed."""
    assert faults(survey=f"drivers: {{speed: {driver}}}") == [f"sources.survey.drivers.speed{DRIVERS[driver]}"]


def test_an_nps_by_convention_is_an_nps_from_1_to_10(params):
    """Its scale is 1-10, its score an NPS, and it knows that it is no real one."""
    measures = "measures: {nps: {column: Q3, nps_by_convention: 1-10}, csat: {column: Q4, scale: 1-10}}"
    nps, csat = params(measures=measures).sources["survey"].measures.values()
    assert (nps.scale, nps.score_rule("nps"), nps.score_range("nps")) == ((1, 10), "nps", (-100, 100))
    assert (nps.nps_by_convention, csat.nps_by_convention) == ((1, 10), None)
    both = params(measures="measures: {nps: {column: Q3, nps_by_convention: 1-10, scale: 1-10}}")
    assert both.sources["survey"].measures["nps"] == nps


def test_items_are_columns_and_some_are_reversed(params):
    """An item is a column by its name or place, or a column with its direction."""
    measures = "measures: {trust: {items: [a, {position: 3}, {column: b, reversed: yes}], scale: 1-5}}"
    measure = params(measures=measures).sources["survey"].measures["trust"]
    assert measure.column is None
    assert [(item.column, item.reversed) for item in measure.items] == [
        ("a", False),
        (measure.items[1].column, False),
        ("b", True),
    ]
    assert measure.items[1].column.position == 3


def test_values_and_a_vendor_score_are_numbers(params):
    """What texts mean, and the score to reconcile with."""
    measures = 'measures: {nps: {column: a, scale: 0-10, values: {"10 - sure": 10, never: 0}, vendor_score: "22,2"}}'
    measure = params(measures=measures).sources["survey"].measures["nps"]
    assert (measure.values, measure.vendor_score) == ({"10 - sure": 10, "never": 0}, 22.2)


def test_a_driver_may_be_reversed_and_built_from_items(params):
    """A driver has the keys of a question, and reversed."""
    driver = params(survey="drivers: {hassle: {items: [a, b], scale: 1-5, reversed: true}}").sources["survey"].drivers
    assert (driver["hassle"].reversed, len(driver["hassle"].items)) == (True, 2)


def test_a_text_of_the_source_that_means_no_answer_has_no_value(faults):
    """The list of the source counts where the question has none of its own."""
    measures = "measures: {csat: {column: a, scale: 1-5, values: {none: 1}}}"
    assert faults(measures=measures, survey="no_answer: [' none ']") == [
        "sources.survey.measures.csat.values.none (line 7): 'none' stands under no_answer too. Remove one of the two."
    ]


def test_no_answer_of_the_source_is_off_the_scale_of_a_driver(faults):
    """99 is an answer on 0-100, whoever asks."""
    assert faults(survey="drivers: {speed: {column: a, scale: 0-100}}\nno_answer: [99]") == [
        "sources.survey.no_answer (line 10): 99 is on the scale 0-100 of speed, so true answers would count as "
        "skipped. Remove it, or give the measures for which it means 'no answer' their own no_answer."
    ]
