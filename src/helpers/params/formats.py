"""The kinds of value that say how a file or a page looks: character set, separator, date format, colour."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator

from helpers.params.values import raw_text, refusal, shown

LOWEST_CONTRAST = 4.5
"""WCAG 2.2, success criterion 1.4.3: text of normal size."""
LINEAR_UP_TO = 0.04045
"""WCAG 2.2, relative luminance: below this a colour's part is linear."""


def contrast_with_white(colour: str) -> float:
    """Return the contrast ratio of white on a colour such as ``#0B5394``, 1…21.

    References
    ----------
    WCAG 2.2, definitions of contrast ratio and relative luminance.

    Examples
    --------
    >>> contrast_with_white("#000000"), round(contrast_with_white("#767676"), 2)
    (21.0, 4.54)
    """
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= LINEAR_UP_TO else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _encoding(value: Any) -> str:
    name = raw_text(value)
    try:
        "".encode(name)
    except (LookupError, ValueError):
        raise refusal(f"{shown(value)} is not a character set. Usual are utf-8, cp1252 and latin-1.") from None
    return name


def _separator(value: Any) -> str:
    sign = {"tab": "\t", "\\t": "\t"}.get(raw_text(value), raw_text(value))
    if len(sign) == 1:
        return sign
    raise refusal(f'{shown(value)} is not one character. Write it between quotes, such as ";", or write tab.')


def _date_format(value: Any) -> str:
    if re.search(r"%[A-Za-z]", raw_text(value)):
        return raw_text(value)
    raise refusal(
        f"{shown(value)} is not a date format. Write %d for the day, %m for the month and %Y for the year, "
        "such as %d/%m/%Y."
    )


def _accent(value: Any) -> str:
    colour = raw_text(value)
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", colour):
        raise refusal(
            f"{shown(value)} is not a colour. Write # and six digits or letters a–f between quotes, such as '#0B5394'."
        )
    ratio = contrast_with_white(colour)
    if ratio >= LOWEST_CONTRAST:
        return colour
    raise refusal(
        f"white text on {colour} has a contrast of {int(ratio * 100) / 100:.2f}:1, under the "
        f"{LOWEST_CONTRAST}:1 "
        "that readers need. Choose a darker colour."
    )


Encoding = Annotated[str, BeforeValidator(_encoding, json_schema_input_type=str)]
Separator = Annotated[str, BeforeValidator(_separator, json_schema_input_type=str)]
DateFormat = Annotated[str, BeforeValidator(_date_format, json_schema_input_type=str)]
Accent = Annotated[str, BeforeValidator(_accent, json_schema_input_type=str)]
