"""What is hidden, how much that costs, and by which rules."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from helpers.show.hidden_tables import rules
from helpers.show.tables import printable

EMPLOYEE = {
    "minimum_respondents": 10, "minimum_headcount": 12, "complementary": True, "shares_from": 30, "unanimity": True,
    "waves": True, "roll_up": True, "quotes": True, "quotes_from": 10,
    "promise": {"minimum": 10, "text": None, "date": dt.date(2026, 6, 26)},
}  # fmt: skip
CUSTOMER = {
    "minimum_respondents": 5, "minimum_headcount": 5, "complementary": False, "shares_from": 0, "unanimity": False,
    "waves": False, "roll_up": False, "quotes": False, "quotes_from": 0, "promise": None,
}  # fmt: skip


class TestHidden:
    """Figures and answers, by audience and reason."""

    def test_figures_and_answers_are_counted(self, framed, printed_rows) -> None:
        """With the client's word for its customers; too few answers are not told, and are no number either."""
        rows = [
            {"audience": "customer", "hidden_because": "too_few_answers", "cells": 4, "answers": None},
            {"audience": "employee", "hidden_because": "too_small_unit", "cells": 18, "answers": 1210},
            {"audience": "employee", "hidden_because": "protects_others", "cells": 3, "answers": 60},
        ]
        block = printable(framed("hidden", rows, terms={"customer": ("guest", "guests")}))
        assert printed_rows(block) == [
            ["Guests", "fewer than 5 answers", "4", "not told: it would tell too much"],
            ["Employees", "unit of fewer than 12 people", "18", "1,210"],
            ["Employees", "would give away answers of a small group", "3", "60"],
        ]
        assert [row["cells"][3]["value"] for row in block["rows"]] == [None, 1210, 60]
        assert block["notes"] == ["Answers are rounded to tens, and each counts in every figure that it belongs to."]


class TestRules:
    """What must hold before anything of a group is shown."""

    @pytest.fixture
    def told(self, framed, printed_rows):
        """Return what prints the rules as texts by rule."""

        def by_rule(*, edition="board", language="en", **privacy):
            report = {"organisation": "acme", "period": "2026-Q3", "edition": edition}
            block = rules(framed("hidden", [], privacy=privacy, report=report, language=language))
            return block, {row[0]: row[1:] for row in printed_rows(block)}

        return by_rule

    def test_each_audience_has_its_own(self, told) -> None:
        """Employees are protected more than customers, whom the client knows."""
        block, found = told(employee=EMPLOYEE, customer=CUSTOMER)
        assert [column["label"] for column in block["columns"]] == ["Rule", "Employees", "Customers"]
        assert block["caption"] == "What the board edition shows of a group"
        assert found == {
            "Answers in a group, at least": ["10", "5"],
            "People in a unit, at least": ["12", "–"],
            "What would give a small group away": ["hidden too", "shown: the client knows its customers"],
            "Units that are too small": ["shown together where that gives nothing away", "hidden"],
            "Groups in which all answered alike": ["hidden too", "shown"],
            "What two waves tell of those who came or went": ["hidden too", "shown"],
            "Counts and shares of the three bands": ["from 30 answers", "wherever the score is"],
            "Quotes": ["from 10 answers, never of a crossing", "none"],
            "What was promised": ["groups of at least 10 answers (26 June 2026)", "nothing recorded"],
        }

    def test_each_rule_changes_what_is_said_of_it(self, told) -> None:
        """No rule is printed from anything but itself."""
        before = told(employee=EMPLOYEE)[1]
        other = {
            "minimum_respondents": 11, "minimum_headcount": 13, "complementary": False, "shares_from": 31,
            "unanimity": False, "waves": False, "roll_up": False, "quotes_from": 12, "promise": None,
        }  # fmt: skip
        changed = [
            [rule for rule, said in told(employee=EMPLOYEE | {name: value})[1].items() if said != before[rule]]
            for name, value in other.items()
        ]
        assert [len(each) for each in changed] == [1] * len(other)
        assert len({each[0] for each in changed}) == len(other)

    def test_the_words_of_the_promise_are_repeated(self, told) -> None:
        """As respondents read them."""
        promise = {"minimum": 10, "text": "Nobody sees a group under ten.", "date": None}
        assert told(employee=EMPLOYEE | {"promise": promise})[1]["What was promised"] == [
            "Nobody sees a group under ten."
        ]

    def test_what_the_report_does_not_tell_is_not_printed(self, framed, told) -> None:
        """A rule without a value has no row; without any rules there is no table."""
        block, found = told(edition="public", language="nl", employee={"minimum_respondents": 30})
        assert (block["caption"], list(found)) == (
            "Wat de openbare editie van een groep toont", ["Antwoorden in een groep, ten minste"],
        )  # fmt: skip
        assert rules(framed("hidden", [])) is None

    def test_the_table_does_not_change(self, framed) -> None:
        """Frame in, block out."""
        frame = framed("hidden", [{"cells": 2, "answers": None}], privacy={"employee": EMPLOYEE})
        before = frame.copy(deep=True)
        rules(frame)
        pd.testing.assert_frame_equal(before, frame)
