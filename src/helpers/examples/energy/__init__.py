"""Voorbeeld Energie, a Dutch energy supplier: its story is told in ``docs/examples/voorbeeld-energie.md``."""

from __future__ import annotations

from helpers.examples.energy import employees, exports, facts, relational, transactional

__all__ = ["files"]


def files() -> dict[str, bytes]:
    """Return the client's files: name -> content.

    Returns
    -------
    dict of str to bytes
        ``transactional-<month>.csv`` (one row per questionnaire after a contact, each file from January of its
        year on), ``relational.csv`` (one row per questionnaire of a wave), ``employees-<year>.xlsx`` (one
        employee wave each), ``headcount.csv`` (one row per team and wave), ``invitations.csv`` (one row per
        quarter, product and process) and ``customers.csv`` (one row per customer and year).
    """
    answers = transactional.answers()
    return {
        **exports.files(answers),
        "relational.csv": relational.file(),
        **employees.files(),
        "headcount.csv": employees.headcount_file(),
        "invitations.csv": facts.invitations_file(answers),
        "customers.csv": facts.customers_file(answers),
    }
