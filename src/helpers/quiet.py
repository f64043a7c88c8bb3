"""Keeps what a library writes to the standard output by itself out of the output of a command."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

STANDARD_OUTPUT = 1


@contextmanager
def quiet() -> Iterator[None]:
    """Throw away what compiled code writes to the standard output; Python's own output is written before and after.

    HiGHS 1.12 writes a line of its own while it solves a sub-programme, also when it is asked to be silent; among the
    JSON of ``nulmeting report --json`` that would be a fault.

    Examples
    --------
    >>> with quiet():
    ...     _ = os.write(1, b"noise")
    """
    sys.stdout.flush()
    kept = os.dup(STANDARD_OUTPUT)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, STANDARD_OUTPUT)
        yield
    finally:
        os.dup2(kept, STANDARD_OUTPUT)
        os.close(kept)
        os.close(nowhere)
