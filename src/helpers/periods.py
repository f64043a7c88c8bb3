"""The period grammar: ``2026``, ``2026-H1``, ``2026-Q3``, ``2026-07``, and the days each one covers."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal, Self

Rhythm = Literal["month", "quarter", "half-year", "year"]
MONTHS: dict[str, int] = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
_GRAMMAR = re.compile(r"(?P<year>[0-9]{4})(?:-(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])))?")
_YEARS = range(1, 9999)
ALLOWED = "2026, 2026-H1, 2026-Q3 or 2026-07"
_ALMOST = re.compile(r"[a-z0-9 ./_-]+")
_ORDINALS = {"e", "de", "ste", "st", "nd", "rd", "th"}
_FORMS = {
    "Q{}": {"q", "qtr", "quarter", "kw", "kwartaal"},
    "H{}": {"h", "half", "halfyear", "hj", "halfjaar"},
    "{:0>2}": {"", "m", "month", "maand"},
}
_YEAR_WORDS = {"fy", "year", "jaar", "boekjaar"}
_MONTH_NAMES = (
    "januari january jan",
    "februari february feb febr",
    "maart march mrt mar",
    "april apr",
    "mei may",
    "juni june jun",
    "juli july jul",
    "augustus august aug",
    "september sep sept",
    "oktober october okt oct",
    "november nov",
    "december dec",
)


def period_meant(text: str) -> str | None:
    """Return the period that was clearly meant by a text that is none, or None.

    Parameters
    ----------
    text
        What was typed: the year in four digits, with at most one number and one Dutch or English word beside it.

    Examples
    --------
    >>> period_meant("Q3 2026"), period_meant("2026/H1"), period_meant("2026-3"), period_meant("juli 2026")
    ('2026-Q3', '2026-H1', '2026-03', '2026-07')
    >>> period_meant("2026-Q5") is None
    True
    """
    folded = re.sub(r"^([0-9]{4})([0-9]{2})$", r"\1-\2", text.strip().casefold())
    if not _ALMOST.fullmatch(folded):
        return None
    parts = [part for part in re.findall(r"[a-z]+|[0-9]+", folded) if part not in _ORDINALS]
    years = [part for part in parts if re.fullmatch(r"[0-9]{4}", part)]
    numbers = [part for part in parts if re.fullmatch(r"[0-9]{1,2}", part)]
    words = [part for part in parts if part.isalpha()]
    if len(years) != 1 or len(numbers) > 1 or len(words) > 1 or len(parts) > len(years + numbers + words):
        return None
    meant = _written(years[0], "".join(str(int(number)) for number in numbers), "".join(words))
    return meant if _GRAMMAR.fullmatch(meant) and int(years[0]) in _YEARS else None


def _written(year: str, number: str, word: str) -> str:
    """Return a year, a number and a word in the form of the grammar; nothing where they make no period."""
    if not number:
        months = {name: month for month, names in enumerate(_MONTH_NAMES, start=1) for name in names.split()}
        return f"{year}-{months[word]:02d}" if word in months else year if word in _YEAR_WORDS else ""
    return next((f"{year}-{form.format(number)}" for form, known in _FORMS.items() if word in known), "")


@dataclass(frozen=True, order=True)
class Period:
    """A month, quarter, half-year or year of a fiscal calendar.

    Parameters
    ----------
    first
        Its first day.
    last
        Its last day.
    rhythm
        How long it is.
    fiscal_year_start
        The month in which the fiscal year begins, 1–12. A fiscal year carries the calendar year in which
        it begins; quarters and half-years count from there, months are calendar months.
    """

    first: dt.date
    last: dt.date
    rhythm: Rhythm
    fiscal_year_start: int = 1

    @classmethod
    def parse(cls, text: str, *, fiscal_year_start: int = 1) -> Self:
        """Read a period.

        Raises
        ------
        ValueError
            If the text is not of the grammar; the message names the period that was meant, where that is
            clear, and what is allowed.

        Examples
        --------
        >>> str(Period.parse("2026-Q3").last), str(Period.parse("2026", fiscal_year_start=4).first)
        ('2026-09-30', '2026-04-01')
        """
        found = _GRAMMAR.fullmatch(text.strip())
        if not found or int(found["year"]) not in _YEARS:
            meant = period_meant(text)
            hint = f"did you mean {meant}? Allowed are" if meant else "allowed are"
            raise ValueError(f"'{text}' is not a period; {hint} {ALLOWED}")
        january = int(found["year"]) * 12
        start = january + fiscal_year_start - 1
        if found["month"]:
            return cls._span(january + int(found["month"]) - 1, "month", fiscal_year_start)
        if found["quarter"]:
            return cls._span(start + (int(found["quarter"]) - 1) * 3, "quarter", fiscal_year_start)
        if found["half"]:
            return cls._span(start + (int(found["half"]) - 1) * 6, "half-year", fiscal_year_start)
        return cls._span(start, "year", fiscal_year_start)

    @classmethod
    def containing(cls, day: dt.date, rhythm: Rhythm, *, fiscal_year_start: int = 1) -> Self:
        """Return the period of a rhythm in which a day falls.

        Examples
        --------
        >>> str(Period.containing(dt.date(2026, 2, 3), "quarter"))
        '2026-Q1'
        """
        start = 1 if rhythm == "month" else fiscal_year_start
        months = (day.year * 12 + day.month - start) // MONTHS[rhythm] * MONTHS[rhythm] + start - 1
        return cls._span(months, rhythm, fiscal_year_start)

    def shifted(self, steps: int) -> Self:
        """Return the period that many periods later (negative: earlier).

        Examples
        --------
        >>> str(Period.parse("2026-Q1").shifted(-1))
        '2025-Q4'
        """
        months = self.first.year * 12 + self.first.month - 1 + steps * MONTHS[self.rhythm]
        return self._span(months, self.rhythm, self.fiscal_year_start)

    def overlaps(self, other: Period) -> bool:
        """Tell whether two periods share a day.

        Examples
        --------
        >>> quarter = Period.parse("2026-Q3")
        >>> quarter.overlaps(Period.parse("2026-08")), quarter.overlaps(Period.parse("2026-Q2"))
        (True, False)
        """
        return self.first <= other.last and other.first <= self.last

    def __contains__(self, day: dt.date) -> bool:
        """Tell whether a day falls in the period."""
        return self.first <= day <= self.last

    def __str__(self) -> str:
        """Return the period in its own grammar."""
        if self.rhythm == "month":
            return f"{self.first.year:04d}-{self.first.month:02d}"
        offset = (self.first.month - self.fiscal_year_start) % 12
        year = f"{self.first.year - (self.first.month < self.fiscal_year_start):04d}"
        number = offset // MONTHS[self.rhythm] + 1
        return {"quarter": f"{year}-Q{number}", "half-year": f"{year}-H{number}", "year": year}[self.rhythm]

    @classmethod
    def _span(cls, months: int, rhythm: Rhythm, fiscal_year_start: int) -> Self:
        end = months + MONTHS[rhythm]
        first = dt.date(months // 12, months % 12 + 1, 1)
        last = dt.date(end // 12, end % 12 + 1, 1) - dt.timedelta(days=1)
        return cls(first, last, rhythm, fiscal_year_start)
