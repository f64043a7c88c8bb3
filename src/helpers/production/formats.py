"""Number formats: a spreadsheet's number that looks as the report prints it."""

from __future__ import annotations

import re

MINUS = '"\N{MINUS SIGN}"'
LONGEST_LITERAL = 60
_PRINTED = re.compile(r"^(?P<sign>[+\-−]?)(?P<digits>\d[\d.,\u00a0\u202f']*)\s?(?P<percent>%?)$")


def number_format(text: str, value: float, *, decimal: str) -> str:
    """Return the number format that makes a value look as it is printed.

    Parameters
    ----------
    text
        The number as printed, such as ``+12``, ``31%`` or ``1.234,5``.
    value
        The number behind it, in full precision.
    decimal
        The decimal symbol in ``text``.

    Returns
    -------
    str
        A format without locale: the reader's spreadsheet puts in its own symbols. What is printed in
        another way, such as ``>99%``, is shown literally; the cell still holds the number.

    Examples
    --------
    >>> number_format("+12", 12.3152709360, decimal=","), number_format("31%", 0.314, decimal=",")
    ('+0;"−"0;0', '0%')
    >>> number_format("1.234,5", 1234.5, decimal=","), number_format(">99%", 0.997, decimal=",")
    ('#,##0.0', '">99%"')
    """
    printed = _PRINTED.match(text.replace("⟦", "").replace("⟧", "").strip())
    if printed is None:
        literal = text.replace('"', "")[:LONGEST_LITERAL]
        return f'"{literal}"' if literal else "General"
    whole, _, fraction = printed["digits"].partition(decimal)
    digits = sum(character.isdigit() for character in fraction)
    shape = ("#,##0" if re.search(r"\D", whole) else "0") + ("." + "0" * digits if digits else "")
    if printed["percent"]:
        shape += "%" if _is_share(whole, fraction, value) else '"%"'
    if printed["sign"] == "+":
        return f"+{shape};{MINUS}{shape};{shape}"
    return f"{shape};{MINUS if printed['sign'] else ''}{shape}" if value < 0 else shape


def _is_share(whole: str, fraction: str, value: float) -> bool:
    """Tell whether 31% is printed for 0.31 rather than for 31."""
    number = float(".".join(re.sub(r"\D", "", part) or "0" for part in (whole, fraction)))
    return abs(abs(value) * 100 - number) <= abs(abs(value) - number)
