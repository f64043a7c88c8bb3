"""The rule of conftest.py, tried on small suites of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SUITE = """
import pytest

def test_runs():
    pass

@pytest.mark.skip(reason="no browser here")
def test_left_out():
    pass

@pytest.mark.xfail(reason="known fault", strict=True)
def test_known_fault():
    assert False
"""
WHOLE_FILE = "import pytest\npytest.skip('not on this machine', allow_module_level=True)\n"


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """Return a folder with the suite's conftest.py, a skipped test, a skipped file, and nothing allowed."""
    (tmp_path / "conftest.py").write_text(Path(__file__).with_name("conftest.py").read_text(encoding="utf-8"))
    (tmp_path / "allowed_skips").write_text("# nothing\n")
    (tmp_path / "test_suite.py").write_text(SUITE)
    (tmp_path / "test_whole.py").write_text(WHOLE_FILE)
    return tmp_path


def _run(folder: Path, *options: str, ci: str = "true") -> tuple[int, list[str]]:
    command = [sys.executable, "-m", "pytest", "-p", "no:randomly", "-p", "no:cacheprovider", "-q", *options]
    environment = {**os.environ, "CI": ci, "PYTEST_ADDOPTS": ""}
    found = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return found.returncode, found.stdout.strip().splitlines()


@pytest.mark.parametrize("workers", ["0", "1"])
def test_in_ci_a_skip_fails_the_session(suite: Path, workers: str) -> None:
    """In CI a skipped test or file fails the session and is listed; an expected failure does not count."""
    code, lines = _run(suite, "--numprocesses", workers)
    assert code == 1
    assert "test_suite.py::test_left_out: no browser here" in lines
    assert "test_whole.py: not on this machine" in lines
    assert lines[-2] == "Mend these, or write the reason in allowed_skips."
    assert lines[-1].startswith("1 passed, 2 skipped, 1 xfailed")


def test_a_skip_with_an_allowed_reason_passes(suite: Path) -> None:
    """A reason that stands in allowed_skips may be given in CI."""
    (suite / "allowed_skips").write_text("# browsers\nno browser here\nnot on this machine\n")
    assert _run(suite)[0] == 0


def test_outside_ci_a_skip_is_a_skip(suite: Path) -> None:
    """On a developer's machine a skipped test is no failure."""
    assert _run(suite, ci="")[0] == 0
