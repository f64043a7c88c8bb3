"""One notebook, one organisation: papermill in a kernel of its own, until a deadline, outcome classified."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Mapping
from pathlib import Path

import nbformat
import papermill
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from zmq import ZMQError

from helpers.errors import USAGE_FAULT, NotebookError
from helpers.production import failure, kernel
from helpers.production.failure import Asked, DeadlineError, Progress
from helpers.production.parameters import require, tags

__all__ = ["DeadlineError", "execute", "read"]

BANNER_TAG = "papermill-error-cell-tag"
START_SECONDS = 60
LEAST_SECONDS = 0.5
"""A kernel ignores an interrupt that comes before its cell has begun."""
LAST_OUTPUT_SECONDS = 10
"""How long a finished or interrupted cell may take to hand over its last output."""

# papermill logs what is raised anyway; without a handler, logging prints it a second time.
logging.getLogger("papermill").addHandler(logging.NullHandler())


def read(source: Path) -> NotebookNode:
    """Read a notebook file.

    Raises
    ------
    NotebookError
        When there is no such file or it is no notebook; exit code 2.
    """
    try:
        notebook: NotebookNode = nbformat.read(source, as_version=4)  # type: ignore[no-untyped-call]
    except FileNotFoundError:
        message = f"{source}: there is no such notebook. Correct its name under report.chapters."
    except (OSError, ValueError, AttributeError, nbformat.ValidationError):
        message = f"{source}: this is not a notebook. Open it in JupyterLab and save it again."
    else:
        return notebook
    raise NotebookError(message, exit_code=USAGE_FAULT)


def execute(
    notebook: NotebookNode,
    *,
    source: Path,
    parameters: Mapping[str, str | None],
    failed: Path,
    environment: Mapping[str, str] | None = None,
    deadline: float | None = None,
) -> NotebookNode:
    """Run one notebook from its first cell to its last.

    Parameters
    ----------
    notebook
        The notebook as it must run, such as a translation of the file; it is not changed.
    source
        The file it came from: its folder is the kernel's working folder, its name stands in messages.
    parameters
        Text or None for some of the parameters that the notebook declares.
    failed
        The folder in which a run that fails leaves ``<chapter>.failed.ipynb``; a run removes an older one.
    environment
        Variables added to the kernel's environment.
    deadline
        Seconds that the run may take, a second attempt included; None is without limit.

    Returns
    -------
    NotebookNode
        The executed notebook. It still carries this machine's times and paths, see ``gate.publishable``.

    Raises
    ------
    NotebookError
        When the parameters do not fit (exit code 2, no kernel was started) or a cell raised (exit code 1).
    DeadlineError
        When the deadline came first.
    InfrastructureError
        When the kernel could not start, or died, twice.
    """
    require(notebook, name=str(source), parameters=parameters)
    asked = Asked(source, parameters, failed, deadline)
    with contextlib.suppress(OSError):
        asked.failed_file.unlink()
    ends = None if deadline is None else time.monotonic() + deadline
    outcome, progress = _attempt(notebook, asked, ends, environment or {})
    if outcome == "kernel":
        outcome, progress = _attempt(notebook, asked, ends, environment or {})
    if outcome == "done" and progress.notebook is not None:
        return progress.notebook
    raise failure.error(outcome, asked=asked, progress=progress)


def _attempt(
    notebook: NotebookNode, asked: Asked, ends: float | None, environment: Mapping[str, str]
) -> tuple[str, Progress]:
    """Start a kernel and run all cells; the outcome is done, cell, deadline or kernel."""
    progress = Progress()
    with kernel.job(folder=asked.source.resolve().parent, environment=environment) as job:
        try:
            _papermill(notebook, asked, ends, job, progress)
            outcome = "cell" if progress.errors else "done"
        except PapermillExecutionError:
            outcome = "deadline" if job.timed_out else "cell"
        except (RuntimeError, OSError, ZMQError):
            outcome = "deadline" if job.timed_out or _left(ends) <= 0 else "kernel"
        progress.words = job.last_words()
    if progress.notebook is not None:
        _tidy(progress.notebook, asked.source)
    return outcome, progress


def _papermill(notebook: NotebookNode, asked: Asked, ends: float | None, job: kernel.Job, progress: Progress) -> None:
    papermill.execute_notebook(
        notebook,
        None,
        dict(asked.parameters),
        kernel_name="python3",
        language="python",
        progress_bar=False,
        request_save_on_cell_execute=False,
        autosave_cell_every=0,
        start_timeout=max(1, round(_left(ends))),
        kernel_manager_class=job.kernel_class,
        # At the deadline the cell is interrupted, so that the notebook shows where it hung.
        timeout_func=None if ends is None else lambda _: max(LEAST_SECONDS, ends - time.monotonic()),
        interrupt_on_timeout=True,
        error_on_timeout={"ename": "Deadline", "evalue": "", "traceback": []},
        iopub_timeout=LAST_OUTPUT_SECONDS,
        # A `raises-exception` tag or an empty SystemExit may not hide an error from a client's report.
        force_raise_errors=True,
        shutdown_kernel="immediate",
        coalesce_streams=True,
        record_timing=False,
        on_notebook_start=progress.begin,
        on_cell_execute=progress.enter,
    )


def _left(ends: float | None) -> float:
    """Return the seconds in which a kernel may start."""
    return START_SECONDS if ends is None else min(START_SECONDS, ends - time.monotonic())


def _tidy(notebook: NotebookNode, source: Path) -> None:
    """Take out papermill's banners and the copy of the whole notebook that it keeps as `input_path`."""
    notebook.cells = [cell for cell in notebook.cells if BANNER_TAG not in tags(cell)]
    notebook.metadata.papermill.input_path = source.name
