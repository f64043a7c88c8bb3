"""What a colour says: the range of scores that the shown cells with such colours have."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

import numpy as np

from helpers.audit.known import Range

DIFFERENT = 3
"""From so many different colours on they are a scale, not a pattern of rows."""
SHORT = 3
"""Digits of a colour that is written with one each."""
NEAR = 12.0
"""How far from the line between two colours of a scale a colour may lie, in steps of 255."""
BEYOND = 1e9
"""The end of what lies outside the scores of the shown cells."""
Colour = tuple[int, int, int]
_HEX = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})$|(?:ff)([0-9a-f]{6})$")
_RGB = re.compile(r"rgba?\(\s*(\d+)[ ,]+(\d+)[ ,]+(\d+)")


def between_colours(colour: str, shown: Sequence[tuple[str, float]]) -> Range | None:
    """Return between which scores a colour lies on the scale of the shown cells, or None where it is none.

    Parameters
    ----------
    colour
        The colour of a hidden cell, as ``#d6604d``, ``rgb(214, 96, 77)`` or of a workbook, ``ffd6604d``.
    shown
        Colour and score of the shown cells.

    Examples
    --------
    >>> scale = [("#ff0000", -60.0), ("#ffaaaa", -20.0), ("#aaaaff", 20.0), ("#0000ff", 60.0)]
    >>> between_colours("#ffaaaa", scale), between_colours("#eeeeee", scale) is None
    (Range(low=-60.0, high=20.0), True)
    """
    scale = sorted((score, rgb) for text, score in shown if (rgb := _rgb(text)) is not None)
    wanted = _rgb(colour)
    if wanted is None or len({rgb for _, rgb in scale}) < DIFFERENT or not _is_scale(scale):
        return None
    if equal := [score for score, rgb in scale if rgb == wanted]:
        lower = [score for score, rgb in scale if score < min(equal) and rgb != wanted]
        higher = [score for score, rgb in scale if score > max(equal) and rgb != wanted]
        return Range(max(lower, default=min(equal)), min(higher, default=max(equal)))
    steps = [(one, other) for one, other in itertools.pairwise(scale) if one[1] != other[1]]
    found = [(*_off(wanted, one, other), low, high) for (low, one), (high, other) in steps]
    off, along, low, high = min(found)
    if along < 0 and low == steps[0][0][0]:
        low, high = -BEYOND, low
    elif along > 1 and high == steps[-1][1][0]:
        low, high = high, BEYOND
    elif not 0 <= along <= 1:
        return None
    return Range(low, high) if off <= NEAR else None


def _is_scale(scale: Sequence[tuple[float, Colour]]) -> bool:
    """Return whether colours follow the scores: equal colours lie together."""
    runs = [rgb for place, (_, rgb) in enumerate(scale) if place == 0 or scale[place - 1][1] != rgb]
    return len(runs) <= 1.25 * len(set(runs))


def _off(wanted: Colour, one: Colour, other: Colour) -> tuple[float, float]:
    """Return how far a colour lies from the line through two others, and how far along that line from 0 to 1."""
    point, start, end = (np.array(each, dtype=float) for each in (wanted, one, other))
    along = float((point - start) @ (end - start) / ((end - start) @ (end - start)))
    off = float(np.linalg.norm(point - start - along * (end - start)))
    return off + max(0.0, -along, along - 1), along


def _rgb(text: str) -> Colour | None:
    text = text.strip().lower().rpartition(":")[2] if "(" not in text else text.lower()
    if found := _RGB.search(text):
        return int(found[1]), int(found[2]), int(found[3])
    if not (written := _HEX.search(text)):
        return None
    digits = written[2] or written[1]
    digits = "".join(2 * one for one in digits) if len(digits) == SHORT else digits
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
