"""How many people were invited and reached, where that is known of everybody who answered."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest

from helpers.analysis import cells
from helpers.analysis.invited import with_invited
from helpers.analysis.windows import labelled, windows
from helpers.params.metrics import metrics

SPLIT = "zero_measurement: {by: [product, process]}\n"
NPS = "nps.customer.transactional"
SALES = {"process": "Sales"}


def asked(*rows: tuple[object, ...], groups: tuple[str, ...] = ("product",)) -> pd.DataFrame:
    """Return invitations: period, groups, sent and bounced."""
    return pd.DataFrame(list(rows), columns=["period", *groups, "sent", "bounced"])


@pytest.fixture
def invited(params, answers, day):
    """Return what tells who was invited, per group of now, of these answers and invitations."""

    def of(rows, invitations, *, as_of="2026-09-30", sources=None, more=SPLIT):
        read = params(more)
        last = day(as_of)
        frame = labelled(answers(rows), rhythm="quarter", fiscal_year_start=1, as_of=last)
        declared = [
            replace(each, sources=sources or each.sources) for each in metrics(read) if each.key in (NPS, "enps")
        ]
        periods = windows(frame, declared, params=read, period=read.period("2026-Q3"))
        scores = cells.scores(frame, declared, periods, params=read)
        tables = invitations if isinstance(invitations, dict) else {"contact": invitations}
        before = scores.copy(deep=True)
        table = with_invited(scores, frame, declared, invitations=tables, params=read, as_of=last)
        pd.testing.assert_frame_equal(scores, before)
        now = table[table["current"] & (table["metric"] == NPS)]
        return {label: None if math.isnan(n) else n for label, n in zip(now["label"], now["invited"], strict=True)}

    return of


@pytest.fixture
def two(contacts):
    """Three answers on power and two on gas, in August and September; one of them skipped the question."""
    power = contacts("2026-08-03", [9, None, 3], product="Power", process="Sales")
    return power + contacts("2026-09-04", [9, 7], product="Gas", process="Sales")


def test_the_groups_of_the_file_add_up_to_the_whole(invited, two) -> None:
    """Sent minus bounced; what did not arrive asked nobody."""
    found = invited(two, asked(("2026-Q3", "Power", 20, 2), ("2026-Q3", "Gas", 10, 0)))
    assert (found[""], found["Power"], found["Gas"]) == (28, 18, 10)


def test_a_group_that_the_file_does_not_tell_apart_is_unknown(invited, two) -> None:
    """And one without answers has no response."""
    found = invited(two, asked(("2026-Q3", "Power", 20, 2), ("2026-Q3", "Gas", 10, 0), ("2026-Q3", "Heat", 5, 0)))
    assert found == {"": 33, "Power": 18, "Gas": 10, "Heat": None, "Sales": None, "Billing": None} | {
        f"{product} · {process}": None for product in ("Power", "Gas", "Heat") for process in ("Sales", "Billing")
    }


def test_finer_rows_add_up_to_a_wider_group(invited, two) -> None:
    """Product by process tells each product and each process too."""
    rows = asked(
        ("2026-Q3", "Power", "Sales", 20, 2), ("2026-Q3", "Gas", "Sales", 10, 0), groups=("product", "process")
    )
    found = invited(two, rows)
    assert [found[label] for label in ("", "Power", "Sales", "Gas · Sales")] == [28, 18, 28, 10]


def test_the_row_of_the_group_itself_goes_first(invited, two) -> None:
    """A total beside the rows that split it is not added to them; invitations without a product are only in it."""
    found = invited(two, asked(("2026-Q3", "", 40, 0), ("2026-Q3", "Power", 20, 2), ("2026-Q3", "Gas", 10, 0)))
    assert (found[""], found["Power"]) == (40, 18)


def test_months_add_up_to_the_quarter(invited, two) -> None:
    """A month in which nobody answered counts as well."""
    months = [(f"2026-0{month}", product, 10, 0) for month in (7, 8, 9) for product in ("Power", "Gas")]
    assert invited(two, asked(*months))[""] == 60


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([("2026-Q3", "Power", 20, 2)], "two answers on gas, of which nobody knows who were asked"),
        ([("2026-08", "Power", 20, 2), ("2026-08", "Gas", 10, 0)], "answers in September, invitations in August only"),
        ([("2026", "Power", 20, 2), ("2026", "Gas", 10, 0)], "a whole year of invitations"),
        ([("2026-Q3", "", 20, 2), ("2026-09", "", 10, 0)], "September stands there twice"),
        ([("2026-Q2", "", 20, 2)], "the quarter before"),
        ([("2026-Q3", "", 7, 7)], "nobody was reached"),
    ],
)
def test_what_does_not_cover_the_answers_is_unknown(invited, two, rows, why: str) -> None:
    """No response is better than a wrong one."""
    assert invited(two, asked(*rows))[""] is None, why


def test_a_period_that_has_not_ended_does_not_count(invited, two) -> None:
    """On 15 September the invitations of the quarter are not all out, those of August are."""
    assert invited(two, asked(("2026-Q3", "", 20, 2)), as_of="2026-09-15")[""] is None
    assert invited(two[:3], asked(("2026-08", "", 20, 2)), as_of="2026-09-15")[""] == 18


def test_a_unit_is_reached_with_all_below_it(invited, answers, contacts) -> None:
    """Rows of teams add up to their division; a row of the division itself holds its teams."""
    rows = [row | {"unit": unit} for unit in ("A › One", "A › Two") for row in contacts("2026-08-03", [9, 3])]
    teams = [("2026-Q3", "A › One", 6, 0), ("2026-Q3", "A › Two", 5, 0)]
    found = invited(rows, asked(*teams, groups=("unit",)))
    assert found == {"": 11, "A": 11, "One": 6, "Two": 5}
    both = invited(rows, asked(*teams, ("2026-Q3", "A", 12, 0), groups=("unit",)))
    assert both == {"": 12, "A": 12, "One": 6, "Two": 5}


def test_every_source_of_a_measure_must_be_known(invited, two, contacts) -> None:
    """A second file without invitations makes the whole unknown, unless it has no answers in this window."""
    rows = asked(("2026-Q3", "", 20, 2))
    assert invited(two, rows, sources=("contact", "staff"))[""] == 18
    other = [row | {"source": "staff"} for row in contacts("2026-08-03", [9])]
    assert invited(two + other, rows, sources=("contact", "staff"))[""] is None
    assert invited(two + other, {"contact": rows, "staff": rows}, sources=("contact", "staff"))[""] == 36


def test_only_now_has_a_response(params, answers, contacts, day) -> None:
    """Earlier windows are not printed with one."""
    frame = labelled(
        answers(contacts("2026-02-01", [9]) + contacts("2026-08-01", [9])),
        rhythm="quarter", fiscal_year_start=1, as_of=day("2026-09-30"),
    )  # fmt: skip
    read, declared = params(), metrics(params())[:1]
    scores = cells.scores(
        frame, declared, windows(frame, declared, params=read, period=read.period("2026-Q3")), params=read
    )
    rows = asked(("2026-Q1", "", 9, 0), ("2026-Q3", "", 8, 0))
    table = with_invited(scores, frame, declared, invitations={"contact": rows}, params=read, as_of=day("2026-09-30"))
    assert dict(zip(table["period"], table["invited"].fillna(0), strict=True)) == {"2026-Q1": 0, "2026-Q3": 8}
