"""The rules for scored questions: the right scale for the rule, and one meaning per name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from helpers.params.checks.questions import scale_text
from helpers.params.keys import Fault, Place
from helpers.params.questions import CONVENTION_SCALE, NPS_NAMES, NPS_SCALE
from helpers.params.sources import Source, metric_key
from helpers.params.tolerance import UnknowableError
from helpers.params.values import number_text

if TYPE_CHECKING:
    from helpers.params.model import Params


def one_meaning_per_name(params: Params) -> Iterator[Fault]:
    """Yield measures that two sources of one kind of survey define differently."""
    first: dict[str, tuple[str, object]] = {}
    for source_name, source in params.sources.items():
        with suppress(UnknowableError):
            for name, measure in source.measures.items():
                key = metric_key(name, source.audience, source.measurement)
                meaning = (measure.scale, measure.direction, measure.score_rule(name), measure.top)
                earlier, known = first.setdefault(key, (source_name, meaning))
                if known != meaning:
                    sentence = (
                        f"{key} has another scale, direction or rule than in sources.{earlier}, and the answers of "
                        "one measure are taken together. Make them equal, or give one of the two another name."
                    )
                    yield Fault(_place(source_name, name), sentence)


def _scale_of_nps(source_name: str, source: Source, name: str) -> Iterator[Fault]:
    measure = source.measures[name]
    has_its_scale = measure.nps_by_convention is not None or measure.scale == NPS_SCALE
    if measure.score_rule(name) == "nps" and not has_its_scale:
        sentence = (
            f"{scale_text(measure.scale)} is not the scale of an NPS. The Net Promoter Score is defined on the eleven "
            "answers 0-10; the bands 0–6, 7–8 and 9–10 mean nothing on 1-10 or 0-100. Check the question; for one "
            "asked from 1 to 10 write nps_by_convention: 1-10 in place of scale, for another scale use another name "
            "with rule: mean or top_box."
        )
        yield Fault((*_place(source_name, name), "scale"), sentence)


def _rule_of_nps(source_name: str, source: Source, name: str) -> Iterator[Fault]:
    measure = source.measures[name]
    if name in NPS_NAMES and measure.rule not in (None, "nps"):
        sentence = f"{measure.rule} is not the rule of {name}. Leave the key out, or give the measure another name."
        yield Fault((*_place(source_name, name), "rule"), sentence)


def _direction_of_nps(source_name: str, source: Source, name: str) -> Iterator[Fault]:
    measure = source.measures[name]
    if measure.score_rule(name) == "nps" and measure.direction != "high_is_good":
        sentence = "an NPS counts 9 and 10 as promoters, so a high answer is good. Leave the key out."
        yield Fault((*_place(source_name, name), "direction"), sentence)


def _name_of_nps(source_name: str, source: Source, name: str) -> Iterator[Fault]:
    right = "enps" if source.audience == "employee" else "nps"
    if name in NPS_NAMES and name != right:
        sentence = f"{name} is asked of {source.audience}s here, where this measure is called {right}. Rename it."
        yield Fault(_place(source_name, name), sentence)


def _top(source_name: str, source: Source, name: str) -> Iterator[Fault]:
    measure = source.measures[name]
    answers = measure.scale[1] - measure.scale[0] + 1
    place = _place(source_name, name)
    if measure.score_rule(name) != "top_box" and measure.top is not None:
        yield Fault((*place, "top"), "top belongs to rule: top_box. Add that rule, or leave top out.")
    elif measure.score_rule(name) == "top_box" and measure.top is None:
        yield Fault((*place, "rule"), "top_box needs top: how many of the best answers count. Add it, such as top: 2.")
    elif measure.top is not None and measure.top >= answers:
        sentence = (
            f"{measure.top} is not below {answers}, the number of answers on {scale_text(measure.scale)}. Lower it."
        )
        yield Fault((*place, "top"), sentence)


def _convention_of_nps(source_name: str, source: Source, name: str) -> Iterator[Fault]:
    measure = source.measures[name]
    place = (*_place(source_name, name), "nps_by_convention")
    if measure.nps_by_convention is None:
        return
    if measure.score_rule(name) != "nps":
        yield Fault(place, "nps_by_convention belongs to nps and enps. Write scale in its place.")
    elif measure.nps_by_convention != CONVENTION_SCALE:
        sentence = (
            f"{scale_text(measure.nps_by_convention)} is not 1-10, the one scale that is scored by convention. Write "
            "1-10 if that is how the question was asked; else leave the key out and write scale."
        )
        yield Fault(place, sentence)
    elif measure.scale != measure.nps_by_convention:
        sentence = (
            f"1-10 stands here and scale: {scale_text(measure.scale)} beside it. Keep the one with which the question "
            "was asked."
        )
        yield Fault(place, sentence)


def _items_of_nps(source_name: str, source: Source, name: str) -> Iterator[Fault]:
    measure = source.measures[name]
    if measure.score_rule(name) == "nps" and measure.items:
        sentence = (
            "an NPS is one question, not a scale from several: a mean of items has no promoters. Write its column, or "
            "give the scale another name."
        )
        yield Fault((*_place(source_name, name), "items"), sentence)


def _vendor_score_is_possible(source_name: str, source: Source, name: str) -> Iterator[Fault]:
    measure = source.measures[name]
    lowest, highest = measure.score_range(name)
    if measure.vendor_score is not None and not lowest <= measure.vendor_score <= highest:
        sentence = (
            f"{number_text(measure.vendor_score)} is outside {number_text(lowest)}…{number_text(highest)}, the range "
            "of this score. Write the score as the survey tool prints it."
        )
        yield Fault((*_place(source_name, name), "vendor_score"), sentence)


ALL = (
    _scale_of_nps,
    _convention_of_nps,
    _items_of_nps,
    _rule_of_nps,
    _direction_of_nps,
    _name_of_nps,
    _top,
    _vendor_score_is_possible,
)


def _place(source_name: str, name: str) -> Place:
    return ("sources", source_name, "measures", name)
