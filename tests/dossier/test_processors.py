"""The figures are those of any processor: the same 12 digits with the vector instructions of this one switched off."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

FIGURES = """
import json, sys
from helpers import dossier
from helpers.rounding import significant

def plain(value):
    return significant(value) if isinstance(value, float) else str(value)

opened = dossier.open(sys.argv[1], params=sys.argv[2])
print(json.dumps({name: [[plain(value) for value in row] for row in table.astype(object).to_numpy().tolist()]
                  for name, table in opened.tables.items()}))
"""
FEATURES = """
from numpy._core import _multiarray_umath as found
print(" ".join(name for name in found.__cpu_dispatch__ if found.__cpu_features__.get(name)))
"""


def _run(script: str, *arguments: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env=os.environ | environment, capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    return done.stdout


@pytest.fixture(scope="module")
def plain_processor() -> dict[str, str]:
    """Return the settings under which NumPy and its linear algebra take no newer instructions than the oldest."""
    return {"NPY_DISABLE_CPU_FEATURES": _run(FEATURES).strip(), "OPENBLAS_CORETYPE": "Prescott"}


def _tables(folder: Path, name: str, **environment: str) -> Any:
    return json.loads(_run(FIGURES, name, str(folder), **environment))


def test_every_table_of_a_report_has_the_same_digits(
    example_folder: Path, plain_processor: dict[str, str], client: Callable[..., Path]
) -> None:
    """All tables of two clients, to 12 significant digits, as this processor computes them and as an old one does."""
    for folder, name in ((example_folder, "voorbeeld-energie"), (client(), "acme")):
        assert _tables(folder, name, **plain_processor) == _tables(folder, name)
