"""The zero measurement beside the scores of now."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest

from helpers.analysis.windows import labelled, windows
from helpers.analysis.zero_measurement import (
    bands,
    detectable,
    distribution,
    headline_splits,
    now_and_zero,
    other_measures,
    worst_case,
)
from helpers.params.metrics import metrics

POWER, GAS = {"product": "Power"}, {"product": "Gas"}


class TestDistribution:
    """How often each answer from 0 to 10 was given now."""

    @pytest.fixture
    def counted(self, params, answers, day):
        """Return what counts the answers of rows."""

        def of(rows, *, period="2026-Q3"):
            frame = labelled(answers(rows), rhythm="quarter", fiscal_year_start=1, as_of=day("2026-12-31"))
            declared = metrics(params())
            periods = windows(frame, declared, params=params(), period=params().period(period))
            return distribution(frame, declared, periods)

        return of

    def test_every_answer_has_a_row(self, counted, contacts) -> None:
        """Also those that nobody gave; skipped questions and earlier periods count nowhere."""
        table = counted(contacts("2026-05-01", [1, 1]) + contacts("2026-08-01", [9, 9, 0, None]))
        assert table["answer"].tolist() == list(range(11))
        assert table["count"].tolist() == [1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0]
        assert set(table["id"]) == {"nps.customer.transactional@2026-Q3"}

    def test_asked_from_1_to_10_there_is_no_0(self, params, answers, contacts, day) -> None:
        """Ten answers could be given."""
        frame = labelled(answers(contacts("2026-08-01", [9, 1])), rhythm="quarter", fiscal_year_start=1,
                         as_of=day("2026-12-31"))  # fmt: skip
        declared = [
            replace(metric, measure=metric.measure.model_copy(update={"scale": (1, 10)}))
            for metric in metrics(params())
        ]
        periods = windows(frame, declared, params=params(), period=params().period("2026-Q3"))
        assert distribution(frame, declared, periods)["answer"].tolist() == list(range(1, 11))

    def test_only_a_question_with_bands_has_a_distribution(self, counted, contacts, staff) -> None:
        """A mean of 1-5 has no promoters."""
        rows = [row | {"measure.effort": 2} for row in contacts("2026-08-01", [9])]
        table = counted(rows + staff("2026-08-01", None, [3]))
        assert table["metric"].unique().tolist() == ["nps.customer.transactional", "enps"]

    def test_without_a_valid_wave_there_is_none(self, counted, contacts) -> None:
        """An empty table, with its columns."""
        table = counted(contacts("2024-02-01", [9]))
        assert table.empty
        assert list(table.columns) == ["id", "metric", "period", "answer", "count", "share", "weighted"]

    def test_without_weights_a_share_is_that_of_the_count(self, counted, contacts) -> None:
        """Three answers, two of them 9."""
        table = counted(contacts("2026-08-01", [9, 9, 0, None]))
        assert table["share"].tolist() == pytest.approx([1 / 3, *[0.0] * 8, 2 / 3, 0.0])
        assert not table["weighted"].any()

    def test_shares_of_a_weighted_survey_are_weighted_as_its_score(self, params, answers, contacts, day) -> None:
        """An answer of 9 that counts three times is three quarters; one without a weight counts once."""
        rows = [row | {"weight": w} for row, w in zip(contacts("2026-08-01", [9, 0]), (3.0, None), strict=True)]
        frame = labelled(answers(rows), rhythm="quarter", fiscal_year_start=1, as_of=day("2026-12-31"))
        declared = [replace(metric, weighted=True) for metric in metrics(params())]
        periods = windows(frame, declared, params=params(), period=params().period("2026-Q3"))
        table = distribution(frame, declared, periods)
        assert table[table["count"] > 0][["answer", "count", "share", "weighted"]].to_numpy().tolist() == [
            [0, 1, 0.25, True], [9, 1, 0.75, True],
        ]  # fmt: skip


class TestNowAndZero:
    """One row per group: now, and at the zero measurement."""

    @pytest.mark.domain("R01", "R02")
    def test_each_group_stands_once(self, cell) -> None:
        """Scores of now under their own names, those of the zero measurement with zero_ before them."""
        table = now_and_zero(
            pd.DataFrame(
                [
                    cell("2025-Q4", -5.0, zero=True), cell("2025-Q4", 8.0, zero=True, scope=GAS, n=50),
                    cell("2026-Q2", 1.0),
                    cell("2026-Q3", 12.0, current=True), cell("2026-Q3", -9.0, current=True, scope=GAS, n=40),
                ]
            ),
            measurement="transactional",
        )  # fmt: skip
        found = table[["label", "zero_period", "zero_score", "zero_n", "period", "score", "low", "high", "n"]]
        assert found.to_numpy().tolist() == [
            ["", "2025-Q4", -5, 100, "2026-Q3", 12, -8, 32, 100],
            ["Gas", "2025-Q4", 8, 50, "2026-Q3", -9, -29, 11, 40],
        ]

    def test_the_first_report_is_its_own_zero_measurement(self, cell) -> None:
        """Both halves hold the same."""
        only = pd.DataFrame([cell("2026-Q3", 12.0, zero=True, current=True)])
        table = now_and_zero(only, measurement="transactional")
        assert table[["score", "zero_score", "period", "zero_period"]].to_numpy().tolist() == [
            [12, 12, "2026-Q3", "2026-Q3"]
        ]

    def test_a_unit_that_is_new_or_gone_keeps_its_place_in_the_tree(self, cell) -> None:
        """A new team stands below its own parent, with nothing at the zero measurement; a gone one has no now."""

        def unit(period, path, **row):
            return cell(period, metric="enps", scope={"unit": path}, grouping="unit", **row)

        table = now_and_zero(
            pd.DataFrame(
                [
                    cell("2025-Q4", metric="enps", zero=True),
                    *(unit("2025-Q4", path, zero=True) for path in ("A", "A › Old", "B", "B › One")),
                    cell("2026-Q3", metric="enps", current=True),
                    *(unit("2026-Q3", path, current=True) for path in ("A", "A › New", "B", "B › One")),
                ]
            ),
            measurement="employee",
        )
        measured = table[["score", "zero_score"]].notna().to_numpy().tolist()
        assert dict(zip(table["label"], measured, strict=True)) == {
            "": [True, True], "A": [True, True], "New": [True, False], "Old": [False, True],
            "B": [True, True], "One": [True, True],
        }  # fmt: skip
        assert table["label"].tolist() == ["", "A", "New", "Old", "B", "One"]

    def test_a_measurement_without_a_valid_wave_has_only_its_zero_measurement(self, cell) -> None:
        """Nothing is carried forward."""
        table = now_and_zero(pd.DataFrame([cell("2024-Q1", 3.0, zero=True)]), measurement="transactional")
        assert table[["period", "score", "n"]].isna().all(axis=None)
        assert table["zero_score"].tolist() == [3]

    def test_the_nps_leads_else_the_first_measure(self, cell) -> None:
        """In the order of the params file."""
        effort = cell("2026-Q3", 2.5, metric="effort.customer.transactional", unit_of_score="scale", current=True)
        nps = cell("2026-Q3", 12.0, current=True)
        both, one = pd.DataFrame([effort, nps]), pd.DataFrame([effort])
        assert now_and_zero(both, measurement="transactional")["metric"].tolist() == [nps["metric"]]
        assert now_and_zero(one, measurement="transactional")["metric"].tolist() == [effort["metric"]]

    def test_another_measurement_is_not_in_it(self, cell) -> None:
        """An empty table for a survey that was not held."""
        assert now_and_zero(pd.DataFrame([cell("2026-Q3", current=True)]), measurement="relational").empty

    def test_what_is_hidden_stays_hidden(self, cell) -> None:
        """The nulls of the protected scores come through as nulls, with their reason, in their own half only."""
        taken_out = dict.fromkeys(("score", "score_low", "score_high", "n"))
        why = {"shown": False, "hidden_because": "too_few_answers"}
        hidden = cell("2026-Q3", current=True, scope=GAS) | taken_out | why
        zero = cell("2025-Q4", 8.0, zero=True, scope=GAS)
        row = now_and_zero(pd.DataFrame([zero, hidden]), measurement="transactional").to_dict("records")[0]
        assert [row[name] for name in ("hidden_because", "zero_hidden_because", "zero_score")] == [
            "too_few_answers", "", 8,
        ]  # fmt: skip
        assert all(pd.isna(row[name]) for name in ("score", "low", "high", "n"))

    def test_the_scores_do_not_change(self, cell) -> None:
        """Frame in, new frame out."""
        frame = pd.DataFrame([cell("2026-Q3", zero=True, current=True), cell("2026-Q3", current=True, scope=GAS)])
        before = frame.copy(deep=True)
        now_and_zero(frame, measurement="transactional")
        other_measures(frame)
        pd.testing.assert_frame_equal(before, frame)


class TestHeadlineSplits:
    """Every headline measure that does not lead its survey, group by group."""

    @pytest.fixture
    def scores(self, cell):
        """An NPS, effort and mood of one survey, each with a group."""
        names = ("nps", "effort", "mood")
        rows = [
            cell(period, 1.0, metric=f"{name}.customer.transactional", scope=scope, **{wave: True},
                 unit_of_score="points" if name == "nps" else "scale")
            for name in names
            for period, wave in (("2025-Q4", "zero"), ("2026-Q3", "current"))
            for scope in ({}, GAS)
        ]  # fmt: skip
        return pd.DataFrame(rows)

    def test_each_headline_that_does_not_lead_is_split(self, scores) -> None:
        """In the order of the headlines, with its whole and its groups; what is no headline stays a total."""
        led = ["mood.customer.transactional", "nps.customer.transactional", "effort.customer.transactional"]
        table = headline_splits(scores, headlines=led)
        assert table[["metric", "label", "score", "zero_score"]].to_numpy().tolist() == [
            ["mood.customer.transactional", "", 1, 1], ["mood.customer.transactional", "Gas", 1, 1],
            ["effort.customer.transactional", "", 1, 1], ["effort.customer.transactional", "Gas", 1, 1],
        ]  # fmt: skip
        assert other_measures(scores, headlines=led).empty
        assert other_measures(scores, headlines=led[:1])["metric"].tolist() == ["effort.customer.transactional"]

    def test_it_has_the_columns_of_the_leading_measure(self, scores) -> None:
        """Also when there is nothing in it, or a headline has no answers."""
        columns = list(now_and_zero(scores, measurement="transactional").columns)
        assert list(headline_splits(scores, headlines=["effort.customer.transactional"]).columns) == columns
        for led in ([], ["nps.customer.transactional"], ["trust.customer.relational"]):
            table = headline_splits(scores, headlines=led)
            assert table.empty
            assert list(table.columns) == columns


class TestOtherMeasures:
    """The whole of every measure that does not lead its survey."""

    def test_each_stands_once_and_the_leading_one_not_at_all(self, cell) -> None:
        """Neither do groups, nor the periods between."""
        effort = {"metric": "effort.customer.transactional", "unit_of_score": "scale", "high_is_good": False}
        mood = {"metric": "mood.customer.relational", "unit_of_score": "scale"}
        trust = {"metric": "trust.customer.relational", "unit_of_score": "points"}
        table = other_measures(
            pd.DataFrame(
                [
                    cell("2025-Q4", 1.0, zero=True), cell("2026-Q3", 2.0, current=True),
                    cell("2025-Q4", 3.1, zero=True, **effort), cell("2026-Q2", 3.0, **effort),
                    cell("2026-Q3", 2.9, current=True, **effort),
                    cell("2026-Q3", 2.0, current=True, scope=GAS, **effort),
                    cell("2026-Q3", 7.1, current=True, zero=True, **mood),
                    cell("2026-Q3", 20.0, current=True, zero=True, **trust),
                ]
            )
        )  # fmt: skip
        # relational has trust, with the rule of an NPS under another name, which leads; mood is left
        assert table[["metric", "zero_score", "score"]].to_numpy().tolist() == [
            ["effort.customer.transactional", 3.1, 2.9],
            ["mood.customer.relational", 7.1, 7.1],
        ]

    def test_a_second_question_with_the_rule_of_an_nps_is_not_lost(self, cell) -> None:
        """It has points too, but the NPS leads the survey."""
        trust = cell("2026-Q3", 20.0, current=True, metric="trust.customer.transactional")
        table = other_measures(pd.DataFrame([cell("2026-Q3", current=True), trust]))
        assert table["metric"].tolist() == ["trust.customer.transactional"]


class TestBands:
    """The three bands of each NPS, with intervals that hold all at once."""

    def test_each_nps_of_now_has_three_rows(self, cell) -> None:
        """In the order of the answers; groups, earlier periods and means have none."""
        table = bands(
            pd.DataFrame(
                [
                    cell("2025-Q4", zero=True), cell("2026-Q3", current=True), cell("2026-Q3", current=True, scope=GAS),
                    cell("2026-Q3", metric="effort.customer.transactional", unit_of_score="scale", current=True),
                    cell("2026-Q3", metric="enps", current=True),
                ]
            ),
            confidence=0.95,
        )  # fmt: skip
        assert table["metric"].tolist() == ["nps.customer.transactional"] * 3 + ["enps"] * 3
        assert table["band"].tolist() == ["detractor", "passive", "promoter"] * 2
        assert table["share"].tolist() == pytest.approx([0.4, 0.2, 0.4] * 2)

    def test_the_interval_is_that_of_three_shares_at_once(self, cell) -> None:
        """Goodman: Wilson's interval with z² = χ²(1; 1 − 0.05/3) = 5.7311, of 20 out of 100 here."""
        found = bands(pd.DataFrame([cell("2026-Q3", current=True)]), confidence=0.95).loc[1]
        # centre (0.2 + 5.7311/200) / 1.057311 = 0.21627; half √(5.7311 × 0.16/100 + (5.7311/200)²) / 1.057311 = 0.09454
        assert (found["low"], found["high"]) == pytest.approx((0.12173, 0.31080), abs=2e-5)
        assert found["n"] == 100

    def test_weights_and_headcount_count_as_in_the_score(self, cell) -> None:
        """Answers worth fewer have a wider interval; of everybody there is nothing left to chance."""
        rows = [
            cell("2026-Q3", current=True, metric=f"nps.customer.{name}", n_effective=worth)
            for name, worth in (("transactional", 100.0), ("relational", 50.0))
        ]
        table = bands(pd.DataFrame([*rows, cell("2026-Q3", metric="enps", current=True, n_effective=math.inf)]),
                      confidence=0.95)  # fmt: skip
        plain, weighted, everybody = (table["high"] - table["low"]).to_numpy().reshape(3, 3)
        assert (weighted > plain).all()
        assert everybody.tolist() == [0, 0, 0]

    def test_without_answers_there_are_no_shares(self, cell) -> None:
        """The rows stay, to say so; without any NPS there are no rows."""
        none = cell("2026-Q3", current=True, n=0, n_effective=0.0, promoter_share=math.nan, passive_share=math.nan,
                    detractor_share=math.nan)  # fmt: skip
        table = bands(pd.DataFrame([none]), confidence=0.95)
        assert table["n"].tolist() == [0, 0, 0]
        assert table[["share", "low", "high"]].isna().all(axis=None)
        assert bands(pd.DataFrame([cell("2025-Q4", zero=True)]), confidence=0.95).empty


