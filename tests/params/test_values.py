"""Scalars: what was typed stays what was typed, and each kind of value says what it allows."""

from __future__ import annotations

import datetime as dt

import pytest

from helpers.params.formats import contrast_with_white
from helpers.params.values import number_text, shown


@pytest.mark.parametrize(
    "typed", ["NO", "yes", "12:30", "007", "2026", "1e3", "🙂", "~", "null", ".inf", "0x1F", "1_000", "é", "=1+1"]
)
def test_a_text_stays_as_it_is_typed(params, typed):
    """YAML's own guesses (false, 750, 7, nothing) never reach a text, a name or a code."""
    lines = [
        f"labels: {{area: {{{typed}: {typed}}}}}",
        f"dimensions: {{area: {typed}}}",
        f"keep_where: {{a: [{typed}]}}",
    ]
    source = params(survey="\n".join(lines)).sources["survey"]
    assert source.labels == {"area": {typed: typed}}
    assert source.dimensions == {"area": typed}
    assert source.keep_where == {"a": (typed,)}


@pytest.mark.parametrize(
    ("typed", "period"),
    [("2026", "2026"), ("'2026'", "2026"), ("2026-H1", "2026-H1"), ("2026-Q3", "2026-Q3"), ("2026-07", "2026-07")],
)
def test_a_period_may_be_bare_or_quoted(params, typed, period):
    """A bare 2026 is the year, not a number."""
    assert params(survey=f"wave: {typed}").sources["survey"].wave == period


@pytest.mark.parametrize("typed", ["2026-12-31", "'2026-12-31'", '"2026-12-31"'])
def test_a_date_may_be_bare_or_quoted(params, typed):
    """Dates are quoted or not, both work."""
    target = f"targets: [{{metric: nps, baseline: 2026-Q1, target: 1, due: {typed}, owner: Board}}]"
    assert params(target).targets[0].due == dt.date(2026, 12, 31)


@pytest.mark.parametrize(
    ("typed", "number"), [("10", 10), ("-5", -5), ("−5", -5), ("+5", 5), ("7.5", 7.5), ('"7,5"', 7.5)]
)
def test_a_number_may_have_a_sign_and_a_decimal_comma(params, typed, number):
    """A score is typed as people write it."""
    target = f"targets: [{{metric: nps, baseline: 2026-Q1, target: {typed}, due: 2026-12-31, owner: Board}}]"
    assert params(target).targets[0].target == number


@pytest.mark.parametrize("typed", ["1e3", "nan", "inf", "ten", "1_000", "0x1F", "true", "12:30", "~", "🙂"])
def test_what_is_no_number_is_refused(faults, typed):
    """Nothing that only a computer reads as a number passes for one."""
    target = f"targets: [{{metric: nps, baseline: 2026-Q1, target: {typed}, due: 2026-12-31, owner: Board}}]"
    assert faults(target) == [
        f"targets[0].target (line 9): '{typed}' is not a number. Write digits, such as 10 or 7.5."
    ]


@pytest.mark.parametrize(
    ("typed", "share"), [("5%", 0.05), ("5 %", 0.05), ("0.02", 0.02), ('"2,5%"', 0.025), ("0", 0), ("100%", 1)]
)
def test_a_share_is_a_percentage_or_a_fraction(params, typed, share):
    """5% and 0.05 are the same share."""
    assert params(survey=f"max_rejected: {typed}").sources["survey"].max_rejected == pytest.approx(share)


@pytest.mark.parametrize(("typed", "months"), [("15 months", 15), ("1 month", 1), ("2 years", 24), ("1 year", 12)])
def test_a_length_of_time_is_counted_in_months(params, typed, months):
    """A year is twelve months."""
    assert params(f"wave_valid_for: {typed}").wave_valid_for == months


@pytest.mark.parametrize("typed", ["true", "True", "yes", "YES"])
def test_true_may_be_written_as_yes(params, typed):
    """Switches take the two words people use."""
    assert params(f"report: {{show_code: {typed}}}").report.show_code is True


@pytest.mark.parametrize("typed", ["false", "NO", "no"])
def test_false_may_be_written_as_no(params, typed):
    """Switches take the two words people use; NO is one of them here, and only here."""
    assert params(f"report: {{show_code: {typed}}}").report.show_code is False


@pytest.mark.parametrize(
    ("typed", "scale"), [("0-10", (0, 10)), ("0 – 10", (0, 10)), ("0 to 10", (0, 10)), ("'0-10'", (0, 10))]
)
def test_a_scale_is_its_two_ends(params, typed, scale):
    """A scale reads in each way people write it."""
    found = params(measures=f"measures: {{nps: {{column: Q3, scale: {typed}}}}}")
    assert found.sources["survey"].measures["nps"].scale == scale


def test_a_scale_may_begin_below_zero(params):
    """A scale of -5 to 5 exists in practice."""
    found = params(measures="measures: {mood: {column: Q3, scale: -5-5}}")
    assert found.sources["survey"].measures["mood"].scale == (-5, 5)


