"""Voorbeeld Energie, a Dutch energy supplier: its story is told in ``docs/examples/voorbeeld-energie.md``."""

from __future__ import annotations

from helpers.examples.energy import employees, relational, transactional

__all__ = ["files"]


def files() -> dict[str, bytes]:
    """Return the client's files: name -> content.

    Returns
    -------
    dict of str to bytes
        ``transactional.csv`` (one row per questionnaire after a contact), ``relational.csv`` (one row per
        questionnaire of a wave), ``employees.xlsx`` (both employee waves), ``headcount.csv`` (one row per
        team and wave).
    """
    return {
        "transactional.csv": transactional.file(),
        "relational.csv": relational.file(),
        "employees.xlsx": employees.file(),
        "headcount.csv": employees.headcount_file(),
    }
