"""What the declared measures add up to: one metric per measure, audience and measurement."""

from __future__ import annotations

from helpers.params.metrics import headlines, metrics
from helpers.params.sources import metric_key

STAFF = """\
  staff:
    path: b.csv
    audience: employee
    measurement: employee
    measures:
      enps: {column: E, scale: 0-10}
      effort: {column: F, scale: 1-5, direction: low_is_good, rule: top_box, top: 2}
    columns: {date: day, weight: w}
  staff_before:
    path: c.csv
    audience: employee
    measurement: employee
    measures: {enps: {column: E, scale: 0-10}}
    wave: 2025-Q1
"""


def test_a_metric_has_one_name():
    """The name used in headlines, ids of figures and commentary."""
    assert metric_key("csat", "customer", "transactional") == "csat.customer.transactional"
    assert metric_key("enps", "employee", "employee") == "enps"
    assert metric_key("mood", "employee", "employee") == "mood.employee"


def test_two_files_of_one_survey_are_one_metric(params):
    """In the order of the file, weighted when any of its files is."""
    found = {metric.key: (metric.sources, metric.weighted) for metric in metrics(params(STAFF))}
    assert found == {
        "nps.customer.relational": (("survey",), False),
        "enps": (("staff", "staff_before"), True),
        "effort.employee": (("staff",), True),
    }


def test_a_metric_knows_its_rule_and_its_best_answers(params):
    """Where a low answer is good, the lowest answers are the top box."""
    nps, enps, effort = metrics(params(STAFF))
    assert (nps.rule, enps.rule, effort.rule) == ("nps", "nps", "top_box")
    assert (nps.unit, effort.unit) == ("points", "percent")
    assert (nps.best_answers, effort.best_answers) == ((), (1, 2))
    assert effort.high_is_good


def test_the_report_leads_with_what_is_declared_else_with_each_survey(params):
    """Declared headlines keep their order; without any, the first measure of each kind of survey leads."""
    assert [metric.key for metric in headlines(params(STAFF))] == ["nps.customer.relational", "enps"]
    declared = params(STAFF + "headline: [effort.employee, nps.customer.relational]")
    assert [metric.key for metric in headlines(declared)] == ["effort.employee", "nps.customer.relational"]
