"""Time the intake of a large CSV file against pandas.read_csv of the same file, and its peak memory.

Run it from the repository's folder::

    python performance/intake.py --rows 1000000 --runs 5

Each run is a process of its own, so that peaks do not mix; the two ways take turns, so that both meet the
same machine. Printed are seconds of the call itself (imports excluded), their ratio, and peak memory.
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
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.intake import responses
from helpers.params import Client, Params

SEED = 20260930
FILE_NAME = "survey.csv"
VERBATIMS = (
    "",
    "Prima geholpen",
    "Lang gewacht, maar vriendelijk te woord gestaan",
    'De monteur zei "morgen", het werd een week',
    "Duidelijke uitleg; snel geregeld",
)
LINES = "Eerst de factuur,\ndaarna de meterstand"
PARAMS = {
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
}


def write_survey(path: Path, *, rows: int, many_lines: bool) -> None:
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
    frame.to_csv(path, index=False, encoding="utf-8-sig")


def read_with_intake(folder: Path) -> int:
    """Read the survey as the product does and return the number of rows read."""
    client = Client(key="meting", folder=folder, params=Params.model_validate(PARAMS))
    return int(responses.read(client).summary["read"].sum())


def read_with_pandas(folder: Path) -> int:
    """Read the survey the plain way and return the number of rows read."""
    return len(pd.read_csv(folder / FILE_NAME))


WAYS: dict[str, Callable[[Path], int]] = {"intake": read_with_intake, "pandas": read_with_pandas}


def measured_here(way: str, folder: Path) -> dict[str, float]:
    """Return seconds, processor seconds, peak memory in MiB and rows of one way in this process."""
    before, began = time.process_time(), time.perf_counter()
    rows = WAYS[way](folder)
    seconds, processor = time.perf_counter() - began, time.process_time() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return {"seconds": seconds, "processor": processor, "peak": peak / unit, "rows": rows}


def measured(way: str, folder: Path) -> dict[str, float]:
    """Return the same from a process of its own."""
    command = [sys.executable, __file__, "--way", way, "--folder", str(folder)]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


def report(rows: int, runs: int, *, many_lines: bool) -> None:
    """Print the figures of paired runs."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # Written by another process: on Linux a process inherits the peak memory of the one that starts it.
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as other:
            other.submit(write_survey, folder / FILE_NAME, rows=rows, many_lines=many_lines).result()
        size = (folder / FILE_NAME).stat().st_size / 1024**2
        print(f"{rows:,} rows, 18 columns, {size:.0f} MiB, open answers over several lines: {many_lines}")
        pairs = [{way: measured(way, folder) for way in WAYS} for _ in range(runs)]
    for way in WAYS:
        figures = [
            f"{label} {statistics.median(pair[way][key] for pair in pairs):.2f}"
            for key, label in (("seconds", "wall s"), ("processor", "processor s"), ("peak", "peak MiB"))
        ]
        print(f"{way:8} {', '.join(figures)} (median of {runs})")
    for key, label in (("seconds", "wall"), ("processor", "processor")):
        ratios = sorted(pair["intake"][key] / pair["pandas"][key] for pair in pairs)
        print(f"ratio intake / pandas, {label}: {statistics.median(ratios):.2f} ({ratios[0]:.2f}…{ratios[-1]:.2f})")


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--many-lines", action="store_true", help="put line ends in some of the open answers")
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.way:
        print(json.dumps(measured_here(asked.way, asked.folder)))
    else:
        report(asked.rows, asked.runs, many_lines=asked.many_lines)


if __name__ == "__main__":
    main()
