"""What the declared measures add up to: one metric per measure, audience and measurement."""

from __future__ import annotations

from helpers.params.loading import read
from helpers.params.metrics import figure_id, headlines, is_of, metrics, scope_of
from helpers.params.sources import metric_key
from helpers.params.targets import Target

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


def test_without_declared_headlines_each_survey_leads_once():
    """With its first measure in the order of the file."""
    assert len(headlines(params_of("nps", "csat"))) == 1
    assert [metric.key for metric in headlines(params_of("csat", "nps"))] == ["csat.customer.relational"]


def test_where_a_low_answer_is_good_a_mean_turns_round_and_a_top_box_does_not():
    """A share of best answers is better when it is larger, whichever answers are best."""
    (mean,) = metrics(params_of("effort", more="direction: low_is_good"))
    (share,) = metrics(params_of("effort", more="direction: low_is_good, rule: top_box, top: 2"))
    assert (mean.unit, mean.high_is_good, mean.best_answers) == ("scale", False, ())
    assert (share.unit, share.high_is_good, share.best_answers) == ("percent", True, (0, 1))


def test_the_top_box_is_at_the_good_end_of_the_scale():
    """The two highest of 0-10, where a high answer is good."""
    (share,) = metrics(params_of("csat", more="rule: top_box, top: 2"))
    assert share.best_answers == (9, 10)


def test_a_target_is_about_its_own_measure_and_survey():
    """One without a measurement is about the only one there is."""
    (nps,) = metrics(params_of("nps"))
    targets = [
        Target(metric=name, measurement=survey, baseline="2025-Q1", target="1", due="2026-01-01", owner="Me")
        for name, survey in (("nps", None), ("nps", "relational"), ("nps", "transactional"), ("csat", None))
    ]
    assert [is_of(target, nps) for target in targets] == [True, True, False, False]


def test_a_scope_names_a_unit_by_its_whole_path():
    """So that two teams Noord stay two; a product is its own name."""
    scope = {"unit": ["Klant", "Noord"], "product": "Gas"}
    target = Target(metric="enps", scope=scope, baseline="2025-Q1", target="1", due="2026-01-01", owner="Me")
    assert scope_of(target) == {"unit": "Klant › Noord", "product": "Gas"}


def test_a_figure_has_one_id():
    """Whatever the order of its scope; commentary and `diff` point at it."""
    scopes = ({"product": "Gas", "process": "Storing"}, {"process": "Storing", "product": "Gas"})
    assert {figure_id("nps.customer.transactional", scope, "2026-Q3") for scope in scopes} == {
        "nps.customer.transactional[process=Storing,product=Gas]@2026-Q3"
    }
    assert figure_id("enps", {}, "2026-Q3") == "enps@2026-Q3"


def params_of(*names, more="direction: high_is_good"):
    """Return params of one relational survey with these measures on 0-10."""
    rule = more if "nps" not in names else "direction: high_is_good"
    measures = ", ".join(f"{name}: {{column: {name}, scale: 0-10, {rule}}}" for name in names)
    text = (
        "organisation: {name: Acme}\nsources:\n  survey:\n    path: a.csv\n    audience: customer\n"
        f"    measurement: relational\n    measures: {{{measures}}}\n    columns: {{date: day}}\n"
    )
    return read(text, file="params/acme/params.yaml")
