"""nulmeting check: every row accounted for, what will be hidden, and what targets still lack; all hand-countable."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from helpers import checking, params
from helpers.analysis import method
from helpers.checking import surveys

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

    def check(
        rows=(*ZERO, *NOW, *LATER, *ODD),
        today=TODAY,
        params_text=PARAMS,
        header="day,product,score",
        everything=False,
        customers=None,
    ):
        folder = tmp_path_factory.mktemp("params") / "acme"
        folder.mkdir()
        (folder / "params.yaml").write_text(params_text, encoding="utf-8")
        lines = [",".join(map(str, row)) for row in rows]
        (folder / "contacts.csv").write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
        if customers:
            (folder / "customers.csv").write_text(customers, encoding="utf-8")
        return checking.check(params.load("acme", params_folder=folder.parent), today=today, everything=everything)

    return check


@pytest.fixture(scope="module")
def finding(checked):
    """Return what is found out about the organisation."""
    return checked()


def lines(finding, label):
    """Return the lines with a label, and those below it without one, each without the label."""
    found, inside = [], False
    for line in finding.lines:
        inside = line.startswith(f"  {label} ") or (inside and line.startswith(" " * 16))
        if inside:
            found.append(line.removeprefix(f"  {label}").strip())
    return found


def test_a_finding_begins_with_the_report_that_would_be_made(finding):
    """Organisation, period, the day up to which answers count, and the chapters."""
    assert finding.lines[0] == "acme: Acme, period 2026-Q3 (answers to 2026-09-30)"
    assert finding.lines[1].startswith("  chapters: summary, zero_measurement, targets, ")
    assert (finding.organisation, finding.exit_code, finding.period) == ("acme", 0, "2026-Q3")


def test_every_row_is_accounted_for(finding):
    """Of 24 rows 20 are used: one is blank, one is off the scale, two came after the period."""
    assert finding.lines[2] == "contacts (customer, transactional)"
    assert lines(finding, "rows") == ["read 24 = used 20, skipped 1, rejected 1, after as of 2"]
    (survey,) = finding.surveys
    assert survey["read"] == sum(survey[name] for name in method.COUNTS[1:]) == 24
    assert lines(finding, "rejected") == ["1 × score, off scale: row 24 '11'"]


def test_it_says_how_a_file_was_recognised_and_what_its_columns_became(checked):
    """What no key of the params names is not used."""
    found = checked(rows=[(*row, "x") for row in (*ZERO, *NOW)], header="day,product,score,agent")
    assert lines(found, "recognised") == ["contacts.csv: CSV, utf-8, separated by comma, 20 rows"]
    assert lines(found, "columns") == ["day -> date; dimensions: product; measures: score -> nps"]
    assert lines(found, "not used") == ["agent"]
    assert lines(found, "measures") == ["nps (nps): 20 answers, 0 skipped"]


def test_columns_of_one_name_are_told_apart_by_their_place(checked):
    """Three columns called Score would read as one that became three things."""
    told = PARAMS.replace("column: score", "column: {position: 4}")
    found = checked(
        [(*row[:2], "x", row[2]) for row in (*ZERO, *NOW)], header="day,product,score,score", params_text=told
    )
    assert lines(found, "columns") == ["day -> date; dimensions: product; measures: score (column 4) -> nps"]
    assert lines(found, "not used") == ["score (column 3)"]


def test_rejected_values_are_counted_and_the_first_named(checked):
    """Per column and reason; the rest is there for a script."""
    odd = [*ODD[:1] * 4, ("2026-09-29", "Power", "ten"), ("2026-02-31", "Power", 9)]
    found = checked((*ZERO, *NOW * 3, *odd))
    assert lines(found, "rejected") == [
        "4 × score, off scale: row 42 '11', row 43 '11', row 44 '11', …",
        "1 × score, not a number: row 46 'ten'",
        "1 × day, not a date: row 47 '2026-02-31'",
    ]
    assert [each["row"] for each in found.surveys[0]["rejected_values"][0]["rows"]] == [42, 43, 44, 45]
    values = {(each["column"], each["reason"]): each["values"] for each in found.surveys[0]["rejected_values"]}
    assert values == {("score", "off_scale"): 4, ("score", "not_a_number"): 1, ("day", "not_a_date"): 1}


def test_a_rejected_value_is_printed_safely_and_of_several_files_named_with_its_file():
    """A control character is spelled out, a long text is cut."""
    values = [{"file": "b.csv", "row": 3, "found": "\x1b[2J" + "x" * 90}]
    found = {"column": "score", "reason": "not_a_number", "values": 1, "rows": values}
    told = surveys._rejected_line(found, several=True)
    assert told == "1 × score, not a number: b.csv row 3 '\\x1b[2J" + "x" * 53 + "'"


def test_dates_and_months_without_answers_are_told(checked):
    """From March to September with nothing between, and nothing said when every month has answers."""
    assert lines(checked(), "dates") == [
        "2026-03-30 to 2026-09-30 (2 after 2026-09-30 not counted); no answers in 2026-04 to 2026-08"
    ]
    assert lines(checked((*NOW, ("2026-07-01", "Gas", 9))), "dates") == [
        "2026-07-01 to 2026-09-30; no answers in 2026-08"
    ]
    assert lines(checked(NOW), "dates") == ["2026-09-29 to 2026-09-30"]


@pytest.mark.parametrize(
    ("scores", "notes"),
    [
        ([*range(1, 11)] * 20, ["nps: no 0 among 200 answers: was the question asked from 1 to 10?"]),
        ([*range(10)] * 20, ["nps: no 10 among 200 answers: was the question asked from 0 to 9?"]),
        ([*range(11)] * 20, []),
        ([*range(1, 11)] * 19, []),  # 190 answers are too few to wonder
    ],
)
def test_an_end_of_the_scale_that_nobody_chose_is_a_question(checked, scores, notes):
    """Among two hundred answers and more; nothing is decided, only asked."""
    assert lines(checked([("2026-09-29", "Power", score) for score in scores]), "note") == notes


def test_a_date_years_after_all_others_is_told_and_not_reported_on(checked):
    """It is counted after the period."""
    found = checked((*ZERO, *NOW, ("2062-09-29", "Power", 9)))
    assert (found.period, found.surveys[0]["after_as_of"]) == ("2026-Q3", 1)
    assert found.surveys[0]["notes"] == [
        "contacts: 1 answer dated 2062-09-29, more than a year after all others: check the year; no report is made of "
        "that period unless you ask for it"
    ]


def test_dates_years_before_all_others_are_told_and_counted_nowhere(checked):
    """A stray 1970 is no zero measurement, and the account still adds up to what was read."""
    found = checked([("1970-01-01", "Power", 9)] + [("2026-03-30", "Power", 9)] * 30)
    assert (found.period, found.measurements[0]["zero"]) == ("2026-Q1", "2026-Q1")
    (survey,) = found.surveys
    assert (survey["read"], survey["used"], survey["stray"]) == (31, 30, 1)
    assert lines(found, "rows") == ["read 31 = used 30, skipped 0, rejected 0, stray 1"]
    assert lines(found, "dates") == ["2026-03-30 to 2026-03-30 (1 stray not counted)"]
    assert survey["notes"] == [
        "contacts: 1 answer dated 1970-01-01, more than a year before all others: check the year; no report counts "
        "them unless zero_measurement.period or a baseline names their period"
    ]


def test_several_islands_of_later_dates_do_not_set_the_period(checked):
    """One answer in 2035 and two in 2036 beside forty in March 2026."""
    far = [("2035-03-01", "Power", 9), *[("2036-03-01", "Power", 9)] * 2]
    found = checked([("2026-03-30", "Power", 9)] * 40 + far)
    assert (found.period, found.surveys[0]["after_as_of"]) == ("2026-Q1", 3)
    assert found.surveys[0]["notes"] == [
        "contacts: 3 answers dated 2035-03-01, 2036-03-01, more than a year after all others: check the year; no "
        "report is made of that period unless you ask for it"
    ]


def test_a_period_of_a_few_answers_is_told(checked):
    """Nine months later is no stray; but the whole report rests on it."""
    found = checked([("2026-03-30", "Power", 9)] * 40 + [("2026-12-31", "Power", 9)])
    assert (found.period, lines(found, "note")) == ("2026-Q4", ["the period 2026-Q4 rests on 1 answer"])


def test_measures_count_the_answers_of_the_report_and_name_the_others(finding):
    """Twenty used and one skipped, as the rows say; two came after the period."""
    assert lines(finding, "measures") == ["nps (nps): 20 answers, 1 skipped (2 after 2026-09-30 not counted)"]


def test_an_nps_by_convention_is_named_so_everywhere(checked):
    """Beside the vendor's score too, which has its own decimals."""
    told = PARAMS.replace("scale: 0-10", "nps_by_convention: 1-10, vendor_score: 25.125")
    found = checked([("2026-09-29", "Power", score) for score in [9] * 18 + [7] * 14 + [6] * 8], params_text=told)
    assert lines(found, "measures") == ["nps (nps, asked from 1 to 10): 40 answers, 0 skipped"]
    assert " ".join(lines(found, "vendor")) == (
        "nps (asked from 1 to 10): the vendor prints 25.125; without skipped answers it is 25.000, with them in the "
        "divisor 25.000: neither fits: ask the vendor which answers it counts"
    )


