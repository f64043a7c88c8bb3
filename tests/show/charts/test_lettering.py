"""Fitting text: nothing is wider than its room, nothing is lost but what an ellipsis stands for."""

from __future__ import annotations

import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.show.charts.lettering import SEMIBOLD, plain, register_fonts, shortened, width, wrapped
from helpers.show.theme import theme

LABELS = st.text(st.characters(codec="latin-1", categories=("L", "N", "P", "Zs")), max_size=90).map(plain)
ROOM = 146.0


@pytest.fixture(autouse=True, scope="module")
def _fonts() -> None:
    register_fonts(theme())


@given(LABELS, st.sampled_from([1, 2, 3]))
def test_no_line_is_wider_than_its_room(label: str, lines: int) -> None:
    """Each line fits, and there are never more than asked for."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = wrapped(label, room=ROOM, size=8, lines=lines)
        assert len(found) <= lines
        assert max(width(line, size=8) for line in found) <= ROOM


@given(LABELS)
def test_wrapping_keeps_every_letter(label: str) -> None:
    """With lines enough, the label is all there: only hyphens at line ends are added, spaces dropped."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = "".join(wrapped(label, room=ROOM, size=8, lines=40))
    assert found.replace("-", "").replace(" ", "") == label.replace("-", "").replace(" ", "").replace("\xa0", "")


def test_lines_break_between_words() -> None:
    """A label breaks at its last space that fits."""
    assert wrapped("Storing en verhuizing naar een nieuwe aansluiting", room=146, size=8) == (
        "Storing en verhuizing naar een nieuwe",
        "aansluiting",
    )


def test_long_word_is_hyphenated() -> None:
    """A compound longer than the line breaks where the line ends."""
    first, second = wrapped("Meervoudigepersoonlijkheidsstoornisbehandelaar", room=120, size=8)
    assert first.endswith("-")
    assert first[:-1] + second == "Meervoudigepersoonlijkheidsstoornisbehandelaar"


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    """A label cut short shows it."""
    assert shortened("Klantenservice", room=40, size=8) == "Klantens…"
    assert shortened("Klant", room=40, size=8) == "Klant"


def test_semibold_is_wider() -> None:
    """The weight has its own font, whose widths are used."""
    assert width("Storing", size=8, weight=SEMIBOLD) > width("Storing", size=8)


def test_width_grows_with_size() -> None:
    """Twice the size is twice the width."""
    assert width("Storing", size=16) == pytest.approx(2 * width("Storing", size=8), rel=0.01)
