"""The rules between keys: each fault is named where it stands, and one unknown value silences one check only."""

from __future__ import annotations

import pytest

EMPLOYEES = """\
  staff:
    path: b.csv
    audience: employee
    measurement: employee
    measures: {enps: {column: E, scale: 0-10}}
    columns: {date: day, unit: [division, team]}
"""
TRANSACTIONAL = """\
  contact:
    path: c.csv
    audience: customer
    measurement: transactional
    measures:
      nps: {column: Q3, scale: 0-10}
      csat: {column: Q4, scale: 1-10}
      happy: {column: Q4, scale: 1-5, rule: top_box, top: 2}
    columns: {date: day}
    dimensions: {product: p, process: q}
    segments: {age: a}
    labels: {product: {P01: Stroom, P02: Gas}}
"""
GOAL = "baseline: 2026-Q1, due: 2026-12-31, owner: Board"

MEASURES = {
    "{nps: {column: Q3, scale: 1-10}}": (
        ".nps.scale (line 7): 1-10 is not the scale of an NPS. The Net Promoter Score is defined on the eleven answers "
        "0-10; the bands 0–6, 7–8 and 9–10 mean nothing on 1-10 or 0-100. Check the question; for one asked from 1 to "
        "10 write nps_by_convention: 1-10 in place of scale, for another scale use another name with rule: mean or "
        "top_box."
    ),
    "{likely: {column: Q3, scale: 0-100, rule: nps}}": (
        ".likely.scale (line 7): 0-100 is not the scale of an NPS. The Net Promoter Score is defined on the eleven "
        "answers 0-10; the bands 0–6, 7–8 and 9–10 mean nothing on 1-10 or 0-100. Check the question; for one asked "
        "from 1 to 10 write nps_by_convention: 1-10 in place of scale, for another scale use another name with rule: "
        "mean or top_box."
    ),
    "{nps: {column: Q3, scale: 0-10, rule: mean}}": (
        ".nps.rule (line 7): mean is not the rule of nps. Leave the key out, or give the measure another name."
    ),
    "{nps: {column: Q3, scale: 0-10, direction: low_is_good}}": (
        ".nps.direction (line 7): an NPS counts 9 and 10 as promoters, so a high answer is good. Leave the key out."
    ),
    "{enps: {column: Q3, scale: 0-10}}": (
        ".enps (line 7): enps is asked of customers here, where this measure is called nps. Rename it."
    ),
    "{csat: {column: Q3, scale: 1-5, rule: top_box}}": (
        ".csat.rule (line 7): top_box needs top: how many of the best answers count. Add it, such as top: 2."
    ),
    "{csat: {column: Q3, scale: 1-5, rule: top_box, top: 5}}": (
        ".csat.top (line 7): 5 is not below 5, the number of answers on 1-5. Lower it."
    ),
    "{csat: {column: Q3, scale: 1-5, top: 2}}": (
        ".csat.top (line 7): top belongs to rule: top_box. Add that rule, or leave top out."
    ),
    "{nps: {column: Q3, scale: 0-10, no_answer: [11, 0]}}": (
        ".nps.no_answer (line 7): 0 is on the scale 0-10 of nps, so true answers would count as skipped. Remove it, or "
        "give the measures for which it means 'no answer' their own no_answer."
    ),
    "{a.b: {column: Q3, scale: 1-5}}": (
        ".a.b (line 7): 'a.b' is not a name. A name has letters, digits, spaces, - and _, and starts with a letter or "
        "digit. Rename it."
    ),
}


@pytest.mark.parametrize("measures", MEASURES)
def test_a_measure_agrees_with_itself(faults, measures):
    """Scale, rule, direction and top fit each other."""
    assert faults(measures=f"measures: {measures}") == [f"sources.survey.measures{MEASURES[measures]}"]


def test_the_rule_is_nps_for_nps_and_mean_for_others(params):
    """The rule in force, and the range of its scores."""
    source = params(TRANSACTIONAL).sources["contact"]
    rules = {name: (measure.score_rule(name), measure.score_range(name)) for name, measure in source.measures.items()}
    assert rules == {"nps": ("nps", (-100, 100)), "csat": ("mean", (1, 10)), "happy": ("top_box", (0, 100))}


