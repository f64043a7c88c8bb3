"""What to do about a file of which too many rows are rejected: it follows from what was found in them."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from helpers.intake.faults import LONGEST_FOUND, found_text
from helpers.intake.rejections import Fault

_HUNDRED = 100
_SHORT_YEAR = r"[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ][0-9]{2}(?![0-9]).*"
_MONTH_FIRST = r"(0?[1-9]|1[0-2])/(1[3-9]|2[0-9]|3[01])/[0-9]{4}(?![0-9]).*"
# A day of this century or of the last years of the one before.
_DAY_NUMBER = r"[345][0-9]{4}(\.[0-9]+)?"
_NUMBER_AND_WORDS = r"([0-9]{1,4})\s*[-–—:=.)]?\s*\(?[^\W\d_].*"
_PERCENT = r"[0-9]+([.,][0-9]+)?\s*%"
# Fewer different values are codes for no answer, such as 99.
_SEVERAL = 3


def advice_on(rejected: pd.DataFrame, faults: Iterable[Fault]) -> str:
    """Return what to do, in one or more sentences.

    Parameters
    ----------
    rejected
        The values that are not used, as :func:`helpers.intake.rejections.rejected_values` gives them.
    faults
        What is wrong, per column.
    """
    for fault in faults:
        mine = rejected[rejected["column"] == fault.name]
        if fault.scale is not None and len(mine) * 2 > len(rejected):
            return _score_advice(mine["found"], fault, fault.scale)
    if (rejected["reason"] == "not_a_date").mean() > 1 / 2:
        return _date_advice(rejected.loc[rejected["reason"] == "not_a_date", "found"])
    return "Correct the file or what the params file says about it, or allow more with max_rejected."


def _date_advice(found: pd.Series) -> str:
    if _most(found, _SHORT_YEAR):
        return 'For years of two digits, declare how the dates are written, such as date_format: "%d-%m-%y".'
    if _most(found, _DAY_NUMBER):
        first = found[found.str.fullmatch(_DAY_NUMBER)].iloc[0]
        return f"{first} looks like a day number of Excel. Format the column as a date there, and save the file again."
    order = "%m/%d/%Y" if _most(found, _MONTH_FIRST) else "%d/%m/%Y"
    return f'Correct the dates, or declare how they are written, such as date_format: "{order}".'


def _score_advice(found: pd.Series, fault: Fault, scale: tuple[int, int]) -> str:
    answers = pd.to_numeric(found, errors="coerce")
    lowest, highest = scale
    hundreds = (answers > highest) & (answers <= _HUNDRED)
    often = found.value_counts()
    if hundreds.mean() > 1 / 2 and answers[hundreds].nunique() >= _SEVERAL and answers.max() > _HUNDRED / 2:
        return (
            f"Most of the rejected answers in '{fault.name}' lie between {highest + 1} and 100: this looks like a "
            "scale of 0–100. An NPS needs the answers on 0–10; a mean or top_box can be declared with "
            "scale: 0-100."
        )
    if (answers == highest + 1).mean() > 1 / 2 and not fault.lowest_used:
        return (
            f"Most of the rejected answers in '{fault.name}' are {highest + 1}, and none is {lowest}: this looks like "
            f"answers numbered from {lowest + 1}, {lowest + 1}…{highest + 1} for {lowest}–{highest}. If so, declare "
            "all of them: "
            f"values: {{{lowest + 1}: {lowest}, {lowest + 2}: {lowest + 1}, …, {highest + 1}: {highest}}}; "
            f"if {highest + 1} means no answer, add it to no_answer."
        )
    if _most(found, _PERCENT):
        return (
            f"A percent sign is no part of an answer. Take the signs out of '{fault.name}' and declare scale: 0-100 "
            "(an NPS needs the answers on 0–10), or declare what each means: values: "
            f'{{"{found[found.str.fullmatch(_PERCENT)].iloc[0]}": …}}.'
        )
    if words := _numbered_words(found, scale):
        return f"Answers that begin with their number can be declared: values: {{{words}}}."
    if often.iloc[0] * 2 > len(found):
        found_most = found_text(str(often.index[0]))
        return f"If {found_most} means no answer, add it to no_answer; if not, correct the file."
    return f"Correct the answers in '{fault.name}' or its scale; answers that mean no answer belong in no_answer."


def _numbered_words(found: pd.Series, scale: tuple[int, int]) -> str:
    """Return what answers such as ``10 - zeker wel`` mean, as the params file says it; blank where few are such."""
    lowest, highest = scale
    numbers = pd.to_numeric(found.str.extract(f"^{_NUMBER_AND_WORDS}$")[0], errors="coerce")
    fitting = found[(numbers >= lowest) & (numbers <= highest)]
    if len(fitting) * 2 <= len(found):
        return ""
    meant = zip(fitting, numbers[fitting.index], strict=True)
    named = {text: int(number) for text, number in meant if len(text) < LONGEST_FOUND}
    shown = [f'"{text}": {number}' for text, number in list(named.items())[:_SEVERAL]]
    return ", ".join([*shown, "…"] if len(named) > _SEVERAL or not shown else shown)


def _most(found: pd.Series, pattern: str) -> bool:
    return bool(found.str.fullmatch(pattern).mean() > 1 / 2)
