"""Sentences that read a table aloud: every word computed, none beyond its interval."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from helpers.show.sentences import read

NPS = "nps.customer.relational"
START = "Relational NPS +12 (+7 to +18, n = 812); no demonstrable change since the zero measurement (−2 to +17)"


@pytest.fixture
def lead(framed, headline_row):
    """Return what writes the first sentence of a report."""
    return lambda language="en", **row: read(framed("headline", [headline_row(**row)], language=language))[0]


@pytest.fixture
def stand(framed, score_row):
    """Return what writes where a survey stands."""
    return lambda language="en", **row: read(framed("relational", [score_row(**row)], language=language))[0]


class TestHeadline:
    """Score, change, targets: in one sentence."""

    def test_it_leads(self, framed, headline_row) -> None:
        """The one sentence in larger type."""
        assert read(framed("headline", [headline_row()]))[1] == "lead"

    def test_in_dutch(self, lead) -> None:
        """As the report prints it."""
        assert lead("nl") == (
            "Relationele NPS +12 (+7 tot +18, n = 812); geen aantoonbare verandering sinds de 0-meting (−2 tot +17); "
            "van de 3 doelen die te beoordelen zijn, ligt er geen aantoonbaar achter."
        )

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            ({"targets": 0}, "no targets have been set"),
            ({"targets": 1}, "the 1 target that can be judged is not demonstrably off track"),
            ({"targets": 3}, "of the 3 targets that can be judged none is demonstrably off track"),
            ({"not_judged": 1}, "of the 2 targets that can be judged none is demonstrably off track"),
            ({"not_judged": 3}, "none of the 3 targets can be judged"),
            ({"targets": 1, "not_judged": 1}, "the 1 target cannot be judged"),
            (
                {"off_track": 1, "off_track_names": ((NPS, ""),)},
                "1 of 3 targets are (probably) behind or not achieved: Relational NPS",
            ),
            (
                {"off_track": 3, "off_track_names": ((NPS, "Gas"), ("enps", "North"), ("enps", ""))},
                "3 of 3 targets are (probably) behind or not achieved: Relational NPS Gas, eNPS North and eNPS",
            ),
            (
                {"targets": 9, "off_track": 4, "off_track_names": ((NPS, "A"), (NPS, "B"), (NPS, "C"), (NPS, "D"))},
                "4 of 9 targets are (probably) behind or not achieved: Relational NPS A, Relational NPS B and 2 more",
            ),
        ],
    )
    def test_it_ends_with_the_targets(self, lead, row, said: str) -> None:
        """At most three are named, the rest is counted."""
        assert lead(**row) == f"{START}; {said}."

    def test_without_a_valid_wave_it_says_so(self, lead) -> None:
        """And nothing else."""
        assert lead(id="", n=0, score=math.nan) == "Relational NPS: no valid measurement in this period."

    def test_hidden_is_said_as_hidden_and_no_answers_as_no_answers(self, lead) -> None:
        """Neither has a number, and the two are not alike."""
        blank = dict.fromkeys(("score", "low", "high", "change", "change_low", "change_high"))
        unknown = "the change since the zero measurement cannot be given; no targets have been set."
        hidden = "the change since the zero measurement is hidden; no targets have been set."
        for code, why in (
            ("too_few_answers", "fewer than 5 answers"),
            ("protects_others", "would give away answers of a small group"),
        ):
            said = lead(**blank, n=None, direction=None, targets=0, shown=False, hidden_because=code)
            assert said == f"Relational NPS hidden ({why}); {hidden}"
        assert lead(n=0, score=math.nan, direction="unknown", targets=0) == f"Relational NPS no answers; {unknown}"

    def test_a_score_without_an_interval_keeps_its_n(self, lead) -> None:
        """A mean of a few equal answers."""
        assert lead(low=math.nan, high=math.nan).startswith("Relational NPS +12 (n = 812);")


class TestChange:
    """No further than the interval of the change goes."""

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            ({"zero_id": "nps.customer.relational@2026-Q3", "direction": "first"}, "this is the zero measurement"),
            ({"zero_id": "nps.customer.relational@2026-Q3", "direction": None}, "this is the zero measurement"),
            ({"direction": None}, "the change since the zero measurement is hidden"),
            ({"direction": "unknown"}, "the change since the zero measurement cannot be given"),
            (
                {"direction": "better", "change": 24.6, "change_low": 12.1, "change_high": 37.0},
                "demonstrably 25 higher than at the zero measurement (+12 to +37)",
            ),
            (
                {"direction": "worse", "change": -24.6, "change_low": -37.0, "change_high": -12.1},
                "demonstrably 25 lower than at the zero measurement (−37 to −12)",
            ),
        ],
    )
    def test_a_change_is_named_only_when_it_is_shown(self, lead, row, said: str) -> None:
        """Its size without a sign, its interval with."""
        assert f"n = 812); {said}; of the 3 targets" in lead(**row)

    def test_where_a_low_score_is_good_the_sentence_says_so(self, lead) -> None:
        """A reader of effort would else take less for worse."""
        effort = {"metric": "effort.customer.transactional", "unit_of_score": "scale", "score": 2.25, "low": 2.1,
                  "high": 2.4, "targets": 0}  # fmt: skip
        fallen = {"direction": "better", "change": -0.5, "change_low": -0.75, "change_high": -0.2}
        risen = {"direction": "worse", "change": 0.5, "change_low": 0.2, "change_high": 0.75}
        assert lead(**effort, **fallen) == (
            "Effort, after a contact 2.3 (2.1 to 2.4, n = 812); demonstrably 0.5 lower, so better, than at the zero "
            "measurement (−0.8 to −0.2); no targets have been set."
        )
        assert "demonstrably 0.5 higher, so worse, than at the zero measurement (+0.2 to +0.8)" in lead(
            **effort, **risen
        )

    @pytest.mark.parametrize(
        ("unit", "low", "high", "said"),
        [
            ("points", 2.4, 17.0, "+2 to +17"),
            ("scale", 0.12, 0.5, "+0.1 to +0.5"),
            ("percent", 2.4, 17.0, "+2 pp to +17 pp"),
            ("percent", -17.0, -2.4, "−17 pp to −2 pp"),
        ],
    )
    def test_the_interval_of_a_change_has_signs_in_every_unit(self, lead, unit: str, low, high, said: str) -> None:
        """A difference of percentages is in percentage points: from 40% to 60% is +20 pp, not +20%."""
        direction = "better" if low > 0 else "worse"
        row = {"unit_of_score": unit, "change": (low + high) / 2, "change_low": low, "change_high": high}
        assert f"than at the zero measurement ({said})" in lead(**row, direction=direction)

    @pytest.mark.parametrize(
        ("unit", "low", "high", "said"),
        [
            ("points", 0.3, 17.04, "+0.3 to +17"),
            ("points", 0.04, 9.0, "+0.04 to +9"),
            ("points", -9.0, -0.3, "−9 to −0.3"),
            ("scale", 0.02, 0.5, "+0.02 to +0.5"),
        ],
    )
    def test_a_demonstrable_change_prints_no_limit_of_0(self, lead, unit: str, low, high, said: str) -> None:
        """'Demonstrably higher (0 to +17)' would contradict itself: that limit gets more decimals."""
        direction = "better" if low > 0 else "worse"
        row = {"unit_of_score": unit, "change": (low + high) / 2, "change_low": low, "change_high": high}
        assert f"than at the zero measurement ({said})" in lead(**row, direction=direction)

    def test_a_change_that_is_not_shown_may_print_0(self, lead) -> None:
        """There 0 is no contradiction."""
        assert "no demonstrable change since the zero measurement (0 to +17)" in lead(change_low=-0.3, change_high=17)


class TestWhereWeStand:
    """The whole of one survey, now and then."""

    def test_now_and_at_the_zero_measurement(self, stand) -> None:
        """Both with interval and n."""
        assert stand() == (
            "Relational NPS: +12 (+7 to +18, n = 812); at the zero measurement it was +5 (−2 to +11, n = 400)."
        )
        assert stand("nl") == (
            "Relationele NPS: +12 (+7 tot +18, n = 812); bij de 0-meting was dat +5 (−2 tot +11, n = 400)."
        )

    def test_the_first_report_says_that_it_is_the_zero_measurement(self, stand) -> None:
        """Once, without comparing it to itself."""
        assert stand(zero_period="2026-Q3") == (
            "Relational NPS: +12 (+7 to +18, n = 812); this is the zero measurement."
        )

    def test_without_a_valid_wave_there_is_no_score(self, stand, gone) -> None:
        """The old one is not repeated as if it were of now."""
        assert stand(**gone()) == "Relational NPS: no valid measurement in this period."

    def test_hidden_then_or_now_is_said(self, stand, hidden) -> None:
        """In the place of the number."""
        assert stand(**hidden("zero_")) == (
            "Relational NPS: +12 (+7 to +18, n = 812); at the zero measurement it was hidden (fewer than 5 answers)."
        )

    def test_it_is_about_the_whole(self, framed, score_row) -> None:
        """A table of groups only, or an empty one, has no sentence."""
        groups = framed("relational", [score_row({"product": "Gas"})])
        assert read(groups) == ("", "answer")
        assert read(framed("relational", [{"grouping": "", "metric": NPS}]).head(0)) == ("", "answer")


class TestOthers:
    """Targets, distribution, intake and what is hidden."""

    @staticmethod
    def record(on_track: int, undecided: int, off_track: int, not_judged: int) -> list[dict[str, object]]:
        """Return the counts of targets."""
        counts = {"off_track": off_track, "undecided": undecided, "on_track": on_track, "not_judged": not_judged}
        return [{"group": group, "targets": n} for group, n in counts.items()]

    @pytest.mark.parametrize(
        ("counts", "said"),
        [
            ((0, 0, 0, 0), "No targets have been set: without a target nobody is asked to move a score."),
            (
                (1, 0, 0, 0),
                "Of 1 target: 1 (probably) ahead or achieved, 0 on course or undecided, "
                "0 (probably) behind or not achieved.",
            ),
            (
                (5, 4, 3, 2),
                "Of 14 targets: 5 (probably) ahead or achieved, 4 on course or undecided, "
                "3 (probably) behind or not achieved. 2 cannot be judged.",
            ),
        ],
    )
    def test_the_track_record_counts_every_target(self, framed, counts, said: str) -> None:
        """Those that cannot be judged apart."""
        assert read(framed("track_record", self.record(*counts))) == (said, "answer")

    @pytest.mark.domain("S25")
    def test_the_distribution_explains_the_bands(self, framed) -> None:
        """With the client's names for them; nothing when there is nothing to explain."""
        bands = {"promoter": ("fan", "fans")}
        assert read(framed("distribution", [{"answer": 1, "metric": "enps"}], band_names=bands))[0] == (
            "Fans answer 9 or 10, passives 7 or 8, detractors 0 to 6; the NPS is the share of fans minus the share of "
            "detractors."
        )
        assert read(framed("distribution", []))[0] == ""

    def test_asked_from_1_to_10_the_bands_begin_at_1(self, framed) -> None:
        """Where every NPS is one by convention; beside one that is not, 0 could be answered."""
        rows = [{"answer": 1, "metric": "enps"}, {"answer": 1, "metric": "nps.customer.relational"}]
        own = read(framed("distribution", rows[:1], by_convention=("enps",)))[0]
        both = read(framed("distribution", rows, by_convention=("enps",)))[0]
        assert ("detractors 1 to 6;" in own, "detractors 0 to 6;" in both) == (True, True)

    def test_the_intake_adds_up(self, framed) -> None:
        """1,240 read = 1,200 used + 12 rejected + 28 others."""
        rows = [
            {"read": 1200, "used": 1180, "rejected": 2, "shown": True},
            {"read": 40, "used": 20, "rejected": 10, "shown": True},
        ]
        assert read(framed("intake", rows))[0] == (
            "Of 1,240 questionnaires read, 1,200 were used, 12 rejected and 28 skipped or left out."
        )

    def test_a_survey_too_small_to_show_is_not_counted_aloud(self, framed) -> None:
        """Its size is a number of a small group too."""
        rows = [{"read": None, "used": None, "rejected": None, "shown": False}]
        assert read(framed("intake", rows))[0] == (
            "A survey of which the size is hidden was read, but is not counted here."
        )

    @pytest.mark.parametrize(
        ("cells", "said"),
        [
            ([], "No group had to be hidden: every group has enough answers."),
            ([(1, None)], "1 figure is hidden to protect the people behind it."),
            ([(18, None), (4, None)], "22 figures are hidden to protect the people behind them."),
            (
                [(18, 1210), (4, None)],
                "In all 22 figures are hidden to protect the people behind them: about 1,210 answers, each counted in "
                "every figure that it belongs to.",
            ),
            ([(1, 20)], "In all 1 figure is hidden to protect the people behind it: about 20 answers."),
        ],
    )
    def test_what_is_hidden_is_counted(self, framed, cells, said: str) -> None:
        """Also when it is nothing; answers only where they are not too few to tell."""
        rows = [{"cells": n, "answers": answers} for n, answers in cells]
        assert read(framed("hidden", rows))[0] == said

    @pytest.mark.domain("S25")
    def test_the_clients_terms_change_the_sentence(self, framed) -> None:
        """Critici or tegenstanders."""
        bands = {"detractor": ("tegenstander", "tegenstanders")}
        said = read(framed("distribution", [{"answer": 1, "metric": "enps"}], language="nl", band_names=bands))[0]
        assert said.endswith("het aandeel promotors min het aandeel tegenstanders.")

    def test_a_table_without_a_sentence_is_a_fault_of_the_notebook(self, framed) -> None:
        """Not an empty line in the report."""
        with pytest.raises(KeyError):
            read(framed("statement", []))

    def test_the_table_does_not_change(self, framed, headline_row) -> None:
        """Frame in, text out."""
        frame = framed("headline", [headline_row()])
        before = frame.copy(deep=True)
        read(frame)
        pd.testing.assert_frame_equal(before, frame)