SURVEYS = {
    "no_answer: [7, x]": (
        ".no_answer (line 9): 7 is on the scale 0-10 of nps, so true answers would count as skipped. Remove it, or "
        "give "
        "the measures for which it means 'no answer' their own no_answer."
    ),
    "dimensions: {age: a}\nsegments: {age: b}": (
        ".segments.age (line 10): 'age' is a dimension too. Keep one of the two."
    ),
    "dimensions: {unit: team}": (
        ".dimensions.unit (line 9): 'unit' has a place of its own. Move it to columns, such as columns: {unit: "
        "[division, team]}."
    ),
    "segments: {visits: {column: v, bins: [1, 6, 3]}}": (
        ".segments.visits.bins (line 9): the classes do not begin ever higher. Write their lowest values in order, "
        "such "
        "as [1, 3, 6, 11]."
    ),
    "dimensions: {product: p}\nlabels: {produkt: {A: a}}": (
        ".labels.produkt (line 10): 'produkt' is not a dimension, a segment, touchpoint or channel of this source. Did "
        "you mean 'product'? Declared are product; correct the name or declare it."
    ),
    "labels: {channel: {A: a}}": (
        ".labels.channel (line 9): 'channel' is not a dimension, a segment, touchpoint or channel of this source. None "
        "is declared; correct the name or declare it."
    ),
    "dimensions: {product: p}\nlabels: {product: {A: Gas, B: Heat, C: Gas}}": (
        ".labels.product.C (line 10): 'Gas' is the name of code 'A' already. Give each code a name of its own."
    ),
    "duplicates: latest": (
        ".duplicates (line 9): 'latest' needs columns.response_id, which tells what is a duplicate. Add that column."
    ),
    "separator: ','\ndecimal: ','": (
        ".decimal (line 10): ',' is the separator too. One of the two is wrong; correct it or leave it out."
    ),
    "keep_where: {kind: {not: []}}": (
        ".keep_where.kind (line 9): the list of values is empty. Write at least one value."
    ),
    "keep_where: {kind: []}": (".keep_where.kind (line 9): the list of values is empty. Write at least one value."),
    "keep_where: {kind: {from: 12, to: 10}}": (
        ".keep_where.kind (line 9): from 12 is above to 10, so no row would be kept. Correct the order."
    ),
    "keep_where: {kind: {from: '0,5', to: -1.5}}": (
        ".keep_where.kind (line 9): from 0,5 is above to -1.5, so no row would be kept. Correct the order."
    ),
    "keep_where: {kind: {from: 2026-02-01, to: 2026-01-31}}": (
        ".keep_where.kind (line 9): from 2026-02-01 is above to 2026-01-31, so no row would be kept. Correct the order."
    ),
    "method: {fieldwork: [2026-02-01, 2026-01-01]}": (
        ".method.fieldwork (line 9): the first day, 2026-02-01, is after the last, 2026-01-01. Correct the order."
    ),
}


@pytest.mark.parametrize("survey", SURVEYS)
def test_a_survey_agrees_with_itself(faults, survey):
    """Names, labels, classes, ids and dates fit each other."""
    assert faults(survey=survey) == [f"sources.survey{SURVEYS[survey]}"]


@pytest.mark.parametrize("bounds", ["from: 9, to: 10", "from: 7, to: 7", "from: 2026-01-01, to: 9", "from: b, to: a"])
def test_a_range_that_may_hold_something_is_left_to_the_data(params, bounds):
    """Numbers are compared as numbers; what is not two numbers or two days is not compared."""
    assert "kind" in params(survey=f"keep_where: {{kind: {{{bounds}}}}}").sources["survey"].keep_where


def test_a_survey_has_a_date_or_a_wave(faults, params):
    """Every answer falls in a period."""
    assert faults(columns="columns: {weight: w}") == [
        "sources.survey (line 3): the answers have no date. Name the column under columns, such as date: completed_on, "
        "or, for a file without dates, write the period of the survey, such as wave: 2026-Q1."
    ]
    assert params(columns="wave: 2026-Q1").sources["survey"].wave == "2026-Q1"