def test_a_target_on_a_group_without_answers_names_the_group_that_was_meant(checked):
    """Gsa is a typing error; and a baseline without answers of its measure is told too."""
    told = PARAMS.replace("product: Wood}, baseline: 2026-Q1", "product: Gsa}, baseline: 2026-Q1").replace(
        "baseline: 2026-Q1, target: 33, due: 2026-10-15, owner: [nog te benoemen]",
        "baseline: 2025-Q4, target: 33, due: 2027-10-15, owner: Ann",
    )
    assert lines(checked(params_text=told), "target") == [
        "T01 nps.customer.transactional: no answers in its baseline, 2025-Q4",
        "T02 nps.customer.transactional Gsa: no answers in any period. Did you mean 'Gas'?",
    ]


@pytest.mark.parametrize(
    ("vendor", "fits", "said"),
    [
        ("25", "score", "they agree: both leave skipped answers out of the divisor"),
        ("22.2", "diluted", "the vendor counts skipped answers in the divisor, which pulls its score towards 0; our "
         "reports do not"),
        ("30.1", "neither", "neither fits: ask the vendor which answers it counts"),
    ],
)  # fmt: skip
def test_the_vendors_score_is_made_again_both_ways(checked, vendor, fits, said):
    """Formbricks (commit b66c1dd): 18, 14 and 8 with 5 skips gives 100 · 10 / 45 = 22.2, where it is 25.0."""
    rows = [("2026-09-29", "Power", score) for score in [9] * 18 + [7] * 14 + [6] * 8 + [""] * 5]
    found = checked(rows, params_text=PARAMS.replace("scale: 0-10", f"scale: 0-10, vendor_score: {vendor}"))
    assert " ".join(lines(found, "vendor")) == (
        f"nps: the vendor prints {float(vendor):g}; without skipped answers it is 25.0, with them in the divisor "
        f"22.2: {said}"
    )
    (measure,) = found.surveys[0]["measures"]
    assert (measure["fits"], round(measure["score"], 6), round(measure["diluted"], 6)) == (fits, 25.0, 22.222222)


