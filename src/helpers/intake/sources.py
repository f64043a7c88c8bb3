"""One source: its file read, and every row put in exactly one class."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.errors import DataError
from helpers.intake.answers import Answers, answers_of
from helpers.intake.columns import SourceColumns, expected_names, wanted
from helpers.intake.faults import listed
from helpers.intake.groupings import Grouping, binned, labelled, unit_paths
from helpers.intake.readers import opened
from helpers.intake.rejections import rejected_values, too_many_sentence
from helpers.intake.selection import kept, repeated, repeated_sentence
from helpers.intake.tables import Layout
from helpers.intake.values import untrue
from helpers.params.model import BinnedColumn

if TYPE_CHECKING:
    from helpers.params import Client

Mask = NDArray[np.bool_]
CLASSES = ("used", "skipped", "rejected", "left_out", "duplicates", "unfinished")
"""What can become of a row; the numbers of rows in these classes add up to the rows read."""
USED, SKIPPED, REJECTED, LEFT_OUT, DOUBLE, UNFINISHED = range(len(CLASSES))
TEXTS = {
    "response_id": "response_id",
    "customer_key": "customer_id",
    "employee_key": "employee_id",
    "reason": "reason",
    "verbatim": "verbatim",
}
"""Columns of the responses that are text as it stands: name -> key under `columns`."""
LABELLED = ("touchpoint", "channel")
_DECIMAL_SIGN = {"nl": ",", "en": "."}


@dataclass(frozen=True)
class SourceAnswers:
    """What one source gives.

    Parameters
    ----------
    plain
        Its responses, used and skipped ones, in the order of the file: the columns that are no groups.
    groupings
        Touchpoint, channel, unit, dimensions and segments of the same rows, by column of the responses.
    rejected
        Values not used: ``source, row, column, found, reason``.
    counts
        The row of the intake summary.
    """

    plain: pd.DataFrame
    groupings: dict[str, Grouping]
    rejected: pd.DataFrame
    counts: dict[str, object]


def read_source(name: str, *, client: Client) -> SourceAnswers:
    """Read the file of one source.

    Parameters
    ----------
    name
        The name of the source in the params file.
    client
        The organisation.

    Raises
    ------
    DataError
        With everything that is wrong with the file.
    """
    source = client.params.sources[name]
    named = expected_names(dict(wanted(source)))
    layout = Layout(source.header_row, source.sheet, source.encoding, source.separator, named)
    columns = SourceColumns(opened(source.path, folder=client.folder, layout=layout), source=source)
    wave = None if source.wave is None else client.params.period(source.wave)
    answers = answers_of(columns, wave_end=None if wave is None else wave.last)
    problems = list(answers.problems)
    classes = _classes(columns, answers, problems)
    within = ~np.isin(classes, (LEFT_OUT, UNFINISHED))
    rejected = rejected_values(
        name, faults=answers.faults, among=within, rows=columns.cells.rows, ragged=columns.cells.ragged
    )
    counts = _counts(classes, columns)
    problems += _file_problems(columns, answers, rejected, counts)
    if problems:
        raise DataError([f"{source.path}: {problem}" for problem in problems])
    taken = np.isin(classes, (USED, SKIPPED))
    groupings = {column: found.at(taken) for column, found in _groupings(columns, client.params.language).items()}
    about = {"source": name, "file": PurePath(source.path).name, "sha256": columns.file.sha256}
    return SourceAnswers(_plain(columns, answers, taken), groupings, rejected, {**about, **counts})


def _classes(columns: SourceColumns, answers: Answers, problems: list[str]) -> NDArray[np.int8]:
    """Put every row in one class: left out, else unfinished, else rejected, else a double, else taken."""
    classes = np.where(answers.answered(), USED, SKIPPED).astype(np.int8)
    classes[answers.faulty()] = REJECTED
    if "columns.finished" in columns:
        finished = columns.coded("columns.finished")
        classes[finished.rows(untrue(finished.values))] = UNFINISHED
    classes[~_kept(columns, problems)] = LEFT_OUT
    if "columns.response_id" in columns and columns.source.duplicates != "keep":
        _mark_doubles(classes, columns, answers, problems)
    return classes


def _kept(columns: SourceColumns, problems: list[str]) -> Mask:
    result = np.ones(len(columns.cells.rows), dtype=bool)
    for name, condition in columns.source.keep_where.items():
        key = f"keep_where.{name}"
        column = columns.coded(key)
        try:
            fits = kept(
                column.values,
                condition=condition,
                decimal=columns.decimal,
                date_format=columns.source.date_format,
                serial_numbers=columns.file.workbook,
            )
            result &= column.rows(fits)
        except ValueError as fault:
            problems.append(f"keep_where, column '{columns.name(key)}': {fault}. Correct it in the params file.")
    return result


def _mark_doubles(classes: NDArray[np.int8], columns: SourceColumns, answers: Answers, problems: list[str]) -> None:
    ids, eligible = columns.text("columns.response_id"), np.isin(classes, (USED, SKIPPED))
    choice = columns.source.duplicates
    if choice in ("first", "latest"):
        classes[repeated(ids, eligible=eligible, dates=answers.dates["date"], latest=choice == "latest")] = DOUBLE
    elif sentence := repeated_sentence(ids, eligible=eligible, rows=columns.cells.rows):
        problems.append(sentence)


def _counts(classes: NDArray[np.int8], columns: SourceColumns) -> dict[str, int]:
    counts = dict(zip(CLASSES, np.bincount(classes, minlength=len(CLASSES)).tolist(), strict=True))
    counts["rejected"] += len(columns.cells.ragged)
    return {"read": len(columns.cells)} | counts


def _file_problems(
    columns: SourceColumns, answers: Answers, rejected: pd.DataFrame, counts: dict[str, int]
) -> Iterator[str]:
    """Yield what is wrong with the rows as a whole."""
    counted = counts["read"] - counts["left_out"] - counts["unfinished"]
    too_many = too_many_sentence(
        rejected,
        counted=counted,
        limit=columns.source.max_rejected,
        cells=len(columns.file.header),
        faults=answers.faults,
    )
    if too_many:
        yield too_many
    elif counted == 0:
        yield (
            f"none of the {counts['read']} rows counts: {counts['left_out']} are left out by keep_where and "
            f"{counts['unfinished']} are unfinished. Check these two keys."
        )
    elif counts["used"] == 0:
        names = listed(columns.name(f"measures.{name}") for name in columns.source.measures)
        advice = "Check the columns of measures."
        if counts["rejected"]:
            yield f"no row has a score: {counts['rejected']} rows were rejected and the others are blank. {advice}"
        else:
            yield f"no row has a score in {names}: there are only blanks and answers of no_answer. {advice}"


def _groupings(columns: SourceColumns, language: str) -> dict[str, Grouping]:
    source = columns.source
    found = {name: _labelled(columns, f"columns.{name}", name) for name in LABELLED if f"columns.{name}" in columns}
    levels = [columns.groups(f"columns.unit[{level}]") for level in range(len(source.columns.unit))]
    if levels:
        found["unit"] = unit_paths(levels)
    for part, declared in (("dimension", source.dimensions), ("segment", source.segments)):
        for name, grouping in declared.items():
            key = f"{part}s.{name}"
            if isinstance(grouping, BinnedColumn):
                found[f"{part}.{name}"] = binned(
                    columns.groups(key),
                    bins=grouping.bins,
                    decimal=columns.decimal,
                    decimal_sign=_DECIMAL_SIGN[language],
                )
            else:
                found[f"{part}.{name}"] = _labelled(columns, key, name)
    return found


def _labelled(columns: SourceColumns, key: str, name: str) -> Grouping:
    labels = columns.source.labels.get(name, {})
    return labelled(columns.groups(key, labels=labels), labels=labels)


def _plain(columns: SourceColumns, answers: Answers, taken: Mask) -> pd.DataFrame:
    texts = {
        name: columns.text(f"columns.{key}", rows=taken) for name, key in TEXTS.items() if f"columns.{key}" in columns
    }
    dates = {name: days[taken].astype("datetime64[us]") for name, days in answers.dates.items()}
    measures = {f"measure.{name}": found[taken] for name, found in answers.measures.items()}
    return pd.DataFrame(texts | dates | {"weight": answers.weights[taken]} | measures)