@pytest.mark.parametrize(
    ("audience", "measurement", "allowed"),
    [("customer", "employee", "transactional or relational"), ("employee", "relational", "employee")],
)
def test_audience_and_measurement_go_together(faults, audience, measurement, allowed):
    """Employees answer an employee survey, customers a transactional or a relational one."""
    found = faults(
        audience=f"audience: {audience}",
        measurement=f"measurement: {measurement}",
        measures="measures: {x: {column: x, scale: 1-5}}",
    )
    assert found == [
        f"sources.survey.measurement (line 6): '{measurement}' does not go with audience: {audience}. With that "
        "audience "
        f"write {allowed}, or correct the audience."
    ]


def test_a_customer_has_no_employee_number(faults):
    """The two kinds of id are treated differently, so they are never mixed up."""
    assert faults(columns="columns: {date: day, employee_id: e}") == [
        "sources.survey.columns.employee_id (line 8): employee_id does not go with audience: customer. Write "
        "customer_id, or leave the key out."
    ]


def test_one_measure_means_one_thing(faults):
    """Answers of two files are only taken together when they were given on one scale."""
    second = (
        "  later: {path: d.csv, audience: customer, measurement: relational, wave: 2027-Q1, "
        "measures: {csat: {column: Q, scale: 1-10}}}\n"
    )
    assert faults(second, measures="measures: {csat: {column: Q3, scale: 1-5}}") == [
        "sources.later.measures.csat (line 9): csat.customer.relational has another scale, direction or rule than in "
        "sources.survey, and the answers of one measure are taken together. Make them equal, or give one of the two "
        "another name."
    ]


def test_another_survey_may_ask_on_another_scale(params):
    """Transactional and relational answers are never taken together."""
    found = params(TRANSACTIONAL, measures="measures: {csat: {column: Q3, scale: 1-5}}")
    assert found.sources["survey"].measures["csat"].scale == (1, 5)


HEADLINES = {
    "[nps.customer.relationel]": (
        "[0] (line 21): 'nps.customer.relationel' is not measured. Did you mean 'nps.customer.relational'? What can "
        "lead: nps.customer.relational, nps.customer.transactional, csat.customer.transactional, "
        "happy.customer.transactional; choose from them."
    ),
    "[enps]": (
        "[0] (line 21): 'enps' is not measured. What can lead: nps.customer.relational, "
        "nps.customer.transactional, csat.customer.transactional, happy.customer.transactional; choose from them."
    ),
    "[nps.customer.relational, nps.customer.relational]": (
        "[1] (line 21): 'nps.customer.relational' stands here twice. Keep one."
    ),
}


@pytest.mark.parametrize("headline", HEADLINES)
def test_a_headline_is_measured(faults, headline):
    """What leads the report exists, once."""
    assert faults(TRANSACTIONAL + f"headline: {headline}") == [f"headline{HEADLINES[headline]}"]


def test_at_most_four_measures_lead(faults):
    """A summary that leads with everything leads with nothing."""
    five = (
        "nps.customer.relational, nps.customer.transactional, csat.customer.transactional, enps, "
        "happy.customer.transactional"
    )
    assert faults(TRANSACTIONAL + EMPLOYEES + f"headline: [{five}]") == [
        "headline (line 27): 5 measures stand here, 4 at most fit the summary. Keep the most important."
    ]


def test_employees_measures_have_short_names(params):
    """enps, and measure.employee for the rest."""
    more = EMPLOYEES.replace("0-10}}", "0-10}, mood: {column: M, scale: 0-10}}")
    assert params(more + "headline: [enps, mood.employee]").headline == ("enps", "mood.employee")


