"""How the figures were made: what became of every row, without the size of a survey or a wave that is hidden."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from helpers import disclosure
from helpers.analysis import method, strays, windows
from helpers.dossier.report import Report
from helpers.intake import responses

WHOLE = "whole_id"
"""The column that names a hidden wave of the survey, if it has one: the sizes of the others would tell its size."""


def counted_answers(answers: pd.DataFrame, report: Report) -> pd.DataFrame:
    """Return the answers that a report counts, each with its period."""
    params = report.params
    return windows.labelled(
        answers[~strays.early(answers, as_of=report.as_of, params=params)],
        rhythm=params.reporting_period,
        fiscal_year_start=params.fiscal_year_start,
        as_of=report.as_of,
    )


def accounted(intake: responses.Intake, report: Report) -> pd.DataFrame:
    """Return what became of every row, hidden numbers still in it."""
    params, as_of = report.params, report.as_of
    stray = strays.early(intake.responses, as_of=as_of, params=params)
    return method.accounted(intake.summary, intake.responses, stray=stray, as_of=as_of, params=params)


def tables(
    report: Report,
    intake: responses.Intake,
    answers: pd.DataFrame,
    account: pd.DataFrame,
    plan: disclosure.Plan,
    *,
    wholes: Mapping[str, str],
) -> dict[str, pd.DataFrame]:
    """Return the tables about the answers, protected.

    Parameters
    ----------
    report, intake
        Of which report, and what was read.
    answers, account
        As :func:`counted_answers` and :func:`accounted` return them.
    plan
        The publication plan: it knows the size of every survey.
    wholes
        As :func:`helpers.dossier.deciding.wholes` returns them.
    """
    spans = answers.groupby("source", observed=True)["date"].agg(["min", "max"])
    dates = {name: tuple(spans.loc[name]) if name in spans.index else (None, None) for name in report.params.sources}
    raw = {
        "intake": (account, method.COUNTS),
        "files": (_files(intake.files, report), ("read",)),
        "statement": (method.statement(report.params, intake=account, dates=dates), ("used",)),
        "rejected": (method.rejected_by_reason(intake.rejected), ("values",)),
    }
    return {name: _safe(table, plan, columns, wholes) for name, (table, columns) in raw.items()}


def cover(report: Report, account: pd.DataFrame) -> pd.DataFrame:
    """Return what the cover says; the number of answers only where that of every survey is shown."""
    params = report.params
    row = {
        "name": params.organisation.name,
        "period": str(report.period),
        "as_of": report.as_of,
        "answers": int(account["used"].sum()) if account["shown"].all() else None,
        "audiences": tuple(dict.fromkeys(source.audience for source in params.sources.values())),
        "agency": params.report.agency,
        "confidentiality": params.report.confidentiality,
    }
    return pd.DataFrame([row], dtype=object)


def _safe(
    table: pd.DataFrame, plan: disclosure.Plan, columns: tuple[str, ...], wholes: Mapping[str, str]
) -> pd.DataFrame:
    named = table.assign(
        **{WHOLE: pd.Series([wholes.get(str(name), "") for name in table["source"]], index=table.index, dtype=object)}
    )
    return disclosure.protect(named, plan, cells={"survey_id": columns, WHOLE: columns}).drop(columns=WHOLE)


def _files(files: pd.DataFrame, report: Report) -> pd.DataFrame:
    """Return every file that was read; with one file below the minimum, no file of its survey tells its rows."""
    rules = disclosure.rules_of(report.params.privacy, edition=report.edition)
    sources = report.params.sources
    minimum = {name: rules[source.audience].minimum_respondents for name, source in sources.items()}
    small = files["read"].lt(files["source"].map(minimum)).groupby(files["source"]).transform("any")
    return files[["source", "file", "sha256"]].assign(
        read=files["read"].astype(object).mask(small, None),
        survey_id=[method.survey_id(name) if name in sources else "" for name in files["source"]],
    )
