"""The rules for files: which can be read, where they may stand, and how a survey's file is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from helpers.params.beside import BESIDE
from helpers.params.facts import Tables
from helpers.params.keys import Fault, Place
from helpers.params.sources import EXPORTS_READ, Source
from helpers.params.tolerance import UnknowableError
from helpers.params.values import shown

if TYPE_CHECKING:
    from helpers.params.model import Params

FILES_ELSEWHERE = {"s3", "gs", "az", "abfs", "abfss", "adl", "http", "https", "ftp", "ftps", "sftp", "file", "dav"}
TO_A_FILE = "Export the rows as CSV or XLSX and write the path of that file here."
_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9]*)(?:\+[^:]*)?://")


def _elsewhere(place: Place, path: str | None, *, instead: str = TO_A_FILE) -> Iterator[Fault]:
    """Yield a file that does not stand on this machine; its address may hold a password, so it is not repeated."""
    if path is None or "://" not in path:
        return
    found = _SCHEME.match(path)
    scheme = found[1].casefold() if found else ""
    if scheme in FILES_ELSEWHERE:
        sentence = f"files on {scheme}:// are not read yet. Copy the file to this machine and write its path here."
        yield Fault(place, sentence)
    else:
        yield Fault(place, f"a database is not read yet. {instead}")


def tables_are_here(params: Params) -> Iterator[Fault]:
    """Yield files beside the surveys that do not stand on this machine."""
    for key in Tables.model_fields:
        with suppress(UnknowableError):
            yield from _elsewhere(("tables", key), getattr(params.tables, key))


def what_lies_beside_is_here(params: Params) -> Iterator[Fault]:
    """Yield files that belong beside the params file and do not stand on this machine."""
    for key, kind in BESIDE.items():
        with suppress(UnknowableError):
            instead = f"Put a {kind} beside this one and write its name."
            yield from _elsewhere((key,), getattr(params, key), instead=instead)


def _answers_are_here(name: str, source: Source) -> Iterator[Fault]:
    for number, path in enumerate(source.path):
        where: Place = ("sources", name, "path") if len(source.path) == 1 else ("sources", name, "path", number)
        yield from _elsewhere(where, path)


def _invited_are_here(name: str, source: Source) -> Iterator[Fault]:
    yield from _elsewhere(("sources", name, "invited"), source.invited)


def _paths_differ(name: str, source: Source) -> Iterator[Fault]:
    for number, path in enumerate(source.path):
        if path in source.path[:number]:
            yield Fault(("sources", name, "path", number), f"{shown(path)} stands here twice. Keep one.")


def _export_is_read(name: str, source: Source) -> Iterator[Fault]:
    if source.export not in EXPORTS_READ:
        sentence = (
            f"exports of '{source.export}' are not read yet. Export a plain CSV or XLSX with one row of column names, "
            "and leave this key out."
        )
        yield Fault(("sources", name, "export"), sentence)


def _header_rows_follow_each_other(name: str, source: Source) -> Iterator[Fault]:
    rows = source.header_rows
    if rows != tuple(range(rows[0], rows[0] + len(rows))):
        sentence = (
            f"the rows {', '.join(map(str, rows))} do not follow each other. Name rows that lie right below each "
            "other, from top to bottom, such as [1, 2]."
        )
        yield Fault(("sources", name, "header_rows"), sentence)


def _decimal_is_not_separator(name: str, source: Source) -> Iterator[Fault]:
    if source.decimal is not None and source.decimal == source.separator:
        sentence = f"'{source.decimal}' is the separator too. One of the two is wrong; correct it or leave it out."
        yield Fault(("sources", name, "decimal"), sentence)


def _duplicates_and_the_id(name: str, source: Source) -> Iterator[Fault]:
    has_id = source.columns.response_id is not None
    place = ("sources", name, "duplicates")
    if source.duplicates in ("first", "latest") and not has_id:
        sentence = f"'{source.duplicates}' needs columns.response_id, which tells what is a duplicate. Add that column."
        yield Fault(place, sentence)
    elif source.duplicates == "exact_rows" and has_id:
        sentence = (
            "'exact_rows' is for a file without a number per answer; here columns.response_id tells what is a "
            "duplicate. Write first, latest or keep, or leave the key out."
        )
        yield Fault(place, sentence)


ALL = (
    _answers_are_here,
    _paths_differ,
    _export_is_read,
    _header_rows_follow_each_other,
    _decimal_is_not_separator,
    _duplicates_and_the_id,
    _invited_are_here,
)
