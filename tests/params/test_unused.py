"""Which keys of a file no chapter uses yet."""

from __future__ import annotations

from helpers.params import Params, Unused, unused
from helpers.params.keys import every_key
from helpers.params.section import LATER

SURVEY = """\
drivers: {speed: {column: a, scale: 1-5}}
"""
TOP = """\
core_values: {helpful: {customer: nps}}
privacy:
  employee: {roll_up: true, quotes: none}
  customer: {complementary: true}
  public: {minimum_respondents: 50}
  retention: 24 months
  works_council: {consent: 2026-01-05, per_employee: coaching}
report: {editions: [board, public]}
zero_measurement: {legacy: [{metric: nps, value: 1, date: 2024, source: Y}]}
"""


def test_the_smallest_file_uses_every_key(params):
    """Nothing that is left out is reported."""
    assert unused(params()) == ()


def test_a_key_without_effect_is_named_with_what_will_use_it(params):
    """In the order of the template, with its whole place; a section counts once."""
    found = unused(params(TOP, survey=SURVEY, columns="columns: {date: day, reason: r, agent: a}"))
    assert found == (
        Unused("sources.survey.drivers", "reasons"),
        Unused("sources.survey.columns.agent", "coaching, and answers clustered by agent"),
        Unused("sources.survey.columns.reason", "reasons"),
        Unused("zero_measurement.legacy", "the zero measurement of another agency"),
        Unused("core_values", "employees and customers"),
        Unused("privacy.employee.quotes", "reasons"),
        Unused("privacy.works_council.per_employee", "coaching"),
        Unused("privacy.retention", "retention"),
    )


def test_a_default_that_is_written_out_asks_for_nothing(params):
    """Whoever writes masked quotes gets what the report does already."""
    assert unused(params("privacy: {customer: {quotes: masked}}")) == ()
    assert unused(params("privacy: {customer: {quotes: none}}")) == (Unused("privacy.customer.quotes", "reasons"),)


def test_an_indicator_that_does_not_lead_is_not_used_yet(params):
    """It is read and checked, and printed nowhere; its place is between the tables and the zero measurement."""
    counted = (
        "tables: {indicators: i.csv, customers: c.csv}\n"
        "indicators: {complaints: {direction: low_is_good}, exits: {direction: low_is_good}}\n"
        "core_values: {helpful: {customer: nps}}\n"
    )
    assert unused(params(counted + "headline: [nps, complaints]")) == (
        Unused("tables.customers", "customer value"),
        Unused("indicators.exits", "employees and customers"),
        Unused("core_values", "employees and customers"),
    )
    assert [each.key for each in unused(params(counted))] == [
        "tables.customers", "indicators.complaints", "indicators.exits", "core_values",
    ]  # fmt: skip


def test_every_mark_is_found_in_a_full_file(complete):
    """The template with every example on uses each key that is marked for later."""
    marked = {}
    for place, field in every_key(Params):
        extra = field.json_schema_extra
        if isinstance(extra, dict) and LATER in extra and not any(place[: len(above)] == above for above in marked):
            marked[place] = extra[LATER]
    names = [(key.split("."), part) for key, part in unused(Params.model_validate(complete))]
    found = {
        (tuple("<name>" if above == "sources" else name for above, name in _pairs(key)), part) for key, part in names
    }
    assert found == set(marked.items())


def _pairs(names):
    """Return each name with the one above it."""
    return zip(["", *names], names, strict=False)
