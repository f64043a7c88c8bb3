"""Example rows as files: bytes that do not depend on the machine, the clock or a compression library."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import xlsxwriter

Cell = str | int | float | dt.date
CREATED = dt.datetime(2025, 12, 1, 9, 0, 0)  # noqa: DTZ001 - a workbook's property has no time zone
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
UNIX = 3


def csv_file(
    rows: Iterable[Mapping[str, str]],
    *,
    columns: Sequence[str],
    separator: Literal[",", ";"] = ",",
    encoding: str = "utf-8",
    line_end: Literal["\n", "\r\n"] = "\n",
) -> bytes:
    r"""Return a CSV file: the columns in order, a missing key as an empty cell.

    Examples
    --------
    >>> csv_file([{"a": "1", "b": "2;3"}], columns=["a", "b"], separator=";")
    b'a;b\n1;"2;3"\n'
    """
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", delimiter=separator, lineterminator=line_end)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def tab_file(rows: Iterable[Sequence[str]], *, line_end: Literal["\n", "\r\n"] = "\r\n") -> bytes:
    r"""Return a file with tabs between columns in UTF-16 with a byte order mark, as Excel saves "Unicode text".

    Examples
    --------
    >>> tab_file([["a", ""], ["b", "c"]], line_end="\n").decode("utf-16")
    'a\t\nb\tc\n'
    """
    text = io.StringIO(newline="")
    csv.writer(text, delimiter="\t", lineterminator=line_end).writerows(rows)
    # the codec "utf-16" takes the byte order of the machine
    return codecs.BOM_UTF16_LE + text.getvalue().encode("utf-16-le")


def workbook(sheets: Mapping[str, Sequence[Sequence[Cell]]], *, author: str, title: str) -> bytes:
    """Return an XLSX file with one sheet per entry; an empty text leaves the cell empty.

    Parameters
    ----------
    sheets
        Per sheet its rows, from the first row of the sheet on.
    author, title
        Properties of the document.
    """
    memory = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(memory, options) as book:
        book.set_properties({"author": author, "title": title, "created": CREATED})
        date = book.add_format({"num_format": "dd-mm-yyyy"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
                for column, cell in enumerate(row):
                    if isinstance(cell, dt.date):
                        sheet.write_datetime(place, column, cell, date)
    return _uncompressed(memory.getvalue())


def _uncompressed(archive: bytes) -> bytes:
    # zlib and zlib-ng compress differently and a zip names the system that made it, so neither is used
    memory = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(memory, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.create_system = UNIX
            new.writestr(entry, old.read(name), zipfile.ZIP_STORED)
    return memory.getvalue()
