"""What the cells of a facts table say: numbers, days, periods, units and codes, in the ways that people write them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from helpers.intake.dates import DatesError, calendar_dates
from helpers.intake.faults import found_text
from helpers.intake.groupings import written_path
from helpers.intake.reading.tables import Coded, Text
from helpers.intake.values import Decimal, canonical, numbers
from helpers.intake.yes_no import consents
from helpers.periods import Period

if TYPE_CHECKING:
    from helpers.params.model import Params

SIGNS: tuple[Decimal, Decimal] = (",", ".")
EVERY = ("", "*")
"""What stands for all units, or all groups."""
CODES: Mapping[str, Mapping[str, str]] = {
    "type": {"small": "klein", "large": "groot"},
    "level": {"strategic": "strategisch", "tactical": "tactisch", "operational": "operationeel"},
    "phase": {"plan": "plan", "do": "doen", "check": "controleren", "act": "bijsturen"},
    "audience": {"customer": "klant", "employee": "medewerker"},
}
"""The codes of columns that hold codes, each with its Dutch word; a file may use either."""
_NUMBER = re.compile(r"[+-]?[0-9][0-9.,]*")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_PLAIN = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


class ColumnError(ValueError):
    """A column that cannot be read as a whole; the message says what it is or does, and what to write."""


@dataclass(frozen=True)
class Manner:
    """How a file writes its values.

    Parameters
    ----------
    params
        The organisation's params, for the fiscal calendar.
    workbook
        Whether numbers are a workbook's own, and five digits may be a date.
    sign
        The decimal sign that other columns of the file show; None is unknown.
    labels
        Per column of groups, code -> name.
    """

    params: Params
    workbook: bool = False
    sign: Decimal | None = None
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


Reader = Callable[[str, Coded, Manner], NDArray[Any]]
"""From a column's name, its different texts and the file's manner to one value per different text; None, NaN or NaT
where it is none."""


def decimal_signs(texts: Iterable[str]) -> set[Decimal]:
    """Return the decimal signs that numbers show beyond doubt.

    Examples
    --------
    >>> decimal_signs(["1.234", "12", "n/a"]), decimal_signs(["1.234,5"]), decimal_signs(["1.234.567"])
    (set(), {','}, {','})
    """
    found = (_decimal_sign(text.strip("%+- ")) for text in texts if _NUMBER.fullmatch(text.strip("% ")))
    return {sign for sign in found if sign}


def _decimal_sign(text: str) -> Decimal | None:
    used = [sign for sign in text if sign in SIGNS]
    if not used or _GROUPED.fullmatch(text):
        return None
    comma = used[-1] == ","
    if len(used) > 1 and len(set(used)) == 1:
        comma = not comma
    return "," if comma else "."


def _text(_name: str, column: Coded, _manner: Manner) -> NDArray[Any]:
    return np.array([text or None for text in column.texts], dtype=object)


def _identifier(_name: str, column: Coded, _manner: Manner) -> NDArray[Any]:
    return np.array([text or None for text in canonical(column.values).to_pylist()], dtype=object)


def _unit(_name: str, column: Coded, _manner: Manner) -> NDArray[Any]:
    return np.array([written_path(text) for text in column.texts], dtype=object)


def _named_unit(_name: str, column: Coded, _manner: Manner) -> NDArray[Any]:
    return np.array([written_path(text) or None for text in column.texts], dtype=object)


def _group(name: str, column: Coded, manner: Manner) -> NDArray[Any]:
    labels = manner.labels.get(name, {})
    by_code = dict(zip(canonical(pa.array(list(labels), pa.string())).to_pylist(), labels.values(), strict=True))
    plain = canonical(column.values).to_pylist()
    named = [by_code.get(code, text) for code, text in zip(plain, column.texts, strict=True)]
    return np.array(["" if name in EVERY else name for name in named], dtype=object)


def _code(name: str, column: Coded, _manner: Manner) -> NDArray[Any]:
    words = {word: code for code, dutch in CODES[name].items() for word in (code, dutch)}
    return np.array([words.get(text.casefold()) for text in column.texts], dtype=object)


def _flag(_name: str, column: Coded, _manner: Manner) -> NDArray[Any]:
    said, _ = consents(column.values)
    return said


def _day(_name: str, column: Coded, manner: Manner) -> NDArray[Any]:
    return _days(column.values, manner, advice="such as 2026-12-31").astype("datetime64[us]")


def _period(_name: str, column: Coded, manner: Manner) -> NDArray[Any]:
    days = _days(column.values, manner, advice="such as 2026-12-31, or a period")
    periods = [_period_of(text, day, manner.params) for text, day in zip(column.texts, days.tolist(), strict=True)]
    return np.array(periods, dtype=object)


def _days(values: Text, manner: Manner, *, advice: str) -> NDArray[np.datetime64]:
    try:
        return calendar_dates(values, serial_numbers=manner.workbook)
    except DatesError as fault:
        raise ColumnError(f"{fault}. Write year-month-day, {advice}.") from None


def _period_of(text: str, day: dt.date | None, params: Params) -> str | None:
    """Return the period that a text is: as written, or the month of a date; None where it is neither."""
    try:
        return str(Period.containing(day, "month") if day else params.period(text))
    except ValueError:
        return None


def _number(_name: str, column: Coded, manner: Manner) -> NDArray[Any]:
    """Return numbers; a sign before three digits is refused where nothing tells whether it groups thousands."""
    signs = _signs(column, manner)
    unclear = next((text for text in column.texts if _unclear(text, manner)), None)
    if unclear and not signs and manner.sign is None:
        raise ColumnError(
            f"can be read as thousands or as decimals ({unclear}). Write numbers without a sign for thousands."
        )
    return _as_numbers(column.values, next(iter(signs), manner.sign), manner)


def _percent(name: str, column: Coded, manner: Manner) -> NDArray[Any]:
    plain = pc.replace_substring_regex(column.values, r"\s*%$", "")
    return _number(name, Coded(column.codes, plain), manner)


def _whole(_name: str, column: Coded, manner: Manner) -> NDArray[Any]:
    """Return whole numbers: of these, a sign before three digits groups thousands unless others have decimals."""
    sign = next(iter(_signs(column, manner)), None)
    grouped = sign is None
    texts = [re.sub("[.,]", "", text) if grouped and _unclear(text, manner) else text for text in column.texts]
    found = _as_numbers(pa.array(texts, pa.string()), sign, manner)
    return np.where(found == np.floor(found), found, np.nan)


def _signs(column: Coded, manner: Manner) -> set[Decimal]:
    """Return the decimal sign that a column shows, if any."""
    texts = [text for text in column.texts if not (manner.workbook and _PLAIN.fullmatch(text))]
    signs = decimal_signs(texts)
    if len(signs) > 1:
        comma, point = (next(text for text in texts if decimal_signs([text]) == {sign}) for sign in SIGNS)
        raise ColumnError(
            f"holds numbers with a decimal comma ({found_text(comma)}) and with a decimal point "
            f"({found_text(point)}). Write one of the two."
        )
    return signs


def _unclear(text: str, manner: Manner) -> bool:
    own = manner.workbook and "," not in text
    return not own and bool(_GROUPED.fullmatch(text.strip("%+- ")))


def _as_numbers(values: Text, sign: Decimal | None, manner: Manner) -> NDArray[np.float64]:
    if not manner.workbook:
        return numbers(values, decimal=sign or ".")
    plain = numbers(values, decimal="either")
    return np.where(np.isnan(plain), numbers(values, decimal=sign or "."), plain)


READERS: Mapping[str, Reader] = {
    "text": _text,
    "id": _identifier,
    "unit": _unit,
    "named unit": _named_unit,
    "group": _group,
    "code": _code,
    "yes or no": _flag,
    "day": _day,
    "period": _period,
    "number": _number,
    "percent": _percent,
    "whole number": _whole,
}
"""The kinds of column, each with what reads it."""
NUMERIC = ("number", "percent", "whole number")
"""The kinds whose texts show the file's decimal sign."""
DTYPES = {"yes or no": "boolean", "day": "datetime64[us]", "number": "float64", "percent": "float64"}
"""What the columns of a kind are in the table that was read; a whole number is int64, or Int64 where it may be
missing; the others are text."""


def cells_of(texts: pd.DataFrame, row: int) -> dict[str, str]:
    """Return what a row of a file says, by column."""
    return {str(name): str(text) for name, text in texts.loc[row].items()}


def rule_of(name: str) -> str:
    """Return what a column of codes allows, as a message says it.

    Examples
    --------
    >>> rule_of("type"), rule_of("phase")
    ('small (klein) or large (groot)', 'plan, do (doen), check (controleren) or act (bijsturen)')
    """
    words = [code if code == dutch else f"{code} ({dutch})" for code, dutch in CODES[name].items()]
    return f"{', '.join(words[:-1])} or {words[-1]}"
