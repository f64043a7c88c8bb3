"""The reader's language: one place that translates a message and one that formats a number or a date."""

from __future__ import annotations

import datetime as dt
import functools
import gettext
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from typing import IO, Literal, cast

from babel import Locale, dates, numbers
from babel.messages.pofile import read_po

from helpers.periods import Period
from helpers.rounding import half_away_from_zero
from helpers.show.terms import TERMS

PSEUDO = "pseudo"
LANGUAGES = ("nl", "en")
Unit = Literal["points", "scale", "percent"]
MINUS = "\N{MINUS SIGN}"
DECIMALS: dict[Unit, int] = {"points": 0, "scale": 1, "percent": 0}
_TERM = re.compile(r"\{([A-Za-z_]+)\}")


@dataclass(frozen=True)
class Language:
    """How a report speaks: translated messages, the client's own terms, and every number's form.

    Parameters
    ----------
    code
        ``nl``, ``en`` or ``pseudo`` (English in ⟦brackets⟧, which shows text that escaped translation).
    terms
        The client's words, singular and plural: ``{"customer": ("inwoner", "inwoners")}``.
    band_names
        Other words for ``promoter``, ``passive`` and ``detractor``, singular and plural.
    fiscal_year_start
        The month in which the client's fiscal year begins; such a year is written with both its calendar years.

    Examples
    --------
    >>> dutch = Language("nl")
    >>> dutch.score(12.3), dutch.score(-13.5), dutch.score(0.2), dutch.count(1234), dutch.share(0.314)
    ('+12', '−14', '0', '1.234', '31%')
    >>> dutch.interval(-7.2, 18.1), dutch.date(dt.date(2026, 9, 30)), dutch.decimal(7.25, digits=1)
    ('−7 tot +18', '30 september 2026', '7,3')
    """

    code: str
    terms: Mapping[str, Sequence[str]] = field(default_factory=dict)
    band_names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    fiscal_year_start: int = 1

    @property
    def locale(self) -> Locale:
        """The locale of numbers and dates; the pseudo-language writes them as English does."""
        return Locale.parse("en_GB" if self.code in ("en", PSEUDO) else self.code)

    @property
    def name(self) -> str:
        """The language's name in itself, such as Nederlands."""
        return str(Locale.parse("en" if self.code == PSEUDO else self.code).get_display_name()).capitalize()

    def text(self, message: str, /, **values: object) -> str:
        """Translate a message and fill in its values and the client's terms.

        Parameters
        ----------
        message
            The English message, with ``{placeholders}``. ``{customer}``, ``{customers}`` and so on are
            filled from the terms; a capital (``{Customers}``) gives a capital.
        values
            What the other placeholders stand for, already formatted.
        """
        return self._filled(_catalogue(self.code).gettext(message), values)

    def prose(self, message: str) -> str:
        """Translate a line of a notebook and fill in the client's terms; other braces stay as typed."""
        fill = _Fill(self, {})
        return _TERM.sub(lambda found: fill.get_or(found[1], found[0]), _catalogue(self.code).gettext(message))

    def plural(self, singular: str, plural: str, n: int, /, **values: object) -> str:
        """Translate a message that depends on a number, which fills ``{n}``."""
        translated = _catalogue(self.code).ngettext(singular, plural, n)
        return self._filled(translated, {"n": self.count(n)} | values)

    def term(self, key: str, *, plural: bool = False) -> str:
        """Return the client's word for something, or the key itself in plain words."""
        declared = {**self._words, **self.terms, **self.band_names}
        forms = declared.get(key) or (key.replace("_", " "),)
        return forms[-1] if plural else forms[0]

    def heading(self, key: str) -> str:
        """Return the client's word with a capital, for a column heading."""
        return _capital(self.term(key))

    def band(self, key: str) -> str:
        """Return the plural of promoter, passive or detractor."""
        return self.term(key, plural=True)

    def score(self, value: float) -> str:
        """Write an NPS in whole points with its sign."""
        return self.measure(value, "points")

    def measure(self, value: float, unit: Unit = "points") -> str:
        """Write a score in its own unit: points with a sign, a scale with one decimal, a percentage."""
        text = self.decimal(value, digits=DECIMALS[unit])
        if unit == "percent":
            return self.text("{number}%", number=text)
        return f"+{text}" if unit == "points" and half_away_from_zero(value) > 0 else text

    def difference(self, value: float, unit: Unit = "points", *, digits: int | None = None) -> str:
        """Write a difference with its sign; of percentages in percentage points."""
        digits = DECIMALS[unit] if digits is None else digits
        text = self.decimal(value, digits=digits)
        signed = f"+{text}" if half_away_from_zero(value, digits=digits) > 0 else text
        return self.text("{number} pp", number=signed) if unit == "percent" else signed

    def interval(self, low: float, high: float, unit: Unit = "points") -> str:
        """Write an interval as 'low to high'."""
        return self.text("{low} to {high}", low=self.measure(low, unit), high=self.measure(high, unit))

    def share(self, value: float, *, digits: int = 0) -> str:
        """Write a share 0…1 as a percentage."""
        return self.text("{number}%", number=self.decimal(100 * value, digits=digits))

    def probability(self, value: float) -> str:
        """Write a probability as a percentage that never says 0 or 100."""
        percent = half_away_from_zero(100 * value)
        if percent < 1:
            return self.text("<1%")
        return self.text(">99%") if percent > 99 else self.share(value)  # noqa: PLR2004

    def count(self, value: float) -> str:
        """Write a whole number with its thousands separator."""
        return self.decimal(value, digits=0)

    def decimal(self, value: float, *, digits: int) -> str:
        """Write a number with so many decimals, rounded half away from zero."""
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        written = numbers.format_decimal(half_away_from_zero(value, digits=digits), format=pattern, locale=self.locale)
        return written.replace("-", MINUS)

    def date(self, day: dt.date) -> str:
        """Write a day in full."""
        return str(dates.format_date(day, "d MMMM y", locale=self.locale))

    def short_date(self, day: dt.date) -> str:
        """Write a day with its month cut short, where there is little room; it does not break over lines."""
        return str(dates.format_date(day, "d MMM y", locale=self.locale)).replace(" ", "\N{NO-BREAK SPACE}")

    def month(self, day: dt.date) -> str:
        """Write the month of a day, cut short, where there is little room."""
        return str(dates.format_date(day, "MMM y", locale=self.locale))

    def period(self, period: Period) -> str:
        """Write a period in words; a fiscal year that spans two calendar years names both.

        Examples
        --------
        >>> april = Period.parse("2026-Q1", fiscal_year_start=4)
        >>> Language("en").period(Period.parse("2026-Q1")), Language("en").period(april)
        ('Q1 2026', 'Q1 2026/27')
        """
        year, _, part = str(period).partition("-")
        if period.rhythm == "month":
            return str(dates.format_date(period.first, "MMMM y", locale=self.locale))
        if period.fiscal_year_start > 1:
            year = f"{year}/{(int(year) + 1) % 100:02d}"
        if period.rhythm == "year":
            return year
        if period.rhythm == "quarter":
            return self.text("Q{number} {year}", number=part[1:], year=year)
        return self.text("half-year {number} of {year}", number=part[1:], year=year)

    def join(self, items: Sequence[str]) -> str:
        """Join names as 'a, b and c'."""
        if len(items) < 2:  # noqa: PLR2004
            return "".join(items)
        return self.text("{first} and {last}", first=", ".join(items[:-1]), last=items[-1])

    @property
    def _words(self) -> dict[str, tuple[str, str]]:
        if self.code == PSEUDO:
            return {key: (bracketed(forms[0]), bracketed(forms[1])) for key, forms in TERMS["en"].items()}
        return TERMS[self.code]

    def _filled(self, message: str, values: Mapping[str, object]) -> str:
        return message.format_map(_Fill(self, values)) if "{" in message else message


