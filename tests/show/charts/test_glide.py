"""Glide paths: a panel per target, one scale, and nothing of a hidden wave."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from helpers.show.charts import glide_path
from helpers.show.language import Language
from helpers.show.theme import Theme

Texts = Callable[[dict[str, Any]], list[str]]


def test_each_panel_says_target_day_and_verdict(drawn: dict[str, Any], texts: Texts) -> None:
    """Above each panel stand the score to reach, the day and the verdict in words."""
    written = texts(drawn["glide"])
    assert "target +20 on 31 December 2026" in written
    assert "probably behind" in written
    assert "target +30 on 30 June 2027" in written
    assert "not measured in this period" in written


def test_start_latest_score_and_target_are_labelled(drawn: dict[str, Any], texts: Texts) -> None:
    """The three numbers that matter stand where they are; waves between them are only drawn."""
    written = texts(drawn["glide"])
    assert written.count("+9") == 1
    assert written.count("+27") == 1
    assert "+22" in written
    assert "+30" in written


def test_hidden_wave_gives_nothing_away(samples: SimpleNamespace, words: Language, look: Theme) -> None:
    """It is drawn and described as if it were not there, and the table has a word in the place of its numbers."""
    waves, targets = samples.waves(), samples.targets()
    with_it = glide_path(waves, targets=targets, words=words, theme=look)
    without = glide_path(waves[waves["shown"]], targets=targets, words=words, theme=look)
    assert (with_it["svg"], with_it["alt"]) == (without["svg"], without["alt"])
    other = waves.assign(score=waves["score"].where(waves["shown"]), n=waves["n"].where(waves["shown"], 99))
    assert with_it == glide_path(other, targets=targets, words=words, theme=look)


def test_wave_without_score_is_left_out(samples: SimpleNamespace, words: Language, look: Theme) -> None:
    """A wave whose score is missing is no gap in the line but no point at all."""
    waves = samples.waves()
    waves.loc[~waves["shown"], ["score", "low", "high"]] = None
    with_it = glide_path(waves.assign(shown=True), targets=samples.targets(), words=words, theme=look)
    without = glide_path(waves.dropna(), targets=samples.targets(), words=words, theme=look)
    assert with_it["svg"] == without["svg"]


def test_alt_text_is_computed(samples: SimpleNamespace, drawn: dict[str, Any], words: Language, look: Theme) -> None:
    """The description says per target from where to where, the latest score and the verdict."""
    assert drawn["glide"]["alt"] == (
        f"{samples.LONG}: from +4 to +20 on 31 December 2026; on 30 June 2026 +9 (+2 to +16), probably behind. "
        f"{samples.NASTY}: from +22 to +30 on 30 June 2027; on 30 June 2026 +27 (+15 to +39), "
        "not measured in this period."
    )
    none = glide_path(samples.waves()[:0], targets=samples.targets()[:1], words=words, theme=look)
    assert none["alt"] == f"{samples.LONG}: from +4 to +20 on 31 December 2026; no score to show since."


def test_data_table_has_start_waves_and_end(drawn: dict[str, Any], samples: SimpleNamespace) -> None:
    """The table holds each point that is drawn, with its day as a date."""
    rows = [[cell["text"] for cell in row["cells"]] for row in drawn["glide"]["table"]["rows"]]
    assert rows[:5] == [
        [samples.LONG, "zero measurement", "31 December 2025", "+4", "", "", ""],
        [samples.LONG, "measured", "31 December 2025", "+4", "−3", "+11", "200"],
        [samples.LONG, "measured", "30 June 2026", "+9", "+2", "+16", "210"],
        [samples.LONG, "measured", "31 March 2026", *["hidden"] * 4],
        [samples.LONG, "target", "31 December 2026", "+20", "", "", ""],
    ]
    assert drawn["glide"]["table"]["rows"][4]["cells"][2]["value"] == "2026-12-31"


def test_panels_of_one_unit_share_their_scale(
    samples: SimpleNamespace, words: Language, look: Theme, texts: Texts
) -> None:
    """A panel's axis covers the scores of every panel, so that heights compare."""
    far = samples.waves().assign(score=lambda t: t["score"].where(t["target_id"] == "a", 80.0))
    far["high"] = far["high"].where(far["target_id"] == "a", 90.0)
    alone = glide_path(far, targets=samples.targets()[:1], words=words, theme=look)
    beside = glide_path(far, targets=samples.targets(), words=words, theme=look)
    assert "+80" not in texts(alone)
    assert "+80" in texts(beside)


def test_scale_is_close_around_what_is_drawn(
    samples: SimpleNamespace, words: Language, look: Theme, texts: Texts
) -> None:
    """Scores of −3 to +39 with a target of +30 need no −100 to +100, or every line would look flat."""
    written = texts(glide_path(samples.waves(), targets=samples.targets(), words=words, theme=look))
    assert {"−10", "0", "+10", "+20", "+40"} <= set(written)
    assert "−20" not in written
    assert "+50" not in written