def test_one_value_stands_for_a_list_of_one(params):
    """Who has one owner, one unit column or one empty answer writes no brackets."""
    found = params(
        "zero_measurement: {by: area}",
        survey="no_answer: x\ndimensions: {area: a}",
        columns="columns: {date: d, unit: team}",
    )
    source = found.sources["survey"]
    assert (source.no_answer, source.columns.unit, found.zero_measurement.by) == (("x",), ("team",), ("area",))


@pytest.mark.parametrize(("typed", "sign"), [('";"', ";"), ("tab", "\t"), ('"\\t"', "\t"), ("'|'", "|")])
def test_a_separator_is_one_character_or_tab(params, typed, sign):
    """A tab cannot be seen, so it has a word."""
    assert params(survey=f"separator: {typed}").sources["survey"].separator == sign


REFUSED = {
    "language: xx": "language (line 9): 'xx' is not one of nl, en. Choose one of them.",
    "language: [nl]": "language (line 9): a list is not one of nl, en. Choose one of them.",
    "reporting_period: quarterly": (
        "reporting_period (line 9): 'quarterly' is not one of month, quarter, half-year, year. Did you mean 'quarter'?"
    ),
    "fiscal_year_start: 13": "fiscal_year_start (line 9): 13 is outside 1…12. Write the number of a month.",
    "fiscal_year_start: April": (
        "fiscal_year_start (line 9): 'April' is not a whole number. Write digits only, such as 1."
    ),
    "wave_valid_for: 15": (
        "wave_valid_for (line 9): 15 is not a length of time. Write a number of months or years, such as 15 months."
    ),
    "wave_valid_for: 0 months": (
        "wave_valid_for (line 9): '0 months' is not a length of time. Write a number of months or years, such as 15 "
        "months."
    ),
    "zero_measurement: {period: 2026Q3}": (
        "zero_measurement.period (line 9): '2026Q3' is not a period. Did you mean 2026-Q3? Allowed are 2026, 2026-H1, "
        "2026-Q3 or 2026-07; correct the value."
    ),
    "privacy: {customer: {minimum_respondents: 2}}": (
        "privacy.customer.minimum_respondents (line 9): 2 is below 3. In a group of one or two, a number tells what a "
        "person answered; raise the value."
    ),
    "privacy: {employee: {minimum_headcount: 0}}": (
        "privacy.employee.minimum_headcount (line 9): 0 is below 3. In a group of one or two, a number tells what a "
        "person answered; raise the value."
    ),
    "report: {confidence: 1}": (
        "report.confidence (line 9): 1 is not 80% or more and below 100%. Usual is 95%; write 95% or 0.95."
    ),
    "report: {confidence: high}": (
        "report.confidence (line 9): 'high' is not a percentage. Usual is 95%; write 95% or 0.95."
    ),
    "report: {show_code: maybe}": "report.show_code (line 9): 'maybe' is not true or false. Write one of the two.",
    "report: {chapters: []}": (
        "report.chapters (line 9): there is nothing in it. Write auto, or at least one chapter."
    ),
    'report: {house_style: {accent: "#FFCC00"}}': (
        "report.house_style.accent (line 9): white text on #FFCC00 has a contrast of 1.51:1, under the 4.5:1 that "
        "readers need. Choose a darker colour."
    ),
    "report: {house_style: {accent: blue}}": (
        "report.house_style.accent (line 9): 'blue' is not a colour. Write # and six digits or letters a–f between "
        "quotes, such as '#0B5394'."
    ),
    "report: {house_style: {band_names: {passive: [a, b, c]}}}": (
        "report.house_style.band_names.passive (line 9): 3 words stand here. Write the singular and the plural, such "
        "as "
        "[klant, klanten]."
    ),
    'report: {agency: ""}': ("report.agency (line 9): the text is empty. Write a text, or leave the key out."),
    "report: {agency: [a]}": (
        "report.agency (line 9): a list stands where a single text is expected. Write one value."
    ),
    "report: auto": (
        "report (line 9): 'auto' stands where a group of keys is expected. Write one key: value per line below it."
    ),
    "targets: {metric: nps}": (
        "targets (line 9): a group of keys stands where a list is expected. Begin each item on a line of its own with "
        "'- '."
    ),
}


@pytest.mark.parametrize("written", REFUSED)
def test_a_wrong_value_is_named_with_what_is_allowed(faults, written):
    """A message says what was found, what is allowed and what to do."""
    assert faults(written) == [REFUSED[written]]


