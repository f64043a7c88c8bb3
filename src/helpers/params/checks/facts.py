"""The rules for what stands beside the surveys: indicators, core values, the cost of a leaver, and the editions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from helpers.params.checks.headline import ROADMAP, metric_keys
from helpers.params.checks.sources import not_plain
from helpers.params.keys import Fault, did_you_mean
from helpers.params.report import MADE_EDITIONS
from helpers.params.sources import Audience
from helpers.params.values import number_text, shown

if TYPE_CHECKING:
    from helpers.params.model import Params

ASKED_OF: dict[str, Audience] = {"employee": "employee", "customer": "customer", "self_image": "employee"}
"""Per key of a core value the audience whose surveys hold the question."""


def indicators_have_a_file(params: Params) -> Iterator[Fault]:
    """Yield indicators of which nothing says where their numbers stand."""
    if params.indicators and params.tables.indicators is None:
        sentence = (
            "this says what the numbers in tables.indicators mean, but no such file is named. Add it, such as tables: "
            "{indicators: ../../data/acme/indicators.csv}, or leave this section out."
        )
        yield Fault(("indicators",), sentence)


def indicators_have_names(params: Params) -> Iterator[Fault]:
    """Yield indicators whose name is none, or is that of something else that can lead the report."""
    yield from not_plain(("indicators", name) for name in params.indicators)
    for name in params.indicators:
        if name == ROADMAP:
            yield Fault(("indicators", name), "'roadmap' is a section of its own. Give the indicator another name.")


def indicators_are_no_measures(params: Params) -> Iterator[Fault]:
    """Yield indicators with the name of a measure, which is short for a metric."""
    taken = set(metric_keys(params).values())
    for name in params.indicators:
        if name in taken:
            sentence = f"'{name}' is a measure of a survey too. Give the indicator another name."
            yield Fault(("indicators", name), sentence)


def core_values_have_names(params: Params) -> Iterator[Fault]:
    """Yield core values whose name is none."""
    yield from not_plain(("core_values", name) for name in params.core_values)


def core_value_is_asked(params: Params, name: str) -> Iterator[Fault]:
    """Yield questions about a core value that no survey of that audience has."""
    for key, audience in ASKED_OF.items():
        question = getattr(params.core_values[name], key)
        declared = _questions(params, audience)
        if question is not None and question not in declared:
            known = f"Declared are {', '.join(declared)}" if declared else "None is declared"
            sentence = (
                f"{shown(question)} is not a measure or a driver of a survey of {audience}s."
                f"{did_you_mean(question, declared)} {known}; choose from them, or declare it under drivers."
            )
            yield Fault(("core_values", name, key), sentence)


def _questions(params: Params, audience: Audience) -> list[str]:
    sources = [source for source in params.sources.values() if source.audience == audience]
    return list(dict.fromkeys(name for source in sources for name in (*source.measures, *source.drivers)))


def a_leaver_costs_something(params: Params) -> Iterator[Fault]:
    """Yield a cost that is none."""
    if params.turnover_cost is not None and params.turnover_cost <= 0:
        sentence = f"{number_text(params.turnover_cost)} is not above 0. Write what one leaver costs, such as 8000."
        yield Fault(("turnover_cost",), sentence)


def editions_can_be_made(params: Params) -> Iterator[Fault]:
    """Yield editions that are named twice, or that cannot be made yet."""
    editions = params.report.editions
    for number, edition in enumerate(editions):
        if edition in editions[:number]:
            yield Fault(("report", "editions", number), f"'{edition}' stands here twice. Keep one.")
        elif edition not in MADE_EDITIONS:
            sentence = f"the {edition} edition cannot be made yet. Leave it out; {' and '.join(MADE_EDITIONS)} can be."
            yield Fault(("report", "editions", number), sentence)


ALL = (
    indicators_have_a_file,
    indicators_have_names,
    indicators_are_no_measures,
    core_values_have_names,
    a_leaver_costs_something,
    editions_can_be_made,
)
