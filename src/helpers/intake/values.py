"""Texts of a file turned into answers and numbers, judged once per different text."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from helpers.intake.reading.tables import Text

Mask = NDArray[np.bool_]
Decimal = Literal[",", ".", "either"]
REASONS = ("", "off_scale", "not_a_number", "not_a_date", "not_a_weight", "ragged_row", "not_yes_or_no")
"""Why a value is rejected; the place in this tuple is the code that the readers of values give."""
OFF_SCALE, NOT_A_NUMBER, NOT_A_DATE, NOT_A_WEIGHT, RAGGED_ROW, NOT_YES_OR_NO = range(1, 7)
_NUMBER = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"
_THOUSANDS = {",": r"^[+-]?\d{1,3}(\.\d{3})+(,\d+)?$", ".": r"^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$"}
# Blanks and apostrophes between groups of three digits, which nobody uses as a decimal sign.
_SPACED = r"^[+-]?\d{1,3}([ \x{a0}\x{202f}\x{2009}'\x{2019}]\d{3})+([.,]\d+)?$"
_GAPS = r"[ \x{a0}\x{202f}\x{2009}'\x{2019}]"
# One sign before three last digits: 1.234 is a thousand and more, or one and a bit.
_EITHER_WAY = r"^[+-]?[1-9]\d{{0,2}}{sign}\d{{3}}$"
_DECIMALS = r"^[+-]?(\d*{sign}(\d{{1,2}}|\d{{4,}})|0*{sign}\d+|\d{{4,}}{sign}\d+|0\d+{sign}\d+)$"
# Numbers of which the grouping tells the decimal sign: 1.234,5 and 1.234.567 have a comma, 1,234.5 a point.
_SETTLED = {
    ",": r"^[+-]?[1-9]\d{0,2}((\.\d{3})+,\d+|(\.\d{3}){2,})$",
    ".": r"^[+-]?[1-9]\d{0,2}((,\d{3})+\.\d+|(,\d{3}){2,})$",
}
_SIGNS: tuple[Literal[",", "."], ...] = (",", ".")


def numbers(values: Text, *, decimal: Decimal | None = None) -> NDArray[np.float64]:
    """Return the number that each text is, NaN where it is none.

    Parameters
    ----------
    values
        Texts without blanks around them.
    decimal
        The decimal sign; thousands may then be grouped by the other sign, a blank or an apostrophe.
        ``"either"`` takes both as decimal signs. By default the sign that a grouped number settles, such as
        ``1.234,5``; else the comma where texts hold a comma and none holds a point, else the point;
        :func:`either_way` tells where that is a guess.

    Examples
    --------
    >>> numbers(pa.array(["1,5", "2", "x", "nan"])).tolist()
    [1.5, 2.0, nan, nan]
    >>> numbers(pa.array(["1.234", "0,5"]), decimal=",").tolist(), numbers(pa.array(["1.234,5", "0,5"])).tolist()
    ([1234.0, 0.5], [1234.5, 0.5])
    """
    if decimal != "," and (plain := _cast(values)) is not None:
        return plain
    decimal = decimal or settled_sign(values)
    if decimal in _THOUSANDS:
        grouped = pc.match_substring_regex(values, _THOUSANDS[decimal])
        other = "." if decimal == "," else ","
        values = pc.if_else(grouped, pc.replace_substring(values, other, ""), values)
        spaced = pc.match_substring_regex(values, _SPACED)
        values = pc.if_else(spaced, pc.replace_substring_regex(values, _GAPS, ""), values)
    sign = decimal or _decimal_sign(values)
    if sign == ",":
        # A point is no part of a number here: a mark that no number holds keeps it out.
        values = pc.replace_substring(pc.replace_substring(values, ".", "?"), ",", ".")
    elif sign == "either":
        values = pc.replace_substring(values, ",", ".")
    known = pc.if_else(pc.match_substring_regex(values, _NUMBER), values, None)
    found = _cast(pc.replace_substring_regex(known, r"^\+", ""))
    return np.full(len(values), np.nan) if found is None else found


def settled_sign(values: Text) -> Literal[",", "."] | None:
    """Return the decimal sign that a number with grouped thousands settles; None where there is no such number.

    Examples
    --------
    >>> settled_sign(pa.array(["1.234,5", "7"])), settled_sign(pa.array(["1,234,567"])), settled_sign(pa.array(["7,5"]))
    (',', '.', None)
    """
    for sign in _SIGNS:
        if pc.any(pc.match_substring_regex(values, _SETTLED[sign])).as_py():
            return sign
    return None


def either_way(values: Text) -> str | None:
    """Return a text that can be a number of thousands or one with decimals; None where the others settle it.

    Parameters
    ----------
    values
        Texts of one column of which the decimal sign is not declared, without blanks around them.

    Examples
    --------
    >>> either_way(pa.array(["1.234", "987"])), either_way(pa.array(["1.234", "0.5"])), either_way(pa.array(["7,5"]))
    ('1.234', None, None)
    """
    for sign in (r"\.", ","):
        unclear = values.filter(pc.match_substring_regex(values, _EITHER_WAY.format(sign=sign)))
        if len(unclear) and not pc.any(pc.match_substring_regex(values, _DECIMALS.format(sign=sign))).as_py():
            return None if settled_sign(values) else str(unclear[0].as_py())
    return None


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


def scores(
    values: Text,
    *,
    scale: tuple[int, int],
    whole: bool,
    no_answer: Collection[str],
    decimal: Decimal,
    meanings: Mapping[str, float] | None = None,
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
    meanings
        What texts mean, such as ``{"zeker wel": 10}``: these are not read as numbers, nor as no answer.

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
    if meanings:
        meant = _meant(values, meanings)
        answers, skipped = np.where(np.isnan(meant), answers, meant), skipped & np.isnan(meant)
    on_scale = (answers >= scale[0]) & (answers <= scale[1])
    if whole:
        on_scale &= answers == np.floor(answers)
    faults = np.where(on_scale, 0, np.where(np.isnan(answers), NOT_A_NUMBER, OFF_SCALE)).astype(np.int8)
    faults[skipped] = 0
    return np.where(on_scale & ~skipped, answers, np.nan), faults


def _meant(values: Text, meanings: Mapping[str, float]) -> NDArray[np.float64]:
    """Return what each text means, NaN where nothing is declared; ``11`` and ``11.0`` are one."""
    texts = canonical(pa.array([" ".join(text.split()) for text in meanings], pa.string()))
    place = pc.index_in(canonical(_one_blank(values)), value_set=texts)
    known = np.array([*meanings.values(), np.nan])
    found: NDArray[np.float64] = known[np.asarray(pc.fill_null(place, len(meanings)))]
    return found


def _one_blank(values: Text) -> Text:
    """Return texts in which runs of white space, line ends too, are one blank, as params files write them."""
    return pc.replace_substring_regex(values, r"[\s\x{a0}]+", " ")


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
