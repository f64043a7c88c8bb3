"""The distribution strip: bars, bands, shares, and nothing of a hidden panel."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree as ET

import pandas as pd
import pytest

from helpers.show.charts import distribution_strip
from helpers.show.language import Language
from helpers.show.theme import Theme

UNDERLINE = 3.01  # points: the line under a band's bars
Elements = Callable[[dict[str, Any], str], list[ET.Element]]
Texts = Callable[[dict[str, Any]], list[str]]


def _one(counts: list[int | None]) -> pd.DataFrame:
    return pd.DataFrame({"answer": range(len(counts)), "count": counts})


def _heights(chart: dict[str, Any], colour: str, elements: Elements) -> list[float]:
    bars = [path for path in elements(chart, "path") if path.attrib.get("fill") == colour]
    corners = [box for bar in bars for box in bar.attrib["d"].split("z") if box.strip()]
    tops = [[float(y) for y in re.findall(r"[ML] \S+ (\S+)", box)] for box in corners]
    heights = [max(ys) - min(ys) for ys in tops]
    return [height for height in heights if height > UNDERLINE]


@pytest.mark.domain("S03", "S25")
def test_bands_are_named_with_their_share(drawn: dict[str, Any], texts: Texts) -> None:
    """Each band stands under its bars with its share of the panel's own answers."""
    # Relational: 5, 5 and 10 of 20; employees: 1, 4 and 5 of 10.
    named = [text for text in texts(drawn["strip"]) if text[0].isupper() and text.endswith("%")]
    assert named == [
        "Detractors 25%",
        "Passives 25%",
        "Promoters 50%",
        "Detractors 10%",
        "Passives 40%",
        "Promoters 50%",
    ]


def test_n_stands_beside_each_title(drawn: dict[str, Any], texts: Texts) -> None:
    """A panel says on how many answers it rests."""
    assert [text for text in texts(drawn["strip"]) if text.endswith("answers")] == ["20 answers", "10 answers"]


def test_alt_text_is_computed(samples: SimpleNamespace, words: Language, look: Theme) -> None:
    """The description holds the counts and shares that the drawing shows."""
    table = samples.answers().query("panel == 'Relational'")
    assert distribution_strip(table, words=words, theme=look)["alt"] == (
        "Relational, 20 answers: 25% detractors (0 to 6), 25% passives (7 and 8), "
        "50% promoters (9 and 10); the answer given most is 9."
    )


def test_data_table_has_a_row_per_answer(drawn: dict[str, Any]) -> None:
    """The table holds per panel and answer the band, the count and the share that are drawn."""
    table = drawn["strip"]["table"]
    assert table["id"] == "distribution-strip-data"
    assert table["stub"] == 2
    assert len(table["rows"]) == 22
    cells = table["rows"][9]["cells"]
    assert [cell["text"] for cell in cells] == ["Relational", "9", "promoters", "6", "30%"]
    assert [cell["value"] for cell in cells[3:]] == [6, 30.0]


def test_shares_that_rounding_keeps_from_100_are_explained(words: Language, look: Theme, drawn: dict[str, Any]) -> None:
    """Three answers once each are printed as 33% three times, 99% together; what adds up needs no words."""
    chart = distribution_strip(_one([1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1]), words=words, theme=look)
    assert chart["table"]["notes"] == ["The printed shares add up to 99% by rounding."]
    assert drawn["strip"]["table"]["notes"] == []


def test_weighted_shares_are_drawn_and_said(words: Language, look: Theme, texts: Texts) -> None:
    """Half of four answers is a 9, weighted three quarters: bars, bands, table and words say 75%, n stays 4."""
    counts: list[int | None] = [2, *[0] * 8, 2, 0]
    table = _one(counts).assign(panel="eNPS", share=[0.25, *[0.0] * 8, 0.75, 0.0], weighted=True)
    chart = distribution_strip(table, words=words, theme=look)
    assert {"eNPS, weighted", "4 answers", "75%", "Promoters 75%", "Detractors 25%"} <= set(texts(chart))
    assert chart["alt"] == (
        "eNPS, weighted, 4 answers: 25% detractors (0 to 6), 0% passives (7 and 8), 75% promoters (9 and 10); "
        "the answer given most is 9."
    )
    assert [cell["text"] for cell in chart["table"]["rows"][9]["cells"][3:]] == ["2", "75%"]


