"""Dot and interval: the order, the axis, the marks, and nothing of a hidden group."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree as ET

import pandas as pd
import pytest

from helpers.show.charts import dot_and_interval
from helpers.show.language import Language
from helpers.show.theme import Theme

Elements = Callable[[dict[str, Any], str], list[ET.Element]]
Texts = Callable[[dict[str, Any]], list[str]]


def _groups(**columns: list[Any]) -> pd.DataFrame:
    return pd.DataFrame(columns)


def test_groups_are_sorted_within_their_heading(drawn: dict[str, Any], samples: SimpleNamespace) -> None:
    """Headings keep their order; under each the highest score comes first and hidden groups last."""
    names = [[cell["text"] for cell in row["cells"][:2]] for row in drawn["dots"]["table"]["rows"]]
    assert names == [
        ["Power", samples.LONG],
        ["Power", "Billing"],
        ["Gas", samples.NASTY],
        ["Gas", "Billing"],
        ["Gas", "Moving"],
    ]


def test_each_score_and_n_is_written(drawn: dict[str, Any], texts: Texts) -> None:
    """Every shown score stands beside its dot and its n in the column at the right."""
    written = texts(drawn["dots"])
    assert [text for text in written if text in ("+12", "−4", "+32", "+31")] == ["+12", "−4", "+32", "+31"]
    assert [text for text in written if text in ("240", "120", "310", "22")] == ["240", "120", "310", "22"]


def test_hidden_group_gives_nothing_away(samples: SimpleNamespace, words: Language, look: Theme, texts: Texts) -> None:
    """Whatever numbers came along with a hidden group, drawing, table and words are the same."""
    table = samples.scores()
    other = table.copy()
    hidden = ~table["shown"]
    other.loc[hidden, ["score", "low", "high", "zero", "zero_low", "zero_high", "target"]] = -99.0
    other.loc[hidden, "n"] = 4
    chart = dot_and_interval(table, words=words, theme=look)
    assert chart == dot_and_interval(other, words=words, theme=look)
    assert "hidden: fewer than 5 answers" in texts(chart)
    cells = chart["table"]["rows"][-1]["cells"]
    assert [cell["value"] for cell in cells] == [None] * len(cells)
    assert cells[2]["mark"] == "hidden"
    assert cells[2]["note"] == "fewer than 5 answers"


@pytest.mark.parametrize("shown", [False, None, pd.NA])
def test_group_is_hidden_unless_it_says_shown(shown: object, words: Language, look: Theme, texts: Texts) -> None:
    """A missing permission is no permission."""
    table = _groups(label=["A", "B"], score=[9.0, 3.0], low=[1.0, 1.0], high=[12.0, 5.0], n=[77, 78])
    chart = dot_and_interval(table.assign(shown=[shown, True]), words=words, theme=look)
    assert "+9" not in texts(chart)
    assert "77" not in texts(chart)


def test_axis_rests_on_shown_groups_only(samples: SimpleNamespace, drawn: dict[str, Any], texts: Texts) -> None:
    """The hidden score of 96 and its target of 99 do not stretch the axis."""
    ticks = [text for text in texts(drawn["dots"]) if text in ("−20", "0", "+20", "+40", "+60", "+80", "+100")]
    assert samples.scores().query("not shown")["score"].item() == 96
    assert ticks == ["−20", "0", "+20", "+40", "+60"]


def test_alt_text_is_computed(words: Language, look: Theme) -> None:
    """The description names how many groups, the highest, the lowest and how many are hidden."""
    table = _groups(
        label=["A", "B", "C"],
        score=[12.0, -4.0, None],
        low=[3.0, -12.0, None],
        high=[20.0, 5.0, None],
        n=[240, 120, None],
        shown=[True, True, False],
    )
    assert dot_and_interval(table, words=words, theme=look)["alt"] == (
        "Scores of 2 groups with their intervals; of those shown highest A +12 (+3 to +20), lowest B −4 (−12 to +5). "
        "1 group is hidden."
    )
    assert dot_and_interval(table[:2], words=words, theme=look)["alt"] == (
        "Scores of 2 groups with their intervals; highest A +12 (+3 to +20), lowest B −4 (−12 to +5)."
    )


def test_hidden_groups_stand_in_the_order_given_and_not_of_their_scores(words: Language, look: Theme) -> None:
    """B, C and A are hidden whatever they scored; of each reason the words stand once in the description."""
    table = _groups(
        label=["B", "C", "A", "D"], score=[1.0, 9.0, 5.0, 3.0], low=[0.0] * 4, high=[9.0] * 4, n=[4, 4, 4, 40],
        shown=[False, False, False, True], hidden_because=["few", "gives away", "few", ""],
    )  # fmt: skip
    chart = dot_and_interval(table, words=words, theme=look)
    assert [row["cells"][0]["text"] for row in chart["table"]["rows"]] == ["D", "B", "C", "A"]
    assert chart["alt"].endswith("3 groups are hidden: few and gives away.")


def test_each_shown_row_has_marks_of_its_own_and_a_hidden_one_only_its_word(
    words: Language, look: Theme, elements: Elements
) -> None:
    """Every dot stands at the height of one label; at the height of a hidden label there is only text."""
    table = _groups(
        label=["A", "B", "C"], score=[30.0, 20.0, 10.0], low=[5.0] * 3, high=[40.0] * 3, n=[50] * 3,
        shown=[True, False, True], hidden_because=["", "few", ""],
    )  # fmt: skip
    chart = dot_and_interval(table, words=words, theme=look)
    labels = {e.text: float(e.attrib["y"]) for e in elements(chart, "text")}
    rows = {name: labels[name] - 0.35 * look.size["small"] for name in "ABC"}
    marks = [[float(y) for y in re.findall(r"[MLC] \S+ (\S+)", e.attrib["d"])] for e in elements(chart, "path")
             if look.light.accent in (e.attrib["fill"], e.attrib.get("stroke"))]  # fmt: skip
    below_the_key = [y for ys in marks for y in ys if y > 12]
    assert {min(rows, key=lambda name: abs(rows[name] - y)) for y in below_the_key} == {"A", "C"}
    dots = [ys for ys in marks if len(ys) > 4 and ys[0] > 12]
    assert [max(ys) - 3.25 for ys in dots] == pytest.approx([rows["A"], rows["C"]], abs=0.02)
    assert labels["hidden: few"] == labels["B"]


def test_key_names_only_marks_that_occur(drawn: dict[str, Any], words: Language, look: Theme, texts: Texts) -> None:
    """Zero measurement, target and small group are explained where they are drawn, and only there."""
    marks = {"score with its interval", "small group: indicative", "zero measurement", "target"}
    plain = _groups(label=["A"], score=[5.0], low=[1.0], high=[9.0], n=[80])
    assert marks <= set(texts(drawn["dots"]))
    assert marks & set(texts(dot_and_interval(plain, words=words, theme=look))) == {"score with its interval"}


def test_indicative_group_is_hollow_and_marked(words: Language, look: Theme) -> None:
    """A small group is drawn hollow and dashed, and its score is marked in the table."""
    table = _groups(label=["A"], score=[5.0], low=[1.0], high=[9.0], n=[12])
    small = dot_and_interval(table.assign(indicative=True), words=words, theme=look)
    large = dot_and_interval(table, words=words, theme=look)
    assert small["table"]["rows"][0]["cells"][1]["mark"] == "indicative"
    assert f'fill="{look.light.paper}" stroke="{look.light.accent}"' in small["svg"]
    assert "stroke-dasharray" in small["svg"]
    assert "stroke-dasharray" not in large["svg"]


@pytest.mark.parametrize(
    ("unit", "score", "written"), [("points", 7.24, "+7"), ("scale", 7.24, "7.2"), ("percent", 72.4, "72%")]
)
def test_each_unit_has_its_own_form(
    unit: Any, score: float, written: str, *, words: Language, look: Theme, texts: Texts
) -> None:
    """Points have a sign, a scale one decimal, a share a per cent sign, in drawing and table alike."""
    table = _groups(label=["A"], score=[score], low=[score - 1], high=[score + 1], n=[80])
    chart = dot_and_interval(table, words=words, theme=look, unit=unit)
    assert written in texts(chart)
    assert chart["table"]["rows"][0]["cells"][1]["text"] == written


def test_no_answers_is_said(words: Language, look: Theme, texts: Texts) -> None:
    """A group that may be shown but has no answers has no dot and says so."""
    table = _groups(label=["A", "B"], score=[None, 5.0], low=[None, 1.0], high=[None, 9.0], n=[0, 80])
    chart = dot_and_interval(table, words=words, theme=look)
    assert "no answers" in texts(chart)
    assert chart["table"]["rows"][1]["cells"][0]["text"] == "A"


def test_score_without_interval_is_a_dot(words: Language, look: Theme, texts: Texts) -> None:
    """A score whose interval is not known is drawn without one, and nothing fails."""
    table = _groups(label=["A"], score=[5.0], low=[None], high=[None], n=[80])
    chart = dot_and_interval(table, words=words, theme=look)
    assert "+5" in texts(chart)
    assert chart["alt"] == "One score: A +5."


def test_all_hidden_is_a_list_of_reasons(words: Language, look: Theme, texts: Texts) -> None:
    """With every group hidden no axis is drawn: its range would be invented."""
    table = _groups(label=["A", "B"], score=[1.0, 2.0], low=[0.0, 1.0], high=[2.0, 3.0], n=[3, 4])
    chart = dot_and_interval(table.assign(shown=False, hidden_because="too few"), words=words, theme=look)
    assert texts(chart).count("hidden: too few") == 2
    assert chart["alt"] == "2 groups are hidden: too few."
    assert "0" not in texts(chart)


def test_groups_beyond_a_page_are_in_the_table_only(words: Language, look: Theme, texts: Texts) -> None:
    """A chart is never higher than a page; what does not fit is said and stays in the table."""
    table = _groups(
        label=[f"Group {k}" for k in range(50)], score=[5.0] * 50, low=[1.0] * 50, high=[9.0] * 50, n=[80] * 50
    )
    chart = dot_and_interval(table, words=words, theme=look)
    assert chart["height"] <= 700
    assert len(chart["table"]["rows"]) == 50
    drawn = sum(text.startswith("Group ") for text in texts(chart))
    assert f"{50 - drawn} more groups are not drawn: see the table or the workbook." in texts(chart)


def _many(heading: str, n: int, **columns: Any) -> pd.DataFrame:
    names = [f"{heading} {k}" for k in range(n)]
    score = [float(k) for k in range(n)]
    table = _groups(group=[heading] * n, label=names, score=score, low=[0.0] * n, high=[90.0] * n, n=[80] * n)
    return table.assign(**columns)


def test_long_list_keeps_its_highest_and_lowest(words: Language, look: Theme, texts: Texts) -> None:
    """A bad group never disappears below the page's edge: what is left out lies between, and is counted there."""
    chart = dot_and_interval(_many("Unit", 150), words=words, theme=look)
    written = texts(chart)
    drawn = [text for text in written if text.startswith("Unit ")]
    half = len(drawn) // 2
    assert drawn == [f"Unit {k}" for k in [*range(149, 149 - len(drawn) + half, -1), *range(half - 1, -1, -1)]]
    assert len(drawn) > 20
    assert f"… {150 - len(drawn)} more groups …" in written
    assert f"{150 - len(drawn)} more groups are not drawn: see the table or the workbook." in written
    assert chart["alt"].endswith(f" {150 - len(drawn)} more groups are not drawn: see the table or the workbook.")
    assert chart["height"] <= 700


