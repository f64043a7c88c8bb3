"""Time the intake of a large survey against the plain readers, and `nulmeting check` against the intake.

Run it from the repository's folder::

    python performance/intake.py --rows 1000000 --runs 5

The same rows are read as one CSV file (beside pandas.read_csv), as ten CSV files (beside pandas.read_csv of each
and pandas.concat) and as a workbook (beside calamine's rows as Python values); ``--shapes`` chooses. Each run is a
process of its own, so that peaks do not mix; the ways take turns, so that all meet the same machine. Printed are
seconds of the call itself (imports excluded), peak memory, and the ratios.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xlsxwriter
from python_calamine import CalamineWorkbook

from helpers import checking
from helpers.intake import responses
from helpers.params import Client, Params

SEED = 20260930
FILE_NAME = "survey.csv"
WORKBOOK = "survey.xlsx"
PARTS = 10
SHAPES = {"csv": FILE_NAME, "ten-csv": "part-*.csv", "xlsx": WORKBOOK}
"""How the survey is written, and the path of it in the params."""
VERBATIMS = (
    "",
    "Prima geholpen",
    "Lang gewacht, maar vriendelijk te woord gestaan",
    'De monteur zei "morgen", het werd een week',
    "Duidelijke uitleg; snel geregeld",
)
LINES = "Eerst de factuur,\ndaarna de meterstand"
PARAMS: dict[str, Any] = {
    "organisation": {"name": "Meting"},
    "sources": {
        "survey": {
            "path": FILE_NAME,
            "audience": "customer",
            "measurement": "transactional",
            "measures": {
                "nps": {"column": "aanbeveling", "scale": "0-10", "no_answer": ["99"]},
                "satisfaction": {"column": "tevredenheid", "scale": "1-5"},
            },
            "columns": {
                "response_id": "id",
                "date": "ingevuld_op",
                "finished": "klaar",
                "channel": "kanaal",
                "unit": ["divisie", "afdeling", "team"],
                "customer_id": "klantnummer",
                "weight": "weging",
                "verbatim": "toelichting",
            },
            "dimensions": {"product": "product", "process": "proces"},
            "segments": {"visits": {"column": "bezoeken", "bins": ["1", "3", "6", "11"]}},
            "duplicates": "latest",
        }
    },
    "zero_measurement": {"by": ["product", "process"]},
}


def write_survey(folder: Path, *, rows: int, many_lines: bool, shapes: Sequence[str]) -> None:
    """Write a made-up survey of many rows; `many_lines` puts line ends in some of the open answers."""
    random = np.random.default_rng(SEED)
    start = np.datetime64("2025-01-01T00:00:00")
    verbatims = (*VERBATIMS, LINES) if many_lines else VERBATIMS
    frame = pd.DataFrame(
        {
            "id": [f"R{number:08d}" for number in range(rows)],
            "ingevuld_op": start + random.integers(0, 2 * 365 * 86400, rows).astype("timedelta64[s]"),
            "klaar": random.choice(["Ja", "Ja", "Ja", "Nee"], rows),
            "kanaal": random.choice(["telefoon", "chat", "balie"], rows),
            "divisie": random.choice(["Klant", "Netwerk"], rows),
            "afdeling": random.choice(["Service", "Verkoop", "Storing"], rows),
            "team": random.choice(["Noord", "Zuid", "Oost", "West"], rows),
            "klantnummer": random.integers(1, rows + 1, rows),
            "weging": np.round(random.uniform(0.4, 2.5, rows), 6),
            "toelichting": random.choice(verbatims, rows),
            "product": random.choice(["P01", "P02", "P03"], rows),
            "proces": random.choice(["Storing", "Factuur", "Verhuizing"], rows),
            "bezoeken": random.integers(1, 40, rows),
            "aanbeveling": random.choice([*range(11), 99], rows),
            "tevredenheid": random.choice(["1", "2", "3", "4", "5", ""], rows),
            "medewerker": random.integers(1, 400, rows),
            "wachttijd": random.integers(0, 900, rows),
            "bron": "export",
        }
    )
    if "csv" in shapes:
        frame.to_csv(folder / FILE_NAME, index=False, encoding="utf-8-sig")
    if "ten-csv" in shapes:
        for number, rows_of in enumerate(np.array_split(np.arange(rows), PARTS)):
            part = frame.iloc[rows_of]
            part.to_csv(folder / f"part-{number}.csv", index=False, encoding="utf-8-sig")
    if "xlsx" in shapes:
        write_workbook(frame, folder / WORKBOOK)


def write_workbook(frame: pd.DataFrame, path: Path) -> None:
    """Write a frame as the only sheet of a workbook, row by row, so that it need not fit in memory twice."""
    with xlsxwriter.Workbook(path, {"constant_memory": True, "default_date_format": "yyyy-mm-dd hh:mm:ss"}) as book:
        sheet = book.add_worksheet("Survey")
        sheet.write_row(0, 0, frame.columns)
        for number, row in enumerate(frame.itertuples(index=False), start=1):
            sheet.write_row(number, 0, row)


def client_of(folder: Path, shape: str) -> Client:
    """Return the organisation whose survey was written in a shape."""
    source = PARAMS["sources"]["survey"] | {"path": SHAPES[shape]}
    return Client(key="meting", folder=folder, params=Params.model_validate(PARAMS | {"sources": {"survey": source}}))


def read_with_intake(folder: Path, shape: str) -> int:
    """Read the survey as the product does and return the number of rows read."""
    return int(responses.read(client_of(folder, shape)).summary["read"].sum())


def read_plainly(folder: Path, shape: str) -> int:
    """Read the survey the plain way and return the number of rows read."""
    if shape == "xlsx":
        return len(CalamineWorkbook.from_path(folder / WORKBOOK).get_sheet_by_index(0).to_python()) - 1
    return len(pd.concat([pd.read_csv(path) for path in sorted(folder.glob(SHAPES[shape]))]))


def check(folder: Path, shape: str) -> int:
    """Check the organisation as `nulmeting check` does and return the number of rows read."""
    return int(checking.check(client_of(folder, shape)).surveys[0]["read"])


WAYS: dict[str, Callable[[Path, str], int]] = {"plain": read_plainly, "intake": read_with_intake, "check": check}


def measured_here(way: str, shape: str, folder: Path) -> dict[str, float]:
    """Return seconds, processor seconds, peak memory in MiB and rows of one way in this process."""
    before, began = time.process_time(), time.perf_counter()
    rows = WAYS[way](folder, shape)
    seconds, processor = time.perf_counter() - began, time.process_time() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return {"seconds": seconds, "processor": processor, "peak": peak / unit, "rows": rows}


def measured(way: str, shape: str, folder: Path) -> dict[str, float]:
    """Return the same from a process of its own."""
    command = [sys.executable, __file__, "--way", way, "--shapes", shape, "--folder", str(folder)]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


def report(rows: int, runs: int, *, many_lines: bool, shapes: Sequence[str]) -> None:
    """Print the figures of paired runs."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # Written by another process: on Linux a process inherits the peak memory of the one that starts it.
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as other:
            other.submit(write_survey, folder, rows=rows, many_lines=many_lines, shapes=shapes).result()
        print(f"{rows:,} rows, 18 columns, open answers over several lines: {many_lines}; medians of {runs}")
        print(f"{'shape':8} {'MiB':>5} {'way':7} {'wall s':>8} {'processor s':>12} {'peak MiB':>9}")
        for shape in shapes:
            size = sum(path.stat().st_size for path in folder.glob(SHAPES[shape])) / 1024**2
            turns = [{way: measured(way, shape, folder) for way in WAYS} for _ in range(runs)]
            for way in WAYS:
                wall, processor, peak = (
                    statistics.median(turn[way][key] for turn in turns) for key in ("seconds", "processor", "peak")
                )
                print(f"{shape:8} {size:5.0f} {way:7} {wall:8.2f} {processor:12.2f} {peak:9.0f}")
            for upper, lower in (("intake", "plain"), ("check", "intake")):
                print(f"{shape:8} {upper} / {lower}: {ratios(turns, upper, lower)}")


def ratios(turns: Sequence[dict[str, dict[str, float]]], upper: str, lower: str) -> str:
    """Return the ratio of two ways over paired runs: median, and between which."""
    texts = []
    for key, label in (("seconds", "wall"), ("processor", "processor")):
        found = sorted(turn[upper][key] / turn[lower][key] for turn in turns)
        texts.append(f"{label} {statistics.median(found):.2f} ({found[0]:.2f}…{found[-1]:.2f})")
    return ", ".join(texts)


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--shapes", nargs="+", choices=SHAPES, default=list(SHAPES))
    parser.add_argument("--many-lines", action="store_true", help="put line ends in some of the open answers")
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.way:
        print(json.dumps(measured_here(asked.way, asked.shapes[0], asked.folder)))
    else:
        report(asked.rows, asked.runs, many_lines=asked.many_lines, shapes=asked.shapes)


if __name__ == "__main__":
    main()
