"""The files of a set; whole runs are in test_report."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd

from helpers.production import rendering


def test_every_file_is_in_the_manifest():
    """With its own hash and rows, the files of facts tables too; rows that are hidden are null."""
    rows = [
        ("klanten", "jan.csv", "ab12", 40), ("klanten", "feb.csv", "cd34", 38), ("klein", "small.csv", "0a78", None),
        ("tables.headcount", "headcount.csv", "ef56", 12),
    ]  # fmt: skip
    files = pd.DataFrame(rows, columns=["source", "file", "sha256", "read"], dtype=object)
    order = SimpleNamespace(dossier=SimpleNamespace(files=files))
    assert [(file.source, file.name, file.sha256, file.rows) for file in rendering._inputs(order)] == rows
