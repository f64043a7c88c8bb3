"""What may lead the report, and the rules for it: measures by their key or short name, the roadmap, indicators."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from helpers.params.keys import Fault, Place, did_you_mean
from helpers.params.sources import metric_key
from helpers.params.values import shown

if TYPE_CHECKING:
    from helpers.params.model import Params

ROADMAP = "roadmap"
MOST_HEADLINES = 4


def metric_keys(params: Params) -> dict[str, str]:
    """Return the key of every declared metric with the name of its measure, in the order of the file."""
    return {
        metric_key(name, source.audience, source.measurement): name
        for source in params.sources.values()
        for name in source.measures
    }


def leads(params: Params) -> dict[str, tuple[str, ...]]:
    """Return what may stand in headline, each with the full keys that it can mean; one, unless it is unclear."""
    keys = metric_keys(params)
    full = [*keys, *params.indicators, *([ROADMAP] if params.roadmap is not None else [])]
    short = {name: tuple(key for key in keys if keys[key] == name) for name in keys.values()}
    return {**short, **{key: (key,) for key in full}}


def headline(params: Params) -> Iterator[Fault]:
    """Yield headlines that are not measured, unclear, twice there, or too many."""
    known = leads(params)
    said: list[tuple[str, ...]] = []
    for number, text in enumerate(params.headline):
        meant = known.get(text, ())
        if meant and meant in said:
            yield Fault(("headline", number), f"'{text}' stands here twice. Keep one.")
        else:
            yield from _unclear(("headline", number), text, known)
        said.append(meant)
    if len(params.headline) > MOST_HEADLINES:
        sentence = (
            f"{len(params.headline)} measures stand here, {MOST_HEADLINES} at most fit the summary. Keep the most "
            "important."
        )
        yield Fault(("headline",), sentence)


def _unclear(place: Place, text: str, known: dict[str, tuple[str, ...]]) -> Iterator[Fault]:
    full = ", ".join(dict.fromkeys(key for keys in known.values() for key in keys))
    clear = [name for name, keys in known.items() if len(keys) == 1]
    meant = known.get(text, ())
    if len(meant) > 1:
        yield Fault(place, f"'{text}' can mean {' and '.join(meant)}. Write which of them.")
    elif not meant and text == ROADMAP:
        sentence = "the roadmap cannot lead: this file has no roadmap. Add the section roadmap, or leave it out here."
        yield Fault(place, sentence)
    elif not meant:
        sentence = f"{shown(text)} is not measured.{did_you_mean(text, clear)} What can lead: {full}; choose from them."
        yield Fault(place, sentence)
