"""nulmeting check: every row accounted for, what will be hidden, and what targets still lack; all hand-countable."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from helpers import checking, params

PARAMS = """\
organisation: {name: Acme}
language: en
sources:
  contacts:
    path: contacts.csv
    audience: customer
    measurement: transactional
    measures: {nps: {column: score, scale: 0-10}}
    columns: {date: day}
    dimensions: {product: product}
    max_rejected: 50%
zero_measurement: {by: [product]}
targets:
  - {metric: nps, baseline: 2026-Q1, target: 33, due: 2026-10-15, owner: [nog te benoemen]}
  - {metric: nps, scope: {product: Wood}, baseline: 2026-Q1, target: 33, due: 2027-03-31, owner: Ann}
"""
ZERO = [("2026-03-30", "Power", score) for score in (9, 9, 3, 8, 7)] + [("2026-03-30", "Wood", 9)] * 5
NOW = [("2026-09-29", "Power", score) for score in (10, 9, 3, 8, 7, 9)] + [("2026-09-30", "Gas", 9)] * 4
LATER = [("2026-10-02", "Power", 9)] * 2
ODD = [("2026-09-29", "Power", "11"), ("2026-09-29", "Power", "")]
TODAY = dt.date(2026, 10, 20)


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    """Return what checks an organisation with the given rows."""

    def check(rows=(*ZERO, *NOW, *LATER, *ODD), today=TODAY):
        folder = tmp_path_factory.mktemp("params") / "acme"
        folder.mkdir()
        (folder / "params.yaml").write_text(PARAMS, encoding="utf-8")
        lines = [",".join(map(str, row)) for row in rows]
        (folder / "contacts.csv").write_text("\n".join(["day,product,score", *lines]) + "\n", encoding="utf-8")
        return checking.check(params.load("acme", params_folder=folder.parent), today=today)

    return check


@pytest.fixture(scope="module")
def finding(checked):
    """Return what is found out about the organisation."""
    return checked()


def lines(finding, start):
    """Return the lines that begin so, without the indent."""
    return [line.strip() for line in finding.lines if line.strip().startswith(start)]


def test_a_finding_begins_with_the_report_that_would_be_made(finding):
    """Organisation, period, the day up to which answers count, and the chapters."""
    assert finding.lines[:2] == (
        "acme: Acme, period 2026-Q3 (answers to 2026-09-30)", "  chapters: summary, zero_measurement, targets, method",
    )  # fmt: skip
    assert (finding.organisation, finding.exit_code, finding.period) == ("acme", 0, "2026-Q3")


def test_every_row_is_accounted_for(finding):
    """Of 24 rows 20 are used: one is blank, one is off the scale, two came after the period."""
    assert finding.lines[2:5] == (
        "  source contacts: contacts.csv (customer, transactional)",
        "    read 24, used 20, skipped 1, rejected 1, left out 0, duplicates 0, unfinished 0, after as of 2",
        "    measures: nps (nps)",
    )
    (survey,) = finding.surveys
    counts = {name: count for name, count in survey.items() if name not in ("source", "file", "files")}
    assert counts.pop("read") == sum(counts.values()) == 24
    assert lines(finding, "rejected") == ["rejected: contacts row 24, score '11': off scale"]


def test_no_more_than_twenty_rejected_rows_are_listed(checked):
    """Of 23 the first twenty are told by their row, the others are counted."""
    found = lines(checked((*ZERO, *NOW * 3, *ODD[:1] * 23)), "rejected")
    assert found == [
        *[f"rejected: contacts row {row}, score '11': off scale" for row in range(42, 62)], "rejected: 3 more",
    ]  # fmt: skip
    assert len(lines(checked((*ZERO, *NOW * 3, *ODD[:1] * 20)), "rejected")) == 20


def test_what_will_be_hidden_is_named_without_its_score(finding):
    """Gas has four answers of the five that are needed; the finding has its id and its reason, and no number."""
    gas = "nps.customer.transactional[product=Gas]@2026-Q3"
    assert lines(finding, "hidden") == [f"hidden: {gas} (too few answers)"]
    assert finding.hidden == (gas,)


def test_measurements_are_named_with_their_periods(finding):
    """The zero measurement, the one of now, and how many there are."""
    assert lines(finding, "nps.") == [
        "nps.customer.transactional: zero measurement 2026-Q1, now 2026-Q3, 2 periods with answers"
    ]


def test_what_a_target_lacks_is_told(finding):
    """No owner, a target of 33 below the zero measurement of 60, a day that passed, and no answers now."""
    assert lines(finding, "target ") == [
        "target T01 nps.customer.transactional: has no owner yet",
        "target T01 nps.customer.transactional: target not better",
        "target T01 nps.customer.transactional: was due on 2026-10-15, but the answers end before that day",
        "target T02 nps.customer.transactional Wood: no actual",
    ]


@pytest.mark.parametrize(("today", "told"), [(14, 0), (15, 1), (16, 1)])
def test_a_due_date_is_compared_with_today(checked, today, told):
    """From the due date on, a target whose measurement ended before it is told; a day earlier it is not."""
    found = checked(today=dt.date(2026, 10, today))
    assert sum("was due on 2026-10-15" in line for line in found.lines) == told


def test_data_that_stop_a_report_are_a_finding_too(checked):
    """The fault's own message and exit code 2, and nothing of a report that cannot be made."""
    assert checked(()) == checking.Finding(
        "acme",
        (
            "acme: a report cannot be made.",
            "contacts.csv: has column names but no answers: there are no rows, or every cell that is used is blank. "
            "Export the answers again.",
        ),
        exit_code=2,
    )


def test_a_finding_can_be_read_by_a_script(finding):
    """All of it is JSON: the lines, the account of each survey in numbers, and the hidden ids."""
    found = json.loads(json.dumps(finding.as_json()))
    assert found.pop("lines") == list(finding.lines)
    assert found == {
        "organisation": "acme", "exit_code": 0, "period": "2026-Q3",
        "chapters": ["summary", "zero_measurement", "targets", "method"],
        "surveys": [
            {"source": "contacts", "file": "contacts.csv", "files": ["contacts.csv"], "read": 24, "used": 20, "skipped": 1,
             "rejected": 1, "left_out": 0, "duplicates": 0, "unfinished": 0, "after_as_of": 2},
        ],
        "hidden": ["nps.customer.transactional[product=Gas]@2026-Q3"],
    }  # fmt: skip
