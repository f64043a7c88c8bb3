"""What is left of a table when some of it may not be shown."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.disclosure import Plan, protect
from helpers.disclosure.protection import PRINTED_DIGITS, as_printed
from helpers.show.language import DECIMALS

FEW = "too_few_answers"
PLAN = Plan(
    pd.DataFrame(
        {
            "audience": "employee",
            "shown": [False, True, True, True],
            "hidden_because": [FEW, "", "", ""],
            "detailed": [False, False, True, True],
        },
        index=pd.Index(["few", "coarse", "enough", "none"], name="id"),
    )
)
"""A cell that is hidden, one whose counts are, one that is shown in full, and one without answers."""


class TestHidden:
    """Every number of a hidden cell is taken out."""

    def test_the_row_stays_with_the_reason(self) -> None:
        """And whole numbers stay whole."""
        table = pd.DataFrame({"id": ["few", "enough"], "label": ["Heat", "Gas"], "n": [4, 5], "score": [75.0, -20.0]})
        assert protect(table, PLAN, cells={"id": ("n", "score")}).to_dict("records") == [
            {"id": "few", "label": "Heat", "n": None, "score": None, "shown": False, "hidden_because": FEW},
            {"id": "enough", "label": "Gas", "n": 5, "score": -20.0, "shown": True, "hidden_because": ""},
        ]

    def test_no_answers_stay_no_answers(self) -> None:
        """Not hidden, and not a number either."""
        table = pd.DataFrame({"id": ["none", "few"], "n": [0, 4], "score": [math.nan, 75.0]})
        row = protect(table, PLAN, cells={"id": ("n", "score")}).to_dict("records")[0]
        assert (row["n"], row["shown"], math.isnan(row["score"])) == (0, True, True)

    def test_a_number_that_rests_on_two_cells_needs_both(self) -> None:
        """A change since a hidden zero measurement would give that away."""
        names = ["id", "zero_id", "n", "zero", "change"]
        table = pd.DataFrame([("enough", "few", 5, 75.0, -95.0), ("enough", "enough", 5, 10.0, -30.0)], columns=names)
        cells = {"id": ("n", "change"), "zero_id": ("zero", "change")}
        rows = protect(table, PLAN, cells=cells).to_dict("records")
        assert rows[0] == {
            "id": "enough", "zero_id": "few", "n": 5, "zero": None, "change": None, "shown": False,
            "hidden_because": FEW,
        }  # fmt: skip
        assert (rows[1]["change"], rows[1]["shown"]) == (-30, True)

    def test_an_empty_id_stands_for_no_cell(self) -> None:
        """A target that was not measured has nothing to hide."""
        table = pd.DataFrame({"id": [""], "n": [0], "score": [12.34], "unit_of_score": "points"})
        found = protect(table, PLAN, cells={"id": ("n",)}, details={"id": ("n",)}, rounded={"id": ("score",)})
        assert found[["n", "score", "shown"]].to_dict("records") == [{"n": 0, "score": 12.34, "shown": True}]

    def test_an_undeclared_cell_stops_the_table(self) -> None:
        """Better no report than a number that nobody judged."""
        table = pd.DataFrame({"id": ["other"], "n": [40], "unit_of_score": "points"})
        for asked in ({"cells": {"id": ("n",)}}, {"cells": {}, "details": {"id": ("n",)}}):
            with pytest.raises(KeyError, match="cell 'other' is not in the publication plan"):
                protect(table, PLAN, **asked)
        with pytest.raises(KeyError, match="cell 'other' is not in the publication plan"):
            protect(table, PLAN, cells={}, rounded={"id": ("n",)})

    def test_an_empty_table_gets_its_columns(self) -> None:
        """What follows reads them."""
        asked = {"cells": {"id": ("n",)}, "details": {"id": ("n",)}, "rounded": {"id": ("n",)}}
        table = protect(pd.DataFrame({"id": [], "n": [], "unit_of_score": []}), PLAN, **asked)
        assert list(table.columns) == ["id", "n", "unit_of_score", "shown", "hidden_because"]


class TestDetails:
    """Counts and shares are shown only where the plan allows them."""

    TABLE = pd.DataFrame(
        {"id": ["few", "coarse", "enough"], "n": [4, 12, 40], "promoters": [3, 6, 20], "unit_of_score": "points"}
    )

    def test_counts_of_a_cell_without_details_are_taken_out(self) -> None:
        """The cell is shown all the same, and nothing is said to be hidden."""
        found = protect(self.TABLE, PLAN, cells={"id": ("n",)}, details={"id": ("promoters",)})
        assert found[["n", "promoters", "shown"]].to_numpy().tolist() == [
            [None, None, False], [12, None, True], [40, 20, True],
        ]  # fmt: skip

    def test_details_of_two_cells_need_both(self) -> None:
        """Such as the change of a share."""
        table = pd.DataFrame({"id": ["enough", "enough"], "zero_id": ["coarse", "enough"], "change": [0.1, 0.2]})
        found = protect(table, PLAN, cells={}, details={"id": ("change",), "zero_id": ("change",)})
        assert found["change"].tolist() == [None, 0.2]


class TestRounded:
    """A score in full precision gives the counts of few answers away: 1 of 12 promoters more is 8.333 points."""

    def rounded(self, identity: str, unit: str, *scores: float | None) -> list[float | None]:
        """Return the score with its limits as they leave."""
        names = ["score", "low", "high"][: len(scores)]
        table = pd.DataFrame([dict(zip(names, scores, strict=True)) | {"id": identity, "unit_of_score": unit}])
        found = protect(table, PLAN, cells={"id": ()}, rounded={"id": names})
        return [None if pd.isna(value) else float(value) for value in found[names].iloc[0]]

    @pytest.mark.parametrize(
        ("unit", "printed"),
        [
            ("points", [8, -3, 20]),
            ("scale", [8.3, -2.5, 19.5]),
            ("percent", [8, -3, 20]),
            ("rate", [8.333, -2.5, 19.5]),
        ],
    )
    def test_scores_leave_as_they_will_be_printed(self, unit: str, printed: list[float]) -> None:
        """In each unit with its own decimals, halves away from zero; a rate is no score of answers."""
        assert self.rounded("coarse", unit, 8.333, -2.5, 19.5) == printed

    def test_a_cell_with_details_keeps_its_precision(self) -> None:
        """Its counts are shown anyhow."""
        assert self.rounded("enough", "points", 8.333) == [8.333]

    def test_a_hidden_cell_has_no_score_at_all(self) -> None:
        """Also when the caller named the column for rounding only."""
        assert self.rounded("few", "points", 8.333) == [None]

    def test_no_score_stays_none(self) -> None:
        """A limit that was not computed."""
        assert self.rounded("coarse", "points", 8.333, math.nan, None) == [8, None, None]

    def test_each_row_has_its_own_unit(self) -> None:
        """A headline table mixes them; whole numbers in a column stay whole."""
        table = pd.DataFrame(
            {
                "id": "coarse",
                "unit_of_score": ["points", "scale", "percent"],
                "score": [8.25, 7.25, 62.5],
                "goal": [8, 7, 60],
            }
        )
        found = protect(table, PLAN, cells={"id": ()}, rounded={"id": ("score", "goal")})
        assert found["score"].tolist() == [8, 7.3, 63]
        assert found["goal"].tolist() == [8, 7, 60]

    def test_the_digits_are_those_of_the_report(self) -> None:
        """What a reader sees and what the data say are one number."""
        assert PRINTED_DIGITS == DECIMALS

    @given(st.sampled_from(["points", "scale", "percent"]), st.floats(-100, 100))
    def test_rounding_twice_is_rounding_once(self, unit: str, score: float) -> None:
        """The report rounds again; and no score moves by more than half a unit of its last digit."""
        once = as_printed(score, unit)
        assert as_printed(once, unit) == once
        assert abs(once - score) <= 0.5 * 10 ** -PRINTED_DIGITS[unit] + 1e-9


class TestTable:
    """Frame in, new frame out."""

    def test_the_table_does_not_change(self) -> None:
        """Nor does its index."""
        table = pd.DataFrame(
            {"id": ["few", "coarse"], "n": [4, 12], "score": [75.0, 8.333], "unit_of_score": "points"}, index=[3, 9]
        )
        before = table.copy(deep=True)
        found = protect(table, PLAN, cells={"id": ("n",)}, details={"id": ("n",)}, rounded={"id": ("score",)})
        pd.testing.assert_frame_equal(before, table)
        assert found.index.tolist() == [3, 9]

    @given(st.lists(st.sampled_from(["few", "enough", "coarse", "none"]), max_size=8), st.data())
    def test_what_is_hidden_does_not_depend_on_its_numbers(self, ids: list[str], data: st.DataObject) -> None:
        """Two tables that differ in hidden numbers, or in decimals that are not printed, come out equal."""
        numbers = st.floats(-100, 100)
        unit = ["points"] * len(ids)
        scores = [float(round(data.draw(numbers))) for _ in ids]
        other = {"few": numbers, "coarse": st.floats(-0.49, 0.49)}
        moved = [
            score if name not in other else data.draw(other[name]) + (score if name == "coarse" else 0.0)
            for name, score in zip(ids, scores, strict=True)
        ]
        found = [
            protect(
                pd.DataFrame({"id": ids, "score": values, "unit_of_score": unit}).astype({"score": float}),
                PLAN,
                cells={"id": ("score",)},
                rounded={"id": ("score",)},
            )
            for values in (scores, moved)
        ]
        pd.testing.assert_frame_equal(*found)
