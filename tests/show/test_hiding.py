"""A hidden number: the word in its place, why, and nothing that comes from the number."""

from __future__ import annotations

import json
import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.show import hiding
from helpers.show.drawn import drawn
from helpers.show.sentences import read
from helpers.show.tables import printable

NOW = [name for name in hiding.NUMBERS if name not in ("count", "share", "silent")]
THEN = [f"zero_{name}" for name in NOW]
NUMBER = st.one_of(st.none(), st.just(math.nan), st.integers(-99, 10**6), st.floats(-100, 100, width=32))


@pytest.fixture(scope="module")
def surveyed(framed, score_row):
    """Return what makes a table of a whole and three teams: of the second now, of the third the zero is hidden."""

    def of(now=None, then=None, *, name="employees", metric="enps", why="too_few_answers"):
        about = {"metric": metric, "audience": "employee", "weighting_effect": 1.1, "design_effect": 1.2,
                 "promoter_share": 0.4, "passive_share": 0.3, "detractor_share": 0.3}  # fmt: skip
        rest = {f"zero_{key}": about[key] for key in about if key.endswith(("effect", "share"))}
        gone = {"shown": False, "hidden_because": why}
        teams = [{}, gone | (now or {}), {f"zero_{key}": value for key, value in gone.items()} | (then or {})]
        rows = [score_row(**about, **rest)]
        rows += [score_row({"unit": f"Team {k}"}, **(about | rest | own)) for k, own in enumerate(teams)]
        return framed(name, rows)

    return of


@pytest.fixture(scope="module")
def blocks_of():
    """Return what prints everything that is made of a table of scores, as bytes."""

    def of(table):
        made = [printable(table), drawn(table) if table.attrs["table"] != "other_measures" else None]
        said = [] if table.attrs["table"] == "other_measures" else [read(table)]
        return json.dumps([made, said], sort_keys=True)

    return of


class TestNothingComesThrough:
    """Whatever a table still holds of a hidden number, no byte of what is shown depends on it."""

    @pytest.mark.parametrize("name", ["employees", "headline_splits", "other_measures"])
    @settings(max_examples=12, deadline=None)
    @given(values=st.lists(NUMBER, min_size=2 * len(NOW), max_size=2 * len(NOW)))
    def test_scores(self, surveyed, blocks_of, name: str, values) -> None:
        """Table, chart with its axis, order, description and data, and sentence."""
        now, then = dict(zip(NOW, values, strict=False)), dict(zip(THEN, values[len(NOW) :], strict=True))
        blank = blocks_of(surveyed(dict.fromkeys(NOW), dict.fromkeys(THEN), name=name))
        assert blocks_of(surveyed(now, then, name=name)) == blank

    def test_what_is_shown_does_come_through(self, surveyed, blocks_of) -> None:
        """Or the law above would hold of an empty page."""
        table = surveyed()
        other = table.assign(score=table["score"].where(table.index != 1, -40.0))
        assert blocks_of(table) != blocks_of(other)

    @settings(max_examples=12, deadline=None)
    @given(values=st.lists(NUMBER, min_size=11, max_size=11))
    def test_the_distribution(self, framed, values) -> None:
        """A hidden panel has no bars, and stretches those of no other."""

        def shown(counts):
            rows = [
                {"metric": metric, "period": "2026-Q3", "answer": answer, "weighted": False, "count": count,
                 "share": count, "shown": metric != "enps", "hidden_because": "protects_others" * (metric == "enps")}
                for metric, own in (("nps.customer.relational", [0.1] * 11), ("enps", counts))
                for answer, count in enumerate(own)
            ]  # fmt: skip
            return json.dumps(drawn(framed("distribution", rows)), sort_keys=True)

        assert shown(values) == shown([None] * 11)

    @settings(max_examples=12, deadline=None)
    @given(values=st.tuples(NUMBER, NUMBER, NUMBER, NUMBER, NUMBER))
    def test_bands_and_worst_case(self, framed, values) -> None:
        """Neither a share nor those who kept silent."""
        names = ("n", "share", "low", "high", "silent")
        about = {"metric": "enps", "period": "2026-Q3", "weighted": False, "population": 90, "shown": False,
                 "hidden_because": "too_small_unit"}  # fmt: skip

        def shown(numbers):
            rows = [about | {"band": band} | numbers for band in ("detractor", "passive", "promoter")]
            return json.dumps([printable(framed("bands", rows)), read(framed("worst_case", rows))], sort_keys=True)

        assert shown(dict(zip(names, values, strict=True))) == shown(dict.fromkeys(names))

    def test_hidden_groups_keep_the_order_of_the_organisation(self, surveyed) -> None:
        """In the table where they stand, in the chart below what is shown; never by score."""
        best, worst = ({"score": score, "low": score, "high": score} for score in (99.0, -99.0))
        for now in (best, worst):
            block = printable(surveyed(now))
            assert [row["cells"][0]["text"] for row in block["rows"]] == ["Total", "Team 0", "Team 1", "Team 2"]
            chart = drawn(surveyed(now))["table"]
            assert [row["cells"][1]["text"] for row in chart["rows"]] == ["Total", "Team 0", "Team 2", "Team 1"]


class TestNote:
    """What stands below a table is true of every hidden number in it."""

    @pytest.mark.parametrize(
        ("codes", "said"),
        [
            ((), ""),
            (("", ""), ""),
            (("too_few_answers", "", "too_small_unit"), "Hidden: the group is too small to show."),
            (("protects_others",), "Hidden: the number would give away answers of a small group."),
            (
                ("protects_others", "too_few_answers"),
                "Hidden: the group is too small to show, or the number would give away answers of a small group.",
            ),
        ],
    )
    def test_it_names_what_occurs(self, context, codes, said: str) -> None:
        """And nothing else."""
        assert hiding.note(codes, context()) == said

    @pytest.mark.parametrize("name", ["employees", "other_measures"])
    def test_tables_of_scores_have_it(self, surveyed, name: str) -> None:
        """Of either half of a row."""
        notes = printable(surveyed(name=name, why="protects_others"))["notes"]
        assert "Hidden: the number would give away answers of a small group." in notes
        assert "Hidden: the group is too small to show." not in notes

    def test_one_reason_for_what_protects_others(self, surveyed) -> None:
        """Nothing says whether a group would give another away, or was all of one mind."""
        words = json.dumps(printable(surveyed(why="protects_others")), ensure_ascii=False)
        assert "would give away answers of a small group" in words
        assert not any(word in words for word in ("unanim", "alike", "complement", "subtract"))


class TestWithoutHidden:
    """The table that everything is shown from."""

    def test_nothing_hidden_is_the_table_itself(self, framed, score_row) -> None:
        """No copy of what needs none."""
        frame = framed("relational", [score_row()])
        assert hiding.without_hidden(frame) is frame

    def test_a_row_that_is_not_shown_needs_no_reason(self, framed, score_row) -> None:
        """A missing code is no permission."""
        frame = framed("relational", [score_row(shown=False)])
        assert pd.isna(hiding.without_hidden(frame)["score"].iloc[0])
        assert [cell["text"] for cell in printable(frame)["rows"][0]["cells"][1:4]] == ["hidden"] * 3

    def test_the_table_does_not_change(self, surveyed) -> None:
        """Frame in, frame out."""
        frame = surveyed()
        before = frame.copy(deep=True)
        found = hiding.without_hidden(frame)
        pd.testing.assert_frame_equal(before, frame)
        assert found.attrs == frame.attrs
