"""The table of the three bands, and the sentence that says that printed shares do not add up to 100."""

from __future__ import annotations

import math

import pytest

from helpers.inference.published import score_from_shares
from helpers.inference.scores import net_promoter_score
from helpers.show.band_tables import rounded_total, rounding_note
from helpers.show.language import Language
from helpers.show.tables import printable

TOGETHER = "The percentage holds for the three intervals of a measure at once."
NPS, ENPS = "nps.customer.relational", "enps"


@pytest.fixture
def measured():
    """Return what makes the three rows of a measure: 26% detractors, 36% passives and 38% promoters of 425."""

    def of(metric=NPS, *, shares=(0.26, 0.36, 0.38), n=425, **more):
        bands = zip(("detractor", "passive", "promoter"), shares, strict=True)
        return [
            {"id": f"{metric}@2026-Q3", "metric": metric, "period": "2026-Q3", "n": n, "weighted": False, "band": band,
             "share": share, "low": None if share is None else share - 0.05,
             "high": None if share is None else share + 0.05, "shown": n is not None,
             "hidden_because": "" if n is not None else "too_few_answers"} | more
            for band, share in bands
        ]  # fmt: skip

    return of


class TestBands:
    """One row per measure: n, and of each band its share and interval."""

    def test_each_band_stands_with_share_interval_and_n(self, framed, measured, printed_rows) -> None:
        """In the order of the answers; shares that add up need no more words."""
        block = printable(framed("bands", measured()))
        assert [column["label"] for column in block["columns"]] == [
            "Measurement", "n", "Detractors", "95% interval", "Passives", "95% interval", "Promoters", "95% interval",
        ]  # fmt: skip
        assert printed_rows(block) == [
            ["Relational NPS, Q3 2026", "425", "26%", "21% to 31%", "36%", "31% to 41%", "38%", "33% to 43%"]
        ]
        assert (block["caption"], block["notes"]) == ("The shares of detractors, passives and promoters", [TOGETHER])

    def test_the_workbook_gets_numbers(self, framed, measured) -> None:
        """Percentages, not cut off; an interval as both its limits."""
        cells = printable(framed("bands", measured(shares=(0.264, 0.36, 0.376))))["rows"][0]["cells"]
        assert cells[2]["value"] == pytest.approx(26.4)
        assert cells[3]["value"] == pytest.approx([21.4, 31.4])

    def test_in_dutch_with_the_client_s_words(self, framed, measured, printed_rows) -> None:
        """A weighted measure says so."""
        block = printable(
            framed("bands", measured(weighted=True), language="nl", band_names={"promoter": ("fan", "fans")})
        )
        assert [column["label"] for column in block["columns"]][-2:] == ["Fans", "95%-interval"]
        assert block["caption"] == "De aandelen critici, neutralen en fans"
        assert printed_rows(block)[0][0] == "Relationele NPS, 3e kwartaal 2026, gewogen"

    def test_hidden_where_the_score_is(self, framed, measured, printed_rows) -> None:
        """No number and no total; the note says why."""
        block = printable(framed("bands", measured(n=None, shares=(None,) * 3) + measured(ENPS)))
        assert printed_rows(block)[0] == ["Relational NPS, Q3 2026", *["hidden"] * 7]
        assert [cell["value"] for cell in block["rows"][0]["cells"][1:]] == [None] * 7
        assert block["notes"] == ["Hidden: the group is too small to show.", TOGETHER]

    def test_the_note_is_true_of_what_protects_others(self, framed, measured) -> None:
        """Such a group need not be small."""
        block = printable(framed("bands", measured(n=None, shares=(None,) * 3, hidden_because="protects_others")))
        assert block["notes"] == ["Hidden: the number would give away answers of a small group."]

    def test_shares_of_few_employees_are_a_dash_with_its_reason(self, framed, measured, printed_rows) -> None:
        """Their n stays, as the score is shown; no rounding is spoken of, which would tell of the shares."""
        rows = measured(ENPS, shares=(None,) * 3, n=14) + measured()
        block = printable(framed("bands", rows, privacy={"employee": {"shares_from": 40}}))
        assert printed_rows(block)[0] == ["eNPS, Q3 2026", "14", *["–"] * 6]
        assert {cell["value"] for cell in block["rows"][0]["cells"][2:]} == {None}
        few = "–: of employees, counts and shares are shown from 40 answers."
        assert block["notes"] == [few, TOGETHER]
        assert printable(framed("bands", rows[:3]))["notes"] == [few.replace("40", "30")]

    def test_no_answers_are_said(self, framed, measured, printed_rows) -> None:
        """And not taken for shares of 0%, nor for a total that rounding spoiled."""
        block = printable(framed("bands", measured(n=0, shares=(math.nan,) * 3)))
        assert printed_rows(block) == [["Relational NPS, Q3 2026", "0", "no answers", *["–"] * 5]]
        assert block["notes"] == []

    def test_of_several_measures_the_note_names_the_one(self, framed, measured) -> None:
        """26.4 + 36.4 + 37.2 is printed as 26 + 36 + 37 = 99."""
        block = printable(framed("bands", measured() + measured(ENPS, shares=(0.264, 0.364, 0.372))))
        assert block["notes"] == [f"{TOGETHER} eNPS: the printed shares add up to 99% by rounding."]


class TestRoundingNote:
    """Shares are shown as they are, never forced to add up; one sentence says so."""

    @pytest.mark.domain("S01")
    def test_the_article_s_shares_of_101(self, framed, measured) -> None:
        """19, 49 and 33 of 101 answers are printed as 19%, 49% and 33%, together 101%; the eNPS is −14 either way."""
        counts = (33, 49, 19)
        shares = tuple(count / 101 for count in counts)
        table = printable(framed("bands", measured(ENPS, shares=shares, n=101)))
        assert table["notes"] == [f"{TOGETHER} The printed shares add up to 101% by rounding."]
        english = Language("en")
        assert "−14" == english.score(net_promoter_score(*reversed(counts))["score"].item())
        found = score_from_shares(19, 49, 33).iloc[0]
        assert ("−14", 101, False) == (english.score(found["score"]), found["total"], bool(found["adds_up"]))

    def test_what_adds_up_needs_no_note(self) -> None:
        """Nor does nothing at all."""
        assert rounding_note([0.31, 0.5, 0.19], Language("en")) == ""
        assert rounding_note([], Language("en")) == ""

    def test_the_total_is_that_of_the_printed_shares(self) -> None:
        """Halves go away from zero, as they are printed: 0.5 + 49.5 + 50 is 1 + 50 + 50."""
        assert rounded_total([0.005, 0.495, 0.5]) == 101

    def test_in_dutch(self) -> None:
        """As the report prints it."""
        shares = [19 / 101, 49 / 101, 33 / 101]
        assert rounding_note(shares, Language("nl")) == "De afgedrukte aandelen tellen door afronding op tot 101%."
        assert rounding_note(shares, Language("nl"), name="eNPS") == (
            "eNPS: de afgedrukte aandelen tellen door afronding op tot 101%."
        )
