"""Tables to draw, in plain English; run as a script, it prints the digest of each chart."""

from __future__ import annotations

import datetime as dt
import hashlib
import sys
from dataclasses import dataclass
from typing import Any

import pandas as pd

from helpers.show import charts
from helpers.show.language import Language
from helpers.show.theme import theme

NASTY = "Klantenserviceafhandeling <b>$x$</b> 😀 _a_ & 50% \\frac{1}{2}"
LONG = "Storingsafhandeling en verhuizing van zakelijke grootverbruikers"


@dataclass(frozen=True)
class English(Language):
    """The messages as they stand in the code, whatever a catalogue makes of them."""

    code: str = "en"

    def text(self, message: str, /, **values: object) -> str:
        """Fill in the English message."""
        return self._filled(message, values)

    def plural(self, singular: str, plural: str, n: int, /, **values: object) -> str:
        """Fill in the English message that goes with the number."""
        return self._filled(singular if n == 1 else plural, {"n": self.count(n)} | values)


def answers() -> pd.DataFrame:
    """Return two measurements: 20 answers (5 detractors, 5 passives, 10 promoters) and 10 (1, 4, 5)."""
    relational = (1, 0, 0, 1, 0, 1, 2, 3, 2, 6, 4)
    employees = (0, 0, 0, 0, 0, 1, 0, 0, 4, 3, 2)
    rows = [("Relational", answer, count) for answer, count in enumerate(relational)]
    rows += [(NASTY, answer, count) for answer, count in enumerate(employees)]
    return pd.DataFrame(rows, columns=["panel", "answer", "count"])


def scores() -> pd.DataFrame:
    """Return five groups under two headings, one hidden, one small, with zero measurement and target."""
    columns = ["group", "label", "score", "low", "high", "n", "shown", "hidden_because", "indicative"]
    rows = [
        ("Power", "Billing", -4.0, -12.0, 5.0, 120, True, "", False),
        ("Power", LONG, 12.0, 3.0, 20.0, 240, True, "", False),
        ("Gas", "Moving", 96.0, 96.0, 96.0, 3, False, "fewer than 5 answers", False),
        ("Gas", "Billing", 31.0, 12.0, 47.0, 22, True, "", True),
        ("Gas", NASTY, 31.5, 25.0, 37.0, 310, True, "", False),
    ]
    table = pd.DataFrame(rows, columns=columns)
    table["zero"] = [-10.0, 8.0, 95.0, None, 29.0]
    table["zero_low"], table["zero_high"] = table["zero"] - 8, table["zero"] + 8
    table["target"] = [5.0, 22.0, 99.0, 40.0, None]
    return table


def waves() -> pd.DataFrame:
    """Return three waves of two targets; the second wave of the first target is hidden."""
    columns = ["target_id", "date", "score", "low", "high", "n", "shown"]
    rows: list[tuple[Any, ...]] = [
        ("a", "2025-12-31", 4.0, -3.0, 11.0, 200, True),
        ("a", "2026-03-31", -77.0, -88.0, -66.0, 4, False),
        ("a", "2026-06-30", 9.0, 2.0, 16.0, 210, True),
        ("b", "2025-12-31", 22.0, 10.0, 34.0, 60, True),
        ("b", "2026-06-30", 27.0, 15.0, 39.0, 64, True),
    ]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(date=pd.to_datetime(table["date"]))


def targets() -> pd.DataFrame:
    """Return two targets in points, one without a verdict."""
    columns = ["target_id", "target_label", "baseline", "baseline_date", "target", "due"]
    columns += ["verdict", "verdict_text"]
    rows = [
        ("a", LONG, 4.0, "2025-12-31", 20.0, "2026-12-31", "probably_behind", "probably behind"),
        ("b", NASTY, 22.0, "2025-12-31", 30.0, "2027-06-30", None, "not measured in this period"),
    ]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(due=pd.to_datetime(table["due"]), baseline_date=pd.to_datetime(table["baseline_date"]))


def steps() -> pd.DataFrame:
    """Return five steps: done, overdue, to come, deliberately not and not planned."""
    columns = ["number", "label", "planned_start", "planned_end", "actual_start", "actual_end", "status"]
    columns += ["status_text", "overdue"]
    rows: list[tuple[Any, ...]] = [
        ("R01", LONG, "2025-01-01", "2025-03-31", "2025-01-15", "2025-04-10", "done", "done", False),
        ("R02", "<b>$x$</b> 😀", "2025-06-01", "2026-06-30", "2025-07-01", None, "under_way",
         "under way, 92 days overdue", True),
        ("R03", "Ambition", "2026-09-01", "2027-03-31", None, None, "not_started", "not started", False),
        ("R04", "Reward", None, None, None, None, "deliberately_not", "deliberately not", False),
        ("R05", "Value", None, None, None, None, "not_planned", "not planned", False),
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns)
    days = [name for name in columns if name.endswith(("_start", "_end"))]
    return table.assign(**{name: pd.to_datetime(table[name]) for name in days})


def drawn() -> dict[str, dict[str, Any]]:
    """Return one chart of each kind."""
    words, look = English(), theme()
    return {
        "strip": charts.distribution_strip(answers(), words=words, theme=look),
        "dots": charts.dot_and_interval(scores(), words=words, theme=look),
        "glide": charts.glide_path(waves(), targets=targets(), words=words, theme=look),
        "gantt": charts.gantt(steps(), as_of=dt.date(2026, 9, 30), words=words, theme=look),
    }


def digests() -> str:
    """Return a line per chart with the digest of its SVG."""
    return "\n".join(f"{kind} {hashlib.sha256(c['svg'].encode()).hexdigest()}" for kind, c in drawn().items())


if __name__ == "__main__":
    sys.stdout.write(digests())
