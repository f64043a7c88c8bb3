"""One order: where its set goes, what its chapters are asked, how it is planned again, and what it notes."""

from __future__ import annotations

import datetime as dt
import time
from types import SimpleNamespace

import pytest

from helpers.periods import Period
from helpers.production import job


@pytest.fixture
def order(tmp_path):
    """Order the report of an organisation of which only its name and its moment are known."""
    report = SimpleNamespace(
        organisation="acme", period=Period.parse("2026-Q3"), edition="board", language="en",
        as_of=dt.date(2026, 9, 30), terms={"customer": ("citizen", "citizens")}, band_names={},
        params=SimpleNamespace(fiscal_year_start=1),
    )  # fmt: skip
    return job.Order(
        SimpleNamespace(report=report, hidden=()), again=lambda hidden: SimpleNamespace(report=report, hidden=hidden),
        record=None, notebooks=tmp_path / "notebooks", client_folder=tmp_path / "params" / "acme",
        output=tmp_path / "reports",
    )  # fmt: skip


def test_a_set_has_a_folder_of_its_own(order, tmp_path):
    """Organisation, period and edition each are one folder."""
    assert order.target == tmp_path / "reports" / "acme" / "2026-Q3" / "board"
    assert order.failed == tmp_path / "reports" / "acme" / "2026-Q3" / "board.failed"


def test_a_run_replaces_its_own_set_and_those_of_the_editions_after_it(order):
    """Their earlier sets are read by nobody any more when the run is done."""
    assert order.replaced == (order.target,)
    both = job.Order(**vars(order) | {"later": ("public",)})
    assert [one.name for one in both.replaced] == ["board", "public"]
    assert both.hiding("a").later == ("public",)


def test_chapters_are_asked_in_text(order):
    """All seven parameters, as a notebook takes them; what is not asked is None."""
    assert order.parameters == {
        "organisation": "acme", "period": "2026-Q3", "language": "en", "edition": "board", "unit": None,
        "as_of": "2026-09-30", "params": None,
    }  # fmt: skip


def test_a_block_must_belong_to_this_report(order):
    """The stamp names organisation, period and edition, and no more."""
    assert order.stamp == {"organisation": "acme", "period": "2026-Q3", "edition": "board"}


def test_the_report_speaks_with_the_client_s_words(order):
    """Language and terms come from the report."""
    assert order.words.text("{customers}") == "citizens"


def test_an_order_is_planned_again_with_one_more_cell_hidden(order):
    """What was hidden before stays hidden; the first order is unchanged."""
    twice = order.hiding("a").hiding("b")
    assert (twice.also_hidden, twice.dossier.hidden) == (("a", "b"), ("a", "b"))
    assert (order.also_hidden, order.dossier.hidden, twice.target) == ((), (), order.target)


def test_time_is_noted_for_a_stage_that_ended():
    """Time on the clock and of the processor by the stage's name; waiting costs no processor."""
    result = job.Result()
    with result.timed("html"):
        time.sleep(0.05)
    assert 0.05 <= result.seconds["html"] < 5
    assert 0 <= result.processor["html"] < result.seconds["html"]
    assert (result.files, result.warnings) == ({}, [])


def test_a_stage_that_is_done_again_counts_again():
    """The report that is made twice because something leaked took both."""
    result = job.Result()
    for _ in range(3):
        with result.timed("html"):
            time.sleep(0.02)
    assert 0.06 <= result.seconds["html"] < 5