class TestWorstCase:
    """What those who did not answer could have made of the score."""

    def test_all_others_are_detractors_or_promoters(self, cell) -> None:
        """40 promoters and 40 detractors of 100, out of 125: (0 ∓ 25) / 125 = ∓20."""
        table = worst_case(pd.DataFrame([cell("2026-Q3", metric="enps", current=True, population=125.0)]))
        assert table[["n", "population", "silent", "low", "high"]].to_numpy().tolist() == [[100, 125, 25, -20, 20]]

    def test_only_where_people_were_counted_and_some_answered(self, cell) -> None:
        """Of customers nobody knows how many there are; of a unit the whole says enough."""
        rows = [
            cell("2026-Q3", current=True),
            cell("2026-Q3", metric="enps", current=True, population=50.0, n=0, promoters=0, passives=0, detractors=0),
            cell("2026-Q3", metric="enps", current=True, population=125.0, scope={"unit": "A"}),
        ]
        assert worst_case(pd.DataFrame(rows)).empty


class TestDetectable:
    """The smallest change that a survey of this size can show."""

    def test_it_is_the_minimum_detectable_change_of_the_leading_score(self, cell) -> None:
        """As helpers.inference.sample_size has it, of the sample and not of the finite population."""
        rows = pd.DataFrame(
            [cell("2026-Q3", current=True), cell("2026-Q3", current=True, scope=GAS), cell("2025-Q4", zero=True)]
        )
        table = detectable(rows, measurement="transactional", confidence=0.95)
        # se 10 twice, 100 answers and 3 pseudo-answers, so r = 100/103: (1.96 × √200 + 0.8416 × √(200 r)) / r
        assert table[["id", "n", "power"]].to_numpy().tolist() == [["nps.customer.transactional@2026-Q3", 100, 0.8]]
        assert table["change"].item() == pytest.approx(
            (1.959964 * 200**0.5 + 0.841621 * (200 * 100 / 103) ** 0.5) * 1.03
        )

    def test_hidden_or_without_answers_there_is_none(self, cell) -> None:
        """Nor of a survey that is not there."""
        gone = dict.fromkeys(("n", "sample_se", "sample_effective", "df", "method"))
        hidden = pd.DataFrame([cell("2026-Q3", current=True, shown=False, **gone)], dtype=object)
        none = pd.DataFrame([cell("2026-Q3", current=True, n=0)])
        for rows in (hidden, none):
            assert detectable(rows, measurement="transactional", confidence=0.95).empty
        assert detectable(none, measurement="employee", confidence=0.95).empty

    def test_its_input_is_not_changed(self, cell) -> None:
        """None of the three changes the scores."""
        rows = pd.DataFrame([cell("2026-Q3", metric="enps", current=True, population=125.0)])
        before = rows.copy(deep=True)
        bands(rows, confidence=0.95)
        worst_case(rows)
        detectable(rows, measurement="employee", confidence=0.95)
        pd.testing.assert_frame_equal(before, rows)
