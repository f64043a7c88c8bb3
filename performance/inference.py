"""Time the scores of a large survey in many groups against one bare pandas groupby().size() on the same frame.

Run it from the repository's folder::

    python performance/inference.py --rows 10000000 --groups 10000 --runs 5

The same answers, 0 to 10 with one in twenty skipped and a weight, stand in a frame whose groups are a category (as
the intake gives units and dimensions) and in one whose groups are text (``--groups-as`` chooses). Each way is a
process of its own, so that peaks do not mix; the ways take turns, so that all meet the same machine. Printed are the
seconds of the call (the frame and the imports excluded; the fastest of three, as timeit has it, on the clock and of the
processor), the ratios to the bare groupby of the same turn, and the peak memory beyond the frame: medians of the runs.
``intervals`` is the step from sums to scores and intervals by itself; ``groupby, declared`` is the count with
``observed=False``, which on categories is some four times faster than the bare one.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.inference.groups import by_group, scored
from helpers.inference.tallies import Rule, tally

SEED = 20260930
SHARE_SKIPPED = 0.05
GROUPS_AS = ("category", "text")
BARE = "groupby"
BEST = (9, 10)
CALLS = 3
KEYS = ("wall", "processor", "beyond")
PROCESS = Path("/proc/self")
Call = Callable[[], int]


def survey(rows: int, groups: int, groups_as: str) -> pd.DataFrame:
    """Return a made-up survey: an answer, a weight and a group per row."""
    random = np.random.default_rng(SEED)
    answers = random.integers(0, 11, rows).astype(np.float64)
    answers[random.random(rows) < SHARE_SKIPPED] = np.nan
    names = pd.Index([f"Service › Team {number:05d}" for number in range(groups)], dtype="str")
    codes = random.integers(0, groups, rows, dtype=np.int32)
    units = pd.Series(pd.Categorical.from_codes(codes, categories=names, ordered=True))
    weights = np.round(random.uniform(0.4, 2.5, rows), 6)
    return pd.DataFrame(
        {"answer": answers, "weight": weights, "unit": units if groups_as == "category" else units.astype("str")}
    )


def bare(frame: pd.DataFrame) -> Call:
    """Return the bare count of the rows of each group, as pandas does it unless told otherwise."""
    return lambda: len(frame.groupby("unit").size())


def bare_declared(frame: pd.DataFrame) -> Call:
    """Return the same count with every declared category, observed or not, which is pandas' fastest."""
    return lambda: len(frame.groupby("unit", observed=False).size())


def scores(rule: Rule, *, weighted: bool) -> Callable[[pd.DataFrame], Call]:
    """Return what scores every group."""
    best = BEST if rule == "top_box" else ()
    return lambda frame: lambda: len(by_group(frame, by=["unit"], rule=rule, best=best, weighted=weighted))


def intervals(frame: pd.DataFrame) -> Call:
    """Return the step from sums to scores and intervals, for the sums of a survey."""
    sums = tally(frame, by=["unit"])
    return lambda: len(scored(sums, rule="nps", confidence=0.95, weighted=False))


WAYS: dict[str, Callable[[pd.DataFrame], Call]] = {
    BARE: bare,
    "groupby, declared": bare_declared,
    "nps": scores("nps", weighted=False),
    "mean": scores("mean", weighted=False),
    "top_box": scores("top_box", weighted=False),
    "nps, weighted": scores("nps", weighted=True),
    "mean, weighted": scores("mean", weighted=True),
    "top_box, weighted": scores("top_box", weighted=True),
    "intervals": intervals,
}


def measured_here(way: str, *, rows: int, groups: int, groups_as: str) -> dict[str, float]:
    """Return the seconds of one way in this process, and its peak memory beyond the frame in MiB."""
    frame = survey(rows, groups, groups_as)
    WAYS[way](frame.head(100))()  # what is imported at the first call is no part of the way
    call = WAYS[way](frame)
    start_of_peak()
    before = memory("VmRSS")
    times = [timed(call) for _ in range(CALLS)]
    wall, processor = (min(each) for each in zip(*times, strict=True))
    return {"wall": wall, "processor": processor, "beyond": memory("VmHWM") - before}


def timed(call: Call) -> tuple[float, float]:
    """Return the seconds of a call on the clock and of the processor."""
    began, before = time.perf_counter(), time.process_time()
    call()
    return time.perf_counter() - began, time.process_time() - before


def start_of_peak() -> None:
    """Forget the peak memory so far, which is that of making the frame."""
    if PROCESS.exists():
        (PROCESS / "clear_refs").write_text("5", encoding="ascii")


def memory(name: str) -> float:
    """Return the memory of this process in MiB, now (VmRSS) or at its peak (VmHWM); only Linux tells both."""
    if not PROCESS.exists():
        return float("nan")
    lines = (PROCESS / "status").read_text(encoding="ascii").splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith(name)) / 1024


def measured(way: str, arguments: Sequence[str]) -> dict[str, float]:
    """Return the same from a process of its own."""
    command = [sys.executable, __file__, "--way", way, *arguments]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


def report(rows: int, groups: int, runs: int, *, groups_as: str) -> None:
    """Print the figures of one kind of frame."""
    arguments = ["--rows", str(rows), "--groups", str(groups), "--groups-as", groups_as]
    turns = [{way: measured(way, arguments) for way in WAYS} for _ in range(runs)]
    for way in WAYS:
        wall, processor, beyond = (statistics.median(turn[way][key] for turn in turns) for key in KEYS)
        against = "   ".join(ratio(turns, way, key) for key in ("wall", "processor"))
        print(f"{groups_as:9} {way:18} {wall:7.3f} {processor:12.3f} {beyond:11.0f}   {against}")


def ratio(turns: Sequence[dict[str, dict[str, float]]], way: str, key: str) -> str:
    """Return the ratio of a way to the bare groupby over paired runs: median, and between which."""
    found = sorted(turn[way][key] / turn[BARE][key] for turn in turns)
    return f"{key} {statistics.median(found):.2f} ({found[0]:.2f}…{found[-1]:.2f})"


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--groups", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--groups-as", nargs="+", choices=GROUPS_AS, default=list(GROUPS_AS))
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.way:
        found = measured_here(asked.way, rows=asked.rows, groups=asked.groups, groups_as=asked.groups_as[0])
        print(json.dumps(found))
        return
    print(f"{asked.rows:,} rows, {asked.groups:,} groups; medians of {asked.runs}")
    print(f"{'groups':9} {'way':18} {'wall s':>7} {'processor s':>12} {'beyond MiB':>11}   ratio to groupby")
    for groups_as in asked.groups_as:
        report(asked.rows, asked.groups, asked.runs, groups_as=groups_as)


if __name__ == "__main__":
    main()
