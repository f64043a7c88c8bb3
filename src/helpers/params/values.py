"""The kinds of value in a params file: each reads what a person types and refuses the rest in one sentence.

Every scalar arrives as the text that was typed, so nothing is lost before its kind is known. A refusal says
what was found, what is allowed and what to do; where it stands is added by :mod:`helpers.params.messages`.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from helpers.periods import ALLOWED, Period, period_meant

SENTENCE = "sentence"
"""The type of a validation error whose message is already a sentence for the user."""
LONGEST_SHOWN = 60
MONTHS_IN_A_YEAR = 12
_WHOLE = re.compile(r"[+-]?[0-9]{1,15}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:[.,][0-9]{1,15})?")
_SCALE = re.compile(r"\s*(-?[0-9]{1,9})\s*(?:-|–|to|t/m)\s*(-?[0-9]{1,9})\s*")
LEAST_CONFIDENCE = 0.80
"""Below it the interval of an NPS need not hold the score that is printed beside it (docs/method.md)."""
_FLAGS = {"true": True, "yes": True, "false": False, "no": False}


def refusal(sentence: str) -> PydanticCustomError:
    """Return the error with which a value is refused."""
    return PydanticCustomError(SENTENCE, sentence)


def shown(value: object) -> str:
    """Return a value as a message shows it: numbers bare, text between quotes, long text cut.

    Examples
    --------
    >>> shown("142"), shown("xx"), shown(["a"]), shown({})
    ('142', "'xx'", 'a list', 'a group of keys')
    """
    if isinstance(value, dict):
        return "a group of keys"
    if isinstance(value, list | tuple):
        return "a list"
    text = printable(str(value))
    if _NUMBER.fullmatch(text):
        return text
    return f"'{text[:LONGEST_SHOWN]}…'" if len(text) > LONGEST_SHOWN else f"'{text}'"


def printable(text: str) -> str:
    """Return text with line breaks and control characters spelled out, so that a message stays one line."""
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)


def number_text(value: float) -> str:
    """Return a number as a message writes it.

    Examples
    --------
    >>> number_text(-100.0), number_text(7.5)
    ('−100', '7.5')
    """
    return str(int(value) if float(value).is_integer() else value).replace("-", "−")


def as_list(value: Any) -> Any:
    """Let one value stand for a list of one."""
    return value if isinstance(value, list | tuple) else [value]


def text(value: Any, *, when_empty: str = "Write a text, or leave the key out.") -> str:
    """Return a text that is not blank; anything else is refused."""
    if raw_text(value).strip():
        return str(value)
    raise refusal(f"the text is empty. {when_empty}")


def raw_text(value: Any) -> str:
    """Return a text, blank or not; anything else is refused."""
    if isinstance(value, str):
        return value
    if value is None:
        raise refusal("there is no value. Write one, or leave the key out.")
    raise refusal(f"{shown(value)} stands where a single text is expected. Write one value.")


def whole(lowest: int, highest: int | None = None, *, why: str = "Correct the value.") -> BeforeValidator:
    """Return the kind of a whole number within bounds.

    Parameters
    ----------
    lowest, highest
        The bounds, both allowed; no `highest` means no upper bound.
    why
        The sentence that gives the reason, or says what to do.
    """

    def read(value: Any) -> int:
        typed = _typed(value)
        if not _WHOLE.fullmatch(typed):
            raise refusal(f"{shown(value)} is not a whole number. Write digits only, such as {lowest}.")
        if int(typed) < lowest and highest is None:
            raise refusal(f"{shown(value)} is below {lowest}. {why}")
        if int(typed) < lowest or (highest is not None and int(typed) > highest):
            raise refusal(f"{shown(value)} is outside {lowest}…{highest}. {why}")
        return int(typed)

    return BeforeValidator(read, json_schema_input_type=Annotated[int, Field(ge=lowest, le=highest)])


def _typed(value: Any) -> str:
    """Return a number as it was typed, or nothing; a number that comes from Python counts as typed."""
    if isinstance(value, str):
        return value.strip().replace("−", "-")
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _number(value: Any) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    if _NUMBER.fullmatch(_typed(value)):
        return float(_typed(value).replace(",", "."))
    raise refusal(f"{shown(value)} is not a number. Write digits, such as 10 or 7.5.")


def _fraction(value: Any, *, allowed: str) -> float:
    typed = _typed(value).replace(" ", "")
    if not _NUMBER.fullmatch(typed.removesuffix("%")):
        raise refusal(f"{shown(value)} is not a percentage. {allowed}")
    number = float(typed.removesuffix("%").replace(",", "."))
    return number / 100 if typed.endswith("%") else number


def _share(value: Any) -> float:
    allowed = "Write a percentage such as 5%, or a fraction such as 0.05."
    fraction = _fraction(value, allowed=allowed)
    if 0 <= fraction <= 1:
        return fraction
    raise refusal(f"{shown(value)} is outside 0%…100%. {allowed}")


def _confidence(value: Any) -> float:
    allowed = "Usual is 95%; write 95% or 0.95."
    fraction = _fraction(value, allowed=allowed)
    if LEAST_CONFIDENCE <= fraction < 1:
        return fraction
    raise refusal(f"{shown(value)} is not 80% or more and below 100%. {allowed}")


def _flag(value: Any) -> bool:
    known = value if isinstance(value, bool) else _FLAGS.get(str(value).strip().lower())
    if known is None:
        raise refusal(f"{shown(value)} is not true or false. Write one of the two.")
    return known


def _day(value: Any) -> dt.date:
    if isinstance(value, dt.date):
        return value
    typed = str(value).strip()
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", typed):
        raise refusal(f"{shown(value)} is not a date. {_day_hint(typed)}")
    try:
        return dt.date.fromisoformat(typed)
    except ValueError:
        raise refusal(f"{shown(value)} is not a day of the calendar. Correct the date.") from None


def _day_hint(typed: str) -> str:
    found = re.fullmatch(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})", typed)
    if found and 1 <= int(found[2]) <= MONTHS_IN_A_YEAR:
        return f"Write year-month-day; did you mean {found[3]}-{int(found[2]):02d}-{int(found[1]):02d}?"
    return "Write year-month-day, such as 2026-12-31."


def _period(value: Any) -> str:
    try:
        return str(Period.parse(_typed(value)))
    except ValueError:
        meant = period_meant(_typed(value))
        hint = f" Did you mean {meant}?" if meant else ""
        raise refusal(f"{shown(value)} is not a period.{hint} Allowed are {ALLOWED}; correct the value.") from None


def _scale(value: Any) -> tuple[int, int]:
    found = _SCALE.fullmatch("-".join(map(str, value)) if isinstance(value, tuple) else str(value))
    if not found:
        raise refusal(f"{shown(value)} is not a scale. Write the lowest and the highest answer, such as 0-10 or 1-5.")
    lowest, highest = int(found[1]), int(found[2])
    if lowest >= highest:
        raise refusal(f"{shown(value)} is not a scale. Write the lowest answer first, such as 0-10 or 1-5.")
    return lowest, highest


def _months(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
        return value
    found = re.fullmatch(r"\s*([0-9]{1,3})\s*(month|year)s?\s*", str(value))
    if not found or int(found[1]) < 1:
        raise refusal(f"{shown(value)} is not a length of time. Write a number of months or years, such as 15 months.")
    return int(found[1]) * (MONTHS_IN_A_YEAR if found[2] == "year" else 1)


def _word_forms(value: Any) -> Any:
    forms = as_list(value)
    if len(forms) in (1, 2):
        return forms
    raise refusal(f"{len(forms)} words stand here. Write the singular and the plural, such as [klant, klanten].")


def _unit_path(value: Any) -> Any:
    if value in ([], ()):
        raise refusal("there is nothing in it. Write the unit's path from wide to narrow, such as [Customer, Service].")
    return tuple(text(item) for item in as_list(value))


Typed = Annotated[str, WithJsonSchema({"type": ["string", "number", "boolean"]})]
"""What an editor makes of a text that is typed without quotes."""
Text = Annotated[str, BeforeValidator(text, json_schema_input_type=Typed)]
RawText = Annotated[str, BeforeValidator(raw_text, json_schema_input_type=Typed)]
Names = Annotated[tuple[Text, ...], BeforeValidator(as_list, json_schema_input_type=Typed | list[Typed])]
Answers = Annotated[tuple[RawText, ...], BeforeValidator(as_list, json_schema_input_type=Typed | list[Typed])]
Words = Annotated[tuple[Text, ...], BeforeValidator(_word_forms, json_schema_input_type=Typed | list[Typed])]
Number = Annotated[float, BeforeValidator(_number, json_schema_input_type=float | str)]
Share = Annotated[float, BeforeValidator(_share, json_schema_input_type=float | str)]
Confidence = Annotated[float, BeforeValidator(_confidence, json_schema_input_type=float | str)]
Flag = Annotated[bool, BeforeValidator(_flag, json_schema_input_type=bool | Literal["yes", "no"])]
Day = Annotated[dt.date, BeforeValidator(_day, json_schema_input_type=dt.date)]
PeriodText = Annotated[str, BeforeValidator(_period, json_schema_input_type=str | int)]
Scale = Annotated[tuple[int, int], BeforeValidator(_scale, json_schema_input_type=str)]
Months = Annotated[int, BeforeValidator(_months, json_schema_input_type=str)]
UnitPath = Annotated[tuple[str, ...], BeforeValidator(_unit_path, json_schema_input_type=Typed | list[Typed])]
"""A unit, from wide to narrow."""
