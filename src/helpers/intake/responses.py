"""Read an organisation's survey files into one table of responses, and account for every row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import pandas as pd

from helpers.errors import DataError
from helpers.intake.facts import read_headcount
from helpers.intake.groupings import Grouping, categorical, categories
from helpers.intake.sources import SourceAnswers, read_source
from helpers.params.metrics import PATH_SEPARATOR

if TYPE_CHECKING:
    from helpers.params import Client

__all__ = ["COLUMNS", "PATH_SEPARATOR", "Intake", "read"]

T = TypeVar("T")
TEXT, DATE, NUMBER, GROUP = "str", "datetime64[us]", "float64", "category"
COLUMNS = {
    "response_id": TEXT,
    "source": TEXT,
    "audience": TEXT,
    "measurement": TEXT,
    "date": DATE,
    "event_date": DATE,
    "touchpoint": GROUP,
    "channel": GROUP,
    "unit": GROUP,
    "customer_key": TEXT,
    "employee_key": TEXT,
    "weight": NUMBER,
    "reason": TEXT,
    "verbatim": TEXT,
}
"""The columns that every table of responses has, with their dtype; dimensions, segments, measures follow."""


@dataclass(frozen=True)
class Intake:
    """What was read for one organisation, and what became of every row.

    Parameters
    ----------
    responses
        One row per answered questionnaire, used and skipped ones, by source and row of the file: the columns
        of :data:`COLUMNS`, then ``dimension.<name>`` and ``segment.<name>`` (ordered categories: the order of
        labels or bins, then other codes sorted) and ``measure.<name>`` (answers on their own scale, missing
        = skipped). `unit` is the whole path, joined by :data:`PATH_SEPARATOR`. `date` is the last day of the
        wave where the file has no dates. `employee_key` tells the answers of one employee from another's: a
        number given in order of first appearance, never the id itself.
    rejected
        One row per value not used: ``source, row, column, found, reason``; `row` as a spreadsheet shows it,
        `reason` one of :data:`helpers.intake.values.REASONS`.
    summary
        One row per source: ``source, file, sha256, read, used, skipped, rejected, left_out, duplicates,
        unfinished``, in rows of the file; the last six add up to `read`. Used rows answer at least one
        measure, skipped rows none.
    headcount
        ``unit, period, employees``, or None where the params name no such table.
    """

    responses: pd.DataFrame
    rejected: pd.DataFrame
    summary: pd.DataFrame
    headcount: pd.DataFrame | None


def read(client: Client) -> Intake:
    """Read every file that an organisation's params file names.

    Parameters
    ----------
    client
        The organisation: its params, and the folder that their paths start from.

    Returns
    -------
    Intake
        The responses of all sources together, and the account of every row.

    Raises
    ------
    DataError
        With all faults of all files.

    Examples
    --------
    ::

        intake = responses.read(params.load("voorbeeld-energie", params_folder=Path("params")))
        intake.summary[["read", "used", "skipped", "rejected"]]
    """
    faults: list[str] = []
    tried = [_tried(partial(read_source, name, client=client), faults) for name in client.params.sources]
    path = client.params.tables.headcount
    headcount = None if path is None else _tried(partial(read_headcount, path, client), faults)
    if faults:
        raise DataError(faults)
    sources = [answers for answers in tried if answers is not None]
    return Intake(
        responses=_joined(sources, client),
        rejected=pd.concat([answers.rejected for answers in sources], ignore_index=True),
        summary=pd.DataFrame([answers.counts for answers in sources]),
        headcount=headcount,
    )


def _tried(read_one: Callable[[], T], faults: list[str]) -> T | None:
    try:
        return read_one()
    except DataError as fault:
        faults += fault.messages
        return None


def _joined(sources: Sequence[SourceAnswers], client: Client) -> pd.DataFrame:
    groups = {name: _categories(sources, name) for name in _names(sources, "groupings")}
    groups |= {name: () for name, kind in COLUMNS.items() if kind == GROUP and name not in groups}
    measures = [name for name in _names(sources, "plain") if name.startswith("measure.")]
    further = [name for name in groups if name not in COLUMNS]
    order = [*COLUMNS, *sorted(further, key=lambda name: name.startswith("segment.")), *measures]
    frames = [_complete(answers, groups, measures, client)[order] for answers in sources]
    joined = pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]
    joined["employee_key"] = _pseudonyms(joined["employee_key"])
    return joined


def _names(sources: Iterable[SourceAnswers], part: str) -> list[str]:
    return list(dict.fromkeys(name for answers in sources for name in getattr(answers, part)))


def _categories(sources: Sequence[SourceAnswers], name: str) -> tuple[str, ...]:
    return categories([answers.groupings[name] for answers in sources if name in answers.groupings])


def _complete(
    answers: SourceAnswers, groups: dict[str, tuple[str, ...]], measures: Sequence[str], client: Client
) -> pd.DataFrame:
    """Return a source's responses with every column, those it does not have missing."""
    source = client.params.sources[str(answers.counts["source"])]
    rows = len(answers.plain)
    frame = answers.plain.copy(deep=False)
    about = {
        "source": answers.counts["source"],
        "audience": source.audience,
        "measurement": source.measurement,
    }
    for name, text in about.items():
        frame[name] = pd.Series(text, index=frame.index, dtype=TEXT)
    for name, kind in [*COLUMNS.items(), *((name, NUMBER) for name in measures)]:
        if kind != GROUP and name not in frame:
            frame[name] = pd.Series(None, index=frame.index, dtype=kind)
    for name, among in groups.items():
        known = answers.groupings.get(name)
        if known is None:
            known = Grouping(np.full(rows, -1, dtype=np.int32), (), ())
        frame[name] = categorical(known, among=among)
    return frame


def _pseudonyms(ids: pd.Series) -> pd.Series:
    """Return numbers for names, in order of first appearance.

    An organisation's employees are few, so a hash without a secret could be undone by trying them all, and a
    secret would have to be kept; a number that is given anew at every reading needs none.
    """
    if ids.isna().all():
        return ids
    codes, _ = pd.factorize(ids)
    numbered = [str(code + 1) if code >= 0 else None for code in codes.tolist()]
    return pd.Series(numbered, index=ids.index, dtype=TEXT)
