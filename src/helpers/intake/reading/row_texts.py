"""Rows as one text each, to tell rows that are equal in every cell."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from helpers.intake.reading.tables import POOL, SurveyFile, Text

UNIT_SEPARATOR = "\x1f"


def whole_texts(file: SurveyFile, rows: NDArray[np.int64]) -> Text:
    """Return rows of a file, each as the text of all its cells, blanks around them removed, with U+001F between.

    The cells stand in the order of the names of their columns.

    Parameters
    ----------
    file
        The file.
    rows
        The numbers of regular rows that are not blank, such as :attr:`Cells.rows` of some of its columns.
    """
    # By name, so that files with the same columns in another order have equal texts for equal rows.
    places = sorted(range(len(file.header)), key=lambda place: file.header[place])
    cells = file.cells(places)
    joined = pc.binary_join_element_wise(*(cells.text(place) for place in places), UNIT_SEPARATOR, memory_pool=POOL)
    whole = joined.combine_chunks(POOL) if isinstance(joined, pa.ChunkedArray) else joined
    return whole if np.array_equal(rows, cells.rows) else whole.take(pa.array(np.searchsorted(cells.rows, rows)))
