"""The road as a Gantt chart: planned and actual bars, the line of today, and words where there is no day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from helpers.show.charts import gantt
from helpers.show.language import Language
from helpers.show.theme import Theme

Texts = Callable[[dict[str, Any]], list[str]]
AS_OF = dt.date(2026, 9, 30)


@pytest.fixture
def draw(words: Language, look: Theme) -> Callable[..., dict[str, Any]]:
    """Return what draws a table of steps."""
    return lambda table, as_of=AS_OF: gantt(table, as_of=as_of, words=words, theme=look)


def one(samples: SimpleNamespace, **change: Any) -> pd.DataFrame:
    """Return the step that is overdue by itself."""
    return samples.steps()[1:2].assign(**change)


def bars(chart: dict[str, Any], colour: str) -> list[tuple[float, float]]:
    """Return left and right of each filled box of a colour."""
    paths = re.findall(rf'<path[^>]*d="([^"]+)"[^>]*fill="{colour}"', chart["svg"])
    paths += re.findall(rf'<path[^>]*fill="{colour}"[^>]*d="([^"]+)"', chart["svg"])
    boxes = [part for path in paths for part in path.split("M") if part.strip()]
    across = [[float(x) for x, _y in re.findall(r"(-?[\d.]+)[ ,]+(-?[\d.]+)", box)] for box in boxes]
    return [(min(xs), max(xs)) for xs in across]


def test_the_line_of_today_has_its_date(drawn: dict[str, Any], texts: Texts) -> None:
    """The last day that the report counts, not the day on which it was made."""
    assert "30 September 2026" in texts(drawn["gantt"])


def test_each_step_says_how_it_stands(drawn: dict[str, Any], texts: Texts) -> None:
    """Overdue days in words at the end of the row; without any day, the status stands in the row itself."""
    written = texts(drawn["gantt"])
    assert {"R01", "R02", "R03", "R04", "R05", "done", "not started", "deliberately not", "not planned"} <= set(written)
    assert "under way, 92 days overdue" in " ".join(written)


def test_the_marks_that_occur_are_explained(drawn: dict[str, Any], draw, samples, texts: Texts) -> None:
    """Planned and actual by lightness, overdue by hatching; what does not occur is not explained."""
    assert {"planned", "actual", "overdue"} <= set(texts(drawn["gantt"]))
    assert {"actual", "overdue"} & set(texts(draw(samples.steps()[2:]))) == set()


def test_overdue_is_hatched_and_not_only_coloured(draw, samples, look: Theme) -> None:
    """The strokes are gone where the step is in time."""
    stroke = f'stroke="{look.light.verdict["behind"].paper}"'
    assert stroke in draw(one(samples))["svg"]
    assert stroke not in draw(one(samples, overdue=False))["svg"]


def test_what_is_under_way_runs_up_to_today(draw, samples, look: Theme) -> None:
    """So its bar ends where that of a step ends that was done today."""
    running = draw(one(samples))
    ended = draw(one(samples, actual_end=pd.Timestamp(AS_OF), status="done"))
    assert look.light.accent in running["svg"]
    assert running["svg"].count("<path") == ended["svg"].count("<path")
    assert bars(running, look.light.accent) == bars(ended, look.light.accent)


def test_a_step_that_was_done_without_a_day_has_no_long_bar(draw, samples, look: Theme) -> None:
    """Nobody knows up to when it ran."""
    unknown = bars(draw(one(samples, status="done")), look.light.accent)
    running = bars(draw(one(samples)), look.light.accent)
    assert unknown != running


def test_alt_text_is_computed(draw, samples) -> None:
    """The day, and per step how it stands and by when it is planned."""
    assert draw(samples.steps()[1:4])["alt"] == (
        "Up to 30 September 2026. "
        "R02 <b>$x$</b> 😀: under way, 92 days overdue, planned for 30 June 2026. "
        "R03 Ambition: not started, planned for 31 March 2027. "
        "R04 Reward: deliberately not."
    )


def test_data_table_has_a_row_per_step(drawn: dict[str, Any], samples: SimpleNamespace) -> None:
    """With its days as dates, and nothing where there is none."""
    rows = drawn["gantt"]["table"]["rows"]
    assert [cell["text"] for cell in rows[1]["cells"]] == [
        "R02", "<b>$x$</b> 😀", "1 June 2025", "30 June 2026", "1 July 2025", "", "under way, 92 days overdue",
    ]  # fmt: skip
    assert rows[0]["cells"][2]["value"] == "2025-01-01"
    assert [cell["text"] for cell in rows[4]["cells"]] == ["R05", "Value", "", "", "", "", "not planned"]


@pytest.mark.parametrize("steps", [1, 3, 14])
def test_one_to_fourteen_steps_fit(draw, samples, steps: int) -> None:
    """Each row adds the same height, and fourteen fit on a page."""
    many = pd.concat([one(samples, number=f"R{k:02d}") for k in range(1, steps + 1)], ignore_index=True)
    chart = draw(many)
    assert chart["height"] == 22 + 26 * steps + 36
    assert chart["height"] < 640


@pytest.mark.parametrize("days", [20, 200, 400, 900, 6 * 365])
def test_a_month_to_six_years_have_ticks_apart(draw, samples, elements, days: int) -> None:
    """At least two names of months, none over another, and the line of today within the plot."""
    first = AS_OF - dt.timedelta(days=days - 10)
    last = AS_OF + dt.timedelta(days=10)
    table = one(samples, planned_start=pd.Timestamp(first), planned_end=pd.Timestamp(last), actual_start=pd.NaT,
                overdue=False)  # fmt: skip
    found = [float(e.get("x")) for e in elements(draw(table), "text") if re.fullmatch(r"[A-Z][a-z]+ \d{4}", e.text)]
    assert len(found) >= 2
    assert all(b - a >= 40 for a, b in pairwise(sorted(found)))


@pytest.mark.parametrize("known", ["planned_start", "planned_end", "actual_start", "actual_end"])
def test_one_known_day_is_enough(draw, samples, known: str) -> None:
    """A bar of one day can still be seen."""
    days = dict.fromkeys(("planned_start", "planned_end", "actual_start", "actual_end"), pd.NaT)
    table = one(samples, **days | {known: pd.Timestamp("2026-05-04")}, overdue=False, status="not_started")
    assert draw(table)["svg"].startswith("<svg")


def test_without_any_day_there_is_nothing_to_draw(draw, samples) -> None:
    """The caller leaves the chart out."""
    with pytest.raises(ValueError, match=r"^gantt: no step has a day; leave the chart out when there is nothing"):
        draw(samples.steps()[3:])
