"""Texts of a file turned into answers and numbers, judged once per different text."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from helpers.intake.tables import Text

Mask = NDArray[np.bool_]
Decimal = Literal[",", ".", "either"]
REASONS = ("", "off_scale", "not_a_number", "not_a_date", "not_a_weight", "ragged_row")
"""Why a value is rejected; the place in this tuple is the code that the readers of values give."""
OFF_SCALE, NOT_A_NUMBER, NOT_A_DATE, NOT_A_WEIGHT, RAGGED_ROW = range(1, 6)
_NUMBER = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"
_THOUSANDS = {",": r"^[+-]?\d{1,3}(\.\d{3})+(,\d+)?$", ".": r"^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$"}
_UNTRUE = ("", "0", "false", "no", "nee", "onwaar")


def numbers(values: Text, *, decimal: Decimal | None = None) -> NDArray[np.float64]:
    """Return the number that each text is, NaN where it is none.

    Parameters
    ----------
    values
        Texts without blanks around them.
    decimal
        The decimal sign; thousands may then be grouped by the other sign. ``"either"`` takes both as decimal
        signs. By default the comma where texts hold a comma and none holds a point, else the point.

    Examples
    --------
    >>> numbers(pa.array(["1,5", "2", "x", "nan"])).tolist()
    [1.5, 2.0, nan, nan]
    >>> numbers(pa.array(["1.234,5"]), decimal=",").tolist(), numbers(pa.array(["1.234,5"])).tolist()
    ([1234.5], [nan])
    """
    if decimal != "," and (plain := _cast(values)) is not None:
        return plain
    if decimal in _THOUSANDS:
        grouped = pc.match_substring_regex(values, _THOUSANDS[decimal])
        other = "." if decimal == "," else ","
        values = pc.if_else(grouped, pc.replace_substring(values, other, ""), values)
    sign = decimal or _decimal_sign(values)
    if sign == ",":
        # A point is no part of a number here: a mark that no number holds keeps it out.
        values = pc.replace_substring(pc.replace_substring(values, ".", "?"), ",", ".")
    elif sign == "either":
        values = pc.replace_substring(values, ",", ".")
    known = pc.if_else(pc.match_substring_regex(values, _NUMBER), values, None)
    found = _cast(pc.replace_substring_regex(known, r"^\+", ""))
    return np.full(len(values), np.nan) if found is None else found


def canonical(values: Text) -> Text:
    """Return texts with the ``.0`` taken off whole numbers, which some programs add; ``007`` stays.

    Examples
    --------
    >>> canonical(pa.array(["11.0", "11,00", "007", "1.5", "P01"])).to_pylist()
    ['11', '11', '007', '1.5', 'P01']
    """
    return pc.replace_substring_regex(values, r"^([+-]?\d+)[.,]0{1,2}$", r"\1")


def matching(values: Text, *, wanted: Collection[str]) -> Mask:
    """Tell which texts are among the wanted ones; ``11`` and ``11.0`` are one.

    Examples
    --------
    >>> matching(pa.array(["11.0", "weet niet", "12"]), wanted=["11", "weet niet"]).tolist()
    [True, True, False]
    """
    plain = pa.array([text.strip() for text in wanted], pa.string())
    found: Mask = np.asarray(pc.is_in(canonical(values), value_set=canonical(plain)))
    return found


def untrue(values: Text) -> Mask:
    """Tell which texts say no: 0, FALSE, No, Nee, Onwaar or nothing, in any case.

    Examples
    --------
    >>> untrue(pa.array(["ja", "NEE", "0.0", "", "2026-01-02"])).tolist()
    [False, True, True, True, False]
    """
    said: Mask = np.asarray(pc.is_in(pc.utf8_lower(values), value_set=pa.array(_UNTRUE)))
    zero: Mask = numbers(values, decimal="either") == 0
    return said | zero


def scores(
    values: Text,
    *,
    scale: tuple[int, int],
    whole: bool,
    no_answer: Collection[str],
    decimal: Decimal,
) -> tuple[NDArray[np.float64], NDArray[np.int8]]:
    """Return the answer that each text is, and why it is none.

    Parameters
    ----------
    values
        Texts without blanks around them.
    scale
        The lowest and highest answer.
    whole
        Whether only whole numbers are answers.
    no_answer
        Texts that mean no answer; a blank always does.
    decimal
        The decimal sign.

    Returns
    -------
    tuple
        Answers, NaN where there is none; and codes of :data:`REASONS`, 0 where the text is an answer or
        declared to be none.

    Examples
    --------
    >>> answers, faults = scores(
    ...     pa.array(["9,0", "11", "NA", ""]), scale=(0, 10), whole=True, no_answer=["NA"], decimal="either"
    ... )
    >>> answers.tolist(), [REASONS[fault] for fault in faults]
    ([9.0, nan, nan, nan], ['', 'off_scale', '', ''])
    """
    answers = numbers(values, decimal=decimal)
    skipped = matching(values, wanted=["", *no_answer])
    on_scale = (answers >= scale[0]) & (answers <= scale[1])
    if whole:
        on_scale &= answers == np.floor(answers)
    faults = np.where(on_scale, 0, np.where(np.isnan(answers), NOT_A_NUMBER, OFF_SCALE)).astype(np.int8)
    faults[skipped] = 0
    return np.where(on_scale & ~skipped, answers, np.nan), faults


def _cast(values: Text) -> NDArray[np.float64] | None:
    """Return numbers that are all written plainly; None if one is not. Words such as nan and inf are NaN."""
    try:
        found = pc.cast(values, pa.float64()).to_numpy(zero_copy_only=False)
    except pa.ArrowInvalid:
        return None
    return np.where(np.isfinite(found), found, np.nan)


def _decimal_sign(values: Text) -> Decimal:
    comma = pc.any(pc.match_substring_regex(values, r"^[+-]?\d*,\d+$")).as_py()
    point = pc.any(pc.match_substring_regex(values, r"^[+-]?\d*\.\d+")).as_py()
    return "," if comma and not point else "."
