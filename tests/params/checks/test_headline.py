"""What may lead the report: measures by key or short name, the roadmap, and indicators."""

from __future__ import annotations

import pytest

from helpers.params.metrics import headlines, leading

CONTACT = """\
  contact:
    path: c.csv
    audience: customer
    measurement: transactional
    measures: {nps: {column: Q3, scale: 0-10}, csat: {column: Q4, scale: 1-10}}
    columns: {date: day}
roadmap: {}
tables: {indicators: i.csv}
indicators: {complaints: {direction: low_is_good}}
"""

HEADLINES = {
    "[nps]": (
        "[0] (line 18): 'nps' can mean nps.customer.relational and nps.customer.transactional. Write which of them."
    ),
    "[csat, csat.customer.transactional]": (
        "[1] (line 18): 'csat.customer.transactional' stands here twice. Keep one."
    ),
    "[roadmp]": (
        "[0] (line 18): 'roadmp' is not measured. Did you mean 'roadmap'? What can lead: nps.customer.relational,"
        " nps.customer.transactional, csat.customer.transactional, complaints, roadmap; choose from them."
    ),
    "[complaint]": (
        "[0] (line 18): 'complaint' is not measured. Did you mean 'complaints'? What can lead: "
        "nps.customer.relational, nps.customer.transactional, csat.customer.transactional, complaints, roadmap; "
        "choose from them."
    ),
    "[scat]": (
        "[0] (line 18): 'scat' is not measured. Did you mean 'csat'? What can lead: nps.customer.relational, "
        "nps.customer.transactional, csat.customer.transactional, complaints, roadmap; choose from them."
    ),
    "[roadmap, roadmap]": ("[1] (line 18): 'roadmap' stands here twice. Keep one."),
    "[complaints, '']": ("[1] (line 18): the text is empty. Write a text, or leave the key out."),
    "[csat, complaints, roadmap, nps.customer.relational, nps.customer.transactional]": (
        " (line 18): 5 measures stand here, 4 at most fit the summary. Keep the most important."
    ),
    "{csat: 1}": ("[0] (line 18): a group of keys stands where a single text is expected. Write one value."),
}


@pytest.mark.parametrize("headline", HEADLINES)
def test_what_leads_is_one_thing_that_is_there(faults, headline):
    """A name that can mean two measures is unclear; one thing leads once, whatever it is called."""
    assert faults(CONTACT + f"headline: {headline}") == [f"headline{HEADLINES[headline]}"]


def test_the_roadmap_leads_only_where_there_is_one(faults):
    """Nothing leads that the file does not have."""
    assert faults("headline: [roadmap]") == [
        "headline[0] (line 9): the roadmap cannot lead: this file has no roadmap. Add the section roadmap, or leave it "
        "out here."
    ]


def test_what_leads_has_full_keys_in_the_declared_order(params):
    """Short names are written out; only metrics are headlines."""
    found = params(CONTACT + "headline: [roadmap, csat, complaints, nps.customer.relational]")
    assert leading(found) == ("roadmap", "csat.customer.transactional", "complaints", "nps.customer.relational")
    assert [metric.key for metric in headlines(found)] == ["csat.customer.transactional", "nps.customer.relational"]


def test_without_headlines_the_first_of_each_survey_lead(params):
    """The roadmap and indicators lead only where that is asked."""
    assert leading(params(CONTACT)) == ("nps.customer.relational", "nps.customer.transactional")
    assert [metric.key for metric in headlines(params(CONTACT))] == list(leading(params(CONTACT)))


def test_a_report_may_lead_without_any_measure(params):
    """Then there are no headlines of scores."""
    found = params(CONTACT + "headline: [roadmap]")
    assert (leading(found), headlines(found)) == (("roadmap",), ())
