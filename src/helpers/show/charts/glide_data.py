"""The data behind the glide paths: targets with their waves, as a table, and in a sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from helpers.show import blocks
from helpers.show.blocks import Content
from helpers.show.charts import parts
from helpers.show.charts.lettering import plain
from helpers.show.charts.parts import Record
from helpers.show.language import Language, Unit

CHART = "glide_path"
WAVE_COLUMNS = ("target_id", "date", "score", "low", "high", "n")
TARGET_COLUMNS = (
    "target_id", "target_label", "baseline", "baseline_date", "target", "due", "verdict", "verdict_text",
)  # fmt: skip


@dataclass(frozen=True)
class Wave:
    """A measured score on a day."""

    date: dt.date
    score: float
    low: float | None
    high: float | None
    n: float | None


@dataclass(frozen=True)
class Path:
    """A target: where it starts, where it should end, and what was measured between."""

    label: str
    unit: Unit
    start: Wave | None
    target: float
    due: dt.date
    verdict: str
    verdict_text: str
    waves: tuple[Wave, ...]
    hidden: tuple[tuple[dt.date, str], ...] = ()
    """Of each wave that is hidden its day, and why."""
    old: bool = False
    """Whether the last score that is shown is not the score of now: that one is hidden, or was not measured."""

    @property
    def hidden_now(self) -> bool:
        """Whether a score is hidden that is newer than the last one shown."""
        return bool(self.waves and self.hidden) and self.waves[-1].date < self.hidden[-1][0]

    @property
    def days(self) -> tuple[dt.date, ...]:
        """Every day that is drawn."""
        start = (self.start.date,) if self.start else ()
        return (*start, *(wave.date for wave in self.waves), self.due)

    @property
    def scores(self) -> tuple[float, ...]:
        """Every score and limit that is drawn."""
        limits = [value for wave in self.waves for value in (wave.score, wave.low, wave.high)]
        start = (self.start.score,) if self.start else ()
        return (*start, self.target, *(value for value in limits if value is not None))


def paths(table: pd.DataFrame, targets: pd.DataFrame) -> list[Path]:
    """Join the waves to their targets, in the order of the targets and of time."""
    waves = [] if table.empty else parts.records(table, needs=WAVE_COLUMNS, chart=CHART)
    return [
        _path(target, [row for row in waves if row["target_id"] == target["target_id"]])
        for target in parts.records(targets, needs=TARGET_COLUMNS, chart=f"{CHART}, targets")
    ]


def table(identifier: str, paths: Sequence[Path], *, words: Language, caption: str) -> Content:
    """Return the chart's data as a table block: per target its start, its waves and its end."""
    _ = words.text
    columns = [
        blocks.column("target", _("Target")),
        blocks.column("what", _("What")),
        blocks.column("date", _("Date")),
        blocks.column("score", _("Score"), number=True),
        blocks.column("low", _("Low"), number=True),
        blocks.column("high", _("High"), number=True),
        blocks.column("n", _("Answers"), number=True),
    ]
    rows = [row for path in paths for row in _rows(path, words)]
    return parts.data_table(identifier, words=words, caption=caption, columns=columns, rows=rows, stub=2)


def described(paths: Sequence[Path], *, words: Language) -> str:
    """Say per target in words from where to where, the latest score and the verdict."""
    return " ".join(_described(path, words) for path in paths)


def _path(target: Record, rows: Sequence[Record]) -> Path:
    waves = [
        Wave(
            parts.day(row["date"]),
            float(row["score"]),
            *(_number(row[name]) for name in ("low", "high", "n")),
        )
        for row in rows
        if row["score"] is not None and row["date"] is not None and parts.shown(row)
    ]
    dates = [parts.day(row["date"]) for row in rows if row["date"] is not None]
    overtaken = bool(waves) and max(wave.date for wave in waves) < max(dates)
    hidden = [(parts.day(row["date"]), row) for row in rows if row["date"] is not None and not parts.shown(row)]
    started = target["baseline"] is not None and target["baseline_date"] is not None
    start = Wave(parts.day(target["baseline_date"]), float(target["baseline"]), None, None, None) if started else None
    return Path(
        label=plain(target["target_label"]),
        unit=target.get("unit") or "points",
        start=start,
        target=float(target["target"]),
        due=parts.day(target["due"]),
        verdict=target["verdict"] or "",
        verdict_text=plain(target["verdict_text"] or ""),
        waves=tuple(sorted(waves, key=lambda wave: wave.date)),
        hidden=tuple(sorted((date, plain(row.get("hidden_because") or "")) for date, row in hidden)),
        old=not target["verdict"] and (overtaken or target["verdict"] == ""),
    )


def _number(value: float | None) -> float | None:
    return None if value is None else float(value)


def _rows(path: Path, words: Language) -> list[Content]:
    _ = words.text
    end = Wave(path.due, path.target, None, None, None)
    points = [
        *([(_("zero measurement"), path.start)] if path.start else []),
        *((_("measured"), wave) for wave in path.waves),
        (_("target"), end),
    ]
    rows = [
        blocks.row(
            [
                blocks.cell(path.label),
                blocks.cell(what),
                parts.dated(words, wave.date),
                *(parts.measured(words, value, path.unit) for value in (wave.score, wave.low, wave.high)),
                parts.counted(words, wave.n),
            ]
        )
        for what, wave in points
    ]
    return [*rows[:-1], *(_hidden_row(path, day, why, words) for day, why in path.hidden), rows[-1]]


def _hidden_row(path: Path, day: dt.date, why: str, words: Language) -> Content:
    hidden = blocks.cell(words.text("hidden"), hidden=True, mark="hidden", note=why)
    name = [blocks.cell(path.label), blocks.cell(words.text("measured")), parts.dated(words, day)]
    return blocks.row([*name, *([hidden] * 4)])


def _described(path: Path, words: Language) -> str:
    _ = words.text
    aim = _("{target} on {day}", target=words.measure(path.target, path.unit), day=words.date(path.due))
    if path.start:
        start = words.measure(path.start.score, path.unit)
        aim = _("from {start} to {aim}", start=start, aim=aim)
    if not path.waves:
        return _("{label}: {aim}; no score to show since.", label=path.label, aim=aim)
    last = path.waves[-1]
    score = words.measure(last.score, path.unit)
    if last.low is not None and last.high is not None:
        score = f"{score} ({words.interval(last.low, last.high, path.unit)})"
    said = {"label": path.label, "aim": aim, "day": words.date(last.date), "score": score}
    if not path.verdict_text:
        return _("{label}: {aim}; on {day} {score}.", **said)
    return _("{label}: {aim}; on {day} {score}, {verdict}.", verdict=path.verdict_text, **said)