def test_bars_of_two_panels_share_one_scale(words: Language, look: Theme, elements: Elements) -> None:
    """The same share is the same height in every panel, whatever its n."""
    few, many = ([0] * 9 + [5, 5], [0] * 8 + [100, 50, 50])
    both = pd.concat([_one(few).assign(panel="few"), _one(many).assign(panel="many")])
    chart = distribution_strip(both, words=words, theme=look)
    # Half of the few give 9 and half 10; half of the many give 8, a quarter 9 and a quarter 10.
    assert _heights(chart, look.light.band["passive"].fill, elements) == [60]
    assert _heights(chart, look.light.band["promoter"].fill, elements) == [60, 60, 30, 30]


def test_hidden_panel_shows_only_its_reason(words: Language, look: Theme, texts: Texts) -> None:
    """One missing count hides the panel: no count, share or n of it is drawn, described or tabled."""
    counts: list[int | None] = [41, 42, 43, 44, 45, 46, 47, 48, 49, 51, None]
    table = _one(counts).assign(panel="Relational", hidden_because="fewer than 5 answers")
    chart = distribution_strip(table, words=words, theme=look)
    assert texts(chart) == ["Relational", "hidden: fewer than 5 answers"]
    assert chart["alt"] == "Relational: hidden: fewer than 5 answers."
    cells = [cell for row in chart["table"]["rows"] for cell in row["cells"][3:]]
    assert {cell["hidden"] for cell in cells} == {True}
    assert {cell["value"] for cell in cells} == {None}
    assert {(cell["text"], cell["note"]) for cell in cells} == {("hidden", "fewer than 5 answers")}


def test_a_panel_with_a_reason_is_hidden_whatever_counts_came_along(words: Language, look: Theme) -> None:
    """Its bars are those of a panel without any count."""
    known, gone = _one([1] * 11), _one([None] * 11)
    said = [
        distribution_strip(table.assign(panel="eNPS", hidden_because="few"), words=words, theme=look)
        for table in (known, gone)
    ]
    assert said[0] == said[1]


def test_a_panel_of_few_answers_has_no_bars_and_is_not_called_hidden(
    words: Language, look: Theme, texts: Texts
) -> None:
    """Its score is shown elsewhere; only its shares are not, and a dash stands for them."""
    table = _one([None] * 11).assign(panel="eNPS", hidden_because="shares from 30 answers", coarse=True)
    chart = distribution_strip(table, words=words, theme=look)
    assert texts(chart) == ["eNPS", "shares from 30 answers"]
    assert chart["alt"] == "eNPS: shares from 30 answers."
    cells = [cell for row in chart["table"]["rows"] for cell in row["cells"][3:]]
    assert {(cell["text"], cell["value"], cell["note"]) for cell in cells} == {("–", None, "shares from 30 answers")}


def test_panel_that_is_not_shown_is_hidden(words: Language, look: Theme) -> None:
    """A panel marked as not shown is hidden even when its counts came along."""
    table = _one([1] * 11).assign(panel="Relational", shown=False)
    assert distribution_strip(table, words=words, theme=look)["alt"] == "Relational: hidden."


def test_no_answers_is_said(words: Language, look: Theme, texts: Texts) -> None:
    """A panel of zeros is no division by zero but a word."""
    chart = distribution_strip(_one([0] * 11), words=words, theme=look)
    assert "No answers" in texts(chart)
    assert chart["alt"] == "The distribution: no answers."


def test_answer_off_the_scale_is_refused(words: Language, look: Theme) -> None:
    """An answer other than 0 to 10 is a fault of the caller."""
    with pytest.raises(ValueError, match="answer 11") as caught:
        distribution_strip(_one([0] * 12), words=words, theme=look)
    assert str(caught.value) == "distribution_strip: answer 11 is not a whole number from 0 to 10."


def test_table_is_not_changed(samples: SimpleNamespace, words: Language, look: Theme) -> None:
    """Drawing leaves its table as it was."""
    table = samples.answers()
    distribution_strip(table, words=words, theme=look)
    pd.testing.assert_frame_equal(table, samples.answers())
