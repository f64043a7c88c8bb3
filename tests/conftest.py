"""What holds for the whole suite: in CI a skipped test is a failure, and every law is tried the same way."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

ALLOWED_SKIPS = Path(__file__).with_name("allowed_skips")
IN_CI = os.environ.get("CI", "").lower() in ("1", "true")

# No deadline: a busy machine is not a fault. In CI the same examples every time, so that red means changed.
settings.register_profile("suite", deadline=None, derandomize=IN_CI)
settings.load_profile("suite")


class SkipsAreFailures:
    """Notes every skip whose reason is not allowed, and fails the session over them.

    Parameters
    ----------
    allowed
        The reasons that may be given.
    """

    def __init__(self, allowed: frozenset[str]) -> None:
        self.allowed = allowed
        self.found: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a skipped test."""
        self._note(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note a file that was skipped as a whole."""
        self._note(report)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Turn a green session with such skips red."""
        if self.found and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """List such skips above the closing line."""
        if self.found:
            terminalreporter.section("skipped, which is a failure in CI", red=True)
            for line in self.found:
                terminalreporter.line(line)
            terminalreporter.line(f"Mend these, or write the reason in {ALLOWED_SKIPS.name}.")

    def _note(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        if report.skipped and not hasattr(report, "wasxfail"):
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
            reason = reason.removeprefix("Skipped: ")
            if reason not in self.allowed:
                self.found.append(f"{report.nodeid}: {reason}")


def pytest_configure(config: pytest.Config) -> None:
    """Watch the skips where the session is judged: in CI, and not in a worker."""
    if IN_CI and not hasattr(config, "workerinput"):
        lines = ALLOWED_SKIPS.read_text(encoding="utf-8").splitlines()
        allowed = frozenset(line for line in lines if line and not line.startswith("#"))
        config.pluginmanager.register(SkipsAreFailures(allowed))
