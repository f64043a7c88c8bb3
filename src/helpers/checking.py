"""What ``nulmeting check`` says: what was recognised, read, rejected and hidden, before anything is run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from helpers import dossier
from helpers.analysis import method
from helpers.errors import ReportError
from helpers.intake import responses
from helpers.params import Client
from helpers.params.metrics import metrics

REJECTED_SHOWN = 20
Row = Mapping[Any, Any]


@dataclass(frozen=True)
class Finding:
    """What was found out about one organisation.

    Parameters
    ----------
    organisation
        Its folder in ``params/``.
    lines
        What to print.
    exit_code
        0, or that of the fault that would stop its report.
    period, chapters
        Of the report that would be made.
    surveys
        Per survey its file and what became of its rows.
    hidden
        The ids of the figures that would be hidden.
    """

    organisation: str
    lines: tuple[str, ...]
    exit_code: int = 0
    period: str | None = None
    chapters: tuple[str, ...] = ()
    surveys: tuple[dict[str, Any], ...] = ()
    hidden: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the finding for a script."""
        return asdict(self)


def check(client: Client, *, today: dt.date | None = None) -> Finding:
    """Read an organisation's files and say what a report would be made of.

    Parameters
    ----------
    client
        Its params, already checked.
    today
        The day to compare due dates with; default the day of the clock.

    Returns
    -------
    Finding
        A fault in the data gives its messages and exit code 2. Row numbers and values of rejected rows are
        printed here, on the consultant's own screen, and nowhere else.
    """
    try:
        intake = responses.read(client)
        opened = dossier.build(client, intake=intake)
    except ReportError as fault:
        return Finding(client.key, (f"{client.key}: a report cannot be made.", *fault.messages), fault.exit_code)
    day = today or dt.date.today()  # noqa: DTZ011 - due dates are days of the client's own calendar
    parts = (_params, _sources, _rejected, _measurements, _hidden, _targets)
    lines = [line for part in parts for line in part(client, intake, opened, day)]
    return Finding(
        client.key,
        tuple(lines),
        period=str(opened.report.period),
        chapters=dossier.chapters(opened),
        surveys=tuple(_survey(row) for row in _account(client, intake, opened)),
        hidden=tuple(opened.scores.loc[~opened.scores["shown"].astype(bool), "id"]),
    )


def _account(client: Client, intake: responses.Intake, opened: dossier.Dossier) -> list[dict[Any, Any]]:
    """Account for every row, as the report will; here also of a survey too small to show."""
    account = method.accounted(intake.summary, intake.responses, as_of=opened.report.as_of, params=client.params)
    return account.to_dict("records")


def _survey(row: Row) -> dict[str, Any]:
    files = [name for name, _hash in row["files"]]
    return {"source": row["source"], "file": row["file"], "files": files} | {name: int(row[name]) for name in method.COUNTS}


def _params(client: Client, _intake: responses.Intake, opened: dossier.Dossier, _day: dt.date) -> Iterator[str]:
    report = opened.report
    yield f"{client.key}: {client.params.organisation.name}, period {report.period} (answers to {report.as_of})"
    yield f"  chapters: {', '.join(dossier.chapters(opened))}"


def _sources(client: Client, intake: responses.Intake, opened: dossier.Dossier, _day: dt.date) -> Iterator[str]:
    for row in _account(client, intake, opened):
        source = client.params.sources[str(row["source"])]
        yield f"  source {row['source']}: {row['file']} ({source.audience}, {source.measurement})"
        yield "    " + ", ".join(f"{name.replace('_', ' ')} {row[name]}" for name in method.COUNTS)
        yield f"    measures: {', '.join(f'{name} ({m.score_rule(name)})' for name, m in source.measures.items())}"


def _rejected(_client: Client, intake: responses.Intake, _opened: dossier.Dossier, _day: dt.date) -> Iterator[str]:
    for row in intake.rejected.head(REJECTED_SHOWN).to_dict("records"):
        yield f"  rejected: {row['source']} row {row['row']}, {row['column']} '{row['found']}': {_plain(row['reason'])}"
    if len(intake.rejected) > REJECTED_SHOWN:
        yield f"  rejected: {len(intake.rejected) - REJECTED_SHOWN} more"


def _measurements(client: Client, _intake: responses.Intake, opened: dossier.Dossier, _day: dt.date) -> Iterator[str]:
    whole = opened.scores[opened.scores["grouping"] == ""]
    for metric in metrics(client.params):
        own = whole[whole["metric"] == metric.key]
        now, zero = own[own["current"]]["period"], own[own["zero"]]["period"]
        yield f"  {metric.key}: zero measurement {_first(zero)}, now {_first(now)}, {len(own)} periods with answers"


def _hidden(_client: Client, _intake: responses.Intake, opened: dossier.Dossier, _day: dt.date) -> Iterator[str]:
    hidden = opened.scores[~opened.scores["shown"].astype(bool)]
    for row in hidden.to_dict("records"):
        yield f"  hidden: {row['id']} ({_plain(row['hidden_because'])})"


def _targets(_client: Client, _intake: responses.Intake, opened: dossier.Dossier, day: dt.date) -> Iterator[str]:
    for row in opened.targets.to_dict("records"):
        name = f"  target {row['target_id']} {row['metric']} {row['label']}".rstrip()
        if row["owner_missing"]:
            yield f"{name}: has no owner yet"
        if row["caution"]:
            yield f"{name}: {_plain(row['caution'])}"
        if row["due"] <= day and not row["due_passed"]:
            yield f"{name}: was due on {row['due']}, but the answers end before that day"


def _first(periods: pd.Series) -> str:
    return str(next(iter(periods), "none"))


def _plain(code: Sequence[str] | str) -> str:
    return str(code).replace("_", " ")
