"""manifest.json: how a report was made, without a path or a name of the machine that made it."""

from __future__ import annotations

import datetime as dt
import json
import platform

import pandas as pd

from helpers.production import manifest


def written(tmp_path):
    """Write a manifest of one source and two chapters."""
    path = tmp_path / "manifest.json"
    manifest.write(
        path,
        parameters={"organisation": "acme", "unit": None, "params": "/home/jan/clients/params"},
        inputs=[
            manifest.Input("relational", "/home/jan/acme/antwoorden é.csv", "ab12", 412),
            manifest.Input("crm", "postgresql://jan:secret@host/customers", "cd34"),
        ],
        chapters=[
            manifest.ChapterRun("summary", "done", 1.23456, warnings=1),
            manifest.ChapterRun("targets", "left out", 0.0),
        ],
        audit={"sets": ["2026-Q2/board", "2026-Q3/board"], "statements": 4321, "leaks": 0, "repairs": 1},
        seconds=9.87654,
        created=dt.datetime(2026, 10, 1, 9, 30, 15, 999, tzinfo=dt.timezone(dt.timedelta(hours=2))),
    )
    return path.read_text(encoding="utf-8")


def test_the_manifest_tells_how_the_report_was_made(tmp_path):
    """Parameters, inputs with hash and rows, chapters with outcome and duration, the attack, and the moment in UTC."""
    content = json.loads(written(tmp_path))
    versions = content.pop("versions")
    assert content == {
        "schema": 1,
        "created": "2026-10-01T07:30:15Z",
        "parameters": {"organisation": "acme", "unit": None},
        "inputs": [
            {"source": "relational", "name": "antwoorden é.csv", "sha256": "ab12", "rows": 412},
            {"source": "crm", "name": "customers", "sha256": "cd34", "rows": None},
        ],
        "chapters": [
            {"chapter": "summary", "outcome": "done", "seconds": 1.235, "warnings": 1},
            {"chapter": "targets", "outcome": "left out", "seconds": 0.0, "warnings": 0},
        ],
        "audit": {"sets": ["2026-Q2/board", "2026-Q3/board"], "statements": 4321, "leaks": 0, "repairs": 1},
        "seconds": 9.877,
    }
    assert versions["python"] == platform.python_version()
    assert versions["pandas"] == pd.__version__
    assert {"nulmeting", "papermill", "typst"} <= set(versions)


def test_no_path_no_user_and_no_secret_is_written(tmp_path):
    """Of a path or an address only the last part is kept."""
    text = written(tmp_path)
    for private in ("/home", "jan", "secret", "params", str(tmp_path)):
        assert private not in text
    assert text.endswith("}\n")


def test_now_is_in_utc():
    """The one clock of production gives UTC."""
    assert manifest.now().utcoffset() == dt.timedelta(0)
