"""Words for every code that the analysis and the intake can decide."""

from __future__ import annotations

import pytest

from helpers.analysis.method import HEADS
from helpers.inference.targets import AFTER_DUE, BEFORE_DUE
from helpers.intake.values import REASONS
from helpers.show import codes
from helpers.show.language import PSEUDO, Language

NL, EN, TEST = Language("nl"), Language("en"), Language(PSEUDO)
CODES = [
    *((codes.verdict, code) for code in (*BEFORE_DUE, *AFTER_DUE)),
    *((codes.caution, code) for code in ("no_actual", "no_baseline")),
    *((codes.rejection, code) for code in REASONS if code),
    *((codes.head, code) for code in HEADS),
    *((codes.absent, code) for code in ("transactional", "relational", "employees", "targets", "headcount", "causes")),
]


@pytest.mark.parametrize(("say", "code"), CODES, ids=lambda part: getattr(part, "__name__", part))
def test_every_code_has_words_in_every_language(say, code: str) -> None:
    """None is printed as it is: a reader sees a sentence or a word."""
    assert say(code, TEST).startswith("⟦")
    assert say(code, TEST).endswith("⟧")
    assert "_" not in say(code, NL) + say(code, EN)
    assert say(code, NL) != say(code, EN)


def test_the_ten_verdicts_are_ten_words() -> None:
    """No two codes read alike."""
    for words in (NL, EN):
        assert len({codes.verdict(code, words) for code in (*BEFORE_DUE, *AFTER_DUE)}) == 10


def test_the_words_are_those_of_the_method_page() -> None:
    """Five before the due date, five after it."""
    assert [codes.verdict(code, NL) for code in BEFORE_DUE] == [
        "voor op schema", "waarschijnlijk voor", "op koers", "waarschijnlijk achter", "achter",
    ]  # fmt: skip
    assert [codes.verdict(code, NL) for code in AFTER_DUE] == [
        "gehaald", "waarschijnlijk gehaald", "onbeslist", "waarschijnlijk niet gehaald", "niet gehaald",
    ]  # fmt: skip


def test_a_reason_from_elsewhere_is_printed_in_plain_words() -> None:
    """A new reason is no failure."""
    assert codes.rejection("read_twice", EN) == "read twice"


def test_an_absent_part_speaks_of_the_clients_own() -> None:
    """With the client's word for its customers."""
    words = Language("nl", {"customer": ("inwoner", "inwoners")})
    assert codes.absent("transactional", words) == (
        "Geen transactionele meting: hoe inwoners direct na een contact scoren, is niet bekend."
    )


@pytest.mark.parametrize(
    ("period", "text"), [("2026-Q3", "3e kwartaal 2026"), ("2026", "2026"), ("2026-07", "juli 2026")]
)
def test_a_period_is_said_in_words(period: str, text: str) -> None:
    """As the tables hold it."""
    assert codes.period(period, NL) == text
