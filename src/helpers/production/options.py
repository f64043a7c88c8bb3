"""What the command asks of every organisation: its options as typed, and every fault of them at once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from helpers.dossier.opening import EDITIONS
from helpers.errors import ParamsError
from helpers.params import Params
from helpers.periods import Period
from helpers.production import job

LANGUAGES = ("nl", "en", "pseudo")
Value = TypeVar("Value")


@dataclass(frozen=True)
class Wish:
    """What the command asks of every organisation; None is the organisation's own default.

    Parameters
    ----------
    period, language, as_of
        As :func:`helpers.dossier.open` takes them.
    edition
        One edition; None is all that the params declare.
    formats
        Which files to make.
    deadline
        Seconds per chapter.
    """

    period: str | None = None
    language: str | None = None
    edition: str | None = None
    as_of: str | None = None
    formats: tuple[str, ...] = job.FORMATS
    deadline: float | None = None

    def editions(self, params: Params) -> tuple[str, ...]:
        """Return the editions to make of an organisation, the widest first."""
        asked = (self.edition,) if self.edition else params.report.editions
        return tuple(edition for edition in EDITIONS if edition in asked)


def wish(
    *,
    period: str | None,
    language: str | None,
    edition: str | None,
    as_of: str | None,
    formats: str,
    deadline: str | None,
) -> Wish:
    """Read the options of the command.

    Parameters
    ----------
    period, language, edition, as_of
        As typed; what only the params can tell, such as the rhythm of the period, is not looked at yet.
    formats, deadline
        As :func:`formats_of` and :func:`seconds` read them.

    Raises
    ------
    ParamsError
        With one sentence for every option that is wrong.
    """
    faults = list(_wrong(period=period, language=language, edition=edition, as_of=as_of))
    made = _tried(partial(formats_of, formats), faults)
    limit = _tried(partial(seconds, deadline), faults)
    if faults or made is None:
        raise ParamsError(faults)
    return Wish(period, language, edition, as_of, made, limit)


def formats_of(text: str) -> tuple[str, ...]:
    """Read a list of formats, such as ``html,pdf``.

    Raises
    ------
    ParamsError
        If one is unknown or none is given.
    """
    names = tuple(dict.fromkeys(name.strip().lower() for name in text.split(",") if name.strip()))
    unknown = [name for name in names if name not in job.FORMATS]
    if unknown or not names:
        raise ParamsError(
            f"--format: '{', '.join(unknown) or text}' is not a format; choose from {', '.join(job.FORMATS)}."
        )
    return names


def seconds(text: str | None) -> float | None:
    """Read a length of time, such as ``90s`` or ``10m``.

    Raises
    ------
    ParamsError
        If it is not one.

    Examples
    --------
    >>> seconds("10m"), seconds("90s"), seconds(None)
    (600.0, 90.0, None)
    """
    if text is None:
        return None
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([smh]?)", text.strip())
    if not found or not float(found[1]):
        raise ParamsError(f"--deadline: '{text}' is not a length of time; write it as 90s or 10m.")
    return float(found[1]) * {"": 1, "s": 1, "m": 60, "h": 3600}[found[2]]


def _wrong(*, period: str | None, language: str | None, edition: str | None, as_of: str | None) -> Iterator[str]:
    if period:
        try:
            Period.parse(period)
        except ValueError as fault:
            yield f"--period: {fault}."
    if language not in (None, *LANGUAGES):
        yield f"--language: '{language}' is not a language of the reports; choose nl or en."
    if edition not in (None, *EDITIONS):
        yield f"--edition: '{edition}' cannot be made yet; the edition is {' or '.join(EDITIONS)}."
    if as_of:
        try:
            dt.date.fromisoformat(as_of)
        except ValueError:
            yield f"--as-of: '{as_of}' is not a day; write it as 2026-09-30."


def _tried(read: Callable[[], Value], faults: list[str]) -> Value | None:
    try:
        return read()
    except ParamsError as fault:
        faults += fault.messages
        return None
