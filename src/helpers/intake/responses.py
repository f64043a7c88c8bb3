"""Read an organisation's survey files into one table of responses, and account for every row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import pandas as pd

from helpers.errors import DataError
from helpers.intake import facts
from helpers.intake.facts import Facts
from helpers.intake.groupings import Grouping, categorical, categories
from helpers.intake.sources import SourceAnswers, opener, read_source
from helpers.params.metrics import PATH_SEPARATOR

if TYPE_CHECKING:
    from helpers.params import Client

__all__ = ["COLUMNS", "PATH_SEPARATOR", "Intake", "read"]

T = TypeVar("T")
TEXT, DATE, NUMBER, GROUP, YES_OR_NO = "str", "datetime64[us]", "float64", "category", "boolean"
COLUMNS = {
    "response_id": TEXT,
    "source": TEXT,
    "audience": TEXT,
    "measurement": TEXT,
    "date": DATE,
    "event_date": DATE,
    "touchpoint": GROUP,
    "channel": GROUP,
    "agent_key": TEXT,
    "unit": GROUP,
    "customer_key": TEXT,
    "callback_consent": YES_OR_NO,
    "employee_key": TEXT,
    "weight": NUMBER,
    "reason": TEXT,
    "went_wrong": TEXT,
    "make_right": TEXT,
    "verbatim": TEXT,
    "revenue": NUMBER,
    "visits": NUMBER,
}
"""The columns that every table of responses has, with their dtype; groups, measures and drivers follow."""
PSEUDONYMS = ("agent_key", "employee_key")
_PARTS = ("dimension.", "segment.", "tree.")


@dataclass(frozen=True)
class Intake:
    """What was read for one organisation, and what became of every row.

    Parameters
    ----------
    responses
        One row per answered questionnaire, used and skipped ones, by source, file and row of the file: the
        columns of :data:`COLUMNS`, then ``dimension.<name>``, ``segment.<name>`` and ``tree.<name>`` (ordered
        categories: the order of labels or bins, then other codes sorted), ``measure.<name>`` and
        ``driver.<name>`` (answers on their own scale, missing = skipped, reversed ones turned round). `unit`
        and trees are whole paths, joined by :data:`PATH_SEPARATOR`. `date` is the last day of the wave where
        the file has no dates. `employee_key` and `agent_key` tell one person from another: numbers given in
        order of first appearance, never the id itself, and each column has numbers of its own, so that an
        employee who answers cannot be found among the agents.
    rejected
        One row per value not used: ``source, file, row, column, found, reason``; `row` as a spreadsheet shows
        it, `reason` one of :data:`helpers.intake.values.REASONS`. A row with such a value is not used at all.
    summary
        One row per source: ``source, label, file, sha256, files, read, used, skipped, rejected, left_out,
        duplicates, unfinished``, in rows of the files; the last six add up to `read`. Used rows answer at least
        one measure, skipped rows none. `label` is "" where the params give none; `files` holds the name and the
        hash of each file; of several files `file` names the first and the last, and `sha256` is "".
    files
        One row per file, those of facts tables last, named by their key: ``source, file, sha256, read, kind,
        sheet, encoding, separator, header_rows``, texts but for `read`; "" is not applicable.
    columns
        One row per source and column of its files, in file order: ``source, column, became``; `became` is the
        key of the params file, such as ``measures.nps``, several joined by ", ", "" for an unused column.
    headcount
        ``unit, period, employees``, or None where the params name no such table.
    facts
        The tables beside the surveys.
    """

    responses: pd.DataFrame
    rejected: pd.DataFrame
    summary: pd.DataFrame
    files: pd.DataFrame
    columns: pd.DataFrame
    headcount: pd.DataFrame | None
    facts: Facts


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
    # One file may hold several surveys, each with its own condition: it is opened once.
    open_file = cache(partial(opener, client.folder))
    readers = [partial(read_source, name, client=client, open_file=open_file) for name in client.params.sources]
    tried = [_tried(reader, faults) for reader in readers]
    sources = [answers for answers in tried if answers is not None]
    joined = None if faults else _joined(sources, client)
    found = _tried(partial(facts.read, client, responses=joined), faults)
    if found is None or joined is None:
        raise DataError(list(dict.fromkeys(faults)))
    known, their_files = found
    return Intake(
        responses=joined,
        rejected=pd.concat([answers.rejected for answers in sources], ignore_index=True),
        summary=pd.DataFrame([answers.counts for answers in sources]),
        files=pd.concat([*(answers.files for answers in sources), their_files], ignore_index=True).astype(
            {"read": "int64"}
        ),
        columns=pd.concat([answers.columns for answers in sources], ignore_index=True),
        headcount=known.headcount,
        facts=known,
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
    plain = _names(sources, "plain")
    scored = [name for part in ("measure.", "driver.") for name in plain if name.startswith(part)]
    further = [name for part in _PARTS for name in groups if name.startswith(part)]
    order = [*COLUMNS, *further, *scored]
    frames = [_complete(answers, groups, scored, client)[order] for answers in sources]
    joined = pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]
    return joined.assign(**{name: _pseudonyms(joined[name]) for name in PSEUDONYMS})


def _names(sources: Iterable[SourceAnswers], part: str) -> list[str]:
    return list(dict.fromkeys(name for answers in sources for name in getattr(answers, part)))


def _categories(sources: Sequence[SourceAnswers], name: str) -> tuple[str, ...]:
    return categories([answers.groupings[name] for answers in sources if name in answers.groupings])


def _complete(
    answers: SourceAnswers, groups: dict[str, tuple[str, ...]], scored: Sequence[str], client: Client
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
    for name, kind in [*COLUMNS.items(), *((name, NUMBER) for name in scored)]:
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
