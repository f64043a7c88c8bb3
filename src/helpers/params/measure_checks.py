"""The rules for scored questions: the right scale for the rule, and one meaning per name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from helpers.params.keys import Fault, Place
from helpers.params.sources import NPS_NAMES, NPS_SCALE, Source, metric_key
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
                        f"{key} has another scale, direction or rule than in sources.{earlier}, and the "
                        "answers of one "
                        "measure are taken together. Make them equal, or give one of the two another name."
                    )
                    yield Fault(_place(source_name, name), sentence)


def _scale_of_nps(source_name: str, source: Source, name: str) -> Iterator[Fault]:
    measure = source.measures[name]
    if measure.score_rule(name) == "nps" and measure.scale != NPS_SCALE:
        sentence = (
            f"{_scale(measure.scale)} is not the scale of an NPS. The Net Promoter Score is defined on the "
            "eleven "
            "answers 0-10; the bands 0–6, 7–8 and 9–10 mean nothing on 1-10 or 0-100. Check the question; "
            "for "
            "another scale use another name with rule: mean or top_box."
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
        sentence = f"{measure.top} is not below {answers}, the number of answers on {_scale(measure.scale)}. Lower it."
        yield Fault((*place, "top"), sentence)


def _no_answer_off_the_scale(source_name: str, source: Source, name: str) -> Iterator[Fault]:
    """Yield answers that would be dropped although they are on the scale."""
    measure = source.measures[name]
    own = measure.no_answer is not None
    place = (*_place(source_name, name), "no_answer") if own else ("sources", source_name, "no_answer")
    lowest, highest = measure.scale
    for answer in measure.no_answer if measure.no_answer is not None else source.no_answer:
        if answer.strip().lstrip("-").isdecimal() and lowest <= int(answer) <= highest:
            sentence = (
                f"{answer.strip()} is on the scale {_scale(measure.scale)} of {name}, so true answers "
                "would count as "
                "skipped. Remove it, or give the measures for which it means 'no answer' their own no_answer."
            )
            yield Fault(place, sentence)


ALL = (_scale_of_nps, _rule_of_nps, _direction_of_nps, _name_of_nps, _top, _no_answer_off_the_scale)


def _place(source_name: str, name: str) -> Place:
    return ("sources", source_name, "measures", name)


def _scale(scale: tuple[int, int]) -> str:
    return "-".join(number_text(end) for end in scale)