REFUSED_IN_A_SURVEY = {
    "max_rejected: 5": (
        "max_rejected (line 9): 5 is outside 0%…100%. Write a percentage such as 5%, or a fraction such as 0.05."
    ),
    "max_rejected: few": (
        "max_rejected (line 9): 'few' is not a percentage. Write a percentage such as 5%, or a fraction such as 0.05."
    ),
    "header_rows: 0": "header_rows[0] (line 9): 0 is below 1. Rows count from 1.",
    "decimal: x": "decimal (line 9): 'x' is not one of ',', '.'. Choose one of them.",
    "separator: ;;": (
        "separator (line 9): ';;' is not one character. Write it between quotes, such as \";\", or write tab."
    ),
    "encoding: ansi-ish": (
        "encoding (line 9): 'ansi-ish' is not a character set. Usual are utf-8, cp1252 and latin-1."
    ),
    "encoding: rot13": "encoding (line 9): 'rot13' is not a character set. Usual are utf-8, cp1252 and latin-1.",
    "date_format: dd/mm/yyyy": (
        "date_format (line 9): 'dd/mm/yyyy' is not a date format. Write %d for the day, %m for the month and %Y for "
        "the year, such as %d/%m/%Y."
    ),
    "method: {fieldwork: 2026-01-05}": (
        "method.fieldwork (line 9): '2026-01-05' stands where a list is expected. Begin each item on a line of its own "
        "with '- '."
    ),
    "method: {fieldwork: [2026-01-05]}": (
        "method.fieldwork (line 9): 1 value stands here. Write two: the first and the last."
    ),
    "method: {fieldwork: [2026-01-05, 5-2-2026]}": (
        "method.fieldwork[1] (line 9): '5-2-2026' is not a date. Write year-month-day; did you mean 2026-02-05?"
    ),
    "method: {fieldwork: [2026-01-05, 2026-02-31]}": (
        "method.fieldwork[1] (line 9): '2026-02-31' is not a day of the calendar. Correct the date."
    ),
    "method: {fieldwork: [2026-01-05, spring]}": (
        "method.fieldwork[1] (line 9): 'spring' is not a date. Write year-month-day, such as 2026-12-31."
    ),
    "segments: {age: }": "segments.age (line 9): there is no value. Write one, or leave the key out.",
    'segments: {age: ""}': (
        "segments.age (line 9): the text is empty. A column without a name is named by its place, such as "
        "{position: 1}."
    ),
    "segments: {age: {column: a, bins: []}}": (
        "segments.age.bins (line 9): there is nothing in it. Write where each class begins."
    ),
    "segments: {age: {position: first}}": (
        "segments.age.position (line 9): 'first' is not a whole number. Write digits only, such as 1."
    ),
    "segments: [age]": (
        "segments (line 9): a list stands where a group of keys is expected. Write one key: value per line below it."
    ),
    "keep_where: {kind: {}}": (
        "keep_where.kind (line 9): there is nothing in it. Write one of not, in, from and to, such as {not: [test]}."
    ),
}


@pytest.mark.parametrize("written", REFUSED_IN_A_SURVEY)
def test_a_wrong_value_in_a_survey_is_named_with_what_is_allowed(faults, written):
    """A message says what was found, what is allowed and what to do."""
    assert faults(survey=written) == [f"sources.survey.{REFUSED_IN_A_SURVEY[written]}"]


@pytest.mark.parametrize(("typed", "hint"), [
    ("10-0", "Write the lowest answer first, such as 0-10 or 1-5."),
    ("5-5", "Write the lowest answer first, such as 0-10 or 1-5."),
    ("10", "Write the lowest and the highest answer, such as 0-10 or 1-5."),
    ("[0, 10]", "Write the lowest and the highest answer, such as 0-10 or 1-5."),
])  # fmt: skip
def test_a_wrong_scale_is_named(faults, typed, hint):
    """A scale that cannot be meant is refused."""
    found = "a list" if typed.startswith("[") else typed if typed == "10" else f"'{typed}'"
    assert faults(measures=f"measures: {{mood: {{column: Q3, scale: {typed}}}}}") == [
        f"sources.survey.measures.mood.scale (line 7): {found} is not a scale. {hint}"
    ]


def test_contrast_follows_wcag():
    """White on black is 21:1, on white 1:1; #767676 is the lightest grey that passes 4.5:1."""
    assert contrast_with_white("#000000") == pytest.approx(21)
    assert contrast_with_white("#FFFFFF") == pytest.approx(1)
    assert contrast_with_white("#767676") == pytest.approx(4.54, abs=0.005)
    assert contrast_with_white("#777777") < 4.5


def test_a_dark_accent_is_accepted(params):
    """The default look of the example passes."""
    assert params('report: {house_style: {accent: "#0B5394"}}').report.house_style.accent == "#0B5394"


def test_a_value_is_shown_without_harm():
    """Long text is cut and control characters are spelled out, so that a message stays one line."""
    assert shown("a" * 70) == "'" + "a" * 60 + "…'"
    assert shown("a\x1b[31m\nb") == "'a\\x1b[31m\\nb'"
    assert (shown("−5"), shown("🙂"), shown(None)) == ("'−5'", "'🙂'", "'None'")


def test_a_number_is_written_with_a_true_minus():
    """Messages write numbers as reports do."""
    assert [number_text(value) for value in (-100, 7.5, 10.0, -0.5)] == ["−100", "7.5", "10", "−0.5"]
