"""What a table carries along: language, look, report, and what things are called."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.show import codes
from helpers.show.context import Context
from helpers.show.theme import theme


def test_a_table_says_how_to_show_it(framed) -> None:
    """Its attrs survive filtering, so an analyst's selection is printed like the whole."""
    frame = framed(
        "targets", [{"n": 1}, {"n": 2}], language="nl", accent="#0B5394", terms={"customer": ("gast", "gasten")}
    )
    context = Context.of(frame[frame["n"] > 1])
    assert (context.table, context.words.code) == ("targets", "nl")
    assert context.words.term("customer", plural=True) == "gasten"
    assert context.theme == theme("#0B5394")
    assert context.stamp == {
        "language": "nl",
        "report": {"organisation": "acme", "period": "2026-Q3", "edition": "board"},
    }


def test_a_frame_of_nobody_is_shown_in_english_in_the_default_look() -> None:
    """An analyst's own table."""
    context = Context.of(pd.DataFrame({"a": [1]}))
    assert (context.table, context.words.code, context.report, context.theme) == ("", "en", None, theme())


class TestNames:
    """What a metric and its score are called."""

    @pytest.mark.parametrize(
        ("key", "dutch", "english"),
        [
            ("nps.customer.relational", "Relationele NPS", "Relational NPS"),
            ("nps.customer.transactional", "Transactionele NPS", "Transactional NPS"),
            ("enps", "eNPS", "eNPS"),
            ("effort.customer.transactional", "Effort, na een contact", "Effort, after a contact"),
            ("trust.customer.relational", "Trust, over de relatie", "Trust, of the relation"),
            ("work_pleasure.employee", "Work pleasure", "Work pleasure"),
        ],
    )
    def test_a_metric_has_a_name_in_every_language(self, context, key: str, dutch: str, english: str) -> None:
        """The label of the params, else its own name, with the occasion where there are two."""
        assert (context(language="nl").metric(key), context().metric(key)) == (dutch, english)

    @pytest.mark.parametrize(
        ("unit", "dutch", "english"),
        [("points", "NPS", "NPS"), ("scale", "Gemiddelde", "Mean"), ("percent", "Aandeel", "Share")],
    )
    def test_a_score_is_named_by_its_unit(self, context, unit: str, dutch: str, english: str) -> None:
        """In the head of a column."""
        assert (context(language="nl").score_name(unit), context().score_name(unit)) == (dutch, english)

    def test_an_nps_asked_from_1_to_10_says_so_wherever_it_is_named(self, context) -> None:
        """It has no answer 0, so it may not pass for a real one."""
        own = {"by_convention": ("nps.customer.relational", "enps")}
        assert context(**own).metric("nps.customer.relational") == "Relational NPS (asked from 1 to 10)"
        assert context(language="nl", **own).metric("enps") == "eNPS (gevraagd van 1 tot 10)"
        assert context(**own).metric("nps.customer.transactional") == "Transactional NPS"

    def test_a_survey_is_called_what_the_params_call_it(self, context) -> None:
        """Else by the name of its source."""
        named = context(surveys={"klantcontact": "Na elk contact"})
        assert (named.survey("klantcontact"), named.survey("our_panel")) == ("Na elk contact", "Our panel")


def test_a_fiscal_year_names_both_its_calendar_years(context) -> None:
    """Q1 of a year that begins in April is not the Q1 of the calendar; a calendar year stays as it is."""
    april = context(fiscal_year_start=4).words
    written = [codes.period(text, april) for text in ("2026-Q1", "2026-H2", "2026", "2026-07", "1999")]
    assert written == ["Q1 2026/27", "half-year 2 of 2026/27", "2026/27", "July 2026", "1999/00"]
    assert codes.period("2026-Q1", context().words) == "Q1 2026"


class TestInterval:
    """With which certainty, and on which scale."""

    @pytest.mark.parametrize(
        ("confidence", "dutch", "english"),
        [
            (0.95, "95%-interval", "95% interval"),
            (0.9, "90%-interval", "90% interval"),
            (0.975, "97,5%-interval", "97.5% interval"),
            (0.58, "58%-interval", "58% interval"),  # 100 × 0.58 is not 58 in binary
        ],
    )
    def test_an_interval_is_named_with_its_confidence(self, context, confidence: float, dutch, english) -> None:
        """As the params set it, with a decimal only where it has one."""
        found = (context(language="nl", confidence=confidence).interval, context(confidence=confidence).interval)
        assert found == (dutch, english)

    def test_nobodys_frame_has_the_usual_confidence(self) -> None:
        """An analyst's own table."""
        assert Context.of(pd.DataFrame({"a": [1]})).interval == "95% interval"

    @pytest.mark.parametrize(
        ("key", "dutch", "english"),
        [
            ("effort.customer.transactional", "schaal 1 tot 5, laag is goed", "scale 1 to 5, low is good"),
            ("mood.customer.relational", "schaal 1 tot 10", "scale 1 to 10"),
            ("enps", "", ""),
        ],
    )
    def test_a_mean_stands_on_a_scale(self, context, key: str, dutch: str, english: str) -> None:
        """7 of 10 is another score than 7 of 7; an NPS has a scale of its own."""
        scales = {"effort.customer.transactional": (1, 5, False), "mood.customer.relational": (1, 10, True)}
        assert context(language="nl", scales=scales).scale(key) == dutch
        assert context(scales=scales).scale(key) == english


class TestHiddenReason:
    """Why a number is hidden, with the minimum that applies."""

    @pytest.mark.parametrize(
        ("code", "audience", "english", "dutch"),
        [
            ("too_few_answers", "customer", "fewer than 5 answers", "minder dan 5 antwoorden"),
            ("too_few_answers", "employee", "fewer than 10 answers", "minder dan 10 antwoorden"),
            ("too_small_unit", "employee", "unit of fewer than 12 people", "onderdeel met minder dan 12 mensen"),
            (
                "protects_others",
                "employee",
                "would give away answers of a small group",
                "zou antwoorden van een kleine groep verraden",
            ),
        ],
    )
    def test_it_names_answers_or_people(self, context, code, audience, english, dutch) -> None:
        """Each has a minimum of its own in the params."""
        assert context().hidden_reason(code, audience) == english
        assert context(language="nl").hidden_reason(code, audience) == dutch

    def test_the_rules_of_the_edition_win(self, context) -> None:
        """The public edition has larger minimums than the params of the board's."""
        rules = {"employee": {"minimum_respondents": 30, "minimum_headcount": 40, "shares_from": 50}}
        found = context(privacy=rules)
        assert found.hidden_reason("too_few_answers", "employee") == "fewer than 30 answers"
        assert found.hidden_reason("too_small_unit", "employee") == "unit of fewer than 40 people"
        assert found.hidden_reason("too_few_answers", "customer") == "fewer than 5 answers"
        assert (found.shares_from, context().shares_from) == (50, 30)