def test_the_price_of_a_minimum_is_told_without_a_name(finding):
    """Gas has four answers of the five that are needed, Power six: at 10 both would be hidden."""
    (price,) = finding.prices
    assert (price["grouping"], price["groups"], price["declared"]) == ("product", 2, 5)
    assert price["hidden"] == {5: 1, 10: 2, 12: 2, 15: 2}
    assert lines(finding, "transactional") == [
        "product: at 5: 1 of 2 groups hidden; at 10: 2; at 12: 2; at 15: 2",
    ]
    assert lines(finding, "in all") == ["1 figure hidden in the report; --all prints their ids"]
    assert not any("Gas" in line for line in finding.lines)


def test_what_hiding_costs_is_told_exactly(finding):
    """Four answers of Gas; a report rounds them, the consultant's own screen does not."""
    assert finding.lost == (
        {"audience": "customer", "hidden_because": "too_few_answers", "primary": True, "cells": 1, "answers": 4},
    )  # fmt: skip
    assert lines(finding, "customer") == ["1 figure of 4 answers in all: too few answers"]
    assert (finding.given_away, lines(finding, "given away")) == ((), [])


def test_groups_that_are_hidden_for_others_are_counted_beside(checked):
    """Gas (4) is too small, and all of 16 less Power (6) and Wood (6) would be Gas: Power or Wood goes too."""
    rows = [*ZERO, *NOW, *[("2026-09-29", "Wood", score) for score in (9, 3, 7, 8, 10, 2)]]
    found = checked(rows, params_text=PARAMS + "privacy: {customer: {complementary: true}}\n")
    assert [(each["primary"], each["cells"], each["answers"]) for each in found.lost] == [(False, 1, 6), (True, 1, 4)]
    (price,) = found.prices
    assert (price["hidden"][5], price["beside"]) == (1, 1)
    assert lines(found, "transactional") == [
        "product: at 5: 1 of 3 groups hidden, and 1 of enough answers; at 10: 3; at 12: 3; at 15: 3"
    ]
    assert lines(found, "customer") == [
        "1 figure of 6 answers in all: would give others away, or all answered alike",
        "1 figure of 4 answers in all: too few answers",
    ]


def test_a_grouping_that_no_minimum_hides_is_named_once(checked):
    """Fifteen answers of each product are enough at 15."""
    found = checked([("2026-09-29", product, 9) for product in ("Power", "Gas") for _ in range(15)])
    assert lines(found, "none") == ["at any minimum up to 15: transactional by product"]
    assert lines(found, "transactional") == []