def test_crossing_goes_first(words: Language, look: Theme, texts: Texts) -> None:
    """Whole headings stay; the crossing of two of them goes before either, wherever it stands."""
    parts = [_many("Product", 12), _many("Both", 20, crossing=True), _many("Process", 12)]
    chart = dot_and_interval(pd.concat(parts), words=words, theme=look)
    written = texts(chart)
    assert {"Product", "Product 0", "Process", "Process 0"} <= set(written)
    assert not any(text.startswith("Both") for text in written)
    assert "20 more groups are not drawn: see the table or the workbook." in written
    assert len(chart["table"]["rows"]) == 44


def test_crossing_that_stands_alone_is_cut_instead(words: Language, look: Theme, texts: Texts) -> None:
    """Without it there would be nothing to see."""
    whole = _groups(label=["Total"], score=[5.0], low=[1.0], high=[9.0], n=[80], group=[""], crossing=[False])
    written = texts(dot_and_interval(pd.concat([whole, _many("Both", 60, crossing=True)]), words=words, theme=look))
    assert {"Total", "Both", "Both 0", "Both 59"} <= set(written)


def test_heading_that_does_not_fit_goes_whole(words: Language, look: Theme, texts: Texts) -> None:
    """Headings stay in order of appearance while they fit."""
    parts = [_many("Product", 20), _many("Process", 20)]
    written = texts(dot_and_interval(pd.concat(parts), words=words, theme=look))
    assert {"Product 0", "Product 19"} <= set(written)
    assert "Process" not in written
    assert "20 more groups are not drawn: see the table or the workbook." in written


