"""One job's kernel: the Python that runs now, a clean environment, and no process left behind."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import ensure_event_loop, run_sync

THREAD_CAPS = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "ARROW_IO_THREADS",
)
LONGEST_SOCKET_PATH = 100
"""A Unix socket's address holds 108 bytes on Linux and 104 on macOS, its closing null included."""


class Job:
    """Where one notebook runs: its folder, its environment and what its kernels said outside the notebook.

    Parameters
    ----------
    folder
        The kernel's working folder.
    environment
        Variables added to the kernel's environment.
    scratch
        A private folder that goes when the job ends.
    """

    def __init__(self, *, folder: Path, environment: Mapping[str, str], scratch: Path) -> None:
        self.folder = folder
        self.environment = kernel_environment(environment, scratch=scratch)
        self.scratch = scratch
        self.timed_out = False
        self.kernels: list[JobKernel] = []
        self.said: IO[bytes] = (scratch / "kernel.log").open("wb")

    @property
    def kernel_class(self) -> type[JobKernel]:
        """A kernel manager class of this job alone, as nbclient makes the manager itself."""
        return type("ThisJobsKernel", (JobKernel,), {"job": self})

    def last_words(self) -> str:
        """Return the last line that a kernel wrote to its own output, for the message when it died."""
        self.said.flush()
        lines = (self.scratch / "kernel.log").read_text(encoding="utf-8", errors="replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "")

    def close(self) -> None:
        """Stop whatever still runs."""
        for kernel in self.kernels:
            kernel.end()
        self.said.close()


class JobKernel(AsyncKernelManager):
    """A kernel of the current interpreter, whatever kernel name the notebook stores or the user installed."""

    job: Job

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.connection_file = str(self.job.scratch / f"{len(self.job.kernels)}.json")
        # A socket file cannot be taken by another process between choosing and binding it, as a port can
        # (jupyter/jupyter_client#487).
        if os.name == "posix" and len(os.fsencode(self.connection_file)) < LONGEST_SOCKET_PATH:
            self.transport = "ipc"
        self.job.kernels.append(self)

    @property
    def kernel_spec(self) -> KernelSpec:
        """The command that starts this interpreter as a kernel (nteract/papermill#638)."""
        command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(argv=command, display_name="Python 3", language="python")

    async def start_kernel(self, **kwargs: Any) -> None:  # type: ignore[override]
        """Start the kernel in the job's folder and environment, its own output going to the job's log."""
        kwargs |= {
            "cwd": str(self.job.folder),
            "env": dict(self.job.environment),
            "stdout": self.job.said,
            "stderr": subprocess.STDOUT,
        }
        await self._async_start_kernel(**kwargs)

    async def interrupt_kernel(self) -> None:  # type: ignore[override]
        """Interrupt the cell; nbclient does so only at the deadline."""
        self.job.timed_out = True
        await self._async_interrupt_kernel()

    def end(self) -> None:
        """Kill the kernel, what the notebook started, and free the sockets; harmless when all is gone."""
        process, group = getattr(self.provisioner, "process", None), getattr(self.provisioner, "pgid", None)
        # The group outlives a kernel that was killed from outside: its children would go on.
        if sys.platform != "win32" and group is not None and group != os.getpgrp():
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(group, signal.SIGKILL)
        if process is not None:
            process.kill()
            process.wait()
            run_sync(self._async_cleanup_resources)()


@contextlib.contextmanager
def job(*, folder: Path, environment: Mapping[str, str]) -> Iterator[Job]:
    """Open a job; at its end, also after Ctrl-C, no kernel and no temporary file is left.

    Parameters
    ----------
    folder
        The kernel's working folder. It is given to the kernel alone: papermill's ``cwd`` would move this
        whole process (nteract/papermill#473).
    environment
        Variables added to the kernel's environment.
    """
    scratch = Path(tempfile.mkdtemp(prefix="nulmeting-"))
    opened = Job(folder=folder, environment=environment, scratch=scratch)
    try:
        yield opened
    except KeyboardInterrupt:
        # The cell that was cut off has nobody left to hear that its kernel died; asyncio would print that.
        ensure_event_loop().set_exception_handler(lambda *_: None)
        raise
    finally:
        opened.close()
        shutil.rmtree(scratch, ignore_errors=True)


def kernel_environment(extra: Mapping[str, str], *, scratch: Path) -> dict[str, str]:
    """Return the kernel's environment: this process's, without what lets a user's set-up change a report.

    Parameters
    ----------
    extra
        Variables that win over all others.
    scratch
        An empty folder that takes the place of the user's IPython profile and matplotlib settings.
    """
    settings = scratch / "matplotlibrc"
    settings.touch()
    fixed = {
        "IPYTHONDIR": str(scratch / "ipython"),
        "MATPLOTLIBRC": str(settings),
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "PYTHONSTARTUP": "",
        "TZ": "UTC",
        # debugpy warns on every start about the interpreter's frozen modules
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }
    return {**os.environ, **dict.fromkeys(THREAD_CAPS, "1"), **fixed, **extra}
