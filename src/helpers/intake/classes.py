"""What becomes of every row of a source: each falls in exactly one class."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from helpers.intake.answers import Answers
from helpers.intake.columns import SourceColumns
from helpers.intake.reading.tables import Coded, Text
from helpers.intake.selection import nameless_sentence, repeated, repeated_sentence, superseded

Mask = NDArray[np.bool_]
Classes = NDArray[np.int8]
CLASSES = ("used", "skipped", "rejected", "left_out", "duplicates", "unfinished")
"""What can become of a row; the numbers of rows in these classes add up to the rows read."""
USED, SKIPPED, REJECTED, LEFT_OUT, DOUBLE, UNFINISHED = range(len(CLASSES))
TAKEN = (USED, SKIPPED)


def classes_of(columns: SourceColumns, answers: Answers, problems: list[str]) -> Classes:
    """Put every row in one class.

    Parameters
    ----------
    columns
        The columns of the source's files.
    answers
        What they hold.
    problems
        Where to note what is wrong with the response numbers.

    Returns
    -------
    numpy.ndarray
        Per row its place in :data:`CLASSES`. A row is left out (`keep_where`), else a double of another file's
        row, else unfinished, else rejected, else a double within its file, else used or skipped.

    Notes
    -----
    With ``latest`` the last file that holds a response stands for it, with ``first`` the first; a file in which
    it is finished goes before one in which it is not. In that file the usable row with the latest date stands,
    of one day the last; or the first usable row. With ``exact_rows`` the first of rows that are equal in every
    column stands, in all files together.
    """
    classes = np.where(answers.answered(), USED, SKIPPED).astype(np.int8)
    classes[answers.faulty()] = REJECTED
    classes[answers.unfinished] = UNFINISHED
    classes[~answers.kept] = LEFT_OUT
    if columns.source.duplicates == "exact_rows":
        classes[_equal_rows(columns, classes != LEFT_OUT)] = DOUBLE
    elif "columns.response_id" in columns and columns.source.duplicates != "keep":
        _mark_doubles(classes, columns, answers, problems)
    return classes


def counts_of(classes: Classes, columns: SourceColumns) -> dict[str, int]:
    """Return the number of rows read and of each class; ragged rows are rejected."""
    counts = dict(zip(CLASSES, np.bincount(classes, minlength=len(CLASSES)).tolist(), strict=True))
    counts["rejected"] += len(columns.cells.ragged)
    return {"read": len(columns.cells)} | counts


def _equal_rows(columns: SourceColumns, among: Mask) -> Mask:
    """Tell which rows equal an earlier one in every column, used or not; of files with the same columns."""
    cells = columns.cells
    kinds = pd.factorize(pd.Series([tuple(sorted(named.file.header)) for named in columns.files]))[0]
    texts: list[Text] = []
    for number, named in enumerate(columns.files):
        whole = named.file.whole_rows(cells.rows[cells.files == number])
        texts += whole.chunks if isinstance(whole, pa.ChunkedArray) else [whole]
    codes = Coded.of(pa.chunked_array(texts, pa.string())).codes.astype(np.int64)
    rows = pd.Index(codes * len(kinds) + kinds[cells.files])
    result = np.zeros(len(cells.rows), dtype=bool)
    result[among] = rows[among].duplicated()
    return result


def _mark_doubles(classes: Classes, columns: SourceColumns, answers: Answers, problems: list[str]) -> None:
    ids, cells, choice = columns.text("columns.response_id"), columns.cells, columns.source.duplicates
    without = np.isin(classes, TAKEN) & ids.isna().to_numpy()
    if columns.several and without.any():
        problems.append(nameless_sentence(without, rows=cells.rows, files=cells.files, names=columns.names))
    if choice in ("first", "latest"):
        if columns.several:
            among, finished = classes != LEFT_OUT, classes != UNFINISHED
            latest = choice == "latest"
            elsewhere = superseded(ids, files=cells.files, among=among, preferred=finished, last=latest)
            classes[elsewhere] = DOUBLE
        eligible = np.isin(classes, TAKEN)
        classes[repeated(ids, eligible=eligible, dates=answers.dates["date"], latest=choice == "latest")] = DOUBLE
        return
    eligible = np.isin(classes, TAKEN)
    sentence = repeated_sentence(ids, eligible=eligible, rows=cells.rows, files=cells.files, names=columns.names)
    if sentence:
        problems.append(sentence)
