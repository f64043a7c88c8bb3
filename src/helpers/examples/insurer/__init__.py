"""Example Mutual, a small English-speaking insurer: its story is told in ``docs/examples/example-insurer.md``."""

from __future__ import annotations

from helpers.examples.insurer import claims, relationship

__all__ = ["files"]


def files() -> dict[str, bytes]:
    """Return the client's files: name -> content.

    Returns
    -------
    dict of str to bytes
        ``relationship.xlsx`` (one row per policyholder and yearly wave), ``claims.csv`` (one row per settled
        claim that was answered about).
    """
    return {"relationship.xlsx": relationship.file(), "claims.csv": claims.file()}
