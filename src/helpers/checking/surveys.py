"""What is said about each survey: its files, what its columns became, its rows and its dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from helpers.analysis import method, strays
from helpers.checking import columns, notes
from helpers.checking.layout import counted, labelled, listed, plain, section
from helpers.dossier.report import Report
from helpers.intake.responses import Intake
from helpers.params.metrics import metrics
from helpers.params.values import LONGEST_SHOWN, printable

FIRST_VALUES = 3
"""So many of the rejected values of one column and reason are named by their row, of several files one; a script
gets them all."""
ALWAYS_COUNTED = ("used", "skipped", "rejected")
"""The other heads of the account are printed where they are not 0."""
Found = dict[str, Any]


def surveys(intake: Intake, account: pd.DataFrame, report: Report) -> tuple[Found, ...]:
    """Return what was found out about every survey.

    Parameters
    ----------
    intake
        What was read.
    account
        As :func:`helpers.analysis.method.accounted` returns it.
    report
        The report that would be made.

    Returns
    -------
    tuple
        One dict per survey: ``source, label, audience, measurement, file``; ``files`` (how each was
        recognised); ``columns`` (each with what it became); the counts of :data:`helpers.analysis.method.COUNTS`;
        ``rejected_values`` (per column and reason the count and every row); ``first, last`` (days) and ``gaps``
        (months without answers between them), of the answers that the report counts; ``not_counted`` (the answers
        that it does not, in words); ``measures``; ``notes`` (sentences).
    """
    return tuple(_survey(row, intake, report) for row in account.to_dict("records"))


def _survey(row: Mapping[Any, Any], intake: Intake, report: Report) -> Found:
    params, name = report.params, str(row["source"])
    source = params.sources[name]
    answers = intake.responses[intake.responses["source"] == name]
    early = strays.early(answers, as_of=report.as_of, params=params)
    used = ~early & answers["date"].le(pd.Timestamp(report.as_of))
    days = answers.loc[used, "date"]
    return {
        "source": name,
        "label": source.label or "",
        "audience": source.audience,
        "measurement": source.measurement,
        "file": row["file"],
        "files": _of(intake.files, name),
        "columns": _of(intake.columns, name),
        **{count: int(row[count]) for count in method.COUNTS},
        "rejected_values": _rejected(intake.rejected[intake.rejected["source"] == name]),
        "first": None if days.empty else str(days.min().date()),
        "last": None if days.empty else str(days.max().date()),
        "gaps": [] if source.wave else _gaps(days),
        "not_counted": _not_counted(row, report),
        "measures": [
            notes.measured(answers, metric, used, vendor_score=source.measures[metric.name].vendor_score)
            for metric in metrics(params)
            if name in metric.sources
        ],
        "notes": [*notes.odd_ends(answers, source), *notes.far_away(answers, early), *notes.few(days, report.period)],
    }


def _not_counted(row: Mapping[Any, Any], report: Report) -> str:
    """Say how many answers the report does not count, in brackets; empty when it counts all."""
    parts = {f"after {report.as_of}": int(row["after_as_of"]), "stray": int(row["stray"])}
    said = [f"{number:,} {which}" for which, number in parts.items() if number]
    return f" ({', '.join(said)} not counted)" if said else ""


def _of(table: pd.DataFrame, source: str) -> list[Found]:
    own: list[Found] = table[table["source"] == source].drop(columns="source").to_dict("records")  # type: ignore[assignment]
    return own


def _rejected(rejected: pd.DataFrame) -> list[Found]:
    return [
        {
            "column": column,
            "reason": reason,
            "values": len(own),
            "rows": own[["file", "row", "found"]].to_dict("records"),
        }
        for (column, reason), own in rejected.groupby(["column", "reason"], sort=False, observed=True)
    ]


def _gaps(days: pd.Series) -> list[str]:
    """Return the stretches of months without answers: ``2026-04`` or ``2026-04 to 2026-08``."""
    measured = days.drop_duplicates().dt.to_period("M").drop_duplicates().sort_values()
    pairs = zip(measured.iloc[:-1], measured.iloc[1:], strict=True)
    empty = [(before + 1, after - 1) for before, after in pairs if after > before + 1]
    return [str(first) if first == last else f"{first} to {last}" for first, last in empty]


def lines(found: Found, *, everything: bool) -> list[str]:
    """Return the lines about one survey."""
    about = f"{found['audience']}, {found['measurement']}"
    names = columns.named(found["columns"])
    unused = [name for name, column in zip(names, found["columns"], strict=True) if not column["became"]]
    counts = ", ".join(
        f"{plain(name)} {found[name]:,}" for name in method.COUNTS[1:] if found[name] or name in ALWAYS_COUNTED
    )
    rejected = [_rejected_line(each, several=len(found["files"]) > 1) for each in found["rejected_values"]]
    rows = [
        *labelled("recognised", _recognised(found["files"]), everything=everything),
        ("columns", columns.became(found["columns"])),
        *([("not used", listed(unused, everything=everything, most=12))] if unused else []),
        ("rows", f"read {found['read']:,} = {counts}"),
        *labelled("rejected", rejected, everything=everything),
        ("dates", _dates(found, everything=everything)),
        ("measures", "; ".join(notes.measure_line(measure) for measure in found["measures"]) + found["not_counted"]),
        *(("vendor", text) for measure in found["measures"] for text in notes.vendor_lines(measure)),
        *(("note", text) for text in found["notes"]),
    ]
    return section(f"{found['source']} ({about})", rows)


def _recognised(files: Sequence[Found]) -> list[str]:
    """Return how the files were recognised, those that were recognised alike together."""
    alike: dict[str, list[Found]] = {}
    for file in files:
        alike.setdefault(_kind(file), []).append(file)
    return [
        f"{_names(own)}: {kind}, {counted(sum(file['read'] for file in own), 'row')}" for kind, own in alike.items()
    ]


def _kind(file: Found) -> str:
    sheet = f"sheet '{file['sheet']}'" if file["sheet"] else ""
    separator = f"separated by {file['separator']}" if file["separator"] else ""
    header = str(file["header_rows"])
    header = f"header in row{'s' if ',' in header else ''} {header}" if header not in ("", "1") else ""
    return ", ".join(part for part in (file["kind"], file["encoding"], separator, sheet, header) if part)


def _names(files: Sequence[Found]) -> str:
    names = [file["file"] for file in files]
    return names[0] if len(names) == 1 else f"{len(names)} files, {names[0]} to {names[-1]}"


def _rejected_line(found: Found, *, several: bool) -> str:
    """Name the first values by row, of several files also by file; what cannot be printed is spelled out."""
    values = [
        f"{value['file'] + ' ' if several else ''}row {value['row']} '{printable(value['found'])[:LONGEST_SHOWN]}'"
        for value in found["rows"][: 1 if several else FIRST_VALUES]
    ]
    more = ", …" if found["values"] > len(values) else ""
    return f"{found['values']:,} × {found['column'] or 'the row'}, {plain(found['reason'])}: {', '.join(values)}{more}"


def _dates(found: Found, *, everything: bool) -> str:
    if found["first"] is None:
        return f"none{found['not_counted']}"
    days = f"{found['first']} to {found['last']}{found['not_counted']}"
    return f"{days}; no answers in {listed(found['gaps'], everything=everything)}" if found["gaps"] else days
