"""The exception tree: one sentence each, saying where, what was found, what is allowed and what to do.

::

    ReportError                 anything the user should read as one message, without a traceback
    ├── ParamsError             params/<organisation>/params.yaml or the command line        exit code 2
    ├── DataError               a survey export or facts file                                exit code 2
    ├── NotebookError           a chapter: its parameters before the run (2), a cell (1)
    ├── LeakError               a set that gives a hidden group away (helpers.production.defence) exit code 1
    └── InfrastructureError     a kernel that died, a folder that cannot be written          exit code 1
        └── DeadlineError       a chapter that took too long (helpers.production.execution)  exit code 1
"""

from __future__ import annotations

from collections.abc import Iterable

USAGE_FAULT = 2
RUN_FAULT = 1


class ReportError(Exception):
    """A fault that stops one report, carrying every message the user needs to mend it.

    Parameters
    ----------
    messages
        One sentence per fault; all faults of a file are collected before the error is raised.
    exit_code
        The exit code of the command that meets this error.
    """

    exit_code = RUN_FAULT

    def __init__(self, messages: str | Iterable[str], *, exit_code: int | None = None) -> None:
        self.messages: tuple[str, ...] = (messages,) if isinstance(messages, str) else tuple(messages)
        if exit_code is not None:
            self.exit_code = exit_code
        super().__init__(*self.messages)

    def __str__(self) -> str:
        """Return the messages, one per line."""
        return "\n".join(self.messages)

    def __reduce__(self) -> tuple[object, ...]:
        """Survive a process pool: pickle rebuilds the error from its messages."""
        return (_rebuild, (type(self), self.messages, self.exit_code))


class ParamsError(ReportError):
    """A fault in a params file or on the command line, found before anything runs."""

    exit_code = USAGE_FAULT


class DataError(ReportError):
    """A fault in a client's data file, found before anything runs."""

    exit_code = USAGE_FAULT


class NotebookError(ReportError):
    """A chapter that cannot be parameterised (exit code 2) or whose cell raised (exit code 1)."""


class InfrastructureError(ReportError):
    """A fault of the machine: a kernel that died, a folder that cannot be written."""


def _rebuild(kind: type[ReportError], messages: tuple[str, ...], exit_code: int) -> ReportError:
    return kind(messages, exit_code=exit_code)
