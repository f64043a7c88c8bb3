"""Words for yes and no, for finished and unfinished."""

from __future__ import annotations

import pyarrow as pa
import pytest

from helpers.intake.yes_no import consents, unfinished


@pytest.mark.parametrize(("word", "said"), [("Ja", 1), ("y", 1), ("1.0", 1), ("N", 0), ("0", 0), ("FALSE", 0)])
def test_consent_is_said_in_many_words(word: str, said: float) -> None:
    """Dutch and English, as words, letters and codes."""
    answers, faults = consents(pa.array([word]))
    assert (answers.tolist(), faults.tolist()) == ([said], [0])


def became(*texts: str, date_format: str | None = None) -> list[str]:
    """Return what each text of a column says."""
    late, faults = unfinished(pa.array(texts), date_format=date_format)
    return ["neither" if fault else "unfinished" if open_ else "finished" for open_, fault in zip(late, faults)]  # noqa: B905


@pytest.mark.parametrize(
    "text",
    ["1", "1.0", "TRUE", "Ja", "yes", "Complete", "COMPLETED", "Compleet", "Voltooid", "afgerond",
     "2026-03-01 10:00", "01/02/2026", "3 maart 2026"],
)  # fmt: skip
def test_finished_words(text: str) -> None:
    """What the survey tools write for a finished questionnaire; a date of completion is one, in whatever order."""
    assert became(text) == ["finished"]


@pytest.mark.parametrize(
    "text",
    ["", "0", "0.0", "0.5", "FALSE", "No", "nee", "Onwaar", "Incomplete", "Partial", "Gedeeltelijk", "Onvolledig",
     "Disqualified"],
)  # fmt: skip
def test_unfinished_words(text: str) -> None:
    """And for an unfinished one; half is a share, as a workbook holds percentages."""
    assert became(text) == ["unfinished"]


@pytest.mark.parametrize("text", ["onbekend", "maybe", "2", "-1", "31-02-2026"])
def test_any_other_word_says_neither(text: str) -> None:
    """Nothing is guessed: an unknown word does not make an answer count."""
    assert became(text) == ["neither"]


def test_progress_is_finished_at_100() -> None:
    """Where a column has a 100 or a percent sign, 1 is 1 per cent."""
    assert became("100", "99", "1", "0", "", "101") == ["finished", *["unfinished"] * 4, "neither"]
    assert became("100%", "55 %") == ["finished", "unfinished"]


def test_dates_may_be_written_as_declared() -> None:
    """A format that is none is told by the column of dates, not here."""
    assert became("26.03.01", "soon", date_format="%y.%m.%d") == ["finished", "neither"]
    assert became("2026-03-01", date_format="no letters") == ["finished"]