def test_the_zero_measurement_is_cut_by_what_is_declared(faults, params):
    """Each name is a dimension or segment of some survey, once."""
    assert faults(TRANSACTIONAL + "zero_measurement: {by: [product, proces, product]}") == [
        "zero_measurement.by[1] (line 21): 'proces' is not a dimension or segment of any source. Did you mean "
        "'process'? Declared are product, process, age; choose from them, or declare it under dimensions.",
        "zero_measurement.by[2] (line 21): 'product' stands here twice. Keep one.",
    ]
    assert faults("zero_measurement: {by: product}") == [
        "zero_measurement.by[0] (line 9): 'product' is not a dimension or segment of any source. None is declared; "
        "choose from them, or declare it under dimensions."
    ]
    assert params(TRANSACTIONAL + "zero_measurement: {by: [age]}").zero_measurement.by == ("age",)


TARGETS = {
    f"metric: nsp, target: 5, {GOAL}": (
        ".metric (line 28): 'nsp' is not measured. Did you mean 'nps'? The sources measure nps, csat, happy, enps; "
        "choose from them."
    ),
    f"metric: nps, target: 5, {GOAL}": (
        " (line 28): nps is measured as relational and transactional. Add which is meant, such as measurement: "
        "relational."
    ),
    f"metric: csat, measurement: relational, target: 5, {GOAL}": (
        ".measurement (line 28): csat is not measured as 'relational' but as transactional. Correct one of the two."
    ),
    f"metric: nps, measurement: relational, target: 142, {GOAL}": (
        ".target (line 28): 142 is outside −100…100. An NPS target is a score in points; correct the value."
    ),
    f"metric: enps, target: -101, {GOAL}": (
        ".target (line 28): −101 is outside −100…100. An eNPS target is a score in points; correct the value."
    ),
    f"metric: csat, target: 80, {GOAL}": (
        ".target (line 28): 80 is outside 1…10. A target for csat is a mean on its scale; correct the value."
    ),
    f"metric: happy, target: 120, {GOAL}": (
        ".target (line 28): 120 is outside 0…100. A target for happy is a percentage of the answers; correct the value."
    ),
    f"metric: csat, target: 8, scope: {{produkt: Gas}}, {GOAL}": (
        ".scope.produkt (line 28): 'produkt' is not declared in sources.contact. Did you mean 'product'? A group is "
        "named by product, process, age; correct the name or declare it."
    ),
    f"metric: nps, measurement: relational, target: 8, scope: {{product: Gas}}, {GOAL}": (
        ".scope.product (line 28): 'product' is not declared in sources.survey. It declares no groups; correct the "
        "name "
        "or declare it."
    ),
    f"metric: csat, target: 8, scope: {{product: P02}}, {GOAL}": (
        ".scope.product (line 28): 'P02' is a code of the file. Write the name that the report uses, 'Gas'."
    ),
    f"metric: csat, target: 8, scope: {{product: [Gas, Stroom]}}, {GOAL}": (
        ".scope.product (line 28): 2 values stand here; a target is about one group. Write one value, and a target of "
        "its own for each other group."
    ),
    f"metric: csat, target: 8, scope: {{product: []}}, {GOAL}": (
        ".scope.product (line 28): there is nothing in it. Write the name of the group."
    ),
    f"metric: enps, target: 8, scope: {{unit: [Klant, Service, Noord]}}, {GOAL}": (
        ".scope.unit (line 28): the unit has 3 levels, columns.unit has 2. Write the path from the widest level down."
    ),
    "metric: csat, target: 8, baseline: 2026-Q1, due: 2026-03-31, owner: Board": (
        ".due (line 28): 2026-03-31 is not after 2026-03-31, the last day of the baseline 2026-Q1. Correct the date or "
        "the baseline."
    ),
    "metric: csat, target: 8, baseline: 2026-13, due: 2026-12-31, owner: Board": (
        ".baseline (line 28): '2026-13' is not a period. Allowed are 2026, 2026-H1, 2026-Q3 or 2026-07; correct the "
        "value."
    ),
    "metric: csat, target: 8, baseline: 2026-Q1, due: 31-12-2026, owner: Board": (
        ".due (line 28): '31-12-2026' is not a date. Write year-month-day; did you mean 2026-12-31?"
    ),
}