def test_last_score_that_is_not_of_now_has_its_date(
    samples: SimpleNamespace, words: Language, look: Theme, texts: Texts
) -> None:
    """With the score of now hidden, the latest that is shown says of when it is and is drawn as an earlier one."""
    targets = samples.targets()[:1].assign(verdict=None, verdict_text=None)
    waves = samples.waves().query("target_id == 'a'")
    of_now = glide_path(waves, targets=targets, words=words, theme=look)
    gone = waves.assign(shown=[True, True, False])
    old = glide_path(gone, targets=targets, words=words, theme=look)
    assert "last shown: 30 June 2026" in texts(of_now)
    assert "now hidden; before: 31\N{NO-BREAK SPACE}Mar\N{NO-BREAK SPACE}2026" in texts(old)
    last = f'stroke="{look.light.accent}" stroke-width="2"'
    assert last in of_now["svg"]
    assert last not in old["svg"]


def test_scores_close_together_have_labels_apart(
    samples: SimpleNamespace, words: Language, look: Theme, elements: Callable[[dict[str, Any], str], list[Any]]
) -> None:
    """The zero measurement, the score of now and the target are one point apart and yet all can be read."""
    targets = samples.targets()[:1].assign(baseline=11.0, target=13.0)
    waves = samples.waves()[:3].assign(score=[11.0, 11.0, 12.0], low=8.0, high=16.0, shown=[True, False, True])
    chart = glide_path(waves, targets=targets, words=words, theme=look)
    at = {e.text: (float(e.get("x")), float(e.get("y"))) for e in elements(chart, "text") if e.get("x")}
    found = [at[text] for text in ("+11", "+12", "+13")]
    assert all(abs(a[0] - b[0]) > 12 or abs(a[1] - b[1]) >= 7 for k, a in enumerate(found) for b in found[k + 1 :])


def test_panel_of_another_unit_has_its_own_scale(
    samples: SimpleNamespace, words: Language, look: Theme, texts: Texts
) -> None:
    """A mean beside an NPS is numbered on its own axis and written with a decimal."""
    targets = samples.targets().assign(unit=["points", "scale"])
    written = texts(glide_path(samples.waves(), targets=targets, words=words, theme=look))
    assert "target 30.0 on 30 June 2027" in written
    assert "27.0" in written


def test_target_without_a_start_has_no_line(samples: SimpleNamespace, words: Language, look: Theme) -> None:
    """Without a zero measurement only the target and the scores are drawn."""
    targets = samples.targets()[:1].assign(baseline=None)
    chart = glide_path(samples.waves(), targets=targets, words=words, theme=look)
    assert chart["alt"].startswith(f"{samples.LONG}: +20 on 31 December 2026;")
    assert chart["table"]["rows"][0]["cells"][1]["text"] == "measured"


@pytest.mark.parametrize(("targets", "rows"), [(1, 1), (3, 1), (4, 2), (12, 4)])
def test_three_panels_stand_in_a_row(
    targets: int, rows: int, samples: SimpleNamespace, words: Language, look: Theme
) -> None:
    """Each row of three adds the same height, and twelve panels fit on a page."""
    many = pd.concat([samples.targets()[:1].assign(target_id=k, target_label="Short") for k in range(targets)])
    heights = [
        glide_path(samples.waves()[:0], targets=many[:n], words=words, theme=look)["height"] for n in (1, targets)
    ]
    assert heights[1] == pytest.approx(heights[0] + (rows - 1) * (heights[0] + 20))
    assert heights[1] <= 680


def test_fifteen_targets_are_drawn_in_lower_panels(
    samples: SimpleNamespace, words: Language, look: Theme, texts: Texts
) -> None:
    """Five rows of panels, even with headings of two lines, fit on a page."""
    many = pd.concat([samples.targets()[:1].assign(target_id=k) for k in range(15)])
    chart = glide_path(samples.waves()[:0], targets=many, words=words, theme=look)
    assert chart["height"] == pytest.approx(640)
    assert texts(chart).count("target +20 on 31 December 2026") == 15
    assert not any("in the table only" in text for text in texts(chart))


def test_sixteenth_target_is_in_the_table_only(
    samples: SimpleNamespace, words: Language, look: Theme, texts: Texts
) -> None:
    """More than fifteen panels would be too small to read; the chart says what it leaves to the table."""
    many = pd.concat([samples.targets()[:1].assign(target_id=k) for k in range(16)])
    chart = glide_path(samples.waves()[:0], targets=many, words=words, theme=look)
    assert "1 more target is in the table only." in texts(chart)
    assert len(chart["table"]["rows"]) == 32


def test_missing_target_column_is_named(samples: SimpleNamespace, words: Language, look: Theme) -> None:
    """The message says which of the two tables lacks what."""
    with pytest.raises(ValueError, match="no column due") as caught:
        glide_path(samples.waves(), targets=samples.targets().drop(columns=["due"]), words=words, theme=look)
    assert str(caught.value).startswith("glide_path, targets: the table has no column due; it needs target_id,")
