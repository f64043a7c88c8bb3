"""The options of the command: each is read, and what is wrong with any of them is told at once."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from helpers.errors import ParamsError
from helpers.production import options


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("html", ("html",)),
        ("pdf,html", ("pdf", "html")),
        (" HTML , Pdf ,,xlsx", ("html", "pdf", "xlsx")),
        ("html,pdf,html", ("html", "pdf")),
    ],
)
def test_formats_are_read_once_each_in_their_order(text, expected):
    """Capitals, blanks and empty places do not matter; a second mention adds nothing."""
    assert options.formats_of(text) == expected


@pytest.mark.parametrize(
    ("text", "found"), [("docx", "docx"), ("html,docx,odt", "docx, odt"), ("", ""), (" , ", " , ")]
)
def test_a_format_that_is_not_made_is_named(text, found):
    """Every unknown format is named; no format at all is a fault too."""
    with pytest.raises(ParamsError) as caught:
        options.formats_of(text)
    assert caught.value.messages == (f"--format: '{found}' is not a format; choose from html, pdf, xlsx.",)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [(None, None), ("90", 90), ("90s", 90), ("10m", 600), ("1.5 h", 5400), (" 0.5s ", 0.5)],
)
def test_a_length_of_time_is_read_in_seconds(text, expected):
    """Seconds, minutes or hours; without an option there is no limit."""
    assert options.seconds(text) == expected


@pytest.mark.parametrize("text", ["soon", "0", "0s", "-5s", "10 min", "1m30s", "", "1e3s"])
def test_what_is_no_length_of_time_is_refused(text):
    """No time at all is no limit that anybody means."""
    with pytest.raises(ParamsError) as caught:
        options.seconds(text)
    assert caught.value.messages == (f"--deadline: '{text}' is not a length of time; write it as 90s or 10m.",)


ASKED = {"period": None, "language": None, "edition": None, "as_of": None, "formats": "html", "deadline": None}


def test_what_is_asked_becomes_a_wish():
    """Texts stay as typed; formats and the deadline are read."""
    more = {"period": "2026-Q1", "language": "en", "as_of": "2026-02-28", "formats": "pdf,html", "deadline": "2m"}
    assert options.wish(**ASKED | more | {"edition": "public"}) == options.Wish(
        "2026-Q1", "en", "public", "2026-02-28", ("pdf", "html"), 120.0
    )
    assert options.wish(**ASKED) == options.Wish(formats=("html",))


@pytest.mark.parametrize(
    ("declared", "asked", "expected"),
    [
        (("board",), None, ("board",)),
        (("public", "board"), None, ("board", "public")),
        (("public",), None, ("public",)),
        (("board", "public"), "public", ("public",)),
        (("board",), "public", ("public",)),
    ],
)
def test_the_editions_are_those_of_the_params_unless_one_is_asked(declared, asked, expected):
    """The widest first, whatever the order in the file; one that is asked for need not be declared."""
    params = SimpleNamespace(report=SimpleNamespace(editions=declared))
    assert options.Wish(edition=asked).editions(params) == expected


def test_a_unit_edition_cannot_be_made_yet():
    """It is told with those that can."""
    with pytest.raises(ParamsError) as caught:
        options.wish(**ASKED | {"edition": "unit"})
    assert caught.value.messages == ("--edition: 'unit' cannot be made yet; the edition is board or public.",)


def test_every_wrong_option_is_told_at_once():
    """In the order of the help; a period that was clearly meant is suggested."""
    wrong = {"period": "2026Q3", "language": "de", "edition": "team", "as_of": "2026-02-31"}
    with pytest.raises(ParamsError) as caught:
        options.wish(**wrong, formats="bogus", deadline="soon")
    assert caught.value.messages == (
        "--period: '2026Q3' is not a period; did you mean 2026-Q3? Allowed are 2026, 2026-H1, 2026-Q3 or 2026-07.",
        "--language: 'de' is not a language of the reports; choose nl or en.",
        "--edition: 'team' cannot be made yet; the edition is board or public.",
        "--as-of: '2026-02-31' is not a day; write it as 2026-09-30.",
        "--format: 'bogus' is not a format; choose from html, pdf, xlsx.",
        "--deadline: 'soon' is not a length of time; write it as 90s or 10m.",
    )