class _Fill(dict[str, object]):
    """Placeholders: the values first, then the client's terms in singular, plural and with a capital."""

    def __init__(self, words: Language, values: Mapping[str, object]) -> None:
        super().__init__(values)
        self.words = words

    def get_or(self, key: str, otherwise: str) -> str:
        """Return a term, or something else when there is no such term."""
        try:
            return str(self[key])
        except KeyError:
            return otherwise

    def __missing__(self, key: str) -> str:
        """Fill a term; a placeholder that is neither a value nor a term is a fault of the message."""
        singular = {name: self.words.term(name) for name in self.words._words}
        plural = {_plural_key(name): self.words.term(name, plural=True) for name in self.words._words}
        found = (plural | singular)[key[0].lower() + key[1:]]
        return found if key[0].islower() else _capital(found)


def _plural_key(name: str) -> str:
    return f"{name}es" if name.endswith("s") else f"{name}s"


def bracketed(text: str) -> str:
    """Return a text as the pseudo-language writes it."""
    return f"⟦{text}⟧"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class _Pseudo(gettext.NullTranslations):
    """Bracket every message, so that a text without brackets is one that nobody can translate."""

    def gettext(self, message: str) -> str:
        return bracketed(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return bracketed(msgid1 if n == 1 else msgid2)


class _Catalogue(gettext.NullTranslations):
    """The messages of one ``.po`` file, read as it stands: no compiled catalogue to forget."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__()
        self.messages: dict[str, tuple[str, ...]] = {}
        for message in read_po(stream):
            identity = message.id if isinstance(message.id, tuple | list) else (message.id,)
            string = message.string if isinstance(message.string, tuple | list) else (message.string,)
            if identity[0] and all(string) and not message.fuzzy:
                self.messages[identity[0]] = tuple(cast("Sequence[str]", string))

    def gettext(self, message: str) -> str:
        return self.messages.get(message, (message,))[0]

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.messages.get(msgid1, (msgid1, msgid2))[0 if n == 1 else 1]


@functools.cache
def _catalogue(code: str) -> gettext.NullTranslations:
    if code == PSEUDO:
        return _Pseudo()
    file = resources.files("helpers.show") / "locale" / code / "nulmeting.po"
    with file.open("rb") as stream:
        return _Catalogue(stream)
