"""Time one cold report by stage, paired with the plain way on the same notebooks.

Run it from the repository's folder, with the example data in place::

    python performance/report.py --runs 5

Ours is the command ``nulmeting report``, which makes HTML, PDF, workbook and figures. The plain way is what one
would type without it: for each chapter the command ``papermill`` with the same parameters, which reads the
client's files again, then ``jupyter nbconvert --to html``. Both do one chapter after the other in processes that
end with the run, and the two ways take turns, so that both meet the same machine. The first pair is not counted:
it compiles the bytecode of both, in a folder of its own, as an installation by pip would have done. Processor
seconds are those of a command and of every process that it started.

Measure in the environment that ``make report`` makes: where JupyterLab is installed too, every process that reads a
notebook starts more than a second later, in both ways.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
IMPORTS = "import helpers.cli, helpers.production.batch"
WHOLE = "as a whole"
NOT_IN_PLAIN = ("pdf", "xlsx")


@dataclass(frozen=True)
class Cost:
    """Seconds on the wall, and seconds of a processor."""

    wall: float
    processor: float

    def __sub__(self, other: Cost) -> Cost:
        """Return what is left."""
        return Cost(self.wall - other.wall, self.processor - other.processor)


Stages = dict[str, Cost]


def added(costs: Iterable[Cost]) -> Cost:
    """Return the sum of costs."""
    listed = list(costs)
    return Cost(sum(cost.wall for cost in listed), sum(cost.processor for cost in listed))


def program(name: str) -> str:
    """Return the program of this environment, not one that stands earlier on the path."""
    found = shutil.which(name, path=str(Path(sys.executable).parent))
    if not found:
        sys.exit(f"{name} is not installed beside {sys.executable}; run make report first.")
    return found


def run(command: Sequence[str], folder: Path) -> tuple[Cost, str]:
    """Run a command; return what it cost, all its processes included, and what it printed."""
    environment = os.environ | {"PYTHONPYCACHEPREFIX": str(folder / "bytecode"), "PYTHONDONTWRITEBYTECODE": ""}
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"{shlex.join(command)}\nended with exit code {done.returncode}:\n{done.stdout}{done.stderr}")
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, used), done.stdout


def ours(organisation: str, folder: Path) -> tuple[Stages, Path]:
    """Make the report with our command; return what each stage cost and where the finished set is."""
    output = ["--output", str(folder / "ours"), "--json"]
    whole, printed = run([program("nulmeting"), "report", organisation, *output], folder)
    (outcome,) = json.loads(printed)
    start, _ = run([sys.executable, "-c", IMPORTS], folder)
    stages = {"start and imports": start} | {
        name: Cost(seconds, outcome["processor_seconds"][name]) for name, seconds in outcome["seconds"].items()
    }
    stages["rest"] = whole - added(stages.values())
    return stages | {WHOLE: whole}, Path(outcome["files"]["html"]).parent


def plain(chapters: Sequence[str], parameters: Mapping[str, str | None], folder: Path) -> Stages:
    """Run and convert the same chapters with the commands that everybody has."""
    options = [word for name, value in parameters.items() if value is not None for word in ("-r", name, value)]
    stages: Stages = {}
    for name in chapters:
        source, executed = str(NOTEBOOKS / f"{name}.ipynb"), str(folder / f"plain-{name}.ipynb")
        papermill = [program("papermill"), source, executed, "--cwd", str(NOTEBOOKS), *options]
        nbconvert = [program("jupyter"), "nbconvert", "--to", "html", executed]
        stages[f"papermill {name}"], _ = run(papermill, folder)
        stages[f"nbconvert {name}"], _ = run(nbconvert, folder)
    return stages | {WHOLE: added(stages.values())}


def pair(organisation: str, folder: Path) -> tuple[Stages, Stages, str]:
    """Make one report both ways; return what each cost and the period it is about."""
    made, finished = ours(organisation, folder)
    manifest = json.loads((finished / "manifest.json").read_text(encoding="utf-8"))
    chapters = [chapter["chapter"] for chapter in manifest["chapters"]]
    return made, plain(chapters, manifest["parameters"], folder), manifest["parameters"]["period"]


def print_stages(title: str, runs: Sequence[Stages]) -> None:
    """Print the median of each stage."""
    print(f"\n{title:34}{'wall s':>10}{'processor s':>14}")
    for name in runs[0]:
        wall = statistics.median(stages[name].wall for stages in runs)
        processor = statistics.median(stages[name].processor for stages in runs)
        print(f"  {name:32}{wall:10.2f}{processor:14.2f}")


def print_ratios(title: str, pairs: Sequence[tuple[Cost, Cost]]) -> None:
    """Print the median ratio of our way to the plain way, and that of each pair."""
    print(f"\nours / plain, {title}")
    ratios = {
        "wall": [one.wall / other.wall for one, other in pairs],
        "processor": [one.processor / other.processor for one, other in pairs],
    }
    for label, found in ratios.items():
        each = " ".join(f"{ratio:.2f}" for ratio in found)
        print(f"  {label:12}{statistics.median(found):.2f}   pair by pair: {each}")


def report(organisation: str, runs: int) -> None:
    """Measure paired runs and print the figures."""
    load = ", ".join(f"{minutes:.1f}" for minutes in os.getloadavg())
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors, load before the first run {load}")
    with tempfile.TemporaryDirectory() as folder:
        _uncounted, *found = [pair(organisation, Path(folder)) for _ in range(runs + 1)]
    made, plainly = [one for one, _, _ in found], [other for _, other, _ in found]
    print(f"{organisation} {found[0][2]}, medians of {runs}")
    print_stages("nulmeting report", made)
    print_stages("papermill, then nbconvert", plainly)
    print_ratios("everything", [(one[WHOLE], other[WHOLE]) for one, other in zip(made, plainly, strict=True)])
    print_ratios(
        "without our PDF and workbook, which the plain way does not make",
        [
            (one[WHOLE] - added(one[name] for name in NOT_IN_PLAIN), other[WHOLE])
            for one, other in zip(made, plainly, strict=True)
        ],
    )


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--runs", type=int, default=5, help="how many pairs")
    parser.add_argument("--organisation", default="voorbeeld-energie", help="its folder in params/")
    asked = parser.parse_args()
    report(asked.organisation, asked.runs)


if __name__ == "__main__":
    main()
