"""The response of a group: out of its headcount, or out of the invitations that arrived."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from helpers.show.context import Context

Row = Mapping[Any, Any]


def share(row: Row) -> float | None:
    """Return the share of people who answered; null where it is not known how many there were.

    Parameters
    ----------
    row
        ``n, skipped, population`` and ``invited`` of a score that is not hidden. Where the headcount is known, n
        counts out of it; else the questionnaires that came back count, skipped questions or not.

    Examples
    --------
    >>> share({"n": 40, "skipped": 2, "population": 80.0, "invited": 60.0})
    0.5
    >>> share({"n": 40, "skipped": 2, "population": None, "invited": 60.0})
    0.7
    """
    if _is_known(row["population"]):
        return float(row["n"] / row["population"])
    return float((row["n"] + row["skipped"]) / row["invited"]) if by_invitation(row) else None


def by_invitation(row: Row) -> bool:
    """Tell whether the response of a row is that of those who were invited."""
    return not _is_known(row["population"]) and _is_known(row.get("invited"))


def answers(row: Row, context: Context) -> str:
    """Say how many answered, how many skipped the question, and which response that is."""
    _, words = context.words.text, context.words
    found = share(row)
    said = {"n": words.count(row["n"]), "skipped": words.count(row["skipped"])}
    if found is None:
        return _("n = {n}, {skipped} skipped, response unknown", **said)
    if by_invitation(row):
        invited = words.count(row["invited"])
        return _(
            "n = {n}, {skipped} skipped, response {share} of {invited} invited",
            **said, share=words.share(found), invited=invited,
        )  # fmt: skip
    people = words.count(row["population"])
    return _(
        "{n} of {people} {employees} ({share}), {skipped} skipped", **said, people=people, share=words.share(found)
    )


def notes(rows: Sequence[Row], context: Context) -> list[str]:
    """Return what a table must say of its column of responses."""
    if not any(by_invitation(row) for row in rows):
        return []
    return [context.words.text("Response: the questionnaires that came back, out of the invitations that arrived.")]


def _is_known(value: Any) -> bool:
    return value is not None and not pd.isna(value)