def test_key_knows_only_what_is_drawn(words: Language, look: Theme, texts: Texts) -> None:
    """A mark that occurs in a dropped heading alone is not explained."""
    parts = [_many("Product", 25), _many("Both", 20, crossing=True, target=9.0, indicative=True)]
    written = texts(dot_and_interval(pd.concat(parts), words=words, theme=look))
    assert "score with its interval" in written
    assert not {"target", "small group: indicative"} & set(written)


def test_missing_column_is_named(words: Language, look: Theme) -> None:
    """The message says what is missing, what is needed and what is there."""
    with pytest.raises(ValueError, match="no column") as caught:
        dot_and_interval(_groups(label=["A"], score=[5.0]), words=words, theme=look)
    assert str(caught.value) == (
        "dot_and_interval: the table has no column low, high, n; "
        "it needs label, score, low, high, n and has label, score."
    )


def test_empty_table_is_refused(words: Language, look: Theme) -> None:
    """An empty chart says nothing; its caller leaves it out."""
    empty = _groups(label=[], score=[], low=[], high=[], n=[])
    with pytest.raises(ValueError, match="no rows") as caught:
        dot_and_interval(empty, words=words, theme=look)
    assert str(caught.value) == (
        "dot_and_interval: the table has no rows; leave the chart out when there is nothing to draw."
    )


def test_table_is_not_changed(samples: SimpleNamespace, words: Language, look: Theme) -> None:
    """Drawing leaves its table as it was."""
    table = samples.scores()
    dot_and_interval(table, words=words, theme=look)
    pd.testing.assert_frame_equal(table, samples.scores())
