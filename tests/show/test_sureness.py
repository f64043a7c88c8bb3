"""Who kept silent, what change can be shown, and what weights cost."""

from __future__ import annotations

import math

import pytest

from helpers.show.sentences import read
from helpers.show.sureness import clumps, costly_weights

EFFORT = "effort.customer.transactional"


@pytest.fixture
def silent(framed):
    """Return what writes the sentence about 97 employees out of 440 who did not answer."""
    row = {"metric": "enps", "n": 343, "population": 440.0, "silent": 97.0, "low": -19.09, "high": 25.0}
    return lambda language="en", **more: read(framed("worst_case", [row | more], language=language))


@pytest.fixture
def shown(framed):
    """Return what writes the sentence about 491 answers with which 8.4 points can be shown."""
    row = {"metric": "nps.customer.relational", "unit_of_score": "points", "score": 12.0, "n": 491.0, "change": 8.4,
           "power": 0.8}  # fmt: skip
    return lambda language="en", **more: read(framed("relational_detectable", [row | more], language=language))


class TestWorstCase:
    """The score of everybody, had the others all been detractors, or all promoters."""

    def test_both_ends_are_said(self, silent) -> None:
        """With how many did not answer."""
        assert silent() == (
            "Had the 97 employees who did not answer all been detractors, the eNPS of everybody would be −19; had they "
            "all been promoters, +25.",
            "reading",
        )

    def test_in_dutch(self, silent) -> None:
        """As the report prints it; of one person in the singular."""
        assert silent("nl")[0] == (
            "Waren de 97 medewerkers die niet antwoordden allemaal critici geweest, dan was de eNPS van iedereen −19; "
            "waren zij allemaal promotors geweest, dan +25."
        )
        assert silent("nl", silent=1.0, low=3.5, high=4.0)[0] == (
            "Was de 1 medewerker die niet antwoordde een criticus geweest, dan was de eNPS van iedereen +4; bij een "
            "promotor +4."
        )

    def test_nothing_is_said_where_hidden_or_where_everybody_answered(self, silent) -> None:
        """A hidden score has no number here either."""
        blank = dict.fromkeys(("n", "population", "silent", "low", "high"))
        assert silent(**blank)[0] == ""
        assert silent(low=None, high=None)[0] == ""
        assert silent(silent=0.0)[0] == ""


class TestDetectable:
    """From which size on a change can be shown."""

    def test_the_size_is_rounded_up(self, shown) -> None:
        """A change of 8 points has less than the chance that is said."""
        assert shown() == (
            "With 491 answers now and as many next time, a change of 9 points or more has a chance of about 80% to "
            "be shown.",
            "reading",
        )

    def test_in_dutch(self, shown) -> None:
        """As the report prints it."""
        assert shown("nl")[0] == (
            "Met 491 antwoorden nu en evenveel de volgende keer is de kans ongeveer 80% dat een verandering van 9 "
            "punten of meer aantoonbaar wordt."
        )

    @pytest.mark.parametrize(
        ("row", "size"),
        [
            ({"change": 9.0}, "9 points"),
            ({"change": 0.3}, "1 point"),
            ({"unit_of_score": "percent", "score": 80.0, "change": 4.2}, "5 pp"),
            ({"unit_of_score": "scale", "metric": EFFORT, "score": 2.1, "change": 0.31}, "0.4"),
        ],
    )  # fmt: skip
    def test_each_in_its_own_unit(self, shown, row, size: str) -> None:
        """Points, percentage points, or the scale of a mean with one decimal."""
        assert f"a change of {size} or more" in shown(**row)[0]

    @pytest.mark.parametrize(
        "row",
        [
            {"n": 3.0, "change": 113.0},
            {"unit_of_score": "percent", "score": 80.0, "change": 81.0},
            {"unit_of_score": "scale", "metric": EFFORT, "score": 2.0, "change": 3.1},
        ],
    )
    def test_more_than_the_scale_has_room_for_cannot_be_shown(self, shown, row) -> None:
        """From +12 a score can fall 112 points and no more."""
        assert shown(**row)[0].endswith("as many next time, no change can be expected to be shown.")

    def test_without_a_change_nothing_is_said(self, shown) -> None:
        """One answer on a scale has no spread."""
        assert shown(change=math.nan)[0] == ""


class TestCostlyWeights:
    """Weights that leave less than half of the answers are warned of."""

    def test_they_are_named_with_what_the_answers_are_worth(self, context) -> None:
        """100 answers worth 49 have a design effect of 100/49 > 2; 50 is not above it."""
        rows = [
            {"label": label, "weighted": True, "n": 100, "weighting_effect": 100 / worth}
            for label, worth in (("", 49.0), ("North", 50.0), ("South", 20.4))
        ]
        said = "Total (100 answers, worth 49) and South (100 answers, worth 20)"
        assert costly_weights(rows, context()) == f"The weights cost more than half of the answers: {said}."
        said = "Totaal (100 antwoorden, goed voor 49) en South (100 antwoorden, goed voor 20)"
        assert costly_weights(rows, context(language="nl")) == (
            f"De weging kost meer dan de helft van de antwoorden: {said}."
        )

    def test_at_most_three_are_named(self, context) -> None:
        """The rest is counted."""
        rows = [{"label": name, "weighted": True, "n": 10, "weighting_effect": 2.5} for name in "ABCDE"]
        assert costly_weights(rows, context()).endswith("C (10 answers, worth 4) and 2 more.")

    @pytest.mark.parametrize(
        "row",
        [{"weighted": False}, {"n": None, "weighting_effect": None}, {"n": math.nan, "weighting_effect": math.nan},
         {"n": 0, "weighting_effect": math.nan}, {"weighting_effect": 1.9, "sample_effective": 10.0}],
    )  # fmt: skip
    def test_unweighted_hidden_and_absent_scores_cost_nothing(self, context, row) -> None:
        """Clusters may cost answers too, but those are no weights."""
        costly = {"label": "", "weighted": True, "n": 100, "weighting_effect": 10.0}
        assert costly_weights([costly | row], context()) == ""


class TestClumps:
    """Answers that share an agent or a customer tell less than as many separate ones."""

    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("en", "Answers that share an employee or a customer resemble each other: the 491 answers tell as much as "
                   "307 separate ones, and the intervals allow for that."),
            ("nl", "Antwoorden die een medewerker of een klant delen, lijken op elkaar: de 491 antwoorden zeggen "
                   "evenveel als 307 losse, en de intervallen houden daar rekening mee."),
        ],
    )  # fmt: skip
    def test_it_says_what_the_answers_are_worth(self, context, language, said) -> None:
        """491 / 1.6 = 306.9."""
        assert clumps({"n": 491, "design_effect": 1.6}, context(language=language)) == said

    @pytest.mark.parametrize("effect", [1.0, None, math.nan])
    def test_answers_that_resemble_no_other_need_no_word(self, context, effect) -> None:
        """No cluster, a hidden score, or answers no more alike than any."""
        assert clumps({"n": 491, "design_effect": effect}, context()) == ""
