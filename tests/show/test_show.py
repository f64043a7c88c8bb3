"""The calls that a notebook makes: each displays one block, and an empty table nothing."""

from __future__ import annotations

import datetime as dt

import pytest

from helpers import show
from helpers.show.blocks import MIME


@pytest.fixture
def displayed(monkeypatch):
    """Return the blocks that a cell has displayed."""
    shown = []
    monkeypatch.setattr(show, "display", lambda block: shown.append(block._repr_mimebundle_()[MIME]))
    return shown


COVER = {"name": "Acme", "period": "2026-Q3", "as_of": dt.date(2026, 9, 30), "answers": 9, "audiences": ("customer",),
         "agency": None, "confidentiality": None}  # fmt: skip


def test_each_call_displays_one_block_of_its_kind(displayed, framed, score_row, headline_row) -> None:
    """With its schema and the report it belongs to."""
    scores = framed("relational", [score_row(), score_row({"product": "Gas"})])
    show.cover(framed("cover", [COVER]))
    show.sentence(framed("headline", [headline_row()]))
    show.tiles(framed("headlines", [headline_row()]))
    show.table(scores)
    show.chart(scores)
    show.listing(framed("absent", [{"kind": "absent", "detail": "causes", "n": 1}]))
    assert [block["kind"] for block in displayed] == ["cover", "sentence", "tiles", "table", "chart", "list"]
    assert {block["schema"] for block in displayed} == {1}
    assert {block["report"]["period"] for block in displayed} == {"2026-Q3"}
    assert len({block["id"] for block in displayed}) == len(displayed)


def test_each_measure_of_a_table_is_shown_by_itself(displayed, framed, score_row) -> None:
    """Sentence, what moved where anything was tested, table and chart; no two blocks share an id."""
    names = ("nps.customer.relational", "effort.customer.transactional")
    rows = [score_row(scope, metric=name) for name in names for scope in ({}, {"product": "Gas"})]
    moved = {
        "metric": names[1],
        "label": "Gas",
        "unit_of_score": "points",
        "change": 7.0,
        "direction": "better",
        "family": 1,
    }
    splits = framed("headline_splits", rows)
    show.each_measure(splits, changes=framed("headline_splits_changes", [moved]))
    assert [block["id"] for block in displayed] == [
        "headline_splits-nps-customer-relational-sentence",
        "headline_splits-nps-customer-relational",
        "headline_splits-nps-customer-relational-chart",
        "headline_splits-effort-customer-transactional-sentence",
        "headline_splits_changes-effort-customer-transactional-sentence",
        "headline_splits-effort-customer-transactional",
        "headline_splits-effort-customer-transactional-chart",
    ]
    assert [block["caption"] for block in displayed if block["kind"] == "table"] == [
        "Relational NPS, Q3 2026 and zero measurement Q4 2025",
        "Effort, after a contact, Q3 2026 and zero measurement Q4 2025",
    ]
    displayed.clear()
    show.table(splits)
    show.each_measure(splits.head(0), changes=splits.head(0))
    assert [block["kind"] for block in displayed] == ["table", "table"]


def test_a_sentence_says_its_role(displayed, framed, headline_row) -> None:
    """The lead of the report stands out."""
    show.sentence(framed("headline", [headline_row()]))
    show.sentence(framed("hidden", [{"cells": 2, "answers": None}]))
    assert [(block["id"], block["role"]) for block in displayed] == [
        ("headline-sentence", "lead"), ("hidden-sentence", "answer"),
    ]  # fmt: skip


def test_the_rules_are_shown_where_nothing_is_hidden(displayed, framed) -> None:
    """They hold all the same; a report that tells none shows none."""
    privacy = {"employee": {"minimum_respondents": 10}}
    show.rules(framed("hidden", [], privacy=privacy))
    show.rules(framed("hidden", []))
    assert [(block["kind"], block["id"]) for block in displayed] == [("table", "privacy-rules")]


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (show.table, "relational"), (show.chart, "relational"), (show.chart, "glide_paths"),
        (show.chart, "distribution"), (show.sentence, "relational"), (show.sentence, "distribution"),
        (show.tiles, "headlines"), (show.listing, "not_known"),
    ],
)  # fmt: skip
def test_an_empty_table_shows_nothing(displayed, framed, score_row, call, name: str) -> None:
    """The report leaves out a section that shows nothing."""
    call(framed(name, [score_row()]).head(0))
    assert displayed == []


def test_what_is_shown_is_clean(displayed, framed, headline_row) -> None:
    """A control character in a client's label reaches no document."""
    named = ((headline_row()["metric"], "Ga\x00s <b>"),)
    show.sentence(framed("headline", [headline_row(off_track=1, off_track_names=named)]))
    assert "Gas <b>" in displayed[0]["text"]
