"""How a report was made: its parameters, inputs, versions and the outcome of each chapter."""

from __future__ import annotations

import datetime as dt
import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from helpers.production.parameters import LOCAL

SCHEMA = 1
PACKAGES = (
    *("nulmeting", "numpy", "pandas", "pyarrow", "scipy", "matplotlib", "seaborn", "babel", "ipykernel"),
    *("papermill", "nbclient", "nbconvert", "typst", "xlsxwriter"),
)


@dataclass(frozen=True)
class Input:
    """A file that was read.

    Parameters
    ----------
    source
        The source's name in the params, or what the file is.
    name
        The file; only its last part is written, for a folder or an address may name a person or a password.
    sha256
        Of the bytes that were read.
    rows
        Rows read, where the file has rows.
    """

    source: str
    name: str
    sha256: str
    rows: int | None = None


@dataclass(frozen=True)
class ChapterRun:
    """What became of one chapter.

    Parameters
    ----------
    chapter
        The notebook's name.
    outcome
        ``done``, ``left out``, or the outcome class of ``production.md``.
    seconds
        How long it ran.
    warnings
        How many cells wrote to the error stream; the texts are in the job's log.
    """

    chapter: str
    outcome: str
    seconds: float
    warnings: int = 0


def write(
    path: Path,
    *,
    parameters: Mapping[str, str | None],
    inputs: Sequence[Input],
    chapters: Sequence[ChapterRun],
    audit: Mapping[str, Any],
    seconds: float,
    created: dt.datetime,
) -> None:
    """Write ``manifest.json``; it is the one file of a set that may differ between equal runs.

    Parameters
    ----------
    path
        Where ``manifest.json`` goes.
    parameters
        What the notebooks were asked; parameters that are local paths are left out.
    inputs
        Every file that the report rests on.
    chapters
        In the report's order.
    audit
        What an attack on the set read and found: ``sets``, ``statements``, ``leaks`` in which this set takes part,
        and ``repairs``, how often one more cell was hidden until there was none.
    seconds
        The whole job.
    created
        From ``now()``, or any moment with a time zone.
    """
    content = {
        "schema": SCHEMA,
        "created": created.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "parameters": {name: value for name, value in parameters.items() if name not in LOCAL},
        "inputs": [asdict(one) | {"name": _last_part(one.name)} for one in inputs],
        "chapters": [asdict(one) | {"seconds": round(one.seconds, 3)} for one in chapters],
        "audit": dict(audit),
        "seconds": round(seconds, 3),
        "versions": versions(),
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def versions() -> dict[str, str]:
    """Return the version of Python and of each package that shapes a report; absent ones are left out."""
    found: dict[str, Any] = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return found


def now() -> dt.datetime:
    """Return this moment in UTC: the one clock of production, for the manifest only."""
    return dt.datetime.now(dt.UTC)


def _last_part(name: str) -> str:
    r"""Return a file's own name.

    Examples
    --------
    >>> _last_part("/home/jan/acme/answers.csv"), _last_part("C:\\Users\\jan\\answers.csv")
    ('answers.csv', 'answers.csv')
    >>> _last_part("postgresql://jan:secret@host/answers?token=1")
    'answers'
    """
    path = urlsplit(name).path if "://" in name else name
    return path.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
