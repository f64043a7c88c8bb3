"""Small files of facts beside the surveys, each with the documented columns of docs/facts.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from helpers.errors import DataError
from helpers.intake.facts.checks import groups_of, indicator_faults, invitation_faults, total_faults, unit_faults
from helpers.intake.facts.values import Manner

if TYPE_CHECKING:
    from helpers.intake.facts.faults import Judged
    from helpers.intake.facts.reading import Read
    from helpers.params import Client
    from helpers.params.model import Params

FILES = ("source", "file", "sha256", "read", "kind", "sheet", "encoding", "separator", "header_rows")
"""The columns of the table of files."""

SPLIT = ("invitations", "indicators")
"""The tables whose rows may be split as scores are."""


@dataclass(frozen=True)
class Facts:
    """The facts tables of one organisation; a table that the params do not name is None.

    Units are whole paths, joined by " › ", ``""`` for the whole organisation; periods are texts of the period
    grammar; days are datetime64; texts that are not given are missing.

    Parameters
    ----------
    headcount
        ``unit, period, employees``.
    indicators
        ``period, measure, numerator, denominator, source``, and the groups of the file.
    customers
        ``customer_id, period, revenue, retained, cross_sold, referred_by, joined_because``.
    teams
        ``team, member, unit, start``.
    interviews
        ``date, audience, unit, note``.
    units
        ``old_unit, new_unit, valid_from``.
    published_scores
        ``metric, about, score, promoters, passives, detractors, n, year, source``; a missing year is not stated.
    improvements
        ``id, opened, type, owner, level, unit, team, phase, due, closed, expected, finding``.
    invitations
        Per source ``period, sent, bounced``, and the groups of the file, ``""`` for all of a group.
    not_used
        Per key of the params, such as ``tables.customers``, the columns of its file that are no part of the table.
    """

    headcount: pd.DataFrame | None = None
    indicators: pd.DataFrame | None = None
    customers: pd.DataFrame | None = None
    teams: pd.DataFrame | None = None
    interviews: pd.DataFrame | None = None
    units: pd.DataFrame | None = None
    published_scores: pd.DataFrame | None = None
    improvements: pd.DataFrame | None = None
    invitations: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    not_used: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class _Named(NamedTuple):
    """A facts table that the params name: its key there, its path, which table, and for invitations the source."""

    place: str
    path: str
    table: str
    source: str | None = None


def read(client: Client, *, responses: pd.DataFrame | None) -> tuple[Facts, pd.DataFrame]:
    """Read every facts table that an organisation's params file names.

    Parameters
    ----------
    client
        The organisation: its params, and the folder that their paths start from.
    responses
        The responses of all sources, with which the tables must agree; None where these could not be read.

    Returns
    -------
    tuple
        The facts; and one row per file with the columns of :data:`FILES`: `source` is the key of the params that
        names it, `read` its number of rows.

    Raises
    ------
    DataError
        With every fault of every table.
    """
    faults: list[str] = []
    tables = {
        named: table
        for named in _named(client.params)
        if (table := _tried(partial(_read, named, client, responses), faults)) is not None
    }
    if faults:
        raise DataError(faults)
    frames = {named: table.frame.reset_index(drop=True) for named, table in tables.items()}
    facts = Facts(
        **{named.table: frame for named, frame in frames.items() if named.source is None},
        invitations={named.source: frame for named, frame in frames.items() if named.source is not None},
        not_used={named.place: table.not_used for named, table in tables.items() if table.not_used},
    )
    return facts, pd.DataFrame([table.about for table in tables.values()], columns=list(FILES))


def _named(params: Params) -> Iterator[_Named]:
    for table in type(params.tables).model_fields:
        path = getattr(params.tables, table)
        if path is not None:
            yield _Named(f"tables.{table}", path, table)
    if params.improvements is not None:
        yield _Named("improvements", params.improvements, "improvements")
    for name, source in params.sources.items():
        if source.invited is not None:
            yield _Named(f"sources.{name}.invited", source.invited, "invitations", name)


def _tried(read_one: Callable[[], Read], faults: list[str]) -> Read | None:
    try:
        return read_one()
    except DataError as fault:
        faults += fault.messages
        return None


def _read(named: _Named, client: Client, responses: pd.DataFrame | None) -> Read:
    from helpers.intake.facts.reading import read_table  # noqa: PLC0415 - pandera takes a second
    from helpers.intake.facts.tables import TABLES  # noqa: PLC0415 - so does this, for who has no facts

    params = client.params
    sources = [source for name, source in params.sources.items() if named.source in (None, name)]
    table = TABLES[named.table]
    if named.table in SPLIT:
        plain = {"unit": "unit"} if named.source is None else {}
        groups = {name: kind for source in sources for name, kind in groups_of(source).items()} | plain
        owner = "any source" if named.source is None else f"sources.{named.source}"
        table = table.split_by(groups, declared_for=owner)
    labels = {name: names for source in reversed(sources) for name, names in source.labels.items()}
    return read_table(
        named.path,
        table=table,
        folder=client.folder,
        place=named.place,
        manner=Manner(params, labels=labels),
        further=partial(_disagreements, named, params=params, responses=responses),
    )


def _disagreements(
    named: _Named, rows: Judged, *, params: Params, responses: pd.DataFrame | None
) -> Iterator[tuple[int, str]]:
    """Yield what a table says that the params, the table itself or the answers contradict."""
    if named.table == "indicators":
        yield from indicator_faults(rows, params=params)
    elif named.table == "units":
        yield from unit_faults(rows)
    elif named.table == "invitations":
        yield from total_faults(rows)
        if responses is not None:
            answers = responses[responses["source"] == named.source]
            yield from invitation_faults(rows, answers=answers, params=params)