@pytest.mark.parametrize("target", TARGETS)
def test_a_target_can_be_reached(faults, target):
    """A target is about something measured, in its range, for a declared group, after its baseline."""
    assert faults(TRANSACTIONAL + EMPLOYEES + f"targets:\n  - {{{target}}}") == [f"targets[0]{TARGETS[target]}"]


@pytest.mark.parametrize(
    "target",
    [
        f"metric: nps, measurement: transactional, target: -100, scope: {{product: Stroom, process: Storing}}, {GOAL}",
        f"metric: enps, target: 100, scope: {{unit: [Klant, Service]}}, {GOAL}",
        f"metric: enps, target: 15, scope: {{unit: Klant}}, {GOAL}",
        f"metric: csat, target: 7.5, scope: {{age: 65+}}, {GOAL}",
        f"metric: happy, measurement: transactional, target: 0, {GOAL}",
    ],
)
def test_a_good_target_is_accepted(params, target):
    """The ends of a range belong to it, and a measurement may be left out where there is one."""
    assert len(params(TRANSACTIONAL + EMPLOYEES + f"targets: [{{{target}}}]").targets) == 1


def test_the_same_target_twice_is_a_fault(faults):
    """The measurement may be implied, and the order of the scope does not matter."""
    targets = f"""\
targets:
  - {{metric: csat, scope: {{product: Gas, process: A}}, target: 7, {GOAL}}}
  - {{metric: csat, scope: {{product: Gas, process: A}}, target: 8, {GOAL.replace("2026-12", "2027-12")}}}
  - {{metric: csat, measurement: transactional, scope: {{process: [A], product: Gas}}, target: 8, {GOAL}}}
"""
    assert faults(TRANSACTIONAL + targets) == [
        "targets[2] (line 24): targets[0] is about the same score, group and day. Keep one of the two."
    ]


def test_the_baseline_follows_the_fiscal_year(faults, params):
    """With a fiscal year from July, 2026-Q1 ends in September."""
    target = "targets: [{metric: nps, baseline: 2026-Q1, target: 7, due: 2026-09-30, owner: Board}]"
    assert len(params(target).targets) == 1
    assert faults(f"fiscal_year_start: 7\n{target}") == [
        "targets[0].due (line 10): 2026-09-30 is not after 2026-09-30, the last day of the baseline 2026-Q1. Correct "
        "the date or the baseline."
    ]
    assert str(params("fiscal_year_start: 7").period("2026-Q1").first) == "2026-07-01"


def test_what_is_unknown_has_no_consequences(faults):
    """A broken survey is one fault; its targets and headlines are not blamed for it."""
    more = f"headline: [csat.customer.relational]\ntargets: [{{metric: csat, target: 7, {GOAL}}}]\nreport: []\n"
    assert faults(more, audience="audience: custmer", measures="measures: {csat: {column: Q3, scale: 10}}") == [
        "sources.survey.audience (line 5): 'custmer' is not one of customer, employee. Did you mean 'customer'?",
        "sources.survey.measures.csat.scale (line 7): 10 is not a scale. Write the lowest and the highest answer, such "
        "as 0-10 or 1-5.",
        "report (line 11): a list stands where a group of keys is expected. Write one key: value per line below it.",
    ]


def test_what_is_known_is_still_checked(faults):
    """One broken survey does not hide the faults of another, nor those of the targets on it."""
    more = TRANSACTIONAL.replace("1-5, rule: top_box, top: 2", "1-5, rule: top_box") + (
        f"targets:\n  - {{metric: csat, target: 80, {GOAL}}}\n  - {{metric: csat, target: 81, baseline: x}}\n"
    )
    found = faults(more, columns="columns: {date: [x]}", measures="measures: {mood: {column: Q3, scale: 1-5, top: 1}}")
    assert [message.partition(" (line")[0] for message in found] == [
        "sources.survey.measures.mood.top",
        "sources.survey.columns.date",
        "sources.contact.measures.happy.rule",
        "targets[0].target",
        "targets[1].baseline",
        "targets[1]",
        "targets[1]",
        "targets[1].target",
    ]
