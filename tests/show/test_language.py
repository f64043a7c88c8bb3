"""How a report speaks: messages, the client's own terms, and the form of every number and date."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.periods import Period
from helpers.show.language import LANGUAGES, PSEUDO, Language
from helpers.show.terms import TERMS

NL, EN, TEST = Language("nl"), Language("en"), Language(PSEUDO)
RESIDENTS = {"customer": ("inwoner", "inwoners"), "service": ("dienst", "diensten")}


class TestNumbers:
    """One form per language, rounded half away from zero."""

    @pytest.mark.parametrize(
        ("value", "dutch", "english"),
        [
            (12.3, "+12", "+12"),
            (-13.5, "−14", "−14"),
            (12.5, "+13", "+13"),
            (-0.4, "0", "0"),  # never minus zero
            (0.4, "0", "0"),  # and no plus without a point
            (0.5, "+1", "+1"),
            (-100, "−100", "−100"),
        ],
    )
    def test_a_score_has_a_sign_and_no_decimals(self, value: float, dutch: str, english: str) -> None:
        """With the minus sign U+2212, which is as wide as the plus."""
        assert (NL.score(value), EN.score(value)) == (dutch, english)

    @pytest.mark.parametrize(
        ("value", "unit", "dutch", "english"),
        [
            (7.25, "scale", "7,3", "7.3"),
            (7.0, "scale", "7,0", "7.0"),
            (12.35, "scale", "12,4", "12.4"),
            (62.5, "percent", "63%", "63%"),
            (-3.2, "points", "−3", "−3"),
        ],
    )
    def test_a_measure_is_written_in_its_own_unit(self, value, unit, dutch, english) -> None:
        """Points with a sign, a scale with one decimal, a percentage with its sign."""
        assert (NL.measure(value, unit), EN.measure(value, unit)) == (dutch, english)

    @pytest.mark.parametrize(
        ("value", "dutch", "english"), [(0, "0", "0"), (1234, "1.234", "1,234"), (5710000, "5.710.000", "5,710,000")]
    )
    def test_a_count_has_thousands(self, value: int, dutch: str, english: str) -> None:
        """A point in Dutch, a comma in English."""
        assert (NL.count(value), EN.count(value)) == (dutch, english)

    @pytest.mark.parametrize(
        ("low", "high", "unit", "dutch", "english"),
        [
            (-7.2, 18.1, "points", "−7 tot +18", "−7 to +18"),
            (6.9, 7.44, "scale", "6,9 tot 7,4", "6.9 to 7.4"),
            (31.4, 40, "percent", "31% tot 40%", "31% to 40%"),
        ],
    )
    def test_an_interval_runs_from_low_to_high(self, low, high, unit, dutch, english) -> None:
        """In words, for a dash beside a minus sign misleads."""
        assert (NL.interval(low, high, unit), EN.interval(low, high, unit)) == (dutch, english)

    @pytest.mark.parametrize(
        ("value", "unit", "dutch", "english"),
        [
            (17.2, "points", "+17", "+17"),
            (-17.2, "points", "−17", "−17"),
            (0.25, "scale", "+0,3", "+0.3"),
            (20, "percent", "+20 procentpunt", "+20 pp"),
            (-2.4, "percent", "−2 procentpunt", "−2 pp"),
            (0.4, "points", "0", "0"),
            (-0.4, "points", "0", "0"),
        ],
    )
    def test_a_difference_has_its_sign_in_every_unit(self, value, unit, dutch, english) -> None:
        """Of percentages it is in percentage points; what rounds to nothing has no sign."""
        assert (NL.difference(value, unit), EN.difference(value, unit)) == (dutch, english)

    def test_a_difference_may_have_more_decimals(self) -> None:
        """Where the usual ones would hide on which side of 0 it lies."""
        assert (NL.difference(0.3, digits=1), EN.difference(-0.04, "percent", digits=2)) == ("+0,3", "−0.04 pp")

    @pytest.mark.parametrize(("share", "text"), [(0.314, "31%"), (0.125, "13%"), (0, "0%"), (1, "100%")])
    def test_a_share_is_a_percentage(self, share: float, text: str) -> None:
        """Half a percent goes up."""
        assert (NL.share(share), NL.share(0.1234, digits=1), EN.share(0.1234, digits=1)) == (text, "12,3%", "12.3%")

    @pytest.mark.parametrize(
        ("probability", "text"),
        [(0, "<1%"), (0.0049, "<1%"), (0.005, "1%"), (0.5, "50%"), (0.9949, "99%"), (0.995, ">99%"), (1, ">99%")],
    )
    def test_a_probability_is_never_certain(self, probability: float, text: str) -> None:
        """A sample proves nothing for good."""
        assert NL.probability(probability) == EN.probability(probability) == text

    @given(st.floats(-100, 100))
    def test_a_score_and_its_negative_differ_in_their_sign_alone(self, value: float) -> None:
        """Rounding favours neither side, in any language."""
        mirrored = EN.score(-value).translate(str.maketrans("+−", "−+"))
        assert EN.score(value) == mirrored == NL.score(value)

    @given(st.floats(-1e6, 1e6), st.integers(0, 3))
    def test_dutch_and_english_differ_in_their_signs_only(self, value: float, digits: int) -> None:
        """Comma for point and point for comma; no hyphen stands for a minus."""
        dutch, english = (words.decimal(value, digits=digits) for words in (NL, EN))
        assert dutch.translate(str.maketrans(".,", ",.")) == english
        assert "-" not in dutch


class TestDates:
    """Days and periods in words."""

    def test_a_day_is_written_in_full(self) -> None:
        """Without a leading zero."""
        days = [dt.date(2026, 9, 30), dt.date(2027, 3, 1)]
        assert [NL.date(day) for day in days] == ["30 september 2026", "1 maart 2027"]
        assert [EN.date(day) for day in days] == ["30 September 2026", "1 March 2027"]

    @pytest.mark.parametrize(
        ("period", "dutch", "english"),
        [
            ("2026", "2026", "2026"),
            ("2026-H1", "1e halfjaar 2026", "half-year 1 of 2026"),
            ("2026-Q3", "3e kwartaal 2026", "Q3 2026"),
            ("2026-07", "juli 2026", "July 2026"),
        ],
    )
    def test_a_period_is_said_in_words(self, period: str, dutch: str, english: str) -> None:
        """Year, half-year, quarter or month."""
        assert (NL.period(Period.parse(period)), EN.period(Period.parse(period))) == (dutch, english)

    def test_a_fiscal_period_keeps_its_own_number(self) -> None:
        """The first quarter of a year that begins in April, which ends in the next calendar year."""
        fiscal = Period.parse("2026-Q1", fiscal_year_start=4)
        assert fiscal.first == dt.date(2026, 4, 1)
        assert NL.period(fiscal) == "1e kwartaal 2026/27"


class TestMessages:
    """Translated, then filled."""

    def test_a_message_is_translated_and_filled(self) -> None:
        """A message that nobody translated stays English."""
        assert NL.text("{metric}, {now}", metric="NPS", now="nu") == "NPS, nu"
        assert NL.text("Total") == "Totaal"
        assert NL.text("no such message {x}", x=1) == "no such message 1"

    @pytest.mark.parametrize(("n", "dutch", "english"), [(0, "0 groepen zijn", "0 groups are"),
                                                         (1, "1 groep is", "1 group is"),
                                                         (1234, "1.234 groepen zijn", "1,234 groups are")])  # fmt: skip
    def test_a_plural_follows_its_number(self, n: int, dutch: str, english: str) -> None:
        """Which is written as any count."""
        forms = ("{n} group is hidden.", "{n} groups are hidden.", n)
        assert NL.plural(*forms) == f"{dutch} verborgen."
        assert EN.plural(*forms) == f"{english} hidden."

    def test_braces_in_a_value_stay(self) -> None:
        """A client's label is no message."""
        assert EN.text("{metric}, {now}", metric="{customers}", now="{") == "{customers}, {"

    def test_an_unknown_placeholder_is_a_fault_of_the_message(self) -> None:
        """Better no report than braces in it."""
        with pytest.raises(KeyError):
            NL.text("Scores of {clients}")

    @pytest.mark.parametrize(
        ("items", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a en b"), (["a", "b", "c"], "a, b en c")]
    )
    def test_names_are_joined_as_one_reads_them(self, items: list[str], text: str) -> None:
        """The last with 'and'."""
        assert NL.join(items) == text

    def test_prose_keeps_braces_that_are_no_term(self) -> None:
        """A line of a notebook may hold code."""
        assert (
            NL.prose("A line with {customers} and {anything} {else!r}") == "A line with klanten and {anything} {else!r}"
        )

    def test_a_language_has_a_name_in_itself(self) -> None:
        """For the cover."""
        assert (NL.name, EN.name, TEST.name) == ("Nederlands", "English", "English")


class TestTerms:
    """The client's own words in every sentence."""

    def test_each_language_has_the_same_terms(self) -> None:
        """Singular and plural, none empty."""
        assert set(TERMS) == set(LANGUAGES)
        assert set(TERMS["nl"]) == set(TERMS["en"])
        assert all(len(forms) == 2 and all(forms) for terms in TERMS.values() for forms in terms.values())

    def test_singular_plural_and_capital(self) -> None:
        """{Customers} begins a sentence; the plural of process has its own form in the message."""
        message = "{customer} {customers} {Customer} {Customers} {processes} {Passives}"
        assert EN.text(message) == "customer customers Customer Customers processes Passives"
        assert NL.text(message) == "klant klanten Klant Klanten processen Neutralen"

    def test_the_clients_words_win(self) -> None:
        """A municipality has inwoners, and names its critics as it likes."""
        words = Language("nl", RESIDENTS, {"detractor": ("tegenstander", "tegenstanders")})
        assert (
            words.text("How do customers score right after a contact?") == "Hoe scoren inwoners direct na een contact?"
        )
        assert words.text("{Customers} {Detractors} {employees}") == "Inwoners Tegenstanders medewerkers"
        assert (words.band("detractor"), words.band("promoter")) == ("tegenstanders", "promotors")

    def test_one_form_serves_as_both(self) -> None:
        """A word without a plural."""
        assert Language("nl", {"customer": ("publiek",)}).text("{customer} {Customers}") == "publiek Publiek"

    def test_a_name_that_is_no_term_is_written_in_plain_words(self) -> None:
        """A dimension called customer_years."""
        assert (NL.term("customer_years"), NL.heading("customer_years")) == ("customer years", "Customer years")
        assert Language("nl", {"customer_years": ("jaren klant",)}).heading("customer_years") == "Jaren klant"


class TestPseudo:
    """English in brackets, which shows a text that escaped translation."""

    def test_every_message_is_bracketed(self) -> None:
        """Plain, plural, prose and within a number."""
        assert TEST.text("Total") == "⟦Total⟧"
        assert TEST.plural("{n} group is hidden.", "{n} groups are hidden.", 2) == "⟦2 groups are hidden.⟧"
        assert TEST.prose("A line") == "⟦A line⟧"
        assert (TEST.share(0.31), TEST.interval(-7, 18), TEST.probability(1)) == ("⟦31%⟧", "⟦−7 to +18⟧", "⟦>99%⟧")

    def test_so_is_every_word_of_ours(self) -> None:
        """The client's own are data."""
        assert TEST.text("{Customers}") == "⟦⟦customers⟧⟧"
        assert TEST.heading("product") == "⟦product⟧"
        assert Language(PSEUDO, RESIDENTS).text("{Customers}") == "⟦Inwoners⟧"

    def test_numbers_and_days_are_data(self) -> None:
        """They are written as in English."""
        assert (TEST.score(12.3), TEST.count(1234), TEST.date(dt.date(2026, 9, 30))) == (
            "+12",
            "1,234",
            "30 September 2026",
        )
