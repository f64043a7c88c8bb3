"""Gemeente Voorbeeld, a Dutch municipality: its story is told in ``docs/examples/voorbeeld-gemeente.md``."""

from __future__ import annotations

from helpers.examples.municipality import complaints, terminals

__all__ = ["files"]


def files() -> dict[str, bytes]:
    """Return the client's files: name -> content.

    Returns
    -------
    dict of str to bytes
        ``terminals.txt`` (one row per visitor who tapped a terminal at the exit), ``indicators.csv`` (one row
        per location and quarter: complaints and visits).
    """
    return {"terminals.txt": terminals.file(), "indicators.csv": complaints.file()}