def test_a_tree_has_a_price_per_level(checked):
    """Two teams of five in one department of ten: at 10 the teams go, the department stays."""
    rows = [("2026-09-29", team, score) for team in ("Red", "Blue") for score in (9, 9, 3, 8, 7)]
    trees = "dimensions: {product: product}\n    trees: {desk: [day, product]}"
    told = PARAMS.replace("dimensions: {product: product}", trees)
    found = checked(rows, params_text=told)
    prices = {(each["grouping"], each["level"]): each["hidden"][10] for each in found.prices}
    assert prices == {("product", None): 2, ("desk", 1): 0, ("desk", 2): 2}


def test_what_will_be_hidden_is_named_when_everything_is_asked_for(checked, finding):
    """The ids without a score; a script has them always."""
    gas = "nps.customer.transactional[product=Gas]@2026-Q3"
    assert finding.hidden == (gas,)
    assert lines(checked(everything=True), "hidden") == [gas]


def test_measurements_are_named_with_their_periods(finding):
    """The zero measurement, the one of now, and how many there are."""
    assert lines(finding, "metric") == [
        "nps.customer.transactional: zero measurement 2026-Q1, now 2026-Q3, 2 periods with answers"
    ]


def test_what_a_target_lacks_is_told(finding):
    """No owner, a target of 33 below the zero measurement of 60, a day that passed, and no answers now."""
    assert lines(finding, "target") == [
        "T01 nps.customer.transactional: has no owner yet",
        "T01 nps.customer.transactional: target not better",
        "T01 nps.customer.transactional: was due on 2026-10-15, but the answers end before that day",
        "T02 nps.customer.transactional Wood: no actual",
    ]


def test_a_step_that_its_answers_cannot_show_is_told(checked):
    """Of 2/2/1 and 3/2/1, se is 26.15 and 24.98: (1.96 · 36.16 + 0.84 · √(5/8 · 26.15² + 6/9 · 24.98²)) / (6/9)."""
    told = PARAMS.replace("{product: Wood}", "{product: Power}").replace("owner: [nog te benoemen]", "owner: Ann")
    found = checked(params_text=told)
    name = "T02 nps.customer.transactional Power"
    assert lines(found, "target")[-1] == f"{name}: asks for +13, but 5 and 6 answers show only 143 or more"
    once = checked(ZERO, params_text=told, today=dt.date(2026, 4, 1))
    said = "asks for +13, but 5 answers per wave show only 156 or more"
    assert once.targets[-1] == {"target": name, "lacks": said}


def test_keys_without_effect_are_told_by_the_part_that_will_use_them(checked, finding):
    """So that nobody wonders why nothing came of them."""
    assert not any("not used yet" in line for line in finding.lines)
    told = PARAMS.replace("{name: Acme}", "{name: Acme, sector: energy}")
    found = checked(params_text=told)
    assert lines(found, "keys") == ["published scores: organisation.sector"]
    assert found.unused == ({"key": "organisation.sector", "part": "published scores"},)


def test_facts_tables_are_told_and_customers_in_no_survey_counted(checked):
    """Two of three customers answered; the third is counted, not named."""
    rows = [(*row, f"K{number % 2}") for number, row in enumerate((*ZERO, *NOW))]
    told = PARAMS.replace("columns: {date: day}", "columns: {date: day, customer_id: customer}")
    found = checked(
        rows,
        header="day,product,score,customer",
        params_text=told + "tables: {customers: customers.csv}\n",
        customers="customer_id,period,revenue,branch\nK0,2026,10,A\nK1,2026,20,A\nK2,2026,30,B\n",
    )
    assert lines(found, "tables") == ["customers (customers.csv): 3 rows"]
    assert lines(found, "note") == ["customers: 1 of 3 customers in no survey", "customers: columns not used: branch"]
    assert "K2" not in "\n".join(found.lines)


def test_it_fits_on_a_screen(finding):
    """Of one survey; no line is wider than a terminal."""
    assert len(finding.lines) <= 30
    assert max(map(len, finding.lines)) <= 110


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
    assert found["lines"] == list(finding.lines)
    assert (found["organisation"], found["exit_code"], found["period"]) == ("acme", 0, "2026-Q3")
    assert found["hidden"] == ["nps.customer.transactional[product=Gas]@2026-Q3"]
    (survey,) = found["surveys"]
    assert [each["became"] for each in survey["columns"]] == ["columns.date", "dimensions.product", "measures.nps"]
    assert (survey["first"], survey["last"], survey["gaps"]) == ("2026-03-30", "2026-09-30", ["2026-04 to 2026-08"])
    assert survey["rejected_values"] == [
        {"column": "score", "reason": "off_scale", "values": 1,
         "rows": [{"file": "contacts.csv", "row": 24, "found": "11"}]},
    ]  # fmt: skip
    assert found["measurements"] == [
        {"metric": "nps.customer.transactional", "zero": "2026-Q1", "now": "2026-Q3", "periods": 2}
    ]
