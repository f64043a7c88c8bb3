"""One source: its files read, and every row put in exactly one class."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.errors import DataError
from helpers.intake.advice import advice_on
from helpers.intake.answers import Answers, answers_of
from helpers.intake.classes import CLASSES, DOUBLE, LEFT_OUT, TAKEN, UNFINISHED, classes_of, counts_of
from helpers.intake.columns import SourceColumns, expected_names, wanted
from helpers.intake.conditions import none_counts
from helpers.intake.facts import FILES
from helpers.intake.faults import listed
from helpers.intake.groupings import Grouping
from helpers.intake.joined import NamedFile
from helpers.intake.reading.files import matching
from helpers.intake.reading.readers import opened
from helpers.intake.reading.tables import Layout, SurveyFile
from helpers.intake.rejections import rejected_values, too_many_sentence
from helpers.intake.splits import groupings_of, unclear_bins
from helpers.params.model import Source

if TYPE_CHECKING:
    from helpers.params import Client

__all__ = ["CLASSES", "SourceAnswers", "opener", "read_source"]

OpenFile = Callable[[str, Layout], SurveyFile]
Mask = NDArray[np.bool_]
TEXTS = {
    "response_id": "response_id",
    "agent_key": "agent",
    "customer_key": "customer_id",
    "employee_key": "employee_id",
    "reason": "reason",
    "went_wrong": "went_wrong",
    "make_right": "make_right",
    "verbatim": "verbatim",
}
"""Columns of the responses that are text as it stands: name -> key under `columns`."""


@dataclass(frozen=True)
class SourceAnswers:
    """What one source gives.

    Parameters
    ----------
    plain
        Its responses, used and skipped ones, in the order of the files: the columns that are no groups.
    groupings
        Touchpoint, channel, unit, dimensions, segments and trees of the same rows, by column of the responses.
    rejected
        Values not used: ``source, file, row, column, found, reason``.
    counts
        The row of the intake summary.
    files
        Its files: ``source, file, sha256, read`` and how each is written.
    columns
        The columns of the files: ``source, column, became``.
    """

    plain: pd.DataFrame
    groupings: dict[str, Grouping]
    rejected: pd.DataFrame
    counts: dict[str, object]
    files: pd.DataFrame
    columns: pd.DataFrame


def read_source(name: str, *, client: Client, open_file: OpenFile | None = None) -> SourceAnswers:
    """Read the files of one source, and judge them together.

    Parameters
    ----------
    name
        The name of the source in the params file.
    client
        The organisation.
    open_file
        What opens a file, given its path as written and its layout; the default opens it anew.

    Raises
    ------
    DataError
        With everything that is wrong with the files.
    """
    source = client.params.sources[name]
    files = _files(source, client.folder, open_file or partial(opener, client.folder))
    columns = SourceColumns(files, source=source)
    wave = None if source.wave is None else client.params.period(source.wave)
    answers = answers_of(columns, wave_end=None if wave is None else wave.last)
    problems = list(answers.problems)
    classes = classes_of(columns, answers, problems)
    among = ~np.isin(classes, (LEFT_OUT, UNFINISHED, DOUBLE))
    rejected = rejected_values(name, faults=answers.faults, among=among, rows=columns.cells, files=columns.names)
    counts = counts_of(classes, columns)
    problems += unclear_bins(columns)
    problems += _file_problems(columns, answers, rejected, counts)
    if problems:
        raise DataError([f"{_place(name, columns)}: {problem}" for problem in problems])
    taken = np.isin(classes, TAKEN)
    groupings = {
        column: found.at(taken) for column, found in groupings_of(columns, language=client.params.language).items()
    }
    account = _account(name, columns)
    return SourceAnswers(
        _plain(columns, answers, taken), groupings, rejected, _summary(name, source, account) | counts, account,
        columns.header().assign(source=name)[["source", "column", "became"]].astype("str"),
    )  # fmt: skip


def opener(folder: Path, written: str, layout: Layout) -> SurveyFile:
    """Open a file, given by its path as written."""
    return opened(written, folder=folder, layout=layout)


def _files(source: Source, folder: Path, open_file: OpenFile) -> list[NamedFile]:
    """Open every file of a source, or tell what is wrong with each."""
    written = matching(source.path, folder=folder)
    named = expected_names(dict(wanted(source)))
    layout = Layout(source.header_rows, source.sheet, source.encoding, source.separator, named)
    files: list[NamedFile] = []
    faults: list[str] = []
    for path in written:
        try:
            files.append(NamedFile(path, open_file(path, layout)))
        except DataError as fault:
            faults += fault.messages
    kinds = {file.file.workbook: file.written for file in reversed(files)}
    if len(kinds) > 1:
        faults.append(
            f"{kinds[True]}: is a workbook, and {kinds[False]} of the same source is text; numbers and dates are "
            "written differently in the two. Save all files of a source as one kind, or make two sources of them."
        )
    if faults:
        raise DataError(faults)
    return files


def _place(name: str, columns: SourceColumns) -> str:
    """Return where a problem of the whole source is: its file, or how many there are."""
    first, last = columns.files[0].written, columns.files[-1].written
    return f"sources.{name} ({len(columns.files)} files, {first} … {last})" if columns.several else first


def _account(name: str, columns: SourceColumns) -> pd.DataFrame:
    rows = [
        {"source": name, "file": file, "sha256": named.file.sha256, "read": read, **named.file.recognised}
        for file, named, read in zip(columns.names, columns.files, columns.cells.read, strict=True)
    ]
    return pd.DataFrame([dict.fromkeys(FILES, "") | row for row in rows])


def _summary(name: str, source: Source, files: pd.DataFrame) -> dict[str, object]:
    several = len(files) > 1
    return {
        "source": name,
        "label": source.label or "",
        "file": " … ".join(files["file"].iloc[[0, -1]]) if several else files["file"].iloc[0],
        "sha256": "" if several else files["sha256"].iloc[0],
        "files": tuple(zip(files["file"], files["sha256"], strict=True)),
    }


def _file_problems(
    columns: SourceColumns, answers: Answers, rejected: pd.DataFrame, counts: dict[str, int]
) -> Iterator[str]:
    """Yield what is wrong with the rows as a whole."""
    counted = counts["read"] - counts["left_out"] - counts["unfinished"] - counts["duplicates"]
    widths = [len(named.file.header) for named in columns.files]
    too_many = too_many_sentence(
        rejected,
        counted=counted,
        limit=columns.source.max_rejected,
        cells=dict(zip(columns.names, widths, strict=True)),
    )
    if too_many:
        yield f"{too_many} {advice_on(rejected, answers.faults)}"
    elif counted == 0:
        yield none_counts(columns, counts)
    elif counts["used"] == 0:
        names = listed(dict.fromkeys(columns.name(key) for key, _ in wanted(columns.source) if _is_measure(key)))
        advice = "Check the columns of measures."
        if counts["rejected"]:
            yield f"no row has a score: {counts['rejected']} rows were rejected and the others are blank. {advice}"
        else:
            yield f"no row has a score in {names}: there are only blanks and answers of no_answer. {advice}"


def _is_measure(key: str) -> bool:
    return key.startswith("measures.")


def _plain(columns: SourceColumns, answers: Answers, taken: Mask) -> pd.DataFrame:
    texts = {
        name: columns.text(f"columns.{key}", rows=taken) for name, key in TEXTS.items() if f"columns.{key}" in columns
    }
    dates = {name: days[taken].astype("datetime64[us]") for name, days in answers.dates.items()}
    amounts = {"weight": answers.weights[taken]} | {name: found[taken] for name, found in answers.amounts.items()}
    scored = {f"measure.{name}": found[taken] for name, found in answers.measures.items()}
    scored |= {f"driver.{name}": found[taken] for name, found in answers.drivers.items()}
    frame = pd.DataFrame(texts | dates | amounts | scored)
    if answers.consent is not None:
        frame["callback_consent"] = pd.array(answers.consent[taken]).astype("boolean")
    return frame
