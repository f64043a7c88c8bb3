"""Targets that ask for a smaller step than their measurements can show: said before anybody is held to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from helpers.show.language import Language
from helpers.show.target_sentences import asks_too_little, measured_once, smallest_step


def small_step(target: Mapping[Any, Any]) -> str:
    """Return what is odd about a target's step; empty when it is large enough, or its size is not known.

    Parameters
    ----------
    target
        A row of the dossier's targets: of a hidden zero measurement or score nothing is said.

    Examples
    --------
    >>> row = {"target": 10, "baseline": 4.0, "high_is_good": True, "smallest_change": 18.2, "unit_of_score": "points"}
    >>> small_step(row | {"baseline_n": 120, "n": 120, "actual_id": "b", "baseline_id": "a"})
    'asks for +6, but 120 and 120 answers show only 19 or more'
    """
    if not asks_too_little(target):
        return ""
    words = Language("en")
    step = words.difference(target["target"] - target["baseline"], target["unit_of_score"])
    then = f"{target['baseline_n']:,}"
    sizes = f"{then} answers per wave" if measured_once(target) else f"{then} and {target['n']:,} answers"
    return f"asks for {step}, but {sizes} show only {smallest_step(target, words)} or more"
