"""Opening an organisation at a period: fresh in JupyterLab, or as the job of a report run prepared it."""

from __future__ import annotations

import datetime as dt
import os
import pickle
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pandas as pd

from helpers import params as params_room
from helpers.analysis import strays, windows
from helpers.disclosure import ledger
from helpers.dossier.deciding import KnownBefore
from helpers.dossier.report import Dossier, Report
from helpers.dossier.tables import tables
from helpers.errors import ParamsError
from helpers.intake import responses

PARAMS_FOLDER = Path(__file__).resolve().parents[3] / "params"
PREPARED = "NULMETING_PREPARED"
"""Environment variable of a report run: the folder where the job left the dossier that its chapters open."""

Parsed = TypeVar("Parsed")
EDITIONS = ("board", "public")
ASKED = ("organisation", "period", "language", "edition", "unit", "as_of")
CHAPTERS = ("summary", "zero_measurement", "targets", "roadmap", "method")
WITHOUT_DATA = {
    "targets": "the params have no targets. Add targets",
    "roadmap": "the params have no roadmap. Add a roadmap",
}
"""The chapters that are left out where they have no data, and what to do about it."""


def open(
    organisation: str,
    *,
    period: str | None = None,
    language: str | None = None,
    edition: str = "board",
    unit: str | None = None,
    as_of: str | None = None,
    params: str | None = None,
    published: pd.DataFrame | None = None,
    also_hidden: Collection[str] = (),
) -> Dossier:
    """Open one organisation at one period.

    Parameters
    ----------
    organisation
        The name of its folder in ``params/``.
    period
        Such as ``2026-Q3``; default the last one that the answers complete.
    language
        ``nl`` or ``en``; default as the params say.
    edition
        ``board``, or ``public``: the whole and large groups only, and no quotes.
    unit
        For unit editions; none for now.
    as_of
        The last day that counts, ``yyyy-mm-dd``; default, and at the latest, the last day of the period.
    params
        The folder that holds the organisations; default ``params/`` of this repository.
    published
        What earlier reports printed, as :func:`helpers.disclosure.ledger.known` returns it; default what the ledger of
        the organisation has of other periods, and of this one in editions that are made no more.
    also_hidden
        Ids of scores that are hidden besides.

    Returns
    -------
    Dossier
        In a report run the one that the job prepared, otherwise a fresh one.

    Raises
    ------
    ParamsError
        If the organisation, its params file, the period, language, edition or day is not valid.
    DataError
        If its files cannot be read.
    """
    asked = (organisation, period, language, edition, unit, as_of)
    prepared = os.environ.get(PREPARED)
    if prepared and params is None:
        return load(Path(prepared), asked)
    folder = Path(params) if params else PARAMS_FOLDER
    client = params_room.load(organisation, params_folder=folder)
    return build(
        client, period=period, language=language, edition=edition, unit=unit, as_of=as_of, published=published,
        also_hidden=also_hidden,
    )  # fmt: skip


def build(
    client: params_room.Client,
    *,
    period: str | None = None,
    language: str | None = None,
    edition: str = "board",
    unit: str | None = None,
    as_of: str | None = None,
    intake: responses.Intake | None = None,
    published: pd.DataFrame | None = None,
    also_hidden: Collection[str] = (),
) -> Dossier:
    """Compute every table of a client's report once; ``intake`` when its files were read already."""
    _require(edition=edition, unit=unit, language=language)
    intake = intake or responses.read(client)
    report = _report(client, intake.responses, period=period, language=language, edition=edition, as_of=as_of)
    known = _known_before(client, report) if published is None else KnownBefore(published, published)
    found, plan = tables(report, intake, published=known, also_hidden=also_hidden)
    return Dossier(report, found, plan, intake.responses)


def store(dossier: Dossier, folder: Path, asked: tuple[str | None, ...]) -> None:
    """Leave a dossier, without the answers, where the chapters of this report run will open it."""
    content = pickle.dumps((asked, replace(dossier, responses=None)))
    (folder / "dossier.pickle").write_bytes(content)


def load(folder: Path, asked: tuple[str | None, ...]) -> Dossier:
    """Return the dossier that the job prepared.

    Raises
    ------
    ParamsError
        If the chapter asks for another report than the one that was prepared.
    """
    prepared_for, dossier = pickle.loads((folder / "dossier.pickle").read_bytes())
    if prepared_for != asked:
        raise ParamsError(f"This run prepared the report {prepared_for}, but the chapter opens {asked}.")
    return dossier  # type: ignore[no-any-return]


def chapters(dossier: Dossier) -> tuple[str, ...]:
    """Return the chapters of a report, in order; those that have no data are left out."""
    declared = dossier.report.params.report.chapters
    if declared != "auto":
        faults = [
            f"{dossier.report.organisation}: report.chapters asks for '{name}', but {said}, or leave the chapter out."
            for name, said in WITHOUT_DATA.items()
            if name in declared and dossier.tables[name].empty
        ]
        if faults:
            raise ParamsError(faults)
        return tuple(declared)
    return tuple(name for name in CHAPTERS if name not in WITHOUT_DATA or not dossier.tables[name].empty)


def _known_before(client: params_room.Client, report: Report) -> KnownBefore:
    return KnownBefore(_published(client, report, None), _published(client, report, report.edition))


def _published(client: params_room.Client, report: Report, edition: str | None) -> pd.DataFrame:
    """Return what earlier reports printed; the editions of one period are made together and replaced together."""
    together = {report.edition, *client.params.report.editions}
    return ledger.known(ledger.read(client.folder), except_=(str(report.period), together), edition=edition)


def _require(*, edition: str, unit: str | None, language: str | None) -> None:
    faults = []
    if edition not in EDITIONS:
        faults.append(f"--edition: '{edition}' cannot be made yet; the edition is {' or '.join(EDITIONS)}.")
    if unit is not None:
        faults.append(f"unit: '{unit}' asks for a unit edition, which cannot be made yet; leave it out.")
    if language not in (None, "nl", "en", "pseudo"):
        faults.append(f"--language: '{language}' is not a language of the reports; choose nl or en.")
    if faults:
        raise ParamsError(faults)


def _report(
    client: params_room.Client,
    answers: pd.DataFrame,
    *,
    period: str | None,
    language: str | None,
    edition: str,
    as_of: str | None,
) -> Report:
    params = client.params
    day = _parsed(as_of, "--as-of", dt.date.fromisoformat) if as_of else None
    chosen = (
        _parsed(period, "--period", params.period)
        if period
        else windows.default_period(
            answers[~strays.strays(answers)],
            rhythm=params.reporting_period,
            fiscal_year_start=params.fiscal_year_start,
            as_of=day,
        )
    )
    if chosen.rhythm != params.reporting_period:
        raise ParamsError(
            f"--period: '{period}' is a {chosen.rhythm}, but {client.folder.parent.name}/{client.key}/params.yaml "
            f"reports by {params.reporting_period}. Ask for a {params.reporting_period}, or change reporting_period."
        )
    if day and day < chosen.first:
        raise ParamsError(
            f"--as-of: {day} lies before {chosen} begins, on {chosen.first}. Choose a later --as-of, or an earlier "
            "--period."
        )
    return Report(
        client.key, chosen, min(day or chosen.last, chosen.last), language or params.language, edition, params
    )


def _parsed(text: str, option: str, parse: Callable[[str], Parsed]) -> Parsed:
    try:
        return parse(text)
    except ValueError as fault:
        allowed = str(fault) if option == "--period" else f"'{text}' is not a day; write it as 2026-09-30"
        raise ParamsError(f"{option}: {allowed}.") from None
