"""Texts that say yes or no: consent to a call, and whether a questionnaire was finished."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from helpers.intake.dates import DatesError, calendar_dates
from helpers.intake.reading.tables import Text
from helpers.intake.values import NOT_YES_OR_NO, canonical, numbers

Mask = NDArray[np.bool_]
_YES = ("1", "true", "yes", "y", "ja", "j", "waar", "x")
_NO = ("0", "false", "no", "n", "nee", "onwaar")
_FINISHED = (
    *_YES, "complete", "completed", "compleet", "volledig", "voltooid", "afgerond", "finished", "submitted",
)  # fmt: skip
_UNFINISHED = (
    *_NO, "", "incomplete", "partial", "partially completed", "not completed", "not finished", "unfinished",
    "in progress", "disqualified", "screened out", "onvolledig", "incompleet", "gedeeltelijk", "deels",
    "niet afgerond", "niet voltooid", "afgebroken", "gediskwalificeerd",
)  # fmt: skip
# Both orders of day and month are a day, so which one is meant need not be known.
_SLASHED = r"^\d{1,2}/\d{1,2}/\d{4}([ T,].*)?$"
_WHOLE = 100


def consents(values: Text) -> tuple[NDArray[np.float64], NDArray[np.int8]]:
    """Return 1 for each text that says yes, 0 for no, NaN for neither; and why it is neither.

    Examples
    --------
    >>> said, faults = consents(pa.array(["Ja", "no", "", "maybe"]))
    >>> said.tolist(), faults.tolist() == [0, 0, 0, NOT_YES_OR_NO]
    ([1.0, 0.0, nan, nan], True)
    """
    yes, no, blank = (_said(values, words) for words in (_YES, _NO, ("",)))
    faults = np.where(yes | no | blank, 0, NOT_YES_OR_NO).astype(np.int8)
    return np.where(yes, 1.0, np.where(no, 0.0, np.nan)), faults


def unfinished(values: Text, *, date_format: str | None = None) -> tuple[Mask, NDArray[np.int8]]:
    """Tell which texts say that a questionnaire was not finished; and which say neither.

    Parameters
    ----------
    values
        The different texts of the column: words such as ja, Complete, Partial and Onvolledig; a date, on which
        it was finished; 1 and 0; or how far somebody came, where the column has a percent sign or a 100. A blank
        is unfinished.
    date_format
        How dates are written, as in :func:`helpers.intake.dates.calendar_dates`.

    Returns
    -------
    tuple
        True where unfinished; and codes of :data:`helpers.intake.values.REASONS`.

    Examples
    --------
    >>> late, faults = unfinished(pa.array(["Complete", "Partial", "2026-03-01", "onbekend"]))
    >>> late.tolist(), (faults > 0).tolist()
    ([False, True, False, False], [False, False, False, True])
    """
    far = numbers(pc.replace_substring_regex(values, r"\s*%$", ""), decimal="either")
    percent = bool((far == _WHOLE).any() or pc.any(pc.match_substring_regex(values, r"\d\s*%$")).as_py())
    whole = _WHOLE if percent else 1
    counted = (far >= 0) & (far <= whole)
    finished = np.where(counted, far == whole, _said(values, _FINISHED) | _days(values, date_format))
    started = np.where(counted, far < whole, _said(values, _UNFINISHED))
    late: Mask = started.astype(bool)
    return late, np.where(finished | late, 0, NOT_YES_OR_NO).astype(np.int8)


def _said(values: Text, words: tuple[str, ...]) -> Mask:
    said: Mask = np.asarray(pc.is_in(pc.utf8_lower(canonical(values)), value_set=pa.array(words)))
    return said


def _days(values: Text, date_format: str | None) -> Mask:
    slashed = pc.match_substring_regex(values, _SLASHED)
    days: Mask = np.asarray(slashed) | ~np.isnat(calendar_dates(pc.if_else(slashed, "", values)))
    if date_format:
        try:
            days |= ~np.isnat(calendar_dates(values, date_format=date_format))
        except DatesError:
            # The column of dates tells of it.
            return days
    return days
