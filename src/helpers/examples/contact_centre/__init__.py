"""Voorbeeld Klantcontact, a Dutch contact centre: its story is told in ``docs/examples/voorbeeld-klantcontact.md``."""

from __future__ import annotations

from helpers.examples.contact_centre import calls, employees, facts

__all__ = ["files"]


def files() -> dict[str, bytes]:
    """Return the client's files: name -> content.

    Returns
    -------
    dict of str to bytes
        ``gesprekken-<year>.csv`` (one row per questionnaire after a call, of several centres),
        ``medewerkers.csv`` (both waves among the agents), ``headcount.csv`` (one row per team and wave) and
        ``indicators.csv`` (one row per team, quarter and measure).
    """
    return {
        **calls.files(),
        "medewerkers.csv": employees.file(),
        "headcount.csv": employees.headcount_file(),
        "indicators.csv": facts.indicators_file(),
    }
